"""Within a term somebody is missing: a round of by-elections, a committee filled up, posts added and none ended (190-QĐ/TW Đ28)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from chibo.access.charter import Post
from chibo.congresses.actions import approve_scheme, open_round, propose_scheme
from chibo.congresses.actions.conducting import begin_congress, close_congress, open_election, put_forward
from chibo.congresses.actions.counting import certify_count
from chibo.congresses.actions.following import install_committee
from chibo.congresses.models import Candidate, Congress, CongressRound
from chibo.congresses.rules import Source
from chibo.congresses.rules.listing import Limits, Putting, objections_to_missing, objections_to_putting
from chibo.congresses.selectors.boards import board_of
from chibo.congresses.selectors.document import count_minutes, result_paper
from chibo.meetings.actions import call_roll
from chibo.members.actions.posts import end_term
from chibo.members.models import Member
from chibo.members.selectors import posts_on
from chibo.papers.selectors import html_of
from chibo.tasks.models import Task
from chibo.units.models import Ordinance
from tests.congresses.cast import DAY, entered, fresh, issued, listed, opened, people, scheduled, with_counters
from tests.congresses.test_pages import at, body
from tests.world import LONG_AGO, World


@pytest.mark.parametrize(
    ("office", "seats", "sitting", "small", "said"),
    [
        ("committee", 1, 2, False, ""), ("committee", 5, 2, False, ""), ("committee", 6, 2, False, "vượt quá"),
        ("committee", 0, 2, False, "vượt quá"), ("committee", 1, 0, True, "không có chi ủy"), ("secretary", 1, 2, False, ""),
        ("deputy", 2, 2, False, "một phó bí thư"), ("delegates", 1, 2, False, "chỉ bầu"),
    ],
)  # fmt: skip
def test_a_by_election_fills_what_is_missing(office: str, seats: int, sitting: int, small: bool, said: str) -> None:
    found = list(objections_to_missing(office, seats, sitting, is_small=small, on=DAY, limits=Limits()))
    assert len(found) == bool(said)
    assert all(said in one.text and one.article == "Quy chế 244-QĐ/TW, Điều 30" for one in found)


def test_an_office_that_somebody_keeps_is_not_missing() -> None:
    found = list(
        objections_to_missing("secretary", 1, 2, is_small=False, on=DAY, limits=Limits(), holder="Trần Văn An")
    )
    assert ["không khuyết" in one.text and one.field == "office" for one in found] == [True]


@pytest.mark.parametrize(
    ("office", "holds", "refused"),
    [
        ("committee", "committee", True), ("committee", "deputy", True), ("secretary", "secretary", True),
        ("secretary", "deputy", False), ("deputy", "committee", False), ("deputy", "secretary", True), ("committee", "", False),
    ],
)  # fmt: skip
def test_nobody_is_elected_into_what_they_hold(office: str, holds: str, refused: bool) -> None:
    asked = Putting("An", Source.INTRODUCED, "official", "active", holds=holds)
    found = list(objections_to_putting(asked, office, has_committee=True, on=DAY))
    assert [one.article for one in found] == ["Quy chế 244-QĐ/TW, Điều 30"] * refused


def test_only_a_vacant_office_and_people_without_it_are_voted_on(world: World) -> None:
    """An leads the cell and Bình sits in its committee: neither is elected into that again. Once An is gone, there is a seat."""
    congress, found = begun_within_a_term(world)
    with pytest.raises(ValidationError, match="đang là Trần Văn An, không khuyết"):
        open_election(congress, actor=world.secretary, office="secretary")
    election = open_election(congress, actor=world.secretary, office="committee", seats=1)
    for member in found[:2]:
        with pytest.raises(ValidationError, match="đang giữ chức vụ"):
            put_forward(election, actor=world.secretary, member=member)
    assert not election.candidates.exists()
    election.delete()
    end_term(
        posts_on(DAY, [world.cell5.pk]).get(post=Post.CELL_SECRETARY), actor=world.clerk, last_day=date(2020, 2, 18)
    )
    put_forward(
        open_election(fresh(congress), actor=world.secretary, office="secretary"),
        actor=world.secretary,
        member=found[1],
    )
    assert Candidate.objects.get().member == found[1]


def test_the_page_proposes_what_is_vacant(world: World, browser_of: Any) -> None:
    """An leads the cell, which has no deputy; and once it is too small for a committee, none is proposed."""
    congress, _found = begun_within_a_term(world)

    def proposed() -> str:
        page = browser_of(world.secretary).get(at("congress", congress.pk)).content.decode()
        return re.findall(r'name="office" value="(\w+)"[^>]*checked', page)[0]

    assert proposed() == "committee"
    Ordinance.objects.create(unit=world.ward, code="congresses.committee_from", value=11, effective_from=LONG_AGO)
    assert proposed() == "deputy", "not the secretary's office, which An keeps"


def begun_within_a_term(world: World) -> tuple[Congress, list[Member]]:
    """An leads the cell and Bình sits in its committee; one more is to be elected."""
    found = people(world)
    round_ = opened(world, occasion="by", name="Bầu bổ sung tháng 2", past_term_ends=None)
    congress = scheduled(world, round_)
    propose_scheme(congress, actor=world.secretary, seats=1)
    approve_scheme(fresh(congress), actor=world.clerk, approved_on=date(2020, 2, 10))
    call_roll(congress.meeting, actor=world.secretary, presences={m.pk: ("present", "") for m in found})
    begin_congress(fresh(congress), actor=world.secretary)
    return fresh(congress), found


def test_a_committee_is_filled_up_and_nobody_else_loses_a_post(world: World) -> None:
    congress, found = begun_within_a_term(world)
    assert str(congress) == "Hội nghị bầu bổ sung Chi bộ 5"
    assert congress.preparations.count() == 2
    with pytest.raises(ValidationError, match="chưa bầu"):
        close_congress(congress, actor=world.secretary, closed_on=DAY)
    election = listed(world, congress, found[2:4], "committee", 1, hands=10)
    with pytest.raises(ValidationError, match="Bầu xong cuộc trước"):
        open_election(fresh(congress), actor=world.secretary, office="secretary")
    with_counters(world, fresh(congress), found[4:7], hands=10)
    polling = issued(world, election, 10)
    certify_count(entered(world, polling, ["dk"] * 10), actor=world.secretary)
    deputy = listed(world, fresh(congress), [found[1]], "deputy", 1, hands=10)
    certify_count(entered(world, issued(world, deputy, 10), ["d"] * 10), actor=world.secretary)
    close_congress(fresh(congress), actor=world.secretary, closed_on=DAY)
    assert not Task.objects.filter(origin_text=str(congress)).exists(), "no new term, so no working rules anew"
    install_committee(fresh(congress), actor=world.clerk)
    posts = {(term.member, term.post) for term in posts_on(DAY, [world.cell5.pk])}
    assert {(found[0], Post.CELL_SECRETARY), (found[1], Post.CELL_DEPUTY), (found[2], Post.CELL_COMMITTEE)} <= posts
    assert (found[1], Post.CELL_COMMITTEE) not in posts, "one post a person"
    assert "Hội nghị bầu bổ sung Chi bộ 5" in str(html_of(count_minutes(fresh(polling))))
    assert "bầu bổ sung chi ủy" in str(html_of(result_paper(fresh(congress))))


def test_by_elections_are_no_congresses_of_a_term(world: World, browser_of: Any) -> None:
    """Their round may lie within another's days; its board knows only the cells put into it; figures of congresses do not."""
    opened(world)
    clerk = browser_of(world.clerk)
    asked = {
        "name": "Bầu bổ sung",
        "term": "2020-2022",
        "first_on": "9/2/2020",
        "last_on": "22/3/2020",
        "occasion": "by",
    }
    clerk.post(at("open", world.ward.pk), asked)
    round_ = CongressRound.objects.get(occasion="by")
    assert board_of(round_, DAY).done.base == 0
    clerk.post(at("schedule", round_.pk), {"cell": world.cell5.pk, "held_on": "20/2/2020", "is_pilot": "on"})
    assert not Congress.objects.exists(), "there is no pilot of a by-election"
    clerk.post(at("schedule", round_.pk), {"cell": world.cell5.pk, "held_on": "20/2/2020"})
    assert "0/1" in body(clerk, "round", round_.pk)
    with pytest.raises(ValidationError, match="Đã có đợt"):
        open_round(
            world.ward, actor=world.clerk, name="Nữa", term="2020-2022", first_on=DAY, last_on=DAY, occasion="by"
        )
