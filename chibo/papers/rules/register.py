"""What must hold of a paper that is entered in the register. Of a secret one only its number is kept: Luật Bảo vệ bí mật
nhà nước; rulebook §6.2 (secret papers run in the same series)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, Word, gettext_noop

ARTICLE = "Luật Bảo vệ bí mật nhà nước"
LARGEST = 20 * 1024 * 1024
"""Bytes of the largest file that is taken."""


class Direction(Word):
    """Which book a paper stands in."""

    INCOMING = "incoming", gettext_noop("Đến")
    OUTGOING = "outgoing", gettext_noop("Đi")
    INTERNAL = "internal", gettext_noop("Nội bộ")


class Relation(Word):
    """How a paper stands to an earlier one."""

    BASED_ON = "based_on", gettext_noop("căn cứ")
    REPLACES = "replaces", gettext_noop("thay thế")
    AMENDS = "amends", gettext_noop("sửa đổi, bổ sung")


class Force(Word):
    """Whether a paper holds on a day."""

    IN_FORCE = "in_force", gettext_noop("Còn hiệu lực")
    NOT_YET = "not_yet", gettext_noop("Chưa có hiệu lực")
    EXPIRED = "expired", gettext_noop("Hết hiệu lực")
    REPLACED = "replaced", gettext_noop("Đã được thay thế")


def force_on(day: date, since: date | None, until: date | None, replaced_on: date | None) -> Force:
    """How a paper stands on ``day``: in force from ``since`` to the end of ``until``, or until another replaces it."""
    if replaced_on is not None and replaced_on <= day:
        return Force.REPLACED
    if until is not None and until < day:
        return Force.EXPIRED
    return Force.NOT_YET if since is not None and since > day else Force.IN_FORCE


class Secrecy(Word):
    """The grade of secrecy that a document bears; only an open one is kept, of the others the number."""

    OPEN = "open", gettext_noop("Không mật")
    SECRET = "secret", gettext_noop("Mật")
    HIGH = "high", gettext_noop("Tối mật")
    TOP = "top", gettext_noop("Tuyệt mật")


class FileKind(Word):
    """What a registered file may be, by what it holds and not by its name."""

    PDF = "pdf", "application/pdf"
    DOCX = "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    JPG = "jpg", "image/jpeg"
    PNG = "png", "image/png"


PAPER_KINDS = (
    gettext_noop("Hướng dẫn"),
    gettext_noop("Kế hoạch"),
    gettext_noop("Chỉ thị"),
    gettext_noop("Nghị quyết"),
    gettext_noop("Kết luận"),
    gettext_noop("Quy định"),
    gettext_noop("Quyết định"),
    gettext_noop("Chương trình"),
    gettext_noop("Thông báo"),
    gettext_noop("Báo cáo"),
    gettext_noop("Công văn"),
)
"""The kinds of document that the register offers to choose from; others may be typed."""

_MARKED = re.compile(
    r"[(\[]\s*(?:tuyệt\s+mật|tối\s+mật|mật)\s*[)\]]|^\s*(?:tuyệt\s+mật|tối\s+mật|mật)\s*[:\-–]", re.IGNORECASE
)


PLACES = ("Phường", "Xã", "Thị trấn", "Đặc khu", "Quận", "Huyện", "Thành phố", "Tỉnh")
"""What a place is: small within the name of its Party body."""
_SMALL = re.compile(rf"(?<=\s)(?:Ủy|Uỷ|Bộ|Dân phố|{'|'.join(PLACES)})(?=\s|$)", re.IGNORECASE)
"""What is small within the name of a body: its kind and the kind of its place."""


def as_name(printed: str) -> str:
    """An issuer as a register writes it: "ĐẢNG ỦY PHƯỜNG SAO KHUÊ" on the sheet is "Đảng ủy phường Sao Khuê"."""
    return _SMALL.sub(lambda found: found[0].lower(), printed.title()) if printed.isupper() else printed


@dataclass(frozen=True, slots=True)
class Content:
    """What was found in a file: its size in bytes, its first bytes, and, of a zip, the names inside."""

    size: int
    head: bytes
    names: Collection[str] = ()


def kind_of(content: Content) -> FileKind | None:
    """The kind of file, told from its content; None if it is none of those that are taken, or carries macros."""
    if content.head.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.head.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if content.head.startswith(b"\xff\xd8\xff"):
        return FileKind.JPG
    if "word/document.xml" in content.names and not any("vbaProject" in name for name in content.names):
        return FileKind.DOCX
    return None


def objections_to_registering(
    *,
    secrecy: str,
    symbol: str,
    subject: str,
    kind: str,
    issuer: str,
    content: Content | None = None,
    told: str = "",
) -> Iterator[Objection]:
    """Entering a paper: it says what it is and who issued it; its file is small and of a known kind.

    From "Mật" on the register takes its number only: neither subject nor file, nor ``told`` (signer, other name).
    """
    if secrecy == Secrecy.OPEN and (_MARKED.search(subject) or _MARKED.search(symbol)):
        yield Objection(
            gettext_noop("Trích yếu hoặc số mang dấu mật; hãy chọn đúng độ mật và để trống trích yếu, tệp."),
            ARTICLE,
            field="secrecy",
        )
    if secrecy != Secrecy.OPEN and (subject.strip() or told.strip() or content is not None):
        yield Objection(
            gettext_noop(
                "Văn bản từ mức “Mật” trở lên chỉ vào sổ số, ký hiệu, không nội dung, không tệp; "
                "hãy xóa trích yếu, người ký, tên gọi, bỏ tệp và quản lý văn bản theo chế độ mật."
            ),
            ARTICLE,
            field="secrecy",
        )
    if secrecy != Secrecy.OPEN and not symbol.strip():
        yield Objection(gettext_noop("Văn bản mật vào sổ bằng số, ký hiệu; mục này còn trống."), field="symbol")
    needed = [("kind", kind), ("issuer", issuer)]
    for field, text in (*needed, ("subject", subject)) if secrecy == Secrecy.OPEN else needed:
        if not text.strip():
            yield Objection(gettext_noop("Mục này còn trống."), field=field)
    if content is not None and secrecy == Secrecy.OPEN:
        yield from objections_to_file(content)


def objections_to_dates(issued_on: date | None, since: date | None, until: date | None) -> Iterator[Objection]:
    """In force forwards, and not before the day of issue."""
    if since and until and until < since:
        yield Objection(gettext_noop("Ngày hết hiệu lực trước ngày có hiệu lực."), field="in_force_to")
    elif until and issued_on and until < issued_on:
        yield Objection(gettext_noop("Ngày hết hiệu lực trước ngày ban hành."), field="in_force_to")


def objections_to_linking(*, same: bool, already: bool, is_circle: bool) -> Iterator[Objection]:
    """A paper rests on, replaces or amends another, once, and never one that rests on itself."""
    if same:
        yield Objection(gettext_noop("Một văn bản không thể căn cứ hay thay thế chính nó."), field="to")
    elif already:
        yield Objection(gettext_noop("Quan hệ này đã ghi rồi."), field="to")
    elif is_circle:
        yield Objection(gettext_noop("Văn bản kia đã ghi là căn cứ hoặc thay thế văn bản này."), field="to")


def objections_to_taking_out(*, rested_on: bool) -> Iterator[Objection]:
    """A file enclosed by mistake is taken out while nothing rests on the paper: afterwards others have read it with it."""
    if rested_on:
        yield Objection(
            gettext_noop("Đã có văn bản khác căn cứ văn bản này; tệp kèm theo giữ nguyên, hãy kèm thêm tệp đúng.")
        )


def objections_to_file(content: Content) -> Iterator[Objection]:
    """A file is at most 20 MB, and really a PDF, a Word document without macros, or a picture."""
    if content.size > LARGEST:
        yield Objection(
            gettext_noop("Tệp nặng %(size)s MB; tối đa 20 MB."),
            params={"size": -(-content.size // (1024 * 1024))},
            field="file",
        )
    elif content.size == 0:
        yield Objection(gettext_noop("Tệp này rỗng."), field="file")
    elif kind_of(content) is None:
        yield Objection(
            gettext_noop("Chỉ nhận tệp PDF, Word (.docx, không có macro) hoặc ảnh JPG, PNG; tệp này không phải."),
            field="file",
        )
