"""How essays are read: that one is owed, for all who see the class; what it says, for who may read it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePath

from django.db.models import QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.likeness import Likeness, Pair, nearest, plain, side_by_side, sorted_words
from chibo.papers.rules.register import FileKind
from chibo.study.models import Essay, StudyClass
from chibo.units.models import Unit
from chibo.units.selectors import setting_on


def essay_for(actor: Actor, pk: int) -> Essay:
    """The essay as a record: that it is owed, and when it came; its text asks for ``READ_ESSAYS`` besides."""
    rows = Essay.objects.visible_to(actor).select_related(
        "unit", "member", "study_class__meeting", "study_class__unit"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def readable_essay_for(actor: Actor, pk: int) -> Essay:
    """The essay for who may read what it says; for others there is none (404)."""
    found = essay_for(actor, pk)
    if not actor.may_on(Can.READ_ESSAYS, found):
        raise Http404
    return found


def essays_of(actor: Actor, study_class: StudyClass, unit: Unit) -> QuerySet[Essay]:
    """The essays of a class below the unit, by name."""
    rows = Essay.objects.visible_to(actor).filter(study_class=study_class, unit__path__startswith=unit.path)
    return rows.select_related("member", "unit").order_by("unit__sort_key", "member__sort_key", "pk")


def own_essays(actor: Actor) -> QuerySet[Essay]:
    if actor.user is None:
        return Essay.objects.none()
    rows = Essay.objects.filter(member__account=actor.user).select_related("study_class__meeting", "unit")
    return rows.order_by("-study_class__meeting__held_on", "-pk")


def alike_percent(unit: Unit, day: date) -> int:
    return int(setting_on("study.alike_percent", unit, day))


def near_copies(essays: Sequence[Essay], least: int) -> dict[int, Likeness]:
    """For each essay the other of its cell that it resembles most, if by ``least`` percent of its words.

    Within a cell only: neighbours copy from neighbours, and a ward of 400 essays would be 80,000 pairs.
    """
    by_cell: dict[int, dict[int, str]] = {}
    for essay in essays:
        if essay.text.strip():
            by_cell.setdefault(essay.unit_id, {})[essay.pk] = sorted_words(plain(essay.text))
    return {pk: like for texts in by_cell.values() for pk, like in nearest(texts, least).items()}


def essays_side_by_side(essay: Essay, other: Essay) -> list[Pair]:
    """Two essays, paragraph by paragraph, with what stands in both marked."""
    return side_by_side(*([line for line in one.text.splitlines() if line.strip()] for one in (essay, other)))


def file_of(essay: Essay) -> tuple[bytes, str, str]:
    """The file that was handed in as (content, the name its sender gave it, content type); 404 where there is none."""
    if not essay.file:
        raise Http404
    try:
        with essay.file.open("rb") as stored:
            content = stored.read()
    except FileNotFoundError:
        raise Http404 from None
    suffix = PurePath(essay.file.name or "").suffix.lstrip(".")
    kind = FileKind(suffix).label if suffix in set(FileKind) else "application/octet-stream"
    return content, essay.file_name or f"bai-thu-hoach.{suffix}", kind
