"""The papers of a congress bear numbers; the committee's review, handing over, decisions and their effect; the round's report."""

from __future__ import annotations

from datetime import date, time
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile

from chibo.access.charter import Post
from chibo.congresses.actions import amend_round, schedule_congress, write_section
from chibo.congresses.actions.conducting import adopt_resolution, close_congress
from chibo.congresses.actions.counting import collect_ballots
from chibo.congresses.actions.following import (
    hand_over,
    install_committee,
    reject_result,
    report_result,
)
from chibo.congresses.actions.papers import issue_congress_paper, issue_round_report
from chibo.congresses.models import BallotEntry, Congress, CongressPaper, KeptFile, Polling
from chibo.congresses.rules.dossier import PieceKind, objections_to_issuing_paper, pieces_of
from chibo.congresses.rules.preparing import REVIEW, SECTIONS
from chibo.congresses.selectors.boards import board_of
from chibo.congresses.selectors.checks import CHECKS
from chibo.congresses.selectors.document import result_paper
from chibo.congresses.selectors.document.rounds import round_report
from chibo.congresses.selectors.kept import kept_minutes, kept_paper, kept_report
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.meetings.models import Meeting
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.members.selectors import posts_on
from chibo.papers.actions.templates import adopt_template
from chibo.papers.models import Number, Paper
from chibo.papers.selectors import html_of
from chibo.papers.selectors.templates import standard_file
from chibo.units.selectors import scope_of
from tests.conftest import told_once
from tests.congresses.cast import DAY, fresh, opened, people, scheduled, whole
from tests.congresses.test_pages import at, body
from tests.world import LONG_AGO, World

MARCH = date(2020, 3, 1)


@told_once
def closed(world: World) -> tuple[Congress, list[Any]]:
    congress, found = whole(world)
    adopt_resolution(congress, actor=world.secretary, in_favour=9)
    close_congress(fresh(congress), actor=world.secretary, closed_on=DAY)
    return fresh(congress), found


# ----------------------------------------------------------------------------------------------- the review


def test_a_report_is_whole_before_it_has_a_number_and_what_tells_the_result_comes_after() -> None:
    def found(kind: str, **more: Any) -> list[str]:
        asked: dict[str, Any] = {
            "written": dict((*SECTIONS, *REVIEW)), "state": "planned", "issued": False, "on": DAY, "held_on": DAY
        }  # fmt: skip
        return [one.text for one in objections_to_issuing_paper(PieceKind(kind), **{**asked, **more})]

    assert found("review") == found("result", state="closed") == []
    assert len(found("review", written={"work", "method", "faults", "people"})) == 1
    assert found("review", on=MARCH) == ["Báo cáo trình đại hội phải ban hành trước hoặc trong ngày đại hội."]
    assert len(found("request")) == len(found("political", issued=True)) == 1
    assert found("result", state="closed", on=date(2020, 2, 19)) == ["Ngày ban hành ở trước ngày đại hội."]


def test_a_cell_without_a_committee_owes_no_review_of_it() -> None:
    assert "review" in {piece.code for piece in pieces_of(by_election=False)}
    assert "review" not in {piece.code for piece in pieces_of(by_election=False, with_review=False)}


def test_s4_04_the_committee_reviews_itself_in_a_paper_of_its_own(world: World, browser_of: Any) -> None:
    found = people(world)
    congress, cell = scheduled(world), browser_of(world.secretary)
    shown = body(cell, "review", congress.pk)
    assert f"Đồng chí {found[0].full_name} (bí thư chi bộ)" in shown, "each of the committee by name"
    answer = cell.post(at("paper", congress.pk, "review"), {"on": "10/2/2020"})
    assert answer.status_code == 422
    assert "Chưa viết phần: Lãnh đạo thực hiện nghị quyết" in answer.content.decode()
    assert not CongressPaper.objects.exists()
    for code, _title in REVIEW:
        cell.post(at("review", congress.pk), {"code": code, "text": f"Nội dung {code}"})
    assert "Báo cáo kiểm điểm của chi ủy" in body(cell, "dossier", congress.pk)
    cell.post(at("paper", congress.pk, "review"), {"on": "10/2/2020"})
    paper = Paper.objects.get()
    assert (paper.symbol, paper.unit, paper.issued_on) == ("01-BC/CB", world.cell5, date(2020, 2, 10))
    told = body(cell, "paper", congress.pk, "review")
    assert "01-BC/CB" in told
    assert "Nội dung faults" in told
    assert "Dự thảo" not in told
    refused = cell.post(at("review", congress.pk), {"code": "faults", "text": "Khác"})
    assert "không sửa được nữa" in refused.content.decode()
    assert congress.sections.get(code="faults").text == "Nội dung faults"
    assert cell.get(at("paper", congress.pk, "review"), {"format": "docx"}).content[:2] == b"PK"
    for who, status in ((world.clerk, 403), (world.secretary7, 404)):
        assert browser_of(who).post(at("paper", congress.pk, "review"), {"on": "10/2/2020"}).status_code == status


# ------------------------------------------------------------------------------------------------ afterwards


def test_s4_10_result_and_request_are_numbered_each_in_its_series(world: World, closed: Any) -> None:
    congress, found = closed
    install_committee(congress, actor=world.clerk)
    report_result(fresh(congress), actor=world.secretary, reported_on=date(2020, 2, 24))
    with pytest.raises(ValidationError, match="Thiếu họ tên người ký"):
        issue_congress_paper(fresh(congress), actor=world.secretary, kind="result", on=date(2020, 2, 24))
    assert not Number.objects.exists(), "what was not issued took no number"
    Meeting.objects.filter(pk=congress.meeting_id).update(chair=found[0])
    for kind in ("result", "request"):
        issue_congress_paper(fresh(congress), actor=world.secretary, kind=kind, on=date(2020, 2, 24))
    assert set(Paper.objects.values_list("symbol", flat=True)) == {"01-TB/ĐH", "01-TTr/CB"}
    with pytest.raises(ValidationError, match="đã có số"):
        issue_congress_paper(fresh(congress), actor=world.secretary, kind="result", on=MARCH)
    with pytest.raises(PermissionDenied):
        issue_congress_paper(fresh(congress), actor=world.clerk, kind="political", on=MARCH)
    assert "01-TB/ĐH" in kept_paper(fresh(congress), "result").sheet  # type: ignore[union-attr]


def test_s4_10_the_old_committee_hands_over_and_it_is_missed_when_late(
    world: World, closed: Any, browser_of: Any
) -> None:
    congress, found = closed
    check = next(one for one in CHECKS if one.code == "congresses.handover")

    def late(day: date) -> int:
        return len(list(check.run(scope_of(world.ward, Period.parse("2020"), day))))

    assert (late(date(2020, 3, 6)), late(date(2020, 3, 7))) == (0, 1)
    with pytest.raises(ValidationError) as refusal:
        hand_over(congress, actor=world.secretary, handed_over_on=date(2020, 2, 19), handed_over=" ")
    assert set(refusal.value.error_dict) == {"handed_over_on", "handed_over"}
    cell = browser_of(world.secretary)
    cell.post(at("step", congress.pk, "handover"), {"handed_over_on": "25/2/2020", "handed_over": "Sổ nghị quyết"})
    assert fresh(congress).handed_over_on == date(2020, 2, 25)
    told = body(cell, "paper", congress.pk, "handover")
    assert "Sổ nghị quyết" in told
    assert told.count(found[0].full_name) >= 2, "who leads again hands over to the new committee as a whole"
    assert late(date(2020, 3, 7)) == 0
    with pytest.raises(ValidationError, match="Đã ghi bàn giao"):
        hand_over(fresh(congress), actor=world.secretary, handed_over_on=MARCH, handed_over="Nữa")


def test_who_is_not_approved_loses_the_post_by_the_page_of_approval(
    world: World, closed: Any, browser_of: Any
) -> None:
    congress, found = closed
    install_committee(congress, actor=world.clerk)
    report_result(fresh(congress), actor=world.secretary, reported_on=date(2020, 2, 24))
    deputy = congress.elected.get(office="deputy")
    asked = {"decided_on": "1/3/2020", "decision": "12-QĐ/ĐU", "refused": [deputy.pk]}
    browser_of(world.clerk).post(at("step", congress.pk, "approve"), asked)
    assert fresh(congress).state == "approved"
    held = {term.member for term in posts_on(date(2020, 3, 2), [world.cell5.pk])}
    assert held == {found[0], found[1]}
    assert found[2] in {term.member for term in posts_on(MARCH, [world.cell5.pk])}, "until the day of the decision"


def test_what_is_not_approved_is_called_again_and_counted_once(world: World, closed: Any) -> None:
    congress, _found = closed
    install_committee(congress, actor=world.clerk)
    report_result(fresh(congress), actor=world.secretary, reported_on=date(2020, 2, 24))
    asked: dict[str, Any] = {"actor": world.clerk, "cell": world.cell5, "held_on": date(2020, 3, 20)}
    with pytest.raises(ValidationError, match="đã có lịch"):
        schedule_congress(fresh(congress).round, **asked)
    reject_result(fresh(congress), actor=world.clerk, decided_on=MARCH, reason="Sai quy trình")
    assert not posts_on(date(2020, 3, 2), [world.cell5.pk]).filter(post=Post.CELL_SECRETARY).exists()
    again = schedule_congress(fresh(congress).round, **asked)
    assert board_of(again.round, date(2020, 3, 20)).done.part == 0
    scope = scope_of(world.cell5, Period.parse("2020"))
    numbers = [registry.named("figures", f"congresses.{code}").rows(scope).count() for code in ("held", "elected")]
    assert numbers == [1, 0]


# ------------------------------------------------------------------------------------------------ the round


def test_a_comrade_in_charge_is_named_with_hours_across_rounds(world: World) -> None:
    leader = world.member(world.ward, "Phạm Thị Lý")
    appoint(
        world.ward,
        actor=world.clerk,
        member=leader,
        post=Post.WARD_COMMITTEE,
        valid_from=date(2017, 9, 1),
        term="2015-2020",
    )
    scheduled(world, in_charge=leader)
    other = opened(world, occasion="by", name="Bầu bổ sung", past_term_ends=None)
    with pytest.raises(ValidationError, match="Đồng chí Phạm Thị Lý phải dự đại hội Chi bộ 5 cùng giờ"):
        schedule_congress(
            other,
            actor=world.clerk,
            cell=world.cell7,
            held_on=DAY,
            starts_at=time(10),
            ends_at=time(12),
            in_charge=leader,
        )
    assert not other.congresses.exists()


def test_a_round_gets_its_plan_and_keeps_its_congresses(world: World, browser_of: Any) -> None:
    round_ = opened(world)
    scheduled(world, round_)
    asked = {"name": "Đợt 2020", "term": "2020-2022", "first_on": date(2020, 2, 9)}
    with pytest.raises(ValidationError, match="ngày 20/02/2020 ở ngoài đợt"):
        amend_round(round_, actor=world.clerk, last_on=date(2020, 2, 19), **asked)
    assert fresh(round_).last_on == date(2020, 3, 22)
    clerk = browser_of(world.clerk)
    clerk.post(at("amend", round_.pk), {**asked, "first_on": "9/2/2020", "last_on": "31/3/2020"})
    assert (fresh(round_).name, fresh(round_).last_on) == ("Đợt 2020", date(2020, 3, 31))


def test_s4_02_the_report_on_the_round_is_numbered_when_it_is_over(world: World, closed: Any) -> None:
    congress, _found = closed
    round_ = congress.round
    told = str(html_of(round_report(round_, DAY)))
    assert "Đến hết ngày 20/02/2020 có 1/2 chi bộ tổ chức xong đại hội." in told
    assert "Bầu 3 cấp ủy viên: tái cử 2, mới tham gia 1." in told
    assert "Bầu 1 bí thư, 1 phó bí thư" in told
    with pytest.raises(ValidationError, match="báo cáo sau ngày ấy"):
        issue_round_report(round_, actor=world.clerk, on=DAY)
    leader = world.member(world.ward, "Phạm Thị Lý")
    appoint(
        world.ward,
        actor=world.clerk,
        member=leader,
        post=Post.WARD_SECRETARY,
        valid_from=date(2017, 9, 1),
        term="2015-2020",
    )
    issue_round_report(fresh(round_), actor=world.clerk, on=date(2020, 3, 25))
    assert fresh(round_).report.symbol == "01-BC/ĐU"
    kept = kept_report(fresh(round_))
    assert kept is not None
    assert "01-BC/ĐU" in kept.sheet
    assert kept.is_whole
    with pytest.raises(ValidationError, match="đã có số"):
        issue_round_report(fresh(round_), actor=world.clerk, on=date(2020, 3, 26))


def test_a_part_of_no_report_is_refused(world: World) -> None:
    with pytest.raises(ValidationError):
        write_section(scheduled(world), actor=world.secretary, code="poem", text="…")


# ----------------------------------------------------------------------------------------------------- what is kept


def test_a_paper_that_was_issued_is_the_file_that_was_kept_whatever_changes_later(
    world: World, closed: Any, browser_of: Any
) -> None:
    """A name is put right, the office brings its own template, somebody writes into the file: what went out stays, or is
    not handed out at all."""
    congress, found = closed
    Meeting.objects.filter(pk=congress.meeting_id).update(chair=found[0])
    issue_congress_paper(fresh(congress), actor=world.secretary, kind="result", on=MARCH)
    cell = browser_of(world.secretary)
    pages = {"result": at("paper", congress.pk, "result"), "count": at("minutes", Polling.objects.first().pk)}
    before = {
        (name, suffix): cell.get(url, {"format": suffix}).content
        for name, url in pages.items()
        for suffix in ("pdf", "docx")
    }
    sheets = {name: cell.get(url).content.decode() for name, url in pages.items()}
    for row, name in ((KeptFile.objects.get(paper__isnull=False), "result"), (KeptFile.objects.filter(polling__isnull=False).first(), "count")):  # fmt: skip
        assert row is not None
        for suffix in ("pdf", "docx"):
            digest = sha256(before[name, suffix]).hexdigest()
            assert getattr(row, f"{suffix}_sha256") == digest
            assert digest in sheets[name]
        assert sheets[name].count("Còn nguyên") == 2

    Member.objects.update(full_name="Người Đổi Tên")
    content, _name = standard_file("notice", MARCH)
    adopt_template(
        world.ward, actor=world.clerk, kind="notice", valid_from=LONG_AGO, file=ContentFile(content, name="mau.docx")
    )
    assert "Người Đổi Tên" in str(html_of(result_paper(fresh(congress)))), "as it would be drawn today"
    for name, url in pages.items():
        assert "Người Đổi Tên" not in cell.get(url).content.decode().partition("<main")[2]
        for suffix in ("pdf", "docx"):
            assert cell.get(url, {"format": suffix}).content == before[name, suffix]

    kept = KeptFile.objects.get(paper__isnull=False)
    Path(kept.pdf.path).write_bytes(before["result", "pdf"] + b" ")
    assert cell.get(pages["result"], {"format": "pdf"}).status_code == 404
    assert cell.get(pages["result"], {"format": "docx"}).content == before["result", "docx"]
    told = cell.get(pages["result"]).content.decode()
    assert "Tệp đã giữ không còn nguyên" in told
    assert "Tải PDF" not in told
    KeptFile.objects.filter(polling__isnull=False).update(sheet="<script>alert(1)</script>")
    told = cell.get(pages["count"]).content.decode()
    assert "Tệp đã giữ không còn nguyên" in told
    assert "alert(1)" not in told


def test_minutes_of_a_void_vote_and_of_the_hand_over_are_kept_too(world: World, closed: Any) -> None:
    congress, _found = closed
    hand_over(fresh(congress), actor=world.secretary, handed_over_on=MARCH, handed_over="Sổ nghị quyết")
    Congress.objects.update(state="open")
    polling = Polling.objects.latest("pk")
    Polling.objects.filter(pk=polling.pk).update(state="issued", collected=None)
    KeptFile.objects.filter(polling=polling).delete()
    BallotEntry.objects.filter(polling=polling).delete()
    collect_ballots(fresh(polling), actor=world.secretary, collected=12)
    assert kept_paper(fresh(congress), "handover") is not None
    void = kept_minutes(fresh(polling))
    assert void is not None
    assert "Cuộc bỏ phiếu bị hủy" in void.sheet
    assert void.is_whole
    assert kept_paper(fresh(congress), "request") is None, "nothing is kept of what was not issued"
