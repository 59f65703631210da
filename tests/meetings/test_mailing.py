"""Invitations by e-mail, where a server is set: to who gave an address, and saying no more than a calendar does."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.meetings.actions import convene_meeting
from chibo.meetings.actions.mailing import give_address, mail_invitations
from chibo.meetings.models import Mailbox, Meeting
from chibo.meetings.rules.mailing import objections_to_mailing
from chibo.meetings.selectors.mailing import addresses_for
from chibo.members.models import Member
from chibo.members.rules import Condition
from tests.world import World


@pytest.fixture
def served(settings: Any) -> None:
    settings.EMAIL_HOST = "thu.phuong.example"


@pytest.fixture
def meeting(world: World) -> Meeting:
    return convene_meeting(
        world.cell5, actor=world.secretary, held_on=localdate() + timedelta(days=5), starts_at=time(19, 30),
        place="Nhà văn hóa", topic="Giữ gìn đoàn kết",
    )  # fmt: skip


@pytest.fixture
def reachable(world: World) -> list[Member]:
    """Two of the cell, one exempt from meetings, and one of another cell, each with an address."""
    people = [
        world.member(world.cell5, "Bùi Văn Một", account=True),
        world.member(world.cell5, "Bùi Văn Hai", account=True),
        world.member(world.cell5, "Bùi Văn Miễn", account=True, condition=Condition.EXEMPT),
        world.member(world.cell7, "Bùi Văn Khác", account=True),
    ]
    for n, member in enumerate(people):
        give_address(member.account, actor=world.own(member), address=f"n{n}@thu.example")
    return people


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"state": "closed"}, "bế mạc"),
        ({"held_on": date(2026, 5, 1)}, "đã diễn ra"),
        ({"is_configured": False}, "máy chủ"),
        ({"count": 0}, "Chưa đồng chí nào"),
    ],
)
def test_an_invitation_is_not_mailed_in_vain(facts: dict[str, Any], words: str) -> None:
    good: dict[str, Any] = {
        "state": "convened", "held_on": date(2026, 5, 9), "today": date(2026, 5, 4), "is_configured": True, "count": 3,
    }  # fmt: skip
    assert list(objections_to_mailing(**good)) == []
    (found,) = objections_to_mailing(**{**good, **facts})
    assert words in found.text


def test_one_letter_goes_to_each_who_is_called_and_says_no_more_than_a_calendar(
    world: World, meeting: Meeting, reachable: list[Member], served: None, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mail_invitations(meeting, actor=world.secretary, today=localdate())
    assert [letter.to for letter in mail.outbox] == [["n0@thu.example"], ["n1@thu.example"]]
    letter = mail.outbox[0]
    assert "19:30" in letter.body
    assert "Nhà văn hóa" in letter.body
    assert "Giữ gìn đoàn kết" not in letter.body
    assert "Bùi" not in letter.body
    name, calendar, kind = letter.attachments[0]
    assert (name, kind) == ("giay-moi.ics", "text/calendar")
    assert "BEGIN:VEVENT" in calendar
    meeting.refresh_from_db()
    assert meeting.notified_on == localdate()


def test_without_a_server_nothing_is_sent_or_noted(world: World, meeting: Meeting, reachable: list[Member]) -> None:
    with pytest.raises(ValidationError, match="máy chủ"):
        mail_invitations(meeting, actor=world.secretary, today=localdate())
    meeting.refresh_from_db()
    assert (meeting.notified_on, mail.outbox) == (None, [])


def test_only_who_keeps_the_meeting_mails_its_invitations(
    world: World, meeting: Meeting, reachable: list[Member], served: None
) -> None:
    with pytest.raises(PermissionDenied):
        mail_invitations(meeting, actor=world.inspector, today=localdate())


def test_an_address_taken_back_is_forgotten_and_nobody_gives_anothers(
    world: World, meeting: Meeting, reachable: list[Member]
) -> None:
    one, two = reachable[:2]
    give_address(one.account, actor=world.own(one), address="")
    assert addresses_for(meeting) == ["n1@thu.example"]
    with pytest.raises(PermissionDenied):
        give_address(two.account, actor=world.own(one), address="x@thu.example")
    assert Mailbox.objects.filter(user=two.account, address="n1@thu.example").exists()


def test_the_pages_give_an_address_and_mail_the_invitations(
    world: World, meeting: Meeting, served: None, browser_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    member = world.member(world.cell5, "Bùi Văn Một", account=True)
    own = browser_of(world.own(member))
    refused = own.post(reverse("meetings:address"), {"address": "không phải thư"})
    assert refused.status_code == 422
    assert "không phải thư" in refused.content.decode()
    assert own.post(reverse("meetings:address"), {"address": "mot@thu.example"}).status_code == 302
    assert "mot@thu.example" in own.get(reverse("meetings:feeds")).content.decode()
    chief = browser_of(world.secretary)
    assert "cho 1 đồng chí" in chief.get(reverse("meetings:prepare", args=[meeting.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        assert chief.post(reverse("meetings:mail", args=[meeting.pk])).status_code == 302
    assert [letter.to for letter in mail.outbox] == [["mot@thu.example"]]
    assert browser_of(world.secretary7).post(reverse("meetings:mail", args=[meeting.pk])).status_code == 404
