"""Boxes read twice, by different landmarks and different features. What both call the same is decided; the rest is a doubt.

The first reader knows where a box should be and weighs its ink; the second finds the printed box itself, which must be
whole, and follows the strokes: an X crosses itself, a stray line does not, a crossed-out X has three strokes side by side.
A mark is two straight strokes of a pen, and a blank box has not even a shadow of one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
from numpy.typing import NDArray

from chibo.ballots.bending import Floats
from chibo.ballots.blank import FINE, Blank
from chibo.ballots.evening import Zone
from chibo.ballots.intake import Pixels
from chibo.ballots.layout import MARK, Box
from chibo.ballots.registration import Placed
from chibo.ballots.shapes import Shape, light_lines, shapes_of
from chibo.ballots.strokes import DARK, INK, SIDE, Traced, counted, followed, profiles, summed

_MM2 = FINE * FINE
_FAINT = 14
"""Darkness (of 255) of the lightest pencil."""
_STAINED = 5
"""Darkness by which the paper in a box may differ from the sheet's: more is a shade or a stain, not paper."""
_INNER = 39
"""Pixels of the part within the printed line: 4.9 mm."""
_REACH = 5
_WINDOW = 70
"""Pixels around a box in which its own lines are looked for."""
_LEAST_INK = 0.45
"""mm²"""
_SIDE = round(MARK * FINE)
_LINE = 5
"""Pixels on both sides of a box's line in which its darkest point is looked for."""
_WHOLE = 0.6
"""Share of the usual darkness that each mm of a box's line has; less is a box painted over."""
_LIGHT = 4.5
"""How much darker than its paper a blank box may be along a line: chance and dust make 4 at most, the lightest pencil 5 at least."""
_PEN = 115
"""Darkness of the lightest pen; lighter strokes may be a fold, a stain or what shines through."""
_REST, _BESIDE = 0.055, 0.35
"""Share of a mark's ink that may lie on neither of its two strokes, and mm² away from both that may not be paper: a speck."""


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
    line: float
    """Darkness of the weakest mm of the box's printed line, as a share of what the sheet's boxes have."""
    light: float
    """Darkness (of 255) of the darkest straight line in a box without ink beyond its paper."""
    rest: float
    """Share of the ink that lies on neither of the two straightest strokes."""
    beside: float
    """mm² in the box, near neither of them, that are not paper."""
    pen: float
    """Darkness (of 255) of the strokes."""


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
    offs, places = _own_places(zone, middles)
    read: list[Cell] = []
    for (fill, faint, extent, around, far, edge), off, (ink, line, light, traced, shape) in zip(
        weighed, offs.tolist(), _looked_at(zone, places), strict=True
    ):
        first = _first(fill, extent, faint, around, far, edge)
        second = _second(traced, shape, ink, light)
        agreed = first if first is second and off <= 0.4 and line >= _WHOLE else Mark.DOUBTFUL
        weights = (fill, faint, extent, around, edge, traced.spread, traced.strokes, off)
        shapes = (line, light, shape.rest, shape.beside, shape.pen)
        read.append(Cell(agreed, first, second, *(round(v, 3) for v in (*weights, *shapes))))
    return read


def _looked_at(zone: Zone, places: Floats) -> Iterator[tuple[float, float, float, Traced, Shape]]:
    """The second reader's features of the boxes at ``places``: mm² of ink, printed line, light line, strokes."""
    corners = _corners(zone, places, SIDE, SIDE)
    dark, calm = (_stack(pixels, corners, SIDE, SIDE) for pixels in (zone.dark, zone.calm))
    inks = counted(dark > INK) / _MM2
    inked = inks >= _LEAST_INK
    strokes = zip(followed(dark[inked]), shapes_of(dark[inked], calm[inked], zone.paper), strict=True)
    lights = iter(light_lines(calm[~inked]).tolist())
    lines = _printed_lines(zone, places).tolist()
    for ink, line, is_inked in zip(inks.tolist(), lines, inked.tolist(), strict=True):
        traced, shape = next(strokes) if is_inked else (Traced(), Shape())
        yield ink, line, 0.0 if is_inked else next(lights), traced, shape


def _corners(zone: Zone, middles: Floats, width: int, height: int) -> NDArray[np.intp]:
    """Where ``width`` × ``height`` pixels around each of ``middles`` (mm) begin."""
    corners = np.rint((middles - (zone.box.x, zone.box.y)) * FINE - (width / 2, height / 2)).astype(np.intp)
    last = np.array((zone.dark.shape[1] - width, zone.dark.shape[0] - height))
    return np.asarray(np.minimum(np.maximum(corners, 0), last), np.intp)


def _stack(pixels: Pixels, corners: NDArray[np.intp], width: int, height: int) -> Pixels:
    stack = np.empty((len(corners), height, width), np.uint8)
    for at, (x, y) in enumerate(corners.tolist()):
        stack[at] = pixels[y : y + height, x : x + width]
    return stack


def _within(
    pixels: Pixels, corners: NDArray[np.intp], *boxes: tuple[int, int, int, int]
) -> Iterator[NDArray[np.int64]]:
    """The sum from (left, top) to before (right, bottom) of each of ``boxes``, seen from each of ``corners``: four corners of
    one running sum.
    """
    so_far: NDArray[np.int32] = np.asarray(cv2.integral(pixels), np.int32)
    x, y = corners.T
    across, down = (np.array(boxes)[:, side, None] for side in ((0, 2), (1, 3)))
    at = so_far[(y + down)[:, :, None], (x + across)[:, None]]
    yield from (at[:, 1, 1] - at[:, 0, 1] - at[:, 1, 0] + at[:, 0, 0]).astype(np.int64)


def _weighed(zone: Zone, middles: Floats, cell: Box) -> list[tuple[float, ...]]:
    """Fill, faint, extent of each box; mm² of ink in its cell outside it, of that far from it, and along its line."""
    corners = _corners(zone, middles, _INNER, _INNER)
    dark = _stack(zone.dark, corners, _INNER, _INNER)
    ink = (dark > DARK).view(np.uint8)
    calm = _stack(zone.calm, corners, _INNER, _INNER)
    some = calm[:, ::3, ::3].reshape(len(calm), -1)
    paper = np.minimum(np.partition(some, some.shape[1] // 2, axis=1)[:, some.shape[1] // 2], zone.paper + _STAINED)
    fill = summed(ink) / (_INNER * _INNER)
    faint = counted(calm > (paper + _FAINT).astype(np.uint8)[:, None, None]) / _MM2
    extent = np.minimum(*(_span(lines) for lines in profiles(ink))) / FINE
    around, far, line = _beside(zone, middles, dark, cell)
    edge = line - np.sort(line)[round(0.3 * (len(line) - 1))]
    return list(zip(*(v.tolist() for v in (fill, faint, extent, around, far, edge / _MM2)), strict=True))


def _beside(zone: Zone, middles: Floats, inner: Pixels, cell: Box) -> tuple[Floats, Floats, NDArray[np.float64]]:
    """mm² of ink in each cell outside its box, of that far from it, and the darkness along the box's line: around ``inner``."""
    width, height = round((cell.w - 1.5) * FINE), round((cell.h - 1) * FINE)
    corners = _corners(zone, middles, width, height)
    box, away = round((MARK / 2 + 0.4) * FINE), round((MARK / 2 + 2) * FINE)
    middle_x, middle_y = width // 2, height // 2
    left, top, right, bottom = middle_x - box, max(middle_y - box, 0), middle_x + box, min(middle_y + box, height)
    inked = np.asarray(cv2.threshold(zone.dark, DARK, 1, cv2.THRESH_BINARY)[1], np.uint8)
    whole, own, before, after = _within(
        inked, corners, (0, 0, width, height), (left, top, right, bottom),
        (0, 0, max(middle_x - away, 0), height), (min(middle_x + away, width), 0, width, height),
    )  # fmt: skip
    boxes = _stack(zone.dark, corners + np.array((left, top)), right - left, bottom - top)
    line = summed(boxes) - summed(inner)
    return (whole - own) / _MM2, (before + after) / _MM2, line / 255


def _span(lines: NDArray[np.float32]) -> NDArray[np.int64]:
    """From the first to the last line that has more than one dark pixel."""
    has = lines > 1
    first, last = has.argmax(1), has.shape[1] - has[:, ::-1].argmax(1)
    return np.where(has.any(1), last - first, 0)


def _first(fill: float, extent: float, faint: float, around: float, far: float, edge: float) -> Mark:
    if fill < 0.012 and faint < 0.9 and around < 0.8 and far < 0.4 and -1.2 < edge < 1.2:
        return Mark.BLANK
    if 0.055 <= fill <= 0.5 and extent >= 2.4 and around < 4.5 and far < 0.6 and -1.2 < edge < 2.4:
        return Mark.MARKED
    return Mark.DOUBTFUL


def _own_places(zone: Zone, middles: Floats) -> tuple[Floats, Floats]:
    """Where each printed box is by its own lines: how many mm off the first reader's place, and where."""
    windows = _stack(zone.calm, _corners(zone, middles, _WINDOW, _WINDOW), _WINDOW, _WINDOW)
    shift = np.stack([_line_pair(profile) for profile in profiles(windows)], axis=1)
    corner = np.rint((middles - (zone.box.x, zone.box.y)) * FINE - _WINDOW / 2)
    own = (corner + shift + _WINDOW / 2) / FINE + (zone.box.x, zone.box.y)
    return np.abs(own - middles).max(1), own


def _line_pair(profiles: NDArray[np.float32]) -> NDArray[np.int64]:
    """Where two lines stand the box's side apart in each profile, as pixels from its middle."""
    smooth = profiles[:, :-2] + profiles[:, 1:-1] + profiles[:, 2:]
    apart = round(MARK * FINE)
    first = (_WINDOW - apart) // 2 - 1
    steps = np.arange(-_REACH, _REACH + 1)
    scores = np.minimum(smooth[:, first + steps], smooth[:, first + steps + apart])
    return np.asarray(scores.argmax(1) - _REACH, np.int64)


def _printed_lines(zone: Zone, places: Floats) -> Floats:
    """The weakest mm of each box's printed line, as a share of what most of the sheet's boxes have: where it is missing,
    something was laid over the box.
    """
    whole = _SIDE + 2 * _LINE
    around = _stack(zone.dark, _corners(zone, places, whole, whole), whole, whole)
    along, upright = slice(_LINE, _LINE + _SIDE), np.ascontiguousarray(around.swapaxes(1, 2))
    sides = (around[:, : 2 * _LINE], around[:, -2 * _LINE :], upright[:, : 2 * _LINE], upright[:, -2 * _LINE :])
    lines = np.stack([side[:, :, along].max(1) for side in sides], axis=1)
    by_mm = summed(lines.reshape(-1, FINE)).reshape(len(places), -1) / FINE
    return np.asarray(by_mm.min(1) / max(float(np.median(by_mm)), 1.0), np.float64)


def _second(traced: Traced, shape: Shape, ink: float, light: float) -> Mark:
    if ink < _LEAST_INK:
        return Mark.BLANK if light < _LIGHT else Mark.DOUBTFUL
    runs = (traced.across, traced.down)
    is_tick = min(runs) <= 0.5  # its long arm may stand upright; a ring around its middle may cut each arm twice
    arms, upright = (5, 255) if is_tick else (4, 120)
    is_shape = traced.spread >= 0.38 and traced.whole >= 0.85
    is_whole = traced.arms <= arms and traced.level <= 120 and traced.upright <= upright
    is_plain = is_whole and traced.strokes <= 0.55
    is_two = shape.meets and shape.rest <= _REST and shape.beside <= _BESIDE and shape.pen >= _PEN
    if is_shape and is_plain and is_two and max(runs) >= 0.4 and 1.2 <= ink <= 14:
        return Mark.MARKED
    return Mark.DOUBTFUL
