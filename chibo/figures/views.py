"""A figure's pages: the list of all, and one with its rows, table, trend and export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.charts import Bar, Point, bars, line
from chibo.core.http import export, page
from chibo.core.registry import Column
from chibo.core.tables import Table, page_by_key
from chibo.core.values import Period
from chibo.figures.selectors import (
    balances,
    broken_down,
    by_month,
    by_unit,
    change,
    figure_named,
    figures_for,
    overview,
    rows_counted,
    rows_missing,
    rows_of_kind,
    spread_of,
)
from chibo.units.selectors import home_unit, scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.utils.safestring import SafeString

    from chibo.access.request import Request
    from chibo.core.registry import Breakdown, Figure, Scope
    from chibo.figures.selectors import Line

ROWS = 25
"""How many rows of evidence stand on a figure's page; the others follow page by page."""
INDEX = (
    Column(gettext_lazy("Số liệu"), "figure.label", 36),
    Column(gettext_lazy("Kết quả"), "answer.text", 18, "number"),
    Column(gettext_lazy("Cách tính"), "figure.meaning", 70),
)


def start(request: Request) -> HttpResponse:
    """The figures of where one works, this year."""
    unit = home_unit(request.actor, Can.SEE_FIGURES)
    if unit is None:
        raise Http404
    return redirect("figures:index", unit.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """Every figure of the unit and period, by what it is about, and the sums that must agree."""
    here = unit_for(request.actor, unit, Can.SEE_FIGURES)
    asked = overview(request.actor, scope_of(here, period))
    if request.GET.get("format") == "xlsx":
        return export(_("Số liệu %(unit)s %(period)s") % {"unit": here, "period": period}, INDEX, asked)
    places = unit_choices(request.actor, here, Can.SEE_FIGURES, reverse("figures:index", args=[0, period]))
    context = {"unit": here, "unit_choices": places, "period": period, "asked": asked, "balances": balances(asked)}
    return page(request, "figures/index.html", context)


def figure(request: Request, code: str, unit: int, period: Period) -> HttpResponse:
    """The number, what it counts, its table by cell, its trend, its rows.

    ``show=missing`` lists those not counted; ``by`` and ``is`` the rows behind one line of a breakdown, or who is
    missing among them.
    """
    asked = figure_named(code)
    here = unit_for(request.actor, unit, Can.SEE_FIGURES)
    if asked is None or asked not in figures_for(request.actor, here):
        raise Http404
    scope = scope_of(here, period)
    by_name = request.actor.may(Can(asked.missing_can or asked.can), here)
    missing = request.GET.get("show") == "missing" and asked.counted is not None
    if missing and not by_name:
        raise PermissionDenied
    kinds = [(b, broken_down(asked, scope, b)) for b in asked.breakdowns]
    kind = None if missing else _kind(request, kinds)
    among = _among(request, asked) if missing else {}
    rows = _rows(asked, scope, kind, missing=missing).filter(**among)
    head = asked.missing or _("Không được tính") if missing else asked.label
    part = kind[1].label if kind else ", ".join(among.values())
    title = f"{head}: {part}" if part else head
    if request.GET.get("format") == "xlsx":
        return export(title, asked.columns, rows.order_by(*asked.order))
    shown = page_by_key(rows, order=asked.order, after=request.GET.get("after"), size=ROWS)
    above, cells = by_unit(asked, scope)
    earlier, now = change(asked, scope, period.before())
    context = {
        "figure": asked,
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_FIGURES, reverse("figures:figure", args=[code, 0, period])
        ),
        "period": period,
        "scope": scope,
        "answer": now,
        "is_share": asked.counted is not None,
        "earlier": earlier,
        "earlier_period": period.before(),
        "spread": None if above and not any(one.answer.part for one in cells) else spread_of(cells),
        "bars": _bars(asked, above, cells, period),
        "trend": _trend(asked, by_month(asked, scope), here.pk),
        "breakdowns": [(b, lines, sum(one.answer.part for one in lines) > now.part) for b, lines in kinds],
        "kind": kind,
        "missing": missing,
        "by_name": by_name,
        "missing_count": (now.base or 0) - now.part,
        "title": title,
        "table": Table(asked.columns, shown.rows, empty=_("Không có dòng nào.")),
        "shown": shown,
    }
    return page(request, "figures/figure.html", context, partial="rows")


def _kind(request: Request, kinds: list[tuple[Breakdown, list[Line]]]) -> tuple[Breakdown, Line] | None:
    """The line of a breakdown that the address names, if there is such a line."""
    for breakdown, lines in kinds:
        if request.GET.get("by") == breakdown.by:
            found = (found for found in lines if str(found.key or "") == request.GET.get("is", ""))
            return next(((breakdown, one) for one in found), None)
    return None


def _among(request: Request, asked: Figure) -> dict[str, str]:
    """The kind among which those missing are looked for, if the address names one of the figure's breakdowns."""
    by, value = request.GET.get("by"), request.GET.get("is", "")
    return {b.by: value for b in asked.breakdowns if b.by == by and value}


def _rows(asked: Figure, scope: Scope, kind: tuple[Breakdown, Line] | None, *, missing: bool) -> QuerySet[Any]:
    if missing:
        return rows_missing(asked, scope)
    return rows_of_kind(asked, scope, kind[0], kind[1].key) if kind else rows_counted(asked, scope)


def _bars(figure: Figure, above: list[Line], cells: list[Line], period: Period) -> SafeString | str:
    """A bar for every cell, in the order of the units, after what stands above them; none where there is only one."""
    if len(above) + len(cells) < 2:
        return ""
    shown = [Bar(one.label, one.answer.value, one.answer.text) for one in above]
    shown += [
        Bar(c.label, c.answer.value, c.answer.text, reverse("figures:figure", args=[figure.code, c.key, period]))
        for c in cells
    ]
    title = _("Theo tổ chức đảng") if above else _("Theo chi bộ")
    return bars(shown, title=title, top=100 if figure.counted else None)


def _trend(figure: Figure, months: list[Line], unit: int) -> SafeString | str:
    """The figure month by month, each mark leading to its month."""
    if len(months) < 2:
        return ""
    points = [
        Point(
            m.label,
            m.answer.value,
            m.answer.short,
            reverse("figures:figure", args=[figure.code, unit, Period.of_month(m.key)]),
        )
        for m in months
    ]
    return line(
        points, title=_("Qua các tháng"), unit="%" if figure.counted else "", high=100 if figure.counted else None
    )
