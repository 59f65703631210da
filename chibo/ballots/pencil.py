"""The lightest pencil: a line along a name that shows only beside and between the letters, and is looked for there alone.

All names of a sheet together: their surroundings cut into blocks of one millimetre, each block's paper compared with
the same block a little higher and lower, and the darkest path from left to right followed. Grain, a speck or a letter
out of place darken a block or two of a path; a line darkens nearly all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from chibo.ballots.blank import FINE
from chibo.ballots.intake import Pixels

REACH = 13
"""Pixels above and below the middle of the small letters: 1.6 mm."""
_BEYOND = 3 * FINE
"""Pixels before and after the name: few lines end with it."""
_BLOCK = 8
_FREE = 40
"""Darkness (of 255) that print may show where paper is still paper."""
_ENOUGH = 4.9
"""Free pixels of the 24 that a block and height must have to say something."""
_LEAST, _MOST = -6.0, 16.0
"""What one block may say for or against a line: none decides alone."""
_DARKEST = np.uint8(90)
"""What one point may say."""
_HIGH = 2 * REACH + 1
_WALL = -(2**30)
_ONE, _UNIT = 4096, 16.0
"""A path's darkness (in sixteenths) and how many blocks it saw are one whole number: 4096 times the one and the other."""


@dataclass(frozen=True)
class Paper:
    """What the form leaves free along each name; worked out once for a form."""

    windows: tuple[tuple[slice, slice], ...]
    """Where each name's surroundings are in its row (pixels)."""
    free: Pixels
    """255 where there is nothing printed, names × (rows and one on each side) × columns."""
    count: NDArray[np.float32]
    """Free pixels of each block and height, and of the heights beside it: names × heights × blocks."""
    seen: NDArray[np.bool_]
    """Blocks and heights of which enough is free."""
    half: NDArray[np.intp]
    """Half of the heights that are seen in each block."""


def paper_of(allowed: Sequence[Pixels], places: Sequence[tuple[int, int, float]]) -> Paper:
    """``allowed`` is the darkest that print may show at each pixel of each row; ``places`` are left, right and middle."""
    windows, blocks = [], max((right - left + 2 * _BEYOND) // _BLOCK for left, right, _middle in places) + 1
    free = np.zeros((len(places), _HIGH + 2, blocks * _BLOCK), np.uint8)
    for at, (row, (left, right, middle)) in enumerate(zip(allowed, places, strict=True)):
        top = min(max(round(middle) - REACH - 1, 0), row.shape[0] - _HIGH - 2)
        begin = max(left - _BEYOND, 0)
        end = min(begin + (right + _BEYOND - begin) // _BLOCK * _BLOCK, row.shape[1])
        windows.append((slice(top, top + _HIGH + 2), slice(begin, end)))
        free[at, :, : end - begin] = (row[windows[-1]] < _FREE) * 255
    count = np.asarray(_blocks(free) / 255, np.float32)
    seen = count >= _ENOUGH
    seen &= (seen.sum(1) >= 6)[:, None]
    return Paper(tuple(windows), free, np.maximum(count, 1), seen, seen.sum(1)[:, None] // 2)


def _blocks(values: Pixels) -> NDArray[np.float32]:
    """The sum over each block, a height and its two neighbours together."""
    names, high, wide = values.shape
    size = (wide // _BLOCK, names * high)
    means = cv2.resize(values.reshape(-1, wide), size, interpolation=cv2.INTER_AREA)
    lines = np.asarray(means, np.float32).reshape(names, high, -1) * np.float32(_BLOCK)
    return np.asarray(lines[:, :-2] + lines[:, 1:-1] + lines[:, 2:], np.float32)


def light_lines(rows: Sequence[Pixels], paper: Paper) -> tuple[list[float], list[float]]:
    """For each name the mean darkness (of 255) of its darkest path, and how sure it is that this is more than chance."""
    dark = np.zeros(paper.free.shape, np.uint8)
    for at, (row, window) in enumerate(zip(rows, paper.windows, strict=True)):
        part = row[window]
        dark[at, :, : part.shape[1]] = part
    np.minimum(dark, _DARKEST, out=dark)
    level = np.where(paper.seen, _blocks(dark & paper.free) / paper.count, np.float32(1e6))
    usual = np.take_along_axis(np.sort(level, axis=1), paper.half, 1)
    told = np.where(paper.seen, np.clip(level - usual, _LEAST, _MOST), 0)
    darkest = _darkest_paths(np.rint(told * _UNIT).astype(np.int32) * _ONE + paper.seen)
    count = np.maximum(darkest & (_ONE - 1), 3)
    total = (darkest >> 12) / _UNIT
    return (total / count).tolist(), (total / np.sqrt(count)).tolist()


def _darkest_paths(steps: NDArray[np.int32]) -> NDArray[np.int32]:
    """The largest sum from left to right, each step as high as the last or one pixel beside it. All names stand one under
    the other, a wall between them that no path crosses.
    """
    names, high, blocks = steps.shape
    walled = np.full((blocks, names, high + 1), _WALL, np.int32)
    walled[:, :, 1:] = steps.transpose(2, 0, 1)
    best = np.full(names * (high + 1) + 1, _WALL, np.int32)
    here, above, below = best[1:-1], best[:-2], best[2:]
    best[:-1].reshape(names, -1)[:, 1:] = 0
    most = np.empty_like(here)
    for block in walled.reshape(blocks, -1)[:, 1:]:
        np.maximum(above, below, out=most)
        np.maximum(most, here, out=most)
        np.add(most, block, out=here)
    return np.asarray(best[:-1].reshape(names, -1)[:, 1:].max(1), np.int32)
