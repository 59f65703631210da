"""A ward of 1,500 members with five years of meetings and evaluations, written straight into a database.

Only benchmarks write like this: it is the amount that matters here, not the road it came by.
"""

from __future__ import annotations

from datetime import date

from chibo.access.actions import grant_post
from chibo.access.actor import SETUP
from chibo.access.charter import Post
from chibo.access.models import User
from chibo.core.vietnamese import name_sort_key, search_key
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import MeetingState, Presence
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition, Standing
from chibo.plans.models import Campaign, Evaluation, Plan
from chibo.plans.rules import PlanState, ResultLevel
from chibo.programmes.models import Programme
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from chibo.units.selectors import root

FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô"]
MIDDLES = ["Văn", "Thị", "Đức", "Minh", "Thanh", "Quốc", "Hồng"]
GIVEN = [
    "An",
    "Bình",
    "Châu",
    "Dũng",
    "Đạt",
    "Giang",
    "Hà",
    "Khánh",
    "Lan",
    "Mai",
    "Nga",
    "Oanh",
    "Phúc",
    "Quân",
    "Sơn",
    "Tú",
    "Uyên",
    "Vân",
    "Xuân",
    "Yến",
]


def name_of(number: int) -> str:
    family, middle = FAMILIES[number % 10], MIDDLES[number // 10 % 7]
    return f"{family} {middle} {GIVEN[number // 3 % 20]}"


def fill(members: int = 1500, years: tuple[int, ...] = (2022, 2023, 2024, 2025, 2026), cells: int = 40) -> User:
    """Fill the database; returns the office clerk's account."""
    long_ago = date(2015, 1, 1)
    city = found_unit(root(), actor=SETUP, name="Tỉnh Đo Đạc", level=Level.PROVINCE, key="dd", on=long_ago)
    ward = found_unit(city, actor=SETUP, name="Phường Đo Đạc", level=Level.WARD, key="dd-w", on=long_ago)
    placed = [
        found_unit(
            ward, actor=SETUP, name=f"Chi bộ {n + 1}", level=Level.CELL, key=f"dd-{n + 1}",
            on=long_ago, cell_kind=CellKind.RESIDENTIAL,
        )
        for n in range(cells)
    ]  # fmt: skip
    people = add_members(placed, range(members), long_ago)
    programme = Programme.objects.create(unit=ward, code="ct", name="Chương trình", valid_from=long_ago)
    for year in years:
        _year(ward, programme, placed, people, year)
    clerk = User.objects.create(username="do.dac", name="Văn Phòng Đo Đạc")
    grant_post(ward, actor=SETUP, user=clerk, post=Post.CLERK, valid_from=long_ago)
    return clerk


def add_members(cells: list[Unit], numbers: range, since: date) -> list[Member]:
    """Members with these numbers, spread over the cells."""
    people = Member.objects.bulk_create(_person(n, cells[n % len(cells)]) for n in numbers)
    Membership.objects.bulk_create(
        Membership(member=m, unit=m.unit, standing=Standing.OFFICIAL, condition=Condition.ACTIVE, valid_from=since)
        for m in people
    )
    return people


def _person(number: int, cell: Unit) -> Member:
    name = name_of(number)
    return Member(
        unit=cell, full_name=name, sort_key=name_sort_key(name), search_key=search_key(name),
        birth_date=date(1950 + number % 50, number % 12 + 1, number % 28 + 1), sex="male" if number % 2 else "female",
        occupation="Cán bộ hưu trí", admitted_on=date(1980 + number % 40, 3, 2),
    )  # fmt: skip


def _year(ward: Unit, programme: Programme, cells: list[Unit], people: list[Member], year: int) -> None:
    campaign = Campaign.objects.create(
        unit=ward, programme=programme, year=year, opened_on=date(year, 1, 5), deadline=date(year, 3, 31)
    )
    plans = Plan.objects.bulk_create(
        Plan(
            unit=m.unit, campaign=campaign, member=m, year=year, state=PlanState.CONFIRMED,
            registered_on=date(year, 1, 10),
        )
        for m in people
    )  # fmt: skip
    last = 11 if year == 2026 else 12
    for month in (date(year, n, 1) for n in range(1, last)):
        meetings = {
            c.pk: m
            for c, m in zip(
                cells,
                Meeting.objects.bulk_create(
                    Meeting(unit=c, month=month, held_on=month.replace(day=15), state=MeetingState.CLOSED)
                    for c in cells
                ),
                strict=True,
            )
        }
        Attendance.objects.bulk_create(
            Attendance(
                unit_id=m.unit_id, meeting=meetings[m.unit_id], member=m, month=month,
                presence=Presence.EXCUSED if (m.pk + month.month) % 11 == 0 else Presence.PRESENT,
            )
            for m in people
        )  # fmt: skip
        Evaluation.objects.bulk_create(
            Evaluation(
                unit_id=p.unit_id, plan=p, meeting=meetings[p.unit_id], month=month,
                level=ResultLevel.GOOD, comment="Thực hiện tốt" if p.pk % 7 == 0 else "",
            )
            for p in plans
            if (p.pk + month.month) % 13
        )  # fmt: skip
