"""The yearly programme: drafted from how long ago and how much is open, adopted by a paper. Rulebook §4.2, S1-11, S2-19."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, gettext_noop, months_after
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


def month_for(place: int, count: int) -> int:
    """Spread over March to November: the months in which inspections are held."""
    return 3 + place * 9 // max(count, 1)


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
    if percent and base and members * 100 < percent * base:
        yield Objection(
            gettext_noop("Chương trình mới có %(members)s/%(base)s đảng viên, cần ít nhất %(percent)s %%."),
            gettext_noop("Quy định của cấp ủy cấp trên về kiểm tra của chi bộ"),
            {"members": members, "base": base, "percent": percent},
        )


def due_day(year: int, month: int) -> date:
    """The last day by which the year's programme must be adopted."""
    return date.fromordinal(months_after(date(year, month, 1), 1).toordinal() - 1)


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
