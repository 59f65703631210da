"""Seed S1-04, S1-05, S1-06, S1-07: a ward's years of news and broadcasts, and one cell's way onto television."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.urls import reverse

from chibo.desk.management.scenarios import s1
from chibo.desk.management.scenarios.office import Office
from chibo.outreach.models import Article, Week
from tests.journeys.conftest import Seat
from tests.outreach.cast import open_page
from tests.world import World, plant_centre


@pytest.mark.django_db
def test_s1_04_s1_05_s1_07_the_same_numbers_from_records() -> None:
    """396 news, 291 broadcasts of 5 to 7 minutes, and in January 2021 one presentation on television."""
    plant_centre()
    office = Office.found("Thành phố Hoa Sen", "Quận Sông Xanh", "Phường Trúc Lam", key="s1", seed=1)
    cells = [office.cell(f"Chi bộ {n + 1}", f"s1-{n + 1}") for n in range(2)]
    claims = s1.tell_the_public(office, cells, office.programme("ct05", "Chỉ thị 05-CT/TW", date(2016, 5, 15)))
    assert [claim.computed() for claim in claims] == ["396", "291 (1.746 phút; 5–7 phút)", "1"]
    assert [claim.computed() for claim in claims] == [claim.expected for claim in claims]


@pytest.mark.django_db
def test_s1_06_from_the_weeks_orientation_to_the_public_page(seat: Callable[..., Seat], world: World) -> None:
    clerk, secretary, boss = seat(world.clerk), seat(world.secretary), seat(world.ward_secretary)
    clerk.fill(reverse("outreach:orient", args=[world.ward.pk]), starts_on="hôm nay", text="Nêu gương người tốt")
    week = Week.objects.get()
    clerk.fill(
        reverse("outreach:week", args=[week.pk]), what="Việc tốt của chi bộ", units=[str(world.cell5.pk)], due_on="ngày mai",
        asked_on="hôm nay",
    )  # fmt: skip
    article = Article.objects.get()
    page = reverse("outreach:article", args=[article.pk])
    assert "Việc tốt của chi bộ" in secretary.read("/")
    secretary.fill(page, title="Ngõ 7 không rác", text="42 hộ phân loại rác tại nhà.", send="1")
    boss.fill(reverse("outreach:article_deed", args=[article.pk, "approve"]), on="hôm nay")
    deed = reverse("outreach:article_deed", args=[article.pk, "publish"])
    clerk.fill(deed, kind="portal", held_on="hôm nay", link="https://phuong.example/ngo-7")
    boss.fill(reverse("outreach:article_deed", args=[article.pk, "show"]), on="hôm nay")
    public = reverse("reading:index", args=[world.ward.key])
    assert seat().client.get(public).status_code == 404
    open_page(world)
    assert "Ngõ 7 không rác" in seat().client.get(public).content.decode()
    figure = reverse("figures:figure", args=["outreach.portal", world.ward.pk, str(article.asked_on.year)])
    assert "Ngõ 7 không rác" in clerk.read(figure)
