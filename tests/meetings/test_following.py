"""Following a cell, and figures of how meetings are held (seeds S2-06, S2-07, S2-08, S2-12, S2-16, S2-17, S3-10)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Post
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer
from chibo.meetings.actions import call_roll, convene_meeting
from chibo.meetings.actions.conducting import give_floor, mention_member
from chibo.meetings.actions.following import note_visit, strike_visit
from chibo.meetings.models import Meeting, Visitor
from chibo.meetings.rules import MeetingKind
from chibo.meetings.selectors.following import followed_in
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.units.selectors import scope_of
from tests.world import World

HELD, YEAR = date(2026, 3, 5), Period.of_year(2026)
TODAY = date(2026, 11, 20)


@pytest.fixture
def follower(world: World) -> Member:
    guest = world.member(world.cell7, "Lê Thị Theo Dõi")
    appoint(world.cell5, member=guest, post=Post.FOLLOWER, valid_from=date(2026, 1, 1), actor=world.clerk)
    return guest


def meeting(world: World, held_on: date = HELD, **more: Any) -> Meeting:
    return convene_meeting(world.cell5, actor=world.secretary, held_on=held_on, starts_at=time(19, 30), **more)


def part_of(world: World, code: str) -> tuple[int, int | None]:
    told = answer(registry.named("figures", code), scope_of(world.cell5, YEAR, TODAY))
    return told.part, told.base


def test_s2_08_s3_10_a_visit_is_noted_once_and_counted(world: World, follower: Member) -> None:
    held = meeting(world)
    note_visit(held, actor=world.secretary, member=follower, note="Góp ý về chuyên đề")
    with pytest.raises(ValidationError, match="Đã ghi"):
        note_visit(held, actor=world.secretary, member=follower)
    (line,) = followed_in(scope_of(world.ward, YEAR, TODAY))
    assert (line.member, line.held, line.attended, line.last) == ("Lê Thị Theo Dõi", 1, 1, HELD)
    assert part_of(world, "meetings.visits")[0] == 1


def test_the_cells_own_members_are_called_on_the_roll_and_not_noted_as_visitors(world: World) -> None:
    own = world.member(world.cell5, "Bùi Văn Nhà")
    with pytest.raises(ValidationError, match="điểm danh"):
        note_visit(meeting(world), actor=world.secretary, member=own)
    assert Visitor.objects.count() == 0


def test_a_meeting_to_come_has_no_visitors_yet(world: World, follower: Member) -> None:
    with pytest.raises(ValidationError, match="chưa diễn ra"):
        note_visit(meeting(world), actor=world.secretary, member=follower, today=date(2026, 3, 1))


def test_only_who_keeps_the_meetings_notes_visits(world: World, follower: Member) -> None:
    with pytest.raises(PermissionDenied):
        note_visit(meeting(world), actor=world.inspector, member=follower)


def test_s2_08_s3_10_a_follower_who_never_comes_is_named_until_they_come(world: World, follower: Member) -> None:
    check = registry.named("checks", "meetings.followed")
    held = meeting(world, date(2026, 10, 5))
    scope = scope_of(world.ward, YEAR, TODAY)
    assert [found.subject for found in check.run(scope)] == ["Lê Thị Theo Dõi"]
    visit = note_visit(held, actor=world.secretary, member=follower)
    assert list(check.run(scope)) == []
    strike_visit(visit, actor=world.secretary)
    assert len(list(check.run(scope))) == 1


def test_s2_06_s2_17_preparation_and_topic_are_shares_of_the_meetings_held(world: World) -> None:
    held = meeting(world)
    meeting(world, date(2026, 4, 5), topic="Giữ gìn đoàn kết")
    assert part_of(world, "meetings.prepared") == (0, 2)
    meeting(world, date(2026, 3, 1), kind=MeetingKind.COMMITTEE, prepares=held)
    assert part_of(world, "meetings.prepared") == (1, 2)
    assert part_of(world, "meetings.topical") == (1, 2)


def test_s2_07_speakers_are_a_share_of_those_present_where_speakers_were_noted(world: World) -> None:
    people = [world.member(world.cell5, name) for name in ("Bùi Văn Một", "Cao Thị Hai", "Đào Văn Ba")]
    held = meeting(world)
    call_roll(held, actor=world.secretary, presences={m.pk: ("present", "") for m in people})
    assert part_of(world, "meetings.speakers") == (0, 0)
    give_floor(held.agenda.last(), actor=world.secretary, member=people[0], text="Nhất trí")
    give_floor(held.agenda.last(), actor=world.secretary, member=people[0])
    assert part_of(world, "meetings.speakers") == (1, 3)


def test_s2_12_mentions_are_counted_by_kind(world: World) -> None:
    member = world.member(world.cell5, "Bùi Văn Một")
    mention_member(meeting(world), actor=world.secretary, member=member, kind="commend", text="Hiến đất làm đường")
    assert part_of(world, "meetings.mentions")[0] == 1


@pytest.mark.parametrize(("ends_at", "enough"), [(time(21, 0), 1), (time(20, 30), 0)])
def test_a_meeting_is_long_enough_by_the_setting_of_its_ward(world: World, ends_at: time, enough: int) -> None:
    meeting(world, ends_at=ends_at)
    assert part_of(world, "meetings.long_enough") == (enough, 1)


def test_visits_are_noted_and_struck_on_their_page_and_strangers_find_none(
    world: World, follower: Member, browser_of
) -> None:
    held = meeting(world)
    there, chief = reverse("meetings:visitors", args=[held.pk]), browser_of(world.secretary)
    assert chief.post(there, {"member": follower.pk, "note": "Góp ý"}).status_code == 302
    assert "Lê Thị Theo Dõi" in chief.get(there).content.decode()
    assert "Góp ý" in chief.get(there).content.decode()
    visit = Visitor.objects.get()
    stranger = browser_of(world.secretary7)
    assert stranger.get(there).status_code == 404
    assert stranger.post(reverse("meetings:strike_visit", args=[visit.pk])).status_code == 404
    chief = browser_of(world.secretary)
    assert chief.post(reverse("meetings:strike_visit", args=[visit.pk])).status_code == 302
    assert Visitor.objects.count() == 0


def test_the_page_of_who_follows_whom_asks_equally_many_queries_for_1_and_10(world: World, browser_of) -> None:
    client, url, counts = (
        browser_of(world.ward_secretary),
        reverse("meetings:following", args=[world.ward.pk, "2026"]),
        [],
    )
    made = 0
    for many in (1, 3, 10):
        while made < many:
            guest = world.member(world.cell7, f"Theo Dõi {made}")
            appoint(
                world.cell5, member=guest, post=Post.FOLLOWER, valid_from=date(2026, 1, 1 + made), actor=world.clerk
            )
            made += 1
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
