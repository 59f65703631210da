"""What else is on the sheet: the stamp that must be there, and writing that must not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from chibo.ballots.blank import ROUGH, Blank
from chibo.ballots.evening import Light
from chibo.ballots.intake import Picture, Pixels
from chibo.ballots.layout import Box
from chibo.ballots.registration import Placed, warped

_MM2 = ROUGH * ROUGH
_DARK = 64
"""As ``Blank.limit`` has it."""
LEAST_WRITING = 1.5
"""mm² in one piece that is more than dust."""
_LEAST_STAMP = 12.0
"""mm² of ink within the stamp's place: far less than any stamp, more than a smear."""


@dataclass(frozen=True, slots=True)
class Ink:
    """``writing`` are the places (mm) of ink that neither the printer nor a mark accounts for; ``stamp`` is mm² in its place."""

    writing: tuple[Box, ...]
    stamp: float
    trace: tuple[tuple[int, int, int], ...] = ()
    """Ink of the stamp and of each row: mm² ÷ 100, and its middle in mm ÷ 100. No two ballots made by hand have the same."""

    @property
    def is_stamped(self) -> bool:
        return self.stamp >= _LEAST_STAMP


def ink_on(picture: Picture, placed: Placed, light: Light, blank: Blank) -> Ink:
    layout = blank.layout
    whole = Box(0, 0, layout.width, layout.height)
    dark = light.darkness(placed.rough, whole)
    stamp = _part(dark, layout.stamp.grown(-0.6)) > _DARK
    new = cv2.compare(dark, blank.limit, cv2.CMP_GT)
    so_far = cv2.integral(new)
    trace = tuple(_middle(so_far, box) for box in (layout.stamp.grown(9), *(row.rect for row in layout.rows)))
    _mask(new, layout.stamp.grown(9), 0)
    for zone in blank.zones:
        _mask(new, zone, 0)
    edge = 2 * ROUGH
    new[:edge], new[-edge:], new[:, :edge], new[:, -edge:] = 0, 0, 0, 0
    if picture.colour is not None and cv2.countNonZero(new) > LEAST_WRITING * _MM2:
        _forget_red(new, picture, placed)
    return Ink(_pieces(np.asarray(new, np.uint8)), float(np.count_nonzero(stamp)) / _MM2, trace)


def is_same_sheet(one: tuple[tuple[int, int, int], ...], other: tuple[tuple[int, int, int], ...]) -> bool:
    """Whether two pictures show one sheet: all that was stamped and marked lies within 0.25 mm; dust may hide a quarter of it."""
    told = alike = 0
    for (area, x, y), (area_too, x_too, y_too) in zip(one, other, strict=True):
        if max(area, area_too) < 100:
            continue
        told += 1
        near = max(abs(x - x_too), abs(y - y_too)) <= 25
        alike += near and abs(area - area_too) <= 0.3 * max(area, area_too)
    return alike >= 2 and alike >= 0.75 * told


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


def _middle(so_far: Any, box: Box) -> tuple[int, int, int]:
    """The ink of ``box`` and its middle, from the running sum of all ink (255 each) above and left of each point."""
    x, y, right, bottom = (round(v * ROUGH) for v in (box.x, box.y, box.right, box.bottom))
    across = so_far[bottom, x : right + 1] - so_far[y, x : right + 1]
    down = so_far[y : bottom + 1, right] - so_far[y : bottom + 1, x]
    area = int(across[-1] - across[0]) // 255
    return (round(area * 100 / _MM2), _between(across), _between(down)) if area else (0, 0, 0)


def _between(so_far: Any) -> int:
    """Midway, in mm ÷ 100, between the first and the last quarter of the ink: a speck of dust far away hardly moves it, and
    a gap in the line seldom (a middle point would jump over the gap that a name often leaves in the middle of its strike).
    """
    first, last = int(so_far[0]), int(so_far[-1])
    quarter, three = np.interp(
        (first * 0.75 + last * 0.25, first * 0.25 + last * 0.75), so_far, np.arange(len(so_far))
    )
    return round(float(quarter + three) / 2 * 100 / ROUGH)


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
    """The pieces of ink larger than dust; parts of one word stand within 1 mm of each other."""
    if cv2.countNonZero(new) <= LEAST_WRITING * _MM2:
        return ()
    joined = cv2.dilate(new, np.ones((5, 5), np.uint8))
    count, labels, stats, _centres = cv2.connectedComponentsWithStats(joined, connectivity=8)
    areas = np.bincount(labels[new > 0], minlength=count)
    found = []
    for at in range(1, count):
        if areas[at] > LEAST_WRITING * _MM2:
            x, y, w, h = (int(v) / ROUGH for v in stats[at, :4])
            found.append(Box(x, y, w, h))
    return tuple(found)
