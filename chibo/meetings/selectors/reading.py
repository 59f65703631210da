"""What the checks over meetings read together: the meetings of the scope, once in a run."""

from __future__ import annotations

from datetime import date, time, timedelta
from itertools import starmap
from typing import NamedTuple

from django.utils.translation import gettext

from chibo.core.held import held_once
from chibo.core.registry import Scope
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingKind
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


def paths_in(scope: Scope) -> dict[int, str]:
    """Where each cell stands in the tree."""
    units = units_in(scope)
    return {cell: units[cell].path for cell in scope.cells}
