"""What must hold of a paper that is entered in the register. Nothing secret is ever kept here."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from chibo.core.values import Objection, Word, gettext_noop

ARTICLE = "Luật Bảo vệ bí mật nhà nước"
LARGEST = 20 * 1024 * 1024
"""Bytes of the largest file that is taken."""


class Secrecy(Word):
    """The grade of secrecy that a document bears; only an open one may be registered."""

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
    *, secrecy: str, symbol: str, subject: str, kind: str, issuer: str, content: Content | None = None
) -> Iterator[Objection]:
    """Entering a paper: it is open, says what it is and who issued it; its file is small and of a known kind."""
    if secrecy != Secrecy.OPEN or _MARKED.search(subject) or _MARKED.search(symbol):
        yield Objection(
            gettext_noop(
                "Văn bản từ mức “Mật” trở lên không được đưa vào phần mềm này; hãy quản lý theo chế độ mật."
            ),
            ARTICLE,
            field="secrecy",
        )
    for field, text in (("kind", kind), ("issuer", issuer), ("subject", subject)):
        if not text.strip():
            yield Objection(gettext_noop("Mục này còn trống."), field=field)
    if content is not None:
        yield from objections_to_file(content)


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
