"""Minutes and resolutions as they were kept when they went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chibo.meetings.models import KeptFile, Meeting, Resolution
from chibo.papers.selectors.kept import Kept, kept_in


@dataclass(frozen=True, slots=True)
class Edition:
    """The minutes as they were closed (1), or with the corrections made until the day."""

    number: int
    on: date
    kept: Kept


def editions_of(meeting: Meeting) -> list[Edition]:
    """All editions of the minutes, the newest first; empty before closing, and of minutes from before files were kept."""
    rows = KeptFile.objects.filter(meeting=meeting, resolution__isnull=True).select_related("correction")
    found = []
    for number, row in enumerate(rows.order_by("pk"), 1):
        on, kept = (row.correction.corrected_on if row.correction else meeting.closed_on), kept_in(row)
        assert on is not None
        assert kept is not None
        found.append(Edition(number, on, kept))
    return found[::-1]


def kept_resolution(resolution: Resolution) -> Kept | None:
    return kept_in(KeptFile.objects.filter(resolution=resolution).first())
