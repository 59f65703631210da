"""What a round of congresses and each cell's preparation must hold. Rulebook §1.9; seeds S4-01, S4-04, S4-05, S4-08, S4-09."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

from chibo.congresses.rules import CongressState, cell_article
from chibo.core.values import Objection, gettext_noop

PLAN = "Kế hoạch của đảng ủy về đại hội chi bộ"
PERSONNEL = "Đề án nhân sự; Quy định 190-QĐ/TW, Điều 14"


@dataclass(frozen=True, slots=True)
class Work:
    """A line of the checklist: what, and how many days before the congress it is due."""

    code: str
    text: str
    days_before: int


CHECKLIST = (
    Work("dossier", gettext_noop("Lập kế hoạch, phân công chuẩn bị đại hội của chi bộ"), 45),
    Work("political", gettext_noop("Báo cáo chính trị theo đề cương của đảng ủy"), 20),
    Work("review", gettext_noop("Báo cáo kiểm điểm của chi ủy, bí thư, phó bí thư"), 20),
    Work("scheme", gettext_noop("Đề án nhân sự, xin ý kiến đảng ủy"), 20),
    Work("draft", gettext_noop("Dự thảo nghị quyết, chương trình, kịch bản điều hành"), 10),
    Work("outline", gettext_noop("Đề cương, mẫu biểu của văn phòng đảng ủy"), 30),
    Work("funding", gettext_noop("Kinh phí tổ chức đại hội"), 15),
    Work("banner", gettext_noop("Trang trí, băng zôn, hội trường"), 3),
    Work("loudspeaker", gettext_noop("Tuyên truyền trên hệ thống truyền thanh"), 7),
    Work("ballots", gettext_noop("In phiếu bầu, đóng dấu cấp ủy triệu tập, chuẩn bị hòm phiếu"), 2),
)
"""Seed S4-09: outlines, funding, conditions, banners and loudspeaker besides the papers of the congress."""

OF_A_BY_ELECTION = ("scheme", "ballots")
"""What is prepared for a by-election."""

SECTIONS = (
    ("resolution", gettext_noop("Kết quả thực hiện nghị quyết đại hội nhiệm kỳ qua")),
    ("political", gettext_noop("Lãnh đạo nhiệm vụ chính trị, dân vận, tổ dân phố và đoàn thể")),
    ("party", gettext_noop("Xây dựng Đảng: sinh hoạt, quản lý và phát triển đảng viên, học tập và làm theo Bác")),
    ("inspection", gettext_noop("Kiểm tra, giám sát; phòng, chống tham nhũng, lãng phí")),
    ("committee", gettext_noop("Kiểm điểm tập thể chi ủy và từng chi ủy viên: ưu điểm, khuyết điểm")),
    ("tasks", gettext_noop("Phương hướng, nhiệm vụ nhiệm kỳ tới")),
)
"""The parts of the political report (seed S4-04)."""


REVIEW = (
    ("work", gettext_noop("Lãnh đạo thực hiện nghị quyết đại hội nhiệm kỳ qua")),
    ("method", gettext_noop("Xây dựng chi bộ; nguyên tắc, lề lối làm việc của chi ủy; đoàn kết nội bộ")),
    ("faults", gettext_noop("Hạn chế, khuyết điểm, nguyên nhân; trách nhiệm của tập thể, cá nhân")),
    ("people", gettext_noop("Từng đồng chí chi ủy viên theo nhiệm vụ được phân công")),
    ("measures", gettext_noop("Khắc phục hạn chế đã nêu ở các kỳ kiểm điểm; biện pháp thời gian tới")),
)
"""The parts of the committee's review of itself, which the congress discusses apart (rulebook §1.9, content 3)."""


def due_before(held_on: date, days: int) -> date:
    return held_on - timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Slot:
    """A congress in the calendar of the round."""

    cell: str
    held_on: date
    starts_at: time | None
    ends_at: time | None
    followers: frozenset[int]
    """The committee members assigned to it (and who else must be there)."""
    who: str = ""
    """Their names."""

    @property
    def hours(self) -> str:
        return f"{self.starts_at:%H:%M}–{self.ends_at:%H:%M}" if self.starts_at and self.ends_at else ""


def clashes(asked: Slot, others: Iterable[Slot]) -> Iterator[Slot]:
    """Congresses of the same hours that one of the same people must attend; without hours a congress takes the day."""
    for other in others:
        if other.held_on == asked.held_on and other.followers & asked.followers and _overlap(asked, other):
            yield other


def _overlap(one: Slot, other: Slot) -> bool:
    start, end = one.starts_at or time.min, one.ends_at or time.max
    return start < (other.ends_at or time.max) and (other.starts_at or time.min) < end


def objections_to_scheduling(
    asked: Slot, others: Iterable[Slot], *, first: date, last: date, is_pilot: bool, pilot_on: date | None,
    lessons_on: date | None,
) -> Iterator[Objection]:  # fmt: skip
    """The pilot first, its lessons drawn, then the rest, within the round, nobody in two places (seed S4-01)."""
    if not is_pilot and not first <= asked.held_on <= last:
        yield Objection(
            gettext_noop("Đợt đại hội từ %(first)s đến %(last)s."), PLAN, {"first": f"{first:%d/%m/%Y}", "last": f"{last:%d/%m/%Y}"}, "held_on"
        )  # fmt: skip
    if not is_pilot and pilot_on is not None and asked.held_on <= pilot_on:
        yield Objection(
            gettext_noop("Đại hội điểm ngày %(day)s; các chi bộ khác sau đó."), PLAN, {"day": f"{pilot_on:%d/%m/%Y}"}, "held_on"
        )  # fmt: skip
    if is_pilot and lessons_on is not None and lessons_on < asked.held_on:
        yield Objection(gettext_noop("Đã rút kinh nghiệm trước ngày này."), PLAN, field="held_on")
    for other in clashes(asked, others):
        yield Objection(
            gettext_noop("Đồng chí %(who)s phải dự đại hội %(cell)s cùng giờ (%(hours)s): đổi giờ hoặc phân công đồng chí khác."),
            PLAN, {"cell": other.cell, "who": asked.who or other.who or "được phân công", "hours": other.hours or "cả ngày"}, "held_on",
        )  # fmt: skip


def objections_to_beginning(
    *, is_pilot: bool, has_pilot: bool, lessons_on: date | None, scheme_approved: bool
) -> Iterator[Objection]:
    """A congress begins when the lessons of the pilot are drawn and its personnel scheme is approved (seeds S4-01, S4-05)."""
    if has_pilot and not is_pilot and lessons_on is None:
        yield Objection(gettext_noop("Chưa rút kinh nghiệm sau đại hội điểm."), PLAN)
    if not scheme_approved:
        yield Objection(gettext_noop("Đề án nhân sự chưa được đảng ủy phê duyệt."), PERSONNEL)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The personnel scheme: seats, and how many of them at least are to be women, young, re-elected (quotas are aims)."""

    seats: int
    women: int = 0
    young: int = 0
    reelected: int = 0
    delegates: int = 0
    """To the congress of the level above, as that level allots them."""


def objections_to_scheme(
    scheme: Scheme,
    *,
    official: int,
    least_for_committee: int,
    committee_most: int,
    on: date,
    by_election: bool = False,
) -> Iterator[Objection]:
    """How many seats; of a by-election at least one, and what it may fill is asked when an election is opened."""
    article = cell_article(on)
    if by_election:
        if not 1 <= scheme.seats <= committee_most:
            yield Objection(gettext_noop("Hãy ghi số người cần bầu bổ sung."), article, field="seats")
        return
    if official < least_for_committee:
        if scheme.seats > 2:
            yield Objection(
                gettext_noop("Chi bộ dưới %(least)s đảng viên chính thức chỉ bầu bí thư và nếu cần một phó bí thư."),
                article, {"least": least_for_committee}, "seats",
            )  # fmt: skip
    elif not 3 <= scheme.seats <= committee_most:
        yield Objection(
            gettext_noop("Chi ủy có từ 3 đến %(most)s đồng chí."), article, {"most": committee_most}, "seats"
        )
    if scheme.delegates >= max(official, 1):
        yield Objection(
            gettext_noop("Số đại biểu phải ít hơn số đảng viên chính thức của chi bộ."), PERSONNEL, field="delegates"
        )
    if max(scheme.women, scheme.young, scheme.reelected) > scheme.seats:
        yield Objection(gettext_noop("Cơ cấu nhiều hơn số lượng bầu."), PERSONNEL, field="women")


STEPS: Mapping[str, tuple[str, ...]] = {
    "begin": (CongressState.PLANNED,),
    "conduct": (CongressState.OPEN,),
    "report": (CongressState.CLOSED,),
    "decide": (CongressState.REPORTED,),
    "prepare": (CongressState.PLANNED,),
    "install": (CongressState.CLOSED, CongressState.REPORTED, CongressState.APPROVED),
    "after": (CongressState.CLOSED, CongressState.REPORTED, CongressState.APPROVED, CongressState.REJECTED),
}


def objections_to_step(step: str, state: str) -> Iterator[Objection]:
    """Each deed has its time in the road of a congress."""
    if state not in STEPS[step]:
        yield Objection(
            gettext_noop("Đại hội đang ở bước “%(state)s”, chưa làm hoặc không còn làm được việc này."),
            PLAN, {"state": CongressState(state).label},
        )  # fmt: skip
