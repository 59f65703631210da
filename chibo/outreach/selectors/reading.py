"""What the public reads. Nothing here asks who reads; nothing is here while the ward's page is closed."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.outreach.models import Publication
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import setting_on

ORDER = ("-shown_on", "-pk")
PAGE = 20
FEED = 30
"""How many the feed gives, latest first."""


def is_open(ward: Unit, day: date) -> bool:
    """Whether the ward has opened its page to the public; closed unless it decided so."""
    return str(setting_on("outreach.public", ward, day)) == "1"


def open_ward(key: str) -> Unit:
    """The ward that goes by this short code, if its page is open; otherwise there is nothing (404)."""
    ward = Unit.objects.filter(key=key, level=Level.WARD).first()
    if ward is None or not is_open(ward, localdate()):
        raise Http404
    return ward


def shown_by(ward: Unit) -> QuerySet[Publication]:
    """What the ward and its cells show to the public, latest first."""
    rows = Publication.objects.filter(Q(unit=ward) | Q(unit__ward=ward), withdrawn_on=None)
    return rows.select_related("unit").order_by(*ORDER)


def shown(key: str, pk: int) -> Publication:
    """One of them (404 where it was taken away, or never was)."""
    found = shown_by(open_ward(key)).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# ---------------------------------------------------------------------------------- inside the house


def publications_of(unit: Unit) -> QuerySet[Publication]:
    """All that the unit and those below it ever showed, latest first."""
    rows = Publication.objects.filter(unit__path__startswith=unit.path)
    return rows.select_related("unit", "article", "exemplar").order_by(*ORDER)


def publication_for(actor: Actor, pk: int) -> Publication:
    """The publication, if the actor may see it (404 otherwise)."""
    found = Publication.objects.visible_to(actor).select_related("unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_show(actor: Actor, unit: Unit) -> bool:
    return actor.may(Can.APPROVE_OUTREACH, unit)


def shown_of(source: object) -> Publication | None:
    """What the public reads of an article or an exemplar, if anything."""
    found: Publication | None = Publication.objects.filter(**{type(source).__name__.lower(): source}).first()
    return found if found and found.withdrawn_on is None else None
