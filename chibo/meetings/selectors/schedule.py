"""The year of a cell's meetings: the fixed day of each month, moved off Tết and public holidays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.db.models import QuerySet

from chibo.access.selectors import in_force
from chibo.core.calendar import days_off
from chibo.core.values import months_after
from chibo.meetings.models import Meeting, Schedule
from chibo.meetings.rules import MeetingKind
from chibo.meetings.rules.kinds import kinds_of
from chibo.meetings.rules.preparing import Fixed, Planned, fixed_day, planned_day
from chibo.meetings.selectors.agenda import leading
from chibo.units.models import Unit

# ---------------------------------------------------------------------------------------- what is fixed


def schedules_of(unit: Unit) -> QuerySet[Schedule]:
    """The days the cell has fixed, latest first."""
    return Schedule.objects.filter(unit=unit).order_by("-valid_from")


def schedule_on(unit: Unit, day: date) -> Schedule | None:
    """The schedule in force in the cell on the day."""
    return Schedule.objects.filter(in_force(day), unit=unit).order_by("-valid_from").first()


def fixed_of(schedule: Schedule) -> Fixed:
    """The schedule as the rules see it."""
    return Fixed(schedule.day_of_month, schedule.nth, schedule.weekday)


def planned_in(schedules: list[Schedule], month: date) -> tuple[Schedule, Planned] | None:
    """When the month's meeting is to be, by whichever schedule holds on the day it fixes."""
    for schedule in schedules:
        day = fixed_day(fixed_of(schedule), month)
        if schedule.valid_from <= day and (schedule.valid_to is None or day <= schedule.valid_to):
            off, working = days_off(month.year)
            return schedule, planned_day(fixed_of(schedule), month, off, working)
    return None


# --------------------------------------------------------------------------------------------- the year


@dataclass(frozen=True, slots=True)
class MonthOfYear:
    """One line of the year: what is planned, and the meeting that was called for it."""

    month: date
    planned: Planned | None
    starts_at: time | None
    place: str
    meeting: Meeting | None
    others: tuple[Meeting, ...] = ()
    """Topical and committee meetings that count for the month."""


def year_of(unit: Unit, year: int) -> list[MonthOfYear]:
    """The twelve months of a cell: two queries."""
    schedules = list(schedules_of(unit))
    first = date(year, 1, 1)
    by_month: dict[date, list[Meeting]] = {}
    rows = Meeting.objects.filter(unit=unit, month__range=(first, date(year, 12, 31))).order_by("held_on", "pk")
    for meeting in rows:
        by_month.setdefault(meeting.month, []).append(meeting)
    lines = []
    for month in (months_after(first, count) for count in range(12)):
        found = planned_in(schedules, month)
        held = by_month.get(month, [])
        regular = next((m for m in held if m.kind == MeetingKind.REGULAR), None)
        lines.append(
            MonthOfYear(
                month,
                found[1] if found else None,
                found[0].starts_at if found else None,
                found[0].place if found else "",
                regular,
                tuple(m for m in held if m is not regular),
            )
        )
    return lines


def next_planned(unit: Unit, today: date) -> tuple[Schedule, Planned] | None:
    """The first month, from this one on, for which the cell has not called its regular meeting; within a year."""
    schedules = list(schedules_of(unit))
    if not schedules:
        return None
    this = today.replace(day=1)
    called = set(
        Meeting.objects.filter(unit=unit, kind=MeetingKind.REGULAR, month__gte=this).values_list("month", flat=True)
    )
    for month in (months_after(this, count) for count in range(12)):
        found = planned_in(schedules, month) if month not in called else None
        if found is not None:
            return found
    return None


# -------------------------------------------------------------------------------------------- the usual


def usual_of(unit: Unit, today: date, asked: Mapping[str, str]) -> dict[str, Any]:
    """What a meeting to be convened is proposed to be: the day that is planned, and place, hour, chair and recorder as
    last time. ``asked`` may name the ``month``, or the meeting that a committee meeting ``prepares``."""
    kinds = kinds_of(unit.level)
    last = Meeting.objects.filter(unit=unit, kind__in=kinds[:1]).order_by("-held_on", "-pk").first()
    usual: dict[str, Any] = {"kind": kinds[0] if kinds else "", "held_on": today}
    if last is not None:
        usual |= {
            "starts_at": last.starts_at,
            "place": last.place,
            "chair": last.chair_id,
            "recorder": last.recorder_id,
        }
    prepared = (
        Meeting.objects.filter(unit=unit, pk=asked["prepares"]).first()
        if asked.get("prepares", "").isdecimal()
        else None
    )
    if prepared is not None:
        _count, has_committee = leading(unit, prepared.held_on)
        kind = MeetingKind.COMMITTEE if has_committee else MeetingKind.CONFERRAL
        day = min(today, prepared.held_on)
        return usual | {"kind": kind, "prepares": prepared.pk, "held_on": day, "month": f"{prepared.month:%Y-%m-%d}"}
    month = _month(asked)
    found = planned_in(list(schedules_of(unit)), month) if month else next_planned(unit, today)
    if found is None and month is not None:
        usual |= {"held_on": max(month, min(today, months_after(month, 1) - timedelta(days=1)))}
    if found is not None:
        schedule, planned = found
        usual |= {"held_on": planned.day, "starts_at": schedule.starts_at, "month": f"{planned.month:%Y-%m-%d}"}
        usual["place"] = schedule.place or usual.get("place", "")
    return usual


def _month(asked: Mapping[str, str]) -> date | None:
    """The month that was asked for, "2026-12"; None where nothing, or nothing readable, was."""
    try:
        return date.fromisoformat(f"{asked['month']}-01")
    except (KeyError, ValueError):
        return None
