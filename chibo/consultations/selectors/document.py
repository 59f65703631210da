"""The result sheet and the slips on paper. Official texts: always Vietnamese (HD 36-HD/VPTW, HD 05-HD/VPTW; rulebook §6)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from chibo.consultations.models import Consultation
from chibo.consultations.selectors import Sheet, sheets_of, turnout_of
from chibo.consultations.selectors.results import Result, results_of
from chibo.consultations.selectors.results import Table as Counts
from chibo.core.slips import in_fours, qr_of
from chibo.core.values import Share
from chibo.papers.rules import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Numbered,
    PaperKind,
    Paragraph,
    Table,
)
from chibo.papers.selectors.letterhead import heads_of, signature_of
from chibo.units.selectors import name_on


def result_sheet(consultation: Consultation) -> Document:
    """Báo cáo tổng hợp ý kiến góp ý: who was asked and answered, counts, themes and opinions, subject by subject; what the
    minimum hides is said to be hidden, with the minimum."""
    unit, day = consultation.unit, consultation.closed_on or consultation.closes_on
    superior, issuer = heads_of(unit, day)
    body: list[Block] = [Heading("Người góp ý"), *_turnout(consultation)]
    for result in results_of(consultation):
        body += [Heading(_titled(result)), *_told(result)]
    return Document(
        superior=superior,
        issuer=issuer,
        kind=PaperKind.REPORT,
        subject=f"Tổng hợp ý kiến: {consultation.title}",
        body=tuple(body),
        signatures=(signature_of(unit, day),),
        place=name_on(unit, day),
        issued_on=consultation.closed_on,
        recipients=("Các tập thể, cá nhân được góp ý", "Lưu văn phòng"),
    )  # fmt: skip


def _turnout(consultation: Consultation) -> Iterator[Block]:
    lines = turnout_of(consultation)
    asked, answered = sum(line.asked for line in lines), sum(line.answered for line in lines)
    rows = tuple(
        (
            str(number),
            line.group.name,
            str(line.asked),
            str(line.answered),
            f"{Share(line.answered, line.asked).percent()} %",
        )
        for number, line in enumerate(lines, 1)
    )
    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Nhóm", 4), Column("Được mời", 1.2, Align.CENTER),
        Column("Đã góp ý", 1.2, Align.CENTER), Column("Tỷ lệ", 1.2, Align.CENTER),
    )  # fmt: skip
    yield Paragraph(
        f"Từ ngày {consultation.opens_on:%d/%m/%Y} đến ngày {consultation.closes_on:%d/%m/%Y}, mời {asked} người, thu về {answered} phiếu."
        f" Phiếu không ghi tên; nhóm có dưới {consultation.least} phiếu không công bố riêng."
    )
    yield Table(columns, rows, total=("", "Cộng", str(asked), str(answered), f"{Share(answered, asked).percent()} %"))


def _titled(result: Result) -> str:
    post = f", {result.subject.post}" if result.subject.post else ""
    return f"{result.subject.name}{post}"


def _told(result: Result) -> Iterator[Block]:
    if not result.is_shown:
        yield Paragraph("Chưa đủ số phiếu để công bố.")
        return
    for counts in result.tables:
        yield Paragraph(f"{counts.question.text}:")
        yield _counts(counts)
    if result.themes:
        yield Paragraph("Ý kiến tập trung vào:")
        yield Numbered(tuple(f"{theme.name}: {theme.times} ý kiến" for theme in result.themes))  # type: ignore[attr-defined]
    elif result.opinions:
        yield Paragraph("Các ý kiến:")
        yield Numbered(tuple(" ".join(opinion.text.split()) for opinion in result.opinions))
    if result.subject.reply:
        yield Paragraph(f"Tiếp thu, giải trình: {' '.join(result.subject.reply.split())}")


def _counts(counts: Counts) -> Table:
    columns = (Column("Nhóm", 3), *(Column(head, 1.2, Align.CENTER) for head in counts.heads))
    rows = tuple((str(row.group), *map(str, row.counts)) for row in counts.rows if row.group is not None)
    whole = counts.whole
    total = (
        ("Tất cả", *(f"{n} ({s.percent()} %)" for n, s in zip(whole.counts, whole.shares(), strict=True)))
        if whole
        else ()
    )
    return Table(columns, rows, total=total) if rows else Table(columns, (total,))


# -------------------------------------------------------------------------------------------------- slips


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """A slip as it is printed: group, code in fours, what it asks, and the code that opens it on a telephone."""

    group: str
    code: str
    sheets: list[Sheet]
    qr: SafeString


def slips_to_print(consultation: Consultation, slips: Sequence[tuple[str, str]], address: str) -> list[PrintedSlip]:
    """One for each code just made, in the order in which they were made, which is nobody's."""
    asks = {group.name: sheets_of(consultation, group) for group in consultation.groups.all()}
    return [PrintedSlip(group, in_fours(code), asks[group], qr_of(f"{address}?code={code}")) for group, code in slips]
