"""The strokes within a box, followed without knowing what was printed: an X crosses itself, a mark taken back has arms to
spare. All boxes of a sheet are followed together, as one stack of pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from chibo.ballots.blank import FINE
from chibo.ballots.intake import Pixels

SIDE = 41
"""Pixels of the square that is followed."""
INK, DARK = 46, 71
"""Darkness (of 255) of a stroke's edge, and of the stroke."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Traced:
    spread: float = 0.0
    """mm: how far the ink stands off one straight line."""
    whole: float = 1.0
    """Share of the largest piece."""
    arms: int = 0
    """Strokes that leave the middle: four for an X, six or more for an X with a line through it."""
    level: float = 0.0
    upright: float = 0.0
    """Darkness (of 255) all along the darkest such line across the whole box: a mark taken back by a line."""
    strokes: float = 0.0
    """mm over which three or more strokes lie side by side."""
    across: float = 0.0
    down: float = 0.0
    """mm over which two do, row by row and column by column."""


def summed(stack: Pixels) -> NDArray[np.int64]:
    """The sum of each of ``stack``."""
    return np.asarray(cv2.reduce(stack.reshape(len(stack), -1), 1, cv2.REDUCE_SUM, dtype=cv2.CV_32S)[:, 0], np.int64)


def counted(stack: NDArray[np.bool_]) -> NDArray[np.int64]:
    """How many of each of ``stack`` are true."""
    return summed(stack.view(np.uint8))


def profiles(stack: Pixels) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The sum of each column, and of each row, of every one of ``stack``: whole numbers, as products."""
    points, (high, wide) = stack.astype(np.float32), stack.shape[1:]
    return np.ones(high, np.float32) @ points, points @ np.ones(wide, np.float32)


def followed(stack: Pixels) -> list[Traced]:
    """What each square of ``stack`` shows; every one of them has ink."""
    if not len(stack):
        return []
    ink = (stack > INK).view(np.uint8)
    whole, main = _whole(ink)
    spread, middles = _shape(main)
    many, _across, _down = _side_by_side(ink)
    _many, across, down = _side_by_side(main)
    level, upright = np.split(_through(np.concatenate((stack, stack.swapaxes(1, 2)))), 2)
    facts = (spread, whole, _arms(ink, middles), level, upright, many, across, down)
    return [Traced(*of_one) for of_one in zip(*(fact.tolist() for fact in facts), strict=True)]


_PLACES = np.arange(SIDE, dtype=np.float64)


def _shape(ink: Pixels) -> tuple[Floats, Floats]:
    """How far the ink stands off a line, and its middle."""
    columns, rows = (np.asarray(lines, np.float64) for lines in profiles(ink))
    area = np.maximum(columns.sum(1), 1)
    x, y = columns @ _PLACES / area, rows @ _PLACES / area
    both = np.einsum("nj,nj->n", (ink @ _PLACES), _PLACES - y[:, None]) / area
    wide = columns @ _PLACES**2 / area - x**2
    high = rows @ _PLACES**2 / area - y**2
    least = (wide + high) / 2 - np.sqrt(((wide - high) / 2) ** 2 + both**2)
    return np.sqrt(np.maximum(least, 0)) / FINE, np.stack((x, y), axis=1)


def _whole(ink: Pixels) -> tuple[Floats, Pixels]:
    """The share of the largest piece, and that piece alone: a dash and a speck of dust beside it are no X. The squares stand
    one under the other, a white line between them: their pieces are found in one go.
    """
    column = _framed(ink, 0, 1, 0, 0).reshape(-1, SIDE)
    _count, labels, stats, _centres = cv2.connectedComponentsWithStats(column, connectivity=8)
    squares, areas = stats[1:, cv2.CC_STAT_TOP] // (SIDE + 1), stats[1:, cv2.CC_STAT_AREA]
    by_size = np.lexsort((areas, squares))
    largest = by_size[np.searchsorted(squares[by_size], np.arange(len(ink)), side="right") - 1]
    main = labels.reshape(len(ink), SIDE + 1, SIDE)[:, :SIDE] == (largest + 1)[:, None, None]
    share = areas[largest] / np.maximum(summed(ink), 1)
    return np.asarray(share, np.float64), np.asarray(main, np.uint8)


def _framed(stack: Pixels, above: int, below: int, left: int, right: int) -> Pixels:
    """Every square of ``stack`` with so many empty pixels around it."""
    count, high, wide = stack.shape
    made = np.zeros((count, above + high + below, left + wide + right), np.uint8)
    made[:, above : above + high, left : left + wide] = stack
    return made


_PAD = 20
_ANGLES = np.linspace(0, 2 * np.pi, 120, endpoint=False)
_RADII = np.array([1.0, 1.3, 1.6, 1.9, 2.2])[:, None] * FINE
_RINGS = np.stack((_RADII * np.cos(_ANGLES), _RADII * np.sin(_ANGLES))) + _PAD


def _arms(ink: Pixels, middles: Floats) -> NDArray[np.int64]:
    """Of five rings around the middle of the ink, the second most strokes that one crosses."""
    padded = _framed(ink, _PAD, _PAD, _PAD, _PAD)
    x, y = np.rint(_RINGS[:, None] + middles.T[:, :, None, None]).astype(np.intp)
    around = padded[np.arange(len(ink))[:, None, None], y, x]
    begins = around[:, :, 1:] > around[:, :, :-1]
    crossed = begins.sum(2, dtype=np.int64) + (around[:, :, 0] > around[:, :, -1])
    return np.asarray(np.partition(crossed, -2, axis=1)[:, -2], np.int64)


_BIN = 4
_BLOCKS = SIDE // _BIN


def _every_line() -> NDArray[np.intp]:
    """Each line that is tried, ±15° about level: where it is in each block, in the flat blocks of a square."""
    slopes = np.tan(np.radians(np.arange(-15, 16, 3)))[:, None]
    at = (np.arange(_BLOCKS)[:, None, None] - (_BLOCKS - 1) / 2) * _BIN
    rows = np.clip(np.rint(np.arange(3, SIDE - 3) + slopes * at), 0, SIDE - 1).astype(np.intp)
    return np.asarray(rows * _BLOCKS + np.arange(_BLOCKS)[:, None, None], np.intp).reshape(_BLOCKS, -1)


_LINES = _every_line()


def _through(stack: Pixels) -> Floats:
    """The darkness of the darkest line across, at the second weakest of its blocks."""
    sums = stack[:, :, 0 : _BLOCKS * _BIN : _BIN].astype(np.uint16)
    for at in range(1, _BIN):
        sums += stack[:, :, at : _BLOCKS * _BIN : _BIN]
    wide = sums.copy()
    np.maximum(wide[:, 1:], sums[:, :-1], out=wide[:, 1:])
    np.maximum(wide[:, :-1], sums[:, 1:], out=wide[:, :-1])
    flat = wide.reshape(len(stack), -1).T
    weakest = second = np.full((_LINES.shape[1], len(stack)), 2**16 - 1, np.uint16)
    for places in _LINES:
        block = flat[places]
        second = np.minimum(second, np.maximum(weakest, block))
        weakest = np.minimum(weakest, block)
    return np.asarray(second.max(0) / _BIN, np.float64)


def _side_by_side(ink: Pixels) -> tuple[Floats, Floats, Floats]:
    """mm over which three strokes or more, and (by rows, by columns) over which two, stand side by side."""
    padded = _framed(ink, 1, 1, 1, 1)
    _columns, by_row = profiles((padded[:, 1:-1, 1:] > padded[:, 1:-1, :-1]).view(np.uint8))
    by_column, _rows = profiles((padded[:, 1:, 1:-1] > padded[:, :-1, 1:-1]).view(np.uint8))
    many = np.maximum(counted(by_row > 2), counted(by_column > 2))
    return many / FINE, counted(by_row == 2) / FINE, counted(by_column == 2) / FINE
