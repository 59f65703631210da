"""What is short: by name to who can mend it, by number to the level above after the grace, to nobody else."""

from __future__ import annotations

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Can, Post
from chibo.core.registry import registry
from chibo.plans.models import Campaign
from chibo.warnings.selectors import shown_to, warnings_on
from tests.figures.cast import campaign, cells, told
from tests.world import World

TODAY = date(2020, 6, 15)
WITHOUT = "plans.without_plan"


def group(actor, unit, code: str = WITHOUT, day: date = TODAY):
    return next((g for g in shown_to(actor, unit, day) if g.check.code == code), None)


def page(browser, unit, **query: str) -> str:
    tail = "&".join(f"{k}={v}" for k, v in query.items())
    response = browser.get(reverse("warnings:index", args=[unit.pk]) + f"?{tail}")
    assert response.status_code == 200
    return response.content.decode()


def rows(response) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return [row for row in book.active.iter_rows(values_only=True) if any(row)]


@pytest.fixture
def short(world: World, monkeypatch) -> World:
    """One of the 25 of cell 5 has no plan, and it is June."""
    told(world, 2020)
    for room in ("chibo.warnings.views", "chibo.desk.views"):
        monkeypatch.setattr(f"{room}.localdate", lambda *_a: TODAY)
    return world


def test_s0_14_the_cell_sees_names_the_office_a_number_and_the_next_cell_nothing(short: World) -> None:
    (found,) = group(short.secretary, short.cell5).mine
    assert found.found.subject == "Đảng Viên Số 25"
    above = group(short.clerk, short.ward)
    assert above.mine == []
    assert [(count.unit_name, count.number) for count in above.counts] == [("Chi bộ 5", 1)]
    assert group(short.secretary7, short.cell7) is None


def test_the_level_above_waits_for_the_grace(short: World) -> None:
    deadline = Campaign.objects.get().deadline
    assert group(short.secretary, short.cell5, day=deadline + timedelta(days=1)) is not None
    assert group(short.clerk, short.ward, day=deadline + timedelta(days=14)) is None
    assert group(short.clerk, short.ward, day=deadline + timedelta(days=15)) is not None


def test_who_may_not_see_warnings_gets_no_number(short: World) -> None:
    groups = shown_to(short.actor(Post.PROGRAMME_HEAD, short.ward), short.ward, TODAY)
    assert not any(g.counts for g in groups)
    assert all(w.check.can == Can.LEAD_PROGRAMMES for g in groups for w in g.mine)


def test_numbers_stand_in_the_order_of_the_units_not_of_their_size(short: World) -> None:
    counts = group(short.inspector, short.ward, "meetings.month").counts
    assert [(c.unit_name, c.number) for c in counts] == [("Chi bộ 5", 4), ("Chi bộ 7", 5)]


def test_the_page_names_to_the_cell_and_counts_to_the_ward(short: World, browser_of) -> None:
    assert "Đảng Viên Số 25" in page(browser_of(short.secretary), short.cell5)
    above = page(browser_of(short.clerk), short.ward)
    assert "Đảng Viên Số 25" not in above
    assert "Chi bộ 5&nbsp;(1)" in above


def test_one_check_can_be_asked_for_alone(short: World, browser_of) -> None:
    browser = browser_of(short.secretary)
    assert "Đảng viên chưa có kế hoạch tu dưỡng (1)" in page(browser, short.cell5, check=WITHOUT)
    assert "Đảng viên chưa có kế hoạch tu dưỡng (1)" not in page(browser, short.cell5, check="plans.reports")
    assert "Đảng viên chưa có kế hoạch tu dưỡng (1)" in page(browser, short.cell5, check="nothing")


def test_a_full_board_is_calm_its_subjects_first_and_each_check_folded(short: World, browser_of, monkeypatch) -> None:
    """33 chips stood above a ward's board: with more than a few kinds only their subjects do, one click from the kinds."""
    client, there = browser_of(short.clerk), reverse("warnings:index", args=[short.ward.pk])
    few = client.get(there).content.decode()
    assert few.count('href="?check=plans.without_plan"') == 2
    assert "?place=" not in few
    assert '<details class="fold"' not in few
    monkeypatch.setattr("chibo.warnings.views.CALM", 1)
    many = client.get(there)
    places = many.context["places"]
    assert sum(place.number for place in places) == sum(group.number for group in many.context["groups"])
    said = many.content.decode()
    chips = said.partition('class="controls"')[2].partition("</div>")[0]
    assert chips.count("<li>") == len(places) + 1
    assert "?check=" not in chips
    plans = client.get(f"{there}?place=plans")
    assert {group.check.code.partition(".")[0] for group in plans.context["counts"]} == {"plans"}
    assert 'href="?check=plans.without_plan"' in plans.content.decode()
    assert client.get(f"{there}?check=plans.without_plan").context["place"].key == "plans"
    assert client.get(f"{there}?place=nothing").context["place"] is None
    assert '<details class="fold"' in page(browser_of(short.secretary), short.cell5)


def test_the_desk_asks_for_the_short_list(short: World, browser_of) -> None:
    found = browser_of(short.secretary).get(
        reverse("warnings:index", args=[short.cell5.pk]), headers={"HX-Request": "true"}
    )
    assert "<h1>" not in found.content.decode()
    assert "Đảng viên chưa có kế hoạch tu dưỡng" in found.content.decode()


def test_both_lists_go_out_to_excel_without_more_than_the_page(short: World, browser_of) -> None:
    there = reverse("warnings:index", args=[short.ward.pk])
    counts = rows(browser_of(short.clerk).get(f"{there}?format=xlsx&part=counts&check={WITHOUT}"))
    assert counts[-1][-2:] == ("Chi bộ 5", 1)
    names = rows(browser_of(short.clerk).get(f"{there}?format=xlsx&check={WITHOUT}"))
    assert "Đảng Viên Số 25" not in str(names)
    mine = rows(browser_of(short.secretary).get(reverse("warnings:index", args=[short.cell5.pk]) + "?format=xlsx"))
    assert "Đảng Viên Số 25" in str(mine)


def test_nothing_short_says_so(world: World, browser_of, monkeypatch) -> None:
    monkeypatch.setattr("chibo.warnings.views.localdate", lambda *_a: date(2020, 1, 15))
    assert "Không còn việc nào thiếu ở đây." in page(browser_of(world.inspector), world.ward)


def test_strangers_find_no_warnings(world: World, browser_of, client) -> None:
    there = reverse("warnings:index", args=[world.cell5.pk])
    assert client.get(there).status_code == 302
    for actor in (world.secretary7, world.stranger, world.own(world.member(world.cell5, account=True))):
        assert browser_of(actor).get(there).status_code == 404


def test_everybody_reads_what_is_looked_for_and_the_book_is_the_page(world: World, browser_of, client) -> None:
    there = reverse("warnings:checks")
    assert client.get(there).status_code == 302
    member = browser_of(world.own(world.member(world.cell5, account=True)))
    said = member.get(there).content.decode()
    assert f'href="{reverse("warnings:start")}"' not in said
    for check in registry.each("checks"):
        assert check.code in said
        assert str(check.label) in said
    lines = rows(member.get(f"{there}?format=xlsx"))
    (line,) = [line for line in lines if line[-1] == "meetings.month"]
    assert line[1:5] == ("Điều lệ Đảng, Điều 24", "Bí thư chi bộ, Phó Bí thư chi bộ, Chi ủy viên", 10, "S2-05")
    assert reverse("warnings:checks") in page(browser_of(world.clerk), world.ward)


def test_equally_many_queries_for_few_and_many_cells(world: World, browser_of) -> None:
    campaign(world, date.today().year)
    world.members(world.cell5, 2)
    browser = browser_of(world.clerk)

    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            page(browser, world.ward)
        return len(found)

    few = asked()
    cells(world, 30)
    assert asked() == few


def test_a_warning_vanishes_when_the_work_is_done(short: World) -> None:
    Campaign.objects.update(deadline=TODAY + timedelta(days=30))
    assert [w for w in warnings_on(short.ward, TODAY) if w.check.code == WITHOUT] == []


def test_the_board_says_what_since_when_on_what_ground_who_mends_it_and_one_button_leads_there(
    short: World, browser_of
) -> None:
    said = page(browser_of(short.secretary), short.cell5, check=WITHOUT)
    (check,) = [check for check in registry.each("checks") if check.code == WITHOUT]
    (found,) = group(short.secretary, short.cell5).mine
    for words in (
        found.found.detail,
        found.found.remedy,
        f"từ {found.found.since:%d/%m/%Y}",
        str(check.article),
        "Bí thư chi bộ",
    ):
        assert words in said
    assert said.count(f'line-verb" href="{found.found.url}"') == 1
    above = page(browser_of(short.clerk), short.ward, check=WITHOUT)
    assert f"sau {check.grace_days} ngày" in above
    assert found.found.url not in above
