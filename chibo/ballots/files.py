"""Files that no page is read from, told by what they are: empty, locked, of a telephone's own kind, or of many pages in one."""

from __future__ import annotations

import struct
from enum import StrEnum
from pathlib import Path

import pypdfium2 as pdfium
from pypdfium2 import raw

from chibo.ballots.style import gettext_noop


class Unfit(StrEnum):
    """Why a file is not opened; its sheets are scanned again into another file."""

    text: str

    def __new__(cls, code: str, text: str = "") -> Unfit:
        made = str.__new__(cls, code)
        made._value_ = code
        made.text = text
        return made

    EMPTY = "empty", gettext_noop("Tệp trống, không có gì bên trong; hãy quét lại trang ấy.")
    LOCKED = "locked", gettext_noop("Tệp PDF có mật khẩu; hãy quét hoặc lưu lại không đặt mật khẩu.")
    HEIC = (
        "heic",
        gettext_noop("Ảnh HEIC của điện thoại, máy không mở được; hãy đổi sang JPG, hoặc đặt máy ảnh chụp JPG."),
    )
    PAGES = (
        "many-pages",
        gettext_noop("Tệp TIFF có nhiều trang; hãy quét hoặc lưu thành PDF, hoặc mỗi trang một tệp."),
    )


_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif"}


def unfit(file: Path) -> Unfit | None:
    """What is wrong with the file as a whole; nothing if its pages may be looked at."""
    with file.open("rb") as opened:
        first = opened.read(1024)
    if not first:
        return Unfit.EMPTY
    if first[4:8] == b"ftyp" and first[8:12] in _HEIC:
        return Unfit.HEIC
    if first[:4] in {b"II*\0", b"MM\0*"}:
        return Unfit.PAGES if _has_second_page(file.read_bytes()) else None
    return Unfit.LOCKED if first.lstrip().startswith(b"%PDF") and _is_locked(file) else None


def passed_over(scans: Path, read: set[Path]) -> list[Path]:
    """Files below the folder that hold no page which is read; hidden ones, which systems leave behind, are nobody's ballots."""
    if scans.is_file():
        return []
    left = (f for f in scans.rglob("*") if f.is_file() and f not in read)
    return sorted(
        f for f in left if not f.name.startswith(".") and f.name.lower() not in {"thumbs.db", "desktop.ini"}
    )


def _is_locked(file: Path) -> bool:
    try:
        with pdfium.PdfDocument(file):
            return False
    except pdfium.PdfiumError as error:
        return bool(error.err_code == raw.FPDF_ERR_PASSWORD)


def _has_second_page(data: bytes) -> bool:
    """Whether a TIFF's first directory names another one; a broken file has none, and is told to be broken when it is read."""
    order = "<" if data[:2] == b"II" else ">"
    try:
        (at,) = struct.unpack_from(f"{order}I", data, 4)
        (entries,) = struct.unpack_from(f"{order}H", data, at)
        (following,) = struct.unpack_from(f"{order}I", data, at + 2 + 12 * entries)
    except struct.error:
        return False
    return bool(0 < following < len(data))
