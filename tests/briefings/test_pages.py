"""The pages of briefings: happy, strange, refused, and as many queries for thirty as for one."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from chibo.access.charter import Post
from chibo.briefings.actions import write_return
from chibo.briefings.models import Briefing, Return
from chibo.briefings.rules import Rhythm
from chibo.meetings.rules import MeetingState
from chibo.tasks.models import Task
from chibo.units.actions import found_unit
from chibo.units.rules import CellKind, Level
from tests.briefings.cast import DUE, HELD, WORK, called, chairs, concluded, directed, return_of, sent
from tests.world import LONG_AGO, World


@pytest.fixture
def briefing(world: World) -> Briefing:
    return called(world)


@pytest.fixture
def coming(world: World) -> Briefing:
    """A briefing that is still to be held."""
    day = localdate() + timedelta(days=5)
    return called(world, day, reviewed_first=day - timedelta(days=40), reviewed_last=day - timedelta(days=10))


def body(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"briefings:{name}", args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


# ------------------------------------------------------------------------------------------------- lists


def test_everybody_comes_to_their_own_list(world: World, browser_of) -> None:
    for actor, unit in ((world.clerk, world.ward), (world.secretary, world.cell5)):
        answer = browser_of(actor).get(reverse("briefings:start"))
        assert answer.url.startswith(f"/briefings/{unit.pk}/20")
    assert browser_of(world.own(world.member(world.cell5, account=True))).get("/briefings/").status_code == 404


def test_a_ward_sees_its_briefings_and_a_cell_its_returns(world: World, browser_of, briefing: Briefing) -> None:
    ret = sent(world, briefing)
    directed(world, briefing)
    ward = body(browser_of(world.clerk), "index", world.ward.pk, "2026")
    assert "1/2" in ward
    assert reverse("briefings:briefing", args=[briefing.pk]) in ward
    cell = body(browser_of(world.secretary), "index", world.cell5.pk, "2026")
    assert "Đã gửi 03/09" in cell
    assert WORK in cell
    assert str(ret) not in body(browser_of(world.secretary7), "index", world.cell7.pk, "2026")


def test_an_empty_list_shows_the_next_step(world: World, browser_of) -> None:
    assert reverse("briefings:call", args=[world.ward.pk]) in body(
        browser_of(world.clerk), "index", world.ward.pk, "2020"
    )
    assert "hạn gửi báo cáo" in body(browser_of(world.secretary), "index", world.cell5.pk, "2020")


def test_lists_and_the_sheet_go_out_as_workbooks(world: World, browser_of, briefing: Briefing) -> None:
    sent(world, briefing)
    district = world.actor(Post.INSPECTOR, world.district)
    for actor, unit in ((world.clerk, world.ward), (world.secretary, world.cell5), (district, world.district)):
        answer = browser_of(actor).get(reverse("briefings:index", args=[unit.pk, "2026"]) + "?format=xlsx")
        assert answer.content.startswith(b"PK")
    answer = browser_of(world.clerk).get(reverse("briefings:briefing", args=[briefing.pk]) + "?format=xlsx")
    assert answer.content.startswith(b"PK")


# ------------------------------------------------------------------------------------------- strangers

PAGES = ("briefing", "arrange", "screen", "conclude", "notice")


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(world: World, browser_of, briefing: Briefing, name: str) -> None:
    plain = world.own(world.member(world.cell5, account=True))
    for who in (world.stranger, plain):
        assert browser_of(who).get(reverse(f"briefings:{name}", args=[briefing.pk])).status_code == 404


@pytest.mark.parametrize("name", ["call_off", "direct"])
def test_a_stranger_changes_nothing(world: World, browser_of, briefing: Briefing, name: str) -> None:
    for who in (world.stranger, world.secretary7):
        assert browser_of(who).post(reverse(f"briefings:{name}", args=[briefing.pk])).status_code == 404
    assert Briefing.objects.get().version == 0


def test_a_cell_reads_its_own_return_and_no_other(world: World, browser_of, briefing: Briefing) -> None:
    sent(world, briefing, results="Việc riêng của năm")
    sent(world, briefing, world.cell7, results="Việc riêng của bảy")
    directed(world, briefing, title="Lập danh sách riêng cho chi bộ bảy", units=[world.cell7])
    mine = body(browser_of(world.secretary), "briefing", briefing.pk)
    assert "Việc riêng của năm" in mine
    assert "chi bộ bảy" not in mine
    assert "của bảy" not in mine
    other = return_of(briefing, world.cell7)
    assert browser_of(world.secretary).get(reverse("briefings:ret", args=[other.pk])).status_code == 404
    answer = browser_of(world.secretary).get(reverse("briefings:briefing", args=[briefing.pk]) + "?format=xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.values)
    assert [row[0] for row in rows if row[0] in {"Chi bộ 5", "Chi bộ 7"}] == ["Chi bộ 5"]
    for name in ("screen", "conclude", "arrange"):
        assert browser_of(world.secretary).get(reverse(f"briefings:{name}", args=[briefing.pk])).status_code == 404


def test_nobody_above_reads_a_draft(world: World, browser_of, briefing: Briefing) -> None:
    ret = return_of(briefing, world.cell5)
    write_return(ret, actor=world.secretary, results="Còn đang viết dở", next_tasks="")
    assert browser_of(world.ward_secretary).get(reverse("briefings:ret", args=[ret.pk])).status_code == 404
    for name in ("briefing", "screen"):
        assert "Còn đang viết dở" not in body(browser_of(world.ward_secretary), name, briefing.pk)


# ----------------------------------------------------------------------------------------------- calling


def test_a_briefing_is_called_with_what_the_rhythm_gives(world: World, browser_of) -> None:
    answer = browser_of(world.clerk).post(
        reverse("briefings:call", args=[world.ward.pk]),
        {"rhythm": "weekly", "held_on": "24/8/2026", "starts_at": "8h00", "bodies": "Hội Phụ nữ\n\nĐoàn Thanh niên"},
    )
    briefing = Briefing.objects.get()
    assert answer.url == reverse("briefings:briefing", args=[briefing.pk])
    assert (briefing.reviewed_first, briefing.returns_due_on) == (date(2026, 8, 17), date(2026, 8, 23))
    assert briefing.returns.count() == 4
    assert "Hội Phụ nữ" in body(browser_of(world.clerk), "call", world.ward.pk), "the next one asks them again"


def test_a_refusal_stands_by_its_field_and_keeps_what_was_typed(world: World, browser_of, briefing: Briefing) -> None:
    answer = browser_of(world.clerk).post(
        reverse("briefings:call", args=[world.ward.pk]),
        {"rhythm": "monthly", "held_on": "5/9/2026", "place": "Phòng họp tầng hai"},
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "mỗi kỳ một lần giao ban" in text
    assert "Phòng họp tầng hai" in text
    assert Briefing.objects.count() == 1


def test_a_cell_may_not_open_the_form(world: World, browser_of) -> None:
    assert browser_of(world.secretary).get(reverse("briefings:call", args=[world.cell5.pk])).status_code == 403
    assert browser_of(world.secretary).get(reverse("briefings:call", args=[world.ward.pk])).status_code == 404


def test_a_briefing_is_moved_and_called_off(world: World, browser_of, briefing: Briefing) -> None:
    page = browser_of(world.clerk)
    url = reverse("briefings:arrange", args=[briefing.pk])
    fields = {"held_on": "8/9/2026", "returns_due_on": "9/9/2026", "seen_version": "0"}
    assert page.post(url, fields).status_code == 422
    assert page.post(url, fields | {"returns_due_on": "7/9/2026"}).status_code == 302
    answer = page.post(url, fields | {"returns_due_on": "6/9/2026"})
    assert "vừa có người sửa" in answer.content.decode()
    page.post(reverse("briefings:call_off", args=[briefing.pk]))
    assert not Briefing.objects.exists()


# ----------------------------------------------------------------------------------------------- returns


def test_a_cell_writes_keeps_sends_and_takes_back_its_return(world: World, browser_of, coming: Briefing) -> None:
    ret, page = return_of(coming, world.cell5), browser_of(world.secretary)
    url = reverse("briefings:ret", args=[ret.pk])
    page.post(url, {"results": "Đã làm", "next_tasks": ""})
    assert Return.objects.get(pk=ret.pk).sent_on is None
    assert "Đã làm" in page.get(url).content.decode()
    answer = page.post(url, {"results": "Đã làm", "next_tasks": "", "send": "1"})
    assert answer.status_code == 422
    assert "Hãy ghi nhiệm vụ kỳ tới." in answer.content.decode()
    page.post(url, {"results": "Đã làm", "next_tasks": "Sẽ làm", "cultivation": "20/22 kế hoạch", "send": "1"})
    assert Return.objects.get(pk=ret.pk).sent_on == localdate()
    read = page.get(url).content.decode()
    assert "20/22 kế hoạch" in read
    assert "quá sơ sài; chưa nêu hạn chế, khuyết điểm" in read  # S2-10, S2-11
    page.post(reverse("briefings:take_back", args=[ret.pk]))
    assert Return.objects.get(pk=ret.pk).sent_on is None


def test_a_weekly_return_asks_nothing_of_cultivation_and_shortcomings(world: World, browser_of) -> None:
    ret = return_of(called(world, rhythm=Rhythm.WEEKLY), world.cell5)
    page = browser_of(world.secretary).get(f"/briefings/returns/{ret.pk}/").content.decode()
    assert [name for name in ("cultivation", "shortcomings", "causes") if f'name="{name}"' in page] == []


def test_a_return_begins_with_the_cells_tasks(world: World, browser_of, briefing: Briefing) -> None:
    directed(world, briefing)
    late = directed(world, briefing, title="Lập biên bản 3 hộ lấn chiếm vỉa hè")
    Task.objects.filter(pk=late.pk).update(assigned_on=date(2026, 7, 1), due_on=date(2026, 8, 15))
    shown = (
        browser_of(world.secretary).get(f"/briefings/returns/{return_of(briefing, world.cell5).pk}/").content.decode()
    )
    assert f"- {WORK} (hạn 20/09/2026)" in shown
    assert "vỉa hè: quá hạn từ ngày 15/08/2026" in shown


def test_the_clerk_enters_for_a_cell_without_a_computer(world: World, browser_of, briefing: Briefing) -> None:
    ret = return_of(briefing, world.cell5)
    browser_of(world.clerk).post(f"/briefings/returns/{ret.pk}/", {"results": "a", "next_tasks": "b", "send": "1"})
    ret.refresh_from_db()
    assert ret.entered_by == world.clerk.user
    assert (
        "Trần Thị Văn Phòng nhập" in browser_of(world.secretary).get(f"/briefings/returns/{ret.pk}/").content.decode()
    )


# ------------------------------------------------------------------------------------------------- sheet


def test_who_has_not_sent_stands_on_top_with_the_days(world: World, browser_of, briefing: Briefing) -> None:
    sent(world, briefing)
    shown = body(browser_of(world.clerk), "briefing", briefing.pk)
    assert "Chưa gửi, quá hạn" in shown
    assert shown.index("Chưa gửi báo cáo") < shown.index("Đã thu đảng phí quý III")


def test_a_direction_is_given_on_the_sheet_and_a_vague_one_is_refused_there(
    world: World, browser_of, briefing: Briefing
) -> None:
    page, url = browser_of(world.clerk), reverse("briefings:direct", args=[briefing.pk])
    answer = page.post(
        url, {"title": "Tiếp tục tăng cường lãnh đạo", "doer": f"u{world.cell5.pk}", "due_on": "20/9/2026"}
    )
    assert answer.status_code == 422
    assert "Tiếp tục tăng cường lãnh đạo" in answer.content.decode()
    assert page.post(url, {"title": WORK, "due_on": "20/9/2026", "measure": "danh sách"}).status_code == 422
    for doer in ("all", f"u{world.cell5.pk}", f"m{chairs(world)[0].pk}"):
        given = page.post(url, {"title": WORK, "doer": doer, "due_on": "20/9/2026", "measure": "danh sách"})
        assert given.status_code == 302, given.content.decode()
    assert list(briefing.directions.values_list("told", flat=True)) == [
        "Các chi bộ", "Các chi bộ", "Chi bộ 5", "Lê Văn Chủ Trì"
    ]  # fmt: skip
    assert "(0/2)" in body(page, "briefing", briefing.pk)


def test_the_screen_names_no_comrade_and_nobodys_cultivation(world: World, browser_of, briefing: Briefing) -> None:
    sent(world, briefing, cultivation="Đồng chí A nêu gương")
    chair, _recorder = chairs(world)
    directed(world, briefing, units=[], doer=chair)
    shown = body(browser_of(world.ward_secretary), "screen", briefing.pk)
    assert "Đã thu đảng phí quý III" in shown
    assert "giao cá nhân" in shown
    assert "nêu gương" not in shown
    assert chair.full_name not in shown


@pytest.mark.parametrize("name", ["briefing", "screen", "conclude"])
def test_as_many_queries_for_thirty_cells_as_for_one(world: World, browser_of, name: str) -> None:
    client, counts = browser_of(world.clerk), []
    day = date(2026, 1, 5)
    for cells in (0, 2, 28):
        for number in range(cells):
            key = f"x-{cells}-{number}"
            found_unit(
                world.ward, actor=world.clerk, name=f"Chi bộ {key}", level=Level.CELL, key=key, on=LONG_AGO,
                cell_kind=CellKind.RESIDENTIAL,
            )  # fmt: skip
        before = called(world, day, rhythm=Rhythm.WEEKLY)
        directed(world, before, due_on=day + timedelta(days=40), units=[ret.unit for ret in before.returns.all()])
        briefing = called(world, day + timedelta(days=7), rhythm=Rhythm.WEEKLY)
        for ret in briefing.returns.select_related("unit"):
            if ret.unit != world.cell7:
                sent(world, briefing, ret.unit, on=day)
        directed(world, briefing, due_on=day + timedelta(days=40), units=[ret.unit for ret in briefing.returns.all()])
        Task.objects.filter(direction__briefing=before).update(state="done", done_on=day)
        url = reverse(f"briefings:{name}", args=[briefing.pk])
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(url)
        counts.append(len(asked))
        day += timedelta(days=21)
    assert len(set(counts)) == 1, counts


def test_as_many_queries_for_thirty_briefings_as_for_one(world: World, browser_of) -> None:
    counts = []
    day = date(2026, 1, 5)
    for more in (1, 2, 27):
        for _n in range(more):
            sent(world, called(world, day, rhythm=Rhythm.WEEKLY), on=day)
            day += timedelta(days=7)
        asked = []
        for who, unit in ((world.clerk, world.ward), (world.secretary, world.cell5)):
            client, url = browser_of(who), reverse("briefings:index", args=[unit.pk, "2026"])
            client.get(url)
            with CaptureQueriesContext(connection) as captured:
                client.get(url)
            asked.append(len(captured))
        counts.append(tuple(asked))
    assert len(set(counts)) == 1, counts


# -------------------------------------------------------------------------------------------- conclusion


def test_minutes_are_composed_kept_and_concluded(world: World, browser_of, briefing: Briefing) -> None:
    sent(world, briefing)
    directed(world, briefing)
    page, url = browser_of(world.clerk), reverse("briefings:conclude", args=[briefing.pk])
    shown = page.get(url).content.decode()
    for told in (
        "Đã gửi 1/2 báo cáo, đúng hạn 1.",
        "Chưa gửi: Chi bộ 7.",
        "Đã thu đảng phí quý III",
        WORK,
        "Chủ trì: đồng chí Lê Văn Chủ Trì.",
    ):
        assert told in shown
    assert page.post(url, {"minutes": "Nháp của văn phòng"}).status_code == 302
    assert "Nháp của văn phòng" in page.get(url).content.decode()
    assert "Đã gửi 1/2" in page.get(url + "?compose=1").content.decode()
    refused = page.post(url, {"minutes": "Nháp", "closed_on": "1/9/2026", "conclude": "1"})
    assert refused.status_code == 422
    page.post(url, {"minutes": "Biên bản đầy đủ", "closed_on": "4/9/2026", "ends_at": "10:00", "conclude": "1"})
    briefing.meeting.refresh_from_db()
    assert briefing.meeting.state == MeetingState.CLOSED
    assert "Biên bản đầy đủ" in page.get(url).content.decode()
    correct = reverse("briefings:correct", args=[briefing.pk])
    assert page.post(correct, {"text": "Thêm một ý", "corrected_on": "1/9/2026"}).status_code == 422
    assert page.post(correct, {"text": "Thêm một ý", "corrected_on": "6/9/2026"}).status_code == 302
    assert "Ngày 06/09/2026: Thêm một ý" in page.get(url).content.decode()


def test_minutes_and_notice_go_out_as_papers(world: World, browser_of, briefing: Briefing) -> None:
    sent(world, briefing)
    directed(world, briefing)
    for suffix, magic in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert (
            browser_of(world.clerk)
            .get(f"/briefings/{briefing.pk}/conclude/?format={suffix}")
            .content.startswith(magic)
        )
    concluded(world, briefing)
    for suffix, magic in (("docx", b"PK"), ("pdf", b"%PDF")):
        for name in ("conclude", "notice"):
            answer = browser_of(world.clerk).get(f"/briefings/{briefing.pk}/{name}/?format={suffix}")
            assert answer.content.startswith(magic)
            assert "attachment" in answer["Content-Disposition"]


def test_every_cell_reads_the_notice_once_it_is_concluded_and_never_the_minutes(
    world: World, browser_of, briefing: Briefing
) -> None:
    sent(world, briefing, world.cell7, results="Việc riêng của bảy")
    directed(world, briefing, units=[world.cell7])
    notice = reverse("briefings:notice", args=[briefing.pk])
    assert browser_of(world.secretary).get(notice).status_code == 404
    concluded(world, briefing)
    shown = browser_of(world.secretary).get(notice).content.decode()
    assert WORK in shown
    assert "của bảy" not in shown
    assert browser_of(world.secretary).get(reverse("briefings:conclude", args=[briefing.pk])).status_code == 404


def test_the_clock_of_the_tests_is_after_the_briefing() -> None:
    """The dates of the cast are in the past, as these pages take them to be."""
    assert localdate() > HELD > DUE
