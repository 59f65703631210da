"""Papers are entered in the register, linked and numbered here; everything issued comes in by ``issue_paper``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localdate

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.importing import Done, Kept, Report, RowPlan, RowState
from chibo.core.refusal import refuse_if
from chibo.core.searching import words_of
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.members.selectors import term_of
from chibo.papers.models import Enclosure, Number, Paper, PaperLink, Series
from chibo.papers.rules import Document, objections_to_issuing
from chibo.papers.rules.numbering import (
    NumberState,
    kind_named,
    kind_numbered,
    objections_to_explaining,
    objections_to_reserving,
    objections_to_using,
    objections_to_voiding,
    series_of_symbol,
)
from chibo.papers.rules.register import (
    Direction,
    Relation,
    Secrecy,
    as_name,
    kind_of,
    objections_to_dates,
    objections_to_linking,
    objections_to_registering,
    objections_to_taking_out,
)
from chibo.papers.rules.symbols import parse_symbol
from chibo.papers.selectors.register import content_of, is_circle, named_file, same_symbol
from chibo.units.models import Unit

# ---------------------------------------------------------------------------------------------- register


@action(Can.KEEP_PAPERS)
def register_paper(
    unit: Unit,
    *,
    actor: Actor,
    kind: str,
    issuer: str,
    subject: str = "",
    symbol: str = "",
    issued_on: date | None = None,
    file: Any = None,
    secrecy: str = Secrecy.OPEN,
    direction: str = Direction.INCOMING,
    **facts: Any,
) -> Paper:
    """Enter a document received, issued or for use inside, with its file if there is one.

    ``facts`` are ``signer``, ``known_as``, ``received_on``, ``in_force_from`` and ``in_force_to``. Of a secret document
    nothing but number, type, issuer and day is taken. One of the unit's own bears its number in the unit's series.
    """
    paper = Paper(unit=unit, kind=kind, issuer=issuer, subject=subject, symbol=symbol, issued_on=issued_on)
    paper.secrecy, paper.direction = secrecy, direction
    _write(paper, file, facts)
    _bear_number(paper, actor)
    return paper


@action(Can.KEEP_PAPERS)
def correct_paper(paper: Paper, *, actor: Actor, file: Any = None, **facts: Any) -> Paper:
    """Put right what was entered. The symbol of a paper that bears a number of the unit's series stays.

    A paper that turns out to be secret loses all but its number.
    """
    borne = Number.objects.filter(paper=paper).exists()
    if borne and nfc(facts.get("symbol", paper.symbol)) != paper.symbol:
        refuse_if([Objection(gettext_noop("Số này lấy từ sổ số của đơn vị nên không sửa ở đây."), field="symbol")])
    for name in ("kind", "issuer", "subject", "symbol", "issued_on", "secrecy", "direction"):
        setattr(paper, name, facts.pop(name, getattr(paper, name)))
    kept = [str(paper.file), *paper.enclosures.values_list("file", flat=True)]
    if paper.secrecy != Secrecy.OPEN:
        paper.file = ""
        paper.enclosures.all().delete()
    _write(paper, file, facts)
    if paper.secrecy != Secrecy.OPEN:
        transaction.on_commit(lambda: _remove(kept))
    if not borne:
        _bear_number(paper, actor)
    return paper


@action(Can.KEEP_PAPERS)
def enclose_file(paper: Paper, *, actor: Actor, file: Any) -> Enclosure:
    """Keep a further file with the paper: an annex, a signed scan. Nothing is kept with a secret one."""
    content = content_of(file)
    secret = objections_to_registering(
        secrecy=paper.secrecy, symbol=paper.symbol, subject=paper.subject, kind=paper.kind, issuer=paper.issuer,
        content=content,
    )  # fmt: skip
    refuse_if(secret)
    suffix = str(kind_of(content))
    enclosure = Enclosure(unit=paper.unit, paper=paper, name=named_file(str(file.name), suffix))
    enclosure.file.save(f"{uuid4().hex}.{suffix}", file, save=False)
    enclosure.save()
    return enclosure


@action(Can.KEEP_PAPERS)
def take_out_enclosure(enclosure: Enclosure, *, actor: Actor) -> Paper:
    """Take out a file that was enclosed by mistake; refused once something rests on the paper (its name stays in the journal)."""
    paper = enclosure.paper
    refuse_if(objections_to_taking_out(rested_on=paper.links_to_it.exists()))
    name = str(enclosure.file)
    enclosure.delete()
    transaction.on_commit(lambda: _remove([name]))
    return paper


@action(Can.KEEP_PAPERS)
def link_papers(paper: Paper, *, actor: Actor, to: Paper, relation: str, since: date | None = None) -> PaperLink:
    """Say what the paper rests on, replaces or amends, from the day it was issued or another."""
    actor.require(Can.SEE_PAPERS, to)
    refuse_if(
        objections_to_linking(
            same=to.pk == paper.pk,
            already=PaperLink.objects.filter(paper=paper, to=to, relation=relation).exists(),
            is_circle=is_circle(paper, to, relation),
        )
    )
    day = since or paper.in_force_from or paper.issued_on or localdate()
    return PaperLink.objects.create(unit=paper.unit, paper=paper, to=to, relation=Relation(relation).value, since=day)


@action(Can.KEEP_PAPERS)
def unlink_papers(link: PaperLink, *, actor: Actor) -> Paper:
    """Take away a link that was made by mistake."""
    paper = link.paper
    link.delete()
    return paper


# ----------------------------------------------------------------------------------------------- numbers


@action(Can.NUMBER_PAPERS)
def take_number(
    unit: Unit, *, actor: Actor, kind: str, term: str, series: str = "", on: date | None = None
) -> Number:
    """The next number of the unit's series for this type and term: from 01, without a gap (HD 36-HD/VPTW, §6.2).

    ``series`` is ``COMMON`` at a congress, which numbers all types as one. Taken within the transaction that issues the
    paper, so that a paper not issued leaves no hole; two at once wait for each other.
    """
    return _next_number(unit, kind, term, series, on, NumberState.TAKEN)


@action(Can.ISSUE_REPORTS)
def reserve_number(
    unit: Unit, *, actor: Actor, kind: str, term: str, reason: str, series: str = "", on: date | None = None
) -> Number:
    """Keep the next number for a paper that will be written later; it shows in the series with its reason."""
    refuse_if(objections_to_reserving(reason))
    return _next_number(unit, kind, term, series, on, NumberState.RESERVED, nfc(reason))


@action(Can.ISSUE_REPORTS)
def void_number(number: Number, *, actor: Actor, reason: str) -> Number:
    """Give up a number that no paper bears; it is never given again and says why."""
    refuse_if(objections_to_voiding(number.state, reason, has_paper=number.paper_id is not None))
    number.state, number.reason = NumberState.VOIDED, nfc(reason)
    number.save(update_fields=["state", "reason"])
    return number


@action(Can.ISSUE_REPORTS)
def explain_number(series: Series, *, actor: Actor, number: int, reason: str) -> Number:
    """Say afterwards why no paper bears a number of the series."""
    known = series.numbers.filter(number=number).exists()
    refuse_if(objections_to_explaining(number, series.last_number, reason, known=known))
    return Number.objects.create(
        unit=series.unit, series=series, number=number, kind=series.kind, state=NumberState.VOIDED, reason=nfc(reason),
        given_on=localdate(),
    )  # fmt: skip


@action(Can.NUMBER_PAPERS)
def issue_paper(number: Number, *, actor: Actor, document: Document, based_on: Sequence[Paper] = ()) -> Paper:
    """Enter a document that chibo itself made, under the number taken for it: the one way into the register.

    Refused, with its article, while a mandatory element is missing (rulebook §6.3).
    """
    refuse_if([*objections_to_using(number.state, has_paper=number.paper_id is not None),
               *objections_to_issuing(document)])  # fmt: skip
    assert document.symbol is not None
    paper = Paper(
        unit=number.unit, direction=Direction.OUTGOING, symbol=document.symbol.bare, kind=document.kind.label,
        issuer=as_name(document.issuer), subject=document.subject, issued_on=document.issued_on or number.given_on,
    )  # fmt: skip
    _write(paper, None, {"signer": ", ".join(s.name for s in document.signatures)[:120]})
    number.paper, number.state, number.reason = paper, NumberState.TAKEN, ""
    number.save(update_fields=["paper", "state", "reason"])
    for earlier in based_on:
        link_papers(paper, actor=actor, to=earlier, relation=Relation.BASED_ON)
    return paper


# ------------------------------------------------------------------------------------------------ import


@action(Can.KEEP_PAPERS)
def enter_papers(
    unit: Unit, plans: Sequence[RowPlan], done: list[Done], report: Report, *, actor: Actor, today: date
) -> Unit:
    """Write the rows of an older register, as planned; each is told to ``done``. Numbers stand where they stood."""
    rows = [plan for plan in plans if plan.state == RowState.ADDED]
    for count, plan in enumerate(rows, 1):
        paper = Paper(unit=unit, **plan.values)
        _write(paper, None, {})
        _bear_number(paper, actor)
        done.append(Done(plan.sheet, plan.number, plan.label, paper.pk, {}, {"symbol": paper.symbol}))
        if count % 100 == 0 or count == len(rows):
            report(count, len(rows))
    return unit


@action(Can.KEEP_PAPERS)
def take_back_papers(unit: Unit, done: Sequence[Done], kept: list[Kept], report: Report, *, actor: Actor) -> Unit:
    """Undo an import: papers that something rests on since then stay, and say so."""
    for count, one in enumerate(reversed(done), 1):
        paper = Paper.objects.filter(pk=one.target, unit=unit).first()
        if paper is not None and (paper.version or paper.links_to_it.exists()):
            reason = gettext_noop("Văn bản đã được sửa hoặc được văn bản khác căn cứ.")
            kept.append(Kept(one.sheet, one.number, one.label, reason))
        elif paper is not None:
            Number.objects.filter(paper=paper).delete()
            paper.delete()
        report(count, len(done))
    return unit


# ------------------------------------------------------------------------------------------------ within


def _write(paper: Paper, file: Any, facts: dict[str, Any]) -> None:
    """Check and save; what is not named in ``facts`` stays as it is. The file is kept under a name of our own."""
    for name, value in facts.items():
        setattr(paper, name, value)
    for name in ("symbol", "issuer", "subject", "kind", "signer", "known_as"):
        setattr(paper, name, nfc(getattr(paper, name)))
    content = content_of(file) if file else None
    refuse_if(
        [
            *objections_to_registering(
                secrecy=paper.secrecy, symbol=paper.symbol, subject=paper.subject, kind=paper.kind,
                issuer=paper.issuer, content=content, told=paper.signer + paper.known_as,
            ),
            *objections_to_dates(paper.issued_on, paper.in_force_from, paper.in_force_to),
        ]
    )  # fmt: skip
    if paper.symbol and same_symbol(paper).exists():
        refuse_if([Objection(gettext_noop("Văn bản mang số, ký hiệu này đã có trong sổ."), field="symbol")])
    if content is not None:
        paper.file.save(f"{uuid4().hex}.{kind_of(content)}", file, save=False)
    paper.search_key = words_of(paper.symbol, paper.subject, paper.issuer, paper.known_as, paper.kind, paper.signer)
    paper.save()


def _remove(names: Sequence[str]) -> None:
    for name in filter(None, names):
        default_storage.delete(name)


def _bear_number(paper: Paper, actor: Actor) -> None:
    """A paper of the unit's own stands in the series of its type and term, under the number it bears; a congress numbers
    all types in one."""
    told = kind_named(paper.kind)
    if paper.direction == Direction.INCOMING or told is None or paper.issued_on is None:
        return
    try:
        symbol = parse_symbol(paper.symbol)
    except ValueError:
        return
    kind = kind_numbered(told, symbol.kind)
    if kind is None:
        return
    term = term_of(paper.unit, paper.issued_on)
    series = _series(paper.unit, series_of_symbol(kind.value, symbol.issuer), term)
    number = series.numbers.filter(number=symbol.number).first()
    if number is None:
        number = Number(series=series, unit=paper.unit, number=symbol.number, given_on=paper.issued_on)
    refuse_if(objections_to_using(number.state, has_paper=number.paper_id is not None))
    number.kind, number.state, number.reason, number.paper = kind.value, NumberState.TAKEN, "", paper
    number.save()
    if symbol.number > series.last_number:
        series.last_number = symbol.number
        series.save(update_fields=["last_number"])


def _next_number(
    unit: Unit, kind: str, term: str, series: str, on: date | None, state: NumberState, reason: str = ""
) -> Number:
    row = _series(unit, series or kind, term)
    row.last_number += 1
    row.save(update_fields=["last_number"])
    return Number.objects.create(
        unit=unit, series=row, number=row.last_number, kind=kind, state=state, reason=reason,
        given_on=on or localdate(),
    )  # fmt: skip


def _series(unit: Unit, kind: str, term: str) -> Series:
    """The series, locked to the end of the transaction: who asks next waits."""
    series, _new = Series.objects.select_for_update().get_or_create(unit=unit, kind=kind, term=term)
    return series
