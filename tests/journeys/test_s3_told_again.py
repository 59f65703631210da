"""Seed S3, told by its scenario and then read at the pages: the same numbers, with the rows behind them."""

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
from chibo.desk.management.scenarios import s3
from chibo.members.models import Member
from chibo.reports.models import Report
from chibo.units.models import Unit
from tests.journeys.conftest import Seat
from tests.world import LONG_AGO, plant_centre


def somebody(post: Post, unit: Unit) -> Actor:
    user = get_user_model().objects.create(username=f"{post}-{unit.key}", name=f"{post} {unit}")
    grant_post(unit, actor=SETUP, user=user, post=post, valid_from=LONG_AGO)
    return actor_of(user)


def lines_in(workbook: bytes) -> int:
    """The rows below the heading of an exported list."""
    return load_workbook(io.BytesIO(workbook)).active.max_row - 3


@pytest.mark.django_db
def test_s3_08_s3_12_x_03_sums_agree_attendance_rises_and_a_report_waits(seat: Callable[..., Seat], clock) -> None:
    plant_centre()
    s3.build()
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
    # 8 + 12 + 1 = 2 + 18 + 1; when one qualification is wanting, the report says both sides and is not issued.
    lead = seat(somebody(Post.WARD_SECRETARY, ward))
    draft = reverse("reports:draft", args=["plans-summary", ward.pk, "2018"])
    assert "21" in lead.read(draft + "?part=paper")
    Member.objects.filter(qualification="intermediate").update(qualification="")
    page = lead.read(draft)
    assert "21" in page
    assert "20" in page
    answer = lead.client.post(draft, {"on": "20/12/2018"})
    assert answer.status_code in {200, 422}
    assert not Report.objects.exists()
