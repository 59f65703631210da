"""Papers are entered in the register here."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.papers.models import Paper, Series
from chibo.papers.rules.register import Secrecy, kind_of, objections_to_registering
from chibo.papers.selectors.register import content_of, same_symbol
from chibo.units.models import Unit


@action(Can.KEEP_PAPERS)
def register_paper(
    unit: Unit,
    *,
    actor: Actor,
    kind: str,
    issuer: str,
    subject: str,
    symbol: str = "",
    issued_on: date | None = None,
    file: Any = None,
    secrecy: str = Secrecy.OPEN,
) -> Paper:
    """Enter a document received or issued, with its file if there is one. ``secrecy`` other than open is refused.

    The file is kept under a name of our own, with the suffix of what it really is.
    """
    content = content_of(file) if file else None
    refuse_if(
        objections_to_registering(
            secrecy=secrecy, symbol=symbol, subject=subject, kind=kind, issuer=issuer, content=content
        )
    )
    symbol, issuer = nfc(symbol), nfc(issuer)
    if symbol and same_symbol(unit, symbol, issuer).exists():
        refuse_if([Objection(gettext_noop("Văn bản mang số, ký hiệu này đã có trong sổ."), field="symbol")])
    paper = Paper(unit=unit, kind=nfc(kind), issuer=issuer, subject=nfc(subject), symbol=symbol, issued_on=issued_on)
    if content is not None:
        paper.file.save(f"{uuid4().hex}.{kind_of(content)}", file, save=False)
    paper.save()
    return paper


@action(Can.NUMBER_PAPERS)
def take_number(unit: Unit, *, actor: Actor, kind: str, term: str) -> Series:
    """The next number of the unit's series for this type and term: from 01, without a gap (HD 36-HD/VPTW, §6.2).

    Taken within the transaction that issues the paper, so that a paper not issued leaves no hole; two at once wait
    for each other.
    """
    series, _new = Series.objects.select_for_update().get_or_create(unit=unit, kind=kind, term=term)
    series.last_number += 1
    series.save()
    return series
