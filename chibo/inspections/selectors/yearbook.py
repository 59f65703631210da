"""The yearly programme as an official paper."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from chibo.inspections.models import ProgrammeLine, YearProgramme
from chibo.inspections.rules import regulation_on
from chibo.inspections.rules.programmes import Change, change_of
from chibo.inspections.selectors.letterheads import letterhead_of, signature_of, who_decides
from chibo.inspections.selectors.programmes import changes_of, looked_words
from chibo.papers.rules import Align, Block, Column, Document, PaperKind, Paragraph, Symbol, Table


@override("vi")
def programme_paper(programme: YearProgramme, on: date, symbol: Symbol | None) -> Document:
    """Chương trình kiểm tra, giám sát năm: one table, a line for each subject."""
    rows = tuple(_row(n, line) for n, line in enumerate(programme.lines.select_related("inspected", "member"), 1))
    body: list[Block] = [
        Paragraph(f"Căn cứ {regulation_on(on)} về công tác kiểm tra, giám sát, kỷ luật của Đảng; nhiệm vụ năm {programme.year}:"),
        Table(_COLUMNS, rows) if rows else Paragraph("Chưa có nội dung."),
    ]  # fmt: skip
    return _paper(programme, on, symbol, f"kiểm tra, giám sát năm {programme.year}", body)


@override("vi")
def amendment_paper(programme: YearProgramme, on: date, symbol: Symbol | None) -> Document:
    """What is added, moved and left out of an adopted programme, each with its reason."""
    rows = tuple((*_row(n, line), _said(line)) for n, line in enumerate(changes_of(programme), 1))
    was = programme.paper
    named = f" số {was.symbol} ngày {programme.adopted_on:%d/%m/%Y}" if was else ""
    who = who_decides(programme.unit, programme.body, on)
    body: list[Block] = [
        Paragraph(f"Căn cứ {regulation_on(on)} về công tác kiểm tra, giám sát, kỷ luật của Đảng; {who} điều chỉnh, bổ sung Chương trình kiểm tra, giám sát năm {programme.year}{named} như sau:"),
        Table((*_COLUMNS, Column("Điều chỉnh", 2.4)), rows) if rows else Paragraph("Chưa có điều chỉnh."),
        Paragraph("Các nội dung khác giữ nguyên."),
    ]  # fmt: skip
    about = f"điều chỉnh, bổ sung Chương trình kiểm tra, giám sát năm {programme.year}"
    return _paper(programme, on, symbol, about, body)


_COLUMNS = (
    Column("TT", 0.85, Align.CENTER), Column("Đối tượng", 1.9), Column("Hình thức, nội dung", 3.1),
    Column("Thời gian được xem", 1.5), Column("Tháng", 1.4, Align.CENTER), Column("Phụ trách", 1.5),
)  # fmt: skip
"""So wide that no word of a heading breaks in Word, nor beside the column of changes."""


def _row(number: int, line: ProgrammeLine) -> tuple[str, ...]:
    return (
        str(number), str(line), f"{line.get_form_display()}: {line.content}", looked_words(line.looked_first, line.looked_last),
        f"{line.month:02}", line.charged,
    )  # fmt: skip


def _said(line: ProgrammeLine) -> str:
    change = change_of(moved_from=line.moved_from, left_out=line.left_out)
    if change == Change.ADDED:
        return "Bổ sung"
    said = "Thôi tiến hành" if change == Change.LEFT_OUT else f"Chuyển từ tháng {line.moved_from:02}"
    return f"{said}: {line.adjusted_why}"


def _paper(programme: YearProgramme, on: date, symbol: Symbol | None, about: str, body: list[Block]) -> Document:
    head = letterhead_of(programme.unit, programme.body, on)
    return Document(
        superior=head.superior,
        issuer=head.issuer,
        kind=PaperKind.PROGRAMME,
        subject=about,
        body=tuple(body),
        signatures=(signature_of(programme.unit, programme.body, on),),
        symbol=symbol,
        place=head.place,
        issued_on=on,
        recipients=("Cấp ủy cấp trên", "Các đồng chí cấp ủy", "Lưu hồ sơ"),
        draft="" if symbol else "Dự thảo",
    )
