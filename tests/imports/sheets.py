"""Workbooks as offices have them, made for a test."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

HEADINGS = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Chi bộ",
    "Ngày vào Đảng",
    "Ngày chính thức",
    "Số thẻ",
    "CCCD",
)


def workbook(
    *rows: Sequence[object], headings: Sequence[str] = HEADINGS, title: str = "", sheet: str = "Danh sách"
) -> bytes:
    """An .xlsx with the headings in row 1 (in row 3 under a title), and the rows below."""
    return book({sheet: [*([[title], []] if title else []), list(headings), *map(list, rows)]})


def book(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if isinstance(value, date):
                        page.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
                    elif isinstance(value, str):
                        page.write_string(r, c, value)
                    elif value is not None:
                        page.write(r, c, value)
    return out.getvalue()


def person(number: int = 1, name: str = "Nguyễn Văn An", **told: object) -> list[object]:
    """A row under ``HEADINGS``; any cell can be told otherwise, by its code."""
    row: dict[str, object] = {
        "number": number, "name": name, "birth": "19/05/1970", "sex": "Nam", "cell": "Chi bộ 5", "admitted": "03/02/1995",
        "official": "03/02/1996", "card": "", "citizen": "",
    }  # fmt: skip
    return list({**row, **told}.values())


def saved(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path
