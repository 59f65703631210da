"""What goes wrong on the day: people leave, hands do not carry, two type at once, a paper is sent twice, nobody is elected."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from chibo.congresses.actions.conducting import (
    adopt_resolution,
    close_list,
    open_election,
    put_forward,
    settle_withdrawal,
)
from chibo.congresses.actions.counting import certify_count, collect_ballots
from chibo.congresses.models import BallotEntry, Polling, StrikeBatch
from chibo.congresses.rules.voting import objections_to_carrying
from chibo.congresses.selectors.document import count_minutes
from chibo.meetings.actions import call_roll
from chibo.meetings.models import AgendaItem, Vote
from chibo.meetings.selectors import composed_minutes
from chibo.papers.selectors import html_of
from tests.conftest import told_once
from tests.congresses.cast import (
    begun,
    code_of,
    count_batch,
    enter_ballot,
    entered,
    fresh,
    issued,
    listed,
    proof_of,
    whole,
    with_counters,
)
from tests.congresses.test_pages import at
from tests.world import World


@told_once
def voting(world: World) -> tuple[Polling, list[Any]]:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    return issued(world, election), found


def test_more_than_half_of_the_whole_cell_carries_a_vote() -> None:
    assert [bool(list(objections_to_carrying(hands, 10))) for hands in (5, 6)] == [True, False]


def test_a_list_or_resolution_that_is_not_carried_is_not_adopted(world: World) -> None:
    congress, found = begun(world)
    election = open_election(congress, actor=world.secretary, office="committee", seats=3)
    for member in found[:4]:
        put_forward(election, actor=world.secretary, member=member)
    with pytest.raises(ValidationError, match="4/10 đảng viên chính thức tán thành, chưa quá một nửa"):
        close_list(fresh(election), actor=world.secretary, in_favour=4, against=5)
    with pytest.raises(ValidationError, match="chưa thông qua"):
        adopt_resolution(congress, actor=world.secretary, in_favour=5, against=3, abstaining=1)
    assert (fresh(election).state, fresh(congress).resolution_vote) == ("draft", None)
    assert not Vote.objects.exists(), "what was not decided leaves no vote behind"


def test_when_people_leave_and_two_thirds_are_no_more_there_nothing_is_voted_on(world: World) -> None:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    left = {member.pk: ("unexcused", "về trước") for member in found[6:]}
    stayed = {member.pk: ("present", "") for member in found[:6]}
    call_roll(fresh(congress.meeting), actor=world.secretary, presences={**stayed, **left})
    for vote in (
        lambda: issued(world, election, 6),
        lambda: adopt_resolution(fresh(congress), actor=world.secretary, in_favour=6),
    ):
        with pytest.raises(ValidationError, match="Có mặt 6/10 đảng viên chính thức, chưa đủ 2/3"):
            vote()
    assert not Polling.objects.exists()


def test_nobody_is_withdrawn_once_the_list_is_closed_and_ballots_are_out(world: World, voting: Any) -> None:
    polling, _found = voting
    one = polling.election.candidates.first()
    with pytest.raises(ValidationError, match="Danh sách đã chốt, không thêm bớt"):
        settle_withdrawal(fresh(one), actor=world.secretary, withdrawal="allowed")
    assert fresh(one).withdrawal == "none"


def test_two_who_count_the_same_batch_and_a_batch_sent_twice_leave_one(world: World, voting: Any) -> None:
    polling, _found = voting
    collect_ballots(polling, actor=world.secretary, collected=9)
    _first, second, third = polling.election.congress.counters.all()
    asked: dict[str, Any] = {"first": 1, "last": 9, "struck": [0, 0, 0, 9], "once": "c" * 32}
    sent = [count_batch(world, polling, counter=second, **asked) for _time in range(2)]
    assert sent[0] == sent[1]
    with pytest.raises(ValidationError, match="Phiếu số 1 đến 9 đã đếm trong tập khác"):
        count_batch(world, polling, counter=third, **{**asked, "first": 5, "struck": [0, 0, 0, 5], "once": "d" * 32})
    assert StrikeBatch.objects.get().counter == second


def test_a_paper_sent_again_when_the_line_was_lost_is_entered_once(
    world: World, voting: Any, browser_of: Any
) -> None:
    """The page keeps its token: sent again from the same page after the line came back, it is the same paper."""
    polling, _found = voting
    collect_ballots(polling, actor=world.secretary, collected=9)
    one, cell = polling.election.congress.counters.first(), browser_of(world.secretary)
    proof_of(world, one)
    cell.post(f"{at('sit', polling.pk, one.pk)}?to=1", {"code": code_of(one)})
    page = cell.get(at("polling", polling.pk), {"hand": "1"})
    assert f'data-keep="ballot-{polling.pk}-1-1"' in page.content.decode()
    asked = {"hand": 1, "number": 1, "marks": "dddk", "once": page.context["form"]["once"].value()}
    for _time in range(2):
        assert cell.post(at("polling_step", polling.pk, "enter"), asked).status_code == 302
    assert BallotEntry.objects.count() == 1
    taken = cell.post(at("polling_step", polling.pk, "enter"), {**asked, "once": "e" * 32})
    assert "Phiếu số 1 đã nhập" in taken.content.decode()


def test_nobody_elected_is_said_in_the_minutes_and_seats_stay_open(world: World, voting: Any) -> None:
    polling, _found = voting
    certify_count(entered(world, polling, ["dkkk", "kdkk", "kkdk"] * 3), actor=world.secretary)
    assert fresh(polling.election).state == "short"
    assert "Không ai trúng cử trong lần bầu này" in str(html_of(count_minutes(fresh(polling))))
    assert "Không ai trúng cử" in AgendaItem.objects.get(title__startswith="Bầu chi ủy").notes


def test_each_result_comes_into_the_minutes_of_the_congress_under_its_item(world: World) -> None:
    congress, found = whole(world)
    told = composed_minutes(fresh(congress.meeting))
    committee, secretary = told.index("8. Bầu chi ủy"), told.index("9. Bầu bí thư")
    result = told.index("Trần Văn An: 9/9 phiếu (100 %)")
    assert committee < result < secretary
    assert told.index(f"Trúng cử: {found[0].full_name}.") > secretary
    enter = pytest.raises(ValidationError, match="đã công bố")
    polling = Polling.objects.first()
    assert polling is not None
    with enter:
        enter_ballot(world, fresh(polling), hand=1, number=1, marks="dddk", counter=congress.counters.first())
