"""The ballot as PDF: one page set by Typst, repeated; every page is the same drawing. 190-QĐ/TW Đ15."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import segno
import typst

from chibo.ballots.coding import code_of
from chibo.ballots.layout import Row, layout_of
from chibo.ballots.style import Form, Refused, Style, gettext_noop

TEMPLATE = Path(__file__).parent / "templates" / "ballot.typ"
MOST_COPIES = 5000
_STRIKE = (
    "Đồng chí gạch ngang cả họ và tên người mình không bầu; để lại không quá {seats} người. "
    "Không gạch hết, không viết thêm, không ký tên vào phiếu."
)
_AGREE = (
    "Với mỗi người, đồng chí đánh dấu X vào một ô: Đồng ý hoặc Không đồng ý. "
    "Không đánh dấu cả hai ô, không viết thêm, không ký tên vào phiếu."
)


def sheets_to_print(voters: int, spare: int) -> int:
    """How many sheets: one for each voter present and the agreed number to exchange spoiled ones. What is left over is
    crossed out and sealed with the count, so printed = issued + exchanged + left over always holds.
    """
    if voters < 1 or spare < 0 or voters + spare > MOST_COPIES:
        raise Refused(
            gettext_noop("Số phiếu in phải từ 1 đến %(most)s: số người bầu %(voters)s, dự phòng %(spare)s."),
            most=MOST_COPIES, voters=voters, spare=spare,
        )  # fmt: skip
    return voters + spare


def pdf_of(style: Style, copies: int = 1) -> bytes:
    """``copies`` identical pages; the same style gives the same bytes on every machine with the same Typst."""
    facts = json.dumps(_facts(style, sheets_to_print(copies, 0)), ensure_ascii=False)
    made = typst.compile(TEMPLATE.read_bytes(), font_paths=_fonts(), sys_inputs={"ballot": facts}, timestamp=0)
    assert isinstance(made, bytes)
    return made


def dictionary() -> Any:
    """The family of the corner marks."""
    return cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_APRILTAG_16h5)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Only the letters that Typst brings along: they are the same wherever the sheet is set, and have all of Vietnamese."""
    return typst.Fonts(include_system_fonts=False)


def _facts(style: Style, copies: int) -> dict[str, Any]:
    layout = layout_of(style)
    code = segno.make(code_of(style), version=3, error="m", micro=False)
    modules = [[bool(module) for module in line] for line in code.matrix]
    return {
        "copies": copies,
        "width": layout.width,
        "height": layout.height,
        "name": f"Phiếu bầu cử {style.letter}",
        "party": "ĐẢNG CỘNG SẢN VIỆT NAM",
        "superior": style.superior.upper(),
        "issuer": style.issuer.upper(),
        "office": style.office,
        "seats": f"{style.seats:02}",
        "guidance": (_STRIKE if style.form is Form.STRIKE else _AGREE).format(seats=f"{style.seats:02}"),
        "tags": [(asdict(box), _path(_tag(at))) for at, box in enumerate(layout.tags)],
        "qr": (asdict(layout.qr), _path(modules), len(modules)),
        **{name: asdict(getattr(layout, name)) for name in ("stamp", "banner", "title", "guide")},
        "heads": [_row(row) for row in layout.heads],
        "rows": [
            {**_row(row), "tt": f"{at}", "words": name} for at, (row, name) in enumerate(zip(layout.rows, style.names, strict=True), 1)
        ],
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    return {**asdict(row), "boxes": [asdict(box) for box in row.boxes]}


def _tag(number: int) -> list[list[bool]]:
    """The black modules of a corner mark, its black border with them."""
    drawn = cv2.aruco.generateImageMarker(dictionary(), number, 6)
    return [[not value for value in line] for line in drawn.tolist()]


def _path(modules: Iterable[Iterable[bool]]) -> str:
    """One outline for all black modules: single shapes side by side would leave hairlines between them."""
    return "".join(
        f"M{x} {y}h1v1h-1z" for y, line in enumerate(modules) for x, black in enumerate(line) if black
    )  # fmt: skip
