"""Citations in a text beside the register. The same reading serves the page, the seeds and other apps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.timezone import localdate

from chibo.access.actor import Actor
from chibo.papers.models import Paper
from chibo.papers.rules.citations import Citation, read_citations
from chibo.papers.rules.citing import Known, Resolved, known_paper, resolve
from chibo.papers.rules.register import Secrecy
from chibo.papers.selectors.register import visible_papers
from chibo.units.models import Unit
from chibo.units.selectors import ids_above

MOST = 200
"""Citations of one text that are looked up."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, how it was matched, and the papers of the register that it is or may be."""

    resolved: Resolved
    papers: tuple[Paper, ...]

    @property
    def citation(self) -> Citation:
        return self.resolved.citation


def cited_in(text: str, unit: Unit, actor: Actor) -> list[Cited]:
    """The citations of ``text`` beside the register of the unit and of those above it, as far as the actor sees it."""
    citations = read_citations(text)[:MOST]
    here = {unit.pk, *ids_above(unit, localdate())}
    papers = {p.pk: p for p in _candidates(citations, actor).filter(unit_id__in=here)} if citations else {}
    return [
        Cited(one, tuple(papers[pk] for pk in one.papers))
        for one in resolve(citations, [_known(paper) for paper in papers.values()])
    ]


def _candidates(citations: Sequence[Citation], actor: Actor):  # type: ignore[no-untyped-def]
    """The papers whose symbol holds a number that is cited, and those that may go by a plenum."""
    asked = Q()
    for number in {c.number for c in citations if c.number}:
        asked |= Q(search_key__words=str(number))
    if any(c.session for c in citations):
        asked |= Q(search_key__words="trung uong") | Q(search_key__words="tw")
    return visible_papers(actor).filter(asked, secrecy=Secrecy.OPEN)


def _known(paper: Paper) -> Known:
    return known_paper(
        paper.pk, paper.symbol, paper.kind, paper.issuer, paper.issued_on, known_as=paper.known_as,
        subject=paper.subject,
    )  # fmt: skip
