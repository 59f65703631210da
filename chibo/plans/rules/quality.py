"""What is weak in a plan, and why: reasons in words, never a score of a person (seeds S0-08, S0-11, S0-13).

Kết luận 01-KL/TW (2021): a plan is specific, can be measured and follows the theme of the year; rulebook §3.3.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from chibo.core.likeness import Likeness, plain
from chibo.core.values import Word, gettext_noop

ARTICLE = "Kết luận 01-KL/TW; Chỉ thị 07-CT/TW"

STOCK_PHRASES = "; ".join(
    (
        "chấp hành nghiêm chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước",
        "chấp hành tốt chủ trương của Đảng",
        "tuyệt đối trung thành với chủ nghĩa Mác - Lênin, tư tưởng Hồ Chí Minh",
        "học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
        "giữ gìn đạo đức, lối sống trong sáng, lành mạnh",
        "giữ vững đoàn kết nội bộ",
        "thực hiện tốt quy chế dân chủ",
        "nêu cao tinh thần trách nhiệm",
        "gương mẫu trong mọi công việc",
        "không ngừng học tập, nâng cao trình độ",
        "hoàn thành tốt nhiệm vụ được giao",
        "luôn luôn",
        "thường xuyên",
    )
)
"""Phrases that stand in every plan and say nothing of this one: the default of a setting that the office changes."""


class Flaw(Word):
    """A way in which a plan is weak."""

    NO_MEASURE = "no_measure", gettext_noop("Thiếu chỉ tiêu, cách đo")
    NO_DEADLINE = "no_deadline", gettext_noop("Thiếu thời hạn")
    OUTSIDE_YEAR = "outside_year", gettext_noop("Thời hạn ngoài năm kế hoạch")
    OFF_THEME = "off_theme", gettext_noop("Chưa có nội dung theo chuyên đề")
    GENERIC = "generic", gettext_noop("Nội dung chung chung")
    ONLY_SUGGESTED = "only_suggested", gettext_noop("Chỉ có nội dung gợi ý")
    LIKE_OTHER = "like_other", gettext_noop("Giống kế hoạch khác trong chi bộ")
    LIKE_LAST_YEAR = "like_last_year", gettext_noop("Giống kế hoạch năm trước")


@dataclass(frozen=True, slots=True)
class ItemText:
    """One item as its quality is judged. ``suggested`` says that it is a suggestion of the ward, word for word."""

    statement: str
    measure: str = ""
    deadline: date | None = None
    on_theme: bool = False
    suggested: bool = False


@dataclass(frozen=True, slots=True)
class PlanText:
    """A plan as its quality is judged; ``themed`` says that its campaign has a theme."""

    year: int
    items: tuple[ItemText, ...]
    themed: bool = True


@dataclass(frozen=True, slots=True)
class Weakness:
    """One reason why a plan is weak. ``lines`` are the numbers of its items, ``other`` the plan it resembles.

    It reads as a sentence that names nobody; ``words`` translates it.
    """

    flaw: Flaw
    text: str
    params: dict[str, object] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    other: int | None = None

    def __str__(self) -> str:
        return self.words()

    def words(self, translate: Callable[[str], str] = str) -> str:
        return translate(self.text) % self.params


def weaknesses(
    plan: PlanText,
    *,
    least_words: int,
    phrases: Sequence[str],
    like_other: Likeness | None = None,
    like_last_year: Likeness | None = None,
) -> list[Weakness]:
    """Everything that is weak in the plan, in the order of the form; an empty plan has nothing to be weak in.

    ``least_words``: an item that says less than so many words besides the stock ``phrases``, and names no number,
    is generic.
    """
    if not plan.items:
        return []
    return [
        *_of_items(plan, least_words, phrases),
        *_of_theme(plan),
        *_of_likeness(plan, like_other, like_last_year),
    ]


def own_words(plan: PlanText) -> str:
    """What the plan says in the member's own words: what resemblance is measured on. Suggestions are no one's copy."""
    return plain(" ".join(f"{item.statement} {item.measure}" for item in plan.items if not item.suggested))


def is_generic(item: ItemText, *, least_words: int, phrases: Sequence[str]) -> bool:
    """Whether an item says too little besides stock phrases, and nothing that can be counted."""
    if re.search(r"\d", f"{item.statement} {item.measure}"):
        return False
    said = plain(item.statement)
    for phrase in sorted(map(plain, phrases), key=len, reverse=True):
        if phrase:
            said = re.sub(rf"\b{re.escape(phrase)}\b", " ", said)
    return len(said.split()) < least_words


def phrases_of(text: str) -> tuple[str, ...]:
    """The stock phrases of a setting, parted by semicolons."""
    return tuple(phrase.strip() for phrase in text.split(";") if phrase.strip())


# --------------------------------------------------------------------------------------------- within


def _of_items(plan: PlanText, least_words: int, phrases: Sequence[str]) -> Iterator[Weakness]:
    def lines(bad: Callable[[ItemText], bool]) -> tuple[int, ...]:
        return tuple(number for number, item in enumerate(plan.items, 1) if bad(item))

    found = (
        (
            Flaw.NO_MEASURE,
            gettext_noop("nội dung %(lines)s chưa có chỉ tiêu, cách đo"),
            lines(lambda i: not i.measure.strip()),
        ),
        (Flaw.NO_DEADLINE, gettext_noop("nội dung %(lines)s chưa có thời hạn"), lines(lambda i: i.deadline is None)),
        (
            Flaw.OUTSIDE_YEAR,
            gettext_noop("nội dung %(lines)s có thời hạn ngoài năm %(year)s"),
            lines(lambda i: i.deadline is not None and i.deadline.year != plan.year),
        ),
        (
            Flaw.GENERIC,
            gettext_noop("nội dung %(lines)s còn chung chung, chưa nói việc cụ thể"),
            lines(lambda i: is_generic(i, least_words=least_words, phrases=phrases)),
        ),
    )
    for flaw, text, which in found:
        if which:
            yield Weakness(flaw, text, {"lines": ", ".join(map(str, which)), "year": plan.year}, which)


def _of_theme(plan: PlanText) -> Iterator[Weakness]:
    if plan.themed and not any(item.on_theme for item in plan.items):
        yield Weakness(
            Flaw.OFF_THEME,
            gettext_noop("chưa có nội dung nào theo chuyên đề năm %(year)s"),
            {"year": plan.year},
        )
    if all(item.suggested for item in plan.items):
        yield Weakness(Flaw.ONLY_SUGGESTED, gettext_noop("chỉ có nội dung gợi ý của đảng ủy, chưa có nội dung riêng"))


def _of_likeness(plan: PlanText, other: Likeness | None, last: Likeness | None) -> Iterator[Weakness]:
    if other is not None:
        yield Weakness(
            Flaw.LIKE_OTHER,
            gettext_noop("giống nhiều với một kế hoạch khác trong chi bộ"),
            {"percent": other.percent},
            other=other.other,
        )
    if last is not None:
        yield Weakness(
            Flaw.LIKE_LAST_YEAR,
            gettext_noop("gần như chép lại kế hoạch năm %(year)s của chính mình"),
            {"year": plan.year - 1, "percent": last.percent},
            other=last.other,
        )
