"""How the paper bends: the crossings of the table's rules, looked for all together where the corner marks say they must be."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from chibo.ballots.blank import ROUGH, Blank
from chibo.ballots.intake import Pixels, Unreadable, Why

Floats = NDArray[np.float64]

_REACH = 4
"""Pixels at ``ROUGH`` in which a crossing is looked for: 1.3 mm."""
_PATCH = 22
"""Pixels of the square around a crossing that is compared."""
_WINDOW = _PATCH + 2 * _REACH
_SHIFTS = 2 * _REACH + 1
_LANDMARKS = 18
"""About so many crossings are looked for."""
_BEND = 1.1
"""mm between the plane of the corner marks and the table that a bent sheet may show."""
_FOUND, _ALIKE = 0.5, 0.62


@dataclass(frozen=True)
class Landmarks:
    """The crossings of a form that are looked for: where (mm), and what the form has there."""

    where: Floats
    terms: Floats
    corners: Floats
    """``terms`` of the four corners of the table as well: the bend is largest there."""
    left: NDArray[np.intp]
    top: NDArray[np.intp]
    slid: NDArray[np.float32]
    """Each patch at every shift across: one product with the rows of a window compares them all."""
    energy: NDArray[np.float32]


@lru_cache(maxsize=8)
def landmarks_of(blank: Blank) -> Landmarks:
    """The crossings of the blank form; worked out once."""
    joints = blank.joints[:: max(1, round(len(blank.joints) / _LANDMARKS))]
    first = np.round(joints * ROUGH).astype(np.intp) - _WINDOW // 2
    inside = (first >= 0).all(1) & (first + _WINDOW <= blank.rough.shape[::-1]).all(1)
    where, (left, top) = joints[inside], first[inside].T
    patches = sliding_window_view(blank.rough, (_PATCH, _PATCH))[top + _REACH, left + _REACH].astype(np.float32)
    patches -= patches.mean((1, 2), keepdims=True)
    slid = np.zeros((len(where), _PATCH, _WINDOW, _SHIFTS), np.float32)
    for shift in range(_SHIFTS):
        slid[:, :, shift : shift + _PATCH, shift] = patches
    low, high = where.min(0), where.max(0)
    table = np.array([(x, y) for x in (low[0], high[0]) for y in (low[1], high[1])])
    energy = (patches * patches).sum((1, 2))
    corners = terms_of(np.concatenate((where, table)))
    return Landmarks(where, terms_of(where), corners, left, top, slid.reshape(len(where), -1, _SHIFTS), energy)


def terms_of(points: Floats) -> Floats:
    """A smooth surface over the sheet: the terms of a quadratic at each point (mm)."""
    x, y = points[:, 0] / 100 - 1, points[:, 1] / 100 - 1
    return np.stack((np.ones_like(x), x, y, x * x, x * y, y * y), axis=1)


def bend_of(rough: Pixels, blank: Blank) -> tuple[Floats, float, float]:
    """The rest between plane and table as a smooth surface, its largest value in mm, and how sharp the rules are."""
    marks = landmarks_of(blank)
    offsets, alike = _peaks(_scores(rough, marks))
    offsets = (offsets - _REACH) / ROUGH
    found = alike > _FOUND
    kept, least = found, max(8, 0.6 * len(alike))
    for _round in range(3):
        if np.count_nonzero(kept) < least:
            raise Unreadable(Why.BENT if _share(alike, 0.5) > _FOUND else Why.BLURRED)
        terms = marks.terms[kept]
        bend = np.linalg.solve(terms.T @ terms + _STIFF, terms.T @ offsets[kept])
        off = np.abs(marks.terms @ bend - offsets).max(1)
        kept = found & (off < max(0.2, 2.5 * _share(off[kept], 0.5)))
    sharpness = _share(alike, 0.75)
    if sharpness < _ALIKE:
        raise Unreadable(Why.BLURRED)
    largest = float(np.abs(marks.corners @ bend).max())
    if largest > _BEND or float((off[kept] ** 2).mean()) > 0.2**2:
        raise Unreadable(Why.BENT)
    return np.asarray(bend, np.float64), largest, sharpness


_STIFF = 1e-6 * np.eye(6)


def _share(values: Floats, share: float) -> float:
    """The value below which ``share`` of all are."""
    return float(np.sort(values)[int(share * (len(values) - 1))])


def _scores(rough: Pixels, marks: Landmarks) -> NDArray[np.float32]:
    """Normalised correlation of every crossing with its surroundings, for every shift: crossings × down × across."""
    windows = sliding_window_view(rough, (_WINDOW, _WINDOW))[marks.top, marks.left].astype(np.float32)
    windows -= np.float32(128)
    rows = sliding_window_view(windows.reshape(len(windows), -1), _PATCH * _WINDOW, axis=1)[:, ::_WINDOW]
    alike = np.ascontiguousarray(rows) @ marks.slid
    energy = _over(windows * windows) - _over(windows) ** 2 / _PATCH**2
    least = np.float32(_PATCH**2)  # one shade either way: nothing is printed there, and nothing may look like it
    return np.asarray(alike / np.sqrt(np.maximum(energy, least) * marks.energy[:, None, None]), np.float32)


_BAND = np.array([[0 <= at - shift < _PATCH for at in range(_WINDOW)] for shift in range(_SHIFTS)], np.float32)


def _over(windows: NDArray[np.float32]) -> NDArray[np.float32]:
    """The sum over the patch at every shift."""
    return np.asarray(_BAND @ windows @ _BAND.T, np.float32)


def _peaks(scores: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """The best shift of each crossing (across, down), between the pixels, and the score there."""
    y, x = np.divmod(scores.reshape(len(scores), -1).argmax(1), _SHIFTS)
    each, last = np.arange(len(scores)), _SHIFTS - 1
    exact: Floats = np.asarray(scores, np.float64)
    high = exact[each, y, x]
    across = _top(exact[each, y, np.maximum(x - 1, 0)], high, exact[each, y, np.minimum(x + 1, last)], x)
    down = _top(exact[each, np.maximum(y - 1, 0), x], high, exact[each, np.minimum(y + 1, last), x], y)
    return np.stack((x + across, y + down), axis=1), high


def _top(before: Floats, at: Floats, after: Floats, where: NDArray[np.intp]) -> Floats:
    """How far the top of the bow through three scores lies from the middle one; 0 at the edge of the search."""
    bow = before - 2 * at + after
    free = (bow < -1e-6) & (where > 0) & (where < _SHIFTS - 1)
    return np.where(free, (before - after) / np.where(free, 2 * bow, 1), 0.0)
