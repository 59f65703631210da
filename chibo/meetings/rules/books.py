"""The papers that come of a closed meeting: its resolution, and the cell's books. Official texts: always Vietnamese.

Rulebook §2.3: the monthly resolution has I results, II directions, III assignments (person, task, deadline), IV the
cell's own rating; number ``Số …-NQ/CB``; signed T/M CHI ỦY, BÍ THƯ, or T/M CHI BỘ where there is no committee.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from chibo.papers.rules import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Marker,
    Note,
    Numbered,
    PageBreak,
    PaperKind,
    Paragraph,
    Signature,
    SignAuthority,
    Symbol,
    Table,
)


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues a paper, under whom, and who signs it, by the tree and the posts of the day."""

    superior: str
    issuer: str
    place: str
    on: date
    has_committee: bool
    position: str
    signer: str
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Assigned:
    """One thing resolved, as it is printed; ``state`` is where its task stands, for the book."""

    what: str
    doer: str
    due: str
    measure: str
    state: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """All that the resolution of a meeting says."""

    meeting: str
    month: str
    held_on: date
    results: str
    directions: str
    assigned: tuple[Assigned, ...]
    vote: str
    self_rating: str


def resolution_paper(facts: Resolved, head: Head, symbol: Symbol | None) -> Document:
    """The resolution of the cell's meeting as an official paper; without a number it is a draft."""
    body: tuple[Block, ...] = (
        Paragraph(f"Tại {facts.meeting} ngày {facts.held_on:%d/%m/%Y}, chi bộ đã thảo luận và quyết nghị:"),
        Heading("Kết quả thực hiện nhiệm vụ"),
        *_lines(facts.results, "Chi bộ thống nhất đánh giá kết quả như biên bản cuộc họp."),
        Heading("Phương hướng, nhiệm vụ"),
        *_lines(facts.directions, "Tổ chức thực hiện các nhiệm vụ được phân công tại mục III."),
        Heading("Phân công thực hiện"),
        assignments(facts.assigned),
        Heading("Tự đánh giá chất lượng buổi sinh hoạt"),
        Paragraph(facts.self_rating or "Chi bộ tự đánh giá: ……………………………………"),
        *((Paragraph(facts.vote),) if facts.vote else ()),
    )
    return Document(
        superior=head.superior,
        issuer=head.issuer,
        kind=PaperKind.RESOLUTION,
        subject=f"{facts.meeting} tháng {facts.month}",
        body=body,
        signatures=(
            Signature(
                SignAuthority.ON_BEHALF, "CHI ỦY" if head.has_committee else "CHI BỘ", head.position, head.signer
            ),
        ),
        symbol=symbol,
        place=head.place,
        issued_on=head.on,
        recipients=head.recipients,
        draft="" if symbol else "Dự thảo",
    )


def assignments(assigned: Iterable[Assigned], *, with_state: bool = False) -> Table:
    """Who does what by when, and how it is measured."""
    columns = (
        Column("TT", 0.5, Align.CENTER),
        Column("Nội dung", 4),
        Column("Người, tập thể thực hiện", 2),
        Column("Thời hạn", 1.4, Align.CENTER),
        Column("Cách đo kết quả", 2.2),
        *((Column("Tình hình", 1.6),) if with_state else ()),
    )
    rows = (
        (str(n), a.what, a.doer, a.due, a.measure, *((a.state,) if with_state else ()))
        for n, a in enumerate(assigned, 1)
    )
    return Table(columns, tuple(rows))


def _lines(text: str, otherwise: str) -> Iterator[Block]:
    """Each typed line a paragraph; lists that people begin with a dash become lists."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines or [otherwise]:
        if line.startswith(("- ", "– ", "+ ")):
            yield Numbered((line[2:].strip(),), Marker.DASH)
        else:
            yield Paragraph(line)


# ------------------------------------------------------------------------------------------------- books


@dataclass(frozen=True, slots=True)
class Entered:
    """One resolution as the book has it."""

    symbol: str
    adopted_on: date
    subject: str
    assigned: tuple[Assigned, ...]


def resolution_book(entered: Iterable[Entered], head: Head, period: str) -> Document:
    """The cell's book of resolutions in a period, with where each task stands on the day of printing."""
    body: list[Block] = []
    for entry in entered:
        body += [
            Heading(f"Số {entry.symbol}, ngày {entry.adopted_on:%d/%m/%Y}: {entry.subject}", 2),
            assignments(entry.assigned, with_state=True),
        ]
    return _book(head, "Sổ nghị quyết", period, body or [Paragraph("Trong kỳ chưa có nghị quyết nào.")])


def minutes_book(kept: Iterable[tuple[str, tuple[Block, ...]]], head: Head, period: str) -> Document:
    """The cell's minutes book in a period: each meeting's minutes with their corrections, one after the other."""
    body: list[Block] = []
    for number, (title, blocks) in enumerate(kept, 1):
        body += [*((PageBreak(),) if number > 1 else ()), Heading(title, 1), *blocks]
    return _book(head, "Sổ biên bản sinh hoạt chi bộ", period, body or [Paragraph("Trong kỳ chưa có biên bản nào.")])


def _book(head: Head, title: str, period: str, body: Iterable[Block]) -> Document:
    return Document(
        superior=head.superior,
        issuer=head.issuer,
        kind=PaperKind.FORM,
        title=title,
        subject=period,
        body=(*body, Note(f"In ngày {head.on:%d/%m/%Y}.")),
        signatures=(
            Signature(
                SignAuthority.ON_BEHALF, "CHI ỦY" if head.has_committee else "CHI BỘ", head.position, head.signer
            ),
        ),
        place=head.place,
        issued_on=head.on,
    )
