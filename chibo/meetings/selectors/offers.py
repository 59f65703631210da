"""What meetings offer to the desk, the cell's book and the search of the house."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import MOST_HITS, Errand, Event, Hit, Scope
from chibo.core.values import Share, month_of
from chibo.core.vietnamese import fold
from chibo.meetings.rules import MeetingKind, MeetingState
from chibo.meetings.selectors import (
    cells_led,
    cells_without_meeting,
    meetings_in,
    minutes_due_days,
    open_meetings,
    visible_meetings,
    with_roll,
)

_DATE = re.compile(r"(?:(?:(?P<day>\d{1,2})[/-])?(?P<month>\d{1,2})[/-])?(?P<year>(?:19|20|21)\d\d)")
"""A day, a month or a year as people write them."""


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """For who keeps the meetings of a cell: this month's not convened yet, and those held but not closed."""
    if not actor.holds(Can.KEEP_MEETINGS):
        return
    cells = cells_led(actor, Can.KEEP_MEETINGS, today)
    for cell in cells_without_meeting(cells, month_of(today)):
        yield Errand(
            _("%(cell)s chưa triệu tập sinh hoạt tháng %(month)s") % {"cell": cell.name, "month": f"{today:%m/%Y}"},
            _("Triệu tập"),
            reverse("meetings:convene", args=[cell.pk]),
        )
    for meeting in open_meetings(cells.values_list("pk", flat=True), today):
        yield Errand(
            _("%(meeting)s chưa có biên bản") % {"meeting": meeting},
            _("Bế mạc"),
            reverse("meetings:meeting", args=[meeting.pk]),
            due=meeting.held_on + timedelta(days=minutes_due_days(meeting.unit, meeting.held_on)),
        )


def events_of(scope: Scope) -> Iterator[Event]:
    """The meetings of the scope, as the cell's book tells them: one query."""
    held = meetings_in(scope.cells, scope.period, tuple(MeetingKind)).filter(held_on__lte=scope.today)
    for meeting in with_roll(held):
        roll = Share(meeting.present, meeting.counted)  # type: ignore[attr-defined]
        yield Event(
            meeting.held_on,
            _("Sinh hoạt"),
            str(meeting.get_kind_display()),
            reverse("meetings:meeting", args=[meeting.pk]),
            "; ".join(
                part
                for part in (
                    _("có mặt %(part)s/%(base)s") % {"part": roll.part, "base": roll.base} if roll.base else "",
                    "" if meeting.state == MeetingState.CLOSED else _("chưa có biên bản"),
                )
                if part
            ),
        )


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Meetings found by kind, place or date as written ("12/2026", "05/11/2026")."""
    plain = fold(words)
    asked = Q(place__icontains=words) | Q(kind__in=[kind for kind in MeetingKind if plain in fold(kind.label)])
    if found := _DATE.fullmatch(plain):
        parts = {f"held_on__{name}": int(value) for name, value in found.groupdict().items() if value}
        asked |= Q(**parts)
    for meeting in visible_meetings(actor).filter(asked).order_by("-held_on")[:MOST_HITS]:
        yield Hit(_("Sinh hoạt"), str(meeting), meeting.unit.name, reverse("meetings:meeting", args=[meeting.pk]))
