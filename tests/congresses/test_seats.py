"""Two people are two persons: codes of the counting committee, and the seat at the one machine in the hall."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from chibo.access.actor import SETUP
from chibo.congresses.actions import counting
from chibo.congresses.actions.counting import collect_ballots
from chibo.congresses.actions.seating import give_code, take_seat
from chibo.congresses.models import BallotEntry, Congress, Counter, Polling
from chibo.congresses.rules.seating import MOST_WRONG
from chibo.congresses.selectors.seating import is_at_the_machine, work_of
from chibo.journal.models import Change, Entry
from tests.conftest import told_once
from tests.congresses.cast import begun, code_of, enter_ballot, fresh, issued, listed, proof_of, with_counters
from tests.congresses.test_pages import at
from tests.world import World


@told_once
def counting_now(world: World) -> Polling:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    polling = issued(world, election)
    collect_ballots(polling, actor=world.secretary, collected=9)
    return polling


def counters(polling: Polling) -> list[Counter]:
    return [fresh(one) for one in polling.election.congress.counters.all()]


def test_nobody_enters_for_another(world: World, counting_now: Polling) -> None:
    first, second, _third = counters(counting_now)
    mine = proof_of(world, first)
    proof_of(world, second)
    asked = {"hand": 1, "number": 1, "marks": "dddk", "actor": world.secretary}
    for counter, proof in ((first, ""), (second, mine), (first, "x" * 64)):
        with pytest.raises(ValidationError, match="bằng mã của mình"):
            counting.enter_ballot(fresh(counting_now), counter=fresh(counter), code_hash=proof, **asked)
    assert not BallotEntry.objects.exists()
    counting.enter_ballot(fresh(counting_now), counter=fresh(first), code_hash=mine, **asked)
    assert BallotEntry.objects.get().counter == first


def test_ones_own_log_in_and_the_installation_need_no_code(world: World, counting_now: Polling) -> None:
    first, second, _third = counters(counting_now)
    type(first.member).objects.filter(pk=first.member_id).update(account=world.secretary.user)
    assert is_at_the_machine(fresh(first), world.secretary, "")
    assert not is_at_the_machine(second, world.secretary, "")
    assert is_at_the_machine(second, SETUP, "")


def test_a_code_is_given_to_one_and_given_again_ends_the_one_before(world: World, counting_now: Polling) -> None:
    first, second, _third = counters(counting_now)
    give_code(first, actor=world.secretary, code="111111")
    with pytest.raises(ValidationError, match="trùng"):
        give_code(second, actor=world.secretary, code="111111")
    before = fresh(first).code_hash
    give_code(fresh(first), actor=world.secretary, code="222222")
    assert not is_at_the_machine(fresh(first), world.secretary, before)
    assert dict(work_of(counting_now))[first] == ["nhận lại mã 1 lần"]
    Congress.objects.update(state="closed")
    with pytest.raises(ValidationError, match="đang tiến hành"):
        give_code(fresh(second), actor=world.secretary, code="333333")
    assert fresh(second).codes_given == 0


def test_five_wrong_codes_need_a_new_one(world: World, counting_now: Polling) -> None:
    first = counters(counting_now)[0]
    with pytest.raises(ValidationError, match="chưa nhận mã"):
        take_seat(first, actor=world.secretary, code="111111")
    give_code(first, actor=world.secretary, code="111111")
    for wrong in range(1, MOST_WRONG + 1):
        assert take_seat(fresh(first), actor=world.secretary, code="999999").wrong_codes == wrong
    with pytest.raises(ValidationError, match="sai mã 5 lần"):
        take_seat(fresh(first), actor=world.secretary, code="111111")
    give_code(fresh(first), actor=world.secretary, code="222222")
    assert take_seat(fresh(first), actor=world.secretary, code=" 222222 ").wrong_codes == 0


def test_the_journal_keeps_no_code(world: World, counting_now: Polling) -> None:
    first = counters(counting_now)[0]
    give_code(first, actor=world.secretary, code="482915")
    take_seat(fresh(first), actor=world.secretary, code="482915")
    enter_ballot(world, fresh(counting_now), hand=1, number=1, marks="dddk", counter=first)
    told = [str(entry.__dict__) for entry in Entry.objects.all()] + [
        str(one.__dict__) for one in Change.objects.all()
    ]
    assert any("take_seat" in one for one in told)
    assert not any("482915" in one or fresh(first).code_hash in one for one in told)


def test_the_code_is_shown_once_and_the_seat_is_free_after_the_last_paper(
    world: World, counting_now: Polling, browser_of: Any
) -> None:
    first, second, _third = counters(counting_now)
    cell = browser_of(world.secretary)
    address = at("code", first.pk)
    assert "Hiện mã" in cell.get(address).content.decode()
    shown = cell.post(address)
    assert shown["Cache-Control"] == "no-store"
    told = shown.content.decode()
    code = told[told.index('told-code">') + 11 :].split("<")[0].replace(" ", "")
    assert "Nhận mã mới" in cell.get(address).content.decode()
    assert code not in cell.get(address).content.decode()
    sit = f"{at('sit', counting_now.pk, first.pk)}?to=1"
    wrong = cell.post(sit, {"code": "12", "once": "the-same-form"})
    assert (wrong.status_code, "Còn 4 lần" in wrong.content.decode()) == (422, True)
    assert cell.post(sit, {"code": code, "once": "the-same-form"}).status_code == 302, "a try of its own"
    for number in range(1, 10):
        cell.post(at("polling_step", counting_now.pk, "enter"), {"hand": 1, "number": number, "marks": "dddk"})
    assert set(BallotEntry.objects.values_list("counter", flat=True)) == {first.pk}
    assert "Ai ngồi vào máy" in cell.get(at("polling", counting_now.pk), {"hand": 2}).content.decode()
    proof_of(world, second)
    cell.post(f"{at('sit', counting_now.pk, second.pk)}?to=2", {"code": code_of(second)})
    cell.post(at("leave", counting_now.pk))
    cell.post(at("polling_step", counting_now.pk, "enter"), {"hand": 2, "number": 1, "marks": "dddk"})
    assert BallotEntry.objects.filter(hand=2).count() == 0
