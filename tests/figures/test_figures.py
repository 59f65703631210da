"""A figure is its rows: number, table, trend, missing and range are all asked of the same two."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.core.registry import registry
from chibo.core.values import Period, Share
from chibo.figures.rules import Answer, Side, objections_to_sum, spread
from chibo.figures.selectors import (
    answer,
    broken_down,
    by_cell,
    by_cell_and_month,
    by_month,
    objections_of_sums,
    rows_counted,
    rows_missing,
    spread_of,
)
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition, Qualification, StaffKind, Standing
from chibo.plans.models import Evaluation
from chibo.plans.rules import PlanState, ResultLevel
from chibo.units.selectors import scope_of
from tests.figures.cast import campaign, meet, register
from tests.world import World

YEAR = Period.of_year(2020)
DAY = date(2020, 8, 19)


def figure(code: str):
    return registry.named("figures", code)


def scope(world: World, unit=None, period: Period = YEAR, today: date = date(2020, 12, 31)):
    return scope_of(unit or world.ward, period, today)


def test_s0_05_the_share_with_a_plan_is_told_for_each_cell_with_its_range(world: World) -> None:
    five, seven = world.members(world.cell5, 25), world.members(world.cell7, 20)
    register(campaign(world), five[:24] + seven)
    having, here = figure("plans.having"), scope(world)
    assert answer(having, here) == Answer(44, 45)
    assert [(line.label, line.answer.text) for line in by_cell(having, here)] == [
        ("Chi bộ 5", "96 % (24/25)"),
        ("Chi bộ 7", "100 % (20/20)"),
    ]
    low, high = spread_of(by_cell(having, here))
    assert (low.percent, high.percent) == ("96", "100")
    assert [row.member for row in rows_missing(having, here)] == [five[24]]
    assert rows_counted(having, here).count() == 44


def test_the_exempt_and_those_who_left_are_out_of_the_base(world: World) -> None:
    members = world.members(world.cell5, 3)
    world.member(world.cell5, "Miễn Sinh Hoạt", condition=Condition.EXEMPT)
    Membership.objects.filter(member=members[0]).update(valid_to=date(2020, 5, 1))
    register(campaign(world), members[1:2])
    assert answer(figure("plans.having"), scope(world)) == Answer(1, 2)


def test_a_draft_is_not_a_plan_and_last_years_plan_is_not_this_years(world: World) -> None:
    members = world.members(world.cell5, 2)
    register(campaign(world), members[:1], PlanState.DRAFT)
    assert answer(figure("plans.having"), scope(world)).part == 0


def test_s0_07_plans_are_due_where_the_cell_met_and_counted_where_it_evaluated(world: World) -> None:
    members = world.members(world.cell5, 4)
    plans = register(campaign(world), members)
    march, april = date(2020, 3, 1), date(2020, 4, 1)
    first = meet(world.cell5, march, members)
    meet(world.cell5, april, members)
    for plan in plans[:3]:
        Evaluation.objects.create(unit=world.cell5, plan=plan, meeting=first, month=march, level=ResultLevel.GOOD)
    evaluated, here = figure("plans.evaluated"), scope(world)
    assert answer(evaluated, here) == Answer(3, 8)
    assert by_cell_and_month(evaluated, here) == {
        (world.cell5.pk, march): Answer(3, 4),
        (world.cell5.pk, april): Answer(0, 4),
    }
    assert [line.answer.text for line in by_month(evaluated, here)][2:4] == ["75 % (3/4)", "0 % (0/4)"]
    levels = figure("plans.evaluations").breakdowns[0]
    assert [(line.label, line.answer.part) for line in broken_down(figure("plans.evaluations"), here, levels)] == [
        ("Tốt", 3)
    ]


def test_s3_08_staff_by_kind_and_by_qualification_agree(world: World) -> None:
    kinds = [StaffKind.CADRE] * 8 + [StaffKind.CIVIL_SERVANT] * 12 + [StaffKind.CONTRACT]
    levels = [Qualification.MASTER] * 2 + [Qualification.BACHELOR] * 18 + [Qualification.INTERMEDIATE]
    for kind, level in zip(kinds, levels, strict=True):
        world.member(world.cell5, staff_kind=kind, qualification=level)
    assert objections_of_sums(["members.staff"], scope(world)) == []
    Member.objects.filter(qualification=Qualification.INTERMEDIATE).update(qualification="")
    (objection,) = objections_of_sums(["members.staff"], scope(world))
    assert objection.params["left"] == "8 + 12 + 1 = 21"
    assert objection.params["right"].endswith("= 20")


def test_s3_12_attendance_is_compared_between_two_periods(world: World) -> None:
    members = world.members(world.cell5, 20)
    meet(world.cell5, date(2017, 3, 1), members, absent=3)
    meet(world.cell5, date(2018, 3, 1), members, absent=1)
    share = figure("meetings.attendance")
    assert answer(share, scope(world, period=Period.of_year(2017))).text == "85 % (17/20)"
    assert answer(share, scope(world, period=Period.of_year(2018))).text == "95 % (19/20)"


def test_probationary_and_official_add_up_to_the_whole(world: World) -> None:
    world.members(world.cell5, 3)
    world.member(world.cell5, "Dự Bị", standing=Standing.PROBATIONARY)
    world.member(world.cell7, "Tạm Thời", condition=Condition.TEMPORARY_HERE)
    assert answer(figure("members.counted"), scope(world)) == Answer(4)
    assert objections_of_sums(["members.standing"], scope(world)) == []


@pytest.mark.parametrize(
    ("share", "cut", "text"),
    [
        (Share(160, 170), True, "94,11"),
        (Share(160, 170), False, "94,12"),
        (Share(24, 25), False, "96"),
        (Share(1, 3), True, "33,33"),
        (Share(0, 0), False, ""),
    ],
)
def test_a_percentage_is_rounded_or_cut_as_the_figure_says(share: Share, cut: bool, text: str) -> None:
    assert share.percent(places=2, cut=cut) == text


def test_a_sum_that_disagrees_names_both_sides() -> None:
    (objection,) = objections_to_sum("Biên chế", Side((("Cán bộ", 8), ("Công chức", 12))), Side((("Đại học", 19),)))
    assert objection.params == {"label": "Biên chế", "left": "8 + 12 = 20", "right": "19 = 19"}


def test_the_range_leaves_out_cells_with_nobody() -> None:
    assert spread([Answer(0, 0), Answer(9, 10), Answer(4, 4)]) == (Answer(9, 10), Answer(4, 4))
    assert spread([Answer(0, 0)]) is None


@pytest.mark.parametrize("text", ["2020", "2020-08", "2020-q3", "2016..2020", "2020-03..2020-08"])
def test_a_period_is_written_as_it_is_read(text: str) -> None:
    assert str(Period.parse(text)) == text
