"""The summary of a programme over years (sơ kết, tổng kết): what seed S1 tells of five years, from the records (S1-17).

Every number is a figure of the house with its rows; the annexes are those rows. Names of members stand nowhere in it: who was
commented on, who missed a class, is the cell's to know.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chibo.figures.rules import Answer
from chibo.papers.rules import (
    Align,
    Annex,
    Block,
    Chart,
    Column,
    Document,
    Drawing,
    Heading,
    Mark,
    Numbered,
    Panel,
    Paragraph,
    Run,
    Table,
)
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
YEARLY = {
    "programmes.papers": "văn bản",
    "study.attendance": "%",
    "outreach.portal": "tin, bài",
    "outreach.broadcasts": "buổi",
    "plans.members_commented": "đảng viên",
}
"""What the table of years holds, one column each, and in what it is counted."""
EVIDENCE = ("programmes.papers", "study.classes", "outreach.portal", "outreach.broadcasts", "outreach.presentations")
"""Whose rows stand in the annexes."""
DAY, LINE = 17, 84
"""Letters of the narrowest column of an annex (a day stands on one line), and of all of them together."""
BY_CELL = ("members.counted", "plans.having", "study.attendance", "study.essays", "meetings.attendance")


@dataclass(frozen=True, slots=True)
class Told:
    """A table of evidence: what it shows, its heads, its rows as they read.

    A head is what it says, its width in letters, and the kind of what stands below ("text", "number", "date", "state").
    """

    title: str
    heads: tuple[tuple[str, int, str], ...]
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
    years: tuple[tuple[str, tuple[Answer, ...]], ...]
    """Year, and what each figure of ``YEARLY`` answered for it."""
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
        *_charts_of_years(facts),
        _years(facts),
        Heading("Kết quả của từng chi bộ"),
        _cells(facts),
        Heading("Hạn chế cần khắc phục"),
        *_shortcomings(facts),
    )
    annexes = tuple(annex_of(told) for told in facts.evidence if told.rows)
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
    marks = tuple(Mark(kind, number, str(number)) for kind, number in facts.kinds)
    panel = Panel("Số lượng từng hình thức", marks, "lượt")
    title = "Hoạt động tuyên truyền theo hình thức"
    return *_charted(title, panel), Table(heads, rows, title)


def _charted(title: str, *panels: Panel) -> tuple[Chart, ...]:
    """A chart of the panels that have something to show; none where nothing was done at all."""
    shown = tuple(panel for panel in panels if not panel.is_empty)
    return (Chart(title, shown),) if shown else ()


def _exemplars(facts: ProgrammeFacts) -> tuple[Block, ...]:
    if not facts.exemplars:
        return ()
    heads = (Column("Điển hình", 2), Column("Việc làm", 3), Column("Đã giới thiệu", 2))
    return (Table(heads, facts.exemplars, "Gương điển hình đã giới thiệu"),)


def _charts_of_years(facts: ProgrammeFacts) -> tuple[Chart, ...]:
    """Shares as trends of 0 to 100 %, the other figures of the table as bars beside each other."""
    panels = tuple(_panel(facts, at, code) for at, code in enumerate(YEARLY))
    shares = tuple(panel for panel in panels if panel.unit == "%")
    numbers = tuple(panel for panel in panels if panel.unit != "%")
    return *_charted("Tỷ lệ qua từng năm", *shares), *_charted("Số lượng qua từng năm", *numbers)


def _panel(facts: ProgrammeFacts, at: int, code: str) -> Panel:
    """One figure year by year; where only one year is known there is no trend, but a bar."""
    answers = [(year, found[at]) for year, found in facts.years]
    marks = tuple(Mark(year, found.value, found.short) for year, found in answers)
    is_share = any(found.base is not None for _year, found in answers)
    is_trend = is_share and sum(mark.value is not None for mark in marks) > 1
    drawing = Drawing.LINE if is_trend else Drawing.BARS
    return Panel(facts.heads[code], marks, "%" if is_share else YEARLY[code], drawing, 100 if is_share else None)


def _years(facts: ProgrammeFacts) -> Table:
    heads = (
        Column("Năm", 0.9, Align.CENTER),
        *(Column(facts.heads[code], 1.6, Align.CENTER) for code in YEARLY),
    )
    total = ("Cả kỳ", *(facts.figures[code].text for code in YEARLY))
    rows = tuple((year, *(found.text for found in answers)) for year, answers in facts.years)
    return Table(heads, rows, "Kết quả qua từng năm", total, ("", *YEARLY))


def _cells(facts: ProgrammeFacts) -> Table:
    heads = (
        Column("TT", 0.7, Align.CENTER),
        Column("Chi bộ", 2.4),
        *(Column(facts.heads[code], 1.6, Align.CENTER) for code in BY_CELL),
    )
    return Table(heads, tuple((str(n), *line) for n, line in enumerate(facts.cells, 1)))


def _shortcomings(facts: ProgrammeFacts) -> tuple[Block, ...]:
    if not facts.shortcomings:
        return (Paragraph("Qua rà soát theo các tiêu chí hiện hành, không còn việc nào thiếu."),)
    lines = tuple(f"{what}: {how_many}. Biện pháp: {remedy}" for what, how_many, remedy in facts.shortcomings)
    return (Numbered(lines, Marker.DASH),)


def annex_of(told: Told) -> Annex:
    """The rows behind a figure. What every row says alike is said once, above; what none says is left out: a page is narrow."""
    values = [tuple(row[at] for row in told.rows) for at in range(len(told.heads))]
    kept = [at for at, column in enumerate(values) if len(set(column)) > 1 or (len(told.rows) == 1 and column[0])]
    alike = [
        (head, column[0]) for (head, *_), column in zip(told.heads, values, strict=True) if len(set(column)) == 1
    ]
    said = "; ".join(f"{head}: {text}" for head, text in alike if text) if len(told.rows) > 1 else ""
    rows = tuple((str(n), *_picked(row, kept)) for n, row in enumerate(told.rows, 1))
    table = Table((Column("TT", 6, Align.CENTER), *_columns(_picked(told.heads, kept))), rows)
    return Annex(told.title, (*((Paragraph(f"Các dòng đều có {said}."),) if said else ()), table))


def _columns(heads: Sequence[tuple[str, int, str]]) -> tuple[Column, ...]:
    """What the line has left goes to the widest; what it lacks is taken from the wide ones: a day stands on one line."""
    widths = [float(max(width, DAY)) for _head, width, _kind in heads]
    wide = sum(width for width in widths if width > DAY)
    room = LINE - (sum(widths) - wide)
    if sum(widths) > LINE and room > 0:
        widths = [width * room / wide if width > DAY else width for width in widths]
    elif widths:
        widths[widths.index(max(widths))] += max(0, LINE - sum(widths))
    return tuple(
        Column(head, width, Align.LEFT if kind == "text" else Align.CENTER)
        for (head, _width, kind), width in zip(heads, widths, strict=True)
    )


def _picked(row: Sequence[Any], kept: Sequence[int]) -> tuple[Any, ...]:
    return tuple(row[at] for at in kept)
