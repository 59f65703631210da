"""The ward's board of a round: how many are done by a day, said exactly, and each cell's congress."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from chibo.congresses.models import Congress, CongressRound
from chibo.congresses.selectors import due_in
from chibo.core.values import Share
from chibo.units.models import Unit


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A cell with its congress, if it is in the calendar."""

    cell: Unit
    congress: Congress | None
    prepared: Share


@dataclass(frozen=True, slots=True)
class Board:
    lines: list[BoardLine]
    done: Share
    """Congresses closed by the day, of the cells of the ward."""
    pilots: int
    """How many of those done were pilots."""
    elected: int
    again: int

    @property
    def new(self) -> int:
        return self.elected - self.again

    @property
    def note(self) -> str:
        """What is said below the share: how many of those done were pilots."""
        return _("trong đó %(n)s đại hội điểm") % {"n": self.pilots} if self.pilots else ""

    @property
    def words(self) -> str:
        """ "13/13, trong đó 1 đại hội điểm"."""
        words = f"{self.done.part}/{self.done.base}"
        return f"{words}, trong đó {self.pilots} đại hội điểm" if self.pilots else words


def board_of(round_: CongressRound, day: date) -> Board:
    """The round as it stood on the day: four queries for any number of cells."""
    rows = round_.congresses.select_related("unit", "meeting", "in_charge", "resolution_vote").annotate(
        works=Count("preparations", distinct=True),
        ready=Count("preparations", filter=Q(preparations__done_on__isnull=False), distinct=True),
        seated=Count("elected", filter=Q(elected__has_seat=True), distinct=True),
        again=Count("elected", filter=Q(elected__has_seat=True, elected__is_reelected=True), distinct=True),
    )
    by_cell = {one.unit_id: one for one in rows.order_by("pk")}
    lines = []
    for cell in due_in(round_):
        one = by_cell.get(cell.pk)
        lines.append(BoardLine(cell, one, Share(one.ready, one.works) if one else Share(0, 0)))
    lines.sort(key=lambda line: (line.congress.meeting.held_on if line.congress else date.max, line.cell.sort_key))
    over = [
        line.congress
        for line in lines
        if line.congress and line.congress.closed_on and line.congress.closed_on <= day
    ]
    return Board(
        lines,
        Share(len(over), len(lines)),
        sum(one.is_pilot for one in over),
        sum(one.seated for one in over),  # type: ignore[attr-defined]
        sum(one.again for one in over),  # type: ignore[attr-defined]
    )
