"""Study of a unit in a period, one's own, and classes one by one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import export, page, submit
from chibo.core.tables import Table
from chibo.core.values import Period, Share
from chibo.meetings.rules.kinds import kinds_of
from chibo.meetings.selectors import meeting_for
from chibo.study.actions import amend_class, ask_for_essays, open_class, record_class, waive_essays
from chibo.study.actions.reminding import remind_writers
from chibo.study.forms import AskForm, ClassForm, ConfirmForm, RecordForm, WaiveForm
from chibo.study.selectors import cells_at, class_for, class_of_meeting, classes_in, years_attended
from chibo.study.selectors.columns import CLASS_COLUMNS, SPREAD_COLUMNS, state_of
from chibo.study.selectors.essays import own_essays
from chibo.study.selectors.reminding import missing_of
from chibo.study.selectors.spreading import disseminations_in, own_reaches
from chibo.study.views import status_of
from chibo.units.selectors import home_unit, scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def start(request: Request) -> HttpResponse:
    """The study of where one works, this year; who holds no post comes to their own."""
    unit = home_unit(request.actor, Can.SEE_STUDY)
    return redirect("study:index", unit.pk, str(localdate().year)) if unit else redirect("study:mine")


def mine(request: Request) -> HttpResponse:
    """One's own essays, and what one was told of or is still to read."""
    essays = [(essay, state_of(essay)) for essay in own_essays(request.actor)]
    return page(request, "study/mine.html", {"essays": essays, "reaches": own_reaches(request.actor)})


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """The classes of the period, and what is made known, for a cell or for a ward with its cells."""
    here = unit_for(request.actor, unit, Can.SEE_STUDY)
    scope = scope_of(here, period)
    classes, spread = classes_in(request.actor, here, scope), disseminations_in(request.actor, here, scope)
    if request.GET.get("format") == "xlsx":
        return export(_("Lớp học tập"), CLASS_COLUMNS, classes)
    context = {
        "unit": here,
        "period": period,
        "classes": Table(CLASS_COLUMNS, list(classes)),
        "spread": Table(SPREAD_COLUMNS, list(spread)),
        "years": years_attended(scope),
        "may_open": request.actor.may(Can.KEEP_MEETINGS, here) and "class" in kinds_of(here.level),
        "may_spread": request.actor.may(Can.LEAD_PROGRAMMES, here),
    }
    return page(request, "study/index.html", context)


# ------------------------------------------------------------------------------------------------ classes


def open_(request: Request, unit: int) -> HttpResponse:
    """Call a class."""
    here = unit_for(request.actor, unit, Can.SEE_STUDY)
    request.actor.require(Can.KEEP_MEETINGS, here)
    form = ClassForm(request.POST or None, unit=here, initial={"held_on": localdate()})
    if made := submit(form, open_class, here, actor=request.actor):
        messages.success(request, _("Đã mở lớp. Đến ngày học hãy điểm danh, rồi giao bài thu hoạch."))
        return redirect("study:class", made.pk)
    return page(request, "study/open.html", {"unit": here, "form": form}, status=status_of(form))


def record(request: Request, meeting: int) -> HttpResponse:
    """Say what is studied at a class that was convened among the meetings."""
    here = meeting_for(request.actor, meeting)
    request.actor.require(Can.KEEP_MEETINGS, here)
    if found := class_of_meeting(here):
        return redirect("study:class", found.pk)
    form = RecordForm(request.POST or None, unit=here.unit, initial={"title": here.topic})
    if made := submit(form, record_class, here, actor=request.actor):
        messages.success(request, _("Đã lập hồ sơ lớp học."))
        return redirect("study:class", made.pk)
    return page(request, "study/record.html", {"unit": here.unit, "form": form}, status=status_of(form))


def class_(request: Request, pk: int) -> HttpResponse:
    """One class: what is studied, who attended, whose essay is in, cell by cell."""
    here = class_for(request.actor, pk)
    cells = cells_at(request.actor, here)
    context = {
        "unit": here.unit,
        "class": here,
        "meeting": here.meeting,
        "cells": cells,
        "listed": {c.unit.pk for c in cells if c.essays and request.actor.may(Can.SEE_STUDY, c.unit)},
        "attended": Share(sum(c.present for c in cells), sum(c.counted for c in cells)),
        "written": Share(sum(c.handed_in for c in cells), sum(c.essays for c in cells)),
        "own": own_essays(request.actor).filter(study_class=here).first(),
        "may_keep": request.actor.may(Can.KEEP_MEETINGS, here.unit),
        "sees_meeting": request.actor.may(Can.SEE_MEETINGS, here.unit),
        "called": here.meeting.called.count(),
        "missing": missing_of(here, localdate()) if here.essays_due_on else None,
    }
    return page(request, "study/class.html", context)


def amend(request: Request, pk: int) -> HttpResponse:
    here = class_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, here)
    stored = {name: getattr(here, name) for name in ("title", "speaker", "theme", "programme", "paper")}
    form = RecordForm(request.POST or None, unit=here.unit, initial=stored, record=here)
    if submit(form, amend_class, here, actor=request.actor):
        messages.success(request, _("Đã lưu."))
        return redirect("study:class", here.pk)
    form.show_stored(class_for(request.actor, pk))
    return page(
        request, "study/record.html", {"unit": here.unit, "class": here, "form": form}, status=status_of(form)
    )


def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for essays, or say why not."""
    here = class_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, here)
    due = here.essays_due_on or max(localdate(), here.meeting.held_on) + timedelta(days=14)
    form = AskForm(request.POST or None, record=here, initial={"due_on": due})
    if submit(form, ask_for_essays, here, actor=request.actor):
        messages.success(request, _("Đã giao bài thu hoạch cho những đồng chí có mặt."))
        return redirect("study:class", here.pk)
    return _ask_page(request, here, form, WaiveForm(record=here))


@require_POST
def waive(request: Request, pk: int) -> HttpResponse:
    here = class_for(request.actor, pk)
    form = WaiveForm(request.POST, record=here)
    if submit(form, waive_essays, here, actor=request.actor):
        messages.success(request, _("Đã ghi: lớp này không yêu cầu bài thu hoạch."))
        return redirect("study:class", here.pk)
    return _ask_page(request, here, AskForm(record=here), form)


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Write to those whose essay is missing."""
    here = class_for(request.actor, pk)
    form = ConfirmForm(request.POST)
    if submit(form, remind_writers, here, actor=request.actor, today=localdate()):
        messages.success(request, _("Thư nhắc đang được gửi tới những đồng chí còn thiếu bài."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("study:class", pk)


def _ask_page(request: Request, here: Any, form: Any, waiving: Any) -> HttpResponse:
    context = {"unit": here.unit, "class": here, "form": form, "waiving": waiving}
    return page(request, "study/ask.html", context, status=max(status_of(form), status_of(waiving)))
