"""Months of evaluations in which nobody is commended, reminded or criticised find themselves (seed S2-12)."""

from __future__ import annotations

from datetime import date, time

from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.meetings.actions import convene_meeting
from chibo.meetings.actions.conducting import mention_member
from chibo.meetings.models import Meeting
from chibo.plans.actions import evaluate_cell
from chibo.plans.models import Plan
from chibo.units.selectors import scope_of
from tests.plans.cast import registered
from tests.world import World


def told(world: World, day: date) -> list[str]:
    scope = scope_of(world.ward, Period.of_year(day.year), day)
    return [found.detail for found in registry.named("checks", "plans.quiet").run(scope)]


def evaluated(world: World, plan: Plan, months: range) -> list[Meeting]:
    held = []
    for month in months:
        meeting = convene_meeting(
            world.cell5, actor=world.secretary, held_on=date(2026, month, 5), starts_at=time(19, 30)
        )
        evaluate_cell(meeting, entries={plan.pk: {"level": "good"}}, actor=world.secretary)
        held.append(meeting)
    return held


def test_s2_12_three_months_of_evaluations_that_name_nobody_find_themselves(world: World) -> None:
    member = world.member(world.cell5, "Bùi Văn Một")
    held = evaluated(world, registered(world, member), range(3, 6))
    assert told(world, date(2026, 4, 30)) == []
    assert told(world, date(2026, 5, 31)) == ["3 tháng có đánh giá nhưng chưa biểu dương, nhắc nhở, phê bình ai"]
    mention_member(held[-1], actor=world.secretary, member=member, kind="commend", text="Hiến đất làm đường")
    assert told(world, date(2026, 5, 31)) == []


def test_s2_12_one_remark_in_an_evaluation_is_enough(world: World) -> None:
    plan = registered(world, world.member(world.cell5, "Bùi Văn Một"))
    held = evaluated(world, plan, range(3, 6))
    entry = {"level": "good", "remark": "commend", "comment": "Giúp ba hộ khó khăn"}
    evaluate_cell(held[-1], entries={plan.pk: entry}, actor=world.secretary)
    assert told(world, date(2026, 5, 31)) == []
