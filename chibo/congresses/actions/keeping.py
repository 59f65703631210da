"""What goes out is kept: the very files that people sign, with their digests (ADR 0156)."""

from __future__ import annotations

from hashlib import sha256
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from chibo.congresses.models import KeptFile
from chibo.papers.rules import Document
from chibo.papers.selectors import html_of, paper_file
from chibo.units.models import Unit


def _keep(unit: Unit, document: Document, **of: Any) -> KeptFile:
    """Both files and the sheet, once; ``of``: the paper, the count or the hand-over they belong to."""
    sheet, name = str(html_of(document)), uuid4().hex
    kept = KeptFile(unit=unit, sheet=sheet, sheet_sha256=sha256(sheet.encode()).hexdigest(), **of)
    for suffix in ("docx", "pdf"):
        content = paper_file(unit, document, suffix)
        getattr(kept, suffix).save(f"{name}.{suffix}", ContentFile(content), save=False)
        setattr(kept, f"{suffix}_sha256", sha256(content).hexdigest())
    kept.save()
    return kept
