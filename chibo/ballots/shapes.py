"""What a mark must be: two straight strokes that cross (an X), or that meet at their foot (a tick). Letters, rings, loops and
strokes with a third beside them are something else, and people say what. All boxes of a sheet are tried together.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chibo.ballots.blank import FINE
from chibo.ballots.intake import Pixels
from chibo.ballots.strokes import INK, SIDE, counted

Floats = NDArray[np.float32]

_WIDE = 0.55
"""mm on both sides of a straight line that a pen's width and an unsteady hand take."""
_CLEAR = 0.85
"""mm from a stroke beyond which there is paper, were the hand ever so unsteady and the picture blurred."""
_NARROW = 0.3
"""mm on both sides of the line that a pencil draws."""
_INSIDE = 2.2
"""mm from the middle to which no printed line reaches."""
_FAINT = 18
"""Darkness (of 255) beyond the paper's that is not paper."""
_SPECK = 12
"""Darkness that one point may add to a light line: no speck of dust makes one alone."""
_MIDST = 14
"""Points (0.9 mm²) that the midst of any two strokes has: how dark they are says how dark the pen is; edges do not."""
_RISES = 0.8
"""mm that both strokes of a mark rise above where they meet."""
_LEVEL, _GOES_ON = np.sin(np.radians(20)), 1.2
"""How level a line is that takes a mark back, and mm by which it goes on on both sides."""
_APART = np.sin(np.radians(28))
"""Two strokes run apart by at least so much."""
_TAKEN = np.float32(0.8)
"""How much less ink counts for one stroke where the other has it too: they meet, so it still counts."""


class _Grid:
    """Points of a square, every ``step`` pixels, in mm from its middle."""

    def __init__(self, step: int) -> None:
        places = (np.arange(0, SIDE, step, dtype=np.float32) - SIDE // 2) / FINE
        across, down = np.meshgrid(places, places)
        self.step, self.x, self.y = step, across.ravel(), down.ravel()
        self.within = np.maximum(np.abs(self.x), np.abs(self.y)) < _INSIDE

    def of(self, stack: Pixels) -> Pixels:
        return np.asarray(stack[:, :: self.step, :: self.step].reshape(len(stack), -1), np.uint8)


_DENSE, _SPARSE = _Grid(2), _Grid(3)
_PER_MM2 = (FINE / _DENSE.step) ** 2
_TURNS = np.radians(np.arange(0, 180, 9))
_TURN_OF, _OFF_OF = (side.ravel() for side in np.meshgrid(_TURNS, np.arange(-2.45, 2.5, 0.35), indexing="ij"))
"""Every line that is tried: its turn, and how far (mm) it passes the middle."""
_ACROSS = np.outer(_SPARSE.y, np.cos(_TURN_OF)) - np.outer(_SPARSE.x, np.sin(_TURN_OF)) - _OFF_OF
_STRIPS = np.asarray(np.abs(_ACROSS) <= _WIDE, np.float32)
_LEFT = np.ascontiguousarray(1 - _TAKEN * _STRIPS.T)
"""Lines × points: how much of the ink counts for another stroke."""
_NEAR = np.asarray(_STRIPS * (1 - _ACROSS**2 / (2 * _WIDE**2)), np.float32)
"""Points × lines; the middle of a line counts twice what its sides do: of many that take a short stroke, the best."""
_ALIKE = np.asarray((np.abs(np.sin(_TURN_OF[:, None] - _TURN_OF)) < _APART) * 1e6, np.float32)


def _thin_lines() -> Floats:
    """Points × lines of at least 3 mm within the box: a pencil's width, the mean of its points."""
    strips = (np.abs(_ACROSS) <= _NARROW) * _SPARSE.within[:, None]
    long = strips.sum(0) >= 3.0 * 2 * _NARROW * (FINE / _SPARSE.step) ** 2
    return np.asarray(strips[:, long] / strips[:, long].sum(0), np.float32)


_THIN = _thin_lines()


@dataclass(frozen=True, slots=True)
class Shape:
    """What two straight strokes make of the ink."""

    rest: float = 0.0
    """Share of the ink that lies on neither."""
    beside: float = 0.0
    """mm² near neither that are not paper."""
    meets: bool = False
    """Whether both rise from where they meet."""
    pen: float = 0.0
    """Darkness (of 255) of the strokes, away from their edges."""


def shapes_of(stack: Pixels, calm: Pixels, paper: int) -> list[Shape]:
    """The shape of each square of ``stack``, every one of which has ink; ``calm`` is the same smoothed."""
    if not len(stack):
        return []
    dark = _DENSE.of(stack)
    ink = dark > INK
    strokes = _two(np.asarray(_SPARSE.of(stack) > INK, np.float32))
    for _round in range(3):
        strokes = _straightened(ink, strokes)
    away = np.abs(_away(strokes))
    off = away.min(0)
    rest = counted((off > _WIDE) & ink) / np.maximum(counted(ink), 1)
    beside = counted((off > _CLEAR) & _DENSE.within & (_DENSE.of(calm) > paper + _FAINT)) / _PER_MM2
    pen = np.partition(dark, -_MIDST, axis=1)[:, -_MIDST]
    facts = (rest, beside, _meet(ink & (away <= _WIDE), strokes), pen)
    return [Shape(*of_one) for of_one in zip(*(fact.tolist() for fact in facts), strict=True)]


def _product(points: Floats, lines: Floats) -> Floats:
    """``points @ lines``, few rows at a time: a larger product starts threads, and they cost more than it."""
    return np.concatenate([points[at : at + 4] @ lines for at in range(0, len(points), 4)])


def _two(ink: Floats) -> Floats:
    """The lines that take most of the ink and most of what is left: (turn, distance from the middle) of both."""
    one = _product(ink, _NEAR).argmax(1)
    other = (_product(ink * _LEFT[one], _NEAR) - _ALIKE[one]).argmax(1)
    both = np.stack((one, other))
    return np.stack((_TURN_OF[both], _OFF_OF[both]), axis=-1).astype(np.float32)


def _away(strokes: Floats) -> Floats:
    """How far every point is from both strokes of each square: strokes × squares × points."""
    turn, off = strokes[..., :1], strokes[..., 1:]
    return np.asarray(_DENSE.y * np.cos(turn) - _DENSE.x * np.sin(turn) - off, np.float32)


_ONE, _X, _Y = np.ones_like(_DENSE.x), _DENSE.x, _DENSE.y
_MOMENTS = np.stack((_ONE, _X, _Y, _X**2, _Y**2, _X * _Y), axis=1)


def _straightened(ink: NDArray[np.bool_], strokes: Floats) -> Floats:
    """Each stroke laid through the ink that is nearer to it than to the other."""
    away = np.abs(_away(strokes))
    mine = ink & (away <= away[::-1] + 0.05) & (away <= 1.5 * _WIDE)
    area, x, y, xx, yy, xy = np.moveaxis(mine.astype(np.float32) @ _MOMENTS, -1, 0)
    area = np.maximum(area, 1)
    x, y = x / area, y / area
    turn = np.arctan2(2 * (xy / area - x * y), (xx - yy) / area - x**2 + y**2) / 2 % np.pi
    return np.stack((turn, y * np.cos(turn) - x * np.sin(turn)), axis=-1)


def _meet(on: NDArray[np.bool_], strokes: Floats) -> NDArray[np.bool_]:
    """Whether both strokes rise from where they meet, as those of an X and of a tick do and those of a 7, an L or a < do not;
    and none is a level line that goes on on both sides of the other: that takes a mark back. ``on`` is the ink of each stroke.
    """
    (turn, turn_too), (off, off_too) = strokes[..., 0], strokes[..., 1]
    sine = np.sin(turn_too - turn)
    meets = np.abs(sine) > _APART
    sine = np.where(meets, sine, 1)
    x = (off * np.cos(turn_too) - off_too * np.cos(turn)) / sine
    y = (off * np.sin(turn_too) - off_too * np.sin(turn)) / sine
    meets &= np.maximum(np.abs(x), np.abs(y)) < SIDE / FINE / 2
    along = _DENSE.x * np.cos(strokes[..., :1]) + _DENSE.y * np.sin(strokes[..., :1])
    # turns run from 0 to 180°: what comes first along a line is higher on the sheet
    top, end = np.where(on, along, np.float32(9)).min(2), np.where(on, along, np.float32(-9)).max(2)
    for angle, first, last in zip((turn, turn_too), top, end, strict=True):
        at = x * np.cos(angle) + y * np.sin(angle)
        meets &= (at - first > _RISES) & ((np.sin(angle) > _LEVEL) | (at - first < _GOES_ON) | (last - at < _GOES_ON))
    return np.asarray(meets, np.bool_)


def light_lines(calm: Pixels) -> Floats:
    """How much darker (of 255) than its paper the darkest straight line across each square is."""
    if not len(calm):
        return np.zeros(0, np.float32)
    seen = np.asarray(_SPARSE.of(calm), np.float32)
    paper = np.partition(seen, seen.shape[1] // 2, axis=1)[:, seen.shape[1] // 2, None]
    return np.asarray(_product(np.clip(seen - paper, -_SPECK, _SPECK), _THIN).max(1), np.float32)
