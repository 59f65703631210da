"""The four forms as flows of steps with their papers and due dates: dated data. Rulebook §4.3–4.7.

The pattern is that of 89-QĐ/TW (prepare, conduct, finish); which papers a dossier holds follows the template series
KT and GS. How many working days a step may take is a setting, because no text of the centre gives them for a ward.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.core.values import Word, gettext_noop
from chibo.inspections.rules import Body, InspectionForm
from chibo.papers.rules.kinds import PaperKind


class Phase(Word):
    """The three phases of every procedure."""

    PREPARE = "prepare", gettext_noop("Chuẩn bị")
    CONDUCT = "conduct", gettext_noop("Tiến hành")
    FINISH = "finish", gettext_noop("Kết thúc")


class Doer(Word):
    """Who does a step."""

    LEADER = "leader", gettext_noop("Cấp ủy, ủy ban kiểm tra")
    TEAM = "team", gettext_noop("Đoàn kiểm tra")
    INSPECTED = "inspected", gettext_noop("Nơi được kiểm tra")


class PieceKind(Word):
    """A paper of the dossier, in the order of the index."""

    SIGN_RECORD = "sign_record", gettext_noop("Phiếu nắm dấu hiệu vi phạm")
    DECISION = "decision", gettext_noop("Quyết định kiểm tra, lập đoàn")
    PLAN = "plan", gettext_noop("Kế hoạch kiểm tra")
    OUTLINE = "outline", gettext_noop("Đề cương gợi ý báo cáo tự kiểm tra")
    SCHEDULE = "schedule", gettext_noop("Lịch kiểm tra")
    ASSIGNMENT = "assignment", gettext_noop("Phân công nhiệm vụ thành viên")
    DEPLOYING = "deploying", gettext_noop("Biên bản triển khai quyết định")
    EXTENSION = "extension", gettext_noop("Quyết định gia hạn")
    SELF_REPORT = "self_report", gettext_noop("Báo cáo tự kiểm tra")
    EXPLANATION = "explanation", gettext_noop("Bản giải trình")
    WORKING = "working", gettext_noop("Biên bản làm việc, thẩm tra, xác minh")
    CONFERENCE = "conference", gettext_noop("Biên bản hội nghị nơi được kiểm tra")
    RESULT = "result", gettext_noop("Báo cáo kết quả kiểm tra")
    SYNTHESIS = "synthesis", gettext_noop("Báo cáo kết quả khảo sát")
    NOTICE = "notice", gettext_noop("Thông báo kết luận")
    ANNOUNCING = "announcing", gettext_noop("Biên bản công bố kết luận")
    FOLLOW_UP = "follow_up", gettext_noop("Công văn yêu cầu khắc phục")
    INDEX = "index", gettext_noop("Mục lục hồ sơ")
    OTHER = "other", gettext_noop("Tài liệu khác")


class Shown(Word):
    """From when on the inspected read a paper of the dossier."""

    NEVER = "never", "never"
    ANNOUNCED = "announced", "announced"
    PUBLISHED = "published", "published"


@dataclass(frozen=True, slots=True)
class PieceRule:
    """How a kind of paper is written: as which type, with a number of the register or not, for all or for each."""

    paper: PaperKind
    numbered: bool
    each: bool = False
    """Whether every inspected organisation or person has one; a joint one serves all."""
    shown: Shown = Shown.NEVER


PIECES: Mapping[PieceKind, PieceRule] = {
    PieceKind.SIGN_RECORD: PieceRule(PaperKind.FORM, numbered=False),
    PieceKind.DECISION: PieceRule(PaperKind.DECISION, numbered=True, shown=Shown.ANNOUNCED),
    PieceKind.PLAN: PieceRule(PaperKind.PLAN, numbered=True, shown=Shown.ANNOUNCED),
    PieceKind.OUTLINE: PieceRule(PaperKind.FORM, numbered=False, shown=Shown.ANNOUNCED),
    PieceKind.SCHEDULE: PieceRule(PaperKind.FORM, numbered=False, shown=Shown.ANNOUNCED),
    PieceKind.ASSIGNMENT: PieceRule(PaperKind.FORM, numbered=False),
    PieceKind.DEPLOYING: PieceRule(PaperKind.MINUTES, numbered=False, each=True, shown=Shown.ANNOUNCED),
    PieceKind.EXTENSION: PieceRule(PaperKind.DECISION, numbered=True, shown=Shown.ANNOUNCED),
    PieceKind.SELF_REPORT: PieceRule(PaperKind.REPORT, numbered=True, each=True, shown=Shown.ANNOUNCED),
    PieceKind.EXPLANATION: PieceRule(PaperKind.FORM, numbered=False, each=True, shown=Shown.ANNOUNCED),
    PieceKind.WORKING: PieceRule(PaperKind.MINUTES, numbered=False, each=True, shown=Shown.ANNOUNCED),
    PieceKind.CONFERENCE: PieceRule(PaperKind.MINUTES, numbered=False, each=True, shown=Shown.ANNOUNCED),
    PieceKind.RESULT: PieceRule(PaperKind.REPORT, numbered=True),
    PieceKind.SYNTHESIS: PieceRule(PaperKind.REPORT, numbered=True),
    PieceKind.NOTICE: PieceRule(PaperKind.NOTICE, numbered=True, shown=Shown.PUBLISHED),
    PieceKind.ANNOUNCING: PieceRule(PaperKind.MINUTES, numbered=False, each=True, shown=Shown.PUBLISHED),
    PieceKind.FOLLOW_UP: PieceRule(PaperKind.LETTER, numbered=True, shown=Shown.PUBLISHED),
    PieceKind.INDEX: PieceRule(PaperKind.FORM, numbered=False),
    PieceKind.OTHER: PieceRule(PaperKind.FORM, numbered=False, each=True),
}


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step: due so many working days (the setting ``inspections.days.<code>``) after another was done."""

    code: str
    words: str
    phase: Phase
    doer: Doer
    pieces: tuple[PieceKind, ...] = ()
    after: str = ""
    """The step after which it is due; "" for the day of the decision."""
    waivable: bool = True


P = PieceKind
_DECIDE = StepRule("decide", gettext_noop("Ban hành quyết định, kế hoạch"), Phase.PREPARE, Doer.LEADER, (P.DECISION, P.PLAN), "", waivable=False)  # fmt: skip
_PLAN = StepRule("decide", gettext_noop("Chi bộ thông qua kế hoạch"), Phase.PREPARE, Doer.LEADER, (P.PLAN,), "", waivable=False)  # fmt: skip
_DRAFT = StepRule("draft", gettext_noop("Họp đoàn: đề cương, lịch, phân công"), Phase.PREPARE, Doer.TEAM, (P.OUTLINE, P.SCHEDULE, P.ASSIGNMENT), "decide")  # fmt: skip
_ANNOUNCE = StepRule("announce", gettext_noop("Gửi quyết định, kế hoạch, đề cương cho nơi được kiểm tra"), Phase.PREPARE, Doer.LEADER, (), "decide", waivable=False)  # fmt: skip
_DEPLOY = StepRule("deploy", gettext_noop("Triển khai quyết định"), Phase.CONDUCT, Doer.TEAM, (P.DEPLOYING,), "announce")  # fmt: skip
_SELF_REPORT = StepRule("self_report", gettext_noop("Báo cáo tự kiểm tra"), Phase.CONDUCT, Doer.INSPECTED, (P.SELF_REPORT,), "announce")  # fmt: skip
_EXPLAIN = StepRule("explain", gettext_noop("Giải trình bằng văn bản"), Phase.CONDUCT, Doer.INSPECTED, (P.EXPLANATION,), "announce")  # fmt: skip
_VERIFY = StepRule("verify", gettext_noop("Thẩm tra, xác minh"), Phase.CONDUCT, Doer.TEAM, (P.WORKING,), "self_report")  # fmt: skip
_CONFERENCE = StepRule("conference", gettext_noop("Hội nghị nơi được kiểm tra"), Phase.CONDUCT, Doer.INSPECTED, (P.CONFERENCE,), "verify")  # fmt: skip
_REPORT = StepRule("report", gettext_noop("Báo cáo kết quả"), Phase.CONDUCT, Doer.TEAM, (P.RESULT,), "conference")
_CONCLUDE = StepRule("conclude", gettext_noop("Xem xét, kết luận"), Phase.FINISH, Doer.LEADER, (P.NOTICE,), "report", waivable=False)  # fmt: skip
_PUBLISH = StepRule("publish", gettext_noop("Công bố kết luận"), Phase.FINISH, Doer.TEAM, (P.ANNOUNCING,), "conclude")
_FOLLOW = StepRule("follow", gettext_noop("Theo dõi khắc phục"), Phase.FINISH, Doer.LEADER, (P.FOLLOW_UP,), "publish")
_ARCHIVE = StepRule("archive", gettext_noop("Kết thúc, lưu hồ sơ"), Phase.FINISH, Doer.TEAM, (P.INDEX,), "follow", waivable=False)  # fmt: skip
_SIGN = StepRule("sign", gettext_noop("Nắm, ghi nhận dấu hiệu"), Phase.PREPARE, Doer.LEADER, (P.SIGN_RECORD,), "")
_ASSIGN = StepRule("decide", gettext_noop("Phân công giám sát"), Phase.PREPARE, Doer.LEADER, (P.ASSIGNMENT,), "", waivable=False)  # fmt: skip
_WATCH = StepRule("verify", gettext_noop("Theo dõi, dự họp, đọc báo cáo"), Phase.CONDUCT, Doer.TEAM, (), "announce")
_ROUND = StepRule("decide", gettext_noop("Quyết định khảo sát"), Phase.PREPARE, Doer.LEADER, (P.DECISION,), "", waivable=False)  # fmt: skip
_ARRANGE = StepRule("draft", gettext_noop("Phân công, lịch khảo sát"), Phase.PREPARE, Doer.TEAM, (P.SCHEDULE,), "decide")  # fmt: skip
_VISITS = StepRule("verify", gettext_noop("Dự sinh hoạt, khảo sát"), Phase.CONDUCT, Doer.TEAM, (), "announce")
_SYNTHESIS = StepRule("report", gettext_noop("Báo cáo kết quả khảo sát"), Phase.FINISH, Doer.TEAM, (P.SYNTHESIS,), "verify", waivable=False)  # fmt: skip
_REPORT_AFTER_WATCH = StepRule("report", gettext_noop("Báo cáo kết quả"), Phase.CONDUCT, Doer.TEAM, (P.RESULT,), "verify")  # fmt: skip
_CONFERENCE_ON_REPORT = StepRule("conference", gettext_noop("Hội nghị nơi được giám sát"), Phase.CONDUCT, Doer.INSPECTED, (P.CONFERENCE,), "self_report")  # fmt: skip
_ARCHIVE_AFTER = StepRule("archive", gettext_noop("Kết thúc, lưu hồ sơ"), Phase.FINISH, Doer.TEAM, (P.INDEX,), "conclude", waivable=False)  # fmt: skip
_ARCHIVE_SURVEY = StepRule("archive", gettext_noop("Kết thúc, lưu hồ sơ"), Phase.FINISH, Doer.TEAM, (P.INDEX,), "report", waivable=False)  # fmt: skip

_BODY = (_DRAFT, _ANNOUNCE, _DEPLOY, _SELF_REPORT, _VERIFY, _CONFERENCE, _REPORT, _CONCLUDE, _PUBLISH, _FOLLOW, _ARCHIVE)  # fmt: skip
FLOWS: Mapping[InspectionForm, tuple[StepRule, ...]] = {
    InspectionForm.COMPLIANCE: (_DECIDE, *_BODY),
    InspectionForm.SIGNS: (
        _SIGN, _DECIDE, _DRAFT, _ANNOUNCE, _DEPLOY, _SELF_REPORT, _EXPLAIN, _VERIFY, _CONFERENCE, _REPORT, _CONCLUDE,
        _PUBLISH, _FOLLOW, _ARCHIVE,
    ),
    InspectionForm.TOPICAL: (
        _DECIDE, _DRAFT, _ANNOUNCE, _DEPLOY, _SELF_REPORT, _CONFERENCE_ON_REPORT, _REPORT, _CONCLUDE, _PUBLISH, _FOLLOW,
        _ARCHIVE,
    ),
    InspectionForm.REGULAR: (_ASSIGN, _ANNOUNCE, _WATCH, _REPORT_AFTER_WATCH, _CONCLUDE, _ARCHIVE_AFTER),
    InspectionForm.SURVEY: (_ROUND, _ARRANGE, _ANNOUNCE, _VISITS, _SYNTHESIS, _ARCHIVE_SURVEY),
}  # fmt: skip
VERIFIES = frozenset({InspectionForm.COMPLIANCE, InspectionForm.SIGNS, InspectionForm.REGULAR, InspectionForm.SURVEY})
"""Topical supervision has no verification (rulebook §4.1)."""


def flow_of(form: str, body: str) -> tuple[StepRule, ...]:
    """The steps of the form; a cell passes a plan at its meeting and issues no decision of its own (§4.4)."""
    steps = FLOWS[InspectionForm(form)]
    if body == Body.CELL:
        return tuple(_PLAN if step is _DECIDE else step for step in steps)
    return steps


STEP_DAYS = {
    "sign": 0, "decide": 0, "draft": 3, "announce": 5, "deploy": 5, "self_report": 10, "explain": 10, "verify": 10,
    "conference": 5, "report": 5, "conclude": 10, "publish": 5, "follow": 30, "archive": 15,
}  # fmt: skip
"""Working days as they ship; only ``announce`` is seen in a source (Bình Phước 1127-QĐ/TU), the others are recalled."""


def due_dates(
    steps: Collection[StepRule],
    *,
    decided_on: date,
    days: Mapping[str, int],
    done: Mapping[str, date],
    after: Callable[[date, int], date],
    fixed: Mapping[str, date] | None = None,
    conducted_until: date | None = None,
) -> dict[str, date]:
    """When each step is due: counted from the day the step before it was done, or is due while it is not.

    ``after`` counts working days; ``fixed`` gives days that were set by hand (the report-back date of a notice); what is
    conducted is due by the last day of the inspection itself, whatever the days of its steps add up to.
    """
    due: dict[str, date] = {}
    for step in steps:
        start = done.get(step.after) or due.get(step.after) or decided_on
        due[step.code] = (fixed or {}).get(step.code) or after(start, days.get(step.code, STEP_DAYS[step.code]))
        if conducted_until is not None and step.phase is Phase.CONDUCT:
            due[step.code] = min(due[step.code], conducted_until)
    return due


def days_taken(
    steps: Collection[StepRule], code: str, on: date, *, decided_on: date, done: Mapping[str, date]
) -> int:
    """Calendar days from the day the step could begin, that of the step before it, to the day it was done. A step before
    it that was left out or is written later counts from the last one before that."""
    after = {step.code: step.after for step in steps}
    before = after[code]
    while before and before not in done:
        before = after.get(before, "")
    return max(0, (on - done.get(before, decided_on)).days)


def span_of(begins_on: date, days: int, extended: int = 0) -> tuple[date, date]:
    """First and last day of the inspection itself; the extension is added."""
    return begins_on, begins_on + timedelta(days=days + extended - 1)


def missing_pieces(
    steps: Collection[StepRule],
    *,
    subjects: Collection[int],
    kept: Collection[tuple[str, int | None]],
    waived_steps: Collection[str] = (),
) -> Iterator[tuple[PieceKind, int | None]]:
    """The papers that the dossier still lacks: (kind, subject; None for one that serves all). Rulebook §4.7.

    A paper waived with a reason counts as kept; a joint one serves every subject; the index is made by closing.
    """
    have = set(kept)
    for step in steps:
        for kind in step.pieces:
            if kind is PieceKind.INDEX or step.code in waived_steps or (kind.value, None) in have:
                continue
            if not PIECES[kind].each:
                yield kind, None
            else:
                yield from ((kind, pk) for pk in subjects if (kind.value, pk) not in have)
