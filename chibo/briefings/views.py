"""The pages of briefings: the ward's list, one sheet for each, a cell's return, the screen, the conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.briefings.actions import (
    arrange_briefing,
    call_briefing,
    call_off_briefing,
    conclude_briefing,
    correct_conclusion,
    give_direction,
    send_return,
    take_back_return,
    write_conclusion,
    write_return,
)
from chibo.briefings.forms import (
    ArrangeForm,
    CallForm,
    CallOffForm,
    ConclusionForm,
    CorrectionForm,
    DirectionForm,
    ReturnForm,
)
from chibo.briefings.rules import Rhythm
from chibo.briefings.selectors import (
    briefing_for,
    gaps_of,
    is_concluded,
    last_briefing_of,
    lines_of,
    return_for,
    returns_of_cell,
    sees_whole,
    whole_briefing_for,
)
from chibo.briefings.selectors.columns import BRIEFING_COLUMNS, RETURN_COLUMNS, SHEET_COLUMNS, WARD_COLUMN
from chibo.briefings.selectors.document import composed_minutes, minutes_paper, notice_paper
from chibo.briefings.selectors.sheets import begun, directed_to, may_change, promised_before, sheet_of
from chibo.core.http import DOCX, PDF, download, export, page, say_refusal, submit
from chibo.core.tables import Table
from chibo.core.values import Period
from chibo.papers.selectors import html_of, paper_file
from chibo.units.rules import Level
from chibo.units.selectors import home_unit, scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.core.registry import Scope

FILES = {"docx": DOCX, "pdf": PDF}
"""The files of a paper, by what ``?format=`` asks for."""


# ------------------------------------------------------------------------------------------------- lists


def start(request: Request) -> HttpResponse:
    """The briefings of where one works, this year."""
    unit = home_unit(request.actor, Can.SEE_BRIEFINGS)
    if unit is None:
        raise Http404
    return redirect("briefings:index", unit.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """A ward's briefings of the period; in a cell, its own returns and what it was directed."""
    scope = scope_of(unit_for(request.actor, unit, Can.SEE_BRIEFINGS), period)
    return (_cell_page if scope.unit.pk in scope.cells else _ward_page)(request, scope)


def _cell_page(request: Request, scope: Scope) -> HttpResponse:
    rows = returns_of_cell(request.actor, scope)
    if request.GET.get("format") == "xlsx":
        return export(_("Báo cáo giao ban"), RETURN_COLUMNS, rows)
    context = {
        "unit": scope.unit,
        "period": scope.period,
        "is_cell": True,
        "rows": rows,
        "table": Table(RETURN_COLUMNS, rows),
        "directed": directed_to(scope.unit, scope.today),
    }
    return page(request, "briefings/index.html", context)


def _ward_page(request: Request, scope: Scope) -> HttpResponse:
    rows, is_ward = lines_of(scope), scope.unit.level == Level.WARD
    columns = BRIEFING_COLUMNS if is_ward else (BRIEFING_COLUMNS[0], WARD_COLUMN, *BRIEFING_COLUMNS[1:])
    if request.GET.get("format") == "xlsx":
        return export(_("Giao ban"), columns, rows)
    context = {
        "unit": scope.unit,
        "period": scope.period,
        "rows": rows,
        "table": Table(columns, rows),
        "may_call": is_ward and request.actor.may(Can.LEAD_BRIEFINGS, scope.unit),
    }
    return page(request, "briefings/index.html", context)


# ----------------------------------------------------------------------------------------------- calling


def call(request: Request, unit: int) -> HttpResponse:
    """Call the cells to a briefing; one that was held already may be entered now."""
    here = unit_for(request.actor, unit, Can.SEE_BRIEFINGS)
    request.actor.require(Can.LEAD_BRIEFINGS, here)
    form = CallForm(request.POST or None, unit=here, initial=_usual(here))
    made = submit(form, call_briefing, here, actor=request.actor)
    if made is not None:
        messages.success(request, _("Đã triệu tập giao ban; các chi bộ thấy hạn gửi báo cáo trên bàn làm việc."))
        return redirect("briefings:briefing", made.pk)
    return page(request, "briefings/call.html", {"unit": here, "form": form}, status=_status(form))


def arrange(request: Request, briefing: int) -> HttpResponse:
    """Change when, where and by whom the briefing is held."""
    here = whole_briefing_for(request.actor, briefing)
    request.actor.require(Can.LEAD_BRIEFINGS, here.unit)
    stored = _place_of(here)
    form = ArrangeForm(request.POST or None, unit=here.unit, initial=stored, record=here)
    if submit(form, arrange_briefing, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu."))
        return redirect("briefings:briefing", here.pk)
    fresh = whole_briefing_for(request.actor, briefing)
    form.show_stored(fresh, _place_of(fresh))
    context = {"unit": here.unit, "briefing": here, "form": form}
    return page(request, "briefings/arrange.html", context, status=_status(form))


@require_POST
def call_off(request: Request, briefing: int) -> HttpResponse:
    """Take back a briefing called by mistake."""
    here = whole_briefing_for(request.actor, briefing)
    form = CallOffForm(request.POST)
    if submit(form, call_off_briefing, here, actor=request.actor) is None:
        say_refusal(request, form)
        return redirect("briefings:briefing", briefing)
    messages.success(request, _("Đã hủy giao ban."))
    return redirect("briefings:index", here.unit_id, str(here.meeting.held_on.year))


# ------------------------------------------------------------------------------------------------- sheet


def briefing(request: Request, briefing: int) -> HttpResponse:
    """One briefing on one sheet: what the last directions came to, who has not sent, every cell's return."""
    here = briefing_for(request.actor, briefing)
    form = DirectionForm(briefing=here) if may_change(request.actor, here) else None
    return _sheet_page(request, here, form)


@require_POST
def direct(request: Request, briefing: int) -> HttpResponse:
    """Give a direction: it becomes a task at once."""
    here = whole_briefing_for(request.actor, briefing)
    request.actor.require(Can.LEAD_BRIEFINGS, here.unit)
    form = DirectionForm(request.POST, briefing=here)
    if submit(form, give_direction, here, actor=request.actor) is None:
        return _sheet_page(request, here, form)
    messages.success(request, _("Đã giao việc."))
    return redirect("briefings:briefing", here.pk)


def screen(request: Request, briefing: int) -> HttpResponse:
    """The sheet in large type for everybody in the room: no comrade's name, no word on anybody's cultivation."""
    here = whole_briefing_for(request.actor, briefing)
    context = {"unit": here.unit, "briefing": here, "sheet": sheet_of(here, request.actor, localdate())}
    return page(request, "briefings/screen.html", context)


# ----------------------------------------------------------------------------------------------- returns


def ret(request: Request, ret: int) -> HttpResponse:
    """A cell's return: written on, kept, sent; once sent, read."""
    here = return_for(request.actor, ret)
    monthly = here.briefing.rhythm == Rhythm.MONTHLY
    if here.sent_on is not None or is_concluded(here.briefing):
        return _sent_page(request, here)
    request.actor.require(Can.WRITE_RETURNS, here.unit)
    form = ReturnForm(request.POST or None, initial=begun(here), record=here, monthly=monthly)
    sending, today = "send" in request.POST, localdate()
    more = {"sent_on": today, "today": today} if sending else {}
    if submit(form, send_return if sending else write_return, here, actor=request.actor, **more) is not None:
        messages.success(request, _("Đã gửi báo cáo.") if sending else _("Đã lưu nháp, chưa gửi."))
        return redirect("briefings:ret", here.pk)
    form.show_stored(return_for(request.actor, ret))
    context = {
        "unit": here.unit,
        "ret": here,
        "briefing": here.briefing,
        "form": form,
        "promised": promised_before(here),
    }
    return page(request, "briefings/ret.html", context, status=_status(form))


def _sent_page(request: Request, here: Any) -> HttpResponse:
    may_write = request.actor.may(Can.WRITE_RETURNS, here.unit)
    context = {
        "gaps": gaps_of(here) if may_write else [],
        "unit": here.unit,
        "ret": here,
        "briefing": here.briefing,
        "may_take_back": may_write and here.sent_on and localdate() < here.briefing.meeting.held_on,
    }
    return page(request, "briefings/sent.html", context)


@require_POST
def take_back(request: Request, ret: int) -> HttpResponse:
    """Take a sent return back to mend it."""
    here = return_for(request.actor, ret)
    form = CallOffForm(request.POST)
    if submit(form, take_back_return, here, actor=request.actor, on=localdate()) is None:
        say_refusal(request, form)
    else:
        messages.success(request, _("Đã rút lại; sửa xong hãy gửi lại."))
    return redirect("briefings:ret", ret)


# -------------------------------------------------------------------------------------------- conclusion


def conclude(request: Request, briefing: int) -> HttpResponse:
    """The minutes: composed from the sheet, written on, and with them the briefing is closed; then read."""
    here = whole_briefing_for(request.actor, briefing)
    if request.GET.get("format") in FILES:
        return _file(request, here, minutes_paper(here), f"{_('Biên bản giao ban')} {here.meeting.held_on:%Y-%m-%d}")
    if is_concluded(here):
        return _concluded_page(request, here, CorrectionForm(initial={"corrected_on": localdate()}))
    request.actor.require(Can.LEAD_BRIEFINGS, here.unit)
    form = ConclusionForm(request.POST or None, initial=_conclusion_of(request, here), record=here)
    if request.POST and "conclude" not in request.POST:
        del form.fields["closed_on"]
        done = submit(form, write_conclusion, here, actor=request.actor)
    else:
        done = submit(form, conclude_briefing, here, actor=request.actor, today=localdate())
    if done is not None:
        messages.success(request, _("Đã kết luận giao ban.") if "conclude" in request.POST else _("Đã lưu biên bản."))
        return redirect("briefings:conclude", here.pk)
    fresh = whole_briefing_for(request.actor, briefing)
    form.show_stored(fresh, {"minutes": fresh.meeting.minutes, "ends_at": fresh.meeting.ends_at})
    context = {"unit": here.unit, "briefing": here, "form": form, "sheet": sheet_of(here, request.actor, localdate())}
    return page(request, "briefings/conclude.html", context, status=_status(form))


@require_POST
def correct(request: Request, briefing: int) -> HttpResponse:
    """Add a dated correction to the minutes of a concluded briefing."""
    here = whole_briefing_for(request.actor, briefing)
    form = CorrectionForm(request.POST)
    if submit(form, correct_conclusion, here, actor=request.actor) is None:
        return _concluded_page(request, here, form)
    messages.success(request, _("Đã ghi bổ sung, đính chính."))
    return redirect("briefings:conclude", here.pk)


def _concluded_page(request: Request, here: Any, form: Any) -> HttpResponse:
    context = {
        "unit": here.unit,
        "briefing": here,
        "form": form,
        "paper": html_of(minutes_paper(here)),
        "may_correct": is_concluded(here) and request.actor.may(Can.LEAD_BRIEFINGS, here.unit),
    }
    return page(request, "briefings/concluded.html", context, status=_status(form))


def notice(request: Request, briefing: int) -> HttpResponse:
    """What was concluded, as a notice: for every cell that was asked, once it is concluded."""
    here = briefing_for(request.actor, briefing)
    if not is_concluded(here):
        raise Http404
    if request.GET.get("format") in FILES:
        return _file(
            request, here, notice_paper(here), f"{_('Thông báo kết luận giao ban')} {here.meeting.held_on:%Y-%m-%d}"
        )
    context = {"unit": here.unit, "briefing": here, "paper": html_of(notice_paper(here))}
    return page(request, "briefings/notice.html", context)


# ------------------------------------------------------------------------------------------------ within


def _sheet_page(request: Request, here: Any, form: Any) -> HttpResponse:
    sheet = sheet_of(here, request.actor, localdate())
    if request.GET.get("format") == "xlsx":
        return export(f"{_('Giao ban')} {here.meeting.held_on:%Y-%m-%d}", SHEET_COLUMNS, sheet.lines)
    context = {
        "unit": here.unit,
        "briefing": here,
        "meeting": here.meeting,
        "sheet": sheet,
        "form": form,
        "concluded": is_concluded(here),
        "whole": sees_whole(request.actor, here),
        "may_lead": may_change(request.actor, here),
        "may_write": request.actor.holds(Can.WRITE_RETURNS) and not is_concluded(here),
        "is_held": here.meeting.held_on <= localdate(),
    }
    return page(request, "briefings/briefing.html", context, status=_status(form) if form else 200)


def _usual(here: Any) -> dict[str, Any]:
    """The next briefing is like the last one: its rhythm, hour, place and people."""
    last = last_briefing_of(here)
    usual: dict[str, Any] = {"held_on": localdate(), "rhythm": Rhythm.MONTHLY.value}
    if last is not None:
        usual |= {"rhythm": last.rhythm, "starts_at": last.meeting.starts_at, "place": last.meeting.place}
        usual |= {"chair": last.meeting.chair_id, "recorder": last.meeting.recorder_id}
    return usual


def _place_of(here: Any) -> dict[str, Any]:
    names = ("held_on", "starts_at", "place", "chair", "recorder")
    return {name: getattr(here.meeting, name) for name in names} | {"returns_due_on": here.returns_due_on}


def _conclusion_of(request: Request, here: Any) -> dict[str, Any]:
    afresh = "compose" in request.GET or not here.meeting.minutes
    text = composed_minutes(here) if afresh else here.meeting.minutes
    return {"minutes": text, "ends_at": here.meeting.ends_at, "closed_on": localdate()}


def _file(request: Request, briefing: Any, paper: Any, name: str) -> HttpResponse:
    suffix = request.GET["format"]
    return download(paper_file(briefing.unit, paper, suffix), f"{name}.{suffix}", FILES[suffix])


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
