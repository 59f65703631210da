"""The demonstration's reviews: last year's round decided through to its commitments, this year's under way."""

from __future__ import annotations

from datetime import date

import pytest

from chibo.access.charter import Post
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.desk.management.scenarios.reviews import demonstrate
from chibo.members.actions import appoint
from chibo.reviews.models import Commitment, Review
from chibo.reviews.rules import Duty, Stage
from tests.world import plant_centre


@pytest.mark.once
def test_last_year_is_decided_and_this_year_under_way(db: None) -> None:
    plant_centre()
    office = Office.found("Tỉnh Hoa Mai", "", "Phường Tân Lập", key="rv", seed=8)
    cells = [office.cell(f"Chi bộ {n}", f"rv-{n}") for n in (1, 2)]
    people = [office.members(cell, 6) for cell in cells]
    for member, post in zip(people[0], (Post.WARD_SECRETARY, Post.WARD_DEPUTY), strict=False):
        appoint(office.ward, member=member, post=post, valid_from=date(2020, 1, 1), **AS_SETUP)
    demonstrate(office, cells, date(2026, 11, 27), small=False)
    stages = {
        year: set(Review.objects.filter(round__last__year=year, duty=Duty.REVIEWED).values_list("stage", flat=True))
        for year in (2025, 2026)
    }
    assert stages == {2025: {Stage.DECIDED}, 2026: {Stage.DUE, Stage.SENT, Stage.PROPOSED}}
    assert Commitment.objects.count() == 9
