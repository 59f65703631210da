"""How duties are read: who has what, what is due, what is late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import PurePath
from typing import NamedTuple

from django.db.models import Case, IntegerField, Max, Min, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.core.held import held_once
from chibo.core.registry import Scope
from chibo.core.tables import Filter
from chibo.core.vietnamese import nfc
from chibo.core.words import choices
from chibo.members.models import Member
from chibo.members.selectors import memberships_on, named
from chibo.papers.models import Paper
from chibo.papers.rules.register import FileKind
from chibo.tasks.models import Holding, Progress, Task
from chibo.tasks.rules import DIRECTING, TaskOrigin, TaskState
from chibo.units.models import Unit
from chibo.units.selectors import ids_above, ids_under, placements_on

OPEN = Q(state=TaskState.OPEN)


class Given(NamedTuple):
    """When a cell was given its first duty, and its latest on a local difficulty."""

    first: date
    local: date | None


@held_once
def duties_given(scope: Scope) -> dict[int, Given]:
    """By cell, of duties given by the day; without the cells that were never given one."""
    rows = Task.objects.filter(unit_id__in=scope.cells, assigned_on__lte=scope.day).order_by().values_list("unit_id")
    counted = rows.annotate(first=Min("assigned_on"), local=Max("assigned_on", filter=Q(is_local=True)))
    return {unit: Given(first, local) for unit, first, local in counted}


def visible_tasks(actor: Actor) -> QuerySet[Task]:
    """The duties below the actor's posts, and their own."""
    return Task.objects.visible_to(actor).select_related("unit", "doer", "doer_unit")


def task_for(actor: Actor, pk: int) -> Task:
    """The duty, if the actor may see it; otherwise it does not exist for them (404)."""
    found = visible_tasks(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def tasks_of(unit: Unit) -> QuerySet[Task]:
    """What lies with the unit and below it, whoever carries it out, and what was told upwards to it."""
    return Task.objects.filter(Q(unit__path__startswith=unit.path) | Q(escalated_to=unit))


def open_tasks_due(unit: Unit, by: date) -> QuerySet[Task]:
    """What a meeting of the unit looks at: duties still open whose day comes by then, or that have none."""
    due = Q(due_on__lte=by) | Q(due_on__isnull=True)
    return Task.objects.filter(OPEN, due, unit=unit).select_related("doer", "doer_unit").order_by("due_on", "pk")


def overdue_on(day: date) -> Q:
    """The condition that a duty is still open after its day."""
    return OPEN & Q(due_on__lt=day)


def directives_for(unit: Unit, day: date) -> QuerySet[Paper]:
    """What a duty of the unit may carry out: papers of two years, of the unit or above it, that ask for deeds."""
    kinds = [kind.label for kind in DIRECTING]
    since = day - timedelta(days=731)
    return Paper.objects.filter(unit_id__in=ids_above(unit, day), kind__in=kinds, issued_on__range=(since, day))


def tasks_of_doer(actor: Actor) -> QuerySet[Task]:
    """What the actor's own person is to do."""
    if actor.user is None:
        return Task.objects.none()
    return Task.objects.filter(doer__account=actor.user).select_related("unit", "doer")


def stands_in(unit: Unit, day: date, *, doer: Member | None, doer_unit: Unit | None) -> bool:
    """Whether the doer belongs to the unit, or below it, on the day; nobody does not stand in the way."""
    ids = ids_under(unit, day)
    if doer is not None:
        return memberships_on(day, ids).filter(member=doer).exists()
    return doer_unit is None or doer_unit.pk in ids


def unit_above(unit: Unit, day: date) -> Unit | None:
    """The organisation directly above on the day."""
    placed = placements_on(day).filter(unit=unit).select_related("parent").first()
    return placed.parent if placed else None


def doers_of(unit: Unit, day: date) -> QuerySet[Member]:
    """Who may be given a duty of the unit: those who stand in it or below it on the day, by name."""
    here = memberships_on(day, ids_under(unit, day)).values("member")
    return Member.objects.filter(pk__in=here).order_by("sort_key", "pk")


def units_of(unit: Unit, day: date) -> QuerySet[Unit]:
    """The organisations that may be given a duty of the unit: itself and those below it."""
    return Unit.objects.filter(pk__in=ids_under(unit, day)).order_by("path")


ORDER = ("ended", "last_day", "pk")
"""How lists of duties stand: what is still to do first, by its day."""


def narrowed(rows: QuerySet[Task], asked: Mapping[str, str], day: date) -> QuerySet[Task]:
    """The list as its filters narrow it: by how the duty stands, by what gave it, by its words."""
    show = asked.get("show", "")
    if show == "overdue":
        rows = rows.filter(overdue_on(day))
    elif show in set(TaskState):
        rows = rows.filter(state=show)
    if asked.get("origin") in set(TaskOrigin):
        rows = rows.filter(origin=asked["origin"])
    words = nfc(asked.get("q", ""))[:80]
    if words:
        rows = rows.filter(Q(title__icontains=words) | Q(doer__in=Member.objects.filter(named(words))))
    return rows.select_related("unit", "doer", "doer_unit").annotate(
        ended=Case(When(OPEN, then=0), default=1, output_field=IntegerField()),
        last_day=Coalesce("due_on", Value(date(9999, 12, 31))),
    )


def filters() -> list[Filter]:
    """The questions a list of duties can be narrowed by."""
    return [
        Filter("show", gettext_lazy("Trạng thái"), [("overdue", gettext_lazy("Quá hạn")), *choices(TaskState)]),
        Filter("origin", gettext_lazy("Nguồn"), choices(TaskOrigin)),
    ]


def progress_of(task: Task) -> QuerySet[Progress]:
    return task.progress.select_related("entered_by").order_by("-noted_on", "-pk")


def holdings_of(task: Task) -> QuerySet[Holding]:
    return task.holdings.select_related("doer", "doer_unit")


def evidence_for(actor: Actor, pk: int) -> tuple[bytes, str, str]:
    """A file shown as evidence, as (content, its own name, type), for who may see the duty; otherwise 404."""
    note = Progress.objects.visible_to(actor).filter(pk=pk).first()
    if note is None or not note.evidence:
        raise Http404
    try:
        with note.evidence.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        raise Http404 from None
    suffix = PurePath(note.evidence.name or "").suffix.lstrip(".")
    kind = FileKind(suffix) if suffix in set(FileKind) else None
    return content, note.evidence_name or f"minh-chung.{suffix}", kind.label if kind else "application/octet-stream"
