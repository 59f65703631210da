"""Powers that come and go with an inspection; who sees which address of it stands in ``test_access``."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.access.charter import Can, Post
from chibo.access.selectors import actor_of
from chibo.inspections.actions import announce_inspection
from chibo.inspections.actions.papers import issue_prepared
from chibo.inspections.actions.verifying import mark_criterion, record_finding
from tests.inspections.cast import CONTENT, Cast, announced

PAGES = ("inspection", "dossier")
OF_SUBJECT = ("self_report",)
FOR_THE_TEAM = ("verify",)


def status(actor: Any, name: str, pk: int, method: str = "get") -> int:
    client = Client()
    client.force_login(actor.user)
    return int(getattr(client, method)(reverse(f"inspections:{name}", args=[pk])).status_code)


def test_the_team_sees_the_cell_from_the_announcement_on_and_no_other_cell(cast: Cast) -> None:
    assert cast.scribe.grants == (), "nothing before"
    announced(cast)
    scribe = actor_of(cast.scribe.user)
    assert scribe.may(Can.READ_PLANS, cast.world.cell5)
    assert not scribe.may(Can.READ_PLANS, cast.world.cell7)


def test_a_post_in_the_inspected_cell_gives_no_hand_in_its_inspection(cast: Cast) -> None:
    """Its secretary holds the power to verify for the cell's own inspections of members, not for one of the cell."""
    announced(cast)
    for actor in (cast.world.secretary, cast.world.secretary7):
        with pytest.raises(PermissionDenied):
            mark_criterion(cast.subject, actor=actor, criterion=cast.inspection.criteria.first(), result="met")
    assert not cast.subject.marks.exists()
    with pytest.raises(PermissionDenied):
        announce_inspection(cast.inspection, actor=cast.scribe, on=localdate())


def test_a_person_inspected_sees_their_own_part_and_their_secretary_does_not(cast: Cast) -> None:
    inspection, person = cast.of_a_person()
    subject = inspection.subjects.get()
    own = cast.world.own(person)
    assert status(own, "inspection", inspection.pk) == 200
    assert status(own, "self_report", subject.pk) == 200
    assert status(cast.world.secretary, "inspection", inspection.pk) == 404


def test_nothing_secret_is_taken(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Mật"):
        record_finding(
            cast.subject, actor=cast.world.inspector, kind="sign", text="Nội dung (Mật) của đơn", found_on=localdate()
        )
    assert not cast.subject.findings.exists()


def test_the_sight_of_a_team_that_left_ends(cast: Cast) -> None:
    from chibo.inspections.actions import seat_team

    announced(cast)
    seat_team(cast.inspection, actor=cast.world.inspector, roles={cast.head: "head"})
    grant = cast.scribe.user.grants.get(post=Post.TEAM_MEMBER)
    assert grant.valid_to == localdate()
    assert not actor_of(cast.scribe.user).may(Can.READ_PLANS, cast.world.cell5) or grant.valid_to >= localdate()
    assert status(cast.scribe, "inspection", cast.inspection.pk) in {200, 404}


def test_prepared_papers_name_what_is_missing_before_sending(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Còn thiếu trước khi gửi"):
        announce_inspection(cast.inspection, actor=cast.world.inspector, on=localdate())
    cast.inspection.refresh_from_db()
    assert cast.inspection.announced_on is None
    issue_prepared(cast.inspection, actor=cast.world.inspector, on=localdate())
    announce_inspection(cast.inspection, actor=cast.world.inspector, on=localdate() + timedelta(days=0))
    cast.inspection.refresh_from_db()
    assert cast.inspection.announced_on == localdate()


def test_who_is_on_a_team_finds_its_inspection_from_their_own_list(cast: Cast) -> None:
    """Before it is announced by the list of their own; from then on also below the unit they may see."""
    client = Client()
    client.force_login(cast.scribe.user)
    assert CONTENT in client.get(reverse("inspections:start")).content.decode()
    announced(cast)
    assert CONTENT in client.get(reverse("inspections:start"), follow=True).content.decode()
    client.force_login(cast.world.clerk.user)
    assert CONTENT not in client.get(reverse("inspections:start")).content.decode()
