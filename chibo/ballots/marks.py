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
        traced = _traced(owns[at]) if inks[at] >= _LEAST_INK else _Traced()
        second = _second(traced, float(strokes[at]), runs[:, at].tolist(), float(inks[at]))
        agreed = first if first is second and offs[at] <= 0.4 else Mark.DOUBTFUL
        features = (fill, faint, extent, around, edge, traced.spread, float(strokes[at]), float(offs[at]))
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
    if 0.055 <= fill <= 0.5 and extent >= 2.4 and around < 4.5 and far < 0.6 and -1.2 < edge < 2.4:
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
    """For each box, mm over which three strokes or more, and (across, down) over which two, stand side by side."""
    ink = np.pad(owns > _INK, ((0, 0), (1, 1), (1, 1)))
    by_row = np.count_nonzero(ink[:, 1:-1, 1:] > ink[:, 1:-1, :-1], axis=2)
    by_column = np.count_nonzero(ink[:, 1:, 1:-1] > ink[:, :-1, 1:-1], axis=1)
    many = np.maximum(np.count_nonzero(by_row > 2, axis=1), np.count_nonzero(by_column > 2, axis=1))
    two = np.stack((np.count_nonzero(by_row == 2, axis=1), np.count_nonzero(by_column == 2, axis=1)))
    return many / FINE, two / FINE


@dataclass(frozen=True, slots=True)
class _Traced:
    spread: float = 0.0
    whole: float = 1.0
    """Share of the largest piece."""
    hollow: float = 0.0
    """mm from the middle of the ink to the nearest ink: a ring is hollow, an X or a tick is not."""
    arms: int = 0
    """Strokes that leave the middle: four for an X, six or more for an X with a line through it."""
    level: float = 0.0
    upright: float = 0.0
    """Darkness (of 255) all along the darkest such line across the whole box: a mark taken back by a line."""
    holes: int = 0
    """Places shut in by strokes: none in an X or a tick, some where a third line cuts an X beside its middle."""


def _traced(own: Pixels) -> _Traced:
    ink = (own > _INK).astype(np.uint8)
    moments = cv2.moments(ink, binaryImage=True)
    area = max(moments["m00"], 1.0)
    across, down, both = moments["mu20"] / area, moments["mu02"] / area, moments["mu11"] / area
    least = (across + down) / 2 - (((across - down) / 2) ** 2 + both**2) ** 0.5
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(ink, connectivity=8)
    ys, xs = np.nonzero(ink)
    x, y = moments["m10"] / area, moments["m01"] / area
    hollow = float(np.hypot(xs - x, ys - y).min()) / FINE
    around = np.pad(ink, 20)[np.rint(_RINGS_Y + y + 20).astype(int), np.rint(_RINGS_X + x + 20).astype(int)]
    arms = np.sort(np.count_nonzero(around > np.roll(around, 1, axis=1), axis=1))
    whole = float(stats[1:, cv2.CC_STAT_AREA].max()) / area
    spread = max(least, 0.0) ** 0.5 / FINE
    return _Traced(spread, whole, hollow, int(arms[-2]), _through(own), _through(own.T), _holes(own))


_BIN = 4
_BLOCKS = _OWN // _BIN
_LEVELS = np.arange(3, _OWN - 3)[None, :, None]
_LINES = _LEVELS + np.tan(np.radians(np.arange(-15, 16, 3)))[:, None, None] * (
    (np.arange(_BLOCKS) - (_BLOCKS - 1) / 2) * _BIN
)
_LINES = np.clip(np.rint(_LINES), 0, _OWN - 1).astype(int)


def _through(own: Pixels) -> float:
    mean = own[:, : _BLOCKS * _BIN].reshape(_OWN, _BLOCKS, _BIN).mean(2, dtype=np.float32)
    along = cv2.dilate(mean, np.ones((3, 1), np.uint8))[_LINES, np.arange(_BLOCKS)]
    return float(np.partition(along, 1, axis=2)[:, :, 1].max())


def _holes(own: Pixels) -> int:
    paper = np.pad((own <= _DARK).astype(np.uint8), 1, constant_values=1)
    _count, _labels, stats, _centres = cv2.connectedComponentsWithStats(paper, connectivity=4)
    inside = (stats[1:, cv2.CC_STAT_LEFT] > 0) & (stats[1:, cv2.CC_STAT_AREA] >= 3)
    return int(np.count_nonzero(inside))


_ANGLES = np.linspace(0, 2 * np.pi, 120, endpoint=False)
_RADII = np.array([1.0, 1.3, 1.6, 1.9, 2.2])[:, None] * FINE
_RINGS_X, _RINGS_Y = _RADII * np.cos(_ANGLES), _RADII * np.sin(_ANGLES)


def _second(traced: _Traced, strokes: float, runs: list[float], ink: float) -> Mark:
    if ink < _LEAST_INK:
        return Mark.BLANK
    is_tick = min(runs) <= 0.5  # its long arm may stand upright; a ring around its middle may cut each arm twice
    arms, upright = (5, 255) if is_tick else (4, 120)
    is_shape = traced.spread >= 0.38 and traced.whole >= 0.85 and traced.hollow <= 0.9
    is_whole = traced.arms <= arms and not traced.holes and traced.level <= 120 and traced.upright <= upright
    is_plain = is_whole and strokes <= 0.55
    if is_shape and is_plain and max(runs) >= 0.4 and 1.2 <= ink <= 14:
        return Mark.MARKED
    return Mark.DOUBTFUL
