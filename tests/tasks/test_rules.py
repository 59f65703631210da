"""What a duty must say, without a database (seed S2-16)."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.tasks.rules import (
    Assigning,
    TaskState,
    objections_to_assigning,
    objections_to_extending,
    objections_to_finishing,
    objections_to_handing_over,
    objections_to_noting,
    objections_to_vagueness,
)

DUE = date(2026, 9, 30)
CLEAR = "Vận động 12 hộ ngõ 5 ký cam kết bàn giao mặt bằng"


def fields(objections) -> list[str]:
    return [o.field for o in objections]


def test_s2_16_what_who_when_and_measure_are_asked_each_with_how_to_mend_it() -> None:
    assert fields(objections_to_vagueness(CLEAR, doer=True, due_on=DUE, measure="12/12 hộ ký")) == []
    assert fields(objections_to_vagueness(CLEAR, doer=None, due_on=None, measure=" ")) == [
        "doer",
        "due_on",
        "measure",
    ]
    assert fields(objections_to_vagueness("Làm sạch", doer=True, due_on=DUE, measure="ảnh")) == ["what"]


@pytest.mark.parametrize(
    ("what", "word"),
    [
        ("Tăng cường công tác tuyên truyền trong nhân dân", "tăng cường"),
        ("Đẩy mạnh phong trào ở tổ dân phố", "đẩy mạnh"),
        ("Tiếp tục nâng cao chất lượng sinh hoạt", "tiếp tục"),
    ],
)
def test_s2_16_words_that_say_no_deed_are_named(what: str, word: str) -> None:
    (objection,) = objections_to_vagueness(what, doer=True, due_on=DUE, measure="báo cáo")
    assert objection.params == {"word": word}


@pytest.mark.parametrize(
    "what", ["Tăng cường 2 buổi tuyên truyền tại nhà văn hóa", "Tiếp tục lập danh sách hộ nghèo ngõ 7"]
)
def test_a_number_or_a_product_makes_the_same_words_clear(what: str) -> None:
    assert fields(objections_to_vagueness(what, doer=True, due_on=DUE, measure="báo cáo")) == []


def asked(**changes: object) -> Assigning:
    usual = {
        "title": CLEAR, "measure": "12/12 hộ", "assigned_on": date(2026, 8, 5), "due_on": DUE,
        "has_person": True, "has_unit": False, "belongs": True,
    }  # fmt: skip
    return Assigning(**{**usual, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({}, []),
        ({"has_unit": True}, ["doer"]),
        ({"title": " "}, ["title"]),
        ({"measure": ""}, ["measure"]),
        ({"measure": "", "override_reason": "chờ phường hướng dẫn"}, []),
        ({"belongs": False}, ["doer"]),
        ({"due_on": date(2026, 8, 4)}, ["due_on"]),
        ({"due_on": None}, ["due_on"]),
        ({"due_on": None, "override_reason": "việc thường xuyên"}, []),
    ],
)
def test_a_duty_is_given_to_one_doer_in_clear_words_or_with_a_reason(changes: dict, named: list[str]) -> None:
    assert fields(objections_to_assigning(asked(**changes))) == named


def test_what_is_ended_changes_no_more() -> None:
    day = date(2026, 8, 20)
    assert list(objections_to_noting(TaskState.DONE, text="x", percent=None, noted_on=day, assigned_on=day))
    assert list(objections_to_finishing(TaskState.DROPPED, result="x", done_on=day, assigned_on=day))


def test_progress_is_told_in_words_up_to_a_hundred_and_not_before_the_duty() -> None:
    told = objections_to_noting(
        TaskState.OPEN, text=" ", percent=101, noted_on=date(2026, 8, 4), assigned_on=date(2026, 8, 5)
    )
    assert fields(told) == ["text", "percent", "noted_on"]


def test_more_time_is_later_and_has_a_reason() -> None:
    assert fields(objections_to_extending(TaskState.OPEN, due_on=DUE, new_due_on=DUE, reason="")) == [
        "new_due_on",
        "reason",
    ]
    assert not list(objections_to_extending(TaskState.OPEN, due_on=None, new_due_on=DUE, reason="mưa lũ"))


def test_it_is_handed_to_one_other_doer_of_the_unit_after_the_last_took_it() -> None:
    since, on = date(2026, 8, 5), date(2026, 8, 4)
    common = {"on": since, "since": since, "same": False, "belongs": True}
    assert not list(objections_to_handing_over(TaskState.OPEN, has_person=True, has_unit=False, **common))
    for changes in (
        {"has_person": False, "has_unit": False},
        {"has_person": True, "has_unit": False, "same": True},
        {"has_person": True, "has_unit": False, "belongs": False},
        {"has_person": True, "has_unit": False, "on": on},
    ):
        assert len(list(objections_to_handing_over(TaskState.OPEN, **{**common, **changes}))) == 1
