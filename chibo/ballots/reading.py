"""One picture in, what the voter marked out, or why it is for people. Nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp

from chibo.ballots.blank import Blank
from chibo.ballots.coding import Verdict, verdict_on
from chibo.ballots.evening import light_of, zones_of
from chibo.ballots.ink import Ink, ink_on
from chibo.ballots.intake import Page, Picture, Unreadable, Why, open_page
from chibo.ballots.layout import Box
from chibo.ballots.marks import Cell, Mark, read_cells
from chibo.ballots.registration import Placed, place, warped
from chibo.ballots.rules import Choice, Concern
from chibo.ballots.strikes import Name, Strike, read_names
from chibo.ballots.style import Form

_CODE_SCALES = (5, 8)
"""Pixels per mm at which the code is looked for: few first, for that is nearly always enough."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A ballot as read: one choice per name, concerns for the committee, and how sure the reader is of the place."""

    choices: tuple[Choice, ...]
    concerns: tuple[Concern, ...]
    details: tuple[tuple[Cell, ...] | Name, ...]
    writing: tuple[Box, ...]
    trace: tuple[tuple[int, int, int], ...]
    stamp: float
    tags: int
    residual: float
    correction: float
    sharpness: float

    @property
    def doubtful_rows(self) -> tuple[int, ...]:
        """Rows (from 0) that a person must look at; both and neither too, for that is where errors hide."""
        sure = {Choice.FOR, Choice.AGAINST}
        return tuple(at for at, choice in enumerate(self.choices) if choice not in sure)

    @property
    def is_sure(self) -> bool:
        return not self.doubtful_rows and not self.concerns


@dataclass(frozen=True, slots=True)
class Reading:
    """A page opened and read; ``sheet`` is None where it was refused, and ``why`` says so."""

    picture: Picture | None
    placed: Placed | None
    sheet: Sheet | None
    why: Why | None = None


def read_page(page: Page, blank: Blank, *, stamped: bool = True) -> Reading:
    """Read one page of a file; every refusal is an answer, not an error."""
    picture = None
    try:
        picture = open_page(page)
        return read_picture(picture, blank, stamped=stamped)
    except Unreadable as refused:
        return Reading(picture, None, None, refused.why)


def read_picture(picture: Picture, blank: Blank, *, stamped: bool = True) -> Reading:
    """Read one picture. ``stamped``: the ballots of this election bear the convening committee's stamp (Đ15)."""
    placed = place(picture, blank)
    light = light_of(placed, blank.layout)
    zones = zones_of(picture.gray, placed, light, blank)
    ink = ink_on(picture, placed, light, blank)
    if blank.style.form is Form.AGREE:
        cells = read_cells(zones, placed, blank)
        details: list[tuple[Cell, ...] | Name] = [*cells]
        choices = [choice_of_cells(row) for row in cells]
    else:
        names = read_names(zones, placed, blank)
        details = [*names]
        choices = [choice_of_name(name) for name in names]
    concerns = _concerns(picture, placed, ink, blank, stamped=stamped)
    sheet = Sheet(
        tuple(choices), concerns, tuple(details), ink.writing, ink.trace, round(ink.stamp, 1), placed.tags,
        round(placed.residual, 3), round(placed.correction, 3), round(placed.sharpness, 3),
    )  # fmt: skip
    return Reading(picture, placed, sheet)


def choice_of_cells(cells: tuple[Cell, ...]) -> Choice:
    """Exactly one box surely marked and the other surely blank is a choice; all else is for people."""
    agree, disagree = (cell.mark for cell in cells)
    if Mark.DOUBTFUL in {agree, disagree}:
        return Choice.DOUBTFUL
    if agree is disagree:
        return Choice.BOTH if agree is Mark.MARKED else Choice.NEITHER
    return Choice.FOR if agree is Mark.MARKED else Choice.AGAINST


def choice_of_name(name: Name) -> Choice:
    return {Strike.KEPT: Choice.FOR, Strike.STRUCK: Choice.AGAINST, Strike.DOUBTFUL: Choice.DOUBTFUL}[name.strike]


def _concerns(picture: Picture, placed: Placed, ink: Ink, blank: Blank, *, stamped: bool) -> tuple[Concern, ...]:
    verdict = verdict_on(_code(picture, placed, blank), blank.style)
    found = {
        Verdict.OTHER_STYLE: Concern.OTHER_STYLE,
        Verdict.OTHER_ELECTION: Concern.OTHER_ELECTION,
        Verdict.FORGED: Concern.FORGED,
        Verdict.UNREADABLE: Concern.NO_CODE,
    }
    told = [found[verdict]] if verdict in found else []
    if ink.writing:
        told.append(Concern.WRITING)
    if stamped and not ink.is_stamped:
        told.append(Concern.UNSTAMPED)
    return tuple(told)


def _code(picture: Picture, placed: Placed, blank: Blank) -> str | None:
    box = blank.layout.qr.grown(3)
    for scale in _CODE_SCALES:
        side = round(box.w * scale)
        part = warped(picture.gray, placed.plane, scale, box.x, box.y, side, side)
        found = _codes_in(part) or (
            _codes_in(cv2.GaussianBlur(part, (5, 5), 0)) if scale == max(_CODE_SCALES) else []
        )
        if found:
            return str(found[0].text)
    return None


def _codes_in(pixels: Any) -> list[Any]:
    kind = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
    return [*zxingcpp.read_barcodes(pixels, formats=kind, try_rotate=False, try_invert=False)]


def crop_of(reading: Reading, blank: Blank, row: int | None, *, scale: int = 14) -> bytes:
    """The picture for people, as PNG: one row enlarged with a little of its neighbours, or with None the whole sheet."""
    assert reading.picture is not None
    source = reading.picture.colour if reading.picture.colour is not None else reading.picture.gray
    if reading.placed is None:
        return _png(source)
    if row is None:
        box, scale = Box(0, 0, blank.layout.width, blank.layout.height), 8
    else:
        rect = blank.layout.rows[row].rect
        box = Box(rect.x - 3, rect.y - 2.5, rect.w + 6, rect.h + 5)
    return _png(warped(source, reading.placed.plane, scale, box.x, box.y, round(box.w * scale), round(box.h * scale)))


def _png(pixels: Any) -> bytes:
    _ok, made = cv2.imencode(".png", pixels)
    return np.asarray(made, np.uint8).tobytes()
