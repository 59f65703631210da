"""How a report is made ready to be issued: read at one moment, written out, and how far that is (ADR 0048)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import time
from typing import Any

from django.conf import settings
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


def key_of_draft(actor: Actor, kind: ReportKind, unit: Unit, suffix: str = "") -> str:
    """The same of a draft that somebody looks at, or has written as a file."""
    return "-".join(filter(None, ("draft", str(actor.user.pk if actor.user else 0), kind.code, str(unit.pk), suffix)))


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
    with _told(key_of_draft(actor, kind, scope.unit)) as say, snapshot():
        return draft_of(kind, scope, on, say=say)


def draft_file(actor: Actor, kind: ReportKind, scope: Scope, on: date, suffix: str) -> bytes:
    """The same as a file."""
    with _told(key_of_draft(actor, kind, scope.unit, suffix)) as say:
        with snapshot():
            document = draft_of(kind, scope, on, say=say).document
        say(Step.FILES)
        return paper_file(scope.unit, document, suffix, kind.code)


KEPT_FOR = 600
"""Seconds for which a draft's file waits for whoever had it written."""


def keep_draft(actor: Actor, kind: ReportKind, scope: Scope, suffix: str, content: bytes) -> None:
    """Put a draft's file aside for this one person; what nobody fetched in time is thrown away."""
    file = _kept(actor, kind, scope, suffix)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in file.parent.iterdir():
        if old.stat().st_mtime < time() - KEPT_FOR:
            old.unlink(missing_ok=True)
    file.write_bytes(content)


def kept_draft(actor: Actor, kind: ReportKind, scope: Scope, suffix: str) -> bytes | None:
    """What was put aside; it is given once."""
    file = _kept(actor, kind, scope, suffix)
    try:
        content = file.read_bytes() if file.stat().st_mtime > time() - KEPT_FOR else None
    except FileNotFoundError:
        return None
    file.unlink(missing_ok=True)
    return content


def _kept(actor: Actor, kind: ReportKind, scope: Scope, suffix: str) -> Path:
    name = f"{key_of_draft(actor, kind, scope.unit)}-{scope.period}.{suffix}"
    return Path(settings.DATA) / "drafts" / name


@contextmanager
def _told(key: str) -> Iterator[Say]:
    try:
        yield saying(key)
    finally:
        progress.forget(key)
