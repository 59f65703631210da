"""How programmes are read: what a ward launches is seen by all its cells and members."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.members.selectors import member_of
from chibo.papers.models import Paper
from chibo.programmes.models import Manifestation, Programme, Theme
from chibo.programmes.rules import ManifestationGroup
from chibo.units.models import Unit


def units_above(actor: Actor) -> set[int]:
    """The units where the actor stands, by a post or as a member, and all those above: whose programmes are theirs."""
    paths = list(actor.reach(Can.SEE_PROGRAMMES))
    member = member_of(actor)
    if member is not None:
        paths.append(member.unit.path)
    return {int(pk) for path in paths for pk in path.split("/") if pk}


def from_above(actor: Actor) -> Q:
    """The condition that a record was made by a unit above the actor, for all who stand below it."""
    return Q(unit_id__in=units_above(actor))


def visible_programmes(actor: Actor) -> QuerySet[Programme]:
    """The programmes below the actor's posts and those that reach them from above, latest first."""
    mine = Programme.objects.visible_to(actor) | Programme.objects.filter(from_above(actor))
    return mine.select_related("unit", "basis").order_by("-valid_from", "-pk").distinct()


def programme_for(actor: Actor, pk: int) -> Programme:
    """The programme, if it reaches the actor; otherwise it does not exist for them (404)."""
    found = visible_programmes(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def programmes_of(unit: Unit, day: date | None = None) -> QuerySet[Programme]:
    """What the unit and those above it launched; with ``day``, what is in force then. Themes come along."""
    above = [int(pk) for pk in unit.path.split("/") if pk]
    found = Programme.objects.filter(unit_id__in=above)
    if day is not None:
        found = found.filter(in_force(day))
    return (
        found.select_related("unit").prefetch_related(Prefetch("themes", Theme.objects.order_by("-year")))
        .order_by("-valid_from", "-pk")
    )  # fmt: skip


def themes_of(programme: Programme) -> QuerySet[Theme]:
    return programme.themes.order_by("-year")


def theme_of(programme: Programme, year: int) -> Theme | None:
    return programme.themes.filter(year=year).first()


def themes_for(unit: Unit) -> QuerySet[Theme]:
    """The themes a campaign of the unit may be about."""
    above = [int(pk) for pk in unit.path.split("/") if pk]
    return Theme.objects.filter(programme__unit_id__in=above).select_related("programme").order_by("-year", "pk")


def papers_of(programme: Programme) -> QuerySet[Paper]:
    """The documents issued under the programme, latest first (seed S1-03)."""
    return programme.papers.order_by("-issued_on", "-pk")


def paper_of(programme: Programme, pk: int) -> Paper:
    """A document of the programme: whoever sees the programme may read it (404 otherwise)."""
    found = Paper.objects.filter(Q(pk=pk) & (Q(programmes=programme) | Q(pk=programme.basis_id))).first()
    if found is None:
        raise Http404
    return found


def manifestations() -> QuerySet[Manifestation]:
    """The 27 manifestations, A1 to C9 (seed S0-03)."""
    return Manifestation.objects.all()


def manifestations_by_group() -> list[tuple[ManifestationGroup, list[Manifestation]]]:
    found = list(manifestations())
    return [(group, [one for one in found if one.code.startswith(group)]) for group in ManifestationGroup]


def manifestation_for(code: str) -> Manifestation:
    found = Manifestation.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found
