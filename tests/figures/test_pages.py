"""The figure's pages: the number, what stands behind it, who is missing, and for whom there is no such page."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Can
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.rules import added_up
from chibo.figures.selectors import answer, by_cell, by_cell_and_month, found_by
from chibo.members.models import Member
from chibo.units.selectors import scope_of
from tests.figures.cast import cells, meet, register, told
from tests.world import World

HAVING = "plans.having"


def url(world: World, code: str = HAVING, unit=None, period: str = "2020", **query: str) -> str:
    tail = "&".join(f"{k}={v}" for k, v in query.items())
    return reverse("figures:figure", args=[code, (unit or world.ward).pk, period]) + (f"?{tail}" if tail else "")


def text(response) -> str:
    assert response.status_code == 200, response.status_code
    return response.content.decode()


def sheet(response) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return list(book.active.iter_rows(values_only=True))


def test_the_page_tells_number_base_range_and_rows(world: World, browser_of) -> None:
    told(world, 2020)
    page = text(browser_of(world.clerk).get(url(world)))
    for said in (
        "96,3",
        "26/27",
        "96 % (24/25)",
        "100 % (2/2)",
        "Giữa các chi bộ",
        "trừ người được miễn",
        "Chưa đăng ký",
    ):
        assert said in page, said


def test_who_is_missing_is_listed_by_name(world: World, browser_of) -> None:
    five = told(world, 2020)
    Member.objects.filter(pk=five[24].pk).update(full_name="Người Chưa Đăng Ký")
    browser = browser_of(world.secretary)
    assert "Người Chưa Đăng Ký" not in text(browser.get(url(world, unit=world.cell5)))
    assert "Người Chưa Đăng Ký" in text(browser.get(url(world, unit=world.cell5, show="missing")))


def test_a_line_of_a_breakdown_opens_its_rows(world: World, browser_of) -> None:
    world.members(world.cell5, 3)
    world.member(world.cell5, "Nữ Đảng Viên", sex="female")
    browser = browser_of(world.clerk)
    page = text(browser.get(url(world, "members.counted", by="member__sex", **{"is": "female"})))
    assert "Nữ Đảng Viên" in page
    assert "Đảng Viên Số 1" not in page
    assert "Đảng Viên Số 1" in text(browser.get(url(world, "members.counted", by="member__sex", **{"is": "x"})))
    assert "Đảng Viên Số 1" in text(browser.get(url(world, "members.counted", by="member__citizen_id", **{"is": ""})))


def test_lines_that_add_up_to_more_than_the_number_say_why(world: World, browser_of) -> None:
    both, one = told(world, 2020)[:2]
    page = url(world, "plans.having")
    young, retired = (world.group(name) for name in ("Đảng viên trẻ", "Nghỉ hưu"))
    both.groups.add(young)
    one.groups.add(retired)
    browser, words = browser_of(world.clerk), "Có người thuộc nhiều nhóm"
    assert words not in text(browser.get(page))
    both.groups.add(retired)
    assert words in text(browser.get(page))


def test_every_number_of_the_index_leads_to_its_figure(world: World, browser_of) -> None:
    told(world, 2020)
    page = text(browser_of(world.clerk).get(reverse("figures:index", args=[world.ward.pk, "2020"])))
    for figure in registry.each("figures"):
        assert (url(world, figure.code) in page) == world.clerk.may(Can(figure.can), world.ward), figure.code
    chapters = re.findall(r'class="chip" href="#([^"]+)"', page)
    assert len(chapters) > 9
    assert chapters == re.findall(r'<h2 id="([^"]+)"', page)[: len(chapters)], "each chapter is one click away"
    assert "27 + 0 = 27" in page
    assert "Khớp" in page


@pytest.mark.parametrize("code", [figure.code for figure in registry.each("figures")])
def test_x_03_every_figure_has_the_same_number_on_its_page_in_its_rows_and_in_its_workbook(
    world: World, browser_of, code: str
) -> None:
    told(world, 2020)
    figure = registry.named("figures", code)
    number = answer(figure, scope_of(world.ward, Period.of_year(2020)))
    browser = browser_of(world.clerk if world.clerk.may(Can(figure.can), world.ward) else world.ward_secretary)
    assert f">{number.percent or number.part}<" in text(browser.get(url(world, code)))
    head, *rows = [row for row in sheet(browser.get(url(world, code, format="xlsx"))) if any(row)][1:]
    assert head == tuple(str(column.label) for column in figure.columns)
    assert len(rows) == number.part
    if figure.counted and not figure.missing_can:  # else only for the cell: test_missing.py
        missing = sheet(browser.get(url(world, code, format="xlsx", show="missing")))
        assert len([row for row in missing if any(row)]) - 2 == number.base - number.part


def test_the_workbook_runs_no_formula(world: World, browser_of) -> None:
    Member.objects.filter(pk=world.member(world.cell5).pk).update(full_name='=HYPERLINK("http://x.vn")')
    response = browser_of(world.clerk).get(url(world, "members.counted", format="xlsx"))
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)


def test_the_rows_go_on_page_by_page(world: World, browser_of) -> None:
    world.members(world.cell5, 30)
    browser = browser_of(world.clerk)
    page = text(browser.get(url(world, "members.counted")))
    assert page.count("Đảng Viên Số") == 25
    after = page.split("after=")[1].split('"')[0].replace("&amp;", "&")
    assert text(browser.get(url(world, "members.counted", after=after))).count("Đảng Viên Số") == 5


def test_an_empty_figure_is_a_page_too(world: World, browser_of) -> None:
    page = text(browser_of(world.clerk).get(url(world)))
    assert "Không có dòng nào." in page


@pytest.mark.parametrize("page", ["index", "figure", "start"])
def test_strangers_find_no_figures(world: World, browser_of, client, page: str) -> None:
    where = {
        "index": reverse("figures:index", args=[world.cell5.pk, "2020"]),
        "figure": url(world, unit=world.cell5),
        "start": reverse("figures:start"),
    }[page]
    assert client.get(where).status_code == 302
    member = world.own(world.member(world.cell5, account=True))
    assert browser_of(member).get(where).status_code == 404
    if page != "start":
        assert browser_of(world.secretary7).get(where).status_code == 404
        assert browser_of(world.stranger).get(where).status_code == 404


def test_a_figure_that_does_not_exist_is_not_found(world: World, browser_of) -> None:
    assert browser_of(world.clerk).get(url(world, "plans.nothing")).status_code == 404


@pytest.mark.parametrize("code", [HAVING, "members.counted", "plans.evaluated"])
def test_equally_many_queries_for_few_and_many_rows_and_cells(world: World, browser_of, code: str) -> None:
    browser = browser_of(world.clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            text(browser.get(url(world, code)))
        return len(found)

    told(world, 2020)
    few = asked()
    register(campaign_of(world), [m for cell in cells(world, 30) for m in Member.objects.filter(unit=cell)])
    assert asked() == few


def campaign_of(world: World):
    from chibo.plans.models import Campaign

    return Campaign.objects.get()


@pytest.mark.parametrize("code", [figure.code for figure in registry.each("figures") if figure.board])
def test_the_board_adds_up_to_the_figure(world: World, code: str) -> None:
    told(world, 2020)
    meet(world.cell7, date(2020, 4, 1), list(Member.objects.filter(unit=world.cell7)), absent=1)
    figure, scope = registry.named("figures", code), scope_of(world.ward, Period.of_year(2020), date(2020, 12, 31))
    squares = by_cell_and_month(figure, scope)
    if not squares:  # the story tells nothing of it
        assert answer(figure, scope).part == 0
        return
    last = {pk: one for (pk, month), one in squares.items() if month == date(2020, 12, 1)}
    assert added_up(squares.values() if figure.month else last.values()) == answer(figure, scope)
    assert {
        line.key: line.answer for line in by_cell(figure, scope)
    } == {
        pk: added_up(one for (at, _m), one in squares.items() if at == pk) if figure.month else last[pk]
        for pk in scope.cells
    }  # fmt: skip


def test_figures_are_found_by_name_without_accents(world: World) -> None:
    assert [str(hit.label) for hit in found_by(world.clerk, "dang so")] == ["Đảng số"]
    assert list(found_by(world.own(world.member(world.cell5, account=True)), "dang so")) == []


def test_the_switch_offers_the_ward_and_its_cells_to_the_ward_only(world: World, browser_of) -> None:
    there = reverse("figures:figure", args=[HAVING, world.cell7.pk, "2020"])
    assert there in text(browser_of(world.clerk).get(url(world, unit=world.cell5)))
    assert there not in text(browser_of(world.secretary).get(url(world, unit=world.cell5)))
