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

from chibo.ballots.bending import Floats
from chibo.ballots.blank import FINE, Blank
from chibo.ballots.evening import Zone
from chibo.ballots.intake import Pixels
from chibo.ballots.layout import Box, Row
from chibo.ballots.pencil import Paper, light_lines, paper_of
from chibo.ballots.registration import Placed

_MM2 = FINE * FINE
_DARK, _FAINT = 71, 20
_BAND = 1.0
"""mm above and below the middle of the small letters in which a strike runs."""
_LEVEL = 1.15
"""mm: its mean may leave them a little less than this, its farthest point half as far again."""
_ABOVE = 0.8
"""A line above the middle still cuts capitals and accents at a height at which, below it, it would underline."""
_LIGHT, _CERTAIN = 4.0, 15.0
"""Mean darkness (of 255) of the darkest path along the name, and how far it is from chance, from which people look."""
_ENDS = 0.85
"""mm: a line whose two ends both stand so far above, or below, the middle of the small letters does not strike them."""
_SHORT, _SHORTEST = 4.0, 0.2
"""mm of the name, and share of it, in which a strike may not show at an end."""
_PEN, _FAR = 115, 5.0
"""Darkness (of 255) of the lightest pen, and mm beyond both ends of a name to which no hand carries its line."""
_SPECK = 12
"""Pixels that may be dust."""
_ACROSS, _OPEN, _HALF_OPEN = np.arange(-3, 4)[:, None], 5, 3
"""Pixels across a line, and how many of them must be free of letters where it has to show (in a short name with few such places)."""
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
    light: float
    """Mean darkness (of 255) of the darkest path between the letters: the lightest pencil shows here."""
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


@dataclass(frozen=True)
class Names:
    """The rows of one zone, as the form has them; worked out once."""

    rows: tuple[Row, ...]
    printed: tuple[Printed, ...]
    paper: Paper
    lines: Lines
    letters: NDArray[np.float64]
    """What ``lines`` find in the letters alone."""


def read_names(zones: tuple[Zone, ...], placed: Placed, blank: Blank) -> list[Name]:
    read: list[Name] = []
    for zone, names in zip(zones, names_of(blank), strict=True):
        moves = placed.moved(np.array([(row.name.x + 25, row.rect.middle[1]) for row in names.rows]))
        read += read_rows(zone, names, moves)
    return read


@lru_cache(maxsize=8)
def names_of(blank: Blank) -> tuple[Names, ...]:
    """The names of each zone."""
    made = []
    for box in blank.zones:
        rows = tuple(r for r in blank.layout.rows if box.x <= r.rect.x <= box.right)
        darks = [_drawn(blank, row, box) for row in rows]
        printed = tuple(_printed(row, box, dark) for row, dark in zip(rows, darks, strict=True))
        places = [(p.left, p.right, p.middle) for p in printed]
        lines = lines_of(places, darks[0].shape[0])
        letters = lines.darkest([dark[:, p.left : p.right] for p, dark in zip(printed, darks, strict=True)])
        made.append(Names(rows, printed, paper_of([p.allowed for p in printed], places), lines, letters))
    return tuple(made)


def _drawn(blank: Blank, row: Row, zone: Box) -> Pixels:
    x, y, width, height = _window(row, zone)
    left, top = round(x * FINE), round(y * FINE)
    return np.asarray(255 - blank.fine[top : top + height, left : left + width], np.uint8)


def _printed(row: Row, zone: Box, dark: Pixels) -> Printed:
    name = dark[:, round((row.name.x + 0.8 - _window(row, zone)[0]) * FINE) :]
    columns, offset = np.flatnonzero((name > 100).any(0)), dark.shape[1] - name.shape[1]
    near = cv2.dilate((dark > 60).astype(np.uint8) * 255, np.ones((5, 5), np.uint8))
    limit = np.asarray(np.maximum(near, _DARK), np.uint8)
    allowed = cv2.dilate(cv2.max(cv2.blur(dark, (3, 3)), cv2.blur(dark, (5, 5))), np.ones((5, 5), np.uint8))
    left, right = int(columns[0]) + offset, int(columns[-1]) + offset + 1
    return Printed(limit, np.asarray(allowed, np.uint8), left, right, _small_letters(dark[:, left:right]))


def _window(row: Row, zone: Box) -> tuple[float, float, int, int]:
    """The row within its rules, as far as the zone goes."""
    x, y = row.rect.x + _MARGIN, row.rect.y + _MARGIN
    right = min(row.rect.right, zone.right - 1) - _MARGIN
    return x, y, round((right - x) * FINE), round((row.rect.h - 2 * _MARGIN) * FINE)


def _small_letters(dark: Pixels) -> float:
    """The middle of the small letters: where most of the ink of the name is."""
    profile = np.convolve(dark.sum(1, dtype=np.float64), np.ones(13), "same")
    return float(np.argmax(profile))


def read_rows(zone: Zone, names: Names, moves: Floats) -> list[Name]:
    """The names of one zone, whose rows lie ``moves`` mm off on this sheet."""
    pairs = []
    for row, (right, down) in zip(names.rows, moves.tolist(), strict=True):
        x, y, width, height = _window(row, zone.box)
        dark, calm = (zone.cut(x + right, y + down, width, height, calm=calm) for calm in (False, True))
        if dark.shape != (height, width):
            return [Name(Strike.DOUBTFUL, Strike.DOUBTFUL, Strike.DOUBTFUL, 0, 0, 0, 0, 0, 0)] * len(names.rows)
        pairs.append((dark, calm))
    lights, certain = light_lines([calm for _dark, calm in pairs], names.paper)
    inner = [dark[:, p.left : p.right] for (dark, _calm), p in zip(pairs, names.printed, strict=True)]
    lines = names.lines.darkest(inner).tolist()
    read = []
    for (dark, calm), printed, light, sure, line, letters in zip(
        pairs, names.printed, lights, certain, lines, names.letters.tolist(), strict=True
    ):
        new = cv2.compare(dark, printed.limit, cv2.CMP_GT)
        ink = cv2.countNonZero(new) / _MM2
        over = cv2.subtract(calm, printed.allowed)
        faint = cv2.countNonZero(cv2.threshold(over, zone.paper + _FAINT, 255, cv2.THRESH_BINARY)[1]) / _MM2
        wide = (printed.right - printed.left) / FINE
        is_clean = ink < 0.35 + 0.005 * wide and faint < 1.7
        cover, other, is_level = _traced(new, dark, printed) if ink >= 0.4 else (0.0, 0.0, False)
        first = Strike.DOUBTFUL
        if is_clean and light < _LIGHT and sure < _CERTAIN:
            first = Strike.KEPT
        elif cover >= 0.9 and other < 1.0 and is_level and 1.2 < ink < 30:
            first = Strike.STRUCK
        second = _second(line, letters, wide)
        agreed = first if first is second else Strike.DOUBTFUL
        read.append(Name(agreed, first, second, *(round(v, 3) for v in (cover, ink, other, faint, light, line))))
    return read


def _second(line: float, letters: float, wide: float) -> Strike:
    """The longer a name (mm), the more a hand's line leaves the straight, and the less can letters look like one."""
    struck = 0.4 - 0.004 * min(max(wide - 35, 0), 25)
    if line < min(struck - 0.02, letters + 0.22):
        return Strike.KEPT
    return Strike.STRUCK if line >= struck else Strike.DOUBTFUL


def _traced(new: Any, dark: Pixels, printed: Printed) -> tuple[float, float, bool]:
    """How much of the name one line covers, mm² of ink off that line, and whether it is a pen's and keeps to the small
    letters: a little at one end does not matter, all along it or at both ends it does.
    """
    places = cv2.findNonZero(new).reshape(-1, 2)
    xs, ys = places[:, 0].astype(np.float64), places[:, 1].astype(np.float64)
    on_name = (xs >= printed.left) & (xs < printed.right) & (np.abs(ys - printed.middle) <= 2.2 * FINE)
    if np.count_nonzero(on_name) < 30:
        return 0.0, 0.0, False
    curve = _fit(xs[on_name] - printed.left, ys[on_name])
    wide = printed.right - printed.left
    off = np.abs(ys - _along(curve, np.minimum(np.maximum(xs - printed.left, -3 * FINE), wide + 3 * FINE)))
    on_line = off <= _CORRIDOR * FINE
    other = float(np.count_nonzero(~on_line)) / _MM2
    columns = np.arange(wide)
    along = _along(curve, columns)
    reached = xs[on_line] - printed.left
    reached = np.sort(reached[(reached >= -3 * FINE) & (reached < wide + 3 * FINE)])
    if len(reached) < 2 * _SPECK:
        return 0.0, other, False
    hit = np.zeros(wide, bool)
    hit[reached[(reached >= 0) & (reached < wide)].astype(int)] = True
    rows = np.clip(np.rint(along).astype(int) + _ACROSS, 0, len(printed.limit) - 1)
    free = (printed.limit[rows, columns + printed.left] < 255).sum(0)
    cover = _covered(hit, free >= _OPEN) or _covered(hit, free >= _HALF_OPEN)
    short = max(float(reached[_SPECK]), wide - 1 - float(reached[-_SPECK])) / FINE
    reaches = short <= min(_SHORT, _SHORTEST * wide / FINE)
    is_pen = _is_pen(xs[on_line], dark[places[on_line, 1], places[on_line, 0]], printed)
    return cover, other, is_pen and reaches and _is_level((along - printed.middle) / FINE)


def _is_pen(xs: NDArray[np.float64], darkness: Pixels, printed: Printed) -> bool:
    """Whether a line was drawn: a fold is lighter than any pen, and goes on far beyond both ends of a name."""
    far = _FAR * FINE
    goes_on = min(np.count_nonzero(xs < printed.left - far), np.count_nonzero(xs >= printed.right + far)) >= _SPECK
    most = len(darkness) * 3 // 4
    return not goes_on and int(np.partition(darkness, most)[most]) >= _PEN


def _is_level(away: NDArray[np.float64]) -> bool:
    """Whether a line that stands ``away`` mm below the middle of the small letters strikes them."""
    mean, begin, end = float(away.mean()), float(away[0]), float(away[-1])
    if min(begin, end) > _ENDS or max(begin, end) * _ABOVE < -_ENDS:
        return False
    return max(abs(mean) * 1.1 * (_ABOVE if mean < 0 else 1), float(np.abs(away).max()) * 0.7) <= _LEVEL


def _fit(xs: NDArray[np.float64], ys: NDArray[np.float64]) -> NDArray[np.float64]:
    """A hardly bowed line through most of the points, whatever the others do."""
    curve = np.array([0.0, float(np.median(ys))])
    for width, degree in ((2.5, 1), (1.5, 1), (1.0, 2)):
        near = np.abs(ys - _along(curve, xs)) <= width * FINE
        x, y = xs[near], ys[near]
        if len(x) < 20 or x.max() - x.min() < (2 if degree == 1 else 8) * FINE:
            break
        curve = _polynomial(x, y, degree)
    return curve


def _along(curve: NDArray[np.float64], xs: NDArray[Any]) -> NDArray[np.float64]:
    """How high a line, or a bow, of two or three terms runs at each of ``xs``."""
    height: NDArray[np.float64] = curve[0] * xs + curve[1]
    return height if len(curve) == 2 else height * xs + curve[2]


def _polynomial(xs: NDArray[np.float64], ys: NDArray[np.float64], degree: int) -> NDArray[np.float64]:
    """Least squares; the powers of a name's width are small enough to be solved as they stand, in tens of mm."""
    unit = 10.0 * FINE
    x = xs / unit
    terms = np.stack((x * x, x, np.ones_like(x))[2 - degree :])
    return np.asarray(np.linalg.solve(terms @ terms.T, terms @ ys) / unit ** np.arange(degree, -1, -1), np.float64)


def _covered(hit: NDArray[np.bool_], open_to: NDArray[np.bool_]) -> float:
    """Share of the millimetres of the name in which the line shows where it could; one may lack in a short name."""
    wide = (len(hit) + _BIN // 2) // _BIN * _BIN
    both, free = np.zeros((2, max(wide, len(hit))), np.int64)
    both[: len(hit)], free[: len(hit)] = hit & open_to, open_to
    seen, could = both[:wide].reshape(-1, _BIN).sum(1), free[:wide].reshape(-1, _BIN).sum(1)
    told = np.count_nonzero(could >= 2)
    shown = np.count_nonzero((could >= 2) & (seen >= 0.4 * could))
    return min(1.0, (shown + (told - shown == 1)) / told) if told >= 3 else 0.0


@dataclass(frozen=True)
class Lines:
    """Every straight line that is tried within the small letters of each name, as places in its blocks of 1 mm."""

    blocks: tuple[int, ...]
    places: NDArray[np.intp]
    """Names × lines × blocks: where in the flat blocks of all names each line runs."""
    high: int

    def darkest(self, rows: list[Pixels]) -> NDArray[np.float64]:
        """How dark (0 to 1) the darkest line of each name is in its weakest parts."""
        most = max(self.blocks)
        means = np.full((len(rows), self.high, most), 255, np.int32)
        for at, (row, blocks) in enumerate(zip(rows, self.blocks, strict=True)):
            mean = cv2.resize(row[:, : blocks * _BIN], (blocks, self.high), interpolation=cv2.INTER_AREA)
            means[at, :, :blocks] = cv2.dilate(mean, np.ones((3, 1), np.uint8))
        weakest = np.maximum(np.array(self.blocks) // 10, 1)
        along = np.sort(means.reshape(-1)[self.places], axis=2)
        found = along[np.arange(len(rows)), :, weakest].max(1) / 255
        return np.where(np.array(self.blocks) < 4, 0.0, found)


def lines_of(places: list[tuple[int, int, float]], high: int) -> Lines:
    blocks = tuple(max(1, (right - left) // _BIN) for left, right, _middle in places)
    most, reach = max(blocks), round(_BAND * FINE)
    slopes = np.tan(np.radians(np.arange(-8, 9, 2)))[:, None, None]
    made = []
    for at, (count, (_left, _right, middle)) in enumerate(zip(blocks, places, strict=True)):
        starts = np.arange(round(middle) - reach, round(middle) + reach + 1, 2)[None, :, None]
        centre = (np.arange(most) - (count - 1) / 2)[None, None, :] * _BIN
        rows = np.clip(np.rint(starts + slopes * centre), 0, high - 1).astype(np.intp)
        made.append((rows + at * high) * most + np.arange(most))
    return Lines(blocks, np.stack(made).reshape(len(places), -1, most), high)
