"""A meeting under way: turns, floor, votes, what is resolved; on the chair's page and by the actions."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Post
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting
from chibo.meetings.actions.conducting import (
    amend_matter,
    begin_item,
    finish_item,
    give_floor,
    mention_member,
    note_speech,
    resolve_matter,
    strike_matter,
    strike_mention,
    strike_speech,
    strike_vote,
    take_vote,
    time_item,
)
from chibo.meetings.models import (
    AgendaItem,
    Attendance,
    Contribution,
    Meeting,
    Mention,
    ResolutionItem,
    Visitor,
    Vote,
)
from chibo.meetings.rules import Presence
from chibo.meetings.rules.conducting import (
    Count,
    Voter,
    minutes_spent,
    objections_to_resolving,
    objections_to_turns,
    objections_to_voting,
    voting_base,
)
from chibo.meetings.selectors import composed_minutes, roll_of
from chibo.meetings.selectors.conducting import is_adopted, sheet_of, tally_of, voters_of
from chibo.meetings.selectors.invitations import presence_token
from chibo.members.models import Member, PostTerm
from chibo.members.rules import Condition, Standing
from tests.world import LONG_AGO, World

HELD = date(2025, 11, 5)
PRESENT = ("present", "")


# ------------------------------------------------------------------------------------------------- rules


def voters(*presences: str, condition: str = Condition.ACTIVE, standing: str = Standing.OFFICIAL) -> list[Voter]:
    return [Voter(standing, condition, presence) for presence in presences]


def test_s4_11_the_base_of_a_vote_is_the_official_members_of_the_cell() -> None:
    """22 members, 20 official, 3 of them away on business: base 20 (294-QĐ/TW, 9.3.2; rulebook T18)."""
    roll = [
        *voters(*["present"] * 17, *["excused"] * 3),
        *voters("present", "present", standing=Standing.PROBATIONARY),
    ]
    assert voting_base(roll) == (17, 20)


@pytest.mark.parametrize(("condition", "presence", "base"), [
    (Condition.EXEMPT, "exempt", (0, 0)),
    (Condition.EXEMPT, "present", (1, 1)),
    (Condition.TEMPORARY_ELSEWHERE, "elsewhere", (0, 0)),
    (Condition.TEMPORARY_HERE, "present", (0, 0)),
    (Condition.ACTIVE, "", (0, 1)),
])  # fmt: skip
def test_s4_11_who_is_not_counted_in_a_vote(condition: str, presence: str, base: tuple[int, int]) -> None:
    assert voting_base(voters(presence, condition=condition)) == base


FULL = Count(in_favour=11, against=0, abstaining=0, base=11, entitled=20)


@pytest.mark.parametrize(("count", "said"), [
    (FULL, []),
    (replace(FULL, in_favour=10, against=1), []),
    (replace(FULL, in_favour=10), ["hands"]),
    (replace(FULL, in_favour=10, base=10), ["quorum"]),
    (replace(FULL, in_favour=0, base=0), ["roll"]),
])  # fmt: skip
def test_s4_11_hands_agree_with_the_roll_and_more_than_half_are_there(count: Count, said: list[str]) -> None:
    words = {"hands": "Cộng lại", "quorum": "chưa quá một nửa", "roll": "Chưa điểm danh"}
    found = list(objections_to_voting(count))
    assert [name for name in words if any(words[name] in o.text for o in found)] == said
    assert all(o.article for o in found)


@pytest.mark.parametrize(
    ("in_favour", "entitled", "adopted"), [(11, 20, True), (10, 20, False), (10, 19, True), (0, 0, False)]
)
def test_s4_11_more_than_half_of_all_official_members_adopt(in_favour: int, entitled: int, adopted: bool) -> None:
    assert Count(in_favour, 0, 0, in_favour, entitled).is_adopted is adopted


def test_an_item_ends_after_it_began() -> None:
    assert [o.field for o in objections_to_turns(time(19, 30), time(19, 10))] == ["ended_at"]
    assert [o.field for o in objections_to_turns(None, time(19, 10))] == ["began_at"]
    assert list(objections_to_turns(time(19, 30), time(19, 30))) == []
    assert (minutes_spent(time(19, 30), time(20, 5)), minutes_spent(time(19), None)) == (35, None)


def matter(**changes: object) -> list[str]:
    asked = {
        "what": "Vận động 12 hộ ngõ 5 hiến đất mở đường", "doer": "Nguyễn Văn An", "due_on": date(2025, 12, 5),
        "measure": "12 hộ ký", "held_on": HELD, **changes,
    }  # fmt: skip
    return [o.field for o in objections_to_resolving(**asked)]


def test_s2_16_what_is_resolved_says_what_who_by_when_and_how_measured() -> None:
    assert matter() == []
    assert "doer" in matter(doer="")
    assert "due_on" in matter(due_on=None)
    assert "measure" in matter(measure="")
    assert matter(what="  ") == ["what"]
    assert matter(due_on=date(2025, 11, 1)) == ["due_on"]


def test_s2_16_a_vague_item_stands_only_with_a_reason() -> None:
    assert matter(doer="", due_on=None, measure="") != []
    assert matter(doer="", due_on=None, measure="", override_reason="Chờ phường hướng dẫn") == []
    assert matter(due_on=date(2025, 11, 1), override_reason="Chờ phường hướng dẫn") == ["due_on"]


# ----------------------------------------------------------------------------------------------- actions


@pytest.fixture
def people(world: World) -> list[Member]:
    return world.members(world.cell5, 5)


@pytest.fixture
def meeting(world: World, people: list[Member]) -> Meeting:
    made = convene_meeting(
        world.cell5, actor=world.secretary, held_on=HELD, chair=people[0], recorder=people[1], starts_at=time(19),
        ends_at=time(20, 40), place="Nhà văn hóa",
    )  # fmt: skip
    call_roll(
        made, actor=world.secretary, presences={m.pk: PRESENT for m in people[:4]} | {people[4].pk: ("excused", "Ốm")}
    )
    return made


def item(meeting: Meeting, kind: str = "discussion") -> AgendaItem:
    return meeting.agenda.get(kind=kind)


def resolve(world: World, meeting: Meeting, **changes: object) -> ResolutionItem:
    asked = {
        "what": "Vận động 12 hộ ngõ 5 hiến đất mở đường", "doer": meeting.chair, "due_on": date(2025, 12, 5),
        "measure": "12 hộ ký biên bản hiến đất", **changes,
    }  # fmt: skip
    return resolve_matter(meeting, actor=world.secretary, **asked)


def test_taking_up_an_item_ends_the_one_that_was_on(world: World, meeting: Meeting) -> None:
    first, second = meeting.agenda.all()[:2]
    begin_item(first, actor=world.secretary, at=time(19, 2))
    begin_item(second, actor=world.secretary, at=time(19, 10))
    finish_item(second, actor=world.secretary, at=time(19, 31))
    assert [(i.began_at, i.ended_at) for i in meeting.agenda.all()[:2]] == [
        (time(19, 2), time(19, 10)),
        (time(19, 10), time(19, 31)),
    ]
    begin_item(second, actor=world.secretary, at=time(19, 40))
    second.refresh_from_db()
    assert (second.began_at, second.ended_at) == (time(19, 10), None), "taken up again, it runs on"


def test_an_item_that_never_began_is_not_finished(world: World, meeting: Meeting) -> None:
    with pytest.raises(ValidationError, match="chưa ghi giờ bắt đầu"):
        finish_item(item(meeting), actor=world.secretary, at=time(19, 31))
    assert item(meeting).ended_at is None


def test_the_hours_of_an_item_are_put_right(world: World, meeting: Meeting) -> None:
    time_item(item(meeting), actor=world.secretary, began_at=time(19, 30), ended_at=time(19, 50))
    assert [turn.minutes for turn in sheet_of(meeting).turns if turn.minutes is not None] == [20]


def test_s2_07_speakers_and_contributions_are_counted(world: World, meeting: Meeting, people: list[Member]) -> None:
    first = give_floor(item(meeting), actor=world.secretary, member=people[1])
    give_floor(item(meeting), actor=world.secretary, member=people[1], text="Đề nghị làm đường trước Tết.")
    give_floor(item(meeting, "results"), actor=world.secretary, member=people[2])
    note_speech(first, actor=world.secretary, text="Nhất trí báo cáo.")
    sheet = sheet_of(meeting)
    assert (sheet.speeches, sheet.speakers) == (3, 2)
    strike_speech(first, actor=world.secretary)
    assert sheet_of(meeting).speeches == 2


def test_who_is_absent_or_elsewhere_does_not_speak(world: World, meeting: Meeting, people: list[Member]) -> None:
    with pytest.raises(ValidationError, match="vắng mặt"):
        give_floor(item(meeting), actor=world.secretary, member=people[4])
    with pytest.raises(ValidationError, match="không sinh hoạt ở chi bộ"):
        give_floor(item(meeting), actor=world.secretary, member=world.member(world.cell7))
    assert not Contribution.objects.exists()


def test_s4_11_a_vote_keeps_its_base_and_is_carried_by_more_than_half(world: World, meeting: Meeting) -> None:
    vote = take_vote(meeting, actor=world.secretary, question="Thông qua nghị quyết", in_favour=3, against=1)
    assert (vote.base, vote.entitled, is_adopted(vote)) == (4, 5, True)
    lost = take_vote(meeting, actor=world.secretary, question="Đổi ngày họp", in_favour=2, against=2)
    assert not is_adopted(lost)
    Attendance.objects.all().delete()
    assert Vote.objects.get(pk=vote.pk).base == 4, "the base stays as it was then"
    strike_vote(lost, actor=world.secretary)
    assert Vote.objects.count() == 1


def test_s4_11_a_vote_whose_hands_do_not_add_up_is_refused(world: World, meeting: Meeting) -> None:
    with pytest.raises(ValidationError) as refused:
        take_vote(meeting, actor=world.secretary, question="Thông qua", in_favour=5)
    assert refused.value.error_dict["in_favour"][0].code.startswith("Quyết định 190")
    assert not Vote.objects.exists()


def test_s4_11_no_vote_without_more_than_half(world: World, meeting: Meeting, people: list[Member]) -> None:
    call_roll(meeting, actor=world.secretary, presences={m.pk: ("excused", "Ốm") for m in people[2:]})
    with pytest.raises(ValidationError) as refused:
        take_vote(meeting, actor=world.secretary, question="Thông qua", in_favour=2)
    assert refused.value.error_dict["__all__"][0].code == "Điều lệ Đảng, Điều 9"
    assert not Vote.objects.exists()


def test_a_vote_belongs_to_an_item_of_its_own_meeting(world: World, meeting: Meeting) -> None:
    other = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2025, 12, 5))
    with pytest.raises(ValidationError, match="không thuộc cuộc họp"):
        take_vote(meeting, actor=world.secretary, question="?", in_favour=4, item=item(other))


def test_s2_16_a_vague_item_is_refused_with_the_reason_or_kept_with_the_secretarys(
    world: World, meeting: Meeting
) -> None:
    with pytest.raises(ValidationError) as refused:
        resolve(world, meeting, doer=None, due_on=None, measure="")
    assert {"doer", "due_on", "measure"} <= set(refused.value.error_dict)
    assert not ResolutionItem.objects.exists()
    kept = resolve(world, meeting, doer=None, due_on=None, measure="", override_reason="Chờ kế hoạch của phường")
    assert kept.override_reason == "Chờ kế hoạch của phường"


def test_items_are_numbered_amended_and_struck(world: World, meeting: Meeting) -> None:
    first, second = resolve(world, meeting), resolve(world, meeting, doer=None, doer_unit=world.cell5)
    assert (first.order, second.order) == (1, 2)
    amend_matter(
        second, actor=world.secretary, what="Sửa 3 bóng đèn ngõ 7", doer=meeting.recorder, due_on=date(2025, 11, 20),
        measure="3 bóng sáng",
    )  # fmt: skip
    second.refresh_from_db()
    assert (second.what, second.doer, second.doer_unit) == ("Sửa 3 bóng đèn ngõ 7", meeting.recorder, None)
    strike_matter(first, actor=world.secretary)
    assert list(meeting.resolved.values_list("order", flat=True)) == [2]
    assert resolve(world, meeting).order == 3


def test_one_does_it_or_a_collective_never_both_never_a_stranger(world: World, meeting: Meeting) -> None:
    for changes, field in (
        ({"doer_unit": world.cell5}, "doer_unit"),
        ({"doer": world.member(world.cell7)}, "doer"),
    ):
        with pytest.raises(ValidationError) as refused:
            resolve(world, meeting, **changes)
        assert list(refused.value.error_dict) == [field]


def test_s2_12_somebody_is_commended_for_something(world: World, meeting: Meeting, people: list[Member]) -> None:
    said = mention_member(meeting, actor=world.secretary, member=people[2], kind="commend", text="Hiến 20 m² đất")
    with pytest.raises(ValidationError):
        mention_member(meeting, actor=world.secretary, member=people[2], kind="remind", text=" ")
    assert Mention.objects.get() == said
    strike_mention(said, actor=world.secretary)
    assert not Mention.objects.exists()


def test_nothing_under_way_is_written_by_who_only_looks(world: World, meeting: Meeting, people: list[Member]) -> None:
    follower = world.actor(Post.FOLLOWER, world.cell5)
    for act in (
        lambda: begin_item(item(meeting), actor=follower, at=time(19)),
        lambda: give_floor(item(meeting), actor=follower, member=people[0]),
        lambda: take_vote(meeting, actor=follower, question="?", in_favour=4),
        lambda: resolve_matter(meeting, actor=follower, what="?"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_after_closing_nothing_under_way_changes(world: World, meeting: Meeting, people: list[Member]) -> None:
    by = {"actor": world.secretary}
    speech = give_floor(item(meeting), member=people[1], **by)
    vote = take_vote(meeting, question="Thông qua nghị quyết", in_favour=4, **by)
    kept, said = resolve(world, meeting), mention_member(meeting, member=people[2], kind="commend", text="Tốt", **by)
    close_meeting(meeting, minutes="Đã họp", closed_on=HELD, **by)
    for act in (
        lambda: begin_item(item(meeting), at=time(19), **by),
        lambda: finish_item(item(meeting), at=time(19), **by),
        lambda: time_item(item(meeting), began_at=time(19), ended_at=None, **by),
        lambda: give_floor(item(meeting), member=people[1], **by),
        lambda: note_speech(speech, text="Khác", **by),
        lambda: strike_speech(speech, **by),
        lambda: take_vote(meeting, question="?", in_favour=4, **by),
        lambda: strike_vote(vote, **by),
        lambda: resolve(world, meeting),
        lambda: amend_matter(kept, what="Khác", override_reason="x", **by),
        lambda: strike_matter(kept, **by),
        lambda: mention_member(meeting, member=people[2], kind="commend", text="x", **by),
        lambda: strike_mention(said, **by),
    ):
        with pytest.raises(ValidationError, match="đã bế mạc"):
            act()
    assert (Contribution.objects.get().text, Vote.objects.count(), Mention.objects.count()) == ("", 1, 1)


def test_minutes_tell_turns_speakers_votes_what_is_resolved_and_who_is_mentioned(
    world: World, meeting: Meeting, people: list[Member]
) -> None:
    by, talk, end = {"actor": world.secretary}, item(meeting), item(meeting, "closing")
    time_item(talk, began_at=time(19, 30), ended_at=time(19, 50), **by)
    give_floor(talk, member=people[1], text="Đề nghị làm đường trước Tết.", **by)
    give_floor(talk, member=people[2], **by)
    take_vote(meeting, question="Thông qua nghị quyết", in_favour=3, against=1, item=end, **by)
    resolve(world, meeting, item=end)
    mention_member(meeting, member=people[2], kind="commend", text="Hiến 20 m² đất", **by)
    text = composed_minutes(meeting)
    for part in (
        "8. Thảo luận\nTừ 19 giờ 30 đến 19 giờ 50.\nÝ kiến phát biểu (2):",
        f"- Đồng chí {people[1]}: Đề nghị làm đường trước Tết.\n- Đồng chí {people[2]}.",
        "tán thành 3/4 đảng viên chính thức có mặt (tổng số 5), không tán thành 1, ý kiến khác 0: thông qua.",
        f"- Vận động 12 hộ ngõ 5 hiến đất mở đường (đồng chí {people[0]}; thời hạn 05/12/2025; 12 hộ ký biên bản hiến đất).",
        f"Biểu dương đồng chí {people[2]}: Hiến 20 m² đất",
    ):
        assert part in text


def test_a_committee_calls_and_counts_its_own(world: World, people: list[Member]) -> None:
    """Where posts are on record, the roll and the votes of a committee's meeting are of those who hold one."""
    for member, post in zip(people, (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE), strict=False):
        PostTerm.objects.create(unit=world.cell5, member=member, post=post, valid_from=LONG_AGO)
    made = convene_meeting(world.cell5, actor=world.secretary, held_on=HELD, kind="committee")
    assert [line.member for line in roll_of(made)] == people[:3]
    call_roll(made, actor=world.secretary, presences={m.pk: PRESENT for m in people[:3]})
    assert (tally_of(made).voters, tally_of(made).entitled) == (3, 3)
    with pytest.raises(ValidationError, match="không sinh hoạt"):
        call_roll(made, actor=world.secretary, presences={people[4].pk: PRESENT})
    assert resolve(world, made, doer=people[4]).doer == people[4], "a duty may go to anybody of the cell"


def test_a_visitor_may_speak(world: World, meeting: Meeting) -> None:
    guest = world.member(world.cell7, "Trần Văn Bảo")
    Visitor.objects.create(unit=world.cell5, meeting=meeting, member=guest)
    give_floor(item(meeting), actor=world.secretary, member=guest, text="Chi bộ làm tốt.")
    assert Contribution.objects.get().member == guest


def test_the_counts_of_one_query_are_those_of_the_roll(world: World, meeting: Meeting) -> None:
    world.member(world.cell5, "Trần Thị Cúc", condition=Condition.EXEMPT)
    world.member(world.cell5, "Lê Văn Dũng", condition=Condition.TEMPORARY_ELSEWHERE)
    world.member(world.cell5, "Vũ Văn Mới", standing=Standing.PROBATIONARY)
    world.member(world.cell5, "Hồ Thị Khách", condition=Condition.TEMPORARY_HERE)
    with CaptureQueriesContext(connection) as queries:
        tally = tally_of(meeting)
    assert len(queries) == 1
    roll = roll_of(meeting)
    assert (tally.voters, tally.entitled) == voters_of(roll) == (4, 5)
    assert (tally.total, tally.unmarked, tally.share.part, tally.share.base) == (9, 2, 4, 5)


# ------------------------------------------------------------------------------------------------- pages


@pytest.fixture
def page(world: World, browser_of) -> Client:
    return browser_of(world.secretary)


HTMX = {"HX-Request": "true"}


def test_one_page_holds_all_that_the_chair_needs(world: World, page: Client, meeting: Meeting) -> None:
    begin_item(item(meeting), actor=world.secretary, at=time(19, 30))
    body = page.get(reverse("meetings:run", args=[meeting.pk])).content.decode()
    for part in (
        'id="now"',
        'id="floor"',
        'id="votes"',
        'id="resolved"',
        'id="mentions"',
        "data-call",
        'data-since="19:30"',
    ):
        assert part in body
    assert body.count("button-main") == 1
    assert "<style" not in body
    assert "style=" not in body


def test_a_tap_of_the_roll_answers_with_the_counts_alone_and_the_last_tap_wins(
    world: World, page: Client, meeting: Meeting, people: list[Member]
) -> None:
    address = reverse("meetings:call", args=[meeting.pk, people[4].pk])
    answer = page.post(address, {"presence": "present", "once": "a"}, headers=HTMX)
    assert "Có mặt 5/5" in answer.content.decode()
    assert len(answer.content) < 800
    page.post(address, {"presence": "excused", "reason": "Về sớm", "once": "b"}, headers=HTMX)
    page.post(address, {"presence": "present", "once": "a"}, headers=HTMX)
    assert Attendance.objects.get(member=people[4]).reason == "Về sớm", "a repeat of an earlier tap writes nothing"


def test_a_tap_without_scripts_leads_back_to_the_page(page: Client, meeting: Meeting, people: list[Member]) -> None:
    answer = page.post(reverse("meetings:call", args=[meeting.pk, people[4].pk]), {"presence": "present"})
    assert answer.url == reverse("meetings:run", args=[meeting.pk])
    assert Attendance.objects.get(member=people[4]).presence == "present"


def test_a_tap_that_the_register_denies_is_refused_and_said(
    page: Client, meeting: Meeting, people: list[Member]
) -> None:
    answer = page.post(
        reverse("meetings:call", args=[meeting.pk, people[4].pk]), {"presence": "exempt"}, headers=HTMX
    )
    assert answer.status_code == 422
    assert "không thuộc diện" in answer.content.decode()
    assert Attendance.objects.get(member=people[4]).presence == "excused"


def test_a_tap_takes_as_many_queries_for_120_as_for_five(
    world: World, page: Client, meeting: Meeting, people: list[Member]
) -> None:
    counts = []
    for more in (0, 115):
        world.members(world.cell5, more)
        for presence in ("present", "excused"):
            with CaptureQueriesContext(connection) as queries:
                page.post(
                    reverse("meetings:call", args=[meeting.pk, people[4].pk]), {"presence": presence}, headers=HTMX
                )
            counts.append(len(queries))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("name", ["run", "screen"])
def test_pages_of_a_meeting_under_way_take_as_many_queries_for_thirty_as_for_one(
    world: World, page: Client, meeting: Meeting, people: list[Member], name: str
) -> None:
    counts, by = [], {"actor": world.secretary}
    for more in (1, 2, 27):
        world.members(world.cell5, more)
        for _ in range(more):
            give_floor(item(meeting), member=people[1], **by)
            resolve(world, meeting)
            mention_member(meeting, member=people[2], kind="commend", text="Tốt", **by)
        with CaptureQueriesContext(connection) as queries:
            assert page.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_the_page_is_run_by_plain_forms(page: Client, meeting: Meeting, people: list[Member]) -> None:
    talk = item(meeting)
    page.post(reverse("meetings:begin", args=[talk.pk]), {"at": "19:30"})
    page.post(reverse("meetings:speak", args=[talk.pk]), {"member": people[1].pk})
    page.post(reverse("meetings:speech", args=[Contribution.objects.get().pk]), {"text": "Nhất trí."})
    page.post(reverse("meetings:finish", args=[talk.pk]), {"at": "19:45"})
    page.post(reverse("meetings:times", args=[talk.pk]), {"began_at": "19h30", "ended_at": "19:50"})
    page.post(reverse("meetings:vote", args=[meeting.pk]), {
        "question": "Thông qua", "in_favour": 4, "against": 0, "abstaining": 0, "item": item(meeting, "closing").pk,
    })  # fmt: skip
    page.post(
        reverse("meetings:mention", args=[meeting.pk]), {"member": people[2].pk, "kind": "commend", "text": "Tốt"}
    )
    data = {"what": "Sửa 3 bóng đèn ngõ 7", "doer": people[1].pk, "due_on": "20/11/2025", "measure": "3 bóng sáng"}
    page.post(reverse("meetings:resolve", args=[meeting.pk]), data)
    kept = ResolutionItem.objects.get()
    page.post(reverse("meetings:resolved", args=[kept.pk]), {**data, "measure": "3 bóng đèn sáng"})
    kept.refresh_from_db()
    talk.refresh_from_db()
    assert (talk.began_at, talk.ended_at, Contribution.objects.get().text) == (
        time(19, 30),
        time(19, 50),
        "Nhất trí.",
    )
    assert (Vote.objects.get().in_favour, Mention.objects.get().kind, kept.measure) == (
        4,
        "commend",
        "3 bóng đèn sáng",
    )
    for what, line in (("speech", Contribution), ("vote", Vote), ("resolved", ResolutionItem), ("mention", Mention)):
        page.post(reverse("meetings:strike", args=[what, line.objects.get().pk]))
        assert not line.objects.exists()


def test_a_repeat_of_the_same_entry_writes_nothing(page: Client, meeting: Meeting, people: list[Member]) -> None:
    """What was sent twice over a bad line is written once."""
    data = {"member": people[1].pk, "once": "abc"}
    for _ in range(3):
        assert page.post(reverse("meetings:speak", args=[item(meeting).pk]), data, headers=HTMX).status_code == 200
    assert Contribution.objects.count() == 1


def test_s2_16_a_refused_item_comes_back_with_reason_and_all_that_was_typed(page: Client, meeting: Meeting) -> None:
    answer = page.post(
        reverse("meetings:resolve", args=[meeting.pk]), {"what": "Tăng cường tuyên truyền"}, headers=HTMX
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Tăng cường tuyên truyền" in body
    assert "field-error" in body
    assert "<html" not in body
    assert not ResolutionItem.objects.exists()


def test_a_refused_vote_without_scripts_shows_the_whole_page(page: Client, meeting: Meeting) -> None:
    answer = page.post(
        reverse("meetings:vote", args=[meeting.pk]),
        {"question": "Thông qua", "in_favour": 9, "against": 0, "abstaining": 0},
    )
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Cộng lại được 9" in body
    assert "<html" in body


def test_two_who_write_down_the_same_speech_are_told(
    world: World, page: Client, meeting: Meeting, people: list[Member]
) -> None:
    speech = give_floor(item(meeting), actor=world.secretary, member=people[1])
    address = reverse("meetings:speech", args=[speech.pk])
    assert page.post(address, {"text": "Một", "seen_version": speech.version}, headers=HTMX).status_code == 200
    answer = page.post(address, {"text": "Hai", "seen_version": speech.version}, headers=HTMX)
    assert answer.status_code == 422
    assert "Hai" in answer.content.decode()
    assert "Một" in answer.content.decode()
    assert Contribution.objects.get().text == "Một"


def test_the_projector_shows_who_presents_and_no_other_name(
    world: World, page: Client, meeting: Meeting, people: list[Member]
) -> None:
    by, talk = {"actor": world.secretary}, item(meeting)
    AgendaItem.objects.filter(pk=talk.pk).update(presenter=people[3])
    begin_item(item(meeting), at=time(19, 30), **by)
    give_floor(item(meeting), member=people[1], **by)
    take_vote(meeting, question="Thông qua nghị quyết", in_favour=4, **by)
    resolve(world, meeting)
    mention_member(meeting, member=people[2], kind="criticise", text="Chậm việc", **by)
    body = page.get(reverse("meetings:screen", args=[meeting.pk]), headers=HTMX).content.decode()
    assert str(people[3]) in body
    assert "Thông qua nghị quyết" in body
    assert "Vận động 12 hộ" in body
    assert "Chậm việc" not in body
    for unseen in (people[0], people[1], people[2]):
        assert not re.search(rf"{unseen}\b", body)


def test_a_slips_code_names_its_holder_and_marks_them_when_it_is_confirmed(
    page: Client, meeting: Meeting, people: list[Member]
) -> None:
    address = reverse("meetings:here", args=[meeting.pk, presence_token(meeting, people[4])])
    body = page.get(address).content.decode()
    assert str(people[4]) in body
    assert Attendance.objects.get(member=people[4]).presence == "excused", "looking writes nothing"
    body = page.post(address, {"once": "x"}).content.decode()
    assert "Đã điểm danh có mặt" in body
    assert Attendance.objects.get(member=people[4]).presence == Presence.PRESENT


def test_a_code_of_another_meeting_or_of_nobody_opens_nothing(
    world: World, page: Client, meeting: Meeting, people: list[Member]
) -> None:
    other = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2025, 12, 5))
    for token in ("abc", presence_token(other, people[4]), presence_token(meeting, people[4])[:-1]):
        assert page.get(reverse("meetings:here", args=[meeting.pk, token])).status_code == 404


ADDRESSES = {"run": "meeting", "screen": "meeting", "times": "item"}


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_stranger_finds_nothing_of_it_and_who_only_looks_may_not_keep_it(
    world: World, browser_of, meeting: Meeting, name: str
) -> None:
    key = meeting.pk if ADDRESSES[name] == "meeting" else item(meeting).pk
    for who in (world.secretary7, world.stranger):
        assert browser_of(who).get(reverse(f"meetings:{name}", args=[key])).status_code == 404
    assert browser_of(world.clerk).get(reverse(f"meetings:{name}", args=[key])).status_code == 403


def test_a_stranger_strikes_and_adds_nothing(
    world: World, browser_of, meeting: Meeting, people: list[Member]
) -> None:
    speech = give_floor(item(meeting), actor=world.secretary, member=people[1])
    client = browser_of(world.secretary7)
    for name, args in (
        ("call", [meeting.pk, people[4].pk]), ("begin", [item(meeting).pk]), ("speak", [item(meeting).pk]),
        ("speech", [speech.pk]), ("strike", ["speech", speech.pk]), ("vote", [meeting.pk]), ("resolve", [meeting.pk]),
        ("mention", [meeting.pk]), ("strike", ["nothing", speech.pk]),
    ):  # fmt: skip
        assert (
            client.post(reverse(f"meetings:{name}", args=args), {"text": "x", "presence": "present"}).status_code
            == 404
        )
    assert Contribution.objects.get().text == ""
