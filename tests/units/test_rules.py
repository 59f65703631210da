"""Rules of the tree, with literals and no database."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.units.rules import (
    Level,
    Standing,
    is_organisation_code,
    objections_to_changing,
    objections_to_closing,
    objections_to_deciding,
    objections_to_founding,
    objections_to_merging,
    objections_to_moving,
    objections_to_splitting,
)

LONG_AGO, ON, TODAY = date(2010, 1, 1), date(2025, 7, 1), date(2026, 1, 1)
CITY = Standing(Level.PROVINCE, "1/2/", open=True, since=LONG_AGO)
DISTRICT = Standing(Level.DISTRICT, "1/2/3/", open=True, since=LONG_AGO)
WARD = Standing(Level.WARD, "1/2/3/4/", open=True, since=LONG_AGO)
CELL = Standing(Level.CELL, "1/2/3/4/5/", open=True, since=LONG_AGO)
GONE = Standing(Level.WARD, "1/2/9/", open=False, since=LONG_AGO)


def fields(objections) -> list[str]:
    return [objection.field for objection in objections]


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("38.168.053.000.001", True),
        ("38168053000001", True),
        ("38.168.053.000.01", False),
        ("3816805300000x", False),
        ("", False),
    ],
)
def test_an_organisation_code_has_fourteen_digits(code: str, valid: bool) -> None:
    assert is_organisation_code(code) is valid


@pytest.mark.parametrize(
    ("level", "kind", "code", "parent", "wrong"),
    [
        (Level.CELL, "school", "", WARD, []),
        (Level.CELL, "", "", WARD, ["cell_kind"]),
        (Level.WARD, "school", "", CITY, ["cell_kind"]),
        (Level.WARD, "", "123", CITY, ["code"]),
        (Level.CELL, "school", "", CELL, ["parent"]),
        (Level.DISTRICT, "", "", CITY, ["parent"]),
        (Level.CELL, "school", "", GONE, ["parent"]),
    ],
)
def test_a_unit_is_founded_where_it_may_stand(level, kind, code, parent, wrong) -> None:
    assert fields(objections_to_founding(level, kind, code, parent=parent, on=ON)) == wrong


def test_districts_take_wards_until_the_last_of_june_2025() -> None:
    assert not list(objections_to_founding(Level.WARD, "", "", parent=DISTRICT, on=date(2025, 6, 30)))
    (objection,) = objections_to_founding(Level.WARD, "", "", parent=DISTRICT, on=date(2025, 7, 1))
    assert objection.article == "Quy định 294-QĐ/TW"


@pytest.mark.parametrize(
    ("moved", "parent", "on", "wrong"),
    [
        (WARD, CITY, ON, []),
        (CELL, WARD, ON, ["parent"]),
        (WARD, CELL, ON, ["parent", "parent"]),
        (WARD, CITY, LONG_AGO, ["on"]),
        (WARD, CITY, date(2026, 2, 1), ["on"]),
        (GONE, CITY, ON, ["parent", "on"]),
    ],
)
def test_a_unit_moves_upward_after_its_last_change_and_not_in_the_future(moved, parent, on, wrong) -> None:
    assert fields(objections_to_moving(moved, parent=parent, on=on, today=TODAY)) == wrong


def test_a_change_follows_the_last_one() -> None:
    (objection,) = objections_to_changing(CELL, on=LONG_AGO, today=TODAY)
    assert objection.params == {"since": "01/01/2010"}


def test_merging_joins_two_units_of_one_level() -> None:
    other = Standing(Level.CELL, "1/2/3/4/6/", open=True, since=LONG_AGO)
    assert not list(objections_to_merging([CELL, other], on=ON, today=TODAY))
    assert fields(objections_to_merging([CELL], on=ON, today=TODAY)) == ["units"]
    assert fields(objections_to_merging([CELL, CELL], on=ON, today=TODAY)) == ["units"]
    assert fields(objections_to_merging([CELL, WARD], on=ON, today=TODAY)) == ["units"]


def test_splitting_makes_at_least_one_new_unit() -> None:
    assert fields(objections_to_splitting(CELL, parts=0, on=ON, today=TODAY)) == ["names"]


@pytest.mark.parametrize(
    ("closed", "last_day", "below", "successor", "wrong"),
    [
        (CELL, ON, [], None, []),
        (CELL, LONG_AGO, [], None, []),
        (CELL, date(2009, 1, 1), [], None, ["last_day"]),
        (CELL, date(2026, 2, 1), [], None, ["last_day"]),
        (WARD, ON, ["Chi bộ 5"], None, [""]),
        (CELL, ON, [], CELL, ["successor"]),
        (CELL, ON, [], WARD, ["successor"]),
        (WARD, ON, [], GONE, ["successor"]),
    ],
)
def test_a_unit_ends_when_nothing_stands_below_it(closed, last_day, below, successor, wrong) -> None:
    found = objections_to_closing(closed, last_day=last_day, today=TODAY, below=below, successor=successor)
    assert fields(found) == wrong


@pytest.mark.parametrize(
    ("default", "value", "source", "wrong"),
    [
        (90, 80, "HD 1", []),
        (90, -1, "HD 1", ["value"]),
        (90, "tám mươi", "HD 1", ["value"]),
        (90, 80, "", ["source"]),
        (None, 80, "HD 1", [""]),
    ],
)
def test_a_value_is_decided_in_kind_and_with_its_source(default, value, source, wrong) -> None:
    assert fields(objections_to_deciding(default, value, source=source)) == wrong
