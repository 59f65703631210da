"""What the checks over meetings read together: the meetings of the scope, once in a run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from itertools import starmap
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext

from chibo.core.held import held_once
from chibo.core.registry import Scope
from chibo.core.tables import road_to
from chibo.meetings.models import Meeting
from chibo.meetings.rules import OF_THE_CELL, MeetingKind, MeetingState
from chibo.meetings.selectors.agenda import LATEST_NEWS
from chibo.units.selectors import units_in

SINCE, LATER = LATEST_NEWS, timedelta(days=31)
"""So long before the period a paper may have come in, or a preparatory meeting been held; so long after it one noted."""


class Held(NamedTuple):
    """A meeting as far as checks ask for it: no record is made of the hundreds that a ward has in a year."""

    pk: int
    unit_id: int
    kind: str
    month: date
    held_on: date
    state: str
    starts_at: time | None
    ends_at: time | None
    place: str
    online: bool
    closed_on: date | None
    prepares_id: int | None

    def __str__(self) -> str:
        return f"{gettext(MeetingKind(self.kind).label)} {self.held_on.strftime('%d/%m/%Y')}"


@held_once
def held_around(scope: Scope) -> tuple[Held, ...]:
    """The meetings of the cells around the period, oldest first."""
    around = (scope.period.first - SINCE, scope.period.last + LATER)
    rows = Meeting.objects.filter(unit_id__in=scope.cells, held_on__range=around).order_by("held_on", "pk")
    return tuple(starmap(Held, rows.values_list(*Held.__annotations__)))


def held_in(scope: Scope, *kinds: str) -> list[Held]:
    """The meetings held in the period by the day, oldest first; of these kinds, or of any."""
    first, last = scope.period.first, scope.day
    return [one for one in held_around(scope) if first <= one.held_on <= last and (not kinds or one.kind in kinds)]


def next_meeting(scope: Scope) -> Callable[[int], str]:
    """Where what no meeting did is put right: the cell's coming meeting as it is prepared, or the page that convenes one."""
    convene = road_to("meetings:convene")
    coming = {
        one.unit_id: reverse("meetings:prepare", args=[one.pk]) for one in reversed(held_around(scope))
        if one.kind in OF_THE_CELL and one.state == MeetingState.CONVENED and one.held_on >= scope.day
    }  # fmt: skip
    return lambda cell: coming.get(cell) or convene(cell)


def paths_in(scope: Scope) -> dict[int, str]:
    """Where each cell stands in the tree."""
    units = units_in(scope)
    return {cell: units[cell].path for cell in scope.cells}
