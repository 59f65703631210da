"""What is clear is counted, what is not goes to people; the whole catalogue runs in ``benchmarks.ballots``."""

from __future__ import annotations

from collections import Counter

import cv2
import numpy as np
import pytest

from benchmarks.cases import CASES, Desk, style
from benchmarks.hands import BLACK, ink_box
from benchmarks.machines import OFFICE
from benchmarks.strange import KINDS, try_strange
from benchmarks.trials import paper_for, read_zone, try_boxes, try_names
from chibo.ballots.blank import Blank
from chibo.ballots.intake import Unreadable, Why, picture_of
from chibo.ballots.reading import crop_of, read_picture
from chibo.ballots.rules import Choice, Concern
from chibo.ballots.strikes import Strike, names_of, read_rows
from chibo.ballots.style import Form, Paper
from tests.ballots.desk import blank_of, marked_ballot, struck_ballot

LETTERS = {Choice.FOR: "A", Choice.AGAINST: "D", Choice.NEITHER: "-", Choice.BOTH: "B", Choice.DOUBTFUL: "?"}


def read(data: bytes, blank: Blank):
    return read_picture(picture_of(data), blank)


@pytest.mark.parametrize("columns", ["AADAD", "-BAAA"])
def test_boxes_are_read(columns: str) -> None:
    sheet = read(marked_ballot(columns), blank_of(Form.AGREE)).sheet
    assert "".join(LETTERS[choice] for choice in sheet.choices) == columns
    assert sheet.doubtful_rows == tuple(at for at, mark in enumerate(columns) if mark in "-B")
    assert sheet.concerns == ()


def test_struck_names_are_read() -> None:
    sheet = read(struck_ballot(0, 3), blank_of()).sheet
    assert "".join(LETTERS[choice] for choice in sheet.choices) == "DAADA"
    assert sheet.is_sure


def test_long_lists_in_two_blocks_are_read() -> None:
    names = tuple(f"Nguyễn Hoàng Phương {n}" for n in range(24))
    blank = Blank.of(style(Form.AGREE, 24, names=names, seats=24, paper=Paper.A4))
    sheet = read(marked_ballot("AD" * 12, blank=blank), blank).sheet
    assert "".join(LETTERS[choice] for choice in sheet.choices) == "AD" * 12


@pytest.mark.parametrize("number", [9, 10, 11, 12, 17, 28, 29, 38, 48, 50, 54, 67])
def test_what_is_not_clear_goes_to_people(number: int) -> None:
    """The cases in which a guess would change a vote; ``benchmarks.ballots`` has all of them, with more seeds."""
    _name, allowed, run = CASES[number]
    desk = Desk(_agree11(), _strike11(), 200, False, np.random.default_rng([number, 99]))
    assert run(desk) in allowed


def _agree11() -> Blank:
    return blank_of(Form.AGREE, 11)


def _strike11() -> Blank:
    return blank_of(Form.STRIKE, 11)


def test_boxes_and_names_on_an_office_scanner() -> None:
    """A small share of what ``benchmarks.ballots`` tries: nothing wrong, and strange marks go to people."""
    for trial, blank in ((try_boxes, _agree11()), (try_names, _strike11())):
        for seed in range(6):
            score = trial(blank, 200, OFFICE, np.random.default_rng([seed, 11]), odd=0.5)
            assert score.rows_wrong == 0
            assert score.doubtful > 0


_STRANGE = (
    "painted_over",
    "shaded",
    "hatched",
    "taken_back_in_pencil",
    "word",
    "folds",
    "rubbed_out",
    "pencil_in_the_other",
)


def test_what_is_painted_over_shaded_or_folded_goes_to_people() -> None:
    """One sheet of each kind, which the reader once took for a mark or for paper; ``benchmarks.strange`` tries them by the thousand."""
    seen: Counter[tuple[str, str]] = Counter()
    for seed, name in enumerate(_STRANGE):
        seen.update(try_strange({name: KINDS[name]}, seed, _agree11()))
    assert sum(count for (_kind, told), count in seen.items() if told == "wrong") == 0
    assert all(seen[name, "tried"] >= 5 for name in _STRANGE)
    assert seen["plain", "accepted"] > 0.8 * seen["plain", "tried"]


def test_a_fold_through_a_name_is_no_strike() -> None:
    blank = _strike11()
    sheet = paper_for(blank, blank.zones[0], 200, np.random.default_rng(5))
    for row in range(11):
        y = ink_box(blank, row).middle[1]
        sheet.stroke([(-9, y), (200, y)], width=0.5, pen=BLACK, press=0.42)
    read = read_rows(read_zone(sheet, blank.zones[0], OFFICE, sheet.rng), names_of(blank)[0], np.zeros((11, 2)))
    assert {name.strike for name in read} == {Strike.DOUBTFUL}


def test_a_sheet_of_another_round_is_for_the_committee() -> None:
    sheet = read(struck_ballot(0), Blank(style(Form.STRIKE, 5, letter="B"), blank_of().pdf)).sheet
    assert sheet.concerns == (Concern.OTHER_STYLE,)
    assert not sheet.is_sure


@pytest.mark.parametrize(
    ("spoil", "why"), [("empty", Why.NO_MARKS), ("mirrored", Why.NO_MARKS), ("small", Why.COARSE)]
)
def test_what_cannot_be_placed_is_refused(spoil: str, why: Why) -> None:
    pixels = cv2.imdecode(np.frombuffer(struck_ballot(0), np.uint8), 0)
    spoiled = {
        "empty": np.full_like(pixels, 240) - (np.arange(pixels.size) % 7).reshape(pixels.shape).astype(np.uint8),
        "mirrored": np.ascontiguousarray(pixels[:, ::-1]),
        "small": cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA),
    }[spoil]
    with pytest.raises(Unreadable) as refused:
        read(cv2.imencode(".png", spoiled)[1].tobytes(), blank_of())
    assert refused.value.why is why


def test_people_get_the_row_enlarged_or_the_whole_sheet() -> None:
    reading = read(struck_ballot(2), blank_of())
    row = cv2.imdecode(np.frombuffer(crop_of(reading, blank_of(), 2), np.uint8), 0)
    whole = cv2.imdecode(np.frombuffer(crop_of(reading, blank_of(), None), np.uint8), 0)
    assert row.shape == (round((9.5 + 5) * 14), ((124 + 6) * 14))
    assert whole.shape == (210 * 8, 148 * 8)
