"""The pages of inspections: happy, refused, and as many queries for thirty as for one."""

from __future__ import annotations

import hashlib
import html
import json
import re
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from chibo.inspections.actions.pictures import take_photo
from chibo.inspections.actions.programmes import adopt_programme, draft_programme
from chibo.inspections.actions.verifying import mark_criterion, plan_visit, record_finding
from chibo.inspections.models import Finding, Inspection, ProgrammeLine
from chibo.inspections.selectors.figures import FIGURES
from chibo.inspections.selectors.surveys import frequencies
from chibo.journal.models import Entry
from chibo.papers.actions import register_paper
from tests.inspections.cast import Cast, decide, start

TODAY = localdate()


def at(name: str, *args: object) -> str:
    return reverse(f"inspections:{name}", args=args)


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def count_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        body(client, address)
    return len(asked)


def test_everybody_comes_to_their_own_list(running: Cast, browser_of) -> None:
    world = running.world
    for actor, unit in ((world.inspector, world.ward), (world.secretary, world.cell5)):
        answer = browser_of(actor).get(at("start"))
        assert answer.url.startswith(f"/inspections/{unit.pk}/")
    assert running.inspection.content in body(browser_of(world.secretary), at("index", world.cell5.pk, TODAY.year))
    assert running.inspection.content not in body(
        browser_of(world.secretary7), at("index", world.cell7.pk, TODAY.year)
    )
    empty = body(browser_of(world.secretary7), at("index", world.cell7.pk, "2019"))
    assert "Chưa có cuộc kiểm tra" in empty


def test_what_is_still_under_way_is_listed_in_the_new_year_too(running: Cast, browser_of) -> None:
    client, one = browser_of(running.world.inspector), running.inspection
    after, before = (at("index", running.world.ward.pk, one.decided_on.year + step) for step in (1, -1))
    assert one.content in body(client, after)
    assert one.content not in body(client, before)
    Inspection.objects.filter(pk=one.pk).update(closed_on=one.decided_on)
    assert one.content not in body(client, after)


def test_every_figure_of_inspections_and_its_rows_is_one_click_from_their_list(running: Cast, browser_of) -> None:
    """Coverage, findings by kind, how they were found, repeats, remedies in time, days of each step."""
    client = browser_of(running.world.inspector)
    said = body(client, at("index", running.world.ward.pk, TODAY.year))
    for figure in FIGURES:
        address = reverse("figures:figure", args=[figure.code, running.world.ward.pk, str(TODAY.year)])
        assert f'href="{address}"' in said
        assert client.get(address).status_code == 200


def test_the_list_asks_as_often_for_thirty_as_for_one(running: Cast, browser_of) -> None:
    client = browser_of(running.world.inspector)
    address = at("index", running.world.ward.pk, TODAY.year)
    body(client, address)
    one = count_of(client, address)
    for _ in range(12):
        decide(running.world, [running.world.cell7])
    assert count_of(client, address) == one


def test_a_refused_decision_keeps_what_was_typed(cast: Cast, browser_of) -> None:
    client, world, before = browser_of(cast.world.inspector), cast.world, Inspection.objects.count()
    asked = {
        "form": "compliance",
        "body": "committee",
        "content": "Nội dung gõ rồi",
        "decided_on": "hôm nay",
        "begins_on": "32/1/2026",
    }
    answer = client.post(at("decide", world.ward.pk), asked)
    assert answer.status_code == 422
    assert "Nội dung gõ rồi" in answer.content.decode()
    asked |= {"begins_on": "hôm nay"}
    answer = client.post(at("decide", world.ward.pk), asked)
    assert "ít nhất một tổ chức" in answer.content.decode()
    assert Inspection.objects.count() == before


def test_s2_02_pasted_bases_are_beside_the_register_before_anything_is_stored(cast: Cast, browser_of) -> None:
    world, before = cast.world, Inspection.objects.count()
    known = register_paper(
        world.ward, actor=world.clerk, kind="Kết luận", issuer="Bộ Chính trị", symbol="01-KL/TW",
        issued_on=date(2021, 5, 18), subject="học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh",
    )  # fmt: skip
    other_day = register_paper(
        world.ward, actor=world.clerk, kind="Quy định", issuer="Ban Chấp hành Trung ương", symbol="37-QĐ/TW",
        issued_on=date(2020, 1, 2), subject="về những điều đảng viên không được làm",
    )  # fmt: skip
    text = (
        "Căn cứ Kết luận số 01-KL/TW, ngày 18/5/2021 của Bộ Chính trị; Quy định số 37-QĐ/TW, ngày 25/10/2021 của Ban Chấp hành"
        " Trung ương; Chỉ thị số 05-CT/TW, ngày 15/5/2016 của Bộ Chính trị"
    )
    typed = {
        "form": "survey", "body": "committee", "content": "Việc sinh hoạt chi bộ", "decided_on": "hôm nay",
        "begins_on": "32/1/2026", "units": [world.cell5.pk, world.cell7.pk], "bases_text": "Điều lệ Đảng", "cited": text,
        "read": "1",
    }  # fmt: skip
    answer = browser_of(world.inspector).post(at("decide", world.ward.pk), typed)
    said = html.unescape(answer.content.decode())
    assert answer.status_code == 200
    assert "Có trong sổ 1, cần xem lại 1, chưa có 1" in said
    assert f'<option value="{known.pk}" selected' in said
    assert f'<option value="{other_day.pk}" selected' not in said
    assert reverse("papers:paper", args=[other_day.pk]) in said
    form = answer.context["form"]
    lines = form.initial["bases_text"].splitlines()
    assert lines[0] == "Điều lệ Đảng"
    assert [line.partition(",")[0] for line in lines[1:]] == ["Quy định số 37-QĐ/TW", "Chỉ thị số 05-CT/TW"]
    for kept in ("Việc sinh hoạt chi bộ", "32/1/2026", text):
        assert kept in said
    assert "error-summary" not in said
    assert (Inspection.objects.count(), "Vào sổ<" in said) == (before, False)
    del typed["read"]
    typed |= {"begins_on": "hôm nay", "bases": form.initial["bases"], "bases_text": form.initial["bases_text"]}
    assert browser_of(world.inspector).post(at("decide", world.ward.pk), typed).status_code == 302
    made = Inspection.objects.order_by("-pk").first()
    assert list(made.bases.all()) == [known]
    assert "05-CT/TW" in made.bases_text


def test_a_cell_is_told_of_no_register_that_it_does_not_see(cast: Cast, browser_of) -> None:
    world = cast.world
    facts = {"kind": "Chỉ thị", "issuer": "Bộ Chính trị", "issued_on": date(2016, 5, 15), "subject": "học tập"}
    theirs = register_paper(world.other_ward, actor=world.stranger, symbol="06-CT/TW", **facts)
    typed = {"cited": "Chỉ thị số 06-CT/TW, ngày 15/5/2016 của Bộ Chính trị", "read": "1"}
    answer = browser_of(world.secretary).post(at("decide", world.cell5.pk), typed)
    assert answer.context["beside"].counts == (0, 0, 1)
    assert answer.context["form"].initial["bases_text"].startswith("Chỉ thị số 06-CT/TW")
    assert theirs not in answer.context["form"].fields["bases"].queryset


def test_a_line_of_the_programme_is_carried_out(cast: Cast, browser_of) -> None:
    world = cast.world
    programme = draft_programme(world.ward, year=TODAY.year, body="committee", day=TODAY, actor=world.inspector)
    line = programme.lines.first()
    client = browser_of(world.inspector)
    assert line.content not in body(client, f"{at('decide', world.ward.pk)}?line={line.pk}"), "not adopted yet"
    adopt_programme(programme, on=TODAY, actor=world.inspector)
    page = client.get(f"{at('decide', world.ward.pk)}?line={line.pk}")
    assert (page.context["form"].initial["line"], page.context["form"].initial["content"]) == (line.pk, line.content)
    client.post(
        at("decide", world.ward.pk),
        {"form": "compliance", "body": "committee", "content": line.content, "decided_on": "hôm nay", "begins_on": "hôm nay", "units": [line.inspected_id], "line": line.pk},
    )  # fmt: skip
    assert Inspection.objects.get(line=line).subjects.get().unit == line.inspected
    told = body(client, at("programme", world.ward.pk, TODAY.year))
    assert "Đang tiến hành" in told
    assert "Đã tiến hành 1/1" in told


def test_the_programme_page_drafts_adds_and_refuses(cast: Cast, browser_of) -> None:
    world, year = cast.world, TODAY.year
    client = browser_of(world.inspector)
    assert "Soạn từ gợi ý" in body(client, at("programme", world.ward.pk, year))
    client.post(at("draft", world.ward.pk, year), {"body": "committee"})
    line = ProgrammeLine.objects.get()
    assert line.reason in body(client, at("programme", world.ward.pk, year))
    answer = client.post(at("line", line.pk), {"form": "compliance", "content": "x", "month": "5"})
    assert answer.status_code == 422
    assert "Chọn một tổ chức đảng" in answer.content.decode()
    answer = client.post(at("adopt", line.programme_id), {"on": "hôm nay"}, follow=True)
    assert "01-CTr/ĐU" in answer.content.decode()
    sheet = client.get(f"{at('programme', world.ward.pk, year)}?format=xlsx").content
    assert load_workbook(BytesIO(sheet)).active.max_row >= 2
    assert (
        client.get(f"{at('programme', world.ward.pk, year)}?programme={line.programme_id}&format=pdf").content[:4]
        == b"%PDF"
    )
    for beyond in (0, 10_000):
        assert client.get(at("programme", world.ward.pk, beyond)).status_code == 404
        assert client.post(at("draft", world.ward.pk, beyond), {"body": "committee"}).status_code == 404


def test_an_adopted_line_opens_its_adjustment_and_the_amendment_is_adopted_from_the_page(
    cast: Cast, browser_of
) -> None:
    world, year = cast.world, TODAY.year
    programme = draft_programme(world.ward, year=year, body="committee", day=TODAY, actor=world.inspector)
    line = adopt_programme(programme, on=TODAY, actor=world.inspector).lines.get()
    client = browser_of(world.inspector)
    assert client.get(at("line", line.pk)).url == at("adjust", line.pk)
    answer = client.post(at("adjust", line.pk), {"month": "0", "reason": ""})
    assert answer.status_code == 422
    assert 'value="0" selected' in answer.content.decode()
    told = client.post(at("adjust", line.pk), {"month": "0", "reason": "Cấp trên đã kiểm tra"}, follow=True)
    assert "1 điều chỉnh chờ thông qua" in told.content.decode()
    assert (
        client.get(f"{at('programme', world.ward.pk, year)}?programme={programme.pk}&format=docx").content[:2]
        == b"PK"
    )
    told = client.post(at("amend", programme.pk), {"on": "hôm nay"}, follow=True).content.decode()
    assert "Thôi tiến hành: Cấp trên đã kiểm tra (02-CTr/ĐU)" in told
    assert client.post(at("amend", programme.pk), {"on": "hôm nay"}).status_code == 422


def test_a_paper_is_looked_at_before_it_is_issued(cast: Cast, browser_of) -> None:
    client = browser_of(cast.world.inspector)
    address = at("write", cast.inspection.pk, "decision")
    page = body(client, address)
    assert "đoàn kiểm tra gồm" in page
    shown = client.post(address, {"text": "1. Điều khoản thử", "on": "hôm nay", "preview": "1"})
    assert shown.status_code == 200
    assert not cast.inspection.pieces.exists()
    refused = client.post(address, {"text": "", "on": "hôm nay"})
    assert refused.status_code == 422
    client.post(address, {"text": "1. Điều khoản", "on": "hôm nay"})
    assert cast.inspection.pieces.get().symbol == "01-QĐ/ĐU"


def _rows(*rows: tuple[str, str, str, str], **more: str) -> dict[str, str]:
    typed = {"count": str(len(rows)), **more}
    for n, row in enumerate(rows):
        typed |= {
            f"row-{n}-{name}": value for name, value in zip(("section", "title", "kind", "name"), row, strict=True)
        }
    return typed


HAVING = ("I. Chung", "Có kế hoạch", "figure", "dang vien co ke hoach tu duong")
OWN, PAPERS = ("I. Chung", "Tự đánh giá", "text", ""), ("II", "Văn bản", "papers", "tu dưỡng")


def test_the_outline_is_rows_that_are_named_added_moved_and_left_out(cast: Cast, browser_of) -> None:
    client, address = browser_of(cast.world.inspector), at("outline", cast.inspection.pk)
    page = body(client, address)
    assert 'value="Đảng viên có kế hoạch tu dưỡng"' in page
    assert "plans.having" not in page, "people read names, not codes"
    wrong = client.post(
        address, _rows(HAVING, ("I", "Tỷ lệ", "figure", "không có"), ("I", "", "check", "Tháng không"))
    )
    assert wrong.status_code == 422
    said = wrong.content.decode()
    assert "Danh sách không có “không có”" in said
    assert "Mục này còn trống" in said
    assert 'value="dang vien co ke hoach tu duong"' in said, "what was typed is kept"
    for deed, first in (
        ("up-1", "Tự đánh giá"),
        ("down-0", "Tự đánh giá"),
        ("drop-0", "Tự đánh giá"),
        ("add-0", "Có kế hoạch"),
    ):
        shown = client.post(address, _rows(HAVING, OWN, do=deed), headers={"HX-Request": "true"})
        assert shown.status_code == 200
        titles = re.findall(r"<textarea[^>]*>\s*([^<]*)</textarea>", shown.content.decode())
        assert (titles[0] or titles[1]) == first, deed
    taken = client.post(address, _rows(OWN, do="take-meetings")).content.decode()
    assert "Sinh hoạt chuyên đề" in taken or "sinh hoạt chuyên đề" in taken
    assert cast.inspection.outline.count() == 19, "nothing is stored before it is saved"
    client.post(address, _rows(HAVING, OWN, ("", "", "figure", ""), PAPERS))
    assert [(one.section, one.kind, one.code) for one in cast.inspection.outline.all()] == [
        ("I. Chung", "figure", "plans.having"), ("I. Chung", "text", ""), ("II", "papers", "tu dưỡng"),
    ]  # fmt: skip


def test_two_who_write_one_outline_hear_of_each_other(cast: Cast, browser_of) -> None:
    client, address = browser_of(cast.world.inspector), at("outline", cast.inspection.pk)
    cast.inspection.refresh_from_db()
    seen = {"seen_version": str(cast.inspection.version)}
    client.post(address, _rows(OWN, **seen))
    late = client.post(address, _rows(HAVING, **seen))
    assert late.status_code == 422
    page = late.content.decode()
    assert "Bản đang lưu" in page
    assert "Tự đánh giá" in page
    assert "Có kế hoạch" in page
    assert cast.inspection.outline.get().title == "Tự đánh giá"


def test_criteria_are_rows_and_what_was_looked_at_stays(running: Cast, browser_of) -> None:
    client, address = browser_of(running.world.inspector), at("criteria", running.inspection.pk)
    first = running.inspection.criteria.first()
    mark_criterion(running.subject, actor=running.world.inspector, criterion=first, result="met")
    new = ("", "Tiêu chí mới", "check", "Tháng không sinh hoạt chi bộ")
    refused = client.post(address, _rows(new))
    assert refused.status_code == 422
    assert "đã có kết quả" in html.unescape(refused.content.decode())
    client.post(address, _rows(new, ("", first.text, "figure", "Đảng viên có kế hoạch tu dưỡng")))
    assert list(running.inspection.criteria.values_list("text", "code")) == [
        ("Tiêu chí mới", "meetings.month"), (first.text, "plans.having"),
    ]  # fmt: skip


def test_the_sealed_copy_holds_the_pictures_and_what_was_found(running: Cast, browser_of) -> None:
    """Each with its digest; the index says what a picture shows and who took it."""
    by, criterion = {"actor": running.world.inspector}, running.inspection.criteria.first()
    mark_criterion(running.subject, criterion=criterion, result="partly", note="Thiếu một bản", **by)
    picture = b"\x89PNG\r\n\x1a\n" + b"0" * 90
    take_photo(running.subject, criterion=criterion, photo=SimpleUploadedFile("a.png", picture), **by)
    client = browser_of(running.world.inspector)
    assert "Kèm 1 ảnh thẩm tra" in body(client, at("dossier", running.inspection.pk))
    copy = b"".join(client.post(at("export", running.inspection.pk)).streaming_content)
    with zipfile.ZipFile(BytesIO(copy)) as archive:
        told, index = json.loads(archive.read("index.json")), archive.read("index.html").decode()
        sums = dict(reversed(line.split("  ", 1)) for line in archive.read("SHA256SUMS").decode().splitlines())
        assert {name: hashlib.sha256(archive.read(name)).hexdigest() for name in sums} == sums
        assert {*sums, "SHA256SUMS"} == set(archive.namelist())
        assert archive.read(told["pictures"][0]["files"][0]) == picture
    assert told["marks"] == [
        {"subject": "Chi bộ 5", "criterion": criterion.text, "result": "Đạt một phần", "note": "Thiếu một bản", "record": ""}
    ]  # fmt: skip
    assert "Ảnh thẩm tra" in index
    assert "Thiếu một bản" in index


def test_marks_come_by_one_tap_and_findings_come_back_as_a_list(running: Cast, browser_of) -> None:
    client, subject = browser_of(running.scribe), running.subject
    criterion = running.inspection.criteria.first()
    tap = {"HX-Request": "true"}
    answer = client.post(at("mark", subject.pk, criterion.pk), {"result": "partly", "once": "b" * 32}, headers=tap)
    assert answer.status_code == 200
    again = client.post(at("mark", subject.pk, criterion.pk), {"result": "partly", "once": "b" * 32}, headers=tap)
    assert again.status_code == 200
    assert Entry.objects.filter(verb="inspections.mark_criterion").count() == 1
    refused = client.post(at("mark", subject.pk, criterion.pk), {"link": "http://x"}, headers=tap)
    assert refused.status_code == 422
    found = client.post(
        at("find", subject.pk), {"kind": "shortcoming", "text": "Thiếu sổ", "criterion": criterion.pk}, headers=tap
    )
    assert "Thiếu sổ" in found.content.decode()
    wrong = client.post(at("find", subject.pk), {"kind": "shortcoming", "text": ""})
    assert wrong.status_code == 422
    assert Finding.objects.count() == 1


def test_two_devices_that_marked_one_criterion_without_a_line_are_both_kept(running: Cast, browser_of) -> None:
    """Whoever comes second is shown what stands and who wrote it; nothing is written over unseen. One's own word, and the
    same word, is no matter; who has seen what stands may write over it."""
    subject, criterion = running.subject, running.inspection.criteria.first()
    one, two = browser_of(running.scribe), Client()
    two.force_login(running.world.inspector.user)
    address, tap = at("mark", subject.pk, criterion.pk), {"HX-Request": "true"}

    def sent(who: Client, result: str, seen: int):
        return who.post(address, {"result": result, "note": f"ghi {result}", "seen": seen}, headers=tap)

    first = sent(one, "met", 0)
    assert (first.status_code, 'data-renumber name="seen" value="1"' in first.content.decode()) == (200, True)
    late = sent(two, "unmet", 0)
    said = late.content.decode()
    assert (late.status_code, "Trần Thư Ký đã ghi “Đạt”" in said, 'name="seen" value="1"' in said) == (
        422,
        True,
        True,
    )
    assert subject.marks.get().result == "met"
    assert sent(one, "partly", 0).status_code == 200, "one's own"
    assert sent(two, "partly", 0).status_code == 200, "the same"
    assert sent(one, "unmet", 2).status_code == 422
    assert sent(one, "unmet", 3).status_code == 200, "seen"
    assert (subject.marks.get().result, subject.marks.get().version) == ("unmet", 4)


def test_what_an_unsent_report_lacks_leads_to_its_field(running: Cast, browser_of) -> None:
    subject = running.subject
    empty = running.inspection.outline.filter(kind="text").first()
    answer = browser_of(running.world.secretary).post(at("self_report", subject.pk), {"send": "1"})
    said = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#id_declared-{empty.pk}"' in said
    assert f'id="id_declared-{empty.pk}_error"' in said
    assert not subject.answers.exclude(declared="").exists()
    subject.refresh_from_db()
    assert subject.handed_on is None


def test_a_picture_is_written_once_however_often_it_is_sent_and_taken_back(
    running: Cast, browser_of, django_capture_on_commit_callbacks
) -> None:
    client, subject = browser_of(running.scribe), running.subject
    address = at("photo", subject.pk, running.inspection.criteria.first().pk)

    def sent(content: bytes, once: str, **headers: str):
        return client.post(address, {"photo": SimpleUploadedFile("a.png", content), "once": once}, headers=headers)

    png, tap = b"\x89PNG\r\n\x1a\n" + b"0" * 80, {"HX-Request": "true"}
    assert "Ảnh 1" in sent(png, "1" * 32, **tap).content.decode()
    assert "Ảnh 2" not in sent(png, "1" * 32, **tap).content.decode()
    assert "Ảnh 2" in sent(png, "2" * 32, **tap).content.decode()
    wrong = sent(b"GIF89a", "3" * 32, **tap)
    assert wrong.status_code == 422
    assert "JPG" in wrong.content.decode()
    picture, other = subject.pictures.all()
    handed = client.get(at("picture", picture.pk))
    assert (handed["Content-Type"], handed.content) == ("image/png", png)
    stored = picture.photo.path
    with django_capture_on_commit_callbacks(execute=True):
        client.post(at("strike_picture", picture.pk))
    assert list(subject.pictures.all()) == [other]
    assert not Path(stored).exists()
    assert client.get(at("picture", picture.pk)).status_code == 404


def test_two_who_write_one_finding_are_told(running: Cast, browser_of) -> None:
    finding = record_finding(running.subject, actor=running.scribe, kind="strength", text="Tốt", found_on=TODAY)
    client = browser_of(running.scribe)
    client.post(at("finding", finding.pk), {"kind": "strength", "text": "Tốt hơn", "seen_version": "0"})
    late = client.post(at("finding", finding.pk), {"kind": "strength", "text": "Khác", "seen_version": "0"})
    assert late.status_code == 422
    assert Finding.objects.get().text == "Tốt hơn"


def test_s2_20_a_survey_shows_criterion_by_cell_and_what_is_widespread(cast: Cast, browser_of) -> None:
    world = cast.world
    made = start(cast, decide(world, [world.cell5, world.cell7], form="survey", outline="meetings"))
    first = made.criteria.first()
    for subject in made.subjects.all():
        mark_criterion(subject, criterion=first, result="unmet", **cast.by)
        record_finding(
            subject, kind="shortcoming", text="Chi ủy chưa họp trước", criterion=first, found_on=TODAY, **cast.by
        )
    client = browser_of(world.inspector)
    page = body(client, at("crosstab", made.pk))
    assert "2/2" in page
    assert [len(one.where) for one in frequencies(made)] == [2]
    sheet = load_workbook(BytesIO(client.get(at("crosstab", made.pk) + "?format=xlsx").content)).active
    assert "Chưa đạt" in {cell.value for row in sheet.iter_rows() for cell in row}
    visits = body(client, at("visits", made.pk))
    assert "Chưa phân công ai" in visits


def test_visits_are_planned_on_their_page(cast: Cast, browser_of) -> None:
    world = cast.world
    made = decide(world, [world.cell5], form="survey", outline="meetings")
    from chibo.inspections.actions import seat_team

    seat_team(made, roles={cast.head: "head"}, **cast.by)
    plan_visit(made, subject=made.subjects.get(), visitor=made.team.get(), day=TODAY, **cast.by)
    clash = browser_of(world.inspector).post(
        at("visits", made.pk), {"subject": made.subjects.get().pk, "visitor": made.team.get().pk, "day": "hôm nay"}
    )
    assert clash.status_code == 422
    assert "đã có lịch" in clash.content.decode()
    assert made.team.get().visits.count() == 1


@pytest.mark.parametrize("name", ["team", "outline", "criteria", "bring"])
def test_who_is_only_on_the_team_does_not_lead(running: Cast, browser_of, name: str) -> None:
    assert browser_of(running.scribe).get(at(name, running.inspection.pk)).status_code == 403


def test_pages_that_are_none_are_not_found(running: Cast, browser_of) -> None:
    client, pk = browser_of(running.world.inspector), running.inspection.pk
    for address in (
        at("deed", pk, "khong"),
        at("write", pk, "index"),
        at("write", pk, "khong"),
        at("waive_step", pk, "khong"),
        at("write", pk, "working") + "?subject=999999",
    ):
        assert client.get(address).status_code == 404, address
