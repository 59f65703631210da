"""Rules of membership, with literals and no database."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.core.values import same_day_after
from chibo.members.rules import (
    DEFAULT_GROUPS,
    Dates,
    Stay,
    objections_to_changing,
    objections_to_coming_back,
    objections_to_condition,
    objections_to_dates,
    objections_to_history,
    objections_to_identity,
    objections_to_joining,
    objections_to_leaving,
    objections_to_recognising,
    objections_to_transferring,
)
from chibo.members.rules.leading import objections_to_appointing, objections_to_ending, proposed_groups

TODAY = date(2026, 3, 1)
NEW_YEAR = date(2025, 1, 1)
ACTIVE = Stay(5, "official", "active", NEW_YEAR)
ON_PROBATION = Stay(5, "probationary", "active", NEW_YEAR)
GUEST = Stay(5, "official", "here", NEW_YEAR)
GONE = Stay(5, "official", "active", NEW_YEAR, date(2025, 12, 31))


def fields(objections) -> list[str]:
    return [objection.field for objection in objections]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 12, 15), 12, date(2025, 12, 15)),
    ],
)
def test_the_same_day_some_months_later(day: date, months: int, expected: date) -> None:
    assert same_day_after(day, months) == expected


@pytest.mark.parametrize(
    ("dates", "wrong"),
    [
        (Dates(date(1990, 5, 1), "day", date(2010, 5, 1), date(2011, 5, 1)), []),
        (Dates(date(1990, 5, 1), "day", date(2008, 5, 1)), []),
        (Dates(date(1990, 5, 1), "day", date(2008, 4, 30)), ["admitted_on"]),
        (Dates(date(1990, 1, 1), "year", date(2008, 1, 1)), []),
        (Dates(date(1990, 1, 1), "year", date(2007, 12, 31)), ["admitted_on"]),
        (Dates(admitted_on=date(2011, 5, 1), official_on=date(2010, 5, 1)), ["official_on"]),
        (Dates(birth_date=date(2027, 1, 1)), ["birth_date"]),
        (Dates(), []),
    ],
)
def test_the_dates_of_a_life_stand_in_order(dates: Dates, wrong: list[str]) -> None:
    assert fields(objections_to_dates(dates, today=TODAY)) == wrong


def test_being_too_young_rests_on_the_charter() -> None:
    (objection,) = objections_to_dates(Dates(date(1990, 5, 1), "day", date(2000, 1, 1)), today=TODAY)
    assert objection.article == "Điều lệ Đảng, Điều 1"


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({}, []),
        ({"citizen_id": "001056001234", "phone": "0912 345 678"}, []),
        ({"citizen_id": "00105600123"}, ["citizen_id"]),
        ({"citizen_id": "001056001234", "citizen_taken": True}, ["citizen_id"]),
        ({"card_taken": True}, ["card_number"]),
        ({"phone": "gọi chị Hoa"}, ["phone"]),
    ],
)
def test_a_number_is_well_formed_and_ones_own(facts: dict, wrong: list[str]) -> None:
    given = {"citizen_id": "", "phone": "", "citizen_taken": False, "card_taken": False, **facts}
    assert fields(objections_to_identity(**given)) == wrong


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({}, []),
        ({"is_cell": False}, [""]),
        ({"unit_open": False}, ["since"]),
        ({"since": date(2026, 4, 1)}, ["since"]),
        ({"dates": Dates(admitted_on=date(2025, 2, 1))}, ["since"]),
        ({"dates": Dates(official_on=date(2025, 2, 1))}, ["standing"]),
        ({"standing": "probationary", "dates": Dates(official_on=date(2024, 2, 1))}, ["standing"]),
    ],
)
def test_one_joins_an_open_cell_after_admission(facts: dict, wrong: list[str]) -> None:
    given = {
        "since": NEW_YEAR, "field": "since", "standing": "official", "dates": Dates(), "is_cell": True,
        "unit_open": True, "today": TODAY, **facts,
    }  # fmt: skip
    assert fields(objections_to_joining(**given)) == wrong


@pytest.mark.parametrize(
    ("stays", "on", "wrong"),
    [
        ([ACTIVE], date(2025, 2, 1), []),
        ([ACTIVE], NEW_YEAR, ["on"]),
        ([ACTIVE], date(2026, 4, 1), ["on"]),
        ([GONE], date(2026, 2, 1), [""]),
        ([GONE, Stay(7, "official", "active", date(2026, 1, 1))], date(2025, 6, 1), ["on"]),
    ],
)
def test_a_change_comes_after_the_last_one(stays: list[Stay], on: date, wrong: list[str]) -> None:
    assert fields(objections_to_changing(stays, on=on, today=TODAY)) == wrong


@pytest.mark.parametrize(
    ("last_day", "wrong"), [(NEW_YEAR, []), (date(2024, 12, 31), ["last_day"]), (date(2026, 4, 1), ["last_day"])]
)
def test_one_leaves_no_earlier_than_one_came(last_day: date, wrong: list[str]) -> None:
    assert fields(objections_to_leaving([ACTIVE], last_day=last_day, today=TODAY)) == wrong


def test_one_comes_back_after_one_left() -> None:
    assert fields(objections_to_coming_back([GONE], since=date(2025, 12, 31), field="since")) == ["since"]
    assert not list(objections_to_coming_back([GONE], since=date(2026, 1, 1), field="since"))


@pytest.mark.parametrize(
    ("stay", "condition", "host", "host_open", "wrong"),
    [
        (ACTIVE, "exempt", None, False, []),
        (ACTIVE, "elsewhere", 7, True, []),
        (ACTIVE, "active", None, False, ["condition"]),
        (ACTIVE, "here", None, False, ["condition"]),
        (GUEST, "active", None, False, ["condition"]),
        (ACTIVE, "exempt", 7, True, ["host"]),
        (ACTIVE, "elsewhere", 5, True, ["host"]),
        (ACTIVE, "elsewhere", 7, False, ["host"]),
    ],
)
def test_a_condition_differs_from_the_present_one(stay, condition, host, host_open, wrong) -> None:
    assert fields(objections_to_condition(stay, condition=condition, host_id=host, host_open=host_open)) == wrong


@pytest.mark.parametrize(
    ("stay", "admitted", "on", "wrong"),
    [
        (ON_PROBATION, date(2024, 1, 1), date(2025, 1, 1), []),
        (ON_PROBATION, date(2024, 1, 1), date(2024, 12, 31), ["on"]),
        (ON_PROBATION, None, date(2025, 1, 1), [""]),
        (ACTIVE, date(2024, 1, 1), date(2025, 1, 1), [""]),
    ],
)
def test_official_when_the_probation_is_over(stay, admitted, on, wrong) -> None:
    assert fields(objections_to_recognising(stay, admitted_on=admitted, on=on, months=12)) == wrong


def test_the_probation_rests_on_the_charter_and_names_the_day() -> None:
    (objection,) = objections_to_recognising(
        ON_PROBATION, admitted_on=date(2024, 2, 29), on=date(2025, 1, 1), months=12
    )
    assert objection.article == "Điều lệ Đảng, Điều 5; Quy định 208-QĐ/TW"
    assert objection.params == {"months": 12, "ready": "28/02/2025"}


@pytest.mark.parametrize(
    ("stay", "to", "is_cell", "to_open", "wrong"),
    [
        (ACTIVE, 7, True, True, []),
        (ACTIVE, 5, True, True, ["to"]),
        (ACTIVE, 7, True, False, ["to"]),
        (ACTIVE, 2, False, True, [""]),
        (GUEST, 7, True, True, [""]),
    ],
)
def test_one_is_transferred_to_another_open_cell(stay, to, is_cell, to_open, wrong) -> None:
    assert fields(objections_to_transferring(stay, to_id=to, is_cell=is_cell, to_open=to_open)) == wrong


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({}, []),
        ({"valid_to": date(2024, 1, 1)}, ["valid_to"]),
        ({"standing": "probationary"}, ["member"]),
        ({"belongs": False, "standing": ""}, ["member"]),
        ({"holds_already": True}, ["member"]),
        ({"holders": ["Lê Thị Hoa"]}, ["ends_previous"]),
        ({"holders": ["Lê Thị Hoa"], "post": "cell_deputy"}, []),
    ],
)
def test_a_post_goes_to_an_official_member_and_one_secretary_leads(facts: dict, wrong: list[str]) -> None:
    given = {
        "post": "cell_secretary", "valid_from": NEW_YEAR, "valid_to": None, "standing": "official", "belongs": True,
        "holders": [], "holds_already": False, **facts,
    }  # fmt: skip
    assert fields(objections_to_appointing(given.pop("post"), **given)) == wrong


def test_a_term_ends_once_and_not_before_it_begins() -> None:
    assert not list(objections_to_ending(NEW_YEAR, None, last_day=date(2025, 6, 1)))
    assert fields(objections_to_ending(NEW_YEAR, None, last_day=date(2024, 6, 1))) == ["last_day"]
    assert fields(objections_to_ending(NEW_YEAR, date(2025, 3, 1), last_day=date(2025, 6, 1))) == [""]


@pytest.mark.parametrize(
    ("dates", "stays", "wrong"),
    [
        (Dates(admitted_on=NEW_YEAR), [ACTIVE], []),
        (Dates(admitted_on=date(2025, 2, 1)), [ACTIVE], ["admitted_on"]),
        (Dates(official_on=date(2025, 2, 1)), [ACTIVE], ["official_on"]),
        (Dates(official_on=date(2025, 2, 1)), [ON_PROBATION], ["official_on"]),
        (Dates(admitted_on=date(2025, 2, 1)), [], []),
    ],
)
def test_a_file_agrees_with_the_memberships(dates: Dates, stays: list[Stay], wrong: list[str]) -> None:
    assert fields(objections_to_history(dates, stays)) == wrong


def test_groups_are_proposed_by_posts_kind_occupation_condition_and_age() -> None:
    nobody = {"leads": False, "staff_kind": "", "occupation": "", "condition": "active", "born": None}
    cases = [
        {"leads": True},
        {"occupation": "chi hoi truong cuu chien binh"},
        {"staff_kind": "civil_servant"},
        {"staff_kind": "retired"},
        {"born": date(1995, 1, 1)},
        {"condition": "elsewhere"},
    ]
    proposed = [proposed_groups(**{**nobody, **case}, on=TODAY, young_until=35) for case in cases]
    assert proposed == [frozenset({name}) for name in DEFAULT_GROUPS]
    assert proposed_groups(**nobody, on=TODAY, young_until=35) == frozenset()
