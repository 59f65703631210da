"""Who sees what of an inspection: nobody outside, the team all, the inspected their part from the announcement on."""

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
from chibo.inspections.actions.papers import issue_prepared, record_minutes
from chibo.inspections.actions.verifying import mark_criterion, record_finding
from chibo.inspections.models import Inspection
from chibo.inspections.selectors import sight_of
from chibo.inspections.selectors.dossiers import pieces_for
from chibo.journal.models import Entry
from tests.inspections.cast import CONTENT, Cast, announced

PAGES = ("inspection", "dossier")
OF_SUBJECT = ("self_report",)
FOR_THE_TEAM = ("verify",)


def status(actor: Any, name: str, pk: int, method: str = "get") -> int:
    client = Client()
    client.force_login(actor.user)
    return int(getattr(client, method)(reverse(f"inspections:{name}", args=[pk])).status_code)


def test_before_the_announcement_only_who_leads_and_the_team_know(cast: Cast) -> None:
    """The inspected cell, another cell, the ward's clerk, a follower, a member: nobody finds anything, nor hears of it."""
    world, pk = cast.world, cast.inspection.pk
    follower = world.actor(Post.FOLLOWER, world.cell5)
    plain = world.own(world.member(world.cell5, "Đảng Viên Thường", account=True))
    for actor in (world.secretary, world.secretary7, world.clerk, follower, plain, world.stranger):
        for name in PAGES:
            assert status(actor, name, pk) == 404, (actor.user, name)
        assert status(actor, "export", pk, "post") == 404
        for name in (*OF_SUBJECT, *FOR_THE_TEAM):
            assert status(actor, name, cast.subject.pk) == 404
    for actor in (world.inspector, world.ward_secretary, cast.scribe):
        assert status(actor, "inspection", pk) == 200
    heard = Entry.objects.filter(unit_path__startswith=world.cell5.path, verb__startswith="inspections.")
    assert not heard.exists(), "the cell's own journal is silent"
    assert cast.scribe.grants == (), "the team has no sight of the cell yet"


def test_from_the_announcement_on_the_cell_sees_its_part_and_the_team_the_cell(cast: Cast) -> None:
    announced(cast)
    world, pk = cast.world, cast.inspection.pk
    assert status(world.secretary, "inspection", pk) == 200
    assert status(world.secretary, "self_report", cast.subject.pk) == 200
    assert status(world.secretary, "verify", cast.subject.pk) == 404
    assert status(world.secretary7, "inspection", pk) == 404
    assert status(world.clerk, "inspection", pk) == 404
    plain = world.own(world.member(world.cell5, "Đảng Viên Thường", account=True))
    assert status(plain, "inspection", pk) == 404
    scribe = actor_of(cast.scribe.user)
    assert scribe.may(Can.READ_PLANS, world.cell5)
    assert not scribe.may(Can.READ_PLANS, world.cell7)


def test_the_inspected_open_their_papers_and_no_other(cast: Cast) -> None:
    """Decision, plan, outline, schedule; not who of the team looks at what, nor the minutes of another place."""
    announced(cast)
    world = cast.world
    kinds = {piece.kind for piece in pieces_for(sight_of(world.secretary, cast.inspection.pk))}
    assert kinds == {"decision", "plan", "outline", "schedule"}
    client = Client()
    client.force_login(world.secretary.user)
    for piece in cast.inspection.pieces.all():
        answer = client.post(reverse("inspections:open", args=[piece.pk, "pdf"]))
        assert answer.status_code == (200 if piece.kind in kinds else 404), piece.kind
    assert Entry.objects.filter(verb="inspections.open_piece").count() == len(kinds)
    client.force_login(world.secretary7.user)
    assert (
        client.post(reverse("inspections:open", args=[cast.inspection.pieces.first().pk, "pdf"])).status_code == 404
    )


def test_one_cell_sees_nothing_of_the_other_inspected_cell(cast: Cast) -> None:
    inspection = cast.two_cells()
    five, seven = inspection.subjects.order_by("unit__sort_key")
    record_finding(seven, actor=cast.world.inspector, kind="strength", text="Riêng của bảy", found_on=localdate())
    record_minutes(seven, actor=cast.world.inspector, kind="deploying", text="Biên bản bảy", on=localdate())
    Inspection.objects.update(published_on=localdate(), concluded_on=localdate())
    client = Client()
    client.force_login(cast.world.secretary.user)
    page = client.get(reverse("inspections:inspection", args=[inspection.pk])).content.decode()
    assert "Riêng của bảy" not in page
    assert status(cast.world.secretary, "self_report", five.pk) == 200
    assert status(cast.world.secretary, "self_report", seven.pk) == 404
    piece = seven.pieces.get(kind="deploying")
    assert client.post(reverse("inspections:open", args=[piece.pk, "pdf"])).status_code == 404


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
