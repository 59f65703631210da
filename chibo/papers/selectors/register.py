"""How the register of papers is read."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.papers.models import Paper
from chibo.papers.rules.register import LARGEST, Content, FileKind
from chibo.units.models import Unit


def visible_papers(actor: Actor) -> QuerySet[Paper]:
    """The papers below the actor's posts, last registered first."""
    return Paper.objects.visible_to(actor).select_related("unit").order_by("-pk")


def paper_for(actor: Actor, pk: int) -> Paper:
    """The paper, if the actor may see it; otherwise it does not exist for them (404)."""
    found = visible_papers(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def papers_in(unit: Unit) -> QuerySet[Paper]:
    """The register of the unit and of those below it."""
    return Paper.objects.filter(unit__path__startswith=unit.path).select_related("unit").order_by("-pk")


def papers_of_unit(unit: Unit) -> QuerySet[Paper]:
    """What the unit itself registered: what its programmes and campaigns may rest on."""
    return Paper.objects.filter(unit=unit).order_by("-pk")


def written(query: str) -> Q:
    """The condition that a paper's symbol, subject or issuer holds what was typed."""
    return Q(symbol__icontains=query) | Q(subject__icontains=query) | Q(issuer__icontains=query)


def same_symbol(unit: Unit, symbol: str, issuer: str) -> QuerySet[Paper]:
    return Paper.objects.filter(unit=unit, symbol=symbol, issuer=issuer)


def content_of(file: Any) -> Content:
    """What an uploaded file holds, as far as the rules ask: nothing is unpacked."""
    file.seek(0)
    head = file.read(16)
    names: list[str] = []
    if head.startswith(b"PK") and file.size <= LARGEST:
        try:
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, NotImplementedError, ValueError):
            names = []
    file.seek(0)
    return Content(file.size, head, names)


def file_of(paper: Paper) -> tuple[bytes, str, str]:
    """The stored file as (content, a name people can read, content type); 404 where none is kept."""
    if not paper.file:
        raise Http404
    try:
        with paper.file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        raise Http404 from None
    suffix = Path(paper.file.name or "").suffix.lstrip(".")
    kind = FileKind(suffix) if suffix in set(FileKind) else None
    name = f"{paper}".replace("/", "-")[:120]
    return content, f"{name}.{suffix}", kind.label if kind else "application/octet-stream"
