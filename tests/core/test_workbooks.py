import csv
import io
import struct
import zipfile
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from unicodedata import normalize

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from chibo.core.vietnamese import Encoding
from chibo.core.workbooks import (
    Cell,
    Column,
    Limits,
    Precision,
    Workbook,
    as_date,
    cell_name,
    find_header,
    read_workbook,
    write_csv,
    write_workbook,
)
from tests.core import workbook_samples as samples

PEOPLE = [
    ["Họ và tên", "Chi bộ"],
    ["Nguyễn Văn An", "Chi bộ Đường sắt"],
    ["Trần Thị Hạnh", "Chi bộ Giếng Đồn"],
    ["Lê Đức Quỳnh", "Chi bộ Xưởng gỗ"],
]


@pytest.fixture
def read(tmp_path: Path):
    def read(content: bytes, name: str = "tệp.xlsx", limits: Limits = Limits()) -> Workbook:  # noqa: B008
        (tmp_path / name).write_bytes(content)
        return read_workbook(tmp_path / name, limits=limits)

    return read


@pytest.fixture
def refusal(read, tmp_path: Path):
    def refusal(content: bytes, limits: Limits = Limits()) -> str:  # noqa: B008
        with pytest.raises(ValidationError) as caught:
            read(content, limits=limits)
        [sentence] = caught.value.messages
        assert sentence.endswith(".")
        assert sentence.count(". ") == 0
        assert [path.name for path in tmp_path.iterdir()] == ["tệp.xlsx"]
        return sentence

    return refusal


def only_rows(workbook: Workbook) -> list[list[Cell]]:
    [sheet] = workbook.sheets
    return sheet.rows


# ------------------------------------------------------------------------------------------- reading


def test_rows_and_columns_keep_the_place_excel_shows(read) -> None:
    book = openpyxl.Workbook()
    book.active["C12"] = "Nguyễn Văn An"
    rows = only_rows(read(samples.saved(book)))
    assert rows[11][2] == "Nguyễn Văn An"
    assert rows[0] == [None, None, None]
    assert cell_name(11, 2) == "C12"


def test_cells_keep_their_kind(read) -> None:
    day, moment = date(1975, 5, 19), datetime(2020, 5, 19, 8, 30)
    [row] = only_rows(read(samples.xlsx([["a", 5, 5.5, True, day, moment, time(8, 30), None, "b"]])))
    assert row == ["a", 5, 5.5, True, day, moment, "08:30:00", None, "b"]
    assert [type(cell) for cell in row[1:4]] == [int, float, bool]


def test_formulas_give_the_value_last_seen_and_nothing_without_one(read) -> None:
    content = samples.xlsx([["=1+1", "=2+3", "x"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").replace(b"<f>2+3</f><v></v>", b"<f>2+3</f><v>5</v>")
    content = samples.with_part(content, "xl/worksheets/sheet1.xml", sheet)
    assert only_rows(read(content)) == [[None, 5, "x"]]


def test_a_merged_title_is_a_row_with_one_value(read) -> None:
    book = openpyxl.Workbook()
    book.active.append(["DANH SÁCH ĐẢNG VIÊN"])
    book.active.merge_cells("A1:C1")
    book.active.append(["TT", "Họ tên", "Ngày sinh"])
    assert only_rows(read(samples.saved(book)))[0] == ["DANH SÁCH ĐẢNG VIÊN", None, None]


def test_hidden_sheets_are_left_out_and_empty_ones_have_no_rows(read) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Trang tính"
    book.create_sheet("Ẩn").sheet_state = "hidden"
    assert [(sheet.name, sheet.rows) for sheet in read(samples.saved(book)).sheets] == [("Trang tính", [])]


def test_text_is_put_in_one_spelling(read) -> None:
    rows = only_rows(read(samples.xlsx([[normalize("NFD", " Đường  Nguyễn "), "dòng một \n dòng  hai", "  "]])))
    assert rows == [["Đường Nguyễn", "dòng một\ndòng hai", None]]


def test_nothing_read_is_neutralised(read) -> None:
    assert only_rows(read(b"a,b\n=1+1,'x\n"))[1] == ["=1+1", "'x"]


@pytest.mark.parametrize(
    ("write", "encoding"),
    [(samples.encode_tcvn3, Encoding.TCVN3), (samples.encode_vni, Encoding.VNI), (str, Encoding.UNICODE)],
)
def test_old_encodings_become_unicode_in_a_workbook(read, write, encoding: Encoding) -> None:
    workbook = read(samples.xlsx([["x"]], [[write(cell) for cell in row] for row in PEOPLE]))
    assert workbook.encoding is encoding
    assert [sheet.encoding for sheet in workbook.sheets] == [Encoding.UNICODE, encoding]
    assert workbook.sheets[1].rows == PEOPLE


def test_a_sheet_of_which_one_column_is_older_than_unicode_becomes_unicode(read) -> None:
    wanted = [
        ["Nguyễn Thị Hồng Ánh", "Trung cấp", "Thị xã Hương Trà, tỉnh Thừa Thiên Huế"],
        ["Đặng Văn Đường", "Cao cấp", "Thừa Đức, Bình Đại"],
        ["Trần Hữu Dương", "Cao cấp", "Phường Ngã Bảy"],
        ["Lê Thị Kim Ngọc Phượng", "Cao cấp", "Xã Tân Thạnh, huyện Giồng Trôm"],
    ]
    sheet = read(samples.xlsx([[name, *map(samples.encode_tcvn3, rest)] for name, *rest in wanted])).sheets[0]
    assert sheet.encoding is Encoding.TCVN3
    assert sheet.rows == wanted


def test_an_xls_is_read_whatever_it_is_called(read) -> None:
    rows = [["Họ và tên", "Năm sinh", "Điểm"], ["Nguyễn Văn An", 1975, 5.5]]
    assert only_rows(read(samples.xls(rows), "danh sách.csv")) == rows
    old = [[samples.encode_tcvn3(cell) for cell in row] for row in PEOPLE]
    assert only_rows(read(samples.xls(old), "danh sách.xls")) == PEOPLE


def as_csv(delimiter: str, rows: list[list[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def in_1258(text: str) -> bytes:
    """As Windows-1258 has it: the tone after its letter, the letter composed."""
    marked = "".join(
        normalize(
            "NFC", "".join(mark for mark in normalize("NFD", letter) if mark not in "\u0300\u0301\u0303\u0309\u0323")
        )
        + "".join(mark for mark in normalize("NFD", letter) if mark in "\u0300\u0301\u0303\u0309\u0323")
        for letter in text
    )
    return marked.encode("cp1258")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("written", "encoding"),
    [
        (lambda text: text.encode(), Encoding.UNICODE),
        (lambda text: text.encode("utf-8-sig"), Encoding.UNICODE),
        (lambda text: text.encode("utf-16"), Encoding.UNICODE),
        (in_1258, Encoding.UNICODE),
        (lambda text: samples.encode_tcvn3(text).encode("cp1252"), Encoding.TCVN3),
        (lambda text: samples.encode_vni(text).encode("cp1252"), Encoding.VNI),
    ],
    ids=["utf-8", "utf-8-sig", "utf-16", "1258", "tcvn3", "vni"],
)
def test_csv_is_read_in_any_encoding_and_with_any_delimiter(read, written, encoding, delimiter: str) -> None:
    workbook = read(written(as_csv(delimiter, PEOPLE)), "danh sách.csv")
    assert only_rows(workbook) == PEOPLE
    assert workbook.encoding is encoding


def test_csv_rows_are_as_wide_as_the_widest_and_may_name_their_delimiter(read) -> None:
    assert only_rows(read(b'sep=|\r\na|b|c\r\n"1,\n2"\r\n')) == [["a", "b", "c"], ["1,\n2", None, None]]


def test_western_csv_stays_western(read) -> None:
    assert only_rows(read("café;déjà vu\nNoël;“où”\n".encode("cp1252"))) == [["café", "déjà vu"], ["Noël", "“où”"]]


# ------------------------------------------------------------------------------------------ refusals


def test_a_locked_workbook_is_refused(refusal) -> None:
    assert "mật khẩu" in refusal(samples.encrypted())
    assert "mật khẩu" in refusal(samples.xls([["x"]], locked=True))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "tệp ảnh"),
        (b"%PDF-1.7\n1 0 obj", "tệp PDF"),
        (b"{\\rtf1 x}", "văn bản Word"),
        (b"<html><table><tr><td>1</table>", "trang web"),
        ("\ufeff  <!DOCTYPE html>".encode(), "trang web"),
        (b"<?xml version='1.0'?><Workbook/>", "trang web"),
        (samples.xls([["x"]], stream="WordDocument"), "văn bản Word"),
        (samples.xls([["x"]], stream="PowerPoint"), "tệp loại khác"),
        (b"MZ\x90\0\x03\0", "tệp loại khác"),
    ],
)
def test_what_is_no_workbook_is_called_by_its_name(refusal, content: bytes, kind: str) -> None:
    assert f"Tệp này là {kind}" in refusal(content)


@pytest.mark.parametrize(("part", "kind"), [("word/document.xml", "văn bản Word"), ("a.txt", "tệp nén")])
def test_other_zip_files_are_called_by_their_name(refusal, part: str, kind: str) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "x")
    assert f"Tệp này là {kind}" in refusal(out.getvalue())


def test_an_empty_file_is_refused(refusal) -> None:
    assert "không có dữ liệu" in refusal(b"")
    assert "không có dữ liệu" in refusal(b" \r\n\r\n")


def test_a_heavy_file_is_refused_unopened(refusal) -> None:
    assert "nặng hơn 20 MB" in refusal(bytes(25 * 1024 * 1024))


def test_a_bomb_is_refused_unpacked(refusal) -> None:
    bomb = samples.bomb()
    assert len(bomb) < 500_000
    assert "giải nén ra quá lớn" in refusal(bomb)
    assert "giải nén ra quá lớn" in refusal(samples.crowded())


def test_a_bomb_that_lies_about_its_size_ends_in_a_refusal(refusal) -> None:
    blanks = b"<worksheet><sheetData>" + b" " * 60_000_000
    honest = samples.with_part(samples.xlsx([["x"]]), "xl/worksheets/sheet1.xml", blanks)
    lying = honest.replace(struct.pack("<I", len(blanks)), struct.pack("<I", 1_000))
    assert lying != honest
    assert "hỏng hoặc chứa quá nhiều" in refusal(lying)


@pytest.mark.parametrize(
    "declaration",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><worksheet>&a;</worksheet>',
        b"<!-- <worksheet> -->" + b" " * 2_000_000 + b"<!doctype x []><worksheet/>",
        '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x []><worksheet/>'.encode("utf-16"),
    ],
    ids=["plain", "far behind a comment", "utf-16"],
)
def test_external_entities_are_refused(refusal, declaration: bytes) -> None:
    content = samples.with_part(samples.xlsx([["x"]]), "xl/worksheets/sheet1.xml", declaration)
    assert "thực thể bên ngoài" in refusal(content)


def test_broken_files_are_refused(refusal) -> None:
    whole = samples.xlsx(PEOPLE)
    assert "hỏng" in refusal(whole[: len(whole) // 2])
    assert "hỏng" in refusal(samples.with_part(whole, "xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row"))
    assert "hỏng" in refusal(samples.xls(PEOPLE)[:1500])


def test_too_many_rows_or_columns_are_refused(refusal) -> None:
    limits = Limits(max_rows=3, max_columns=2)
    for tall in (samples.xlsx(PEOPLE), as_csv(",", PEOPLE).encode()):
        assert "hơn 3 dòng" in refusal(tall, limits)
    for wide in (samples.xlsx([["a", "b", "c"]]), b"a,b,c"):
        assert "3 cột, nhiều hơn mức 2 cột" in refusal(wide, limits)


def test_cells_that_stretch_a_sheet_beyond_memory_are_refused(refusal) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = book.active["XFD1048576"] = 1
    assert "hỏng hoặc chứa quá nhiều" in refusal(samples.saved(book))


def test_one_text_in_very_many_cells_is_refused(refusal) -> None:
    content = samples.xlsx([["x" * 1_000] * 100] * 50)
    assert "giải nén ra quá lớn" in refusal(content, Limits(max_unpacked=1_000_000))


def test_reading_ends_in_time(refusal) -> None:
    assert "quá lâu" in refusal(samples.xlsx(PEOPLE), Limits(seconds=0.001))


def test_a_file_that_is_not_there_is_the_programmers_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_workbook(tmp_path / "không có.xlsx")


# ------------------------------------------------------------------------------------------- headers

WANTED = {
    "name": ["Họ và tên", "Họ tên"],
    "born": ["Ngày sinh", "Ngày tháng năm sinh"],
    "born_man": ["Ngày sinh Nam"],
    "born_woman": ["Ngày sinh Nữ"],
    "home": ["Quê quán"],
}


@pytest.mark.parametrize("rows_before", [0, 1, 7, 28])
def test_a_header_is_found_in_any_row_and_order(rows_before: int) -> None:
    title: list[list[object]] = [["DANH SÁCH", None, None, None]] * rows_before
    header = find_header([*title, ["quê quán:", "TT", None, "HO VA TEN (*)"], ["Hà Nội", 1, None, "An"]], WANTED)
    assert header
    assert header.row == rows_before
    assert header.columns == {"home": 0, "name": 3}
    assert header.unknown == {1: "TT"}


def test_a_header_of_two_rows_is_read_together() -> None:
    rows = [
        ["ĐẢNG BỘ PHƯỜNG", None, None, None, None],
        ["TT", "Họ và tên", "Ngày sinh", None, "Quê quán"],
        [None, None, "Nam", "Nữ", None],
        [1, "An", "1/2/1950", None, "Nam"],
    ]
    header = find_header(rows, WANTED)
    assert header
    assert header.row == 2
    assert header.columns == {"name": 1, "born_man": 2, "born_woman": 3, "home": 4}


def test_sub_headings_may_stand_alone_under_a_common_one() -> None:
    rows = [["Họ tên", "Thông tin", None], [None, "Quê quán", "Ngày sinh (dd/mm/yyyy)"]]
    header = find_header(rows, WANTED)
    assert header
    assert (header.row, header.columns) == (1, {"name": 0, "home": 1, "born": 2})


def test_one_row_is_enough_where_two_say_no_more() -> None:
    header = find_header([["Họ tên", "Ngày sinh"], ["Quê quán", "1950"], ["An", "1951"]], WANTED)
    assert header
    assert header.row == 0


def test_the_row_that_numbers_the_columns_belongs_to_the_header() -> None:
    for numbers in (["(1)", "(2)", "(3)"], [1, 2, 3], ["A", "1", "2", "3"]):
        header = find_header([["TT", "Họ tên", "Quê quán"], numbers, ["1", "An", "Hà Nội"]], WANTED)
        assert header
        assert header.row == 1


def test_a_heading_twice_counts_once() -> None:
    header = find_header([["Họ tên", "Họ và tên", "Quê quán"]], WANTED)
    assert header
    assert header.columns == {"name": 0, "home": 2}
    assert header.unknown == {1: "Họ và tên"}


def test_without_two_known_headings_there_is_no_header() -> None:
    assert find_header([["Họ tên", "Số"], [1, 2]], WANTED) is None
    assert find_header([], WANTED) is None
    assert find_header([[None]] * 30 + [["Họ tên", "Quê quán"]], WANTED) is None
    assert find_header([["Họ tên", "Số"]], {"name": ["Họ tên"]}) is not None


@pytest.mark.parametrize(
    ("row", "col", "name"),
    [(0, 0, "A1"), (11, 2, "C12"), (0, 25, "Z1"), (0, 26, "AA1"), (4, 701, "ZZ5"), (4, 702, "AAA5")],
)
def test_cells_are_named_as_in_excel(row: int, col: int, name: str) -> None:
    assert cell_name(row, col) == name


# --------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("19/05/1990", date(1990, 5, 19)),
        ("9-5-1990", date(1990, 5, 9)),
        ("19.05.90", date(1990, 5, 19)),
        ("19.05.30", date(2030, 5, 19)),
        ("19.05.31", date(1931, 5, 19)),
        (" 19 / 5 / 1990 ", date(1990, 5, 19)),
        ("1990-05-19", date(1990, 5, 19)),
        ("1990-05-19T08:30:00", date(1990, 5, 19)),
        ("19/05/1990 08:30", date(1990, 5, 19)),
        ("Ngày 19 tháng 5 năm 1990", date(1990, 5, 19)),
        (32_994, date(1990, 5, 1)),
        (32_994.75, date(1990, 5, 1)),
        (14_611, date(1940, 1, 1)),
        (date(1990, 5, 19), date(1990, 5, 19)),
        (datetime(1990, 5, 19, 23, 59), date(1990, 5, 19)),
    ],
)
def test_days_are_read(value: object, expected: date) -> None:
    assert as_date(value) == (expected, Precision.DAY)
    assert type(as_date(value)[0]) is date


@pytest.mark.parametrize("value", ["5/1990", "05-1990", "1990-05", "tháng 5/1990", "Tháng 5 năm 1990"])
def test_a_month_stands_on_its_first_day(value: str) -> None:
    assert as_date(value) == (date(1990, 5, 1), Precision.MONTH)


@pytest.mark.parametrize("value", ["1990", 1990, 1990.0, "năm 1990", "//1990"])
def test_a_year_stands_on_its_first_day(value: object) -> None:
    assert as_date(value) == (date(1990, 1, 1), Precision.YEAR)


@pytest.mark.parametrize(
    "value",
    [
        *("31/02/2020", "05/19/1990", "0/5/1990", "5/90", "90", "32994", "1899", "19/5/2101", "19051990"),
        *("1/2/3/1990", "²/5/1990", "mai", "", None, True, 5, 2101, 99_999, 1990.5),
    ],
)
def test_what_is_no_date_is_refused_with_an_example(value: object) -> None:
    with pytest.raises(ValueError, match=r"hãy ghi như 19/05/1990, 05/1990 hoặc 1990") as caught:
        as_date(value)
    assert f"“{'' if value is None else value}”" in str(caught.value)


# ------------------------------------------------------------------------------------------- writing

COLUMNS = [Column("name", "Họ và tên", 30), Column("born", "Ngày sinh"), Column("note", "Ghi chú")]
DANGEROUS = ["=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "http://example.org", "{=1}"]


def test_what_is_written_is_read_back(read) -> None:
    rows = [["Nguyễn Văn An", date(1950, 2, 3), 5], ["Trần Thị Hạnh", None, Decimal("2.5")], ["x", True, 1.5]]
    assert only_rows(read(write_workbook("Đảng viên", COLUMNS, rows))) == [
        ["Họ và tên", "Ngày sinh", "Ghi chú"],
        ["Nguyễn Văn An", date(1950, 2, 3), 5],
        ["Trần Thị Hạnh", None, 2.5],
        ["x", True, 1.5],
    ]


def test_a_written_sheet_looks_like_an_office_table() -> None:
    content = write_workbook("Đảng viên", COLUMNS, [["An", date(1950, 2, 3), ""]], title="Danh sách đảng viên")
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Đảng viên"]
    assert sheet["A1"].value == "Danh sách đảng viên"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A4", "A3:C4")
    assert (sheet["A3"].font.name, sheet["A3"].font.size, sheet["A3"].font.bold) == ("Times New Roman", 12, True)
    assert sheet["A4"].font.name == "Times New Roman"
    assert (sheet["B4"].number_format, sheet["B4"].is_date) == ("dd/mm/yyyy", True)
    assert sheet.column_dimensions["A"].width == pytest.approx(30, abs=1)


def test_no_text_written_becomes_a_formula_or_a_link() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook("=x", [Column("a", "=1+1")], [[x] for x in DANGEROUS])))
    cells = [row[0] for row in book.active.iter_rows()]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.hyperlink is None for cell in cells)
    assert cells[1].value == "=1+1"


def test_values_excel_cannot_hold_are_written_as_text(read) -> None:
    odd = [float("nan"), 10**15, date(1890, 5, 19), datetime(2020, 5, 19, 8, 30, tzinfo=UTC), "x" * 40_000]
    row = only_rows(read(write_workbook("a" * 40 + "[]:*?/\\", COLUMNS, [odd])))[1]
    assert row[:4] == ["nan", str(10**15), "19/05/1890", datetime(2020, 5, 19, 8, 30)]
    assert len(str(row[4])) == 32_767


def test_no_text_of_a_csv_becomes_a_formula() -> None:
    content = write_csv([Column("a", "=1+1"), Column("b", "Số")], [[text, -5] for text in DANGEROUS])
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[0] == ["'=1+1", "Số"]
    assert [text for text, _ in rows[1:]] == [f"'{text}" for text in DANGEROUS[:7]] + DANGEROUS[7:]
    assert {number for _, number in rows[1:]} == {"-5"}


def test_a_csv_shows_dates_as_offices_do() -> None:
    content = write_csv(COLUMNS, [["An", date(1950, 2, 3), datetime(2020, 5, 19, 8, 30)], ["", None, 1.5]])
    assert content.decode("utf-8-sig").splitlines()[1:] == ["An,03/02/1950,19/05/2020 08:30", ",,1.5"]
