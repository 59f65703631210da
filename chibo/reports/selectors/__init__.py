"""How a report is composed from the figures, and how its frozen numbers stand beside today's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.held import held
from chibo.core.registry import Figure, ReportKind, Scope, registry
from chibo.core.templatetags.ui import period_words
from chibo.core.values import Objection, Period
from chibo.figures.selectors import (
    answer,
    broken_down,
    by_cell,
    by_month,
    figure_named,
    objections_of_sums,
    rows_counted,
    spread_of,
)
from chibo.papers.rules import Document, Symbol
from chibo.papers.selectors.letterhead import heads_of, signer_on
from chibo.papers.selectors.uploads import lines_of_upload
from chibo.plans.models import Campaign
from chibo.reports.models import Report
from chibo.reports.rules import (
    SUMMARY,
    CellLine,
    ChangedLine,
    Letterhead,
    PlanFacts,
    Returned,
    Short,
    Stated,
    changed_lines,
    returned_figures,
    stated_of,
)
from chibo.reports.rules.making import Say, Step, silent
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import name_on, scope_of, ward_of


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """What was issued where the actor may see reports."""
    return Report.objects.visible_to(actor).select_related("unit", "paper")


def issued_under(actor: Actor, unit: Unit) -> QuerySet[Report]:
    """What the unit and those below it issued."""
    return visible_reports(actor).filter(unit__path__startswith=unit.path, issued_on__isnull=False)


def asked_for_in(actor: Actor, unit: Unit) -> QuerySet[Report]:
    """What the unit asked for and is being made now."""
    return visible_reports(actor).filter(unit=unit, issued_on__isnull=True, problem="").order_by("-pk")


def kinds_for(actor: Actor, unit: Unit) -> list[ReportKind]:
    """The kinds of report that this unit issues and the actor may compose."""
    of_level = [k for k in registry.each("reports") if k.for_cell == (unit.level == Level.CELL)]
    return [kind for kind in of_level if actor.may(Can(kind.can), unit)]


def kind_named(code: str) -> ReportKind | None:
    try:
        kind: ReportKind = registry.named("reports", code)
    except KeyError:
        return None
    return kind


def objections_of(kind: ReportKind, scope: Scope) -> list[Objection]:
    """The declared sums of the report that disagree."""
    return objections_of_sums(kind.sums, scope)


def frozen(stated: Iterable[Stated], scope: Scope) -> dict[str, dict[str, Any]]:
    """Every figure that the report states: n, N, its text, the day, and the keys of the rows counted."""
    told = {}
    for found in stated:
        figure = registry.named("figures", found.code)
        keys = sorted(rows_counted(figure, scope).order_by().values_list("pk", flat=True))
        told[found.code] = {
            "label": found.label, "part": found.part, "base": found.base, "text": found.text,
            "day": scope.day.isoformat(), "rows": keys,
        }  # fmt: skip
    return told


@dataclass(frozen=True)
class Compared:
    """A figure as it was issued, and as the records say today."""

    code: str
    label: str
    issued: str
    today: str
    rows: int

    @property
    def differs(self) -> bool:
        return self.issued != self.today


def compared(report: Report, today: date) -> list[Compared]:
    """Each frozen figure beside what the same question answers now: later corrections show."""
    scope = asked_then(report, today)
    return [
        Compared(
            code,
            told["label"],
            told["text"],
            answer(registry.named("figures", code), scope).text,
            len(told["rows"]),
        )
        for code, told in report.figures.items()
    ]


@dataclass(frozen=True)
class CameBack:
    """A report that was edited by hand beside what was issued: figure by figure, and the other numbers that changed."""

    figures: list[tuple[Returned, str]]
    """What the file says of each figure, and what the records say today."""
    lines: list[ChangedLine]

    @property
    def differing(self) -> int:
        return sum(not found.agrees for found, _today in self.figures) + len(self.lines)


def came_back(report: Report, file: Any, today: date) -> CameBack:
    """Compare an uploaded .docx with the frozen figures; nothing is stored, nothing of the report changes."""
    lines = lines_of_upload(file, strict=False)
    with report.docx.open("rb") as stored:
        issued = lines_of_upload(ContentFile(stored.read(), name="issued.docx"), strict=False)
    now = {line.code: line.today for line in compared(report, today)}
    frozen_figures = {code: (told["label"], told["text"]) for code, told in report.figures.items()}
    figures = list(returned_figures(frozen_figures, lines))
    said = {found.where for found in figures if not found.agrees}
    changed = [line for line in changed_lines(issued, lines) if line.where not in said]
    return CameBack([(found, now[found.code]) for found in figures], changed)


def asked_then(report: Report, today: date) -> Scope:
    """What the report asked, by the tree of its day of issue, to be asked again today."""
    return scope_of(report.unit, Period.parse(report.period).until(report.issued_on or today), today)


@dataclass(frozen=True)
class Evidence:
    """The rows behind a frozen figure: those that count today, which of them counted then, and those that no longer do."""

    figure: Figure
    rows: QuerySet[Any]
    then: frozenset[Any]
    gone: list[Any]


def evidence_of(actor: Actor, report: Report, code: str, today: date) -> Evidence | None:
    """The evidence of one figure of the report; None where it states no such figure or the actor may not see it."""
    figure = figure_named(code)
    if figure is None or code not in report.figures or not actor.may(Can(figure.can), report.unit):
        return None
    then = frozenset(report.figures[code]["rows"])
    rows = rows_counted(figure, asked_then(report, today))
    lost = then.difference(rows.order_by().values_list("pk", flat=True))
    gone = rows.model._base_manager.filter(pk__in=lost).select_related("unit").order_by("pk")
    return Evidence(figure, rows, then, list(gone))


@dataclass(frozen=True)
class Draft:
    """A report as it would be issued now, with the figures that it states."""

    document: Document
    figures: tuple[Stated, ...]


@override("vi")  # an official paper is in Vietnamese, whatever language its reader has chosen
def draft_of(
    kind: ReportKind,
    scope: Scope,
    on: date,
    symbol: Symbol | None = None,
    asked: Period | None = None,
    say: Say = silent,
) -> Draft:
    """``asked`` is the period the report speaks of, where the scope's ends earlier, on the day of issue."""
    say(Step.FIGURES)
    with held():
        facts = kind.facts(kind, scope, asked or scope.period, say)
    say(Step.COMPOSING)
    return Draft(kind.compose(facts, letterhead_of(scope.unit, on, symbol)), tuple(facts.figures.values()))


def composed(
    kind: ReportKind, scope: Scope, on: date, symbol: Symbol | None, asked: Period | None = None, say: Say = silent
) -> Document:
    """The report as a document of the official layout, from the figures as they stand."""
    return draft_of(kind, scope, on, symbol, asked, say).document


def letterhead_of(unit: Unit, on: date, symbol: Symbol | None) -> Letterhead:
    """Who issues, under whom, and who signs, by the tree and the posts of the day."""
    is_cell = unit.level == Level.CELL
    position, signer = signer_on(unit, on)
    superior, issuer = heads_of(unit, on)
    ward = ward_of(unit)
    return Letterhead(
        superior=superior,
        issuer=issuer,
        place=name_on(ward, on),
        on=on,
        symbol=symbol,
        authority_body="CHI BỘ" if is_cell else "ĐẢNG ỦY",
        position=position,
        signer=signer,
        recipients=(f"{_('Đảng ủy')} {name_on(ward, on)}" if is_cell else f"{_('Cấp ủy cấp trên')}", _("Lưu hồ sơ")),
    )


def plan_facts(kind: ReportKind, scope: Scope, asked: Period, _say: Say = silent) -> PlanFacts:
    """What the records say about the plans of the scope's unit and period."""
    named = [registry.named("figures", code) for code in kind.figures]
    figures = {figure.code: stated_of(figure, answer(figure, scope)) for figure in named}
    having = registry.named("figures", "plans.having")
    lines = by_cell(having, scope) if len(scope.cells) > 1 else []
    spread = spread_of(lines)
    above = {int(pk) for pk in scope.unit.path.split("/") if pk} | set(scope.units)
    campaign = (
        Campaign.objects.filter(unit_id__in=above, year=scope.day.year).select_related("theme", "guidance").first()
    )
    return PlanFacts(
        unit=name_on(scope.unit, scope.day),
        period=period_words(asked).lower(),
        year=scope.day.year,
        theme=campaign.theme.title if campaign and campaign.theme else "",
        guidance=f"{campaign.guidance.kind} số {campaign.guidance.symbol} của {campaign.guidance.issuer}"
        if campaign and campaign.guidance
        else "",
        figures=figures,
        spread=f"{spread[0].text} đến {spread[1].text}" if spread else "",
        cells=_cell_lines(scope) if len(scope.cells) > 1 else (),
        months=_months(scope),
        levels=_broken("plans.evaluations", scope),
        groups=_broken("plans.registered", scope, 1),
        shortcomings=_shortcomings(scope),
    )


def _cell_lines(scope: Scope) -> tuple[CellLine, ...]:
    columns = [by_cell(registry.named("figures", code), scope) for code in SUMMARY]
    return tuple(
        CellLine(lines[0].label, tuple(line.answer.text for line in lines)) for lines in zip(*columns, strict=True)
    )


def _months(scope: Scope) -> tuple[tuple[str, str, str], ...]:
    evaluated = by_month(registry.named("figures", "plans.evaluated"), scope)
    attended = by_month(registry.named("figures", "meetings.attendance"), scope)
    return tuple((e.label, e.answer.text, a.answer.text) for e, a in zip(evaluated, attended, strict=True))


def _broken(code: str, scope: Scope, which: int = 0) -> tuple[tuple[str, int], ...]:
    figure = registry.named("figures", code)
    return tuple((line.label, line.answer.part) for line in broken_down(figure, scope, figure.breakdowns[which]))


def _shortcomings(scope: Scope) -> tuple[Short, ...]:
    """A cell's own by name; over several cells only how many, of which check, in how many cells."""
    found = [(check, one) for check in registry.each("checks") for one in check.run(scope)]
    if len(scope.cells) <= 1:
        return tuple(Short(one.subject, one.detail, one.remedy) for _check, one in found)
    numbers = Counter(check.code for check, _one in found)
    cells = {code: len({one.unit_id for check, one in found if check.code == code}) for code in numbers}
    return tuple(
        Short(str(check.label), _("%(n)s trường hợp ở %(cells)s chi bộ") % {"n": numbers[check.code], "cells": cells[check.code]},
              _("đôn đốc các chi bộ khắc phục, báo cáo trong kỳ sinh hoạt tới."))
        for check in registry.each("checks")
        if numbers[check.code]
    )  # fmt: skip
