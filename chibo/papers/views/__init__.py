"""The register of papers: its list, one paper, its file, and entering one."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.access.request import Request
from chibo.core.http import download, export, page, submit
from chibo.core.registry import Column
from chibo.core.tables import Table, link_to, page_by_key
from chibo.papers.actions import register_paper
from chibo.papers.forms import PaperForm
from chibo.papers.selectors.register import file_of, paper_for, papers_in, written
from chibo.units.selectors import home_unit, unit_for

COLUMNS = (
    Column(gettext_lazy("Trích yếu"), "subject", 50, link=link_to("papers:paper")),
    Column(gettext_lazy("Số, ký hiệu"), "symbol", 16),
    Column(gettext_lazy("Ngày"), "issued_on", 12, "date"),
    Column(gettext_lazy("Thể loại"), "kind", 14),
    Column(gettext_lazy("Cơ quan ban hành"), "issuer", 28),
)


def start(request: Request) -> HttpResponse:
    home = home_unit(request.actor, Can.SEE_PAPERS)
    if home is None:
        raise Http404
    return redirect("papers:index", home.pk)


def index(request: Request, unit: int) -> HttpResponse:
    """The register of a unit, last entered first."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    papers = papers_in(here).filter(written(request.GET.get("q", "")))
    if request.GET.get("format") == "xlsx":
        return export(_("Sổ văn bản"), COLUMNS, papers)
    shown = page_by_key(papers, order=("-pk",), after=request.GET.get("after"))
    context = {
        "unit": here,
        "shown": shown,
        "table": Table(COLUMNS, shown.rows, empty=_("Chưa có văn bản nào.")),
        "count": papers.count(),
        "may_keep": request.actor.may(Can.KEEP_PAPERS, here),
    }
    return page(request, "papers/index.html", context, partial="rows")


def register(request: Request, unit: int) -> HttpResponse:
    """Enter a document in the unit's register."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    request.actor.require(Can.KEEP_PAPERS, here)
    form = PaperForm(request.POST or None, request.FILES or None)
    if paper := submit(form, register_paper, here, actor=request.actor):
        messages.success(request, _("Đã vào sổ văn bản."))
        return redirect("papers:paper", paper.pk)
    status = 422 if form.is_bound else 200
    return page(request, "papers/register.html", {"unit": here, "form": form}, status=status)


def paper(request: Request, pk: int) -> HttpResponse:
    shown = paper_for(request.actor, pk)
    return page(request, "papers/paper.html", {"paper": shown, "unit": shown.unit})


def file(request: Request, pk: int) -> HttpResponse:
    return download(*file_of(paper_for(request.actor, pk)))
