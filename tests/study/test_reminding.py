"""Essays are reminded of by e-mail: those alone who owe one, nobody twice, and nothing where no server is set."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.meetings.actions.mailing import give_address
from chibo.members.models import Member
from chibo.study.actions import hand_in_essay
from chibo.study.actions.reminding import claim_reminder, remind_writers
from chibo.study.models import Essay, StudyClass
from chibo.study.rules import may_be_reminded, objections_to_reminding
from tests.core.post_office import open_post_office, settle
from tests.study.cast import TEXT, asked, handed_in, held_class
from tests.world import World


@pytest.fixture
def served(settings: Any) -> None:
    settings.EMAIL_HOST = "thu.phuong.example"


@pytest.fixture
def owing(world: World) -> tuple[StudyClass, list[Member]]:
    """Four at a class: two owe and gave an address, one owes and gave none, one has handed in."""
    people = [world.member(world.cell5, f"Bùi Văn {name}", account=True) for name in ("Một", "Hai", "Ba", "Bốn")]
    made = asked(world, held_class(world, people))
    for n in (0, 1, 3):
        give_address(people[n].account, actor=world.own(people[n]), address=f"n{n}@thu.example")
    handed_in(world, made, people[3])
    return made, people


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"asked": False}, "chưa giao"),
        ({"missing": 0}, "Không còn"),
        ({"is_configured": False}, "máy chủ"),
        ({"count": 0}, "vừa được nhắc"),
    ],
)
def test_nobody_is_reminded_in_vain(facts: dict[str, Any], words: str) -> None:
    good: dict[str, Any] = {"is_configured": True, "asked": True, "missing": 3, "count": 2}
    assert list(objections_to_reminding(**good)) == []
    (found,) = objections_to_reminding(**{**good, **facts})
    assert words in found.text
    day = date(2026, 4, 8)
    assert [may_be_reminded(last, day, 7) for last in (None, date(2026, 4, 1), date(2026, 4, 2))] == [
        True,
        True,
        False,
    ]


def test_s1_13_those_alone_who_owe_an_essay_get_one_letter_and_no_second_within_the_week(
    world: World, owing: Any, served: None, django_capture_on_commit_callbacks: Any
) -> None:
    made, people = owing
    with django_capture_on_commit_callbacks(execute=True):
        remind_writers(made, actor=world.clerk, today=localdate())
    assert sorted(letter.to for letter in mail.outbox) == [["n0@thu.example"], ["n1@thu.example"]]
    assert "10/03/2026" in mail.outbox[0].body
    assert "Bùi" not in mail.outbox[0].body + mail.outbox[0].subject
    assert "Học chuyên đề" not in mail.outbox[0].body + mail.outbox[0].subject
    with pytest.raises(ValidationError, match="vừa được nhắc"):
        remind_writers(made, actor=world.clerk, today=localdate())
    essay = made.essays.get(member=people[0])
    with pytest.raises(ValidationError):
        claim_reminder(essay, actor=world.secretary, today=localdate(), days=7)
    assert len(mail.outbox) == 2
    assert (essay.reminded_on, essay.version) == (localdate(), 0)
    hand_in_essay(essay, actor=world.own(people[0]), text=TEXT, handed_in_on=date(2026, 4, 1), seen_version=0)
    made.essays.update(reminded_on=localdate() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):
        remind_writers(made, actor=world.clerk, today=localdate())
    assert [letter.to for letter in mail.outbox[2:]] == [["n1@thu.example"]]


def test_without_a_server_nothing_is_sent_and_the_page_says_so(world: World, owing: Any, browser_of: Any) -> None:
    made, _people = owing
    with pytest.raises(ValidationError, match="máy chủ"):
        remind_writers(made, actor=world.clerk, today=localdate())
    page = browser_of(world.clerk).get(reverse("study:class", args=[made.pk])).content.decode()
    assert "3 đồng chí còn thiếu bài" in page
    assert "chưa đặt máy chủ thư điện tử" in page
    assert not Essay.objects.exclude(reminded_on=None).exists()
    assert mail.outbox == []


def test_the_page_reminds_and_only_for_who_keeps_the_class(
    world: World, owing: Any, served: None, browser_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made, _people = owing
    with pytest.raises(PermissionDenied):
        remind_writers(made, actor=world.inspector, today=localdate())
    where = reverse("study:remind", args=[made.pk])
    assert browser_of(world.stranger).post(where).status_code == 404
    clerk = browser_of(world.clerk)
    assert "nhắc 2 đồng chí" in clerk.get(reverse("study:class", args=[made.pk])).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(where)
    assert len(mail.outbox) == 2
    assert "đều vừa được nhắc" in clerk.post(where, follow=True).content.decode()
    assert len(mail.outbox) == 2


def test_an_address_that_is_refused_is_told_and_a_letter_put_off_may_go_again(
    world: World, owing: Any, settings: Any, browser_of: Any, django_capture_on_commit_callbacks: Any
) -> None:
    made, people = owing
    with open_post_office() as post:
        settle(settings, post)
        post.answers = {"n0@thu.example": 550, "n1@thu.example": 451}
        with django_capture_on_commit_callbacks(execute=True):
            remind_writers(made, actor=world.clerk, today=localdate())
        post.answers = {}
        page = browser_of(world.clerk).get(reverse("study:class", args=[made.pk])).content.decode()
        assert "1 thư bị trả lại" in page
        with django_capture_on_commit_callbacks(execute=True):
            remind_writers(made, actor=world.clerk, today=localdate())
        assert post.reached == ["n1@thu.example"]
    assert made.essays.get(member=people[0]).reminded_on is None
