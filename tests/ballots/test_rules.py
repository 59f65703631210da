"""What a ballot counts for, and which papers reconcile: literals in, findings out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.ballots.counting import (
    Count,
    Difference,
    Doubt,
    compare_counts,
    count_backwards,
    locate,
    locate_among,
    pattern_of,
    tally,
)
from chibo.ballots.rules import (
    Choice,
    Concern,
    Papers,
    Policy,
    ballot_article,
    is_void,
    objections_to_papers,
    objections_to_votes,
    ruling_on,
)
from chibo.ballots.style import Form

DAY = date(2025, 4, 1)
FOR, AGAINST, NEITHER, BOTH = Choice.FOR, Choice.AGAINST, Choice.NEITHER, Choice.BOTH


def agree(*choices: Choice, **more):
    return ruling_on(Form.AGREE, len(choices), choices, on=DAY, **more)


def strike(*choices: Choice, seats: int = 3, **more):
    return ruling_on(Form.STRIKE, seats, choices, on=DAY, **more)


def test_t14_a_list_of_one_needs_exactly_one_box() -> None:
    assert agree(FOR).is_valid
    assert agree(FOR).votes == (True,)
    assert agree(AGAINST).is_valid
    assert agree(AGAINST).votes == (False,)
    for choice in (BOTH, NEITHER):
        ruling = agree(choice)
        assert not ruling.is_valid
        assert ruling.findings[0].article == "Quy định 190-QĐ/TW, Điều 15"
    assert agree(BOTH).findings != agree(NEITHER).findings


def test_t14_the_recalled_reading_can_be_changed() -> None:
    assert agree(BOTH, policy=Policy(single_needs_one_box=False)).is_valid


def test_t16_with_surplus_too_many_or_nobody_is_invalid() -> None:
    too_many = strike(FOR, FOR, FOR, FOR)
    assert not too_many.is_valid
    assert too_many.findings[0].params == {"chosen": 4, "seats": 3}
    assert strike(FOR, FOR, AGAINST, AGAINST).votes == (True, True, False, False)
    assert strike(FOR, FOR, AGAINST, AGAINST).is_valid
    assert not strike(AGAINST, AGAINST, AGAINST, AGAINST).is_valid
    assert strike(FOR, FOR, FOR, AGAINST).is_valid


def test_a_list_without_surplus_stays_valid_whatever_its_rows() -> None:
    ruling = agree(FOR, BOTH, NEITHER, AGAINST)
    assert ruling.is_valid
    assert ruling.votes == (True, False, False, False)
    assert agree(NEITHER, NEITHER).is_valid


def test_writing_and_foreign_ballots_are_proposed_invalid_with_the_article_of_their_day() -> None:
    ruling = ruling_on(Form.STRIKE, 2, [FOR, FOR, AGAINST], on=date(2020, 3, 1), concerns={Concern.WRITING})
    assert not ruling.is_valid
    assert [f.article for f in ruling.findings] == ["Quy chế 244-QĐ/TW, Điều 17"]
    assert ruling.votes == (False, False, False)
    assert not agree(FOR, FOR, concerns=[Concern.FORGED, Concern.UNSTAMPED]).is_valid
    assert agree(FOR, FOR, concerns=[Concern.WRITING], policy=Policy(writing_voids=False)).is_valid


def test_the_regulation_changes_on_its_day() -> None:
    assert ballot_article(date(2024, 10, 9)) == "Quy chế 244-QĐ/TW, Điều 17"
    assert ballot_article(date(2024, 10, 10)) == "Quy định 190-QĐ/TW, Điều 15"


def test_a_doubtful_row_is_never_ruled_on() -> None:
    with pytest.raises(ValueError, match="people"):
        agree(FOR, Choice.DOUBTFUL)


def test_more_collected_than_issued_voids_the_vote() -> None:
    papers = Papers(printed=32, present=30, issued=30, collected=31, left_over=2)
    assert is_void(papers)
    [finding] = objections_to_papers(papers, 31, 0, on=DAY)
    assert finding.params == {"collected": 31, "issued": 30}
    assert finding.article == "Quy định 190-QĐ/TW, Điều 8"


def test_fewer_collected_than_issued_is_recorded_and_goes_on() -> None:
    papers = Papers(printed=32, present=30, issued=30, collected=29, exchanged=1, left_over=1)
    assert not is_void(papers)
    assert papers.missing == 1
    assert objections_to_papers(papers, 28, 1, on=DAY) == []


def test_every_paper_and_picture_must_reconcile() -> None:
    papers = Papers(printed=40, present=29, issued=30, collected=30, left_over=2)
    told = [sorted(f.params.items()) for f in objections_to_papers(papers, 28, 1, on=DAY)]
    assert told == [
        [("issued", 30), ("present", 29)],
        [("printed", 40), ("used", 32)],
        [("collected", 30), ("told", 29)],
    ]


def test_votes_fit_the_valid_ballots() -> None:
    assert objections_to_votes(Form.STRIKE, 2, [9, 8, 3], 10, on=DAY) == []
    assert len(objections_to_votes(Form.STRIKE, 2, [11, 8, 3], 10, on=DAY)) == 2
    assert len(objections_to_votes(Form.AGREE, 3, [0, 0, -1], 10, on=DAY)) == 1
    assert len(objections_to_votes(Form.STRIKE, 2, [3, 3, 3], 10, on=DAY)) == 1


PATTERNS = st.lists(st.one_of(st.none(), st.tuples(st.booleans(), st.booleans(), st.booleans())), max_size=12)


@given(PATTERNS, st.randoms())
def test_the_order_of_ballots_is_irrelevant_and_totals_reconcile(patterns, random) -> None:
    count = tally(patterns, 3)
    shuffled = list(patterns)
    random.shuffle(shuffled)
    assert tally(shuffled, 3) == count
    assert count.valid + count.invalid == len(patterns)
    assert all(votes <= count.valid for votes in count.votes)
    plain = [sum(1 for p in patterns if p is not None and p[at]) for at in range(3)]
    assert list(count.votes) == plain
    struck = [sum(1 for p in patterns if p is not None and not p[at]) for at in range(3)]
    assert count_backwards(struck, count.valid, count.invalid) == count


@given(PATTERNS, st.integers(0, 11), st.integers(0, 2))
def test_one_mistyped_row_is_located(patterns, at, row) -> None:
    first = {f"b{n}": pattern for n, pattern in enumerate(patterns)}
    assert locate_among(first, patterns) == ()
    if at >= len(patterns) or patterns[at] is None:
        return
    typed = list(patterns)
    typed[at] = tuple(not v if n == row else v for n, v in enumerate(patterns[at]))
    [doubt] = locate_among(first, reversed(typed))
    assert doubt.first == patterns[at]
    assert doubt.second == typed[at]
    assert f"b{at}" in doubt.ballots
    assert compare_counts(tally(patterns, 3), tally(typed, 3))


def test_differences_name_the_candidate() -> None:
    one, two = Count((9, 4), 10, 0), Count((9, 5), 9, 1)
    assert compare_counts(one, two) == (
        Difference("valid", None, 10, 9), Difference("invalid", None, 0, 1), Difference("votes", 1, 4, 5)
    )  # fmt: skip
    assert compare_counts(one, one) == ()
    with pytest.raises(ValueError, match="lists"):
        compare_counts(one, Count((1,), 10, 0))


def test_numbered_ballots_are_compared_one_by_one() -> None:
    first = {"1": (True, False), "2": None, "3": (True, True)}
    second = {"1": (True, False), "2": (False, True), "4": (True, True)}
    assert locate(first, second) == (
        Doubt(None, (False, True), ("2",)), Doubt((True, True), "-", ("3",)), Doubt("-", (True, True), ("4",))
    )  # fmt: skip


def test_impossible_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="struck"):
        count_backwards([11], 10, 0)
    with pytest.raises(ValueError, match="names"):
        tally([(True,)], 2)
    assert pattern_of(agree(BOTH)) is None
