"""What a meeting leaves behind: its resolution, its files, and the cell's two books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, page, submit
from chibo.core.tables import page_by_key
from chibo.core.values import Period
from chibo.meetings.actions.closing import attach_file, detach_file
from chibo.meetings.forms.closing import AttachForm, DetachForm
from chibo.meetings.rules import MeetingState
from chibo.meetings.selectors import meeting_for
from chibo.meetings.selectors.books import minutes_book_of, minutes_in, resolution_book_of, resolutions_in
from chibo.meetings.selectors.closing import (
    attachment_for,
    attachments_of,
    content_kept,
    resolution_for,
    resolution_of,
)
from chibo.meetings.selectors.kept import kept_resolution
from chibo.papers.rules import Document
from chibo.papers.selectors import html_of
from chibo.papers.selectors.kept import Kept, file_of, sheet_of
from chibo.units.selectors import scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.units.models import Unit

FILES = {"docx": DOCX, "pdf": PDF}


def resolution(request: Request, meeting: int) -> HttpResponse:
    """The resolution of a meeting: on the page, as a document to edit, as PDF to sign; a draft before closing."""
    here = meeting_for(request.actor, meeting)
    closed = here.state == MeetingState.CLOSED
    issued = resolution_for(request.actor, here) if closed else None
    if issued is None:
        request.actor.require(Can.KEEP_MEETINGS, here.unit)
    kept = kept_resolution(issued) if issued else None
    made = kept or resolution_of(here)
    if request.GET.get("format") in FILES:
        name = f"{_('Nghị quyết')} {issued.paper.symbol if issued else _('dự thảo')}".replace("/", "-")
        return _file(request, here.unit, made, name)
    context = {"unit": here.unit, "meeting": here, "issued": issued, "sheet": sheet_of(made), "kept": kept}
    return page(request, "meetings/resolution.html", context)


def resolutions(request: Request, unit: int, period: Period) -> HttpResponse:
    """The book of resolutions of the unit and of the cells below it, with where their tasks stand."""
    here, today = unit_for(request.actor, unit, Can.SEE_MEETINGS), localdate()
    found = resolutions_in(request.actor, scope_of(here, period, today))
    if request.GET.get("format") in FILES:
        book = resolution_book_of(here, period, found, today)
        return _file(request, here, book, f"{_('Sổ nghị quyết')} {here} {period}")
    shown = page_by_key(found, order=("unit__sort_key", "adopted_on", "pk"), after=request.GET.get("after"), size=60)
    context = {"unit": here, "period": period, "shown": shown, "today": today}
    return page(request, "meetings/resolutions.html", context)


def minutes_book(request: Request, unit: int, period: Period) -> HttpResponse:
    """The minutes book of one unit, for whom the charter lets read minutes."""
    here, today = unit_for(request.actor, unit, Can.SEE_MEETINGS), localdate()
    if not request.actor.may(Can.READ_PLANS, here):
        raise Http404
    book = minutes_book_of(here, period, minutes_in(here, period), today)
    if request.GET.get("format") in FILES:
        return _file(request, here, book, f"{_('Sổ biên bản')} {here} {period}")
    return page(request, "meetings/minutes_book.html", {"unit": here, "period": period, "sheet": html_of(book)})


def _file(request: Request, unit: Unit, made: Kept | Document, name: str) -> HttpResponse:
    ending = request.GET["format"]
    return download(file_of(unit, made, ending), f"{name}.{ending}", FILES[ending])


def attachments(request: Request, meeting: int) -> HttpResponse:
    """The files kept with a meeting: signed papers scanned or photographed, and documents."""
    here = meeting_for(request.actor, meeting)
    may_keep = request.actor.may(Can.KEEP_MEETINGS, here.unit)
    form = AttachForm(request.POST or None, request.FILES or None)
    if submit(form, attach_file, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu tệp."))
        return redirect("meetings:attachments", here.pk)
    context = {
        "unit": here.unit,
        "meeting": here,
        "attachments": attachments_of(request.actor, here),
        "form": form if may_keep else None,
        "may_remove": may_keep and here.state != MeetingState.CLOSED,
    }
    return page(request, "meetings/attachments.html", context, status=422 if form.is_bound else 200)


def attachment(request: Request, pk: int) -> HttpResponse:
    """One file, to keep: never shown in the browser, never executed."""
    return download(*content_kept(attachment_for(request.actor, pk)))


@require_POST
def detach(request: Request, pk: int) -> HttpResponse:
    """Take away a file kept by mistake."""
    found = attachment_for(request.actor, pk)
    form = DetachForm(request.POST)
    if submit(form, detach_file, found, actor=request.actor) is None:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    else:
        messages.success(request, _("Đã bỏ tệp."))
    return redirect("meetings:attachments", found.meeting_id)
