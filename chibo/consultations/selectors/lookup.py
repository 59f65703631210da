"""What was published in a unit's consultations, round after round: filtered and crossed, by levels or by themes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from chibo.consultations.models import Consultation, Opinion, Tally, Theme
from chibo.consultations.rules import ConsultationState, QuestionKind
from chibo.consultations.rules.crossing import WHOLE, By, Cell, Crossed, chosen, crossed
from chibo.core.registry import Column
from chibo.core.tables import Filter, Table
from chibo.units.models import Unit

ROWS = 400
"""Opinions shown at once; who looks for more narrows the filters."""


@dataclass(frozen=True)
class Lookup:
    """What was asked for, and what is found: tables, or themes with their opinions, and the filters that remain."""

    filters: list[Filter]
    tables: list[tuple[str, Table]]
    opinions: list[Opinion] = field(default_factory=list)
    words: bool = False


def looked_up(unit: Unit, asked: Mapping[str, str]) -> Lookup:
    """The results of the rounds summed up at the unit and below it, as the address asks for them."""
    rounds = Consultation.objects.filter(unit__path__startswith=unit.path, state=ConsultationState.CLOSED)
    years = sorted({day.year for day in rounds.values_list("opens_on", flat=True)}, reverse=True)
    period = asked.get("year", "")
    if period.isdecimal():
        rounds = rounds.filter(opens_on__year=int(period))
    frame = [
        Filter("kind", _("Loại câu hỏi"), [("", _("Chọn mức")), (QuestionKind.TEXT.value, _("Ý kiến bằng lời"))]),
        Filter("year", _("Kỳ"), [(str(year), str(year)) for year in years]),
    ]
    if asked.get("kind") == QuestionKind.TEXT:
        return _by_themes(rounds, asked, frame)
    return _by_levels(rounds, asked, frame)


def by_of(asked: Mapping[str, str]) -> By:
    return next((one for one in By if one.value == asked.get("by")), By.SUBJECT)


# ------------------------------------------------------------------------------------------------ levels


def cells_of(rounds: QuerySet[Consultation]) -> list[Cell]:
    """Every number that the count let out: one query."""
    rows = Tally.objects.filter(subject__consultation__in=rounds).order_by(
        "-subject__consultation__opens_on", "-subject__consultation", "subject__order", "question__order", "group__order", "level"
    )  # fmt: skip
    return [
        Cell(
            tally.subject.consultation.title, tally.subject.name, tally.question.text, tuple(tally.question.levels),
            tally.group.name if tally.group else WHOLE, tally.level, tally.number,
        )
        for tally in rows.select_related("subject__consultation", "question", "group")
    ]  # fmt: skip


def _by_levels(rounds: QuerySet[Consultation], asked: Mapping[str, str], frame: list[Filter]) -> Lookup:
    cells, by = cells_of(rounds), by_of(asked)
    wanted = {name: asked.get(name, "") for name in ("called", "subject", "question", "group")}
    tables = [(one.question, _shown(one, by)) for one in crossed(chosen(cells, by, **wanted), by)]
    filters = [
        *frame,
        Filter("by", _("Mỗi dòng là"), [("" if one == By.SUBJECT else one.value, _(one.label)) for one in By]),
        _filter("called", _("Đợt"), [cell.called for cell in cells]),
        _filter("subject", _("Góp ý cho"), [cell.subject for cell in cells]),
        _filter("question", _("Câu hỏi"), [cell.question for cell in cells]),
        _filter("group", _("Nhóm"), [cell.group for cell in cells if cell.group != WHOLE]),
    ]
    return Lookup([one for one in filters if one.choices], tables)


def _shown(found: Crossed, by: By) -> Table:
    heads = [*found.heads, *([_("Không ghi")] if found.has_open else [])]
    columns = (
        Column(_(by.label), lambda line: line[0] or _("Tất cả"), 40),
        *(Column(head, _count(at), 14, "number") for at, head in enumerate(heads)),
        Column(_("Cộng"), lambda line: sum(line[1]), 10, "number"),
    )
    return Table(columns, found.lines)


def _count(at: int) -> Callable[[Any], int]:
    return lambda line: int(line[1][at])


# ------------------------------------------------------------------------------------------------- words


def _by_themes(rounds: QuerySet[Consultation], asked: Mapping[str, str], frame: list[Filter]) -> Lookup:
    """Themes with how many opinions were sorted under each. Opinions know no group: there is nothing to filter by."""
    themes = Theme.objects.filter(subject__consultation__in=rounds)
    named = list(themes.order_by("name").values_list("name", "subject__name", "subject__consultation__title"))
    for name, path in (("called", "subject__consultation__title"), ("subject", "subject__name"), ("theme", "name")):
        if asked.get(name):
            themes = themes.filter(**{path: asked[name]})
    told = themes.values("name", "subject__name").annotate(times=Count("opinions")).order_by("-times", "name")
    columns = (
        Column(_("Nhóm ý kiến"), "name", 40),
        Column(_("Góp ý cho"), "subject__name", 30),
        Column(_("Số ý kiến"), "times", 12, "number"),
    )
    filters = [
        *frame,
        _filter("called", _("Đợt"), [one for _n, _s, one in named]),
        _filter("subject", _("Góp ý cho"), [one for _n, one, _r in named]),
        _filter("theme", _("Nhóm ý kiến"), [one for one, _s, _r in named]),
    ]
    rows = list(told)
    opinions = Opinion.objects.filter(themes__in=themes).select_related("subject").order_by("subject__order", "key")
    return Lookup(
        [one for one in filters if one.choices],
        [(_("Ý kiến theo nhóm"), Table(columns, rows))] if rows else [],
        list(opinions.distinct()[:ROWS]) if asked.get("theme") else [],
        words=True,
    )


def _filter(name: str, label: str, values: list[str]) -> Filter:
    """What can be chosen, once each, in the order in which it stands; nothing where there is no choice."""
    known = list(dict.fromkeys(values))
    return Filter(name, label, [(one, one) for one in known] if len(known) > 1 else [])
