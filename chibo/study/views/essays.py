"""Essays of a class: whose are in, one to read, to write and to mark, two side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import download, export, page, submit
from chibo.core.values import Share
from chibo.study.actions import hand_in_essay, mark_essay
from chibo.study.forms import HandInForm, MarkForm
from chibo.study.rules import EssayState
from chibo.study.selectors import class_for
from chibo.study.selectors.columns import ESSAY_COLUMNS, state_of
from chibo.study.selectors.essays import (
    alike_percent,
    essay_for,
    essays_of,
    essays_side_by_side,
    file_of,
    near_copies,
    readable_essay_for,
)
from chibo.study.views import status_of
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


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
    return page(request, "study/essay.html", context, status=status_of(marking or form))


def file(request: Request, pk: int) -> HttpResponse:
    return download(*file_of(readable_essay_for(request.actor, pk)))


def compare(request: Request, pk: int, other: int) -> HttpResponse:
    """Two essays of a class side by side, with what stands in both marked: for who may read both."""
    left, right = readable_essay_for(request.actor, pk), readable_essay_for(request.actor, other)
    request.actor.require(Can.MARK_ESSAYS, left)
    request.actor.require(Can.MARK_ESSAYS, right)
    context = {"unit": left.unit, "left": left, "right": right, "pairs": essays_side_by_side(left, right)}
    return page(request, "study/compare.html", context)
