"""The yearly programme as an official paper."""

from __future__ import annotations

from datetime import date

from django.utils.translation import override

from chibo.inspections.models import YearProgramme
from chibo.inspections.rules import regulation_on
from chibo.inspections.selectors.letterheads import letterhead_of, signature_of
from chibo.papers.rules import Align, Block, Column, Document, PaperKind, Paragraph, Symbol, Table


@override("vi")
def programme_paper(programme: YearProgramme, on: date, symbol: Symbol | None) -> Document:
    """Chương trình kiểm tra, giám sát năm: one table, a line for each subject."""
    head = letterhead_of(programme.unit, programme.body, on)
    rows = tuple(
        (
            str(n), str(line), line.get_form_display(), line.content, _span(line.looked_first, line.looked_last),
            f"{line.month:02}", line.charged,
        )
        for n, line in enumerate(programme.lines.select_related("inspected", "member"), 1)
    )  # fmt: skip
    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Đối tượng", 2), Column("Hình thức", 1.6), Column("Nội dung", 3),
        Column("Thời gian được xem", 1.6), Column("Tháng", 0.7, Align.CENTER), Column("Phụ trách", 1.4),
    )  # fmt: skip
    body: list[Block] = [
        Paragraph(f"Căn cứ {regulation_on(on)} về công tác kiểm tra, giám sát, kỷ luật của Đảng; nhiệm vụ năm {programme.year}:"),
        Table(columns, rows) if rows else Paragraph("Chưa có nội dung."),
    ]  # fmt: skip
    return Document(
        superior=head.superior,
        issuer=head.issuer,
        kind=PaperKind.PROGRAMME,
        subject=f"kiểm tra, giám sát năm {programme.year}",
        body=tuple(body),
        signatures=(signature_of(programme.unit, programme.body, on),),
        symbol=symbol,
        place=head.place,
        issued_on=on,
        recipients=("Cấp ủy cấp trên", "Các đồng chí cấp ủy", "Lưu hồ sơ"),
        draft="" if symbol else "Dự thảo",
    )


def _span(first: date | None, last: date | None) -> str:
    if first and last and first.year == last.year and (first.month, last.month) == (1, 12):
        return f"năm {first.year}"
    return " – ".join(f"{day:%d/%m/%Y}" for day in (first, last) if day)
