"""The board of what is short: mine to mend by name, others' by count after their grace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.http import export, page
from chibo.core.registry import Column
from chibo.core.tables import Filter, Table
from chibo.units.rules import Level
from chibo.units.selectors import home_unit, unit_choices, unit_for
from chibo.warnings.selectors import shown_to

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.units.models import Unit
    from chibo.warnings.selectors import Group

SHOWN = 7
"""How many lines of a check stand on the page of all; the rest stands behind its count (look.md)."""
CHECK = (Column(_("Việc"), "check.label", 40), Column(_("Căn cứ"), "check.article", 40))
MINE = (
    Column(_("Đối tượng"), "found.subject", 28),
    Column(_("Chi bộ"), "unit_name", 24),
    Column(_("Còn thiếu"), "found.detail", 50),
    Column(_("Từ ngày"), "found.since", 12, "date"),
    Column(_("Nên làm"), "found.remedy", 40, link=lambda warned: warned.found.url),
)
COUNTS = (Column(_("Chi bộ"), "unit_name", 24), Column(_("Số lượng"), "number", 10, "number"))


def start(request: Request) -> HttpResponse:
    unit = home_unit(request.actor, Can.SEE_WARNINGS)
    if unit is None:
        raise Http404
    return redirect("warnings:index", unit.pk)


def index(request: Request, unit: int) -> HttpResponse:
    """What is short today, all or of one check; for the desk only how many of each."""
    here, today = unit_for(request.actor, unit, Can.SEE_WARNINGS), localdate()
    groups = shown_to(request.actor, here, today)
    asked = next((g for g in groups if g.check.code == request.GET.get("check")), None)
    shown = [asked] if asked else groups
    if request.GET.get("format") == "xlsx":
        return _workbook(request, shown)
    context = {
        "unit": here,
        "unit_choices": unit_choices(request.actor, here, Can.SEE_WARNINGS, reverse("warnings:index", args=[0])),
        "today": today,
        "groups": groups,
        "mine": [(g, _mine(g, here, whole=bool(asked)), max(0, len(g.mine) - SHOWN)) for g in shown if g.mine],
        "counts": [g for g in shown if g.counts],
        "asked": asked,
        "filters": [Filter("check", gettext("Việc"), [(g.check.code, g.check.label, _number(g)) for g in groups])],
    }
    return page(request, "warnings/index.html", context, partial="brief")


def _number(group: Group) -> int:
    return len(group.mine) + group.counted


def _mine(group: Group, here: Unit, *, whole: bool) -> Table:
    columns = [column for column in MINE if here.level != Level.CELL or column.value != "unit_name"]
    return Table(columns, group.mine if whole else group.mine[:SHOWN])


def _workbook(request: Request, groups: list[Group]) -> HttpResponse:
    """The lists as they stand; ``part=counts`` that of the numbers."""
    rows: list[Any]
    if request.GET.get("part") == "counts":
        rows = [count for group in groups for count in group.counts]
        return export(gettext("Việc cấp dưới chưa khắc phục"), (*CHECK, *COUNTS), rows)
    rows = [warned for group in groups for warned in group.mine]
    return export(gettext("Việc còn thiếu"), (*CHECK, *MINE), rows)
