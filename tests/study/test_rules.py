"""What must hold of classes, essays and making things known. No database."""

from __future__ import annotations

from datetime import date

from chibo.core.likeness import alike, nearest, plain, side_by_side, sorted_words
from chibo.core.values import Share
from chibo.study.rules import (
    EssayState,
    objections_to_asking,
    objections_to_calling,
    objections_to_handing_in,
    objections_to_marking,
    objections_to_reaching,
    objections_to_recording_class,
    objections_to_spreading,
    objections_to_waiving,
)
from chibo.study.selectors import range_words

HELD, LATER = date(2026, 3, 10), date(2026, 3, 24)


def fields(found) -> list[str]:
    return [objection.field for objection in found]


def test_a_class_is_a_meeting_of_its_kind_once_and_says_what_is_studied() -> None:
    assert fields(objections_to_recording_class(kind="regular", is_recorded=True, title=" ")) == ["", "", "title"]
    assert fields(objections_to_recording_class(kind="class", is_recorded=False, title="Chuyên đề")) == []
    assert fields(objections_to_calling(0, is_chosen=True)) == ["group"]
    assert fields(objections_to_calling(0, is_chosen=False)) == []


def test_essays_are_asked_after_the_roll_with_time_to_write() -> None:
    assert fields(objections_to_asking(held_on=HELD, due_on=HELD, present=0, waived="Lớp ngắn")) == ["", "due_on", ""]
    assert fields(objections_to_asking(held_on=HELD, due_on=LATER, present=1, waived="")) == []
    assert fields(objections_to_waiving(asked=1, reason=" ")) == ["", "reason"]


def test_an_essay_has_a_text_or_a_file_and_a_day_that_can_be() -> None:
    due = {"state": EssayState.DUE, "text": "", "held_on": HELD}
    assert fields(objections_to_handing_in(**due, has_file=False, handed_in_on=HELD)) == ["text"]
    assert fields(objections_to_handing_in(**due, has_file=True, handed_in_on=LATER, today=HELD)) == ["handed_in_on"]
    assert fields(objections_to_handing_in(**due, has_file=True, handed_in_on=date(2026, 3, 9))) == ["handed_in_on"]
    passed = {**due, "state": EssayState.PASSED, "has_file": True}
    assert fields(objections_to_handing_in(**passed, handed_in_on=HELD)) == [""]


def test_s1_13_a_mark_says_done_or_what_is_lacking_and_never_points() -> None:
    assert fields(objections_to_marking(state="due", mark="passed", comment="")) == [""]
    assert fields(objections_to_marking(state="handed_in", mark="9", comment="")) == ["mark"]
    assert fields(objections_to_marking(state="handed_in", mark="not_passed", comment=" ")) == ["comment"]
    assert fields(objections_to_marking(state="handed_in", mark="passed", comment="")) == []


def test_one_document_or_one_theme_is_made_known_once_with_time_to_do_it() -> None:
    good = {"has_paper": True, "has_theme": False, "already": False, "opened_on": HELD, "due_on": LATER, "people": 3}
    assert fields(objections_to_spreading(**good)) == []
    wrong = {**good, "has_theme": True, "already": True, "due_on": date(2026, 3, 9), "people": 0}
    assert fields(objections_to_spreading(**wrong)) == ["paper", "paper", "due_on", ""]


def test_a_cell_speaks_of_its_own_members_on_a_day_that_can_be() -> None:
    good = {"opened_on": HELD, "reached_on": LATER, "way": "meeting", "today": LATER}
    assert fields(objections_to_reaching(**good)) == []
    found = list(
        objections_to_reaching(**{**good, "way": "x", "reached_on": date(2026, 3, 9)}, strangers=["An"], outside=True)
    )
    assert fields(found) == ["way", "reached_on", "", "meeting"]
    assert found[2].params == {"names": "An"}


def test_s1_02_the_range_of_a_year_is_cut_and_not_rounded() -> None:
    assert range_words([Share(133, 143), Share(160, 170)]) == "93 %–94,11 %"
    assert range_words([Share(160, 170)]) == "94,11 %"
    assert range_words([Share(0, 0)]) == ""


def test_a_copy_is_found_whatever_the_order_of_its_lines_and_empty_texts_are_no_copies() -> None:
    texts = {1: "Tôi sẽ đọc sách. Mỗi tuần một cuốn.", 2: "Mỗi tuần một cuốn. Tôi sẽ đọc sách!", 3: "Chuyện khác hẳn"}
    words = {pk: sorted_words(plain(text)) for pk, text in texts.items()}
    found = nearest(words, 85)
    assert {pk: like.other for pk, like in found.items()} == {1: 2, 2: 1}
    assert alike("", "", 1) == 0
    (pair,) = side_by_side(["đọc sách mỗi tuần một cuốn"], ["tôi đọc sách mỗi tuần hai cuốn"])
    assert [part.text for part in pair.left if part.alike] == ["đọc sách mỗi tuần"]
