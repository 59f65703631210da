"""Reports: which can be composed, how one looks before it is issued, and what was issued with its frozen figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, page, submit
from chibo.core.refusal import error_of
from chibo.core.values import Period
from chibo.papers.selectors import docx_of, html_of, pdf_of
from chibo.reports.actions import issue_report
from chibo.reports.forms import IssueReportForm
from chibo.reports.selectors import compared, composed, kind_named, kinds_for, objections_of, visible_reports
from chibo.units.selectors import home_unit, scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.core.registry import ReportKind


def start(request: Request) -> HttpResponse:
    unit = home_unit(request.actor, Can.SEE_REPORTS)
    if unit is None:
        raise Http404
    return redirect("reports:index", unit.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """What may be composed here, and what was issued."""
    here = unit_for(request.actor, unit, Can.SEE_REPORTS)
    issued = visible_reports(request.actor).filter(unit=here)
    context = {"unit": here, "period": period, "kinds": kinds_for(request.actor, here), "issued": issued}
    return page(request, "reports/index.html", context)


def draft(request: Request, kind: str, unit: int, period: Period) -> HttpResponse:
    """The report as it would be issued now; objections say why it may not be. POST issues it."""
    here = unit_for(request.actor, unit, Can.ISSUE_REPORTS)
    asked = _kind(request, kind, here)
    form = IssueReportForm(request.POST or None, initial={"on": localdate()})
    report = submit(form, issue_report, here, actor=request.actor, kind=asked, period=period)
    if report:
        messages.success(request, _("Đã ban hành báo cáo số %(symbol)s.") % {"symbol": report.paper and report.paper.symbol})
        return redirect("reports:report", report.pk)
    scope = scope_of(here, period)
    document = composed(asked, scope, localdate(), None)
    if request.GET.get("format") in FORMATS:
        return _file(document, request.GET["format"], f"{asked.code}-{here.key}-{period}")
    objections = [error_of(objection).messages[0] for objection in objections_of(asked, scope)]
    context = {
        "unit": here, "period": period, "kind": asked, "form": form, "preview": html_of(document),
        "objections": objections,
    }  # fmt: skip
    return page(request, "reports/draft.html", context)


def report(request: Request, pk: int) -> HttpResponse:
    """What was issued: its files, and each frozen figure beside what the records say today."""
    found = get_object_or_404(visible_reports(request.actor), pk=pk)
    kind = kind_named(found.kind)
    context = {
        "unit": found.unit,
        "report": found,
        "kind": kind,
        "lines": compared(found, localdate()),
        "shown_period": Period.parse(found.period),
    }
    return page(request, "reports/report.html", context)


def file(request: Request, pk: int, suffix: str) -> HttpResponse:
    found = get_object_or_404(visible_reports(request.actor), pk=pk)
    if suffix not in FORMATS:
        raise Http404
    stored = found.docx if suffix == "docx" else found.pdf
    name = f"{found.paper.symbol} {found.paper.subject}".replace("/", "-")[:120] if found.paper else found.kind
    with stored.open("rb") as opened:
        return download(opened.read(), f"{name}.{suffix}", FORMATS[suffix])


FORMATS = {"docx": DOCX, "pdf": PDF}


def _kind(request: Request, code: str, unit: object) -> ReportKind:
    asked = kind_named(code)
    if asked is None:
        raise Http404
    if asked not in kinds_for(request.actor, unit):  # type: ignore[arg-type]
        raise PermissionDenied
    return asked


def _file(document: object, suffix: str, name: str) -> HttpResponse:
    make = docx_of if suffix == "docx" else pdf_of
    return download(make(document), f"{name}.{suffix}", FORMATS[suffix])  # type: ignore[arg-type]
