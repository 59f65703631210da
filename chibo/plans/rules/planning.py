"""What must hold of campaigns and of plans on their way from draft to year-end result.

Kết luận 01-KL/TW (2021); Chỉ thị 05-CT/TW, from 13/7/2026 Chỉ thị 07-CT/TW; rulebook §3.2 and §3.3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, gettext_noop
from chibo.plans.rules import PlanState, ResultLevel, Section

ARTICLE = "Kết luận 01-KL/TW; Chỉ thị 07-CT/TW"
GUIDANCE = "Hướng dẫn của đợt đăng ký"

DEFAULT_SECTIONS: tuple[tuple[str, str], ...] = tuple((word.value, word.label) for word in Section)
"""The seven sections of the form in use (rulebook §3.2); a campaign may have others."""

WRITABLE = (PlanState.DRAFT, PlanState.RETURNED)
"""In these states the member (or who enters for them) may change what the plan says."""

MOVES: dict[PlanState, tuple[PlanState, ...]] = {
    PlanState.DRAFT: (PlanState.REGISTERED,),
    PlanState.REGISTERED: (PlanState.RETURNED, PlanState.CONFIRMED),
    PlanState.RETURNED: (PlanState.REGISTERED,),
    PlanState.CONFIRMED: (PlanState.CONCLUDED,),
    PlanState.CONCLUDED: (),
}
"""Where a plan may go from where it stands; no step is skipped."""


@dataclass(frozen=True, slots=True)
class Item:
    """One undertaking as it is typed. ``pk`` names the item of the plan that it rewords; ``manifestation`` is a code, A1 to C9."""

    section: str
    statement: str
    measure: str = ""
    deadline: date | None = None
    on_theme: bool = False
    manifestation: str = ""
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class SuggestedItem:
    """What the ward suggests to a group of members."""

    section: str
    statement: str
    measure: str = ""
    on_theme: bool = False


@dataclass(frozen=True, slots=True)
class Opening:
    """A campaign as it is asked for. ``theme`` is the theme's (programme, year), if there is one."""

    year: int
    opened_on: date
    deadline: date
    programme: int
    theme: tuple[int, int] | None
    programme_from: date
    programme_to: date | None
    sections: Sequence[tuple[str, str]] = DEFAULT_SECTIONS


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as the rules see it."""

    name: str
    year: int
    state: PlanState
    items: int
    opened_on: date
    deadline: date
    registered_on: date | None = None
    confirmed_on: date | None = None
    of_secretary: bool = False
    """Whether its member leads the cell, and the ward keeps the confirming of such plans to itself."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Who judges a plan: whether it is their own, and whether they judge for the ward."""

    own: bool
    for_ward: bool


# ------------------------------------------------------------------------------------------ campaigns


def objections_to_opening(asked: Opening, *, is_ward: bool, year_taken: bool) -> Iterator[Objection]:
    """One campaign a year, opened by a ward, under a programme in force and its theme of that very year."""
    if not is_ward:
        yield Objection(gettext_noop("Chỉ đảng ủy xã, phường phát động đợt đăng ký kế hoạch."), GUIDANCE)
    if year_taken:
        yield Objection(gettext_noop("Năm %(year)s đã có đợt đăng ký."), GUIDANCE, {"year": asked.year}, "year")
    yield from objections_to_amending_campaign(asked)


def objections_to_amending_campaign(asked: Opening) -> Iterator[Objection]:
    params: dict[str, object] = {"year": asked.year}
    if asked.deadline <= asked.opened_on:
        yield Objection(gettext_noop("Hạn đăng ký phải sau ngày phát động."), GUIDANCE, field="deadline")
    if asked.deadline.year != asked.year:
        yield Objection(gettext_noop("Hạn đăng ký phải trong năm %(year)s."), GUIDANCE, params, "deadline")
    if asked.opened_on.year not in (asked.year - 1, asked.year):
        yield Objection(
            gettext_noop("Đợt của năm %(year)s được phát động trong năm ấy hoặc cuối năm trước."),
            GUIDANCE,
            params,
            "opened_on",
        )
    if asked.year < asked.programme_from.year or (asked.programme_to and asked.year > asked.programme_to.year):
        yield Objection(gettext_noop("Chương trình này không thực hiện trong năm %(year)s."), "", params, "programme")
    if asked.theme is not None and asked.theme != (asked.programme, asked.year):
        yield Objection(
            gettext_noop("Chuyên đề phải là chuyên đề năm %(year)s của chính chương trình này."),
            GUIDANCE,
            params,
            "theme",
        )
    yield from objections_to_sections(asked.sections)


def objections_to_sections(sections: Sequence[tuple[str, str]]) -> Iterator[Objection]:
    """A form has at least one section; each has its own code of one figure, and a title."""
    codes = [code for code, _title in sections]
    if not sections:
        yield Objection(gettext_noop("Mẫu phải có ít nhất một mục."), field="sections")
    if len(set(codes)) != len(codes) or any(len(code) != 1 or not code.isdecimal() for code in codes):
        yield Objection(gettext_noop("Mỗi mục của mẫu mang một số riêng, từ 1 đến 9."), field="sections")
    if any(not title.strip() for _code, title in sections):
        yield Objection(gettext_noop("Mỗi mục của mẫu phải có tên."), field="sections")


def objections_to_suggesting(
    items: Sequence[SuggestedItem], *, sections: Sequence[str], group_of_ward: bool
) -> Iterator[Objection]:
    """Suggestions go to a group that this ward keeps, into sections that the form has (seed S0-15)."""
    if not group_of_ward:
        yield Objection(gettext_noop("Nhóm này không phải của đảng ủy."), GUIDANCE, field="group")
    for number, item in enumerate(items, 1):
        yield from _objections_to_line(item.section, item.statement, sections, number)


# ---------------------------------------------------------------------------------------------- plans


def objections_to_drafting(
    name: str,
    *,
    in_cell: bool,
    under_ward: bool,
    has_plan: bool,
    made_on: date,
    opened_on: date,
    year: int,
) -> Iterator[Objection]:
    """A draft is made once a year, after the campaign opened, by a member of a cell of that ward on that day."""
    params: dict[str, object] = {"name": name, "year": year, "day": f"{made_on:%d/%m/%Y}"}
    if not in_cell:
        yield Objection(
            gettext_noop("Đồng chí %(name)s không sinh hoạt ở chi bộ nào vào ngày %(day)s."), ARTICLE, params
        )
    elif not under_ward:
        yield Objection(
            gettext_noop("Chi bộ của đồng chí %(name)s không thuộc đảng ủy phát động đợt này."), ARTICLE, params
        )
    if has_plan:
        yield Objection(gettext_noop("Đồng chí %(name)s đã có kế hoạch năm %(year)s."), ARTICLE, params)
    if made_on < opened_on:
        yield Objection(
            gettext_noop("Đợt đăng ký năm %(year)s chưa phát động vào ngày %(day)s."), GUIDANCE, params, "made_on"
        )


def objections_to_writing(
    facts: PlanFacts, items: Sequence[Item], *, sections: Sequence[str], known: Sequence[str]
) -> Iterator[Objection]:
    """Only a draft or a returned plan is rewritten; every line says something, in a section that the form has.

    ``known`` are the codes of the manifestations.
    """
    yield from _objections_to_state(facts, WRITABLE, gettext_noop("không sửa được nữa; hãy đề nghị chi ủy trả lại"))
    for number, item in enumerate(items, 1):
        yield from _objections_to_line(item.section, item.statement, sections, number)
        if item.manifestation and item.manifestation not in known:
            yield Objection(
                gettext_noop("Dòng %(number)s: không có biểu hiện “%(code)s” trong 27 biểu hiện."),
                "Nghị quyết 04-NQ/TW",
                {"number": number, "code": item.manifestation},
            )


def objections_to_taking(facts: PlanFacts, item: Item, *, sections: Sequence[str], held: bool) -> Iterator[Objection]:
    """A suggestion is taken once, into a plan that may be written."""
    yield from objections_to_writing(facts, [item], sections=sections, known=())
    if held:
        yield Objection(gettext_noop("Nội dung này đã có trong kế hoạch."))


def objections_to_registering(facts: PlanFacts, *, registered_on: date) -> Iterator[Objection]:
    """A draft, or a mended returned plan, is registered with at least one item, once the campaign has opened."""
    yield from _objections_to_move(facts, PlanState.REGISTERED)
    if facts.items == 0:
        yield Objection(gettext_noop("Kế hoạch chưa có nội dung nào; hãy ghi ít nhất một nội dung."), ARTICLE)
    if registered_on < facts.opened_on:
        yield Objection(
            gettext_noop("Ngày đăng ký trước ngày phát động %(day)s."),
            GUIDANCE,
            {"day": f"{facts.opened_on:%d/%m/%Y}"},
            "registered_on",
        )


def objections_to_commenting(facts: PlanFacts, comment: str) -> Iterator[Objection]:
    yield from _objections_to_state(facts, (PlanState.REGISTERED,), gettext_noop("không ở bước chi ủy góp ý"))
    if not comment.strip():
        yield Objection(gettext_noop("Hãy ghi ý kiến."), field="comment")


def objections_to_returning(facts: PlanFacts, judge: Judge, comment: str) -> Iterator[Objection]:
    """A registered plan is returned with words on what to mend."""
    yield from _objections_to_move(facts, PlanState.RETURNED)
    yield from _objections_to_judge(facts, judge)
    if not comment.strip():
        yield Objection(gettext_noop("Hãy ghi rõ cần bổ sung, sửa chỗ nào."), ARTICLE, field="comment")


def objections_to_confirming(facts: PlanFacts, judge: Judge, *, confirmed_on: date) -> Iterator[Objection]:
    """A registered plan is confirmed by the cell committee; nobody confirms their own; the secretary's goes up."""
    yield from _objections_to_move(facts, PlanState.CONFIRMED)
    yield from _objections_to_judge(facts, judge)
    if facts.registered_on and confirmed_on < facts.registered_on:
        yield Objection(
            gettext_noop("Kế hoạch của đồng chí %(name)s: ngày xác nhận trước ngày đăng ký %(day)s."),
            params={"name": facts.name, "day": f"{facts.registered_on:%d/%m/%Y}"},
            field="confirmed_on",
        )


def objections_to_concluding(
    facts: PlanFacts, judge: Judge, *, result: str, comment: str, concluded_on: date
) -> Iterator[Objection]:
    """The year's result is given to a confirmed plan, at the end of its year; the level "poor" comes with words."""
    yield from _objections_to_move(facts, PlanState.CONCLUDED)
    yield from _objections_to_judge(facts, judge)
    if result not in set(ResultLevel):
        yield Objection(gettext_noop("Hãy chọn kết quả thực hiện cả năm."), ARTICLE, field="result")
    if result == ResultLevel.POOR and not comment.strip():
        yield Objection(gettext_noop("Kết quả Kém thì phải ghi rõ nhận xét."), ARTICLE, field="comment")
    if concluded_on.year < facts.year or (facts.confirmed_on and concluded_on < facts.confirmed_on):
        yield Objection(
            gettext_noop("Kết quả năm %(year)s được đánh giá sau khi kế hoạch đã xác nhận, trong hoặc sau năm ấy."),
            params={"year": facts.year},
            field="concluded_on",
        )


def objections_to_receiving(*, name: str, moved: bool, state: PlanState) -> Iterator[Objection]:
    """A cell receives the running plan of a member who was transferred to it."""
    if not moved:
        yield Objection(
            gettext_noop("Kế hoạch của đồng chí %(name)s không ở chi bộ khác chuyển đến."), params={"name": name}
        )
    if state == PlanState.CONCLUDED:
        yield Objection(gettext_noop("Kế hoạch đã đánh giá cuối năm, ở lại chi bộ cũ."))


def year_to_conclude(day: date) -> int:
    """The year whose results are asked for on the day: from December on its own, before that the one that ended."""
    return day.year if day.month == 12 else day.year - 1


def days_left(deadline: date, day: date) -> int:
    """Days until the deadline; negative when it has passed."""
    return (deadline - day).days


def moved_to_year(deadline: date | None, years: int) -> date | None:
    """The same day so many years on, for an item copied from an earlier plan; 29 February becomes 28."""
    if deadline is None:
        return None
    year = deadline.year + years
    try:
        return deadline.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


# --------------------------------------------------------------------------------------------- within


def _objections_to_line(section: str, statement: str, sections: Sequence[str], number: int) -> Iterator[Objection]:
    if section not in sections:
        yield Objection(
            gettext_noop("Dòng %(number)s: mẫu của đợt này không có mục ấy."), GUIDANCE, {"number": number}
        )
    if not statement.strip():
        yield Objection(gettext_noop("Dòng %(number)s chưa ghi nội dung."), params={"number": number})


def _objections_to_state(facts: PlanFacts, states: Sequence[PlanState], why: str) -> Iterator[Objection]:
    if facts.state not in states:
        yield Objection(
            gettext_noop("Kế hoạch của đồng chí %(name)s đang ở bước “%(state)s”, %(why)s."),
            ARTICLE,
            {"name": facts.name, "state": facts.state.label, "why": why},
        )


def _objections_to_move(facts: PlanFacts, to: PlanState) -> Iterator[Objection]:
    if to not in MOVES[facts.state]:
        yield Objection(
            gettext_noop("Kế hoạch của đồng chí %(name)s đang ở bước “%(state)s”, chưa thể chuyển sang “%(to)s”."),
            ARTICLE,
            {"name": facts.name, "state": facts.state.label, "to": to.label},
        )


def _objections_to_judge(facts: PlanFacts, judge: Judge) -> Iterator[Objection]:
    if facts.of_secretary and not judge.for_ward:
        yield Objection(
            gettext_noop("Kế hoạch của bí thư chi bộ (đồng chí %(name)s) do đảng ủy xem xét, xác nhận."),
            ARTICLE,
            {"name": facts.name},
        )
    elif judge.own:
        yield Objection(
            gettext_noop("Đồng chí %(name)s không tự xem xét, xác nhận kế hoạch của mình."),
            ARTICLE,
            {"name": facts.name},
        )
