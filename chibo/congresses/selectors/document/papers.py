"""The papers of a congress, by their address, as they would be issued."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from chibo.congresses.models import Congress
from chibo.congresses.rules.dossier import BY_THE_CONGRESS, PieceKind
from chibo.congresses.selectors.document import political_paper, request_paper, result_paper
from chibo.congresses.selectors.document.members import members_paper
from chibo.congresses.selectors.document.review import handover_minutes, review_paper
from chibo.papers.rules import Document, Symbol

PAPERS: dict[str, Callable[[Congress], Document]] = {
    "result": result_paper, "request": request_paper, "political": political_paper, "review": review_paper,
    "members": members_paper, "handover": handover_minutes,
}  # fmt: skip


def issuer_of(kind: PieceKind) -> str:
    """The letters of who issues: the congress, or the cell."""
    return "ĐH" if kind in BY_THE_CONGRESS else "CB"


def numbered(document: Document, number: int, issuer: str, on: date) -> Document:
    symbol = Symbol(number, document.kind.abbreviation, issuer)
    return replace(document, symbol=symbol, issued_on=on, draft="")
