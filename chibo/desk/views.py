"""The first page, the ward's board, the cell's book, and the search of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from chibo.access.actions import note_looked
from chibo.access.charter import Can
from chibo.core.charts import Grid, Row, Square, heatmap
from chibo.core.http import export, page
from chibo.core.registry import MOST_HITS, Column
from chibo.core.tables import Table, page_by_key
from chibo.core.templatetags.journal import verb_words
from chibo.core.values import Period
from chibo.desk.selectors import (
    board_figures,
    board_of,
    board_of_cell,
    book_figures,
    desk_of,
    events_of,
    found_by,
    journal_for,
    leaders_of,
    places_of,
    shelf_of,
)
from chibo.members.selectors import member_of
from chibo.units.selectors import home_unit, scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from chibo.access.request import Request
    from chibo.desk.selectors import Board, Line
    from chibo.figures.rules import Answer


def home(request: Request) -> HttpResponse:
    """What waits for me, what is due, what changed since I last looked; what is short follows by itself."""
    context = {
        "desk": desk_of(request.actor, timezone.now()),
        "today": localdate(),
        "home": home_unit(request.actor),
        "member": member_of(request.actor),
        "warned": home_unit(request.actor, Can.MEND_WARNINGS),
    }
    return page(request, "desk/home.html", context)


@require_POST
def looked(request: Request) -> HttpResponse:
    """I have seen what changed; from now on count what comes after."""
    note_looked(request.actor.user, actor=request.actor, at=timezone.now())
    return redirect("desk:home")


def board_start(request: Request) -> HttpResponse:
    unit = home_unit(request.actor, Can.SEE_FIGURES)
    if unit is None:
        raise Http404
    return redirect("desk:board", unit.pk, str(localdate().year))


def board(request: Request, unit: int, period: Period) -> HttpResponse:
    """Cells × months of a chosen figure; for a cell its figures × months. A square opens its rows."""
    here = unit_for(request.actor, unit, Can.SEE_FIGURES)
    scope = scope_of(here, period)
    figures = board_figures(request.actor, scope)
    if not figures:
        raise Http404
    is_cell = scope.cells == (here.pk,)
    asked = request.GET.get("figure")
    figure = next((f for f in figures if f.code == asked), figures[0])
    shown = board_of_cell(figures, scope) if is_cell else board_of(figure, scope)
    context = {
        "unit": here,
        "unit_choices": unit_choices(request.actor, here, Can.SEE_FIGURES, reverse("desk:board", args=[0, period])),
        "period": period,
        "figures": [] if is_cell else figures,
        "figure": None if is_cell else figure,
        "shares": is_cell or figure.counted is not None,
        "board": shown,
        "heatmap": _heatmap(shown, period, is_cell=is_cell),
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
    places = unit_choices(request.actor, here, Can.SEE_MEETINGS, reverse("desk:book", args=[0, period]))
    context = {"unit": here, "unit_choices": places, "period": period, "scope": scope}
    if scope.cells != (here.pk,):
        return page(request, "desk/shelf.html", {**context, "shelf": shelf_of(request.actor, scope)})
    context |= {
        "figures": book_figures(request.actor, scope),
        "leaders": leaders_of(here, scope.day),
        "months": events_of(scope),
        "may_convene": request.actor.may(Can.KEEP_MEETINGS, here),
    }
    return page(request, "desk/book.html", context)


def journal(request: Request) -> HttpResponse:
    """Who did what, when, to what, where: the lines that concern whoever asks."""
    lines = journal_for(request.actor)
    if request.GET.get("format") == "xlsx":
        rows = list(lines.order_by("-seq")[:5000])
        return export(_("Nhật ký"), _journal_columns(places_of(rows)), rows)
    shown = page_by_key(lines, order=("-seq",), after=request.GET.get("after"))
    table = Table(_journal_columns(places_of(shown.rows)), shown.rows, empty=gettext("Chưa có dòng nào."))
    return page(request, "desk/journal.html", {"table": table, "shown": shown})


def _journal_columns(places: dict[str, str]) -> tuple[Column, ...]:
    return (
        Column(_("Lúc"), "at", 18, "date"),
        Column(_("Ai"), lambda entry: entry.user or gettext("Cài đặt"), 24),
        Column(_("Việc"), verb_words, 28),
        Column(_("Đối tượng"), "subject_label", 30),
        Column(_("Ở đâu"), lambda entry: places.get(entry.unit_path, ""), 24),
    )


def search(request: Request) -> HttpResponse:
    """Everything the house finds, of what the actor may see."""
    words = request.GET.get("q", "").strip()[:100]
    context = {"q": words, "kinds": found_by(request.actor, words), "most": MOST_HITS}
    return page(request, "desk/search.html", context, partial="hits")


def _heatmap(board: Board, period: Period, *, is_cell: bool) -> SafeString:
    """The board as a heat map: every square says its number and opens its rows."""
    heads = [gettext("Cả kỳ"), *(f"{month:%m/%y}" for month in board.months)]
    periods = [period, *map(Period.of_month, board.months)]
    top = max((a.value or 0 for line in board.lines for a in line.squares if a), default=0)
    book = reverse("desk:book", args=[0, period]).partition("/0/")
    rows = []
    roads: dict[str, list[tuple[str, str, str]]] = {}
    for line in [*board.lines, *([board.foot] if board.foot else [])]:
        code = line.figure.code
        if code not in roads:
            roads[code] = [reverse("figures:figure", args=[code, 0, one]).partition("/0/") for one in periods]
        squares = [
            _square(line, answer, road, top)
            for answer, road in zip((line.whole, *line.squares), roads[code], strict=True)
        ]
        rows.append(Row(line.label, squares, _address(roads[code][0] if is_cell else book, line.unit_id)))
    foot = Row(rows[-1].label, rows.pop().squares) if board.foot else None
    title = gettext("Các số liệu theo tháng") if is_cell or not board.lines else str(board.lines[0].figure.label)
    return heatmap(Grid(title, heads, rows, gettext("Số liệu") if is_cell else gettext("Chi bộ"), foot))


def _address(road: tuple[str, str, str], unit: int) -> str:
    """The address of a unit's page, from that of the unit 0: one ``reverse`` for a whole column."""
    return f"{road[0]}/{unit}/{road[2]}"


def _square(line: Line, answer: Answer | None, road: tuple[str, str, str], top: float) -> Square:
    if answer is None or answer.value is None:
        return Square("")
    level = min(4, int(4 * answer.value / (100 if line.figure.counted else top or 1)))
    return Square(answer.percent or str(answer.part), level, _address(road, line.unit_id), answer.text)
