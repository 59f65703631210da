"""The process in which an uploaded file is opened: run as a script, it knows no Django, and of chibo only archives.

``python worker.py FILE LIMITS`` writes one JSON value a line: an object begins a sheet or names a refusal, an
array is some rows. Dates are arrays of one ISO text. Whatever goes wrong beyond the refusals ends the process.
"""

from __future__ import annotations

import csv
import gc
import io
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import IO, NamedTuple

from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from chibo.core.uploads.archives import RefusedError, inspect_archive, limit_memory

_MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """How much of an upload is looked at; sizes in bytes, rows and columns per sheet."""

    max_bytes: int = 20 * _MEGABYTE
    max_unpacked: int = 200 * _MEGABYTE
    max_entries: int = 2_000
    max_rows: int = 20_000
    max_columns: int = 200
    max_memory: int = 1024 * _MEGABYTE
    seconds: float = 60


class Why(StrEnum):
    """Why a file is refused."""

    BROKEN = "broken"
    COLUMNS = "columns"
    EMPTY = "empty"
    ENTITY = "entity"
    LOCKED = "locked"
    NOT_WORKBOOK = "not_workbook"
    ROWS = "rows"
    SIZE = "size"
    TIME = "time"
    UNPACKED = "unpacked"


class Kind(StrEnum):
    """What a file that is no workbook is."""

    ARCHIVE = "archive"
    IMAGE = "image"
    OTHER = "other"
    PDF = "pdf"
    WEB = "web"
    WORD = "word"


class RawSheet(NamedTuple):
    """A sheet from cell A1 on. ``is_bytes``: its text is bytes as Latin-1, the code page yet to be found."""

    name: str
    rows: list[list[object]]
    is_bytes: bool = False


_MAGIC = (
    (b"%PDF", Kind.PDF),
    (b"\x89PNG", Kind.IMAGE),
    (b"\xff\xd8\xff", Kind.IMAGE),
    (b"GIF8", Kind.IMAGE),
    (b"II*\0", Kind.IMAGE),
    (b"MM\0*", Kind.IMAGE),
    (b"RIFF", Kind.IMAGE),
    (b"{\\rtf", Kind.WORD),
    (b"Rar!", Kind.ARCHIVE),
    (b"7z\xbc\xaf", Kind.ARCHIVE),
    (b"\x1f\x8b", Kind.ARCHIVE),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# FILEPASS right after the BOF of an .xls; calamine misses the oldest kind (XOR) and would give its cipher text
_FILE_PASS = re.compile(
    rb"\x09\x08(?:\x08\0\0\x05\x05\0.{4}|\x10\0\0\x06\x05\0.{12})(?:\x86\0\0\0)?\x2f\0", re.DOTALL
)
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x19\x1b-\x1f]")
_ROWS_AT_ONCE = 500


def read(data: bytes, limits: Limits) -> Iterator[RawSheet]:
    """The visible sheets of a file, its type told by its content alone."""
    if not data.strip():
        raise RefusedError(Why.EMPTY)
    if data.startswith(b"PK\x03\x04"):
        _inspect_zip(data, limits)
        return _sheets_of_excel(data, limits)
    if data.startswith(_OLE2):
        _inspect_ole(data)
        return _sheets_of_excel(data, limits)
    return _sheet_of_text(data, limits)


def _inspect_zip(data: bytes, limits: Limits) -> None:
    names = inspect_archive(data, limits)
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= names:
        is_word = any(name.startswith("word/") for name in names)
        raise RefusedError(Why.NOT_WORKBOOK, kind=Kind.WORD if is_word else Kind.ARCHIVE)


def _inspect_ole(data: bytes) -> None:
    """The old container holds .xls, .doc and encrypted .xlsx alike; its directory names what is inside."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if holds("EncryptedPackage") or _FILE_PASS.search(data):
        raise RefusedError(Why.LOCKED)
    if not (holds("Workbook") or holds("Book")):
        raise RefusedError(Why.NOT_WORKBOOK, kind=Kind.WORD if holds("WordDocument") else Kind.OTHER)


def _sheets_of_excel(data: bytes, limits: Limits) -> Iterator[RawSheet]:
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except PasswordError as error:
        raise RefusedError(Why.LOCKED) from error
    for about in workbook.sheets_metadata:
        if about.typ is not SheetTypeEnum.WorkSheet or about.visible is not SheetVisibleEnum.Visible:
            continue
        sheet = workbook.get_sheet_by_name(about.name)
        last_row, last_column = sheet.end or (-1, -1)
        _refuse_large(about.name, last_row + 1, last_column + 1, limits)
        yield RawSheet(about.name, sheet.to_python(skip_empty_area=False))  # type: ignore[arg-type]


def _refuse_large(name: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.max_rows:
        raise RefusedError(Why.ROWS, sheet=name, count=rows, limit=limits.max_rows)
    if columns > limits.max_columns:
        raise RefusedError(Why.COLUMNS, sheet=name, count=columns, limit=limits.max_columns)


def _sheet_of_text(data: bytes, limits: Limits) -> Iterator[RawSheet]:
    text, is_bytes = _text_of(data)
    if text.lstrip().startswith("<"):
        raise RefusedError(Why.NOT_WORKBOOK, kind=Kind.WEB)
    stated = re.match(r"sep=(.)\r?\n", text)
    text = text[stated.end() :] if stated else text
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=stated[1] if stated else _delimiter(text))
    rows: list[list[object]] = []
    width = 0
    try:
        for row in reader:
            rows.append(list(row))
            width = max(width, len(row))
            _refuse_large("CSV", len(rows), width, limits)
    except csv.Error as error:
        raise RefusedError(Why.BROKEN) from error
    yield RawSheet("CSV", [row + [""] * (width - len(row)) for row in rows], is_bytes)


def _text_of(data: bytes) -> tuple[str, bool]:
    """The text of a file, and whether it is still bytes in disguise (Latin-1)."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise RefusedError(Why.NOT_WORKBOOK, kind=kind)
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16"), False
        if _CONTROL.search(data):
            raise RefusedError(Why.NOT_WORKBOOK, kind=Kind.OTHER)
        return data.decode("utf-8-sig"), False
    except UnicodeDecodeError:
        return data.decode("latin-1"), True


def _delimiter(text: str) -> str:
    """The sign that cuts the first lines into the most even rows; a comma where none does."""

    def evenness(delimiter: str) -> tuple[int, int]:
        lines = csv.reader(text[:65_536].splitlines()[:50], delimiter=delimiter)
        widths = Counter(len(row) for row in lines if len(row) > 1)
        width, count = widths.most_common(1)[0] if widths else (1, 0)
        return count, width

    return max(",;\t|", key=evenness)


def _as_json(value: object) -> object:
    return [value.isoformat()] if isinstance(value, date) else str(value)


def main(path: str, limits: Limits, out: IO[bytes]) -> None:
    """Write the sheets of a file to ``out``, or why not."""
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_as_json).encode
    written = 0
    try:
        for sheet in read(Path(path).read_bytes(), limits):
            out.write(f"{encode({'sheet': sheet.name, 'is_bytes': sheet.is_bytes})}\n".encode())
            for start in range(0, len(sheet.rows), _ROWS_AT_ONCE):
                block = sheet.rows[start : start + _ROWS_AT_ONCE]
                line = encode(block).encode("utf-8", "replace")
                written += len(line)
                if written > limits.max_unpacked:
                    raise RefusedError(Why.UNPACKED)
                out.write(line + b"\n")
    except RefusedError as refused:
        out.write(encode({"why": refused.why, "params": refused.params}).encode() + b"\n")


if __name__ == "__main__":
    gc.disable()  # it lives for one file
    _limits = Limits(*json.loads(sys.argv[2]))
    limit_memory(_limits.max_memory)
    main(sys.argv[1], _limits, sys.stdout.buffer)
