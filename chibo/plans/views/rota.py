"""The rota of a cell: members × months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import page, submit
from chibo.core.values import Period, month_of
from chibo.plans.actions import assign_turn, propose_rota, withdraw_turn
from chibo.plans.forms.rota import ProposeForm, TurnForm
from chibo.plans.selectors.rota import rota_of
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def rota(request: Request, unit: int, period: Period) -> HttpResponse:
    """Who reports in which month of the year; each square is a switch."""
    here = unit_for(request.actor, unit, Can.SEE_PLANS)
    context = {
        "unit": here,
        "period": Period.of_year(period.first.year),
        "rota": rota_of(here, period.first.year),
        "this_month": month_of(localdate()),
        "may_assign": request.actor.may(Can.EVALUATE_PLANS, here),
        "form": ProposeForm(),
    }
    return page(request, "plans/rota.html", context)


@require_POST
def turn(request: Request, unit: int, period: Period) -> HttpResponse:
    """Give a member the turn of a month, or take it back: one press either way."""
    here = unit_for(request.actor, unit, Can.SEE_PLANS)
    rota = rota_of(here, period.first.year)
    form = TurnForm(request.POST, rota=rota)
    if form.is_valid():
        member, month = form.cleaned_data["member"], form.cleaned_data["month"]
        given = member.pk in rota.taken.get(month, ())
        submit(form, withdraw_turn if given else assign_turn, here, actor=request.actor)
    for errors in form.errors.values():
        messages.error(request, " ".join(map(str, errors)))
    if not request.headers.get("HX-Request"):
        return redirect("plans:rota", here.pk, period)
    context = {"unit": here, "period": period, "rota": rota_of(here, period.first.year), "may_assign": True}
    return page(request, "plans/rota.html", context, partial="grid")


@require_POST
def propose(request: Request, unit: int, period: Period) -> HttpResponse:
    """Spread everybody without a turn over the months that are still to come."""
    here, year = unit_for(request.actor, unit, Can.SEE_PLANS), period.first.year
    form = ProposeForm(request.POST)
    made = submit(
        form, propose_rota, here, actor=request.actor, year=year, first=max(month_of(localdate()), period.first)
    )
    if made is not None:
        words = ngettext("Đã phân công %(count)s lượt.", "Đã phân công %(count)s lượt.", len(made))
        messages.success(request, words % {"count": len(made)} if made else _("Mọi người đã có lượt."))
    return redirect("plans:rota", here.pk, str(year))
