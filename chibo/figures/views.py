"""A figure's pages: the list of all, and one with its rows, table, trend and export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.charts import Bar, Point, bars, line
from chibo.core.http import export, page
from chibo.core.tables import Table, page_by_key
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
    from django.utils.safestring import SafeString

    from chibo.access.request import Request
    from chibo.core.registry import Figure
    from chibo.figures.selectors import Line


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
        return export(asked.missing if missing else asked.label, asked.columns, rows.order_by(*asked.order))
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
        "spread": spread_of(cells),
        "bars": _bars(asked, cells, period),
        "trend": _trend(asked, by_month(asked, scope), here.pk),
        "breakdowns": [(b, broken_down(asked, scope, b)) for b in asked.breakdowns],
        "missing": missing,
        "missing_count": (now.base or 0) - now.part,
        "table": Table(asked.columns, shown.rows, empty=_("Không có dòng nào."), caption=str(asked.label)),
        "shown": shown,
    }
    return page(request, "figures/figure.html", context, partial="rows")


def _bars(figure: Figure, cells: list[Line], period: Period) -> SafeString | str:
    """A bar for every cell, in the order of the units; none where there is only one."""
    if len(cells) < 2:
        return ""
    shown = [
        Bar(c.label, c.answer.value, c.answer.text, reverse("figures:figure", args=[figure.code, c.key, period]))
        for c in cells
    ]
    return bars(shown, title=_("Theo chi bộ"), top=100 if figure.counted else None)


def _trend(figure: Figure, months: list[Line], unit: int) -> SafeString | str:
    """The figure month by month, each mark leading to its month."""
    if len(months) < 2:
        return ""
    points = [
        Point(
            m.label,
            m.answer.value,
            f"{m.answer.percent} %" if figure.counted and m.answer.base else m.answer.text,
            reverse("figures:figure", args=[figure.code, unit, Period.of_month(m.key)]),
        )
        for m in months
    ]
    return line(
        points, title=_("Qua các tháng"), unit="%" if figure.counted else "", high=100 if figure.counted else None
    )
