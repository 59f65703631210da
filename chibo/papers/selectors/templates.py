"""Which template of the office holds for a paper, and the paper as the file that people download."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, QuerySet
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext

from chibo.access.actor import Actor
from chibo.core.registry import registry
from chibo.papers.models import Template
from chibo.papers.rules.documents import Document
from chibo.papers.rules.kinds import PaperKind
from chibo.papers.rules.templates import TEMPLATE_KINDS, Field, fields_for
from chibo.papers.selectors.docx import docx_of
from chibo.papers.selectors.filling import filled, standard_template
from chibo.papers.selectors.pdf import pdf_of
from chibo.units.models import Unit
from chibo.units.selectors import ids_above

REPORT = "report."


def kinds_offered() -> dict[str, str]:
    """What a template may be for, code → words: kinds of paper, and each report that some app offers."""
    papers = {kind.value: gettext(kind.label) for kind in TEMPLATE_KINDS}
    return papers | {f"{REPORT}{kind.code}": str(kind.label) for kind in registry.each("reports")}


def paper_kind_of(kind: str) -> PaperKind:
    return PaperKind.REPORT if kind.startswith(REPORT) else PaperKind(kind)


def fields_offered(kind: str) -> tuple[Field, ...]:
    """The fields for templates of that kind; a report's also name each of its figures."""
    if not kind.startswith(REPORT) or kind not in kinds_offered():
        return fields_for()
    codes = registry.named("reports", kind.removeprefix(REPORT)).figures
    return fields_for({code: str(registry.named("figures", code).label) for code in codes})


def visible_templates(actor: Actor) -> QuerySet[Template]:
    return Template.objects.visible_to(actor).select_related("unit")


def template_for(actor: Actor, pk: int) -> Template:
    """The template, if the actor may see it; otherwise it does not exist for them (404)."""
    found = visible_templates(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def next_number(unit: Unit, kind: str) -> int:
    return (Template.objects.filter(unit=unit, kind=kind).aggregate(last=Max("number"))["last"] or 0) + 1


def template_on(unit: Unit, kinds: Sequence[str], day: date) -> Template | None:
    """The template in force: of the unit before those above it, of the report before that of all reports."""
    near = ids_above(unit, day)[::-1]
    begun = Template.objects.filter(unit__in=near, kind__in=kinds, valid_from__lte=day)
    return _in_force(begun, near, kinds, day)


def _in_force(found: Iterable[Template], near: Sequence[int], kinds: Sequence[str], day: date) -> Template | None:
    """Of each unit and kind the one that began last; the nearest of those that have not ended."""
    last = {(near.index(t.unit_id), kinds.index(t.kind)): t for t in sorted(found, key=_begun) if t.valid_from <= day}
    held = {place: t for place, t in last.items() if t.valid_to is None or day <= t.valid_to}
    return held[min(held)] if held else None


def _begun(template: Template) -> tuple[date, int]:
    return template.valid_from, template.number


def paper_file(unit: Unit, document: Document, suffix: str, report: str = "") -> bytes:
    """The paper as ``docx``, in the office's template if one is in force, or as ``pdf`` in the official layout.

    ``report`` is the code of the kind of report it is, if it is one.
    """
    if suffix == "pdf":
        return pdf_of(document)
    kinds = [f"{REPORT}{report}"] if report else []
    template = template_on(unit, [*kinds, document.kind.value], document.issued_on or localdate())
    return filled(content_of_template(template), document) if template else docx_of(document)


def content_of_template(template: Template) -> bytes:
    with template.file.open("rb") as stored:
        content: bytes = stored.read()
    return content


def standard_file(kind: str, day: date) -> tuple[bytes, str]:
    """The layout in force as a template of that kind, and what its file is called; 404 for a kind not offered."""
    offered = kinds_offered()
    if kind not in offered:
        raise Http404
    return standard_template(paper_kind_of(kind), day), f"Mẫu {offered[kind]}.docx".replace("/", "-")


@dataclass(frozen=True)
class KindLine:
    """A kind of paper, the template in force here today, if any, and all that were taken in for it."""

    kind: str
    label: str
    now: Template | None
    all: list[Template]


def kind_lines(unit: Unit, day: date) -> list[KindLine]:
    """Each kind that may have a template, and what the unit and those above it have."""
    near = ids_above(unit, day)[::-1]
    by_kind: dict[str, list[Template]] = {}
    for one in Template.objects.filter(unit__in=near).select_related("unit").order_by("-valid_from", "-number"):
        by_kind.setdefault(one.kind, []).append(one)
    found = ((kind, label, by_kind.get(kind, [])) for kind, label in kinds_offered().items())
    return [KindLine(kind, label, _in_force(all_, near, [kind], day), all_) for kind, label, all_ in found]
