"""The pages of study: happy, strange, refused, and as many queries for thirty as for one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.access.charter import Post
from chibo.meetings.actions import call_roll, convene_meeting
from chibo.study.actions import hand_in_essay
from chibo.study.models import Dissemination, Essay, StudyClass
from chibo.study.rules import EssayState
from tests.study.cast import HELD, TEXT, asked, handed_in, held_class, paper, spread, theme
from tests.world import World


def body(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"study:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def queries(client: Client, name: str, *args: object) -> int:
    with CaptureQueriesContext(connection) as asked_for:
        body(client, name, *args)
    return len(asked_for)


def test_everybody_comes_to_their_own_page(world: World, browser_of) -> None:
    assert browser_of(world.clerk).get("/study/").url.startswith(f"/study/{world.ward.pk}/20")
    member = world.member(world.cell5, account=True)
    assert browser_of(world.own(member)).get("/study/").url == reverse("study:mine")
    assert "chưa phải viết bài" in body(browser_of(world.own(member)), "mine")


def test_a_ward_opens_a_class_calls_its_roll_and_asks_for_essays(world: World, browser_of) -> None:
    client, (member,) = browser_of(world.clerk), world.members(world.cell5, 1)
    url = reverse("study:open", args=[world.ward.pk])
    refused = client.post(url, {"title": "Học tập chuyên đề dài", "held_on": "31/2/2026"})
    assert refused.status_code == 422
    assert "Học tập chuyên đề dài" in refused.content.decode()
    answer = client.post(url, {"title": "Học tập chuyên đề", "held_on": "10/3/2026", "theme": theme(world).pk})
    made = StudyClass.objects.get()
    assert answer.url == reverse("study:class", args=[made.pk])
    assert reverse("meetings:roll", args=[made.meeting_id]) in body(client, "class", made.pk)
    call_roll(made.meeting, actor=world.clerk, presences={member.pk: ("present", "")})
    assert "1/1" in body(client, "class", made.pk)
    early = client.post(reverse("study:ask", args=[made.pk]), {"due_on": "9/3/2026"})
    assert early.status_code == 422
    client.post(reverse("study:ask", args=[made.pk]), {"due_on": "31/3/2026"})
    assert Essay.objects.get().member == member
    for name in ("amend", "ask"):
        assert body(client, name, made.pk)
    index = body(client, "index", world.ward.pk, "2026")
    assert "100 % (1/1)" in index
    assert client.get(reverse("study:index", args=[world.ward.pk, "2026"]) + "?format=xlsx").content.startswith(b"PK")


def test_that_no_essay_is_asked_is_said_with_a_reason(world: World, browser_of) -> None:
    made, client = held_class(world, world.members(world.cell5, 1)), browser_of(world.clerk)
    url = reverse("study:waive", args=[made.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assert client.post(url, {"reason": "Chỉ nghe thời sự"}).status_code == 302
    assert "Chỉ nghe thời sự" in body(client, "class", made.pk)


def test_a_class_convened_among_the_meetings_leads_to_its_record(world: World, browser_of) -> None:
    bare = convene_meeting(world.cell5, actor=world.secretary, kind="class", held_on=HELD)
    client = browser_of(world.secretary)
    url = reverse("study:record", args=[bare.pk])
    assert url in client.get(reverse("meetings:meeting", args=[bare.pk])).content.decode()
    client.post(url, {"title": "Học nghị quyết"})
    made = StudyClass.objects.get()
    assert client.get(url).url == reverse("study:class", args=[made.pk])
    assert "Học nghị quyết" in client.get(reverse("meetings:meeting", args=[bare.pk])).content.decode()


def test_each_cell_sees_its_own_at_a_class_of_the_ward(world: World, browser_of) -> None:
    five, seven = world.member(world.cell5, "Trần Văn Năm", account=True), world.member(world.cell7, "Trần Văn Bảy")
    made = asked(world, held_class(world, [five], [seven]))
    seen = body(browser_of(world.secretary7), "class", made.pk)
    assert "Trần Văn Bảy" in seen
    assert "Chi bộ 5" not in seen
    assert "Trần Văn Bảy" not in body(browser_of(world.own(five)), "class", made.pk)
    assert (
        browser_of(world.secretary7).get(reverse("study:essays", args=[made.pk, world.cell5.pk])).status_code == 404
    )
    assert browser_of(world.stranger).get(reverse("study:class", args=[made.pk])).status_code == 404


def test_s1_13_the_member_writes_and_the_cell_finds_it_done(world: World, browser_of) -> None:
    member = world.member(world.cell5, "Trần Văn Viết", account=True)
    essay = asked(world, held_class(world, [member])).essays.get()
    writer, url = world.own(member), reverse("study:essay", args=[essay.pk])
    own = browser_of(writer)
    assert "Viết" in body(own, "mine")
    refused = own.post(url, {"text": "", "handed_in_on": "20/3/2026"})
    assert refused.status_code == 422
    assert own.post(url, {"text": TEXT, "handed_in_on": "20/3/2026"}).status_code == 302
    secretary = browser_of(world.secretary)
    assert "gần dân hơn" in body(secretary, "essay", essay.pk)
    mark = reverse("study:mark", args=[essay.pk])
    assert secretary.post(mark, {"mark": "not_passed", "comment": ""}).status_code == 422
    assert secretary.post(mark, {"mark": "not_passed", "comment": "Nêu việc cụ thể"}).status_code == 302
    own = browser_of(writer)
    assert "Nêu việc cụ thể" in body(own, "essay", essay.pk)
    assert own.post(mark, {"mark": "passed"}).status_code == 403
    own.post(url, {"text": TEXT + " Cụ thể.", "handed_in_on": "25/3/2026"})
    browser_of(world.secretary).post(mark, {"mark": "passed"})
    assert Essay.objects.get().state == EssayState.PASSED


def test_the_office_sees_that_an_essay_is_in_and_not_what_it_says(world: World, browser_of) -> None:
    (member,) = world.members(world.cell5, 1)
    made = asked(world, held_class(world, [member]))
    essay = handed_in(world, made, member)
    seen = body(browser_of(world.clerk), "essay", essay.pk)
    assert "gần dân hơn" not in seen
    assert "nhập thay" in seen
    assert browser_of(world.clerk).get(reverse("study:file", args=[essay.pk])).status_code == 404
    assert browser_of(world.clerk).post(reverse("study:essay", args=[essay.pk]), {"text": "x"}).status_code == 403
    assert Essay.objects.get().text == TEXT


def test_near_copies_are_shown_side_by_side_to_the_cell_only(world: World, browser_of) -> None:
    one, two, other = (world.member(world.cell5, name) for name in ("Trần Văn Một", "Trần Văn Hai", "Lê Thị Ba"))
    made = asked(world, held_class(world, [one, two, other]))
    first, copy = handed_in(world, made, one), handed_in(world, made, two, TEXT + " Tôi hứa.")
    handed_in(world, made, other, "Bài này nói chuyện trồng cây bên hồ, hoàn toàn khác hai bài kia.")
    page = body(browser_of(world.secretary), "essays", made.pk, world.cell5.pk)
    assert page.count("đặt cạnh nhau") == 2
    compare = reverse("study:compare", args=[first.pk, copy.pk])
    assert compare in page
    assert "<mark>" in browser_of(world.secretary).get(compare).content.decode()
    assert "đặt cạnh nhau" not in body(browser_of(world.clerk), "essays", made.pk, world.cell5.pk)
    assert browser_of(world.ward_secretary).get(compare).status_code == 403


@pytest.fixture
def known(world: World) -> Dissemination:
    """A document made known since a week ago, which two of cell 5 are to be told of."""
    world.member(world.cell5, "Trần Văn Đến", account=True)
    world.member(world.cell5, "Lê Thị Vắng")
    today = localdate()
    return spread(
        world, opened_on=today - timedelta(days=7), due_on=today + timedelta(days=20), digest="Ý một\nÝ hai"
    )


def test_s0_03_the_page_of_a_cell_is_filled_from_the_roll_and_absentees_stay(
    world: World, browser_of, known: Dissemination
) -> None:
    came = known.reaches.get(member__full_name="Trần Văn Đến").member
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=localdate() - timedelta(days=2))
    call_roll(meeting, actor=world.secretary, presences={came.pk: ("present", "")})
    client = browser_of(world.secretary)
    page = body(client, "reach", known.pk, world.cell5.pk)
    assert f'value="{came.pk}" checked' in page
    assert page.count(" checked") == 2  # the member, and the way
    day = f"{meeting.held_on:%d/%m/%Y}"
    told = {"way": "meeting", "reached_on": day, "meeting": meeting.pk, "members": [came.pk]}
    url = reverse("study:reach", args=[known.pk, world.cell5.pk])
    assert client.post(url, {**told, "reached_on": "1/1/2020"}).status_code == 422
    assert client.post(url, told).status_code == 302
    shown = body(client, "spread", known.pk)
    assert "Lê Thị Vắng" in shown
    assert "1/2" in shown
    assert client.get(reverse("study:spread", args=[known.pk]) + "?format=xlsx").content.startswith(b"PK")


def test_a_member_reads_the_digest_and_says_so(world: World, browser_of, known: Dissemination) -> None:
    line = known.reaches.get(member__full_name="Trần Văn Đến")
    client = browser_of(world.own(line.member))
    page = body(client, "spread", known.pk)
    assert "<li>Ý hai</li>" in page
    assert "Lê Thị Vắng" not in page
    assert client.post(reverse("study:confirm", args=[known.pk])).status_code == 302
    line.refresh_from_db()
    assert line.reached_on == localdate()
    assert "Tôi đã đọc" not in body(client, "spread", known.pk)
    assert browser_of(world.secretary7).post(reverse("study:confirm", args=[known.pk])).status_code == 404


def test_the_office_makes_it_known_and_words_the_digest(world: World, browser_of) -> None:
    world.members(world.cell5, 1)
    client, url = browser_of(world.clerk), reverse("study:disseminate", args=[world.ward.pk])
    told = {"opened_on": "1/2/2026", "due_on": "1/3/2026", "digest": "Ba ý"}
    assert client.post(url, told).status_code == 422
    client.post(url, {**told, "paper": paper(world).pk})
    made = Dissemination.objects.get()
    client.post(reverse("study:amend_spread", args=[made.pk]), {"due_on": "1/4/2026", "digest": "Bốn ý"})
    made.refresh_from_db()
    assert (made.due_on, made.digest) == (date(2026, 4, 1), "Bốn ý")
    assert "Bốn ý" in body(client, "digest", made.pk)
    assert client.get(reverse("study:document", args=[made.pk])).status_code == 404


def test_an_empty_page_shows_the_next_step(world: World, browser_of) -> None:
    assert reverse("study:open", args=[world.cell5.pk]) in body(
        browser_of(world.secretary), "index", world.cell5.pk, "2020"
    )
    assert "Chưa có lớp học" in body(browser_of(world.inspector), "index", world.ward.pk, "2020")


def test_lists_ask_as_many_queries_for_thirty_as_for_one(world: World, browser_of, known: Dissemination) -> None:
    today = localdate()
    first = known.reaches.first().member
    made = asked(world, held_class(world, [first], held_on=today - timedelta(days=9)), today)
    pages = (
        (world.clerk, "index", world.ward.pk, str(today.year)), (world.clerk, "class", made.pk),
        (world.secretary, "essays", made.pk, world.cell5.pk), (world.clerk, "spread", known.pk),
        (world.secretary, "reach", known.pk, world.cell5.pk), (world.own(first), "mine"),
    )  # fmt: skip
    before = [queries(browser_of(actor), *page) for actor, *page in pages]
    many = world.members(world.cell5, 30)
    call_roll(made.meeting, actor=world.clerk, presences={m.pk: ("present", "") for m in many})
    asked(world, made, today)
    for essay in made.essays.exclude(member=first):
        hand_in_essay(essay, actor=world.secretary, text=f"{TEXT} {essay.pk}", handed_in_on=today - timedelta(days=1))
    for n in range(3):
        asked(world, held_class(world, [first], held_on=today - timedelta(days=20 + n)), today)
        spread(world, paper=paper(world, symbol=f"{n}-CT/TW"), opened_on=today - timedelta(days=7), due_on=today)
    assert [queries(browser_of(actor), *page) for actor, *page in pages] == before


def test_a_committee_member_writes_for_others_and_a_follower_only_looks(world: World, browser_of) -> None:
    (member,) = world.members(world.cell5, 1)
    essay = asked(world, held_class(world, [member])).essays.get()
    url = reverse("study:essay", args=[essay.pk])
    told = {"text": TEXT, "handed_in_on": "20/3/2026"}
    follower = world.actor(Post.FOLLOWER, world.cell5, "Theo Dõi")
    assert browser_of(follower).get(url).status_code == 200
    assert browser_of(follower).post(url, told).status_code == 403
    assert browser_of(world.actor(Post.CELL_COMMITTEE, world.cell5, "Chi Ủy")).post(url, told).status_code == 302
    assert Essay.objects.get().on_behalf


def test_single_persons_are_called_to_a_class_in_its_form(world: World, browser_of) -> None:
    called, other = world.members(world.cell5, 2)
    stranger = world.member(world.other_cell)
    browser, where = browser_of(world.clerk), reverse("study:open", args=[world.ward.pk])
    form = {"title": "Bồi dưỡng bí thư", "held_on": "10/3/2026"}
    refused = browser.post(where, {**form, "members": [stranger.pk]})
    assert refused.status_code == 422
    assert not StudyClass.objects.exists()
    browser.post(where, {**form, "members": [called.pk]})
    assert list(StudyClass.objects.get().meeting.called.all()) == [called]
    assert other not in StudyClass.objects.get().meeting.called.all()
