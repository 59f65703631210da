"""Programmes, their themes and documents, and the 27 manifestations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.http import download, page, submit
from chibo.papers.selectors.register import file_of
from chibo.programmes.actions import (
    amend_programme,
    attach_paper,
    launch_programme,
    set_theme,
    word_manifestation,
)
from chibo.programmes.forms import AmendForm, LaunchForm, PaperForm, ThemeForm, WordingForm
from chibo.programmes.selectors import (
    manifestation_for,
    manifestations_by_group,
    paper_of,
    programme_for,
    programmes_of,
    themes_of,
    undated_papers_of,
    visible_programmes,
    years_of,
)
from chibo.units.selectors import home_unit, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def start(request: Request) -> HttpResponse:
    """The actor's unit; who holds no post sees the programmes that reach them."""
    home = home_unit(request.actor, Can.SEE_PROGRAMMES)
    if home is not None:
        return redirect("programmes:index", home.pk)
    return page(request, "programmes/index.html", {"programmes": visible_programmes(request.actor)})


def index(request: Request, unit: int) -> HttpResponse:
    here = unit_for(request.actor, unit, Can.SEE_PROGRAMMES)
    may_lead = request.actor.may(Can.LEAD_PROGRAMMES, here)
    context = {"unit": here, "programmes": programmes_of(here), "may_lead": may_lead}
    return page(request, "programmes/index.html", context)


def launch(request: Request, unit: int) -> HttpResponse:
    here = unit_for(request.actor, unit, Can.SEE_PROGRAMMES)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    form = LaunchForm(request.POST or None, unit=here)
    if made := submit(form, launch_programme, here, actor=request.actor):
        messages.success(request, _("Đã lập chương trình. Bây giờ hãy ghi chuyên đề của năm."))
        return redirect("programmes:theme", made.pk)
    return page(request, "programmes/edit.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


def programme(request: Request, pk: int) -> HttpResponse:
    """One programme year by year: its theme, documents, duties, and what study, plans and outreach did for it."""
    here = programme_for(request.actor, pk)
    context = {
        "programme": here,
        "unit": here.unit,
        "years": years_of(request.actor, here),
        "undated": undated_papers_of(here),
        "may_lead": request.actor.may(Can.LEAD_PROGRAMMES, here.unit),
    }
    return page(request, "programmes/programme.html", context)


def amend(request: Request, pk: int) -> HttpResponse:
    here = programme_for(request.actor, pk)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    initial = {name: getattr(here, name) for name in ("name", "basis", "valid_from", "valid_to")}
    form = AmendForm(request.POST or None, unit=here.unit, record=here, initial=initial)
    if submit(form, amend_programme, here, actor=request.actor):
        messages.success(request, _("Đã lưu."))
        return redirect("programmes:programme", here.pk)
    form.show_stored(programme_for(request.actor, pk))
    context = {"unit": here.unit, "programme": here, "form": form}
    return page(request, "programmes/edit.html", context, status=422 if form.is_bound else 200)


def theme(request: Request, pk: int) -> HttpResponse:
    """Publish the theme of a year, or word it anew."""
    here = programme_for(request.actor, pk)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    year = request.GET.get("year", "")
    stored = themes_of(here).filter(year=int(year)).first() if year.isdecimal() and len(year) == 4 else None
    initial = (
        {"year": stored.year, "title": stored.title, "words": stored.words} if stored else {"year": localdate().year}
    )
    form = ThemeForm(request.POST or None, initial=initial)
    if submit(form, set_theme, here, actor=request.actor):
        messages.success(request, _("Đã ghi chuyên đề."))
        return redirect("programmes:programme", here.pk)
    context = {"unit": here.unit, "programme": here, "form": form}
    return page(request, "programmes/theme.html", context, status=422 if form.is_bound else 200)


def attach(request: Request, pk: int) -> HttpResponse:
    here = programme_for(request.actor, pk)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    form = PaperForm(request.POST or None, unit=here.unit, record=here)
    if submit(form, attach_paper, here, actor=request.actor):
        messages.success(request, _("Đã gắn văn bản vào chương trình."))
        return redirect("programmes:programme", here.pk)
    context = {"unit": here.unit, "programme": here, "form": form}
    context["may_register"] = request.actor.may(Can.KEEP_PAPERS, here.unit)
    return page(request, "programmes/attach.html", context, status=422 if form.is_bound else 200)


def paper(request: Request, pk: int, paper: int) -> HttpResponse:
    """A document of the programme, for everybody whom the programme reaches."""
    return download(*file_of(paper_of(programme_for(request.actor, pk), paper)))


def manifestations(request: Request) -> HttpResponse:
    """The 27 manifestations, for everybody (seed S0-03)."""
    context = {
        "groups": manifestations_by_group(),
        "home": home_unit(request.actor, Can.LEAD_PROGRAMMES),
    }
    return page(request, "programmes/manifestations.html", context)


def wording(request: Request, unit: int, code: str) -> HttpResponse:
    """Paste the official sentence."""
    here, one = unit_for(request.actor, unit, Can.SEE_PROGRAMMES), manifestation_for(code)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    form = WordingForm(request.POST or None, initial={"text": one.text})
    if submit(form, word_manifestation, here, actor=request.actor, code=one.code):
        messages.success(request, _("Đã lưu câu chữ."))
        return redirect("programmes:manifestations")
    context = {"unit": here, "one": one, "form": form}
    return page(request, "programmes/wording.html", context, status=422 if form.is_bound else 200)
