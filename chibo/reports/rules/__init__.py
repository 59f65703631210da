"""What a report of figures is: facts in, the document of the official layout out; and what keeps it from being issued.

Rulebook §6 for the layout; §3.3 and §7.4 for what such reports state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any
from unicodedata import normalize

from chibo.core.values import Objection, gettext_noop
from chibo.papers.rules import (
    Align,
    Annex,
    Block,
    Column,
    Document,
    Heading,
    Numbered,
    PaperKind,
    Paragraph,
    Run,
    Signature,
    SignAuthority,
    Symbol,
    Table,
)
from chibo.papers.rules.documents import FigureSaid, Marker
from chibo.papers.rules.templates import PlacedLine, code_marked, place_of


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure as a report states it: code, what it is called, and its text with n/N."""

    code: str
    label: str
    text: str
    part: int
    base: int | None


def stated_of(figure: Any, found: Any) -> Stated:
    """A figure of the registry with what it answered, as a report states it."""
    return Stated(figure.code, str(figure.label), found.text, found.part, found.base)


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
            tuple(said(f[code]) for code in _PLANS if code in f),
            Marker.DASH,
        ),
        *_by_group(facts),
        Heading("Đánh giá việc thực hiện hằng tháng"),
        Numbered(tuple(said(f[code]) for code in _EVALUATIONS if code in f), Marker.DASH),
        *_by_month(facts),
        *_by_level(facts),
        Heading("Hạn chế và biện pháp khắc phục"),
        *_shortcomings(facts),
    )
    return report_of(
        head,
        f"kết quả lãnh đạo, chỉ đạo xây dựng và thực hiện kế hoạch tu dưỡng {facts.period}",
        body,
        tuple(f.values()),
    )


def marked(stated: Stated) -> Run:
    """The figure's text, marked so that it is found again in a paper that was edited."""
    return Run(stated.text, figure=stated.code)


def said(stated: Stated) -> tuple[Run, ...]:
    return Run(f"{stated.label}: "), marked(stated), Run(".")


def summary_report(facts: PlanFacts, head: Letterhead) -> Document:
    """The ward's summary over its cells: what each cell did, in one table, with the range (seed S0-05)."""
    f = facts.figures
    titles = tuple(f[code].label for code in SUMMARY if code in f)
    body: tuple[Block, ...] = (
        Heading("Tình hình chung"),
        Paragraph(
            (
                Run("Đảng bộ có "),
                marked(f["members.counted"]),
                Run(" đảng viên. "),
                Run(f"{f['plans.having'].label}: "),
                marked(f["plans.having"]),
                Run(f", giữa các chi bộ từ {facts.spread}." if facts.spread else "."),
            )
        ),
        Numbered(
            tuple(said(f[code]) for code in (*_PLANS[1:], *_EVALUATIONS) if code in f),
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
            total_figures=("", "", *(code for code in SUMMARY if code in f)),
        ),
        *_by_group(facts),
        *_by_month(facts),
        *_by_level(facts),
        Heading("Hạn chế cần khắc phục"),
        *_shortcomings(facts),
    )
    subject = f"kết quả xây dựng và thực hiện kế hoạch tu dưỡng {facts.period}"
    return report_of(head, subject, body, tuple(f.values()))


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


def report_of(
    head: Letterhead, subject: str, body: tuple[Block, ...], stated: Sequence[Stated], annexes: tuple[Annex, ...] = ()
) -> Document:
    """A report of figures as a paper of the official layout: its body, its closing, and who signs."""
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
        figures=tuple(FigureSaid(f.code, f.label, f.text) for f in stated),
        annexes=annexes,
    )


# ------------------------------------------------------------------------------------------------ a report that comes back


@dataclass(frozen=True, slots=True)
class Returned:
    """One figure in a report that was edited by hand: what the file says, what was computed at issue, and where.

    ``said`` is empty where the file states the figure no more.
    """

    code: str
    label: str
    said: str
    computed: str
    where: str

    @property
    def agrees(self) -> bool:
        return _even(self.said) == _even(self.computed)


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line outside the marked figures whose numbers differ from the issued file: as issued, as it came back."""

    issued: str
    returned: str
    where: str


def returned_figures(figures: Mapping[str, tuple[str, str]], lines: Sequence[PlacedLine]) -> Iterator[Returned]:
    """Each figure (code → label, text) wherever the file says it: by its mark, or after its label, or nowhere."""
    for code, (label, text) in figures.items():
        found = [
            Returned(code, label, words, text, place_of(line))
            for line in lines
            for words in _marked_as(code, line, figures)
        ]
        if not found:
            found = [
                Returned(code, label, said, text, place_of(line))
                for line in lines
                if (said := _after(label, line.text))
            ]
        yield from found or [Returned(code, label, "", text, "")]


def _marked_as(code: str, line: PlacedLine, codes: Iterable[str]) -> tuple[str, ...]:
    """What the bookmarks of the figure hold."""
    return tuple(said for name, said in line.marks if code_marked(name, codes) == code)


def _after(label: str, text: str) -> str:
    """Where a program dropped the marks: the words between the figure's label and the end of its clause."""
    found = re.search(rf"{re.escape(_even(label))}\s*:\s*(.+?)(?:\.?$|;)", _even(text))
    return found[1] if found else ""


def _even(text: str) -> str:
    return " ".join(normalize("NFC", text).replace("\u200b", "").split())


def changed_lines(issued: Sequence[PlacedLine], returned: Sequence[PlacedLine]) -> Iterator[ChangedLine]:
    """Lines whose numbers are not those of the issued file, in the order of the file that came back."""
    before, after = ([_even(line.text) for line in lines] for lines in (issued, returned))
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for at in range(max(a2 - a1, b2 - b1)):
            old = before[a1 + at] if a1 + at < a2 else ""
            new = after[b1 + at] if b1 + at < b2 else ""
            if re.findall(r"\d+", old) != re.findall(r"\d+", new):
                yield ChangedLine(old, new, place_of(returned[b1 + at]) if b1 + at < b2 else "")


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
