"""What a meeting leaves behind: complete minutes, its resolution with number and tasks, its files, the cell's books."""

from __future__ import annotations

import io
import time as clock
import zipfile
from datetime import date, time
from hashlib import sha256
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Post
from chibo.core.registry import Shortcoming
from chibo.core.values import Period, Share
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting, correct_minutes, write_minutes
from chibo.meetings.actions.closing import attach_file, detach_file
from chibo.meetings.actions.conducting import amend_matter, give_floor, resolve_matter, take_vote, time_item
from chibo.meetings.models import Attachment, KeptFile, Meeting, Resolution, ResolutionItem
from chibo.meetings.rules.closing import (
    READ_ALOUD,
    Part,
    Written,
    is_read_too_long,
    items_without_word,
    name_kept,
    objections_to_adopting,
    parts_missing,
    time_on,
)
from chibo.meetings.selectors import composed_minutes
from chibo.meetings.selectors.closing import lacking_in, resolution_of
from chibo.meetings.selectors.closing_checks import minutes_lacking, read_too_long, vague_matters
from chibo.meetings.selectors.document import document_of
from chibo.members.models import Member, PostTerm
from chibo.papers.actions.templates import adopt_template
from chibo.papers.models import Paper, Series
from chibo.papers.selectors import docx_of, html_of, pdf_of
from chibo.papers.selectors.templates import standard_file
from chibo.tasks.models import Task
from chibo.units.selectors import scope_of
from tests.world import LONG_AGO, World

HELD = date(2025, 11, 5)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32

# ------------------------------------------------------------------------------------------------- rules

WHOLE = """Thời gian: từ 19 giờ 00, ngày 05 tháng 11 năm 2025.
Có mặt: 5.

1. Mở đầu, điểm danh
Nêu lý do.

2. Thảo luận
Ý kiến phát biểu (1):
- Đồng chí An: nhất trí.

3. Kết luận, thông qua nghị quyết
Biểu quyết: tán thành 5/5.
Phân công:
- Sửa đèn (đồng chí An; thời hạn 20/11/2025).

Cuộc họp kết thúc hồi 20 giờ 40 ngày 05 tháng 11 năm 2025."""


def written(text: str = WHOLE, kind: str = "regular", **changes: object) -> Written:
    return Written(kind, text, **{"starts_at": time(19), "ends_at": time(20, 40), "place": "Nhà văn hóa", **changes})


def test_s2_18_whole_minutes_lack_nothing() -> None:
    assert parts_missing(written()) == []
    assert items_without_word(WHOLE) == []


def test_s2_18_what_minutes_lack_is_named_and_headings_are_no_content() -> None:
    bare = "Thời gian: …\n\n1. Thảo luận\n\n2. Kết luận, biểu quyết, phân công\n\nCuộc họp kết thúc hồi 20 giờ."
    assert parts_missing(written(bare, ends_at=None, place="")) == list(Part)
    assert parts_missing(written(bare, kind="conferral")) == [Part.CONTENT]
    assert parts_missing(written(place="", online=True)) == []
    assert items_without_word(bare) == ["1. Thảo luận", "2. Kết luận, biểu quyết, phân công"]


def test_s4_11_a_resolution_stands_on_its_last_vote() -> None:
    def said(votes: list[bool], resolved: int = 2, kind: str = "regular") -> int:
        return len(list(objections_to_adopting(kind=kind, resolved=resolved, votes=votes)))

    assert (said([]), said([False]), said([True, False]), said([False, True])) == (1, 1, 1, 0)
    assert (said([], resolved=0), said([], kind="committee")) == (0, 0)


@pytest.mark.parametrize(("name", "kept"), [
    ("Biên bản tháng 11 đã ký.PDF", "Biên bản tháng 11 đã ký.pdf"),
    ("Bie\u0302n ba\u0309n.pdf", "Biên bản.pdf"),
    ("C:\\Users\\Hoa\\quét.pdf", "quét.pdf"),
    ("../../etc/passwd", "passwd.pdf"),
    ('a"b<c>.pdf', "a b c.pdf"),
    (".pdf", "tep.pdf"),
    ("", "tep.pdf"),
    ("x" * 300 + ".pdf", "x" * 156 + ".pdf"),
    ("ảnh.pdf\r\nSet-Cookie: a.exe", "ảnh.pdf Set-Cookie a.pdf"),
])  # fmt: skip
def test_a_file_keeps_its_senders_name_without_folders_or_tricks(name: str, kept: str) -> None:
    assert name_kept(name, "pdf") == kept


def test_s2_13_time_spent_reading_is_measured_against_minutes_and_share() -> None:
    turns = [
        ("information", time(19), time(19, 35)),
        ("discussion", time(19, 35), time(20, 45)),
        ("closing", None, None),
    ]
    share = time_on(READ_ALOUD, turns)
    assert (share.part, share.base) == (35, 105)
    assert is_read_too_long(share, most_minutes=30, most_percent=50)
    assert is_read_too_long(share, most_minutes=60, most_percent=33)
    assert not is_read_too_long(share, most_minutes=60, most_percent=34)
    assert not is_read_too_long(Share(10, 15), most_minutes=30, most_percent=33), "too little was timed to say"


# --------------------------------------------------------------------------------------------- resolution


@pytest.fixture
def people(world: World) -> list[Member]:
    return world.members(world.cell5, 5)


def convened(world: World, people: list[Member], held_on: date = HELD, **asked: object) -> Meeting:
    made = convene_meeting(
        world.cell5, actor=world.secretary, held_on=held_on, chair=people[0], recorder=people[1], starts_at=time(19),
        ends_at=time(20, 40), place="Nhà văn hóa", **asked,
    )  # fmt: skip
    call_roll(made, actor=world.secretary, presences={m.pk: ("present", "") for m in people})
    return made


@pytest.fixture
def meeting(world: World, people: list[Member]) -> Meeting:
    return convened(world, people)


def resolve(world: World, meeting: Meeting, **changes: object) -> ResolutionItem:
    asked = {
        "what": "Vận động 12 hộ ngõ 5 hiến đất mở đường", "doer": meeting.chair, "due_on": date(2025, 12, 5),
        "measure": "12 hộ ký biên bản hiến đất", **changes,
    }  # fmt: skip
    return resolve_matter(meeting, actor=world.secretary, **asked)


def adopt(world: World, meeting: Meeting, in_favour: int = 5) -> None:
    end = meeting.agenda.get(kind="closing")
    take_vote(
        meeting,
        actor=world.secretary,
        question="Thông qua nghị quyết",
        in_favour=in_favour,
        against=5 - in_favour,
        item=end,
    )


def close(world: World, meeting: Meeting, **more: object) -> Meeting:
    return close_meeting(
        meeting, actor=world.secretary, minutes=composed_minutes(meeting), closed_on=meeting.held_on, **more
    )


def issued(world: World, meeting: Meeting) -> Resolution:
    resolve(world, meeting)
    adopt(world, meeting)
    close(world, meeting, self_rating="Tốt (92 điểm).")
    return Resolution.objects.get(meeting=meeting)


def test_closing_issues_the_resolution_with_the_next_number_and_opens_a_task_for_each_item(
    world: World, meeting: Meeting, people: list[Member]
) -> None:
    resolve(world, meeting)
    resolve(world, meeting, what="Sửa 3 bóng đèn ngõ 7", doer=None, doer_unit=world.cell5, is_local=True)
    adopt(world, meeting)
    close(world, meeting, self_rating="Tốt")
    resolution = Resolution.objects.get()
    assert (resolution.paper.symbol, resolution.paper.issued_on, resolution.self_rating) == ("01-NQ/CB", HELD, "Tốt")
    tasks = list(Task.objects.order_by("pk"))
    assert [(t.title, t.doer, t.doer_unit, t.due_on, t.is_local) for t in tasks] == [
        ("Vận động 12 hộ ngõ 5 hiến đất mở đường", people[0], None, date(2025, 12, 5), False),
        ("Sửa 3 bóng đèn ngõ 7", None, world.cell5, date(2025, 12, 5), True),
    ]
    assert tasks[1].origin_text == "Nghị quyết số 01-NQ/CB ngày 05/11/2025, mục 2"
    assert [item.task for item in ResolutionItem.objects.all()] == tasks
    assert issued(world, convened(world, people, date(2025, 12, 5))).paper.symbol == "02-NQ/CB"


def test_each_cell_numbers_its_own(world: World, meeting: Meeting) -> None:
    issued(world, meeting)
    other = world.members(world.cell7, 3)
    there = convene_meeting(world.cell7, actor=world.secretary7, held_on=HELD, chair=other[0], recorder=other[1])
    call_roll(there, actor=world.secretary7, presences={m.pk: ("present", "") for m in other})
    resolve_matter(
        there,
        actor=world.secretary7,
        what="Sửa 3 bóng đèn ngõ 7",
        doer=other[0],
        due_on=date(2025, 12, 1),
        measure="3 bóng sáng",
    )
    take_vote(there, actor=world.secretary7, question="Thông qua", in_favour=3)
    close_meeting(there, actor=world.secretary7, minutes="Đã họp", closed_on=HELD)
    assert Paper.objects.get(unit=world.cell7).symbol == "01-NQ/CB"


def test_s4_11_a_resolution_that_was_not_carried_is_not_issued_and_nothing_is_closed(
    world: World, meeting: Meeting
) -> None:
    resolve(world, meeting)
    with pytest.raises(ValidationError, match="chưa biểu quyết"):
        close(world, meeting)
    adopt(world, meeting, in_favour=2)
    with pytest.raises(ValidationError) as refused:
        close(world, meeting)
    assert refused.value.error_dict["__all__"][0].code == "Điều lệ Đảng, Điều 9"
    assert Meeting.objects.get().state == "convened"
    assert [model.objects.count() for model in (Task, Paper, Series)] == [0, 0, 0]


def test_what_fails_on_the_way_leaves_no_number_no_task_and_an_open_meeting(
    world: World, meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve(world, meeting)
    resolve(world, meeting, what="Sửa 3 bóng đèn ngõ 7")
    adopt(world, meeting)
    from chibo.meetings.actions import closing

    def fails_at_the_second(unit: object, **asked: object) -> object:
        if Task.objects.exists():
            raise ValidationError("Mất điện")
        return kept(unit, **asked)

    kept = closing.assign_task
    monkeypatch.setattr(closing, "assign_task", fails_at_the_second)
    with pytest.raises(ValidationError, match="Mất điện"):
        close(world, meeting)
    assert Meeting.objects.get().state == "convened"
    assert [model.objects.count() for model in (Task, Paper, Series)] == [0, 0, 0]


def test_a_committee_opens_tasks_and_issues_no_resolution(world: World, people: list[Member]) -> None:
    meeting = convened(world, people, kind="committee")
    resolve(world, meeting)
    close(world, meeting)
    assert not Resolution.objects.exists()
    assert Task.objects.get().origin_text == "Biên bản họp chi ủy ngày 05/11/2025, mục 1"


def test_a_meeting_that_resolved_nothing_closes_as_before(world: World, meeting: Meeting) -> None:
    close(world, meeting)
    assert Meeting.objects.get().state == "closed"
    assert not Resolution.objects.exists()


def text_of(document: object) -> str:
    return " ".join(str(html_of(document)).split())


def test_the_resolution_has_its_four_parts_and_is_signed_for_the_cell_or_its_committee(
    world: World, meeting: Meeting, people: list[Member]
) -> None:
    PostTerm.objects.create(
        unit=world.cell5, member=people[0], post=Post.CELL_SECRETARY, term="2025–2027", valid_from=LONG_AGO
    )
    meeting.agenda.filter(kind="results").update(notes="Thu đảng phí đủ.\n- Làm xong đường ngõ 3.")
    meeting.agenda.filter(kind="direction").update(notes="Chuẩn bị đại hội.")
    assert "Dự thảo" in text_of(resolution_of(meeting))
    issued(world, meeting)
    said = text_of(resolution_of(Meeting.objects.get()))
    for part in (
        "01-NQ/CB", "KẾT QUẢ THỰC HIỆN NHIỆM VỤ", "Làm xong đường ngõ 3.", "PHƯƠNG HƯỚNG, NHIỆM VỤ", "Chuẩn bị đại hội.", "PHÂN CÔNG THỰC HIỆN",
        "12 hộ ký biên bản hiến đất", "05/12/2025", "TỰ ĐÁNH GIÁ CHẤT LƯỢNG", "Tốt (92 điểm).", "5/5 đảng viên chính thức",
        "T/M CHI BỘ", "BÍ THƯ", str(people[0]), "ĐẢNG ỦY PHƯỜNG SAO MAI",
    ):  # fmt: skip
        assert part in said, part
    assert "Dự thảo" not in said
    PostTerm.objects.create(unit=world.cell5, member=people[2], post=Post.CELL_COMMITTEE, valid_from=LONG_AGO)
    assert "T/M CHI ỦY" in text_of(resolution_of(Meeting.objects.get()))
    assert Series.objects.get().term == "2025–2027"


def test_x_04_full_minutes_and_resolution_are_made_in_two_seconds(world: World) -> None:
    """Measured in CPU time, warm: a meeting of 120 members with 40 speakers and 15 items."""
    people = world.members(world.cell5, 120)
    meeting = convened(world, people)
    talk = meeting.agenda.get(kind="discussion")
    for n in range(40):
        give_floor(talk, actor=world.secretary, member=people[n], text="Nhất trí với báo cáo của chi ủy. " * 6)
    for n in range(15):
        resolve(world, meeting, what=f"Vận động {n + 2} hộ ngõ 5 hiến đất mở đường", doer=people[n])
    pdf_of(document_of(meeting))
    write_minutes(meeting, actor=world.secretary, minutes=composed_minutes(meeting))
    begun = clock.process_time()
    minutes = document_of(Meeting.objects.get())
    assert docx_of(minutes).startswith(b"PK")
    assert pdf_of(minutes).startswith(b"%PDF")
    assert clock.process_time() - begun < 2


# ------------------------------------------------------------------------------------------- completeness


def test_s2_18_before_closing_it_is_said_what_the_minutes_lack(world: World, meeting: Meeting, browser_of) -> None:
    said = [o.params.get("part") for o in lacking_in(meeting, composed_minutes(meeting))]
    assert said == [
        "diễn biến của từng nội dung",
        "ý kiến phát biểu",
        "kết quả biểu quyết",
        "phân công: việc, người, thời hạn",
    ]
    body = browser_of(world.secretary).get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()
    assert "Biên bản còn thiếu" in body
    assert "Biên bản chưa có ý kiến phát biểu" in body
    resolve(world, meeting)
    adopt(world, meeting)
    give_floor(meeting.agenda.get(kind="discussion"), actor=world.secretary, member=meeting.chair, text="Nhất trí.")
    left = [o.text for o in lacking_in(meeting, composed_minutes(meeting))]
    assert left == ["Chưa ghi diễn biến: %(items)s."]


def found(check, world: World, day: date = date(2025, 12, 31)) -> list[Shortcoming]:
    return list(check(scope_of(world.ward, Period.of_year(2025), day)))


def test_s2_18_minutes_that_lack_a_part_are_found_until_something_is_added(world: World, meeting: Meeting) -> None:
    close_meeting(meeting, actor=world.secretary, minutes="1. Thảo luận\nĐã họp.", closed_on=HELD)
    (short,) = found(minutes_lacking, world)
    assert "kết quả biểu quyết" in short.detail
    assert short.url == reverse("meetings:minutes", args=[meeting.pk])
    correct_minutes(meeting, actor=world.secretary, text="Biểu quyết 5/5 tán thành.", corrected_on=HELD)
    assert found(minutes_lacking, world) == []


def test_s2_18_whole_minutes_are_not_found(world: World, meeting: Meeting) -> None:
    close_meeting(meeting, actor=world.secretary, minutes=WHOLE, closed_on=HELD)
    assert found(minutes_lacking, world) == []


def test_s2_16_an_item_kept_vague_is_found_until_it_is_said_exactly(world: World, meeting: Meeting) -> None:
    vague = resolve(
        world,
        meeting,
        what="Quan tâm công tác thanh niên",
        doer=None,
        due_on=None,
        measure="",
        override_reason="Chờ Đoàn",
    )
    (short,) = found(vague_matters, world)
    assert short.detail == "chưa có người thực hiện, thời hạn, cách đo kết quả"
    assert short.url == reverse("meetings:resolved", args=[vague.pk])
    amend_matter(
        vague, actor=world.secretary, what="Mở 2 lớp bơi cho 30 thiếu nhi", doer=meeting.chair, due_on=date(2025, 12, 20),
        measure="30 em biết bơi",
    )  # fmt: skip
    assert found(vague_matters, world) == []


def test_s2_16_a_vague_item_of_a_closed_meeting_is_found_until_its_task_is_done(
    world: World, meeting: Meeting
) -> None:
    resolve(world, meeting, measure="", override_reason="Chờ phường")
    adopt(world, meeting)
    close(world, meeting)
    (short,) = found(vague_matters, world)
    assert short.url == reverse("tasks:task", args=[Task.objects.get().pk])
    Task.objects.update(state="done", done_on=date(2025, 12, 1), result="Xong")
    assert found(vague_matters, world) == []


def test_s2_13_reading_that_takes_long_is_found_until_a_meeting_keeps_within_it(
    world: World, meeting: Meeting, people: list[Member]
) -> None:
    def times(held: Meeting, kind: str, began: time, ended: time) -> None:
        time_item(held.agenda.get(kind=kind), actor=world.secretary, began_at=began, ended_at=ended)

    times(meeting, "information", time(19), time(19, 50))
    times(meeting, "discussion", time(19, 50), time(20, 30))
    (short,) = found(read_too_long, world)
    assert "50/90" in short.detail
    after = convened(world, people, date(2025, 12, 5))
    times(after, "information", time(19), time(19, 20))
    times(after, "discussion", time(19, 20), time(20, 30))
    assert found(read_too_long, world) == []


# -------------------------------------------------------------------------------------------------- files


def upload(name: str = "Biên bản đã ký.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def attach(world: World, meeting: Meeting, kind: str = "signed_minutes", **file: object) -> Attachment:
    return attach_file(meeting, actor=world.secretary, kind=kind, file=upload(**file))


def test_a_scan_is_kept_under_a_name_of_our_own_also_after_closing(world: World, meeting: Meeting) -> None:
    close(world, meeting)
    kept = attach(world, meeting)
    assert kept.name == "Biên bản đã ký.pdf"
    assert "ký" not in kept.file.name
    assert kept.file.name.endswith(".pdf")
    assert len(kept.sha256) == 64


@pytest.mark.parametrize(("name", "content"), [
    ("virus.pdf", b"MZ\x90\0" + b"\0" * 64),
    ("trang.pdf", b"<html><script>alert(1)</script></html>"),
    ("anh.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    ("rong.pdf", b""),
])  # fmt: skip
def test_what_a_file_is_its_content_tells(world: World, meeting: Meeting, name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        attach(world, meeting, name=name, content=content)
    assert list(refused.value.error_dict) == ["file"]
    assert not Attachment.objects.exists()


def test_a_document_with_macros_is_refused(world: World, meeting: Meeting) -> None:
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
        archive.writestr("word/vbaProject.bin", "x")
    with pytest.raises(ValidationError):
        attach(world, meeting, name="mau.docx", content=box.getvalue())


def test_a_file_is_given_back_as_an_attachment_under_its_senders_name(
    world: World, meeting: Meeting, browser_of
) -> None:
    kept = attach(world, meeting, name="Ảnh chụp “nghị quyết” đã ký.png", content=PNG)
    answer = browser_of(world.secretary).get(reverse("meetings:attachment", args=[kept.pk]))
    assert answer.content == PNG
    assert answer["Content-Disposition"].startswith("attachment")
    assert "%E1%BA%A2nh%20ch%E1%BB%A5p" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "image/png"


def test_a_file_is_taken_away_only_before_closing(world: World, meeting: Meeting) -> None:
    first, second = attach(world, meeting), attach(world, meeting, kind="document")
    detach_file(first, actor=world.secretary)
    close(world, meeting)
    with pytest.raises(ValidationError, match="giữ nguyên"):
        detach_file(second, actor=world.secretary)
    assert Attachment.objects.get() == second


def test_a_signed_resolution_goes_to_who_sees_the_meeting_signed_minutes_to_who_reads_them(
    world: World, meeting: Meeting, browser_of
) -> None:
    minutes, resolution = attach(world, meeting), attach(world, meeting, kind="signed_resolution")
    clerk = browser_of(world.clerk)
    assert clerk.get(reverse("meetings:attachment", args=[minutes.pk])).status_code == 404
    assert clerk.get(reverse("meetings:attachment", args=[resolution.pk])).status_code == 200
    body = clerk.get(reverse("meetings:attachments", args=[meeting.pk])).content.decode()
    assert reverse("meetings:attachment", args=[minutes.pk]) not in body
    for who in (world.secretary7, world.stranger):
        assert browser_of(who).get(reverse("meetings:attachment", args=[resolution.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        attach_file(meeting, actor=world.clerk, kind="document", file=upload())


def test_files_are_sent_and_removed_on_their_page(world: World, meeting: Meeting, browser_of) -> None:
    page, address = browser_of(world.secretary), reverse("meetings:attachments", args=[meeting.pk])
    assert page.post(address, {"kind": "document", "file": upload("x.pdf", b"MZ")}).status_code == 422
    page.post(address, {"kind": "document", "file": upload("Báo cáo.pdf"), "once": "a"})
    page.post(address, {"kind": "document", "file": upload("Báo cáo.pdf"), "once": "a"})
    kept = Attachment.objects.get()
    assert "Báo cáo.pdf" in page.get(address).content.decode()
    page.post(reverse("meetings:detach", args=[kept.pk]))
    assert not Attachment.objects.exists()


# -------------------------------------------------------------------------------------------------- pages


@pytest.fixture
def page(world: World, browser_of) -> Client:
    return browser_of(world.secretary)


def test_a_meeting_is_closed_on_its_page_and_leads_to_its_resolution(
    world: World, page: Client, meeting: Meeting
) -> None:
    resolve(world, meeting)
    data = {"close": "1", "minutes": WHOLE, "closed_on": "5/11/2025", "self_rating": "Tốt"}
    refused = page.post(reverse("meetings:minutes", args=[meeting.pk]), data)
    assert refused.status_code == 422
    assert "chưa biểu quyết" in refused.content.decode()
    assert "Dự thảo" in page.get(reverse("meetings:resolution", args=[meeting.pk])).content.decode()
    adopt(world, meeting)
    page.post(reverse("meetings:minutes", args=[meeting.pk]), data)
    body = page.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    assert "Nghị quyết số 01-NQ/CB" in body


@pytest.mark.parametrize(("kind", "head"), [("docx", b"PK"), ("pdf", b"%PDF")])
def test_x_04_the_resolution_goes_out_as_an_official_paper(
    world: World, page: Client, meeting: Meeting, kind: str, head: bytes
) -> None:
    issued(world, meeting)
    answer = page.get(reverse("meetings:resolution", args=[meeting.pk]) + f"?format={kind}")
    assert answer.content.startswith(head)
    assert "01-NQ-CB" in answer["Content-Disposition"]


def test_minutes_and_resolution_are_the_files_kept_at_closing_whatever_changes_later(
    world: World, page: Client, meeting: Meeting
) -> None:
    """A name is put right, the office brings its own template, the minutes are corrected: what was signed stays."""
    issued(world, meeting)
    pages = {name: reverse(f"meetings:{name}", args=[meeting.pk]) for name in ("minutes", "resolution")}
    before = {
        (name, suffix): page.get(url, {"format": suffix}).content
        for name, url in pages.items()
        for suffix in ("docx", "pdf")
    }
    for name, url in pages.items():
        sheet = page.get(url).content.decode()
        assert all(sha256(before[name, suffix]).hexdigest() in sheet for suffix in ("docx", "pdf"))
        assert sheet.count("Còn nguyên") == 2

    Member.objects.update(full_name="Người Đổi Tên")
    for kind in ("minutes", "resolution"):
        content, _name = standard_file(kind, HELD)
        adopt_template(
            world.ward, actor=world.clerk, kind=kind, valid_from=LONG_AGO, file=ContentFile(content, name="mau.docx")
        )
    assert "NGƯỜI ĐỔI TÊN" in str(html_of(document_of(meeting))).upper(), "as it would be drawn today"
    for name, url in pages.items():
        assert "Người Đổi Tên" not in page.get(url).content.decode().partition("<main")[2].partition("<aside")[0]
        assert all(page.get(url, {"format": suffix}).content == before[name, suffix] for suffix in ("docx", "pdf"))

    correct_minutes(meeting, actor=world.secretary, text="Bổ sung khách dự.", corrected_on=HELD)
    shown = page.get(pages["minutes"]).content.decode()
    assert "Bổ sung khách dự." in shown
    assert "Bản thứ 1, ngày 05/11/2025" in shown
    corrected = page.get(pages["minutes"], {"format": "pdf"}).content
    assert corrected not in before.values()
    assert page.get(pages["minutes"], {"format": "pdf", "edition": "1"}).content == before["minutes", "pdf"]
    assert page.get(pages["minutes"], {"format": "pdf", "edition": "2"}).content == corrected
    for edition in ("3", "0", "x"):
        assert page.get(pages["minutes"], {"format": "pdf", "edition": edition}).status_code == 404

    kept = KeptFile.objects.get(resolution__isnull=False)
    Path(kept.pdf.path).write_bytes(before["resolution", "pdf"] + b" ")
    assert page.get(pages["resolution"], {"format": "pdf"}).status_code == 404
    told = page.get(pages["resolution"]).content.decode()
    assert "Tệp đã giữ không còn nguyên" in told
    assert "Tải PDF" not in told


def test_minutes_closed_before_files_were_kept_are_drawn(world: World, page: Client, meeting: Meeting) -> None:
    issued(world, meeting)
    KeptFile.objects.all().delete()
    for name in ("minutes", "resolution"):
        address = reverse(f"meetings:{name}", args=[meeting.pk])
        assert "Bản đã giữ" not in page.get(address).content.decode()
        assert page.get(address, {"format": "pdf"}).content.startswith(b"%PDF")


def test_the_books_hold_the_resolutions_with_their_tasks_and_the_minutes_with_their_corrections(
    world: World, page: Client, meeting: Meeting
) -> None:
    issued(world, meeting)
    correct_minutes(meeting, actor=world.secretary, text="Bổ sung khách dự.", corrected_on=HELD)
    resolutions = page.get(reverse("meetings:resolutions", args=[world.cell5.pk, "2025"])).content.decode()
    assert "01-NQ/CB" in resolutions
    assert "quá hạn" in resolutions
    minutes = page.get(reverse("meetings:minutes_book", args=[world.cell5.pk, "2025-11"])).content.decode()
    assert "Bổ sung khách dự." in minutes
    assert "Bổ sung khách dự." not in page.get(
        reverse("meetings:minutes_book", args=[world.cell5.pk, "2025-10"])
    ).content.decode()  # fmt: skip
    for name in ("resolutions", "minutes_book"):
        answer = page.get(reverse(f"meetings:{name}", args=[world.cell5.pk, "2025"]) + "?format=docx")
        assert answer.content.startswith(b"PK")


def test_the_minutes_book_is_read_only_by_whom_the_charter_names(world: World, browser_of, meeting: Meeting) -> None:
    issued(world, meeting)
    address = reverse("meetings:minutes_book", args=[world.cell5.pk, "2025"])
    assert browser_of(world.clerk).get(address).status_code == 404
    assert browser_of(world.inspector).get(address).status_code == 200
    for who in (world.secretary7, world.stranger):
        for name in ("minutes_book", "resolutions"):
            assert browser_of(who).get(reverse(f"meetings:{name}", args=[world.cell5.pk, "2025"])).status_code == 404
        assert browser_of(who).get(reverse("meetings:resolution", args=[meeting.pk])).status_code == 404


def test_a_draft_resolution_is_for_who_keeps_the_meeting(
    world: World, browser_of, meeting: Meeting, people: list[Member]
) -> None:
    resolve(world, meeting)
    assert browser_of(world.clerk).get(reverse("meetings:resolution", args=[meeting.pk])).status_code == 403
    close(world, convened(world, people, date(2025, 12, 5)))
    other = Meeting.objects.latest("held_on")
    assert browser_of(world.secretary).get(reverse("meetings:resolution", args=[other.pk])).status_code == 404


def test_books_take_as_many_queries_for_three_months_as_for_one(
    world: World, page: Client, people: list[Member]
) -> None:
    counts = []
    for months in (range(1, 2), range(2, 4)):
        for month in months:
            issued(world, convened(world, people, date(2025, month, 5)))
        for name in ("resolutions", "minutes_book"):
            with CaptureQueriesContext(connection) as queries:
                page.get(reverse(f"meetings:{name}", args=[world.cell5.pk, "2025"]))
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_the_hour_of_closing_is_proposed_from_the_last_item(world: World, page: Client, meeting: Meeting) -> None:
    time_item(meeting.agenda.get(kind="closing"), actor=world.secretary, began_at=time(20, 45), ended_at=time(20, 55))
    assert 'value="20:55"' in page.get(reverse("meetings:minutes", args=[meeting.pk])).content.decode()


def test_the_page_of_a_task_leads_back_to_the_meeting_that_resolved_it(
    world: World, page: Client, meeting: Meeting
) -> None:
    issued(world, meeting)
    body = page.get(reverse("tasks:task", args=[Task.objects.get().pk])).content.decode()
    assert reverse("meetings:resolution", args=[meeting.pk]) in body
    assert reverse("meetings:meeting", args=[meeting.pk]) in body
