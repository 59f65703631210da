"""Reports: composed from the figures, refused while sums disagree, frozen at issue with their evidence."""

from __future__ import annotations

import io
import re
from datetime import date, timedelta

import docx
import openpyxl
import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import override

from chibo.access.charter import Post
from chibo.core import progress
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer
from chibo.journal.models import Entry
from chibo.members.models import Member, Membership, PostTerm
from chibo.members.rules import Qualification, StaffKind, Standing
from chibo.papers.actions.templates import adopt_template
from chibo.papers.models import Paper
from chibo.papers.rules import PaperKind
from chibo.papers.selectors.filling import standard_template
from chibo.papers.selectors.uploads import lines_of_upload
from chibo.plans.models import Plan
from chibo.plans.rules import PlanState
from chibo.reports.actions import NumberGoneError, ask_for_report, give_up_report, issue_report
from chibo.reports.actions.jobs import work
from chibo.reports.models import Report
from chibo.reports.rules.making import Step
from chibo.reports.selectors import came_back, compared, composed, evidence_of, kind_named, making
from chibo.reports.selectors.making import key_of_draft
from chibo.units.selectors import scope_of
from tests.figures.cast import told
from tests.reports.cast import issued_report
from tests.world import World

YEAR, ISSUED = Period.of_year(2020), date(2020, 8, 19)
INSPECTION, SUMMARY = "plans-inspection", "plans-summary"


@pytest.fixture
def world(world: World) -> World:
    """With a secretary in each committee, so that there is somebody to sign."""
    for unit, post in ((world.cell5, Post.CELL_SECRETARY), (world.ward, Post.WARD_SECRETARY)):
        signer = world.member(world.cell7, f"Người Ký {unit.key}", standing=Standing.OFFICIAL)
        PostTerm.objects.create(unit=unit, member=signer, post=post, valid_from=date(2020, 1, 1))
    return world


def text(response, status: int = 200) -> str:
    assert response.status_code == status, response.status_code
    return response.content.decode()


def draft(unit, kind: str = INSPECTION) -> str:
    return reverse("reports:draft", args=[kind, unit.pk, "2020"])


def words_of(content: bytes) -> str:
    document = docx.Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def issued(world: World, kind: str = INSPECTION, unit=None, actor=None, on: date = ISSUED) -> Report:
    return issued_report(unit or world.cell5, actor or world.secretary, kind, YEAR, on)


def disagree(world: World) -> None:
    """21 by kind (8 + 12 + 1), but one of them without a qualification."""
    kinds = [StaffKind.CADRE] * 8 + [StaffKind.CIVIL_SERVANT] * 12 + [StaffKind.CONTRACT]
    for number, kind in enumerate(kinds):
        known = Qualification.MASTER if number < 2 else Qualification.BACHELOR
        world.member(world.cell7, f"Cán Bộ {number}", staff_kind=kind, qualification=known if number < 20 else "")


def test_s0_02_the_cell_sees_its_report_to_the_inspection_prefilled_with_its_figures(
    world: World, browser_of
) -> None:
    told(world, 2020)
    browser = browser_of(world.secretary)
    at_once = text(browser.get(draft(world.cell5)))
    assert "Đang lập bản xem trước" in at_once
    assert "96 % (24/25)" not in at_once
    page = text(browser.get(draft(world.cell5) + "?part=paper"))
    for said in ("96 % (24/25)", "80 % (20/25)", "CHI BỘ 5", "BÁO CÁO", "Hạn chế và biện pháp khắc phục"):
        assert said.lower() in page.lower(), said
    for code in registry.named("reports", INSPECTION).figures:
        assert reverse("figures:figure", args=[code, world.cell5.pk, "2020"]) in page


def test_s0_02_the_cell_issues_the_report_and_its_paper_is_registered(world: World, browser_of) -> None:
    told(world, 2020)
    browser = browser_of(world.secretary)
    sent = browser.post(draft(world.cell5), {"on": "19/8/2020"})
    report = Report.objects.get()
    assert sent.url == reverse("reports:report", args=[report.pk])
    assert (report.issued_on, report.unit) == (ISSUED, world.cell5)
    assert report.figures["plans.having"]["text"] == "96 % (24/25)"
    assert Paper.objects.get() == report.paper
    assert report.paper.subject.endswith("kế hoạch tu dưỡng năm 2020")
    assert "96 % (24/25)" in text(browser.get(sent.url))
    assert report.paper.symbol in text(browser.get(reverse("reports:index", args=[world.cell5.pk, "2020"])))


def test_x_03_a_figure_in_a_report_opens_onto_its_rows_and_is_the_same_everywhere(world: World, browser_of) -> None:
    told(world, 2020)
    report = issued(world)
    for code, told_then in report.figures.items():
        figure, scope = registry.named("figures", code), scope_of(world.cell5, YEAR.until(ISSUED), ISSUED)
        assert told_then["text"] == answer(figure, scope).text
        assert (
            len(told_then["rows"])
            == told_then["part"]
            == evidence_of(world.secretary, report, code, ISSUED).rows.count()
        )
    page = text(browser_of(world.secretary).get(reverse("reports:report", args=[report.pk]) + "?figure=plans.having"))
    assert "Đảng Viên Số 24" in page
    assert "Đảng Viên Số 25" not in page


def test_later_corrections_stand_beside_the_frozen_figures(world: World, browser_of) -> None:
    five = told(world, 2020)
    report = issued(world)
    Plan.objects.filter(member=five[0]).update(state=PlanState.DRAFT)
    late = Plan.objects.get(member=five[1])
    late.pk, late.member = None, five[24]
    late.save()
    Membership.objects.filter(member=five[2]).update(valid_to=date(2020, 6, 1))
    having = next(line for line in compared(report, localdate()) if line.code == "plans.having")
    assert (having.issued, having.today, having.differs) == ("96 % (24/25)", "95,8 % (23/24)", True)
    evidence = evidence_of(world.secretary, report, "plans.having", localdate())
    assert {str(row.member) for row in evidence.gone} == {str(five[0]), str(five[2])}
    page = text(browser_of(world.secretary).get(reverse("reports:report", args=[report.pk]) + "?figure=plans.having"))
    for said in ("đã khác", "Thêm sau khi ban hành", "nay không còn được tính", "Đảng Viên Số 1 ("):
        assert said in page
    with report.docx.open("rb") as kept:
        assert "96 % (24/25)" in words_of(kept.read())


def test_x_04_the_report_is_an_editable_docx_and_a_pdf_in_the_official_layout(world: World, browser_of) -> None:
    told(world, 2020)
    browser = browser_of(world.secretary)
    report = issued(world)
    for where in (draft(world.cell5) + "?format=docx", reverse("reports:file", args=[report.pk, "docx"])):
        words = words_of(browser.get(where).content)
        for said in ("ĐẢNG CỘNG SẢN VIỆT NAM", "CHI BỘ 5", "BÁO CÁO", "T/M CHI BỘ", "96 % (24/25)", "Nơi nhận"):
            assert said in words, said
    for where in (draft(world.cell5) + "?format=pdf", reverse("reports:file", args=[report.pk, "pdf"])):
        response = browser.get(where)
        assert response["Content-Disposition"].startswith("attachment")
        pages = pypdfium2.PdfDocument(response.content)
        assert "96 % (24/25)" in pages[0].get_textpage().get_text_range()
        assert (round(pages[0].get_width()), round(pages[0].get_height())) == (595, 842)


def test_a_drafts_file_is_made_while_the_page_shows_how_far_it_is_and_given_once_to_who_asked(
    world: World, browser_of, settings, tmp_path
) -> None:
    settings.DATA = tmp_path
    told(world, 2020)
    browser, file = browser_of(world.secretary), draft(world.cell5) + "?format=docx"
    waiting = text(browser.get(f"{file}&part=file", headers={"HX-Request": "true"}))
    assert 'part=ready" hx-trigger="load"' in waiting
    assert "Đang bắt đầu" in waiting
    progress.report(key_of_draft(world.secretary, kind_named(INSPECTION), world.cell5, "docx"), 7, 9, "Đang dựng tệp")
    assert "Đang dựng tệp" in text(browser.get(f"{file}&part=progress", headers={"HX-Request": "true"}))
    assert "part=kept" in text(browser.get(f"{file}&part=ready", headers={"HX-Request": "true"}))
    (kept,) = (tmp_path / "drafts").iterdir()
    made = kept.read_bytes()
    assert browser_of(world.secretary7).get(f"{file}&part=kept").status_code == 404
    browser = browser_of(world.secretary)
    assert browser.get(f"{file}&part=kept").content == made
    assert not kept.exists()
    assert "BÁO CÁO" in words_of(browser.get(f"{file}&part=kept").content)


def test_s3_08_no_report_is_issued_while_a_declared_sum_disagrees_and_both_sides_are_named(
    world: World, browser_of
) -> None:
    disagree(world)
    browser = browser_of(world.ward_secretary)
    page = text(browser.get(draft(world.ward, SUMMARY)))
    for said in ("Chưa ban hành được", "8 + 12 + 1 = 21", "= 20"):
        assert said in page
    assert 'name="on"' not in page
    with pytest.raises(ValidationError) as refusal:
        issued(world, SUMMARY, world.ward, world.ward_secretary)
    assert "8 + 12 + 1 = 21" in refusal.value.messages[0]
    assert "8 + 12 + 1 = 21" in text(browser.post(draft(world.ward, SUMMARY), {"on": "19/8/2020"}), 422)
    assert not Report.objects.exists()
    assert not Paper.objects.exists()
    assert not Entry.objects.filter(verb="reports.issue_report").exists()
    Member.objects.filter(qualification="", staff_kind=StaffKind.CONTRACT).update(
        qualification=Qualification.INTERMEDIATE
    )
    assert issued(world, SUMMARY, world.ward, world.ward_secretary).figures["members.counted"]["part"] == 23


@pytest.mark.parametrize(
    ("typed", "said"), [("", "còn trống"), ("32/13/2020", "32/13/2020"), ("1/1/2999", "không thể sau hôm nay")]
)
def test_a_wrong_day_is_told_by_the_field_and_issues_nothing(world: World, browser_of, typed: str, said: str) -> None:
    page = text(browser_of(world.secretary).post(draft(world.cell5), {"on": typed}), 422)
    assert said in page
    assert not Report.objects.exists()


def test_a_period_that_has_not_begun_is_not_reported(world: World, browser_of) -> None:
    where = reverse("reports:draft", args=[INSPECTION, world.cell5.pk, "2199"])
    assert "Kỳ báo cáo chưa bắt đầu." in text(browser_of(world.secretary).get(where))


def test_the_same_form_sent_twice_issues_one_report(world: World, browser_of) -> None:
    browser = browser_of(world.secretary)
    page = text(browser.get(draft(world.cell5)))
    once = page.split('name="once"')[1].split('value="')[1].split('"')[0]
    for _time in range(2):
        browser.post(draft(world.cell5), {"on": "19/8/2020", "once": once})
    assert Report.objects.count() == 1


def asked(world: World) -> Report:
    kind = registry.named("reports", INSPECTION)
    return ask_for_report(world.cell5, actor=world.secretary, kind=kind, period=YEAR, on=ISSUED)


def test_a_number_taken_while_the_report_was_written_is_not_given_twice_and_the_report_bears_the_next(
    world: World,
) -> None:
    report, kind = asked(world), registry.named("reports", INSPECTION)
    found = making.made(kind, world.cell5, YEAR, ISSUED)
    late = making.numbered(found, world.cell5, ISSUED, kind.code)
    other = issued(world)
    with pytest.raises(NumberGoneError):
        issue_report(report, actor=world.secretary, made=late)
    report.refresh_from_db()
    assert (report.paper, report.docx.name, Paper.objects.count()) == (None, "", 1)
    work.call(report.pk, world.secretary.user.pk)
    report.refresh_from_db()
    assert [other.paper.symbol, report.paper.symbol] == ["01-BC/CB", "02-BC/CB"]
    assert f"Số {report.paper.symbol}" in words_of(stored(report))
    with pytest.raises(ValidationError):
        issue_report(report, actor=world.secretary, made=late)


def test_a_report_whose_sums_came_apart_meanwhile_says_so_and_takes_no_number(world: World, browser_of) -> None:
    kind = registry.named("reports", SUMMARY)
    report = ask_for_report(world.ward, actor=world.ward_secretary, kind=kind, period=YEAR, on=ISSUED)
    disagree(world)
    work.call(report.pk, world.ward_secretary.user.pk)
    page = text(browser_of(world.ward_secretary).get(reverse("reports:report", args=[report.pk])))
    assert "8 + 12 + 1 = 21" in page
    assert "Chưa ban hành được" in page
    assert not Paper.objects.exists()


def test_who_asked_for_a_report_sees_how_far_it_is_until_it_is_issued(world: World, browser_of) -> None:
    report = asked(world)
    browser, there = browser_of(world.secretary), reverse("reports:report", args=[report.pk])
    assert "Đang chờ đến lượt" in text(browser.get(there))
    assert there in text(browser.get(reverse("reports:index", args=[world.cell5.pk, "2020"])))
    for nothing_yet in (
        reverse("reports:file", args=[report.pk, "pdf"]),
        reverse("reports:returned", args=[report.pk]),
    ):
        assert browser.get(nothing_yet).status_code == 404
    making.saying(making.key_of(report))(Step.EVIDENCE)
    assert "Đang lập phụ lục" in text(browser.get(there, headers={"HX-Request": "true"}))
    work.call(report.pk, world.secretary.user.pk)
    assert "Số liệu đã chốt" in text(browser.get(there))
    assert making.waiting_of(Report.objects.get()) is None


def test_a_report_that_nobody_takes_up_can_be_made_at_once(world: World, browser_of) -> None:
    report = asked(world)
    Report.objects.filter(pk=report.pk).update(entered_at=timezone.now() - timedelta(minutes=1))
    where = reverse("reports:run_now", args=[report.pk])
    assert where in text(browser_of(world.secretary).get(reverse("reports:report", args=[report.pk])))
    assert browser_of(world.inspector).post(where).status_code == 403
    assert browser_of(world.stranger).post(where).status_code == 404
    assert not Paper.objects.exists()
    browser_of(world.secretary).post(where)
    report.refresh_from_db()
    assert (report.problem, report.issued_on) == ("", ISSUED)


def test_a_report_that_was_given_up_is_told_and_an_issued_one_is_never_given_up(world: World) -> None:
    report = give_up_report(asked(world), actor=world.secretary, problem="Sổ đang khóa.")
    assert report.problem == "Sổ đang khóa."
    done = issued(world)
    with pytest.raises(ValidationError):
        give_up_report(done, actor=world.secretary, problem="Sổ đang khóa.")
    done.refresh_from_db()
    assert done.problem == ""


def test_the_ward_lists_what_its_cells_issued_and_its_workbook_too(world: World, browser_of) -> None:
    report = issued(world)
    browser, where = browser_of(world.clerk), reverse("reports:index", args=[world.ward.pk, "2020"])
    assert reverse("reports:report", args=[report.pk]) in text(browser.get(where))
    book = openpyxl.load_workbook(io.BytesIO(browser.get(where + "?format=xlsx").content))
    rows = [row for row in book.active.iter_rows(values_only=True) if any(row)]
    assert rows[1] == ("Số, ký hiệu", "Trích yếu", "Đơn vị", "Kỳ", "Ngày")
    assert rows[2][2] == "Chi bộ 5"


def test_the_evidence_goes_out_to_excel(world: World, browser_of) -> None:
    told(world, 2020)
    where = reverse("reports:report", args=[issued(world).pk]) + "?figure=plans.having&format=xlsx"
    book = openpyxl.load_workbook(io.BytesIO(browser_of(world.secretary).get(where).content))
    rows = [row for row in book.active.iter_rows(values_only=True) if any(row)]
    assert len(rows) == 2 + 24
    assert rows[-1][-1] == "Có khi ban hành"


def test_strangers_find_no_reports(world: World, browser_of, client) -> None:
    report = issued(world)
    member = world.own(world.member(world.cell5, account=True))
    places = [
        reverse("reports:index", args=[world.cell5.pk, "2020"]),
        draft(world.cell5),
        reverse("reports:report", args=[report.pk]),
        reverse("reports:report", args=[report.pk]) + "?figure=plans.having",
        reverse("reports:file", args=[report.pk, "docx"]),
        reverse("reports:file", args=[report.pk, "pdf"]),
    ]
    for where in places:
        assert client.get(where).status_code == 302
    for actor in (world.secretary7, world.stranger, member):
        browser = browser_of(actor)
        assert [browser.get(where).status_code for where in places] == [404] * len(places)
    assert browser_of(member).get(reverse("reports:start")).status_code == 404


def test_the_inspection_reads_what_was_issued_but_issues_nothing(world: World, browser_of) -> None:
    report = issued(world)
    browser = browser_of(world.inspector)
    assert text(browser.get(reverse("reports:report", args=[report.pk])))
    assert browser.get(draft(world.cell5)).status_code == 404
    with pytest.raises(PermissionDenied):
        issued(world, actor=world.inspector)
    assert Report.objects.count() == 1


def test_what_does_not_exist_is_not_found(world: World, browser_of) -> None:
    report, browser = issued(world), browser_of(world.secretary)
    for where in (
        draft(world.cell5, "nothing"),
        reverse("reports:report", args=[report.pk]) + "?figure=nothing",
        reverse("reports:file", args=[report.pk, "exe"]),
    ):
        assert browser.get(where).status_code == 404
    assert browser.get(draft(world.cell5, SUMMARY)).status_code == 403


def test_the_paper_is_in_vietnamese_whatever_language_its_reader_has_chosen(world: World) -> None:
    kind, scope = registry.named("reports", SUMMARY), scope_of(world.ward, YEAR)
    with override("vi"):
        told_in_vietnamese = composed(kind, scope, ISSUED, None)
    with override("en"):
        assert composed(kind, scope, ISSUED, None) == told_in_vietnamese


# ------------------------------------------------------------------------------------------------ a report that comes back


def reworked(content: bytes, edit) -> bytes:
    file, out = docx.Document(io.BytesIO(content)), io.BytesIO()
    edit(file)
    file.save(out)
    return out.getvalue()


def stored(report: Report) -> bytes:
    with report.docx.open("rb") as opened:
        return opened.read()


def typed_over(old: str, new: str):
    """Somebody types over a number in Word: the words inside its mark change."""

    def edit(file) -> None:
        piece = next(t for t in file.element.body.iter(docx.oxml.ns.qn("w:t")) if t.text == old)
        piece.text = new

    return edit


def sent_back(report: Report, content: bytes):
    return came_back(report, ContentFile(content, name="sua.docx"), ISSUED)


def test_an_untouched_report_agrees_in_every_figure(world: World) -> None:
    told(world, 2020)
    for kind, unit, actor in (
        (INSPECTION, world.cell5, world.secretary),
        (SUMMARY, world.ward, world.ward_secretary),
    ):
        report = issued(world, kind, unit, actor)
        came = sent_back(report, stored(report))
        assert came.differing == 0
        assert {found.code for found, _today in came.figures} == set(report.figures)
        assert all(found.said and found.where for found, _today in came.figures)


def test_a_number_typed_over_is_said_computed_and_placed_and_nothing_is_overwritten(world: World) -> None:
    told(world, 2020)
    report = issued(world)
    before = stored(report)
    figures = dict(report.figures)
    came = sent_back(report, reworked(before, typed_over("96 % (24/25)", "100 % (25/25)")))
    (wrong,) = [found for found, _today in came.figures if not found.agrees]
    assert (wrong.code, wrong.said, wrong.computed) == ("plans.having", "100 % (25/25)", "96 % (24/25)")
    assert re.fullmatch(r"đoạn \d+", wrong.where)
    assert came.lines == []
    report.refresh_from_db()
    assert report.figures == figures
    assert stored(report) == before


def test_the_marks_survive_libreoffice(world: World, office) -> None:
    told(world, 2020)
    report = issued(world, SUMMARY, world.ward, world.ward_secretary)
    edited = reworked(stored(report), typed_over(report.figures["plans.having"]["text"], "97 % (33/34)"))
    came = sent_back(report, office(edited, "docx"))
    wrong = [found for found, _today in came.figures if not found.agrees]
    assert [(found.code, found.said) for found in wrong] == [("plans.having", "97 % (33/34)")]
    assert all(found.said for found, _today in came.figures)


def test_without_marks_a_figure_is_found_after_its_label_or_missed_by_name(world: World) -> None:
    told(world, 2020)
    report = issued(world)

    def copied(file) -> None:
        """Copied into a plain file: the words are left, the marks are not."""
        for name in ("w:bookmarkStart", "w:bookmarkEnd"):
            for mark in list(file.element.body.iter(docx.oxml.ns.qn(name))):
                mark.getparent().remove(mark)
        typed_over("96 % (24/25)", "99 % (24/25)")(file)
        gone = next(p for p in file.paragraphs if report.figures["plans.timed"]["label"] in p._p.xml)
        gone._p.getparent().remove(gone._p)

    came = sent_back(report, reworked(stored(report), copied))
    wrong = {found.code: found.said for found, _today in came.figures if not found.agrees}
    assert wrong == {"plans.having": "99 % (24/25)", "plans.timed": ""}


def test_other_numbers_that_changed_are_shown_line_by_line(world: World) -> None:
    told(world, 2020)
    report = issued(world)
    came = sent_back(report, reworked(stored(report), lambda file: file.add_paragraph("Thêm 3 trường hợp.")))
    assert [(line.issued, line.returned) for line in came.lines] == [("", "Thêm 3 trường hợp.")]
    assert came.differing == 1


def test_the_page_of_a_report_that_came_back(world: World, browser_of) -> None:
    told(world, 2020)
    report = issued(world)
    browser, there = browser_of(world.secretary), reverse("reports:returned", args=[report.pk])
    assert there in text(browser.get(reverse("reports:report", args=[report.pk])))
    edited = reworked(stored(report), typed_over("96 % (24/25)", "100 % (25/25)"))
    page = text(browser.post(there, {"file": ContentFile(edited, name="sua.docx")}))
    for said in ("Có 1 chỗ khác", "100 % (25/25)", "96 % (24/25)", "Khác"):
        assert said in page
    assert "khớp với số đã chốt" in text(browser.post(there, {"file": ContentFile(stored(report), name="sua.docx")}))
    refused = text(browser.post(there, {"file": ContentFile(b"%PDF-1.4", name="sua.docx")}), 422)
    assert "không phải văn bản Word" in refused
    assert "Mục này còn trống" in text(browser.post(there), 422)
    assert browser_of(world.stranger).get(there).status_code == 404


def test_a_report_is_issued_in_the_template_of_the_office(world: World) -> None:
    told(world, 2020)
    mine = reworked(
        standard_template(PaperKind.REPORT, ISSUED),
        lambda file: file.add_paragraph("Có kế hoạch: {{so_lieu_plans_having}}"),
    )
    adopt_template(
        world.ward,
        actor=world.clerk,
        kind=f"report.{INSPECTION}",
        valid_from=date(2020, 1, 1),
        file=ContentFile(mine, "m.docx"),
    )
    report = issued(world)
    assert "Có kế hoạch: 96 % (24/25)" in [line.text for line in lines_of_upload(report.docx, strict=True)]
    assert sent_back(report, stored(report)).differing == 0
