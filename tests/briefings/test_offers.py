"""What briefings offer the whole: figures, checks, the desk, the book, the search, and the road over two rounds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from chibo.briefings.actions import take_back_return
from chibo.briefings.models import Briefing
from chibo.briefings.rules import Rhythm
from chibo.briefings.selectors.checks import (
    conclusion_overdue,
    month_without_briefing,
    return_missing,
    returns_sketchy,
    returns_unexamined,
)
from chibo.briefings.selectors.document import composed_minutes, minutes_paper, notice_paper
from chibo.briefings.selectors.figures import FIGURES
from chibo.briefings.selectors.offers import errands_of, events_of, found_by, panel_of_meeting, panel_of_task
from chibo.briefings.selectors.sheets import begun, directions_before, sheet_of
from chibo.core.registry import Scope
from chibo.core.values import Period
from chibo.meetings.models import Meeting
from chibo.papers.rules import PaperKind, Table
from chibo.tasks.actions import extend_task, finish_task
from chibo.units.models import Unit
from chibo.units.selectors import scope_of
from tests.briefings.cast import DUE, HELD, WORK, called, concluded, directed, return_of, sent
from tests.world import World

YEAR = Period.of_year(2026)
RETURNED, DIRECTIONS = FIGURES


def year(unit: Unit, today: date = date(2026, 10, 20)) -> Scope:
    return scope_of(unit, YEAR, today)


def counted(figure: object, scope: Scope) -> tuple[int, int]:
    rows = figure.rows(scope)
    return rows.filter(figure.counted(scope)).count(), rows.count()


# ----------------------------------------------------------------------------------------------- figures


def test_s3_09_returns_sent_in_time_are_counted_of_those_due(world: World) -> None:
    briefing = called(world, bodies=["Hội Phụ nữ"])
    sent(world, briefing)
    sent(world, briefing, world.cell7, on=HELD)
    called(world, date(2026, 12, 4))  # not due yet
    assert counted(RETURNED, year(world.ward)) == (1, 2)
    assert counted(RETURNED, year(world.cell7)) == (0, 1)
    assert set(RETURNED.rows(year(world.ward)).values_list(RETURNED.month, flat=True)) == {date(2026, 9, 1)}


def test_directions_done_by_their_first_deadline_are_counted(world: World) -> None:
    briefing = called(world)
    first, second = directed(world, briefing), directed(world, briefing, units=[world.cell7])
    for task in (first, second):
        extend_task(task, actor=world.clerk, new_due_on=date(2026, 9, 30), reason="Mưa bão", noted_on=HELD)
    finish_task(first, actor=world.clerk, result="12 hộ", done_on=date(2026, 9, 20))
    finish_task(second, actor=world.clerk, result="12 hộ", done_on=date(2026, 9, 21))
    assert counted(DIRECTIONS, year(world.ward)) == (1, 2)
    assert counted(DIRECTIONS, year(world.cell5)) == (1, 1)


# ------------------------------------------------------------------------------------------------ checks


def test_s3_09_a_return_that_did_not_come_is_found_until_it_comes(world: World) -> None:
    briefing = called(world)
    sent(world, briefing)
    assert list(return_missing(year(world.ward, DUE))) == []
    (found,) = return_missing(year(world.ward, HELD))
    assert (found.unit_id, found.since) == (world.cell7.pk, DUE)
    assert found.url == reverse("briefings:ret", args=[return_of(briefing, world.cell7).pk])
    assert list(return_missing(year(world.cell5, HELD))) == []
    sent(world, briefing, world.cell7, on=HELD)
    assert list(return_missing(year(world.ward, HELD))) == []


WHOLE = {
    "results": "- Đã thu đảng phí quý III của 21 đảng viên " + "và vận động từng hộ " * 10,
    "shortcomings": "Hai hộ ngõ 5 chưa ký cam kết",
    "causes": "Tổ chưa đến từng nhà vào buổi tối",
    "cultivation": "21/21 đảng viên có kế hoạch",
}


@pytest.mark.parametrize(
    ("lacking", "check", "words"),
    [
        ("results", returns_sketchy, "quá sơ sài"),
        ("cultivation", returns_sketchy, "thiếu phần xây dựng Đảng"),
        ("shortcomings", returns_unexamined, "chưa nêu hạn chế"),
        ("causes", returns_unexamined, "chưa nêu nguyên nhân"),
    ],
)
def test_s2_10_s2_11_what_a_monthly_return_leaves_out_is_found_until_it_is_said(
    world: World, lacking: str, check: Any, words: str
) -> None:
    briefing = called(world)
    less = {"results": "- Đã thu đảng phí"} if lacking == "results" else {lacking: ""}
    ret = sent(world, briefing, **{**WHOLE, **less})
    (found,) = check(year(world.ward))
    assert (found.unit_id, words in found.detail) == (world.cell5.pk, True)
    assert found.url == reverse("briefings:ret", args=[ret.pk])
    assert list(check(year(world.cell7))) == []
    take_back_return(ret, actor=world.secretary, on=DUE)
    assert list(check(year(world.ward))) == []
    sent(world, briefing, **WHOLE)
    assert list(check(year(world.ward))) == []


def test_s2_10_s2_11_a_return_that_cannot_be_taken_back_is_mended_by_the_next_one(world: World) -> None:
    sent(world, called(world))
    assert len([*returns_sketchy(year(world.ward)), *returns_unexamined(year(world.ward))]) == 2
    sent(world, called(world, date(2026, 10, 4)), on=date(2026, 10, 3), **WHOLE)
    assert [*returns_sketchy(year(world.ward)), *returns_unexamined(year(world.ward))] == []


def test_s2_10_s2_11_weekly_returns_are_not_asked(world: World) -> None:
    sent(world, called(world, rhythm=Rhythm.WEEKLY))
    assert [*returns_sketchy(year(world.ward)), *returns_unexamined(year(world.ward))] == []


def test_s3_09_a_month_without_briefing_is_found_once_the_ward_has_begun(world: World) -> None:
    assert list(month_without_briefing(year(world.ward))) == []
    called(world, date(2026, 6, 4))
    called(world, date(2026, 8, 4))
    found = list(month_without_briefing(year(world.ward)))
    assert [one.since for one in found] == [date(2026, 7, 31), date(2026, 9, 30)]
    called(world, date(2026, 7, 4))
    called(world, date(2026, 9, 4))
    assert list(month_without_briefing(year(world.ward))) == []


def test_s3_09_a_briefing_held_and_not_concluded_is_found(world: World) -> None:
    briefing = called(world)
    assert list(conclusion_overdue(year(world.ward, HELD + timedelta(days=7)))) == []
    (found,) = conclusion_overdue(year(world.ward, HELD + timedelta(days=8)))
    assert found.unit_id == world.ward.pk
    concluded(world, briefing)
    assert list(conclusion_overdue(year(world.ward))) == []


def test_checks_ask_as_much_for_many_as_for_few(world: World) -> None:
    counts = []
    for month in (1, 2, 3, 4, 5):
        called(world, date(2026, month, 4))
        with CaptureQueriesContext(connection) as asked:
            for check in (
                return_missing,
                returns_sketchy,
                returns_unexamined,
                month_without_briefing,
                conclusion_overdue,
            ):
                list(check(year(world.ward)))
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


# -------------------------------------------------------------------------------------- desk, book, search


def test_the_desk_of_a_cell_waits_for_its_return_and_the_clerks_for_all_in_one_line(world: World) -> None:
    briefing = called(world)
    (line,) = errands_of(world.secretary, DUE)
    assert (line.text, line.due) == ("Chi bộ 5: báo cáo giao ban tháng 8/2026", DUE)
    (line,) = errands_of(world.clerk, DUE)
    assert (line.verb, line.count) == ("Đôn đốc", 2)
    sent(world, briefing)
    assert list(errands_of(world.secretary, DUE)) == []
    (line,) = errands_of(world.clerk, HELD)
    assert line.verb == "Kết luận"
    concluded(world, briefing)
    for who in (world.clerk, world.secretary7, world.stranger, world.inspector):
        assert list(errands_of(who, HELD)) == []


def test_the_book_tells_of_briefings(world: World) -> None:
    briefing = called(world)
    sent(world, briefing)
    directed(world, briefing)
    assert [event.day for event in events_of(year(world.ward))] == [HELD]
    told = {event.text for event in events_of(year(world.cell5))}
    assert told == {"gửi báo cáo giao ban tháng 8/2026", f"nhận chỉ đạo: {WORK}"}
    assert list(events_of(year(world.cell7))) == []


def test_briefings_are_found_by_name_and_direction_by_whom_they_concern(world: World) -> None:
    briefing = called(world)
    sent(world, briefing, results="Chữ chỉ có trong báo cáo")
    directed(world, briefing)
    assert len(list(found_by(world.clerk, "giao ban"))) == 1
    assert len(list(found_by(world.secretary, "giao ban thang"))) == 1
    assert len(list(found_by(world.clerk, "hộ nghèo"))) == 1
    for who in (world.secretary7, world.stranger):
        assert list(found_by(who, "hộ nghèo")) == []
    assert list(found_by(world.stranger, "giao ban")) == []
    assert list(found_by(world.clerk, "chỉ có trong báo cáo")) == []


def test_a_task_and_a_meeting_lead_back_to_their_briefing(world: World) -> None:
    briefing = called(world)
    task, url = directed(world, briefing), reverse("briefings:briefing", args=[briefing.pk])
    request = RequestFactory().get("/")
    for actor, shown in ((world.clerk, True), (world.secretary, True), (world.stranger, False)):
        request.actor = actor
        assert (url in panel_of_task(request, task)) == shown
        assert (url in panel_of_meeting(request, briefing.meeting)) == shown
    assert render_to_string("briefings/of_meeting.html", {"briefing": briefing})


# ------------------------------------------------------------------------------------------------ papers


def test_official_papers_are_vietnamese_for_whoever_asks(world: World) -> None:
    first = called(world, date(2026, 8, 4))
    directed(world, first, due_on=date(2026, 8, 20))
    concluded(world, first)
    briefing = called(world)
    sent(world, briefing, next_tasks="- Một\n- Hai")
    with translation.override("en"):
        minutes = composed_minutes(briefing)
        paper, notice = minutes_paper(briefing), notice_paper(briefing)
    assert "Lập danh sách 12 hộ nghèo của tổ dân phố (Chi bộ 5): đang thực hiện, quá hạn 15 ngày." in minutes
    assert "Nhiệm vụ kỳ tới:\n- Một\n- Hai" in minutes
    assert (paper.kind, paper.draft, paper.issuer) == (PaperKind.MINUTES, "Dự thảo", "Đảng ủy phường Sao Mai")
    assert notice.subject == "Kết luận hội nghị giao ban tháng 8/2026"
    assert [signature.position for signature in notice.signatures] == ["BÍ THƯ"]


# ------------------------------------------------------------------------------------------- told as a story


def test_s3_09_two_rounds_the_first_ones_directions_come_back_with_their_state(world: World) -> None:
    """Round one directs three things; round two opens with what came of them, and carries on what is still open."""
    first = called(world, date(2026, 7, 4))
    sent(world, first, on=date(2026, 7, 3))
    done = directed(world, first, due_on=date(2026, 7, 20))
    late = directed(
        world, first, title="Vận động 20 hộ ký cam kết giữ vỉa hè", due_on=date(2026, 7, 25), units=[world.cell7]
    )
    both = {"units": [world.cell5, world.cell7], "told": "Các chi bộ"}
    directed(world, first, title="Tổ chức 1 buổi sinh hoạt chuyên đề quý III", due_on=date(2026, 9, 30), **both)
    concluded(world, first)
    finish_task(done, actor=world.secretary, result="12 hộ", done_on=date(2026, 7, 18))

    second = called(world, date(2026, 8, 4))
    for actor, told in (
        (world.clerk, ["Hoàn thành", "Quá hạn 10 ngày", "Đang làm (0/2)"]),
        (world.secretary, ["Hoàn thành", "Đang làm"]),
        (world.secretary7, ["Quá hạn 10 ngày", "Đang làm"]),
    ):
        assert [str(line.state) for line in sheet_of(second, actor, date(2026, 8, 4)).before] == told
    assert begun(return_of(second, world.cell5))["results"] == f"- {WORK}: hoàn thành ngày 18/07/2026 (12 hộ)"
    assert begun(return_of(second, world.cell7))["difficulties"].startswith("- Vận động 20 hộ")
    concluded(world, second, composed_minutes(second))
    assert "quá hạn 10 ngày" in Meeting.objects.get(briefing=second).minutes

    third = called(world)
    still = directions_before(third).values_list("task", flat=True)
    assert late.pk in still
    assert done.pk not in still
    (table,) = [block for block in notice_paper(Briefing.objects.get(pk=first.pk)).body if isinstance(block, Table)]
    assert [row[2] for row in table.rows] == ["Chi bộ 5", "Chi bộ 7", "Các chi bộ"]


def test_s1_09_cells_and_mass_organisations_tell_of_cultivation_every_month(world: World) -> None:
    """Branches discuss their people's cultivation in monthly briefings; the same in mass organisations' briefings."""
    from tests.figures.test_figures import campaign, register

    people = world.members(world.cell5, 3)
    register(campaign(world, 2026), people[:2])
    briefing = called(world, bodies=["Hội Cựu chiến binh"])
    assert "2/3" in begun(return_of(briefing, world.cell5))["cultivation"]
    body = briefing.returns.get(body="Hội Cựu chiến binh")
    assert not any(begun(body).values())
    told = "15 hội viên đăng ký nêu gương"
    sent(world, briefing, cultivation="2/3 có kế hoạch")
    from chibo.briefings.actions import send_return

    send_return(
        body,
        actor=world.clerk,
        results="Thăm 4 gia đình",
        next_tasks="Tổ chức 1 hội thảo",
        cultivation=told,
        sent_on=DUE,
    )
    minutes = composed_minutes(briefing)
    assert f"Xây dựng Đảng; tu dưỡng, rèn luyện của đảng viên: {told}" in minutes
    assert "Xây dựng Đảng; tu dưỡng, rèn luyện của đảng viên: 2/3 có kế hoạch" in minutes
    week = called(world, date(2026, 9, 14), rhythm=Rhythm.WEEKLY)
    assert begun(return_of(week, world.cell5))["cultivation"] == ""
