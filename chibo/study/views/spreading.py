"""What is made known: begun, its page, its digest, and whom it reached cell by cell."""

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
from chibo.core.values import Share
from chibo.papers.selectors.register import file_of as file_of_paper
from chibo.study.actions import amend_dissemination, confirm_reading, disseminate, note_reached
from chibo.study.forms import AmendSpreadForm, ConfirmForm, ReachForm, SpreadForm
from chibo.study.rules import Way
from chibo.study.selectors.columns import COVERAGE_COLUMNS
from chibo.study.selectors.spreading import (
    cell_for,
    cells_to_note,
    coverage_of,
    dissemination_for,
    present_in,
    proposed_roll,
    reach_lines,
    reach_of,
    rolls_for,
)
from chibo.study.views import status_of
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def spread_new(request: Request, unit: int) -> HttpResponse:
    """Begin to make a document or a theme known."""
    here, today = unit_for(request.actor, unit, Can.SEE_STUDY), localdate()
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    initial = {"opened_on": today, "due_on": today + timedelta(days=30), "paper": request.GET.get("paper")}
    form = SpreadForm(request.POST or None, unit=here, initial={**initial, "theme": request.GET.get("theme")})
    if made := submit(form, disseminate, here, actor=request.actor):
        messages.success(request, _("Đã bắt đầu phổ biến. Các chi bộ thấy việc này trên bàn làm việc."))
        return redirect("study:spread", made.pk)
    context = {"unit": here, "form": form, "may_register": request.actor.may(Can.KEEP_PAPERS, here)}
    return page(request, "study/disseminate.html", context, status=status_of(form))


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
        request, "study/disseminate.html", {"unit": here.unit, "spread": here, "form": form}, status=status_of(form)
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
    return page(request, "study/reach.html", context, status=status_of(form))


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
