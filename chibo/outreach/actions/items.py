"""What was published, broadcast or hung up is entered, mended and struck here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.outreach.models import Item
from chibo.outreach.rules import (
    Entry,
    facts_of,
    objections_to_count,
    objections_to_entering,
    objections_to_striking,
    objections_to_theme,
)
from chibo.outreach.selectors import is_theme_of, is_used
from chibo.outreach.selectors.pictures import cleaned, objections_to_upload
from chibo.programmes.models import Programme, Theme
from chibo.units.models import Unit

BATCH = 500


@action(Can.WRITE_OUTREACH)
def enter_item(
    unit: Unit,
    *,
    actor: Actor,
    kind: str,
    held_on: date,
    title: str,
    today: date,
    link: str = "",
    minutes: int | None = None,
    pieces: int | None = None,
    programme: Programme | None = None,
    theme: Theme | None = None,
    topic: str = "",
    place: str = "",
    picture: Any = None,
) -> Item:
    """Enter one thing that the unit published, broadcast or hung up, with a picture if there is one.

    A link that the ward has already is taken: one page may be told of twice; the page of the entry says so.
    """
    entry = Entry(kind, held_on, title, link.strip(), minutes, pieces, topic, place)
    refuse_if(
        [
            *objections_to_entering(entry, today=today),
            *_objections_to_tie(programme, theme),
            *objections_to_upload(picture),
        ]
    )
    item = _item_of(unit, entry, programme, theme)
    if picture:
        item.picture.save(*cleaned(picture), save=False)
    item.save()
    return item


@action(Can.WRITE_OUTREACH)
def enter_items(
    unit: Unit,
    *,
    actor: Actor,
    entries: Sequence[Entry],
    today: date,
    programme: Programme | None = None,
    theme: Theme | None = None,
    topic: str = "",
) -> Unit:
    """Enter many past things at once, all or none; what is wrong is told by the number of its line (seed S1-04)."""
    found = [*objections_to_count(len(entries)), *_objections_to_tie(programme, theme)]
    for number, entry in enumerate(entries, 1):
        for wrong in objections_to_entering(entry, today=today):
            told = {"line": number, "what": gettext(wrong.text) % wrong.params}
            found.append(Objection(gettext_noop("Dòng %(line)s: %(what)s"), params=told, field="lines"))
    refuse_if(found)
    items = [_item_of(unit, entry, programme, theme) for entry in entries]
    for item in items:
        item.topic = item.topic or nfc(topic)
    Item.objects.bulk_create(items, batch_size=BATCH)
    return unit


@action(Can.WRITE_OUTREACH)
def amend_item(
    item: Item,
    *,
    actor: Actor,
    kind: str,
    held_on: date,
    title: str,
    today: date,
    link: str = "",
    minutes: int | None = None,
    pieces: int | None = None,
    programme: Programme | None = None,
    theme: Theme | None = None,
    topic: str = "",
    place: str = "",
    picture: Any = None,
) -> Item:
    """Mend an entry; without a new picture the old one stays."""
    entry = Entry(kind, held_on, title, link.strip(), minutes, pieces, topic, place)
    refuse_if(
        [
            *objections_to_entering(entry, today=today),
            *_objections_to_tie(programme, theme),
            *objections_to_upload(picture),
        ]
    )
    for name, value in facts_of(entry).items():
        setattr(item, name, value)
    item.programme, item.theme = programme, theme
    if picture:
        item.picture.save(*cleaned(picture), save=False)
    item.save()
    return item


@action(Can.WRITE_OUTREACH)
def strike_item(item: Item, *, actor: Actor, reason: str) -> Unit:
    """Take out an entry made by mistake; the journal keeps what it said, and the reason."""
    of_article, of_exemplar = is_used(item)
    refuse_if(objections_to_striking(reason, of_article=of_article, of_exemplar=of_exemplar))
    unit = item.unit
    item.delete()
    return unit


# ------------------------------------------------------------------------------------------------ within


def _objections_to_tie(programme: Programme | None, theme: Theme | None) -> list[Objection]:
    return list(objections_to_theme(has_theme=theme is not None, of_programme=is_theme_of(theme, programme)))


def _item_of(unit: Unit, entry: Entry, programme: Programme | None, theme: Theme | None) -> Item:
    return Item(unit=unit, programme=programme, theme=theme, **facts_of(entry))
