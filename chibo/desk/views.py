"""The first page, the ward's board, the cell's book, and the search of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from chibo.access.actions import note_looked
from chibo.access.charter import Can
from chibo.core.http import page
from chibo.core.values import Period
from chibo.desk.selectors import board_figures, board_of, book_figures, desk_of, events_of, found_by
from chibo.figures.selectors import answer
from chibo.members.selectors import member_of
from chibo.units.selectors import home_unit, scope_of, unit_for
from chibo.warnings.selectors import counted_above, to_mend

if TYPE_CHECKING:
    from chibo.access.request import Request


def home(request: Request) -> HttpResponse:
    """What waits for me, what is due, what changed since I last looked."""
    today, unit = localdate(), home_unit(request.actor)
    context = {
        "desk": desk_of(request.actor, today),
        "today": today,
        "home": unit,
        "member": member_of(request.actor),
        "warnings": to_mend(request.actor, unit, today) if unit else [],
        "counts": counted_above(request.actor, unit, today) if unit else [],
    }
    return page(request, "desk/home.html", context)


@require_POST
def looked(request: Request) -> HttpResponse:
    """I have seen what changed; from now on count what comes after."""
    note_looked(request.actor.user, actor=request.actor, at=now())
    return redirect("desk:home")


def board_start(request: Request) -> HttpResponse:
    unit = home_unit(request.actor, Can.SEE_FIGURES)
    if unit is None:
        raise Http404
    return redirect("desk:board", unit.pk, str(localdate().year))


def board(request: Request, unit: int, period: Period) -> HttpResponse:
    """Cells × months of a chosen figure; a square opens its rows."""
    here = unit_for(request.actor, unit, Can.SEE_FIGURES)
    scope = scope_of(here, period)
    figures = board_figures(request.actor, scope)
    if not figures:
        raise Http404
    asked = request.GET.get("figure")
    figure = next((f for f in figures if f.code == asked), figures[0])
    context = {
        "unit": here,
        "period": period,
        "figures": figures,
        "figure": figure,
        "board": board_of(figure, scope),
        "answer": answer(figure, scope),
    }
    return page(request, "desk/board.html", context, partial="board")


def book_start(request: Request) -> HttpResponse:
    unit = home_unit(request.actor, Can.SEE_MEETINGS)
    if unit is None:
        raise Http404
    return redirect("desk:book", unit.pk, str(localdate().year))


def book(request: Request, unit: int, period: Period) -> HttpResponse:
    """One page for a cell: its figures and the year as a line; for a ward, its cells' books."""
    here = unit_for(request.actor, unit, Can.SEE_MEETINGS)
    scope = scope_of(here, period)
    context = {
        "unit": here,
        "period": period,
        "figures": book_figures(request.actor, scope),
        "months": events_of(scope) if here.pk in scope.cells else [],
        "is_cell": here.pk in scope.cells,
        "cells": [] if here.pk in scope.cells else scope.cells,
    }
    return page(request, "desk/book.html", context)


def search(request: Request) -> HttpResponse:
    """Everything the house finds, of what the actor may see."""
    words = request.GET.get("q", "")[:100]
    return page(request, "desk/search.html", {"q": words, "hits": found_by(request.actor, words)}, partial="hits")
