"""An official paper as a preview on the page. HD 36, HD 05-HD/VPTW; rulebook §6.4.

The page that shows it links ``papers/paper.css``. Classes only: the content policy forbids inline styles.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import override

from chibo.core import charts
from chibo.papers.rules.charts import Chart, Drawing, Panel
from chibo.papers.rules.documents import Document, PageBreak, Table
from chibo.papers.rules.layouts import LayoutRules, layout_of
from chibo.papers.rules.printing import NOTHING_TO_DRAW, PARTY, RECIPIENTS, Piece, printed


def html_of(document: Document, layout: LayoutRules | None = None) -> SafeString:
    """The paper as one ``<article class="paper">``, every typed text escaped."""
    layout = layout or layout_of(document)
    sheet = printed(document, layout)
    facts = {
        "sheet": sheet,
        "rules": layout,
        "party": PARTY,
        "recipients_heading": RECIPIENTS,
        "pieces": _pieces(sheet.body),
        "annexes": [(annex, _pieces(annex.body)) for annex in sheet.annexes],
    }
    return render_to_string("papers/preview.html", facts)


def _pieces(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    """Each piece with what it is; a table with its cells beside their columns."""
    shown: list[dict[str, Any]] = []
    for piece in pieces:
        if isinstance(piece, PageBreak):
            shown.append({"is": "break"})
        elif isinstance(piece, Table):
            shown.append(_table(piece))
        elif isinstance(piece, Chart):
            panels: list[str] = [_panel(panel) for panel in piece.panels] or [NOTHING_TO_DRAW]
            shown.append({"is": "chart", "title": piece.title, "panels": panels})
        else:
            shown.append({"is": piece.style.value, "line": piece})
    return shown


@override("vi")  # as all of the paper
def _panel(panel: Panel) -> SafeString:
    """The drawing of the house's pages, with its numbers in words."""
    if panel.drawing is Drawing.LINE:
        points = [charts.Point(mark.label, mark.value, mark.text) for mark in panel.marks]
        return charts.line(points, title=panel.title, unit=panel.unit, high=panel.full)
    bars = [charts.Bar(mark.label, mark.value, mark.text) for mark in panel.marks]
    return charts.bars(bars, title=panel.heading, top=panel.top)


def _table(table: Table) -> dict[str, Any]:
    whole = sum(column.width for column in table.columns)
    return {
        "is": "table",
        "caption": table.caption,
        "columns": [(column, _share(column.width / whole)) for column in table.columns],
        "rows": [list(zip(table.columns, row, strict=True)) for row in table.rows],
        "total": list(zip(table.columns, table.total, strict=True)) if table.total else [],
    }


def _share(part: float) -> int:
    """Width of a column in steps of 5 %, as ``paper.css`` names them."""
    return max(5, min(100, round(part * 20) * 5))
