"""The board of what is short: mine to mend by name, others' by count after their grace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate

from chibo.access.charter import Can
from chibo.core.http import page
from chibo.units.selectors import home_unit, unit_for
from chibo.warnings.selectors import counted_above, to_mend

if TYPE_CHECKING:
    from chibo.access.request import Request


def start(request: Request) -> HttpResponse:
    unit = home_unit(request.actor, Can.SEE_WARNINGS)
    if unit is None:
        raise Http404
    return redirect("warnings:index", unit.pk)


def index(request: Request, unit: int) -> HttpResponse:
    here = unit_for(request.actor, unit, Can.SEE_WARNINGS)
    today = localdate()
    context = {
        "unit": here,
        "mine": to_mend(request.actor, here, today),
        "counts": counted_above(request.actor, here, today),
        "today": today,
    }
    return page(request, "warnings/index.html", context)
