"""How a step is done, whichever action does it: always within that action's own gate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import PermissionDenied

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection
from chibo.inspections.models import Inspection, Subject
from chibo.inspections.rules.flows import days_taken, missing_pieces
from chibo.inspections.rules.leading import objections_to_changing, objections_to_looking
from chibo.inspections.selectors import flow, leads, on_team, planned_dates

DEEDS = ("announce", "self_report", "verify", "follow", "archive")
"""Steps that ask for more than their papers."""


def _mark_done(inspection: Inspection, code: str, on: date) -> None:
    """The step is done; the days of those after it follow."""
    _done(inspection, code, on)
    _reschedule(inspection)


def _done(inspection: Inspection, code: str, on: date) -> None:
    """Unless it was done already, or is left out."""
    done = {step.code: step.done_on for step in inspection.steps.filter(done_on__isnull=False) if step.done_on}
    took = days_taken(flow(inspection), code, on, decided_on=inspection.decided_on, done=done)
    inspection.steps.filter(code=code, done_on__isnull=True, waived="").update(done_on=on, took=took)


def _reschedule(inspection: Inspection) -> None:
    """The days of what is still to do, counted from what is done."""
    steps = list(inspection.steps.all())
    due = planned_dates(inspection, {step.code: step.done_on for step in steps if step.done_on})
    for step in steps:
        if step.done_on is None and step.due_on != due[step.code]:
            step.due_on = due[step.code]
            step.save(update_fields=["due_on"])


def _finish_by_papers(inspection: Inspection, on: date) -> None:
    """A step whose papers are all there is done with the last of them; one that asks for a deed of its own is not."""
    subjects = list(inspection.subjects.values_list("pk", flat=True))
    kept = [(kind, subject) for kind, subject in inspection.pieces.values_list("kind", "subject_id")]
    for step in flow(inspection):
        asks = step.pieces and step.code not in DEEDS and (step.code != "publish" or inspection.published_on)
        if asks and not list(missing_pieces([step], subjects=subjects, kept=kept)):
            _done(inspection, step.code, on)
    _reschedule(inspection)


def _require_team(actor: Actor, subject: Subject) -> None:
    """Who looks and finds leads the inspection or is on its team; a post in the inspected unit is not enough."""
    inspection = subject.inspection
    if not (leads(actor, inspection) or on_team(actor, inspection)):
        raise PermissionDenied(Can.VERIFY_INSPECTIONS)


def _refuse_team(actor: Actor, subject: Subject, objections: Iterable[Objection] = ()) -> None:
    """What forbids the team a deed here: not to be of it, nothing announced yet, a closed dossier, and what the deed asks for."""
    _require_team(actor, subject)
    inspection = subject.inspection
    found = [*objections_to_changing(inspection.closed_on), *objections_to_looking(inspection.announced_on)]
    refuse_if([*found, *objections])
