"""Duties are given, carried on, extended, handed over, told upwards and ended here."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc
from chibo.members.models import Member
from chibo.papers.models import Paper
from chibo.papers.rules.register import kind_of, objections_to_file
from chibo.papers.selectors.register import content_of
from chibo.tasks.models import Holding, Progress, Task
from chibo.tasks.rules import (
    Assigning,
    TaskOrigin,
    TaskState,
    objections_to_assigning,
    objections_to_dropping,
    objections_to_escalating,
    objections_to_extending,
    objections_to_finishing,
    objections_to_handing_over,
    objections_to_noting,
    objections_to_reopening,
)
from chibo.tasks.selectors import stands_in, unit_above
from chibo.units.models import Unit


@action(Can.ASSIGN_TASKS)
def assign_task(
    unit: Unit,
    *,
    actor: Actor,
    title: str,
    assigned_on: date,
    due_on: date | None,
    measure: str = "",
    doer: Member | None = None,
    doer_unit: Unit | None = None,
    origin: str = TaskOrigin.OTHER,
    origin_text: str = "",
    directive: Paper | None = None,
    is_local: bool = False,
    override_reason: str = "",
) -> Task:
    """Give a duty to one member or organisation of the unit; vague words need a reason that is kept (seed S2-16).

    Given with a reason and to nobody, it is the unit's own.
    """
    return _give(
        unit, title=title, assigned_on=assigned_on, due_on=due_on, measure=measure, doer=doer, doer_unit=doer_unit,
        origin=origin, origin_text=origin_text, directive=directive, is_local=is_local, override_reason=override_reason,
    )  # fmt: skip


@action(Can.VERIFY_INSPECTIONS)
def assign_remedy(
    unit: Unit,
    *,
    actor: Actor,
    title: str,
    assigned_on: date,
    due_on: date | None,
    origin_text: str,
    doer: Member | None = None,
    doer_unit: Unit | None = None,
) -> Task:
    """What an inspection asks the unit, or one of its members, to mend: the only duty that its team gives."""
    return _give(
        unit, title=title, assigned_on=assigned_on, due_on=due_on, measure="Đoàn kiểm tra xác nhận", doer=doer,
        doer_unit=doer_unit, origin=TaskOrigin.REMEDY, origin_text=origin_text, override_reason="Yêu cầu khắc phục",
    )  # fmt: skip


def _give(
    unit: Unit,
    *,
    title: str,
    assigned_on: date,
    due_on: date | None,
    measure: str,
    doer: Member | None,
    doer_unit: Unit | None,
    origin: str,
    origin_text: str,
    directive: Paper | None = None,
    is_local: bool = False,
    override_reason: str = "",
) -> Task:
    belongs = stands_in(unit, assigned_on, doer=doer, doer_unit=doer_unit)
    refuse_if(
        objections_to_assigning(
            Assigning(
                title, measure, assigned_on, due_on, doer is not None, doer_unit is not None, belongs, override_reason
            )
        )
    )
    task = Task.objects.create(
        unit=unit, title=nfc(title), measure=nfc(measure), doer=doer,
        doer_unit=doer_unit if doer or doer_unit else unit, assigned_on=assigned_on, first_due_on=due_on, due_on=due_on,
        origin=origin, origin_text=nfc(origin_text), directive=directive, is_local=is_local,
        override_reason=nfc(override_reason),
    )  # fmt: skip
    Holding.objects.create(task=task, doer=task.doer, doer_unit=task.doer_unit, valid_from=assigned_on)
    return task


@action(Can.DO_TASKS)
def note_progress(
    task: Task,
    *,
    actor: Actor,
    text: str,
    noted_on: date,
    percent: int | None = None,
    evidence: Any = None,
) -> Progress:
    """Tell how far the duty is, with a file if there is one to show."""
    content = content_of(evidence) if evidence else None
    refuse_if(
        [
            *objections_to_noting(
                task.state, text=text, percent=percent, noted_on=noted_on, assigned_on=task.assigned_on
            ),
            *(objections_to_file(content) if content else ()),
        ]
    )
    note = Progress(
        unit=task.unit, task=task, noted_on=noted_on, text=nfc(text), percent=percent, entered_by=actor.user
    )
    if content is not None:
        note.evidence_name = nfc(str(evidence.name))[-160:]
        note.evidence.save(f"{uuid4().hex}.{kind_of(content)}", evidence, save=False)
    note.save()
    return note


@action(Can.ASSIGN_TASKS)
def extend_task(task: Task, *, actor: Actor, new_due_on: date, reason: str, noted_on: date) -> Task:
    """Give more time; the first deadline and the reason stay on record."""
    refuse_if(objections_to_extending(task.state, due_on=task.due_on, new_due_on=new_due_on, reason=reason))
    _note(task, actor, noted_on, reason, new_due_on=new_due_on)
    task.due_on = new_due_on
    task.save()
    return task


@action(Can.ASSIGN_TASKS)
def hand_over_task(
    task: Task, *, actor: Actor, on: date, doer: Member | None = None, doer_unit: Unit | None = None
) -> Task:
    """Somebody else carries on from this day; who had it before stays on record."""
    held = task.holdings.filter(valid_to__isnull=True).get()
    same = (task.doer_id, task.doer_unit_id) == (doer and doer.pk, doer_unit and doer_unit.pk)
    refuse_if(
        objections_to_handing_over(
            task.state, has_person=doer is not None, has_unit=doer_unit is not None,
            belongs=stands_in(task.unit, on, doer=doer, doer_unit=doer_unit), same=same, on=on, since=held.valid_from,
        )
    )  # fmt: skip
    held.valid_to = max(held.valid_from, on - timedelta(days=1))
    held.save()
    Holding.objects.create(task=task, doer=doer, doer_unit=doer_unit, valid_from=on)
    task.doer, task.doer_unit = doer, doer_unit
    task.save()
    return task


@action(Can.ASSIGN_TASKS)
def escalate_task(task: Task, *, actor: Actor, on: date, reason: str) -> Task:
    """Tell the level above that the duty needs it: from now on it stands on that level's desk."""
    above = unit_above(task.unit, on)
    refuse_if(
        [
            *objections_to_escalating(
                task.state, has_above=above is not None, already=task.escalated_to_id is not None
            ),
            *objections_to_dropping(task.state, reason=reason),
        ]
    )
    _note(task, actor, on, reason)
    task.escalated_on, task.escalated_to = on, above
    task.save()
    return task


@action(Can.DO_TASKS)
def finish_task(task: Task, *, actor: Actor, result: str, done_on: date) -> Task:
    """The duty is done, with this result."""
    refuse_if(objections_to_finishing(task.state, result=result, done_on=done_on, assigned_on=task.assigned_on))
    task.state, task.result, task.done_on = TaskState.DONE, nfc(result), done_on
    task.save()
    return task


@action(Can.ASSIGN_TASKS)
def drop_task(task: Task, *, actor: Actor, reason: str, on: date) -> Task:
    """The duty is no longer asked for, for this reason."""
    refuse_if(objections_to_dropping(task.state, reason=reason))
    _note(task, actor, on, reason)
    task.state, task.done_on = TaskState.DROPPED, on
    task.save()
    return task


@action(Can.ASSIGN_TASKS)
def reopen_task(task: Task, *, actor: Actor, reason: str, on: date) -> Task:
    """The duty goes on, for this reason; what was said at its end stays in its history."""
    refuse_if(objections_to_reopening(task.state, reason=reason))
    _note(task, actor, on, f"{reason} ({task.result})" if task.result else reason)
    task.state, task.result, task.done_on = TaskState.OPEN, "", None
    task.save()
    return task


def _note(task: Task, actor: Actor, on: date, text: str, new_due_on: date | None = None) -> None:
    Progress.objects.create(
        unit=task.unit, task=task, noted_on=on, text=nfc(text), new_due_on=new_due_on, entered_by=actor.user
    )
