"""The yearly programme: drafted from how long ago and how much is open, adopted by a paper. Rulebook §4.2, S1-11, S2-19."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop, months_after
from chibo.inspections.rules import regulation_on


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit or a person that might be inspected: when they last were, and what stands open there."""

    key: str
    last_on: date | None
    open_warnings: int = 0
    open_remedies: int = 0


def drafted(candidates: Iterable[Candidate], *, count: int, day: date) -> list[Candidate]:
    """Whom a draft proposes: those never or longest not inspected first; of the same year, where more stands open.

    The order is not shown to anybody, only each one's reason is: no cell is ranked.
    """

    def waiting(one: Candidate) -> tuple[int, int, str]:
        years = (day - one.last_on).days // 365 if one.last_on else 99
        return -years, -(one.open_warnings + 2 * one.open_remedies), one.key

    return sorted(candidates, key=waiting)[:count]


def month_for(place: int, count: int, *, first: int = 3) -> int:
    """Spread over March to November, the months in which inspections are held; of a year that runs already over what is
    left of it."""
    first = max(first, 3)
    last = max(first, 11)
    return first + place * (last - first + 1) // max(count, 1)


def objections_to_adopting(
    *, lines: int, already: date | None, on: date, year: int, members: int = 0, base: int = 0, percent: int = 0
) -> Iterator[Objection]:
    """A programme has lines, is adopted once, in its year or just before; a cell's covers the members asked for."""
    if already is not None:
        yield Objection(
            gettext_noop("Chương trình đã thông qua ngày %(day)s."), params={"day": f"{already:%d/%m/%Y}"}
        )
    if not lines:
        yield Objection(gettext_noop("Chương trình chưa có nội dung nào."), regulation_on(on))
    if not date(year - 1, 11, 1) <= on <= date(year, 12, 31):
        yield Objection(gettext_noop("Ngày thông qua không hợp với năm %(year)s."), params={"year": year}, field="on")
    yield from objections_to_covering(members, base, percent)


def objections_to_covering(members: int, base: int, percent: int) -> Iterator[Objection]:
    """A cell's programme covers the share of its members that the level above asks for."""
    if percent and base and members * 100 < percent * base:
        yield Objection(
            gettext_noop("Chương trình mới có %(members)s/%(base)s đảng viên, cần ít nhất %(percent)s %%."),
            gettext_noop("Quy định của cấp ủy cấp trên về kiểm tra của chi bộ"),
            {"members": members, "base": base, "percent": percent},
        )


def due_day(year: int, month: int) -> date:
    """The last day by which the year's programme must be adopted."""
    return date.fromordinal(months_after(date(year, month, 1), 1).toordinal() - 1)


# ------------------------------------------------------------------------------------- lines, and their changes


@dataclass(frozen=True, slots=True)
class Planning:
    """A line of the programme of a year as it is to be written."""

    year: int
    month: int
    of_cell: bool
    units: int
    members: int
    looked: tuple[date | None, date | None] = (None, None)
    outside: Collection[str] = ()
    """Names that do not stand below the unit in that month."""
    same: bool = False
    """Whether another line names the same subject, form and month."""


def objections_to_planning(asked: Planning, *, look_back_months: int) -> Iterator[Objection]:
    """One subject below the unit, once, and a time looked at that the inspection itself could be decided with."""
    if asked.of_cell and asked.units:
        yield Objection(gettext_noop("Chi bộ chỉ kiểm tra, giám sát đảng viên của mình."), field="inspected")
    elif asked.units + asked.members != 1:
        yield Objection(
            gettext_noop("Chọn một đảng viên.") if asked.of_cell else gettext_noop("Chọn một tổ chức đảng hoặc một đảng viên."),
            field="member" if asked.of_cell else "inspected",
        )  # fmt: skip
    for name in asked.outside:
        yield Objection(
            gettext_noop("%(name)s không thuộc phạm vi của cấp này trong tháng ấn định."), params={"name": name},
            field="inspected" if asked.units else "member",
        )  # fmt: skip
    if asked.same:
        yield Objection(gettext_noop("Chương trình đã có nội dung này trong tháng ấy."), field="month")
    first, last = asked.looked
    if first and last and last < first:
        yield Objection(gettext_noop("Ngày cuối của thời gian được xem ở trước ngày đầu."), field="looked_last")
    if last and last > due_day(asked.year, asked.month):
        yield Objection(gettext_noop("Thời gian được xem không kéo dài quá tháng kiểm tra."), field="looked_last")
    oldest = months_after(date(asked.year, asked.month, 1), -look_back_months)
    if first and first < oldest:
        yield Objection(
            gettext_noop("Chỉ xem lại tối đa %(months)s tháng, tức từ ngày %(day)s."),
            regulation_on(date(asked.year, asked.month, 1)),
            {"months": look_back_months, "day": f"{oldest:%d/%m/%Y}"},
            "looked_first",
        )


class Change(Word):
    """How an adopted programme is changed."""

    ADDED = "added", gettext_noop("Bổ sung")
    MOVED = "moved", gettext_noop("Chuyển tháng")
    LEFT_OUT = "left_out", gettext_noop("Thôi tiến hành")


def change_of(*, moved_from: int | None, left_out: bool) -> Change:
    """What a line that waits for an amendment is, by what it says."""
    return Change.LEFT_OUT if left_out else Change.MOVED if moved_from else Change.ADDED


def objections_to_adjusting(
    *, adopted: date | None, begun: bool, left_out: bool, pending: bool, was: int, month: int | None, reason: str
) -> Iterator[Objection]:
    """An adopted line that nobody has begun goes to another month, or is left out (no month), with a reason.

    What is not adopted yet is taken back by choosing the month it had.
    """
    if adopted is None:
        yield Objection(gettext_noop("Chương trình chưa thông qua: sửa thẳng nội dung này."))
    if begun:
        yield Objection(gettext_noop("Nội dung này đã tiến hành, không điều chỉnh."))
    if left_out and not pending:
        yield Objection(gettext_noop("Nội dung này đã thôi tiến hành; cần thì bổ sung nội dung mới."))
    if month == was and not pending:
        yield Objection(gettext_noop("Tháng mới phải khác tháng đã ấn định."), field="month")
    if not reason.strip():
        yield Objection(gettext_noop("Hãy ghi lý do."), field="reason")


def objections_to_amending(
    *, adopted: date | None, changes: int, on: date, members: int = 0, base: int = 0, percent: int = 0
) -> Iterator[Objection]:
    """What was adopted by a paper is changed by a paper, later, and still covers what is asked for."""
    if not changes:
        yield Objection(gettext_noop("Chưa có điều chỉnh nào chờ thông qua."))
    if adopted is None or on < adopted:
        yield Objection(gettext_noop("Ngày thông qua điều chỉnh ở trước ngày thông qua chương trình."), field="on")
    yield from objections_to_covering(members, base, percent)


# --------------------------------------------------------------------------------------------------- visits


@dataclass(frozen=True, slots=True)
class Planned:
    """A visitor who is to be somewhere on a day."""

    visitor: int
    name: str
    day: date
    unit: str


def clashes(asked: Planned, others: Collection[Planned]) -> Iterator[Objection]:
    """Nobody visits two cells on one day (seed S2-03)."""
    for other in others:
        if other.visitor == asked.visitor and other.day == asked.day:
            yield Objection(
                gettext_noop("Đồng chí %(name)s đã có lịch ngày %(day)s tại %(unit)s."),
                params={"name": other.name, "day": f"{other.day:%d/%m/%Y}", "unit": other.unit},
                field="day",
            )
