"""Congresses by their actions: one test for each outcome."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.charter import Can, Post
from chibo.access.selectors import actor_of
from chibo.congresses.actions import (
    approve_scheme,
    assign_preparation,
    draw_lessons,
    finish_preparation,
    move_congress,
    note_deviation,
    open_round,
    propose_scheme,
    schedule_congress,
    write_section,
)
from chibo.congresses.actions.conducting import (
    adopt_resolution,
    begin_congress,
    close_congress,
    close_list,
    elect_counters,
    note_support,
    open_election,
    put_forward,
    settle_withdrawal,
    strike_candidate,
)
from chibo.congresses.actions.counting import (
    certify_count,
    collect_ballots,
    end_election,
    issue_ballots,
    strike_entry,
)
from chibo.congresses.actions.following import (
    approve_result,
    destroy_ballots,
    install_committee,
    receive_complaint,
    reject_result,
    report_result,
    seal_ballots,
    settle_complaint,
)
from chibo.congresses.models import BallotEntry, Candidate, Congress, CongressRound, Elected, Election, Polling
from chibo.meetings.actions import call_roll
from chibo.meetings.models import Meeting, Vote
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.members.selectors import holder_of
from chibo.tasks.models import Task
from tests.conftest import told_once
from tests.congresses.cast import (
    DAY,
    begun,
    enter_ballot,
    entered,
    fresh,
    issued,
    listed,
    opened,
    people,
    scheduled,
    whole,
    with_counters,
)
from tests.world import World

UnderWay = tuple[Congress, list[Member]]


@told_once
def under_way(world: World) -> UnderWay:
    return begun(world)


def articles(refusal: pytest.ExceptionInfo[ValidationError]) -> set[str | None]:
    return {error.code for errors in refusal.value.error_dict.values() for error in errors}


def fields(refusal: pytest.ExceptionInfo[ValidationError]) -> set[str]:
    return set(refusal.value.error_dict)


# ------------------------------------------------------------------------------------------- the round


def test_a_ward_opens_one_round_at_a_time(world: World) -> None:
    opened(world)
    with pytest.raises(ValidationError) as refusal:
        opened(world)
    assert fields(refusal) == {"first_on"}
    for unit, dates in ((world.cell5, {}), (world.ward, {"last_on": date(2020, 1, 1)})):
        asked = {"name": "Đợt", "term": "x", "first_on": date(2022, 2, 9), "last_on": date(2022, 3, 2)}
        with pytest.raises(ValidationError):
            open_round(unit, actor=world.clerk, **{**asked, **dates})
    with pytest.raises(PermissionDenied):
        open_round(world.ward, actor=world.secretary, **asked)
    assert CongressRound.objects.count() == 1


def test_s4_09_a_congress_comes_with_its_agenda_and_checklist(world: World) -> None:
    congress = scheduled(world)
    assert (congress.meeting.kind, congress.meeting.agenda.count()) == ("congress", 12)
    assert congress.preparations.count() == 10
    assert congress.preparations.get(text__startswith="In phiếu bầu").due_on == date(2020, 2, 18)


def test_s4_01_the_pilot_comes_first_and_nobody_is_in_two_places(world: World) -> None:
    round_ = opened(world)
    boss = world.member(world.cell7, "Lê Văn Phụ Trách")
    appoint(world.ward, actor=world.clerk, member=boss, post=Post.WARD_COMMITTEE, valid_from=date(2019, 1, 1))
    scheduled(world, round_, in_charge=boss)
    for more in (
        {"held_on": DAY, "starts_at": time(9), "in_charge": boss},
        {"held_on": date(2020, 3, 23)},
        {"cell": world.cell5, "held_on": date(2020, 3, 1)},
        {"cell": world.other_cell},
    ):
        with pytest.raises(ValidationError):
            scheduled(world, round_, **{"cell": world.cell7, **more})
    assert Congress.objects.count() == Meeting.objects.count() == 1
    scheduled(world, round_, cell=world.cell7, starts_at=time(14), ends_at=time(17), in_charge=boss)


def test_s4_01_lessons_are_drawn_after_the_pilot_and_before_the_rest(world: World) -> None:
    round_ = opened(world)
    scheduled(world, round_, cell=world.cell7, held_on=date(2020, 1, 4), is_pilot=True)
    with pytest.raises(ValidationError):
        draw_lessons(round_, actor=world.clerk, lessons="Có kịch bản", lessons_on=date(2020, 1, 6))
    Congress.objects.update(state="closed")
    with pytest.raises(ValidationError) as refusal:
        draw_lessons(round_, actor=world.clerk, lessons=" ", lessons_on=date(2020, 1, 3))
    assert fields(refusal) == {"lessons", "lessons_on"}
    members = people(world)
    with pytest.raises(ValidationError, match="Chưa rút kinh nghiệm"):
        begun(world, members, round_=round_)
    draw_lessons(fresh(round_), actor=world.clerk, lessons="Có kịch bản", lessons_on=date(2020, 1, 6))
    begin_congress(Congress.objects.get(unit=world.cell5), actor=world.secretary)
    assert Congress.objects.get(unit=world.cell5).state == "open"


def test_a_congress_moves_with_what_is_still_to_be_prepared(world: World) -> None:
    congress = scheduled(world)
    first, second = congress.preparations.all()[:2]
    finish_preparation(first, actor=world.clerk, done_on=date(2020, 1, 5), note="đủ")
    was = (first.due_on, second.due_on)
    move_congress(fresh(congress), actor=world.clerk, held_on=date(2020, 2, 22), starts_at=time(14), place="Trường")
    assert (fresh(first).due_on, (fresh(second).due_on - was[1]).days) == (was[0], 2)
    with pytest.raises(ValidationError):
        move_congress(fresh(congress), actor=world.clerk, held_on=date(2021, 2, 22))
    assert fresh(congress).meeting.held_on == date(2020, 2, 22)


def test_s4_09_a_line_has_an_owner_and_is_ticked_by_cell_or_office(world: World) -> None:
    line = scheduled(world).preparations.first()
    assign_preparation(line, actor=world.secretary, owner_name="Đ/c Hoa", due_on=date(2020, 2, 1))
    with pytest.raises(ValidationError):
        assign_preparation(fresh(line), actor=world.clerk, owner_name="Đ/c Hoa", due_on=date(2020, 3, 1))
    for actor in (world.secretary7, world.stranger):
        with pytest.raises(PermissionDenied):
            finish_preparation(fresh(line), actor=actor, done_on=DAY)
    finish_preparation(fresh(line), actor=world.secretary, done_on=DAY)
    assert (fresh(line).owner_name, fresh(line).due_on, fresh(line).done_on) == ("Đ/c Hoa", date(2020, 2, 1), DAY)


def test_s4_04_the_political_report_is_written_part_by_part(world: World) -> None:
    congress = scheduled(world)
    write_section(congress, actor=world.secretary, code="party", text="Sinh hoạt đủ kỳ")
    write_section(congress, actor=world.secretary, code="party", text="Sinh hoạt 30 kỳ\n\n- Kết nạp  hai")
    with pytest.raises(ValidationError):
        write_section(congress, actor=world.secretary, code="other", text="x")
    assert congress.sections.get().text == "Sinh hoạt 30 kỳ\n\n- Kết nạp hai", "its lines are kept"


def test_s4_05_a_scheme_is_proposed_by_the_cell_and_approved_by_the_ward(world: World) -> None:
    people(world)
    congress = scheduled(world)
    with pytest.raises(ValidationError):
        approve_scheme(congress, actor=world.clerk, approved_on=DAY)
    with pytest.raises(ValidationError) as refusal:
        propose_scheme(congress, actor=world.secretary, seats=8, women=9)
    assert fields(refusal) == {"seats", "women"}
    propose_scheme(congress, actor=world.secretary, seats=3, women=1)
    with pytest.raises(PermissionDenied):
        approve_scheme(fresh(congress), actor=world.secretary, approved_on=DAY)
    with pytest.raises(ValidationError):
        approve_scheme(fresh(congress), actor=world.clerk, approved_on=date(2020, 2, 21))
    approve_scheme(fresh(congress), actor=world.clerk, approved_on=date(2020, 2, 10))
    assert fresh(congress).scheme_approved_on == date(2020, 2, 10)
    propose_scheme(fresh(congress), actor=world.secretary, seats=5)
    assert fresh(congress).scheme_approved_on is None, "changed, it is approved anew"


def test_a_congress_begins_with_two_thirds_and_an_approved_scheme(world: World) -> None:
    members = people(world)
    with pytest.raises(ValidationError) as refusal:
        begun(world, members, away=4)
    assert articles(refusal) == {"Điều lệ Đảng, Điều 11"}
    congress = Congress.objects.get()
    assert congress.state == "planned"
    call_roll(congress.meeting, actor=world.secretary, presences={m.pk: ("present", "") for m in members})
    begin_congress(congress, actor=world.secretary)
    with pytest.raises(ValidationError):
        propose_scheme(fresh(congress), actor=world.secretary, seats=5)


def test_s4_08_faults_are_noted(world: World) -> None:
    congress = scheduled(world)
    note_deviation(congress, actor=world.clerk, text="Báo cáo thiếu số liệu", noted_on=DAY)
    with pytest.raises(ValidationError):
        note_deviation(congress, actor=world.clerk, text=" ", noted_on=DAY)
    assert congress.deviations.count() == 1


# --------------------------------------------------------------------------------------------- lists


def test_s4_06_the_committee_is_elected_before_the_secretary(world: World, under_way: UnderWay) -> None:
    congress, _found = under_way
    with pytest.raises(ValidationError) as refusal:
        open_election(congress, actor=world.secretary, office="secretary")
    assert fields(refusal) == {"office"}
    open_election(congress, actor=world.secretary, office="committee", seats=3)
    with pytest.raises(ValidationError):
        open_election(congress, actor=world.secretary, office="committee", seats=3)
    assert Election.objects.count() == 1


def test_incumbents_neither_nominate_nor_are_nominated_beside_the_committees_list(
    world: World, under_way: UnderWay
) -> None:
    congress, found = under_way
    election = open_election(congress, actor=world.secretary, office="committee", seats=3)
    asked = {"actor": world.secretary, "source": "nominated"}
    for refused in (
        {"member": found[1], "nominated_by": found[5]},
        {"member": found[4], "nominated_by": found[0]},
        {"member": found[4], "nominated_by": found[5], "agreed": False},
    ):
        with pytest.raises(ValidationError) as refusal:
            put_forward(election, **asked, **refused)
        assert articles(refusal) == {"Quy chế 244-QĐ/TW, Điều 13"}
    with pytest.raises(ValidationError):
        put_forward(
            election, actor=world.secretary, member=world.member(world.cell5, "Dự Bị", standing="probationary")
        )
    assert not Candidate.objects.exists()
    put_forward(election, **asked, member=found[4], nominated_by=found[5])
    with pytest.raises(ValidationError):
        put_forward(election, actor=world.secretary, member=found[4])


def test_a_list_is_closed_when_nominees_are_supported_and_withdrawals_decided(
    world: World, under_way: UnderWay
) -> None:
    congress, found = under_way
    election = open_election(congress, actor=world.secretary, office="committee", seats=3)
    for member in found[:3]:
        put_forward(election, actor=world.secretary, member=member)
    nominee = put_forward(election, actor=world.secretary, member=found[4], source="nominated", nominated_by=found[5])
    with pytest.raises(ValidationError) as refusal:
        close_list(fresh(election), actor=world.secretary, in_favour=9)
    assert articles(refusal) == {"Quy chế 244-QĐ/TW, Điều 16"}
    with pytest.raises(ValidationError):
        note_support(fresh(nominee), actor=world.secretary, support=10)
    note_support(fresh(nominee), actor=world.secretary, support=3)
    settle_withdrawal(election.candidates.first(), actor=world.secretary, withdrawal="asked")
    with pytest.raises(ValidationError, match="chưa quyết định"):
        close_list(fresh(election), actor=world.secretary, in_favour=9)
    settle_withdrawal(election.candidates.first(), actor=world.secretary, withdrawal="refused")
    with pytest.raises(ValidationError, match="Cộng lại"):
        close_list(fresh(election), actor=world.secretary, in_favour=8)
    assert not Vote.objects.exists()
    close_list(fresh(election), actor=world.secretary, in_favour=8, against=1)
    assert (fresh(election).state, Vote.objects.get().in_favour) == ("listed", 8)
    with pytest.raises(ValidationError):
        put_forward(fresh(election), actor=world.secretary, member=found[6])
    with pytest.raises(ValidationError):
        strike_candidate(fresh(nominee), actor=world.secretary)


def test_t11_t13_a_list_that_is_too_short_or_too_long_is_not_closed(world: World, under_way: UnderWay) -> None:
    congress, found = under_way
    election = open_election(congress, actor=world.secretary, office="committee", seats=3)
    for member in found[:3]:
        put_forward(election, actor=world.secretary, member=member)
    with pytest.raises(ValidationError, match="phải có số dư"):
        close_list(fresh(election), actor=world.secretary, in_favour=9)
    extra = [put_forward(fresh(election), actor=world.secretary, member=member) for member in found[3:5]]
    with pytest.raises(ValidationError, match="nhiều nhất 4"):
        close_list(fresh(election), actor=world.secretary, in_favour=9)
    strike_candidate(fresh(extra[1]), actor=world.secretary)
    close_list(fresh(election), actor=world.secretary, in_favour=9)


def test_nobody_on_the_list_counts_and_no_counter_comes_onto_it(world: World, under_way: UnderWay) -> None:
    congress, found = under_way
    election = listed(world, congress, found[:4])
    with pytest.raises(ValidationError) as refusal:
        elect_counters(congress, actor=world.secretary, members=found[3:6], head=found[4], in_favour=9)
    assert articles(refusal) == {"Quy chế 244-QĐ/TW, Điều 8"}
    assert not congress.counters.exists()
    with pytest.raises(ValidationError, match="chưa bầu ban kiểm phiếu"):
        issued(world, election)
    with_counters(world, congress, found[4:7])
    with_counters(world, fresh(congress), found[5:8])
    assert [c.member for c in congress.counters.all()] == found[5:8]
    issued(world, election)
    with pytest.raises(ValidationError, match="Đã phát phiếu"):
        with_counters(world, fresh(congress), found[4:7])


# -------------------------------------------------------------------------------------------- counts


@told_once
def voting(world: World) -> tuple[Polling, list]:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    return issued(world, election), found


def test_ballots_go_only_to_those_who_are_there(world: World, under_way: UnderWay) -> None:
    congress, found = under_way
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    for printed, count in ((10, 10), (8, 9), (5, 0)):
        with pytest.raises(ValidationError):
            issue_ballots(fresh(election), actor=world.secretary, printed=printed, issued=count)
    assert not Polling.objects.exists()


def test_more_papers_than_were_issued_void_the_vote_and_it_is_held_again(world: World, voting) -> None:
    polling, _found = voting
    collect_ballots(polling, actor=world.secretary, collected=10)
    election = fresh(polling.election)
    assert (fresh(polling).state, election.state) == ("void", "void")
    with pytest.raises(ValidationError):
        certify_count(fresh(polling), actor=world.secretary)
    again = issued(world, election)
    assert (again.number, again.kind, again.names.count(), again.seats) == (2, "void", 4, 3)


def test_each_paper_is_entered_once_in_each_count_by_two_people(world: World, voting) -> None:
    polling, _found = voting
    first, second = polling.election.congress.counters.all()[:2]
    asked = {"actor": world.secretary, "hand": 1, "number": 1, "marks": "dddk", "counter": first}
    with pytest.raises(ValidationError, match="Chưa kiểm số phiếu"):
        enter_ballot(world, polling, **asked)
    collect_ballots(fresh(polling), actor=world.secretary, collected=9)
    polling = fresh(polling)
    enter_ballot(world, polling, **asked)
    for change, field in (
        ({}, "number"), ({"number": 10}, "number"), ({"number": 2, "marks": "dd"}, "marks"),
        ({"number": 2, "marks": "dddc"}, "marks"), ({"hand": 3, "number": 2, "counter": second}, "hand"),
        ({"hand": 2}, "counter"),
    ):  # fmt: skip
        with pytest.raises(ValidationError) as refusal:
            enter_ballot(world, polling, **{**asked, **change})
        assert field in fields(refusal)
    assert BallotEntry.objects.count() == 1
    with pytest.raises(ValidationError):
        collect_ballots(fresh(polling), actor=world.secretary, collected=8)
    strike_entry(BallotEntry.objects.get(), actor=world.secretary)
    enter_ballot(world, polling, **{**asked, "marks": "kddd"})
    assert BallotEntry.objects.get().marks == "kddd"
    with pytest.raises(PermissionDenied):
        enter_ballot(world, polling, **{**asked, "actor": world.clerk, "number": 2})


def test_a_difference_is_located_and_nothing_is_certified_before_it_is_mended(world: World, voting) -> None:
    polling, _found = voting
    ballots = ["dddk"] * 8 + ["ddkd"]
    polling = entered(world, polling, ballots, ["dddk"] * 7 + ["dkdk", "ddkd"])
    with pytest.raises(ValidationError, match="phiếu số 8"):
        certify_count(polling, actor=world.secretary)
    assert not Elected.objects.exists()
    wrong = polling.entries.get(hand=2, number=8)
    strike_entry(wrong, actor=world.secretary)
    enter_ballot(world, polling, actor=world.secretary, hand=2, number=8, marks="dddk", counter=wrong.counter)
    certify_count(polling, actor=world.secretary)
    done = fresh(polling)
    assert (done.state, done.valid, done.invalid, done.election.state) == ("certified", 9, 0, "elected")
    assert [name.votes for name in done.names.all()] == [9, 9, 8, 1]
    with pytest.raises(ValidationError):
        certify_count(done, actor=world.secretary)
    with pytest.raises(ValidationError):
        strike_entry(polling.entries.first(), actor=world.secretary)


def test_a_paper_that_was_not_entered_keeps_the_count_open(world: World, voting) -> None:
    polling = entered(world, voting[0], ["dddk"] * 8 + [""])
    with pytest.raises(ValidationError, match="đã kiểm 8"):
        certify_count(polling, actor=world.secretary)


def test_s4_07_who_is_elected_is_kept_with_votes_base_and_whether_again(world: World, voting) -> None:
    polling, found = voting
    certify_count(entered(world, polling, ["dddk"] * 8 + ["dddd"]), actor=world.secretary)
    rows = {row.member: row for row in Elected.objects.all()}
    assert set(rows) == set(found[:3])
    assert {(row.votes, row.base, row.has_seat) for row in rows.values()} == {(8, 9, True)}
    assert [rows[m].is_reelected for m in found[:3]] == [True, True, False]
    assert fresh(polling).base["excused"] == 1


def test_t10_open_seats_are_voted_on_again_from_the_rest(world: World, voting) -> None:
    polling, found = voting
    certify_count(entered(world, polling, ["ddkk"] * 6 + ["ddkd", "ddkd", "dddk"]), actor=world.secretary)
    election = fresh(polling.election)
    assert election.state == "short"
    again = issued(world, election)
    assert (again.kind, again.seats, [n.candidate.member for n in again.names.all()]) == ("short", 1, found[2:4])
    certify_count(entered(world, again, ["dk"] * 9), actor=world.secretary)
    assert fresh(election).state == "elected"
    assert Elected.objects.count() == 3


def test_the_congress_may_take_new_names_for_open_seats_or_stop(world: World, voting) -> None:
    polling, found = voting
    with pytest.raises(ValidationError):
        end_election(fresh(polling.election), actor=world.secretary, reason="Đủ rồi")
    certify_count(entered(world, polling, ["ddkk"] * 9), actor=world.secretary)
    election = fresh(polling.election)
    put_forward(election, actor=world.secretary, member=found[7])
    with pytest.raises(ValidationError, match="nhiều nhất 2"):
        close_list(fresh(election), actor=world.secretary, in_favour=9)
    settle_withdrawal(election.candidates.get(member=found[3]), actor=world.secretary, withdrawal="allowed")
    close_list(fresh(election), actor=world.secretary, in_favour=9)
    again = issued(world, election)
    assert [n.candidate.member for n in again.names.all()] == [found[2], found[7]]
    certify_count(entered(world, again, ["dk"] * 4 + ["kd"] * 5, None), actor=world.secretary)
    assert fresh(election).state == "elected", "5 of a base of 9 is more than half"


def test_t07_of_those_who_passed_half_the_highest_win(world: World, voting) -> None:
    polling, found = voting
    certify_count(entered(world, polling, ["ddkk"] + ["dkdd"] * 4 + ["ddkd", "dddk"] * 2), actor=world.secretary)
    assert [name.votes for name in fresh(polling).names.all()] == [9, 5, 6, 6]
    assert {row.member for row in Elected.objects.all()} == {found[0], found[2], found[3]}


def test_equal_at_the_cut_line_are_voted_on_again_without_half(world: World, voting) -> None:
    """Two seats are left for three who have six each: nobody gets them by name or age."""
    polling, found = voting
    ballots = ["dddk"] * 3 + ["ddkd"] * 3 + ["dkdd"] * 3
    certify_count(entered(world, polling, ballots), actor=world.secretary)
    election = fresh(polling.election)
    assert (election.state, [row.member for row in Elected.objects.all()]) == ("tie", [found[0]])
    again = issued(world, election)
    assert (again.kind, again.seats, [n.candidate.member for n in again.names.all()]) == ("tie", 2, found[1:4])
    certify_count(entered(world, again, ["dkk"] * 4 + ["kdk"] * 3 + ["kkd"] * 2), actor=world.secretary)
    assert fresh(election).state == "elected"
    assert {row.member for row in Elected.objects.all()} == set(found[:3]), "4 and 3 of 9 are enough here"


def test_the_secretary_is_voted_on_three_times_then_the_ward_is_told(world: World, voting) -> None:
    polling, found = voting
    certify_count(entered(world, polling, ["dddk"] * 9), actor=world.secretary)
    congress = fresh(polling.election.congress)
    with pytest.raises(ValidationError, match="không trúng cử chi ủy"):
        listed(world, congress, [found[5]], "secretary", 1)
    election = Election.objects.get(office="secretary")
    put_forward(election, actor=world.secretary, member=found[0])
    close_list(fresh(election), actor=world.secretary, in_favour=9)
    for _round in range(3):
        certify_count(entered(world, issued(world, election), ["d"] * 4 + ["k"] * 5), actor=world.secretary)
        assert fresh(election).state == "short"
    with pytest.raises(ValidationError) as refusal:
        issued(world, election)
    assert articles(refusal) == {"Quy định 29-QĐ/TW, về chi ủy, bí thư, phó bí thư chi bộ"}
    assert election.pollings.count() == 3
    with pytest.raises(ValidationError):
        end_election(fresh(election), actor=world.secretary, reason=" ")
    end_election(fresh(election), actor=world.secretary, reason="Bầu ba lần không đủ phiếu")
    assert fresh(election).state == "ended"


# --------------------------------------------------------------------------------------- what follows


@told_once
def closed(world: World) -> Congress:
    congress, _found = whole(world)
    adopt_resolution(congress, actor=world.secretary, in_favour=9)
    close_congress(fresh(congress), actor=world.secretary, closed_on=DAY)
    return fresh(congress)


def test_a_congress_closes_when_all_is_voted_on(world: World, under_way: UnderWay) -> None:
    congress, _found = under_way
    with pytest.raises(ValidationError) as refusal:
        close_congress(congress, actor=world.secretary, closed_on=date(2020, 2, 19))
    assert fields(refusal) == {"__all__", "closed_on"}
    assert not Task.objects.exists()


def test_s4_10_what_must_follow_is_assigned_at_once(world: World, closed: Congress) -> None:
    assert closed.state == "closed"
    assert [(t.doer_unit, t.due_on) for t in Task.objects.order_by("due_on")] == [
        (world.cell5, date(2020, 3, 6)), (world.cell5, date(2020, 3, 21))
    ]  # fmt: skip
    assert closed.resolution_vote.in_favour == closed.resolution_vote.base == 9
    with pytest.raises(ValidationError):
        adopt_resolution(closed, actor=world.secretary, in_favour=9)


def test_s4_10_new_posts_take_effect_and_powers_follow(world: World) -> None:
    congress, found = whole(world)
    account = world.account("Trần Văn An")
    found[2].account = account
    found[2].save()
    adopt_resolution(congress, actor=world.secretary, in_favour=9)
    close_congress(fresh(congress), actor=world.secretary, closed_on=DAY)
    assert not actor_of(account).may(Can.KEEP_CONGRESSES, world.cell5)
    with pytest.raises(PermissionDenied):
        install_committee(fresh(congress), actor=world.secretary)
    install_committee(fresh(congress), actor=world.clerk)
    assert holder_of(Post.CELL_SECRETARY, world.cell5.pk, DAY) == found[0]
    assert holder_of(Post.CELL_DEPUTY, world.cell5.pk, DAY) == found[2]
    assert holder_of(Post.CELL_COMMITTEE, world.cell5.pk, DAY) == found[1]
    assert holder_of(Post.CELL_DEPUTY, world.cell5.pk, date(2020, 2, 19)) is None
    assert actor_of(account).may(Can.KEEP_CONGRESSES, world.cell5)
    with pytest.raises(ValidationError):
        install_committee(fresh(congress), actor=world.clerk)


def test_s4_10_the_result_is_reported_and_approved(world: World, closed: Congress) -> None:
    with pytest.raises(ValidationError):
        approve_result(closed, actor=world.clerk, decided_on=date(2020, 3, 1), decision="12-QĐ/ĐU")
    with pytest.raises(ValidationError):
        report_result(closed, actor=world.secretary, reported_on=date(2020, 2, 19))
    report_result(closed, actor=world.secretary, reported_on=date(2020, 2, 25))
    for actor in (world.secretary, world.stranger):
        with pytest.raises(PermissionDenied):
            approve_result(fresh(closed), actor=actor, decided_on=date(2020, 3, 1), decision="12-QĐ/ĐU")
    complaint = receive_complaint(fresh(closed), actor=world.clerk, received_on=date(2020, 2, 27), text="Đếm nhầm")
    with pytest.raises(ValidationError, match="khiếu nại"):
        approve_result(fresh(closed), actor=world.clerk, decided_on=date(2020, 3, 1), decision="12-QĐ/ĐU")
    with pytest.raises(ValidationError):
        settle_complaint(complaint, actor=world.clerk, settled_on=date(2020, 2, 26), outcome="")
    settle_complaint(complaint, actor=world.clerk, settled_on=date(2020, 2, 28), outcome="Kiểm lại, không nhầm")
    refused = closed.elected.get(office="deputy")
    approve_result(
        fresh(closed), actor=world.clerk, decided_on=date(2020, 3, 1), decision="12-QĐ/ĐU", refused=[refused]
    )
    assert (fresh(closed).state, closed.elected.filter(is_refused=True).count()) == ("approved", 2)


def test_a_result_is_not_approved_with_a_reason(world: World, closed: Congress) -> None:
    report_result(closed, actor=world.secretary, reported_on=date(2020, 2, 25))
    with pytest.raises(ValidationError) as refusal:
        reject_result(fresh(closed), actor=world.clerk, decided_on=date(2020, 3, 1), reason="")
    assert fields(refusal) == {"reason"}
    reject_result(fresh(closed), actor=world.clerk, decided_on=date(2020, 3, 1), reason="Sai quy trình")
    assert fresh(closed).state == "rejected"


def test_ballots_are_sealed_kept_and_destroyed(world: World, closed: Congress) -> None:
    with pytest.raises(ValidationError):
        seal_ballots(closed, actor=world.secretary, sealed_on=date(2020, 2, 19), sealed_by="Chi ủy")
    with pytest.raises(ValidationError):
        destroy_ballots(closed, actor=world.clerk, destroyed_on=date(2020, 9, 1))
    seal_ballots(closed, actor=world.secretary, sealed_on=DAY, sealed_by="Chi ủy")
    with pytest.raises(ValidationError):
        destroy_ballots(fresh(closed), actor=world.clerk, destroyed_on=date(2020, 8, 20))
    with pytest.raises(ValidationError):
        receive_complaint(fresh(closed), actor=world.clerk, received_on=date(2020, 5, 1), text="Muộn")
    destroy_ballots(fresh(closed), actor=world.clerk, destroyed_on=date(2020, 8, 21))
    assert fresh(closed).destroyed_on == date(2020, 8, 21)


def test_a_form_sent_twice_enters_one_paper(world: World, voting) -> None:
    polling, _found = voting
    collect_ballots(polling, actor=world.secretary, collected=9)
    counter = polling.election.congress.counters.first()
    asked = {"actor": world.secretary, "hand": 1, "number": 1, "marks": "dddk", "counter": counter, "once": "b" * 32}
    assert enter_ballot(world, fresh(polling), **asked) == enter_ballot(world, fresh(polling), **asked)
    assert BallotEntry.objects.count() == 1


def test_a_small_cell_elects_its_secretary_without_a_committee(world: World) -> None:
    members = [world.member(world.cell5, f"Lê Thị {n}") for n in "ABCDE"]
    congress = scheduled(world)
    propose_scheme(congress, actor=world.secretary, seats=1)
    approve_scheme(fresh(congress), actor=world.clerk, approved_on=date(2020, 2, 10))
    call_roll(congress.meeting, actor=world.secretary, presences={m.pk: ("present", "") for m in members})
    begin_congress(fresh(congress), actor=world.secretary)
    with pytest.raises(ValidationError):
        open_election(fresh(congress), actor=world.secretary, office="committee", seats=3)
    election = listed(world, fresh(congress), members[:1], "secretary", 1, hands=5)
    with_counters(world, congress, members[1:4], hands=5)
    certify_count(entered(world, issued(world, election, 5), ["d"] * 3 + ["k", "c"]), actor=world.secretary)
    assert (Elected.objects.get().has_seat, fresh(election).pollings.get().invalid) == (True, 1)


def test_a_congress_is_scheduled_by_the_ward_only(world: World) -> None:
    round_ = opened(world)
    with pytest.raises(PermissionDenied):
        schedule_congress(round_, actor=world.secretary, cell=world.cell5, held_on=DAY)
    assert not Meeting.objects.exists()
