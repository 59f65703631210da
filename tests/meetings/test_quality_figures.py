"""Regularity and quality of meetings as figures: each is the size of its rows (seeds S2-05, S2-13, S2-17, S3-11)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from chibo.core.registry import Figure, registry
from chibo.core.values import Period
from chibo.figures.selectors import answer, broken_down, by_cell, by_month, rows_counted, rows_missing
from chibo.meetings.actions import convene_meeting
from chibo.meetings.actions.conducting import give_floor, time_item
from chibo.meetings.actions.quality import score_meeting, score_visited_meeting, set_quality_form
from chibo.meetings.models import Meeting
from chibo.meetings.rules import ItemKind, MeetingKind
from chibo.meetings.selectors.quality import sheet_of
from chibo.units.actions import decide_setting
from chibo.units.models import Unit
from chibo.units.selectors import scope_of
from tests.world import World

QUARTER, TODAY = Period.parse("2026-q1"), date(2026, 4, 10)


def figure(code: str) -> Figure:
    return registry.named("figures", f"meetings.{code}")


def told(world: World, code: str, period: Period = QUARTER) -> tuple[int, int | None]:
    found = answer(figure(code), scope_of(world.ward, period, TODAY))
    return found.part, found.base


@pytest.fixture(autouse=True)
def _members(world: World) -> None:
    """A cell without members is no cell that could meet."""
    for cell in (world.cell5, world.cell7):
        world.member(cell, f"Bùi Văn {cell.key}")


def meet(world: World, cell: Unit, month: int, **more: Any) -> Meeting:
    actor = world.secretary if cell == world.cell5 else world.secretary7
    return convene_meeting(cell, actor=actor, held_on=date(2026, month, 5), starts_at=time(19, 30), **more)


def test_s2_05_a_cell_is_regular_when_it_missed_no_month_that_is_over(world: World) -> None:
    for month in (1, 2, 3):
        meet(world, world.cell5, month)
    meet(world, world.cell7, 1)
    assert told(world, "regular") == (1, 2)
    scope = scope_of(world.ward, QUARTER, TODAY)
    assert [unit.name for unit in rows_missing(figure("regular"), scope)] == ["Chi bộ 7"]
    assert [(line.label, line.answer.part) for line in by_cell(figure("regular"), scope)] == [
        ("Chi bộ 5", 1),
        ("Chi bộ 7", 0),
    ]
    assert [line.answer.part for line in by_month(figure("regular"), scope)] == [2, 1, 1]


def test_s2_17_a_cell_keeps_the_quota_when_each_quarter_had_a_topic(world: World) -> None:
    meet(world, world.cell5, 2, kind=MeetingKind.TOPICAL, topic="Giữ gìn đoàn kết")
    assert told(world, "topical_cells") == (1, 2)


def test_s2_13_reading_counts_in_all_items_of_a_meeting_together(world: World) -> None:
    short, long = meet(world, world.cell5, 1), meet(world, world.cell5, 2)
    meet(world, world.cell5, 3)
    for meeting, end in ((short, time(20, 0)), (long, time(20, 1))):
        item = meeting.agenda.get(kind=ItemKind.INFORMATION)
        time_item(item, actor=world.secretary, began_at=time(19, 30), ended_at=end)
    assert told(world, "read_in_time") == (1, 2)
    decide_setting(
        world.ward, actor=world.clerk, code="meetings.reading_minutes_most", value=45, source="NQ",
        effective_from=date(2026, 1, 1),
    )  # fmt: skip
    assert told(world, "read_in_time") == (2, 2)


def test_s2_13_each_item_tells_its_minutes_and_its_share_of_the_meeting(world: World) -> None:
    first, second, *_rest = meet(world, world.cell5, 1).agenda.all()
    time_item(first, actor=world.secretary, began_at=time(19, 30), ended_at=time(19, 45))
    time_item(second, actor=world.secretary, began_at=time(19, 45), ended_at=time(20, 30))
    scope = scope_of(world.ward, QUARTER, TODAY)
    said = answer(figure("items"), scope)
    assert (said.part, said.measured.total, said.measured.least, said.measured.most) == (2, 60, 15, 45)
    assert [(row.took, row.share) for row in figure("items").rows(scope).order_by("order")] == [(15, 25), (45, 75)]


def test_s2_07_every_time_somebody_takes_the_floor_is_counted(world: World) -> None:
    member, meeting = world.member(world.cell5, "Bùi Văn Một"), meet(world, world.cell5, 1)
    for _ in range(2):
        give_floor(meeting.agenda.last(), actor=world.secretary, member=member)
    assert told(world, "contributions") == (2, None)


@pytest.fixture
def marked(world: World) -> list[Meeting]:
    """Three meetings by a sheet of two criteria: marked 10/10, marked 8/10, and marked in part."""
    set_quality_form(
        world.ward, actor=world.clerk, name="Biểu điểm", source="27-QĐ/ĐU", levels="9,5 Tốt; 5 Khá; 0 Kém",
        criteria="Giờ | Đủ giờ | 5 | length\nNếp | Có nền nếp | 5 |", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    meetings = [meet(world, world.cell5, month) for month in (1, 2, 3)]
    for meeting, points in zip(meetings, (("5", "5"), ("5", "3"), ("5",)), strict=True):
        sheet = sheet_of(meeting)
        assert sheet
        marks = {line.pk: (Decimal(p), "") for line, p in zip(sheet.lines, points, strict=False)}
        score_meeting(meeting, actor=world.secretary, marks=marks, today=meeting.held_on)
    return meetings


def test_s3_11_meetings_marked_stand_beside_those_held(world: World, marked: list[Meeting]) -> None:
    meet(world, world.cell7, 1)
    assert told(world, "scored") == (3, 4)
    assert told(world, "rated") == (0, 4)
    sheet = sheet_of(marked[0])
    assert sheet
    marks = {line.pk: (Decimal(4), "") for line in sheet.lines}
    score_visited_meeting(marked[0], actor=world.ward_secretary, marks=marks, today=marked[0].held_on)
    assert told(world, "rated") == (1, 4)


def test_s3_11_levels_are_those_of_the_sheet_and_count_what_is_marked_in_full(
    world: World, marked: list[Meeting]
) -> None:
    scope, quality = scope_of(world.ward, QUARTER, TODAY), figure("quality")
    assert told(world, "quality") == (2, None)
    levels = {line.label: line.answer.part for line in broken_down(quality, scope, quality.breakdowns[0])}
    assert levels == {"Tốt": 1, "Khá": 1}
    assert {row.pk for row in rows_counted(quality, scope)} == {marked[0].pk, marked[1].pk}
    assert [line.answer.part for line in by_month(quality, scope)] == [1, 1, 0]


def test_without_any_sheet_no_meeting_has_a_level(world: World) -> None:
    meet(world, world.cell5, 1)
    assert told(world, "quality") == (0, None)
