"""Words of the yearly review, and who is reviewed. Rulebook §5.1–5.3: 132-QĐ/TW, 124-QĐ/TW, 366-QĐ/TW.

It judges whether work was done, never what a person thinks; nobody is placed before or after anybody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.core.values import Word, gettext_noop, same_day_after
from chibo.members.rules import Condition, StaffKind, Stay


class Level(Word):
    """The four levels, the same for members and collectives (rulebook §5.1)."""

    EXCELLENT = "excellent", gettext_noop("Hoàn thành xuất sắc nhiệm vụ")
    GOOD = "good", gettext_noop("Hoàn thành tốt nhiệm vụ")
    DONE = "done", gettext_noop("Hoàn thành nhiệm vụ")
    FAILED = "failed", gettext_noop("Không hoàn thành nhiệm vụ")


LEVELS = tuple(Level)
"""From the highest to the lowest."""


class Mark(Word):
    """How one criterion was judged before 366-QĐ/TW (HD 16-2018, HD 21-2019)."""

    EXCELLENT = "excellent", gettext_noop("Xuất sắc")
    GOOD = "good", gettext_noop("Tốt")
    AVERAGE = "average", gettext_noop("Trung bình")
    POOR = "poor", gettext_noop("Kém")


class Met(Word):
    """How one common criterion is judged since 366-QĐ/TW: guaranteed gives its full points, not guaranteed none."""

    MET = "met", gettext_noop("Bảo đảm")
    NOT_MET = "not_met", gettext_noop("Không bảo đảm")


class Subject(Word):
    """Who or what is reviewed (HD 25-HD/BTCTW 2023; rulebook §5.2)."""

    MEMBER = "member", gettext_noop("Đảng viên")
    CELL = "cell", gettext_noop("Chi bộ")
    CELL_COMMITTEE = "cell_committee", gettext_noop("Chi ủy")
    WARD_COMMITTEE = "ward_committee", gettext_noop("Ban Thường vụ Đảng ủy")
    LEADER = "leader", gettext_noop("Lãnh đạo, kiểm điểm lần hai ở tập thể")
    """The same person once more, in the collective they lead, after their cell: a ballot and a proposal, no second text."""


PEOPLE = (Subject.MEMBER, Subject.LEADER)
COLLECTIVES = (Subject.CELL, Subject.CELL_COMMITTEE, Subject.WARD_COMMITTEE)


class Duty(Word):
    """Whether a member is reviewed and rated, only commented on, or neither."""

    REVIEWED = "reviewed", gettext_noop("Kiểm điểm, xếp loại")
    COMMENTED = "commented", gettext_noop("Chỉ nhận xét")
    NOT_REVIEWED = "excused", gettext_noop("Không kiểm điểm")


class Stage(Word):
    """How far a review is: the five steps of the regulations, and the start (rulebook §5.2)."""

    DUE = "due", gettext_noop("Chưa nộp")
    SENT = "sent", gettext_noop("Đã nộp bản kiểm điểm")
    VOTED = "voted", gettext_noop("Đã họp, bỏ phiếu")
    PROPOSED = "proposed", gettext_noop("Đã đề nghị")
    APPRAISED = "appraised", gettext_noop("Đã thẩm định")
    DECIDED = "decided", gettext_noop("Đã quyết định")


STAGES = tuple(Stage)


class Source(Word):
    """Who gives a comment (213-QĐ/TW for the place of residence; rulebook §5.6)."""

    CELL = "cell", gettext_noop("Chi bộ, đảng viên góp ý")
    RESIDENCE = "residence", gettext_noop("Chi ủy nơi cư trú")
    MASS = "mass", gettext_noop("Mặt trận, đoàn thể")
    FORMER = "former", gettext_noop("Chi bộ nơi chuyển đi")
    SUPERIOR = "superior", gettext_noop("Cấp trên")


class Blank(Word):
    """The form on which somebody writes: 01, 2A, 2B, 2C (HD 43-HD/BTCTW 2025; identity of 2A and 2B is recalled)."""

    COLLECTIVE = "01", gettext_noop("Mẫu 01: tập thể")
    LEADER = "2A", gettext_noop("Mẫu 2A: lãnh đạo, quản lý")
    STAFF = "2B", gettext_noop("Mẫu 2B: cán bộ, công chức, viên chức")
    MEMBER = "2C", gettext_noop("Mẫu 2C: đảng viên khác")
    OLD_LEADER = "02", gettext_noop("Mẫu 02: lãnh đạo, quản lý")
    OLD_MEMBER = "02b", gettext_noop("Mẫu 02: đảng viên")


IN_SYSTEM = (StaffKind.CADRE, StaffKind.CIVIL_SERVANT, StaffKind.PUBLIC_EMPLOYEE, StaffKind.CONTRACT)
"""Whose own rating as civil servants comes first, before 15 December (NĐ 90/2020; rulebook §5.2)."""


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: ``task`` for what the regulations call political tasks, ``points`` in the score of 100."""

    code: str
    text: str
    task: bool = False
    points: int = 0


@dataclass(frozen=True, slots=True)
class RuleSet:
    """How one dated regulation rates: by marks or by points, with which criteria."""

    code: str
    article: str
    effective_from: date
    by_points: bool
    quarterly: bool
    of_members: tuple[Criterion, ...]
    of_collectives: tuple[Criterion, ...]

    def criteria(self, subject: str) -> tuple[Criterion, ...]:
        return self.of_members if subject in PEOPLE else self.of_collectives


_MEMBER_MARKS = (
    Criterion("1", gettext_noop("Tư tưởng chính trị")),
    Criterion("2", gettext_noop("Phẩm chất đạo đức, lối sống")),
    Criterion("3", gettext_noop("Ý thức tổ chức kỷ luật")),
    Criterion("4", gettext_noop("Tác phong, lề lối làm việc")),
    Criterion("5", gettext_noop("Thực hiện chức trách, nhiệm vụ được giao"), task=True),
    Criterion("6", gettext_noop("Thực hiện cam kết tu dưỡng, rèn luyện, phấn đấu hằng năm")),
)
_COLLECTIVE_MARKS = (
    Criterion("1", gettext_noop("Công tác chính trị tư tưởng")),
    Criterion("2", gettext_noop("Lãnh đạo thực hiện nhiệm vụ chính trị"), task=True),
    Criterion("3", gettext_noop("Tổ chức, cán bộ, đảng viên và chất lượng sinh hoạt")),
    Criterion("4", gettext_noop("Kiểm tra, giám sát, kỷ luật đảng")),
    Criterion("5", gettext_noop("Khắc phục hạn chế, khuyết điểm đã chỉ ra")),
)
_MEMBER_POINTS = tuple(Criterion(c.code, c.text, points=6) for c in _MEMBER_MARKS if not c.task)
_COLLECTIVE_POINTS = tuple(
    Criterion(c.code, c.text, points=points) for c, points in zip(
        (c for c in _COLLECTIVE_MARKS if not c.task), (8, 8, 7, 7), strict=True
    )
)  # fmt: skip

RULE_SETS = (
    RuleSet(
        "132", "132-QĐ/TW 2018; HD 21-HD/BTCTW 2019", date(2018, 3, 8), by_points=False, quarterly=False,
        of_members=_MEMBER_MARKS, of_collectives=_COLLECTIVE_MARKS,
    ),
    RuleSet(
        "124", "124-QĐ/TW 2023; HD 25-HD/BTCTW 2023", date(2023, 10, 4), by_points=False, quarterly=False,
        of_members=_MEMBER_MARKS, of_collectives=_COLLECTIVE_MARKS,
    ),
    RuleSet(
        "366", "366-QĐ/TW 2025; HD 43-HD/BTCTW 2025", date(2025, 8, 30), by_points=True, quarterly=True,
        of_members=_MEMBER_POINTS, of_collectives=_COLLECTIVE_POINTS,
    ),
)  # fmt: skip
"""By the day from which each holds. How the 30 common points are divided, and the marks of collectives, are recalled [R]."""


def rule_set_on(day: date) -> RuleSet:
    """The regulation that a review of a period ending on the day follows; the oldest for what came before it."""
    held = [rules for rules in RULE_SETS if rules.effective_from <= day]
    return held[-1] if held else RULE_SETS[0]


def here_since(stays: Iterable[Stay], unit_id: int, day: date) -> date:
    """Since when somebody has stood in the unit without a break, however their standing changed; ``day`` if they do not."""
    since, last = day, None
    for stay in sorted(stays, key=lambda stay: stay.valid_from):
        if stay.unit_id != unit_id or stay.valid_from > day:
            continue
        if last is None or stay.valid_from > last + timedelta(days=1):
            since = stay.valid_from
        last = max(filter(None, (last, stay.valid_to or date.max - timedelta(days=2))))
    return since


@dataclass(frozen=True, slots=True)
class Called:
    """Whether somebody is reviewed, with the reason if not, and where that stands."""

    duty: Duty
    reason: str = ""
    article: str = ""


LACK = "366-QĐ/TW 2025; 09-QĐ/TU"


def called_to_review(condition: str, since: date, day: date, least_months: int) -> Called:
    """Every member, official or probationary, but the exempt, the suspended and who came less than half a year ago.

    ``since`` is the day of admission, or of transfer into the cell, whichever is later (rulebook §5.2).
    """
    if condition == Condition.EXEMPT:
        return Called(Duty.NOT_REVIEWED, gettext_noop("được miễn công tác và sinh hoạt đảng"), LACK)
    if condition == Condition.SUSPENDED:
        return Called(Duty.NOT_REVIEWED, gettext_noop("đang bị đình chỉ sinh hoạt đảng"), LACK)
    if condition == Condition.TEMPORARY_HERE:
        return Called(Duty.COMMENTED, gettext_noop("sinh hoạt tạm thời, kiểm điểm ở nơi sinh hoạt chính thức"), LACK)
    if same_day_after(since, least_months) > day:
        return Called(Duty.COMMENTED, gettext_noop("mới kết nạp hoặc chuyển đến, chưa đủ thời gian"), LACK)
    return Called(Duty.REVIEWED)


MOVED = gettext_noop("đã rời đảng bộ trong đợt; nơi đây chỉ nhận xét")
"""Why somebody who left the ward before their meeting is not rated here."""


def blank_for(rules: RuleSet, subject: str, *, leads: bool, staff_kind: str) -> Blank:
    """The form for this kind of subject: leaders, people in the political system, everybody else."""
    if subject != Subject.MEMBER:
        return Blank.COLLECTIVE
    if not rules.by_points:
        return Blank.OLD_LEADER if leads else Blank.OLD_MEMBER
    if leads:
        return Blank.LEADER
    return Blank.STAFF if staff_kind in IN_SYSTEM else Blank.MEMBER
