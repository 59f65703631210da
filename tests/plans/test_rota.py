"""Who reports in which month: fair, predictable, nobody who is exempt or away (seed S1-08)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chibo.meetings.actions import convene_meeting
from chibo.meetings.models import Meeting
from chibo.members.models import Membership
from chibo.members.rules import Condition
from chibo.plans.actions import assign_turn, propose_rota, withdraw_turn
from chibo.plans.models import Turn
from chibo.plans.rules.evaluating import fair_rota
from chibo.plans.selectors.rota import errands_of_rota, rota_of
from tests.world import World

NOVEMBER = date(2026, 11, 1)
MONTHS = [date(2026, month, 1) for month in range(1, 13)]
QUARTER = MONTHS[:3]


def everybody(people: list[int], months: list[date]) -> dict[date, set[int]]:
    return {month: set(people) for month in months}


# ----------------------------------------------------------------------------------------------- rule


def test_people_are_spread_evenly_in_their_order() -> None:
    people = [1, 2, 3, 4, 5, 6, 7]
    made = fair_rota(people, QUARTER, expected=everybody(people, QUARTER), last={})
    assert list(made.values()) == [[1, 2, 3], [4, 5], [6, 7]]


def test_who_reported_longest_ago_comes_first() -> None:
    people = [1, 2, 3]
    last = {1: date(2025, 12, 1), 2: date(2025, 3, 1)}
    made = fair_rota(people, QUARTER, expected=everybody(people, QUARTER), last=last)
    assert list(made.values()) == [[3], [2], [1]]


def test_few_people_come_round_again_so_that_no_month_is_bare() -> None:
    made = fair_rota([1, 2], MONTHS[:5], expected=everybody([1, 2], MONTHS), last={})
    assert list(made.values()) == [[1], [2], [1], [2], [1]]


def test_who_is_away_gets_another_month_and_who_is_always_away_none() -> None:
    expected = {QUARTER[0]: {2}, QUARTER[1]: {1, 2}, QUARTER[2]: {1, 2}}
    made = fair_rota([1, 2, 9], QUARTER[:2], expected=expected, last={})
    assert made == {QUARTER[0]: [2], QUARTER[1]: [1]}


def test_turns_already_given_stay_and_count() -> None:
    people = [1, 2, 3]
    made = fair_rota(people, QUARTER, expected=everybody(people, QUARTER), last={}, taken={QUARTER[0]: {3}})
    assert made == {QUARTER[1]: [1], QUARTER[2]: [2]}


def test_nobody_or_no_month_gives_nothing() -> None:
    assert fair_rota([], QUARTER, expected={}, last={}) == {}
    assert fair_rota([1], [], expected={}, last={}) == {}


# -------------------------------------------------------------------------------------------- actions


def test_s1_08_a_rota_spreads_the_cell_over_the_year(world: World) -> None:
    world.members(world.cell5, 24)
    world.member(world.cell5, "Cụ Miễn", condition=Condition.EXEMPT)
    world.member(world.cell5, "Người Xa", condition=Condition.TEMPORARY_ELSEWHERE)
    made = propose_rota(world.cell5, actor=world.secretary, year=2026)
    assert len(made) == 24
    rota = rota_of(world.cell5, 2026)
    assert [len(rota.taken[month]) for month in MONTHS] == [2] * 12
    assert {row.turns for row in rota.rows} == {1}
    assert [row.member.full_name for row in rota.rows if row.member.full_name in ("Cụ Miễn", "Người Xa")] == []
    assert propose_rota(world.cell5, actor=world.secretary, year=2026) == [], "everybody has a turn"


def test_next_year_begins_with_who_reported_longest_ago(world: World) -> None:
    people = world.members(world.cell5, 12)
    propose_rota(world.cell5, actor=world.secretary, year=2026)
    withdraw_turn(world.cell5, actor=world.secretary, member=people[3], month=date(2026, 4, 1))
    propose_rota(world.cell5, actor=world.secretary, year=2027)
    first = Turn.objects.get(month=date(2027, 1, 1))
    assert first.member == people[3]


def test_a_proposal_begins_with_the_month_asked_for(world: World) -> None:
    world.members(world.cell5, 2)
    propose_rota(world.cell5, actor=world.secretary, year=2026, first=NOVEMBER)
    assert set(Turn.objects.values_list("month", flat=True)) == {NOVEMBER, date(2026, 12, 1)}


def test_a_turn_is_given_once_and_taken_back(world: World) -> None:
    member = world.member(world.cell5)
    for _ in range(2):
        assign_turn(world.cell5, actor=world.secretary, member=member, month=date(2026, 11, 20))
    assert Turn.objects.get().month == NOVEMBER
    withdraw_turn(world.cell5, actor=world.secretary, member=member, month=NOVEMBER)
    assert not Turn.objects.exists()


@pytest.mark.parametrize("condition", [Condition.EXEMPT, Condition.TEMPORARY_ELSEWHERE, Condition.SUSPENDED])
def test_nobody_reports_who_is_not_expected(world: World, condition: Condition) -> None:
    member = world.member(world.cell5, condition=condition)
    with pytest.raises(ValidationError) as refused:
        assign_turn(world.cell5, actor=world.secretary, member=member, month=NOVEMBER)
    assert list(refused.value.error_dict) == ["member"]
    assert not Turn.objects.exists()


def test_a_member_of_another_cell_gets_no_turn_here(world: World) -> None:
    with pytest.raises(ValidationError):
        assign_turn(world.cell5, actor=world.secretary, member=world.member(world.cell7), month=NOVEMBER)
    with pytest.raises(PermissionDenied):
        assign_turn(world.cell7, actor=world.secretary, member=world.member(world.cell7), month=NOVEMBER)


def test_the_rota_of_a_closed_month_is_history(world: World) -> None:
    member = world.member(world.cell5)
    assign_turn(world.cell5, actor=world.secretary, member=member, month=NOVEMBER)
    convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 11, 5))
    Meeting.objects.update(state="closed")
    with pytest.raises(ValidationError, match="đã bế mạc"):
        withdraw_turn(world.cell5, actor=world.secretary, member=member, month=NOVEMBER)
    assert Turn.objects.exists()


def test_who_joins_during_the_month_may_report_at_a_meeting_after_that(world: World) -> None:
    member = world.member(world.cell5, since=date(2026, 11, 10))
    assert NOVEMBER in {m for m, people in rota_of(world.cell5, 2026).expected.items() if member.pk in people}
    convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 11, 5))
    assert member.pk not in rota_of(world.cell5, 2026).expected[NOVEMBER]


def test_who_leaves_is_not_expected_afterwards(world: World) -> None:
    member = world.member(world.cell5)
    Membership.objects.filter(member=member).update(valid_to=date(2026, 6, 30))
    made = propose_rota(world.cell5, actor=world.secretary, year=2026, first=date(2026, 7, 1))
    assert made == []


def test_the_page_of_thirty_takes_as_many_queries_as_that_of_one(world: World) -> None:
    counts = []
    for size in (1, 30):
        world.members(world.cell5, size)
        with CaptureQueriesContext(connection) as queries:
            rota_of(world.cell5, 2026)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_s1_08_the_member_whose_turn_it_is_is_told(world: World) -> None:
    member = world.member(world.cell5, account=True)
    assign_turn(world.cell5, actor=world.secretary, member=member, month=NOVEMBER)
    (errand,) = errands_of_rota(world.own(member), date(2026, 11, 2))
    assert "tháng 11/2026" in errand.text
    assert list(errands_of_rota(world.secretary, date(2026, 11, 2))) == []
