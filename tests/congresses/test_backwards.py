"""The second count made backwards: papers minus strikes, batch by batch, beside papers or beside the scanner."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from chibo.congresses.actions.backwards import strike_batch
from chibo.congresses.actions.counting import certify_count, collect_ballots
from chibo.congresses.models import Polling, StrikeBatch
from chibo.congresses.rules.backwards import (
    Batch,
    batches_apart,
    counted_backwards,
    objections_to_batch,
    same_papers,
)
from chibo.congresses.rules.counting import Ballot, Ruling, ruling_on, tally
from chibo.congresses.selectors.document import count_minutes
from chibo.congresses.selectors.pages import count_page
from chibo.papers.selectors import html_of
from tests.congresses.cast import (
    DAY,
    begun,
    code_of,
    count_batch,
    enter_ballot,
    entered,
    fresh,
    issued,
    listed,
    proof_of,
    with_counters,
)
from tests.congresses.test_pages import at, body
from tests.world import World


def refused(batch: Batch, *others: Batch, names: int = 4, seats: int = 3) -> list[tuple[str, str]]:
    found = objections_to_batch(batch, others, names=names, seats=seats, collected=30, on=DAY)
    return [(one.field, one.text) for one in found]


@pytest.mark.parametrize(
    ("batch", "said"),
    [
        (Batch(1, 31, 0, (0, 0, 0, 31)), "phiếu số 1 đến"),
        (Batch(5, 4, 0, (0, 0, 0, 0)), "phiếu số 1 đến"),
        (Batch(10, 12, 0, (0, 0, 0, 3)), "tập khác"),
        (Batch(20, 22, 4, (0, 0, 0, 0)), "có %(papers)s phiếu"),
        (Batch(20, 22, 0, (0, 0, 3)), "một số từ 0"),
        (Batch(20, 22, 1, (0, 0, 0, 3)), "một số từ 0"),
        (Batch(20, 22, 0, (0, 0, 0, 2)), "Tổng số lần gạch"),
        (Batch(20, 22, 0, (3, 3, 3, 1)), "Tổng số lần gạch"),
    ],
)
def test_a_batch_that_cannot_be_is_refused_at_once(batch: Batch, said: str) -> None:
    """190-QĐ/TW Đ15: a valid ballot with surplus strikes at least one of four for three seats, and not all four."""
    assert said in refused(batch, Batch(1, 10, 0, (0, 0, 0, 10)))[0][1]


def test_a_batch_that_can_be_is_taken_and_without_surplus_no_strike_is_forced() -> None:
    assert refused(Batch(11, 13, 1, (1, 1, 0, 0)), Batch(1, 10, 0, (0, 0, 0, 10))) == []
    assert refused(Batch(1, 3, 0, (0,)), names=1, seats=1) == []


patterns = st.lists(st.text("dk", min_size=4, max_size=4), min_size=1, max_size=40)


@given(patterns, st.integers(1, 12), st.randoms())
def test_backwards_equals_forwards_in_whatever_batches_and_order(papers: list[str], size: int, chance: Any) -> None:
    """Struck ballots by the text of the article: the count by strikes gives what the count by papers gives."""
    rulings = {n: ruling_on(Ballot(marks), seats=3, on=DAY) for n, marks in enumerate(papers, 1)}
    batches = [
        batch_of(rulings, first, min(first + size - 1, len(papers))) for first in range(1, len(papers) + 1, size)
    ]
    chance.shuffle(batches)
    assert counted_backwards(batches, 4) == tally(rulings.values(), 4)
    assert batches_apart(rulings, batches) == []
    assert not any(refused_of(batch, batches, len(papers)) for batch in batches)


def batch_of(rulings: dict[int, Ruling], first: int, last: int) -> Batch:
    mine = [rulings[n] for n in range(first, last + 1)]
    struck = tuple(sum(r.is_valid and not r.votes[at] for r in mine) for at in range(4))
    return Batch(first, last, sum(not r.is_valid for r in mine), struck)


def refused_of(batch: Batch, batches: list[Batch], collected: int) -> list[Any]:
    others = [one for one in batches if one is not batch]
    return list(objections_to_batch(batch, others, names=4, seats=3, collected=collected, on=DAY))


def test_a_strike_that_was_missed_is_found_in_its_batch_with_the_papers_meant() -> None:
    rulings = {n: ruling_on(Ballot("dddk" if n < 5 else "dkdd"), seats=3, on=DAY) for n in range(1, 8)}
    [apart] = batches_apart(rulings, [Batch(1, 4, 0, (0, 0, 0, 4)), Batch(5, 7, 0, (0, 2, 0, 0))])
    assert (apart.batch.first, apart.name, apart.first, apart.second, apart.papers) == (5, 1, 3, 2, (5, 6, 7))
    found = batches_apart(rulings, [Batch(1, 4, 1, (0, 0, 0, 3)), Batch(5, 7, 0, (0, 3, 0, 0))])
    assert [(one.name, one.first, one.second) for one in found] == [(None, 0, 1), (3, 4, 3)]


@pytest.mark.parametrize(
    ("ends", "heaps", "groups"),
    [
        ((25, 50, 60), (25, 25, 10), [(1, 25, [0]), (26, 50, [1]), (51, 60, [2])]),
        ((30, 50, 60), (25, 25, 10), [(1, 50, [0, 1]), (51, 60, [2])]),
        ((25, 60), (60,), [(1, 60, [0])]), ((60,), (25, 35), [(1, 60, [0, 1])]), ((25, 60), (25, 34), [(1, 60, [0, 1])]),
    ],
)  # fmt: skip
def test_batches_and_heaps_meet_where_both_end(
    ends: tuple[int, ...], heaps: tuple[int, ...], groups: list[Any]
) -> None:
    firsts = [1, *(end + 1 for end in ends)]
    batches = [Batch(first, last, 0, ()) for first, last in zip(firsts, ends, strict=False)]
    found = same_papers(list(reversed(batches)), heaps)
    assert [(mine[0].first, mine[-1].last, theirs) for mine, theirs in found] == groups


# ------------------------------------------------------------------------------------- beside the papers


def first_counted(world: World) -> Polling:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    polling = issued(world, election)
    collect_ballots(polling, actor=world.secretary, collected=9)
    first = congress.counters.first()
    for number in range(1, 10):
        enter_ballot(
            world, fresh(polling), hand=1, number=number, marks="dddk" if number < 8 else "kkkk", counter=first
        )
    return fresh(polling)


def test_papers_and_strikes_certify_together(world: World) -> None:
    polling = first_counted(world)
    _first, second, third = polling.election.congress.counters.all()
    with pytest.raises(ValidationError, match="hai người khác nhau"):
        count_batch(world, polling, first=1, last=5, struck=[0, 0, 0, 5], counter=_first)
    count_batch(world, polling, first=1, last=5, struck=[0, 0, 0, 5], counter=second)
    with pytest.raises(ValidationError, match="Mới đếm ngược 5/9"):
        certify_count(fresh(polling), actor=world.secretary)
    wrong = count_batch(world, polling, first=6, last=9, struck=[0, 0, 1, 2], invalid=2, counter=second)
    [apart] = count_page(fresh(polling), 2).batches.apart  # type: ignore[union-attr]
    assert (apart.name, apart.first, apart.second) == (2, 0, 1)
    with pytest.raises(ValidationError, match="khác nhau ở 1 chỗ"):
        certify_count(fresh(polling), actor=world.secretary)
    with pytest.raises(ValidationError, match="đang đếm ngược"):
        enter_ballot(world, fresh(polling), hand=2, number=1, marks="dddk", counter=third)
    with pytest.raises(ValidationError, match="đã kết thúc hoặc đã nhập"):
        collect_ballots(fresh(polling), actor=world.secretary, collected=8)
    strike_batch(fresh(wrong), actor=world.secretary)
    count_batch(world, polling, first=6, last=9, struck=[0, 0, 0, 2], invalid=2, counter=second)
    certify_count(fresh(polling), actor=world.secretary)
    done = fresh(polling)
    assert (done.valid, done.invalid, [name.votes for name in done.names.all()]) == (7, 2, [7, 7, 7, 0])
    words = str(html_of(count_minutes(done)))
    assert "phiếu hợp lệ trừ phiếu không bầu" in words
    assert "đếm ngược 2 tập phiếu" in words
    assert "Không bầu cho ai trong danh sách có số dư: 2 phiếu" in words
    with pytest.raises(ValidationError, match="đã công bố"):
        strike_batch(StrikeBatch.objects.first(), actor=world.secretary)
    assert StrikeBatch.objects.count() == 2


def test_a_second_count_by_papers_is_not_mixed_with_one_by_strikes(world: World) -> None:
    polling = entered(world, first_counted_papers(world), ["dddk"] * 9, ["dddk"] * 3 + [""] * 6)
    second = polling.election.congress.counters.all()[1]
    with pytest.raises(ValidationError, match="không đếm ngược cùng lúc"):
        count_batch(world, polling, first=4, last=9, struck=[0, 0, 0, 6], counter=second)
    assert not StrikeBatch.objects.exists()


def first_counted_papers(world: World) -> Polling:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    return issued(world, election)


def test_a_cell_counts_backwards_by_its_pages(world: World, browser_of: Any) -> None:
    polling = first_counted(world)
    second, cell = polling.election.congress.counters.all()[1], browser_of(world.secretary)
    proof_of(world, second)
    cell.post(f"{at('sit', polling.pk, second.pk)}?to=batch", {"code": code_of(second)})
    shown = body(cell, "polling", polling.pk, hand="2", way="batch")
    assert "gạch tên người ấy" in shown
    asked = {"first": 1, "last": 9, "invalid": 2, "struck_0": 1, "struck_1": 0, "struck_2": 0, "struck_3": 3}
    answer = cell.post(at("polling_step", polling.pk, "batch") + "?hand=2&way=batch", asked)
    assert answer.status_code == 422
    assert "Tổng số lần gạch là 4" in answer.content.decode()
    cell.post(at("polling_step", polling.pk, "batch") + "?hand=2&way=batch", {**asked, "struck_3": 7})
    shown = body(cell, "polling", polling.pk, hand="2")
    assert "Tập phiếu số 1 đến 9" in shown
    assert "lượt một thấy gạch ở 0 phiếu, lượt hai ở 1" in shown
    cell.post(at("strike_batch", StrikeBatch.objects.get().pk))
    cell.post(at("polling_step", polling.pk, "batch") + "?hand=2&way=batch", {**asked, "struck_0": 0, "struck_3": 7})
    assert "Hai lượt kiểm khớp nhau" in body(cell, "polling", polling.pk, hand="2")
