"""What must hold at each step: opening a round, writing, voting, proposing, appraising, deciding, answering."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.reviews.rules import STAGES, Duty, RuleSet, Stage, Subject

STEPS_ARTICLE = "124-QĐ/TW 2023; 366-QĐ/TW 2025"
OWN_ARTICLE = "HD 25-HD/BTCTW 2023"
"""The deputy chairs when the secretary is reviewed (rulebook §5.2); that the rest follows from it is recalled [R]."""
EMPTY = gettext_noop("Mục này còn trống.")


def is_past(stage: str, other: Stage) -> bool:
    """Whether a review has reached the stage, or gone beyond it."""
    return STAGES.index(Stage(stage)) >= STAGES.index(other)


def is_quarter(first: date, last: date) -> bool:
    return (last - first).days < 100


def objections_to_judging_oneself(*, is_own: bool, field: str = "") -> Iterator[Objection]:
    """Nobody judges, proposes, appraises or decides their own review, nor asks of it what the level above asks."""
    if is_own:
        text = gettext_noop(
            "Đồng chí không tự đánh giá, đề nghị, thẩm định hay quyết định bản của mình; đồng chí khác làm."
        )
        yield Objection(text, OWN_ARTICLE, field=field)


def objections_to_repeating(subject: str) -> Iterator[Objection]:
    """A leader writes, is judged by criteria and undertakes once, in the cell; the collective hears that and votes."""
    if subject == Subject.LEADER:
        yield Objection(
            gettext_noop("Việc này ghi ở bản kiểm điểm tại chi bộ; tập thể lãnh đạo dùng bản đó."), OWN_ARTICLE
        )


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
    duty: str,
    stage: str,
    *,
    assigned: int,
    done: int,
    late: int,
    exceeding: int,
    hard_assigned: int = 0,
    hard_done: int = 0,
    good: int = 0,
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
    if good > done:
        yield Objection(gettext_noop("Số đạt chất lượng nhiều hơn số hoàn thành."), field="good")
    if hard_assigned > assigned:
        yield Objection(gettext_noop("Số việc khó nhiều hơn số được giao."), field="hard_assigned")
    if hard_done > min(hard_assigned, done) or (hard_assigned and done - hard_done > assigned - hard_assigned):
        yield Objection(
            gettext_noop("Số việc khó đã làm không khớp với số được giao và số hoàn thành."), field="hard_done"
        )


def objections_to_meeting(
    duty: str, stage: str, *, held_on: date, today: date, same_unit: bool, cell_held_on: date | None = None
) -> Iterator[Objection]:
    """The review meeting comes after the self-review: nobody is voted on unread; a leader's second after the cell's.

    ``cell_held_on``: for a leader's second review, the day of the meeting in their cell.
    """
    if cell_held_on is not None and held_on < cell_held_on:
        yield Objection(
            gettext_noop("Kiểm điểm ở chi bộ trước, ở tập thể lãnh đạo sau."), OWN_ARTICLE, field="meeting"
        )
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


def objections_to_proposing(
    stage: str, *, level: str, carried: str, reason: str, former_is_silent: bool = False
) -> Iterator[Objection]:
    """The cell proposes what the ballot carried; anything else needs a reason that is kept.

    ``former_is_silent``: who came from another cell in mid-round is proposed with the word of that cell ([R]).
    """
    if former_is_silent:
        text = gettext_noop(
            "Đồng chí này chuyển đến giữa đợt; ghi nhận xét của chi bộ nơi chuyển đi trước khi đề nghị."
        )
        yield Objection(text, STEPS_ARTICLE)
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


def objections_to_appraising(
    stage: str, *, level: str, found: str, text: str, ballot_stands: bool = False, second: str = ""
) -> Iterator[Objection]:
    """What the appraisal departs from (the criteria) it explains.

    ``ballot_stands``: the cell has nobody but the reviewed to propose, so what its ballot carried is its proposal.
    ``second``: how far a leader's review in their collective is; "" for who has none.
    """
    if second and not is_past(second, Stage.PROPOSED):
        yield Objection(gettext_noop("Chưa kiểm điểm và đề nghị ở tập thể lãnh đạo."), OWN_ARTICLE)
    if not is_past(stage, Stage.PROPOSED) and not (stage == Stage.VOTED and ballot_stands):
        yield Objection(gettext_noop("Chi bộ chưa đề nghị mức xếp loại."), STEPS_ARTICLE)
    elif is_past(stage, Stage.DECIDED):
        yield Objection(gettext_noop("Đã có quyết định xếp loại."), STEPS_ARTICLE)
    elif found and level != found and not text.strip():
        yield Objection(
            gettext_noop("Mức thẩm định khác mức tính theo tiêu chí; ghi căn cứ."), STEPS_ARTICLE, field="text"
        )


def objections_to_deciding(
    stage: str,
    *,
    decided_on: date,
    appraised_on: date | None,
    level: str,
    appraised: str,
    reason: str,
    by_superior: bool = False,
) -> Iterator[Objection]:
    """``by_superior``: the ward committee is decided on by the one above; the ward only writes down who decided."""
    if by_superior and not reason.strip():
        text = gettext_noop("Mức của Ban Thường vụ do cấp trên trực tiếp quyết định; ghi cơ quan đã quyết định.")
        yield Objection(text, STEPS_ARTICLE, field="reason")
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
