"""Uneven light taken out: how dark each point is between the paper around it (0) and the printer's black (255)."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from chibo.ballots.blank import FINE, ROUGH, Blank
from chibo.ballots.intake import Pixels
from chibo.ballots.layout import TAG, Box, Layout
from chibo.ballots.registration import Placed, warped

_MODULE = TAG / 6


@dataclass(frozen=True, slots=True)
class Light:
    """The paper's white over the sheet, one value per mm, and the printer's black as a share of 255 of it."""

    white: Pixels
    black: int

    def darkness(self, pixels: Pixels, box: Box) -> Pixels:
        """``pixels`` of ``box`` (whole mm) as darkness."""
        x, y, right, bottom = (round(v) for v in (box.x, box.y, box.right, box.bottom))
        part = self.white[max(y, 0) : bottom, max(x, 0) : right]
        white = cv2.resize(part, pixels.shape[::-1], interpolation=cv2.INTER_LINEAR)
        return np.asarray(cv2.divide(cv2.subtract(white, pixels), white, scale=255 * self._range), np.uint8)

    @property
    def _range(self) -> float:
        return 255 / max(60, 255 - self.black)

    def darker(self, pixels: Pixels, limit: int) -> Pixels:
        """Where (255) the whole sheet is darker than ``limit`` (of 255)."""
        least = cv2.convertScaleAbs(self.white, alpha=1 - limit / 255 / self._range)
        return np.asarray(
            cv2.compare(pixels, cv2.resize(least, pixels.shape[::-1], interpolation=cv2.INTER_LINEAR), cv2.CMP_LT),
            np.uint8,
        )


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the sheet at ``FINE``: ``dark`` as it is, ``calm`` smoothed over 0.4 mm against grain."""

    box: Box
    dark: Pixels
    calm: Pixels
    paper: int = 0
    """The darkness that most of the zone has: what grain leaves."""

    @classmethod
    def of(cls, box: Box, dark: Pixels) -> Zone:
        calm = np.asarray(cv2.blur(dark, (3, 3)), np.uint8)
        return cls(box, dark, calm, min(_middling(calm[::7, ::7]), 20))

    def cut(self, x: float, y: float, width: int, height: int, *, calm: bool = False) -> Pixels:
        """``width`` × ``height`` pixels from (x, y) mm of the sheet on; less at the edges of the zone."""
        left, top = round((x - self.box.x) * FINE), round((y - self.box.y) * FINE)
        return (self.calm if calm else self.dark)[max(top, 0) : top + height, max(left, 0) : left + width]


def light_of(placed: Placed, layout: Layout) -> Light:
    rough, white, blacks = placed.rough, white_of(placed.rough), []
    for tag in layout.tags:
        inner = rough[_at(tag.y + 0.4) : _at(tag.y + _MODULE - 0.3), _at(tag.x + _MODULE) : _at(tag.right - _MODULE)]
        paper = float(white[round(tag.y) - 3, round(tag.middle[0])]) or 1.0
        blacks.append(_middling(inner) * 255 / paper)
    return Light(white, round(min(float(np.median(blacks)), 170.0)))


def white_of(rough: Pixels) -> Pixels:
    """The paper's white, one value per mm: the lightest mean of a square millimetre within 3 mm."""
    half = cv2.resize(rough, (rough.shape[1] // 2, rough.shape[0] // 2), interpolation=cv2.INTER_AREA)
    small = cv2.resize(half, (rough.shape[1] // ROUGH, rough.shape[0] // ROUGH), interpolation=cv2.INTER_AREA)
    white = cv2.blur(cv2.dilate(small, np.ones((7, 7), np.uint8)), (9, 9))
    return np.asarray(np.maximum(white, 1), np.uint8)


def zones_of(gray: Pixels, placed: Placed, light: Light, blank: Blank) -> tuple[Zone, ...]:
    """Every zone of the form, cut from the picture as it is, evened."""
    made = []
    for box in blank.zones:
        pixels = warped(gray, placed.plane, FINE, box.x, box.y, round(box.w * FINE), round(box.h * FINE))
        dark = light.darkness(pixels, box)
        made.append(Zone.of(box, dark))
    return tuple(made)


def _middling(pixels: Pixels) -> int:
    """The value in the middle of all."""
    flat = pixels.ravel()
    return int(np.partition(flat, len(flat) // 2)[len(flat) // 2])


def _at(mm: float) -> int:
    return round(mm * ROUGH)
