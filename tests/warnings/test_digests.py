"""The weekly letter: counts only, to who can mend and to the level above, once a week, never twice, not when nothing is open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Post
from chibo.access.models import User
from chibo.access.selectors import actor_of
from chibo.journal.models import Entry
from chibo.meetings.actions.mailing import give_address
from chibo.plans.models import Campaign
from chibo.units.selectors import root
from chibo.warnings.actions import choose_digest, claim_digest, note_refusal, send_digests
from chibo.warnings.models import Digest
from chibo.warnings.rules import objections_to_writing, sent_too_lately
from chibo.warnings.selectors import shown_to
from chibo.warnings.selectors.digests import digests_due, letters_waiting
from tests.core.post_office import open_post_office, settle
from tests.figures.cast import told
from tests.world import World

TODAY = date(2020, 6, 15)


@pytest.mark.parametrize(("days", "is_too_lately"), [(0, True), (6, True), (7, False), (40, False)])
def test_a_week_lies_between_two_letters(days: int, is_too_lately: bool) -> None:
    assert sent_too_lately(TODAY - timedelta(days=days), TODAY) is is_too_lately
    assert not sent_too_lately(None, TODAY)


def test_who_does_not_want_it_is_not_written_to() -> None:
    assert [o.text for o in objections_to_writing(wanted=False, last=None, today=TODAY)] == [
        "Đồng chí này không nhận thư nhắc việc."
    ]
    assert list(objections_to_writing(wanted=True, last=None, today=TODAY)) == []


@pytest.fixture
def short(world: World, monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    """It is June: cell 5 lacks a plan and meetings, cell 7 meetings; two secretaries and the clerk gave an address."""
    told(world, 2020)
    settings.EMAIL_HOST, settings.PAGES_AT = "thu.phuong.example", "https://chibo.example"
    monkeypatch.setattr("chibo.warnings.actions.localdate", lambda: TODAY)
    for actor, name in ((world.secretary, "hoa"), (world.secretary7, "minh"), (world.clerk, "vanphong")):
        reachable(actor, name)
    return world


def reachable(actor: Actor, name: str) -> Actor:
    give_address(actor.user, actor=actor, address=f"{name}@thu.example")
    return actor


@pytest.fixture
def nightly(django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """``chibo nightly`` of a day, with what it leaves to be done aside."""

    def run(day: date = TODAY) -> list[str]:
        monkeypatch.setattr("chibo.warnings.actions.localdate", lambda: day)
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            call_command("nightly")
        return sorted(letter.to[0].partition("@")[0] for letter in mail.outbox[before:])

    return run


def counted(actor: Actor, unit: Any, day: date = TODAY) -> tuple[int, int]:
    """What the board shows: by name, by number."""
    groups = shown_to(actor, unit, day)
    return sum(len(g.mine) for g in groups), sum(g.counted for g in groups)


def letter_to(name: str) -> Any:
    (found,) = [letter for letter in mail.outbox if letter.to == [f"{name}@thu.example"]]
    return found


def test_the_letter_counts_what_the_board_shows_and_names_nothing(short: World, nightly: Any) -> None:
    assert nightly() == ["hoa", "minh", "vanphong"]
    (mine, below), (clerks, wards) = counted(short.secretary, short.cell5), counted(short.clerk, short.ward)
    assert mine > 1
    assert wards > 1
    hoa, office = letter_to("hoa"), letter_to("vanphong")
    assert hoa.subject == f"Việc còn thiếu: {mine} việc"
    assert f"Đồng chí khắc phục được: {mine} việc" in hoa.body
    assert below == 0
    assert "Đã quá thời gian" not in hoa.body
    assert f"Đã quá thời gian để nơi có việc tự khắc phục: {wards} việc ở 2 nơi." in office.body
    assert (f"Đồng chí khắc phục được: {clerks} việc" in office.body) is bool(clerks)
    for letter in (hoa, office):
        assert "https://chibo.example/warnings/" in letter.body
        assert "https://chibo.example/warnings/letter/" in letter.body
        assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
        said = letter.subject + letter.body
        assert not any(word in said for word in ("Đảng Viên Số", "Nguyễn Thị Hoa", "Chi bộ 5", "kế hoạch"))


def test_without_an_address_of_the_pages_the_letter_says_where_to_look(
    short: World, nightly: Any, settings: Any
) -> None:
    settings.PAGES_AT = ""
    nightly()
    assert "http" not in letter_to("hoa").body
    assert "mục Việc còn thiếu" in letter_to("hoa").body


def test_the_level_above_is_told_after_the_grace_only(short: World) -> None:
    deadline = Campaign.objects.get().deadline
    inspector = reachable(short.inspector, "kiemtra")

    def below(day: date) -> int:
        return next((due.below for due in digests_due(short.ward, day) if due.user == inspector.user), 0)

    for day in (deadline + timedelta(days=14), deadline + timedelta(days=15), TODAY):
        assert below(day) == counted(inspector, short.ward, day)[1]
    assert below(deadline + timedelta(days=15)) > below(deadline + timedelta(days=14))


def test_a_second_night_a_second_run_and_a_claimed_letter_send_nothing(short: World, nightly: Any) -> None:
    claim_digest(root(), actor=SETUP, user=short.secretary7.user, today=TODAY)  # and then the power failed
    assert nightly() == ["hoa", "vanphong"]
    assert nightly() == []
    assert nightly(TODAY + timedelta(days=6)) == []
    assert nightly(TODAY + timedelta(days=7)) == ["hoa", "minh", "vanphong"]


def test_a_claim_is_given_once(short: World) -> None:
    user = short.secretary.user
    claim_digest(root(), actor=SETUP, user=user, today=TODAY)
    for day in (TODAY, TODAY + timedelta(days=6)):
        with pytest.raises(ValidationError, match="bảy ngày"):
            claim_digest(root(), actor=SETUP, user=user, today=day)
    assert Digest.objects.get(user=user).sent_on == TODAY


def test_what_the_server_puts_off_may_be_claimed_again_and_what_it_refuses_is_told(short: World) -> None:
    user = short.secretary.user
    claim_digest(root(), actor=SETUP, user=user, today=TODAY)
    note_refusal(root(), actor=SETUP, user=user, today=TODAY, again=False)
    assert (Digest.objects.get(user=user).refused_on, Digest.objects.get(user=user).sent_on) == (TODAY, TODAY)
    note_refusal(root(), actor=SETUP, user=user, today=TODAY, again=True)
    claim_digest(root(), actor=SETUP, user=user, today=TODAY)
    assert Digest.objects.get(user=user).refused_on is None


def test_nothing_open_no_address_no_post_or_no_server_means_no_letter(
    short: World, nightly: Any, settings: Any
) -> None:
    reachable(short.own(short.member(short.cell5, account=True)), "khongchucvu")
    quiet = digests_due(short.other_ward, TODAY)
    assert quiet == []
    assert digests_due(short.ward, date(2020, 1, 2)) == []
    settings.EMAIL_HOST = ""
    assert nightly() == []
    assert not Digest.objects.exists()
    settings.EMAIL_HOST = "thu.phuong.example"
    assert "khongchucvu" not in nightly()


def test_who_left_the_post_or_the_account_is_told_nothing(short: World) -> None:
    short.secretary.user.grants.update(valid_to=TODAY - timedelta(days=1))
    User.objects.filter(pk=short.secretary7.user.pk).update(is_active=False)
    assert [due.user for due in digests_due(short.ward, TODAY)] == [short.clerk.user]


def test_who_heads_a_programme_is_told_what_they_can_mend_and_finds_it_behind_the_letter(
    short: World, nightly: Any, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name what they can mend, and no number of what others below have not."""
    short.group("Đảng viên trẻ")
    head = reachable(short.actor(Post.PROGRAMME_HEAD, short.ward), "phutrach")
    monkeypatch.setattr("chibo.warnings.views.localdate", lambda *_a: TODAY)
    (due,) = [due for due in digests_due(short.ward, TODAY) if due.user == head.user]
    assert (due.mine, due.below) == counted(head, short.ward)
    assert due.mine
    assert not due.below
    nightly()
    assert "https://chibo.example/warnings/" in letter_to("phutrach").body
    board = browser_of(head).get(reverse("warnings:start"), follow=True)
    assert board.status_code == 200
    said = board.content.decode()
    assert "Nhóm đảng viên chưa được gợi ý nội dung (" in said
    assert "Nơi khác chưa khắc phục" not in said
    assert "Đảng Viên Số" not in said


def test_one_switches_ones_own_letter_off_and_on_and_nobody_elses(
    short: World, nightly: Any, browser_of: Any
) -> None:
    there = reverse("warnings:letter")
    browser = browser_of(short.secretary)
    assert "hoa@thu.example" in browser.get(there).content.decode()
    assert browser.post(there, {"wanted": "0"}).status_code == 302
    assert "Nhận thư hằng tuần" in browser.get(there).content.decode()
    assert browser.post(there, {"wanted": "vâng"}).status_code == 422
    assert nightly() == ["minh", "vanphong"]
    assert browser.post(there, {"wanted": "1"}).status_code == 302
    assert nightly() == ["hoa"]
    with pytest.raises(PermissionDenied):
        choose_digest(short.secretary7.user, actor=short.secretary, wanted=False)
    assert Digest.objects.get(user=short.secretary7.user).wanted


def test_the_page_says_what_is_missing(short: World, browser_of: Any, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert "chưa đặt máy chủ" in browser_of(short.secretary).get(reverse("warnings:letter")).content.decode()
    Digest.objects.create(user=short.inspector.user, refused_on=TODAY)
    said = browser_of(short.inspector).get(reverse("warnings:letter")).content.decode()
    assert "Máy chủ từ chối địa chỉ này ngày 15/06/2020" in said
    assert "Chưa ghi" in said


def test_only_the_office_has_letters_written(short: World) -> None:
    before = Entry.objects.count()
    with pytest.raises(PermissionDenied):
        send_digests(short.ward, actor=short.secretary, today=TODAY)
    assert (mail.outbox, Entry.objects.count()) == ([], before)


def test_as_many_queries_for_thirty_people_as_for_three(short: World) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            digests_due(root(), TODAY)
        return len(found)

    few = asked()
    for number in range(10):
        reachable(short.actor(Post.CELL_COMMITTEE, short.cell5, f"Chi ủy viên {number}"), f"uv{number}")
    short.members(short.cell5, 20)
    assert asked() == few


@pytest.mark.once
def test_over_smtp_no_letter_goes_out_twice_whatever_the_server_does(
    short: World, nightly: Any, settings: Any
) -> None:
    """One address is refused, one put off, one letter is taken by a server that then falls silent."""
    reachable(short.inspector, "kiemtra")
    with open_post_office() as office:
        settle(settings, office)
        office.answers = {"vanphong@thu.example": 550, "minh@thu.example": 451}
        office.silent = {"hoa@thu.example"}
        nightly()
        assert office.reached == ["hoa@thu.example", "kiemtra@thu.example"]
        letter = office.letter("hoa@thu.example")
        assert letter["Subject"].startswith("Việc còn thiếu: "), "in one piece: a folded subject begins with a space"
        assert letter["Auto-Submitted"] == "auto-generated"
        assert "https://chibo.example/warnings/" in letter.get_content()
        office.answers, office.silent = {}, set()
        nightly(TODAY + timedelta(days=1))
        assert office.reached == ["hoa@thu.example", "kiemtra@thu.example", "minh@thu.example"]
    assert Digest.objects.get(user=short.clerk.user).refused_on == TODAY


@pytest.mark.once
def test_while_the_server_is_down_nothing_is_claimed_the_office_is_told_and_the_next_night_sends(
    short: World, nightly: Any, settings: Any, browser_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def said(actor: Actor, day: date = TODAY) -> str:
        monkeypatch.setattr("chibo.warnings.views.localdate", lambda *_a: day)
        return browser_of(actor).get(reverse("warnings:letter")).content.decode()

    with open_post_office() as closed:
        settle(settings, closed)
    nightly()
    assert not Digest.objects.exclude(sent_on=None).exists()
    assert "Máy chủ thư không nhận thư đêm 15/06/2020" in said(short.clerk)
    assert "Đêm 15/06/2020 máy chủ thư chưa nhận thư" in said(short.secretary)
    assert [one.text for one in letters_waiting(short.clerk, TODAY)] == [
        "Máy chủ thư không nhận thư nhắc việc đêm 15/06/2020"
    ]
    assert list(letters_waiting(short.secretary, TODAY)) == []
    with open_post_office() as office:
        settle(settings, office)
        nightly(TODAY + timedelta(days=1))
        assert len(office.reached) == 3
    assert actor_of(short.clerk.user).user.digest.sent_on == TODAY + timedelta(days=1)
    assert list(letters_waiting(short.clerk, TODAY + timedelta(days=1))) == []
    assert "chưa nhận thư" not in said(short.secretary, TODAY + timedelta(days=1))
