"""The pages of duties: mine, a unit's, one duty and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.http import download, export, page, submit
from chibo.core.tables import Table, page_by_key
from chibo.tasks.actions import (
    assign_task,
    drop_task,
    escalate_task,
    extend_task,
    finish_task,
    hand_over_task,
    note_progress,
    reopen_task,
)
from chibo.tasks.forms import AssignForm, DoerForm, ExtendForm, FinishForm, HandOverForm, NoteForm, ReasonForm
from chibo.tasks.rules import TaskState
from chibo.tasks.selectors import (
    ORDER,
    evidence_for,
    filters,
    holdings_of,
    narrowed,
    progress_of,
    task_for,
    tasks_of,
    tasks_of_doer,
)
from chibo.tasks.selectors.columns import columns_on, due_text, state_on
from chibo.units.rules import Level
from chibo.units.selectors import home_unit, unit_choices, unit_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from chibo.access.request import Request
    from chibo.tasks.models import Task

DEEDS: dict[str, tuple[Any, type[Any], Callable[..., Any], Can]] = {
    "note": (gettext_lazy("Ghi tiến độ"), NoteForm, note_progress, Can.DO_TASKS),
    "finish": (gettext_lazy("Báo hoàn thành"), FinishForm, finish_task, Can.DO_TASKS),
    "extend": (gettext_lazy("Gia hạn"), ExtendForm, extend_task, Can.ASSIGN_TASKS),
    "hand-over": (gettext_lazy("Bàn giao cho người khác"), HandOverForm, hand_over_task, Can.ASSIGN_TASKS),
    "escalate": (gettext_lazy("Báo cáo lên cấp trên"), ReasonForm, escalate_task, Can.ASSIGN_TASKS),
    "drop": (gettext_lazy("Thôi giao"), ReasonForm, drop_task, Can.ASSIGN_TASKS),
    "reopen": (gettext_lazy("Mở lại"), ReasonForm, reopen_task, Can.ASSIGN_TASKS),
}
"""What may be done with a duty: its words, what is typed for it, the action, and the power it asks."""


def start(request: Request) -> HttpResponse:
    """The duties of where one works; who holds no post sees their own."""
    home = home_unit(request.actor, Can.SEE_TASKS)
    return redirect("tasks:index", home.pk) if home else redirect("tasks:mine")


def index(request: Request, unit: int) -> HttpResponse:
    """What lies with a unit and below it."""
    here = unit_for(request.actor, unit, Can.SEE_TASKS)
    context = {
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_TASKS, f"{request.path.rpartition(str(unit))[0]}0/"
        ),
        "may_assign": request.actor.may(Can.ASSIGN_TASKS, here),
    }
    return _listed(request, tasks_of(here), context, with_unit=here.level != Level.CELL)


def mine(request: Request) -> HttpResponse:
    """What I am to do."""
    return _listed(request, tasks_of_doer(request.actor), {"is_mine": True}, with_unit=True)


def _listed(request: Request, rows: QuerySet[Task], context: dict[str, Any], *, with_unit: bool) -> HttpResponse:
    today = localdate()
    rows, columns = narrowed(rows, request.GET.dict(), today), columns_on(today, with_unit=with_unit)
    if request.GET.get("format") == "xlsx":
        return export(_("Nhiệm vụ"), columns, rows.order_by(*ORDER))
    shown = page_by_key(rows, order=ORDER, after=request.GET.get("after"))
    context |= {
        "shown": shown,
        "table": Table(columns, shown.rows),
        "count": rows.count(),
        "filters": filters(),
        "narrowed": bool(request.GET),
    }
    return page(request, "tasks/index.html", context, partial="rows")


def assign(request: Request, unit: int) -> HttpResponse:
    here = unit_for(request.actor, unit, Can.SEE_TASKS)
    request.actor.require(Can.ASSIGN_TASKS, here)
    form = AssignForm(request.POST or None, unit=here, initial={"directive": request.GET.get("directive")})
    if made := submit(form, assign_task, here, actor=request.actor):
        messages.success(request, _("Đã giao nhiệm vụ."))
        return redirect("tasks:task", made.pk)
    return page(request, "tasks/assign.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


def task(request: Request, pk: int) -> HttpResponse:
    """One duty, how far it is, and what may be done with it now."""
    here = task_for(request.actor, pk)
    is_open = here.state == TaskState.OPEN
    offered = [name for name in DEEDS if (name == "reopen") != is_open and request.actor.may_on(DEEDS[name][3], here)]
    context = {
        "task": here,
        "unit": here.unit,
        "sees_list": request.actor.may(Can.SEE_TASKS, here.unit),
        "state": state_on(localdate())(here),
        "due": due_text(here),
        "progress": progress_of(here),
        "holdings": holdings_of(here),
        "form": NoteForm() if "note" in offered else None,
        "deeds": [(name, DEEDS[name][0]) for name in offered if name not in ("note", "finish")],
        "may_finish": "finish" in offered,
    }
    return page(request, "tasks/task.html", context)


def deed(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one of the things that may be done with a duty."""
    here = task_for(request.actor, pk)
    if name not in DEEDS:
        raise Http404
    words, form_of, act, can = DEEDS[name]
    request.actor.require(can, here)
    more = {"unit": here.unit} if issubclass(form_of, DoerForm) else {}
    form = form_of(request.POST or None, request.FILES or None, record=here, **more)
    if submit(form, act, here, actor=request.actor):
        messages.success(request, _("Đã ghi: %(deed)s.") % {"deed": str(words).lower()})
        return redirect("tasks:task", here.pk)
    context = {"task": here, "unit": here.unit, "form": form, "words": words, "name": name}
    return page(request, "tasks/deed.html", context, status=422 if form.is_bound else 200)


def evidence(request: Request, pk: int) -> HttpResponse:
    """A file shown as evidence: to keep, never to be run."""
    return download(*evidence_for(request.actor, pk))
