"""The official layout: words, measures and zones, in the file, the PDF and the preview. HD 36, HD 05; rulebook §6.3–6.5."""

from __future__ import annotations

import itertools
import re
import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pypdfium2
import pytest
import typst
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from chibo.core.values import Objection
from chibo.papers.rules import (
    HD05,
    HD36,
    LAYOUTS,
    Align,
    Annex,
    Block,
    Column,
    Document,
    Heading,
    LayoutRules,
    Marker,
    Note,
    Numbered,
    PageBreak,
    PaperKind,
    Paragraph,
    Run,
    Signature,
    SignAuthority,
    Symbol,
    Table,
    layout_of,
    layout_on,
    objections_to_issuing,
    printed,
)
from chibo.papers.selectors import docx_of, html_of, pdf_of
from chibo.papers.selectors.pdf import FONTS, fonts_for

ROOT = Path(__file__).parents[2]
SECRETARY = Signature(SignAuthority.ON_BEHALF, "chi ủy", "bí thư", "Trần Quốc Vượng")
LONG = (
    "Thực hiện Kế hoạch của Ban Thường vụ Đảng ủy, chi bộ đã tổ chức sinh hoạt chuyên đề, đăng ký kế hoạch tu dưỡng, "
    "rèn luyện; kết quả từng tháng được ghi vào biên bản và được chi ủy nhận xét kịp thời."
)


def report(**changes: object) -> Document:
    """A cell's report as it should be; tests change one thing."""
    fine = Document(
        superior="Đảng ủy phường Sao Mai",
        issuer="Chi bộ Tổ dân phố 5",
        kind=PaperKind.REPORT,
        subject="tình hình sinh hoạt chi bộ tháng 02 năm 2026",
        symbol=Symbol(5, "BC", "CB"),
        place="Sao Mai",
        issued_on=date(2026, 2, 3),
        body=(Heading("Tình hình"), Paragraph(LONG), Heading("Nhiệm vụ"), Paragraph("Thu đảng phí.")),
        recipients=("Đảng ủy phường", "Lưu chi bộ"),
        signatures=(SECRETARY,),
    )
    return replace(fine, **changes)  # type: ignore[arg-type]


def minutes() -> Document:
    return report(
        kind=PaperKind.MINUTES,
        subject="sinh hoạt chi bộ thường kỳ",
        symbol=None,
        place="",
        issued_on=None,
        recipients=(),
        signatures=(
            Signature(SignAuthority.DIRECT, "Người ghi biên bản", "", "Lê Thị Hường"),
            Signature(SignAuthority.DIRECT, "Chủ trì", "Bí thư", "Trần Quốc Vượng"),
        ),
    )


def commitment() -> Document:
    return report(
        kind=PaperKind.FORM,
        title="Bản cam kết",
        subject="tu dưỡng, rèn luyện, phấn đấu năm 2026",
        symbol=None,
        recipients=(),
        signatures=(
            Signature(SignAuthority.DIRECT, "Xác nhận của chi bộ", "Bí thư", "Trần Quốc Vượng"),
            Signature(SignAuthority.DIRECT, "Người cam kết", "", "Nguyễn Phước Hoàng Bảo Ngọc Diệp Anh"),
        ),
    )


def letter() -> Document:
    return report(
        kind=PaperKind.LETTER,
        subject="về việc chuẩn bị nội dung kiểm tra",
        symbol=Symbol(101, "CV", "ĐU"),
        addressees=("Các chi bộ trực thuộc", "Ủy ban kiểm tra"),
    )


def member_table(count: int) -> Table:
    columns = (Column("TT", 1, Align.CENTER), Column("Họ và tên", 4), Column("Tỷ lệ", 1, Align.RIGHT))
    rows = tuple((str(n), f"Nguyễn Phước Hoàng Bảo Ngọc Diệp Anh {n}", "94,1") for n in range(1, count + 1))
    return Table(columns, rows, "Danh sách đảng viên", ("", "Tổng cộng", str(count)))


PAPERS = {"report": report, "minutes": minutes, "commitment": commitment, "letter": letter}

# ------------------------------------------------------------------------------------------------ the layout's day


@pytest.mark.parametrize(
    ("day", "layout"),
    [
        (date(2018, 4, 3), HD36),
        (date(2020, 8, 19), HD36),
        (date(2026, 5, 26), HD36),
        (date(2026, 5, 27), HD05),
        (date(2030, 1, 1), HD05),
        (date(2016, 1, 1), HD36),
    ],
)
def test_the_day_chooses_the_guidance(day: date, layout: LayoutRules) -> None:
    assert layout_on(day) is layout
    assert layout_of(report(issued_on=day)) is layout


def test_a_paper_without_a_date_takes_the_newest_guidance() -> None:
    assert layout_of(report(issued_on=None)) is HD05


def test_guidances_follow_each_other_without_a_gap() -> None:
    for before, after in itertools.pairwise(LAYOUTS):
        assert before.effective_to is not None
        assert (after.effective_from - before.effective_to).days == 1
    assert LAYOUTS[-1].effective_to is None


def test_body_values_stand_within_the_ranges_of_the_guidance() -> None:
    for layout in LAYOUTS:
        assert 18 <= layout.line_pt <= 22
        assert layout.paragraph_gap_pt >= 6
        assert 14 <= layout.body_pt <= 15
        assert 15 <= layout.kind_pt <= 16
        assert layout.text_width_mm == 165


def test_every_value_has_its_source_on_the_page_of_the_regulation() -> None:
    page = (ROOT / "docs/rules/the-thuc-van-ban.md").read_text()
    for field in fields(LayoutRules):
        row = next((line for line in page.splitlines() if f"`{field.name}`" in line), "")
        assert re.search(r"\[(S2?|R)\]", row), field.name
    for kind in PaperKind:
        if kind.abbreviation:
            row = next((line for line in page.splitlines() if f"| {kind.label} |" in line), "")
            assert re.search(rf"\| {kind.abbreviation} \| \[(S2?|R)\]", row), kind.label


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 3), "ngày 03 tháng 02 năm 2026"),
        (date(2018, 4, 3), "ngày 03 tháng 4 năm 2018"),  # as HD 36-HD/VPTW itself is dated
        (date(2026, 5, 27), "ngày 27 tháng 5 năm 2026"),
        (date(2026, 12, 10), "ngày 10 tháng 12 năm 2026"),
    ],
)
def test_days_and_the_first_two_months_have_two_digits(day: date, written: str) -> None:
    assert layout_on(day).written_date(day) == written


def test_a_missing_date_leaves_room_for_the_pen() -> None:
    assert re.fullmatch(r"ngày\s{5,}tháng\s{5,}năm\s{5,}", HD05.written_date(None))


# ------------------------------------------------------------------------------------------------ objections


def objections(document: Document) -> set[tuple[str, str]]:
    found = list(objections_to_issuing(document))
    for objection in found:
        assert isinstance(objection, Objection)
        assert objection.text % objection.params
        assert objection.article
    return {
        (objection.field, objection.article.removeprefix(layout_of(document).source + ", ")) for objection in found
    }


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_a_complete_paper_may_be_issued(paper: object) -> None:
    document = paper()  # type: ignore[operator]
    assert objections(document) == set()


@pytest.mark.parametrize(
    ("changes", "field", "element"),
    [
        ({"issuer": " "}, "issuer", 2),
        ({"superior": ""}, "superior", 2),
        ({"symbol": None}, "symbol", 3),
        ({"symbol": Symbol(0, "BC", "CB")}, "symbol", 3),
        ({"symbol": Symbol(5, "NQ", "CB")}, "symbol", 3),
        ({"place": ""}, "place", 4),
        ({"issued_on": None}, "issued_on", 4),
        ({"subject": ""}, "subject", 5),
        ({"body": ()}, "body", 6),
        ({"signatures": ()}, "signatures", 7),
        ({"signatures": (replace(SECRETARY, name=""),)}, "signatures", 7),
        ({"signatures": (replace(SECRETARY, position=""),)}, "signatures", 7),
        ({"signatures": (replace(SECRETARY, body=""),)}, "signatures", 7),
        ({"signatures": (replace(SECRETARY, authority=SignAuthority.FOR),)}, "signatures", 7),
        ({"signatures": (Signature(SignAuthority.DIRECT, name="Phạm Đức Hậu"),)}, "signatures", 7),
        ({"recipients": ()}, "recipients", 9),
    ],
)
def test_each_mandatory_element_that_is_missing_is_named(
    changes: dict[str, object], field: str, element: int
) -> None:
    assert objections(report(**changes)) == {(field, f"thành phần thể thức bắt buộc {element}")}


def test_the_article_is_of_the_guidance_of_the_day() -> None:
    before = next(objections_to_issuing(report(subject="")))
    after = next(objections_to_issuing(report(subject="", issued_on=date(2026, 10, 5))))
    assert before.article.startswith("HD 36-HD/VPTW")
    assert after.article.startswith("HD 05-HD/VPTW")


def test_a_draft_is_not_issued() -> None:
    assert {field for field, _ in objections(report(draft="Dự thảo lần 2"))} == {"draft"}


def test_a_letter_and_a_proposal_say_to_whom() -> None:
    assert {field for field, _ in objections(replace(letter(), addressees=()))} == {"addressees"}


def test_minutes_are_signed_by_who_wrote_them_and_who_was_in_the_chair() -> None:
    assert {field for field, _ in objections(replace(minutes(), signatures=minutes().signatures[:1]))} == {
        "signatures"
    }


def test_a_form_has_a_title_of_its_own() -> None:
    assert {field for field, _ in objections(replace(commitment(), title=""))} == {"title"}


def test_a_chief_and_a_deputy_of_an_office_sign_in_their_own_way() -> None:
    chief = Signature(SignAuthority.DIRECT, "", "Chánh Văn phòng", "Phạm Đức Hậu")
    deputy = Signature(SignAuthority.FOR, "Chánh Văn phòng", "Phó Chánh Văn phòng", "Ngô Thị Ngà")
    assert objections(report(signatures=(chief,))) == set()
    assert objections(report(signatures=(deputy,))) == set()
    assert printed(report(signatures=(chief,))).signatures[0].head == "CHÁNH VĂN PHÒNG"
    assert printed(report(signatures=(deputy,))).signatures[0].head == "K/T CHÁNH VĂN PHÒNG"


# ------------------------------------------------------------------------------------------------ the words


def lines_of(*blocks: Block) -> list[str]:
    return [piece.text for piece in printed(report(body=blocks)).body if hasattr(piece, "text")]


def test_headings_are_counted_and_begin_again_under_each_higher_one() -> None:
    assert lines_of(
        Heading("kết quả"), Heading("lãnh đạo", 2), Heading("tư tưởng", 3), Heading("tổ chức", 3), Heading("kiểm tra", 2),
        Heading("hạn chế"), Heading("chậm", 2),
    ) == ["I. KẾT QUẢ", "1. lãnh đạo", "a) tư tưởng", "b) tổ chức", "2. kiểm tra", "II. HẠN CHẾ", "1. chậm"]  # fmt: skip


def test_a_heading_keeps_the_number_it_carries_and_counting_goes_on_from_there() -> None:
    assert lines_of(Heading("III. Kết quả"), Heading("Phương hướng"), Heading("4. Kiểm tra", 2), Heading("Giám sát", 2)) == [
        "III. KẾT QUẢ", "IV. PHƯƠNG HƯỚNG", "4. Kiểm tra", "5. Giám sát",
    ]  # fmt: skip
    assert lines_of(Heading("5 năm thực hiện", 2), Heading("đ) Về tổ chức", 3), Heading("Về cán bộ", 3)) == [
        "1. 5 năm thực hiện", "đ) Về tổ chức", "e) Về cán bộ",
    ]  # fmt: skip


def test_a_heading_may_stand_without_a_number() -> None:
    assert lines_of(Heading("Điều 1. Phạm vi", 2, counted=False), Heading("Mục", 2)) == ["Điều 1. Phạm vi", "1. Mục"]


def test_lists_carry_their_markers() -> None:
    items = ("một", "hai")
    assert lines_of(Numbered(items)) == ["1. một", "2. hai"]
    assert lines_of(Numbered(items, Marker.LETTER, start=5)) == ["đ) một", "e) hai"]
    assert lines_of(Numbered(items, Marker.DASH)) == ["- một", "- hai"]
    assert lines_of(Numbered(tuple("abcdefghijklmnopqrstuvwxyz"), Marker.LETTER))[22:24] == ["y) w", "aa) x"]


def test_recipients_are_closed_as_the_guidance_of_the_day_wants() -> None:
    assert printed(report()).recipients == ("- Đảng ủy phường,", "- Lưu chi bộ.")
    assert printed(report(issued_on=date(2026, 6, 1))).recipients == ("- Đảng ủy phường;", "- Lưu chi bộ.")
    assert printed(letter()).recipients[0] == "- Như trên,"


def test_a_proposal_is_addressed_with_the_word_of_its_day() -> None:
    proposal = replace(letter(), kind=PaperKind.PROPOSAL, addressees=("Ban Thường vụ Đảng ủy",))
    assert printed(proposal).salutation == "Kính gửi:"
    assert printed(replace(proposal, issued_on=date(2026, 6, 1))).salutation == "Kính trình:"
    assert printed(proposal).addressees == ("Ban Thường vụ Đảng ủy",)


def test_a_letter_has_no_name_of_its_type_and_its_subject_under_the_number() -> None:
    sheet = printed(letter())
    assert (sheet.title, sheet.subject) == ("", "")
    assert sheet.letter_subject == "về việc chuẩn bị nội dung kiểm tra"


def test_annexes_say_to_which_paper_they_belong() -> None:
    sheet = printed(report(annexes=(Annex("Danh sách", ()), Annex("Biểu", ()))))
    assert [annex.label for annex in sheet.annexes] == ["PHỤ LỤC 1", "PHỤ LỤC 2"]
    assert sheet.annexes[0].belongs == "(Kèm theo Báo cáo số 05-BC/CB, ngày 03/02/2026 của Chi bộ Tổ dân phố 5)"


def test_what_no_output_can_carry_is_left_out() -> None:
    sheet = printed(report(subject="a\x00b\x0bc\u202ed\ud800e\ufffe", body=(Paragraph("x\r\ny\x07"),)))
    assert sheet.subject == "abcde"
    assert sheet.body[0].text == "x\ny"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Table((), ()),
        lambda: Table((Column("a"),), (("1", "2"),)),
        lambda: Table((Column("a"),), (("1",),), total=("1", "2")),
        lambda: Column("a", 0),
        lambda: Heading("a", 4),
    ],
)
def test_a_block_that_cannot_be_printed_cannot_be_made(make: object) -> None:
    with pytest.raises(ValueError, match=r".*"):
        make()  # type: ignore[operator]


# ------------------------------------------------------------------------------------------------ the file


def opened(document: Document, layout: LayoutRules | None = None) -> docx.document.Document:
    return docx.Document(BytesIO(docx_of(document, layout)))


def texts_of(file: docx.document.Document) -> list[str]:
    found = []
    for item in file.iter_inner_content():
        if isinstance(item, docx.table.Table):
            found += [p.text for row in item.rows for cell in row.cells for p in cell.paragraphs]
        else:
            found.append(item.text)
    return found


def test_the_file_has_the_page_and_letters_of_the_guidance() -> None:
    file = opened(report())
    section = file.sections[0]
    assert round(section.page_width.mm), round(section.page_height.mm) == (210, 297)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    normal = file.styles["Normal"]
    assert (normal.font.name, normal.font.size) == ("Times New Roman", Pt(14))
    assert {value for key, value in normal.element.rPr.rFonts.attrib.items() if "heme" not in key} == {
        "Times New Roman"
    }
    body = file.styles["Body Text"].paragraph_format
    assert (body.line_spacing, body.space_before, round(body.first_line_indent.mm)) == (Pt(18), Pt(6), 10)


def test_the_file_says_what_it_is() -> None:
    properties = opened(report()).core_properties
    assert properties.title == "BÁO CÁO 05-BC/CB tình hình sinh hoạt chi bộ tháng 02 năm 2026"
    assert (properties.author, properties.language) == ("CHI BỘ TỔ DÂN PHỐ 5", "vi-VN")
    assert properties.created.date() == date(2026, 2, 3)
    assert 'w:lang w:val="vi-VN"' in opened(report()).styles.element.xml


def test_the_head_of_the_file_is_two_columns_without_lines() -> None:
    left, right = opened(report()).tables[0].rows[0].cells
    assert [(p.text, p.runs[0].font.size.pt, bool(p.runs[0].bold)) for p in left.paragraphs] == [
        ("ĐẢNG ỦY PHƯỜNG SAO MAI", 14, False),
        ("CHI BỘ TỔ DÂN PHỐ 5", 14, True),
        ("*", 14, False),
        ("Số 05-BC/CB", 14, False),
    ]
    title, rule, place = right.paragraphs
    assert (title.text, title.runs[0].font.size.pt, title.runs[0].bold) == ("ĐẢNG CỘNG SẢN VIỆT NAM", 15, True)
    assert (rule.text, "w:bottom" in rule._p.xml) == ("", True)
    assert (place.text, place.runs[0].italic) == ("Sao Mai, ngày 03 tháng 02 năm 2026", True)
    assert {p.alignment for p in (*left.paragraphs, title, place)} == {WD_ALIGN_PARAGRAPH.CENTER}
    assert "tblBorders" not in opened(report()).tables[0]._tbl.xml


def test_the_name_of_the_type_and_the_subject_are_bold_and_centred() -> None:
    paragraphs = {p.text: p for p in opened(report()).paragraphs}
    kind, subject = paragraphs["BÁO CÁO"], paragraphs["tình hình sinh hoạt chi bộ tháng 02 năm 2026"]
    assert (kind.runs[0].font.size.pt, kind.runs[0].bold, kind.alignment) == (16, True, WD_ALIGN_PARAGRAPH.CENTER)
    assert (subject.runs[0].font.size.pt, subject.runs[0].bold) == (14, True)
    assert "-----" in paragraphs
    assert paragraphs["I. TÌNH HÌNH"].style.name == "Heading 1"


def test_a_place_too_long_for_the_column_breaks_before_the_date() -> None:
    right = opened(report(place="Phường Nguyễn Trung Trực")).tables[0].rows[0].cells[1]
    assert right.paragraphs[2].text == "Phường Nguyễn Trung Trực,\nngày 03 tháng 02 năm 2026"


def test_room_is_made_by_properties_and_not_by_empty_paragraphs() -> None:
    assert all(p.text.strip() for p in opened(report()).paragraphs)
    name = opened(report()).tables[-1].rows[0].cells[1].paragraphs[-1]
    assert (name.text, name.paragraph_format.space_before.pt) == ("Trần Quốc Vượng", 90)


def test_the_page_number_stands_on_top_from_the_second_page() -> None:
    section = opened(report()).sections[0]
    assert section.different_first_page_header_footer
    assert not any(p.text for p in section.first_page_header.paragraphs)
    header = section.header.paragraphs[0]
    assert 'w:instr="PAGE"' in header._p.xml
    assert header.alignment == WD_ALIGN_PARAGRAPH.CENTER


def test_a_table_has_lines_and_repeats_its_heading() -> None:
    table = opened(report(body=(member_table(3),))).tables[1]
    assert table.style.name == "Table Grid"
    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert [cell.text for cell in table.rows[-1].cells] == ["", "Tổng cộng", "3"]
    widths = [round(cell.width.mm) for cell in table.rows[0].cells]
    assert widths == [27, 110, 27]


def test_a_page_break_and_an_annex_begin_a_new_page() -> None:
    file = opened(report(body=(Paragraph("một"), PageBreak(), Paragraph("hai")), annexes=(Annex("Danh sách", ()),)))
    paragraphs = {p.text: p for p in file.paragraphs}
    assert paragraphs["hai"].paragraph_format.page_break_before
    assert paragraphs["PHỤ LỤC"].paragraph_format.page_break_before
    assert not paragraphs["một"].paragraph_format.page_break_before


def test_runs_keep_their_letters() -> None:
    body = (
        Paragraph((Run("Đậm ", bold=True), Run("nghiêng", italic=True), Run(" thường"))),
        Note("Ghi chú: số liệu 30/9."),
    )
    file = opened(report(body=body))
    runs = next(p for p in file.paragraphs if p.text == "Đậm nghiêng thường").runs
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in runs] == [
        ("Đậm ", True, False), ("nghiêng", False, True), (" thường", False, False),
    ]  # fmt: skip


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
@pytest.mark.parametrize("output", [docx_of, pdf_of], ids=["docx", "pdf"])
def test_the_same_paper_gives_the_same_bytes(paper: object, output: object) -> None:
    document = paper()  # type: ignore[operator]
    assert output(document) == output(document)  # type: ignore[operator]


def test_an_office_may_print_another_value() -> None:
    larger = replace(HD05, body_pt=15, margin_right_mm=20)
    file = opened(report(), larger)
    assert file.styles["Body Text"].font.size == Pt(15)
    assert round(file.sections[0].right_margin.mm) == 20
    assert pdf_of(report(), larger) != pdf_of(report())


# ------------------------------------------------------------------------------------------------ the zones


@dataclass(frozen=True)
class Spot:
    """Where a text stands on a page: shares of its width and height, from the left and from the top."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


def spot(pdf: bytes, words: str) -> Spot:
    """The first place where ``words`` stand, in any page."""
    file = pypdfium2.PdfDocument(pdf)
    for number in range(len(file)):
        page = file[number]
        width, height = page.get_size()
        text = page.get_textpage()
        found = text.search(words, match_case=True).get_next()
        if found:
            boxes = [text.get_charbox(found[0] + at) for at in range(found[1])]
            boxes = [box for box in boxes if box[2] > box[0]]
            left, bottom = min(b[0] for b in boxes), min(b[1] for b in boxes)
            right, top = max(b[2] for b in boxes), max(b[3] for b in boxes)
            return Spot(number, left / width, 1 - top / height, right / width, 1 - bottom / height)
    raise AssertionError(words)


def text_of(pdf: bytes) -> str:
    file = pypdfium2.PdfDocument(pdf)
    pages = [file[at].get_textpage().get_text_bounded() for at in range(len(file))]
    return " ".join("\n".join(pages).replace("\u200b", "").split())


def rows_of_ink(pdf: bytes, page: int = 0) -> tuple[list[bytes], int]:
    """The page as grey rows at 72 dpi, and its width: what a printer would put on paper."""
    bitmap = pypdfium2.PdfDocument(pdf)[page].render(scale=1, grayscale=True)
    raw = bytes(bitmap.buffer)
    assert bitmap.n_channels == 1
    return [raw[y * bitmap.stride : y * bitmap.stride + bitmap.width] for y in range(bitmap.height)], bitmap.width


def write_png(rows: Iterable[bytes], width: int, path: Path) -> None:
    """For the eyes of whoever runs the tests: the page as a picture in pytest's folder."""
    raw = b"".join(b"\0" + row for row in rows)

    def part(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, len(raw) // (width + 1), 8, 0, 0, 0, 0)
    body = part(b"IHDR", head) + part(b"IDAT", zlib.compress(raw)) + part(b"IEND", b"")
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + body)


@pytest.fixture(params=["typst", "libreoffice"], scope="session")
def pdf_by(request: pytest.FixtureRequest):
    """A paper as PDF, made both ways; LibreOffice opens what the office would open."""
    if request.param == "typst":
        return pdf_of
    convert = request.getfixturevalue("office")
    return lambda document: convert(docx_of(document))


def test_the_zones_of_a_report(pdf_by, tmp_path: Path) -> None:
    pdf = pdf_by(report())
    for words in ("ĐẢNG ỦY PHƯỜNG SAO MAI", "CHI BỘ TỔ DÂN PHỐ 5", "Số 05-BC/CB"):
        here = spot(pdf, words)
        assert here.right < 0.52, words
        assert here.bottom < 0.25, words
    party, place = spot(pdf, "ĐẢNG CỘNG SẢN VIỆT NAM"), spot(pdf, "ngày 03 tháng 02 năm 2026")
    assert party.left > 0.5
    assert party.bottom < place.top < 0.2
    assert party.top < 0.12
    kind, subject = spot(pdf, "BÁO CÁO"), spot(pdf, "tình hình sinh hoạt chi bộ")
    middle = (30 + 165 / 2) / 210
    assert kind.centre == pytest.approx(middle, abs=0.01)
    assert subject.top > kind.top > spot(pdf, "Số 05-BC/CB").bottom
    body = spot(pdf, "Thu đảng phí.")
    signed, name = spot(pdf, "T/M CHI ỦY"), spot(pdf, "Trần Quốc Vượng")
    assert signed.left > 0.5
    assert name.left > 0.5
    assert body.bottom < signed.top < spot(pdf, "BÍ THƯ").top < name.top
    assert name.top - signed.bottom > 5 * 18 / 842
    recipients = spot(pdf, "Nơi nhận:")
    assert recipients.right < 0.5
    assert recipients.top > body.bottom
    assert len(pypdfium2.PdfDocument(pdf)) == 1
    rows, width = rows_of_ink(pdf)
    write_png(rows, width, tmp_path / "report.png")
    right_margin = [row[int(width * 196 / 210) :] for row in rows]
    left_margin = [row[: int(width * 29 / 210)] for row in rows]
    assert all(min(row) > 200 for row in (*left_margin, *right_margin)), "ink in the margins"


def line_under_the_title(pdf: bytes) -> tuple[int, float]:
    """How long the line under the title is, and the title itself, in points."""
    title = spot(pdf, "ĐẢNG CỘNG SẢN VIỆT NAM")
    rows, width = rows_of_ink(pdf)
    assert (title.bottom - title.top) * len(rows) < 1.5 * layout_of(report()).title_pt, "the title stands on one line"
    below = rows[int(title.bottom * len(rows)) - 1 : int(title.bottom * len(rows)) + 14]
    return max(sum(1 for grey in row[width // 2 :] if grey < 200) for row in below), (
        title.right - title.left
    ) * width


def test_a_solid_line_as_long_as_the_title_stands_under_it(office) -> None:
    line, title = line_under_the_title(pdf_of(report()))
    assert line == pytest.approx(title, rel=0.05)
    line, _ = line_under_the_title(office(docx_of(report())))  # in whichever font stands in for Times here
    assert line == pytest.approx(layout_of(report()).title_line_pt, rel=0.05)


def test_the_zones_of_minutes_and_of_a_members_form(pdf_by) -> None:
    for document, left, right in (
        (minutes(), "NGƯỜI GHI BIÊN BẢN", "CHỦ TRÌ"),
        (commitment(), "XÁC NHẬN CỦA CHI BỘ", "NGƯỜI CAM KẾT"),
    ):
        pdf = pdf_by(document)
        assert spot(pdf, left).right < 0.56
        assert spot(pdf, right).left > 0.56
        assert spot(pdf, left).top == pytest.approx(spot(pdf, right).top, abs=0.01)
        assert spot(pdf, "Trần Quốc Vượng").top == pytest.approx(
            spot(pdf, "Lê Thị Hường" if document.kind is PaperKind.MINUTES else "Nguyễn Phước").top, abs=0.01
        )
    assert "ngày" not in text_of(pdf_by(minutes())).split("BIÊN BẢN")[0]


def test_the_zones_of_a_letter(pdf_by) -> None:
    pdf = pdf_by(letter())
    assert "CÔNG VĂN" not in text_of(pdf)
    subject = spot(pdf, "về việc chuẩn bị")
    assert subject.right < 0.52
    assert spot(pdf, "Số 101-CV/ĐU").bottom < subject.bottom
    assert subject.bottom < spot(pdf, "Kính gửi:").top < spot(pdf, "Thực hiện Kế hoạch").top


def test_three_who_sign_stand_side_by_side(pdf_by) -> None:
    count = minutes().signatures
    third = Signature(SignAuthority.ON_BEHALF, "đoàn chủ tịch", "", "Ngô Thị Ngà")
    pdf = pdf_by(replace(minutes(), signatures=(*count, third), recipients=("Lưu chi bộ",)))
    names = [spot(pdf, name) for name in ("Lê Thị Hường", "Trần Quốc Vượng", "Ngô Thị Ngà")]
    assert names[0].right < names[1].left < names[1].right < names[2].left
    assert spot(pdf, "Nơi nhận:").top > names[0].bottom


def test_a_table_of_forty_rows_runs_over_pages_and_repeats_its_heading(pdf_by) -> None:
    pdf = pdf_by(report(body=(member_table(40), Paragraph("Hết."))))
    pages = pypdfium2.PdfDocument(pdf)
    assert 2 <= len(pages) <= 3
    texts = [pages[at].get_textpage().get_text_bounded() for at in range(len(pages))]
    assert all("Họ và tên" in text for text in texts[:2])
    assert all(f"Diệp Anh {n}" in text_of(pdf) for n in range(1, 41))
    number = spot_of_number(pages[1])
    assert number.centre == pytest.approx((30 + 165 / 2) / 210, abs=0.01)
    assert number.top < 20 / 297
    assert not texts[0].lstrip().startswith("1\n")


def spot_of_number(page: pypdfium2.PdfPage) -> Spot:
    text = page.get_textpage()
    width, height = page.get_size()
    found = [
        text.get_charbox(at) for at in range(text.count_chars()) if text.get_charbox(at)[1] > height * (1 - 18 / 297)
    ]
    found = [box for box in found if box[2] > box[0]]
    assert len(found) == 1, "one digit in the top margin"
    left, bottom, right, top = found[0]
    return Spot(1, left / width, 1 - top / height, right / width, 1 - bottom / height)


def test_who_signs_never_stands_alone_on_a_page(pdf_by) -> None:
    for lines in range(18, 22):
        pdf = pdf_by(report(body=tuple(Paragraph(f"Dòng {n}.") for n in range(1, lines + 1))))
        assert spot(pdf, f"Dòng {lines}.").page == spot(pdf, "Trần Quốc Vượng").page


def test_a_long_subject_and_long_words_stay_on_the_sheet(pdf_by) -> None:
    word = "Nguyễnphướchoàngbảongọcdiệpanhtônnữ" * 2
    narrow = Table((Column("Họ và tên"), Column("a", 6)), ((word, "x"),))
    pdf = pdf_by(report(subject=f"{LONG} {LONG}", superior="Đảng ủy " * 12, body=(Paragraph(word * 3), narrow)))
    rows, width = rows_of_ink(pdf)
    assert all(min(row[int(width * 196 / 210) :]) > 200 for row in rows)
    assert spot(pdf, "BÁO CÁO").centre == pytest.approx(0.536, abs=0.01)


# ------------------------------------------------------------------------------------------------ what people type

TRAPS = (
    "#eval(1)",
    "*đậm* _x_",
    "<script>alert(1)</script>",
    "{{ 7|add:1 }}{% now %}",
    "$x^2$ \\ @ref [a] `b`",
    "&amp; \"'",
    "= a --- ~",
)


def trapped(trap: str) -> Document:
    """The trap in every text field."""
    return Document(
        superior=trap, issuer=trap, kind=PaperKind.PROPOSAL, subject=trap, symbol=Symbol(5, "TTr", trap), place=trap,
        issued_on=date(2026, 6, 1), recipients=(trap, "Lưu"), addressees=(trap,), title=trap, draft=trap,
        signatures=(Signature(SignAuthority.ON_BEHALF, trap, trap, trap),),
        body=(
            Heading(trap), Paragraph(trap), Paragraph((Run(trap, bold=True),)), Numbered((trap,)), Note(trap),
            Table((Column(trap),), ((trap,),), trap, (trap,)),
        ),
        annexes=(Annex(trap, (Paragraph(trap),)),),
    )  # fmt: skip


UPPER, AS_TYPED = 6, 15
"""superior, issuer, title, body and position of who signs, heading of level 1; then every other field."""


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


@pytest.mark.parametrize("trap", TRAPS)
def test_typed_markup_stands_as_typed_in_the_pdf(trap: str) -> None:
    text = squeezed(text_of(pdf_of(trapped(trap))))
    assert text.count(squeezed(trap)) >= (AS_TYPED if trap.upper() != trap else AS_TYPED + UPPER)
    assert text.count(squeezed(trap.upper())) >= UPPER


@pytest.mark.parametrize("trap", TRAPS)
def test_typed_markup_stands_as_typed_in_the_file(trap: str) -> None:
    texts = "\n".join(texts_of(opened(trapped(trap))))
    assert texts.count(trap) >= AS_TYPED - 1
    assert texts.count(trap.upper()) >= UPPER


def test_typed_markup_stands_as_typed_in_libreoffice(office) -> None:
    text = squeezed(text_of(office(docx_of(trapped(" ".join(TRAPS[:4]))))))
    assert squeezed(TRAPS[2]) in text
    assert squeezed(TRAPS[3]) in text


@pytest.mark.parametrize("trap", TRAPS)
def test_typed_markup_stands_as_typed_in_the_preview(trap: str) -> None:
    from html import unescape

    html = html_of(trapped(trap))
    assert "<script" not in html.lower()
    words = unescape(re.sub(r"<[^>]*>", " ", html))
    assert words.count(trap) >= AS_TYPED - 1
    assert words.count(trap.upper()) >= UPPER


# ------------------------------------------------------------------------------------------------ preview and letters


@pytest.mark.parametrize("paper", PAPERS.values(), ids=PAPERS)
def test_the_preview_has_classes_only(paper: object) -> None:
    html = html_of(paper())  # type: ignore[operator]
    assert html.startswith('<article class="paper"')
    assert " style=" not in html
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in html
    css = (ROOT / "chibo/papers/static/papers/paper.css").read_text()
    used = {name for names in re.findall(r'class="([^"]+)"', html) for name in names.split()}
    without = {
        "paper-text",
        "paper-justify",
        "paper-symbol",
        "paper-mark",
        "paper-position",
        "paper-foot",
        "paper-superior",
    }
    assert {name for name in used - without if f".{name}" not in css} <= {
        "paper-heading-1",
        "paper-heading-2",
        "paper-heading-3",
    }


def test_the_preview_shows_tables_with_their_heads() -> None:
    html = html_of(report(body=(member_table(2),)))
    assert html.count("<tr>") == 4
    assert '<th scope="col">Họ và tên</th>' in html
    assert '<col class="paper-w-65">' in html
    assert '<td class="paper-right">94,1</td>' in html


ALPHABET = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"


def test_the_font_that_typst_brings_is_always_there() -> None:
    assert fonts_for("Times New Roman")[-1] == fonts_for("No Such Font")[-1] == FONTS[-1]


@pytest.mark.parametrize("font", fonts_for("Times New Roman"))
def test_every_vietnamese_letter_has_a_shape_of_its_own(font: str) -> None:
    letters = [letter for small in ALPHABET for letter in (small, small.upper())]
    source = (
        f'#set page(width: 40pt, height: 40pt, margin: 4pt)\n#set text(font: "{font}", size: 24pt, fallback: false)\n'
    )
    pages = typst.compile((source + "#pagebreak()\n".join(f"{letter}\n" for letter in [*letters, "\u0378"])).encode())
    file = pypdfium2.PdfDocument(pages)
    pictures = [bytes(file[at].render(scale=2, grayscale=True).buffer) for at in range(len(file))]
    assert len(pictures) == len(letters) + 1
    assert len(set(pictures)) == len(pictures), "two letters look alike: one of them has no shape"
