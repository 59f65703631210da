"""Reports: which can be composed, how one looks before it is issued, and what was issued with its frozen figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core import progress
from chibo.core.http import DOCX, PDF, download, export, page, submit
from chibo.core.refusal import error_of
from chibo.core.registry import Column
from chibo.core.tables import State, Table, link_to, page_by_key
from chibo.core.templatetags.ui import period_words
from chibo.core.values import Period
from chibo.papers.selectors import html_of
from chibo.reports.actions import ask_for_report
from chibo.reports.actions.jobs import work
from chibo.reports.forms import IssueReportForm, ReturnedReportForm
from chibo.reports.selectors import (
    asked_for_in,
    came_back,
    compared,
    evidence_of,
    issued_under,
    kind_named,
    kinds_for,
    objections_of,
    visible_reports,
)
from chibo.reports.selectors.making import draft_file, draft_for, keep_draft, kept_draft, key_of_draft, waiting_of
from chibo.units.selectors import home_unit, scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.core.registry import ReportKind, Scope
    from chibo.reports.models import Report
    from chibo.reports.selectors import Evidence
    from chibo.units.models import Unit

ISSUED = (
    Column(gettext_lazy("Số, ký hiệu"), "paper.symbol", 16, "code", link=link_to("reports:report")),
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
        "asked": [
            {
                "pk": one.pk,
                "period": one.period,
                "label": found.label if (found := kind_named(one.kind)) else one.kind,
            }
            for one in asked_for_in(request.actor, here)
        ],
        "table": Table(ISSUED, shown.rows, empty=_("Chưa ban hành báo cáo nào.")),
    }
    return page(request, "reports/index.html", context)


def draft(request: Request, kind: str, unit: int, period: Period) -> HttpResponse:
    """The report as it would be issued now; objections say why it may not be. POST has it made and issued.

    The page comes at once and asks for the paper, which it takes a while to compose.
    """
    here = unit_for(request.actor, unit, Can.ISSUE_REPORTS)
    asked, scope = _kind(request, kind, here), scope_of(here, period)
    form = IssueReportForm(request.POST or None, initial={"on": localdate()})
    wanted = submit(form, ask_for_report, here, actor=request.actor, kind=asked, period=period)
    if wanted:
        return _at_work(request, wanted)
    if request.GET.get("format") in FORMATS:
        return _draft_file(request, asked, scope, request.GET["format"])
    objections = [error_of(objection).messages[0] for objection in objections_of(asked, scope)]
    context = {
        "unit": here, "period": period, "kind": asked, "form": form, "objections": objections,
        "early": period.first > localdate(), "said": progress.read(key_of_draft(request.actor, asked, here)),
        "swapped": bool(request.headers.get("HX-Request")),
    }  # fmt: skip
    if request.GET.get("part") == "progress":
        return page(request, "reports/draft.html", context, partial="progress")
    if request.GET.get("part") == "paper":
        made = draft_for(request.actor, asked, scope, localdate())
        context |= {"preview": html_of(made.document), "figures": made.figures}
    return page(request, "reports/draft.html", context, partial="paper", status=422 if form.is_bound else 200)


def _draft_file(request: Request, kind: ReportKind, scope: Scope, suffix: str) -> HttpResponse:
    """The draft as a file. A browser first asks for it ``part`` by part, to show how far it is, then fetches what is ready."""
    context = {"suffix": suffix, "said": progress.read(key_of_draft(request.actor, kind, scope.unit, suffix))}
    part = request.GET.get("part", "")
    if part == "ready":
        keep_draft(request.actor, kind, scope, suffix, draft_file(request.actor, kind, scope, localdate(), suffix))
    if part in ("file", "progress", "ready"):
        return page(request, "reports/draft_file.html", context | {"part": part}, partial=part)
    content = kept_draft(request.actor, kind, scope, suffix) if part == "kept" else None
    content = content or draft_file(request.actor, kind, scope, localdate(), suffix)
    return download(content, f"{kind.code}-{scope.unit.key}-{scope.period}.{suffix}", FORMATS[suffix])


def _at_work(request: Request, wanted: Report) -> HttpResponse:
    """Leave the making to the background and show how it comes along."""
    if not wanted.issued_on:
        work.enqueue(wanted.pk, request.actor.user.pk)
    return redirect("reports:report", wanted.pk)


@require_POST
def run_now(request: Request, pk: int) -> HttpResponse:
    """Make the report at once, where nobody took it up or it was cut off."""
    wanted = get_object_or_404(visible_reports(request.actor), pk=pk)
    request.actor.require(Can.ISSUE_REPORTS, wanted)
    waiting = waiting_of(wanted)
    if waiting is not None and waiting.may_run_now:
        work.call(wanted.pk, request.actor.user.pk)
    return redirect("reports:report", wanted.pk)


def report(request: Request, pk: int) -> HttpResponse:
    """What was issued: its files, and each frozen figure beside what the records say today.

    ``figure`` opens the rows behind one of them, with those that were added or went since.
    """
    found = get_object_or_404(visible_reports(request.actor), pk=pk)
    if not found.issued_on:
        return _making(request, found)
    code = request.GET.get("figure", "")
    evidence = evidence_of(request.actor, found, code, localdate()) if code else None
    if code and evidence is None:
        raise Http404
    if evidence and request.GET.get("format") == "xlsx":
        return export(evidence.figure.label, _columns(evidence), evidence.rows.order_by(*evidence.figure.order))
    context = {"unit": found.unit, "report": found, "period": Period.parse(found.period)}
    context["lines"] = compared(found, localdate())
    return page(request, "reports/report.html", context | (_rows(request, evidence) if evidence else {}))


def _making(request: Request, found: Report) -> HttpResponse:
    """How far a report is that was asked for, or why it could not be issued."""
    waiting = waiting_of(found)
    context = {
        "unit": found.unit,
        "report": found,
        "period": Period.parse(found.period),
        "kind": kind_named(found.kind),
        "waiting": waiting,
        "may_issue": request.actor.may(Can.ISSUE_REPORTS, found.unit),
    }
    response = page(request, "reports/making.html", context, partial="progress")
    if request.headers.get("HX-Request") and waiting is None:
        response["HX-Refresh"] = "true"
    return response


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
    found = get_object_or_404(visible_reports(request.actor), pk=pk, issued_on__isnull=False)
    asked = request.method == "POST"
    form = ReturnedReportForm(request.POST if asked else None, request.FILES if asked else None)
    came = submit(form, came_back, found, today=localdate()) if asked else None
    context = {"unit": found.unit, "report": found, "form": form, "came": came}
    return page(request, "reports/returned.html", context, status=422 if asked and came is None else 200)


def file(request: Request, pk: int, suffix: str) -> HttpResponse:
    found = get_object_or_404(visible_reports(request.actor), pk=pk, issued_on__isnull=False)
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
