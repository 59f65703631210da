"""Seed S3: a ward in December 2018; its staff, and attendance that rose from 85 % to over 90 %."""

from __future__ import annotations

from datetime import date

from chibo.core.registry import registry
from chibo.desk.management.scenarios import reviews
from chibo.desk.management.scenarios.claims import Claim, asked, number, shortcomings, text
from chibo.desk.management.scenarios.office import Office
from chibo.figures.selectors import sides_of
from chibo.members.rules import Qualification, StaffKind
from chibo.units.rules import CellKind


def build() -> tuple[Claim, ...]:
    """A staff of 21 in the agency's cell, and a residential cell of 40 whose roll is called for two years."""
    office = Office.found("Tỉnh Hoa Đào", "Thành phố Núi Biếc", "Phường Tùng Vân", key="s3", seed=3)
    agency = office.cell("Chi bộ Cơ quan", "s3-cq", CellKind.AGENCY)
    kinds = [StaffKind.CADRE] * 8 + [StaffKind.CIVIL_SERVANT] * 12 + [StaffKind.CONTRACT]
    levels = [Qualification.MASTER] * 2 + [Qualification.BACHELOR] * 18 + [Qualification.INTERMEDIATE]
    for kind, level in zip(kinds, levels, strict=True):
        office.member(agency, staff_kind=kind, qualification=level)
    cell = office.cell("Chi bộ 3", "s3-3")
    members = office.members(cell, 40)
    far = members[39]
    for year, absences in ((2017, 6), (2018, 3)):
        for month in range(1, 13):
            others = office.chance.sample(members[:39], absences)
            absent = [*others[: absences - 1], far] if year == 2018 and 6 <= month <= 9 else others
            office.meet(cell, date(year, month, 1), members=members, absent=absent)
    ward = office.ward
    reviewed = reviews.of_2018(office, agency, cell)
    return (
        *reviewed,
        Claim("S3-08", "8 cán bộ", "8", number("members.staff.cadre", ward, "2018-12")),
        Claim("S3-08", "12 công chức", "12", number("members.staff.civil_servant", ward, "2018-12")),
        Claim("S3-08", "1 hợp đồng", "1", number("members.staff.contract", ward, "2018-12")),
        Claim("S3-08", "thạc sỹ 2", "2", number("members.staff.qualification.master", ward, "2018-12")),
        Claim("S3-08", "đại học 18", "18", number("members.staff.qualification.bachelor", ward, "2018-12")),
        Claim("S3-08", "trung cấp 1", "1", number("members.staff.qualification.intermediate", ward, "2018-12")),
        Claim("S3-08", "hai cách cộng khớp", "21 = 21", lambda: _sums(office)),
        Claim("S3-08", "các cách cộng khác cũng khớp (lý luận, giới, tuổi)", "21 = 21; 21 = 21; 21 = 21", lambda: _more_sums(office)),
        Claim("S3-12", "tỷ lệ dự sinh hoạt trước: 85%", "85 % (408/480)", text("meetings.attendance", cell, "2017")),
        Claim("S3-12", "sau: hơn 90%", "92,5 % (444/480)", text("meetings.attendance", cell, "2018")),
        Claim("S3-03", "vắng nhiều kỳ liên tiếp thì tự báo", "Chi bộ 3: 1", shortcomings("meetings.absence", ward, "2018-12")),
    )  # fmt: skip


def _sums(office: Office) -> str:
    left, right = sides_of(registry.named("sums", "members.staff"), asked(office.ward, "2018-12"))
    return f"{left.total} = {right.total}"


def _more_sums(office: Office) -> str:
    """The staff by theory level, sex and age, each beside the whole (rulebook §7.4)."""
    scope = asked(office.ward, "2018-12")
    sides = [sides_of(registry.named("sums", f"members.staff.{by}"), scope) for by in ("theory", "sex", "age")]
    return "; ".join(f"{left.total} = {right.total}" for left, right in sides)
