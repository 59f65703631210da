"""Seeds S1 and S3, told by their scenarios and then read at the pages: the same numbers, with the rows behind them."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from openpyxl import load_workbook

from chibo.access.actions import grant_post
from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Post
from chibo.access.selectors import actor_of
from chibo.desk.management.scenarios import s1, s3
from chibo.desk.management.scenarios.claims import Claim
from chibo.members.models import Member
from chibo.plans.models import Evaluation
from chibo.reports.models import Report
from chibo.units.models import Unit
from tests.journeys.conftest import Seat
from tests.world import LONG_AGO, plant_centre


def somebody(post: Post, unit: Unit) -> Actor:
    user = get_user_model().objects.create(username=f"{post}-{unit.key}", name=f"{post} {unit}")
    grant_post(unit, actor=SETUP, user=user, post=post, valid_from=LONG_AGO)
    return actor_of(user)


def untrue(claims: tuple[Claim, ...]) -> list[str]:
    return [f"{c.id} {c.says}: {c.expected} ≠ {found}" for c in claims if (found := c.computed()) != c.expected]


def lines_in(workbook: bytes) -> int:
    """The rows below the heading of an exported list."""
    return load_workbook(io.BytesIO(workbook)).active.max_row - 3


@pytest.mark.once  # thirty thousand savepoints in one transaction, as no user makes them, take PostgreSQL minutes
@pytest.mark.django_db
def test_s1_08_s1_10_s1_13_five_years_of_comments_and_152_persons(seat: Callable[..., Seat], clock) -> None:
    plant_centre()
    assert untrue(s1.build()) == []
    ward, cell = Unit.objects.get(key="s1"), Unit.objects.get(key="s1-1")
    lead = somebody(Post.CELL_SECRETARY, cell)
    inspector, secretary = seat(somebody(Post.INSPECTOR, ward)), seat(lead)
    # 152 distinct persons: the figure, its rows, its cells and the list that goes out are the same 152.
    figure = reverse("figures:figure", args=["plans.members_commented", ward.pk, "2016..2020"])
    assert "152" in inspector.read(figure)
    assert lines_in(inspector.file(figure + "?format=xlsx")) == 152
    cells = Unit.objects.filter(ward=ward, level="cell")
    shares = [
        lines_in(
            inspector.file(
                reverse("figures:figure", args=["plans.members_commented", c.pk, "2016..2020"]) + "?format=xlsx"
            )
        )
        for c in cells
    ]
    assert (len(shares), sum(shares)) == (9, 152)
    # Each registers a plan, the cell judges it, and what was said can be read where it was said.
    assert "171" in inspector.read(reverse("figures:figure", args=["plans.registered", ward.pk, "2020"]))
    said = Evaluation.objects.exclude(comment="").filter(unit=cell).first()
    assert said is not None
    assert said.comment in secretary.read(reverse("plans:evaluation", args=[said.pk]))
    # A month in which nobody reported finds itself, with its article and the way to mend it.
    clock(date(2020, 8, 19))
    wanting = seat(lead).read(reverse("warnings:index", args=[cell.pk]))
    assert "7/2020" in wanting
    assert "báo cáo" in wanting


@pytest.mark.django_db
def test_s3_08_s3_12_x_03_staff_sums_agree_and_attendance_rises(seat: Callable[..., Seat], clock) -> None:
    plant_centre()
    assert untrue(s3.build()) == []
    clock(date(2018, 12, 20))
    ward, cell = Unit.objects.get(key="s3"), Unit.objects.get(key="s3-3")
    inspector = seat(somebody(Post.INSPECTOR, ward))
    attendance = reverse("figures:figure", args=["meetings.attendance", cell.pk, "2018"])
    page = inspector.read(attendance)
    assert "92,5 %" in page
    assert "85 %" in page, "the period before stands beside it"
    assert "444/480" in page
    assert lines_in(inspector.file(attendance + "?format=xlsx")) == 444
    staff = inspector.read(reverse("figures:figure", args=["members.staff.civil_servant", ward.pk, "2018-12"]))
    assert "12" in staff


@pytest.mark.django_db
def test_s3_08_a_report_waits_until_its_sums_agree(seat: Callable[..., Seat], clock) -> None:
    """8 + 12 + 1 = 2 + 18 + 1; when one qualification is wanting, the report says both sides and is not issued."""
    plant_centre()
    s3.build()
    clock(date(2018, 12, 20))
    ward = Unit.objects.get(key="s3")
    lead = seat(somebody(Post.WARD_SECRETARY, ward))
    draft = reverse("reports:draft", args=["plans-summary", ward.pk, "2018"])
    assert "21" in lead.read(draft)
    Member.objects.filter(qualification="intermediate").update(qualification="")
    page = lead.read(draft)
    assert "21" in page
    assert "20" in page
    answer = lead.client.post(draft, {"on": "20/12/2018"})
    assert answer.status_code in {200, 422}
    assert not Report.objects.exists()
