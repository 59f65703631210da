"""The register of papers: its list, one paper and its files, entering and correcting, numbers, and citations in a text."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.access.request import Request
from chibo.core.forms import VersionedForm
from chibo.core.http import download, export, page, submit
from chibo.core.tables import Table, page_by_key
from chibo.members.selectors import term_of
from chibo.papers.actions import (
    correct_paper,
    enclose_file,
    explain_number,
    link_papers,
    register_paper,
    reserve_number,
    take_out_enclosure,
    unlink_papers,
    void_number,
)
from chibo.papers.forms import CiteForm, EncloseForm, LinkForm, NumberForm, PaperForm, ReasonForm
from chibo.papers.rules.register import Secrecy
from chibo.papers.selectors.citing import beside_register
from chibo.papers.selectors.columns import NUMBERS, columns_on, direction_text, force_state, subject_text
from chibo.papers.selectors.numbers import (
    gaps_of,
    kind_words,
    number_for,
    numbers_of,
    series_for,
    series_name,
    series_of,
)
from chibo.papers.selectors.register import (
    enclosed_file,
    enclosure_for,
    file_of,
    filters_of,
    found_in,
    link_for,
    links_of,
    links_to,
    may_link_to,
    narrowed,
    paper_for,
    papers_in,
    with_force,
    written,
)
from chibo.units.selectors import home_unit, unit_for


def start(request: Request) -> HttpResponse:
    home = home_unit(request.actor, Can.SEE_PAPERS)
    if home is None:
        raise Http404
    return redirect("papers:index", home.pk)


# ---------------------------------------------------------------------------------------------- register


def index(request: Request, unit: int) -> HttpResponse:
    """The register of a unit, last entered first."""
    here, today = unit_for(request.actor, unit, Can.SEE_PAPERS), localdate()
    everything = papers_in(here)
    papers, columns = narrowed(everything, request.GET.dict(), today), columns_on(today)
    if request.GET.get("format") == "xlsx":
        return export(_("Sổ văn bản"), columns, with_force(papers))
    found = found_in(papers, request.GET.dict())
    context = {
        "unit": here,
        "found": found,
        "table": Table(columns, found.page.rows, empty=_("Chưa có văn bản nào.")),
        "filters": filters_of(everything, today),
        "may_keep": request.actor.may(Can.KEEP_PAPERS, here),
    }
    return page(request, "papers/index.html", context, partial="rows")


def register(request: Request, unit: int) -> HttpResponse:
    """Enter a document in the unit's register; a citation or a number may have filled part of the form."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    request.actor.require(Can.KEEP_PAPERS, here)
    form = PaperForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if paper := submit(form, register_paper, here, actor=request.actor):
        messages.success(request, _("Đã vào sổ văn bản."))
        return redirect("papers:paper", paper.pk)
    status = 422 if form.is_bound else 200
    return page(request, "papers/register.html", {"unit": here, "form": form}, status=status)


def paper(request: Request, pk: int) -> HttpResponse:
    """One paper: what it is, where it stands today, what it rests on and what rests on it."""
    shown = paper_for(request.actor, pk)
    context = {
        "paper": shown,
        "unit": shown.unit,
        "subject": subject_text(shown),
        "direction": direction_text(shown),
        "force": force_state(localdate())(with_force(papers_in(shown.unit)).get(pk=shown.pk)),
        "links": links_of(shown, request.actor),
        "links_to": links_to(shown, request.actor),
        "enclosures": shown.enclosures.all(),
        "is_open": shown.secrecy == Secrecy.OPEN,
        "may_keep": request.actor.may_on(Can.KEEP_PAPERS, shown),
        "enclose_form": EncloseForm(),
    }
    return page(request, "papers/paper.html", context)


def correct(request: Request, pk: int) -> HttpResponse:
    """Put right what was entered of a paper."""
    here = paper_for(request.actor, pk)
    request.actor.require(Can.KEEP_PAPERS, here)
    form = PaperForm(request.POST or None, request.FILES or None, record=here)
    if submit(form, correct_paper, here, actor=request.actor):
        messages.success(request, _("Đã sửa văn bản trong sổ."))
        return redirect("papers:paper", pk)
    context = {"unit": here.unit, "paper": here, "form": form}
    return page(request, "papers/correct.html", context, status=422 if form.is_bound else 200)


def file(request: Request, pk: int) -> HttpResponse:
    return download(*file_of(paper_for(request.actor, pk)))


def enclosure(request: Request, pk: int) -> HttpResponse:
    return download(*enclosed_file(enclosure_for(request.actor, pk)))


@require_POST
def enclose(request: Request, pk: int) -> HttpResponse:
    """Keep one more file with the paper."""
    here = paper_for(request.actor, pk)
    form = EncloseForm(request.POST, request.FILES)
    if submit(form, enclose_file, here, actor=request.actor):
        messages.success(request, _("Đã kèm tệp."))
        return redirect("papers:paper", pk)
    context = {"unit": here.unit, "paper": here, "form": form}
    return page(request, "papers/enclose.html", context, status=422)


@require_POST
def take_out(request: Request, pk: int) -> HttpResponse:
    """Take out a file that was enclosed by mistake."""
    here = enclosure_for(request.actor, pk)
    form = VersionedForm(request.POST)
    if submit(form, take_out_enclosure, here, actor=request.actor):
        messages.success(request, _("Đã bỏ tệp %(name)s.") % {"name": here.name})
    for error in form.non_field_errors():
        messages.error(request, str(error))
    return redirect("papers:paper", here.paper_id)


def link(request: Request, pk: int) -> HttpResponse:
    """Say what the paper rests on, replaces or amends."""
    here = paper_for(request.actor, pk)
    request.actor.require(Can.KEEP_PAPERS, here)
    offered = may_link_to(here, request.actor).filter(written(request.GET.get("q", "")))
    form = LinkForm(request.POST or None, papers=may_link_to(here, request.actor))
    form.fields["to"].choices = [("", _("Chưa chọn")), *((p.pk, str(p)) for p in offered[:100])]  # type: ignore[attr-defined]
    if submit(form, link_papers, here, actor=request.actor):
        messages.success(request, _("Đã ghi quan hệ giữa hai văn bản."))
        return redirect("papers:paper", pk)
    context = {"unit": here.unit, "paper": here, "form": form, "q": request.GET.get("q", "")}
    return page(request, "papers/link.html", context, status=422 if form.is_bound else 200)


@require_POST
def unlink(request: Request, pk: int, link: int) -> HttpResponse:
    here = paper_for(request.actor, pk)
    unlink_papers(link_for(here, link), actor=request.actor)
    messages.success(request, _("Đã bỏ quan hệ."))
    return redirect("papers:paper", pk)


# ----------------------------------------------------------------------------------------------- numbers


def numbers(request: Request, unit: int) -> HttpResponse:
    """A numbering series of the unit: every number from the last down, and those of which nothing is known."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    offered, asked = series_of(here), request.GET.get("series", "")
    chosen = next((s for s in offered if str(s.pk) == asked), offered[0] if offered else None)
    shown = (
        page_by_key(numbers_of(chosen), order=("-number", "-pk"), after=request.GET.get("after")) if chosen else None
    )
    context = {
        "unit": here,
        "series": [(s, series_name(s)) for s in offered],
        "chosen": chosen,
        "shown": shown,
        "table": Table(NUMBERS, shown.rows if shown else ()),
        "open": [n for n in shown.rows if n.paper_id is None and n.state != "voided"] if shown else [],
        "gaps": gaps_of(chosen) if chosen else [],
        "may_number": request.actor.may(Can.ISSUE_REPORTS, here),
    }
    return page(request, "papers/numbers.html", context)


def reserve(request: Request, unit: int) -> HttpResponse:
    """Take the next number of a series for a paper, with what it is for."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    request.actor.require(Can.ISSUE_REPORTS, here)
    form = NumberForm(request.POST or None, initial={"term": term_of(here, localdate())})
    if number := submit(form, reserve_number, here, actor=request.actor):
        told = {"number": f"{number.number:02d}", "kind": kind_words(number.kind)}
        messages.success(request, _("Đã giữ số %(number)s cho văn bản %(kind)s.") % told)
        return redirect(f"{reverse('papers:numbers', args=[unit])}?series={number.series_id}")
    return page(request, "papers/reserve.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


def void(request: Request, pk: int) -> HttpResponse:
    """Give up a number that no paper bears."""
    here = number_for(request.actor, pk)
    request.actor.require(Can.ISSUE_REPORTS, here)
    form = ReasonForm(request.POST or None, record=here)
    if submit(form, void_number, here, actor=request.actor):
        messages.success(request, _("Đã hủy số."))
        return redirect(f"{reverse('papers:numbers', args=[here.unit_id])}?series={here.series_id}")
    context = {"unit": here.unit, "number": str(here), "series": here.series, "form": form, "voids": True}
    return page(request, "papers/explain.html", context, status=422 if form.is_bound else 200)


def explain(request: Request, unit: int, series: int, number: int) -> HttpResponse:
    """Say why no paper bears a number."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    chosen = series_for(here, series)
    request.actor.require(Can.ISSUE_REPORTS, here)
    form = ReasonForm(request.POST or None)
    if submit(form, explain_number, chosen, actor=request.actor, number=number):
        messages.success(request, _("Đã ghi lý do."))
        return redirect(f"{reverse('papers:numbers', args=[unit])}?series={series}")
    context = {"unit": here, "number": f"{number:02d}", "series": chosen, "form": form}
    return page(request, "papers/explain.html", context, status=422 if form.is_bound else 200)


# --------------------------------------------------------------------------------------------- citations


def cite(request: Request, unit: int) -> HttpResponse:
    """The citations in a pasted text, each beside the register."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    form = CiteForm(request.POST or None)
    asked = form.is_bound and form.is_valid()
    beside = beside_register(form.cleaned_data["text"], here, request.actor) if asked else None
    context = {
        "unit": here,
        "form": form,
        "beside": beside,
    }
    return page(request, "papers/cite.html", context, status=422 if form.is_bound and not asked else 200)
