"""The yearly programme: drafted, written, adopted, carried out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, export, page, submit
from chibo.core.tables import Table
from chibo.inspections.actions.programmes import adopt_programme, amend_line, draft_programme, plan_line, strike_line
from chibo.inspections.forms import LineForm, OnForm, PlainForm
from chibo.inspections.selectors.columns import LINES
from chibo.inspections.selectors.programmes import (
    all_bodies,
    due_of,
    line_for,
    lines_of,
    programme_for,
    programmes_of,
)
from chibo.inspections.selectors.yearbook import programme_paper
from chibo.inspections.views.refusals import say_errors
from chibo.papers.selectors import docx_of, pdf_of
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request

FILES = {"docx": (docx_of, DOCX), "pdf": (pdf_of, PDF)}


def programme(request: Request, unit: int, year: int) -> HttpResponse:
    """The programmes of a unit for a year: the committee's and its commission's, or the cell's."""
    here, today = unit_for(request.actor, unit, Can.LEAD_INSPECTIONS), localdate()
    found = list(programmes_of(here, year))
    shown = [(one, lines_of(one, today)) for one in found]
    asked = next((one for one in found if str(one.pk) == request.GET.get("programme")), None)
    if asked is not None and request.GET.get("format") in FILES:
        make, kind = FILES[request.GET["format"]]
        return download(make(programme_paper(asked, today, None)), f"{asked}.{request.GET['format']}", kind)
    if request.GET.get("format") == "xlsx":
        return export(_("Chương trình kiểm tra, giám sát"), LINES, [line for _one, lines in shown for line in lines])
    begun = {one.body for one in found}
    context = {
        "unit": here,
        "year": year,
        "before": year - 1,
        "after": year + 1,
        "shown": [(one, lines, Table(LINES, lines)) for one, lines in shown],
        "bodies": [(code, words) for code, words in all_bodies(here) if code not in begun],
        "due": due_of(here, year),
        "today": today,
    }
    return page(request, "inspections/programme.html", context)


@require_POST
def draft(request: Request, unit: int, year: int) -> HttpResponse:
    """Begin a programme from coverage and what stands open."""
    here = unit_for(request.actor, unit, Can.LEAD_INSPECTIONS)
    body = request.POST.get("body", "")
    if body not in dict(all_bodies(here)):
        body = all_bodies(here)[0][0]
    form = PlainForm(request.POST)
    if submit(form, draft_programme, here, actor=request.actor, year=year, body=body, day=localdate()) is None:
        say_errors(request, form)
    return redirect("inspections:programme", here.pk, year)


def add_line(request: Request, programme: int) -> HttpResponse:
    """Put somebody into the programme."""
    here = programme_for(request.actor, programme)
    form = LineForm(request.POST or None, unit=here.unit)
    if submit(form, plan_line, here, actor=request.actor) is not None:
        messages.success(request, _("Đã bổ sung chương trình."))
        return redirect("inspections:programme", here.unit_id, here.year)
    return _form_page(request, here, form, _("Bổ sung chương trình"))


def line(request: Request, line: int) -> HttpResponse:
    """Change a line, until the programme is adopted."""
    here = line_for(request.actor, line)
    names = ("form", "content", "month", "looked_first", "looked_last", "charged")
    initial = {name: getattr(here, name) for name in names}
    initial |= {"inspected": here.inspected_id, "member": here.member_id}
    form = LineForm(request.POST or None, unit=here.unit, initial=initial, record=here)
    if submit(form, amend_line, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu."))
        return redirect("inspections:programme", here.unit_id, here.programme.year)
    return _form_page(request, here.programme, form, str(here), strike=here.pk)


@require_POST
def strike(request: Request, line: int) -> HttpResponse:
    """Leave somebody out."""
    here = line_for(request.actor, line)
    form = PlainForm(request.POST)
    if submit(form, strike_line, here, actor=request.actor) is None:
        say_errors(request, form)
    return redirect("inspections:programme", here.unit_id, here.programme.year)


def adopt(request: Request, programme: int) -> HttpResponse:
    """Adopt the programme: it takes its number."""
    here = programme_for(request.actor, programme)
    form = OnForm(request.POST or None, record=here)
    if submit(form, adopt_programme, here, actor=request.actor) is not None:
        messages.success(request, _("Đã thông qua và vào sổ văn bản."))
        return redirect("inspections:programme", here.unit_id, here.year)
    return _form_page(request, here, form, _("Thông qua chương trình"), button=_("Thông qua, lấy số"))


def _form_page(
    request: Request, here: Any, form: Any, words: str, *, button: str = "", strike: int = 0
) -> HttpResponse:
    context = {"unit": here.unit, "programme": here, "form": form, "words": words, "button": button, "strike": strike}
    return page(request, "inspections/line.html", context, status=422 if form.is_bound else 200)
