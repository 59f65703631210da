"""The quality of a meeting: sheets are data, facts fill what they can, two columns and the gap (seed S3-11)."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from chibo.access.charter import Post
from chibo.core.values import Share
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting
from chibo.meetings.actions.quality import score_meeting, score_visited_meeting, set_quality_form
from chibo.meetings.models import Meeting, QualityForm, QualityMark
from chibo.meetings.rules import Marker
from chibo.meetings.rules.quality import (
    EXAMPLE_LEVELS,
    EXAMPLE_NAME,
    EXAMPLE_SOURCE,
    Facts,
    Line,
    example_lines,
    filled,
    level_of,
    read_levels,
    read_lines,
)
from chibo.meetings.selectors.quality import form_of, sheet_of
from tests.world import World

HELD = date(2026, 3, 5)
FULL = Facts(
    lasted=95, least=90, roll=Share(19, 20), unexcused=0, long_absent=0, prepared=True, notified=True, papers_early=True,
    topical=True, mentions=1, speakers=Share(11, 19), has_minutes=True, informed=20, done=Share(9, 10), clear=Share(2, 2),
)  # fmt: skip


def with_facts(**changes: Any) -> Facts:
    return Facts(**{**{name: getattr(FULL, name) for name in Facts.__slots__}, **changes})


EXAMPLE = {line.fact: line for line in read_lines(example_lines())[0] if line.fact}


def points(fact: str, **changes: Any) -> Decimal | None:
    """What the example's criterion for the fact gives."""
    told = filled(EXAMPLE[fact], with_facts(**changes))
    return told[0] if told else None


# ------------------------------------------------------------------------------------------------ rules


def test_the_example_is_the_sheet_of_the_rulebook_and_adds_up_to_a_hundred() -> None:
    lines, wrong = read_lines(example_lines())
    assert wrong == []
    assert sum(line.most for line in lines) == 100
    parts: dict[str, Decimal] = {}
    for line in lines:
        parts[line.part] = parts.get(line.part, Decimal(0)) + line.most
    assert list(parts.values()) == [5, 5, 10, 30, 10, 5, 30, 5]


@pytest.mark.parametrize(
    ("lasted", "earned"), [(90, 5), (80, 4), (75, 4), (70, 3), (60, 3), (45, 2), (44, 1), (None, None)]
)
def test_length_is_marked_by_the_minutes_that_lack(lasted: int | None, earned: int | None) -> None:
    assert points("length", lasted=lasted) == earned


@pytest.mark.parametrize(
    ("part", "unexcused", "earned"), [(19, 0, 4), (18, 0, 4), (17, 0, 3), (13, 0, 2), (12, 0, 1), (19, 1, 1)]
)
def test_attendance_is_marked_by_share_and_reasons(part: int, unexcused: int, earned: int) -> None:
    assert points("attendance", roll=Share(part, 20), unexcused=unexcused) == earned


def test_one_more_point_where_nobody_stays_away_for_long() -> None:
    assert (points("steady"), points("steady", long_absent=1)) == (1, 0)


@pytest.mark.parametrize(("part", "earned"), [(11, 5), (10, 4), (8, 4), (6, 3), (5, 2)])
def test_speakers_are_marked_by_their_share_of_those_present(part: int, earned: int) -> None:
    assert points("speakers", speakers=Share(part, 20)) == earned


@pytest.mark.parametrize(("done", "earned"), [(9, 30), (8, 27), (7, 24), (6, 20), (5, 15), (4, 10)])
def test_results_are_marked_by_the_duties_done(done: int, earned: int) -> None:
    assert points("results", done=Share(done, 10)) == earned


@pytest.mark.parametrize(("clear", "earned"), [(2, 2), (1, 1), (0, 0)])
def test_matters_are_marked_by_how_many_are_clear(clear: int, earned: int) -> None:
    assert points("resolved", clear=Share(clear, 2)) == earned


def test_without_steps_the_share_of_the_points_is_given() -> None:
    plain = Line("", "Dự họp", Decimal(10), "attendance")
    assert filled(plain, with_facts(roll=Share(17, 20)))[0] == Decimal("8.5")
    assert filled(plain, with_facts(roll=Share(17, 20), unexcused=1))[0] == 0


@pytest.mark.parametrize(
    "typed", ["90 4; 75 5; 0 1", "75 3; 90 4; 0 1", "90 4; 75 3", "chín mươi", "90 NaN; 0 0", ">0 1"]
)
def test_steps_that_leave_a_gap_or_rise_are_refused(typed: str) -> None:
    assert read_lines(f"A | một | 5 | phát biểu | {typed}")[1]


def test_steps_need_a_fact() -> None:
    assert read_lines("A | một | 5 | | 90 4; 0 1")[1]


def test_a_fact_is_typed_by_the_name_people_have_for_it() -> None:
    lines, wrong = read_lines("Thời gian | Đủ thời gian | 5 | Thời gian họp\nNội dung | Đúng trình tự | 5 |")
    assert (wrong, [line.fact for line in lines]) == ([], ["length", ""])
    _lines, (refused,) = read_lines("Thời gian | Đủ thời gian | 5 | số phút")
    assert refused.field == "criteria"


def test_facts_are_silent_where_nothing_was_written_down() -> None:
    nothing = with_facts(roll=Share(0, 0), speakers=Share(0, 0), done=Share(0, 0), clear=Share(0, 0))
    silent = ("attendance", "speakers", "results", "resolved")
    assert [filled(EXAMPLE[code], nothing) for code in silent] == [None] * 4
    assert filled(Line("", "Đúng trình tự", Decimal(5)), FULL) is None


@pytest.mark.parametrize(
    ("points", "label"), [(100, "Tốt"), (90, "Tốt"), (89, "Khá"), (50, "Trung bình"), (49, "Kém")]
)
def test_the_level_is_the_first_whose_least_is_reached(points: int, label: str) -> None:
    levels, wrong = read_levels(EXAMPLE_LEVELS)
    assert wrong == []
    assert level_of(Decimal(points), levels) == label


@pytest.mark.parametrize("typed", ["", "Tốt 90", "70 Khá; 90 Tốt; 0 Kém", "90 Tốt; 70 Khá"])
def test_levels_that_leave_a_gap_are_refused(typed: str) -> None:
    assert len(read_levels(typed)[1]) == 1


@pytest.mark.parametrize(
    "typed", ["chỉ có chữ", "Nhóm | tiêu chí | nhiều |", "Nhóm | tiêu chí | 5 | khong-co", "Nhóm | | 5 |"]
)
def test_a_criterion_that_cannot_be_read_is_named_by_its_line(typed: str) -> None:
    (objection,) = read_lines(f"A | một | 5 |\n{typed}")[1]
    assert objection.params == {"number": 2}


# ---------------------------------------------------------------------------------------------- records


def sheet(world: World, since: date = date(2026, 1, 1), **changes: Any) -> QualityForm:
    usual = {"name": EXAMPLE_NAME, "source": EXAMPLE_SOURCE, "levels": EXAMPLE_LEVELS, "criteria": example_lines()}
    return set_quality_form(world.ward, actor=world.clerk, valid_from=since, **{**usual, **changes})


@pytest.fixture
def held(world: World) -> Meeting:
    people = [world.member(world.cell5, name) for name in ("Bùi Văn Một", "Cao Thị Hai")]
    meeting = convene_meeting(
        world.cell5, actor=world.secretary, held_on=HELD, starts_at=time(19, 30), ends_at=time(21, 0),
        chair=people[0], recorder=people[1],
    )  # fmt: skip
    call_roll(meeting, actor=world.secretary, presences={m.pk: ("present", "") for m in people})
    return meeting


def all_marks(meeting: Meeting, less: int = 0) -> dict[int, tuple[Decimal, str]]:
    found = sheet_of(meeting)
    assert found
    return {line.pk: (line.most - (less if n == 0 else 0), "") for n, line in enumerate(found.lines)}


def test_a_meeting_is_marked_by_the_sheet_of_its_own_day(world: World, held: Meeting) -> None:
    assert form_of(held) is None
    first = sheet(world)
    second = sheet(world, date(2026, 6, 1), name="Biểu điểm mới")
    first.refresh_from_db()
    assert first.valid_to == date(2026, 5, 31)
    assert form_of(held) == first
    assert second.valid_to is None


def test_s3_11_facts_fill_what_they_can_with_the_reason(world: World, held: Meeting) -> None:
    sheet(world)
    found = sheet_of(held)
    assert found
    told = {line.text: (line.proposed, line.reason) for line in found.lines}
    assert told["Bảo đảm thời gian sinh hoạt theo quy định"] == (5, "kéo dài 90 phút, quy định 60 phút")
    assert told["Tỷ lệ đảng viên dự họp"] == (4, "có mặt 2/2, vắng không lý do 0")
    assert told["Nội dung chuẩn bị sát tình hình, đúng trọng tâm"] == (None, "")


def test_s3_11_the_cells_column_stands_beside_the_visitors_and_the_gap_shows(world: World, held: Meeting) -> None:
    sheet(world)
    score_meeting(held, actor=world.secretary, marks=all_marks(held), today=HELD)
    found = sheet_of(held)
    assert found
    assert (found.total(Marker.CELL), found.level(Marker.CELL)) == (100, "Tốt")
    assert found.total(Marker.VISITOR) is None
    score_visited_meeting(held, actor=world.ward_secretary, marks=all_marks(held, less=2), today=HELD)
    found = sheet_of(held)
    assert found
    assert (found.total(Marker.VISITOR), found.lines[0].gap) == (98, -2)


def test_points_outside_their_criterion_are_refused_and_nothing_is_kept(world: World, held: Meeting) -> None:
    sheet(world)
    found = sheet_of(held)
    assert found
    with pytest.raises(ValidationError, match="ngoài khoảng"):
        score_meeting(held, actor=world.secretary, marks={found.lines[0].pk: (Decimal(6), "")}, today=HELD)
    assert QualityMark.objects.count() == 0


def test_each_marks_only_their_own_column(world: World, held: Meeting) -> None:
    sheet(world)
    follower = world.actor(Post.FOLLOWER, world.cell5, "Theo Dõi")
    with pytest.raises(PermissionDenied):
        score_meeting(held, actor=follower, marks={}, today=HELD)
    with pytest.raises(PermissionDenied):
        score_visited_meeting(held, actor=world.secretary, marks={}, today=HELD)
    with pytest.raises(PermissionDenied):
        set_quality_form(
            world.ward,
            actor=world.secretary,
            name="x",
            source="x",
            levels="0 Kém",
            criteria="a|b|1|",
            valid_from=HELD,
        )


def test_a_week_after_closing_the_marks_stay_as_they_are(world: World, held: Meeting) -> None:
    sheet(world)
    close_meeting(held, actor=world.secretary, minutes="Biên bản", closed_on=HELD, ends_at=time(21, 0))
    held.refresh_from_db()
    score_meeting(held, actor=world.secretary, marks=all_marks(held), today=date(2026, 3, 12))
    with pytest.raises(ValidationError, match="giữ nguyên"):
        score_meeting(held, actor=world.secretary, marks=all_marks(held), today=date(2026, 3, 13))


# ------------------------------------------------------------------------------------------------ pages


def test_the_office_sets_the_example_and_the_cell_marks_on_its_page(world: World, held: Meeting, browser_of) -> None:
    there = reverse("meetings:quality", args=[held.pk])
    assert "chưa có biểu điểm" in browser_of(world.secretary).get(there).content.decode()
    forms, clerk = reverse("meetings:quality_forms", args=[world.ward.pk]), browser_of(world.clerk)
    assert "Bảo đảm thời gian" in clerk.get(forms + "?example").content.decode()
    typed = {
        "name": "Biểu điểm",
        "source": "27-QĐ/ĐU",
        "levels": EXAMPLE_LEVELS,
        "criteria": "Thời gian | Đủ giờ | 5 | length",
    }
    assert clerk.post(forms, {**typed, "criteria": "sai", "valid_from": "1/1/2026"}).status_code == 422
    assert clerk.post(forms, {**typed, "valid_from": "1/1/2026"}).status_code == 302
    chief = browser_of(world.secretary)
    shown = chief.get(there).content.decode()
    assert "kéo dài 90 phút" in shown
    found = sheet_of(held)
    assert found
    pk = found.lines[0].pk
    assert chief.post(there, {f"points-{pk}": "9", f"reason-{pk}": "giữ lại"}).status_code == 422
    assert chief.post(there, {f"points-{pk}": "4,5", f"reason-{pk}": "kết thúc sớm"}).status_code == 302
    mark = QualityMark.objects.get()
    assert (mark.points, mark.reason, mark.marker) == (Decimal("4.5"), "kết thúc sớm", "cell")
    assert browser_of(world.secretary7).get(there).status_code == 404
