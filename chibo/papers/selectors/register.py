"""How the register of papers is read."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.core.searching import words_of
from chibo.core.tables import Filter, Page, page_by_key
from chibo.core.values import Period
from chibo.core.vietnamese import nfc
from chibo.core.words import choices
from chibo.papers.models import Enclosure, Paper, PaperLink
from chibo.papers.rules.register import (
    LARGEST,
    PAPER_KINDS,
    Content,
    Direction,
    FileKind,
    Force,
    Relation,
    Secrecy,
    force_on,
)
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
    """What the unit itself registered and may name: what its programmes and campaigns may rest on."""
    return Paper.objects.filter(unit=unit, secrecy=Secrecy.OPEN).order_by("-pk")


def with_force(papers: QuerySet[Paper]) -> QuerySet[Paper]:
    """Each paper with ``replaced_on``, the first day on which another replaced it."""
    replacing = PaperLink.objects.filter(to=OuterRef("pk"), relation=Relation.REPLACES).order_by("since")
    return papers.annotate(replaced_on=Subquery(replacing.values("since")[:1]))


_LISTED = (
    "symbol", "kind", "issuer", "subject", "secrecy", "direction", "issued_on", "in_force_from", "in_force_to",
)  # fmt: skip
"""What the columns of the register read."""


PAGE = 50


def page_of(papers: QuerySet[Paper], after: str | None) -> Page:
    """A page of the register, last entered first, with ``replaced_on``: first which papers, then those alone whole.

    All that a word finds would otherwise be read, and asked whether it is replaced, to be sorted and thrown away (ADR 0041).
    """
    found = page_by_key(papers.select_related(None).only("pk"), order=("-pk",), after=after, size=PAGE)
    keys = [paper.pk for paper in found.rows]
    rows = Paper.objects.filter(pk__in=keys).only(*_LISTED)
    return replace(found, rows=list(with_force(rows).order_by("-pk")))


MANY = 1000
"""What words find is counted as far as this: nobody pages through more, and counting all takes longer than finding."""


@dataclass(frozen=True)
class Found:
    """A page of papers, and of how many; more than ``most``, where that is said, were not counted."""

    page: Page
    count: int
    most: int | None = None


def found_in(papers: QuerySet[Paper], asked: Mapping[str, str]) -> Found:
    """The page asked for of ``narrowed`` papers. The index of words is asked once, for page and number (ADR 0041)."""
    after = asked.get("after")
    if not words_of(asked.get("q", "")):
        return Found(page_of(papers, after), papers.count())
    keys = list(papers.select_related(None).order_by("-pk").values_list("pk", flat=True)[: MANY + 1])
    if after:
        return Found(page_of(papers, after), len(keys), MANY)
    rows = Paper.objects.filter(pk__in=keys[: PAGE + 1]).only(*_LISTED)
    return Found(page_by_key(with_force(rows), order=("-pk",), after=None, size=PAGE), len(keys), MANY)


def force_of(paper: Paper, day: date) -> Force:
    """How a paper of ``with_force`` stands on the day."""
    return force_on(day, paper.in_force_from, paper.in_force_to, paper.replaced_on)  # type: ignore[attr-defined]


def written(query: str) -> Q:
    """The condition that a paper is found by what was typed, with or without accents; every word must be there."""
    return Q(search_key__words=query) if words_of(query) else Q()


def same_symbol(paper: Paper) -> QuerySet[Paper]:
    """Papers of the same register with the same symbol, issuer and day: numbers run from 01 again each term."""
    others = Paper.objects.filter(unit=paper.unit_id, symbol=paper.symbol, issuer=paper.issuer).exclude(pk=paper.pk)
    return others.filter(Q(issued_on=paper.issued_on) | Q(issued_on__isnull=True)) if paper.issued_on else others


def is_circle(paper: Paper, to: Paper, relation: str) -> bool:
    """Whether ``to`` already rests on, replaces or amends ``paper``, at whatever distance, by that relation."""
    seen: set[int] = set()
    asked = {to.pk}
    while asked:
        if paper.pk in asked:
            return True
        seen |= asked
        next_ones = PaperLink.objects.filter(paper__in=asked, relation=relation).values_list("to", flat=True)
        asked = set(next_ones) - seen
    return False


def links_of(paper: Paper, actor: Actor) -> list[PaperLink]:
    """What the paper rests on, replaces and amends, as far as the actor may see it."""
    seen = Paper.objects.visible_to(actor)
    return list(paper.links.filter(to__in=seen).select_related("to"))


def links_to(paper: Paper, actor: Actor) -> list[PaperLink]:
    """What rests on the paper, replaces or amends it, as far as the actor may see it."""
    seen = Paper.objects.visible_to(actor)
    return list(paper.links_to_it.filter(paper__in=seen).select_related("paper"))


def link_for(paper: Paper, pk: int) -> PaperLink:
    return get_object_or_404(PaperLink, pk=pk, paper=paper)


def may_link_to(paper: Paper, actor: Actor) -> QuerySet[Paper]:
    """The papers that another may rest on or replace: open ones, other than itself."""
    return visible_papers(actor).filter(secrecy=Secrecy.OPEN).exclude(pk=paper.pk)


def enclosure_for(actor: Actor, pk: int) -> Enclosure:
    found = Enclosure.objects.visible_to(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# ------------------------------------------------------------------------------------------------- filters

_OFTEN = 6
_LOOKED_AT = 500


def filters_of(papers: QuerySet[Paper], today: date) -> list[Filter]:
    """What the list may be narrowed by: book, type, years, the issuers met most among the last, and force."""
    first = papers.aggregate(first=Min("issued_on"))["first"]
    years = range(today.year, max((first or today).year, today.year - 5) - 1, -1)
    latest = papers.order_by("-pk").values_list("issuer", flat=True)[:_LOOKED_AT]
    issuers = [issuer for issuer, _count in Counter(latest).most_common(_OFTEN)]
    return [
        Filter("direction", gettext_lazy("Sổ"), choices(Direction)),
        Filter("kind", gettext_lazy("Thể loại"), [(kind, _(kind)) for kind in PAPER_KINDS]),
        Filter("period", gettext_lazy("Năm"), [(str(year), str(year)) for year in years]),
        Filter("issuer", gettext_lazy("Cơ quan ban hành"), [(issuer, issuer) for issuer in issuers]),
        Filter("force", gettext_lazy("Hiệu lực"), choices(Force)),
    ]


def narrowed(papers: QuerySet[Paper], asked: Mapping[str, str], today: date) -> QuerySet[Paper]:
    """The papers that the filters and the search leave; an answer that is none of the offered leaves all."""
    papers = papers.filter(written(asked.get("q", "")))
    for name in ("direction", "kind", "issuer"):
        if asked.get(name):
            papers = papers.filter(**{name: asked[name]})
    try:
        period = Period.parse(asked.get("period", ""))
        papers = papers.filter(issued_on__range=(period.first, period.last))
    except ValueError:
        pass
    return papers.filter(_stands(asked["force"], today)) if asked.get("force") in set(Force) else papers


def _stands(force: str, day: date) -> Q:
    """The condition of ``force_on`` in the database's words."""
    replacing = PaperLink.objects.filter(to=OuterRef("pk"), relation=Relation.REPLACES, since__lte=day)
    replaced, over = Exists(replacing), Q(in_force_to__isnull=False, in_force_to__lt=day)
    early = Q(in_force_from__isnull=False, in_force_from__gt=day)
    return {
        Force.REPLACED.value: Q(replaced),
        Force.EXPIRED.value: ~Q(replaced) & over,
        Force.NOT_YET.value: ~Q(replaced) & ~over & early,
        Force.IN_FORCE.value: ~Q(replaced) & ~over & ~early,
    }[force]


# --------------------------------------------------------------------------------------------------- files


def named_file(name: str, suffix: str) -> str:
    """What people call an uploaded file, with the suffix of what it really is."""
    stem = Path(nfc(name).replace("\\", "/")).stem or "tep"
    return f"{stem[:100]}.{suffix}"


def enclosed_file(enclosure: Enclosure) -> tuple[bytes, str, str]:
    """The stored file as (content, name, content type)."""
    content, kind = _stored(enclosure.file)
    return content, enclosure.name, kind


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
    content, kind = _stored(paper.file)
    suffix = Path(paper.file.name or "").suffix.lstrip(".")
    name = f"{paper}".replace("/", "-")[:120]
    return content, f"{name}.{suffix}", kind


def _stored(file: Any) -> tuple[bytes, str]:
    if not file:
        raise Http404
    try:
        with file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        raise Http404 from None
    suffix = Path(file.name or "").suffix.lstrip(".")
    kind = FileKind(suffix) if suffix in set(FileKind) else None
    return content, kind.label if kind else "application/octet-stream"
