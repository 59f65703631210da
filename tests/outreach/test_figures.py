"""Figures and checks of outreach: counts with sum and range, and shortcomings that find themselves."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer, broken_down, by_cell, by_month
from chibo.outreach.actions.exemplars import present_exemplar
from chibo.outreach.actions.items import enter_items
from chibo.outreach.rules import Entry, ItemKind
from chibo.outreach.rules.exemplars import Channel
from chibo.outreach.selectors.checks import article_overdue, exemplar_unpresented, theme_untold
from chibo.units.actions import decide_setting
from chibo.units.selectors import scope_of
from tests.outreach.cast import TODAY, asked, entered, found, praised, sent, theme_of
from tests.world import World


def figure(code: str):
    return registry.named("figures", f"outreach.{code}")


def scope(world: World, period: str = "2026", today: date = TODAY):
    return scope_of(world.ward, Period.parse(period), today)


def test_s1_05_broadcasts_with_their_sum_and_range_in_one_query(world: World) -> None:
    told = [Entry(ItemKind.LOUDSPEAKER, date(2026, 1 + n % 2, 3), f"Buổi {n}", minutes=5 + n % 3) for n in range(6)]
    enter_items(world.cell5, actor=world.clerk, entries=told, today=TODAY)
    entered(world, kind="banner", pieces=12)
    entered(world, kind="banner", title="Không ghi số lượng")
    here = scope(world)
    with CaptureQueriesContext(connection) as count:
        assert answer(figure("broadcasts"), here).text == "6 (36 phút; 5–7 phút)"
    assert len(count) == 1
    assert [line.answer.text for line in by_cell(figure("broadcasts"), here)] == ["6 (36 phút; 5–7 phút)", "0"]
    assert [line.answer.part for line in by_month(figure("broadcasts"), here)][:3] == [3, 3, 0]
    assert answer(figure("banners"), here).text == "2 (12 tấm; 12 tấm)"
    assert answer(figure("items"), here).part == 8


def test_s1_04_s4_09_items_by_programme_and_kind(world: World, browser_of) -> None:
    theme = theme_of(world)
    entered(world, unit=world.ward, programme=theme.programme, theme=theme)
    entered(world, unit=world.ward, held_on=date(2025, 3, 1))
    entered(world, kind="loudspeaker", minutes=6, title="Mừng đại hội chi bộ", topic="Đại hội")
    entered(world, kind="banner", pieces=4, title="Chào mừng đại hội", topic="Đại hội")
    assert answer(figure("portal"), scope(world)).text == "1"
    assert answer(figure("portal"), scope(world, "2025..2026")).text == "2"
    by = figure("portal").breakdowns[0]
    assert [(line.label, line.answer.part) for line in broken_down(figure("portal"), scope(world), by)] == [
        ("Chỉ thị 05-CT/TW", 1)
    ]
    page = browser_of(world.clerk).get(reverse("figures:figure", args=["outreach.broadcasts", world.ward.pk, 2026]))
    assert "6 phút; 6 phút" in page.content.decode()


def test_s1_06_articles_in_time_on_those_due(world: World) -> None:
    sent(world)
    sent(world, asked(world), on=date(2026, 9, 20))
    asked(world)
    asked(world, due_on=date(2026, 12, 1))
    assert answer(figure("articles"), scope(world)).text == "33,3 % (1/3)"


def test_s1_07_exemplars_approved_and_where_they_were_presented(world: World) -> None:
    exemplar = praised(world)
    found(world)
    present_exemplar(exemplar, actor=world.secretary, channel=Channel.TELEVISION, on=date(2026, 9, 20), today=TODAY)
    present_exemplar(exemplar, actor=world.secretary, channel=Channel.PORTAL, on=date(2026, 9, 21), today=TODAY)
    assert answer(figure("exemplars"), scope(world)).text == "50 % (1/2)"
    assert answer(figure("presentations"), scope(world)).text == "2"
    lines = broken_down(figure("presentations"), scope(world), figure("presentations").breakdowns[0])
    assert {line.label for line in lines} == {"Truyền hình", "Cổng thông tin của phường"}


# -------------------------------------------------------------------------------------------------- checks


def test_s0_10_a_theme_that_a_cell_tells_nothing_of_finds_itself(world: World) -> None:
    theme = theme_of(world)
    tie = {"programme": theme.programme, "theme": theme}
    entered(world, held_on=date(2026, 8, 1), **tie)
    entered(world, unit=world.cell7, held_on=date(2026, 3, 31))
    (wrong,) = theme_untold(scope(world))
    assert (wrong.unit_id, wrong.subject, wrong.since) == (world.cell7.pk, theme.title, date(2026, 4, 1))
    found(world, **tie, found_on=date(2026, 9, 1))
    late = date(2026, 12, 31)
    assert [w.since for w in theme_untold(scope(world, today=late))] == [date(2026, 12, 1), date(2026, 4, 1)]
    decide_setting(
        world.ward,
        actor=world.clerk,
        code="outreach.theme_months",
        value=0,
        effective_from=date(2026, 1, 1),
        source="TB",
    )
    assert list(theme_untold(scope(world))) == []


def test_s0_10_no_theme_no_shortcoming(world: World) -> None:
    assert list(theme_untold(scope(world))) == []
    theme_of(world)
    assert list(theme_untold(scope(world, today=date(2026, 3, 31)))) == [], "three months are not over"


def test_s1_06_an_article_that_does_not_come_finds_itself(world: World) -> None:
    article = asked(world)
    (wrong,) = article_overdue(scope(world))
    assert (wrong.unit_id, wrong.since) == (world.cell5.pk, date(2026, 9, 11))
    sent(world, article)
    assert list(article_overdue(scope(world))) == []


def test_s3_13_an_approved_exemplar_that_nobody_hears_of_finds_itself(world: World) -> None:
    exemplar = praised(world)
    assert list(exemplar_unpresented(scope(world))) == []
    late = scope(world, today=date(2026, 11, 20))
    (wrong,) = exemplar_unpresented(late)
    assert (wrong.subject, wrong.since) == ("Bà Nguyễn Thị Hiền", date(2026, 11, 9))
    present_exemplar(exemplar, actor=world.secretary, channel=Channel.MEETING, on=date(2026, 9, 20), today=TODAY)
    assert list(exemplar_unpresented(late)) == []
