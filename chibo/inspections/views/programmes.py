"""The yearly programme: drafted, written, adopted, carried out."""

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
from chibo.inspections.actions.programmes import (
    adjust_line,
    adopt_programme,
    amend_line,
    amend_programme,
    draft_programme,
    plan_line,
    strike_line,
)
from chibo.inspections.forms import AdjustForm, LineForm, OnForm, PlainForm
from chibo.inspections.selectors.columns import LINES
from chibo.inspections.selectors.programmes import (
    all_bodies,
    due_of,
    is_free,
    line_for,
    lines_of,
    programme_for,
    programmes_of,
    progress_of,
)
from chibo.inspections.selectors.yearbook import amendment_paper, programme_paper
from chibo.papers.selectors import docx_of, pdf_of
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request

FILES = {"docx": (docx_of, DOCX), "pdf": (pdf_of, PDF)}
YEARS = range(1930, 2200)


def programme(request: Request, unit: int, year: int) -> HttpResponse:
    """The programmes of a unit for a year: the committee's and its commission's, or the cell's."""
    here, today = unit_for(request.actor, unit, Can.LEAD_INSPECTIONS), localdate()
    if year not in YEARS:
        raise Http404
    found = list(programmes_of(here, year))
    shown = [(one, lines_of(one, today)) for one in found]
    asked = next((one for one in found if str(one.pk) == request.GET.get("programme")), None)
    if asked is not None and request.GET.get("format") in FILES:
        make, kind = FILES[request.GET["format"]]
        paper_of = amendment_paper if asked.adopted_on else programme_paper
        return download(make(paper_of(asked, today, None)), f"{asked}.{request.GET['format']}", kind)
    if request.GET.get("format") == "xlsx":
        return export(_("Chương trình kiểm tra, giám sát"), LINES, [line for _one, lines in shown for line in lines])
    begun = {one.body for one in found}
    context = {
        "unit": here,
        "year": year,
        "before": year - 1,
        "after": year + 1,
        "shown": [(one, lines, progress_of(lines)) for one, lines in shown],
        "bodies": [(code, words) for code, words in all_bodies(here) if code not in begun],
        "due": due_of(here, year),
        "today": today,
    }
    return page(request, "inspections/programme.html", context)


@require_POST
def draft(request: Request, unit: int, year: int) -> HttpResponse:
    """Begin a programme from coverage and what stands open."""
    here = unit_for(request.actor, unit, Can.LEAD_INSPECTIONS)
    if year not in YEARS:
        raise Http404
    body = request.POST.get("body", "")
    if body not in dict(all_bodies(here)):
        body = all_bodies(here)[0][0]
    form = PlainForm(request.POST)
    if submit(form, draft_programme, here, actor=request.actor, year=year, body=body, day=localdate()) is None:
        say_refusal(request, form)
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
    """Change a line, until it is adopted; from then on it is adjusted."""
    here = line_for(request.actor, line)
    if not is_free(here):
        return redirect("inspections:adjust", here.pk)
    names = ("form", "content", "month", "looked_first", "looked_last", "charged")
    initial = {name: getattr(here, name) for name in names}
    initial |= {"inspected": here.inspected_id, "member": here.member_id}
    form = LineForm(request.POST or None, unit=here.unit, initial=initial, record=here)
    if submit(form, amend_line, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu."))
        return redirect("inspections:programme", here.unit_id, here.programme.year)
    return _form_page(request, here.programme, form, str(here), strike=here.pk)


def adjust(request: Request, line: int) -> HttpResponse:
    """Move an adopted line to another month, or leave it out, with a reason; an amendment is adopted later."""
    here = line_for(request.actor, line)
    initial = {"month": here.month, "reason": here.adjusted_why if here.pending else ""}
    form = AdjustForm(request.POST or None, initial=initial, record=here)
    if submit(form, adjust_line, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi điều chỉnh; có hiệu lực khi thông qua bằng văn bản."))
        return redirect("inspections:programme", here.unit_id, here.programme.year)
    lead = _("Đang ấn định tháng %(month)s. Chọn lại tháng cũ là bỏ điều chỉnh.") % {
        "month": here.moved_from or here.month
    }
    return _form_page(request, here.programme, form, _("Điều chỉnh: %(whom)s") % {"whom": here}, lead=lead)


@require_POST
def strike(request: Request, line: int) -> HttpResponse:
    """Leave somebody out."""
    here = line_for(request.actor, line)
    form = PlainForm(request.POST)
    if submit(form, strike_line, here, actor=request.actor) is None:
        say_refusal(request, form)
    return redirect("inspections:programme", here.unit_id, here.programme.year)


def adopt(request: Request, programme: int) -> HttpResponse:
    """Adopt the programme: it takes its number."""
    here = programme_for(request.actor, programme)
    form = OnForm(request.POST or None, record=here)
    if submit(form, adopt_programme, here, actor=request.actor) is not None:
        messages.success(request, _("Đã thông qua và vào sổ văn bản."))
        return redirect("inspections:programme", here.unit_id, here.year)
    return _form_page(request, here, form, _("Thông qua chương trình"), button=_("Thông qua, lấy số"))


def amend(request: Request, programme: int) -> HttpResponse:
    """Adopt what was added, moved and left out since the programme was adopted: it takes a number of its own."""
    here = programme_for(request.actor, programme)
    form = OnForm(request.POST or None, record=here)
    if submit(form, amend_programme, here, actor=request.actor) is not None:
        messages.success(request, _("Đã thông qua điều chỉnh và vào sổ văn bản."))
        return redirect("inspections:programme", here.unit_id, here.year)
    return _form_page(request, here, form, _("Thông qua điều chỉnh chương trình"), button=_("Thông qua, lấy số"))


def _form_page(
    request: Request, here: Any, form: Any, words: str, *, button: str = "", strike: int = 0, lead: str = ""
) -> HttpResponse:
    context = {
        "unit": here.unit, "programme": here, "form": form, "words": words, "button": button, "strike": strike,
        "lead": lead,
    }  # fmt: skip
    return page(request, "inspections/line.html", context, status=422 if form.is_bound else 200)
