"""Ballots on the desk of the tests: the invented election and the hands of ``benchmarks``, in the cheapest form."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np

from benchmarks import hands
from benchmarks.cases import style
from benchmarks.hands import Sheet
from benchmarks.machines import CLEAN, encoded, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.style import Form


@lru_cache(maxsize=8)
def blank_of(form: Form = Form.STRIKE, names: int = 5) -> Blank:
    return Blank.of(style(form, names))


def struck_ballot(*rows: int, seed: int = 0, blank: Blank | None = None, extra: object = None) -> bytes:
    """A scanned strike form with ``rows`` struck, as JPEG at 200 dpi."""
    blank = blank or blank_of()
    rng = np.random.default_rng(seed)
    sheet = Sheet.of(blank, 200, rng)
    sheet.page = sheet.page[..., :1].copy()
    sheet.stamp(float(rng.uniform(42, 48)), float(rng.uniform(38, 44)))
    for row in rows:
        hands.strike(sheet, hands.ink_box(blank, row), width=0.45)
    if callable(extra):
        extra(sheet, blank)
    return encoded(scanned(sheet.page, sheet.scale, CLEAN, rng), ".jpg")


def marked_ballot(columns: str, *, seed: int = 0, blank: Blank | None = None, extra: object = None) -> bytes:
    """A scanned agree form: per row A(gree), D(isagree), - (neither), B(oth)."""
    blank = blank or blank_of(Form.AGREE)
    rng = np.random.default_rng(seed)
    sheet = Sheet.of(blank, 200, rng)
    sheet.page = sheet.page[..., :1].copy()
    sheet.stamp(float(rng.uniform(42, 48)), float(rng.uniform(38, 44)))
    for row, mark in zip(blank.layout.rows, columns, strict=True):
        for at in {"A": (0,), "D": (1,), "B": (0, 1), "-": ()}[mark]:
            hands.cross(sheet, row.boxes[at], row.cells[at], width=0.45)
    if callable(extra):
        extra(sheet, blank)
    return encoded(scanned(sheet.page, sheet.scale, CLEAN, rng), ".jpg")


def filled(folder: Path, *ballots: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for at, data in enumerate(ballots, 1):
        (folder / f"scan-{at:03}.jpg").write_bytes(data)
    return folder
