"""Seed S4: before the cells' congresses, Directive 35-CT/TW and the plan for them are made known to every member."""

from __future__ import annotations

from datetime import date

from chibo.desk.management.scenarios.claims import Claim, shortcomings, text
from chibo.desk.management.scenarios.office import Office
from chibo.desk.management.scenarios.study import make_known
from chibo.study.models import Reach


def build() -> tuple[Claim, ...]:
    """Eight cells with 168 members; the directive reached all of them, the plan all but one."""
    office = Office.found("Tỉnh Hoa Mai", "Huyện Đồng Xanh", "Xã An Khê", key="s4", seed=4)
    cells = [office.cell(f"Chi bộ {n + 1}", f"s4-{n + 1}") for n in range(8)]
    people = {cell: office.members(cell, 21) for cell in cells}
    directive = office.paper("35-CT/TW", "Chỉ thị", "Bộ Chính trị", "Đại hội đảng bộ các cấp", date(2024, 6, 14))
    plan = office.paper("12-KH/ĐU", "Kế hoạch", "Đảng ủy", "Tổ chức đại hội chi bộ", date(2024, 8, 1))
    last = cells[-1]
    make_known(office, people, date(2024, 8, 5), paper=directive)
    make_known(office, {**people, last: people[last][:-1]}, date(2024, 9, 5), paper=plan)
    ward = office.ward
    return (
        Claim("S4-03", "học tập Chỉ thị 35 đến 100% đảng viên", "100 % (168/168)", text("study.reached", ward, "2024-08")),
        Claim("S4-03", "đến 100% chi bộ", "100 % (8/8)", text("study.cells_reached", ward, "2024-08")),
        Claim("S4-03", "kế hoạch phổ biến đến từng đảng viên", "99,4 % (167/168)", text("study.reached", ward, "2024-09")),
        Claim("S4-03", "ai chưa được phổ biến thì gọi tên", "Chi bộ 8: 1", shortcomings("study.reached", ward, "2024-11")),
        Claim("X-03", "con số là số dòng của nó", "335", lambda: str(Reach.objects.filter(reached_on__isnull=False).count())),
    )  # fmt: skip
