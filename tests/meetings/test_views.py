"""The pages of meetings: happy, strange, refused, and as many queries for thirty as for one."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Post
from chibo.core.values import months_after
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting, mark_presence
from chibo.meetings.actions.preparing import set_schedule
from chibo.meetings.models import Attendance, Correction, Meeting
from chibo.meetings.selectors.offers import found_by
from chibo.members.models import Member
from tests.world import World

HELD = date(2025, 11, 5)


@pytest.fixture
def meeting(world: World) -> Meeting:
    return convene_meeting(world.cell5, actor=world.secretary, held_on=HELD)


@pytest.fixture
def an(world: World) -> Member:
    return world.member(world.cell5, "Nguyễn Văn An")


@pytest.fixture
def page(world: World, browser_of) -> Client:
    return browser_of(world.secretary)


def post_line(page: Client, meeting: Meeting, member: Member, *, htmx: bool = True, **fields: object):
    data = {f"{member.pk}-{name}": value for name, value in fields.items() if name != "undo"}
    data |= {"undo": "1"} if "undo" in fields else {}
    headers = {"HX-Request": "true"} if htmx else {}
    return page.post(reverse("meetings:mark", args=[meeting.pk, member.pk]), data, headers=headers)


def close(world: World, meeting: Meeting, *people: Member) -> None:
    Meeting.objects.update(chair=people[0], recorder=people[0])
    meeting.refresh_from_db()
    call_roll(meeting, actor=world.secretary, presences={m.pk: ("present", "") for m in people})
    close_meeting(meeting, actor=world.secretary, minutes="Phê bình đồng chí X", closed_on=HELD)


# ---------------------------------------------------------------------------------------------- lists


def test_the_rail_leads_to_ones_own_meetings_of_this_year(world: World, page: Client) -> None:
    answer = page.get(reverse("meetings:start"))
    assert answer.url.startswith(f"/meetings/{world.cell5.pk}/20")


def test_a_cell_shows_its_meetings_and_the_months_without(world: World, page: Client, meeting: Meeting) -> None:
    body = page.get(reverse("meetings:index", args=[world.cell5.pk, "2025"])).content.decode()
    assert reverse("meetings:meeting", args=[meeting.pk]) in body
    assert "Tháng 10/2025" in body
    assert "Tháng 11/2025" not in body


def test_an_empty_year_shows_the_next_step(world: World, page: Client) -> None:
    body = page.get(reverse("meetings:index", args=[world.cell5.pk, "2024"])).content.decode()
    assert reverse("meetings:convene", args=[world.cell5.pk]) in body


def test_s2_05_a_ward_sees_cells_by_months(world: World, browser_of, meeting: Meeting) -> None:
    body = browser_of(world.clerk).get(reverse("meetings:index", args=[world.ward.pk, "2025"])).content.decode()
    assert "Chi bộ 7" in body
    assert reverse("meetings:meeting", args=[meeting.pk]) in body


def test_lists_go_out_as_workbooks(world: World, browser_of, meeting: Meeting) -> None:
    for unit in (world.ward, world.cell5):
        answer = browser_of(world.clerk).get(reverse("meetings:index", args=[unit.pk, "2025"]) + "?format=xlsx")
        assert answer.content.startswith(b"PK")


@pytest.mark.parametrize(("words", "count"), [
    ("05/11/2025", 1), ("11/2025", 1), ("2025", 1), ("thuong ky", 1), ("12/2025", 0), ("912345678", 0), ("99/99/2025", 0), ("/", 0),
])  # fmt: skip
def test_a_meeting_is_found_by_its_date_or_kind(world: World, meeting: Meeting, words: str, count: int) -> None:
    assert len(list(found_by(world.clerk, words))) == count
    assert list(found_by(world.stranger, words)) == []


# ------------------------------------------------------------------------------------------- strangers

PAGES = ("meeting", "arrange", "roll", "minutes")


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(world: World, browser_of, meeting: Meeting, name: str) -> None:
    for who in (world.secretary7, world.stranger):
        assert browser_of(who).get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 404


@pytest.mark.parametrize("name", ["minutes", "correct", "call_off"])
def test_a_stranger_changes_nothing(world: World, browser_of, meeting: Meeting, name: str) -> None:
    assert browser_of(world.stranger).post(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 404
    assert Meeting.objects.get().version == 0


def test_the_anonymous_are_sent_to_the_door(client: Client, meeting: Meeting) -> None:
    for name in PAGES:
        assert client.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 302


def test_a_plain_member_sees_no_meeting_pages(world: World, browser_of, meeting: Meeting) -> None:
    member = world.member(world.cell5, account=True)
    assert browser_of(world.own(member)).get(reverse("meetings:meeting", args=[meeting.pk])).status_code == 404


def test_a_clerk_sees_the_meeting_keeps_no_roll_and_reads_no_minutes(
    world: World, browser_of, meeting: Meeting, an: Member
) -> None:
    close(world, meeting, an)
    page = browser_of(world.clerk)
    shown = page.get(reverse("meetings:meeting", args=[meeting.pk]))
    assert shown.status_code == 200
    assert "Phê bình" not in shown.content.decode()
    assert page.get(reverse("meetings:roll", args=[meeting.pk])).status_code == 403
    assert page.get(reverse("meetings:minutes", args=[meeting.pk])).status_code == 404


# ------------------------------------------------------------------------------------------ convening


def test_a_meeting_is_convened_and_late_entry_is_said(world: World, page: Client) -> None:
    answer = page.post(
        reverse("meetings:convene", args=[world.cell5.pk]), {"kind": "regular", "held_on": "5/11/2025"}, follow=True
    )
    body = answer.content.decode()
    assert Meeting.objects.get().held_on == HELD
    assert "Nhập sau ngày họp" in body


def test_a_topical_meeting_counts_for_the_month_of_its_day_whatever_is_proposed(world: World, page: Client) -> None:
    """The form proposes the month of the next regular meeting; who calls a topical one today need not notice."""
    set_schedule(
        world.cell5, actor=world.secretary, valid_from=date(2020, 1, 1), starts_at=time(19, 30), day_of_month=3
    )
    there = reverse("meetings:convene", args=[world.cell5.pk])
    proposed = page.get(there).context["form"].initial["month"]
    held_on = months_after(date.fromisoformat(proposed), -2)
    typed = {"kind": "topical", "topic": "Giữ gìn đoàn kết", "held_on": f"{held_on:%d/%m/%Y}", "month": proposed}
    assert page.post(there, typed).status_code == 302
    assert Meeting.objects.get(kind="topical").month == held_on


def test_a_second_regular_meeting_is_refused_beside_the_month(world: World, page: Client, meeting: Meeting) -> None:
    answer = page.post(
        reverse("meetings:convene", args=[world.cell5.pk]),
        {"kind": "regular", "held_on": "20/11/2025", "place": "Nhà văn hóa mới"},
    )
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "mỗi tháng một buổi" in body
    assert "Nhà văn hóa mới" in body, "what was typed is kept"
    assert Meeting.objects.count() == 1


def test_a_double_submit_convenes_once(world: World, page: Client) -> None:
    data = {"kind": "topical", "held_on": "5/11/2025", "once": "abc"}
    for _ in range(2):
        page.post(reverse("meetings:convene", args=[world.cell5.pk]), data)
    assert Meeting.objects.count() == 1


def test_two_editors_of_the_setting(world: World, browser_of, meeting: Meeting) -> None:
    address = reverse("meetings:arrange", args=[meeting.pk])
    first = {"held_on": "6/11/2025", "place": "Hội trường", "seen_version": "0"}
    browser_of(world.secretary).post(address, first)
    answer = browser_of(world.actor(Post.CELL_DEPUTY, world.cell5)).post(address, {**first, "place": "Sân đình"})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Sân đình" in body
    assert "Hội trường" in body
    assert Meeting.objects.get().place == "Hội trường"


def test_a_meeting_convened_by_mistake_is_called_off(world: World, page: Client, meeting: Meeting) -> None:
    page.post(reverse("meetings:call_off", args=[meeting.pk]), {})
    assert not Meeting.objects.exists()


# ----------------------------------------------------------------------------------------------- roll


def test_a_line_is_saved_as_one_goes_and_can_be_undone(page: Client, meeting: Meeting, an: Member) -> None:
    saved = post_line(page, meeting, an, presence="excused", reason="Đi viện", seen=0)
    assert "Hoàn tác" in saved.content.decode()
    assert 'hx-swap-oob="true"' in saved.content.decode()
    assert Attendance.objects.get().reason == "Đi viện"
    undone = post_line(page, meeting, an, presence="excused", reason="Đi viện", seen=1, was="", was_reason="", undo=1)
    assert undone["HX-Retarget"] == f"#line-{an.pk}"
    assert not Attendance.objects.exists()


def test_a_line_is_saved_without_scripts(page: Client, meeting: Meeting, an: Member) -> None:
    answer = post_line(page, meeting, an, htmx=False, presence="present", seen=0)
    assert answer.url == reverse("meetings:roll", args=[meeting.pk])
    assert Attendance.objects.get().presence == "present"


def test_the_second_of_two_is_told_and_may_save_again(
    world: World, page: Client, meeting: Meeting, an: Member
) -> None:
    mark_presence(
        meeting, actor=world.actor(Post.CELL_DEPUTY, world.cell5), member=an, presence="excused", reason="Ốm"
    )
    body = post_line(page, meeting, an, presence="present", seen=0).content.decode()
    assert "vừa điểm danh" in body
    assert f'name="{an.pk}-seen" value="1"' in body
    assert Attendance.objects.get().reason == "Ốm"
    post_line(page, meeting, an, presence="present", seen=1)
    assert Attendance.objects.get().presence == "present"


def test_without_scripts_the_second_of_two_is_told_what_the_first_wrote_and_keeps_what_they_typed(
    world: World, page: Client, meeting: Meeting, an: Member
) -> None:
    deputy = world.actor(Post.CELL_DEPUTY, world.cell5)
    mark_presence(meeting, actor=deputy, member=an, presence="excused", reason="Ốm nặng")
    answer = post_line(page, meeting, an, htmx=False, presence="excused", reason="Đi công tác", seen=0)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Vắng có lý do – Ốm nặng" in body
    assert 'value="Đi công tác"' in body
    assert Attendance.objects.get().reason == "Ốm nặng"
    assert f'name="{an.pk}-seen" value="1"' in body
    assert (
        post_line(page, meeting, an, htmx=False, presence="excused", reason="Đi công tác", seen=1).status_code == 302
    )
    assert Attendance.objects.get().reason == "Đi công tác"


def test_a_whole_roll_tells_of_every_line_that_others_wrote_and_of_none_it_writes_over_unseen(
    world: World, page: Client, meeting: Meeting, an: Member
) -> None:
    deputy, bao = world.actor(Post.CELL_DEPUTY, world.cell5), world.member(world.cell5, "Trần Văn Bảo")
    for one in (an, bao):
        mark_presence(meeting, actor=deputy, member=one, presence="excused", reason="Ốm")
    typed = {
        f"{one.pk}-{name}": value for one in (an, bao) for name, value in (("presence", "present"), ("seen", "0"))
    }
    body = page.post(reverse("meetings:roll", args=[meeting.pk]), typed).content.decode()
    assert body.count("vừa điểm danh đồng chí") == 2
    assert set(Attendance.objects.values_list("reason", flat=True)) == {"Ốm"}
    assert f'name="{bao.pk}-seen" value="1"' in body
    wrong = {**typed, f"{an.pk}-presence": "không rõ"}
    body = page.post(reverse("meetings:roll", args=[meeting.pk]), wrong).content.decode()
    assert f'name="{bao.pk}-seen" value="0"' in body, "told of nothing, one knows of nothing"


def test_the_rest_are_present_with_one_press(world: World, page: Client, meeting: Meeting, an: Member) -> None:
    away = world.member(world.cell5, "Phạm Thị Xa")
    data = {f"{away.pk}-presence": "excused", f"{away.pk}-reason": "Công tác", "rest": "1"}
    assert page.post(reverse("meetings:roll", args=[meeting.pk]), data).status_code == 302
    assert {a.member_id: a.presence for a in Attendance.objects.all()} == {an.pk: "present", away.pk: "excused"}


def test_a_refused_roll_keeps_what_was_marked(page: Client, meeting: Meeting, an: Member) -> None:
    data = {f"{an.pk}-presence": "exempt", f"{an.pk}-reason": "Tuổi cao"}
    answer = page.post(reverse("meetings:roll", args=[meeting.pk]), data)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "không thuộc diện" in body
    assert "Tuổi cao" in body
    assert not Attendance.objects.exists()


def test_a_stranger_of_the_cell_has_no_line(world: World, page: Client, meeting: Meeting) -> None:
    assert post_line(page, meeting, world.member(world.cell7), presence="present").status_code == 404


@pytest.mark.parametrize("name", ["meeting", "roll", "minutes"])
def test_pages_take_as_many_queries_for_thirty_as_for_one(
    world: World, page: Client, meeting: Meeting, name: str
) -> None:
    counts = []
    for size in (1, 2, 27):
        world.members(world.cell5, size)
        with CaptureQueriesContext(connection) as queries:
            assert page.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1, counts


def test_lists_take_as_many_queries_for_ten_meetings_as_for_one(world: World, browser_of) -> None:
    page, counts = browser_of(world.clerk), []
    for months in (range(1, 2), range(2, 11)):
        for month in months:
            convene_meeting(world.cell5, actor=world.secretary, held_on=date(2025, month, 5))
        for unit in (world.ward, world.cell5):
            with CaptureQueriesContext(connection) as queries:
                page.get(reverse("meetings:index", args=[unit.pk, "2025"]))
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


# -------------------------------------------------------------------------------------------- minutes


def test_an_item_is_noted_and_a_stale_note_shows_both_texts(page: Client, meeting: Meeting) -> None:
    item = meeting.agenda.get(order=2)
    address, headers = reverse("meetings:note", args=[item.pk]), {"HX-Request": "true"}
    data = {f"{item.pk}-title": item.title, f"{item.pk}-notes": "Chỉ thị 07", f"{item.pk}-seen_version": "0"}
    assert page.post(address, data, headers=headers).status_code == 200
    answer = page.post(address, {**data, f"{item.pk}-notes": "Nghị quyết 57"}, headers=headers)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Nghị quyết 57" in body
    assert "Chỉ thị 07" in body
    item.refresh_from_db()
    assert item.notes == "Chỉ thị 07"


def test_minutes_are_proposed_kept_as_a_draft_and_closed(
    world: World, page: Client, meeting: Meeting, an: Member
) -> None:
    address = reverse("meetings:minutes", args=[meeting.pk])
    assert "Tổng số đảng viên: 1" in page.get(address).content.decode()
    page.post(address, {"minutes": "Bản nháp", "seen_version": "0"})
    assert "Bản nháp" in page.get(address).content.decode()
    refused = page.post(
        reverse("meetings:minutes", args=[meeting.pk]),
        {"close": "1", "minutes": "Bản cuối", "closed_on": "5/11/2025"},
    )
    assert refused.status_code == 422
    assert "Chưa điểm danh: Nguyễn Văn An" in refused.content.decode()
    assert "Bản cuối" in refused.content.decode()
    call_roll(meeting, actor=world.secretary, presences={an.pk: ("present", "")})
    Meeting.objects.update(chair=an, recorder=an)
    page.post(
        reverse("meetings:minutes", args=[meeting.pk]),
        {"close": "1", "minutes": "Bản cuối", "closed_on": "5/11/2025"},
    )
    assert Meeting.objects.get().state == "closed"


def test_before_its_day_a_meeting_is_prepared_and_nobody_is_present(
    page: Client, meeting: Meeting, an: Member, monkeypatch
) -> None:
    record, roll = (reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("meeting", "roll"))
    assert 'name="rest"' in page.get(roll).content.decode()
    monkeypatch.setattr("chibo.meetings.views.localdate", lambda: HELD - timedelta(days=1))
    main = f'<a class="button button-main" href="{reverse("meetings:prepare", args=[meeting.pk])}"'
    assert main in page.get(record).content.decode()
    ahead = page.get(roll).content.decode()
    assert 'name="rest"' not in ahead
    assert "Đến ngày 05/11/2025 mới điểm danh" in ahead


def test_closed_minutes_are_read_and_corrected(world: World, page: Client, meeting: Meeting, an: Member) -> None:
    close(world, meeting, an)
    page.post(
        reverse("meetings:correct", args=[meeting.pk]), {"text": "Bổ sung khách dự.", "corrected_on": "9/11/2025"}
    )
    assert Correction.objects.get().text == "Bổ sung khách dự."
    body = page.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
    assert "Phê bình đồng chí X" in body
    assert "Bổ sung khách dự." in body


def test_the_closing_day_is_not_in_the_future(world: World, page: Client, meeting: Meeting, an: Member) -> None:
    call_roll(meeting, actor=world.secretary, presences={an.pk: ("present", "")})
    Meeting.objects.update(chair=an, recorder=an)
    answer = page.post(
        reverse("meetings:minutes", args=[meeting.pk]), {"close": "1", "minutes": "Xong", "closed_on": "1/1/2199"}
    )
    assert "ở sau hôm nay" in answer.content.decode()
    assert Meeting.objects.get().state == "convened"


@pytest.mark.parametrize(("kind", "head"), [("docx", b"PK"), ("pdf", b"%PDF")])
@pytest.mark.parametrize("closed", [False, True])
def test_x_04_minutes_go_out_as_an_official_paper(
    world: World, page: Client, meeting: Meeting, an: Member, kind: str, head: bytes, closed: bool
) -> None:
    if closed:
        close(world, meeting, an)
    answer = page.get(reverse("meetings:minutes", args=[meeting.pk]) + f"?format={kind}")
    assert answer.content.startswith(head)
    assert answer["Content-Disposition"].startswith("attachment")
