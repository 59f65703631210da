"""Members of the counting committee count by their own log-in (ADR 0155): what it opens, to whom, and until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils.timezone import get_current_timezone

from chibo.access.actions import grant_post
from chibo.access.actor import SETUP, Actor
from chibo.access.charter import POWERS, Can, Post
from chibo.access.models import Grant, Invitation
from chibo.access.selectors import actor_of
from chibo.congresses.actions import backwards, counting, scanning
from chibo.congresses.actions.conducting import adopt_resolution, close_congress
from chibo.congresses.actions.counting import certify_count, collect_ballots
from chibo.congresses.actions.seating import choose_sign_in, give_code, take_seat
from chibo.congresses.forms.counting import BallotForm
from chibo.congresses.models import (
    BallotEntry,
    Congress,
    Counter,
    Election,
    Polling,
    ScanAnswer,
    ScanCount,
    StrikeBatch,
)
from chibo.congresses.rules.seating import objections_to_sign_in, objections_to_taking_back
from chibo.congresses.selectors.document import count_minutes
from chibo.congresses.selectors.scanning import ScanFacts
from chibo.congresses.selectors.seating import counters_of
from chibo.desk.selectors import desk_of
from chibo.journal.models import Entry
from chibo.members.models import Member
from chibo.papers.selectors import html_of
from tests.conftest import told_once
from tests.congresses.cast import DAY, begun, fresh, issued, listed, with_counters
from tests.congresses.test_pages import at
from tests.congresses.test_scans import HALF, papers, polled, sent
from tests.world import World


class Hall(NamedTuple):
    """A count of nine papers; three count, each with an account of their own; a candidate and a plain member have one too."""

    polling: Polling
    counters: list[Counter]
    candidate: Member
    plain: Member


@told_once
def hall(world: World) -> Hall:
    congress, found = begun(world)
    for member in (found[0], *found[4:8]):
        Member.objects.filter(pk=member.pk).update(account=world.account(member.full_name))
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    polling = issued(world, election)
    collect_ballots(polling, actor=world.secretary, collected=9)
    polling = fresh(polling)
    return Hall(polling, counters_of(polling.election.congress), fresh(found[0]), fresh(found[7]))


def own(member: Member) -> Actor:
    account = fresh(member).account
    assert account is not None
    return actor_of(account)


def device(actor: Actor) -> Client:
    """A browser of their own, on which they are logged in."""
    client = Client()
    client.force_login(actor.user)
    return client


def again(hall: Hall, at_: int) -> Counter:
    return Counter.objects.select_related("unit", "congress", "member__account").get(pk=hall.counters[at_].pk)


def enter(hall: Hall, actor: Actor, counter: Counter, hand: int = 1, number: int = 1, **more: Any) -> BallotEntry:
    asked = {"hand": hand, "number": number, "marks": "dddk", "counter": counter, **more}
    return counting.enter_ballot(fresh(hall.polling), actor=actor, **asked)


def typed(hand: int, number: int, **more: Any) -> dict[str, Any]:
    return {"hand": hand, "number": number, "marks": "dddk", **more}


# ------------------------------------------------------------------------------------------------ rules


def test_codes_are_left_out_only_where_two_have_accounts_and_come_back_for_a_reason() -> None:
    def said(**facts: Any) -> list[str]:
        asked = {"own_only": True, "accounts": 2, "reason": "", "asked": False, "on": DAY, **facts}
        return [one.field for one in objections_to_sign_in(**asked)]

    assert said() == said(own_only=False, accounts=0) == said(own_only=False, asked=True, reason="hết pin") == []
    assert said(accounts=1) == ["own_only"]
    assert said(own_only=False, asked=True, reason=" ") == ["reason"]


@pytest.mark.parametrize(
    ("is_own", "keeps", "own_only", "may"),
    [(True, False, True, True), (False, True, False, True), (False, False, False, False), (False, True, True, False)],
)
def test_who_entered_a_paper_takes_it_back(is_own: bool, keeps: bool, own_only: bool, may: bool) -> None:
    assert may != any(objections_to_taking_back(is_own=is_own, keeps=keeps, own_only=own_only, on=DAY))


def test_a_paper_is_chosen_name_by_name_with_the_thumb() -> None:
    names = ["An", "Bình"]
    by_thumb = BallotForm({"hand": 1, "number": 1, "mark_0": "d", "mark_1": "k"}, names=names)
    assert by_thumb.is_valid()
    assert by_thumb.cleaned_data["marks"] == "dk"
    assert set(by_thumb.cleaned_data) >= {"hand", "number", "marks", "flaw"}
    typed_ = BallotForm({"hand": 1, "number": 1, "marks": "kd", "mark_0": "d"}, names=names)
    assert typed_.is_valid()
    assert typed_.cleaned_data["marks"] == "kd", "what was typed counts"
    for data in ({"mark_1": "k"}, {}):
        form = BallotForm({"hand": 1, "number": 1, **data}, names=names)
        assert "Hãy ghi đủ từng người" in form.errors["marks"][0]
        assert form.chosen[1] == ("mark_1", "Bình", data.get("mark_1", "")), "what was chosen stays"


# -------------------------------------------------------------------------------------------- the power


def test_the_power_comes_with_the_election_to_the_committee_and_is_gone_with_the_closing(
    world: World, hall: Hall
) -> None:
    """Granted to those who have an account; nobody else gains anything, and it is one power."""
    assert POWERS[Post.COUNTER] == {Can.COUNT_BALLOTS}
    holders = set(Grant.objects.filter(post=Post.COUNTER).values_list("user__name", "unit"))
    assert holders == {(one.member.full_name, world.cell5.pk) for one in hall.counters}
    counter = own(hall.counters[0].member)
    assert [one for one in Can if counter.holds(one)] == [Can.COUNT_BALLOTS]
    Election.objects.update(state="elected", office="secretary")
    adopt_resolution(fresh(hall.polling.election.congress), actor=world.secretary, in_favour=9)
    close_congress(fresh(hall.polling.election.congress), actor=world.secretary, closed_on=DAY)
    assert not Grant.objects.filter(post=Post.COUNTER).exists(), "at once, not at midnight"
    with pytest.raises(PermissionDenied):
        enter(hall, own(hall.counters[0].member), again(hall, 0))
    assert not BallotEntry.objects.exists()


def test_another_committee_ends_the_power_of_the_one_before_and_a_late_account_joins(world: World) -> None:
    congress, found = begun(world)
    for member in found[4:8]:
        Member.objects.filter(pk=member.pk).update(account=world.account(member.full_name))
    with_counters(world, congress, [fresh(one) for one in found[4:7]])
    with_counters(world, fresh(congress), [fresh(one) for one in found[6:9]])

    def names() -> set[str]:
        return set(Grant.objects.filter(post=Post.COUNTER).values_list("user__name", flat=True))

    assert names() == {found[6].full_name, found[7].full_name}
    Member.objects.filter(pk=found[8].pk).update(account=world.account(found[8].full_name))
    issued(world, listed(world, fresh(congress), found[:4]))
    assert names() == {one.full_name for one in found[6:9]}


def test_an_administrator_who_grants_it_to_themselves_opens_nothing(world: World, hall: Hall) -> None:
    """The post alone is no seat on the committee."""
    grant_post(world.cell5, actor=world.clerk, user=world.clerk.user, post=Post.COUNTER, valid_from=DAY)
    clerk = actor_of(world.clerk.user)
    assert clerk.may(Can.COUNT_BALLOTS, world.cell5)
    with pytest.raises(ValidationError, match="bằng mã của mình"):
        enter(hall, clerk, again(hall, 0))
    assert not BallotEntry.objects.exists()
    browser = device(clerk)
    assert browser.get(at("polling", hall.polling.pk)).status_code == 403
    assert browser.get(at("duty", hall.polling.election.congress_id)).status_code == 404
    with pytest.raises(ValidationError, match="chỉ có ở chi bộ"):
        grant_post(world.ward, actor=world.clerk, user=world.clerk.user, post=Post.COUNTER, valid_from=DAY)


# -------------------------------------------------------------------------------- who gets what, by address


def addresses(hall: Hall, entry: BallotEntry, batch: StrikeBatch, scan: ScanCount) -> dict[str, tuple[str, str]]:
    """Each address of the count: its method and where it is. ``scan`` is put aside where papers are entered."""
    polling, congress, first = hall.polling.pk, hall.polling.election.congress_id, hall.counters[0].pk
    return {
        "duty": ("get", at("duty", congress)), "polling": ("get", at("polling", polling)),
        "enter": ("post", at("polling_step", polling, "enter")), "batch": ("post", at("polling_step", polling, "batch")),
        "collect": ("post", at("polling_step", polling, "collect")), "certify": ("post", at("polling_step", polling, "certify")),
        "strike": ("post", at("strike", entry.pk)), "strike_batch": ("post", at("strike_batch", batch.pk)),
        "scan": ("get", at("scan", polling)), "upload": ("post", at("scan", polling)),
        "look": ("get", at("look", scan.pk, first)), "picture": ("get", at("picture", scan.pk, "0" * 16)),
        "aside": ("post", at("scan_step", scan.pk, "aside")), "code": ("get", at("code", first)),
        "sit": ("get", at("sit", polling, first)), "leave": ("post", at("leave", polling)),
        "congress": ("get", at("congress", congress)), "election": ("get", at("election", hall.polling.election_id)),
        "minutes": ("get", at("minutes", polling)), "screen": ("get", at("screen", congress)),
        "sign-in": ("post", at("step", congress, "sign-in")), "counters": ("get", at("counters", congress)),
        "dossier": ("get", at("dossier", congress)), "ballots": ("get", at("ballots", hall.polling.election_id)),
    }  # fmt: skip


COUNTER_MAY = {
    "duty": 200, "polling": 200, "enter": 422, "batch": 422, "scan": 200, "look": 302, "strike": 302, "strike_batch": 302,
    "collect": 403, "certify": 403, "upload": 403,
}  # fmt: skip
"""Everything else is not there for them. (``look``: nothing waits, so it leads back.)"""


def test_a_counter_opens_the_pages_of_the_count_and_others_none(
    world: World, hall: Hall, settings: Any, tmp_path: Path
) -> None:
    """Another cell's member, a member of the cell, a candidate, the clerk, a counter after the end: each address, each deed."""
    settings.DATA = tmp_path
    first = hall.counters[0]
    entry = enter(hall, own(first.member), again(hall, 0))
    batch = StrikeBatch.objects.create(unit=hall.polling.unit, polling=hall.polling, first=1, last=9, struck=[0] * 4, counter=first)  # fmt: skip
    scan = _scan_of(world, hall)
    there, before = addresses(hall, entry, batch, scan), Entry.objects.count()
    elsewhere = world.member(world.cell7, "Người Chi Bộ Bảy", account=True)

    def answers(client: Client) -> dict[str, int]:
        return {name: getattr(client, how)(url).status_code for name, (how, url) in there.items()}

    shut = dict.fromkeys(there, 404)
    for member in (elsewhere, hall.plain, hall.candidate):
        assert answers(device(own(member))) == shut, member
    assert set(answers(Client()).values()) == {302}
    clerk = answers(device(world.clerk))
    open_to_clerk = {name for name, code in clerk.items() if code == 200}
    assert open_to_clerk == {"congress", "election", "screen", "dossier"}, "as before: no page of the count"
    assert Entry.objects.count() == before, "nobody changed anything"

    with_entry = answers(device(own(first.member)))
    assert with_entry == {**shut, **COUNTER_MAY}
    assert not BallotEntry.objects.filter(pk=entry.pk).exists(), "their own paper they take back"

    Polling.objects.update(state="certified")
    assert answers(device(own(first.member))) == {**shut, "duty": 200, "polling": 302}
    Congress.objects.update(state="closed")
    assert answers(device(own(first.member))) == shut


def _scan_of(world: World, hall: Hall) -> ScanCount:
    """A reading that found nothing doubtful."""
    scanning.print_ballots(_listed_again(hall), actor=world.secretary, voters=9, spare=0)
    Election.objects.filter(pk=hall.polling.election_id).update(state="voting")
    hall.polling.election.forms.update(number=hall.polling.number)
    return ScanCount.objects.create(unit=hall.polling.unit, polling=hall.polling, folder="0" * 32, state="read")


def _listed_again(hall: Hall) -> Election:
    Election.objects.filter(pk=hall.polling.election_id).update(state="listed")
    return fresh(hall.polling.election)


def test_each_deed_refuses_who_is_not_of_the_committee(world: World, hall: Hall) -> None:
    """By the action itself, whatever page leads there."""
    first, second = again(hall, 0), again(hall, 1)
    entry = enter(hall, own(first.member), first)
    scan = ScanCount(unit=hall.polling.unit, polling=hall.polling, folder="0" * 32, state="read")
    scan.save()
    elsewhere = world.member(world.cell7, "Người Chi Bộ Bảy", account=True)
    deeds: list[Callable[[Actor], Any]] = [
        lambda who: enter(hall, who, first, number=2),
        lambda who: backwards.count_batch(fresh(hall.polling), actor=who, first=1, last=9, struck=[0, 0, 0, 9], counter=second),
        lambda who: counting.strike_entry(fresh(entry), actor=who),
        lambda who: scanning.answer_scan(fresh(scan), actor=who, item="0" * 16, says="valid", counter=first),
    ]  # fmt: skip
    for who in (own(elsewhere), own(hall.plain), own(hall.candidate), world.clerk, world.secretary7):
        for deed in deeds:
            with pytest.raises(PermissionDenied):
                deed(who)
    for deed in (lambda who: certify_count(fresh(hall.polling), actor=who), lambda who: give_code(first, actor=who, code="1"), lambda who: choose_sign_in(fresh(first.congress), actor=who, own_only=True)):  # fmt: skip
        with pytest.raises(PermissionDenied):
            deed(own(first.member))
    with pytest.raises(ValidationError, match="bằng mã của mình"):
        enter(hall, own(first.member), second, hand=2)
    with pytest.raises(ValidationError, match="Chỉ người đã nhập"):
        counting.strike_entry(fresh(entry), actor=own(second.member))
    assert list(BallotEntry.objects.values_list("pk", flat=True)) == [entry.pk]
    assert not ScanAnswer.objects.exists()


# ------------------------------------------------------------------------------------------ two at once


def test_two_count_on_two_devices_and_neither_sees_the_other(world: World, hall: Hall) -> None:
    """Each count on its own device; the papers of the other are shown to nobody before both are whole."""
    one, other, third = (device(own(counter.member)) for counter in hall.counters)
    desk = one.get("/").content.decode()
    assert "Kiểm phiếu: Đại hội" in desk
    assert at("duty", hall.polling.election.congress_id) in desk
    enter_at = at("polling_step", hall.polling.pk, "enter")
    for number in range(1, 10):
        marks = "dddk" if number < 9 else "kddd"
        assert one.post(enter_at, typed(1, number, marks=marks, once=f"a{number}")).status_code == 302
        if number == 1:
            assert one.post(enter_at, typed(1, 1, marks=marks, once="a1")).status_code == 302, "a double tap"
        if number < 9:
            thumb = {f"mark_{at_}": letter for at_, letter in enumerate("dddk")}
            assert (
                other.post(enter_at, {"hand": 2, "number": number, "once": f"b{number}", **thumb}).status_code == 302
            )
    assert BallotEntry.objects.count() == 17
    seen = other.get(at("polling", hall.polling.pk), {"hand": 2}).content.decode()
    assert "<code>dddk</code>" in seen
    for who, hand in ((other, 1), (third, 1), (third, 2)):
        shown = who.get(at("polling", hall.polling.pk), {"hand": hand}).content.decode()
        assert "<code>" not in shown, "the other's papers are not shown"
    assert "Đồng chí làm lượt kiểm kia" in other.get(at("polling", hall.polling.pk), {"hand": 1}).content.decode()
    refused = other.post(enter_at, typed(1, 9))
    assert (refused.status_code, "hai người khác nhau" in refused.content.decode()) == (422, True)
    other.post(enter_at, typed(2, 9, marks="ddkd"))
    shown = one.get(at("polling", hall.polling.pk), {"hand": 1}).content.decode()
    assert "Phiếu số 9: lượt một kddd, lượt hai ddkd" in shown, "the difference is shown to both"
    wrong = BallotEntry.objects.get(hand=2, number=9)
    assert one.post(at("strike", wrong.pk)).status_code == 404, "nobody takes back another's paper"
    other.post(at("strike", wrong.pk))
    other.post(enter_at, typed(2, 9, marks="kddd"))
    shown = other.get(at("polling", hall.polling.pk), {"hand": 2}).content.decode()
    assert "Hai lượt kiểm khớp nhau" in shown
    assert "Công bố kết quả</button>" not in shown, "it is the congress that announces"
    certify_count(fresh(hall.polling), actor=world.secretary)
    told = str(html_of(count_minutes(fresh(hall.polling))))
    assert f"{hall.counters[0]} (bằng tài khoản riêng) nhập 9 phiếu lượt 1" in told
    after = one.get(at("polling", hall.polling.pk))
    assert (after.status_code, after["Location"]) == (302, at("duty", hall.polling.election.congress_id))


def test_two_who_share_one_count_meet_at_a_paper_and_one_is_told(world: World, hall: Hall) -> None:
    one, other, _third = (device(own(counter.member)) for counter in hall.counters)
    enter_at = at("polling_step", hall.polling.pk, "enter")
    one.post(enter_at, typed(1, 1))
    refused = other.post(enter_at, typed(1, 1, marks="kddd"))
    assert refused.status_code == 422
    assert "kddd" in refused.content.decode(), "what was typed stays"
    assert BallotEntry.objects.get().marks == "dddk"
    assert other.post(enter_at, typed(1, 2, marks="kddd")).status_code == 302
    assert 'value="3"' in one.get(at("polling", hall.polling.pk), {"hand": 1}).content.decode()


def test_batches_are_counted_backwards_on_a_phone(world: World, hall: Hall) -> None:
    one, other, _third = (device(own(counter.member)) for counter in hall.counters)
    for number in range(1, 10):
        enter(hall, own(hall.counters[0].member), again(hall, 0), number=number)
    there = at("polling_step", hall.polling.pk, "batch")
    asked = {
        "first": 1,
        "last": 5,
        "invalid": 0,
        "struck_0": 0,
        "struck_1": 0,
        "struck_2": 0,
        "struck_3": 5,
        "once": "x",
    }
    for _twice in range(2):
        assert other.post(there, asked).status_code == 302
    assert StrikeBatch.objects.get().signed == "own"
    assert "Các tập đã đếm ngược" in other.get(at("polling", hall.polling.pk), {"hand": 2}).content.decode()
    assert "Phiếu số 1 đến 5" not in one.get(at("polling", hall.polling.pk), {"hand": 2}).content.decode()
    assert one.post(there, {**asked, "first": 6, "last": 9, "once": "y"}).status_code == 422
    assert StrikeBatch.objects.count() == 1


def test_two_look_at_the_same_picture_at_once_and_a_third_is_led_on(
    world: World, settings: Any, tmp_path: Path
) -> None:
    """Each answers alone on a device of their own; what two settled meanwhile is not asked of the third, and the next
    picture is never answered with the one before."""
    settings.DATA = tmp_path
    polling, blank = polled(world, 2)
    scan = scanning.receive_scans(polling, sent(papers(blank)[HALF], papers(blank)[0]), actor=world.secretary)
    from chibo.congresses.actions.jobs import work

    work.call(scan.pk, None)
    people = list(polling.election.congress.counters.all())
    for counter in people:
        Member.objects.filter(pk=counter.member_id).update(account=world.account(counter.member.full_name))
    choose_sign_in(fresh(polling.election.congress), actor=world.secretary, own_only=True)
    [question] = ScanFacts(fresh(scan)).questions
    one, other, third = (device(own(counter.member)) for counter in people[1:4])
    looks = [at("look", scan.pk, counter.pk) for counter in people[1:4]]
    for client, look in zip((one, other, third), looks, strict=True):
        assert question.item in client.get(look).content.decode()
        assert client.get(at("picture", scan.pk, question.item)).status_code == 200
    assert one.get(looks[1]).status_code == 403, "nobody looks as another"
    assert one.get(at("picture", scan.pk, question.ballot)).status_code == 404, "only what waits for them"
    asked = {"item": question.item, "says": "against"}
    assert one.post(looks[0], {**asked, "once": "1"}).status_code == 302
    assert one.post(looks[0], {**asked, "once": "1"}).status_code == 302
    assert other.post(looks[1], {**asked, "once": "2"}).status_code == 302
    late = third.post(looks[2], {**asked, "once": "3"}, follow=True)
    assert "Hai người đã xem và thống nhất" in late.content.decode()
    assert late.redirect_chain[-1][0] == at("scan", polling.pk)
    assert list(ScanAnswer.objects.values_list("counter", "signed")) == [(people[1].pk, "own"), (people[2].pk, "own")]
    assert one.get(at("picture", scan.pk, question.item)).status_code == 404, "it waits for nobody any more"


# --------------------------------------------------------------------------------- no codes given out at all


def test_where_all_count_by_their_own_log_in_no_code_opens_anything(world: World, hall: Hall) -> None:
    congress = hall.polling.election.congress
    give_code(again(hall, 0), actor=world.secretary, code="111111")
    kept = again(hall, 0).code_hash
    choose_sign_in(fresh(congress), actor=world.secretary, own_only=True)
    first = again(hall, 0)
    assert (first.code_hash, first.congress.own_log_ins) == ("", True)
    with pytest.raises(ValidationError, match="không cấp mã"):
        give_code(first, actor=world.secretary, code="222222")
    with pytest.raises(ValidationError, match="chưa nhận mã"):
        take_seat(again(hall, 0), actor=world.secretary, code="111111")
    with pytest.raises(ValidationError, match="bằng tài khoản của mình"):
        enter(hall, world.secretary, first, code_hash=kept)
    entry = enter(hall, own(first.member), first)
    with pytest.raises(ValidationError, match="Chỉ người đã nhập"):
        counting.strike_entry(fresh(entry), actor=world.secretary)
    assert list(BallotEntry.objects.values_list("signed", flat=True)) == ["own"]
    cell = device(world.secretary)
    shown = cell.get(at("polling", hall.polling.pk)).content.decode()
    assert "máy này không nhập thay" in shown
    assert "Ngồi vào máy" not in shown
    assert "Nhận mã" not in cell.get(at("congress", congress.pk)).content.decode()
    assert "nên không cấp mã" in cell.get(at("code", first.pk)).content.decode()


def test_codes_come_back_for_a_reason_and_the_minutes_tell_all(world: World, hall: Hall) -> None:
    congress, cell = hall.polling.election.congress, device(world.secretary)
    choose = at("step", congress.pk, "sign-in")
    assert cell.post(choose, {"own_only": "on"}).status_code == 302
    assert "Đại hội kiểm phiếu bằng tài khoản riêng" in str(html_of(count_minutes(fresh(hall.polling))))
    refused = cell.post(choose, {})
    assert (refused.status_code, "vì sao cấp mã" in refused.content.decode()) == (422, True)
    assert fresh(congress).own_log_ins
    assert cell.post(choose, {"reason": "Điện thoại hết pin"}).status_code == 302
    give_code(again(hall, 1), actor=world.secretary, code="111111")
    enter(hall, world.secretary, again(hall, 1), code_hash=again(hall, 1).code_hash)
    set_at = datetime(2020, 2, 20, 9, 12, tzinfo=get_current_timezone())
    Invitation.objects.create(user=hall.counters[0].member.account, code_hash="x", expires_at=set_at, used_at=set_at)
    enter(hall, own(hall.counters[0].member), again(hall, 0), hand=2)
    told = str(html_of(count_minutes(fresh(hall.polling))))
    assert "Cấp mã trở lại sau khi đã chọn tài khoản riêng: Điện thoại hết pin." in told
    assert f"{hall.counters[1]} (bằng mã riêng) nhập 1 phiếu lượt 1" in told
    assert f"{hall.counters[0]} (bằng tài khoản riêng, mật khẩu đặt lúc 09:12 ngày 20/02/2020) nhập 1 phiếu" in told


def test_with_one_account_or_without_a_session_codes_stay(world: World, hall: Hall) -> None:
    congress = hall.polling.election.congress
    for counter in hall.counters[1:]:
        counter.member.account.set_unusable_password()
        counter.member.account.save()
    with pytest.raises(ValidationError, match="hiện có 1"):
        choose_sign_in(fresh(congress), actor=world.secretary, own_only=True)
    Congress.objects.update(state="closed")
    with pytest.raises(ValidationError):
        choose_sign_in(fresh(congress), actor=world.secretary, own_only=False)
    assert not fresh(congress).own_log_ins


def test_the_desk_says_it_only_while_it_lasts(world: World, hall: Hall) -> None:
    def waits(member: Member) -> bool:
        there = desk_of(own(member), datetime.now(tz=get_current_timezone()))
        return any("Kiểm phiếu" in errand.text for errand in there.waiting)

    assert waits(hall.counters[2].member)
    assert not waits(hall.plain)
    Congress.objects.update(state="closed")
    assert not waits(hall.counters[2].member)
    assert SETUP.holds(Can.COUNT_BALLOTS)
