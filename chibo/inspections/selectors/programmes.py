"""The yearly programme: its lines with what came of them, and a draft from coverage and open matters (S1-11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import registry
from chibo.core.tables import State
from chibo.core.values import Period, Share
from chibo.inspections.models import Finding, ProgrammeLine, Subject, YearProgramme
from chibo.inspections.rules import COVERING, Body
from chibo.inspections.rules.programmes import Candidate, Change, change_of, drafted, due_day
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
        .select_related("programme__unit", "inspected", "member", "inspection")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def programmes_of(unit: Unit, year: int) -> QuerySet[YearProgramme]:
    """The committee's before its commission's."""
    return YearProgramme.objects.filter(unit=unit, year=year).select_related("paper").order_by("-body")


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

    @property
    def looked(self) -> str:
        """The period looked at: a whole year by its number."""
        return looked_words(self.line.looked_first, self.line.looked_last)

    @property
    def why(self) -> str:
        """Why it is there, and what an amendment made of it."""
        return "; ".join(filter(None, (self.line.reason, self.changed)))

    @property
    def changed(self) -> str:
        line = self.line
        if not line.pending and line.amended_by_id is None:
            return ""
        change = change_of(moved_from=line.moved_from, left_out=line.left_out)
        by = [f"({line.amended_by.symbol})"] if line.amended_by else []
        if change == Change.ADDED:
            return " ".join([_("Bổ sung"), *by])
        said = (
            _("Thôi tiến hành")
            if change == Change.LEFT_OUT
            else _("Chuyển từ tháng %(month)s") % {"month": line.moved_from}
        )
        return " ".join([f"{said}: {line.adjusted_why}", *by])

    @property
    def may_begin(self) -> bool:
        return self.inspection is None and not self.line.pending and not self.line.left_out


def looked_words(first: date | None, last: date | None) -> str:
    if first and last and (first, last) == (date(first.year, 1, 1), date(first.year, 12, 31)):
        return _("năm %(year)s") % {"year": first.year}
    return " – ".join(f"{day:%d/%m/%Y}" for day in (first, last) if day)


def lines_of(programme: YearProgramme, today: date) -> list[LineOf]:
    """The lines by month: one query."""
    rows = programme.lines.select_related("inspected", "member", "inspection", "amended_by")
    return [_line_of(row, programme.year, today) for row in rows]


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of an adopted programme was begun, of what stands in it, and how much is late."""

    begun: Share
    late: int
    changes: int
    """How many changes wait for an amendment."""


def progress_of(lines: list[LineOf]) -> Progress:
    pending = sum(one.line.pending for one in lines)
    standing = [one for one in lines if (one.line.pending or not one.line.left_out) and not is_addition(one.line)]
    begun = sum(one.inspection is not None for one in standing)
    return Progress(Share(begun, len(standing)), sum(one.state.kind == "late" for one in standing), pending)


def is_addition(line: ProgrammeLine) -> bool:
    """Added since the programme was adopted, by no paper yet."""
    return line.pending and line.moved_from is None and not line.left_out


def is_free(line: ProgrammeLine) -> bool:
    """Whether it is written and struck freely: nobody has adopted it yet."""
    return line.programme.adopted_on is None or is_addition(line)


def changes_of(programme: YearProgramme) -> QuerySet[ProgrammeLine]:
    """What waits for an amendment."""
    return programme.lines.filter(pending=True).select_related("inspected", "member")


def themselves(
    line: ProgrammeLine, inspected: Unit | None, member: Member | None, form: str, month: int
) -> QuerySet[ProgrammeLine]:
    """Other lines of the programme that say the same of the same."""
    same = ProgrammeLine.objects.filter(
        programme=line.programme, inspected=inspected, member=member, form=form, month=month, left_out=False
    )
    return same.exclude(pk=line.pk)


def open_lines(unit: Unit) -> QuerySet[ProgrammeLine]:
    """The adopted lines of the unit that nobody has begun: what an inspection can carry out."""
    rows = ProgrammeLine.objects.filter(
        unit=unit, programme__adopted_on__isnull=False, inspection__isnull=True, pending=False, left_out=False
    )
    return rows.select_related("programme", "inspected", "member").order_by("-programme__year", "month", "pk")


def late_lines(units: list[int] | Any, day: date) -> QuerySet[ProgrammeLine]:
    """The adopted lines whose month, of this year or the last, is over and which nobody has begun or left out."""
    over = Q(programme__year=day.year, month__lt=day.month) | Q(programme__year=day.year - 1)
    rows = ProgrammeLine.objects.filter(
        over, unit_id__in=units, programme__adopted_on__lte=day, inspection__isnull=True, left_out=False
    ).exclude(pending=True, moved_from__isnull=True)
    return rows.select_related("programme", "inspected", "member").order_by("programme__year", "month", "pk")


def _line_of(row: ProgrammeLine, year: int, today: date) -> LineOf:
    inspection = getattr(row, "inspection", None)
    if inspection is not None:
        if inspection.concluded_on:
            return LineOf(row, State(_("Đã kết luận"), "ok"), inspection.pk)
        return LineOf(row, State(_("Đang tiến hành"), "info"), inspection.pk)
    if row.pending:
        return LineOf(row, State(_("Chờ thông qua điều chỉnh"), "due"), None)
    if row.left_out:
        return LineOf(row, State(_("Thôi tiến hành"), "none"), None)
    if due_day(year, row.month) < today:
        return LineOf(row, State(_("Quá tháng ấn định"), "late"), None)
    if (year, row.month) == (today.year, today.month):
        return LineOf(row, State(_("Trong tháng này"), "due"), None)
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
    planned = programme.lines.filter(member__isnull=False, left_out=False).values("member").distinct().count()
    return planned, base, int(setting_on("inspections.cell.members_percent", programme.unit, day))


# -------------------------------------------------------------------------------------------------- draft


@dataclass(frozen=True, slots=True)
class Proposed:
    """Somebody whom the draft proposes, and why: a reason, never a rank."""

    unit: Unit | None
    member: Member | None
    reason: str


def proposed(unit: Unit, year: int, day: date, body: str = "") -> list[Proposed]:
    """Those never or longest not inspected first; of the same time, where more stands open. Whom another body of the
    unit has in its programme of the year is left to it."""
    return list(_members(unit, year, day) if is_cell(unit) else _units(unit, year, day, body))


def _units(unit: Unit, year: int, day: date, body: str) -> Iterator[Proposed]:
    ids = [pk for pk in ids_under(unit, day) if pk != unit.pk]
    units = list(Unit.objects.filter(pk__in=ids, level=Level.CELL if unit.level == Level.WARD else Level.WARD))
    others = ProgrammeLine.objects.filter(programme__unit=unit, programme__year=year, left_out=False).exclude(
        programme__body=body
    )
    taken = set(others.values_list("inspected_id", flat=True))
    by_key = {one.key: one for one in units if one.pk not in taken}
    last = _last(Subject.objects.filter(unit__in=units, member__isnull=True), "unit_id")
    warnings = _warnings(unit, day)
    open_ = _open_remedies([one.pk for one in by_key.values()])
    candidates = [
        Candidate(key, last.get(one.pk), warnings[one.pk], open_.get(one.pk, 0)) for key, one in by_key.items()
    ]
    count = -(-len(units) // WARD_SHARE)
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
    text = "; ".join(said)
    return text[:1].upper() + text[1:]


def all_bodies(unit: Unit) -> list[tuple[str, str]]:
    return [(body.value, _(body.label)) for body in bodies_of(unit)]


def leads_here(actor: Actor, unit: Unit) -> bool:
    return actor.may(Can.LEAD_INSPECTIONS, unit)
