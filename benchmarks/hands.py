# ruff: noqa: ARG001
"""Ballots as voters, printers and scanners make them: marks drawn by an unsteady hand, paper that ages, machines that degrade.

Every sheet follows from its seed; only numpy's generator is used. Darkness is 0 (paper) to 1 (black).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.random import Generator
from numpy.typing import NDArray

from chibo.ballots.blank import Blank
from chibo.ballots.layout import Box

Image = NDArray[np.float32]
BLUE, BLACK, RED, GREEN, PENCIL = (
    (0.75, 0.45, 0.15),
    (0.1, 0.1, 0.1),
    (0.2, 0.2, 0.8),
    (0.2, 0.55, 0.2),
    (0.4, 0.4, 0.4),
)
"""What a pen leaves of (blue, green, red) light."""


@lru_cache(maxsize=16)
def drawn(blank: Blank, dpi: int) -> Image:
    """The blank form at ``dpi``, 0 to 1."""
    with pdfium.PdfDocument(blank.pdf) as document:
        pixels = document[0].render(scale=dpi / 72, grayscale=True).to_numpy()
    size = round(blank.layout.width * dpi / 25.4), round(blank.layout.height * dpi / 25.4)
    return cv2.resize(pixels.reshape(pixels.shape[:2]), size).astype(np.float32) / 255


@dataclass
class Sheet:
    """Paper on the desk: ``page`` is what a perfect eye sees, (h, w, 3) of blue, green, red; mm from (x0, y0)."""

    page: Image
    scale: float
    rng: Generator
    x0: float = 0.0
    y0: float = 0.0

    @classmethod
    def of(cls, blank: Blank, dpi: int, rng: Generator) -> Sheet:
        return cls(cv2.merge([drawn(blank, dpi)] * 3), dpi / 25.4, rng)

    @classmethod
    def part(cls, blank: Blank, dpi: int, rng: Generator, box: Box) -> Sheet:
        """Only ``box`` of the sheet, in gray: marks can be tried by the million without drawing the rest."""
        scale = dpi / 25.4
        x, y = round(box.x * scale), round(box.y * scale)
        cut = drawn(blank, dpi)[y : y + round(box.h * scale), x : x + round(box.w * scale)]
        return cls(cut[..., None].copy(), scale, rng, x / scale, y / scale)

    def px(self, points: NDArray[np.float64]) -> NDArray[np.int32]:
        return np.rint(((points - (self.x0, self.y0)) * self.scale - 0.5) * 16).astype(np.int32)

    def layer(self, points: NDArray[np.float64], width: float) -> tuple[Image, tuple[slice, slice]]:
        """A stroke of ``width`` mm on the part of the sheet it needs."""
        px = self.px(points)
        low, high = np.floor(px.min(0) / 16).astype(int) - 12, np.ceil(px.max(0) / 16).astype(int) + 12
        low = np.clip(low, 0, None)
        high = np.clip(high, low + 1, np.array(self.page.shape[1::-1]))
        ink = np.zeros((high[1] - low[1], high[0] - low[0]), np.uint8)
        thick = width * self.scale
        coarse, fine = max(1, int(thick)), thick / max(1, int(thick) + (thick % 1 > 0.5))
        cv2.polylines(ink, [px - low.astype(np.int32) * 16], False, 255, coarse + (thick % 1 > 0.5), cv2.LINE_AA, 4)
        return ink.astype(np.float32) / 255 * min(1.0, fine), (slice(low[1], high[1]), slice(low[0], high[0]))

    def stroke(
        self, points: object, *, width: float = 0.45, pen: tuple[float, ...] = BLUE, press: float = 1.0
    ) -> None:
        """Ink along ``points`` (mm), with small gaps of a ballpoint."""
        ink, where = self.layer(np.asarray(points, np.float64), width)
        for channel in range(self.page.shape[2]):
            left = pen[channel] if self.page.shape[2] == 3 else min(pen)
            self.page[where][..., channel] *= 1 - ink * press * (1 - left)

    def line(self, a: tuple[float, float], b: tuple[float, float], *, bow: float = 0.2, **pen: object) -> None:
        """From ``a`` to ``b`` by hand: a little bowed, a little shaky."""
        t = np.linspace(0, 1, 12)[:, None]
        points = np.array(a) * (1 - t) + np.array(b) * t
        normal = np.array((b[1] - a[1], a[0] - b[0])) / max(np.hypot(b[0] - a[0], b[1] - a[1]), 0.1)
        shake = np.convolve(self.rng.normal(0, 0.06, 14), np.ones(3) / 3, "valid")
        points = points + normal * ((np.sin(np.pi * t[:, 0]) * self.rng.normal(0, bow)) + shake)[:, None]
        self.stroke(points, **pen)  # type: ignore[arg-type]

    def ring(self, box: Box, **pen: object) -> None:
        t = np.linspace(0, 2 * np.pi * 1.05, 40)
        cx, cy = box.middle
        wave = 1 + 0.05 * np.sin(3 * t + self.rng.uniform(0, 6))
        self.stroke(np.stack((cx + box.w / 2 * wave * np.cos(t), cy + box.h / 2 * wave * np.sin(t)), 1), **pen)  # type: ignore[arg-type]

    def words(self, x: float, y: float, length: float, *, height: float = 2.5, **pen: object) -> None:
        """Handwriting, unreadable but ink: loops along a line."""
        t = np.linspace(0, length * 2.2, int(length * 14))
        wave = np.stack(
            (
                x + t / 2.2 + 0.6 * np.sin(2.1 * t),
                y + height / 2 * np.sin(3.3 * t + self.rng.uniform(0, 6)) * self.rng.uniform(0.5, 1),
            ),
            1,
        )
        self.stroke(wave, **pen)  # type: ignore[arg-type]

    def shade(self, box: Box, darkness: float, *, soft: float = 0.6) -> None:
        """A smear, a fold's shadow, show-through: a soft dark place."""
        mask = np.zeros(self.page.shape[:2], np.float32)
        low, high = self.px(np.array([(box.x, box.y), (box.right, box.bottom)])) // 16
        cv2.rectangle(mask, low.tolist(), high.tolist(), 1.0, -1)
        mask = cv2.GaussianBlur(mask, (0, 0), soft * self.scale)
        self.page *= 1 - darkness * mask[..., None]

    def stamp(self, x: float = 45, y: float = 41, radius: float = 16) -> None:
        """The committee's round red stamp."""
        for r in (radius, radius - 1.5, radius * 0.5):
            self.ring(Box(x - r, y - r, 2 * r, 2 * r), width=0.8, pen=(0.35, 0.35, 0.85))
        self.words(x - radius * 0.6, y, radius * 1.2, pen=(0.35, 0.35, 0.85), width=0.6)


def _x(s: Sheet, box: Box, half: float, **pen: object) -> None:
    r = s.rng
    cx, cy = np.array(box.middle) + r.normal(0, 0.3, 2)
    n = r.normal(0, 0.25, 8)
    s.line((cx - half + n[0], cy - half + n[1]), (cx + half + n[2], cy + half + n[3]), **pen)
    s.line((cx + half + n[4], cy - half + n[5]), (cx - half + n[6], cy + half + n[7]), **pen)


def cross(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    _x(s, box, s.rng.uniform(1.7, 2.7), **pen)


def tick(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    r, (cx, cy) = s.rng, box.middle
    low = (cx - 0.4 + r.normal(0, 0.25), cy + r.uniform(1.3, 2.0))
    s.line((low[0] - r.uniform(1.3, 1.9), low[1] - r.uniform(1.2, 1.9)), low, **pen)
    s.line(low, (low[0] + r.uniform(2.0, 3.0), low[1] - r.uniform(3.0, 4.4)), **pen)


def small(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    _x(s, box, 1.1, **pen)


def huge(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    _x(s, box, 4.4, **pen)


def slash(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    cx, cy = box.middle
    s.line((cx - 2, cy + 2), (cx + 2, cy - 2), **pen)


def solid(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    for y in np.arange(box.y + 0.3, box.bottom - 0.2, 0.3):
        s.line((box.x + 0.3, y), (box.right - 0.3, y), bow=0.05, **pen)


def scribble(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    t = np.linspace(0, s.rng.uniform(5, 8) * np.pi, 60)
    cx, cy = box.middle
    s.stroke(np.stack((cx + 2.6 * np.cos(t) * np.linspace(1, 0.6, 60), cy + 2.4 * np.sin(t * 1.17)), 1), **pen)


def crossed(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    """An X taken back by a line, or two, through it."""
    cross(s, box, cell, **pen)
    cx, cy = box.middle
    reach, tilt = s.rng.uniform(2.8, 4.5), s.rng.uniform(-0.7, 0.7)
    for shift in ([0.0], [-0.6, 0.6])[int(s.rng.integers(2))]:
        if s.rng.random() < 0.8:
            s.line((cx - reach, cy + shift - tilt), (cx + reach, cy + shift + tilt), **pen)
        else:
            s.line((cx + shift - tilt, cy - reach), (cx + shift + tilt, cy + reach), **pen)


def circled(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    cross(s, box, cell, **pen)
    s.ring(box.grown(s.rng.uniform(0.3, 1.1)), **pen)


def circle(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    s.ring(box.grown(s.rng.uniform(-1.4, 1.0)), **pen)


def beside(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    _x(s, Box(box.x + (5.2 if s.rng.random() < 0.5 else -5.2), box.y, box.w, box.h), 1.6, **pen)


def dot(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    x, y = np.array(box.middle) + s.rng.uniform(-1.8, 1.8, 2)
    s.stroke([(x, y), (x + 0.1, y + 0.05)], **{**pen, "width": s.rng.uniform(0.3, 0.9)})  # type: ignore[arg-type]


def dash(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    x, y = box.middle
    s.line((x - 1, y), (x + 1, y), bow=0.05, **pen)


def faint(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    cross(s, box, cell, **{**pen, "pen": PENCIL, "press": 0.5})


def ghost(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    """A cross by the lightest pencil: 12 % darkness."""
    cross(s, box, cell, **{**pen, "pen": PENCIL, "press": 0.2})


def erased(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    cross(s, box, cell, **{**pen, "pen": PENCIL, "press": 0.15})
    s.shade(box.grown(-1), 0.12)


def fluid(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    """Correction fluid over an X: whiter than paper, its edges and the box's line gone."""
    cross(s, box, cell, **pen)
    low, high = s.px(np.array([(box.x - 0.3, box.y + 0.8), (box.right - 1.2, box.bottom + 0.2)])) // 16
    s.page[low[1] : high[1], low[0] : high[0]] = 0.98
    s.shade(Box(box.x - 0.3, box.bottom, box.w - 1, 0.15), 0.25, soft=0.1)


def graze(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    """A line meant for elsewhere cuts a corner."""
    s.line((box.x - 2, box.y + 1.5), (box.x + 2.2, box.y - 1.5), **pen)


def stray(s: Sheet, box: Box, cell: Box, **pen: object) -> None:
    """A line across the whole cell."""
    y = s.rng.uniform(-2.5, 2.5, 2)
    s.line((cell.x + 0.5, box.middle[1] + y[0]), (cell.right - 0.5, box.middle[1] + y[1]), **pen)


MARKS: dict[str, Callable[..., None]] = {"cross": cross, "tick": tick}
MARK_OR_PEOPLE: dict[str, Callable[..., None]] = {"small": small, "huge": huge, "faint": faint}
BLANK_OR_PEOPLE: dict[str, Callable[..., None]] = {"dot": dot, "graze": graze}
PEOPLE: dict[str, Callable[..., None]] = {
    f.__name__: f for f in (solid, scribble, crossed, circled, circle, beside, dash, ghost, erased, fluid, stray)
}


def strike(s: Sheet, name: Box, **pen: object) -> None:
    """One line through the whole name."""
    r, y = s.rng, name.middle[1]
    s.line(
        (name.x - r.uniform(0.3, 2), y + r.normal(0, 0.35)),
        (name.right + r.uniform(0.3, 3), y + r.normal(0, 0.35)),
        bow=0.3,
        **pen,
    )


def half(s: Sheet, name: Box, **pen: object) -> None:
    share, y = s.rng.uniform(0.25, 0.6), name.middle[1]
    a, b = (
        (name.x - 0.5, name.x + share * name.w)
        if s.rng.random() < 0.5
        else (name.right - share * name.w, name.right + 1)
    )
    s.line((a, y), (b, y), **pen)


def underline(s: Sheet, name: Box, **pen: object) -> None:
    s.line((name.x, name.bottom + 0.3), (name.right, name.bottom + 0.3), **pen)


def overline(s: Sheet, name: Box, **pen: object) -> None:
    s.line((name.x, name.y - 0.5), (name.right, name.y - 0.5), **pen)


def ringed(s: Sheet, name: Box, **pen: object) -> None:
    s.ring(name.grown(1), **pen)


def x_over(s: Sheet, name: Box, **pen: object) -> None:
    s.line((name.x, name.y - 1), (name.right, name.bottom + 1), **pen)
    s.line((name.x, name.bottom + 1), (name.right, name.y - 1), **pen)


def short_mark(s: Sheet, name: Box, **pen: object) -> None:
    tick(s, Box(name.right + 4, name.y, 6, name.h), name, **pen)


def ghost_strike(s: Sheet, name: Box, **pen: object) -> None:
    strike(s, name, **{**pen, "pen": PENCIL, "press": 0.25})


def taken_back(s: Sheet, name: Box, **pen: object) -> None:
    """Struck, and then restored by dashes across the line, or a word."""
    strike(s, name, **pen)
    for x in np.arange(name.x + 1, name.right, 2.2):
        s.line((x, name.y - 0.6), (x + 0.4, name.bottom + 0.6), **pen)


NAME_PEOPLE: dict[str, Callable[..., None]] = {
    f.__name__: f for f in (half, underline, overline, ringed, x_over, short_mark, ghost_strike, taken_back)
}


def ink_box(blank: Blank, row: int) -> Box:
    """Where the letters of a name stand, in mm: from the drawing, the small letters' height."""
    rect, image = blank.layout.rows[row].name, blank.fine
    x, y = round((rect.x + 0.8) * 8), round((rect.y + 0.6) * 8)
    part = image[y : round((rect.bottom - 0.6) * 8), x : round((rect.right - 1) * 8)] < 128
    columns = np.flatnonzero(part.any(0))
    profile = np.convolve(part.sum(1).astype(float), np.ones(13), "same")
    middle = (y + int(np.argmax(profile))) / 8
    return Box((x + columns[0]) / 8, middle - 1.1, (columns[-1] - columns[0]) / 8, 2.2)


def pen_of(rng: Generator) -> dict[str, object]:
    """What voters bring: mostly blue, some black; ballpoint to gel."""
    return {
        "pen": BLUE if rng.random() < 0.75 else BLACK,
        "width": rng.uniform(0.3, 0.55),
        "press": rng.uniform(0.85, 1.0),
    }
