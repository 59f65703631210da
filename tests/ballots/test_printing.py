"""Every sheet of a style is the same sheet, and says which form it is, never which sheet."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium
import pytest

from benchmarks.cases import NAMES, style
from chibo.ballots.coding import Verdict, code_of, verdict_on
from chibo.ballots.layout import layout_of
from chibo.ballots.printing import pdf_of, sheets_to_print
from chibo.ballots.style import Form, Paper, Refused, Style
from tests.ballots.desk import blank_of


def pages(pdf: bytes) -> list[np.ndarray]:
    with pdfium.PdfDocument(pdf) as document:
        return [page.render(scale=2, grayscale=True).to_numpy().copy() for page in document]


@pytest.mark.parametrize("form", Form)
def test_nothing_tells_one_ballot_of_a_style_from_another(form: Form) -> None:
    printed = pdf_of(style(form, 5), 4)
    first, *others = pages(printed)
    assert len(others) == 3
    assert all(np.array_equal(first, other) for other in others)
    with pdfium.PdfDocument(printed) as document:
        words = {page.get_textpage().get_text_range() for page in document}
    assert len(words) == 1


def test_the_same_style_gives_the_same_bytes() -> None:
    assert pdf_of(style(listed=3), 2) == pdf_of(style(listed=3), 2)


def test_header_title_and_names_are_printed_and_the_stamp_has_room() -> None:
    blank = blank_of()
    with pdfium.PdfDocument(blank.pdf) as document:
        words = " ".join(document[0].get_textpage().get_text_range().split())
    for text in ("ĐẢNG CỘNG SẢN VIỆT NAM", "PHIẾU BẦU CỬ", "CHI BỘ TỔ DÂN PHỐ SỐ 5", *NAMES[:5]):
        assert text in words
    assert "gạch ngang cả họ và tên" in words
    stamp = blank.layout.stamp.grown(-1)
    inside = blank.fine[round(stamp.y * 8) : round(stamp.bottom * 8), round(stamp.x * 8) : round(stamp.right * 8)]
    assert inside.min() == 255
    assert stamp.right < blank.layout.width / 2


@pytest.mark.parametrize(
    ("paper", "form", "most"), [("a5", "agree", 12), ("a5", "strike", 11), ("a4", "agree", 42), ("a4", "strike", 42)]
)
def test_long_lists_stand_on_one_sheet_clear_of_the_corner_marks(paper: str, form: str, most: int) -> None:
    names = tuple(f"Nguyễn Hoàng Phương Uyên {n}" for n in range(most))
    made = style(Form(form), most, names=names, paper=Paper(paper), seats=most if form == "agree" else most - 2)
    layout = layout_of(made)
    assert len(layout.rows) == most
    assert layout.table.bottom < layout.tags[2].y - 2
    assert max(row.rect.right for row in layout.rows) <= layout.width - 12
    assert len(pages(pdf_of(made))) == 1
    with pytest.raises(Refused, match="chỉ in được"):
        replace(made, names=(*names, "Người thêm"), seats=made.seats + 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"form": Form.STRIKE, "seats": 3}, "số dư"),
        ({"form": Form.AGREE, "seats": 2}, "số dư"),
        ({"names": ("A", "A", "B")}, "giống hệt nhau"),
        ({"names": ()}, "ít nhất một người"),
        ({"election": "a b"}, "Mã cuộc bầu cử"),
    ],
)  # fmt: skip
def test_a_form_that_the_regulation_does_not_know_is_refused(changes: dict, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        replace(style(listed=3), **changes)


def test_what_people_type_is_printed_not_obeyed() -> None:
    pdf = pdf_of(style(listed=2, office="#pagebreak() *x* $y$ \u202e", issuer='"]'))
    with pdfium.PdfDocument(pdf) as document:
        assert len(document) == 1
        assert "#pagebreak()" in document[0].get_textpage().get_text_range()


def test_the_code_names_the_form_and_its_seal_the_election() -> None:
    ours = style()
    code = code_of(ours)
    assert set(code) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/")
    assert verdict_on(code, ours) is Verdict.OURS
    assert verdict_on(code, replace(ours, letter="B")) is Verdict.OTHER_STYLE
    assert verdict_on(code, replace(ours, names=(*NAMES[:10], "Khác"))) is Verdict.OTHER_STYLE
    assert verdict_on(code, replace(ours, election="2025LB06")) is Verdict.OTHER_ELECTION
    assert verdict_on(code, replace(ours, key="other")) is Verdict.FORGED
    assert verdict_on(None, ours) is verdict_on("chào", ours) is Verdict.UNREADABLE


def test_the_number_of_sheets_is_exact() -> None:
    assert sheets_to_print(27, 2) == 29
    for voters, spare in ((0, 0), (5, -1), (5000, 1)):
        with pytest.raises(Refused, match="phiếu in"):
            sheets_to_print(voters, spare)


def test_a_style_survives_its_file() -> None:
    assert Style.of_json(style().as_json()) == style()
    with pytest.raises(Refused, match="không đọc được"):
        Style.of_json({"names": ["A"], "form": "agree"})
