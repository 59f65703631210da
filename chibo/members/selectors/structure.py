"""The structure of a unit's staff, or of all its members, in a period beside the same period of last year."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.registry import Column
from chibo.core.tables import Table
from chibo.core.values import Objection, Period
from chibo.members.models import Membership
from chibo.members.rules.structure import (
    Cut,
    Line,
    Person,
    Section,
    kind_label,
    kinds_in,
    objections_to_section,
    section_of,
)
from chibo.members.selectors.figures import people, staff
from chibo.units.models import Unit
from chibo.units.selectors import scope_of

FIELDS = ("staff_kind", "qualification", "theory", "sex", "birth_date")


@dataclass(frozen=True)
class Structure:
    """Every cut of the same people; ``wrong`` names the ways of adding up that do not agree."""

    sections: tuple[Section, ...]
    counted: int
    earlier: Period
    wrong: tuple[Objection, ...]


def structure_of(unit: Unit, period: Period, *, everybody: bool) -> Structure:
    """The rows of the figures ``members.staff.all`` or ``members.counted``, sorted: one query a period.

    A file has no past: what somebody has learned since stands in last year's column too.
    """
    earlier, rows = period.last_year(), people if everybody else staff
    now, then = scope_of(unit, period), scope_of(unit, earlier)
    found, before = _read(rows(now)), _read(rows(then))
    kinds = kinds_in(found)
    sections = tuple(section_of(cut, found, before, kinds=kinds, day=now.day, before=then.day) for cut in Cut)
    counted = rows(now).count()
    wrong = tuple(o for section in sections for o in objections_to_section(section, counted=counted))
    return Structure(sections, counted, earlier, wrong)


def _read(rows: QuerySet[Membership]) -> list[Person]:
    return [Person(*values) for values in rows.values_list(*(f"member__{name}" for name in FIELDS))]


def share_of(line: Line) -> str:
    return f"{line.share.percent()}" if line.then else "–"


PERIODS = (
    Column(gettext_lazy("Nội dung"), lambda line: _(line.label), 34),
    Column(gettext_lazy("Kỳ này"), "now", 12, "number"),
    Column(gettext_lazy("Cùng kỳ năm trước"), "then", 16, "number"),
    Column(gettext_lazy("Tỷ lệ %"), share_of, 12, "number"),
)


def tables_of(section: Section) -> tuple[Table, Table | None]:
    """The period columns of one cut and, but for the kinds themselves, the same lines crossed with the kinds."""
    whole = section.whole
    periods = Table(PERIODS, section.lines, wide=True, foot=(_("Cộng"), whole.now, whole.then, share_of(whole)))
    if section.cut == Cut.KIND or len(section.kinds) < 2:
        return periods, None
    columns = (PERIODS[0], *_of_kinds(section), Column(gettext_lazy("Cộng"), "now", 10, "number"))
    return periods, Table(
        columns, [one for one in section.lines if one.now], wide=True, foot=(_("Cộng"), *whole.by_kind, whole.now)
    )


def _of_kinds(section: Section) -> list[Column]:
    return [
        Column(_(kind_label(kind)), lambda line, at=at: line.by_kind[at], 12, "number")  # type: ignore[misc]
        for at, kind in enumerate(section.kinds)
    ]


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One line of the workbook: a cut's name beside each of its lines, the whole last."""

    cut: str
    label: str
    now: int
    then: int
    share: str
    by_kind: tuple[int, ...]


def sheet_of(found: Structure) -> tuple[list[Column], list[SheetLine]]:
    """All cuts under one another, with their columns by kind: the workbook."""
    lines = [
        SheetLine(
            _(section.cut.label),
            _(line.label) if line.label else _("Cộng"),
            line.now,
            line.then,
            share_of(line),
            line.by_kind,
        )
        for section in found.sections
        for line in (*section.lines, section.whole)
    ]
    columns = [
        Column(_("Phân theo"), "cut", 24), PERIODS[0], *PERIODS[1:3], Column(_("Tỷ lệ %"), "share", 10),
        *(_of_kinds(found.sections[0]) if found.sections else ()),
    ]  # fmt: skip
    return columns, lines
