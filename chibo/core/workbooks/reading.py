"""Reading an uploaded workbook: checked, opened in a process of its own, its text put right."""

from __future__ import annotations

import gc
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from chibo.core.uploads.archives import RefusedError
from chibo.core.uploads.process import lines_said
from chibo.core.vietnamese import Encoding, count_syllables, decode, decode_strays, detect_encoding, nfc
from chibo.core.workbooks import worker
from chibo.core.workbooks.worker import Kind, Limits, Why

Cell = str | int | float | bool | date | datetime | None

_Raw = str | int | float | bool | list[str] | None  # as the worker says it: a date is a list of its ISO text

_SENTENCES = {
    Why.BROKEN: _(
        "Không đọc được tệp vì tệp bị hỏng hoặc chứa quá nhiều dữ liệu; "
        "hãy mở tệp bằng Excel, lưu lại thành .xlsx rồi tải lên."
    ),
    Why.COLUMNS: _(
        "Trang tính “%(sheet)s” có %(count)s cột, nhiều hơn mức %(limit)s cột; "
        "hãy xóa các cột thừa ở bên phải rồi tải lên."
    ),
    Why.EMPTY: _("Tệp không có dữ liệu; hãy kiểm tra lại rồi tải lên tệp khác."),
    Why.ENTITY: _(
        "Tệp chứa thực thể bên ngoài nên không được mở; hãy chép dữ liệu sang một tệp Excel mới rồi tải lên."
    ),
    Why.LOCKED: _("Tệp có mật khẩu nên không đọc được; hãy bỏ mật khẩu trong Excel rồi tải lên."),
    Why.NOT_WORKBOOK: _("Tệp này là %(kind)s, không phải bảng tính; hãy tải lên tệp Excel (.xlsx, .xls) hoặc CSV."),
    Why.ROWS: _("Trang tính “%(sheet)s” có hơn %(limit)s dòng; hãy chia thành nhiều tệp nhỏ hơn rồi tải lên."),
    Why.SIZE: _("Tệp nặng hơn %(limit)s MB; hãy bỏ hình ảnh hoặc chia thành nhiều tệp nhỏ hơn rồi tải lên."),
    Why.TIME: _("Đọc tệp quá lâu nên đã dừng lại; hãy chép riêng phần dữ liệu sang một tệp Excel mới rồi tải lên."),
    Why.UNPACKED: _(
        "Tệp giải nén ra quá lớn nên không được mở; hãy chép riêng phần dữ liệu sang một tệp Excel mới rồi tải lên."
    ),
}
_KINDS = {
    Kind.ARCHIVE: _("tệp nén"),
    Kind.IMAGE: _("tệp ảnh"),
    Kind.OTHER: _("tệp loại khác"),
    Kind.PDF: _("tệp PDF"),
    Kind.WEB: _("trang web (HTML hoặc XML)"),
    Kind.WORD: _("văn bản Word"),
}
_USUAL = Limits()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One visible sheet, from cell A1 on: ``rows[11][2]`` is what Excel calls C12.

    A cell holds text (one spelling, never empty), a number, a date or None; a merged area has its value in
    its first cell; a formula has the value last computed, or None. ``encoding`` is what its text was written in.
    """

    name: str
    rows: list[list[Cell]]
    encoding: Encoding = Encoding.UNICODE


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a file says. ``encoding`` is the old encoding found in any of its sheets, else Unicode."""

    sheets: tuple[Sheet, ...]

    @property
    def encoding(self) -> Encoding:
        old = (sheet.encoding for sheet in self.sheets if sheet.encoding is not Encoding.UNICODE)
        return next(old, Encoding.UNICODE)


@contextmanager
def many_objects() -> Iterator[None]:
    """Ten thousand rows make many objects and no garbage: looking for it would take as long as the work."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@many_objects()
def read_workbook(path: Path, *, limits: Limits = _USUAL) -> Workbook:
    """Read .xlsx, .xls or .csv, told by content and not by name; nothing is computed, followed or changed.

    The file is opened by a process of its own that may neither outlast ``limits.seconds`` nor outgrow
    ``limits.max_memory``. Text in TCVN3 or VNI becomes Unicode, sheet by sheet. Hidden sheets are left out.
    ``ValidationError`` says in one sentence why a file is not read and what to do.
    """
    if path.stat().st_size > limits.max_bytes:
        _refuse(Why.SIZE, limit=limits.max_bytes // (1024 * 1024))
    sheets: list[tuple[str, bool, list[list[_Raw]]]] = []
    for line in _worker_lines(path, limits):
        said = json.loads(line, parse_float=_number)
        if isinstance(said, list):
            sheets[-1][2].extend(said)
        elif "why" in said:
            _refuse(Why(said["why"]), **said["params"])
        else:
            sheets.append((said["sheet"], said["is_bytes"], []))
    return Workbook(tuple(_sheet(*sheet) for sheet in sheets))


def _refuse(why: Why, **params: object) -> NoReturn:
    if "kind" in params:
        params["kind"] = _KINDS[Kind(str(params["kind"]))]
    raise ValidationError(_SENTENCES[why], code=why, params=params)


def _worker_lines(path: Path, limits: Limits) -> Iterator[bytes]:
    try:
        yield from lines_said(worker.__file__, path, limits, seconds=limits.seconds)
    except RefusedError as refused:
        _refuse(Why(refused.why), **refused.params)


def _sheet(name: str, is_bytes: bool, raw: list[list[_Raw]]) -> Sheet:
    """The sheet with its text put right, column by column, equal cells once: a column holds one kind of thing."""
    columns = list(zip(*raw, strict=True))
    texts = [{value: value for value in column if type(value) is str} for column in columns]
    if is_bytes:
        page = _code_page([value for said in texts for value in said])
        texts = [{value: _read_in(page, value) for value in said} for said in texts]
    encoding, encodings = _encodings(texts, raw)
    cells = []
    for column, said, old in zip(columns, texts, encodings, strict=True):
        if encoding is Encoding.UNICODE:
            read = {value: _spelled(text) for value, text in said.items()}
        elif old is Encoding.UNICODE:
            read = {value: _spelled(decode_strays(text, encoding)) for value, text in said.items()}
        else:
            read = {value: _spelled(decode(text, old)) for value, text in said.items()}
        cells.append([read[v] if type(v) is str else _date(v) if isinstance(v, list) else v for v in column])
    return Sheet(nfc(name), list(map(list, zip(*cells, strict=True))) or [[] for _row in raw], encoding)


def _encodings(texts: Sequence[Mapping[str, str]], raw: list[list[_Raw]]) -> tuple[Encoding, list[Encoding]]:
    """The old encoding found in a sheet, and the encoding of each column: some were typed before Unicode came, some after."""
    encoding = detect_encoding(said[v] for row in raw for v, said in zip(row, texts, strict=True) if type(v) is str)
    if encoding is not Encoding.UNICODE:
        return encoding, [encoding] * len(texts)
    columns = [detect_encoding(said.values()) for said in texts]
    return next((old for old in columns if old is not Encoding.UNICODE), encoding), columns


def _code_page(texts: Collection[str]) -> str:
    """The code page in which bytes read as Latin-1 are most Vietnamese: 1258, or 1252 and what TCVN3 and VNI
    made of it."""
    if detect_encoding(texts) is not Encoding.UNICODE:
        return "cp1252"
    return max("cp1252", "cp1258", key=lambda page: count_syllables(_read_in(page, text) for text in texts))


def _read_in(page: str, text: str) -> str:
    return text.encode("latin-1").decode(page, "replace")


def _spelled(raw: str) -> str | None:
    """One spelling; lines stay lines."""
    if "\n" not in raw:
        return nfc(raw) or None
    return "\n".join(map(nfc, raw.split("\n"))).strip() or None


def _number(written: str) -> int | float:
    """Excel knows only fractions; a whole number is whole."""
    return int(written[:-2]) if written.endswith(".0") else float(written)


def _date(written: list[str]) -> date:
    [text] = written
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
