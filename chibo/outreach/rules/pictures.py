"""A picture without its traces: where and with what it was taken is nobody's business (Luật Bảo vệ dữ liệu cá nhân 2025).

Only how the picture stands (its orientation) is kept, so that a telephone's picture is shown upright.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_TEXTS = (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME")
_ORIENTATION = 0x0112


def without_traces(picture: bytes) -> bytes:
    """The same picture without place, time, device and comments. What is not read as JPEG or PNG comes back as it is."""
    if picture.startswith(b"\xff\xd8\xff"):
        return b"".join(_jpeg(picture))
    if picture.startswith(_PNG):
        return b"".join(_png(picture))
    return picture


def _png(picture: bytes) -> Iterator[bytes]:
    yield _PNG
    at = len(_PNG)
    while at + 12 <= len(picture):
        end = at + 12 + int(struct.unpack_from(">I", picture, at)[0])
        kind = picture[at + 4 : at + 8]
        if kind not in _TEXTS:
            yield picture[at:end]
        if kind == b"IEND":
            return
        at = end


def _jpeg(picture: bytes) -> Iterator[bytes]:
    yield picture[:2]
    at = 2
    while at + 4 <= len(picture) and picture[at] == 0xFF:
        marker = picture[at + 1]
        if marker in (0xDA, 0xD9):  # the picture itself begins, or ends
            break
        end = at + 2 + int(struct.unpack_from(">H", picture, at + 2)[0])
        segment = picture[at:end]
        if marker == 0xE1 and (turn := _orientation(segment[4:])) > 1:
            yield _upright(turn)
        if not (0xE1 <= marker <= 0xEF and marker not in (0xE2, 0xEE)) and marker != 0xFE:  # colours stay
            yield segment
        at = max(end, at + 2)
    yield picture[at:]


def _orientation(exif: bytes) -> int:
    """1 to 8, as EXIF counts; 0 where it is not said."""
    if not exif.startswith(b"Exif\0\0"):
        return 0
    body = exif[6:]
    order = {b"II": "<", b"MM": ">"}.get(body[:2])
    try:
        assert order is not None
        start = int(struct.unpack_from(f"{order}I", body, 4)[0])
        for entry in range(int(struct.unpack_from(f"{order}H", body, start)[0])):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", body, start + 2 + 12 * entry)
            if tag == _ORIENTATION:
                return int(value) if 1 <= value <= 8 else 0
    except (AssertionError, struct.error):
        return 0
    return 0


def _upright(turn: int) -> bytes:
    """An EXIF segment that says nothing but how the picture stands."""
    body = b"Exif\0\0MM\0*" + struct.pack(">IHHHIHHI", 8, 1, _ORIENTATION, 3, 1, turn, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
