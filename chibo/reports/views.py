"""Reports: which can be composed, how one looks before it is issued, and what was issued with its frozen figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, export, page, submit
from chibo.core.refusal import error_of
from chibo.core.registry import Column
from chibo.core.tables import State, Table, link_to, page_by_key
from chibo.core.templatetags.ui import period_words
from chibo.core.values import Period
from chibo.papers.selectors import html_of, paper_file
from chibo.reports.actions import issue_report
from chibo.reports.forms import IssueReportForm, ReturnedReportForm
from chibo.reports.selectors import (
    came_back,
    compared,
    draft_of,
    evidence_of,
    issued_under,
    kind_named,
    kinds_for,
    objections_of,
    visible_reports,
)
from chibo.units.selectors import home_unit, scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.core.registry import ReportKind
    from chibo.reports.selectors import Evidence
    from chibo.units.models import Unit

ISSUED = (
    Column(gettext_lazy("Số, ký hiệu"), "paper.symbol", 16, link=link_to("reports:report")),
    Column(gettext_lazy("Trích yếu"), "paper.subject", 50),
    Column(gettext_lazy("Đơn vị"), "unit.name", 24),
    Column(gettext_lazy("Kỳ"), lambda found: period_words(found.period), 16),
    Column(gettext_lazy("Ngày"), "issued_on", 12, "date"),
)
FORMATS = {"docx": DOCX, "pdf": PDF}


def start(request: Request) -> HttpResponse:
    unit = home_unit(request.actor, Can.SEE_REPORTS)
    if unit is None:
        raise Http404
    return redirect("reports:index", unit.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """What may be composed here of the period, and what was issued here and below, of any period."""
    here = unit_for(request.actor, unit, Can.SEE_REPORTS)
    issued = issued_under(request.actor, here)
    if request.GET.get("format") == "xlsx":
        return export(_("Báo cáo đã ban hành"), ISSUED, issued.order_by("-issued_on", "-pk"))
    shown = page_by_key(issued, order=("-issued_on", "-pk"), after=request.GET.get("after"))
    context = {
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_REPORTS, reverse("reports:index", args=[0, period])
        ),
        "period": period,
        "kinds": kinds_for(request.actor, here),
        "shown": shown,
        "table": Table(ISSUED, shown.rows, empty=_("Chưa ban hành báo cáo nào.")),
    }
    return page(request, "reports/index.html", context)


def draft(request: Request, kind: str, unit: int, period: Period) -> HttpResponse:
    """The report as it would be issued now; objections say why it may not be. POST issues it."""
    here = unit_for(request.actor, unit, Can.ISSUE_REPORTS)
    asked = _kind(request, kind, here)
    form = IssueReportForm(request.POST or None, initial={"on": localdate()})
    report = submit(form, issue_report, here, actor=request.actor, kind=asked, period=period)
    if report:
        words = _("Đã ban hành báo cáo số %(symbol)s.") % {"symbol": report.paper and report.paper.symbol}
        messages.success(request, words)
        return redirect("reports:report", report.pk)
    scope = scope_of(here, period)
    made = draft_of(asked, scope, localdate())
    if request.GET.get("format") in FORMATS:
        suffix = request.GET["format"]
        content = paper_file(here, made.document, suffix, asked.code)
        return download(content, f"{asked.code}-{here.key}-{period}.{suffix}", FORMATS[suffix])
    objections = [error_of(objection).messages[0] for objection in objections_of(asked, scope)]
    context = {
        "unit": here, "period": period, "kind": asked, "form": form, "preview": html_of(made.document),
        "figures": made.figures, "objections": objections, "early": period.first > localdate(),
    }  # fmt: skip
    return page(request, "reports/draft.html", context, status=422 if form.is_bound else 200)


def report(request: Request, pk: int) -> HttpResponse:
    """What was issued: its files, and each frozen figure beside what the records say today.

    ``figure`` opens the rows behind one of them, with those that were added or went since.
    """
    found = get_object_or_404(visible_reports(request.actor), pk=pk)
    code = request.GET.get("figure", "")
    evidence = evidence_of(request.actor, found, code, localdate()) if code else None
    if code and evidence is None:
        raise Http404
    if evidence and request.GET.get("format") == "xlsx":
        return export(evidence.figure.label, _columns(evidence), evidence.rows.order_by(*evidence.figure.order))
    context = {"unit": found.unit, "report": found, "period": Period.parse(found.period)}
    context["lines"] = compared(found, localdate())
    return page(request, "reports/report.html", context | (_rows(request, evidence) if evidence else {}))


def _rows(request: Request, evidence: Evidence) -> dict[str, Any]:
    shown = page_by_key(evidence.rows, order=evidence.figure.order, after=request.GET.get("after"), size=25)
    return {
        "evidence": evidence,
        "shown": shown,
        "table": Table(_columns(evidence), shown.rows, empty=_("Không có dòng nào.")),
    }


def _columns(evidence: Evidence) -> tuple[Column, ...]:
    def since(row: Any) -> State:
        if row.pk in evidence.then:
            return State(_("Có khi ban hành"), "ok")
        return State(_("Thêm sau khi ban hành"), "due")

    return (*evidence.figure.columns, Column(_("So với khi ban hành"), since, 24, "state"))


def returned(request: Request, pk: int) -> HttpResponse:
    """A report that was edited by hand comes back: what it says, figure by figure, beside what was computed."""
    found = get_object_or_404(visible_reports(request.actor), pk=pk)
    asked = request.method == "POST"
    form = ReturnedReportForm(request.POST if asked else None, request.FILES if asked else None)
    came = submit(form, came_back, found, today=localdate()) if asked else None
    context = {"unit": found.unit, "report": found, "form": form, "came": came}
    return page(request, "reports/returned.html", context, status=422 if asked and came is None else 200)


def file(request: Request, pk: int, suffix: str) -> HttpResponse:
    found = get_object_or_404(visible_reports(request.actor), pk=pk)
    if suffix not in FORMATS:
        raise Http404
    stored = found.docx if suffix == "docx" else found.pdf
    name = f"{found.paper.symbol} {found.paper.subject}".replace("/", "-")[:120] if found.paper else found.kind
    with stored.open("rb") as opened:
        return download(opened.read(), f"{name}.{suffix}", FORMATS[suffix])


def _kind(request: Request, code: str, unit: Unit) -> ReportKind:
    asked = kind_named(code)
    if asked is None:
        raise Http404
    if asked not in kinds_for(request.actor, unit):
        raise PermissionDenied
    return asked
