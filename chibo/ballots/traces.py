"""One sheet in two pictures: scanned twice, or drawn in twice. Known by where its ink lies; no two ballots made by hand agree in that."""

from __future__ import annotations

from chibo.ballots.chain import Entry
from chibo.ballots.rules import Concern

_ALONG, _ACROSS = 35, 15
"""mm ÷ 100 by which one stroke may lie elsewhere in two pictures: letters hide a little of it now and then, sideways."""


def is_same_sheet(one: tuple[tuple[int, int, int], ...], other: tuple[tuple[int, int, int], ...]) -> bool:
    """Whether two pictures show one sheet: all that was stamped and marked lies at one place; dust may hide a quarter of it."""
    told = alike = 0
    for (area, x, y), (area_too, x_too, y_too) in zip(one, other, strict=True):
        if max(area, area_too) < 100:
            continue
        told += 1
        near = abs(x - x_too) <= _ALONG and abs(y - y_too) <= _ACROSS
        alike += near and abs(area - area_too) <= 0.3 * max(area, area_too)
    return alike >= 2 and alike >= 0.75 * told


class Traces:
    """Finds a sheet that was scanned before, by where its ink lies."""

    def __init__(self) -> None:
        self._by_stamp: dict[tuple[int, int], list[tuple[tuple[int, int, int], ...]]] = {}

    def add(self, entry: Entry) -> None:
        if entry["kind"] == "sheet":
            trace = tuple((int(a), int(x), int(y)) for a, x, y in entry["trace"])
            self._by_stamp.setdefault((trace[0][1] // 100, trace[0][2] // 100), []).append(trace)

    def marked(self, entry: Entry) -> Entry:
        if entry["kind"] != "sheet":
            return entry
        trace = tuple(tuple(part) for part in entry["trace"])
        x, y = trace[0][1] // 100, trace[0][2] // 100
        near = (other for dx in (-1, 0, 1) for dy in (-1, 0, 1) for other in self._by_stamp.get((x + dx, y + dy), ()))
        again = any(is_same_sheet(trace, other) for other in near)
        self.add(entry)
        return {**entry, "concerns": sorted({*entry["concerns"], Concern.TWICE.value})} if again else entry
