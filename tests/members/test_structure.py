"""How staff and members are counted by what they are: every way of adding up agrees (seed S3-08, rulebook §7.4)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.members.rules import Qualification, Sex, StaffKind, Theory
from chibo.members.rules.structure import (
    Cut,
    Person,
    age_on,
    band_of,
    kinds_in,
    objections_to_section,
    section_of,
)
from chibo.members.selectors.structure import structure_of
from chibo.units.selectors import scope_of
from tests.world import World

DAY, BEFORE = date(2026, 12, 31), date(2025, 12, 31)
people = st.lists(
    st.builds(
        Person, st.sampled_from(("", *StaffKind)), st.sampled_from(("", *Qualification)),
        st.sampled_from(("", *Theory)), st.sampled_from(("", *Sex)), st.none() | st.dates(date(1930, 1, 1), DAY),
    ),
    max_size=40,
)  # fmt: skip


@given(people, people)
def test_s3_08_down_and_across_every_cut_comes_to_the_same_whole(now: list[Person], then: list[Person]) -> None:
    for cut in Cut:
        section = section_of(cut, now, then, kinds=kinds_in(now), day=DAY, before=BEFORE)
        assert list(objections_to_section(section, counted=len(now))) == []
        assert sum(line.then for line in section.lines) == len(then)
        if now:
            assert len(list(objections_to_section(section, counted=len(now) + 1))) == 1


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(1996, 3, 1), date(2026, 2, 28), 29),
        (date(1996, 2, 29), date(2026, 2, 28), 29),
        (date(1996, 2, 29), date(2026, 3, 1), 30),
        (date(1996, 2, 28), date(2026, 2, 28), 30),
    ],
)
def test_years_of_age_are_full_on_the_day(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def test_every_age_has_one_band_and_no_birth_date_has_its_own() -> None:
    bands = [band_of(date(2026 - age, 1, 1), date(2026, 12, 31)) for age in range(18, 80)]
    assert "unknown" not in bands
    assert (bands[12], bands[13], bands[42], bands[43]) == ("to30", "31to35", "56to60", "over60")
    assert band_of(None, DAY) == "unknown"


@pytest.mark.parametrize(
    ("period", "before"),
    [("2026", "2025"), ("2024-02", "2023-02"), ("2025-02", "2024-02"), ("2026-q3", "2025-q3"), ("2021..2025", "2020..2024")],
)  # fmt: skip
def test_the_same_period_of_last_year(period: str, before: str) -> None:
    assert str(Period.parse(period).last_year()) == before


def staffed(world: World, count: int = 3) -> None:
    """S3's staff in small: cadres and civil servants, one of them come this year, one of unknown sex."""
    for number in range(count):
        world.member(
            world.cell5, f"Cán Bộ Số {number}", staff_kind="cadre" if number % 2 else "civil_servant",
            qualification="master" if number == 1 else "bachelor", theory="advanced", sex="" if number == 2 else "male",
            birth_date=date(1980 + number % 9, 5, 1), since=date(2026, 3, 1) if number == 2 else date(2020, 1, 1),
        )  # fmt: skip
    world.member(world.cell5, "Người Nghỉ Hưu", staff_kind="retired")


def test_s3_08_the_page_says_what_the_figures_say(world: World) -> None:
    staffed(world)
    year, day = Period.parse("2026"), date(2026, 6, 30)
    found = structure_of(world.ward, Period.parse("2026-06"), everybody=False)
    scope = scope_of(world.ward, year, day)
    told = {
        f"{section.cut.value}.{code}": line.now
        for section in found.sections
        for code, line in ((line.label, line) for line in section.lines)
    }
    assert (found.counted, found.wrong, found.sections[0].whole.then) == (3, (), 2)
    figures = {one.code: one for one in registry.each("figures") if one.code.startswith("members.staff.")}
    for cut, code, label in (
        ("kind", "civil_servant", "Công chức"), ("qualification", "qualification.master", "Thạc sĩ"),
        ("theory", "theory.advanced", "Cao cấp, cử nhân"), ("sex", "sex.male", "Nam"), ("sex", "sex.unknown", "Chưa ghi"),
        ("age", "age.46to50", "46–50 tuổi"), ("age", "age.41to45", "41–45 tuổi"),
    ):  # fmt: skip
        assert told.get(f"{cut}.{label}", 0) == figures[f"members.staff.{code}"].rows(scope).count(), code


def page(client: Client, unit: int, **query: str) -> str:
    answer = client.get(reverse("members:structure", args=[unit, Period.parse("2026")]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_prints_exports_and_is_empty_where_nobody_is_staff(world: World, browser_of) -> None:
    client, ward = browser_of(world.clerk), world.ward.pk
    assert "Chưa có ai để đếm" in page(client, ward)
    staffed(world)
    shown = page(client, ward)
    assert "Mọi cách cộng ngang, dọc đều khớp: 3" in shown
    assert "Trình độ chuyên môn × đối tượng" in shown
    assert "data-print" in shown
    assert "khớp: 4" in page(client, ward, who="members")
    url = reverse("members:structure", args=[ward, Period.parse("2026")])
    rows = list(load_workbook(BytesIO(client.get(url, {"format": "xlsx"}).content)).active.values)
    whole = [row for row in rows if row[1] == "Cộng"]
    assert {row[2] for row in whole} == {3}
    assert len(whole) == len(Cut)


def test_thirty_people_ask_the_database_as_one_does_and_a_stranger_finds_nothing(world: World, browser_of) -> None:
    client, ward = browser_of(world.clerk), world.ward.pk
    staffed(world, 1)
    with CaptureQueriesContext(connection) as one:
        page(client, ward)
    staffed(world, 30)
    with CaptureQueriesContext(connection) as many:
        page(client, ward)
    assert len(one) == len(many)
    url = reverse("members:structure", args=[ward, Period.parse("2026")])
    assert browser_of(world.stranger).get(url).status_code == 404
