"""Where everything stands on the sheet, in mm from the upper left corner of the paper. Nothing here draws or reads."""

from __future__ import annotations

from dataclasses import dataclass

from chibo.ballots.style import Form, Paper, Style

TAG = 9.0
"""Side of a corner mark; its outer edge is 12 mm from the paper's edge, so that 5° of skew still leave it whole."""
EDGE = 12.0
MARK = 6.0
"""Side of the box for an X."""
QR = 20.0


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def middle(self) -> tuple[float, float]:
        return self.x + self.w / 2, self.y + self.h / 2

    def grown(self, by: float) -> Box:
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)


@dataclass(frozen=True, slots=True)
class Row:
    """One name: its cells, and for the agree form the two columns (cell and box to mark in it)."""

    rect: Box
    number: Box
    name: Box
    cells: tuple[Box, ...] = ()

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(Box(c.middle[0] - MARK / 2, c.middle[1] - MARK / 2, MARK, MARK) for c in self.cells)


@dataclass(frozen=True, slots=True)
class Layout:
    width: float
    height: float
    tags: tuple[Box, Box, Box, Box]
    """Corner marks, ids 0 to 3 clockwise from the upper left."""
    stamp: Box
    qr: Box
    banner: Box
    title: Box
    guide: Box
    heads: tuple[Row, ...]
    """The head of each block of the table."""
    rows: tuple[Row, ...]

    @property
    def table(self) -> Box:
        """All rows, without the heads."""
        x, y = min(r.rect.x for r in self.rows), min(r.rect.y for r in self.rows)
        return Box(x, y, max(r.rect.right for r in self.rows) - x, max(r.rect.bottom for r in self.rows) - y)


def layout_of(style: Style) -> Layout:
    """The sheet of ``style``; depends on the form, the paper and the number of names alone."""
    width, height = map(float, style.paper.size)
    far_x, far_y = width - EDGE - TAG, height - EDGE - TAG
    tags = (
        Box(EDGE, EDGE, TAG, TAG),
        Box(far_x, EDGE, TAG, TAG),
        Box(far_x, far_y, TAG, TAG),
        Box(EDGE, far_y, TAG, TAG),
    )
    top = 70.0 if style.paper is Paper.A5 else 72.0
    blocks = _blocks(style)
    qr = Box(width - EDGE - QR, 25, QR, QR)
    return Layout(
        width, height, tags,
        stamp=Box(26, 22, 38, 38), qr=qr, banner=Box(24, 11.5, width - 48, 9.5),
        title=Box(66, 23, qr.x - 69, 38), guide=Box(EDGE, 61.5, width - 2 * EDGE, top - 62.5),
        heads=tuple(_row(block[0], top, 9, style.form, block[1]) for block in blocks),
        rows=tuple(
            _row(x, top + 9 + at * pitch, pitch, style.form, wide) for x, wide, count, pitch in blocks for at in range(count)
        ),
    )  # fmt: skip


def _blocks(style: Style) -> list[tuple[float, float, int, float]]:
    """(left, width, rows, height of a row) of each block of rows; more than 21 names stand in two blocks on A4."""
    width, names = style.paper.size[0] - 2 * EDGE, len(style.names)
    if style.paper is Paper.A5:
        return [(EDGE, width, names, 8.5 if style.form is Form.AGREE else 9.5 if names <= 10 else 9.0)]
    if names <= 21:
        return [(EDGE, width, names, 9.0)]
    half = (names + 1) // 2
    wide = (width - 4) / 2
    return [(EDGE, wide, half, 9.0), (EDGE + wide + 4, wide, names - half, 9.0)]


def _row(x: float, y: float, h: float, form: Form, wide: float) -> Row:
    number = Box(x, y, 10 if wide > 100 else 8, h)
    side = 0.0 if form is Form.STRIKE else 23.0 if wide > 100 else 15.0
    name = Box(number.right, y, wide - number.w - 2 * side, h)
    cells = () if form is Form.STRIKE else (Box(name.right, y, side, h), Box(name.right + side, y, side, h))
    return Row(Box(x, y, wide, h), number, name, cells)
