"""Monthly evaluation: the whole cell on one page, one evaluation, the member's report and answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import page, say_refusal, submit
from chibo.core.values import Period
from chibo.meetings.rules import MeetingState
from chibo.meetings.selectors import meeting_for
from chibo.plans.actions import (
    amend_evaluation,
    answer_evaluation,
    evaluate_cell,
    evaluate_plan,
    record_answer,
    report_on_plan,
    withdraw_evaluation,
)
from chibo.plans.forms.evaluations import (
    LEVELS,
    REMARKS,
    AmendForm,
    AnswerForm,
    CellForm,
    EvaluationForm,
    ReportForm,
    evaluation_form,
    stored_of,
)
from chibo.plans.selectors.evaluations import (
    due_rows,
    evaluation_for,
    is_evaluated,
    row_to_evaluate,
    rows_to_evaluate,
    self_report_of,
)
from chibo.plans.selectors.plans import readable_plan_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def evaluate(request: Request, meeting: int) -> HttpResponse:
    """Evaluate a whole cell by keyboard or thumb; who may not, or after closing, reads it."""
    here = meeting_for(request.actor, meeting)
    request.actor.require(Can.SEE_PLANS, here)
    form = CellForm(request.POST or None, rows=rows_to_evaluate(here))
    if submit(form, evaluate_cell, here, actor=request.actor, today=localdate()) is not None:
        messages.success(request, _("Đã lưu đánh giá."))
        return redirect("plans:evaluate_cell", here.pk)
    return _cell_page(request, here, form, 422 if form.is_bound else 200)


def _cell_page(request: Request, here: Any, form: CellForm, status: int) -> HttpResponse:
    rows = rows_to_evaluate(here)
    form.catch_up(rows)
    closed = here.state == MeetingState.CLOSED
    lacking = [row for row in rows if closed and row.plan and row.found is None] if _asks_lacking(request) else []
    context = {
        "unit": here.unit,
        "meeting": here,
        "form": form,
        "rows": [(row, form.lines.get(row.plan.pk) if row.plan else None) for row in lacking or rows],
        "lacking": lacking,
        "closed": closed,
        "may_edit": not closed and request.actor.may(Can.EVALUATE_PLANS, here.unit),
        "may_amend": closed and request.actor.may(Can.CLOSE_MEETINGS, here.unit),
        "may_read": request.actor.may(Can.READ_PLANS, here.unit),
        **_grid(rows),
    }
    return page(request, "plans/evaluate_cell.html", context, status=status)


def _asks_lacking(request: Request) -> bool:
    """Whether only those are asked for whom the meeting did not evaluate: where a warning leads."""
    return request.GET.get("show") == "lacking"


@require_POST
def evaluate_one(request: Request, meeting: int, plan: int) -> HttpResponse:
    """Save one line as one goes, or undo the last saving."""
    here = meeting_for(request.actor, meeting)
    was = row_to_evaluate(here, plan)
    form = evaluation_form(was, request.POST)
    if form.is_valid() and not form.cleaned_data["level"]:
        form.cleaned_data = {"seen": form.cleaned_data["seen"]}
        submit(form, withdraw_evaluation, here, actor=request.actor, plan=was.plan)
    else:
        submit(form, evaluate_plan, here, actor=request.actor, plan=was.plan, today=localdate())
    row, undone = row_to_evaluate(here, plan), "undo" in request.POST and not form.errors
    if form.is_conflict or not form.errors:
        form.know(row.version)
    if not request.headers.get("HX-Request"):
        return _line_page(request, here, plan, form) if form.errors else redirect("plans:evaluate_cell", here.pk)
    context = {
        "meeting": here,
        "row": row,
        "was_json": json.dumps(stored_of(was)),
        "line": evaluation_form(row) if undone else form,
        "changed": not form.errors and not undone and stored_of(was) != stored_of(row),
        "may_edit": True,
        "may_read": True,
        **_grid(rows_to_evaluate(here)),
    }
    response = page(
        request, "plans/evaluate_cell.html", context, partial="line_and_count" if undone else "mark_and_count"
    )
    if undone:
        response["HX-Retarget"], response["HX-Reswap"] = f"#line-{plan}", "outerHTML"
    return response


def _line_page(request: Request, here: Any, plan: int, form: EvaluationForm) -> HttpResponse:
    """Without a script: the whole cell again, with the refused line as it was typed."""
    say_refusal(request, form)
    whole = CellForm(rows=rows_to_evaluate(here))
    whole.lines[plan] = form
    return _cell_page(request, here, whole, 422)


def amend(request: Request, meeting: int, plan: int) -> HttpResponse:
    """Add or change an evaluation of a closed meeting, with a reason for its minutes."""
    here = meeting_for(request.actor, meeting)
    request.actor.require(Can.CLOSE_MEETINGS, here)
    row = row_to_evaluate(here, plan)
    initial = {**stored_of(row), "amended_on": localdate(), "seen": row.version}
    form = AmendForm(request.POST or None, initial=initial)
    if submit(form, amend_evaluation, here, actor=request.actor, plan=row.plan) is not None:
        messages.success(request, _("Đã sửa đánh giá và ghi đính chính vào biên bản."))
        return redirect("plans:evaluate_cell", here.pk)
    context = {"unit": here.unit, "meeting": here, "row": row, "form": form}
    return page(request, "plans/amend.html", context, status=422 if form.is_bound else 200)


def evaluation(request: Request, evaluation: int) -> HttpResponse:
    """One evaluation: what the cell found; the member answers it, or the cell committee writes the answer down."""
    found = evaluation_for(request.actor, evaluation)
    own, may_record = request.actor.owns(found), request.actor.may(Can.EVALUATE_PLANS, found.unit)
    if request.POST and not (own or may_record):
        raise Http404
    form = AnswerForm(request.POST or None, record=found, initial={"answer": found.answer})
    if submit(form, answer_evaluation if own else record_answer, found, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi ý kiến tiếp thu."))
        return redirect("plans:evaluation", found.pk)
    fresh = evaluation_for(request.actor, evaluation)
    form.show_stored(fresh)
    context = {
        "unit": found.unit,
        "evaluation": fresh,
        "form": form,
        "own": own,
        "may_answer": own or (may_record and (fresh.on_behalf or not fresh.answer)),
        "may_read": request.actor.may_on(Can.READ_PLANS, found),
        "may_see_meeting": request.actor.may(Can.SEE_MEETINGS, found.unit),
    }
    return page(request, "plans/evaluation.html", context, status=422 if form.is_bound else 200)


def report(request: Request, plan: int, month: Period) -> HttpResponse:
    """The member's own report on the plan for a month, before the meeting."""
    here = readable_plan_for(request.actor, plan)
    request.actor.require(Can.WRITE_PLANS, here)
    written = self_report_of(here, month.first)
    form = ReportForm(request.POST or None, initial={"reported": written.reported if written else ""})
    if submit(form, report_on_plan, here, actor=request.actor, month=month.first) is not None:
        messages.success(request, _("Đã lưu báo cáo. Chi bộ sẽ nghe trong kỳ sinh hoạt."))
        return redirect("plans:plan", here.pk)
    context = {
        "unit": here.unit,
        "plan": here,
        "month": month.first,
        "own": request.actor.owns(here),
        "form": form,
        "evaluated": is_evaluated(here, month.first),
        "items": here.items.all(),
    }
    return page(request, "plans/report.html", context, status=422 if form.is_bound else 200)


def _grid(rows: list[Any]) -> dict[str, Any]:
    due = due_rows(rows)
    return {
        "levels": LEVELS,
        "remarks": REMARKS,
        "due": len(due),
        "done": sum(row.found is not None for row in due),
    }
