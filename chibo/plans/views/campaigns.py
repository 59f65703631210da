"""The pages of campaigns: open one, see and amend it, suggest items to each group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, page, say_refusal, submit
from chibo.core.values import Period
from chibo.papers.selectors.register import file_of
from chibo.plans.actions import amend_campaign, copy_suggestions, open_campaign, suggest_items
from chibo.plans.forms.campaigns import AmendCampaignForm, CampaignForm, SuggestionsForm
from chibo.plans.forms.plans import BeginForm
from chibo.plans.rules.planning import days_left
from chibo.plans.selectors.campaigns import (
    campaign_before,
    campaign_for,
    campaigns_of,
    group_for,
    groups_for,
    guidance_of,
    sections_of,
    suggestions_of,
)
from chibo.plans.selectors.documents import blank_document, written_as
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def campaigns(request: Request, unit: int) -> HttpResponse:
    """The ward's campaigns, year by year."""
    here = unit_for(request.actor, unit, Can.SEE_PROGRAMMES)
    context = {
        "unit": here,
        "campaigns": campaigns_of(here),
        "may_lead": request.actor.may(Can.LEAD_PROGRAMMES, here),
    }
    return page(request, "plans/campaigns.html", context)


def open_one(request: Request, unit: int) -> HttpResponse:
    """Call for the plans of a year."""
    here = unit_for(request.actor, unit, Can.SEE_PROGRAMMES)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    today = localdate()
    form = CampaignForm(request.POST or None, unit=here, initial={"year": today.year, "opened_on": today})
    if made := submit(form, open_campaign, here, actor=request.actor):
        messages.success(request, _("Đã phát động đợt đăng ký. Bây giờ hãy gợi ý nội dung cho từng nhóm."))
        return redirect("plans:suggestions", made.pk)
    return page(request, "plans/open.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


def campaign(request: Request, pk: int) -> HttpResponse:
    """What the campaign asks for; every member reads it."""
    here = campaign_for(request.actor, pk)
    context = {
        "campaign": here,
        "unit": here.unit,
        "sections": sections_of(here),
        "groups": groups_for(here),
        "days": days_left(here.deadline, localdate()),
        "year": Period.of_year(here.year),
        "may_lead": request.actor.may(Can.LEAD_PROGRAMMES, here.unit),
        "may_see": request.actor.may(Can.SEE_PLANS, here.unit),
    }
    return page(request, "plans/campaign.html", context)


def amend(request: Request, pk: int) -> HttpResponse:
    here = campaign_for(request.actor, pk)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    names = ("programme", "theme", "guidance", "opened_on", "deadline", "form_title", "sections")
    initial = {name: getattr(here, name) for name in names}
    form = AmendCampaignForm(request.POST or None, unit=here.unit, record=here, initial=initial)
    if submit(form, amend_campaign, here, actor=request.actor):
        messages.success(request, _("Đã lưu."))
        return redirect("plans:campaign", here.pk)
    form.show_stored(campaign_for(request.actor, pk), ("theme", "guidance", "opened_on", "deadline"))
    context = {"unit": here.unit, "campaign": here, "form": form}
    return page(request, "plans/open.html", context, status=422 if form.is_bound else 200)


def suggestions(request: Request, pk: int) -> HttpResponse:
    """What is suggested to every group, on one page."""
    here = campaign_for(request.actor, pk)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    context = {
        "campaign": here,
        "unit": here.unit,
        "groups": groups_for(here),
        "sections": dict(sections_of(here)),
        "before": campaign_before(here),
        "form": BeginForm(),
    }
    return page(request, "plans/suggestions.html", context)


def suggest(request: Request, pk: int, group: int) -> HttpResponse:
    """Suggest items to one group of members."""
    here = campaign_for(request.actor, pk)
    request.actor.require(Can.LEAD_PROGRAMMES, here)
    whom = group_for(here, group)
    form = SuggestionsForm(
        request.POST or None, sections=sections_of(here), stored=suggestions_of(here, whom), record=here
    )
    if submit(form, suggest_items, here, actor=request.actor, group=whom):
        messages.success(request, _("Đã lưu gợi ý cho nhóm %(group)s.") % {"group": whom})
        return redirect("plans:suggestions", here.pk)
    form.show_stored(campaign_for(request.actor, pk))
    context = {"campaign": here, "unit": here.unit, "group": whom, "form": form}
    return page(request, "plans/suggest.html", context, status=422 if form.is_bound else 200)


@require_POST
def copy(request: Request, pk: int) -> HttpResponse:
    """Take over last year's suggestions for groups that have none."""
    here = campaign_for(request.actor, pk)
    form = BeginForm(request.POST)
    form.fields.pop("copy")
    if submit(form, copy_suggestions, here, actor=request.actor):
        messages.success(request, _("Đã chép gợi ý của đợt trước."))
    say_refusal(request, form)
    return redirect("plans:suggestions", here.pk)


def guidance(request: Request, pk: int) -> HttpResponse:
    """The guidance document, for everybody whom the campaign reaches."""
    return download(*file_of(guidance_of(campaign_for(request.actor, pk))))


def form_for_group(request: Request, pk: int, group: int, suffix: str) -> HttpResponse:
    """The blank form with what is suggested to a group."""
    here = campaign_for(request.actor, pk)
    request.actor.require(Can.SEE_PLANS, here)
    whom = group_for(here, group)
    if suffix not in ("docx", "pdf"):
        raise Http404
    document = blank_document(here, here.unit, group=whom)
    return download(
        written_as(document, suffix), f"Mẫu kế hoạch {here.year} - {whom}.{suffix}", PDF if suffix == "pdf" else DOCX
    )
