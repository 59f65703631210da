"""The checklist of one place: each criterion with its mark and what the records already know of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.core.held import held
from chibo.inspections.models import Criterion, Finding, Mark, Picture, Subject
from chibo.inspections.rules import Result
from chibo.inspections.selectors import Sight, led_for, marks_of
from chibo.inspections.selectors.answers import evidence_of, scope_of_subject
from chibo.inspections.selectors.dossiers import TYPES

KEYS = {Result.MET: "d", Result.PARTLY: "m", Result.UNMET: "c", Result.UNSEEN: "k"}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One criterion at one place."""

    criterion: Criterion
    mark: Mark | None
    evidence: str
    url: str
    pictures: list[Picture]

    @property
    def result(self) -> str:
        return self.mark.result if self.mark else ""

    @property
    def seen(self) -> int:
        """The version of the mark that this line shows; 0 for none."""
        return self.mark.version if self.mark else 0

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        return [(word.value, _(word.label), KEYS[word]) for word in Result]


@held()
def checklist(actor: Actor, subject: Subject) -> list[CheckLine]:
    """Every criterion; of a person nothing is computed."""
    marks, scope = marks_of(subject), scope_of_subject(subject)
    pictures = defaultdict(list)
    for picture in subject.pictures.all():
        pictures[picture.criterion_id].append(picture)
    lines = []
    for criterion in subject.inspection.criteria.all():
        told = evidence_of(criterion.code, scope, actor) if subject.member_id is None else ("", "")
        lines.append(CheckLine(criterion, marks.get(criterion.pk), *told, pictures[criterion.pk]))
    return lines


def line_of(subject: Subject, criterion: Criterion) -> CheckLine:
    """One criterion as it stands now, without what the records know of it."""
    return CheckLine(criterion, marks_of(subject).get(criterion.pk), "", "", [])


def criterion_of(subject: Subject, pk: int) -> Criterion:
    """The criterion, if it is one of this inspection (404)."""
    found = subject.inspection.criteria.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def pictures_of(subject: Subject, criterion: Criterion) -> list[Picture]:
    return list(subject.pictures.filter(criterion=criterion))


def picture_for(actor: Actor, pk: int) -> tuple[Sight, Picture]:
    """A picture for who works on its inspection (404 for the inspected)."""
    found = Picture.objects.filter(pk=pk).select_related("subject__inspection", "unit", "criterion").first()
    if found is None:
        raise Http404
    return led_for(actor, found.subject.inspection_id), found


def photo_of(picture: Picture) -> tuple[bytes, str, str]:
    """The picture itself, as (content, name, type); 404 where it is gone."""
    try:
        with picture.photo.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        raise Http404 from None
    suffix = PurePath(picture.photo.name or "").suffix
    return content, f"{_('Ảnh')} {picture.criterion.order + 1}-{picture.pk}{suffix}", TYPES[suffix]


def finding_as_typed(finding: Finding) -> dict[str, Any]:
    owner = f"m{finding.owner_member_id}" if finding.owner_member_id else "unit" if finding.owner_unit_id else ""
    names = ("kind", "text", "figure", "remedy", "due_on")
    return {name: getattr(finding, name) for name in names} | {"criterion": finding.criterion_id, "owner": owner}
