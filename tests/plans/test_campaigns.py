"""The ward calls for plans and guides each group (seeds S0-04, S0-13, S0-15)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.actor import SETUP
from chibo.plans.actions import amend_campaign, copy_suggestions, open_campaign, suggest_items
from chibo.plans.models import Campaign
from chibo.plans.rules.planning import GUIDANCE, SuggestedItem
from chibo.plans.selectors.campaigns import campaign_of_year, groups_for, visible_campaigns
from tests.plans.cast import DEADLINE, OPENED, campaign, drafted, programme, theme
from tests.world import World


def asked(world: World, **changes: object) -> Campaign:
    return open_campaign(
        world.ward,
        **{
            "actor": world.clerk, "programme": programme(world), "year": 2026, "opened_on": OPENED,
            "deadline": DEADLINE, **changes,
        },
    )  # fmt: skip


def test_s0_04_a_campaign_has_its_guidance_theme_and_the_seven_sections(world: World) -> None:
    made = campaign(world)
    assert made.guidance is not None
    assert made.theme == theme(world)
    assert [code for code, _title in made.sections] == list("1234567")
    assert made.sections[0][1] == "Về tư tưởng chính trị"


def test_a_second_campaign_of_the_year_is_refused(world: World) -> None:
    campaign(world)
    with pytest.raises(ValidationError) as refused:
        asked(world)
    assert refused.value.error_dict["year"][0].code == GUIDANCE
    assert Campaign.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"deadline": OPENED}, "deadline"),
        ({"deadline": date(2027, 1, 5)}, "deadline"),
        ({"opened_on": date(2024, 1, 5)}, "opened_on"),
        ({"sections": [("1", "Một"), ("1", "Hai")]}, "sections"),
        ({"sections": [("1", " ")]}, "sections"),
        ({"year": 2010, "opened_on": date(2010, 1, 1), "deadline": date(2010, 2, 1)}, "programme"),
    ],
)
def test_a_campaign_that_cannot_stand_is_refused_beside_its_field(
    world: World, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        asked(world, **changes)
    assert field in refused.value.error_dict
    assert not Campaign.objects.exists()


def test_the_theme_is_that_of_the_year_and_programme(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        asked(world, theme=theme(world, 2025))
    assert refused.value.error_dict["theme"][0].code == GUIDANCE


def test_only_the_ward_opens_campaigns_and_only_with_the_power(world: World) -> None:
    with pytest.raises(PermissionDenied):
        asked(world, actor=world.secretary)
    with pytest.raises(ValidationError):
        open_campaign(
            world.cell5, actor=SETUP, programme=programme(world), year=2026, opened_on=OPENED, deadline=DEADLINE
        )
    assert not Campaign.objects.exists()


def test_a_section_that_plans_use_stays_in_the_form(world: World) -> None:
    made = campaign(world)
    drafted(world, world.member(world.cell5))
    same = {"actor": world.clerk, "programme": made.programme, "opened_on": OPENED, "deadline": DEADLINE}
    with pytest.raises(ValidationError) as refused:
        amend_campaign(made, sections=[("2", "Đạo đức")], **same)
    assert list(refused.value.error_dict) == ["sections"]
    made = amend_campaign(made, sections=[("1", "Tư tưởng"), ("8", "Việc riêng của phường")], **same)
    assert made.sections == [["1", "Tư tưởng"], ["8", "Việc riêng của phường"]]


def test_s0_15_each_group_has_its_suggestions_and_last_years_are_copied_where_none_stand(world: World) -> None:
    young, old = world.group("Đảng viên trẻ"), world.group("Nghỉ hưu")
    before = campaign(world, 2025)
    suggest_items(before, actor=world.clerk, group=young, items=[SuggestedItem("1", "Năm ngoái", on_theme=True)])
    suggest_items(before, actor=world.clerk, group=old, items=[SuggestedItem("5", "Kể chuyện truyền thống")])
    now = campaign(world)
    suggest_items(now, actor=world.clerk, group=young, items=[SuggestedItem("1", "Năm nay")])
    copy_suggestions(now, actor=world.clerk)
    assert {g.name: [s.statement for s in found] for g, found in groups_for(now)} == {
        "Đảng viên trẻ": ["Năm nay"],
        "Nghỉ hưu": ["Kể chuyện truyền thống"],
    }


def test_suggestions_for_another_wards_group_or_an_unknown_section_are_refused(world: World) -> None:
    from chibo.members.models import Group

    theirs = Group.objects.create(unit=world.other_ward, name="Nhóm khác")
    with pytest.raises(ValidationError) as refused:
        suggest_items(campaign(world), actor=world.clerk, group=theirs, items=[SuggestedItem("9", "Lạc mục")])
    assert set(refused.value.error_dict) == {"group", "__all__"}
    assert not campaign(world).suggestions.exists()


def test_a_campaign_reaches_all_below_and_nobody_beside(world: World) -> None:
    made = campaign(world)
    member = world.member(world.cell5, account=True)
    for actor in (world.clerk, world.secretary, world.own(member)):
        assert made in visible_campaigns(actor)
    assert made not in visible_campaigns(world.stranger)
    assert campaign_of_year(world.cell7, 2026) == made
    assert campaign_of_year(world.other_cell, 2026) is None
