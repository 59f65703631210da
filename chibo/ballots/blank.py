"""The form without any mark, as pixels: what the reader compares every sheet with."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from chibo.ballots.intake import Pixels
from chibo.ballots.layout import Box, Layout, Row, layout_of
from chibo.ballots.printing import pdf_of
from chibo.ballots.style import Form, Style

FINE = 8
"""Pixels per mm where marks are read (203 dpi)."""
ROUGH = 3
"""Pixels per mm where the whole sheet is looked over."""
_BESIDE = 15.0
"""mm to the right of the longest name that still belong to the names; what is written farther out is foreign ink."""


@dataclass(frozen=True)
class Blank:
    """A style with its drawing. Built once for a count; ``pdf`` is the page as it was printed."""

    style: Style
    pdf: bytes

    @classmethod
    def of(cls, style: Style) -> Blank:
        return cls(style, pdf_of(style))

    @cached_property
    def layout(self) -> Layout:
        return layout_of(self.style)

    @cached_property
    def fine(self) -> Pixels:
        return self._drawn(FINE)

    @cached_property
    def rough(self) -> Pixels:
        return np.asarray(
            cv2.resize(self.fine, None, fx=ROUGH / FINE, fy=ROUGH / FINE, interpolation=cv2.INTER_AREA), np.uint8
        )

    @cached_property
    def zones(self) -> tuple[Box, ...]:
        """The parts read at ``FINE``, on whole mm: the columns of boxes, or the names with what stands near them."""
        made = []
        for x in sorted({row.rect.x for row in self.layout.rows}):
            rows = [row for row in self.layout.rows if row.rect.x == x]
            if self.style.form is Form.STRIKE:
                right = min(rows[0].rect.right, max(map(self._ends_at, rows)) + _BESIDE)
                made.append(_around([Box(x, r.rect.y, right - x, r.rect.h) for r in rows]))
            else:
                made.append(_around([cell for row in rows for cell in row.cells]))
        return tuple(made)

    def _ends_at(self, row: Row) -> float:
        """Where (mm) the printed name ends."""
        left, top, right, bottom = (
            round(v * FINE) for v in (row.name.x + 0.8, row.name.y + 0.8, row.name.right - 0.8, row.name.bottom - 0.8)
        )
        columns = np.flatnonzero((self.fine[top:bottom, left:right] < 155).any(0))
        return row.name.x + 0.8 + (int(columns[-1]) + 1) / FINE

    @cached_property
    def joints(self) -> NDArray[np.float64]:
        """Crossings of the table's rules (mm): many, printed everywhere, seldom marked. They show how the paper bends."""
        points = set()
        rows = self.layout.rows
        for at, row in enumerate(rows):
            first = at == 0 or rows[at - 1].rect.x != row.rect.x
            xs = (row.rect.x, row.number.right, *(c.x for c in row.cells), row.rect.right)
            points |= {(x, row.rect.bottom) for x in xs} | ({(x, row.rect.y) for x in xs} if first else set())
        return np.array(sorted(points, key=lambda p: (p[1], p[0])))

    @cached_property
    def open(self) -> Pixels:
        """255 where ink on the whole sheet, at ``ROUGH``, is not the form's own: nothing is printed within 0.25 mm of the point."""
        near = cv2.dilate((self.fine < 200).astype(np.uint8) * 255, np.ones((5, 5), np.uint8))
        share = cv2.resize(near, self.rough.shape[::-1], interpolation=cv2.INTER_AREA)
        return np.asarray((share < 128) * 255, np.uint8)

    def _drawn(self, scale: int) -> Pixels:
        with pdfium.PdfDocument(self.pdf) as document:
            page = document[0]
            drawn: Any = page.render(scale=scale * 25.4 / 72, grayscale=True).to_numpy()
        size = round(self.layout.width * scale), round(self.layout.height * scale)
        pixels = np.ascontiguousarray(drawn.reshape(drawn.shape[:2]))
        if pixels.shape[::-1] != size:  # pdfium rounds the sheet up and stretches it
            pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR), np.uint8)
        return np.asarray(pixels, np.uint8)


def _around(boxes: list[Box]) -> Box:
    x, y = floor(min(b.x for b in boxes)) - 2, floor(min(b.y for b in boxes)) - 2
    return Box(x, y, ceil(max(b.right for b in boxes)) + 2 - x, ceil(max(b.bottom for b in boxes)) + 2 - y)
