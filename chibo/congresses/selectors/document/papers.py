"""The papers of a congress, by their address; those that were issued bear their number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from chibo.congresses.models import Congress, CongressRound
from chibo.congresses.rules.dossier import BY_THE_CONGRESS, PieceKind
from chibo.congresses.selectors.document import political_paper, request_paper, result_paper
from chibo.congresses.selectors.document.members import members_paper
from chibo.congresses.selectors.document.review import handover_minutes, review_paper
from chibo.congresses.selectors.document.rounds import round_report
from chibo.papers.models import Paper
from chibo.papers.rules import Document, Symbol, parse_symbol

PAPERS: dict[str, Callable[[Congress], Document]] = {
    "result": result_paper, "request": request_paper, "political": political_paper, "review": review_paper,
    "members": members_paper, "handover": handover_minutes,
}  # fmt: skip


def paper_of(congress: Congress, kind: str) -> Document:
    """As it was issued, or as it would be."""
    issued = congress.papers.filter(kind=kind).select_related("paper").first()
    document = PAPERS[kind](congress)
    return _borne(document, issued.paper) if issued else document


def report_on(round_: CongressRound, today: date) -> Document:
    """The report on the round as it was issued, or as it stands today."""
    paper = round_.report
    return _borne(round_report(round_, paper.issued_on or today), paper) if paper else round_report(round_, today)


def _borne(document: Document, paper: Paper) -> Document:
    return replace(document, symbol=parse_symbol(paper.symbol), issued_on=paper.issued_on, draft="")


def issuer_of(kind: PieceKind) -> str:
    """The letters of who issues: the congress, or the cell."""
    return "ĐH" if kind in BY_THE_CONGRESS else "CB"


def numbered(document: Document, number: int, issuer: str, on: date) -> Document:
    symbol = Symbol(number, document.kind.abbreviation, issuer)
    return replace(document, symbol=symbol, issued_on=on, draft="")
