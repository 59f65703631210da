"""The first page, the ward's board, the cell's book, and the search of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from chibo.access.actions import note_looked
from chibo.access.charter import Can
from chibo.core.charts import Grid, Row, Square, heatmap
from chibo.core.http import export, page
from chibo.core.registry import Column
from chibo.core.tables import Table, page_by_key
from chibo.core.templatetags.journal import verb_words
from chibo.core.values import Period
from chibo.desk.selectors import board_figures, board_of, book_figures, desk_of, events_of, found_by, journal_for
from chibo.figures.selectors import answer
from chibo.members.selectors import member_of
from chibo.units.selectors import home_unit, names_of, scope_of, unit_for
from chibo.warnings.selectors import counted_above, to_mend

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from chibo.access.request import Request
    from chibo.desk.selectors import Board


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
    shown = board_of(figure, scope)
    context = {
        "unit": here,
        "period": period,
        "figures": figures,
        "figure": figure,
        "board": shown,
        "heatmap": _heatmap(shown),
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
        "cells": {} if here.pk in scope.cells else names_of(scope.cells),
    }
    return page(request, "desk/book.html", context)


JOURNAL = (
    Column(_("Lúc"), "at", 18, "date"),
    Column(_("Ai"), lambda entry: entry.user or gettext("Cài đặt"), 24),
    Column(_("Việc"), verb_words, 28),
    Column(_("Đối tượng"), "subject_label", 30),
)


def journal(request: Request) -> HttpResponse:
    """Who did what, when, to what: the lines that concern whoever asks."""
    lines = journal_for(request.actor)
    if request.GET.get("format") == "xlsx":
        return export(_("Nhật ký"), JOURNAL, lines.order_by("-seq")[:5000])
    shown = page_by_key(lines, order=("-seq",), after=request.GET.get("after"))
    table = Table(JOURNAL, shown.rows, empty=gettext("Chưa có dòng nào."))
    return page(request, "desk/journal.html", {"table": table, "shown": shown})


def search(request: Request) -> HttpResponse:
    """Everything the house finds, of what the actor may see."""
    words = request.GET.get("q", "")[:100]
    return page(request, "desk/search.html", {"q": words, "hits": found_by(request.actor, words)}, partial="hits")


def _heatmap(board: Board) -> SafeString:
    """Cells × months; every square says its number and opens its rows."""
    figure = board.figure
    heads = [f"{month:%m/%y}" for month in board.months]
    top = max((a.value or 0 for _pk, _name, line in board.rows for a in line if a), default=0)
    rows = []
    for pk, name, line in board.rows:
        squares = []
        for month, answer_ in zip(board.months, line, strict=True):
            if answer_ is None or answer_.value is None:
                squares.append(Square(""))
                continue
            level = int(4 * answer_.value / (100 if figure.counted else top or 1))
            url = reverse("figures:figure", args=[figure.code, pk, Period.of_month(month)])
            squares.append(Square(answer_.percent or str(answer_.part), level, url, answer_.text))
        rows.append(Row(name, squares, reverse("desk:book", args=[pk, Period.of_year(board.months[0].year)])))
    return heatmap(Grid(str(figure.label), heads, rows, corner=gettext("Chi bộ")))
