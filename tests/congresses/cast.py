"""A ward's round in spring 2020, and cell 5's congress in it: ten official members, nine of them there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from chibo.access.charter import Post
from chibo.congresses.actions import (
    approve_scheme,
    backwards,
    counting,
    open_round,
    propose_scheme,
    scanning,
    schedule_congress,
)
from chibo.congresses.actions.conducting import begin_congress, close_list, elect_counters, open_election, put_forward
from chibo.congresses.actions.counting import certify_count, collect_ballots, issue_ballots
from chibo.congresses.actions.seating import give_code
from chibo.congresses.models import (
    BallotEntry,
    Congress,
    CongressRound,
    Counter,
    Election,
    Polling,
    ScanAnswer,
    StrikeBatch,
)
from chibo.meetings.actions import call_roll
from chibo.members.actions import appoint
from chibo.members.models import Member
from tests.world import World

DAY = date(2020, 2, 20)
NAMES = ("An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khoa", "Lan", "Minh", "Nga")


def opened(world: World, **more: Any) -> CongressRound:
    asked = {
        "name": "Đại hội các chi bộ nhiệm kỳ 2020-2022", "term": "2020-2022", "past_term": "2017-2020",
        "first_on": date(2020, 2, 9), "last_on": date(2020, 3, 22), "past_term_ends": date(2020, 3, 31),
    }  # fmt: skip
    return open_round(world.ward, actor=world.clerk, **{**asked, **more})


def people(world: World) -> list[Member]:
    """The members of cell 5 in the order of the printed list; An leads it, Bình sits in its committee."""
    found = [world.member(world.cell5, f"Trần Văn {name}", birth_date=date(1960 + 3 * n, 5, 5), sex="female" if n % 2 else "male") for n, name in enumerate(NAMES)]  # fmt: skip
    for member, post in ((found[0], Post.CELL_SECRETARY), (found[1], Post.CELL_COMMITTEE)):
        appoint(
            world.cell5, actor=world.clerk, member=member, post=post, valid_from=date(2017, 9, 1), term="2017-2020"
        )
    return found


def scheduled(world: World, round_: CongressRound | None = None, **more: Any) -> Congress:
    asked = {"cell": world.cell5, "held_on": DAY, "starts_at": time(8), "ends_at": time(11), "place": "Nhà văn hóa"}
    return schedule_congress(round_ or opened(world), actor=world.clerk, **{**asked, **more})


def fresh(record: Any) -> Any:
    """The record as it is now, with nothing remembered of its relations."""
    return type(record)._base_manager.select_related("unit").get(pk=record.pk)


def begun(
    world: World, members: Sequence[Member] | None = None, *, away: int = 1, **more: Any
) -> tuple[Congress, list[Member]]:
    """A congress that is under way, with an approved scheme of three; the last ``away`` members have leave."""
    found = list(members or people(world))
    congress = scheduled(world, **more)
    propose_scheme(congress, actor=world.secretary, seats=3)
    approve_scheme(fresh(congress), actor=world.clerk, approved_on=date(2020, 2, 10))
    there = found[: len(found) - away]
    presences = {m.pk: ("present", "") for m in there} | {
        m.pk: ("excused", "đi công tác") for m in found[len(there) :]
    }
    call_roll(congress.meeting, actor=world.secretary, presences=presences)
    begin_congress(fresh(congress), actor=world.secretary)
    return fresh(congress), found


def listed(world: World, congress: Congress, names: Sequence[Member], office: str = "committee", seats: int = 3, hands: int = 9) -> Election:  # fmt: skip
    election = open_election(congress, actor=world.secretary, office=office, seats=seats)
    for member in names:
        put_forward(election, actor=world.secretary, member=member)
    return close_list(fresh(election), actor=world.secretary, in_favour=hands)


def with_counters(world: World, congress: Congress, members: Sequence[Member], hands: int = 9) -> None:
    elect_counters(congress, actor=world.secretary, members=members, head=members[0], in_favour=hands)


def code_of(counter: Counter) -> str:
    """The code of a member of the counting committee in these stories."""
    return f"{counter.pk:06}"


def proof_of(world: World, counter: Counter) -> str:
    """The proof that this member sits at the machine; the code is given where there is none yet."""
    here = fresh(counter)
    if not here.code_hash and here.congress.state == "open":
        here = give_code(here, actor=world.secretary, code=code_of(here))
    return str(here.code_hash)


def enter_ballot(world: World, polling: Polling, *, counter: Counter, **asked: Any) -> BallotEntry:
    asked = {"actor": world.secretary, "code_hash": proof_of(world, counter), **asked}
    return counting.enter_ballot(polling, counter=fresh(counter), **asked)


def count_batch(world: World, polling: Polling, *, counter: Counter, **asked: Any) -> StrikeBatch:
    asked = {"actor": world.secretary, "code_hash": proof_of(world, counter), **asked}
    return backwards.count_batch(fresh(polling), counter=fresh(counter), **asked)


def answer_scan(world: World, scan: Any, *, counter: Counter, **asked: Any) -> ScanAnswer:
    asked = {"actor": world.secretary, "code_hash": proof_of(world, counter), **asked}
    return scanning.answer_scan(scan, counter=fresh(counter), **asked)


def issued(world: World, election: Election, count: int = 9) -> Polling:
    return issue_ballots(fresh(election), actor=world.secretary, printed=count, issued=count)


def entered(world: World, polling: Polling, first: Sequence[str], second: Sequence[str] | None = None) -> Polling:
    """Papers back, and entered by two members of the counting committee."""
    collect_ballots(fresh(polling), actor=world.secretary, collected=len(first))
    counters = list(polling.election.congress.counters.all()[:2])
    for hand, ballots in ((1, first), (2, second if second is not None else first)):
        for number, marks in enumerate(ballots, 1):
            if marks:
                enter_ballot(
                    world,
                    fresh(polling),
                    hand=hand,
                    number=number,
                    marks=marks,
                    counter=counters[hand - 1],
                )
    return fresh(polling)


def whole(world: World) -> tuple[Congress, list[Member]]:
    """Committee, secretary and deputy elected in one round each; the resolution is still to be voted on."""
    congress, found = begun(world)
    first = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    certify_count(entered(world, issued(world, first), ["dddk"] * 9), actor=world.secretary)
    for office, member in (("secretary", found[0]), ("deputy", found[2])):
        election = listed(world, fresh(congress), [member], office, 1)
        certify_count(entered(world, issued(world, election), ["d"] * 9), actor=world.secretary)
    return fresh(congress), found
