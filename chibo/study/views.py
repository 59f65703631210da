"""Classes, essays, and what is made known: of a unit in a period, one by one, cell by cell, and one's own."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import download, export, page, submit
from chibo.core.tables import Table
from chibo.core.values import Period, Share
from chibo.meetings.rules.kinds import kinds_of
from chibo.meetings.selectors import meeting_for
from chibo.papers.selectors.register import file_of as file_of_paper
from chibo.study.actions import (
    amend_class,
    amend_dissemination,
    ask_for_essays,
    confirm_reading,
    disseminate,
    hand_in_essay,
    mark_essay,
    note_reached,
    open_class,
    record_class,
    waive_essays,
)
from chibo.study.actions.reminding import remind_writers
from chibo.study.forms import (
    AmendSpreadForm,
    AskForm,
    ClassForm,
    ConfirmForm,
    HandInForm,
    MarkForm,
    ReachForm,
    RecordForm,
    SpreadForm,
    WaiveForm,
)
from chibo.study.rules import EssayState, Way
from chibo.study.selectors import (
    alike_percent,
    cell_for,
    cells_at,
    cells_to_note,
    class_for,
    class_of_meeting,
    classes_in,
    coverage_of,
    dissemination_for,
    disseminations_in,
    essay_for,
    essays_of,
    essays_side_by_side,
    file_of,
    near_copies,
    own_essays,
    own_reaches,
    present_in,
    proposed_roll,
    reach_lines,
    reach_of,
    readable_essay_for,
    rolls_for,
    years_attended,
)
from chibo.study.selectors.columns import CLASS_COLUMNS, COVERAGE_COLUMNS, ESSAY_COLUMNS, SPREAD_COLUMNS, state_of
from chibo.study.selectors.reminding import missing_of
from chibo.units.selectors import home_unit, scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def start(request: Request) -> HttpResponse:
    """The study of where one works, this year; who holds no post comes to their own."""
    unit = home_unit(request.actor, Can.SEE_STUDY)
    return redirect("study:index", unit.pk, str(localdate().year)) if unit else redirect("study:mine")


def mine(request: Request) -> HttpResponse:
    """One's own essays, and what one was told of or is still to read."""
    essays = [(essay, state_of(essay)) for essay in own_essays(request.actor)]
    return page(request, "study/mine.html", {"essays": essays, "reaches": own_reaches(request.actor)})


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """The classes of the period, and what is made known, for a cell or for a ward with its cells."""
    here = unit_for(request.actor, unit, Can.SEE_STUDY)
    scope = scope_of(here, period)
    classes, spread = classes_in(request.actor, here, scope), disseminations_in(request.actor, here, scope)
    if request.GET.get("format") == "xlsx":
        return export(_("Lớp học tập"), CLASS_COLUMNS, classes)
    context = {
        "unit": here,
        "period": period,
        "classes": Table(CLASS_COLUMNS, list(classes)),
        "spread": Table(SPREAD_COLUMNS, list(spread)),
        "years": years_attended(scope),
        "may_open": request.actor.may(Can.KEEP_MEETINGS, here) and "class" in kinds_of(here.level),
        "may_spread": request.actor.may(Can.LEAD_PROGRAMMES, here),
    }
    return page(request, "study/index.html", context)


# ------------------------------------------------------------------------------------------------ classes


def open_(request: Request, unit: int) -> HttpResponse:
    """Call a class."""
    here = unit_for(request.actor, unit, Can.SEE_STUDY)
    request.actor.require(Can.KEEP_MEETINGS, here)
    form = ClassForm(request.POST or None, unit=here, initial={"held_on": localdate()})
    if made := submit(form, open_class, here, actor=request.actor):
        messages.success(request, _("Đã mở lớp. Đến ngày học hãy điểm danh, rồi giao bài thu hoạch."))
        return redirect("study:class", made.pk)
    return page(request, "study/open.html", {"unit": here, "form": form}, status=_status(form))


def record(request: Request, meeting: int) -> HttpResponse:
    """Say what is studied at a class that was convened among the meetings."""
    here = meeting_for(request.actor, meeting)
    request.actor.require(Can.KEEP_MEETINGS, here)
    if found := class_of_meeting(here):
        return redirect("study:class", found.pk)
    form = RecordForm(request.POST or None, unit=here.unit, initial={"title": here.topic})
    if made := submit(form, record_class, here, actor=request.actor):
        messages.success(request, _("Đã lập hồ sơ lớp học."))
        return redirect("study:class", made.pk)
    return page(request, "study/record.html", {"unit": here.unit, "form": form}, status=_status(form))


def class_(request: Request, pk: int) -> HttpResponse:
    """One class: what is studied, who attended, whose essay is in, cell by cell."""
    here = class_for(request.actor, pk)
    cells = cells_at(request.actor, here)
    context = {
        "unit": here.unit,
        "class": here,
        "meeting": here.meeting,
        "cells": cells,
        "attended": Share(sum(c.present for c in cells), sum(c.counted for c in cells)),
        "written": Share(sum(c.handed_in for c in cells), sum(c.essays for c in cells)),
        "own": own_essays(request.actor).filter(study_class=here).first(),
        "may_keep": request.actor.may(Can.KEEP_MEETINGS, here.unit),
        "sees_meeting": request.actor.may(Can.SEE_MEETINGS, here.unit),
        "called": here.meeting.called.count(),
        "missing": missing_of(here, localdate()) if here.essays_due_on else None,
    }
    return page(request, "study/class.html", context)


def amend(request: Request, pk: int) -> HttpResponse:
    here = class_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, here)
    stored = {name: getattr(here, name) for name in ("title", "speaker", "theme", "programme", "paper")}
    form = RecordForm(request.POST or None, unit=here.unit, initial=stored, record=here)
    if submit(form, amend_class, here, actor=request.actor):
        messages.success(request, _("Đã lưu."))
        return redirect("study:class", here.pk)
    form.show_stored(class_for(request.actor, pk))
    return page(request, "study/record.html", {"unit": here.unit, "class": here, "form": form}, status=_status(form))


def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for essays, or say why not."""
    here = class_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, here)
    due = here.essays_due_on or max(localdate(), here.meeting.held_on) + timedelta(days=14)
    form = AskForm(request.POST or None, record=here, initial={"due_on": due})
    if submit(form, ask_for_essays, here, actor=request.actor):
        messages.success(request, _("Đã giao bài thu hoạch cho những đồng chí có mặt."))
        return redirect("study:class", here.pk)
    return _ask_page(request, here, form, WaiveForm(record=here))


@require_POST
def waive(request: Request, pk: int) -> HttpResponse:
    here = class_for(request.actor, pk)
    form = WaiveForm(request.POST, record=here)
    if submit(form, waive_essays, here, actor=request.actor):
        messages.success(request, _("Đã ghi: lớp này không yêu cầu bài thu hoạch."))
        return redirect("study:class", here.pk)
    return _ask_page(request, here, AskForm(record=here), form)


@require_POST
def remind(request: Request, pk: int) -> HttpResponse:
    """Write to those whose essay is missing."""
    here = class_for(request.actor, pk)
    form = ConfirmForm(request.POST)
    if submit(form, remind_writers, here, actor=request.actor, today=localdate()):
        messages.success(request, _("Thư nhắc đang được gửi tới những đồng chí còn thiếu bài."))
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("study:class", pk)


def _ask_page(request: Request, here: Any, form: Any, waiving: Any) -> HttpResponse:
    context = {"unit": here.unit, "class": here, "form": form, "waiving": waiving}
    return page(request, "study/ask.html", context, status=max(_status(form), _status(waiving)))


# ------------------------------------------------------------------------------------------------- essays


def essays(request: Request, pk: int, unit: int) -> HttpResponse:
    """The essays of a class in a cell, or in a ward: whose are in, and which are nearly the same."""
    here, place = class_for(request.actor, pk), unit_for(request.actor, unit, Can.SEE_STUDY)
    rows = list(essays_of(request.actor, here, place))
    if request.GET.get("format") == "xlsx":
        return export(_("Bài thu hoạch"), ESSAY_COLUMNS, rows)
    reads = request.actor.may(Can.READ_ESSAYS, place)
    copies = near_copies(rows, alike_percent(here.unit, here.meeting.held_on)) if reads else {}
    names = {row.pk: row.member for row in rows}
    context = {
        "unit": place,
        "class": here,
        "lines": [(row, state_of(row), _copy(copies.get(row.pk), names)) for row in rows],
        "reads": reads,
        "written": Share(sum(row.state != EssayState.DUE for row in rows), len(rows)),
        "many": len({row.unit_id for row in rows}) > 1,
    }
    return page(request, "study/essays.html", context)


def _copy(found: Any, names: dict[int, Any]) -> Any:
    """The other essay that this one resembles, by whom it is and how much."""
    return {"pk": found.other, "member": names[found.other], "percent": found.percent} if found else None


def essay(request: Request, pk: int) -> HttpResponse:
    """One essay: read, written, entered for who writes on paper, and found done or not."""
    here = essay_for(request.actor, pk)
    stored = {"text": here.text, "handed_in_on": localdate()}
    may_write = request.actor.may_on(Can.DO_STUDY, here) and here.state != EssayState.PASSED
    if request.POST:
        request.actor.require(Can.DO_STUDY, here)
    form = HandInForm(request.POST or None, request.FILES or None, initial=stored, record=here)
    if submit(form, hand_in_essay, here, actor=request.actor, today=localdate()):
        messages.success(request, _("Đã nộp bài thu hoạch."))
        return redirect("study:essay", here.pk)
    form.show_stored(essay_for(request.actor, pk), {"text": essay_for(request.actor, pk).text})
    return _essay_page(request, pk, form if may_write else None, None)


@require_POST
def mark(request: Request, pk: int) -> HttpResponse:
    """Find that the essay is done, or say what it lacks."""
    here = readable_essay_for(request.actor, pk)
    form = MarkForm(request.POST, record=here)
    if submit(form, mark_essay, here, actor=request.actor):
        messages.success(request, _("Đã ghi nhận xét."))
        return redirect("study:essays", here.study_class_id, here.unit_id)
    return _essay_page(request, pk, None, form)


def _essay_page(request: Request, pk: int, form: Any, marking: Any) -> HttpResponse:
    here = essay_for(request.actor, pk)
    reads, may_mark = request.actor.may_on(Can.READ_ESSAYS, here), request.actor.may(Can.MARK_ESSAYS, here.unit)
    initial = {"mark": here.state, "comment": here.comment}
    offered = MarkForm(record=here, initial=initial) if may_mark and here.state != EssayState.DUE else None
    context = {
        "unit": here.unit,
        "essay": here,
        "class": here.study_class,
        "state": state_of(here),
        "form": form,
        "marking": marking or offered,
        "own": request.actor.owns(here),
        "reads": reads,
    }
    return page(request, "study/essay.html", context, status=_status(marking or form))


def file(request: Request, pk: int) -> HttpResponse:
    return download(*file_of(readable_essay_for(request.actor, pk)))


def compare(request: Request, pk: int, other: int) -> HttpResponse:
    """Two essays of a class side by side, with what stands in both marked: for who may read both."""
    left, right = readable_essay_for(request.actor, pk), readable_essay_for(request.actor, other)
    request.actor.require(Can.MARK_ESSAYS, left)
    request.actor.require(Can.MARK_ESSAYS, right)
    context = {"unit": left.unit, "left": left, "right": right, "pairs": essays_side_by_side(left, right)}
    return page(request, "study/compare.html", context)


# ----------------------------------------------------------------------------------------- dissemination


def spread_new(request: Request, unit: int) -> HttpResponse:
    """Begin to make a document or a theme known."""
    here, today = unit_for(request.actor, unit, Can.SEE_STUDY), localdate()
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    initial = {"opened_on": today, "due_on": today + timedelta(days=30), "paper": request.GET.get("paper")}
    form = SpreadForm(request.POST or None, unit=here, initial={**initial, "theme": request.GET.get("theme")})
    if made := submit(form, disseminate, here, actor=request.actor):
        messages.success(request, _("Đã bắt đầu phổ biến. Các chi bộ thấy việc này trên bàn làm việc."))
        return redirect("study:spread", made.pk)
    return page(request, "study/disseminate.html", {"unit": here, "form": form}, status=_status(form))


def spread(request: Request, pk: int) -> HttpResponse:
    """What is made known: its digest, whom it reached cell by cell, and one's own line."""
    here = dissemination_for(request.actor, pk)
    covered = coverage_of(request.actor, here)
    if request.GET.get("format") == "xlsx":
        return export(_("Phổ biến đến chi bộ"), COVERAGE_COLUMNS, covered)
    own = reach_of(request.actor, here)
    holds = bool(request.actor.reach(Can.SEE_STUDY))
    context = {
        "unit": here.unit,
        "spread": here,
        "covered": covered if holds else [],
        "share": Share(sum(c.share.part for c in covered), sum(c.share.base for c in covered)),
        "own": own,
        "confirm": ConfirmForm() if own and own.reached_on is None else None,
        "noted": {cell.pk for cell in cells_to_note(request.actor, here)},
        "may_lead": request.actor.may(Can.LEAD_PROGRAMMES, here.unit),
    }
    return page(request, "study/spread.html", context)


def amend_spread(request: Request, pk: int) -> HttpResponse:
    here = dissemination_for(request.actor, pk)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    stored = {name: getattr(here, name) for name in ("due_on", "digest", "asks")}
    form = AmendSpreadForm(request.POST or None, initial=stored, record=here)
    if submit(form, amend_dissemination, here, actor=request.actor):
        messages.success(request, _("Đã lưu."))
        return redirect("study:spread", here.pk)
    form.show_stored(dissemination_for(request.actor, pk))
    return page(
        request, "study/disseminate.html", {"unit": here.unit, "spread": here, "form": form}, status=_status(form)
    )


def digest(request: Request, pk: int) -> HttpResponse:
    """The digest on one page, to read out, to print, to hang up."""
    here = dissemination_for(request.actor, pk)
    return page(request, "study/digest.html", {"unit": here.unit, "spread": here})


def document(request: Request, pk: int) -> HttpResponse:
    """The document itself, for everybody whom it is to reach."""
    here = dissemination_for(request.actor, pk)
    if here.paper is None:
        raise Http404
    return download(*file_of_paper(here.paper))


def reach(request: Request, pk: int, unit: int) -> HttpResponse:
    """All members of a cell on one page: whom it reached, proposed by the roll of a meeting."""
    here = dissemination_for(request.actor, pk)
    cell = cell_for(request.actor, here, unit)
    request.actor.require(Can.NOTE_REACH, cell)
    roll = proposed_roll(here, cell, request.GET.get("meeting", ""))
    initial = {"way": _way(roll), "reached_on": roll.held_on if roll else localdate(), "meeting": roll}
    form = ReachForm(request.POST or None, dissemination=here, cell=cell, initial=initial)
    if submit(form, note_reached, cell, actor=request.actor, dissemination=here, today=localdate()):
        messages.success(request, _("Đã ghi. Những đồng chí chưa đánh dấu vẫn ở danh sách phải phổ biến."))
        return redirect("study:spread", here.pk)
    lines, present = reach_lines(here, cell, localdate()), present_in(roll, cell)
    ticked = form.cleaned_data.get("members", set()) if form.is_bound and hasattr(form, "cleaned_data") else present
    context = {
        "unit": cell,
        "spread": here,
        "form": form,
        "lines": [(line, line.is_reached or line.member.pk in ticked) for line in lines],
        "rolls": rolls_for(here, cell)[:6],
        "roll": roll,
        "share": Share(sum(line.is_reached for line in lines), len(lines)),
    }
    return page(request, "study/reach.html", context, status=_status(form))


@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """The member says that they have read it."""
    own = reach_of(request.actor, dissemination_for(request.actor, pk))
    if own is None:
        raise Http404
    if own.reached_on is None:
        submit(ConfirmForm(request.POST), confirm_reading, own, actor=request.actor, today=localdate())
        messages.success(request, _("Đã ghi: đồng chí đã đọc."))
    return redirect("study:spread", pk)


def _way(roll: Any) -> str:
    if roll is None:
        return Way.PAPER.value
    return Way.CLASS.value if roll.kind == "class" else Way.MEETING.value


def _status(form: Any) -> int:
    return 422 if form is not None and form.is_bound else 200
