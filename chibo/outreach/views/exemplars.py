"""Exemplars: their list, one with its road, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.http import export, page, submit
from chibo.core.tables import Table, page_by_key
from chibo.outreach.actions.exemplars import (
    amend_exemplar,
    approve_exemplar,
    commend_exemplar,
    find_exemplar,
    present_exemplar,
    propose_exemplar,
    return_exemplar,
)
from chibo.outreach.actions.publishing import show_exemplar
from chibo.outreach.forms.articles import DayForm, ReturnForm
from chibo.outreach.forms.exemplars import AmendForm, CommendForm, FindForm, PresentForm, ProposeForm, ShowForm
from chibo.outreach.rules.exemplars import APPROVED, CHANGEABLE, Step
from chibo.outreach.selectors import exemplar_for
from chibo.outreach.selectors.exemplars import COLUMNS, ORDER, exemplars_in, filters, narrowed, road_of, state_of
from chibo.outreach.selectors.reading import shown_of
from chibo.units.selectors import scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.core.values import Period


def exemplars(request: Request, unit: int, period: Period) -> HttpResponse:
    """The exemplars that a unit and those below it found in a period; nobody is counted or ranked."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    rows = narrowed(exemplars_in(scope_of(here, period)), request.GET.dict())
    if request.GET.get("format") == "xlsx":
        return export(_("Gương điển hình"), COLUMNS, rows.order_by(*ORDER))
    shown = page_by_key(rows, order=ORDER, after=request.GET.get("after"))
    context = {
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_OUTREACH, reverse("outreach:exemplars", args=[0, period])
        ),
        "period": period,
        "shown": shown,
        "table": Table(COLUMNS, shown.rows),
        "count": rows.count(),
        "filters": filters(),
        "narrowed": bool(request.GET),
        "may_write": request.actor.may(Can.WRITE_OUTREACH, here),
    }
    return page(request, "outreach/exemplars.html", context, partial="rows")


def find(request: Request, unit: int) -> HttpResponse:
    """Note down a good deed."""
    here = unit_for(request.actor, unit, Can.SEE_OUTREACH)
    request.actor.require(Can.WRITE_OUTREACH, here)
    form = FindForm(request.POST or None, unit=here)
    if made := submit(form, find_exemplar, here, actor=request.actor, today=localdate()):
        messages.success(request, _("Đã ghi; xem lại rồi đề nghị lên đảng ủy."))
        return redirect("outreach:exemplar", made.pk)
    return page(request, "outreach/find.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


DEEDS: dict[str, tuple[Any, type[Any], Callable[..., Any], Can, tuple[str, ...]]] = {
    "propose": (gettext_lazy("Đề nghị lên đảng ủy"), ProposeForm, propose_exemplar, Can.WRITE_OUTREACH, CHANGEABLE),
    "approve": (gettext_lazy("Duyệt"), DayForm, approve_exemplar, Can.APPROVE_OUTREACH, (Step.PROPOSED,)),
    "return": (
        gettext_lazy("Trả lại để bổ sung"),
        ReturnForm,
        return_exemplar,
        Can.APPROVE_OUTREACH,
        (Step.PROPOSED,),
    ),
    "present": (gettext_lazy("Ghi nơi giới thiệu"), PresentForm, present_exemplar, Can.WRITE_OUTREACH, APPROVED),
    "commend": (
        gettext_lazy("Ghi quyết định khen thưởng"),
        CommendForm,
        commend_exemplar,
        Can.LEAD_OUTREACH,
        APPROVED,
    ),
    "show": (gettext_lazy("Công khai trên trang đọc"), ShowForm, show_exemplar, Can.APPROVE_OUTREACH, APPROVED),
    "amend": (gettext_lazy("Sửa nội dung"), AmendForm, amend_exemplar, Can.WRITE_OUTREACH, tuple(Step)),
}
"""What may be done with an exemplar: its words, what is typed, the action, the power it asks, in which states."""
NEEDING_ACTOR = (PresentForm, CommendForm)


def exemplar(request: Request, pk: int) -> HttpResponse:
    """One exemplar, and the road it came, with its days."""
    here = exemplar_for(request.actor, pk)
    offered = [
        (name, words)
        for name, (words, _form, _act, can, states) in DEEDS.items()
        if here.state in states and request.actor.may(can, here.unit)
    ]
    context = {
        "exemplar": here,
        "unit": here.unit,
        "state": state_of(here),
        "road": road_of(here),
        "shown": shown_of(here),
        "lists": request.actor.may(Can.SEE_OUTREACH, here.unit),
        "main": offered[:1],
        "deeds": offered[1:],
    }
    return page(request, "outreach/exemplar.html", context)


def exemplar_deed(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one of the things that may be done with an exemplar."""
    here = exemplar_for(request.actor, pk)
    if name not in DEEDS:
        raise Http404
    words, form_of, act, can, _states = DEEDS[name]
    request.actor.require(can, here.unit)
    more = {"actor": request.actor, "unit": here.unit} if form_of in NEEDING_ACTOR else {}
    stored = {"title": here.title, "story": here.story, "about": here.about}
    form = form_of(request.POST or None, record=here, initial=stored, **more)
    today = {"today": localdate()} if name == "present" else {}
    if submit(form, act, here, actor=request.actor, **today) is not None:
        messages.success(request, _("Đã ghi: %(deed)s.") % {"deed": str(words).lower()})
        return redirect("outreach:exemplar", here.pk)
    context = {
        "record": here, "unit": here.unit, "form": form, "words": words, "name": name,
        "back": reverse("outreach:exemplar", args=[here.pk]),
    }  # fmt: skip
    return page(request, "outreach/deed.html", context, status=422 if form.is_bound else 200)
