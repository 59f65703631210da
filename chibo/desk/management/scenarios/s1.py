"""Seed S1: five years of Directive 05 in a ward; 152 cadres and members were commented on in cell meetings."""

from __future__ import annotations

from datetime import date

from chibo.access.charter import Post
from chibo.desk.management.scenarios.claims import Claim, number, shortcomings, text
from chibo.desk.management.scenarios.inspections import cover
from chibo.desk.management.scenarios.office import AS_SETUP, LONG_AGO, Office
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.plans.models import Plan
from chibo.plans.rules import ResultLevel
from chibo.plans.rules.evaluating import Entry
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level

CELLS, PER_CELL, COMMENTED, INSPECTED = 9, 19, 152, 168
YEARS = range(2016, 2021)


def build() -> tuple[Claim, ...]:
    """171 members; 152 of them were commented on at least once, some of them in more than one year.

    In 2020 everybody has a plan; of the years before, the plans are told of those who were commented on.
    """
    office = Office.found("Thành phố Hoa Sen", "Quận Sông Xanh", "Phường Trúc Lam", key="s1", seed=1)
    cells = [office.cell(f"Chi bộ {n + 1}", f"s1-{n + 1}") for n in range(CELLS)]
    people = {cell: office.members(cell, PER_CELL) for cell in cells}
    everyone = [member for members in people.values() for member in members]
    chosen = set(office.chance.sample(everyone, COMMENTED))
    again = set(office.chance.sample(sorted(chosen, key=lambda m: m.pk), 30))
    programme = office.programme("ct05", "Chỉ thị 05-CT/TW", date(2016, 5, 15))
    turns = 0
    for year in YEARS:
        campaign = office.campaign(programme, year)
        spoken_to = {m for m in chosen if m.pk % len(YEARS) == year % len(YEARS) or m in again}
        judged = everyone if year == YEARS[-1] else [m for m in everyone if m in spoken_to]
        plans: dict[int, Plan] = {m.pk: office.plan(campaign, m, confirmed=False) for m in judged}
        for cell, members in people.items():
            meeting = office.meet(cell, date(year, 6, 1), members=members)
            entries = office.good(plans[m.pk] for m in members if m.pk in plans)
            for m in members:
                if m in spoken_to:
                    entries[plans[m.pk]] = Entry(
                        level=ResultLevel.GOOD, comment="Cần gắn với nhiệm vụ được giao", reported="Đã thực hiện"
                    )
                    turns += 1
            office.evaluate(meeting, entries)
        office.meet(cells[0], date(year, 7, 1), members=people[cells[0]])
    assert turns > COMMENTED
    ward = office.ward
    _covered(office, cells, people)
    return (
        Claim("S1-10", "152 cán bộ, đảng viên được góp ý trong 5 năm", "152", number("plans.members_commented", ward, "2016..2020")),
        Claim("S1-13", "từng đảng viên đều đăng ký kế hoạch", "171", number("plans.registered", ward, "2020")),
        Claim("S1-12", "100% chi bộ được kiểm tra", "100 % (9/9)", text("inspections.cells", ward, "2016..2020")),
        Claim("S1-12", "168 đảng viên được kiểm tra", "168", number("inspections.members", ward, "2016..2020")),
        Claim("S1-08", "kỳ không có ai báo cáo thì tự báo", "Chi bộ 1: 1", shortcomings("plans.reports", ward, "2020-08")),
    )  # fmt: skip


def _covered(office: Office, cells: list[Unit], people: dict[Unit, list[Member]]) -> None:
    """A team of the district's agency; every cell is inspected once, and 168 members."""
    agency = found_unit(
        Unit.objects.get(key="s1-q"), name="Chi bộ Cơ quan", level=Level.CELL, key="s1-cq", on=LONG_AGO,
        cell_kind=CellKind.AGENCY, **AS_SETUP,
    )  # fmt: skip
    everyone = [member for members in people.values() for member in members]
    appoint(office.ward, member=everyone[-1], post=Post.WARD_SECRETARY, valid_from=date(2016, 1, 1), **AS_SETUP)
    cover(office.ward, cells, everyone[:INSPECTED], office.members(agency, 3), YEARS)
