"""One sheet in two pictures: scanned twice, or drawn in twice. Known by where its ink lies; no two ballots made by hand agree in that."""

from __future__ import annotations

from chibo.ballots.chain import Entry
from chibo.ballots.rules import Concern

_STAMPED = 1200
"""mm² ÷ 100 from which there is a stamp: no hand sets two within ``_STAMP`` mm ÷ 100 of each other often."""
_STAMP = 15
_ALONG, _ACROSS = 100, 12
"""mm ÷ 100 by which an end of a stroke may lie elsewhere in two pictures: letters hide a little of it now and then, sideways."""
_ALONE, _CLOSE = (40, 14), (15, 9)
"""The same where no stamp has told the sheets apart, and what half of the ends must keep to."""

End = tuple[int, int, int]
Trace = tuple[End, ...]
"""Where the ink of the stamp begins and where it ends, then that of each row: mm² ÷ 100 of ink, and the place in mm ÷ 100."""


def is_same_sheet(one: Trace, other: Trace) -> bool:
    """Whether two pictures show one sheet: its stamp and what was marked lie at one place; dust may hide a quarter of the marks."""
    if len(one) != len(other):
        return False
    (stamp, x, y), (stamp_too, x_too, y_too) = _middle(one), _middle(other)
    stamped = min(stamp, stamp_too) >= _STAMPED
    if max(stamp, stamp_too) >= _STAMPED and not (
        stamped and max(abs(x - x_too), abs(y - y_too)) <= _STAMP and abs(stamp - stamp_too) <= 0.1 * stamp
    ):
        return False
    ends = [(a, b) for a, b in zip(one[2:], other[2:], strict=True) if max(a[0], b[0]) >= 100]
    if stamped:
        alike = sum(_near(a, b, (_ALONG, _ACROSS), 0.3) for a, b in ends)
        return alike >= max(2, 0.75 * len(ends))
    alike, close = (sum(_near(a, b, reach, 0.15) for a, b in ends) for reach in (_ALONE, _CLOSE))
    return alike >= max(4, 0.75 * len(ends)) and close >= 0.5 * len(ends)


def _near(one: End, other: End, reach: tuple[int, int], share: float) -> bool:
    (area, x, y), (area_too, x_too, y_too) = one, other
    along, across = reach
    return (
        abs(x - x_too) <= along and abs(y - y_too) <= across and abs(area - area_too) <= share * max(area, area_too)
    )


def _middle(trace: Trace) -> End:
    """The ink of the stamp, and its middle."""
    (area, left, top), (_area, right, bottom) = trace[:2]
    return area, (left + right) // 2, (top + bottom) // 2


class Traces:
    """Finds a sheet that was scanned before, by where its ink lies."""

    def __init__(self) -> None:
        self._by_stamp: dict[tuple[int, int], list[Trace]] = {}

    def add(self, entry: Entry) -> None:
        if entry["kind"] == "sheet":
            trace = tuple((int(a), int(x), int(y)) for a, x, y in entry["trace"])
            self._by_stamp.setdefault(_where(trace), []).append(trace)

    def marked(self, entry: Entry) -> Entry:
        if entry["kind"] != "sheet":
            return entry
        trace = tuple(tuple(part) for part in entry["trace"])
        x, y = _where(trace)
        near = (other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in self._by_stamp.get((x + dx, y + dy), ()))
        again = any(is_same_sheet(trace, other) for other in near)
        self.add(entry)
        return {**entry, "concerns": sorted({*entry["concerns"], Concern.TWICE.value})} if again else entry


def _where(trace: Trace) -> tuple[int, int]:
    """The whole mm of the stamp, by which sheets are kept; one place for all that have none."""
    area, x, y = _middle(trace)
    return (x // 100, y // 100) if area >= _STAMPED else (0, 0)
