"""Charts in a paper: all three outputs draw them, say them in words, and leave the numbers to the table beneath."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from docx import Document as Word

from chibo.papers.rules import (
    HD05,
    Chart,
    Column,
    Document,
    Drawing,
    Mark,
    Panel,
    PaperKind,
    Paragraph,
    Signature,
    SignAuthority,
    Table,
    printed,
)
from chibo.papers.selectors import docx_of, html_of, pdf_of
from chibo.papers.selectors.pdf import picture_of
from chibo.papers.selectors.uploads import lines_of_upload

NASTY = '#panic() <b>Phát thanh</b> "loa" & $x$ ẵ'
BARS = Panel("Buổi phát thanh", (Mark("2024", 30, "30"), Mark("2025", 60, "60")), "buổi")
LINE = Panel("Dự học tập", (Mark("2023", 93, "93"), Mark("2024", None, "–"), Mark("2025", 94, "94")), "%",
             Drawing.LINE, 100)  # fmt: skip
TABLE = Table((Column("Năm"), Column("Số")), (("2024", "30"), ("2025", "60")), "Kết quả qua từng năm")


def paper(*body: Chart | Table | Paragraph) -> Document:
    return Document(
        superior="ĐẢNG BỘ TỈNH", issuer="ĐẢNG ỦY PHƯỜNG", kind=PaperKind.REPORT, subject="kết quả", body=body,
        issued_on=date(2026, 6, 1), signatures=(Signature(SignAuthority.ON_BEHALF, "ĐẢNG ỦY", "BÍ THƯ", "Lê A"),),
    )  # fmt: skip


def test_a_mark_is_measured_against_the_fullest_or_the_given_top() -> None:
    assert BARS.shares() == (0.5, 1)
    assert LINE.shares() == (0.93, None, 0.94)
    assert Panel("", (Mark("a", 0, "0"), Mark("b", -3, "-3"))).shares() == (0, 0)


def test_a_panel_is_empty_where_nothing_was_done() -> None:
    assert Panel("", ()).is_empty
    assert Panel("", (Mark("2024", 0, "0"), Mark("2025", None, "–"))).is_empty
    assert not BARS.is_empty


def test_a_chart_says_all_its_numbers_in_words_with_their_units() -> None:
    told = Chart("Kết quả", (BARS, LINE, Panel("Băng rôn", ()))).told
    assert told == (
        "Kết quả. Buổi phát thanh (buổi): 2024: 30; 2025: 60. Dự học tập (%): 2023: 93; 2024: chưa có; 2025: 94. "
        "Băng rôn: chưa có số liệu."
    )


def test_charts_are_counted_and_lose_what_no_output_can_carry() -> None:
    first, table, second = printed(paper(Chart("A\x07", (BARS,)), TABLE, Chart("B", (LINE,)))).body
    assert isinstance(first, Chart)
    assert isinstance(second, Chart)
    assert (first.title, second.title) == ("Biểu đồ 1. A", "Biểu đồ 2. B")
    assert isinstance(table, Table)


def test_the_word_file_holds_a_picture_that_says_its_numbers_and_links_nowhere() -> None:
    made = docx_of(paper(Paragraph("Trước."), Chart("Theo năm", (BARS, LINE)), TABLE))
    file = Word(BytesIO(made))
    (picture,) = file.inline_shapes
    said = picture._inline.docPr.get("descr")
    assert said == printed(paper(Chart("Theo năm", (BARS, LINE)))).body[0].told  # type: ignore[union-attr]
    assert picture.width == round(HD05.text_width_mm * 36000)
    with ZipFile(BytesIO(made)) as archive:
        media = [name for name in archive.namelist() if "/media/" in name]
        assert [archive.read(name)[:4] for name in media] == [b"\x89PNG"]
        assert not any(b'TargetMode="External"' in archive.read(n) for n in archive.namelist() if n.endswith(".rels"))
    words = [p.text for p in file.paragraphs]
    assert words.index("Biểu đồ 1. Theo năm") < words.index("Kết quả qua từng năm")
    assert made == docx_of(paper(Paragraph("Trước."), Chart("Theo năm", (BARS, LINE)), TABLE))


def test_a_file_with_charts_that_comes_back_is_read_line_by_line() -> None:
    made = docx_of(paper(Chart("Theo năm", (BARS,)), TABLE))
    read = [line.text for line in lines_of_upload(ContentFile(made, name="a.docx"), strict=True)]
    assert "Biểu đồ 1. Theo năm" in read
    assert "60" in read


def test_the_pdf_draws_the_chart_as_letters_and_lines_and_says_it() -> None:
    made = pdf_of(paper(Chart("Theo năm", (BARS, LINE)), TABLE))
    with pypdfium2.PdfDocument(made) as file:
        words = file[0].get_textpage().get_text_bounded()
        kinds = {thing.type for thing in file[0].get_objects()}
    assert "Buổi phát thanh (buổi)" in words
    assert "Biểu đồ 1. Theo năm" in words
    assert pypdfium2.raw.FPDF_PAGEOBJ_IMAGE not in kinds
    assert pypdfium2.raw.FPDF_PAGEOBJ_PATH in kinds


def test_the_preview_shows_the_charts_of_the_pages_above_the_table() -> None:
    html = html_of(paper(Chart(NASTY, (BARS, LINE)), TABLE))
    assert html.index("line-chart") < html.index("Kết quả qua từng năm")
    assert 'class="bars"' in html
    assert "<b>Phát" not in html
    assert "style=" not in html


@pytest.mark.parametrize("panels", [
    (), (Panel("Không có", ()),), (Panel("Một", (Mark("2025", 5, "5"),)),),
    (Panel("Một điểm", (Mark("2025", 5, "5"),), drawing=Drawing.LINE),),
    (Panel("Không ai", (Mark("2025", None, "–"),), drawing=Drawing.LINE),),
    (Panel(NASTY, tuple(Mark(f"{NASTY} {n}", n, NASTY) for n in range(30)), NASTY),),
    (Panel(NASTY, tuple(Mark(f"T{n}", n, str(n)) for n in range(60)), drawing=Drawing.LINE),),
])  # fmt: skip
def test_no_value_one_value_and_many_break_no_output(panels: tuple[Panel, ...]) -> None:
    document = paper(Chart("Biểu", panels), TABLE)
    assert pdf_of(document).startswith(b"%PDF")
    assert "Biểu đồ 1. Biểu" in html_of(document)
    assert len(Word(BytesIO(docx_of(document))).inline_shapes) == (1 if panels else 0)


def test_the_picture_is_black_and_grey() -> None:
    with pypdfium2.PdfDocument(pdf_of(paper(Chart("Theo năm", (BARS,))))) as file:
        pixels = file[0].render(scale=1).to_numpy()
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() < 8
    assert picture_of(Chart("Theo năm", (BARS,)), HD05).startswith(b"\x89PNG")
