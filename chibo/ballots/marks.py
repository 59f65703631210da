"""Boxes read twice, by different landmarks and different features. What both call the same is decided; the rest is a doubt.

The first reader knows where a box should be and weighs its ink; the second finds the printed box itself and follows the
strokes: an X crosses itself, a stray line does not, a crossed-out X has three strokes side by side.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

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
_WINDOW = 70
"""Pixels around a box in which its own lines are looked for."""
_OWN = 41
_LEAST_INK = 0.45
"""mm²"""


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
    edge: float
    """mm² of ink along the box's printed line beyond what the other boxes of the sheet have there."""
    spread: float
    """mm: how far the ink stands off one straight line."""
    strokes: float
    """mm over which three or more strokes lie side by side."""
    off: float
    """mm between the two readers' places of the box."""


def read_cells(zones: tuple[Zone, ...], placed: Placed, blank: Blank) -> list[tuple[Cell, ...]]:
    """The boxes of every row."""
    read: list[tuple[Cell, ...]] = []
    for zone in zones:
        rows = [
            row for row in blank.layout.rows if zone.box.x <= row.cells[0].x and row.cells[-1].right <= zone.box.right
        ]
        moves = placed.moved(np.array([box.middle for row in rows for box in row.boxes]))
        cells = read_boxes(zone, [cell for row in rows for cell in row.cells], moves)
        read += [(agree, disagree) for agree, disagree in zip(cells[::2], cells[1::2], strict=True)]
    return read


def read_boxes(zone: Zone, cells: list[Box], moves: Floats) -> list[Cell]:
    """The box in the middle of each of ``cells`` (all of one size), which lie ``moves`` mm off on this sheet."""
    middles = np.array([cell.middle for cell in cells]) + moves
    weighed = _weighed(zone, middles, cells[0])
    offs, owns = _own_places(zone, middles)
    inks = np.count_nonzero(owns > _INK, axis=(1, 2)) / _MM2
    strokes, runs = _side_by_side(owns)
    read = []
    for at, (fill, faint, extent, around, far, edge) in enumerate(weighed):
        first = _first(fill, extent, faint, around, far, edge)
        spread, whole, hollow = _traced(owns[at]) if inks[at] >= _LEAST_INK else (0.0, 1.0, 0.0)
        second = _second(spread, hollow, float(strokes[at]), whole, float(runs[at]), float(inks[at]))
        agreed = first if first is second and offs[at] <= 0.4 else Mark.DOUBTFUL
        features = (fill, faint, extent, around, edge, spread, float(strokes[at]), float(offs[at]))
        read.append(Cell(agreed, first, second, *(round(v, 3) for v in features)))
    return read


def _stack(pixels: Pixels, zone: Zone, middles: Floats, width: int, height: int) -> Pixels:
    """``width`` × ``height`` pixels around each of ``middles`` (mm)."""
    corners = np.rint((middles - (zone.box.x, zone.box.y)) * FINE - (width / 2, height / 2)).astype(int)
    corners = np.clip(corners, 0, (pixels.shape[1] - width, pixels.shape[0] - height))
    return np.stack([pixels[y : y + height, x : x + width] for x, y in corners.tolist()])


def _weighed(zone: Zone, middles: Floats, cell: Box) -> list[tuple[float, ...]]:
    """Fill, faint, extent of each box; mm² of ink in its cell outside it, of that far from it, and along its line."""
    inner, calm = _stack(zone.dark, zone, middles, _INNER, _INNER), _stack(zone.calm, zone, middles, _INNER, _INNER)
    ink = inner > _DARK
    paper = np.minimum(np.median(calm[:, ::3, ::3].reshape(len(calm), -1), axis=1), 20)
    fill = np.count_nonzero(ink, axis=(1, 2)) / (_INNER * _INNER)
    faint = np.count_nonzero(calm > (paper + _FAINT).astype(np.uint8)[:, None, None], axis=(1, 2)) / _MM2
    extent = np.minimum(_span(ink, 1), _span(ink, 2)) / FINE
    width, height = round((cell.w - 1.5) * FINE), round((cell.h - 1) * FINE)
    cells = _stack(zone.dark, zone, middles, width, height)
    around = cells > _DARK
    box, away = round((MARK / 2 + 0.4) * FINE), round((MARK / 2 + 2) * FINE)
    far = np.count_nonzero(around[:, :, : max(width // 2 - away, 0)], axis=(1, 2)) + np.count_nonzero(
        around[:, :, width // 2 + away :], axis=(1, 2)
    )
    own = np.s_[:, max(height // 2 - box, 0) : height // 2 + box, width // 2 - box : width // 2 + box]
    total = np.count_nonzero(around, axis=(1, 2)) - np.count_nonzero(around[own], axis=(1, 2))
    line = (cells[own].sum((1, 2), dtype=np.int64) - inner.sum((1, 2), dtype=np.int64)) / 255
    edge = line - np.quantile(line, 0.3)
    return list(zip(*(v.tolist() for v in (fill, faint, extent, total / _MM2, far / _MM2, edge / _MM2)), strict=True))


def _span(ink: NDArray[np.bool_], axis: int) -> NDArray[np.int64]:
    """From the first to the last line, across ``axis``, that has more than one dark pixel."""
    lines = np.count_nonzero(ink, axis=3 - axis) > 1
    first, last = lines.argmax(1), lines.shape[1] - lines[:, ::-1].argmax(1)
    return np.where(lines.any(1), last - first, 0)


def _first(fill: float, extent: float, faint: float, around: float, far: float, edge: float) -> Mark:
    if fill < 0.012 and faint < 0.9 and around < 0.8 and far < 0.4 and -1.2 < edge < 1.2:
        return Mark.BLANK
    if 0.055 <= fill <= 0.5 and extent >= 2.4 and around < 4.5 and far < 0.6 and -1.2 < edge < 3.5:
        return Mark.MARKED
    return Mark.DOUBTFUL


def _own_places(zone: Zone, middles: Floats) -> tuple[Floats, Pixels]:
    """Where each printed box is by its own lines (mm off the first reader's place), and what is in it."""
    windows = _stack(zone.calm, zone, middles, _WINDOW, _WINDOW)
    shift = np.stack((_line_pair(windows.sum(1, dtype=np.int64)), _line_pair(windows.sum(2, dtype=np.int64))), axis=1)
    corner = np.rint((middles - (zone.box.x, zone.box.y)) * FINE - _WINDOW / 2)
    own = corner + shift + _WINDOW / 2
    off = np.abs(own / FINE + (zone.box.x, zone.box.y) - middles).max(1)
    return off, _stack(zone.dark, zone, own / FINE + (zone.box.x, zone.box.y), _OWN, _OWN)


def _line_pair(profiles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where two lines stand the box's side apart in each profile, as pixels from its middle."""
    smooth = profiles[:, :-2] + profiles[:, 1:-1] + profiles[:, 2:]
    apart = round(MARK * FINE)
    first = (_WINDOW - apart) // 2 - 1
    steps = np.arange(-_REACH, _REACH + 1)
    scores = np.minimum(smooth[:, first + steps], smooth[:, first + steps + apart])
    return np.asarray(scores.argmax(1) - _REACH, np.int64)


def _side_by_side(owns: Pixels) -> tuple[Floats, Floats]:
    """For each box, mm over which three strokes or more, and over which two, stand side by side."""
    ink = np.pad(owns > _INK, ((0, 0), (1, 1), (1, 1)))
    by_row = np.count_nonzero(ink[:, 1:-1, 1:] > ink[:, 1:-1, :-1], axis=2)
    by_column = np.count_nonzero(ink[:, 1:, 1:-1] > ink[:, :-1, 1:-1], axis=1)
    many = np.maximum(np.count_nonzero(by_row > 2, axis=1), np.count_nonzero(by_column > 2, axis=1))
    two = np.maximum(np.count_nonzero(by_row == 2, axis=1), np.count_nonzero(by_column == 2, axis=1))
    return many / FINE, two / FINE


def _traced(own: Pixels) -> tuple[float, float, float]:
    """How far (mm) the ink spreads off its best straight line, the share of its largest piece, and how far (mm) its
    middle is from any ink: a ring is hollow, an X or a tick is not.
    """
    ink = (own > _INK).astype(np.uint8)
    moments = cv2.moments(ink, binaryImage=True)
    area = max(moments["m00"], 1.0)
    across, down, both = moments["mu20"] / area, moments["mu02"] / area, moments["mu11"] / area
    least = (across + down) / 2 - (((across - down) / 2) ** 2 + both**2) ** 0.5
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    ys, xs = np.nonzero(ink)
    hollow = float(np.hypot(xs - moments["m10"] / area, ys - moments["m01"] / area).min()) / FINE
    return max(least, 0.0) ** 0.5 / FINE, float(stats[1:, cv2.CC_STAT_AREA].max()) / area, hollow


def _second(spread: float, hollow: float, strokes: float, whole: float, runs: float, ink: float) -> Mark:
    if ink < _LEAST_INK:
        return Mark.BLANK
    if spread >= 0.38 and hollow <= 0.9 and strokes <= 0.65 and whole >= 0.85 and runs >= 0.4 and 1.2 <= ink <= 14:
        return Mark.MARKED
    return Mark.DOUBTFUL
