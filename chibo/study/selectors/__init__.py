"""How classes are read. What a ward holds or spreads is seen by all below it; of whom it speaks, each cell sees its own
members and each member their own line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.core.registry import Scope
from chibo.core.values import Share
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import IN_BASE, MeetingKind, Presence
from chibo.members.models import Group, Member
from chibo.members.selectors import counted_on
from chibo.programmes.selectors import from_above
from chibo.study.models import Essay, StudyClass
from chibo.study.rules import HANDED_IN, EssayState
from chibo.units.models import Unit
from chibo.units.selectors import ids_above, ids_under

# ------------------------------------------------------------------------------------------- who sees what


def visible_classes(actor: Actor) -> QuerySet[StudyClass]:
    """The classes below the actor's posts, and those of the units above them."""
    mine = StudyClass.objects.visible_to(actor) | StudyClass.objects.filter(from_above(actor))
    return mine.select_related("unit", "meeting", "programme", "theme", "paper").order_by("-meeting__held_on", "-pk")


def class_for(actor: Actor, pk: int) -> StudyClass:
    """The class, if it reaches the actor; otherwise it does not exist for them (404)."""
    found = visible_classes(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# ------------------------------------------------------------------------------------------------ classes


def classes_in(actor: Actor, unit: Unit, scope: Scope) -> QuerySet[StudyClass]:
    """The classes of the period that the unit held, that were held below it, or to which those above called it; each
    with who was ``present`` of those ``counted``, as far as they stand in the unit."""
    here = Q(unit_id__in=scope.units) | Q(
        unit_id__in=ids_above(unit, scope.day), meeting__attendances__unit_id__in=scope.units
    )
    found = visible_classes(actor).filter(meeting__held_on__range=(scope.period.first, scope.period.last))
    found = found.filter(pk__in=StudyClass.objects.filter(here).values("pk"))
    line = Q(meeting__attendances__unit_id__in=scope.units)
    return found.annotate(
        present=Count("meeting__attendances", filter=line & Q(meeting__attendances__presence=Presence.PRESENT)),
        counted=Count("meeting__attendances", filter=line & Q(meeting__attendances__presence__in=IN_BASE)),
    )


def class_of_meeting(meeting: Meeting) -> StudyClass | None:
    return StudyClass.objects.filter(meeting=meeting).first()


def present_at(study_class: StudyClass) -> list[tuple[int, int]]:
    """(member, cell) of those whom the roll says were there."""
    rows = study_class.meeting.attendances.filter(presence=Presence.PRESENT).order_by("member__sort_key", "pk")
    return list(rows.values_list("member_id", "unit_id"))


def chosen_for(unit: Unit, day: date, group: Group | None, members: Iterable[Member]) -> list[int]:
    """Those of a group, and those named, who officially stand below the unit on the day."""
    below = counted_on(day, ids_under(unit, day)).values_list("member_id", flat=True)
    named = Q(pk__in=[member.pk for member in members])
    asked = named | Q(groups=group) if group is not None else named
    return list(Member.objects.filter(asked, pk__in=below).distinct().values_list("pk", flat=True))


def people_to_call(unit: Unit, day: date) -> QuerySet[Member]:
    """Whom a class of the unit may call by name: those who officially stand below it, in Vietnamese order."""
    below = counted_on(day, ids_under(unit, day)).values("member_id")
    return Member.objects.filter(pk__in=below).select_related("unit").order_by("sort_key", "pk")


@dataclass(slots=True)
class CellAtClass:
    """A cell at a class: its members on the roll, and its essays."""

    unit: Unit
    present: int = 0
    counted: int = 0
    essays: int = 0
    handed_in: int = 0
    passed: int = 0
    absent: tuple[str, ...] = ()

    @property
    def attended(self) -> Share:
        return Share(self.present, self.counted)

    @property
    def written(self) -> Share:
        return Share(self.handed_in, self.essays)


def cells_at(actor: Actor, study_class: StudyClass) -> list[CellAtClass]:
    """The class cell by cell, as far as the actor sees them: three queries."""
    lines = list(
        Attendance.objects.visible_to(actor).filter(meeting=study_class.meeting_id, presence__in=IN_BASE)
        .select_related("member").order_by("member__sort_key", "pk")
    )  # fmt: skip
    essays = list(Essay.objects.visible_to(actor).filter(study_class=study_class).values_list("unit_id", "state"))
    units = Unit.objects.filter(pk__in={line.unit_id for line in lines} | {unit for unit, _state in essays})
    found = {unit.pk: CellAtClass(unit) for unit in units.order_by("sort_key")}
    for line in lines:
        cell = found[line.unit_id]
        cell.counted += 1
        cell.present += line.presence == Presence.PRESENT
        if line.presence != Presence.PRESENT:
            cell.absent += (line.member.full_name,)
    for unit, state in essays:
        found[unit].essays += 1
        found[unit].handed_in += state in HANDED_IN
        found[unit].passed += state == EssayState.PASSED
    return list(found.values())


def class_roll(scope: Scope) -> QuerySet[Attendance]:
    """The rolls of the classes of the period: what attendance at study is counted on."""
    rows = Attendance.objects.filter(
        unit_id__in=scope.units, month__range=(scope.period.first.replace(day=1), scope.period.last),
        meeting__kind=MeetingKind.CLASS, presence__in=IN_BASE,
    )  # fmt: skip
    return rows.select_related("member", "unit", "meeting")


def attended_by_class(scope: Scope) -> list[tuple[date, Share]]:
    """(day, present of those who count) of each class, in the order of time, of the same rows as the figure."""
    rows = class_roll(scope).order_by().values("meeting_id", "meeting__held_on")
    counted = rows.annotate(n=Count("pk"), k=Count("pk", filter=Q(presence=Presence.PRESENT)))
    return [(row["meeting__held_on"], Share(row["k"], row["n"])) for row in counted.order_by("meeting__held_on")]


def range_of(shares: Iterable[Share]) -> tuple[Share, Share] | None:
    """The least and the greatest share (seed S1-02: from 93 % to 94,11 %); None where no class was held."""
    known = sorted((share for share in shares if share.base), key=lambda share: share.value or 0)
    return (known[0], known[-1]) if known else None


def range_words(shares: Iterable[Share]) -> str:
    """ "93 %–94,11 %", cut and not rounded, as the yearly accounts print it; one number where there is one class."""
    found = range_of(shares)
    if found is None:
        return ""
    low, high = (f"{share.percent(places=2, cut=True)} %" for share in found)
    return low if low == high else f"{low}–{high}"


def years_attended(scope: Scope) -> list[tuple[int, str, int]]:
    """(year, range of the shares of its classes, how many classes) of the period, latest first (seed S1-02)."""
    by_year: dict[int, list[Share]] = {}
    for day, share in attended_by_class(scope):
        by_year.setdefault(day.year, []).append(share)
    return [(year, range_words(shares), len(shares)) for year, shares in sorted(by_year.items(), reverse=True)]
