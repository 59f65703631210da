"""Writing workbooks and CSV that no cell can turn into a program."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

import xlsxwriter

_FONT = {"font_name": "Times New Roman", "font_size": 12, "valign": "vcenter"}
_FORMATS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "header": {"bold": True, "align": "center", "text_wrap": True, "border": 1},
    "cell": {},
    "day": {"num_format": "dd/mm/yyyy"},
    "moment": {"num_format": "dd/mm/yyyy hh:mm"},
}
_MOST_TEXT = 32_767
_MOST_DIGITS = 15
_FIRST_DAY = date(1900, 1, 1)
_ACTIVE = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True, slots=True)
class Column:
    """A column to write: its code, its heading, and its width in characters."""

    code: str
    label: str
    width: float = 16


def write_workbook(
    sheet_title: str, columns: Sequence[Column], rows: Iterable[Sequence[object]], *, title: str = ""
) -> bytes:
    """An .xlsx of one sheet: the title, if any, a header that stays in sight and filters, then the rows.

    Text is written as text, whatever it begins with: nothing becomes a formula or a link. Dates show as
    dd/mm/yyyy; numbers that Excel cannot hold exactly (over 15 digits) are written as text.
    """
    out = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(out, options) as book:
        formats = {name: book.add_format(_FONT | extra) for name, extra in _FORMATS.items()}
        sheet = book.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", sheet_title).strip("' ")[:31] or None)
        for index, column in enumerate(columns):
            sheet.set_column(index, index, column.width)
        header_row = 2 if title else 0
        if title:
            sheet.write_string(0, 0, title, formats["title"])
        for index, column in enumerate(columns):
            sheet.write_string(header_row, index, column.label, formats["header"])
        last = header_row
        for last, row in enumerate(rows, start=header_row + 1):
            for index, value in enumerate(row):
                _write(sheet, last, index, value, formats)
        sheet.freeze_panes(header_row + 1, 0)
        if columns:
            sheet.autofilter(header_row, 0, last, len(columns) - 1)
            sheet.repeat_rows(header_row)
    return out.getvalue()


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    col: int,
    value: object,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    match value:
        case None:
            return
        case bool():
            sheet.write_boolean(row, col, value, formats["cell"])
        case int() | float() | Decimal() if isfinite(value) and abs(value) < 10**_MOST_DIGITS:
            sheet.write_number(row, col, value, formats["cell"])
        case datetime() if value.date() >= _FIRST_DAY:
            sheet.write_datetime(row, col, value, formats["moment"])
        case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
            sheet.write_datetime(row, col, value, formats["day"])
        case _:
            sheet.write_string(row, col, _text(value)[:_MOST_TEXT], formats["cell"])


def write_csv(columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV that Excel opens as Unicode. Text that Excel would take for a formula gets an apostrophe before it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_neutral(column.label) for column in columns])
    writer.writerows([[_neutral(value) for value in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _neutral(value: object) -> str:
    text = _text(value)
    is_number = isinstance(value, int | float | Decimal)
    return f"'{text}" if not is_number and (text.startswith(_ACTIVE) or text.lstrip().startswith(_ACTIVE)) else text


def _text(value: object) -> str:
    """A value as people read it."""
    match value:
        case None:
            return ""
        case datetime():
            return f"{value:%d/%m/%Y %H:%M}"
        case date():
            return f"{value:%d/%m/%Y}"
        case _:
            return str(value)
