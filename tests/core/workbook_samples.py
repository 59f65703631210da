"""Files as offices have them and as attackers make them, built here so that no binary lies in the repository."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from unicodedata import normalize

import msoffcrypto.format.ooxml
import openpyxl

# ------------------------------------------------------------------------- encodings before Unicode

# Each letter with its code in TCVN 5712:1993 VN3.
_TCVN3 = """
à B5 ả B6 ã B7 á B8 ạ B9 ă A8 ằ BB ẳ BC ẵ BD ắ BE ặ C6 â A9 ầ C7 ẩ C8 ẫ C9 ấ CA ậ CB đ AE è CC ẻ CE ẽ CF é D0 ẹ D1
ê AA ề D2 ể D3 ễ D4 ế D5 ệ D6 ì D7 ỉ D8 ĩ DC í DD ị DE ò DF ỏ E1 õ E2 ó E3 ọ E4 ô AB ồ E5 ổ E6 ỗ E7 ố E8 ộ E9
ơ AC ờ EA ở EB ỡ EC ớ ED ợ EE ù EF ủ F1 ũ F2 ú F3 ụ F4 ư AD ừ F5 ử F6 ữ F7 ứ F8 ự F9 ỳ FA ỷ FB ỹ FC ý FD ỵ FE
Ă A1 Â A2 Ê A3 Ô A4 Ơ A5 Ư A6 Đ A7
"""
_VNI = """
à aø ả aû ã aõ á aù ạ aï ă aê ằ aè ẳ aú ẵ aü ắ aé ặ aë â aâ ầ aà ẩ aå ẫ aã ấ aá ậ aä đ ñ è eø ẻ eû ẽ eõ é eù ẹ eï
ê eâ ề eà ể eå ễ eã ế eá ệ eä ì ì ỉ æ ĩ ó í í ị ò ò oø ỏ oû õ oõ ó où ọ oï ô oâ ồ oà ổ oå ỗ oã ố oá ộ oä
ơ ô ờ ôø ở ôû ỡ ôõ ớ ôù ợ ôï ù uø ủ uû ũ uõ ú uù ụ uï ư ö ừ öø ử öû ữ öõ ứ öù ự öï ỳ yø ỷ yû ỹ yõ ý yù ỵ î
"""


def _pairs(table: str) -> dict[str, str]:
    words = table.split()
    return dict(zip(words[::2], words[1::2], strict=True))


TCVN3 = {letter: chr(int(code, 16)) for letter, code in _pairs(_TCVN3).items()}
VNI = _pairs(_VNI) | {letter.upper(): code.upper() for letter, code in _pairs(_VNI).items()}


def encode_tcvn3(text: str) -> str:
    """Capitals without a code are typed in small letters, as people did."""
    return "".join(TCVN3.get(letter) or TCVN3.get(letter.lower(), letter) for letter in normalize("NFC", text))


def encode_vni(text: str) -> str:
    return "".join(VNI.get(letter, letter) for letter in normalize("NFC", text))


_FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Vũ", "Ngô"]
_MIDDLES = ["Văn", "Thị", "Đức", "Thị Ngọc", "Hữu"]
_GIVEN = [
    "Hùng",
    "Dũng",
    "Hương",
    "Tuấn",
    "Yến",
    "Thủy",
    "Sơn",
    "Đường",
    "Quỳnh",
    "Trí",
    "Bình",
    "Nghĩa",
    "Hiếu",
    "Huệ",
    "Mỹ",
    "Ánh",
    "Lợi",
    "Phước",
    "Khuê",
    "Giang",
]
NAMES = [f"{family} {middle} {given}" for family in _FAMILIES for middle in _MIDDLES for given in _GIVEN]


# ----------------------------------------------------------------------------------------- workbooks


def xlsx(*sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(workbook: bytes, name: str, content: bytes | Iterable[bytes]) -> bytes:
    """The workbook with one of its parts replaced, or one more."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        with new.open(name, "w", force_zip64=True) as part:
            for chunk in [content] if isinstance(content, bytes) else content:
                part.write(chunk)
    return out.getvalue()


def bomb() -> bytes:
    """Some 200 kB that unpack to more than 200 MB."""
    blanks = b" " * 1_000_000
    return with_part(xlsx([["Họ tên"]]), "xl/worksheets/sheet9.xml", (blanks for _ in range(205)))


def crowded() -> bytes:
    """A workbook of 2,100 parts."""
    out = io.BytesIO(xlsx([["Họ tên"]]))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2_100):
            archive.writestr(f"xl/media/{number}.txt", b"")
    return out.getvalue()


def encrypted() -> bytes:
    out = io.BytesIO()
    msoffcrypto.format.ooxml.OOXMLFile(io.BytesIO(xlsx([["Họ tên"]]))).encrypt("bi mat", out)
    return out.getvalue()


def xls(rows: Sequence[Sequence[str | float]], *, stream: str = "Workbook", locked: bool = False) -> bytes:
    """The smallest .xls (BIFF8) with one sheet of text and numbers; ``stream`` renames what it holds,
    ``locked`` declares a password."""

    def record(kind: int, *parts: bytes) -> bytes:
        body = b"".join(parts)
        return struct.pack("<HH", kind, len(body)) + body

    def text(value: str, length: str) -> bytes:
        return struct.pack(f"<{length}B", len(value), 1) + value.encode("utf-16-le")

    cells = [
        record(0x0203, struct.pack("<HHHd", row, col, 0, value))
        if isinstance(value, int | float)
        else record(0x0204, struct.pack("<HHH", row, col, 0), text(value, "H"))
        for row, values in enumerate(rows)
        for col, value in enumerate(values)
    ]
    end = record(0x000A)
    begin = [record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0)) for kind in (0x0005, 0x0010)]
    password = record(0x002F, struct.pack("<HHH", 0, 1, 1)) if locked else b""
    title = text("Trang 1", "B")
    start_of_sheet = len(begin[0]) + len(password) + 4 + 6 + len(title) + len(end)
    book = begin[0] + password + record(0x0085, struct.pack("<IH", start_of_sheet, 0), title) + end
    return _compound(stream, book + begin[1] + b"".join(cells) + end)


def _compound(name: str, stream: bytes) -> bytes:
    """An OLE2 file of one stream: header, allocation table, directory, then the stream in sectors of 512."""
    sectors = max(8, -(-len(stream) // 512))  # below 4096 bytes it would have to be a "mini" stream
    end, table, free = 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
    chain = [table, end, *range(3, sectors + 2), end]
    assert len(chain) <= 128, "one sector of the allocation table is enough for a test"

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        letters = title.encode("utf-16-le") + b"\0\0"
        links = struct.pack("<HBBIII", len(letters), kind, 1, free, free, child)
        return letters.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", start, size)

    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    directory = entry("Root Entry", 5, 1, end, 0) + entry(name, 2, free, 2, sectors * 512) + bytes(256)
    return (
        header
        + struct.pack("<128I", *chain, *[free] * (128 - len(chain)))
        + directory
        + stream.ljust(sectors * 512, b"\0")
    )
