"""The desk of each post, the ward's board, the cell's book, the journal and the search of the house."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from chibo.access.charter import Post
from chibo.core.registry import MOST_HITS, Errand, Hit, Manifest, registry
from chibo.desk.selectors import changes_for, desk_of, found_by
from chibo.members.actions import appoint
from chibo.members.selectors.offers import errands_of as errands_of_members
from chibo.plans.actions import evaluate_cell
from chibo.plans.selectors.offers import errands_of_plans
from chibo.programmes.actions import launch_programme
from chibo.units.actions import rename_unit
from chibo.units.selectors import errands_of as errands_of_units
from tests.figures.cast import cells, meet, told
from tests.plans.cast import registered
from tests.world import World

YEAR = "2020"


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def at(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def queries(browser, where: str) -> int:
    with CaptureQueriesContext(connection) as found:
        text(browser.get(where))
    return len(found)


@pytest.fixture
def offering(monkeypatch):
    """Let an invented app offer errands or finds."""

    def offer(**what: object) -> None:
        monkeypatch.setitem(registry.manifests, "invented", Manifest(**what))

    return offer


# ------------------------------------------------------------------------------------------------ desk


@pytest.mark.parametrize("who", ["clerk", "ward_secretary", "inspector", "secretary"])
def test_every_post_has_its_desk(world: World, browser_of, who: str) -> None:
    page = text(browser_of(getattr(world, who)).get(at("home")))
    for part in ("Đang chờ đồng chí", "Sắp tới (14 ngày)", "Từ lần xem trước", "Việc còn thiếu"):
        assert part in page
    assert page.count("button-main") <= 1


def test_a_member_without_post_has_a_desk_of_their_own(world: World, browser_of) -> None:
    page = text(browser_of(world.own(world.member(world.cell5, account=True))).get(at("home")))
    assert "Kế hoạch tu dưỡng của tôi" in page
    assert "Việc còn thiếu" not in page
    assert reverse("desk:board_start") not in page


def test_somebody_without_any_record_has_a_desk(world: World, browser_of) -> None:
    from chibo.access.selectors import actor_of

    assert "Không có việc nào đang chờ." in text(browser_of(actor_of(world.account("Khách"))).get(at("home")))


def test_at_most_seven_lines_wait_in_sight_the_late_first(world: World, offering) -> None:
    now = timezone.now()
    today = timezone.localdate(now)
    late = [Errand(f"việc {n}", "Làm", "/", due=today - timedelta(days=n)) for n in range(9)]
    soon = Errand("sắp", "Làm", "/", due=today + timedelta(days=14))
    far = Errand("xa", "Làm", "/", due=today + timedelta(days=15))
    offering(errands=(lambda actor, day: [*late, Errand("không hạn", "Làm", "/"), soon, far],))
    desk = desk_of(world.inspector, now)
    assert [e.text for e in desk.waiting] == [f"việc {n}" for n in range(8, 1, -1)]
    assert [e.text for e in desk.more_waiting] == ["việc 1", "việc 0", "không hạn"]
    assert [e.text for e in desk.coming] == ["sắp"]


def test_one_line_is_the_main_thing_to_do(world: World, browser_of, offering) -> None:
    today = timezone.localdate()
    offering(errands=(lambda actor, day: [Errand(f"việc {n}", "Làm", "/", due=today) for n in range(9)],))
    page = text(browser_of(world.inspector).get(at("home")))
    assert page.count("button-main") == 1
    assert "và 2 việc nữa" in page
    assert "Hôm nay" in page


def test_what_changed_is_what_others_did_since_one_last_looked(world: World, browser_of) -> None:
    now, cell = timezone.now() + timedelta(minutes=1), world.cell5
    reader = world.secretary
    member = world.member(cell, "Người Được Bầu")
    appoint(cell, actor=world.clerk, member=member, post=Post.CELL_COMMITTEE, valid_from=date(2020, 1, 1))
    changes = [change for change in changes_for(reader, now) if change.entry.user == world.clerk.user]
    assert [(change.entry.verb, change.times, change.place) for change in changes] == [
        ("members.appoint", 1, "Chi bộ 5")
    ]
    page = text(browser_of(reader).get(at("home")))
    assert "Trần Thị Văn Phòng" in page
    browser_of(reader).post(at("looked"))
    reader.user.refresh_from_db()
    assert changes_for(reader, now) == []
    assert changes_for(world.clerk, now) == [
        c for c in changes_for(world.clerk, now) if c.entry.user != world.clerk.user
    ]


def test_who_may_not_read_the_journal_is_not_told_what_others_did(world: World) -> None:
    follower = world.actor(Post.FOLLOWER, world.cell5)
    rename_unit(world.cell5, actor=world.clerk, name="Chi bộ 5 mới", on=date(2020, 1, 1))
    assert changes_for(follower, timezone.now() + timedelta(minutes=1)) == []


def test_looking_is_only_posted(world: World, browser_of) -> None:
    assert browser_of(world.secretary).get(at("looked")).status_code == 405


def test_the_desk_asks_equally_many_queries_for_few_and_many_cells(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    few = queries(browser, at("home"))
    cells(world, 30)
    assert queries(browser, at("home")) == few


# ------------------------------------------------------------------------------------------------ board


def test_a_square_of_the_board_opens_its_rows_and_a_cell_its_book(world: World, browser_of) -> None:
    told(world, 2020)
    page = text(browser_of(world.clerk).get(at("board", world.ward.pk, YEAR)))
    assert reverse("figures:figure", args=["meetings.attendance", world.cell5.pk, "2020-03"]) in page
    assert "80% (20/25)".replace("%", " %") in page
    assert at("book", world.cell5.pk, YEAR) in page
    assert "Còn trống" in page


def test_the_board_shows_the_figure_that_is_asked_for(world: World, browser_of) -> None:
    told(world, 2020)
    browser = browser_of(world.clerk)
    page = text(browser.get(at("board", world.ward.pk, YEAR) + "?figure=plans.having"))
    assert reverse("figures:figure", args=["plans.having", world.cell5.pk, "2020-12"]) in page
    assert text(browser.get(at("board", world.ward.pk, YEAR) + "?figure=nothing"))


def test_a_cells_own_board_has_its_figures_over_the_months(world: World, browser_of) -> None:
    told(world, 2020)
    page = text(browser_of(world.secretary).get(at("board", world.cell5.pk, YEAR)))
    for code in ("meetings.attendance", "plans.having", "plans.evaluated"):
        assert reverse("figures:figure", args=[code, world.cell5.pk, "2020-03"]) in page


def test_a_ward_without_cells_is_told_so(world: World, browser_of) -> None:
    page = text(browser_of(world.clerk).get(at("board", world.ward.pk, "2005")))
    assert "Chưa có chi bộ nào ở đây" in page


@pytest.mark.parametrize("figure", ["meetings.attendance", "plans.having", "plans.evaluated"])
def test_the_board_asks_equally_many_queries_for_few_and_many_cells(world: World, browser_of, figure: str) -> None:
    told(world, 2020)
    browser, where = browser_of(world.clerk), at("board", world.ward.pk, YEAR) + f"?figure={figure}"
    few = queries(browser, where)
    cells(world, 30)
    assert queries(browser, where) == few


# ------------------------------------------------------------------------------------------------ book


def test_the_book_tells_the_year_of_a_cell(world: World, browser_of) -> None:
    told(world, 2020)
    hoa = world.member(world.cell5, "Nguyễn Thị Hoa Sen")
    appoint(world.cell5, actor=world.clerk, member=hoa, post=Post.CELL_SECRETARY, valid_from=date(2020, 1, 1))
    page = text(browser_of(world.secretary).get(at("book", world.cell5.pk, YEAR)))
    assert "Nguyễn Thị Hoa Sen" in page
    assert "có mặt 20/25" in page
    assert page.index("Tháng 3/2020") < page.index("Tháng 1/2020")
    assert reverse("figures:figure", args=["plans.having", world.cell5.pk, YEAR]) in page


def test_an_empty_book_says_how_to_begin_to_who_can_begin(world: World, browser_of) -> None:
    where = at("book", world.cell5.pk, YEAR)
    assert reverse("meetings:convene", args=[world.cell5.pk]) in text(browser_of(world.secretary).get(where))
    assert reverse("meetings:convene", args=[world.cell5.pk]) not in text(browser_of(world.clerk).get(where))


def test_the_wards_shelf_leads_to_every_book_and_number(world: World, browser_of) -> None:
    told(world, 2020)
    page = text(browser_of(world.clerk).get(at("book", world.ward.pk, YEAR)))
    for cell in (world.cell5, world.cell7):
        assert at("book", cell.pk, YEAR) in page
        assert reverse("figures:figure", args=["plans.having", cell.pk, YEAR]) in page
    assert "96 % (24/25)" in page


def test_book_and_shelf_ask_equally_many_queries_for_few_and_many(world: World, browser_of) -> None:
    people = told(world, 2020)
    browser = browser_of(world.clerk)
    few = [queries(browser, at("book", unit.pk, YEAR)) for unit in (world.cell5, world.ward)]
    cells(world, 30)
    for month in range(4, 12):
        meet(world.cell5, date(2020, month, 1), people)
    assert [queries(browser, at("book", unit.pk, YEAR)) for unit in (world.cell5, world.ward)] == few


@pytest.mark.parametrize("name", ["board", "book"])
def test_strangers_find_neither_board_nor_book(world: World, browser_of, client, name: str) -> None:
    where = at(name, world.cell5.pk, YEAR)
    assert client.get(where).status_code == 302
    member = world.own(world.member(world.cell5, account=True))
    for actor in (world.secretary7, world.stranger, member):
        assert browser_of(actor).get(where).status_code == 404
    assert browser_of(member).get(at(f"{name}_start")).status_code == 404
    assert browser_of(world.secretary).get(at(f"{name}_start")).url.startswith(f"/{name}/{world.cell5.pk}/")


# ---------------------------------------------------------------------------------------------- journal


def test_the_journal_says_who_did_what_where_to_whom_it_concerns(world: World, browser_of) -> None:
    rename_unit(world.cell7, actor=world.clerk, name="Chi bộ Bảy", on=date(2020, 1, 1))
    assert "Chi bộ Bảy" in text(browser_of(world.inspector).get(at("journal")))
    assert "Trần Thị Văn Phòng" in text(browser_of(world.secretary7).get(at("journal")))
    assert "Trần Thị Văn Phòng" not in text(browser_of(world.secretary).get(at("journal")))
    assert "Trần Thị Văn Phòng" not in text(browser_of(world.stranger).get(at("journal")))


def test_a_member_reads_what_they_did_and_what_was_done_to_their_file(world: World, browser_of) -> None:
    an = world.member(world.cell5, "Nguyễn Văn An", account=True)
    appoint(world.cell5, actor=world.clerk, member=an, post=Post.CELL_COMMITTEE, valid_from=date(2020, 1, 1))
    page = text(browser_of(world.own(world.member(world.cell5, "Trần Văn Bình", account=True))).get(at("journal")))
    assert "Nguyễn Văn An" not in page
    assert "Trần Thị Văn Phòng" not in page


def test_a_member_reads_what_the_cell_did_to_their_plan_and_nothing_of_anybody_else_s(
    world: World, browser_of
) -> None:
    an, binh = (world.member(world.cell5, name, account=True) for name in ("Nguyễn Văn An", "Trần Văn Bình"))
    plans = [registered(world, member, actor=world.secretary) for member in (an, binh)]
    meeting = meet(world.cell5, date(2026, 3, 1), [])
    evaluate_cell(meeting, actor=world.secretary, entries={plans[0].pk: {"level": "good"}})
    told, silent = (text(browser_of(world.own(member)).get(at("journal"))) for member in (an, binh))
    assert "đăng ký kế hoạch" in told
    assert "Nguyễn Văn An 2026" in told
    assert "Trần Văn Bình" not in told
    assert str(meeting) in told, "what was written of many at once is told too"
    assert str(meeting) not in silent
    changes = [
        change.entry.subject_label for change in changes_for(world.own(an), timezone.now() + timedelta(days=1))
    ]
    assert "Nguyễn Văn An 2026" in changes


def test_the_journal_goes_out_to_excel_with_the_columns_of_the_page(world: World, browser_of) -> None:
    rename_unit(world.cell5, actor=world.clerk, name="=1+1", on=date(2020, 1, 1))
    response = browser_of(world.secretary).get(at("journal") + "?format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    rows = [row for row in book.active.iter_rows(values_only=True) if any(row)]
    assert rows[1] == ("Lúc", "Ai", "Việc", "Đối tượng", "Ở đâu")
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_the_journal_asks_equally_many_queries_for_few_and_many_lines(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    few = queries(browser, at("journal"))
    cells(world, 30)
    assert queries(browser, at("journal")) == few


# ----------------------------------------------------------------------------------------------- search


def test_the_house_is_searched_by_kind_with_or_without_accents(world: World, browser_of) -> None:
    world.member(world.cell5, "Đặng Thị Số")
    found = dict(found_by(world.clerk, "dang"))
    assert next(iter(found)) in {"Tổ chức", "Đảng viên"}
    assert [str(hit.label) for hit in found["Đảng viên"]] == ["Đặng Thị Số"]
    assert "Đảng số" in [str(hit.label) for hit in found["Số liệu"]]
    page = text(browser_of(world.clerk).get(at("search") + "?q=dang+thi"))
    assert "Đặng Thị Số" in page


def test_units_are_found_by_whom_they_concern_only(world: World) -> None:
    assert [hit.label for hit in dict(found_by(world.clerk, "chi bo 7"))["Tổ chức"]] == ["Chi bộ 7"]
    assert "Tổ chức" not in dict(found_by(world.secretary, "chi bo 7"))
    assert "Tổ chức" not in dict(found_by(world.stranger, "chi bo 7"))


def test_the_search_shows_nobody_more_than_they_see(world: World, browser_of) -> None:
    world.member(world.cell5, "Người Bí Mật")
    for actor in (world.secretary7, world.stranger, world.own(world.member(world.cell5, account=True))):
        assert found_by(actor, "bí mật") == []
    assert "Không tìm thấy" in text(browser_of(world.stranger).get(at("search") + "?q=<b>bí mật"))
    assert "<b>bí mật" not in text(browser_of(world.stranger).get(at("search") + "?q=<b>bí mật"))


def test_exact_matches_go_first_and_a_long_kind_is_folded(world: World, browser_of, offering) -> None:
    hits = [Hit("Thứ", f"vật {n}", "", "/", rank=9 - n) for n in range(10)]
    offering(finders=(lambda actor, words: hits,))
    kinds = dict(found_by(world.clerk, "vật"))
    assert [hit.label for hit in kinds["Thứ"]] == [f"vật {n}" for n in range(9, -1, -1)]
    page = text(browser_of(world.clerk).get(at("search") + "?q=vật"))
    assert "Thứ (10)" in page
    assert "Xem tất cả" in page
    assert set(re.findall(r'href="([^"]+)" aria-current="page"', page)) == {at("search")}


def test_a_kind_of_which_there_are_more_than_are_shown_says_so(world: World, browser_of) -> None:
    world.members(world.cell5, MOST_HITS + 2)
    page = text(browser_of(world.clerk).get(at("search") + "?q=dang+vien+so"))
    assert f"Đảng viên ({MOST_HITS}+)" in page
    assert "gõ thêm chữ" in page


def test_typing_asks_only_for_the_hits(world: World, browser_of) -> None:
    found = browser_of(world.clerk).get(at("search") + "?q=chi", headers={"HX-Request": "true"})
    assert "<h1>" not in text(found)
    assert "Chi bộ 5" in text(found)


@pytest.mark.parametrize("words", ["", "a", " ", "%", "\\", "'\";--", "x" * 500])
def test_odd_words_are_searched_for_without_harm(world: World, browser_of, words: str) -> None:
    from urllib.parse import quote

    text(browser_of(world.clerk).get(at("search") + f"?q={quote(words)}"))


def test_the_first_steps_are_asked_of_who_can_take_them(world: World) -> None:
    """A ward with cells and nobody in them: its clerk brings the list in; a secretary is asked nothing of that."""
    today = date(2026, 3, 1)
    assert list(errands_of_units(world.clerk, today)) == []
    assert [errand.verb for errand in errands_of_members(world.clerk, today)] == ["Nhập từ Excel"]
    assert list(errands_of_members(world.secretary, today)) == []
    world.member(world.cell5)
    assert list(errands_of_members(world.clerk, today)) == []
    assert [errand.verb for errand in errands_of_plans(world.clerk, today)] == ["Lập chương trình"]
    assert list(errands_of_plans(world.secretary, today)) == []
    launch_programme(world.ward, code="ct05", name="Chỉ thị 05", valid_from=date(2016, 5, 15), actor=world.clerk)
    assert [errand.verb for errand in errands_of_plans(world.clerk, today)] == ["Phát động"]
