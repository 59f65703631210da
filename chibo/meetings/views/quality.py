"""The quality of a meeting: its sheet with two columns, and the sheets that the office sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.http import page, submit
from chibo.meetings.actions.quality import score_meeting, score_visited_meeting, set_quality_form
from chibo.meetings.forms.quality import QualityFormForm, ScoreForm
from chibo.meetings.rules.quality import EXAMPLE_LEVELS, EXAMPLE_NAME, EXAMPLE_SOURCE, FACTS, example_lines
from chibo.meetings.selectors import meeting_for
from chibo.meetings.selectors.quality import forms_of, sheet_of
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def quality(request: Request, meeting: int) -> HttpResponse:
    """A meeting's sheet: what facts propose with the reason, the cell's column beside the visitor's, and the gap."""
    here, sheet = meeting_for(request.actor, meeting), None
    keeps = request.actor.may(Can.KEEP_MEETINGS, here.unit)
    rates = request.actor.may(Can.RATE_MEETINGS, here.unit)
    if request.method == "POST" and not keeps:
        request.actor.require(Can.RATE_MEETINGS, here.unit)
    sheet, form = sheet_of(here), None
    if sheet is not None and (keeps or rates):
        form = ScoreForm(request.POST or None, sheet=sheet, column="cell" if keeps else "visitor")
        act = score_meeting if keeps else score_visited_meeting
        if submit(form, act, here, actor=request.actor, today=localdate()):
            messages.success(request, _("Đã lưu bảng chấm điểm."))
            return redirect("meetings:quality", here.pk)
    rows = (
        [(line, form[f"points-{line.pk}"], form[f"reason-{line.pk}"]) for line in sheet.lines]
        if sheet and form
        else []
    )
    context = {
        "unit": here.unit,
        "meeting": here,
        "sheet": sheet,
        "form": form,
        "rows": rows,
        "as_visitor": rates and not keeps,
        "may_set": request.actor.may(Can.SET_RULES, here.unit),
    }
    return page(request, "meetings/quality.html", context, status=422 if form and form.is_bound else 200)


def quality_forms(request: Request, unit: int) -> HttpResponse:
    """The sheets used here, dated; the office sets the next one, from the example or its own."""
    here = unit_for(request.actor, unit, Can.SEE_MEETINGS)
    request.actor.require(Can.SET_RULES, here)
    example = {"name": EXAMPLE_NAME, "source": EXAMPLE_SOURCE, "levels": EXAMPLE_LEVELS, "criteria": example_lines()}
    form = QualityFormForm(request.POST or None, initial=example if "example" in request.GET else {})
    if submit(form, set_quality_form, here, actor=request.actor):
        messages.success(request, _("Đã dùng biểu điểm này."))
        return redirect("meetings:quality_forms", here.pk)
    context = {
        "unit": here,
        "forms": forms_of(here),
        "form": form,
        "facts": [name for name, _fill in FACTS.values()],
        "is_example": "example" in request.GET,
    }
    return page(request, "meetings/quality_forms.html", context, status=422 if form.is_bound else 200)
