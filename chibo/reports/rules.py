"""What a report of figures is: facts in, the document of the official layout out; and what keeps it from being issued.

Rulebook §6 for the layout; §3.3 and §7.4 for what such reports state.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.core.values import Objection, gettext_noop
from chibo.papers.rules import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Numbered,
    PaperKind,
    Paragraph,
    Signature,
    SignAuthority,
    Symbol,
    Table,
)
from chibo.papers.rules.documents import Marker


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure as a report states it: code, what it is called, and its text with n/N."""

    code: str
    label: str
    text: str
    part: int
    base: int | None


@dataclass(frozen=True, slots=True)
class CellLine:
    """One line of a table over cells: the cell, and a text for each figure of the table's head."""

    cell: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Short:
    """One shortcoming as a report states it."""

    subject: str
    detail: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who issues the report, above whose signature: all as of the day of issue."""

    superior: str
    issuer: str
    place: str
    on: date
    symbol: Symbol | None
    authority_body: str
    position: str
    signer: str
    recipients: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """What the records say about the plans of a unit in a period."""

    unit: str
    period: str
    year: int
    theme: str
    guidance: str
    figures: dict[str, Stated]
    spread: str
    cells: tuple[CellLine, ...]
    months: tuple[tuple[str, str, str], ...]
    """Month, share evaluated, attendance."""
    levels: tuple[tuple[str, int], ...]
    groups: tuple[tuple[str, int], ...]
    shortcomings: tuple[Short, ...]


def inspection_report(facts: PlanFacts, head: Letterhead) -> Document:
    """The cell's report to an inspection of its plans, along the outline of the team (seed S0-02)."""
    f = facts.figures
    body: tuple[Block, ...] = (
        Heading("Công tác lãnh đạo, chỉ đạo xây dựng kế hoạch tu dưỡng"),
        Paragraph(
            f"Thực hiện {facts.guidance or 'hướng dẫn của Đảng ủy'} về xây dựng kế hoạch tu dưỡng năm {facts.year}, {facts.unit} đã"
            f" phổ biến đến đảng viên{f' chuyên đề “{facts.theme}”' if facts.theme else ''}, hướng dẫn đăng ký, thảo luận và"
            " xác nhận kế hoạch của từng đồng chí."
        ),
        Heading("Kết quả xây dựng kế hoạch"),
        Numbered(
            tuple(f"{f[code].label}: {f[code].text}." for code in _PLANS if code in f),
            Marker.DASH,
        ),
        *_by_group(facts),
        Heading("Đánh giá việc thực hiện hằng tháng"),
        Numbered(tuple(f"{f[code].label}: {f[code].text}." for code in _EVALUATIONS if code in f), Marker.DASH),
        *_by_month(facts),
        *_by_level(facts),
        Heading("Hạn chế và biện pháp khắc phục"),
        *_shortcomings(facts),
    )
    return _report(
        head,
        f"kết quả lãnh đạo, chỉ đạo xây dựng và thực hiện kế hoạch tu dưỡng {facts.period}",
        body,
    )


def summary_report(facts: PlanFacts, head: Letterhead) -> Document:
    """The ward's summary over its cells: what each cell did, in one table, with the range (seed S0-05)."""
    f = facts.figures
    titles = tuple(f[code].label for code in SUMMARY if code in f)
    body: tuple[Block, ...] = (
        Heading("Tình hình chung"),
        Paragraph(
            f"Đảng bộ có {f['members.counted'].text} đảng viên. "
            f"{f['plans.having'].label}: {f['plans.having'].text}{f', giữa các chi bộ từ {facts.spread}' if facts.spread else ''}."
        ),
        Numbered(
            tuple(f"{f[code].label}: {f[code].text}." for code in (*_PLANS[1:], *_EVALUATIONS) if code in f),
            Marker.DASH,
        ),
        Heading("Kết quả của từng chi bộ"),
        Table(
            (
                Column("TT", 0.5, Align.CENTER),
                Column("Chi bộ", 2.4),
                *(Column(title, 1.6, Align.CENTER) for title in titles),
            ),
            tuple((str(n), line.cell, *line.texts) for n, line in enumerate(facts.cells, 1)),
            total=("", "Toàn Đảng bộ", *(f[code].text for code in SUMMARY if code in f)),
        ),
        *_by_group(facts),
        *_by_month(facts),
        *_by_level(facts),
        Heading("Hạn chế cần khắc phục"),
        *_shortcomings(facts),
    )
    return _report(head, f"kết quả xây dựng và thực hiện kế hoạch tu dưỡng {facts.period}", body)


SUMMARY = ("members.counted", "plans.having", "plans.evaluated", "meetings.attendance")
_PLANS = ("members.counted", "plans.having", "plans.confirmed", "plans.measured", "plans.timed", "plans.on_theme")
_EVALUATIONS = (
    "plans.evaluated", "plans.evaluations", "plans.commended", "plans.reminded", "plans.criticised",
    "plans.members_commented", "meetings.attendance",
)  # fmt: skip


def objections_to_issuing_report(
    *, already: bool, sums: Sequence[Objection], period_over: bool
) -> Iterator[Objection]:
    """A report is issued once, and not while a declared sum disagrees."""
    if already:
        yield Objection(gettext_noop("Báo cáo này đã ban hành; hãy lập báo cáo mới nếu số liệu thay đổi."))
    if not period_over:
        yield Objection(gettext_noop("Kỳ báo cáo chưa bắt đầu."), field="period")
    yield from sums


def _report(head: Letterhead, subject: str, body: tuple[Block, ...]) -> Document:
    closing = Paragraph(
        "Trên đây là báo cáo với các số liệu chốt đến ngày ban hành; mỗi số liệu có danh sách làm căn cứ kèm theo."
    )
    return Document(
        superior=head.superior,
        issuer=head.issuer,
        kind=PaperKind.REPORT,
        subject=subject,
        body=(*body, closing),
        signatures=(Signature(SignAuthority.ON_BEHALF, head.authority_body, head.position, head.signer),),
        symbol=head.symbol,
        place=head.place,
        issued_on=head.on,
        recipients=head.recipients,
    )


def _by_group(facts: PlanFacts) -> tuple[Block, ...]:
    if not facts.groups:
        return ()
    rows = tuple((name, str(number)) for name, number in facts.groups)
    return (
        Table(
            (Column("Nhóm đảng viên", 3), Column("Số kế hoạch", 1, Align.CENTER)),
            rows,
            "Kế hoạch theo nhóm đảng viên",
        ),
    )


def _by_month(facts: PlanFacts) -> tuple[Block, ...]:
    if not facts.months:
        return ()
    heads = (
        Column("Tháng"),
        Column("Kế hoạch được đánh giá", 2, Align.CENTER),
        Column("Dự sinh hoạt", 2, Align.CENTER),
    )
    return (Table(heads, facts.months, "Đánh giá và dự sinh hoạt theo tháng"),)


def _by_level(facts: PlanFacts) -> tuple[Block, ...]:
    if not facts.levels:
        return ()
    rows = tuple((name, str(number)) for name, number in facts.levels)
    total = ("Cộng", str(sum(number for _name, number in facts.levels)))
    return (Table((Column("Mức", 3), Column("Số lượt", 1, Align.CENTER)), rows, "Lượt đánh giá theo mức", total),)


def _shortcomings(facts: PlanFacts) -> tuple[Block, ...]:
    if not facts.shortcomings:
        return (Paragraph("Qua rà soát theo các tiêu chí hiện hành, không còn việc nào thiếu."),)
    return (
        Numbered(tuple(f"{s.subject}: {s.detail}. Biện pháp: {s.remedy}" for s in facts.shortcomings), Marker.DASH),
    )
