"""Reports are asked for, made aside and issued here, with their figures frozen (ADR 0048)."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.registry import ReportKind
from chibo.core.values import Period
from chibo.members.selectors import term_of
from chibo.papers.actions import issue_paper, take_number
from chibo.papers.rules import PaperKind
from chibo.reports.models import Report
from chibo.reports.rules import objections_to_issuing_report
from chibo.reports.selectors import objections_of
from chibo.reports.selectors.making import Numbered, scope_issued
from chibo.units.models import Unit


class NumberGoneError(Exception):
    """Somebody else took the number under which the report was written; it is to be written under the next."""


@action(Can.ISSUE_REPORTS)
def ask_for_report(unit: Unit, *, actor: Actor, kind: ReportKind, period: Period, on: date) -> Report:
    """Ask that the report be issued on that day; it is made aside, and the page shows how far that is.

    Refused while a declared sum disagrees, saying both sides (seed S3-08).
    """
    actor.require(Can(kind.can), unit)
    sums = objections_of(kind, scope_issued(unit, period, on))
    refuse_if(objections_to_issuing_report(already=False, sums=sums, period_over=period.first <= on))
    return Report.objects.create(unit=unit, kind=kind.code, period=str(period), asked_on=on)


@action(Can.ISSUE_REPORTS)
def issue_report(report: Report, *, actor: Actor, made: Numbered) -> Report:
    """Issue what was made ready: take its number, enter the paper, keep figures and files to the letter.

    Nothing is computed here, so nobody else waits to write. ``NumberGoneError`` if the number was taken meanwhile.
    """
    assert report.asked_on is not None
    assert made.document.symbol is not None
    refuse_if(objections_to_issuing_report(already=report.paper_id is not None, sums=(), period_over=True))
    unit, on = report.unit, report.asked_on
    number = take_number(unit, actor=actor, kind=PaperKind.REPORT.value, term=term_of(unit, on), on=on)
    if number.number != made.document.symbol.number:
        raise NumberGoneError
    report.paper = issue_paper(number, actor=actor, document=made.document)
    report.figures, report.issued_on, report.problem = made.figures, on, ""
    name = uuid4().hex
    report.docx.save(f"{name}.docx", ContentFile(made.docx), save=False)
    report.pdf.save(f"{name}.pdf", ContentFile(made.pdf), save=False)
    report.save()
    return report


@action(Can.ISSUE_REPORTS)
def give_up_report(report: Report, *, actor: Actor, problem: str) -> Report:
    """Say why the report could not be issued: it has taken no number, and may be asked for again."""
    refuse_if(objections_to_issuing_report(already=report.paper_id is not None, sums=(), period_over=True))
    report.problem = problem[:400] or _("Chưa lập được báo cáo.")
    report.save()
    return report
