"""The rules of meetings: literals in, objections out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from chibo.core.values import Share
from chibo.meetings.rules import (
    Closing,
    Convening,
    Mark,
    attendance,
    attendance_setting_on,
    cautions_on_closing,
    cautions_on_convening,
    minutes_between,
    objections_to_closing,
    objections_to_convening,
    objections_to_correcting,
    objections_to_marking,
)
from chibo.members.rules import Condition

NOVEMBER = date(2026, 11, 1)
HELD = date(2026, 11, 5)


def convening(**changes: object) -> list[str]:
    """What is objected to; the field of each."""
    asked = {"kind": "regular", "month": NOVEMBER, "held_on": HELD, **changes}
    facts = {"is_open": True, "month_taken": False}
    facts |= {name: asked.pop(name) for name in tuple(asked) if name in facts}
    return [o.field for o in objections_to_convening(Convening(**asked), **facts)]


def test_a_cell_is_convened_in_its_month_or_the_next_door_ones() -> None:
    assert convening() == []
    assert convening(held_on=date(2026, 12, 3)) == []
    assert convening(held_on=date(2026, 10, 31)) == []
    assert convening(held_on=date(2027, 1, 2)) == ["held_on"]


def test_a_month_has_one_regular_meeting_but_any_number_of_others() -> None:
    assert convening(month_taken=True) == ["month"]
    assert convening(month_taken=True, kind="topical") == []


def test_only_a_standing_unit_meets() -> None:
    assert convening(is_open=False) == ["held_on"]


def test_a_meeting_ends_after_it_begins() -> None:
    assert convening(starts_at=time(19, 30), ends_at=time(19, 0)) == ["ends_at"]


def marking(presence: str, condition: str | None = Condition.ACTIVE, today: date | None = None) -> list[str]:
    return [o.field for o in objections_to_marking(Mark("An", condition, presence), held_on=HELD, today=today)]


def test_the_roll_names_only_who_stood_in_the_cell_that_day() -> None:
    assert marking("present") == []
    assert marking("present", None) == ["member"]
    assert marking("present", Condition.SUSPENDED) == ["member"]


def test_exempt_and_elsewhere_agree_with_the_register() -> None:
    assert marking("exempt") == ["presence"]
    assert marking("elsewhere", Condition.EXEMPT) == ["presence"]
    assert marking("exempt", Condition.EXEMPT) == []
    assert marking("present", Condition.EXEMPT) == [], "an exempt member may come"


def test_before_the_meeting_only_leave_is_entered() -> None:
    before = date(2026, 11, 4)
    assert marking("present", today=before) == ["presence"]
    assert marking("unexcused", today=before) == ["presence"]
    assert marking("excused", today=before) == []
    assert marking("present", today=HELD) == []


def test_an_unknown_mark_is_refused() -> None:
    assert marking("asleep") == ["presence"]


def test_attendance_leaves_out_the_exempt_and_those_elsewhere() -> None:
    assert attendance(["present"] * 17 + ["excused"] * 2 + ["unexcused", "exempt", "elsewhere"]) == Share(17, 20)


READY = Closing("convened", HELD, HELD, "Nội dung", ("Hoa", "present"), ("Minh", "present"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"closed_on": date(2026, 11, 4)}, "chưa diễn ra"),
        ({"closed_on": date(2026, 11, 20)}, "ở sau hôm nay"),
        ({"minutes": " \n"}, "còn trống"),
        ({"unmarked": ("An", "Bình")}, "Chưa điểm danh"),
        ({"chair": None}, "ai chủ trì"),
        ({"recorder": None}, "ai làm thư ký"),
        ({"chair": ("Hoa", "excused")}, "không có mặt"),
        ({"state": "closed"}, "đã bế mạc"),
        ({"starts_at": time(9), "ends_at": time(8)}, "kết thúc phải sau"),
    ],
)
def test_what_keeps_a_meeting_open(changes: dict[str, object], said: str) -> None:
    found = list(objections_to_closing(replace(READY, **changes), today=date(2026, 11, 10)))
    assert [said in o.text for o in found] == ([True] if said else [])


def test_the_roll_objection_names_who_was_not_called() -> None:
    (found,) = objections_to_closing(replace(READY, unmarked=("An", "Bình")))
    assert found.params == {"names": "An, Bình"}


def test_closed_minutes_are_only_corrected_afterwards_and_in_words() -> None:
    def fields(**changes: object) -> list[str]:
        asked = {"state": "closed", "closed_on": HELD, "corrected_on": HELD, "text": "Sửa", **changes}
        return [o.field for o in objections_to_correcting(asked.pop("state"), **asked)]

    assert fields() == []
    assert fields(state="convened") == [""]
    assert fields(corrected_on=date(2026, 11, 4)) == ["corrected_on"]
    assert fields(text=" ") == ["text"]


def cautions(**changes: object) -> list[str]:
    asked = {
        "starts_at": time(19), "ends_at": time(20, 40), "least_minutes": 90,
        "roll": Share(19, 20), "target": 90, "unexplained": [], **changes,
    }  # fmt: skip
    return [o.text for o in cautions_on_closing(**asked)]


def test_cautions_say_what_an_inspector_would() -> None:
    assert cautions() == []
    assert "kéo dài" in cautions(ends_at=time(20))[0]
    assert "giờ bắt đầu" in cautions(starts_at=None)[0]
    assert "Tỷ lệ" in cautions(roll=Share(17, 20))[0]
    assert len(cautions(roll=Share(10, 20))) == 2
    assert "lý do" in cautions(unexplained=["An"])[0]


def test_entering_after_the_fact_is_said_not_refused() -> None:
    (said,) = cautions_on_convening(HELD, today=date(2026, 11, 17))
    assert said.params == {"days": 12}
    assert list(cautions_on_convening(HELD, today=HELD)) == []


def test_length_in_minutes() -> None:
    assert minutes_between(time(19, 30), time(21, 5)) == 95
    assert minutes_between(time(19, 30), None) is None


def test_the_target_is_that_of_the_day_of_the_meeting() -> None:
    assert attendance_setting_on(date(2018, 12, 1)) == "meetings.attendance_target_2018"
    assert attendance_setting_on(date(2026, 11, 5)) == "meetings.attendance_target_2025"
    assert attendance_setting_on(date(2016, 1, 1)) == "meetings.attendance_target_2018"
