"""The office's own templates: fields named with their place, hostile files refused, every paper whole in them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from unicodedata import normalize

import docx
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.papers.actions.templates import adopt_template, withdraw_template
from chibo.papers.models import Template
from chibo.papers.rules import Annex, Document, PaperKind, Paragraph, Run
from chibo.papers.rules.documents import FigureSaid
from chibo.papers.rules.templates import (
    FIELDS,
    PlacedLine,
    bookmark_of,
    code_marked,
    fields_for,
    figure_field,
    objections_to_template,
    objections_to_withdrawing,
)
from chibo.papers.selectors import docx_of, paper_file, pdf_of
from chibo.papers.selectors.docx_worker import Limits
from chibo.papers.selectors.filling import filled, standard_template
from chibo.papers.selectors.templates import fields_offered, kinds_offered, template_on
from chibo.papers.selectors.uploads import lines_of_upload
from tests.papers.test_layout import (
    letter,
    member_table,
    minutes,
    opened,
    report,
    rows_of_ink,
    spot,
    text_of,
    texts_of,
)
from tests.world import World

DAY = date(2026, 2, 1)
PANGRAM = "Ắt hẳn ở Ễnh Ương, Ưỡn ngực ngoẵng nghịu, quỷ quyệt, thuở ấy ỷ lại, đẫm lệ Ộ Ợ Ỵ Ặ"


def upload(content: bytes, name: str = "mẫu.docx") -> ContentFile:
    return ContentFile(content, name=name)


def lines(content: bytes, *, strict: bool = True) -> tuple[PlacedLine, ...]:
    return lines_of_upload(upload(content), strict=strict)


def edited(content: bytes, edit: Callable[[docx.document.Document], object]) -> bytes:
    """The file after somebody worked on it in Word."""
    file, out = docx.Document(io.BytesIO(content)), io.BytesIO()
    edit(file)
    file.save(out)
    return out.getvalue()


def repacked(content: bytes, change: Callable[[str, bytes], bytes] | None = None, **more: bytes) -> bytes:
    """The archive with parts changed and added (``word__x`` for word/x)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(name, data) if change else data)
        for name, data in more.items():
            new.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def in_part(part: str, old: bytes, new: bytes) -> Callable[[str, bytes], bytes]:
    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        assert old in data
        return data.replace(old, new, 1)

    return change


STANDARD = standard_template(PaperKind.REPORT, DAY)


def objections(content: bytes, kind: PaperKind = PaperKind.REPORT) -> list[str]:
    return [o.text % o.params for o in objections_to_template(kind, lines(content))]


# ------------------------------------------------------------------------------------------------ standard and filled


@pytest.mark.parametrize("kind", list(kinds_offered()))
def test_the_standard_template_of_each_kind_is_taken_as_it_is(kind: str) -> None:
    paper = PaperKind.REPORT if "." in kind else PaperKind(kind)
    assert objections(standard_template(paper, DAY), paper) == []


@pytest.mark.parametrize("paper", [report, minutes, letter])
def test_a_paper_in_the_standard_template_says_what_it_says_in_the_layout(paper: Callable[[], Document]) -> None:
    document = paper()
    made = filled(standard_template(document.kind, DAY), document)
    assert [t for t in texts_of(docx.Document(io.BytesIO(made))) if t] == [t for t in texts_of(opened(document)) if t]


def test_the_content_comes_as_real_paragraphs_and_tables_in_the_letters_of_the_office() -> None:
    def restyle(file: docx.document.Document) -> None:
        file.styles["Body Text"].font.name = "Arial"
        file.paragraphs[-2].insert_paragraph_before("Mẫu riêng của Đảng ủy")

    document = report(body=(*report().body, member_table(3)), annexes=(Annex("Danh sách", (member_table(2),)),))
    made = docx.Document(io.BytesIO(filled(edited(STANDARD, restyle), document)))
    assert made.styles["Body Text"].font.name == "Arial"
    by_text = {p.text: p for p in made.paragraphs}
    assert by_text["I. TÌNH HÌNH"].style.name == "Heading 1"
    assert "Mẫu riêng của Đảng ủy" in by_text
    assert [cell.text for cell in made.tables[1].rows[-1].cells] == ["", "Tổng cộng", "3"]
    assert by_text["PHỤ LỤC"].paragraph_format.page_break_before
    assert "{{" not in "".join(texts_of(made))


def test_a_field_that_word_cut_into_pieces_is_filled_in_its_first_letters() -> None:
    def cut(file: docx.document.Document) -> None:
        paragraph = file.add_paragraph("Về: ")
        for piece, bold in (("{", True), ("{Trich", True), ("_yeu", False), (" }", False), ("}!", False)):
            paragraph.add_run(piece).bold = bold

    made = docx.Document(io.BytesIO(filled(edited(STANDARD, cut), report())))
    last = made.paragraphs[-1]
    assert last.text == "Về: tình hình sinh hoạt chi bộ tháng 02 năm 2026!"
    assert next(r for r in last.runs if "tình hình" in r.text).bold


def test_rows_and_lines_are_repeated() -> None:
    def add(file: docx.document.Document) -> None:
        table = file.add_table(rows=2, cols=2)
        for at, text in enumerate(("Số liệu", "Kết quả", "{{so_lieu.ten}}", "{{so_lieu.gia_tri}}")):
            table.cell(at // 2, at % 2).text = text
        signers = file.add_table(rows=1, cols=2)
        signers.cell(0, 0).text, signers.cell(0, 1).text = "{{nguoi_ky.chuc_vu}}", "{{nguoi_ky.ho_ten}}"

    figures = (FigureSaid("plans.having", "Có kế hoạch", "96 % (24/25)"), FigureSaid("a.b", "Khác", "7"))
    made = docx.Document(io.BytesIO(filled(edited(STANDARD, add), report(figures=figures))))
    rows = [[cell.text for cell in row.cells] for row in made.tables[-2].rows]
    assert rows == [["Số liệu", "Kết quả"], ["Có kế hoạch", "96 % (24/25)"], ["Khác", "7"]]
    assert made.tables[-2]._tbl.xml.count("_plans_having") == 1
    assert [[cell.text for cell in row.cells] for row in made.tables[-1].rows] == [["BÍ THƯ", "Trần Quốc Vượng"]]
    without = docx.Document(io.BytesIO(filled(edited(STANDARD, add), report())))
    assert [[cell.text for cell in row.cells] for row in without.tables[-2].rows] == [["Số liệu", "Kết quả"]]


def test_what_the_template_has_no_place_for_is_not_left_out() -> None:
    def strip(file: docx.document.Document) -> None:
        for paragraph in list(file.element.body.iter(docx.oxml.ns.qn("w:p"))):
            text = "".join(t.text or "" for t in paragraph.iter(docx.oxml.ns.qn("w:t")))
            if text in ("{{du_thao}}", "{{phu_luc}}"):
                paragraph.getparent().remove(paragraph)

    more = replace(
        report(
            draft="Dự thảo lần 2", addressees=("Đảng ủy phường",), annexes=(Annex("Danh sách", (Paragraph("Hết"),)),)
        ),
        signatures=minutes().signatures,
    )
    texts = texts_of(docx.Document(io.BytesIO(filled(edited(STANDARD, strip), more))))
    for said in ("Dự thảo lần 2", "Kính gửi: Đảng ủy phường", "Lê Thị Hường", "Trần Quốc Vượng", "PHỤ LỤC", "Hết"):
        assert texts.count(said) == 1, said
    assert texts.index("Trần Quốc Vượng") < texts.index("PHỤ LỤC")


def test_what_people_type_is_never_a_field() -> None:
    typed = replace(
        report(), subject="{{so_ky_hieu}} {{noi_dung}}", superior="{{nguoi_ky.ho_ten}}", recipients=("{{noi_dung}}", "{{du_thao}}"),
        body=(Paragraph("{{ 7*7 }} {% now %} {{trich_yeu}}"),),
    )  # fmt: skip
    texts = texts_of(docx.Document(io.BytesIO(filled(STANDARD, typed))))
    assert "{{so_ky_hieu}} {{noi_dung}}" in texts
    assert "{{NGUOI_KY.HO_TEN}}" in texts
    assert "{{ 7*7 }} {% now %} {{trich_yeu}}" in texts
    assert "- {{noi_dung}}," in texts


def test_the_same_paper_in_the_same_template_gives_the_same_bytes() -> None:
    assert filled(STANDARD, report()) == filled(STANDARD, report())


# ------------------------------------------------------------------------------------------------ wrong fields


def test_a_field_that_is_not_offered_is_named_with_its_place() -> None:
    def err(file: docx.document.Document) -> None:
        file.tables[0].rows[0].cells[1].add_paragraph("Người soạn: {{nguoi_soan}} ký")
        file.sections[0].header.add_paragraph("{{trich_yeux}}")

    assert objections(edited(STANDARD, err)) == [
        "Không có trường {{nguoi_soan}}, ở bảng 1, hàng 1, cột 2: “Người soạn: {{nguoi_soan}} ký”.",
        "Không có trường {{trich_yeux}}, ở đầu trang, đoạn 2: “{{trich_yeux}}”.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ ''.__class__.__mro__ }}", "Không có trường {{''.__class__.__mro__}}"),
        ("{{ 7*7 }}", "Không có trường {{7*7}}"),
        ("{% for x in y %}", "viết sai hoặc có lệnh"),
        ("{%p if noi_dung %}", "viết sai hoặc có lệnh"),
        ("{# ghi chú #}", "viết sai hoặc có lệnh"),
        ("{{trich_yeu", "viết sai hoặc có lệnh"),
        ("trich_yeu}}", "viết sai hoặc có lệnh"),
        ("{{}}", "Không có trường {{}}"),
        ("Nội dung: {{noi_dung}}", "phải đứng riêng một đoạn"),
        ("{{noi_nhan.ten}} {{nguoi_ky.ho_ten}}", "chỉ lặp theo một danh sách"),
    ],
)
def test_a_template_runs_nothing_and_a_wrong_field_is_said(text: str, said: str) -> None:
    found = objections(edited(STANDARD, lambda file: file.add_paragraph(text)))
    assert len(found) == 1
    assert said in found[0]
    assert "đoạn" in found[0]


@pytest.mark.parametrize(
    ("part", "name"), [("header", "noi_nhan.ten"), ("footnote", "trich_yeu"), ("footer", "phu_luc")]
)
def test_fields_stand_where_they_can_be_filled(part: str, name: str) -> None:
    found = [
        o.text % o.params
        for o in objections_to_template(PaperKind.FORM, [PlacedLine(f"{{{{{name}}}}}", part, 0, 0, 0, 1)])
    ]
    assert "phải đứng" in found[0]
    fine = [PlacedLine("{{trich_yeu}}", "footer", 0, 0, 0, 1)]
    assert not any("phải đứng" in o.text for o in objections_to_template(PaperKind.FORM, fine))


@pytest.mark.parametrize(
    ("kind", "gone", "wanted"),
    [
        (PaperKind.REPORT, "{{noi_dung}}", "{{noi_dung}}"),
        (PaperKind.REPORT, "{{so_ky_hieu}}", "{{so_ky_hieu}}"),
        (PaperKind.REPORT, "{{noi_nhan.ten}}", "{{noi_nhan.ten}}; {{phan_ky}}"),
        (PaperKind.MINUTES, "{{ky_2_ho_ten}}", "{{phan_ky}}; {{nguoi_ky.ho_ten}}; {{ky_1_ho_ten}}, {{ky_2_ho_ten}}"),
        (PaperKind.LETTER, "{{kinh_gui.ten}}", "{{kinh_gui.ten}}"),
    ],
)
def test_a_template_without_a_mandatory_element_is_refused(kind: PaperKind, gone: str, wanted: str) -> None:
    content = repacked(standard_template(kind, DAY), in_part("word/document.xml", gone.encode(), b"x"))
    assert objections(content, kind) == [f"Mẫu thiếu trường: {wanted}."]


def test_a_report_offers_each_of_its_figures() -> None:
    codes = {field.code for field in fields_offered("report.plans-summary")}
    assert {figure_field("plans.having"), "noi_dung"} <= codes
    assert len(fields_offered("minutes")) == len(FIELDS)
    assert fields_for({"a.b": "Nhãn"})[-1].written == "{{so_lieu_a_b}}"


def test_a_mark_is_read_back_to_its_figure() -> None:
    codes = ("plans.having", "plans.having_all", "a" * 60)
    for code in codes:
        assert code_marked(bookmark_of(code, 12), codes) == code
    assert len(bookmark_of("a" * 60, 3)) == 40
    assert code_marked("_GoBack", codes) is None
    assert code_marked("_sl1_plans", codes) is None


# ------------------------------------------------------------------------------------------------ hostile files

DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
RELS = "word/_rels/document.xml.rels"
LINK = b'<Relationship Id="r99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"%s/></Relationships>'
EXTERNAL = b' TargetMode="External"'


def with_link(kind: bytes, target: bytes, mode: bytes = EXTERNAL) -> bytes:
    return repacked(STANDARD, in_part(RELS, b"</Relationships>", LINK % (kind, target, mode)))


def with_xml(xml: bytes) -> bytes:
    return repacked(STANDARD, in_part("word/document.xml", b"<w:sectPr", xml + b"<w:sectPr"))


def instr(*pieces: bytes) -> bytes:
    said = b"".join(b"<w:r><w:instrText>%s</w:instrText></w:r>" % piece for piece in pieces)
    return (
        b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>%s<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        % said
    )


HOSTILE = {
    "entity": (repacked(STANDARD, word__extra__xml=b"") and repacked(STANDARD, **{"word__evil.xml": DTD}), "entity"),
    "entity in utf-16": (repacked(STANDARD, **{"word__evil.xml": DTD.decode().encode("utf-16")}), "entity"),
    "bomb": (repacked(STANDARD, **{"word__media__a.xml": b"0" * (70 * 1024 * 1024)}), "unpacked"),
    "many files": (repacked(STANDARD, **{f"word__media__{n}.bin": b"" for n in range(1_100)}), "unpacked"),
    "macro": (repacked(STANDARD, **{"word__vbaProject.bin": b"x"}), "macro"),
    "macro by type": (repacked(STANDARD, in_part("[Content_Types].xml", b"wordprocessingml.document.main", b"ms-word.document.macroEnabled.main")), "macro"),
    "template by type": (repacked(STANDARD, in_part("[Content_Types].xml", b"document.main", b"template.main")), "not_word"),
    "far template": (with_link(b"attachedTemplate", b"http://x.vn/a.dotm"), "link"),
    "far picture": (with_link(b"image", b"https://x.vn/a.png"), "link"),
    "far share": (with_link(b"image", rb"\\x.vn\a", b""), "link"),
    "hyperlink": (with_link(b"hyperlink", b"https://x.vn"), "link"),
    "old picture": (with_xml(b'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:imagedata src="http://x.vn/a.png"/></v:shape></w:pict></w:r></w:p>'), "link"),
    "embedded": (repacked(STANDARD, **{"word__embeddings__a.bin": b"x"}), "embedded"),
    "other file": (with_link(b"aFChunk", b"a.html", b""), "embedded"),
    "dde": (with_xml(instr(b"DDEAUTO c:\\\\windows\\\\cmd.exe")), "command"),
    "dde in pieces": (with_xml(instr(b" INC", b"LUDETEXT ", b'"c:\\a"')), "command"),
    "simple field": (with_xml(b'<w:p><w:fldSimple w:instr="INCLUDEPICTURE &quot;http://x.vn&quot;"/></w:p>'), "command"),
    "old word": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "not_word"),
    "locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "pdf": (b"%PDF-1.7", "not_word"),
    "cut short": (STANDARD[: len(STANDARD) // 2], "broken"),
    "not xml": (repacked(STANDARD, in_part("word/document.xml", b"<w:body>", b"<w:body")), "broken"),
    "workbook": (repacked(STANDARD, in_part("_rels/.rels", b"word/document.xml", b"xl/workbook.xml")), "not_word"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_one_sentence(name: str) -> None:
    content, why = HOSTILE[name]
    with pytest.raises(ValidationError) as refused:
        lines(content)
    assert list(refused.value.message_dict) == ["file"]
    (error,) = refused.value.error_dict["file"]
    assert error.code == why
    (sentence,) = refused.value.messages
    assert re.fullmatch(r"[^.]+(?:\.docx[^.]*|\.vn[^.]*|\.dotm[^.]*|\.png[^.]*)*\.", sentence), sentence


def test_large_long_and_slow_files_are_refused() -> None:
    for limits, why in (
        (Limits(max_bytes=100), "size"),
        (Limits(max_paragraphs=3), "long"),
        (Limits(seconds=0.01), "time"),
    ):
        with pytest.raises(ValidationError) as refused:
            lines_of_upload(upload(STANDARD), strict=True, limits=limits)
        assert refused.value.error_dict["file"][0].code == why


def test_page_numbers_are_the_only_commands_taken() -> None:
    assert lines(with_xml(instr(b" PAGE ", b"\\* MERGEFORMAT")))


# ------------------------------------------------------------------------------------------------ every produced file


def everything() -> Document:
    figures = (FigureSaid("plans.having", "Có kế hoạch", "96 % (24/25)"),)
    return report(
        body=(Paragraph(PANGRAM), Paragraph((Run("Có "), Run("96 % (24/25)", figure="plans.having"))), member_table(3)),
        annexes=(Annex("Phụ biểu", (Paragraph(PANGRAM),)),), figures=figures,
    )  # fmt: skip


@pytest.mark.parametrize("way", ["layout", "template"])
def test_every_produced_file_opens_gives_its_accents_back_and_reaches_nowhere(way: str, office) -> None:
    made = docx_of(everything()) if way == "layout" else filled(STANDARD, everything())
    for content in (made, office(made, "docx")) if way == "layout" else (made,):
        said = [
            normalize("NFC", line.text) for line in lines(content)
        ]  # strict: no link, macro, command or embedding
        assert said.count(PANGRAM) == 2
        marks = {code_marked(name, ["plans.having"]): text for line in lines(content) for name, text in line.marks}
        assert marks["plans.having"] == "96 % (24/25)"
    pdf = office(made)
    assert "".join(PANGRAM.split()) in "".join(normalize("NFC", text_of(pdf)).split())
    assert b"/URI" not in pdf
    assert "".join(PANGRAM.split()) in "".join(normalize("NFC", text_of(pdf_of(everything()))).split())


def test_the_zones_of_a_paper_in_a_template_that_word_or_libreoffice_saved(office) -> None:
    template = office(STANDARD, "docx")
    assert objections(template) == []
    pdf = office(filled(template, report()))
    assert spot(pdf, "ĐẢNG CỘNG SẢN VIỆT NAM").left > 0.5
    assert spot(pdf, "Số 05-BC/CB").right < 0.52
    assert spot(pdf, "BÁO CÁO").top > spot(pdf, "Số 05-BC/CB").bottom
    assert spot(pdf, "Thu đảng phí.").bottom < spot(pdf, "T/M CHI ỦY").top < spot(pdf, "Trần Quốc Vượng").top
    assert spot(pdf, "Nơi nhận:").right < 0.5
    rows, _width = rows_of_ink(pdf)
    assert any(min(row) < 100 for row in rows)


# ------------------------------------------------------------------------------------------------ taken in and withdrawn


def adopted(world: World, **more: object) -> Template:
    given = {"kind": "report", "valid_from": DAY, "file": upload(STANDARD), "actor": world.clerk}
    return adopt_template(more.pop("unit", world.ward), **{**given, **more})


def renamed(words: str) -> ContentFile:
    return upload(edited(STANDARD, lambda file: file.add_paragraph(words)))


def test_a_template_is_taken_in_and_papers_are_made_from_it(world: World) -> None:
    assert paper_file(world.cell5, report(), "docx") == docx_of(report())
    first = adopted(world, file=renamed("Bản một"))
    second = adopted(world, file=renamed("Bản hai"), valid_from=date(2026, 2, 3))
    assert (first.number, second.number) == (1, 2)
    assert first.file.name.startswith("templates/")
    assert "mẫu" not in first.file.name
    made = docx.Document(io.BytesIO(paper_file(world.cell5, report(), "docx")))
    assert made.paragraphs[-1].text == "Bản hai"
    before = docx.Document(io.BytesIO(paper_file(world.cell5, report(issued_on=date(2026, 2, 2)), "docx")))
    assert before.paragraphs[-1].text == "Bản một"
    assert paper_file(world.cell5, report(issued_on=date(2026, 1, 1)), "docx") == docx_of(
        report(issued_on=date(2026, 1, 1))
    )
    assert paper_file(world.cell5, report(), "pdf") == pdf_of(report())
    assert paper_file(world.cell5, minutes(), "docx") == docx_of(minutes())


def test_the_nearest_unit_and_the_kind_of_report_decide(world: World) -> None:
    ward = adopted(world)
    one = adopted(world, kind="report.plans-summary")
    own = adopted(world, unit=world.cell5)
    kinds = ["report.plans-summary", "report"]
    assert template_on(world.cell7, kinds, DAY) == one
    assert template_on(world.cell7, ["report"], DAY) == ward
    assert template_on(world.cell5, kinds, DAY) == own


def test_after_its_last_day_the_layout_holds_again(world: World) -> None:
    adopted(world)
    template = adopted(world)
    withdraw_template(template, actor=world.clerk, last_day=date(2026, 3, 1))
    assert template_on(world.ward, ["report"], date(2026, 3, 1)) == template
    assert template_on(world.ward, ["report"], date(2026, 3, 2)) is None


def test_a_template_is_withdrawn_once_and_not_before_it_began(world: World) -> None:
    template = adopted(world)
    with pytest.raises(ValidationError):
        withdraw_template(template, actor=world.clerk, last_day=date(2026, 1, 1))
    template.refresh_from_db()
    assert template.valid_to is None
    assert [o.field for o in objections_to_withdrawing(valid_from=DAY, valid_to=DAY, last_day=DAY)] == [""]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"file": upload(HOSTILE["macro"][0])}, "file"),
        ({"file": renamed("{{sai}}")}, "file"),
        ({"kind": "form"}, "kind"),
        ({"kind": "minutes"}, "file"),
    ],
)
def test_a_template_that_is_refused_leaves_nothing(world: World, more: dict[str, object], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        adopted(world, **more)
    assert list(refused.value.message_dict) == [field]
    assert not Template.objects.exists()


def test_only_who_keeps_papers_brings_templates(world: World) -> None:
    for actor in (world.secretary, world.ward_secretary, world.stranger):
        with pytest.raises(PermissionDenied):
            adopted(world, actor=actor)
    assert not Template.objects.exists()


# ------------------------------------------------------------------------------------------------ pages


def test_the_office_downloads_edits_and_uploads(world: World, browser_of) -> None:
    browser = browser_of(world.clerk)
    page = browser.get(reverse("papers:templates", args=[world.ward.pk])).content.decode()
    assert page.count(reverse("papers:standard", args=[world.ward.pk, "minutes"])) == 1
    standard = browser.get(reverse("papers:standard", args=[world.ward.pk, "minutes"]))
    assert "Bi%C3%AAn%20b%E1%BA%A3n" in standard["Content-Disposition"]
    there = reverse("papers:adopt", args=[world.ward.pk])
    assert "{{so_lieu_plans_having}}" in browser.get(f"{there}?kind=report.plans-summary").content.decode()
    sent = {"kind": "minutes", "valid_from": "1/2/2026"}
    wrong = browser.post(there, {**sent, "file": renamed("{{sai}}")})
    assert wrong.status_code == 422
    assert "Không có trường {{sai}}, ở đoạn" in wrong.content.decode()
    done = browser.post(there, {**sent, "file": upload(standard.content)})
    template = Template.objects.get()
    assert done.url == reverse("papers:template", args=[template.pk])
    shown = browser.get(done.url).content.decode()
    assert "mẫu.docx" in shown
    assert browser.get(reverse("papers:template_file", args=[template.pk])).content == standard.content
    assert (
        reverse("papers:template", args=[template.pk])
        in browser.get(reverse("papers:templates", args=[world.cell5.pk])).content.decode()
    )
    early = browser.post(done.url, {"last_day": "1/1/2026"})
    assert early.status_code == 422
    assert "01/02/2026" in early.content.decode()
    browser.post(done.url, {"last_day": "hôm nay"})
    template.refresh_from_db()
    assert template.valid_to == localdate()


def test_a_cell_is_told_of_the_ward_s_template_and_not_led_to_it(world: World, browser_of) -> None:
    template = adopted(world)
    shown = browser_of(world.secretary).get(reverse("papers:templates", args=[world.cell5.pk])).content.decode()
    assert template.file_name in shown
    assert reverse("papers:template", args=[template.pk]) not in shown


def test_a_stranger_finds_no_template(world: World, browser_of) -> None:
    template = adopted(world)
    browser = browser_of(world.stranger)
    for name, pk in (
        ("papers:templates", world.ward.pk), ("papers:adopt", world.ward.pk), ("papers:template", template.pk),
        ("papers:template_file", template.pk),
    ):  # fmt: skip
        assert browser.get(reverse(name, args=[pk])).status_code == 404, name
    assert browser.get(reverse("papers:standard", args=[world.ward.pk, "minutes"])).status_code == 404
    assert browser_of(world.clerk).get(reverse("papers:standard", args=[world.ward.pk, "form"])).status_code == 404


def test_the_list_asks_equally_often_for_one_and_for_many(
    world: World, browser_of, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    adopted(world)
    browser, there = browser_of(world.clerk), reverse("papers:templates", args=[world.ward.pk])
    with CaptureQueriesContext(
        connection,
    ) as one:
        browser.get(there)
    file = Template.objects.get().file.name
    Template.objects.bulk_create(
        Template(unit=world.ward, kind="report", number=n, valid_from=DAY, file=file, file_name="a.docx")
        for n in range(2, 31)
    )
    with CaptureQueriesContext(connection) as many:
        browser.get(there)
    assert len(many) == len(one)
