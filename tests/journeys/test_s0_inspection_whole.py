"""Seed S0 whole, through the pages: from the decision of July 2020 to the closed dossier, two cells inspected on 19/8."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from chibo.access.charter import Post
from chibo.access.selectors import actor_of
from chibo.inspections.models import Finding, Inspection, Piece
from chibo.journal.models import Entry
from chibo.members.actions import appoint
from chibo.members.models import Member, PostTerm
from chibo.plans.actions import draft_plan, open_campaign, register_plan, write_plan
from chibo.plans.rules.planning import Item
from chibo.programmes.actions import launch_programme
from chibo.tasks.models import Task
from tests.journeys.conftest import document_text
from tests.world import LONG_AGO, World

CONTENT = "Lãnh đạo, chỉ đạo thực hiện kế hoạch tu dưỡng năm 2020"
GOOD = Item(
    "1", "Đọc một chuyên đề mỗi quý và trao đổi trong tổ đảng", "4 chuyên đề", date(2020, 12, 15), on_theme=True
)


def at(name: str, *args: object) -> str:
    return reverse(f"inspections:{name}", args=args)


@pytest.fixture
def ready(world: World, clock: Any) -> World:
    """25 and 21 members, of whom one has no plan; the ward's and the cells' leaders are in the register."""
    clock(date(2020, 1, 6))
    by: dict[str, Any] = {"actor": world.clerk}
    programme = launch_programme(world.ward, code="ct05", name="Chỉ thị 05-CT/TW", valid_from=date(2016, 5, 15), **by)
    campaign = open_campaign(
        world.ward, programme=programme, year=2020, opened_on=date(2020, 1, 6), deadline=date(2020, 3, 31), theme=None,
        guidance=None, **by,
    )  # fmt: skip
    for cell, count, secretary in ((world.cell5, 25, world.secretary), (world.cell7, 21, world.secretary7)):
        members = world.members(cell, count)
        appoint(cell, member=members[0], post=Post.CELL_SECRETARY, valid_from=LONG_AGO, **by)
        for member in members[: 24 if count == 25 else 21]:
            plan = draft_plan(member, actor=secretary, campaign=campaign, made_on=date(2020, 1, 20))
            write_plan(plan, actor=secretary, items=[GOOD])
            register_plan(plan, actor=secretary, registered_on=date(2020, 2, 1))
    boss = world.member(world.other_cell, "Lê Văn Bí Thư")
    post = {"member": boss, "post": Post.WARD_SECRETARY, "valid_from": LONG_AGO}
    PostTerm.objects.create(unit=world.ward, **post)
    return world


def test_s0_01_s0_02_s0_09_an_inspection_from_decision_to_closed_dossier(
    ready: World, seat, clock, tmp_path: Path
) -> None:
    world = ready
    office = Member.objects.filter(unit=world.cell5)[3]
    agency = _agency(world)
    head, scribe = (world.member(agency, name, account=True) for name in ("Vũ Hoàng Đoàn", "Trần Thư Ký"))
    # The standing committee decides; nobody below learns of it.
    clock(date(2020, 7, 30))
    leader, inspected = seat(world.ward_secretary), seat(world.secretary)
    leader.fill(
        at("decide", world.ward.pk), form="compliance", body="committee", content=CONTENT,
        units=[str(world.cell5.pk), str(world.cell7.pk)], decided_on="30/7/2020", begins_on="3/8/2020",
        looked_first="1/1/2020", looked_last="31/7/2020", outline="plans", bases_text="Hướng dẫn 23-HD/QU của Quận ủy",
    )  # fmt: skip
    made = Inspection.objects.get()
    own = leader.refused(at("team", made.pk), head=str(office.pk))
    assert "thuộc nơi được kiểm tra" in own
    leader.fill(at("team", made.pk), head=str(head.pk), secretary=str(scribe.pk))
    page = leader.read(at("inspection", made.pk))
    assert "17/19" in page, "four fifths of the outline fill themselves"
    assert inspected.client.get(at("inspection", made.pk)).status_code == 404
    assert CONTENT not in inspected.read(at("index", world.cell5.pk, "2020"))
    # Papers are issued with their numbers, then sent.
    early = leader.refused(at("deed", made.pk, "announce"), on="30/7/2020")
    assert "Còn thiếu trước khi gửi" in early
    leader.fill(at("deed", made.pk, "prepare"), on="30/7/2020")
    assert set(Piece.objects.values_list("symbol", flat=True)) == {"01-QĐ/ĐU", "01-KH/ĐU", ""}
    clock(date(2020, 7, 31))
    leader, inspected = seat(world.ward_secretary), seat(world.secretary)
    leader.fill(at("deed", made.pk, "announce"), on="31/7/2020")
    five, seven = made.subjects.order_by("unit__sort_key")
    # The cell finds its report already written; a number of its own must be explained.
    clock(date(2020, 8, 14))
    inspected, other = seat(world.secretary), seat(world.secretary7)
    report = at("self_report", five.pk)
    assert "24/25" in inspected.read(report)
    assert CONTENT in inspected.read(at("index", world.cell5.pk, "2020"))
    texts = {f"declared-{item.pk}": "Cấp ủy lập kế hoạch sâu sát." for item in made.outline.filter(kind="text")}
    having = made.outline.get(code="plans.having")
    wrong = inspected.refused(report, **texts, **{f"declared-{having.pk}": "100 % (25/25)"}, send="1")
    assert "hãy giải thích chỗ khác nhau" in wrong
    assert Inspection.objects.get().subjects.filter(handed_on__isnull=False).count() == 0
    told = {f"declared-{having.pk}": "96 % (24/25)", f"explanation-{having.pk}": "Một đồng chí mới chuyển đến."}
    inspected.fill(report, **texts, **told, press={"send": "1"})
    other.fill(at("self_report", seven.pk), **texts, press={"send": "1"})
    # The team looks, on 19 August, at both cells; the inspected do not see what it writes.
    clock(date(2020, 8, 19))
    team = seat(actor_of(scribe.account))
    _look(team, made, five, "Chưa đảm bảo 100% đảng viên xây dựng kế hoạch", remedy=True)
    _look(team, made, seven, "Chưa đảm bảo 100% đảng viên xây dựng kế hoạch", remedy=False)
    found = team.read(at("verify", seven.pk))
    assert "nhưng số liệu là 100 % (21/21)" in found, "S0-09: the finding contradicts the figure"
    assert "nhưng số liệu" not in team.read(at("verify", five.pk))
    inspected = seat(world.secretary)
    assert "Chưa đảm bảo" not in inspected.read(at("inspection", made.pk))
    assert not Task.objects.filter(unit=world.cell5).exists()
    team.fill(at("verify", five.pk), to=at("finish", five.pk))
    for subject in (five, seven):
        for kind in ("deploying", "working", "conference"):
            _minutes(team, made, kind, subject, "19/8/2020")
    # The report, the conclusion, its notice; a hole keeps the dossier open.
    clock(date(2020, 8, 25))
    leader = seat(world.ward_secretary)
    leader.fill(at("write", made.pk, "result"), on="25/8/2020")
    said = document_text(_paper(leader, made, "result"))
    assert "số liệu của Chi bộ 7 là 100 % (21/21)" in said
    leader.fill(
        at("deed", made.pk, "conclude"),
        conclusion="Nhìn chung thực hiện tốt.",
        on="25/8/2020",
        report_back_on="25/10/2020",
    )
    leader.fill(at("write", made.pk, "notice"), on="25/8/2020")
    leader.fill(at("deed", made.pk, "publish"), on="25/8/2020")
    for subject in (five, seven):
        _minutes(leader, made, "announcing", subject, "25/8/2020")
    leader.fill(at("write", made.pk, "follow_up"), on="25/8/2020")
    hole = leader.refused(at("deed", made.pk, "close"), on="25/8/2020")
    assert "chưa được đoàn xác nhận" in hole
    assert "Theo dõi khắc phục" in hole
    # The cell reads the conclusion, mends, reports back; the team verifies.
    inspected = seat(world.secretary)
    mine = inspected.read(at("inspection", made.pk))
    assert "Nhìn chung thực hiện tốt" in mine
    assert "Chi bộ 7" not in re.sub(r"đối với[^.]*", "", mine)
    task = Task.objects.get(unit=world.cell5)
    inspected.fill(
        reverse("tasks:deed", args=[task.pk, "finish"]), result="25/25 đã có kế hoạch", done_on="25/8/2020"
    )
    clock(date(2020, 10, 20))
    team, leader, inspected = seat(actor_of(scribe.account)), seat(world.ward_secretary), seat(world.secretary)
    inspected.fill(at("inspection", made.pk), to=at("report_back", five.pk))
    finding = Finding.objects.get(task=task)
    team.fill(
        at("finding", finding.pk), to=at("verified", finding.pk), note="Đã xem 25 bản kế hoạch", on="20/10/2020"
    )
    leader.fill(at("deed", made.pk, "follow"), on="20/10/2020")
    leader.fill(at("deed", made.pk, "close"), on="20/10/2020")
    made.refresh_from_db()
    assert made.closed_on == date(2020, 10, 20)
    assert actor_of(scribe.account).grants != ()
    # The sealed copy is verified with public tools.
    copy = b"".join(leader.client.post(at("export", made.pk)).streaming_content)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        archive.extractall(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert checked.stdout.count(": OK") >= 30
    assert "01-QĐ/ĐU" in (tmp_path / "index.html").read_text(encoding="utf-8")
    assert Entry.objects.filter(verb="inspections.take_out_copy").count() == 1
    clock(date(2020, 10, 21))
    assert actor_of(scribe.account).grants == (), "sight ends with the inspection"
    assert seat(actor_of(scribe.account)).client.get(at("inspection", made.pk)).status_code == 200


def _agency(world: World) -> Any:
    from chibo.access.actor import SETUP
    from chibo.units.actions import found_unit
    from chibo.units.rules import CellKind, Level

    return found_unit(
        world.ward, actor=SETUP, name="Chi bộ Cơ quan", level=Level.CELL, key="sm-cq", on=LONG_AGO, cell_kind=CellKind.AGENCY
    )  # fmt: skip


def _minutes(who: Any, made: Inspection, kind: str, subject: Any, on: str) -> None:
    """Begun from the records; what only those who were there can say is asked for."""
    address = f"{at('write', made.pk, kind)}?subject={subject.pk}"
    if kind == "deploying":
        assert "Còn chỗ chưa ghi" in who.refused(address, on=on)
    begun = who.client.get(address).context["form"]["text"].value()
    who.fill(address, on=on, text=begun.replace("…", "phòng họp số 305"))


def _look(team: Any, made: Inspection, subject: Any, text: str, *, remedy: bool) -> None:
    criteria = list(made.criteria.all())
    for criterion in criteria:
        mark = {"result": "partly" if criterion.code == "plans.having" else "met", "note": "Đã xem sổ"}
        answer = team.client.post(at("mark", subject.pk, criterion.pk), mark, headers={"HX-Request": "true"})
        assert answer.status_code == 200, "one tap on the phone"
    more = (
        {"remedy": "Lập kế hoạch cho 1 đồng chí còn thiếu", "owner": "unit", "due_on": "30/9/2020"} if remedy else {}
    )
    team.fill(
        at("verify", subject.pk), to=at("find", subject.pk), kind="shortcoming", text=text, figure="plans.having",
        criterion=str(criteria[1].pk), **more,
    )  # fmt: skip


def _paper(who: Any, made: Inspection, kind: str) -> bytes:
    piece = made.pieces.get(kind=kind)
    before = Entry.objects.filter(verb="inspections.open_piece").count()
    answer = who.client.post(at("open", piece.pk, "docx"))
    assert answer.status_code == 200
    assert Entry.objects.filter(verb="inspections.open_piece").count() == before + 1, (
        "every opening stands in the journal"
    )
    return answer.content
