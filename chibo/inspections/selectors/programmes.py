"""The yearly programme: its lines with what came of them, and a draft from coverage and open matters (S1-11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import registry
from chibo.core.tables import State
from chibo.core.values import Period
from chibo.inspections.models import Finding, ProgrammeLine, Subject, YearProgramme
from chibo.inspections.rules import COVERING, Body
from chibo.inspections.rules.programmes import Candidate, drafted, due_day
from chibo.inspections.selectors import bodies_of, is_cell
from chibo.members.models import Member
from chibo.members.selectors import counted_on
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_under, scope_of, setting_on

WARD_SHARE = 3
"""A ward's draft proposes a third of its cells, at least one."""


def programme_for(actor: Actor, pk: int) -> YearProgramme:
    """The programme, for who leads inspections there (404)."""
    found = YearProgramme.objects.visible_to(actor).select_related("unit", "paper").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def line_for(actor: Actor, pk: int) -> ProgrammeLine:
    found = (
        ProgrammeLine.objects.visible_to(actor)
        .select_related("programme__unit", "inspected", "member")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def programmes_of(unit: Unit, year: int) -> QuerySet[YearProgramme]:
    return YearProgramme.objects.filter(unit=unit, year=year).select_related("paper")


@dataclass(frozen=True, slots=True)
class LineOf:
    """A line of a programme and what came of it."""

    line: ProgrammeLine
    state: State
    inspection: int | None

    @property
    def pk(self) -> int:
        return self.line.pk

    @property
    def whom(self) -> str:
        return str(self.line)


def lines_of(programme: YearProgramme, today: date) -> list[LineOf]:
    """The lines by month: one query."""
    rows = programme.lines.select_related("inspected", "member", "inspection")
    return [_line_of(row, programme.year, today) for row in rows]


def _line_of(row: ProgrammeLine, year: int, today: date) -> LineOf:
    inspection = getattr(row, "inspection", None)
    if inspection is not None:
        if inspection.concluded_on:
            return LineOf(row, State(_("Đã kết luận"), "ok"), inspection.pk)
        return LineOf(row, State(_("Đang tiến hành"), "info"), inspection.pk)
    if due_day(year, row.month) < today:
        return LineOf(row, State(_("Quá tháng ấn định"), "late"), None)
    return LineOf(row, State(_("Chưa đến tháng"), "none"), None)


def due_of(unit: Unit, year: int) -> date:
    """The day by which the unit's programme of the year must be adopted."""
    return due_day(year, int(setting_on("inspections.programme_month", unit, date(year, 1, 31))))


def members_asked(programme: YearProgramme) -> tuple[int, int, int]:
    """(members in the programme, members of the cell, percent asked): a cell covers a share of its members (§4.2)."""
    if programme.body != Body.CELL:
        return 0, 0, 0
    day = date(programme.year, 1, 31)
    base = counted_on(day, [programme.unit_id]).count()
    planned = programme.lines.filter(member__isnull=False).values("member").distinct().count()
    return planned, base, int(setting_on("inspections.cell.members_percent", programme.unit, day))


# -------------------------------------------------------------------------------------------------- draft


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody whom the draft proposes, and why: a reason, never a rank."""

    unit: Unit | None
    member: Member | None
    reason: str


def proposed(unit: Unit, year: int, day: date) -> list[Proposed]:
    """Those never or longest not inspected first; of the same time, where more stands open."""
    return list(_members(unit, year, day) if is_cell(unit) else _units(unit, day))


def _units(unit: Unit, day: date) -> Iterator[Proposed]:
    ids = [pk for pk in ids_under(unit, day) if pk != unit.pk]
    units = Unit.objects.filter(pk__in=ids, level=Level.CELL if unit.level == Level.WARD else Level.WARD)
    by_key = {one.key: one for one in units}
    last = _last(Subject.objects.filter(unit__in=units, member__isnull=True), "unit_id")
    warnings = _warnings(unit, day)
    open_ = _open_remedies([one.pk for one in by_key.values()])
    candidates = [
        Candidate(key, last.get(one.pk), warnings[one.pk], open_.get(one.pk, 0)) for key, one in by_key.items()
    ]
    count = max(1, -(-len(candidates) // WARD_SHARE)) if candidates else 0
    for one in drafted(candidates, count=count, day=day):
        yield Proposed(by_key[one.key], None, _reason(one))


def _members(unit: Unit, year: int, day: date) -> Iterator[Proposed]:
    people = {row.member.pk: row.member for row in counted_on(day, [unit.pk]).select_related("member")}
    last = _last(Subject.objects.filter(member__in=people), "member_id")
    candidates = [
        Candidate(f"{one.sort_key}{one.pk:09}", last.get(one.pk))
        for one in sorted(people.values(), key=lambda m: m.sort_key)
    ]
    percent = int(setting_on("inspections.cell.members_percent", unit, date(year, 1, 31)))
    by_key = {f"{one.sort_key}{one.pk:09}": one for one in people.values()}
    for one in drafted(candidates, count=-(-len(people) * percent // 100), day=day):
        yield Proposed(None, by_key[one.key], _reason(one))


def _last(subjects: QuerySet[Subject], by: str) -> dict[int, date]:
    """When each was last inspected or supervised."""
    rows: Any = subjects.filter(inspection__form__in=COVERING, inspection__announced_on__isnull=False)
    return dict(rows.order_by().values_list(by).annotate(last=Max("inspection__begins_on")))


def _warnings(unit: Unit, day: date) -> Counter[int]:
    """How many shortcomings find themselves in each unit on the day."""
    scope = scope_of(unit, Period.of_year(day.year).until(day), day)
    return Counter(one.unit_id for check in registry.each("checks") for one in check.run(scope))


def _open_remedies(ids: list[int]) -> dict[int, int]:
    rows = Finding.objects.filter(unit_id__in=ids, verified_on__isnull=True).exclude(remedy="")
    return Counter(rows.values_list("unit_id", flat=True))


def _reason(one: Candidate) -> str:
    said = [
        _("kiểm tra gần nhất ngày %(day)s") % {"day": f"{one.last_on:%d/%m/%Y}"}
        if one.last_on
        else _("chưa kiểm tra")
    ]
    if one.open_warnings:
        said.append(_("%(n)s việc còn thiếu") % {"n": one.open_warnings})
    if one.open_remedies:
        said.append(_("%(n)s nội dung khắc phục chưa xong") % {"n": one.open_remedies})
    return "; ".join(said)


def all_bodies(unit: Unit) -> list[tuple[str, str]]:
    return [(body.value, _(body.label)) for body in bodies_of(unit)]


def leads_here(actor: Actor, unit: Unit) -> bool:
    return actor.may(Can.LEAD_INSPECTIONS, unit)
