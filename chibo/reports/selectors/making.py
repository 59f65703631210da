"""How a report is made ready to be issued: read at one moment, written out, and how far that is (ADR 0048)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.core import progress
from chibo.core.registry import ReportKind, Scope
from chibo.core.snapshots import snapshot
from chibo.core.values import Objection, Period
from chibo.members.selectors import term_of
from chibo.papers.rules import Document, PaperKind, Symbol
from chibo.papers.selectors import paper_file, pdf_of
from chibo.papers.selectors.numbers import number_to_come
from chibo.reports.models import Report
from chibo.reports.rules.making import Say, Step, silent
from chibo.reports.selectors import Draft, draft_of, frozen, objections_of
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import scope_of


@dataclass(frozen=True)
class Made:
    """A report as the records told it at one moment; only its number is missing."""

    document: Document
    figures: dict[str, dict[str, Any]]
    objections: list[Objection]


@dataclass(frozen=True)
class Numbered:
    """The same with a number that nobody had taken yet, and its files."""

    document: Document
    figures: dict[str, dict[str, Any]]
    docx: bytes
    pdf: bytes


def scope_issued(unit: Unit, period: Period, on: date) -> Scope:
    """What a report of the period speaks of when it is issued on that day: nothing later than the day."""
    return scope_of(unit, period.until(on) if period.first <= on else period, on)


def made(kind: ReportKind, unit: Unit, period: Period, on: date, say: Say = silent) -> Made:
    """All that the report says, of one moment, while others go on writing."""
    scope = scope_issued(unit, period, on)
    with snapshot():
        draft = draft_of(kind, scope, on, None, period, say)
        say(Step.FREEZING)
        return Made(draft.document, frozen(draft.figures, scope), objections_of(kind, scope))


def numbered(found: Made, unit: Unit, on: date, code: str, say: Say = silent) -> Numbered:
    """Write the files under the number that comes next."""
    say(Step.FILES)
    kind = PaperKind.REPORT
    number = number_to_come(unit, kind.value, term_of(unit, on))
    symbol = Symbol(number, kind.abbreviation, "CB" if unit.level == Level.CELL else "ĐU")
    document = replace(found.document, symbol=symbol)
    files = paper_file(unit, document, "docx", code), pdf_of(document)
    say(Step.NUMBERING)
    return Numbered(document, found.figures, *files)


def key_of(report: Report) -> str:
    """The name under which the making tells its progress."""
    return f"report-{report.pk}"


def key_of_draft(actor: Actor, kind: ReportKind, unit: Unit) -> str:
    """The same of a draft that somebody looks at."""
    return f"draft-{actor.user.pk if actor.user else 0}-{kind.code}-{unit.pk}"


def saying(key: str) -> Say:
    """Tell each step to whoever waits for ``key``."""
    return lambda step: progress.report(key, step.place, len(Step), _(step.label))


def waiting_of(report: Report) -> progress.Waiting | None:
    """How the making stands; None where it is over."""
    if report.issued_on or report.problem:
        return None
    return progress.waiting(key_of(report), report.entered_at)


def draft_for(actor: Actor, kind: ReportKind, scope: Scope, on: date) -> Draft:
    """The report as it would be issued now, composed for somebody who waits and is told the steps."""
    key = key_of_draft(actor, kind, scope.unit)
    try:
        with snapshot():
            return draft_of(kind, scope, on, say=saying(key))
    finally:
        progress.forget(key)
