"""A file from a scanner or a telephone, opened without trusting it: sizes checked first, one picture per page."""

from __future__ import annotations

import ctypes
import re
import struct
import sys
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray

from chibo.ballots.style import gettext_noop

Pixels = NDArray[np.uint8]

MOST_BYTES = 300_000_000
MOST_PIXELS = 60_000_000
MOST_SIDE = 20_000
_LEAST_QUALITY = 30
_SUFFIXES = {".jpg", ".jpeg", ".png", ".tif", ".tiff", ".pdf"}
_RENDER_DPI = 200

cv2.setNumThreads(1)


def _keep_memory() -> None:
    """Pictures of one count are all of one size: memory once taken stays with the process (64 MB at most lie unused), or
    the system would clear a thousand pages anew for every ballot. Only glibc knows how; elsewhere it is a little slower.
    """
    if sys.platform == "linux":
        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        for setting in (
            (-1, -3, -2) if mallopt else ()
        ):  # when to give back, when to map apart, how much to take at once
            if mallopt is not None:
                mallopt(setting, 64 * 2**20 if setting != -2 else 8 * 2**20)


_keep_memory()


class Why(StrEnum):
    """Why a picture is not read; the sheet is scanned again, or entered by two people."""

    text: str

    def __new__(cls, code: str, text: str = "") -> Why:
        made = str.__new__(cls, code)
        made._value_ = code
        made.text = text
        return made

    BROKEN = "broken", gettext_noop("Tệp hỏng hoặc không phải ảnh đọc được.")
    HUGE = "huge", gettext_noop("Ảnh hoặc tệp quá lớn, không mở.")
    BITS = "one-bit", gettext_noop("Ảnh chỉ có đen và trắng; hãy quét ở chế độ xám hoặc màu.")
    COARSE = "coarse", gettext_noop("Ảnh quá thưa điểm; hãy quét từ 200 dpi.")
    SQUEEZED = "squeezed", gettext_noop("Ảnh nén quá mạnh; hãy quét lại với chất lượng cao hơn.")
    NO_MARKS = (
        "no-corner-marks",
        gettext_noop("Không thấy đủ ba dấu góc của phiếu: tờ khác, quét thiếu, lật ngược gương hoặc che góc."),
    )
    TWO_SHEETS = "two-sheets", gettext_noop("Trong ảnh có hơn một phiếu.")
    SCALED = "scaled", gettext_noop("Phiếu không được in hoặc quét đúng cỡ 100%.")
    BENT = "bent", gettext_noop("Phiếu cong, gấp hoặc lệch so với mẫu; hãy vuốt phẳng và quét lại.")
    BLURRED = "blurred", gettext_noop("Ảnh nhòe; hãy quét hoặc chụp lại.")
    STREAKED = "streaked", gettext_noop("Có vệt dọc của máy quét; hãy lau kính và quét lại.")


class Unreadable(Exception):  # noqa: N818
    """This picture is rejected, with its reason."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.text)
        self.why = why


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as pixels: ``gray`` for marks, ``red`` for the corner marks under a red stamp, ``colour`` if there is any."""

    gray: Pixels
    red: Pixels
    colour: Pixels | None = None
    dpi: float = 0.0
    """As the file says it; 0 if it does not (a photograph)."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a file, not opened yet."""

    path: Path
    number: int


def pages_in(folder: Path) -> list[Page]:
    """Every page of every picture and PDF under ``folder`` (or the one file), by name."""
    files = (
        [folder]
        if folder.is_file()
        else sorted(f for f in folder.rglob("*") if f.suffix.lower() in _SUFFIXES and f.is_file())
    )
    return [Page(file, number) for file in files for number in range(_count(file))]


def open_page(page: Page) -> Picture:
    """The picture of a page; ``Unreadable`` with the reason where it cannot, or should not, be opened."""
    if page.path.stat().st_size > MOST_BYTES:
        raise Unreadable(Why.HUGE)
    data = page.path.read_bytes()
    return _of_pdf(data, page.number) if data[:1024].lstrip().startswith(b"%PDF") else picture_of(data)


def picture_of(data: bytes, *, dpi: float = 0.0) -> Picture:
    """JPEG, PNG or TIFF bytes as a picture."""
    width, height, channels, said = _header(data)
    if width * height > MOST_PIXELS or max(width, height) > MOST_SIDE:
        raise Unreadable(Why.HUGE)
    if data[:2] == b"\xff\xd8" and 0 < _quality(data) < _LEAST_QUALITY:
        raise Unreadable(Why.SQUEEZED)
    flag = (cv2.IMREAD_GRAYSCALE if channels == 1 else cv2.IMREAD_COLOR) | cv2.IMREAD_IGNORE_ORIENTATION
    try:
        pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flag)
    except cv2.error:
        pixels = None
    if pixels is None:
        raise Unreadable(Why.BROKEN)
    return _checked(np.asarray(pixels, np.uint8), dpi or said)


def _checked(pixels: Pixels, dpi: float) -> Picture:
    if pixels.ndim == 3:
        blue, green, red = cv2.split(pixels)
        gray: Any = cv2.min(cv2.min(blue, green), red)
        picture = Picture(gray, np.asarray(red, np.uint8), pixels, dpi)
    else:
        picture = Picture(pixels, pixels, None, dpi)
    if pixels.size > 10_000 and all(_shades(picture.gray[::step, ::step]) <= 4 for step in (31, 5)):
        raise Unreadable(Why.BITS)
    return picture


def _shades(pixels: Pixels) -> int:
    return int(np.count_nonzero(np.bincount(pixels.ravel(), minlength=256)))


def _header(data: bytes) -> tuple[int, int, int, float]:
    """Width, height, channels and dots per inch (0: unknown), read from the first bytes alone."""
    try:
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            return _png(data)
        if data[:2] == b"\xff\xd8":
            return _jpeg(data)
        if data[:4] in {b"II*\0", b"MM\0*"}:
            return _tiff(data)
    except (struct.error, IndexError) as error:
        raise Unreadable(Why.BROKEN) from error
    raise Unreadable(Why.BROKEN)


def _png(data: bytes) -> tuple[int, int, int, float]:
    width, height, bits, kind = struct.unpack(">IIBB", data[16:26])
    if bits == 1:
        raise Unreadable(Why.BITS)
    at = data.find(b"pHYs", 0, 4096)
    metre, unit = struct.unpack(">IxxxxB", data[at + 4 : at + 13]) if at > 0 else (0, 0)
    return width, height, 1 if kind in {0, 4} else 3, metre * 0.0254 if unit == 1 else 0.0


def _jpeg(data: bytes) -> tuple[int, int, int, float]:
    at, dpi = 2, 0.0
    while True:
        marker, size = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if marker == 0xE0 and data[at + 4 : at + 8] == b"JFIF":
            unit, across = data[at + 11], struct.unpack(">H", data[at + 12 : at + 14])[0]
            dpi = across * {1: 1.0, 2: 2.54}.get(unit, 0.0)
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            height, width, channels = struct.unpack(">HHB", data[at + 5 : at + 10])
            return width, height, channels, dpi if dpi > 72 else 0.0
        at += 2 + size


def _tiff(data: bytes) -> tuple[int, int, int, float]:
    order = "<" if data[:2] == b"II" else ">"
    at = struct.unpack(f"{order}I", data[4:8])[0]
    entries = struct.unpack(f"{order}H", data[at : at + 2])[0]
    tags = {}
    for n in range(entries):
        tag, kind, count, value = struct.unpack(f"{order}HHI4s", data[at + 2 + 12 * n : at + 14 + 12 * n])
        tags[tag] = (
            struct.unpack(f"{order}H", value[:2])[0]
            if kind == 3 and count == 1
            else struct.unpack(f"{order}I", value)[0]
        )
    if tags.get(258, 1) == 1 and tags.get(277, 1) == 1:
        raise Unreadable(Why.BITS)
    dpi = 0.0
    if 282 in tags and tags.get(296, 2) in {2, 3}:
        over, under = struct.unpack(f"{order}II", data[tags[282] : tags[282] + 8])
        dpi = (over / under if under else 0.0) * (2.54 if tags.get(296) == 3 else 1.0)
    return tags[256], tags[257], tags.get(277, 1), dpi


def _quality(data: bytes) -> float:
    """The quality a JPEG was saved with, by its first quantisation table; 0 if it has none here."""
    at = data.find(b"\xff\xdb")
    if at < 0 or len(data) < at + 69 or data[at + 4] >> 4:
        return 0.0
    scale = sum(data[at + 5 : at + 69]) / 36.87  # the standard luminance table sums to 3,687
    return (200 - scale) / 2 if scale <= 100 else 5000 / scale


def _count(file: Path) -> int:
    if file.suffix.lower() != ".pdf":
        return 1
    try:
        with pdfium.PdfDocument(file) as document:
            return max(1, min(len(document), 20_000))
    except pdfium.PdfiumError:
        return 1


def _of_pdf(data: bytes, number: int) -> Picture:
    """A scanned page gives back its own picture, not a rendering of it: five times faster, and nothing resampled."""
    if any(_bursts(found) for found in _streams(data)):
        raise Unreadable(Why.HUGE)
    try:
        with pdfium.PdfDocument(data) as document:
            page = document[number]
            if max(page.get_size()) > 1300:
                raise Unreadable(Why.HUGE)
            objects = list(page.get_objects(max_depth=2))
            images = [found for found in objects if isinstance(found, pdfium.PdfImage)]
            if any(w * h > MOST_PIXELS for w, h in (image.get_px_size() for image in images)):
                raise Unreadable(Why.HUGE)
            if len(images) == 1 and len(objects) == 1 and images[0].get_filters() == ["DCTDecode"]:
                raw_data = bytes(images[0].get_data())
                if _header(raw_data)[2] in {1, 3} and _upright(images[0]):
                    left, bottom, right, top = images[0].get_bounds()
                    across = max(right - left, top - bottom)
                    return picture_of(raw_data, dpi=max(_header(raw_data)[:2]) / across * 72 if across > 1 else 0.0)
            drawn = page.render(scale=_RENDER_DPI / 72, grayscale=True).to_numpy()
            return _checked(np.ascontiguousarray(drawn.reshape(drawn.shape[:2])), float(_RENDER_DPI))
    except (pdfium.PdfiumError, IndexError) as error:
        raise Unreadable(Why.BROKEN) from error


def _upright(image: Any) -> bool:
    """Whether the picture is placed on the page without being mirrored."""
    a, b, c, d, _e, _f = image.get_matrix().get()
    return bool(a * d - b * c > 0)


def _streams(data: bytes) -> Iterator[bytes]:
    """The packed streams that could unpack to more than ``MOST_BYTES``."""
    for found in re.finditer(rb"/FlateDecode[^\0]{0,400}?stream\r?\n", data):
        end = data.find(b"endstream", found.end())
        if (end - found.end()) * 1032 > MOST_BYTES:
            yield data[found.end() : end]


def _bursts(packed: bytes) -> bool:
    """Whether a stream goes on after ``MOST_BYTES``; it is unpacked piece by piece and thrown away."""
    unpacking, total = zlib.decompressobj(), 0
    try:
        while packed and not unpacking.eof:
            total += len(unpacking.decompress(packed, 16_000_000))
            packed = unpacking.unconsumed_tail
            if total > MOST_BYTES:
                return True
    except zlib.error:
        return False
    return False
