"""The summary of a programme over years (sơ kết, tổng kết): what seed S1 tells of five years, from the records (S1-17).

Every number is a figure of the house with its rows; the annexes are those rows. Names of members stand nowhere in it: who was
commented on, who missed a class, is the cell's to know.
"""

from __future__ import annotations

from dataclasses import dataclass

from chibo.papers.rules import Align, Annex, Block, Column, Document, Heading, Numbered, Paragraph, Run, Table
from chibo.papers.rules.documents import Marker
from chibo.reports.rules import Letterhead, Stated, marked, report_of, said

LEADING = ("programmes.papers",)
STUDYING = ("study.classes", "study.attendance", "study.essays", "study.reached", "study.cells_reached")
TELLING = ("outreach.items", "outreach.portal", "outreach.broadcasts", "outreach.banners", "outreach.articles")
PRAISING = ("outreach.exemplars", "outreach.presentations")
CULTIVATING = (
    "plans.having",
    "plans.evaluations",
    "plans.members_commented",
    "plans.commended",
    "meetings.attendance",
)
YEARLY = (
    "programmes.papers",
    "study.attendance",
    "outreach.portal",
    "outreach.broadcasts",
    "plans.members_commented",
)
"""What the table of years holds, one column each."""
EVIDENCE = ("programmes.papers", "study.classes", "outreach.portal", "outreach.broadcasts", "outreach.presentations")
"""Whose rows stand in the annexes."""
BY_CELL = ("members.counted", "plans.having", "study.attendance", "study.essays", "meetings.attendance")


@dataclass(frozen=True, slots=True)
class Told:
    """A table of evidence: what it shows, its heads, its rows as they read."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What the records say of the programmes in force in a unit and period."""

    unit: str
    period: str
    programmes: tuple[str, ...]
    themes: tuple[tuple[int, str], ...]
    figures: dict[str, Stated]
    attended: str
    """Range of attendance over the classes: "93 %–94,11 %"."""
    years: tuple[tuple[str, ...], ...]
    """Year, then each figure of ``YEARLY``."""
    heads: dict[str, str]
    cells: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[str, int], ...]
    """Outreach by kind."""
    exemplars: tuple[tuple[str, str, str], ...]
    """Who, for what, presented where."""
    shortcomings: tuple[tuple[str, str, str], ...]
    evidence: tuple[Told, ...]


def programme_report(facts: ProgrammeFacts, head: Letterhead) -> Document:
    """The five-year summary of seed S1, for any period and ward: leading, studying, telling, cultivating, exemplars, what is
    still short; annexes with the rows."""
    f = facts.figures
    named = ", ".join(facts.programmes) or "các chương trình đang thực hiện"
    body: tuple[Block, ...] = (
        Heading("Công tác lãnh đạo, chỉ đạo"),
        Paragraph(
            (Run(f"Thực hiện {named}, {facts.unit} đã ban hành "), marked(f["programmes.papers"]), Run(" văn bản."))
        ),
        *_themes(facts),
        Heading("Học tập, quán triệt"),
        _lines(facts, STUDYING),
        *((Paragraph(f"Tỷ lệ đảng viên dự các lớp học tập hằng năm: {facts.attended}."),) if facts.attended else ()),
        Heading("Tuyên truyền"),
        _lines(facts, TELLING),
        *_kinds(facts),
        Heading("Xây dựng và thực hiện kế hoạch tu dưỡng"),
        _lines(facts, CULTIVATING),
        Heading("Gương điển hình"),
        _lines(facts, PRAISING),
        *_exemplars(facts),
        Heading("Kết quả qua từng năm"),
        _years(facts),
        Heading("Kết quả của từng chi bộ"),
        _cells(facts),
        Heading("Hạn chế cần khắc phục"),
        *_shortcomings(facts),
    )
    annexes = tuple(_annex(told) for told in facts.evidence if told.rows)
    return report_of(
        head, f"kết quả thực hiện {named} {facts.period}", body, tuple(facts.figures.values()), annexes=annexes
    )


def _lines(facts: ProgrammeFacts, codes: tuple[str, ...]) -> Numbered:
    return Numbered(tuple(said(facts.figures[code]) for code in codes), Marker.DASH)


def _themes(facts: ProgrammeFacts) -> tuple[Block, ...]:
    if not facts.themes:
        return ()
    rows = tuple((str(year), title) for year, title in facts.themes)
    return (Table((Column("Năm", 0.6, Align.CENTER), Column("Chuyên đề", 5)), rows, "Chuyên đề hằng năm"),)


def _kinds(facts: ProgrammeFacts) -> tuple[Block, ...]:
    if not facts.kinds:
        return ()
    rows = tuple((kind, str(number)) for kind, number in facts.kinds)
    heads = (Column("Hình thức", 3), Column("Số lượng", 1, Align.CENTER))
    return (Table(heads, rows, "Hoạt động tuyên truyền theo hình thức"),)


def _exemplars(facts: ProgrammeFacts) -> tuple[Block, ...]:
    if not facts.exemplars:
        return ()
    heads = (Column("Điển hình", 2), Column("Việc làm", 3), Column("Đã giới thiệu", 2))
    return (Table(heads, facts.exemplars, "Gương điển hình đã giới thiệu"),)


def _years(facts: ProgrammeFacts) -> Table:
    heads = (
        Column("Năm", 0.7, Align.CENTER),
        *(Column(facts.heads[code], 1.6, Align.CENTER) for code in YEARLY),
    )
    total = ("Cả kỳ", *(facts.figures[code].text for code in YEARLY))
    return Table(heads, facts.years, total=total, total_figures=("", *YEARLY))


def _cells(facts: ProgrammeFacts) -> Table:
    heads = (
        Column("TT", 0.5, Align.CENTER),
        Column("Chi bộ", 2.4),
        *(Column(facts.heads[code], 1.6, Align.CENTER) for code in BY_CELL),
    )
    return Table(heads, tuple((str(n), *line) for n, line in enumerate(facts.cells, 1)))


def _shortcomings(facts: ProgrammeFacts) -> tuple[Block, ...]:
    if not facts.shortcomings:
        return (Paragraph("Qua rà soát theo các tiêu chí hiện hành, không còn việc nào thiếu."),)
    lines = tuple(f"{what}: {how_many}. Biện pháp: {remedy}" for what, how_many, remedy in facts.shortcomings)
    return (Numbered(lines, Marker.DASH),)


def _annex(told: Told) -> Annex:
    heads = (Column("TT", 0.5, Align.CENTER), *(Column(head, 2) for head in told.heads))
    return Annex(told.title, (Table(heads, tuple((str(n), *row) for n, row in enumerate(told.rows, 1))),))
