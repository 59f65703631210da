"""Seed S0: in August 2020 a team inspects cells 5 and 7 of a ward on their self-cultivation plans."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import date, timedelta

from chibo.access.charter import Post
from chibo.desk.management.scenarios.claims import (
    Claim,
    asked,
    broken,
    figure,
    missing,
    number,
    shortcomings,
    spread,
    text,
)
from chibo.desk.management.scenarios.inspections import of_s0
from chibo.desk.management.scenarios.office import AS_SETUP, LONG_AGO, Office
from chibo.desk.management.scenarios.study import make_known
from chibo.inspections.models import Inspection
from chibo.inspections.rules.outlines import filled_by_itself
from chibo.inspections.selectors import findings_of
from chibo.inspections.selectors.answers import contradictions
from chibo.inspections.selectors.dossiers import missing_of, pieces_of
from chibo.inspections.selectors.sealing import sealed_copy
from chibo.members.actions import appoint, form_group, join_group
from chibo.members.models import Member
from chibo.members.rules import DEFAULT_GROUPS
from chibo.plans.actions import suggest_items
from chibo.plans.models import Campaign
from chibo.plans.rules import Remark, ResultLevel
from chibo.plans.rules.evaluating import Entry
from chibo.plans.rules.planning import SuggestedItem
from chibo.plans.selectors.campaigns import groups_for
from chibo.programmes.actions import plant_manifestations
from chibo.programmes.selectors import manifestations
from chibo.reports.selectors import composed, kind_named
from chibo.units.actions import close_unit, found_unit, move_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from chibo.units.selectors import parent_on

COMMITTEE, HEADS, *_OTHERS, AWAY = DEFAULT_GROUPS
INSPECTED = date(2020, 8, 19)
WITHOUT_DISTRICTS = date(2025, 7, 1)


def build() -> tuple[Claim, ...]:
    """25 and 21 members; one has no plan; cell 5 skipped May; one plan is generic; remarks were made.

    The year before had a theme that nobody made specific; of three groups one was given no guidance. In 2025 the
    district ends, and what is asked of 2020 is still told by the tree of 2020.
    """
    office = Office.found("Thành phố Hoa Sen", "Quận Sông Xanh", "Phường Sao Khuê", key="s0", seed=5)
    five, seven = office.cell("Chi bộ 5", "s0-5"), office.cell("Chi bộ 7", "s0-7")
    of_five, of_seven = office.members(five, 25), office.members(seven, 21)
    plant_manifestations(office.ward, **AS_SETUP)
    programme = office.programme("ct05", "Chỉ thị 05-CT/TW", date(2016, 5, 15))
    office.campaign(programme, 2019, office.theme(programme, 2019, "Xây dựng ý thức tôn trọng nhân dân"))
    theme = office.theme(
        programme,
        2020,
        "Tăng cường khối đại đoàn kết toàn dân tộc, xây dựng hệ thống chính trị trong sạch, vững mạnh",
    )
    guidance = office.paper(
        "23-HD/QU", "Hướng dẫn", "Quận ủy Sông Xanh", "Xây dựng kế hoạch tu dưỡng", date(2020, 1, 3)
    )
    campaign = office.campaign(programme, 2020, theme, guidance)
    _guide(office, campaign, {COMMITTEE: of_five[:3] + of_seven[:3], HEADS: of_five[4:6], AWAY: of_seven[20:]})
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
    plant_manifestations(office.ward, **AS_SETUP)
    decision = office.paper("967-QĐ/QU", "Quyết định", "Quận ủy Sông Xanh", "Tu dưỡng, rèn luyện", date(2020, 1, 6))
    for told in ({"paper": decision}, {"theme": theme}):
        make_known(office, {five: of_five, seven: of_seven[:20]}, date(2020, 1, 10), **told)
    day = "2020-08"
    inspection = _inspected(office, (five, seven), (of_five[0], of_seven[0]))
    district = _end_of_district(office.ward)
    return (
        *_claims(inspection),
        Claim("S0-02", "báo cáo của chi bộ nêu đúng số liệu của nó", "96 % (24/25)", lambda: _reported(five, day, "96 % (24/25)")),
        Claim("S0-03", "27 biểu hiện suy thoái được quán triệt", "27", lambda: str(manifestations().count())),
        Claim("S0-03", "phổ biến quyết định, chuyên đề đến đảng viên", "97,8 % (90/92)", text("study.reached", office.ward, "2020")),
        Claim("S0-03", "còn ai thì gọi tên ở chi bộ đó", "Chi bộ 7: 2", shortcomings("study.reached", office.ward, day)),
        Claim("S0-10", "chuyên đề năm đã đến cả hai chi bộ", "0", shortcomings("study.theme", office.ward, day)),
        Claim("S0-05", "một chi bộ 24/25 đảng viên có kế hoạch", "96 % (24/25)", text("plans.having", five, day)),
        Claim("S0-05", "chi bộ kia đủ 100%", "100 % (21/21)", text("plans.having", seven, day)),
        Claim("S0-05", "từ 96% đến 100% đảng viên xây dựng kế hoạch", "96 %–100 %", spread("plans.having", office.ward, day)),
        Claim("S0-04", "hướng dẫn số 23 của Quận ủy", "23-HD/QU", lambda: campaign.guidance.symbol if campaign.guidance else ""),
        Claim("S0-14", "chưa đảm bảo 100%: ai chưa có", str(of_five[24]), missing("plans.having", five, day)),
        Claim("S0-14", "chỗ thiếu tự báo", "Chi bộ 5: 1", shortcomings("plans.without_plan", office.ward, day)),
        Claim("S0-06", "kế hoạch của cấp ủy viên đo được", "6", broken("plans.measured", office.ward, "2020", COMMITTEE)),
        Claim("S0-06", "của người đứng đầu đoàn thể theo chuyên đề", "2", broken("plans.on_theme", office.ward, "2020", HEADS)),
        Claim("S0-07", "đồng chí thực hiện tốt được biểu dương", "2", number("plans.commended", office.ward, "2020")),
        Claim("S0-07", "xem nhẹ thì phê bình", "1", number("plans.criticised", office.ward, "2020")),
        Claim("S0-08", "thống kê lượt đánh giá", str(6 * 24 + 7 * 21), number("plans.evaluations", office.ward, "2020-01..2020-08")),
        Claim("S0-08", "tính khả thi: mọi nội dung đều đo được", "97,8 % (44/45)", text("plans.measured", office.ward, "2020")),
        Claim(
            "S0-12", "đánh giá chưa thường xuyên", "85,7 % (144/168)",
            text("plans.evaluated", five, "2020-01..2020-08"),
        ),
        Claim("S0-12", "chỗ thiếu tự báo", "Chi bộ 5: 24", shortcomings("plans.not_evaluated", office.ward, day)),
        Claim("S0-10", "chuyên đề chưa cụ thể", "Chi bộ 5: 1, Chi bộ 7: 1", shortcomings("plans.theme", office.ward, "2019-08")),
        Claim("S0-11", "nội dung còn chung chung", "1", lambda: str(_weak(office, day))),
        Claim("S0-11", "chỗ thiếu tự báo", "Chi bộ 5: 1", shortcomings("plans.generic", office.ward, day)),
        Claim("S0-13", "chưa thể hiện tính chuyên đề", "97,8 % (44/45)", text("plans.on_theme", office.ward, "2020")),
        Claim("S0-13", "nhóm chưa được gợi ý tự báo", f"{office.ward}: 1", shortcomings("plans.guidance", office.ward, day)),
        Claim("S0-15", "nhóm đảng viên được định hướng nội dung", f"{COMMITTEE}, {HEADS}", lambda: _guided(campaign)),
        Claim("X-01", "năm 2020 còn quận, từ 1/7/2025 thì không", "Quận Sông Xanh, Thành phố Hoa Sen", lambda: _stood_under(office.ward)),
        Claim("X-01", "số của quận theo cây năm 2020", "97,8 % (45/46)", text("plans.having", district, day)),
        Claim("X-03", "con số là số dòng của nó", "45", lambda: str(figure("plans.registered", office.ward, "2020").part)),
    )  # fmt: skip


def _inspected(office: Office, cells: tuple[Unit, Unit], heads: tuple[Member, Member]) -> Inspection:
    """People of the city's agency form the team, so that no cell of the ward has more in it than the seed says;
    the ward and both cells have their secretaries in the register."""
    agency = found_unit(
        Unit.objects.get(key="s0-t"), name="Chi bộ Cơ quan", level=Level.CELL, key="s0-cq", on=LONG_AGO,
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
    with zipfile.ZipFile(sealed_copy(inspection).file) as archive:
        sums = archive.read("SHA256SUMS").decode().splitlines()
        whole = all(hashlib.sha256(archive.read(line[66:])).hexdigest() == line[:64] for line in sums)
    return (
        Claim("S0-01", "kiểm tra chi bộ 5, 7 ngày 19/8/2020", "Chi bộ 5 19/08/2020, Chi bộ 7 19/08/2020", lambda: ", ".join(places)),
        Claim("S0-02", "báo cáo tự kiểm tra tự điền", "17/19", lambda: f"{filled.part}/{filled.base}"),
        Claim("S0-02", "quyết định, kế hoạch, báo cáo, thông báo có số", "01-BC/CB, 01-BC/CB, 01-BC/ĐKT, 01-CV/ĐU, 01-KH/ĐU, 01-QĐ/ĐU, 01-TB/ĐU", lambda: ", ".join(sorted(p.symbol for p in pieces_of(inspection) if p.symbol))),
        Claim("S0-09", "hồ sơ kiểm tra đầy đủ", "thiếu 0; đóng 20/10/2020", lambda: f"thiếu {len(missing_of(inspection))}; đóng {inspection.closed_on:%d/%m/%Y}"),
        Claim("S0-09", "số liệu hợp lý: nhận xét trái số liệu tự lộ", "Chi bộ 7: 100 % (21/21)", lambda: "; ".join(f"{c.finding.subject}: {c.told.text}" for c in clashes)),
        Claim("S0-09", "bản sao niêm phong nguyên vẹn", "True", lambda: str(whole)),
    )  # fmt: skip


def _weak(office: Office, on: str) -> int:
    """How many plans have an item without measure or deadline."""
    answer = figure("plans.timed", office.ward, on)
    return (answer.base or 0) - answer.part


def _guide(office: Office, campaign: Campaign, members: dict[str, list[Member]]) -> None:
    """Sort members into groups; suggest an item to each group but the one that works far away."""
    for order, (name, joined) in enumerate(members.items()):
        group = form_group(office.ward, name=name, order=order, **AS_SETUP)
        join_group(group, members=joined, **AS_SETUP)
        if name != AWAY:
            item = SuggestedItem("5", "Chỉ đạo một việc theo chuyên đề", "1 việc mỗi quý", on_theme=True)
            suggest_items(campaign, group=group, items=[item], **AS_SETUP)


def _guided(campaign: Campaign) -> str:
    return ", ".join(group.name for group, suggested in groups_for(campaign) if suggested)


def _end_of_district(ward: Unit) -> Unit:
    """On 1 July 2025 the ward stands under the city, and the district is no more."""
    district = parent_on(ward, INSPECTED)
    city = district and parent_on(district, INSPECTED)
    assert district is not None
    assert city is not None
    move_unit(ward, parent=city, on=WITHOUT_DISTRICTS, **AS_SETUP)
    close_unit(district, last_day=WITHOUT_DISTRICTS - timedelta(days=1), **AS_SETUP)
    ward.refresh_from_db()
    return district


def _stood_under(ward: Unit) -> str:
    return ", ".join(str(parent_on(ward, day)) for day in (INSPECTED, WITHOUT_DISTRICTS))


def _reported(cell: Unit, period: str, share: str) -> str:
    """The share as the cell's own report to the team states it; "" if it does not."""
    kind = kind_named("plans-inspection")
    assert kind is not None
    return share if share in repr(composed(kind, asked(cell, period), INSPECTED, None).body) else ""
