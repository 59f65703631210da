"""Where the sheet lies in the picture: corner marks, then the table's own rules as a second opinion. Gates, never guesses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import cv2
import numpy as np

from chibo.ballots.bending import Floats, bend_of, terms_of
from chibo.ballots.blank import ROUGH, Blank
from chibo.ballots.intake import Picture, Pixels, Unreadable, Why
from chibo.ballots.layout import TAG, Layout
from chibo.ballots.printing import dictionary

LEAST_TAGS = 3
_RESIDUAL = 0.5
"""mm that a corner of a corner mark may stand off the plane of the others."""
_SCALE = 0.0155
_LEAST_DENSITY = 5.5
"""Pixels per mm (140 dpi)."""
_LEAST_OVERVIEW = 3.6
"""Pixels per mm from which the sheet is looked over."""
_CORNER = 28
"""mm from each corner of the picture in which its corner mark is looked for first."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The sheet found. ``plane`` maps mm to pixels of the picture; ``bend`` the small rest, in mm, over the sheet."""

    plane: Floats
    bend: Floats
    tags: int
    residual: float
    correction: float
    sharpness: float
    rough: Pixels
    """The whole sheet at ``ROUGH``, upright."""

    def moved(self, points: Floats) -> Floats:
        """How far, in mm, each point lies from where ``plane`` alone would put it."""
        return np.asarray(terms_of(points) @ self.bend, np.float64)


def place(picture: Picture, blank: Blank) -> Placed:
    """Find the sheet in the picture, or refuse with the reason."""
    layout = blank.layout
    small, step = _smaller(picture.red, max(picture.red.shape) / layout.height)
    found = _found(picture.red, small, step, layout)
    plane, tags, residual = _plane(found, layout)
    density = _density(plane, layout)
    if density < _LEAST_DENSITY:
        raise Unreadable(Why.COARSE)
    if picture.dpi:
        _check_scale(plane, layout, picture.dpi)
    if picture.gray is picture.red and density / step >= _LEAST_OVERVIEW:
        rough = _overview(small, step, plane, layout)
    else:
        rough = overview(picture.gray, plane, density, layout)
    bend, correction, sharpness = bend_of(rough, blank)
    return Placed(plane, bend, tags, residual, correction, sharpness, rough)


def overview(pixels: Pixels, plane: Floats, density: float, layout: Layout) -> Pixels:
    """The whole sheet at ``ROUGH``, from a picture made smaller first: fewer pixels to move, and less grain in each."""
    return _overview(*_smaller(pixels, density), plane, layout)


def _overview(small: Pixels, step: int, plane: Floats, layout: Layout) -> Pixels:
    shrunk = np.array([[1 / step, 0, 0.5 / step - 0.5], [0, 1 / step, 0.5 / step - 0.5], [0, 0, 1]])
    size = round(layout.width * ROUGH), round(layout.height * ROUGH)
    return warped(small, shrunk @ plane, ROUGH, 0, 0, *size)


def _smaller(pixels: Pixels, density: float) -> tuple[Pixels, int]:
    """The picture halved until it has 4 to 8 pixels per mm, and by how much: halving is ten times faster than any other."""
    step = 1
    while density / step >= 2 * _LEAST_OVERVIEW:
        height, width = pixels.shape
        even = pixels[: height // 2 * 2, : width // 2 * 2]
        pixels = np.asarray(cv2.resize(even, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)
        step *= 2
    return pixels, step


def warped(pixels: Pixels, plane: Floats, scale: int, x: float, y: float, width: int, height: int) -> Pixels:
    """``width`` × ``height`` pixels of the sheet at ``scale``, from (x, y) mm on."""
    to_mm = np.array([[1 / scale, 0, x + 0.5 / scale], [0, 1 / scale, y + 0.5 / scale], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    made = cv2.warpPerspective(pixels, plane @ to_mm, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(made, np.uint8)


def _found(pixels: Pixels, small: Pixels, step: int, layout: Layout) -> dict[int, list[Floats]]:
    """Corner marks by number: in the corners of the picture first, on all of it if they are not there; looked for in ``small``, which is
    ``step`` times smaller, and placed in ``pixels``.
    """
    density = max(pixels.shape) / layout.height
    height, width = small.shape
    reach = round(min(max(_CORNER * density, 120) / step, min(height, width) / 2))
    found: dict[int, list[Floats]] = {}
    for top, left in product((0, height - reach), (0, width - reach)):
        _add(found, small[top : top + reach, left : left + reach], (left, top))
    if set(found) != {0, 1, 2, 3} or any(len(there) > 1 for there in found.values()):
        whole: dict[int, list[Floats]] = {}
        _add(whole, small, (0, 0))
        found = whole if len(whole) >= len(found) else found
    return {
        number: [_refined(pixels, (corners + 0.5) * step - 0.5) for corners in there]
        for number, there in found.items()
    }


def _add(found: dict[int, list[Floats]], part: Pixels, origin: tuple[int, int]) -> None:
    corners, ids, _rejected = _detector().detectMarkers(part)
    if ids is None:
        return
    for number, four in zip(np.ravel(ids).tolist(), corners, strict=True):
        if number < 4:
            found.setdefault(number, []).append(four.reshape(4, 2).astype(np.float64) + origin)


@lru_cache(maxsize=1)
def _detector() -> Any:
    parameters = cv2.aruco.DetectorParameters()
    parameters.adaptiveThreshWinSizeMin = parameters.adaptiveThreshWinSizeMax = 23
    parameters.minMarkerPerimeterRate = 0.02
    parameters.errorCorrectionRate = 0.5
    return cv2.aruco.ArucoDetector(dictionary(), parameters)


def _refined(pixels: Pixels, corners: Floats) -> Floats:
    side = float(np.mean(np.linalg.norm(corners - np.roll(corners, 1, 0), axis=1)))
    reach = max(2, round(side / TAG * 0.55))
    low = np.maximum(np.floor(corners.min(0)).astype(int) - 3 * reach, 0)
    high = np.ceil(corners.max(0)).astype(int) + 3 * reach
    part = np.ascontiguousarray(pixels[low[1] : high[1], low[0] : high[0]])
    points = (corners - low).astype(np.float32).reshape(-1, 1, 2)
    stop = (cv2.TERM_CRITERIA_EPS | cv2.TERM_CRITERIA_COUNT, 20, 0.02)
    better = cv2.cornerSubPix(part, points, (reach, reach), (-1, -1), stop).reshape(4, 2)
    return np.asarray(better + low, np.float64)


def _plane(found: dict[int, list[Floats]], layout: Layout) -> tuple[Floats, int, float]:
    """The map from mm to pixels; of several marks with one number those that agree with the others."""
    if len(found) < LEAST_TAGS:
        raise Unreadable(Why.NO_MARKS)
    numbers = sorted(found)
    if np.prod([len(found[number]) for number in numbers]) > 64:
        raise Unreadable(Why.TWO_SHEETS)
    tried = sorted(
        (
            _fitted({n: found[n][at] for n, at in zip(numbers, choice, strict=True)}, layout)
            for choice in product(*(range(len(found[n])) for n in numbers))
        ),
        key=lambda fit: fit[1],
    )
    if len(tried) > 1 and tried[1][1] < 3 * _RESIDUAL:
        raise Unreadable(Why.TWO_SHEETS)
    plane, residual = tried[0]
    if residual > _RESIDUAL:
        raise Unreadable(Why.NO_MARKS if len(numbers) == LEAST_TAGS else Why.BENT)
    return plane, len(numbers), residual


def _fitted(chosen: dict[int, Floats], layout: Layout) -> tuple[Floats, float]:
    sides = ((0, 0), (TAG, 0), (TAG, TAG), (0, TAG))
    mm = np.array([(layout.tags[n].x + dx, layout.tags[n].y + dy) for n in chosen for dx, dy in sides])
    px = np.concatenate(list(chosen.values()))
    plane, _mask = cv2.findHomography(mm, px, 0)
    if plane is None or abs(np.linalg.det(plane)) < 1e-9 or np.linalg.det(plane[:2, :2]) <= 0:
        return np.eye(3), float("inf")
    back = cv2.perspectiveTransform(px.reshape(-1, 1, 2), np.linalg.inv(plane)).reshape(-1, 2)
    return np.asarray(plane, np.float64), float(np.abs(back - mm).max())


def _sides(plane: Floats, layout: Layout) -> tuple[float, float]:
    """Pixels per mm across and down the sheet."""
    corners = np.array([[[0, 0]], [[layout.width, 0]], [[0, layout.height]]], np.float64)
    a, b, c = cv2.perspectiveTransform(corners, plane).reshape(-1, 2)
    return float(np.linalg.norm(b - a) / layout.width), float(np.linalg.norm(c - a) / layout.height)


def _density(plane: Floats, layout: Layout) -> float:
    return min(_sides(plane, layout))


def _check_scale(plane: Floats, layout: Layout, dpi: float) -> None:
    """The size on paper, where the scanner says how dense its picture is: a sheet printed to fit is refused."""
    across, down = (side * 25.4 / dpi for side in _sides(plane, layout))
    if abs((across * down) ** 0.5 - 1) > _SCALE or max(abs(across - 1), abs(down - 1)) > 2 * _SCALE:
        raise Unreadable(Why.SCALED)
