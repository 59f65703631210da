"""Words and rules of consultations on persons and collectives (lấy ý kiến góp ý). Seeds S1-14 … S1-16; no regulation of the
centre fixes the form, the committee's plan does, so every number here is a setting.

Nothing here knows who answered what: that is kept apart by the way answers are stored (``docs/adr/0070``).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop

ARTICLE = "Kế hoạch lấy ý kiến góp ý của đảng ủy"


class ConsultationState(Word):
    """How far a consultation is. It never goes back: what is sealed stays sealed."""

    DRAFT = "draft", gettext_noop("Đang soạn")
    OPEN = "open", gettext_noop("Đang lấy ý kiến")
    CLOSED = "closed", gettext_noop("Đã tổng hợp")


class QuestionKind(Word):
    """A choice among levels, or an opinion in free words."""

    LEVELS = "levels", gettext_noop("Chọn mức")
    TEXT = "text", gettext_noop("Ý kiến")


LEVELS = (
    gettext_noop("Tốt"),
    gettext_noop("Khá"),
    gettext_noop("Trung bình"),
    gettext_noop("Yếu"),
)
"""The levels that a new question offers; the office words its own."""
LONGEST_TEXT = 2000
NO_ANSWER = -1
"""The level of a question that a slip left open: counted, so that every table adds up to its slips."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What has been laid down so far: how many subjects, groups, people and questions."""

    state: str
    opens_on: date
    closes_on: date
    subjects: int
    questions: int
    groups: Mapping[str, int]
    """People invited, by group."""
    least: int


def objections_to_announcing(*, title: str, opens_on: date, closes_on: date) -> Iterator[Objection]:
    """A consultation has a name and days that run forward."""
    if not title.strip():
        yield Objection(gettext_noop("Hãy ghi tên đợt lấy ý kiến."), field="title")
    if closes_on < opens_on:
        yield Objection(gettext_noop("Ngày kết thúc ở trước ngày bắt đầu."), field="closes_on")


def objections_to_preparing(state: str) -> Iterator[Objection]:
    """Once it is launched, nobody changes who is asked what about whom."""
    if state != ConsultationState.DRAFT:
        yield Objection(
            gettext_noop("Đợt lấy ý kiến đã niêm phong khi phát phiếu; không ai sửa được nội dung, danh sách nữa."),
            ARTICLE,
        )


def objections_to_launching(asked: Prepared) -> Iterator[Objection]:
    """There is somebody to speak about, somebody to ask, something to ask, and enough people to stay unknown."""
    yield from objections_to_preparing(asked.state)
    if not asked.subjects:
        yield Objection(gettext_noop("Chưa có cá nhân, tập thể nào được lấy ý kiến."))
    if not asked.questions:
        yield Objection(gettext_noop("Chưa có câu hỏi nào."))
    total = sum(asked.groups.values())
    if total < asked.least:
        yield Objection(
            gettext_noop("Mới mời %(total)s người; dưới %(least)s người thì không ai giấu tên được."),
            params={"total": total, "least": asked.least},
        )
    empty = [name for name, invited in asked.groups.items() if not invited]
    if empty:
        yield Objection(gettext_noop("Nhóm “%(name)s” chưa có ai."), params={"name": empty[0]})


def objections_to_inviting(names: Sequence[str], members: Sequence[int]) -> Iterator[Objection]:
    """Everybody is asked once, whichever groups they belong to (seed S1-15)."""
    if not any(name.strip() for name in names):
        yield Objection(gettext_noop("Hãy ghi ít nhất một người."), field="names")
    twice = sorted(name for name, count in Counter(members).items() if count > 1)
    if twice:
        yield Objection(gettext_noop("Có người đứng hai lần trong danh sách."), field="names")


def objections_to_asking(*, kind: str, text: str, levels: Sequence[str]) -> Iterator[Objection]:
    """A question has words; one of levels has at least two of them, all different."""
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi câu hỏi."), field="text")
    if kind == QuestionKind.LEVELS and (len(levels) < 2 or len(set(levels)) < len(levels)):
        yield Objection(gettext_noop("Ghi ít nhất hai mức khác nhau, mỗi mức một dòng."), field="levels")


def objections_to_handing_out(state: str, *, today: date, closes_on: date) -> Iterator[Objection]:
    """Slips are handed out while the consultation runs."""
    if state == ConsultationState.DRAFT:
        yield Objection(gettext_noop("Đợt lấy ý kiến chưa phát phiếu."))
    elif state == ConsultationState.CLOSED or today > closes_on:
        yield Objection(
            gettext_noop("Đợt lấy ý kiến đã hết hạn ngày %(day)s."), params={"day": f"{closes_on:%d/%m/%Y}"}
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """One place on the slip: a question about a subject. ``levels`` is 0 for free words."""

    key: str
    levels: int


Filled = Mapping[str, int | str]
"""What a slip says: the number of a level, or words, by the key of its place."""


def objections_to_answering(filled: Filled, places: Collection[Asked]) -> Iterator[Objection]:
    """A slip answers what it was asked, says something, and no opinion is longer than a page."""
    known = {place.key: place for place in places}
    said = False
    for key, answer in filled.items():
        place = known.get(key)
        if place is None:
            yield Objection(gettext_noop("Phiếu có câu trả lời cho câu hỏi không có trên phiếu."))
        elif isinstance(answer, int):
            said = True
            if not 0 <= answer < place.levels:
                yield Objection(gettext_noop("Mức này không có trên phiếu."), field=key)
        elif answer.strip():
            said = True
            if place.levels:
                yield Objection(gettext_noop("Câu này chọn mức, không ghi chữ."), field=key)
            elif len(answer) > LONGEST_TEXT:
                yield Objection(
                    gettext_noop("Ý kiến dài %(length)s chữ cái; tối đa %(most)s."),
                    params={"length": len(answer), "most": LONGEST_TEXT},
                    field=key,
                )
    if not said:
        yield Objection(gettext_noop("Phiếu chưa có ý kiến nào; nếu không có ý kiến, đồng chí không cần gửi."))


def objections_to_closing(state: str, *, today: date, closes_on: date, all_in: bool) -> Iterator[Objection]:
    """It is summed up once, after its last day or when every slip is in: earlier results would tell late answers."""
    if state == ConsultationState.DRAFT:
        yield Objection(gettext_noop("Đợt lấy ý kiến chưa phát phiếu."))
    elif state == ConsultationState.CLOSED:
        yield Objection(gettext_noop("Đợt lấy ý kiến đã tổng hợp rồi."))
    elif today <= closes_on and not all_in:
        yield Objection(
            gettext_noop("Còn hạn gửi phiếu đến hết ngày %(day)s; tổng hợp sau ngày đó, hoặc khi đã đủ phiếu."),
            params={"day": f"{closes_on:%d/%m/%Y}"},
        )


def objections_to_replying(state: str, text: str) -> Iterator[Objection]:
    """The person concerned answers what was summed up."""
    if state != ConsultationState.CLOSED:
        yield Objection(gettext_noop("Kết quả chưa tổng hợp."))
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi ý kiến tiếp thu, giải trình."), field="text")


def objections_to_coding(state: str, *, name: str) -> Iterator[Objection]:
    """Opinions are sorted by people, after the consultation is summed up (seed S1-16)."""
    if state != ConsultationState.CLOSED:
        yield Objection(gettext_noop("Kết quả chưa tổng hợp."))
    if not name.strip():
        yield Objection(gettext_noop("Hãy ghi tên nhóm ý kiến."), field="name")
