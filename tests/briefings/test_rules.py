"""What must hold of briefings: literals in, values out (seeds S1-09, S3-09)."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.briefings.rules import (
    REGULATIONS,
    Calling,
    Duty,
    Gap,
    Rhythm,
    ahead_of,
    days_late,
    drafted,
    gaps_in_return,
    objections_to_calling,
    objections_to_calling_off,
    objections_to_sending,
    objections_to_taking_back,
    objections_to_writing,
    reviewed_by,
)
from chibo.core.values import Period
from chibo.meetings.rules import MeetingState

AUGUST = Period.of_month(date(2026, 8, 1))
OPEN, CLOSED = MeetingState.CONVENED, MeetingState.CLOSED
ASKED = Calling(Rhythm.MONTHLY, date(2026, 9, 4), (AUGUST.first, AUGUST.last), date(2026, 9, 3))


def calling(asked: Calling = ASKED, **facts: object) -> list[tuple[str, str]]:
    usual = {"is_ward": True, "is_open": True, "has_cells": True, "reviewed_already": ()}
    return [(o.field, o.article) for o in objections_to_calling(asked, **{**usual, **facts})]


@pytest.mark.parametrize(
    ("rhythm", "held_on", "first", "last", "ahead"),
    [
        (Rhythm.WEEKLY, date(2026, 8, 24), date(2026, 8, 17), date(2026, 8, 23), date(2026, 8, 31)),
        (Rhythm.MONTHLY, date(2026, 9, 4), date(2026, 8, 1), date(2026, 8, 31), date(2026, 9, 30)),
        (Rhythm.MONTHLY, date(2026, 9, 28), date(2026, 9, 1), date(2026, 9, 27), date(2026, 10, 31)),
        (Rhythm.MONTHLY, date(2027, 1, 5), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_briefing_looks_back_and_ahead_by_its_rhythm(
    rhythm: Rhythm, held_on: date, first: date, last: date, ahead: date
) -> None:
    reviewed = reviewed_by(rhythm, held_on)
    assert (reviewed.first, reviewed.last) == (first, last)
    assert ahead_of(reviewed, rhythm) == ahead


def test_a_briefing_in_order_is_called() -> None:
    assert calling() == []
    assert calling(reviewed_already=[(date(2026, 7, 1), date(2026, 7, 31))]) == []


def test_only_a_ward_that_stands_and_has_cells_calls() -> None:
    assert calling(is_ward=False) == [("", REGULATIONS)]
    assert calling(is_open=False) == [("held_on", "")]
    assert calling(has_cells=False) == [("held_on", "")]


def test_days_are_in_order_and_reviewed_once() -> None:
    wrong = Calling(Rhythm.WEEKLY, date(2026, 9, 4), (date(2026, 9, 6), date(2026, 9, 5)), date(2026, 9, 5))
    assert calling(wrong) == [
        ("reviewed_last", ""), ("reviewed_last", REGULATIONS), ("returns_due_on", REGULATIONS)
    ]  # fmt: skip
    assert calling(reviewed_already=[(date(2026, 8, 31), date(2026, 9, 6))]) == [("reviewed_first", REGULATIONS)]


def test_s1_09_a_mass_organisation_is_asked_once() -> None:
    twice = Calling(Rhythm.MONTHLY, ASKED.held_on, ASKED.reviewed, ASKED.returns_due_on, ("Hội Phụ nữ", "hội phụ nữ"))
    assert calling(twice) == [("bodies", "")]


def test_what_is_sent_says_what_was_done_and_what_comes_next() -> None:
    day = date(2026, 9, 3)
    assert not list(objections_to_sending(OPEN, sent_on=None, results="a", next_tasks="b", on=day, today=day))
    empty = objections_to_sending(OPEN, sent_on=None, results=" ", next_tasks="", on=day, today=date(2026, 9, 1))
    assert [o.field for o in empty] == ["results", "next_tasks", "sent_on"]
    again = objections_to_sending(OPEN, sent_on=day, results="a", next_tasks="b", on=day)
    assert ["rút lại" in o.text for o in again] == [True]


def test_a_concluded_briefing_takes_nothing_more() -> None:
    day = date(2026, 9, 3)
    assert [o.article for o in objections_to_writing(CLOSED, sent_on=None)] == [REGULATIONS]
    assert [o.article for o in objections_to_calling_off(CLOSED, sent=0, directions=0)] == [REGULATIONS]
    assert len(list(objections_to_calling_off(OPEN, sent=1, directions=2))) == 2
    assert [o.article for o in objections_to_taking_back(CLOSED, sent_on=day, held_on=HELD, on=day)] == [REGULATIONS]


HELD = date(2026, 9, 4)


@pytest.mark.parametrize(
    ("sent_on", "on", "count"),
    [(date(2026, 9, 2), date(2026, 9, 3), 0), (date(2026, 9, 2), HELD, 1), (None, date(2026, 9, 3), 1)],
)
def test_a_return_is_taken_back_before_the_day_of_the_briefing(sent_on: date | None, on: date, count: int) -> None:
    assert len(list(objections_to_taking_back(OPEN, sent_on=sent_on, held_on=HELD, on=on))) == count


@pytest.mark.parametrize("said", ["Không có", "không phát sinh.", "- Không"])
def test_s2_11_nobody_asks_for_the_cause_of_nothing(said: str) -> None:
    parts = {"results": "Xong", "causes": "", "next_tasks": "Họp", "cultivation": "3/3", "words_least": 0}
    assert list(gaps_in_return(shortcomings=said, **parts)) == []
    assert list(gaps_in_return(shortcomings="Không thu đủ đảng phí", **parts)) == [Gap.CAUSES]
    assert list(gaps_in_return(shortcomings=" ", **parts)) == [Gap.SHORTCOMINGS]


def test_lateness_is_counted_from_the_due_date() -> None:
    assert days_late(date(2026, 9, 3), date(2026, 9, 3), date(2026, 9, 9)) == 0
    assert days_late(date(2026, 9, 3), date(2026, 9, 5), date(2026, 9, 9)) == 2
    assert days_late(date(2026, 9, 3), None, date(2026, 9, 9)) == 6


def test_s3_09_a_return_begins_with_what_the_tasks_tell() -> None:
    duties = [
        Duty("Xong trong kỳ", date(2026, 8, 20), date(2026, 8, 18), "12 hộ"),
        Duty("Xong trước kỳ", date(2026, 7, 20), date(2026, 7, 18)),
        Duty("Sắp đến hạn", date(2026, 9, 20)),
        Duty("Còn xa", date(2026, 12, 31)),
        Duty("Quá hạn", date(2026, 8, 15)),
        Duty("Không ghi hạn", None),
    ]
    draft = drafted(duties, AUGUST, date(2026, 9, 30))
    assert draft.results == "- Xong trong kỳ: hoàn thành ngày 18/08/2026 (12 hộ)"
    assert draft.next_tasks == "- Sắp đến hạn (hạn 20/09/2026)\n- Không ghi hạn"
    assert draft.difficulties == "- Quá hạn: quá hạn từ ngày 15/08/2026"
