"""Rules of elections: the worked cases of the rulebook (§9(b) T01–T19), and what must hold for any election."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chibo.congresses.rules import (
    ElectionState,
    Matter,
    Office,
    RoundKind,
    Source,
    VoteMethod,
    age_band,
    method_of,
    rule_set_on,
    term_months,
)
from chibo.congresses.rules import deadlines as dl
from chibo.congresses.rules.counting import (
    Ballot,
    Count,
    Flaw,
    Readings,
    differences,
    objections_to_ballot,
    ruling_on,
    tally,
)
from chibo.congresses.rules.listing import (
    Limits,
    Nominee,
    Putting,
    is_supported,
    max_surplus,
    objections_to_counters,
    objections_to_list,
    objections_to_nominee,
    objections_to_office,
    objections_to_putting,
    prepared_surplus,
    shortened,
)
from chibo.congresses.rules.preparing import (
    Scheme,
    Slot,
    objections_to_beginning,
    objections_to_scheduling,
    objections_to_scheme,
    objections_to_step,
)
from chibo.congresses.rules.voting import (
    Base,
    Person,
    base_of,
    check_sums,
    is_elected_by,
    is_void,
    may_vote,
    objections_to_another_round,
    objections_to_opening,
    outcome_of,
)
from tests.congresses.reference import slow_count, slow_winners

IN_2020, IN_2025 = date(2020, 2, 9), date(2025, 3, 3)
L = Limits()


def articles(objections) -> list[str]:
    return [objection.article for objection in objections]


def crowd(**kinds: int) -> list[Person]:
    made = {
        "there": Person("official", "active", "present"),
        "away": Person("official", "active", "unexcused"),
        "excused": Person("official", "active", "excused"),
        "elsewhere": Person("official", "elsewhere", "elsewhere"),
        "exempt": Person("official", "exempt", "exempt"),
        "exempt_there": Person("official", "exempt", "present"),
        "suspended": Person("official", "suspended", ""),
        "probationary": Person("probationary", "active", "present"),
        "guest": Person("official", "here", "present"),
    }
    return [made[kind] for kind, count in kinds.items() for _ in range(count)]


# -------------------------------------------------------------------------------------- the rulebook's cases


def test_t01_half_of_those_present_is_not_half_of_the_base() -> None:
    base = base_of(crowd(there=10, away=1))
    assert (base.total, base.needed) == (11, 6)
    assert not is_elected_by(5, base.total)
    assert is_elected_by(6, base.total)


def test_t02_each_subtraction_is_named() -> None:
    base = base_of(crowd(there=20, away=1, elsewhere=2, exempt=4, suspended=1, excused=2))
    assert base.convened == 30
    assert [count for _words, count in base.lines] == [2, 4, 1, 2]
    assert (base.total, base.needed) == (21, 11)


def test_t03_an_exempt_member_who_votes_is_counted() -> None:
    base = base_of(crowd(there=20, away=1, elsewhere=2, exempt=3, exempt_there=1, suspended=1, excused=2))
    assert (base.convened, base.total, base.needed) == (30, 22, 12)


def test_t05_exactly_half_is_not_more_than_half() -> None:
    assert not is_elected_by(10, 20)
    assert is_elected_by(11, 20)


def test_t07_of_four_who_passed_the_three_highest_win() -> None:
    outcome = outcome_of({1: 19, 2: 15, 3: 12, 4: 11}, seats=3, base=21)
    assert (outcome.elected, outcome.state) == ((1, 2, 3), ElectionState.ELECTED)


def test_t10_one_seat_stays_open_and_is_voted_on_again() -> None:
    outcome = outcome_of({1: 19, 2: 15, 3: 10, 4: 9}, seats=3, base=21)
    assert (outcome.elected, outcome.open_seats, outcome.state) == ((1, 2), 1, ElectionState.RUNOFF_SHORT)


@pytest.mark.parametrize(
    ("seats", "names", "refused"),
    [(3, 5, True), (3, 4, False), (7, 9, False), (7, 10, True), (3, 3, True), (3, 2, True)],
)
@pytest.mark.parametrize("on", [IN_2020, IN_2025])
def test_t11_t12_t13_the_list_is_longer_than_the_seats_but_not_too_long(seats, names, refused, on) -> None:
    found = articles(objections_to_list(Office.COMMITTEE, seats, names, on=on, limits=L))
    assert found == ([rule_set_on(on).article("surplus")] if refused else [])


@pytest.mark.parametrize(("mark", "valid"), [("d", True), ("k", True), ("c", False), ("t", False)])
def test_t14_a_list_of_one_needs_exactly_one_box(mark, valid) -> None:
    ruling = ruling_on(Ballot(mark), seats=1, on=IN_2020)
    assert ruling.is_valid is valid
    assert ruling.votes == (mark == "d",)
    assert ruling_on(Ballot(mark), seats=1, on=IN_2020, readings=Readings(single_needs_one_box=False)).is_valid


@pytest.mark.parametrize(("marks", "valid", "votes"), [("dddd", False, 0), ("ddkk", True, 2), ("kkkk", False, 0), ("dddk", True, 3)])  # fmt: skip
@pytest.mark.parametrize("on", [IN_2020, IN_2025])
def test_t16_a_list_with_surplus_is_struck_through(marks, valid, votes, on) -> None:
    ruling = ruling_on(Ballot(marks), seats=3, on=on)
    assert (ruling.is_valid, sum(ruling.votes)) == (valid, votes)
    assert (ruling.reason is None) == valid
    if ruling.reason:
        assert ruling.reason.article == rule_set_on(on).article("ballot")


def test_t18_probationary_members_never_count_and_who_is_merely_away_does() -> None:
    base = base_of(crowd(there=17, away=3, probationary=2))
    assert (base.total, base.needed) == (20, 11)


def test_t19_a_floor_nominee_needs_more_than_thirty_percent() -> None:
    assert not is_supported(8, 27, L)
    assert is_supported(9, 27, L)
    assert not is_supported(3, 10, L), "30 % itself is not more than 30 %"


# -------------------------------------------------------------------------------------------- who and how


def test_secret_or_open_is_forced_by_the_matter() -> None:
    secret = {m for m in Matter if method_of(m) == VoteMethod.SECRET_BALLOT}
    assert secret == {Matter.COMMITTEE, Matter.SECRETARY, Matter.DEPUTY, Matter.DELEGATES, Matter.POLL}


def test_guests_and_the_suspended_neither_vote_nor_stand() -> None:
    assert may_vote("official", "active")
    assert may_vote("official", "exempt")
    assert not may_vote("official", "suspended")
    assert not may_vote("official", "here")
    assert not may_vote("probationary", "active")
    assert base_of(crowd(there=5, guest=3)).total == 5


def test_the_regulation_of_the_day_names_its_own_articles() -> None:
    assert rule_set_on(date(2024, 10, 9)).article("majority") == "Quy chế 244-QĐ/TW, Điều 32"
    assert rule_set_on(date(2024, 10, 10)).article("majority") == "Quy định 190-QĐ/TW, Điều 30"
    assert rule_set_on(date(2000, 1, 1)).source == "Quy chế 244-QĐ/TW"
    assert (term_months(date(2025, 6, 30)), term_months(date(2025, 7, 1))) == (30, 60)


def test_two_thirds_must_be_there() -> None:
    assert not list(objections_to_opening(base_of(crowd(there=8, away=4)), thirds=2))
    assert articles(objections_to_opening(base_of(crowd(there=7, away=4)), thirds=2)) == ["Điều lệ Đảng, Điều 11"]
    assert articles(objections_to_opening(Base(0), thirds=2)), "nobody at all"


@pytest.mark.parametrize(
    ("change", "subject"),
    [
        ({"standing": "probationary"}, None),
        ({"agreed": False}, "incumbents"),
        ({"by_incumbent": True}, "incumbents"),
        ({"is_incumbent": True}, "incumbents"),
        ({"counts": True}, "counting"),
        ({"already": True}, ""),
    ],
)
def test_who_may_be_put_forward_at_the_congress(change, subject) -> None:
    usual = {"name": "A", "source": Source.NOMINATED, "standing": "official", "condition": "active"}
    assert not list(objections_to_putting(Putting(**usual), Office.COMMITTEE, has_committee=True, on=IN_2025))
    found = articles(
        objections_to_putting(Putting(**{**usual, **change}), Office.COMMITTEE, has_committee=True, on=IN_2025)
    )
    expected = {None: "Điều lệ Đảng, Điều 3", "": ""}.get(subject) if not subject else rule_set_on(IN_2025).article(subject)  # fmt: skip
    assert found == [expected]


def test_an_incumbent_introduced_by_the_committee_may_stand() -> None:
    asked = Putting("A", Source.INTRODUCED, "official", "active", is_incumbent=True, by_incumbent=True)
    assert not list(objections_to_putting(asked, Office.COMMITTEE, has_committee=True, on=IN_2020))


def test_secretary_and_deputy_come_from_the_committee() -> None:
    asked = Putting("A", Source.INTRODUCED, "official", "active", in_committee=False)
    assert articles(objections_to_putting(asked, Office.SECRETARY, has_committee=True, on=IN_2020))
    assert not list(objections_to_putting(asked, Office.SECRETARY, has_committee=False, on=IN_2020))


def test_a_list_is_closed_when_withdrawals_are_decided_and_nominees_supported() -> None:
    def found(**change):
        usual = {"name": "A", "source": Source.NOMINATED, "withdrawal": "none", "support": 9, "attending": 27}
        return list(objections_to_nominee(Nominee(**{**usual, **change}), on=IN_2025, limits=L))

    assert not found()
    assert found(support=8)
    assert found(support=None)
    assert found(withdrawal="asked")
    assert not found(withdrawal="allowed", support=None)
    assert not found(source=Source.INTRODUCED, support=None)


@pytest.mark.parametrize(
    ("office", "seats", "official", "earlier", "refused"),
    [
        ("committee", 3, 9, True, False), ("committee", 3, 8, True, True), ("committee", 8, 40, True, True),
        ("committee", 2, 20, True, True), ("secretary", 1, 8, True, False), ("secretary", 2, 20, True, True),
        ("secretary", 1, 20, False, True), ("deputy", 1, 20, True, False),
    ],
)  # fmt: skip
def test_a_committee_from_nine_members_on_then_secretary_then_deputy(
    office, seats, official, earlier, refused
) -> None:
    found = list(objections_to_office(office, seats, official, earlier_done=earlier, on=IN_2020, limits=L))
    assert bool(found) is refused


def test_nobody_on_a_list_counts_ballots() -> None:
    def found(names=None, head=1, listed=(), voters=(1, 2, 3)):
        names = names or {1: "A", 2: "B", 3: "C"}
        return articles(objections_to_counters(names, head=head, listed=listed, voters=voters, least=3, on=IN_2025))

    article = "Quy định 190-QĐ/TW, Điều 8"
    assert found() == []
    assert found(listed=(2,)) == found(head=9) == found(voters=(1, 2)) == [article]
    assert found({1: "A", 2: "B"}) == [article]


# --------------------------------------------------------------------------------------------- surplus


@pytest.mark.parametrize(("seats", "most"), [(2, 1), (3, 1), (4, 1), (5, 1), (6, 1), (7, 2), (9, 2), (15, 4)])
def test_the_table_of_surplus(seats, most) -> None:
    assert max_surplus(seats, L) == most


def test_the_committee_prepares_ten_to_fifteen_percent_and_at_least_one() -> None:
    assert [prepared_surplus(n) for n in (3, 7, 15, 40)] == [(1, 1), (1, 1), (2, 2), (4, 6)]


def test_a_list_of_one_is_enough_for_a_secretary() -> None:
    assert not list(objections_to_list(Office.SECRETARY, 1, 1, on=IN_2025, limits=L))
    assert not list(objections_to_list(Office.SECRETARY, 1, 2, on=IN_2025, limits=L))
    assert list(objections_to_list(Office.SECRETARY, 1, 3, on=IN_2025, limits=L))


def test_too_long_a_list_is_cut_from_the_highest_support_down() -> None:
    assert shortened({1: 20, 2: 18, 3: 15, 4: 12, 5: 9}, (1, 2), 3, L) == [1, 2, 3, 4]
    assert shortened({1: 20, 2: 18, 3: 15, 4: 9, 5: 9}, (1, 2), 3, L) == [1, 2, 3], (
        "equal at the cut: the congress decides"
    )
    assert shortened({1: 2, 2: 1}, (), 3, L) == [1, 2]


# --------------------------------------------------------------------------------------------- rounds


def test_equal_at_the_cut_line_are_voted_on_again_and_the_higher_wins_without_half() -> None:
    outcome = outcome_of({1: 19, 2: 15, 3: 12, 4: 12}, seats=3, base=21)
    assert (outcome.elected, outcome.tied, outcome.open_seats) == ((1, 2), (3, 4), 1)
    assert outcome.state == ElectionState.RUNOFF_TIE
    again = outcome_of({3: 8, 4: 9}, seats=1, base=21, kind=RoundKind.TIE)
    assert (again.elected, again.state) == ((4,), ElectionState.ELECTED)
    still = outcome_of({3: 9, 4: 9}, seats=1, base=21, kind=RoundKind.TIE)
    assert (still.elected, still.tied) == ((), (3, 4))


def test_another_round_for_open_seats_still_asks_for_half_and_a_tie_leaves_only_its_own_seats_open() -> None:
    short = outcome_of({3: 10, 4: 9}, seats=1, base=21, kind=RoundKind.SHORT)
    assert (short.elected, short.open_seats, short.state) == ((), 1, ElectionState.RUNOFF_SHORT)
    three = outcome_of({1: 19, 2: 12, 3: 12, 4: 12, 5: 3}, seats=3, base=21)
    assert (three.elected, three.tied, three.open_seats) == ((1,), (2, 3, 4), 2)
    again = outcome_of({2: 9, 3: 8, 4: 8}, seats=2, base=21, kind=RoundKind.TIE)
    assert (again.elected, again.tied, again.open_seats) == ((2,), (3, 4), 1)
    fits = outcome_of({1: 12, 2: 12, 3: 10}, seats=2, base=21)
    assert (set(fits.elected), fits.tied, fits.state) == ({1, 2}, (), ElectionState.ELECTED), (
        "equal, and room for both"
    )
    half = outcome_of({1: 10, 2: 10}, seats=1, base=20)
    assert (half.elected, half.tied) == ((), ()), "equal at exactly half: nobody passed, so nothing is tied"


def test_the_secretary_is_voted_on_three_times_and_then_appointed() -> None:
    asked = {"most_for_secretary": 3, "on": IN_2020}
    assert not list(objections_to_another_round("secretary", RoundKind.SHORT, held=2, **asked))
    assert list(objections_to_another_round("secretary", RoundKind.SHORT, held=3, **asked))
    assert not list(objections_to_another_round("committee", RoundKind.SHORT, held=3, **asked))


# --------------------------------------------------------------------------------------------- papers


def test_more_papers_back_than_out_voids_the_vote_and_fewer_do_not() -> None:
    assert is_void(20, 21)
    assert not is_void(20, 19)


@pytest.mark.parametrize(
    ("change", "count"),
    [
        ({}, 0), ({"collected": 21}, 1), ({"issued": 22, "present": 21}, 1), ({"invalid": 2}, 1),
        ({"votes": [20, 15, 12, 5]}, 1), ({"votes": [19, 19, 19, 1]}, 1), ({"votes": [1, 1, 1, 1]}, 1),
        ({"votes": [19, 19, 19, 1], "with_surplus": False, "seats": 4}, 0),
    ],
)  # fmt: skip
def test_the_sums_of_a_count_must_agree(change, count) -> None:
    usual = {
        "votes": [19, 15, 12, 5], "seats": 3, "valid": 19, "invalid": 1, "issued": 20, "collected": 20, "present": 21,
        "with_surplus": True, "on": IN_2025,
    }  # fmt: skip
    assert articles(check_sums(**{**usual, **change})) == ["Quy định 190-QĐ/TW, Điều 8"] * count


@pytest.mark.parametrize("flaw", [Flaw.FOREIGN, Flaw.ADDED, Flaw.WRITTEN])
def test_a_flawed_paper_gives_no_votes(flaw) -> None:
    ruling = ruling_on(Ballot("ddk", flaw), seats=2, on=IN_2020)
    assert (ruling.is_valid, ruling.votes) == (False, (False,) * 3)
    kept = ruling_on(Ballot("ddk", flaw), seats=2, on=IN_2020, readings=Readings(writing_voids=False))
    assert kept.is_valid == (flaw == Flaw.WRITTEN)


def test_a_doubly_marked_name_without_surplus_is_not_counted_and_the_paper_stays_valid() -> None:
    ruling = ruling_on(Ballot("dct"), seats=3, on=IN_2025)
    assert (ruling.is_valid, ruling.votes) == (True, (True, False, False))


@pytest.mark.parametrize(
    ("ballot", "number", "taken", "fields"),
    [
        (Ballot("ddk"), 1, False, []), (Ballot("dd"), 1, False, ["marks"]), (Ballot("ddc"), 1, False, ["marks"]),
        (Ballot("ddk"), 11, False, ["number"]), (Ballot("ddk"), 0, False, ["number"]), (Ballot("ddk"), 1, True, ["number"]),
    ],
)  # fmt: skip
def test_what_may_be_entered_as_a_ballot(ballot, number, taken, fields) -> None:
    found = objections_to_ballot(
        ballot, names=3, with_surplus=True, number=number, collected=10, taken=taken, on=IN_2025
    )
    assert [objection.field for objection in found] == fields


def test_two_counts_differ_on_exactly_these_papers() -> None:
    first = {1: Ballot("dk"), 2: Ballot("kd"), 3: Ballot("dk")}
    second = {1: Ballot("dk"), 2: Ballot("dk"), 4: Ballot("dk")}
    assert [(d.number, d.first, d.second) for d in differences(first, second)] == [
        (2, Ballot("kd"), Ballot("dk")), (3, Ballot("dk"), None), (4, None, Ballot("dk"))
    ]  # fmt: skip
    assert differences(first, dict(reversed(first.items()))) == []


# ---------------------------------------------------------------------------------------------- any election

elections = st.integers(1, 6).flatmap(
    lambda names: st.tuples(
        st.lists(st.lists(st.sampled_from("dk"), min_size=names, max_size=names), min_size=1, max_size=40),
        st.integers(1, names),
        st.integers(1, 60),
    )
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(elections, st.randoms())
def test_any_election_equals_the_slow_one_in_whatever_order(election, chance) -> None:
    ballots, seats, base = election
    shuffled = list(ballots)
    chance.shuffle(shuffled)
    count = tally((ruling_on(Ballot("".join(b)), seats=seats, on=IN_2025) for b in shuffled), len(ballots[0]))
    assert (list(count.votes), count.valid, count.invalid) == slow_count(ballots, seats)
    assert count.ballots == len(ballots)
    votes = dict(enumerate(count.votes))
    outcome = outcome_of(votes, seats=seats, base=base)
    assert (set(outcome.elected), set(outcome.tied)) == slow_winners(votes, seats, base)
    assert len(outcome.elected) + outcome.open_seats == seats
    assert not {*outcome.elected} & {*outcome.tied}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.integers(0, 30), st.integers(0, 30), min_size=1), st.integers(1, 7), st.integers(1, 40), st.permutations(range(31)))  # fmt: skip
def test_winners_never_depend_on_names_or_their_order(votes, seats, base, renamed) -> None:
    plain = outcome_of(votes, seats=seats, base=base)
    other = outcome_of({renamed[who]: n for who, n in reversed(votes.items())}, seats=seats, base=base)
    assert {renamed[who] for who in plain.elected} == set(other.elected)
    assert {renamed[who] for who in plain.tied} == set(other.tied)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(["there", "away", "excused", "elsewhere", "exempt", "exempt_there", "suspended", "probationary", "guest"])))  # fmt: skip
def test_the_parts_of_the_base_add_up(kinds) -> None:
    base = base_of([person for kind in kinds for person in crowd(**{kind: 1})])
    assert base.convened - sum(count for _words, count in base.lines) == base.total
    assert base.present <= base.total <= base.convened
    assert not is_elected_by(base.needed - 1, base.total)
    assert is_elected_by(base.needed, base.total)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(2, 40), st.integers(0, 60))
def test_a_list_within_the_limit_never_exceeds_thirty_percent_of_six_seats_and_more(seats, names) -> None:
    if not list(objections_to_list(Office.COMMITTEE, seats, names, on=IN_2025, limits=L)):
        assert seats < names
        assert seats < 6 or 10 * (names - seats) <= 3 * seats


# ---------------------------------------------------------------------------------------------- times

TET = {date(2020, 1, day) for day in (23, 24, 27, 28, 29)}


def is_off(day: date) -> bool:
    return day.weekday() >= 5 or day in TET


def test_working_days_go_round_weekends_and_tet() -> None:
    limits = dl.Limits()
    assert dl.report_due(date(2020, 1, 20), limits, is_off) == date(2020, 2, 5)
    assert dl.report_due(date(2020, 3, 22), limits, is_off) == date(2020, 3, 31)
    assert dl.approval_due(date(2020, 3, 31), limits, is_off) == date(2020, 4, 21)
    assert dl.working_days_before(date(2020, 2, 3), 2, is_off) == date(2020, 1, 30)
    assert dl.sealed_until(date(2020, 8, 31), limits) == date(2021, 2, 28)


def test_ballots_are_destroyed_after_six_months_if_nobody_complains() -> None:
    def found(on=date(2020, 9, 23), **change):
        usual = {
            "closed_on": date(2020, 3, 22),
            "sealed_on": date(2020, 3, 22),
            "open_complaint": False,
            "destroyed": False,
        }
        return len(list(dl.objections_to_destroying(on, **{**usual, **change}, limits=dl.Limits())))

    assert found() == 0
    assert (
        found(on=date(2020, 9, 22))
        == found(sealed_on=None)
        == found(open_complaint=True)
        == found(destroyed=True)
        == 1
    )


def test_a_complaint_comes_within_fifteen_working_days() -> None:
    def found(day):
        return list(dl.objections_to_complaint(day, closed_on=date(2020, 3, 22), limits=dl.Limits(), is_off=is_off))

    assert not found(date(2020, 4, 10))
    assert found(date(2020, 4, 13))
    assert found(date(2020, 3, 21))


def test_what_is_reported_and_uncontested_is_decided_on() -> None:
    def found(on=date(2020, 4, 1), reported_on=date(2020, 3, 25), open_complaint=False):
        return list(dl.objections_to_deciding(on=on, reported_on=reported_on, open_complaint=open_complaint, closed_on=IN_2020))  # fmt: skip

    assert not found()
    assert found(reported_on=None)
    assert found(on=date(2020, 3, 24))
    assert found(open_complaint=True)


def test_a_congress_is_at_most_six_months_early_or_late() -> None:
    def found(day):
        return list(dl.objections_to_day(day, term_ends=date(2020, 6, 30), limits=dl.Limits()))

    assert not found(date(2019, 12, 30))
    assert not found(date(2020, 12, 30))
    assert found(date(2019, 12, 29))
    assert found(date(2020, 12, 31))
    assert not list(dl.objections_to_day(IN_2020, term_ends=None, limits=dl.Limits()))


# ------------------------------------------------------------------------------------------- preparation


def test_nobody_is_asked_to_two_congresses_at_once() -> None:
    asked = Slot("A", IN_2020, time(8), time(11), frozenset({1}))

    def found(*others, **change):
        usual = {"first": date(2020, 2, 9), "last": date(2020, 3, 22), "is_pilot": False, "pilot_on": date(2020, 1, 4), "lessons_on": date(2020, 1, 6)}  # fmt: skip
        return list(objections_to_scheduling(asked, others, **{**usual, **change}))

    assert not found()
    assert found(Slot("B", IN_2020, time(10), time(12), frozenset({1})))
    assert found(Slot("B", IN_2020, None, None, frozenset({1})))
    assert not found(Slot("B", IN_2020, time(14), time(17), frozenset({1})))
    assert not found(Slot("B", IN_2020, time(10), time(12), frozenset({2})))
    assert found(first=date(2020, 2, 10))
    assert found(pilot_on=IN_2020)
    assert found(is_pilot=True, lessons_on=date(2020, 2, 1))


def test_the_rest_begins_after_the_lessons_with_an_approved_scheme() -> None:
    usual = {"is_pilot": False, "has_pilot": True, "lessons_on": IN_2020, "scheme_approved": True}
    assert not list(objections_to_beginning(**usual))
    assert list(objections_to_beginning(**{**usual, "lessons_on": None}))
    assert not list(objections_to_beginning(**{**usual, "lessons_on": None, "is_pilot": True}))
    assert list(objections_to_beginning(**{**usual, "scheme_approved": False}))


def test_a_scheme_fits_the_size_of_the_cell_and_its_own_seats() -> None:
    def found(scheme, official=20):
        return list(
            objections_to_scheme(scheme, official=official, least_for_committee=9, committee_most=7, on=IN_2020)
        )

    assert not found(Scheme(5, 2, 1, 3))
    assert found(Scheme(8))
    assert found(Scheme(2))
    assert found(Scheme(3), official=8)
    assert not found(Scheme(2), official=8)
    assert found(Scheme(3, women=4))


def test_each_deed_has_its_time() -> None:
    assert not list(objections_to_step("begin", "planned"))
    assert list(objections_to_step("begin", "closed"))


def test_age_is_counted_in_full_years() -> None:
    bands = [
        age_band(born, IN_2020)
        for born in (date(1980, 2, 10), date(1980, 2, 9), date(1959, 2, 10), date(1959, 2, 8), None)
    ]
    assert bands == ["young", "middle", "middle", "old", "unknown"]


def test_a_count_says_how_many_papers_it_saw() -> None:
    assert Count((1,), 2, 3).ballots == 5
