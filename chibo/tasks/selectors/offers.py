"""What duties offer to the desk, the cell's book and the search of the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import MOST_HITS, Errand, Event, Hit, Scope
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskState
from chibo.tasks.selectors import OPEN, overdue_on, tasks_of_doer, visible_tasks
from chibo.tasks.selectors.columns import SOON, doer_text
from chibo.units.selectors import home_unit


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """Mine that are due soon or late; for who gives duties, how many are late in their unit or were told up to it."""
    for task in tasks_of_doer(actor).filter(OPEN, due_on__lte=today + timedelta(days=SOON)).order_by("due_on", "pk"):
        yield Errand(task.title, _("Ghi tiến độ"), reverse("tasks:task", args=[task.pk]), due=task.due_on)
    home = home_unit(actor, Can.ASSIGN_TASKS)
    if home is None:
        return
    late = Task.objects.filter(overdue_on(today), unit__path__startswith=home.path).count()
    listed = reverse("tasks:index", args=[home.pk])
    if late:
        yield Errand(_("%(n)s nhiệm vụ quá hạn") % {"n": late}, _("Đôn đốc"), f"{listed}?show=overdue", count=late)
    for task in Task.objects.filter(OPEN, escalated_to=home).order_by("escalated_on", "pk"):
        yield Errand(
            _("%(unit)s báo cáo lên: %(task)s") % {"unit": task.unit, "task": task.title},
            _("Xem"),
            reverse("tasks:task", args=[task.pk]),
            due=task.due_on,
        )


def events_of(scope: Scope) -> Iterator[Event]:
    """Duties that the unit finished, as its book tells them."""
    rows = Task.objects.filter(
        unit_id__in=scope.units, state=TaskState.DONE, done_on__range=(scope.period.first, scope.day)
    ).select_related("doer", "doer_unit")
    for task in rows:
        assert task.done_on is not None
        url = reverse("tasks:task", args=[task.pk])
        yield Event(
            task.done_on, _("Nhiệm vụ"), _("Hoàn thành: %(task)s") % {"task": task.title}, url, doer_text(task)
        )


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Duties by their words or what they rest on."""
    rows = visible_tasks(actor)
    for task in (rows.filter(title__icontains=words) | rows.filter(origin_text__icontains=words)).order_by("-pk")[
        :MOST_HITS
    ]:
        yield Hit(_("Nhiệm vụ"), task.title, task.unit.name, reverse("tasks:task", args=[task.pk]))
