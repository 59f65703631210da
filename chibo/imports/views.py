"""Pages of bringing a workbook in: upload, columns, preview, progress, result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import export, page, submit
from chibo.core.registry import Column
from chibo.core.tables import Filter, Table, page_by_key
from chibo.imports.actions import choose_columns, confirm_run, discard_run, receive_workbook, undo_run
from chibo.imports.actions.jobs import work
from chibo.imports.forms import ColumnsForm, ConfirmForm, UploadForm
from chibo.imports.selectors import (
    STATE_ORDER,
    importers_for,
    may_be_undone,
    run_for,
    run_state,
    visible_runs,
    waiting_of,
    writable_rows,
)
from chibo.imports.selectors.previewing import all_rows_of, importer_of, rows_of
from chibo.imports.selectors.reading import columns_to_choose
from chibo.units.selectors import home_unit, unit_choices, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.imports.models import Run

RUNS = (
    Column(_("Tệp"), "file_name", 40, link=lambda run: f"/imports/{run.pk}/"),
    Column(_("Tổ chức"), "unit.name", 28),
    Column(_("Tình trạng"), run_state, 18, "state"),
    Column(_("Tải lên"), "entered_at", 18, "date"),
    Column(_("Người nhập"), "done_by.name", 24),
)
ROWS = (
    Column(_("Dòng"), "number", 8, "number"),
    Column(_("Trang tính"), "sheet", 16),
    Column(_("Tên"), "label", 28),
    Column(_("Kết quả"), lambda row: row.state.label, 14),
    Column(_("Ô"), "cell", 8),
    Column(_("Lý do"), "reason", 50),
    Column(_("Lưu ý"), lambda row: " ".join(row.notes), 50),
)


def start(request: Request) -> HttpResponse:
    """Where one's own office brings lists in."""
    unit = home_unit(request.actor, Can.BRING_LISTS)
    if unit is None:
        raise Http404
    return redirect("imports:index", unit.pk)


def index(request: Request, unit: int) -> HttpResponse:
    """Upload a workbook; the earlier ones below."""
    here = unit_for(request.actor, unit, Can.BRING_LISTS)
    form = UploadForm(request.POST or None, request.FILES or None, importers=importers_for(request.actor, here))
    if request.method == "POST" and form.is_valid():
        run = submit(form, receive_workbook, here, form.upload, actor=request.actor)
        if run is not None:
            return _at_work(request, run)
    shown = page_by_key(visible_runs(request.actor, here), order=("-pk",), after=request.GET.get("after"), size=20)
    context = {
        "unit": here,
        "unit_choices": unit_choices(request.actor, here, Can.BRING_LISTS, reverse("imports:index", args=[0])),
        "form": form,
        "runs": Table(RUNS, shown.rows, empty=_("Chưa nhập tệp nào.")),
        "page": shown,
    }
    return page(request, "imports/index.html", context, status=422 if form.errors else 200)


def show(request: Request, pk: int) -> HttpResponse:
    """Where the run stands: progress, columns to choose, preview, or result."""
    return _show(request, run_for(request.actor, pk), ConfirmForm())


def _show(request: Request, run: Run, form: ConfirmForm) -> HttpResponse:
    state, after = request.GET.get("state", ""), request.GET.get("after")
    if request.GET.get("format") == "xlsx":
        return export(run.file_name, ROWS, all_rows_of(run, state=state))
    counts = [(code, words, run.counts.get(code, 0)) for code, words in STATE_ORDER if run.counts.get(code)]
    context = {
        "run": run,
        "unit": run.unit,
        "importer": importer_of(run),
        "form": form,
        "waiting": waiting_of(run),
        "counts": run.counts,
        "filters": [Filter("state", _("Xem"), [(code, _(words), count) for code, words, count in counts])],
        "rows": rows_of(run, state=state, after=after),
        "run_chip": run_state(run),
        "writable": writable_rows(run),
        "may_undo": may_be_undone(run, localdate()),
    }
    response = page(request, "imports/show.html", context, partial="progress", status=422 if form.errors else 200)
    if request.headers.get("HX-Request") and context["waiting"] is None:
        response["HX-Refresh"] = "true"
    return response


def columns(request: Request, pk: int) -> HttpResponse:
    """Say which column is which."""
    run = run_for(request.actor, pk)
    found = columns_to_choose(run)
    if found is None:
        return redirect("imports:show", run.pk)
    initial = {"header": run.tables[0]["header"] + 1}
    form = ColumnsForm(request.POST or None, importer=importer_of(run), columns=found, record=run, initial=initial)
    if submit(form, choose_columns, run, actor=request.actor):
        return _at_work(request, run)
    context = {"run": run, "unit": run.unit, "form": form, "importer": importer_of(run)}
    return page(request, "imports/columns.html", context, status=422 if form.errors else 200)


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """Have the preview written."""
    run = run_for(request.actor, pk)
    form = ConfirmForm(request.POST)
    if submit(form, confirm_run, run, actor=request.actor):
        return _at_work(request, run)
    return _show(request, run, form)


@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Have all of it taken back."""
    run = run_for(request.actor, pk)
    form = ConfirmForm({"mode": "good"})
    form.fields.clear()
    if submit(form, undo_run, run, actor=request.actor, today=localdate()):
        return _at_work(request, run)
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("imports:show", run.pk)


@require_POST
def run_now(request: Request, pk: int) -> HttpResponse:
    """Do the waiting work at once, where nobody took it up or it was cut off."""
    run = run_for(request.actor, pk)
    waiting = waiting_of(run)
    if waiting is not None and waiting.may_run_now:
        work.call(run.pk, request.actor.user.pk)
    return redirect("imports:show", run.pk)


@require_POST
def discard(request: Request, pk: int) -> HttpResponse:
    """Put the workbook aside."""
    run = run_for(request.actor, pk)
    form = ConfirmForm({"mode": "good"})
    form.fields.clear()
    if submit(form, discard_run, run, actor=request.actor):
        messages.success(request, _("Đã bỏ tệp %(name)s; sổ không thay đổi.") % {"name": run.file_name})
    return redirect("imports:index", run.unit.pk)


def _at_work(request: Request, run: Run) -> HttpResponse:
    """Leave the work to the background and show how it comes along."""
    work.enqueue(run.pk, request.actor.user.pk)
    return redirect("imports:show", run.pk)
