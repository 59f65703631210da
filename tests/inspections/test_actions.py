"""What changes an inspection: one test an outcome; a refusal changes nothing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.utils.timezone import localdate

from chibo.access.actor import SETUP
from chibo.core.registry import registry
from chibo.core.tables import cell_value
from chibo.core.values import Period
from chibo.figures.selectors import answer, broken_down, by_unit, rows_counted
from chibo.inspections.actions import (
    conclude_inspection,
    do_step,
    extend_inspection,
    publish_conclusion,
    seat_team,
    waive_step,
    write_outline,
)
from chibo.inspections.actions.answers import hand_in_self_report, report_back, write_self_report
from chibo.inspections.actions.papers import bring_piece, close_dossier, issue_piece, record_minutes, waive_piece
from chibo.inspections.actions.pictures import strike_picture, take_photo
from chibo.inspections.actions.programmes import (
    adjust_line,
    adopt_programme,
    amend_line,
    amend_programme,
    draft_programme,
    plan_line,
    strike_line,
)
from chibo.inspections.actions.verifying import (
    amend_finding,
    finish_verifying,
    mark_criterion,
    note_attended,
    plan_visit,
    record_finding,
    strike_finding,
    strike_visit,
    verify_remedy,
)
from chibo.inspections.models import Finding, Inspection, Piece, ProgrammeLine, YearProgramme
from chibo.inspections.rules.outlines import Item
from chibo.inspections.selectors.answers import self_report
from chibo.inspections.selectors.figures import words_of
from chibo.inspections.selectors.programmes import changes_of, open_lines
from chibo.meetings.actions import convene_meeting
from chibo.papers.models import Paper
from chibo.tasks.actions import finish_task
from chibo.tasks.models import Task
from chibo.units.actions import found_unit
from chibo.units.rules import CellKind, Level
from chibo.units.selectors import scope_of
from tests.inspections.cast import Cast, announced, decide, start

TODAY = localdate()
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 90


def shown(figure: str, unit, year: int = TODAY.year) -> str:
    return answer(registry.named("figures", figure), scope_of(unit, Period.of_year(year))).text


def warned(check: str, unit, day=TODAY) -> list[str]:
    scope = scope_of(unit, Period.of_year(day.year).until(day), day)
    return [one.subject for one in registry.named("checks", check).run(scope)]


# -------------------------------------------------------------------------------------- deciding, the team


def test_s2_01_organisations_and_persons_are_inspected_together(cast: Cast) -> None:
    person = cast.world.member(cast.world.cell7, "Người Được Xem")
    made = decide(cast.world, [cast.world.cell5], members=[person])
    assert {str(one) for one in made.subjects.all()} == {"Chi bộ 5", "Người Được Xem"}
    assert made.steps.count() == 12
    assert made.criteria.count() == 6
    assert made.ends_on == made.begins_on + timedelta(days=19)


def test_a_unit_of_elsewhere_is_not_inspected(cast: Cast) -> None:
    before = Inspection.objects.count()
    with pytest.raises(ValidationError, match="không thuộc phạm vi"):
        decide(cast.world, [cast.world.other_cell])
    assert Inspection.objects.count() == before


def test_a_double_submit_decides_once(cast: Cast) -> None:
    first = decide(cast.world, [cast.world.cell7], once="a" * 32)
    assert decide(cast.world, [cast.world.cell7], once="a" * 32) == first


def test_nobody_of_the_inspected_cell_is_on_its_team(cast: Cast) -> None:
    own = cast.world.member(cast.world.cell5, "Người Của Năm")
    with pytest.raises(ValidationError, match="thuộc nơi được kiểm tra"):
        seat_team(cast.inspection, roles={own: "head"}, **cast.by)
    assert set(cast.inspection.team.values_list("role", flat=True)) == {"head", "secretary"}


def test_the_outline_is_open_until_it_is_sent(cast: Cast) -> None:
    write_outline(cast.inspection, items=[Item("I", "Việc khác", "text")], **cast.by)
    assert cast.inspection.outline.get().title == "Việc khác"
    announced(cast)
    with pytest.raises(ValidationError, match="Đã gửi"):
        write_outline(cast.inspection, items=[], **cast.by)
    assert cast.inspection.outline.count() == 1


def test_the_team_looks_and_writes_nothing_before_the_inspected_know(cast: Cast) -> None:
    for deed in (
        lambda: mark_criterion(cast.subject, criterion=cast.inspection.criteria.first(), result="met", **cast.by),
        lambda: record_finding(cast.subject, kind="strength", text="Tốt", found_on=localdate(), **cast.by),
        lambda: record_minutes(cast.subject, kind="working", text="Biên bản", on=localdate(), **cast.by),
    ):
        with pytest.raises(ValidationError, match="Chưa gửi quyết định"):
            deed()
    assert not cast.subject.marks.exists()
    assert not cast.subject.findings.exists()
    assert not cast.inspection.pieces.exists()


def test_an_extension_moves_the_last_day_and_keeps_its_reason(cast: Cast) -> None:
    """Each by a decision of its own with its number; what is refused takes none."""
    ends = cast.inspection.ends_on
    for days, reason in ((4, "Mưa bão"), (2, "Chờ báo cáo")):
        extend_inspection(cast.inspection, days=days, reason=reason, on=TODAY, **cast.by)
    cast.inspection.refresh_from_db()
    assert (cast.inspection.extended_days, cast.inspection.extension_reason) == (6, "Chờ báo cáo")
    assert cast.inspection.ends_on == ends + timedelta(days=6)
    papers = cast.inspection.pieces.filter(kind="extension").order_by("pk")
    assert [one.symbol for one in papers] == ["01-QĐ/ĐU", "02-QĐ/ĐU"]
    assert all(one.paper.subject.startswith("về việc gia hạn thời gian kiểm tra") for one in papers)
    with pytest.raises(ValidationError, match="gia hạn tổng cộng 6"):
        extend_inspection(cast.inspection, days=1, reason="Nữa", on=TODAY, **cast.by)
    with pytest.raises(ValidationError, match="trang Gia hạn"):
        issue_piece(cast.inspection, kind="extension", text="x", on=TODAY, **cast.by)
    cast.inspection.refresh_from_db()
    assert cast.inspection.extended_days == 6
    assert papers.count() == Paper.objects.filter(symbol__endswith="QĐ/ĐU").count() == 2


def test_a_step_is_left_out_with_a_reason_only(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="lý do"):
        waive_step(cast.inspection, code="deploy", reason=" ", today=TODAY, **cast.by)
    with pytest.raises(ValidationError, match="không bỏ được"):
        waive_step(cast.inspection, code="conclude", reason="x", today=TODAY, **cast.by)
    assert not cast.inspection.steps.exclude(waived="").exists()
    waive_step(cast.inspection, code="deploy", reason="Đã triển khai tại giao ban", today=TODAY, **cast.by)
    assert cast.inspection.steps.get(code="deploy").waived


def test_a_step_is_done_once(cast: Cast) -> None:
    do_step(cast.inspection, code="follow", on=TODAY, today=TODAY, **cast.by)
    with pytest.raises(ValidationError, match="đã xong"):
        do_step(cast.inspection, code="follow", on=TODAY, today=TODAY, **cast.by)


# ------------------------------------------------------------------------------------------ self-report


def test_s0_02_the_report_follows_the_records_until_it_is_handed_in(running: Cast) -> None:
    subject, world = running.subject, running.world
    text = {item.pk: ("Đã làm", "") for item in running.inspection.outline.filter(kind="text")}
    write_self_report(subject, actor=world.secretary, answers=text)
    counted = running.inspection.outline.get(code="members.counted")
    before = next(line for line in self_report(subject) if line.item == counted).declared
    world.member(world.cell5, "Người Mới")
    after = next(line for line in self_report(subject) if line.item == counted).declared
    assert (int(before), int(after)) == (1, 2)
    with pytest.raises(ValidationError, match="giải thích"):
        hand_in_self_report(subject, actor=world.secretary, answers={**text, counted.pk: ("9", "")}, on=TODAY)
    subject.refresh_from_db()
    assert subject.handed_on is None
    hand_in_self_report(subject, actor=world.secretary, answers={**text, counted.pk: ("9", "Kể cả dự bị")}, on=TODAY)
    world.member(world.cell5, "Người Sau")
    subject.refresh_from_db()
    line = next(line for line in self_report(subject) if line.item == counted)
    assert (line.computed.text, line.declared, line.differs) == ("2", "9", True)
    assert running.inspection.steps.get(code="self_report").done_on == TODAY
    paper = subject.pieces.get(kind="self_report")
    assert paper.paper.unit == world.cell5
    with pytest.raises(ValidationError, match="đã gửi"):
        write_self_report(subject, actor=world.secretary, answers=text)


def test_nothing_is_written_before_the_announcement(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Chưa đến lúc"):
        write_self_report(cast.subject, actor=cast.world.secretary, answers={})


# ------------------------------------------------------------------------------------- looking and finding


def test_the_last_mark_stands_and_links_stay_inside(running: Cast) -> None:
    first = running.inspection.criteria.first()
    for result in ("met", "unmet"):
        mark_criterion(running.subject, actor=running.scribe, criterion=first, result=result, note="Xem sổ")
    assert running.subject.marks.get().result == "unmet"
    with pytest.raises(ValidationError, match="trang trong phần mềm"):
        mark_criterion(running.subject, actor=running.scribe, criterion=first, link="https://evil.example")
    assert running.subject.marks.get().link == ""


def test_a_photo_is_told_by_what_it_holds(running: Cast) -> None:
    first = running.inspection.criteria.first()
    with pytest.raises(ValidationError, match="JPG"):
        take_photo(
            running.subject, actor=running.scribe, criterion=first, photo=ContentFile(b"%PDF-1.4", name="a.png")
        )
    assert not running.subject.pictures.exists()
    take_photo(running.subject, actor=running.scribe, criterion=first, photo=ContentFile(PNG, name="../../x.jpg"))
    picture = running.subject.pictures.get()
    assert picture.photo.name.endswith(".png")
    Inspection.objects.update(closed_on=TODAY)
    with pytest.raises(ValidationError, match="đóng"):
        strike_picture(picture, actor=running.scribe)
    assert running.subject.pictures.get() == picture


def found(cast: Cast, **more) -> Finding:
    asked = {
        "kind": "shortcoming", "text": "Đánh giá kế hoạch chưa thường xuyên", "found_on": TODAY, "remedy": "Đánh giá đủ 12 tháng",
        "owner_unit": cast.world.cell5, "due_on": TODAY + timedelta(days=30),
    } | more  # fmt: skip
    return record_finding(cast.subject, actor=cast.scribe, **asked)


def test_s2_04_a_finding_is_changed_and_taken_back_until_it_is_made_known(running: Cast) -> None:
    one = found(running)
    assert not Task.objects.exists(), "nobody below learns of a remedy before the conclusion is made known"
    amend_finding(one, actor=running.scribe, kind="strength", text="Tốt")
    one.refresh_from_db()
    assert (one.kind, one.remedy, one.owner_unit) == ("strength", "", None)
    strike_finding(one, actor=running.scribe)
    assert not Finding.objects.exists()
    with pytest.raises(ValidationError, match="không thuộc nơi"):
        found(running, owner_unit=running.world.cell7)
    assert not Finding.objects.exists()


def test_a_repeated_shortcoming_is_tied_to_the_first(running: Cast) -> None:
    first = found(running)
    later = start(running, decide(running.world, [running.world.cell5]))
    text = "Việc đánh giá kế hoạch vẫn chưa thường xuyên"

    def find_it() -> Finding:
        return record_finding(later.subjects.get(), kind="shortcoming", text=text, found_on=TODAY, **running.by)

    assert find_it().repeats is None, "what another team still keeps to itself is not repeated"
    Inspection.objects.filter(pk=running.inspection.pk).update(published_on=TODAY)
    assert find_it().repeats == first


def test_looking_is_finished_when_every_criterion_was_looked_at(running: Cast) -> None:
    with pytest.raises(ValidationError, match="chưa được xem"):
        finish_verifying(running.subject, actor=running.scribe, on=TODAY)
    for criterion in running.inspection.criteria.all():
        mark_criterion(running.subject, actor=running.scribe, criterion=criterion, result="met")
    finish_verifying(running.subject, actor=running.scribe, on=TODAY)
    assert running.inspection.steps.get(code="verify").done_on == TODAY


# --------------------------------------------------------------------------- papers, conclusion, remedies


def test_a_numbered_paper_stands_in_the_register_and_is_issued_once(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Chưa có kết luận"):
        issue_piece(cast.inspection, kind="notice", text="Kết luận", on=TODAY, **cast.by)
    assert not Paper.objects.exists()
    piece = issue_piece(cast.inspection, kind="plan", text="1. Mục đích\nXem xét", on=TODAY, **cast.by)
    assert Paper.objects.get().symbol == piece.symbol == "01-KH/ĐU"
    assert piece.pdf.read(4) == b"%PDF"
    with pytest.raises(ValidationError, match="đã ban hành"):
        issue_piece(cast.inspection, kind="plan", text="Khác", on=TODAY, **cast.by)
    assert Piece.objects.count() == 1


def test_a_file_is_brought_and_its_absence_explained(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="tệp này không phải"):
        bring_piece(cast.inspection, kind="other", file=ContentFile(b"MZ..", name="a.exe"), on=TODAY, **cast.by)
    with pytest.raises(ValidationError, match="lý do"):
        waive_piece(cast.inspection, kind="schedule", reason="", today=TODAY, **cast.by)
    assert not Piece.objects.exists()
    bring_piece(cast.inspection, kind="decision", file=ContentFile(b"%PDF-1.4 x", name="qd.pdf"), on=TODAY, **cast.by)
    waive_piece(cast.inspection, kind="schedule", reason="Làm trong một buổi", today=TODAY, **cast.by)
    assert {piece.kind for piece in Piece.objects.all()} == {"decision", "schedule"}


def through(cast: Cast) -> Inspection:
    """Waive and do what leads to the conclusion."""
    for code in ("deploy", "self_report", "verify", "conference", "report"):
        waive_step(cast.inspection, code=code, reason="Rút gọn", today=TODAY, **cast.by)
    conclude_inspection(
        cast.inspection, conclusion="Thực hiện tốt", on=TODAY, report_back_on=TODAY + timedelta(days=40), **cast.by
    )
    cast.inspection.refresh_from_db()
    return cast.inspection


def test_a_remedy_is_a_duty_once_the_conclusion_is_known_and_is_verified_by_the_team(running: Cast) -> None:
    world, finding = running.world, found(running)
    inspection = through(running)
    with pytest.raises(ValidationError, match="Chưa có thông báo"):
        publish_conclusion(inspection, on=TODAY, **running.by)
    assert not Task.objects.exists()
    issue_piece(inspection, kind="notice", text="Kết luận: tốt", on=TODAY, **running.by)
    publish_conclusion(inspection, on=TODAY, **running.by)
    finding.refresh_from_db()
    task = Task.objects.get()
    assert finding.task == task
    assert (task.origin, task.doer_unit, task.unit) == ("remedy", world.cell5, world.cell5)
    with pytest.raises(ValidationError, match="chưa báo hoàn thành"):
        report_back(running.subject, actor=world.secretary, on=TODAY)
    with pytest.raises(ValidationError, match="chưa báo hoàn thành"):
        verify_remedy(finding, actor=running.scribe, note="Đã xem", on=TODAY)
    with pytest.raises(ValidationError, match="đã công bố"):
        amend_finding(finding, actor=running.scribe, kind="strength", text="Tốt")
    with pytest.raises(ValidationError, match="chưa được đoàn xác nhận"):
        close_dossier(inspection, on=TODAY, **running.by)
    finish_task(task, actor=world.secretary, result="Đủ 12 tháng", done_on=TODAY)
    report_back(running.subject, actor=world.secretary, on=TODAY)
    finding.refresh_from_db()
    verify_remedy(finding, actor=running.scribe, note="Đã xem biên bản", on=TODAY)
    assert Finding.objects.get().verified_on == TODAY
    assert shown("inspections.findings", world.ward) == "1"
    assert shown("inspections.repeated", world.ward) == "0 % (0/1)"
    inspection.refresh_from_db()
    assert inspection.closed_on is None


def test_a_conclusion_waits_for_the_steps_before_it(running: Cast) -> None:
    with pytest.raises(ValidationError, match="còn bước"):
        conclude_inspection(running.inspection, conclusion="Tốt", on=TODAY, **running.by)
    running.inspection.refresh_from_db()
    assert running.inspection.conclusion == ""


def test_closing_names_every_hole(running: Cast) -> None:
    with pytest.raises(ValidationError) as refusal:
        close_dossier(running.inspection, on=TODAY, **running.by)
    told = " ".join(refusal.value.messages)
    assert "Biên bản triển khai quyết định (Chi bộ 5)" in told
    assert "Thông báo kết luận" in told
    assert "Theo dõi khắc phục" in told


# ------------------------------------------------------------------------------------------------- survey


def test_s2_03_visits_do_not_clash_and_open_on_the_real_meeting(cast: Cast) -> None:
    world = cast.world
    made = decide(world, [world.cell5, world.cell7], form="survey", outline="meetings")
    start(cast, made)
    five, seven = made.subjects.order_by("unit__sort_key")
    visitor = made.team.get(member=cast.head)
    visit = plan_visit(made, subject=five, visitor=visitor, day=TODAY, **cast.by)
    with pytest.raises(ValidationError, match="đã có lịch"):
        plan_visit(made, subject=seven, visitor=visitor, day=TODAY, **cast.by)
    assert visitor.visits.count() == 1
    strange = convene_meeting(world.cell7, actor=world.secretary7, held_on=TODAY)
    with pytest.raises(ValidationError, match="không phải của chi bộ"):
        note_attended(five, visit=visit, meeting=strange, **cast.by)
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=TODAY)
    note_attended(five, visit=visit, meeting=meeting, **cast.by)
    assert visitor.visits.get().meeting == meeting
    with pytest.raises(ValidationError, match="Khảo sát không giao"):
        record_finding(
            five, kind="shortcoming", text="Thiếu", remedy="Lập", owner_unit=world.cell5, found_on=TODAY,
            due_on=TODAY + timedelta(days=3), **cast.by,
        )  # fmt: skip
    strike_visit(visit, **cast.by)
    assert not visitor.visits.exists()


# ---------------------------------------------------------------------------------------------- programme


def test_s1_11_a_programme_is_drafted_changed_adopted_and_then_stands(cast: Cast) -> None:
    world = cast.world
    programme = draft_programme(world.ward, year=TODAY.year, body="committee", day=TODAY, **cast.by)
    line = programme.lines.first()
    assert line.reason.startswith("Chưa kiểm tra")
    facts = {"form": "topical", "content": "Nội dung khác", "month": 12}
    amend_line(line, inspected=world.cell7, **facts, **cast.by)
    with pytest.raises(ValidationError, match="không thuộc phạm vi"):
        plan_line(programme, inspected=world.other_cell, **facts, **cast.by)
    with pytest.raises(ValidationError, match="đã có nội dung này"):
        plan_line(programme, inspected=world.cell7, **facts, **cast.by)
    added = plan_line(programme, inspected=world.cell5, **facts, **cast.by)
    strike_line(added, **cast.by)
    adopt_programme(programme, on=TODAY, **cast.by)
    programme.refresh_from_db()
    assert programme.paper.symbol == "01-CTr/ĐU"
    with pytest.raises(ValidationError, match="đã thông qua"):
        strike_line(programme.lines.first(), **cast.by)
    with pytest.raises(ValidationError, match="đã có"):
        draft_programme(world.ward, year=TODAY.year, body="committee", day=TODAY, **cast.by)
    assert YearProgramme.objects.count() == 1


def test_the_commission_draws_up_what_the_committee_has_not_taken(cast: Cast) -> None:
    """No unit is inspected twice because two bodies of the ward were given the same list."""
    world = cast.world
    ours = draft_programme(world.ward, year=TODAY.year, body="committee", day=TODAY, **cast.by)
    theirs = draft_programme(world.ward, year=TODAY.year, body="commission", day=TODAY, **cast.by)
    taken = {line.inspected_id for line in ours.lines.all()}
    assert theirs.lines.exists()
    assert not taken & {line.inspected_id for line in theirs.lines.all()}
    assert all(line.month >= TODAY.month for line in theirs.lines.all())


def test_a_cell_founded_this_year_comes_into_the_programme_from_its_month_on(cast: Cast) -> None:
    world = cast.world
    programme = draft_programme(world.ward, year=TODAY.year + 1, body="committee", day=TODAY, **cast.by)
    new = found_unit(
        world.ward, actor=SETUP, name="Chi bộ Mới", level=Level.CELL, key="sm-moi", on=date(TODAY.year + 1, 4, 10),
        cell_kind=CellKind.AGENCY,
    )  # fmt: skip
    facts = {"form": "topical", "content": "Nền nếp", "inspected": new}
    with pytest.raises(ValidationError, match="không thuộc phạm vi"):
        plan_line(programme, month=3, **facts, **cast.by)
    assert plan_line(programme, month=4, **facts, **cast.by).inspected == new


def test_s2_19_what_was_adopted_by_a_paper_is_changed_by_a_paper(cast: Cast) -> None:
    """Added, moved and left out with a reason: each waits, then one amendment with its own number makes it stand."""
    world = cast.world
    facts = {"form": "topical", "content": "Nền nếp sinh hoạt"}
    programme = draft_programme(world.ward, year=TODAY.year, body="committee", day=TODAY, **cast.by)
    moved, out = (plan_line(programme, inspected=u, month=1, **facts, **cast.by) for u in (world.cell5, world.cell7))
    adopt_programme(programme, on=TODAY, **cast.by)
    with pytest.raises(ValidationError, match="Chưa có điều chỉnh"):
        amend_programme(programme, on=TODAY, **cast.by)
    adjust_line(moved, month=12, reason="Bão", **cast.by)
    adjust_line(out, month=None, reason="Cấp trên đã kiểm tra", **cast.by)
    added = plan_line(programme, inspected=world.cell7, month=12, **facts, **cast.by)
    assert set(open_lines(world.ward)) == set(programme.lines.exclude(pk__in=[moved.pk, out.pk, added.pk]))
    with pytest.raises(ValidationError, match="chưa thông qua"):
        decide(world, [world.cell7], line=added)
    with pytest.raises(ValidationError, match="trước ngày thông qua"):
        amend_programme(programme, on=TODAY - timedelta(days=1), **cast.by)
    assert set(changes_of(programme)) == {moved, out, added}
    amend_programme(programme, on=TODAY, **cast.by)
    assert not changes_of(programme).exists()
    assert {line.amended_by.symbol for line in ProgrammeLine.objects.filter(pk__in=[moved.pk, out.pk, added.pk])} == {
        "02-CTr/ĐU"
    }
    out.refresh_from_db()
    assert moved in open_lines(world.ward)
    assert out not in open_lines(world.ward)
    with pytest.raises(ValidationError, match="đã thông qua"):
        strike_line(added, **cast.by)
    decide(world, [world.cell7], line=added)
    with pytest.raises(ValidationError, match="đã tiến hành"):
        decide(world, [world.cell7], line=added)


def test_an_adjustment_is_taken_back_by_choosing_the_month_there_was(cast: Cast) -> None:
    programme = draft_programme(cast.world.ward, year=TODAY.year, body="committee", day=TODAY, **cast.by)
    line = programme.lines.first()
    was = line.month
    adopt_programme(programme, on=TODAY, **cast.by)
    for month in (None, was):
        line = adjust_line(line, month=month, reason="Bão", **cast.by)
    assert (line.month, line.pending, line.left_out, line.moved_from, line.adjusted_why) == (
        was,
        False,
        False,
        None,
        "",
    )


def test_s2_19_a_line_whose_month_is_over_warns_until_it_is_begun_moved_or_left_out(cast: Cast) -> None:
    world, year = cast.world, TODAY.year - 1
    programme = draft_programme(world.ward, year=year, body="committee", day=TODAY, **cast.by)
    programme.lines.all().delete()
    line = plan_line(programme, form="topical", content="Nền nếp", inspected=world.cell5, month=3, **cast.by)
    assert warned("inspections.line", world.ward, date(year, 5, 1)) == []
    adopt_programme(programme, on=date(year, 1, 10), **cast.by)
    assert warned("inspections.line", world.ward, date(year, 3, 31)) == []
    assert warned("inspections.line", world.ward, date(year, 4, 1)) == ["Chi bộ 5"]
    assert warned("inspections.line", world.ward, date(year + 1, 1, 2)) == ["Chi bộ 5"]
    line = adjust_line(line, month=4, reason="Bão", **cast.by)
    assert warned("inspections.line", world.ward, date(year, 4, 1)) == []
    amend_programme(programme, on=TODAY, **cast.by)
    decide(world, [world.cell5], line=line)
    assert warned("inspections.line", world.ward, date(year, 12, 1)) == []


def test_s2_19_a_cell_without_a_programme_warns_once_its_ward_keeps_them(cast: Cast) -> None:
    world, year = cast.world, TODAY.year
    later = date(year, 12, 31)
    assert warned("inspections.programme", world.cell5, later) == []
    programme = draft_programme(world.ward, year=year, body="committee", day=TODAY, **cast.by)
    adopt_programme(programme, on=TODAY, **cast.by)
    assert len(warned("inspections.programme", world.cell5, later)) == 1
    cell = draft_programme(world.cell5, year=year, body="cell", day=TODAY, actor=world.secretary)
    adopt_programme(cell, on=TODAY, actor=world.secretary)
    assert cell.lines.get().member.unit == world.cell5
    assert warned("inspections.programme", world.cell5, later) == []


def test_a_cell_draws_up_its_own_programme_only(cast: Cast) -> None:
    with pytest.raises(PermissionDenied):
        draft_programme(cast.world.cell7, year=2026, body="cell", day=TODAY, actor=cast.world.secretary)
    assert not YearProgramme.objects.exists()


# ------------------------------------------------------------------------------------ figures and warnings


def test_s1_12_s3_07_coverage_and_how_matters_were_found(running: Cast) -> None:
    world = running.world
    assert shown("inspections.cells", world.ward) == "50 % (1/2)"
    assert shown("inspections.held", world.ward) == "1"
    assert shown("inspections.members", world.ward) == "0"
    for kind, source in (("sign", "inspection"), ("sign", "complaint")):
        one = found(running, kind=kind, text=f"Việc {source}", remedy="", owner_unit=None, due_on=None)
        Finding.objects.filter(pk=one.pk).update(source=source)
    assert shown("inspections.own_found", world.ward) == "–", "not known before it is made known"
    Inspection.objects.update(published_on=TODAY)
    assert shown("inspections.own_found", world.ward) == "50 % (1/2)"


def test_a_step_is_called_as_its_own_form_calls_it(running: Cast) -> None:
    """In the rows of its figure, in its workbook, on the board and on the desk: an inspection has no "khảo sát"."""
    world, today = running.world, localdate()
    figure = registry.named("figures", "inspections.steps")
    scope = scope_of(world.ward, Period.of_year(today.year))
    told = {cell_value(figure.columns[0], row) for row in rows_counted(figure, scope)}
    assert told == {
        "Ban hành quyết định, kế hoạch", "Họp đoàn: đề cương, lịch, phân công",
        "Gửi quyết định, kế hoạch, đề cương cho nơi được kiểm tra",
    }  # fmt: skip
    assert "Ban hành quyết định, kế hoạch" in [
        line.label for line in broken_down(figure, scope, figure.breakdowns[0])
    ]
    survey = decide(world, [world.cell7], form="survey")
    assert words_of(survey.steps.get(code="decide")) == "Quyết định khảo sát"


def test_the_table_by_organisation_adds_up_to_what_the_ward_leads_too(running: Cast) -> None:
    world = running.world
    figure = registry.named("figures", "inspections.held")
    scope = scope_of(world.ward, Period.of_year(TODAY.year))
    above, cells = by_unit(figure, scope)
    assert [(line.label, line.answer.part) for line in above] == [(world.ward.name, 1)]
    assert sum(line.answer.part for line in (*above, *cells)) == answer(figure, scope).part


def test_what_is_late_warns_its_own_doer(running: Cast) -> None:
    world, later = running.world, TODAY + timedelta(days=60)
    running.inspection.steps.update(due_on=TODAY - timedelta(days=1))
    assert len(warned("inspections.step", world.ward)) == 1
    assert len(warned("inspections.self_report", world.cell5)) == 1
    assert warned("inspections.self_report", world.cell7) == []
    found(running)
    inspection = through(running)
    issue_piece(inspection, kind="notice", text="Kết luận", on=TODAY, **running.by)
    publish_conclusion(inspection, on=TODAY, **running.by)
    assert warned("inspections.report_back", world.cell5) == []
    scope = scope_of(world.cell5, Period.of_year(later.year).until(later), later)
    assert len(list(registry.named("checks", "inspections.report_back").run(scope))) == 1
    finish_task(Task.objects.get(), actor=world.secretary, result="Xong", done_on=TODAY)
    scope = scope_of(world.ward, Period.of_year(later.year).until(later), later)
    assert len(list(registry.named("checks", "inspections.unverified").run(scope))) == 1


def test_the_nightly_warnings_ask_as_often_for_thirty_members_as_for_one(
    running: Cast, django_assert_max_num_queries
) -> None:
    running.world.members(running.world.cell5, 30)
    checks = [check for check in registry.each("checks") if check.code.startswith("inspections.")]
    scope = scope_of(running.world.ward, Period.of_year(TODAY.year).until(TODAY), TODAY)
    with django_assert_max_num_queries(12):
        for check in checks:
            list(check.run(scope))
