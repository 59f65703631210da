"""Boxes read twice, by different landmarks and different features. What both call the same is decided; the rest is a doubt.

The first reader knows where a box should be and weighs its ink; the second finds the printed box itself and follows the
strokes: an X crosses itself, a stray line does not, a crossed-out X has three strokes side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from chibo.ballots.blank import FINE, Blank
from chibo.ballots.evening import Zone
from chibo.ballots.intake import Pixels
from chibo.ballots.layout import MARK, Box
from chibo.ballots.registration import Floats, Placed

_MM2 = FINE * FINE
_DARK, _FAINT, _INK = 71, 14, 46
"""Darkness (of 255) of a pen's stroke; of the lightest pencil; of a stroke's edge."""
_INNER = 39
"""Pixels of the part within the printed line: 4.9 mm."""
_REACH = 5


class Mark(StrEnum):
    BLANK = "blank"
    MARKED = "marked"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Cell:
    """One box as read; the features stay with the count, so that a threshold can be tried again later."""

    mark: Mark
    first: Mark
    second: Mark
    fill: float
    """Share of the box that is dark."""
    faint: float
    """mm² that are not paper."""
    extent: float
    """mm: the smaller side of what is dark."""
    around: float
    """mm² of ink in the cell outside its box."""
    spread: float
    """mm: how far the ink stands off one straight line."""
    strokes: float
    """mm over which three or more strokes lie side by side."""
    off: float
    """mm between the two readers' places of the box."""


def read_cells(zones: tuple[Zone, ...], placed: Placed, blank: Blank) -> list[tuple[Cell, ...]]:
    """The boxes of every row."""
    read = []
    for row in blank.layout.rows:
        zone = next(z for z in zones if z.box.x <= row.cells[0].x and row.cells[0].right <= z.box.right)
        moves = placed.moved(np.array([box.middle for box in row.boxes]))
        read.append(tuple(read_cell(zone, cell, box, move) for cell, box, move in zip(row.cells, row.boxes, moves, strict=True)))
    return read


def read_cell(zone: Zone, cell: Box, box: Box, move: Floats) -> Cell:
    """One box, printed at ``box`` in the table's ``cell``, which lie ``move`` mm off on this sheet."""
    x, y = box.middle[0] + float(move[0]), box.middle[1] + float(move[1])
    half = _INNER / 2 / FINE
    dark = zone.cut(x - half, y - half, _INNER, _INNER)
    calm = zone.cut(x - half, y - half, _INNER, _INNER, calm=True)
    around, far = _around(zone, cell, x, y)
    fill, extent, faint = _weighed(dark, calm)
    first = _first(fill, extent, faint, around, far)
    off, own = _own_place(zone, x, y)
    spread, strokes, whole, runs = _followed(own)
    second = _second(spread, strokes, whole, runs, float(own.size and np.count_nonzero(own > _INK)) / _MM2)
    agreed = first if first is second and off <= 0.4 else Mark.DOUBTFUL
    return Cell(agreed, first, second, *(round(v, 3) for v in (fill, faint, extent, around, spread, strokes, off)))


def _weighed(dark: Pixels, calm: Pixels) -> tuple[float, float, float]:
    ink = dark > _DARK
    fill = float(np.count_nonzero(ink)) / (_INNER * _INNER)
    paper = min(float(np.median(calm)), 20.0)
    faint = float(np.count_nonzero(calm > paper + _FAINT)) / _MM2
    if fill < 0.01:
        return fill, 0.0, faint
    rows, columns = np.flatnonzero(ink.sum(1) > 1), np.flatnonzero(ink.sum(0) > 1)
    if not len(rows) or not len(columns):
        return fill, 0.0, faint
    return fill, float(min(rows[-1] - rows[0], columns[-1] - columns[0]) + 1) / FINE, faint


def _around(zone: Zone, cell: Box, x: float, y: float) -> tuple[float, float]:
    """mm² of ink in the cell outside its box, and of it what stands more than 2 mm away from the box."""
    left, wide = x - cell.w / 2 + 0.75, round((cell.w - 1.5) * FINE)
    top, high = y - cell.h / 2 + 0.5, round((cell.h - 1) * FINE)
    seen = zone.cut(left, top, wide, high) > _DARK
    reach = round((MARK / 2 + 0.4) * FINE)
    mid_y, mid_x = seen.shape[0] // 2, seen.shape[1] // 2
    total = int(np.count_nonzero(seen)) - int(np.count_nonzero(seen[max(mid_y - reach, 0) : mid_y + reach, mid_x - reach : mid_x + reach]))
    away = reach + round(1.6 * FINE)
    far = np.count_nonzero(seen[:, : max(mid_x - away, 0)]) + np.count_nonzero(seen[:, mid_x + away :])
    return total / _MM2, float(far) / _MM2


def _first(fill: float, extent: float, faint: float, around: float, far: float) -> Mark:
    if fill < 0.012 and faint < 0.35 and around < 0.8 and far < 0.4:
        return Mark.BLANK
    if 0.055 <= fill <= 0.5 and extent >= 2.4 and around < 4.5 and far < 0.6:
        return Mark.MARKED
    return Mark.DOUBTFUL


def _printed_box() -> Pixels:
    side = 60
    drawn = np.zeros((side, side), np.uint8)
    edge = (side - round(MARK * FINE)) // 2
    cv2.rectangle(drawn, (edge, edge), (side - 1 - edge, side - 1 - edge), 255, 2)
    return np.asarray(cv2.blur(drawn, (3, 3)), np.uint8)


_PRINTED_BOX = _printed_box()


def _own_place(zone: Zone, x: float, y: float) -> tuple[float, Pixels]:
    """Where the printed box is by its own lines (mm off the first reader's place), and what is in it."""
    half = len(_PRINTED_BOX) // 2
    size = 2 * (half + _REACH)
    left, top = round((x - zone.box.x) * FINE) - half - _REACH, round((y - zone.box.y) * FINE) - half - _REACH
    window = zone.calm[max(top, 0) : top + size, max(left, 0) : left + size]
    if window.shape != (size, size):
        return 9.0, np.zeros((0, 0), np.uint8)
    across, down = window.sum(0, dtype=np.int64), window.sum(1, dtype=np.int64)
    dx, dy = _line_pair(across), _line_pair(down)
    off_x, off_y = (left + dx + half - (x - zone.box.x) * FINE) / FINE, (top + dy + half - (y - zone.box.y) * FINE) / FINE
    inner = round((MARK - 0.9) * FINE)
    from_x, from_y = left + dx + half - inner // 2, top + dy + half - inner // 2
    return max(abs(off_x), abs(off_y)), zone.dark[max(from_y, 0) : from_y + inner, max(from_x, 0) : from_x + inner]


def _line_pair(profile: object) -> int:
    """Where two lines stand the box's side apart in a profile, as the shift of the window."""
    values = np.convolve(np.asarray(profile, np.float64), np.ones(3) / 3, "same")
    apart = round(MARK * FINE)
    edge = (len(_PRINTED_BOX) - apart) // 2
    scores = [min(values[edge + s], values[edge + s + apart - 1]) for s in range(2 * _REACH + 1)]
    return int(np.argmax(scores))


def _followed(own: Pixels) -> tuple[float, float, float, float]:
    """Off-line spread (mm), mm with three or more strokes, share of the largest piece, mm with two strokes side by side."""
    if not own.size:
        return 0.0, 9.0, 0.0, 0.0
    ink = (own > _INK).astype(np.uint8)
    ys, xs = np.nonzero(ink)
    if len(xs) < 24:
        return 0.0, 0.0, 1.0, 0.0
    spread = float(np.sqrt(max(np.linalg.eigvalsh(np.cov(np.stack((xs, ys)).astype(np.float64)))[0], 0.0))) / FINE
    padded = np.pad(ink, 1)
    by_row = np.count_nonzero(padded[1:-1, 1:] > padded[1:-1, :-1], axis=1)
    by_column = np.count_nonzero(padded[1:, 1:-1] > padded[:-1, 1:-1], axis=0)
    strokes = float(max(np.count_nonzero(by_row > 2), np.count_nonzero(by_column > 2))) / FINE
    runs = float(max(np.count_nonzero(by_row == 2), np.count_nonzero(by_column == 2))) / FINE
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    whole = float(stats[1:, cv2.CC_STAT_AREA].max()) / len(xs)
    return spread, strokes, whole, runs


def _second(spread: float, strokes: float, whole: float, runs: float, ink: float) -> Mark:
    if ink < 0.45:
        return Mark.BLANK
    if spread >= 0.38 and strokes <= 0.65 and whole >= 0.85 and runs >= 0.7 and 1.3 <= ink <= 12:
        return Mark.MARKED
    return Mark.DOUBTFUL
