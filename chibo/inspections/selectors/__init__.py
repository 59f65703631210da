"""How inspections are read: who sees which, and which part of it.

Whoever leads at the inspection's unit, and its team, see all of it; the inspected see their own part once it is
announced; everybody else finds nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.calendar import working_day_after
from chibo.core.registry import Scope
from chibo.inspections.models import Finding, Inspection, Mark, Step, Subject, TeamMember, Visit
from chibo.inspections.rules import Body, FindingKind, InspectionForm
from chibo.inspections.rules.flows import STEP_DAYS, StepRule, due_dates, flow_of
from chibo.members.models import Member
from chibo.members.selectors import memberships_on
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_under, placements_on, setting_on, settings_on

# --------------------------------------------------------------------------------------- who sees what


def _below(actor: Actor, can: Can, path: str) -> Q | None:
    """The condition that the row stands where the actor holds the power; None where they hold it nowhere."""
    prefixes = actor.reach(can)
    if "" in prefixes:
        return Q()
    return reduce(or_, (Q(**{f"{path}__startswith": prefix}) for prefix in prefixes)) if prefixes else None


def _led(actor: Actor) -> Q:
    """The inspections that the actor leads, or is on the team of."""
    within = _below(actor, Can.LEAD_INSPECTIONS, "unit__path")
    if within == Q():
        return within
    within = within or Q(pk__in=[])
    if actor.user is not None:
        ours = TeamMember.objects.filter(inspection=OuterRef("pk"), member__account=actor.user)
        within |= Q(Exists(ours))
    return within


def own_subjects(actor: Actor) -> QuerySet[Subject]:
    """The subjects that are the actor themselves, or an organisation where they see inspections of it."""
    if actor.user is None:
        return Subject.objects.none()
    mine = Q(member__account=actor.user)
    below = _below(actor, Can.ANSWER_INSPECTIONS, "unit__path")
    return Subject.objects.filter(mine if below is None else mine | (below & Q(member__isnull=True)))


def visible_inspections(actor: Actor) -> QuerySet[Inspection]:
    """What the actor leads or is on the team of, and what concerns them and was announced."""
    led = _led(actor)
    rows = Inspection.objects.select_related("unit")
    if led == Q():
        return rows
    concerned = Q(announced_on__isnull=False, pk__in=own_subjects(actor).values("inspection_id"))
    return rows.filter(led | concerned)


def leads(actor: Actor, inspection: Inspection) -> bool:
    return actor.may(Can.LEAD_INSPECTIONS, inspection.unit)


def on_team(actor: Actor, inspection: Inspection) -> bool:
    return actor.user is not None and inspection.team.filter(member__account=actor.user).exists()


@dataclass(frozen=True)
class Sight:
    """An inspection as one person sees it: all of it, or only their own subjects of it."""

    inspection: Inspection
    leads: bool
    works: bool
    """Leads it or is on its team: sees the whole dossier, looks, finds, writes minutes."""
    subjects: tuple[Subject, ...]

    @property
    def open(self) -> bool:
        return self.inspection.closed_on is None

    @property
    def may_lead(self) -> bool:
        return self.leads and self.open

    @property
    def may_work(self) -> bool:
        return self.works and self.open


def sight_of(actor: Actor, pk: int) -> Sight:
    """The inspection, if it concerns the actor; otherwise it does not exist for them (404)."""
    found = visible_inspections(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    lead = leads(actor, found)
    works = lead or on_team(actor, found)
    rows = found.subjects.all() if works else own_subjects(actor).filter(inspection=found)
    return Sight(found, lead, works, tuple(rows.select_related("unit", "member", "inspection__unit")))


def led_for(actor: Actor, pk: int) -> Sight:
    """The inspection for who leads it or is on its team; for the inspected this page does not exist (404)."""
    found = sight_of(actor, pk)
    if not found.works:
        raise Http404
    return found


def subject_for(actor: Actor, pk: int) -> tuple[Sight, Subject]:
    """The subject with its inspection, if the actor may see it (404)."""
    row = Subject.objects.filter(pk=pk).values_list("inspection_id", flat=True).first()
    if row is None:
        raise Http404
    sight = sight_of(actor, row)
    found = next((subject for subject in sight.subjects if subject.pk == pk), None)
    if found is None:
        raise Http404
    return sight, found


def worked_subject_for(actor: Actor, pk: int) -> tuple[Sight, Subject]:
    """The subject for who works on it (404 for the inspected)."""
    sight, subject = subject_for(actor, pk)
    if not sight.works:
        raise Http404
    return sight, subject


def finding_for(actor: Actor, pk: int) -> tuple[Sight, Finding]:
    """A finding for who works on it (404)."""
    found = Finding.objects.filter(pk=pk).select_related("subject__inspection", "unit", "task", "criterion").first()
    if found is None:
        raise Http404
    return led_for(actor, found.subject.inspection_id), found


def visit_for(actor: Actor, pk: int) -> tuple[Sight, Visit]:
    """A visit for who works on its round (404)."""
    found = Visit.objects.filter(pk=pk).select_related("subject__inspection", "unit", "visitor__member").first()
    if found is None:
        raise Http404
    return led_for(actor, found.subject.inspection_id), found


# ---------------------------------------------------------------------------------------- facts for rules


def is_cell(unit: Unit) -> bool:
    return bool(unit.level == Level.CELL)


def bodies_of(unit: Unit) -> list[Body]:
    """Which bodies of the unit lead inspections."""
    return [Body.CELL] if is_cell(unit) else [Body.COMMITTEE, Body.COMMISSION]


def duration_of(unit: Unit, form: str, day: date) -> int:
    """The days that an inspection of the form may take, by the setting of the level on the day."""
    level = "cell" if is_cell(unit) else "ward"
    kind = "signs" if form == InspectionForm.SIGNS else "planned"
    return int(setting_on(f"inspections.{level}.{kind}_days", unit, day))


def look_back_of(unit: Unit, day: date) -> int:
    """How many months back may be looked at."""
    return int(setting_on(f"inspections.{'cell' if is_cell(unit) else 'ward'}.look_back", unit, day))


def team_most(unit: Unit, day: date) -> int:
    return int(setting_on(f"inspections.{'cell' if is_cell(unit) else 'ward'}.team", unit, day))


def days_of_steps(unit: Unit, day: date) -> dict[str, int]:
    """Working days of each step by the settings of the unit on the day: two queries."""
    codes = {f"inspections.days.{code}": code for code in STEP_DAYS}
    return {codes[code]: int(value) for code, value in settings_on(codes, unit, day).items()}


def flow(inspection: Inspection) -> tuple[StepRule, ...]:
    return flow_of(inspection.form, inspection.body)


def rule_of(inspection: Inspection, code: str) -> StepRule:
    return next(step for step in flow(inspection) if step.code == code)


def planned_dates(inspection: Inspection, done: dict[str, date]) -> dict[str, date]:
    """When each step is due, from what is done so far."""
    fixed = {"follow": inspection.report_back_on} if inspection.report_back_on else {}
    return due_dates(
        flow(inspection), decided_on=inspection.decided_on, done=done, after=working_day_after,
        days=days_of_steps(inspection.unit, inspection.decided_on), fixed=fixed,
        conducted_until=inspection.ends_on,
    )  # fmt: skip


def outside_of(unit: Unit, units: Collection[Unit], members: Collection[Member], day: date) -> list[str]:
    """The names of those that do not stand below the unit on the day."""
    ids = set(ids_under(unit, day))
    stray = [one.name for one in units if one.pk not in ids or one.pk == unit.pk]
    if members:
        here = set(memberships_on(day, list(ids)).filter(member__in=members).values_list("member_id", flat=True))
        stray += [one.full_name for one in members if one.pk not in here]
    return stray


def cell_of(member: Member, day: date) -> Unit:
    """The cell where the person stood on the day."""
    stay = member.memberships.filter(valid_from__lte=day).order_by("-valid_from").select_related("unit").first()
    return stay.unit if stay else member.unit


def inspected_in_team(inspection: Inspection, members: Collection[Member]) -> list[Member]:
    """Those on a team who are inspected, or belong to an inspected cell."""
    people = set(inspection.subjects.filter(member__isnull=False).values_list("member_id", flat=True))
    if inspection.body != Body.CELL:
        cells = list(inspection.subjects.filter(member__isnull=True).values_list("unit_id", flat=True))
        rows = memberships_on(inspection.begins_on, cells).filter(member__in=members)
        people |= set(rows.values_list("member_id", flat=True))
    return [one for one in members if one.pk in people]


def candidates_for_team(unit: Unit, day: date) -> QuerySet[Member]:
    """Who may be on a team: the members below the unit on the day."""
    here = memberships_on(day, ids_under(unit, day)).values("member")
    return Member.objects.filter(pk__in=here).select_related("unit").order_by("sort_key", "pk")


def units_to_inspect(unit: Unit, day: date) -> QuerySet[Unit]:
    """The organisations below the unit on the day."""
    ids = [pk for pk in ids_under(unit, day) if pk != unit.pk]
    return Unit.objects.filter(pk__in=ids).order_by("path" if unit.level != Level.WARD else "sort_key")


def parent_names(units: Collection[Unit], day: date) -> dict[int, str]:
    """The name of the organisation above each unit on the day: one query."""
    rows = placements_on(day).filter(unit__in=units).select_related("parent")
    return {row.unit_id: row.parent.name if row.parent else "" for row in rows}


# ------------------------------------------------------------------------------------------- running


def next_step(inspection: Inspection) -> Step | None:
    """The first step neither done nor waived."""
    return inspection.steps.filter(done_on__isnull=True, waived="").first()


def undone_before(inspection: Inspection, code: str) -> list[str]:
    """The words of the steps before this one that are neither done nor waived."""
    order = [step.code for step in flow(inspection)]
    before = set(order[: order.index(code)])
    rows = inspection.steps.filter(done_on__isnull=True, waived="", code__in=before).values_list("code", flat=True)
    return [rule_of(inspection, one).words for one in rows]


def still_looking(inspection: Inspection, unit: Unit) -> set[int | None]:
    """The accounts that another inspection of the unit, announced on the same day and still running, lets see it."""
    rows = TeamMember.objects.filter(
        inspection__subjects__unit=unit,
        inspection__announced_on=inspection.announced_on,
        inspection__closed_on__isnull=True,
    )
    return set(rows.exclude(inspection=inspection).values_list("member__account_id", flat=True))


def remedies_open(inspection: Inspection) -> QuerySet[Finding]:
    """The findings whose remedy the team has not verified."""
    return Finding.objects.filter(subject__inspection=inspection, verified_on__isnull=True).exclude(remedy="")


def findings_of(inspection: Inspection, subjects: Collection[Subject] | None = None) -> QuerySet[Finding]:
    """What was found, in the order of a report."""
    rows = Finding.objects.filter(subject__inspection=inspection)
    if subjects is not None:
        rows = rows.filter(subject__in=subjects)
    return rows.select_related("subject__unit", "subject__member", "criterion", "owner_member", "owner_unit", "task__doer", "task__doer_unit", "repeats__subject__inspection")  # fmt: skip


def told_findings(sight: Sight) -> QuerySet[Finding]:
    """What the inspected read of the findings once they are made known: a sign of violation is told them otherwise."""
    return findings_of(sight.inspection, sight.subjects).exclude(kind=FindingKind.SIGN)


def by_kind(findings: Collection[Finding]) -> list[tuple[FindingKind, list[Finding]]]:
    """Findings by kind, those without any left out."""
    groups = [(kind, [one for one in findings if one.kind == kind]) for kind in FindingKind]
    return [(kind, rows) for kind, rows in groups if rows]


def earlier_findings(subject: Subject) -> QuerySet[Finding]:
    """What earlier inspections found at the same unit, or the same person, once it was made known or the dossier closed:
    what another team still keeps to itself is nobody's to repeat."""
    known = Q(subject__inspection__published_on__isnull=False) | Q(subject__inspection__closed_on__isnull=False)
    rows = Finding.objects.filter(known, unit=subject.unit_id, subject__member=subject.member_id)
    return rows.exclude(subject=subject).select_related("criterion", "subject__inspection")


def marks_of(subject: Subject) -> dict[int, Mark]:
    return {mark.criterion_id: mark for mark in subject.marks.all()}


def inspections_in(scope: Scope) -> QuerySet[Inspection]:
    """What the units of the scope lead, decided in its period."""
    return Inspection.objects.filter(
        unit_id__in=scope.units, decided_on__range=(scope.period.first, scope.period.last)
    )
