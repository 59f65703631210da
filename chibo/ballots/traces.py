"""One sheet in two pictures: scanned twice, or drawn in twice. Known by where its ink lies; no two ballots made by hand agree in that."""

from __future__ import annotations

from chibo.ballots.chain import Entry
from chibo.ballots.rules import Concern

_STAMPED = 1200
"""mm² ÷ 100 from which there is a stamp: no hand sets two within ``_STAMP`` mm ÷ 100 of each other often."""
_STAMP = 15
_ALONG, _ACROSS = 100, 12
"""mm ÷ 100 by which one stroke may lie elsewhere in two pictures: letters hide a little of it now and then, sideways."""
_ALONE = 40
"""The same sideways, where no stamp has told the sheets apart."""

Trace = tuple[tuple[int, int, int], ...]


def is_same_sheet(one: Trace, other: Trace) -> bool:
    """Whether two pictures show one sheet: its stamp and what was marked lie at one place; dust may hide a quarter of the marks."""
    (stamp, x, y), (stamp_too, x_too, y_too) = one[0], other[0]
    stamped = min(stamp, stamp_too) >= _STAMPED
    if max(stamp, stamp_too) >= _STAMPED and not (
        stamped and max(abs(x - x_too), abs(y - y_too)) <= _STAMP and abs(stamp - stamp_too) <= 0.1 * stamp
    ):
        return False
    told = alike = 0
    for (area, x, y), (area_too, x_too, y_too) in zip(one[1:], other[1:], strict=True):
        if max(area, area_too) >= 100:
            told += 1
            near = abs(x - x_too) <= (_ALONG if stamped else _ALONE) and abs(y - y_too) <= _ACROSS
            alike += near and abs(area - area_too) <= 0.3 * max(area, area_too)
    return alike >= (1 if stamped else 2) and alike >= 0.75 * told


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
    area, x, y = trace[0]
    return (x // 100, y // 100) if area >= _STAMPED else (0, 0)
