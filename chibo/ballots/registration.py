"""Where the sheet lies in the picture: corner marks, then the table's own rules as a second opinion. Gates, never guesses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from chibo.ballots.blank import ROUGH, Blank
from chibo.ballots.intake import Picture, Pixels, Unreadable, Why
from chibo.ballots.layout import TAG, Layout
from chibo.ballots.printing import dictionary

Floats = NDArray[np.float64]

LEAST_TAGS = 3
_RESIDUAL = 0.5
"""mm that a corner of a corner mark may stand off the plane of the others."""
_SCALE = 0.0155
_LEAST_DENSITY = 5.5
"""Pixels per mm (140 dpi)."""
_REACH = 5
"""Pixels at ``ROUGH`` in which a joint is looked for: 1.25 mm."""
_PATCH = 14
_BEND = 1.1
"""mm between the plane of the corner marks and the table that a bent sheet may show."""
_FOUND, _ALIKE = 0.5, 0.62


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
        return np.asarray(_terms(points) @ self.bend, np.float64)


def place(picture: Picture, blank: Blank) -> Placed:
    """Find the sheet in the picture, or refuse with the reason."""
    layout = blank.layout
    found = find_tags(picture.red, layout)
    plane, tags, residual = _plane(found, layout)
    density = _density(plane, layout)
    if density < _LEAST_DENSITY:
        raise Unreadable(Why.COARSE)
    if picture.dpi:
        _check_scale(plane, layout, picture.dpi)
    rough = warped(picture.gray, plane, ROUGH, 0, 0, round(layout.width * ROUGH), round(layout.height * ROUGH))
    bend, correction, sharpness = _bend(rough, blank)
    return Placed(plane, bend, tags, residual, correction, sharpness, rough)


def warped(pixels: Pixels, plane: Floats, scale: int, x: float, y: float, width: int, height: int) -> Pixels:
    """``width`` × ``height`` pixels of the sheet at ``scale``, from (x, y) mm on."""
    to_mm = np.array([[1 / scale, 0, x + 0.5 / scale], [0, 1 / scale, y + 0.5 / scale], [0, 0, 1]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    made = cv2.warpPerspective(pixels, plane @ to_mm, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(made, np.uint8)


def find_tags(pixels: Pixels, layout: Layout) -> dict[int, list[Floats]]:
    """Corner marks by number: in the corners of the picture first, on all of it if they are not there."""
    height, width = pixels.shape
    density = max(height, width) / layout.height
    reach = round(min(max(45 * density, 120), min(height, width) / 2))
    found: dict[int, list[Floats]] = {}
    for top, left in product((0, height - reach), (0, width - reach)):
        _add(found, pixels[top : top + reach, left : left + reach], (left, top), density)
    if set(found) != {0, 1, 2, 3} or any(len(there) > 1 for there in found.values()):
        whole: dict[int, list[Floats]] = {}
        _add(whole, pixels, (0, 0), density)
        found = whole if len(whole) >= len(found) else found
    return {number: [_refined(pixels, corners) for corners in there] for number, there in found.items()}


def _add(found: dict[int, list[Floats]], part: Pixels, origin: tuple[int, int], density: float) -> None:
    """Look for corner marks in ``part``, at about 4 pixels per mm."""
    step = max(1, round(density / 4))
    small = cv2.resize(part, None, fx=1 / step, fy=1 / step, interpolation=cv2.INTER_AREA) if step > 1 else part
    corners, ids, _rejected = _detector().detectMarkers(small)
    if ids is None:
        return
    for number, four in zip(np.ravel(ids).tolist(), corners, strict=True):
        if number < 4:
            found.setdefault(number, []).append((four.reshape(4, 2).astype(np.float64) + 0.5) * step - 0.5 + origin)


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


def _terms(points: Floats) -> Floats:
    x, y = points[:, 0] / 100 - 1, points[:, 1] / 100 - 1
    return np.stack((np.ones_like(x), x, y, x * x, x * y, y * y), axis=1)


def _bend(rough: Pixels, blank: Blank) -> tuple[Floats, float, float]:
    """The rest between plane and table as a smooth surface, its largest value in mm, and how sharp the rules are."""
    joints = blank.joints
    step = max(1, len(joints) // 22)
    points, moved, alike = [], [], []
    for joint in joints[::step]:
        x, y = np.round(joint * ROUGH).astype(int)
        patch = blank.rough[y - _PATCH : y + _PATCH, x - _PATCH : x + _PATCH]
        reach = _PATCH + _REACH
        window = rough[y - reach : y + reach, x - reach : x + reach]
        if window.shape != (2 * reach, 2 * reach):
            continue
        scores = cv2.matchTemplate(window, patch, cv2.TM_CCOEFF_NORMED)
        at = peak(scores)
        points.append(joint)
        moved.append((at[0] - _REACH, at[1] - _REACH))
        alike.append(at[2])
    where, offsets, scores_at = np.array(points), np.array(moved) / ROUGH, np.array(alike)
    kept, surface = scores_at > _FOUND, _terms(where)
    for _round in range(3):
        if kept.sum() < max(8, 0.6 * len(where)):
            raise Unreadable(Why.BENT if float(np.median(scores_at)) > _FOUND else Why.BLURRED)
        terms = surface[kept]
        bend = np.linalg.solve(terms.T @ terms + 1e-6 * np.eye(6), terms.T @ offsets[kept])
        off = np.abs(surface @ bend - offsets).max(1)
        kept = (scores_at > _FOUND) & (off < max(0.2, 2.5 * float(np.median(off[kept]))))
    if float(np.quantile(scores_at, 0.75)) < _ALIKE:
        raise Unreadable(Why.BLURRED)
    corners = np.array(
        [(x, y) for x in (where[:, 0].min(), where[:, 0].max()) for y in (where[:, 1].min(), where[:, 1].max())]
    )
    largest = float(np.abs(_terms(np.concatenate((where, corners))) @ bend).max())
    if largest > _BEND or float(np.sqrt(np.mean(off[kept] ** 2))) > 0.2:
        raise Unreadable(Why.BENT)
    return np.asarray(bend, np.float64), largest, float(np.quantile(scores_at, 0.75))


def peak(scores: Any) -> tuple[float, float, float]:
    """The best place in a map of scores, between its pixels, and the score there."""
    _low, high, _where, (x, y) = cv2.minMaxLoc(scores)
    fx, fy = float(x), float(y)
    if 0 < x < scores.shape[1] - 1:
        fx += _top(scores[y, x - 1], high, scores[y, x + 1])
    if 0 < y < scores.shape[0] - 1:
        fy += _top(scores[y - 1, x], high, scores[y + 1, x])
    return fx, fy, float(high)


def _top(before: float, at: float, after: float) -> float:
    bow = before - 2 * at + after
    return float((before - after) / (2 * bow)) if bow < -1e-6 else 0.0
