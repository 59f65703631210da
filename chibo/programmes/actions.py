"""Programmes are launched, given their yearly themes and documents; the reference list is planted and worded."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc
from chibo.papers.models import Paper
from chibo.programmes.models import Manifestation, Programme, Theme
from chibo.programmes.rules import (
    MANIFESTATIONS,
    objections_to_launching,
    objections_to_theming,
    objections_to_wording,
)
from chibo.units.models import Unit


@action(Can.LEAD_PROGRAMMES)
def launch_programme(
    unit: Unit,
    *,
    actor: Actor,
    code: str,
    name: str,
    valid_from: date,
    valid_to: date | None = None,
    basis: Paper | None = None,
) -> Programme:
    """Begin a programme of several years; its units below see it. ``basis`` is the directive itself, if registered."""
    taken = Programme.objects.filter(unit=unit, code=code).exists()
    refuse_if(objections_to_launching(code_taken=taken, valid_from=valid_from, valid_to=valid_to))
    return Programme.objects.create(
        unit=unit, code=code, name=nfc(name), valid_from=valid_from, valid_to=valid_to, basis=basis
    )


@action(Can.LEAD_PROGRAMMES)
def amend_programme(
    programme: Programme,
    *,
    actor: Actor,
    name: str,
    valid_from: date,
    valid_to: date | None = None,
    basis: Paper | None = None,
) -> Programme:
    """Name it anew, or end it; no theme may be left outside its time."""
    years = tuple(programme.themes.values_list("year", flat=True))
    refuse_if(objections_to_launching(code_taken=False, valid_from=valid_from, valid_to=valid_to, years=years))
    programme.name, programme.valid_from, programme.valid_to = nfc(name), valid_from, valid_to
    programme.basis = basis
    programme.save()
    return programme


@action(Can.LEAD_PROGRAMMES)
def set_theme(programme: Programme, *, actor: Actor, year: int, title: str, words: str = "") -> Theme:
    """Publish the theme of a year, or word it anew: one a year. ``words`` are those by which its items are known."""
    refuse_if(
        objections_to_theming(year=year, title=title, valid_from=programme.valid_from, valid_to=programme.valid_to)
    )
    theme, _new = Theme.objects.update_or_create(
        programme=programme, year=year, defaults={"unit": programme.unit, "title": nfc(title), "words": nfc(words)}
    )
    return theme


@action(Can.LEAD_PROGRAMMES)
def attach_paper(programme: Programme, *, actor: Actor, paper: Paper) -> Programme:
    """Count a registered document among those issued under the programme: whoever sees it may read the document."""
    actor.require(Can.SEE_PAPERS, paper)
    programme.papers.add(paper)
    return programme


@action(Can.LEAD_PROGRAMMES)
def detach_paper(programme: Programme, *, actor: Actor, paper: Paper) -> Programme:
    programme.papers.remove(paper)
    return programme


@action(Can.LEAD_PROGRAMMES)
def plant_manifestations(unit: Unit, *, actor: Actor) -> list[Manifestation]:
    """Put the 27 manifestations in place where they are missing; what the office worded anew stays."""
    return Manifestation.objects.bulk_create(
        [Manifestation(code=code, text=text) for code, text in MANIFESTATIONS], ignore_conflicts=True
    )


@action(Can.LEAD_PROGRAMMES)
def word_manifestation(unit: Unit, *, actor: Actor, code: str, text: str) -> Manifestation:
    """Paste the official sentence of one manifestation (Nghị quyết 04-NQ/TW)."""
    refuse_if(objections_to_wording(text))
    one = Manifestation.objects.get(code=code)
    one.text = nfc(text)
    one.save()
    return one
