"""How disseminations are read: what is made known, and whom of each cell it reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Scope
from chibo.core.values import Share
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import IN_BASE, OF_THE_CELL, MeetingKind, Presence
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition
from chibo.members.selectors import counted_on
from chibo.papers.models import Paper
from chibo.programmes.models import Theme
from chibo.programmes.selectors import from_above
from chibo.study.models import Dissemination, Reach, StudyClass
from chibo.study.selectors import visible_classes
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_above


def visible_disseminations(actor: Actor) -> QuerySet[Dissemination]:
    mine = Dissemination.objects.visible_to(actor) | Dissemination.objects.filter(from_above(actor))
    return mine.select_related("unit", "paper", "theme__programme").order_by("-opened_on", "-pk")


def dissemination_for(actor: Actor, pk: int) -> Dissemination:
    found = visible_disseminations(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def reach_of(actor: Actor, dissemination: Dissemination) -> Reach | None:
    """The actor's own line."""
    if actor.user is None:
        return None
    rows = dissemination.reaches.filter(member__account=actor.user).select_related("member", "unit")
    return rows.first()


def own_reaches(actor: Actor) -> QuerySet[Reach]:
    if actor.user is None:
        return Reach.objects.none()
    rows = Reach.objects.filter(member__account=actor.user).select_related(
        "dissemination__paper", "dissemination__theme", "unit"
    )
    return rows.order_by("-dissemination__opened_on", "-pk")


def to_be_reached(day: date, units: Sequence[int]) -> QuerySet[Membership]:
    """Every member who officially belongs there but the exempt and the suspended (seed S4-03: to every member)."""
    return counted_on(day, list(units)).exclude(condition__in=(Condition.EXEMPT, Condition.SUSPENDED))


def is_spread(unit: Unit, paper: Paper | None, theme: Theme | None) -> bool:
    """Whether the unit already makes this known."""
    rows = Dissemination.objects.filter(unit=unit)
    if paper is not None and rows.filter(paper=paper).exists():
        return True
    return theme is not None and rows.filter(theme=theme).exists()


def disseminations_in(actor: Actor, unit: Unit, scope: Scope) -> QuerySet[Dissemination]:
    """What is made known in the period to the unit, with how many of its members were ``reached`` of those ``due``."""
    line = Q(reaches__unit_id__in=scope.units)
    found = visible_disseminations(actor).filter(opened_on__range=(scope.period.first, scope.period.last))
    found = found.filter(Q(unit_id__in=scope.units) | Q(unit_id__in=ids_above(unit, scope.day)))
    return found.annotate(
        due=Count("reaches", filter=line),
        reached=Count("reaches", filter=line & Q(reaches__reached_on__isnull=False)),
    )


@dataclass(frozen=True, slots=True)
class Covered:
    """A cell in a dissemination: how many of its members were reached, and who still is to be."""

    unit: Unit
    share: Share
    missing: list[str]
    last: date | None


def coverage_of(actor: Actor, dissemination: Dissemination) -> list[Covered]:
    """Cell by cell, as far as the actor sees them: two queries for any number of cells."""
    rows = Reach.objects.visible_to(actor).filter(dissemination=dissemination).select_related("member")
    by_cell: dict[int, list[Reach]] = {}
    for row in rows.order_by("member__sort_key", "pk"):
        by_cell.setdefault(row.unit_id, []).append(row)
    return [
        Covered(
            unit,
            Share(sum(row.reached_on is not None for row in by_cell[unit.pk]), len(by_cell[unit.pk])),
            [row.member.full_name for row in by_cell[unit.pk] if row.reached_on is None],
            max((row.reached_on for row in by_cell[unit.pk] if row.reached_on), default=None),
        )
        for unit in Unit.objects.filter(pk__in=by_cell).order_by("sort_key")
    ]


@dataclass(frozen=True, slots=True)
class ReachLine:
    """One member of the cell on its page: ``reach`` is the stored line, None of who came to the cell since."""

    member: Member
    reach: Reach | None

    @property
    def is_reached(self) -> bool:
        return self.reach is not None and self.reach.reached_on is not None


def reach_lines(dissemination: Dissemination, cell: Unit, day: date) -> list[ReachLine]:
    """All members of the cell who are to be reached, by name, newcomers included: two queries."""
    stored = {
        row.member_id: row for row in dissemination.reaches.filter(unit=cell).select_related("member", "meeting")
    }
    elsewhere = dissemination.reaches.filter(member=OuterRef("member")).exclude(unit=cell)
    since = to_be_reached(day, [cell.pk]).filter(~Exists(elsewhere)).select_related("member")
    people = {row.member_id: row.member for row in stored.values()} | {row.member_id: row.member for row in since}
    ordered = sorted(people.values(), key=lambda member: (member.sort_key, member.pk))
    return [ReachLine(member, stored.get(member.pk)) for member in ordered]


def rolls_for(dissemination: Dissemination, cell: Unit) -> QuerySet[Meeting]:
    """The meetings and classes since it began at which the cell's members were called, latest first."""
    here = Attendance.objects.filter(meeting=OuterRef("pk"), unit=cell, presence=Presence.PRESENT)
    return Meeting.objects.filter(
        Exists(here), kind__in=(*OF_THE_CELL, MeetingKind.CLASS), held_on__gte=dissemination.opened_on
    ).order_by("-held_on", "-pk")


def proposed_roll(dissemination: Dissemination, cell: Unit, asked: str) -> Meeting | None:
    """The roll that the page starts from: the one asked for; or that of the meeting whose agenda names the document, or
    of the class on it; or the latest."""
    rolls = rolls_for(dissemination, cell)
    if asked.isdecimal():
        return rolls.filter(pk=int(asked)).first()
    about = Q(agenda__paper=dissemination.paper_id) | Q(study_class__paper=dissemination.paper_id)
    if dissemination.theme_id:
        about = Q(study_class__theme=dissemination.theme_id)
    return rolls.filter(about).first() or rolls.first()


def present_in(meeting: Meeting | None, cell: Unit) -> set[int]:
    """The cell's members whom the roll of the meeting says were there."""
    if meeting is None:
        return set()
    rows = meeting.attendances.filter(unit=cell, presence=Presence.PRESENT)
    return set(rows.values_list("member_id", flat=True))


def cells_to_note(actor: Actor, dissemination: Dissemination) -> QuerySet[Unit]:
    """The cells of which the actor may say who was reached."""
    within = Q()
    for path in actor.reach(Can.NOTE_REACH):
        within |= Q(path__startswith=path)
    below = Unit.objects.filter(level=Level.CELL, path__startswith=dissemination.unit.path)
    return (below.filter(within) if within else below.none()).order_by("sort_key")


def cell_for(actor: Actor, dissemination: Dissemination, pk: int) -> Unit:
    """A cell below the dissemination's unit that the actor sees; otherwise 404."""
    found = Unit.objects.filter(pk=pk, level=Level.CELL, path__startswith=dissemination.unit.path).first()
    if found is None or not actor.may(Can.SEE_STUDY, found):
        raise Http404
    return found


def of_programme(actor: Actor, programme: int) -> tuple[QuerySet[StudyClass], QuerySet[Any]]:
    """The classes and disseminations that serve a programme: on it, on its themes or on its documents."""
    classes = visible_classes(actor).filter(Q(programme=programme) | Q(theme__programme=programme))
    papers = Paper.objects.filter(Q(programmes=programme)).values("pk")
    spread = visible_disseminations(actor).filter(Q(theme__programme=programme) | Q(paper__in=papers))
    return (
        classes.prefetch_related(Prefetch("meeting__attendances", Attendance.objects.filter(presence__in=IN_BASE))),
        spread.annotate(due=Count("reaches"), reached=Count("reaches", filter=Q(reaches__reached_on__isnull=False))),
    )
