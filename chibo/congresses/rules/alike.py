"""Which two of the scanned sheets are most alike: where there is one picture too many, one sheet may lie in two. 190-QĐ/TW Đ8."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import combinations

End = tuple[int, int, int]
"""Ink in mm² ÷ 100, and where it begins or ends in mm ÷ 100, as the reader told it of the stamp and of each row."""
_FAR = 1500
"""From how far apart two ends have nothing in common, however far they are."""
_ACROSS = 4
"""A letter hides a little of a stroke's end along the line; across it an end lies where it lies."""
_INK = 300


def most_alike(sheets: Mapping[str, Sequence[End]], told_apart: Container[str] = ()) -> tuple[str, str] | None:
    """The two pictures whose ink lies most nearly at the same places; the one to be asked about stands last.

    ``told_apart``: pictures of which people said already that they are ballots of their own; none is asked about twice.
    """
    best, found = float("inf"), None
    for one, other in combinations(sorted(sheets), 2):
        if one in told_apart and other in told_apart:
            continue
        apart = 0.0
        for part in _apart(sheets[one], sheets[other]):
            apart += part
            if apart >= best:
                break
        else:
            best, found = apart, (other, one) if other in told_apart else (one, other)
    return found


def _apart(one: Sequence[End], other: Sequence[End]) -> Iterator[float]:
    """For each end of a stroke or of the stamp: how far it lies elsewhere, and how much more ink it has."""
    for (area, x, y), (area_too, x_too, y_too) in zip(one, other, strict=False):
        most = max(area, area_too)
        if most >= 100:
            yield min(abs(x - x_too) + _ACROSS * abs(y - y_too), _FAR) + _INK * abs(area - area_too) / most
