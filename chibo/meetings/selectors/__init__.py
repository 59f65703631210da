"""How meetings are read: who may see which, the roll of one, the year of a cell, the facts for rules."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.registry import Scope
from chibo.core.values import Objection, Period, month_of
from chibo.meetings.models import AgendaItem, Attendance, Correction, Meeting
from chibo.meetings.rules import (
    IN_BASE,
    Closing,
    MeetingKind,
    MeetingState,
    Presence,
    objections_to_closing,
)
from chibo.meetings.selectors.minutes import cautions_of, composed_minutes
from chibo.meetings.selectors.roll import (
    RollLine,
    attendance_target,
    belonging,
    conditions_on,
    grouped,
    people_on_leave,
    places_of,
    roll_line_of,
    roll_of,
    share_of,
)
from chibo.members.models import Member
from chibo.members.selectors import members_of_cell, posts_on
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import names_of, setting_on, visible_units

# ------------------------------------------------------------------------------------- who sees what


def visible_meetings(actor: Actor) -> QuerySet[Meeting]:
    """The meetings below the actor's posts, latest first."""
    return Meeting.objects.visible_to(actor).select_related("unit")


def meeting_for(actor: Actor, pk: int) -> Meeting:
    """The meeting, if the actor may see it; otherwise it does not exist for them (404)."""
    found = (
        visible_meetings(actor).select_related("unit", "chair", "recorder", "resolution__paper").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def item_for(actor: Actor, pk: int) -> AgendaItem:
    found = AgendaItem.objects.visible_to(actor).select_related("unit", "meeting").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_read_minutes(actor: Actor, meeting: Meeting) -> bool:
    """Minutes hold what the cell said of persons' plans: only who may read plans there, or writes them, reads them."""
    return actor.may(Can.READ_PLANS, meeting.unit) or actor.may(Can.KEEP_MEETINGS, meeting.unit)


# ------------------------------------------------------------------------------ what figures rest on


def meetings_in(
    units: Collection[int], period: Period, kinds: Collection[str] = (MeetingKind.REGULAR,)
) -> QuerySet[Meeting]:
    """The meetings of these kinds that count for the months of the period."""
    first = month_of(period.first)
    return Meeting.objects.filter(unit_id__in=units, kind__in=kinds, month__range=(first, period.last))


def attendances_in(
    units: Collection[int], period: Period, kinds: Collection[str] = (MeetingKind.REGULAR,)
) -> QuerySet[Attendance]:
    """The lines of the rolls of those meetings; ``.filter(presence__in=IN_BASE)`` is the base of attendance."""
    first = month_of(period.first)
    return Attendance.objects.filter(unit_id__in=units, month__range=(first, period.last), meeting__kind__in=kinds)


def months_without_meeting(cells: Iterable[int], period: Period, until: date) -> list[tuple[int, date]]:
    """(cell, month) where a month is over and the cell, then standing, held no regular meeting (seed S2-05)."""
    cells = tuple(cells)
    held = set(meetings_in(cells, period).filter(held_on__lte=until).values_list("unit_id", "month"))
    stood = {unit.pk: unit for unit in Unit.objects.filter(pk__in=cells)}
    return months_missed([stood[cell] for cell in cells], held, period, until)


def months_missed(
    cells: Iterable[Unit], held: Collection[tuple[int, date]], period: Period, until: date
) -> list[tuple[int, date]]:
    """(cell, month) of those that are over and not among ``held``, while the cell stood all through them."""
    over = [month for month in period.months() if Period.of_month(month).last < until]
    return [
        (cell.pk, month)
        for cell in cells
        for month in over
        if (cell.pk, month) not in held
        and cell.valid_from <= month
        and Period.of_month(month).last <= (cell.valid_to or date.max)
    ]


def people_to_lead(unit: Unit, day: date) -> QuerySet[Member]:
    """Who may chair or record a meeting of the unit on the day: a cell's people; above it, those who hold a post."""
    if unit.level == Level.CELL:
        return members_of_cell(unit.pk, day)
    posted = posts_on(day, [unit.pk]).order_by().values("member_id")
    return Member.objects.filter(pk__in=posted).order_by("sort_key", "pk")


def month_is_taken(unit: Unit, month: date, *, but: int | None = None) -> bool:
    """Whether the cell already has its one regular meeting of the month."""
    return Meeting.objects.filter(unit=unit, month=month, kind=MeetingKind.REGULAR).exclude(pk=but or 0).exists()


# ------------------------------------------------------------------------------------ facts for closing


def closing_of(meeting: Meeting, *, minutes: str, closed_on: date, ends_at: Any = None) -> Closing:
    """The meeting as the rules of closing see it."""
    roll = roll_of(meeting)
    presence = {line.member.pk: line.shown for line in roll}

    def post(member: Member | None) -> tuple[str, str] | None:
        return (member.full_name, presence.get(member.pk, "")) if member else None

    return Closing(
        meeting.state,
        meeting.held_on,
        closed_on,
        minutes,
        post(meeting.chair),
        post(meeting.recorder),
        tuple(line.member.full_name for line in roll if not line.shown),
        meeting.starts_at,
        ends_at or meeting.ends_at,
    )


def hindrances_of(meeting: Meeting, day: date) -> list[Objection]:
    """What keeps the meeting from being closed on the day, besides minutes that are not written yet."""
    return list(objections_to_closing(closing_of(meeting, minutes="…", closed_on=day)))


def minutes_due_days(unit: Unit, day: date) -> int:
    """Within how many days after a meeting its minutes are due."""
    return int(setting_on("meetings.minutes_due_days", unit, day))


# ---------------------------------------------------------------------------------- years, cells, months


@dataclass(frozen=True, slots=True)
class CellYear:
    """A cell's months in the overview: the regular meeting of each, if it was held."""

    unit_id: int
    name: str
    months: list[tuple[date, Meeting | None]]


def overview_of(scope: Scope) -> list[CellYear]:
    """Cells × months with the regular meeting of each, its roll counted: two queries for any number of cells."""
    found: dict[tuple[int, date], Meeting] = {
        (meeting.unit_id, meeting.month): meeting for meeting in with_roll(meetings_in(scope.cells, scope.period))
    }
    months = list(scope.period.months())
    return [
        CellYear(pk, name, [(month, found.get((pk, month))) for month in months])
        for pk, name in names_of(scope.cells).items()
    ]


def with_roll(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The meetings with ``present`` and ``counted`` of their rolls."""
    return meetings.annotate(
        present=Count("attendances", filter=Q(attendances__presence=Presence.PRESENT)),
        counted=Count("attendances", filter=Q(attendances__presence__in=IN_BASE)),
    )


def meetings_of_cell(actor: Actor, unit: Unit, period: Period) -> QuerySet[Meeting]:
    """All meetings of a cell in the period, of every kind, latest first, with their rolls counted."""
    shown = visible_meetings(actor).filter(unit=unit, month__range=(month_of(period.first), period.last))
    return with_roll(shown).order_by("-held_on", "-pk")


def entered_late(meeting: Meeting) -> date | None:
    """The day a meeting was entered, if that was after it was held: both dates stay visible."""
    entered = localdate(meeting.entered_at)
    return entered if entered > meeting.held_on else None


def corrections_of(meeting: Meeting) -> QuerySet[Correction]:
    return meeting.corrections.select_related("entered_by")


def regular_meeting_of(unit: Unit, month: date) -> Meeting | None:
    return Meeting.objects.filter(unit=unit, month=month, kind=MeetingKind.REGULAR).first()


def last_place_of(unit: Unit) -> Meeting | None:
    """The cell's latest regular meeting: the next one is held at the same place and hour."""
    return Meeting.objects.filter(unit=unit, kind=MeetingKind.REGULAR).order_by("-held_on").first()


def open_meetings(cells: Collection[int], until: date) -> QuerySet[Meeting]:
    """Meetings whose day has come and whose minutes are not finished, oldest first."""
    rows = Meeting.objects.filter(unit_id__in=cells, state=MeetingState.CONVENED, held_on__lte=until)
    return rows.select_related("unit").order_by("held_on", "pk")


def cells_led(actor: Actor, can: Can, day: date) -> QuerySet[Unit]:
    """The cells standing on the day where the actor holds the power."""
    return visible_units(actor, can).filter(in_force(day), level=Level.CELL)


def cells_without_meeting(cells: QuerySet[Unit], month: date) -> QuerySet[Unit]:
    """Those among the cells that have not convened their regular meeting of the month."""
    convened = Meeting.objects.filter(unit=OuterRef("pk"), month=month, kind=MeetingKind.REGULAR)
    return cells.filter(~Exists(convened))


__all__ = [
    "RollLine",
    "attendance_target",
    "belonging",
    "cautions_of",
    "composed_minutes",
    "conditions_on",
    "grouped",
    "people_on_leave",
    "places_of",
    "roll_line_of",
    "roll_of",
    "share_of",
]
