"""What must hold at each step: opening a round, writing, voting, proposing, appraising, deciding, answering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.reviews.rules import STAGES, Duty, RuleSet, Stage

STEPS_ARTICLE = "124-QĐ/TW 2023; 366-QĐ/TW 2025"
EMPTY = gettext_noop("Mục này còn trống.")


def is_past(stage: str, other: Stage) -> bool:
    """Whether a review has reached the stage, or gone beyond it."""
    return STAGES.index(Stage(stage)) >= STAGES.index(other)


def is_quarter(first: date, last: date) -> bool:
    return (last - first).days < 100


def objections_to_opening(
    first: date, last: date, *, opened_on: date, cell_deadline: date, deadline: date, taken: bool, rules: RuleSet
) -> Iterator[Objection]:
    if taken:
        yield Objection(gettext_noop("Kỳ này đã có đợt kiểm điểm."), field="year")
    if is_quarter(first, last) and not rules.quarterly:
        yield Objection(
            gettext_noop("Văn bản áp dụng cho kỳ này không đánh giá theo quý."), rules.article, field="quarter"
        )
    if opened_on < first:
        yield Objection(gettext_noop("Đợt kiểm điểm mở trong hoặc sau kỳ được kiểm điểm."), field="opened_on")
    if cell_deadline < opened_on:
        yield Objection(gettext_noop("Hạn của chi bộ trước ngày mở đợt."), field="cell_deadline")
    if deadline < cell_deadline:
        yield Objection(gettext_noop("Hạn quyết định trước hạn của chi bộ."), field="deadline")


def objections_to_writing(duty: str, stage: str) -> Iterator[Objection]:
    if duty != Duty.REVIEWED:
        yield Objection(gettext_noop("Đồng chí này không thuộc diện kiểm điểm trong đợt."), STEPS_ARTICLE)
    elif is_past(stage, Stage.VOTED):
        yield Objection(gettext_noop("Chi bộ đã họp kiểm điểm; bản kiểm điểm giữ như khi trình bày."), STEPS_ARTICLE)


def objections_to_sending(
    duty: str, stage: str, *, results: str, direction: str, level: str, unjudged: Iterable[str]
) -> Iterator[Objection]:
    yield from objections_to_writing(duty, stage)
    if not results.strip():
        yield Objection(EMPTY, field="results")
    if not direction.strip():
        yield Objection(EMPTY, field="direction")
    if not level:
        yield Objection(gettext_noop("Chọn một trong bốn mức tự xếp loại."), STEPS_ARTICLE, field="own_level")
    for code in unjudged:
        yield Objection(gettext_noop("Tự đánh giá tiêu chí này."), STEPS_ARTICLE, field=f"own-{code}")


def objections_to_judging(
    duty: str, stage: str, *, assigned: int, done: int, late: int, exceeding: int
) -> Iterator[Objection]:
    if duty != Duty.REVIEWED:
        yield Objection(gettext_noop("Đồng chí này không thuộc diện kiểm điểm trong đợt."), STEPS_ARTICLE)
    elif is_past(stage, Stage.APPRAISED):
        yield Objection(gettext_noop("Đảng ủy đã thẩm định; đánh giá của chi bộ giữ nguyên."), STEPS_ARTICLE)
    if done > assigned:
        yield Objection(gettext_noop("Hoàn thành nhiều hơn số được giao."), field="done")
    if late > done:
        yield Objection(gettext_noop("Số chậm nhiều hơn số hoàn thành."), field="late")
    if exceeding > done:
        yield Objection(gettext_noop("Số vượt mức nhiều hơn số hoàn thành."), field="exceeding")


def objections_to_meeting(
    duty: str, stage: str, *, held_on: date, today: date, same_unit: bool
) -> Iterator[Objection]:
    """The review meeting comes after the self-review: nobody is voted on unread."""
    if duty != Duty.REVIEWED:
        yield Objection(gettext_noop("Đồng chí này không thuộc diện kiểm điểm trong đợt."), STEPS_ARTICLE)
    if stage == Stage.DUE:
        yield Objection(gettext_noop("Chưa nộp bản kiểm điểm nên chưa bỏ phiếu được."), STEPS_ARTICLE)
    if is_past(stage, Stage.APPRAISED):
        yield Objection(gettext_noop("Đảng ủy đã thẩm định; kết quả bỏ phiếu không sửa được nữa."), STEPS_ARTICLE)
    if held_on > today:
        yield Objection(gettext_noop("Cuộc họp kiểm điểm chưa diễn ra."), field="meeting")
    if not same_unit:
        yield Objection(gettext_noop("Cuộc họp này không phải của chi bộ."), field="meeting")


def objections_to_proposing(stage: str, *, level: str, carried: str, reason: str) -> Iterator[Objection]:
    """The cell proposes what the ballot carried; anything else needs a reason that is kept."""
    if not is_past(stage, Stage.VOTED):
        yield Objection(gettext_noop("Chi bộ chưa bỏ phiếu xếp loại."), STEPS_ARTICLE)
    elif is_past(stage, Stage.APPRAISED):
        yield Objection(gettext_noop("Đảng ủy đã thẩm định đề nghị này."), STEPS_ARTICLE)
    elif level != carried and not reason.strip():
        text = (
            gettext_noop("Mức này khác mức được quá nửa phiếu; ghi lý do.")
            if carried
            else gettext_noop("Không mức nào được quá nửa phiếu; ghi lý do đề nghị mức này, hoặc bỏ phiếu lại.")
        )
        yield Objection(text, STEPS_ARTICLE, field="reason")


def objections_to_appraising(stage: str, *, level: str, found: str, text: str) -> Iterator[Objection]:
    """What the appraisal departs from (the criteria) it explains."""
    if not is_past(stage, Stage.PROPOSED):
        yield Objection(gettext_noop("Chi bộ chưa đề nghị mức xếp loại."), STEPS_ARTICLE)
    elif is_past(stage, Stage.DECIDED):
        yield Objection(gettext_noop("Đã có quyết định xếp loại."), STEPS_ARTICLE)
    elif found and level != found and not text.strip():
        yield Objection(
            gettext_noop("Mức thẩm định khác mức tính theo tiêu chí; ghi căn cứ."), STEPS_ARTICLE, field="text"
        )


def objections_to_deciding(
    stage: str, *, decided_on: date, appraised_on: date | None, level: str, appraised: str, reason: str
) -> Iterator[Objection]:
    if not is_past(stage, Stage.APPRAISED):
        yield Objection(gettext_noop("Chưa thẩm định nên chưa quyết định được."), STEPS_ARTICLE)
    elif is_past(stage, Stage.DECIDED):
        yield Objection(gettext_noop("Đã có quyết định xếp loại."), STEPS_ARTICLE)
    if appraised_on and decided_on < appraised_on:
        yield Objection(gettext_noop("Ngày quyết định trước ngày thẩm định."), field="decided_on")
    if appraised and level != appraised and not reason.strip():
        yield Objection(gettext_noop("Quyết định khác mức thẩm định; ghi lý do."), STEPS_ARTICLE, field="reason")


def objections_to_answering(stage: str, text: str) -> Iterator[Objection]:
    if not is_past(stage, Stage.DECIDED):
        yield Objection(gettext_noop("Chưa có quyết định xếp loại để trả lời."), STEPS_ARTICLE)
    if not text.strip():
        yield Objection(EMPTY, field="answer")


def objections_to_checking(duty: str, stage: str, *, is_author: bool) -> Iterator[Objection]:
    """The self-check is its author's own; nobody fills it in for somebody else."""
    if not is_author:
        yield Objection(gettext_noop("Bản tự soi do chính đảng viên ghi."), "NQ 04-NQ/TW 2016")
    yield from objections_to_writing(duty, stage)


def objections_to_undertaking(duty: str, stage: str, shortcoming: str) -> Iterator[Objection]:
    """A commitment comes out of a review that was held, and says what it mends."""
    if duty != Duty.REVIEWED or not is_past(stage, Stage.SENT):
        yield Objection(gettext_noop("Cam kết khắc phục ghi sau khi đã nộp bản kiểm điểm."), STEPS_ARTICLE)
    if not shortcoming.strip():
        yield Objection(EMPTY, field="shortcoming")


def objections_to_commenting(duty: str, stage: str, text: str, field: str = "text") -> Iterator[Objection]:
    if duty == Duty.NOT_REVIEWED:
        yield Objection(gettext_noop("Đồng chí này không thuộc diện kiểm điểm trong đợt."), STEPS_ARTICLE)
    if is_past(stage, Stage.DECIDED):
        yield Objection(gettext_noop("Đã có quyết định xếp loại."), STEPS_ARTICLE)
    if not text.strip():
        yield Objection(EMPTY, field=field)


def written(text: str) -> str:
    """What was typed, line by line in the one spelling stored; the lines stay."""
    return "\n".join(nfc(line) for line in text.strip().splitlines())
