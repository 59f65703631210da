"""Citations in a text beside the register. The same reading serves the page, the seeds and other apps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.forms import write_date
from chibo.papers.models import Paper
from chibo.papers.rules.citations import Citation, read_citations
from chibo.papers.rules.citing import Known, Match, Resolved, known_paper, resolve
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

    @property
    def is_found(self) -> bool:
        return self.resolved.match is Match.FOUND


@dataclass(frozen=True, slots=True)
class Beside:
    """A text's citations beside the register: each with the form of the register that it fills, and how many of which."""

    lines: list[tuple[Cited, str]]
    may_keep: bool

    @property
    def counts(self) -> tuple[int, ...]:
        """Found, doubtful, unknown."""
        return tuple(sum(one.resolved.match is match for one, _address in self.lines) for match in Match)

    @property
    def found(self) -> list[Paper]:
        return [one.papers[0] for one, _address in self.lines if one.is_found]

    @property
    def open(self) -> list[str]:
        """What the text says of those that are not simply found, each once."""
        return list(dict.fromkeys(one.citation.text for one, _address in self.lines if not one.is_found))


def beside_register(text: str, unit: Unit, actor: Actor) -> Beside:
    """A text as the page of citations, or one where something is decided on them, shows it."""
    lines = [(one, _to_register(unit.pk, one.citation)) for one in cited_in(text, unit, actor)]
    return Beside(lines, actor.may(Can.KEEP_PAPERS, unit))


def papers_to_cite(unit: Unit, actor: Actor) -> QuerySet[Paper]:
    """What a paper of the unit may rest on: the registers of the unit and of those above it, as far as the actor sees."""
    here = {unit.pk, *ids_above(unit, localdate())}
    return visible_papers(actor).filter(unit_id__in=here, secrecy=Secrecy.OPEN)


def cited_in(text: str, unit: Unit, actor: Actor) -> list[Cited]:
    """The citations of ``text`` beside the register of the unit and of those above it, as far as the actor sees it."""
    citations = read_citations(text)[:MOST]
    papers = {p.pk: p for p in papers_to_cite(unit, actor).filter(_named(citations))} if citations else {}
    return [
        Cited(one, tuple(papers[pk] for pk in one.papers))
        for one in resolve(citations, [_known(paper) for paper in papers.values()])
    ]


def _named(citations: Sequence[Citation]) -> Q:
    """The papers whose symbol holds a number that is cited, and those that may go by a plenum."""
    asked = Q()
    for number in {c.number for c in citations if c.number}:
        asked |= Q(search_key__words=str(number))
    if any(c.session for c in citations):
        asked |= Q(search_key__words="trung uong") | Q(search_key__words="tw")
    return asked


def _to_register(unit: int, citation: Citation) -> str:
    """The form of the register with what the citation says filled in."""
    told: dict[str, Any] = {
        "symbol": citation.symbol,
        "kind": citation.kinds[0].label if citation.kinds else "",
        "issued_on": write_date(citation.issued_on) if citation.issued_on else "",
        "issuer": citation.issuer,
        "known_as": citation.name if citation.session else "",
    }
    return f"{reverse('papers:register', args=[unit])}?{urlencode({k: v for k, v in told.items() if v})}"


def _known(paper: Paper) -> Known:
    return known_paper(
        paper.pk, paper.symbol, paper.kind, paper.issuer, paper.issued_on, known_as=paper.known_as,
        subject=paper.subject,
    )  # fmt: skip
