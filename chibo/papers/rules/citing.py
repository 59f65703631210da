"""A citation and the papers of a register: the same, perhaps the same, or unknown; never guessed silently. Seed S2-02.

Numbers run from 01 again with each term (rulebook §6.2), so a symbol alone is no proof: the day, or the term of the
congress, must agree as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chibo.papers.rules.bodies import letters_of_body
from chibo.papers.rules.citations import Citation, read_citations
from chibo.papers.rules.grammar import spelt_once
from chibo.papers.rules.kinds import PaperKind, kinds_abbreviated
from chibo.papers.rules.symbols import Symbol, parse_symbol

CONGRESSES = {
    "X": date(2006, 4, 25),
    "XI": date(2011, 1, 19),
    "XII": date(2016, 1, 28),
    "XIII": date(2021, 2, 1),
    "XIV": date(2026, 1, 25),
}
"""The last day of each national congress: from the day after on papers bear its term (khóa)."""


class Match(StrEnum):
    FOUND = "found"
    POSSIBLE = "possible"
    UNKNOWN = "unknown"


class Doubt(StrEnum):
    """Why a citation is not simply found."""

    NONE = ""
    NO_DATE = "no_date"
    OTHER_DATE = "other_date"
    SEVERAL = "several"
    PARTIAL = "partial"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Known:
    """A paper of the register, as far as citations name it; ``pk`` is whatever finds it again."""

    pk: int
    symbol: Symbol | None
    kinds: tuple[PaperKind, ...]
    issued_on: date | None
    issuer: str = ""
    names: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Resolved:
    """A citation with the papers it is, or may be."""

    citation: Citation
    match: Match
    papers: tuple[int, ...] = ()
    doubt: Doubt = Doubt.NONE


@dataclass(slots=True)
class _Found:
    sure: list[Known] = field(default_factory=list)
    perhaps: list[Known] = field(default_factory=list)


def known_paper(
    pk: int, symbol: str, kind: str, issuer: str, issued_on: date | None, *, known_as: str = "", subject: str = ""
) -> Known:
    """A row of the register; its other name and its subject are read for what they are called by."""
    try:
        parsed = parse_symbol(symbol)
    except ValueError:
        parsed = None
    labelled = tuple(k for k in PaperKind if k.label.casefold() == kind.strip().casefold())
    kinds = labelled or (kinds_abbreviated(parsed.kind) if parsed else ())
    names = tuple(c for text in (known_as, subject) for c in read_citations(text) if c.session or text == known_as)
    return Known(pk, parsed, kinds, issued_on, issuer, names)


def resolve(citations: Sequence[Citation], register: Iterable[Known]) -> list[Resolved]:
    """Each citation beside the register, in order.

    A second mention without its day ("Quyết định số 967-QĐ/QU") is the first one's, where the same text gave it once.
    """
    papers = list(register)
    first = [_resolved(citation, papers) for citation in citations]
    named: dict[str, set[tuple[int, ...]]] = {}
    for one in first:
        if one.match is Match.FOUND and one.citation.symbol:
            named.setdefault(one.citation.symbol, set()).add(one.papers)
    return [_as_before(one, named.get(one.citation.symbol, set())) for one in first]


def _as_before(one: Resolved, named: set[tuple[int, ...]]) -> Resolved:
    if one.match is Match.POSSIBLE and one.doubt in (Doubt.NO_DATE, Doubt.SEVERAL) and len(named) == 1:
        (papers,) = named
        if set(papers) <= set(one.papers):
            return Resolved(one.citation, Match.FOUND, papers)
    return one


def _resolved(citation: Citation, papers: list[Known]) -> Resolved:
    found = _Found()
    other_date: list[Known] = []
    for paper in papers:
        if not _may_be(citation, paper):
            continue
        agrees = _day_agrees(citation, paper)
        if agrees is False:
            other_date.append(paper)
        elif agrees and _is_whole(citation, paper):
            found.sure.append(paper)
        else:
            found.perhaps.append(paper)
    if len(found.sure) == 1:
        return Resolved(citation, Match.FOUND, (found.sure[0].pk,))
    candidates = found.sure or found.perhaps
    pks = tuple(paper.pk for paper in candidates)
    if len(candidates) > 1:
        return Resolved(citation, Match.POSSIBLE, pks, Doubt.SEVERAL)
    if candidates:
        return Resolved(citation, Match.POSSIBLE, pks, Doubt.NO_DATE if citation.symbol else Doubt.PARTIAL)
    if other_date:
        return Resolved(citation, Match.POSSIBLE, tuple(p.pk for p in other_date), Doubt.OTHER_DATE)
    return Resolved(citation, Match.UNKNOWN, (), Doubt.ABSENT)


def _may_be(citation: Citation, paper: Known) -> bool:
    if citation.session:
        return any(
            name.session == citation.session
            and set(name.kinds) & set(citation.kinds)
            and (not name.term or not citation.term or name.term == citation.term)
            for name in paper.names
        )
    if paper.symbol is None or paper.symbol.number != citation.number:
        return False
    if paper.kinds and citation.kinds and not set(paper.kinds) & set(citation.kinds):
        return False
    if citation.body and letters_of_body(paper.symbol.issuer) != citation.body:
        return False
    return not citation.issuer or bool(citation.body) or _same_issuer(citation.issuer, paper.issuer)


def _is_whole(citation: Citation, paper: Known) -> bool:
    """Whether enough is said to be sure: the whole symbol, or number and issuer with the very day, or plenum and term."""
    if citation.session:
        return bool(citation.term)
    if citation.symbol:
        return True
    return citation.issued_on is not None and bool(citation.issuer) and _same_issuer(citation.issuer, paper.issuer)


def _day_agrees(citation: Citation, paper: Known) -> bool | None:
    """True where day, year or term agree; False where they differ; None where one of both does not say."""
    if citation.session:
        return True
    if paper.issued_on is None:
        return None
    if citation.issued_on:
        return citation.issued_on == paper.issued_on
    if citation.year:
        return citation.year == paper.issued_on.year
    if citation.term:
        term = term_on(paper.issued_on)
        return None if not term else term == citation.term
    return None


def term_on(day: date) -> str:
    """The term of the Central Committee on a day: "XII"; "" before those that are known here."""
    begun = [term for term, end in CONGRESSES.items() if end < day]
    return begun[-1] if begun else ""


def _same_issuer(one: str, other: str) -> bool:
    """Whether one name is the other or a part of it: "Quận ủy" and "Ban Thường vụ Quận ủy Hoa Sen"."""
    first, second = (f" {' '.join(spelt_once(name)[1].split())} " for name in (one, other))
    return bool(first.strip() and second.strip()) and (first in second or second in first)
