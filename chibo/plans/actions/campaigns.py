"""The ward calls for the plans of a year, and suggests items to each group of members."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import nfc
from chibo.members.models import Group
from chibo.papers.models import Paper
from chibo.plans.models import Campaign, Suggestion
from chibo.plans.rules import FormTitle
from chibo.plans.rules.planning import (
    DEFAULT_SECTIONS,
    SuggestedItem,
    objections_to_amending_campaign,
    objections_to_opening,
    objections_to_suggesting,
)
from chibo.plans.selectors.campaigns import campaign_before, opening_of, year_taken
from chibo.programmes.models import Programme, Theme
from chibo.units.models import Unit
from chibo.units.rules import Level


@action(Can.LEAD_PROGRAMMES)
def open_campaign(
    ward: Unit,
    *,
    actor: Actor,
    programme: Programme,
    year: int,
    opened_on: date,
    deadline: date,
    theme: Theme | None = None,
    guidance: Paper | None = None,
    form_title: str = FormTitle.PLAN,
    sections: Sequence[tuple[str, str]] = (),
) -> Campaign:
    """Call for the plans of a year (one a year per ward). ``sections`` are (code, title) of the form, the seven
    of the form in circulation unless said (rulebook §3.2)."""
    campaign = Campaign(
        unit=ward, programme=programme, theme=theme, guidance=guidance, year=year, opened_on=opened_on,
        deadline=deadline, form_title=form_title,
    )  # fmt: skip
    chosen = list(sections) or [(code, gettext(title)) for code, title in DEFAULT_SECTIONS]
    asked = opening_of(campaign, programme=programme, theme=theme, sections=chosen)
    refuse_if(objections_to_opening(asked, is_ward=ward.level == Level.WARD, year_taken=year_taken(ward, year)))
    campaign.sections = [[code, nfc(title)] for code, title in chosen]
    campaign.save()
    return campaign


@action(Can.LEAD_PROGRAMMES)
def amend_campaign(
    campaign: Campaign,
    *,
    actor: Actor,
    programme: Programme,
    opened_on: date,
    deadline: date,
    theme: Theme | None = None,
    guidance: Paper | None = None,
    form_title: str = FormTitle.PLAN,
    sections: Sequence[tuple[str, str]] = (),
) -> Campaign:
    """Change what the campaign rests on, its deadline or its form; sections that plans already use stay."""
    chosen = list(sections) or [(code, title) for code, title in campaign.sections]
    campaign.programme, campaign.theme, campaign.guidance = programme, theme, guidance
    campaign.opened_on, campaign.deadline, campaign.form_title = opened_on, deadline, form_title
    asked = opening_of(campaign, programme=programme, theme=theme, sections=chosen)
    used = set(campaign.plans.values_list("items__section", flat=True)) - {None, *(code for code, _title in chosen)}
    refuse_if(
        [
            *objections_to_amending_campaign(asked),
            *(
                Objection(
                    gettext_noop("Mục %(code)s đã có kế hoạch ghi nội dung, không bỏ được."),
                    params={"code": code},
                    field="sections",
                )
                for code in sorted(used)
            ),
        ]
    )
    campaign.sections = [[code, nfc(title)] for code, title in chosen]
    campaign.save()
    return campaign


@action(Can.LEAD_PROGRAMMES)
def suggest_items(campaign: Campaign, *, actor: Actor, group: Group, items: Sequence[SuggestedItem]) -> Campaign:
    """Put these in place of what is suggested to a group of members (seed S0-15)."""
    codes = [code for code, _title in campaign.sections]
    refuse_if(objections_to_suggesting(items, sections=codes, group_of_ward=group.unit_id == campaign.unit_id))
    campaign.suggestions.filter(group=group).delete()
    Suggestion.objects.bulk_create(
        Suggestion(
            campaign=campaign, group=group, section=item.section, statement=nfc(item.statement),
            measure=nfc(item.measure), on_theme=item.on_theme,
        )
        for item in items
    )  # fmt: skip
    return campaign


@action(Can.LEAD_PROGRAMMES)
def copy_suggestions(campaign: Campaign, *, actor: Actor) -> Campaign:
    """Take over the suggestions of the ward's campaign before, for groups that have none yet; not on the new theme."""
    before = campaign_before(campaign)
    if before is None:
        refuse_if([Objection(gettext_noop("Chưa có đợt đăng ký nào trước đây để chép."))])
        return campaign
    guided = set(campaign.suggestions.values_list("group_id", flat=True))
    codes = {code for code, _title in campaign.sections}
    Suggestion.objects.bulk_create(
        Suggestion(
            campaign=campaign,
            group_id=old.group_id,
            section=old.section,
            statement=old.statement,
            measure=old.measure,
        )
        for old in before.suggestions.exclude(group__in=guided)
        if old.section in codes
    )
    return campaign
