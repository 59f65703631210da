"""Papers as they were kept when they went out: what is kept of one, and whether its files are still the same (ADR 0156, 0166)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.http import Http404
from django.utils.safestring import SafeString, mark_safe

from chibo.papers.models import KeptSheet
from chibo.papers.rules import Document
from chibo.papers.selectors.html import html_of
from chibo.papers.selectors.templates import paper_file
from chibo.units.models import Unit

SUFFIXES = ("docx", "pdf")


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that went out: its sheet, and each file with its digest."""

    sheet: SafeString
    """Empty where it is not what was kept."""
    files: dict[str, tuple[str, bytes]]
    """By suffix: the digest that was noted, and the content; empty where it is gone or is not what was kept."""

    @property
    def lines(self) -> list[tuple[str, str, bool]]:
        """(suffix, digest, whether the file is there and unchanged)."""
        return [(suffix, digest, bool(content)) for suffix, (digest, content) in self.files.items()]

    @property
    def is_whole(self) -> bool:
        return bool(self.sheet) and all(content for _digest, content in self.files.values())


def facts_kept(unit: Unit, document: Document) -> dict[str, Any]:
    """What a ``KeptSheet`` is made of when the paper goes out: both files under a name of our own, the sheet, the digests."""
    sheet, name = str(html_of(document)), uuid4().hex
    facts: dict[str, Any] = {"unit": unit, "sheet": sheet, "sheet_sha256": sha256(sheet.encode()).hexdigest()}
    for suffix in SUFFIXES:
        content = paper_file(unit, document, suffix)
        facts[suffix] = ContentFile(content, name=f"{name}.{suffix}")
        facts[f"{suffix}_sha256"] = sha256(content).hexdigest()
    return facts


def kept_in(row: KeptSheet | None) -> Kept | None:
    if row is None:
        return None
    return Kept(
        _sheet(row), {suffix: (getattr(row, f"{suffix}_sha256"), _content(row, suffix)) for suffix in SUFFIXES}
    )


def sheet_of(made: Kept | Document) -> SafeString:
    """What the page shows: the sheet that was kept, or the document as it would be."""
    return made.sheet if isinstance(made, Kept) else html_of(made)


def file_of(unit: Unit, made: Kept | Document, suffix: str) -> bytes:
    """The file that was kept, 404 where it is gone or is another; or the document as it would be."""
    if isinstance(made, Document):
        return paper_file(unit, made, suffix)
    _digest, content = made.files[suffix]
    if not content:
        raise Http404
    return content


def _sheet(row: KeptSheet) -> SafeString:
    """The sheet, if it is the one that ``html_of`` wrote, which escapes what people typed."""
    is_whole = sha256(row.sheet.encode()).hexdigest() == row.sheet_sha256
    return mark_safe(row.sheet if is_whole else "")  # noqa: S308


def _content(row: KeptSheet, suffix: str) -> bytes:
    """The file, if it is the one that was kept."""
    try:
        with getattr(row, suffix).open("rb") as stored:
            content: bytes = stored.read()
    except OSError:
        return b""
    return content if sha256(content).hexdigest() == getattr(row, f"{suffix}_sha256") else b""
