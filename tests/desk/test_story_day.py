"""The demonstration can be built on any day of the year."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.desk.management.scenarios.ward import told_on


@pytest.mark.once
@pytest.mark.parametrize(
    ("today", "ends_on"),
    [
        (date(2027, 1, 1), date(2026, 12, 31)),
        (date(2027, 2, 14), date(2026, 12, 31)),
        (date(2027, 2, 15), date(2027, 2, 15)),
        (date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_before_the_cells_have_their_plans_the_story_ends_with_the_year_before(today: date, ends_on: date) -> None:
    assert told_on(today) == ends_on
