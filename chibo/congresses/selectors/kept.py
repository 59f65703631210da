"""Papers as they were kept when they went out, and whether their files are still the same."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.utils.safestring import SafeString, mark_safe

from chibo.congresses.models import Congress, CongressRound, KeptFile, Polling
from chibo.papers.models import Paper


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper that went out: its sheet, and each file with its digest. ``whole``: the file is there and unchanged."""

    sheet: SafeString
    """Empty where it is not what was kept."""
    files: dict[str, tuple[str, bytes]]
    """By suffix: the digest that was noted, and the content; empty where it is gone or is not what was kept."""

    @property
    def lines(self) -> list[tuple[str, str, bool]]:
        """(file, digest, whether it is whole)."""
        return [(suffix.upper(), digest, bool(content)) for suffix, (digest, content) in self.files.items()]

    @property
    def is_whole(self) -> bool:
        return bool(self.sheet) and all(content for _digest, content in self.files.values())


def kept_paper(congress: Congress, kind: str) -> Kept | None:
    """A paper of the congress as it was issued; the hand-over as it was signed."""
    if kind == "handover":
        return _kept(KeptFile.objects.filter(handover=congress).first())
    issued = congress.papers.filter(kind=kind).select_related("paper").first()
    return _kept_of(issued.paper) if issued else None


def kept_report(round_: CongressRound) -> Kept | None:
    return _kept_of(round_.report) if round_.report else None


def kept_minutes(polling: Polling) -> Kept | None:
    return _kept(KeptFile.objects.filter(polling=polling).first())


def _kept_of(paper: Paper) -> Kept | None:
    return _kept(KeptFile.objects.filter(paper=paper).first())


def _kept(row: KeptFile | None) -> Kept | None:
    if row is None:
        return None
    files = {suffix: (getattr(row, f"{suffix}_sha256"), _content(row, suffix)) for suffix in ("docx", "pdf")}
    return Kept(_sheet(row), files)


def _sheet(row: KeptFile) -> SafeString:
    """The sheet, if it is the one that ``html_of`` wrote, which escapes what people typed."""
    is_whole = sha256(row.sheet.encode()).hexdigest() == row.sheet_sha256
    return mark_safe(row.sheet if is_whole else "")  # noqa: S308


def _content(row: KeptFile, suffix: str) -> bytes:
    """The file, if it is the one that was kept."""
    try:
        with getattr(row, suffix).open("rb") as stored:
            content: bytes = stored.read()
    except OSError:
        return b""
    return content if sha256(content).hexdigest() == getattr(row, f"{suffix}_sha256") else b""
