"""Plans, meetings and evaluations by the handful, written straight into the tables: what figures are asked about."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import SETUP
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import Presence
from chibo.members.models import Member
from chibo.plans.models import Campaign, Evaluation, Plan
from chibo.plans.rules import PlanState, ResultLevel
from chibo.programmes.models import Programme
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from tests.world import LONG_AGO, World


def campaign(world: World, year: int = 2020) -> Campaign:
    programme = Programme.objects.create(
        unit=world.ward, code="ct05", name="Chỉ thị 05-CT/TW", valid_from=date(2016, 5, 15)
    )
    return Campaign.objects.create(
        unit=world.ward, programme=programme, year=year, opened_on=date(year, 1, 5), deadline=date(year, 3, 31)
    )


def register(called: Campaign, members: list[Member], state: PlanState = PlanState.CONFIRMED) -> list[Plan]:
    return Plan.objects.bulk_create(
        Plan(
            unit=m.unit,
            campaign=called,
            member=m,
            year=called.year,
            state=state,
            registered_on=date(called.year, 2, 1),
        )
        for m in members
    )


def meet(cell, month: date, members: list[Member], absent: int = 0) -> Meeting:
    meeting = Meeting.objects.create(unit=cell, month=month, held_on=month.replace(day=3))
    Attendance.objects.bulk_create(
        Attendance(
            unit=cell, meeting=meeting, member=m, month=month,
            presence=Presence.EXCUSED if i < absent else Presence.PRESENT,
        )
        for i, m in enumerate(members)
    )  # fmt: skip
    return meeting


def evaluate(meeting: Meeting, plans: list[Plan], level: ResultLevel = ResultLevel.GOOD) -> None:
    Evaluation.objects.bulk_create(
        Evaluation(unit=meeting.unit, plan=plan, meeting=meeting, month=meeting.month, level=level) for plan in plans
    )


def cells(world: World, count: int) -> list[Unit]:
    """More cells of the ward, each with two members."""
    made = []
    for number in range(count):
        cell = found_unit(
            world.ward, actor=SETUP, name=f"Chi bộ thêm {number:02}", level=Level.CELL, key=f"sm-x{Unit.objects.count()}",
            on=LONG_AGO, cell_kind=CellKind.RESIDENTIAL,
        )  # fmt: skip
        world.members(cell, 2)
        made.append(cell)
    return made


def told(world: World, year: int) -> list[Member]:
    """Cell 5 with 24 of 25 plans, met and evaluated in March of the year; cell 7 with both its members' plans."""
    five, seven = world.members(world.cell5, 25), world.members(world.cell7, 2)
    plans = register(campaign(world, year), five[:24] + seven)
    march = date(year, 3, 1)
    evaluate(meet(world.cell5, march, five, absent=5), plans[:20])
    return five
