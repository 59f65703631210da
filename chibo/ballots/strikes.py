"""Names read twice: is the whole name struck through? Half a name, a line under or over it, a circle: people look.

The first reader takes the printed letters away and follows what is left; the second does not know the letters and looks
for one straight line that is dark all along the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from chibo.ballots.blank import FINE, Blank
from chibo.ballots.evening import Zone
from chibo.ballots.intake import Pixels
from chibo.ballots.layout import Row
from chibo.ballots.registration import Placed

_MM2 = FINE * FINE
_DARK, _FAINT = 71, 20
_BAND = 1.0
"""mm above and below the middle of the small letters in which a strike runs."""
_ABOVE = 0.8
"""A line above the middle still cuts capitals and accents at a height at which, below it, it would underline."""
_LIGHT, _SOME_LIGHT, _LONG_LIGHT = 8, 7, 3
"""Darkness (of 255) that 3 mm of the lightest pencil reach once; or nearly, and a little of it in three places along the name."""
_STRETCH = 25
"""Pixels: 3 mm."""
_CORRIDOR = 0.75
_MARGIN = 0.6
_BIN = 8


class Strike(StrEnum):
    KEPT = "kept"
    STRUCK = "struck"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Name:
    """One name as read."""

    strike: Strike
    first: Strike
    second: Strike
    cover: float
    """Share of the name along which the line runs."""
    ink: float
    """mm² of ink that is not printed."""
    other: float
    """mm² of it away from the line."""
    faint: float
    streak: float
    """The darkest 3 mm along the name (of 255) that the letters do not explain: the lightest pencil shows here."""
    line: float
    """Darkness (0 to 1) of the weakest part of the darkest straight line along the name."""


@dataclass(frozen=True)
class Printed:
    """What the form itself has in a row: letters widened against small shifts, and where the name stands (pixels)."""

    limit: Pixels
    """How dark a point must be to be ink that is not printed: never (255) within 0.3 mm of printed ink."""
    allowed: Pixels
    """The darkest that print may show at each point, at 0.3 mm of play."""
    left: int
    right: int
    middle: float
    line: float


def read_names(zones: tuple[Zone, ...], placed: Placed, blank: Blank) -> list[Name]:
    read = []
    for row, printed in zip(blank.layout.rows, printed_rows(blank), strict=True):
        zone = next(z for z in zones if z.box.x <= row.rect.x and row.rect.right <= z.box.right)
        move = placed.moved(np.array([(row.name.x + 25, row.rect.middle[1])]))[0]
        read.append(read_name(zone, row, printed, (float(move[0]), float(move[1]))))
    return read


@lru_cache(maxsize=8)
def printed_rows(blank: Blank) -> tuple[Printed, ...]:
    """The rows of the blank form; worked out once."""
    made = []
    for row in blank.layout.rows:
        x, y, width, height = _window(row)
        left, top = round(x * FINE), round(y * FINE)
        dark = 255 - blank.fine[top : top + height, left : left + width]
        name = dark[:, round((row.name.x + 0.8 - x) * FINE) :]
        columns, offset = np.flatnonzero((name > 100).any(0)), width - name.shape[1]
        near = cv2.dilate((dark > 60).astype(np.uint8) * 255, np.ones((5, 5), np.uint8))
        limit = np.maximum(near, _DARK)
        allowed = cv2.dilate(cv2.max(cv2.blur(dark, (3, 3)), cv2.blur(dark, (5, 5))), np.ones((5, 5), np.uint8))
        left, right = int(columns[0]) + offset, int(columns[-1]) + offset + 1
        middle = _small_letters(dark[:, left:right])
        line = _straight(np.asarray(dark[:, left:right], np.uint8), middle)
        made.append(Printed(np.asarray(limit, np.uint8), np.asarray(allowed, np.uint8), left, right, middle, line))
    return tuple(made)


def _window(row: Row) -> tuple[float, float, int, int]:
    """The row within its rules."""
    x, y = row.rect.x + _MARGIN, row.rect.y + _MARGIN
    return x, y, round((row.rect.w - 2 * _MARGIN) * FINE), round((row.rect.h - 2 * _MARGIN) * FINE)


def _small_letters(dark: Pixels) -> float:
    """The middle of the small letters: where most of the ink of the name is."""
    profile = np.convolve(dark.sum(1, dtype=np.float64), np.ones(13), "same")
    return float(np.argmax(profile))


def read_name(zone: Zone, row: Row, printed: Printed, move: tuple[float, float]) -> Name:
    x, y, width, height = _window(row)
    dark = zone.cut(x + move[0], y + move[1], width, height)
    calm = zone.cut(x + move[0], y + move[1], width, height, calm=True)
    if dark.shape != printed.limit.shape:
        return Name(Strike.DOUBTFUL, Strike.DOUBTFUL, Strike.DOUBTFUL, 0, 0, 0, 0, 0, 0)
    new = cv2.compare(dark, printed.limit, cv2.CMP_GT)
    ink = cv2.countNonZero(new) / _MM2
    over = cv2.subtract(calm, printed.allowed)
    faint = float(np.count_nonzero(over > zone.paper + _FAINT)) / _MM2
    band = slice(max(0, round(printed.middle) - 11), round(printed.middle) + 12)
    within = cv2.countNonZero(new[band, printed.left : printed.right]) / _MM2
    streak, along = _streaks(over[band, max(0, printed.left - 2 * FINE) : printed.right + 2 * FINE])
    cover, other, level = _traced(new, printed) if ink >= 0.4 else (0.0, 0.0, 9.0)
    line = _straight(dark[:, printed.left : printed.right], printed.middle)
    first = _first(cover, ink, other, faint, level, within, streak, along)
    second = _second(line, printed.line)
    agreed = first if first is second else Strike.DOUBTFUL
    return Name(agreed, first, second, *(round(v, 3) for v in (cover, ink, other, faint, streak, line)))


def _first(
    cover: float, ink: float, other: float, faint: float, level: float, within: float, streak: float, along: float
) -> Strike:
    has_light = streak >= _LIGHT or (streak >= _SOME_LIGHT and along >= _LONG_LIGHT)
    if ink < 1.0 and faint < 2.5 and within < 0.5 and not has_light:
        return Strike.KEPT
    if cover >= 0.9 and other < 1.0 and level <= _BAND and 1.2 < ink < 30:
        return Strike.STRUCK
    return Strike.DOUBTFUL


def _streaks(over: Any) -> tuple[float, float]:
    """The darkest 3 mm along the name that the letters do not explain, and the third darkest of all its stretches of 3 mm:
    a speck or a letter a little out of place darkens one or two of them, a line all of them.
    """
    light = cv2.blur(np.minimum(over, 40), (_STRETCH, 3)).max(0)
    stretches = np.sort(light[_STRETCH // 2 :: _STRETCH])
    return float(light.max()), float(stretches[-min(3, len(stretches))])


def _second(line: float, blank: float) -> Strike:
    if line < min(0.38, blank + 0.19):
        return Strike.KEPT
    return Strike.STRUCK if line >= 0.4 else Strike.DOUBTFUL


def _traced(new: Any, printed: Printed) -> tuple[float, float, float]:
    """How much of the name one line covers, mm² of ink off that line, and how far (mm) it leaves the small letters:
    a little at one end does not matter, all along it does.
    """
    ys, xs = (axis.astype(np.float64) for axis in np.nonzero(new))
    on_name = (xs >= printed.left) & (xs < printed.right) & (np.abs(ys - printed.middle) <= 2.2 * FINE)
    if np.count_nonzero(on_name) < 30:
        return 0.0, 0.0, 9.0
    curve = _fit(xs[on_name] - printed.left, ys[on_name])
    wide = printed.right - printed.left
    off = np.abs(ys - np.polyval(curve, np.clip(xs - printed.left, -3 * FINE, wide + 3 * FINE)))
    on_line = off <= _CORRIDOR * FINE
    other = float(np.count_nonzero(~on_line)) / _MM2
    columns = np.arange(wide)
    along = np.polyval(curve, columns)
    hit = np.zeros(wide, bool)
    hit[(xs[on_line & on_name] - printed.left).astype(int)] = True
    rows = np.clip(np.rint(along).astype(int) + np.arange(-3, 4)[:, None], 0, len(printed.limit) - 1)
    open_to = (printed.limit[rows, columns + printed.left] < 255).sum(0) >= 3
    away = (along - printed.middle) / FINE
    mean = float(away.mean())
    level = max(abs(mean) * 1.3 * (_ABOVE if mean < 0 else 1), float(np.abs(away).max()) * 0.7)
    return _covered(hit, open_to), other, level


def _fit(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
    """A hardly bowed line through most of the points, whatever the others do."""
    curve = np.array([0.0, float(np.median(ys))])
    for width, degree in ((2.5, 1), (1.5, 1), (1.0, 2)):
        near = np.abs(ys - np.polyval(curve, xs)) <= width * FINE
        if near.sum() < 20 or np.ptp(xs[near]) < (2 if degree == 1 else 8) * FINE:
            break
        curve = _polynomial(xs[near], ys[near], degree)
    return curve


def _polynomial(xs: NDArray[np.float64], ys: NDArray[np.float64], degree: int) -> NDArray[np.float64]:
    """Least squares; the powers of a name's width are small enough to be solved as they stand, in tens of mm."""
    unit = 10.0 * FINE
    terms = np.vander(xs / unit, degree + 1)
    return np.asarray(np.linalg.solve(terms.T @ terms, terms.T @ ys) / unit ** np.arange(degree, -1, -1), np.float64)


def _covered(hit: NDArray[np.bool_], open_to: NDArray[np.bool_]) -> float:
    """Share of the millimetres of the name in which the line shows where it could; one may lack in a short name."""
    seen = told = 0
    for at in range(0, len(hit) - _BIN // 2, _BIN):
        free = int(open_to[at : at + _BIN].sum())
        if free >= 2:
            told += 1
            seen += int(hit[at : at + _BIN][open_to[at : at + _BIN]].sum()) >= 0.4 * free
    return min(1.0, (seen + (told - seen == 1)) / told) if told >= 3 else 0.0


def _straight(dark: Pixels, middle: float) -> float:
    """Over all straight lines within the small letters: how dark (0 to 1) the line is in its weakest parts."""
    blocks = dark.shape[1] // _BIN
    if blocks < 4:
        return 0.0
    mean = cv2.resize(dark[:, : blocks * _BIN], (blocks, dark.shape[0]), interpolation=cv2.INTER_AREA)
    mean = cv2.dilate(mean, np.ones((3, 1), np.uint8))
    along = mean[_lines(blocks, round(middle), len(mean)), np.arange(blocks)]
    weakest = max(1, blocks // 10)
    return float(np.partition(along, weakest, axis=2)[:, :, weakest].max()) / 255


@lru_cache(maxsize=256)
def _lines(blocks: int, middle: int, height: int) -> NDArray[np.int64]:
    """The pixel rows of every straight line that is tried: slopes × heights × blocks."""
    reach = round(_BAND * FINE)
    slopes = np.tan(np.radians(np.arange(-8, 9, 2)))[:, None, None]
    starts = np.arange(middle - reach, middle + reach + 1)[None, :, None]
    centre = (np.arange(blocks) - (blocks - 1) / 2)[None, None, :] * _BIN
    return np.asarray(np.clip(np.rint(starts + slopes * centre), 0, height - 1), np.int64)
