"""What is weak in a plan, and why (seeds S0-08, S0-11, S0-13). No database."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.core.likeness import Likeness, Passage, passages
from chibo.plans.rules.quality import (
    STOCK_PHRASES,
    Flaw,
    ItemText,
    PlanText,
    is_generic,
    own_words,
    phrases_of,
    weaknesses,
)

PHRASES = phrases_of(STOCK_PHRASES)
GOOD = ItemText(
    "Đọc và ghi chép tác phẩm “Sửa đổi lối làm việc”, trình bày trước chi bộ một lần",
    "một bài trình bày",
    date(2026, 6, 30),
    on_theme=True,
)


def found(*items: ItemText, themed: bool = True, **more: object) -> list[Flaw]:
    plan = PlanText(2026, items, themed)
    return [weak.flaw for weak in weaknesses(plan, least_words=6, phrases=PHRASES, **more)]


def test_a_specific_plan_has_no_weakness() -> None:
    assert found(GOOD) == []


def test_an_empty_plan_has_nothing_to_be_weak_in() -> None:
    assert found() == []


def test_s0_11_items_without_measure_and_deadline_are_named_by_number() -> None:
    bare = ItemText("Vận động ba hộ trong ngõ phân loại rác tại nhà", on_theme=True)
    plan = PlanText(2026, (GOOD, bare))
    said = weaknesses(plan, least_words=6, phrases=PHRASES)
    assert [(weak.flaw, weak.lines) for weak in said] == [(Flaw.NO_MEASURE, (2,)), (Flaw.NO_DEADLINE, (2,))]
    assert str(said[0]) == "nội dung 2 chưa có chỉ tiêu, cách đo"


def test_a_deadline_outside_the_year_is_a_weakness() -> None:
    late = ItemText(GOOD.statement, "một bài", date(2027, 1, 5), on_theme=True)
    assert found(late) == [Flaw.OUTSIDE_YEAR]


def test_s0_13_a_plan_with_nothing_on_the_theme_says_so_unless_the_year_has_none() -> None:
    off = ItemText(GOOD.statement, GOOD.measure, GOOD.deadline)
    assert found(off) == [Flaw.OFF_THEME]
    assert found(off, themed=False) == []


@pytest.mark.parametrize(
    "words",
    [
        "Học tập tốt",
        "Luôn luôn nêu cao tinh thần trách nhiệm, hoàn thành tốt nhiệm vụ được giao",
        "Chấp hành nghiêm chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước.",
    ],
)
def test_s0_11_stock_phrases_and_few_words_are_generic(words: str) -> None:
    assert is_generic(ItemText(words), least_words=6, phrases=PHRASES)


@pytest.mark.parametrize(
    "words", ["Đọc 12 cuốn sách", "Đến thăm từng gia đình chính sách trong tổ dân phố vào ngày lễ"]
)
def test_what_counts_something_or_says_what_is_done_is_not_generic(words: str) -> None:
    assert not is_generic(ItemText(words), least_words=6, phrases=PHRASES)


def test_a_number_in_the_measure_makes_a_short_item_specific() -> None:
    assert not is_generic(ItemText("Dự đủ các buổi", "12 buổi"), least_words=6, phrases=PHRASES)


def test_a_plan_of_suggestions_alone_has_nothing_of_its_own() -> None:
    taken = ItemText(GOOD.statement, GOOD.measure, GOOD.deadline, on_theme=True, suggested=True)
    assert found(taken) == [Flaw.ONLY_SUGGESTED]
    assert own_words(PlanText(2026, (taken,))) == ""


def test_s0_11_a_near_copy_names_nobody() -> None:
    plan = PlanText(2026, (GOOD,))
    said = weaknesses(
        plan, least_words=6, phrases=PHRASES, like_other=Likeness(9, 97), like_last_year=Likeness(4, 100)
    )
    assert [str(weak) for weak in said] == [
        "giống nhiều với một kế hoạch khác trong chi bộ",
        "gần như chép lại kế hoạch năm 2025 của chính mình",
    ]
    assert [weak.other for weak in said] == [9, 4]


def test_passages_that_both_hold_are_marked_and_short_ones_are_chance() -> None:
    words = ["tôi", "đọc", "sách", "mỗi", "tuần", "một", "cuốn"]
    assert passages(words, [(1, 5), (6, 7)]) == [
        Passage("tôi", alike=False),
        Passage("đọc sách mỗi tuần", alike=True),
        Passage("một cuốn", alike=False),
    ]
