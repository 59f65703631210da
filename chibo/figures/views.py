"""A figure's pages: the list of all, and one with its rows, table, trend and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.http import page
from chibo.core.tables import Table, export, page_by_key
from chibo.core.values import Period
from chibo.figures.selectors import (
    broken_down,
    by_cell,
    by_month,
    change,
    figure_named,
    figures_for,
    overview,
    rows_counted,
    rows_missing,
    spread_of,
)
from chibo.units.selectors import home_unit, scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def start(request: Request) -> HttpResponse:
    """The figures of where one works, this year."""
    unit = home_unit(request.actor, Can.SEE_FIGURES)
    if unit is None:
        raise Http404
    return redirect("figures:index", unit.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """Every figure of the unit and period, by what it is about."""
    here = unit_for(request.actor, unit, Can.SEE_FIGURES)
    scope = scope_of(here, period)
    context = {"unit": here, "period": period, "scope": scope, "chapters": overview(request.actor, scope)}
    return page(request, "figures/index.html", context)


def figure(request: Request, code: str, unit: int, period: Period) -> HttpResponse:
    """The number, what it counts, its table by cell, its trend, its rows; ``show=missing`` for those not counted."""
    asked = figure_named(code)
    here = unit_for(request.actor, unit, Can.SEE_FIGURES)
    if asked is None or asked not in figures_for(request.actor, here):
        raise Http404
    scope = scope_of(here, period)
    missing = request.GET.get("show") == "missing" and asked.counted is not None
    rows = rows_missing(asked, scope) if missing else rows_counted(asked, scope)
    if request.GET.get("format") == "xlsx":
        return export(_(asked.missing if missing else asked.label), asked.columns, rows.order_by(*asked.order))
    shown = page_by_key(rows, order=asked.order, after=request.GET.get("after"))
    cells = by_cell(asked, scope)
    earlier, now = change(asked, scope, period.before())
    context = {
        "figure": asked,
        "unit": here,
        "period": period,
        "scope": scope,
        "answer": now,
        "earlier": earlier,
        "earlier_period": period.before(),
        "cells": cells,
        "spread": spread_of(cells),
        "months": by_month(asked, scope),
        "breakdowns": [(b, broken_down(asked, scope, b)) for b in asked.breakdowns],
        "missing": missing,
        "missing_count": (now.base or 0) - now.part,
        "table": Table(asked.columns, shown.rows, empty=_("Không có dòng nào."), caption=_(asked.label)),
        "next_after": shown.next_after,
    }
    return page(request, "figures/figure.html", context, partial="rows")
