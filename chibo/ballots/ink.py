"""What else is on the sheet: the stamp that must be there, and writing that must not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from chibo.ballots.blank import ROUGH, Blank
from chibo.ballots.evening import Light
from chibo.ballots.intake import Picture, Pixels
from chibo.ballots.layout import Box, Layout
from chibo.ballots.registration import Placed, warped

_MM2 = ROUGH * ROUGH
_DARK = 64
"""Darkness (of 255) from which a point is ink."""
LEAST_WRITING = 0.9
"""mm² in one piece that is more than dust."""
_LEFT_OUT = np.array([[1 / 16], [15 / 16]])
"""Where, of all ink, that of a row begins and where it ends."""
_LEAST_STAMP = 12.0
"""mm² of ink within the stamp's place: far less than any stamp, more than a smear."""


@dataclass(frozen=True, slots=True)
class Ink:
    """``writing`` are the places (mm) of ink that neither the printer nor a mark accounts for; ``stamp`` is mm² in its place."""

    writing: tuple[Box, ...]
    stamp: float
    trace: tuple[tuple[int, int, int], ...] = ()
    """Ink of the stamp and of each row, twice: mm² ÷ 100, with where it begins and where it ends in mm ÷ 100. No two ballots made by
    hand have the same.
    """

    @property
    def is_stamped(self) -> bool:
        return self.stamp >= _LEAST_STAMP


def ink_on(picture: Picture, placed: Placed, light: Light, blank: Blank) -> Ink:
    layout = blank.layout
    dark = light.darker(placed.rough, _DARK)
    stamp = cv2.countNonZero(_part(dark, layout.stamp.grown(-0.6)))
    new = cv2.bitwise_and(dark, blank.open)
    around = _around_the_stamp(layout)
    trace = tuple(
        end for ends in (_ends(new, [around]) + _ends(new, [row.rect for row in layout.rows])) for end in ends
    )
    _mask(new, around, 0)
    for zone in blank.zones:
        _mask(new, zone, 0)
    edge = 2 * ROUGH
    new[:edge], new[-edge:], new[:, :edge], new[:, -edge:] = 0, 0, 0, 0
    if picture.colour is not None and cv2.countNonZero(new) > LEAST_WRITING * _MM2:
        _forget_red(new, picture, placed)
    return Ink(_pieces(np.asarray(new, np.uint8)), stamp / _MM2, trace)


def _around_the_stamp(layout: Layout) -> Box:
    """Where the stamp's ink may be: 9 mm beside its place, and as far as the first words of the guidance below it."""
    wide = layout.stamp.grown(9)
    return Box(wide.x, wide.y, wide.w, layout.guide.y + 1 - wide.y)


def has_writing(picture: Picture) -> bool:
    """Whether the back of a sheet, or what should be one, bears writing; scanner's edges and dust do not count."""
    gray = picture.gray
    step = max(1, round(max(gray.shape) / 840))
    small = cv2.resize(gray, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA)
    paper = cv2.blur(cv2.dilate(small, np.ones((25, 25), np.uint8)), (31, 31))
    dark = (small < 0.72 * paper).astype(np.uint8) * 255
    edge = max(small.shape) // 40
    dark[:edge], dark[-edge:], dark[:, :edge], dark[:, -edge:] = 0, 0, 0, 0
    return bool(_pieces(np.asarray(dark, np.uint8)))


def _ends(new: Any, boxes: list[Box]) -> list[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """The ink (mm² ÷ 100) of each of ``boxes``, all of one size, with the corners (mm ÷ 100) between which it lies."""
    width, height = round(boxes[0].w * ROUGH), round(boxes[0].h * ROUGH)
    parts = [new[round(b.y * ROUGH) :, round(b.x * ROUGH) :][:height, :width] for b in boxes]
    across, down = (
        np.cumsum([cv2.reduce(part, axis, cv2.REDUCE_SUM, dtype=cv2.CV_32S).ravel() for part in parts], axis=1) // 255
        for axis in (0, 1)
    )
    areas = np.rint(across[:, -1] * (100 / _MM2)).astype(int).tolist()
    told = zip(areas, *_from_to(across), *_from_to(down), strict=True)
    return [((area, left, top), (area, right, bottom)) for area, left, right, top, bottom in told]


def _from_to(so_far: NDArray[np.int64]) -> tuple[list[int], list[int]]:
    """Where the ink begins and where it ends, in mm ÷ 100, a sixteenth of it left out on both sides: a speck of dust far away
    hardly moves it, nor does a letter that hides the line's middle.
    """
    each, whole = np.arange(len(so_far)), so_far[:, -1]
    wanted = whole * _LEFT_OUT
    at = (so_far >= wanted[:, :, None]).argmax(2)
    before = np.where(at > 0, so_far[each, at - 1], 0)
    side = at + (wanted - before) / np.maximum(so_far[each, at] - before, 1)
    begins, ends = np.where(whole > 0, np.rint(side * 100 / ROUGH), 0).astype(int).tolist()
    return begins, ends


def _forget_red(new: Any, picture: Picture, placed: Placed) -> None:
    """A red stamp may stand over the printed words; only what is dark in red light too is writing there."""
    height, width = new.shape
    red = warped(picture.red, placed.plane, ROUGH, 0, 0, width, height)
    top = round(70 * ROUGH)
    faded = red[:top] > 0.75 * np.maximum(np.quantile(red, 0.8), 1)
    new[:top][faded] = 0


def _part(pixels: Pixels, box: Box) -> Pixels:
    return pixels[round(box.y * ROUGH) : round(box.bottom * ROUGH), round(box.x * ROUGH) : round(box.right * ROUGH)]


def _mask(pixels: Any, box: Box, value: int) -> None:
    x, y, right, bottom = (max(0, round(v * ROUGH)) for v in (box.x, box.y, box.right, box.bottom))
    pixels[y:bottom, x:right] = value


def _pieces(new: Pixels) -> tuple[Box, ...]:
    """The pieces of ink larger than dust; parts of one word, or what printed words leave of it, stand within 3 mm of each other."""
    if cv2.countNonZero(new) <= LEAST_WRITING * _MM2:
        return ()
    joined = cv2.dilate(new, np.ones((9, 9), np.uint8))
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    areas = np.bincount(labels[new > 0], minlength=count)
    found = []
    for at in range(1, count):
        if areas[at] > LEAST_WRITING * _MM2:
            x, y, w, h = (int(v) / ROUGH for v in stats[at, :4])
            found.append(Box(x, y, w, h))
    return tuple(found)
