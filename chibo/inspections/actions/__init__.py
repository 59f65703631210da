"""Inspections are decided, their team seated, announced, extended, taken through their steps, concluded and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from chibo.access.actions import grant_sight
from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.access.models import User
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc, nfc_lines
from chibo.inspections.actions.papers import _issue
from chibo.inspections.actions.steps import _finish_by_papers, _mark_done, _reschedule
from chibo.inspections.models import Criterion, Inspection, OutlineItem, ProgrammeLine, Step, Subject, TeamMember
from chibo.inspections.rules.flows import VERIFIES, PieceKind, span_of
from chibo.inspections.rules.leading import (
    Deciding,
    objections_to_announcing,
    objections_to_changing,
    objections_to_concluding,
    objections_to_deciding,
    objections_to_extending,
    objections_to_opening,
    objections_to_publishing,
    objections_to_step,
    objections_to_team,
)
from chibo.inspections.rules.outlines import CRITERIA, OUTLINES, Item
from chibo.inspections.selectors import (
    cell_of,
    duration_of,
    flow,
    inspected_in_team,
    is_cell,
    look_back_of,
    outside_of,
    planned_dates,
    remedies_open,
    rule_of,
    team_most,
    undone_before,
)
from chibo.inspections.selectors.begun import extension_text
from chibo.inspections.selectors.dossiers import missing_of
from chibo.inspections.selectors.programmes import open_lines
from chibo.members.models import Member
from chibo.papers.models import Paper
from chibo.tasks.actions import assign_remedy
from chibo.units.models import Unit
from chibo.units.selectors import setting_on

# ---------------------------------------------------------------------------------------------- deciding


@action(Can.LEAD_INSPECTIONS)
def decide_inspection(
    unit: Unit,
    *,
    actor: Actor,
    form: str,
    body: str,
    content: str,
    decided_on: date,
    begins_on: date,
    units: Sequence[Unit] = (),
    members: Sequence[Member] = (),
    looked_first: date | None = None,
    looked_last: date | None = None,
    source: str = "",
    bases: Sequence[Paper] = (),
    bases_text: str = "",
    line: ProgrammeLine | None = None,
    outline: str = "",
) -> Inspection:
    """Decide whom to inspect, on what, over which time, in which form: its steps with their days follow from it.

    ``outline`` names a ready outline and list of criteria to begin with. Nobody below learns of it before it is
    announced.
    """
    refuse_if(
        [
            *objections_to_deciding(
                Deciding(
                    form, body, is_cell(unit), content, begins_on, (looked_first, looked_last), len(units) + len(members),
                    outside_of(unit, units, members, begins_on), not units, source,
                ),
                look_back_months=look_back_of(unit, begins_on),
            ),
            *objections_to_opening(f"{content} {bases_text}"),
            *_taken(unit, line),
        ]
    )  # fmt: skip
    begins, ends = span_of(begins_on, duration_of(unit, form, begins_on))
    made = Inspection.objects.create(
        unit=unit, form=form, body=body, content=nfc(content.strip()), source=source, decided_on=decided_on,
        begins_on=begins, ends_on=ends, looked_first=looked_first, looked_last=looked_last, bases_text=nfc_lines(bases_text),
        line=line,
    )  # fmt: skip
    made.bases.set(bases)
    Subject.objects.bulk_create(
        [
            *(Subject(unit=one, inspection=made) for one in units),
            *(Subject(unit=cell_of(one, begins_on), inspection=made, member=one) for one in members),
        ]
    )
    due = planned_dates(made, {})
    Step.objects.bulk_create(
        Step(unit=unit, inspection=made, order=n, code=step.code, due_on=due[step.code])
        for n, step in enumerate(flow(made))
    )
    _outline(made, OUTLINES.get(outline, ()))
    if made.form in VERIFIES:
        _criteria(made, CRITERIA.get(outline, ()))
    return made


def _taken(unit: Unit, line: ProgrammeLine | None) -> list[Objection]:
    """A line of the programme is carried out once, and only an adopted one."""
    if line is None or open_lines(unit).filter(pk=line.pk).exists():
        return []
    return [Objection(gettext_noop("Nội dung này của chương trình đã tiến hành hoặc chưa thông qua."), field="line")]


def _outline(inspection: Inspection, items: Sequence[Item]) -> None:
    OutlineItem.objects.bulk_create(
        OutlineItem(
            unit=inspection.unit, inspection=inspection, order=n, section=nfc(item.section), title=nfc(item.title),
            kind=item.kind, code=item.code,
        )
        for n, item in enumerate(items)
    )  # fmt: skip


def _criteria(inspection: Inspection, criteria: Sequence[tuple[str, str]]) -> None:
    Criterion.objects.bulk_create(
        Criterion(unit=inspection.unit, inspection=inspection, order=n, text=nfc(text), code=code)
        for n, (text, code) in enumerate(criteria)
    )


@action(Can.LEAD_INSPECTIONS)
def write_outline(inspection: Inspection, *, actor: Actor, items: Sequence[Item]) -> Inspection:
    """Put another outline in place of the one so far; until it is announced, so that nobody's answers are lost."""
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *objections_to_announcing(
                team=1, needs_team=False, already=inspection.announced_on, on=inspection.decided_on,
                decided_on=inspection.decided_on, missing=(),
            ),
        ]
    )  # fmt: skip
    inspection.outline.all().delete()
    _outline(inspection, items)
    return inspection


@action(Can.LEAD_INSPECTIONS)
def write_criteria(inspection: Inspection, *, actor: Actor, criteria: Sequence[tuple[str, str]]) -> Inspection:
    """Say what the team looks at, in which order; what was looked at already is neither left out nor worded anew."""
    kept = {one.text: one for one in inspection.criteria.all()}
    wanted = {nfc(text.strip()): code for text, code in criteria if text.strip()}
    left_out = inspection.criteria.exclude(text__in=wanted)
    looked_at = left_out.filter(Q(marks__isnull=False) | Q(pictures__isnull=False)).distinct()
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *(
                Objection(gettext_noop("Tiêu chí “%(text)s” đã có kết quả; không bỏ, không sửa lời."), params={"text": one.text})
                for one in looked_at
            ),
        ]
    )  # fmt: skip
    left_out.delete()
    for order, (text, code) in enumerate(wanted.items()):
        if text in kept:
            Criterion.objects.filter(pk=kept[text].pk).update(order=order, code=code)
        else:
            Criterion.objects.create(unit=inspection.unit, inspection=inspection, order=order, text=text, code=code)
    return inspection


# -------------------------------------------------------------------------------------------------- team


@action(Can.LEAD_INSPECTIONS)
def seat_team(
    inspection: Inspection, *, actor: Actor, roles: Mapping[Member, str], duties: Mapping[Member, str] | None = None
) -> Inspection:
    """Who is on the team and as what; from the announcement on, its members see the inspected units."""
    day = inspection.begins_on
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *objections_to_team(
                list(roles.values()), most=team_most(inspection.unit, day),
                own=[(one.full_name, roles[one]) for one in inspected_in_team(inspection, list(roles))], day=day,
            ),
        ]
    )  # fmt: skip
    leaving = inspection.team.exclude(member__in=list(roles))
    _let_see(inspection, actor, _users([one.member for one in leaving.select_related("member__account")]), ended=True)
    leaving.delete()
    for member, role in roles.items():
        TeamMember.objects.update_or_create(
            inspection=inspection,
            member=member,
            defaults={"unit": inspection.unit, "role": role, "duties": nfc((duties or {}).get(member, ""))},
        )
    _let_see(inspection, actor, _users(list(roles)))
    return inspection


def _users(members: Sequence[Member]) -> list[User]:
    return [member.account for member in members if member.account is not None]


def _let_see(inspection: Inspection, actor: Actor, users: Sequence[User], *, ended: bool = False) -> None:
    """Sight of the inspected units, for the time in which the inspection runs; nothing before it is announced."""
    since = inspection.announced_on
    if since is None or not users:
        return
    last = inspection.closed_on or (since if ended else None)
    for unit in Unit.objects.filter(pk__in=inspection.subjects.values("unit")):
        grant_sight(unit, actor=actor, users=users, valid_from=since, valid_to=last)


# ----------------------------------------------------------------------------------------------- running


@action(Can.LEAD_INSPECTIONS)
def announce_inspection(inspection: Inspection, *, actor: Actor, on: date) -> Inspection:
    """Send decision, plan and outline to the inspected: from this day they see their part, and the team their units."""
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *objections_to_announcing(
                team=inspection.team.count(), needs_team=True, already=inspection.announced_on, on=on,
                decided_on=inspection.decided_on, missing=missing_of(inspection, "announce"),
            ),
        ]
    )  # fmt: skip
    inspection.announced_on = on
    inspection.save()
    _let_see(inspection, actor, _users([one.member for one in inspection.team.select_related("member__account")]))
    _mark_done(inspection, "announce", on)
    return inspection


@action(Can.LEAD_INSPECTIONS)
def do_step(inspection: Inspection, *, actor: Actor, code: str, on: date, today: date) -> Inspection:
    """A step that no paper of its own shows is done."""
    refuse_if([*objections_to_changing(inspection.closed_on), *_about_step(inspection, code, on, today)])
    _mark_done(inspection, code, on)
    return inspection


@action(Can.LEAD_INSPECTIONS)
def waive_step(inspection: Inspection, *, actor: Actor, code: str, reason: str, today: date) -> Inspection:
    """A step is left out, with a reason that stays in the dossier; its papers are then not asked for."""
    refuse_if([*objections_to_changing(inspection.closed_on), *_about_step(inspection, code, today, today, reason)])
    inspection.steps.filter(code=code).update(waived=nfc(reason.strip()))
    _reschedule(inspection)
    return inspection


def _about_step(inspection: Inspection, code: str, on: date, today: date, waived: str | None = None) -> list[Any]:
    step = inspection.steps.get(code=code)
    waivable = rule_of(inspection, code).waivable
    return list(objections_to_step(done_on=step.done_on, on=on, today=today, waivable=waivable, waived=waived))


@action(Can.LEAD_INSPECTIONS)
def extend_inspection(inspection: Inspection, *, actor: Actor, days: int, reason: str, on: date) -> Inspection:
    """Give the inspection itself more days, a third of its time at most, by a decision that takes its number."""
    day = inspection.begins_on
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *objections_to_extending(
                days=days, duration=duration_of(inspection.unit, inspection.form, day), extended=inspection.extended_days,
                reason=reason, part=int(setting_on("inspections.extension_part", inspection.unit, day)), day=day,
                on=on, ends_on=inspection.ends_on, concluded_on=inspection.concluded_on,
            ),
        ]
    )  # fmt: skip
    inspection.extended_days += days
    inspection.extension_reason = nfc(reason)
    _first, inspection.ends_on = span_of(
        day, duration_of(inspection.unit, inspection.form, day), inspection.extended_days
    )
    inspection.save()
    _reschedule(inspection)
    _issue(inspection, actor, PieceKind.EXTENSION, extension_text(inspection, days), on, None)
    return inspection


@action(Can.LEAD_INSPECTIONS)
def conclude_inspection(
    inspection: Inspection, *, actor: Actor, conclusion: str, on: date, report_back_on: date | None = None
) -> Inspection:
    """Conclude, with the day by which the inspected report back on what they mend. The notice is issued after it."""
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *objections_to_opening(conclusion),
            *objections_to_concluding(
                text=conclusion, on=on, report_back_on=report_back_on, undone=[_(w) for w in undone_before(inspection, "conclude")],
                remedies=remedies_open(inspection).count(),
            ),
        ]
    )  # fmt: skip
    inspection.conclusion, inspection.concluded_on = nfc_lines(conclusion), on
    inspection.report_back_on = report_back_on
    inspection.save()
    _reschedule(inspection)
    return inspection


@action(Can.LEAD_INSPECTIONS)
def publish_conclusion(inspection: Inspection, *, actor: Actor, on: date) -> Inspection:
    """Make the conclusion known to the inspected: from this day they read it, and what is to be mended is their duty."""
    refuse_if(
        [
            *objections_to_changing(inspection.closed_on),
            *objections_to_publishing(
                concluded_on=inspection.concluded_on, already=inspection.published_on, on=on,
                has_notice=inspection.pieces.filter(kind=PieceKind.NOTICE).exists(),
            ),
        ]
    )  # fmt: skip
    inspection.published_on = on
    inspection.save()
    for finding in remedies_open(inspection).select_related("unit", "owner_member", "owner_unit"):
        finding.task = assign_remedy(
            finding.unit, actor=actor, title=finding.remedy, assigned_on=on, due_on=finding.due_on,
            doer=finding.owner_member, doer_unit=finding.owner_unit, origin_text=str(inspection)[:300],
        )  # fmt: skip
        finding.save(update_fields=["task"])
    _finish_by_papers(inspection, on)
    return inspection
