"""The inspected's own report; and a survey's visits and cross-table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import export, page, refused, say_refusal, submit
from chibo.inspections.actions.answers import hand_in_self_report, report_back, write_self_report
from chibo.inspections.actions.verifying import note_attended, plan_visit, strike_visit
from chibo.inspections.forms import AttendedForm, PlainForm, VisitForm
from chibo.inspections.forms.verifying import SelfReportForm
from chibo.inspections.selectors import led_for, subject_for, visit_for
from chibo.inspections.selectors.answers import self_report
from chibo.inspections.selectors.surveys import cross_columns, crosstab, frequencies, meetings_to_visit, visits_of
from chibo.inspections.views.openings import opened

if TYPE_CHECKING:
    from chibo.access.request import Request


def self_report_page(request: Request, subject: int) -> HttpResponse:
    """The report of the inspected: begun from the records, edited, handed in; then read beside what was computed."""
    sight, here = subject_for(request.actor, subject)
    opened(request, sight)
    may_write = request.actor.may_on(Can.ANSWER_INSPECTIONS, here) and not here.handed_on and sight.open
    lines = self_report(here)
    form = SelfReportForm(request.POST or None, lines=lines, record=here)
    if request.POST:
        request.actor.require(Can.ANSWER_INSPECTIONS, here)
        sending = "send" in request.POST
        done = (
            submit(form, hand_in_self_report, here, actor=request.actor, on=localdate())
            if sending
            else submit(form, write_self_report, here, actor=request.actor)
        )
        if done is not None:
            messages.success(request, _("Đã gửi báo cáo tự kiểm tra.") if sending else _("Đã lưu nháp, chưa gửi."))
            return redirect("inspections:self_report", here.pk)
        form.show_stored(subject_for(request.actor, subject)[1], form.stored_answers())
    context = {
        "unit": here.unit, "inspection": sight.inspection, "subject": here, "sight": sight, "form": form,
        "rows": form.rows(), "may_write": may_write,
        "may_send": here.member_id or request.actor.may(Can.NUMBER_PAPERS, here.unit),
        "due": sight.inspection.steps.filter(code="self_report").first(),
        "differing": [line for line in lines if line.differs],
    }  # fmt: skip
    return page(request, "inspections/self_report.html", context, status=422 if form.is_bound else 200)


@require_POST
def back(request: Request, subject: int) -> HttpResponse:
    """Report back that all is mended."""
    sight, here = subject_for(request.actor, subject)
    form = PlainForm(request.POST)
    if submit(form, report_back, here, actor=request.actor, on=localdate()) is not None:
        messages.success(request, _("Đã báo cáo kết quả khắc phục."))
    else:
        say_refusal(request, form)
    return redirect("inspections:inspection", sight.inspection.pk)


# ------------------------------------------------------------------------------------------------ survey


def visits(request: Request, inspection: int) -> HttpResponse:
    """Who goes where on which day, and the meeting attended there."""
    sight = opened(request, led_for(request.actor, inspection))
    here = sight.inspection
    team = here.team.select_related("member")
    form = VisitForm(request.POST or None, subjects=sight.subjects, team=team) if sight.may_lead else None
    if request.POST:
        request.actor.require(Can.LEAD_INSPECTIONS, here.unit)
    if form and submit(form, plan_visit, here, actor=request.actor) is not None:
        messages.success(request, _("Đã phân công."))
        return redirect("inspections:visits", here.pk)
    rows = [
        (visit, AttendedForm(meetings=meetings_to_visit(visit.subject), initial={"meeting": visit.meeting_id}, prefix=f"v{visit.pk}"))
        for visit in visits_of(here)
    ]  # fmt: skip
    context = {"unit": here.unit, "inspection": here, "sight": sight, "rows": rows, "form": form}
    return page(request, "inspections/visits.html", context, status=422 if form and form.is_bound else 200)


@require_POST
def strike(request: Request, visit: int) -> HttpResponse:
    """Take a visit back."""
    sight, here = visit_for(request.actor, visit)
    submit(PlainForm(request.POST), strike_visit, here, actor=request.actor)
    return redirect("inspections:visits", sight.inspection.pk)


@require_POST
def attended(request: Request, visit: int) -> HttpResponse:
    """Say which meeting was attended."""
    sight, here = visit_for(request.actor, visit)
    form = AttendedForm(request.POST, meetings=meetings_to_visit(here.subject), prefix=f"v{here.pk}")
    if submit(form, note_attended, here.subject, actor=request.actor, visit=here) is not None:
        messages.success(request, _("Đã ghi buổi sinh hoạt đã dự."))
        return redirect("inspections:verify", here.subject_id)
    back = reverse("inspections:visits", args=[sight.inspection.pk])
    return refused(request, form, _("Buổi sinh hoạt đã dự"), back, unit=sight.inspection.unit)


def crosstab_page(request: Request, inspection: int) -> HttpResponse:
    """Criterion × subject, and how often each shortcoming was found."""
    sight = opened(request, led_for(request.actor, inspection))
    here = sight.inspection
    subjects, rows = crosstab(here)
    if request.GET.get("format") == "xlsx":
        return export(_("Tiêu chí và nơi được xem"), cross_columns(subjects), rows)
    context = {
        "unit": here.unit, "inspection": here, "sight": sight, "subjects": subjects, "rows": rows,
        "frequencies": frequencies(here),
    }  # fmt: skip
    return page(request, "inspections/crosstab.html", context)
