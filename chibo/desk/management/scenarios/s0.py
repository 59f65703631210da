"""Seed S0: in August 2020 a team inspects cells 5 and 7 of a ward on their self-cultivation plans."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date

from chibo.access.charter import Post
from chibo.desk.management.scenarios.claims import Claim, figure, missing, number, shortcomings, spread, text
from chibo.desk.management.scenarios.inspections import of_s0
from chibo.desk.management.scenarios.office import AS_SETUP, LONG_AGO, Office
from chibo.inspections.models import Inspection
from chibo.inspections.rules.outlines import filled_by_itself
from chibo.inspections.selectors import findings_of
from chibo.inspections.selectors.answers import contradictions
from chibo.inspections.selectors.dossiers import missing_of, pieces_of, sealed_copy
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.plans.rules import Remark, ResultLevel
from chibo.plans.rules.evaluating import Entry
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level


def build() -> tuple[Claim, ...]:
    """25 and 21 members; one has no plan; cell 5 skipped May; one plan is generic; remarks were made."""
    office = Office.found("Thành phố Hoa Sen", "Quận Sông Xanh", "Phường Sao Khuê", key="s0", seed=5)
    five, seven = office.cell("Chi bộ 5", "s0-5"), office.cell("Chi bộ 7", "s0-7")
    of_five, of_seven = office.members(five, 25), office.members(seven, 21)
    programme = office.programme("ct05", "Chỉ thị 05-CT/TW", date(2016, 5, 15))
    theme = office.theme(
        programme,
        2020,
        "Tăng cường khối đại đoàn kết toàn dân tộc, xây dựng hệ thống chính trị trong sạch, vững mạnh",
    )
    guidance = office.paper(
        "23-HD/QU", "Hướng dẫn", "Quận ủy Sông Xanh", "Xây dựng kế hoạch tu dưỡng", date(2020, 1, 3)
    )
    campaign = office.campaign(programme, 2020, theme, guidance)
    with_plan = of_five[:24]
    plans = {m: office.plan(campaign, m, vague=m is of_five[3]) for m in with_plan}
    plans |= {m: office.plan(campaign, m) for m in of_seven}
    for number_ in range(2, 9):
        month = date(2020, number_, 1)
        for cell, members in ((five, of_five), (seven, of_seven)):
            meeting = office.meet(cell, month, members=members)
            if cell is five and number_ == 5:
                continue
            entries = office.good(plans[m] for m in members if m in plans)
            if number_ == 4:
                entries[plans[members[0]]] = Entry(
                    level=ResultLevel.EXCELLENT, remark=Remark.COMMEND, comment="Thực hiện tốt"
                )
                entries[plans[members[1]]] = Entry(
                    level=ResultLevel.AVERAGE, remark=Remark.REMIND, comment="Cần cụ thể hơn"
                )
            if number_ == 6 and cell is five:
                entries[plans[members[2]]] = Entry(
                    level=ResultLevel.POOR, remark=Remark.CRITICISE, comment="Xem nhẹ kế hoạch"
                )
            office.evaluate(meeting, entries)
    day = "2020-08"
    inspection = _inspected(office, (five, seven), (of_five[0], of_seven[0]))
    return (
        *_claims(inspection),
        Claim("S0-05", "một chi bộ 24/25 đảng viên có kế hoạch", "96 % (24/25)", text("plans.having", five, day)),
        Claim("S0-05", "chi bộ kia đủ 100%", "100 % (21/21)", text("plans.having", seven, day)),
        Claim("S0-05", "từ 96% đến 100% đảng viên xây dựng kế hoạch", "96 %–100 %", spread("plans.having", office.ward, day)),
        Claim("S0-04", "hướng dẫn số 23 của Quận ủy", "23-HD/QU", lambda: campaign.guidance.symbol if campaign.guidance else ""),
        Claim("S0-14", "chưa đảm bảo 100%: ai chưa có", str(of_five[24]), missing("plans.having", five, day)),
        Claim("S0-14", "chỗ thiếu tự báo", "Chi bộ 5: 1", shortcomings("plans.without_plan", office.ward, day)),
        Claim("S0-07", "đồng chí thực hiện tốt được biểu dương", "2", number("plans.commended", office.ward, "2020")),
        Claim("S0-07", "xem nhẹ thì phê bình", "1", number("plans.criticised", office.ward, "2020")),
        Claim("S0-08", "thống kê lượt đánh giá", str(6 * 24 + 7 * 21), number("plans.evaluations", office.ward, "2020-01..2020-08")),
        Claim("S0-08", "tính khả thi: mọi nội dung đều đo được", "97,8 % (44/45)", text("plans.measured", office.ward, "2020")),
        Claim(
            "S0-12", "đánh giá chưa thường xuyên", "85,7 % (144/168)",
            text("plans.evaluated", five, "2020-01..2020-08"),
        ),
        Claim("S0-12", "chỗ thiếu tự báo", "Chi bộ 5: 24", shortcomings("plans.not_evaluated", office.ward, day)),
        Claim("S0-11", "nội dung còn chung chung", "1", lambda: str(_weak(office, day))),
        Claim("S0-13", "chưa thể hiện tính chuyên đề", "97,8 % (44/45)", text("plans.on_theme", office.ward, "2020")),
        Claim("X-03", "con số là số dòng của nó", "45", lambda: str(figure("plans.registered", office.ward, "2020").part)),
    )  # fmt: skip


def _inspected(office: Office, cells: tuple[Unit, Unit], heads: tuple[Member, Member]) -> Inspection:
    """People of the district's agency form the team, so that no cell of the ward has more in it than the seed says;
    the ward and both cells have their secretaries in the register."""
    agency = found_unit(
        Unit.objects.get(key="s0-q"), name="Chi bộ Cơ quan", level=Level.CELL, key="s0-cq", on=LONG_AGO,
        cell_kind=CellKind.AGENCY, **AS_SETUP,
    )  # fmt: skip
    staff = office.members(agency, 3)
    for unit, member, post in (
        (office.ward, heads[1], Post.WARD_SECRETARY),
        (cells[0], heads[0], Post.CELL_SECRETARY),
        (cells[1], heads[1], Post.CELL_SECRETARY),
    ):
        appoint(unit, member=member, post=post, valid_from=date(2020, 1, 1), term="2020–2025", **AS_SETUP)
    return of_s0(office.ward, cells, staff)


def _claims(inspection: Inspection) -> tuple[Claim, ...]:
    """What the inspection says, beside what its records and figures say."""
    found = list(findings_of(inspection))
    places = sorted({f"{f.subject} {f.found_on:%d/%m/%Y}" for f in found})
    clashes = contradictions(inspection, found)
    filled = filled_by_itself(inspection.outline.values_list("kind", flat=True))
    copy = sealed_copy(inspection)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        sums = archive.read("SHA256SUMS").decode().splitlines()
        whole = all(hashlib.sha256(archive.read(line[66:])).hexdigest() == line[:64] for line in sums)
    return (
        Claim("S0-01", "kiểm tra chi bộ 5, 7 ngày 19/8/2020", "Chi bộ 5 19/08/2020, Chi bộ 7 19/08/2020", lambda: ", ".join(places)),
        Claim("S0-02", "báo cáo tự kiểm tra tự điền", "17/19", lambda: f"{filled.part}/{filled.base}"),
        Claim("S0-02", "quyết định, kế hoạch, báo cáo, thông báo có số", "01-BC/CB, 01-BC/CB, 01-BC/ĐU, 01-CV/ĐU, 01-KH/ĐU, 01-QĐ/ĐU, 01-TB/ĐU", lambda: ", ".join(sorted(p.symbol for p in pieces_of(inspection) if p.symbol))),
        Claim("S0-09", "hồ sơ kiểm tra đầy đủ", "thiếu 0; đóng 20/10/2020", lambda: f"thiếu {len(missing_of(inspection))}; đóng {inspection.closed_on:%d/%m/%Y}"),
        Claim("S0-09", "số liệu hợp lý: nhận xét trái số liệu tự lộ", "Chi bộ 7: 100 % (21/21)", lambda: "; ".join(f"{c.finding.subject}: {c.told.text}" for c in clashes)),
        Claim("S0-09", "bản sao niêm phong nguyên vẹn", "True", lambda: str(whole)),
    )  # fmt: skip


def _weak(office: Office, on: str) -> int:
    """How many plans have an item without measure or deadline."""
    answer = figure("plans.timed", office.ward, on)
    return (answer.base or 0) - answer.part
