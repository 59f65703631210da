"""Reports are issued here, with their figures frozen."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.core.files.base import ContentFile

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.registry import ReportKind
from chibo.core.values import Period
from chibo.members.selectors import term_of
from chibo.papers.actions import issue_paper, take_number
from chibo.papers.rules import PaperKind, Symbol
from chibo.papers.selectors import paper_file, pdf_of
from chibo.reports.models import Report
from chibo.reports.rules import objections_to_issuing_report
from chibo.reports.selectors import composed, frozen, objections_of
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import scope_of


@action(Can.ISSUE_REPORTS)
def issue_report(unit: Unit, *, actor: Actor, kind: ReportKind, period: Period, on: date) -> Report:
    """Issue the report on that day: its figures and document are frozen, its number taken from the unit's series.

    Refused while a declared sum disagrees, saying both sides (seed S3-08).
    """
    actor.require(Can(kind.can), unit)
    scope = scope_of(unit, period.until(on) if period.first <= on else period, on)
    refuse_if(
        objections_to_issuing_report(already=False, sums=objections_of(kind, scope), period_over=period.first <= on)
    )
    number = take_number(unit, actor=actor, kind=PaperKind.REPORT.value, term=term_of(unit, on), on=on)
    symbol = Symbol(number.number, PaperKind.REPORT.abbreviation, "CB" if unit.level == Level.CELL else "ĐU")
    document = composed(kind, scope, on, symbol, period)
    paper = issue_paper(number, actor=actor, document=document)
    report = Report(
        unit=unit, kind=kind.code, period=str(period), paper=paper, figures=frozen(kind, scope), issued_on=on
    )
    name = uuid4().hex
    report.docx.save(f"{name}.docx", ContentFile(paper_file(unit, document, "docx", kind.code)), save=False)
    report.pdf.save(f"{name}.pdf", ContentFile(pdf_of(document)), save=False)
    report.save()
    return report
