"""The calendar that a telephone reads under a secret address: when, where, what kind of meeting; nothing else."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.access.models import User
from chibo.access.selectors import actor_of, in_force
from chibo.core.values import months_after
from chibo.meetings.models import Feed, Meeting, Schedule
from chibo.meetings.rules import OF_THE_CELL, PREPARATORY, MeetingKind
from chibo.meetings.rules.calendar import Appointment, calendar
from chibo.meetings.selectors.agenda import LEADERS
from chibo.meetings.selectors.schedule import planned_in
from chibo.members.models import Membership, PostTerm
from chibo.members.rules import Condition
from chibo.units.models import Unit
from chibo.units.selectors import visible_units

BACK, AHEAD = timedelta(days=92), 12
"""How far a calendar looks: three months back, and the planned days of twelve months ahead."""


def hashed(key: str) -> str:
    """What is kept of a secret address. The key is long and random, so that a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()


def feeds_of(user: User) -> QuerySet[Feed]:
    return Feed.objects.filter(user=user).select_related("unit").order_by("pk")


def feed_for(user: User, pk: int) -> Feed:
    """One of one's own calendars; anybody else's does not exist (404)."""
    found = feeds_of(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def feed_called(key: str) -> Feed:
    """The calendar of this address, while it is not revoked and its owner's account is in use (404 otherwise)."""
    found = Feed.objects.select_related("user", "unit").filter(key_hash=hashed(key), user__is_active=True).first()
    if found is None:
        raise Http404
    return found


def cells_of(user: User, day: date) -> list[int]:
    """Where the person is called to meetings on the day, as a member."""
    rows = Membership.objects.filter(in_force(day), member__account=user).exclude(condition=Condition.SUSPENDED)
    return list(rows.values_list("unit_id", flat=True))


def units_to_follow(user: User) -> QuerySet[Unit]:
    """The cells of which one may have a calendar: one's own, and those whose meetings one's posts show."""
    today = timezone.localdate()
    seen = visible_units(actor_of(user), Can.SEE_MEETINGS).order_by()
    own = Unit.objects.filter(pk__in=cells_of(user, today))
    return (seen | own).filter(in_force(today)).distinct().order_by("sort_key")


def text_of(feed: Feed, today: date) -> str:
    """The calendar as it is today. Who lost their place or post since the address was made finds it empty."""
    units = list(units_to_follow(feed.user).filter(pk=feed.unit_id)) if feed.unit_id else _own_units(feed.user, today)
    leads = set(
        PostTerm.objects.filter(in_force(today), member__account=feed.user, post__in=LEADERS).values_list(
            "unit_id", flat=True
        )
    )
    kinds = (
        Q(kind__in=OF_THE_CELL)
        | Q(kind__in=PREPARATORY, unit_id__in=leads)
        | ~Q(kind__in=(*OF_THE_CELL, *PREPARATORY))
    )
    rows = Meeting.objects.filter(kinds, unit__in=units, held_on__gte=today - BACK).select_related("unit")
    meetings = list(rows.order_by("held_on", "pk"))
    called = {(meeting.unit_id, meeting.month) for meeting in meetings if meeting.kind == MeetingKind.REGULAR}
    planned = [appointment for unit in units for appointment in _planned(unit, today, called)]
    name = _("Lịch sinh hoạt %(unit)s") % {"unit": feed.unit.name} if feed.unit else _("Lịch sinh hoạt của tôi")
    return calendar(name, [*map(appointment_of, meetings), *planned])


def _own_units(user: User, today: date) -> list[Unit]:
    return list(Unit.objects.filter(pk__in=cells_of(user, today)))


def appointment_of(meeting: Meeting) -> Appointment:
    kind = MeetingKind(meeting.kind)
    return Appointment(
        _uid(meeting.unit_id, meeting.month) if kind == MeetingKind.REGULAR else f"meeting-{meeting.pk}@chibo",
        f"{_(kind.label)}, {meeting.unit.name}",
        meeting.held_on,
        meeting.starts_at,
        meeting.ends_at,
        meeting.place,
        meeting.changed_at or meeting.entered_at,
        sequence=meeting.version + 1,
    )


def _planned(unit: Unit, today: date, called: set[tuple[int, date]]) -> list[Appointment]:
    """The months ahead for which nothing is called yet, on the day that is fixed."""
    schedules = list(Schedule.objects.filter(unit=unit).order_by("-valid_from"))
    found = []
    for month in (months_after(today, count) for count in range(AHEAD)):
        planned = planned_in(schedules, month) if schedules and (unit.pk, month) not in called else None
        if planned is not None and planned[1].day >= today:
            schedule, when = planned
            since = timezone.make_aware(datetime.combine(schedule.valid_from, time()))
            found.append(
                Appointment(
                    _uid(unit.pk, month), f"{_(MeetingKind.REGULAR.label)}, {unit.name}", when.day,
                    schedule.starts_at, None, schedule.place, since, certain=False,
                )
            )  # fmt: skip
    return found


def _uid(unit: int, month: date) -> str:
    """A month's regular meeting is one appointment, planned first and called later."""
    return f"regular-{unit}-{month:%Y-%m}@chibo"
