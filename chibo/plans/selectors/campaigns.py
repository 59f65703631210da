"""How campaigns and their suggestions are read: what a ward calls for is seen by all its cells and members."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Event
from chibo.members.models import Group
from chibo.members.selectors import groups_of
from chibo.papers.models import Paper
from chibo.plans.models import Campaign, Plan, Suggestion
from chibo.plans.rules import HAVING
from chibo.plans.rules.planning import Opening
from chibo.programmes.models import Programme, Theme
from chibo.programmes.selectors import from_above
from chibo.units.models import Unit


def visible_campaigns(actor: Actor) -> QuerySet[Campaign]:
    """The campaigns below the actor's posts and those that reach them from above, latest first."""
    mine = Campaign.objects.visible_to(actor) | Campaign.objects.filter(from_above(actor))
    return mine.select_related("unit", "programme", "theme", "guidance").order_by("-year", "-pk")


def campaign_for(actor: Actor, pk: int) -> Campaign:
    """The campaign, if it reaches the actor; otherwise it does not exist for them (404)."""
    found = visible_campaigns(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def campaign_of_year(unit: Unit, year: int) -> Campaign | None:
    """The campaign of that year that the unit stands under: its ward's, or its own."""
    above = [int(pk) for pk in unit.path.split("/") if pk]
    return (
        Campaign.objects.filter(unit_id__in=above, year=year)
        .select_related("unit", "programme", "theme", "guidance")
        .order_by("-unit__path")
        .first()
    )


def campaigns_of(unit: Unit) -> QuerySet[Campaign]:
    """The unit's campaigns with how many plans each has, latest first."""
    found = Campaign.objects.filter(unit=unit).select_related("programme", "theme")
    return found.annotate(plan_count=Count("plans")).order_by("-year")


def years_of_programme(actor: Actor, programme: Programme) -> Iterator[Event]:
    """On the page of a programme: its campaigns, with how many plans are registered for who may see that there."""
    found = visible_campaigns(actor).filter(programme=programme)
    for one in found.annotate(registered=Count("plans", filter=Q(plans__state__in=HAVING))):
        sees = actor.may(Can.SEE_PLANS, one.unit)
        told = _("%(count)s kế hoạch đã đăng ký") % {"count": one.registered} if sees else ""
        url = reverse("plans:campaign", args=[one.pk])
        yield Event(
            one.opened_on, _("Đợt đăng ký"), _("Kế hoạch tu dưỡng năm %(year)s") % {"year": one.year}, url, told
        )


def year_taken(unit: Unit, year: int) -> bool:
    return Campaign.objects.filter(unit=unit, year=year).exists()


def opening_of(
    campaign: Campaign, *, programme: Programme, theme: Theme | None, sections: Iterable[tuple[str, str]]
) -> Opening:
    """The campaign as the rules of opening see it."""
    return Opening(
        campaign.year,
        campaign.opened_on,
        campaign.deadline,
        programme.pk,
        (theme.programme_id, theme.year) if theme else None,
        programme.valid_from,
        programme.valid_to,
        tuple((code, title) for code, title in sections),
    )


def sections_of(campaign: Campaign) -> list[tuple[str, str]]:
    """The sections of the campaign's form, in its order: (code, title)."""
    return [(code, title) for code, title in campaign.sections]


# ---------------------------------------------------------------------------------------- suggestions


def groups_for(campaign: Campaign) -> list[tuple[Group, list[Suggestion]]]:
    """Every group that the ward keeps, with what is suggested to it (seed S0-15): two queries."""
    found: dict[int, list[Suggestion]] = {}
    for suggestion in campaign.suggestions.all():
        found.setdefault(suggestion.group_id, []).append(suggestion)
    return [(group, found.get(group.pk, [])) for group in groups_of(campaign.unit_id)]


def group_for(campaign: Campaign, pk: int) -> Group:
    found = groups_of(campaign.unit_id).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def suggestions_of(campaign: Campaign, group: Group) -> QuerySet[Suggestion]:
    return campaign.suggestions.filter(group=group)


def campaign_before(campaign: Campaign) -> Campaign | None:
    """The ward's last campaign before this one: whose suggestions may be copied."""
    return Campaign.objects.filter(unit=campaign.unit, year__lt=campaign.year).order_by("-year").first()


def suggestions_for(plan: Plan) -> list[Suggestion]:
    """What the ward suggests to the groups of the plan's member and the plan does not hold yet."""
    held = {item.statement for item in plan.items.all()}
    found = Suggestion.objects.filter(campaign=plan.campaign, group__members=plan.member).select_related("group")
    offered: dict[str, Suggestion] = {}
    for suggestion in found.order_by("section", "pk"):
        if suggestion.statement not in held:
            offered.setdefault(suggestion.statement, suggestion)
    return list(offered.values())


def suggestion_for(plan: Plan, pk: int) -> Suggestion:
    """A suggestion of the plan's own campaign (404 otherwise)."""
    found = Suggestion.objects.filter(campaign=plan.campaign, pk=pk).first()
    if found is None:
        raise Http404
    return found


def guidance_of(campaign: Campaign) -> Paper:
    """The campaign's guidance document: whoever the campaign reaches may read it (404 where there is none)."""
    if campaign.guidance is None:
        raise Http404
    return campaign.guidance
