"""The pages of meetings: a cell's year, a ward's overview, one meeting, its roll and its minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, export, page, say_refusal, submit
from chibo.core.refusal import error_of
from chibo.core.tables import Table
from chibo.core.values import Period
from chibo.meetings.actions import (
    arrange_meeting,
    call_off_meeting,
    call_roll,
    close_meeting,
    convene_meeting,
    correct_minutes,
    mark_presence,
    note_item,
    write_minutes,
)
from chibo.meetings.forms import (
    ArrangeForm,
    CallOffForm,
    ClosingForm,
    ConveneForm,
    CorrectionForm,
    MarkForm,
    MinutesForm,
    NoteForm,
    RollForm,
    mark_form,
)
from chibo.meetings.rules import MeetingState, cautions_on_convening
from chibo.meetings.rules.kinds import kinds_of
from chibo.meetings.selectors import (
    cautions_of,
    composed_minutes,
    corrections_of,
    entered_late,
    grouped,
    hindrances_of,
    item_for,
    may_read_minutes,
    meeting_for,
    meetings_of_cell,
    months_without_meeting,
    overview_of,
    roll_line_of,
    roll_of,
    share_of,
)
from chibo.meetings.selectors.closing import ended_at, lacking_in, objections_to_resolution_of, rating_of
from chibo.meetings.selectors.columns import MEETING_COLUMNS, OVERVIEW_COLUMNS, board_of
from chibo.meetings.selectors.document import document_of
from chibo.meetings.selectors.kept import editions_of
from chibo.meetings.selectors.schedule import usual_of
from chibo.papers.selectors.kept import file_of, sheet_of
from chibo.units.selectors import home_unit, scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.core.registry import Scope

PAPERS = {"docx": DOCX, "pdf": PDF}
"""The files of the minutes, by what ``?format=`` asks for."""


def start(request: Request) -> HttpResponse:
    """The meetings of where one works, this year."""
    unit = home_unit(request.actor, Can.SEE_MEETINGS)
    if unit is None:
        raise Http404
    return redirect("meetings:index", unit.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """A cell's meetings of the period; above the cell, its cells × months."""
    here = unit_for(request.actor, unit, Can.SEE_MEETINGS)
    scope = scope_of(here, period)
    return (_cell_page if here.pk in scope.cells else _ward_page)(request, scope)


def _cell_page(request: Request, scope: Scope) -> HttpResponse:
    rows = meetings_of_cell(request.actor, scope.unit, scope.period)
    if request.GET.get("format") == "xlsx":
        return export(_("Sinh hoạt chi bộ"), MEETING_COLUMNS, rows)
    context = {
        "unit": scope.unit,
        "period": scope.period,
        "is_cell": True,
        "rows": rows,
        "table": Table(MEETING_COLUMNS, rows),
        "missing": [month for _cell, month in months_without_meeting(scope.cells, scope.period, scope.today)],
        "may_keep": request.actor.may(Can.KEEP_MEETINGS, scope.unit),
        "may_read_book": request.actor.may(Can.READ_PLANS, scope.unit),
    }
    return page(request, "meetings/index.html", context)


def _ward_page(request: Request, scope: Scope) -> HttpResponse:
    rows = overview_of(scope)
    if request.GET.get("format") == "xlsx":
        return export(_("Sinh hoạt chi bộ"), OVERVIEW_COLUMNS, rows)
    own = meetings_of_cell(request.actor, scope.unit, scope.period)
    context = {
        "unit": scope.unit,
        "period": scope.period,
        "rows": rows,
        "board": board_of(rows, scope),
        "own": Table(MEETING_COLUMNS, own) if own else None,
        "may_keep": request.actor.may(Can.KEEP_MEETINGS, scope.unit) and bool(kinds_of(scope.unit.level)),
    }
    return page(request, "meetings/index.html", context)


def convene(request: Request, unit: int) -> HttpResponse:
    """Call the cell together; a meeting that was held already may be entered now."""
    here, today = unit_for(request.actor, unit, Can.SEE_MEETINGS), localdate()
    request.actor.require(Can.KEEP_MEETINGS, here)
    form = ConveneForm(request.POST or None, unit=here, initial=usual_of(here, today, request.GET))
    made = submit(form, convene_meeting, here, actor=request.actor)
    if made is not None:
        messages.success(request, _("Đã triệu tập."))
        _say(request, cautions_on_convening(made.held_on, today=today))
        return redirect("meetings:meeting" if made.held_on < today else "meetings:prepare", made.pk)
    return page(request, "meetings/convene.html", {"unit": here, "form": form}, status=_status(form))


def arrange(request: Request, meeting: int) -> HttpResponse:
    """Change when, where and by whom the meeting is held."""
    here = meeting_for(request.actor, meeting)
    request.actor.require(Can.KEEP_MEETINGS, here)
    names = ("held_on", "starts_at", "ends_at", "place", "chair", "recorder", "guests", "topic", "online", "prepares")
    stored = {name: getattr(here, name) for name in names}
    form = ArrangeForm(request.POST or None, unit=here.unit, initial=stored, record=here)
    if submit(form, arrange_meeting, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu."))
        return redirect("meetings:meeting", here.pk)
    form.show_stored(meeting_for(request.actor, meeting))
    context = {"unit": here.unit, "meeting": here, "form": form}
    return page(request, "meetings/arrange.html", context, status=_status(form))


def meeting(request: Request, meeting: int) -> HttpResponse:
    """The record of one meeting: where it stands, what may be done now, its agenda and roll."""
    here = meeting_for(request.actor, meeting)
    roll = roll_of(here)
    context = {
        "unit": here.unit,
        "meeting": here,
        "roll": grouped(roll),
        "share": share_of(roll),
        "unmarked": sum(not line.shown for line in roll),
        "closed": here.state == MeetingState.CLOSED,
        "ahead": here.held_on > localdate(),
        "late": entered_late(here),
        "corrections": corrections_of(here),
        "agenda": [(item, _note_form(item)) for item in here.agenda.all()],
        "may_keep": request.actor.may(Can.KEEP_MEETINGS, here.unit),
        "may_close": request.actor.may(Can.CLOSE_MEETINGS, here.unit),
        "may_read": may_read_minutes(request.actor, here),
    }
    return page(request, "meetings/meeting.html", context)


@require_POST
def note(request: Request, item: int) -> HttpResponse:
    """Write down what was said under an item, as one goes."""
    here = item_for(request.actor, item)
    form = NoteForm(request.POST, prefix=str(item), record=here)
    saved = submit(form, note_item, here, actor=request.actor)
    fresh = item_for(request.actor, item)
    if saved is not None and not request.headers.get("HX-Request"):
        messages.success(request, _("Đã lưu."))
        return redirect("meetings:meeting", here.meeting_id)
    form.show_stored(fresh)
    context = {
        "meeting": fresh.meeting,
        "item": fresh,
        "form": form if saved is None else _note_form(fresh),
        "may_keep": True,
    }
    return page(request, "meetings/item.html", context, partial="item", status=422 if saved is None else 200)


def roll(request: Request, meeting: int) -> HttpResponse:
    """The roll call: one key for each person; saved as one goes, or the whole at once."""
    here = meeting_for(request.actor, meeting)
    request.actor.require(Can.KEEP_MEETINGS, here)
    form = RollForm(request.POST or None, roll=roll_of(here))
    if submit(form, call_roll, here, actor=request.actor, today=localdate()) is not None:
        messages.success(request, _("Đã lưu điểm danh."))
        return redirect("meetings:roll", here.pk)
    return _roll_page(request, here, form, _status(form))


def _roll_page(request: Request, here: Any, form: RollForm, status: int) -> HttpResponse:
    lines = roll_of(here)
    form.catch_up(lines)
    context = {
        "unit": here.unit,
        "meeting": here,
        "form": form,
        "lines": [(line, form.marks.get(line.member.pk)) for line in lines],
        "closed": here.state == MeetingState.CLOSED,
        "ahead": here.held_on > localdate(),
        **_counted(lines),
    }
    return page(request, "meetings/roll.html", context, status=status)


@require_POST
def mark(request: Request, meeting: int, member: int) -> HttpResponse:
    """Call one member, or undo the last call."""
    here = meeting_for(request.actor, meeting)
    was = roll_line_of(here, member)
    form = mark_form(was, request.POST)
    submit(form, mark_presence, here, actor=request.actor, member=was.member, today=localdate())
    line, undone = roll_line_of(here, member), "undo" in request.POST and not form.errors
    if form.is_conflict or not form.errors:
        form.know(line.version)
    if not request.headers.get("HX-Request"):
        return _marked_page(request, here, member, form) if form.errors else redirect("meetings:roll", here.pk)
    context = {
        "meeting": here,
        "line": line,
        "was": was,
        "mark": mark_form(line) if undone else form,
        "saved": not form.errors and not undone,
        **_counted(roll_of(here)),
    }
    response = page(request, "meetings/roll.html", context, partial="line_and_count" if undone else "mark_and_count")
    if undone:
        response["HX-Retarget"], response["HX-Reswap"] = f"#line-{member}", "outerHTML"
    return response


def _marked_page(request: Request, here: Any, member: int, form: MarkForm) -> HttpResponse:
    """Without a script: the whole roll again, with the refused line as it was typed."""
    say_refusal(request, form)
    whole = RollForm(roll=roll_of(here))
    whole.marks[member] = form
    return _roll_page(request, here, whole, 422)


def minutes(request: Request, meeting: int) -> HttpResponse:
    """The minutes: composed from what happened and written on; once closed, read."""
    here = _read_minutes(request, meeting)
    if (ending := request.GET.get("format", "")) in PAPERS:
        content = file_of(here.unit, _edition(request, here) or document_of(here), ending)
        return download(content, f"{_('Biên bản')} {here.held_on:%Y-%m-%d}.{ending}", PAPERS[ending])
    if here.state == MeetingState.CLOSED:
        return _closed_page(request, here, CorrectionForm(initial={"corrected_on": localdate()}))
    if "close" in request.POST:
        return _close(request, here)
    request.actor.require(Can.KEEP_MEETINGS, here)
    form = (
        MinutesForm(request.POST, record=here)
        if request.POST
        else ClosingForm(initial=_minutes_of(request, here), record=here)
    )
    if submit(form, write_minutes, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu biên bản."))
        return redirect("meetings:minutes", here.pk)
    return _open_page(request, here, form)


def _close(request: Request, here: Any) -> HttpResponse:
    """Close the meeting with its finished minutes; refused at the same address, so that what was typed stays kept there."""
    form = ClosingForm(request.POST, record=here)
    if submit(form, close_meeting, here, actor=request.actor, today=localdate()) is not None:
        messages.success(request, _("Đã bế mạc cuộc họp."))
        return redirect("meetings:meeting", here.pk)
    return _open_page(request, here, form)


@require_POST
def correct(request: Request, meeting: int) -> HttpResponse:
    """Add a dated correction to closed minutes."""
    here = _read_minutes(request, meeting)
    form = CorrectionForm(request.POST)
    if submit(form, correct_minutes, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi bổ sung, đính chính."))
        return redirect("meetings:minutes", here.pk)
    return _closed_page(request, here, form)


@require_POST
def call_off(request: Request, meeting: int) -> HttpResponse:
    """Take back a meeting convened by mistake."""
    here = meeting_for(request.actor, meeting)
    form = CallOffForm(request.POST)
    if submit(form, call_off_meeting, here, actor=request.actor) is None:
        say_refusal(request, form)
        return redirect("meetings:meeting", meeting)
    messages.success(request, _("Đã hủy triệu tập."))
    return redirect("meetings:index", here.unit_id, str(here.month.year))


# ---------------------------------------------------------------------------------------------- within


def _read_minutes(request: Request, meeting: int) -> Any:
    here = meeting_for(request.actor, meeting)
    if not may_read_minutes(request.actor, here):
        raise Http404
    return here


def _edition(request: Request, here: Any) -> Any:
    """The edition of the minutes that is asked for, else the newest; none where no file was kept."""
    editions = editions_of(here)
    asked = request.GET.get("edition")
    found = [one.kept for one in editions if asked is None or str(one.number) == asked]
    if asked is not None and not found:
        raise Http404
    return found[0] if found else None


def _minutes_of(request: Request, here: Any) -> dict[str, Any]:
    afresh = "compose" in request.GET or not here.minutes
    text = composed_minutes(here) if afresh else here.minutes
    return {"minutes": text, "ends_at": ended_at(here), "closed_on": localdate(), "self_rating": rating_of(here)}


def _open_page(request: Request, here: Any, form: Any) -> HttpResponse:
    form.show_stored(meeting_for(request.actor, here.pk), ("minutes", "ends_at"))
    context = {
        "unit": here.unit,
        "meeting": here,
        "form": form,
        "hindrances": [
            error_of(found).messages[0]
            for found in (*hindrances_of(here, localdate()), *objections_to_resolution_of(here))
        ],
        "cautions": [error_of(caution).messages[0] for caution in cautions_of(here)],
        "lacking": [error_of(found).messages[0] for found in lacking_in(here, form["minutes"].value() or "")],
        "resolved": here.resolved.count(),
        "may_close": request.actor.may(Can.CLOSE_MEETINGS, here.unit),
    }
    return page(request, "meetings/minutes.html", context, status=_status(form))


def _closed_page(request: Request, here: Any, form: Any) -> HttpResponse:
    editions = editions_of(here)
    kept = editions[0].kept if editions else None
    context = {
        "unit": here.unit,
        "meeting": here,
        "form": form,
        "sheet": sheet_of(kept or document_of(here)),
        "kept": kept,
        "earlier": editions[1:],
        "may_close": request.actor.may(Can.CLOSE_MEETINGS, here.unit),
    }
    return page(request, "meetings/minutes_closed.html", context, status=_status(form))


def _counted(lines: list[Any]) -> dict[str, Any]:
    return {"share": share_of(lines), "unmarked": sum(not line.shown for line in lines), "total": len(lines)}


def _note_form(item: Any) -> NoteForm:
    return NoteForm(prefix=str(item.pk), record=item, initial={"title": item.title, "notes": item.notes})


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200


def _say(request: Request, cautions: Any) -> None:
    for caution in cautions:
        messages.warning(request, error_of(caution).messages[0])
