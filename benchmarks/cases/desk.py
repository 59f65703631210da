"""What every case has at hand: an invented election, a desk on which ballots are drawn and read, and what became of one.

C counted as marked, B as blank, D to people, R page refused, I invalid proposed to the counting committee.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from numpy.random import Generator

from benchmarks import hands
from benchmarks.hands import Sheet
from benchmarks.machines import OFFICE, Machine, jpeg, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.intake import Unreadable, picture_of
from chibo.ballots.marks import Cell, Mark
from chibo.ballots.reading import Reading, read_picture
from chibo.ballots.rules import Choice, Concern
from chibo.ballots.strikes import Name, Strike
from chibo.ballots.style import Form, Style

NAMES = (
    "Nguyễn Hoàng Phương Uyên", "Trần Thị Ngọc Ánh", "Lê Văn Tám", "Phạm Đức Thắng", "Vũ Quỳnh Như", "Đặng Thị Bích Hằng",
    "Hoàng Ngô Bảo Châu Anh (1960)", "Bùi Xuân Phái", "Ngô An", "Lý Thị Thu Hà", "Đỗ Hữu Phước", "Tô Y",
)  # fmt: skip


def style(form: Form = Form.AGREE, listed: int = 11, **changes: Any) -> Style:
    """An invented election."""
    facts: dict[str, Any] = {
        "election": "2025LB05", "form": form, "names": NAMES[:listed], "seats": listed if form is Form.AGREE else listed - 2,
        "office": "Ban Chi ủy Chi bộ Tổ dân phố số 5, nhiệm kỳ 2025 – 2027", "superior": "Đảng bộ phường Hòa Bình Mới",
        "issuer": "Chi bộ Tổ dân phố số 5", "key": "5eed",
    }  # fmt: skip
    return Style(**{**facts, **changes})


@dataclass
class Desk:
    """What a case has at hand: both forms, the resolution, colour or gray, and a seed."""

    agree: Blank
    strike: Blank
    dpi: int
    colour: bool
    rng: Generator

    def ballot(
        self,
        draw: Callable[[Sheet], None] | None = None,
        *,
        row: int = 4,
        stamp: bool = True,
        blank: Blank | None = None,
    ) -> Sheet:
        """An agree form with clean marks but for ``row``, which ``draw`` fills."""
        blank = blank or self.agree
        sheet = Sheet.of(blank, self.dpi, self.rng)
        if stamp:
            sheet.stamp(self.rng.uniform(42, 48), self.rng.uniform(38, 44))
        for at, line in enumerate(blank.layout.rows):
            if blank.style.form is Form.AGREE and at != row:
                pick = at % 2
                hands.cross(sheet, line.boxes[pick], line.cells[pick], **hands.pen_of(self.rng))
            if blank.style.form is Form.STRIKE and at in {1, 6} and at != row:
                hands.strike(sheet, hands.ink_box(blank, at), **hands.pen_of(self.rng))
        if draw:
            draw(sheet)
        return sheet

    def scan(self, sheet: Sheet, machine: Machine = OFFICE, **options: Any) -> bytes:
        return jpeg(
            scanned(sheet.page, sheet.scale, machine, self.rng, colour=self.colour, **options), machine, self.rng
        )

    def read(self, data: bytes, blank: Blank | None = None, **options: Any) -> Reading | str:
        try:
            return read_picture(picture_of(data, **options), blank or self.agree)
        except Unreadable as refused:
            return f"R:{refused.why}"

    def seen(
        self, sheet: Sheet, machine: Machine = OFFICE, blank: Blank | None = None, **options: Any
    ) -> Reading | str:
        return self.read(self.scan(sheet, machine, **options), blank)


def mark_of(reading: Reading | str, row: int = 4, column: int = 0) -> str:
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    detail = reading.sheet.details[row]
    if isinstance(detail, Name):
        return {Strike.STRUCK: "C", Strike.KEPT: "B", Strike.DOUBTFUL: "D"}[detail.strike]
    cell: Cell = detail[column]
    return {Mark.MARKED: "C", Mark.BLANK: "B", Mark.DOUBTFUL: "D"}[cell.mark]


def row_of(reading: Reading | str, row: int = 4) -> str:
    """D where the row goes to people, else what it is counted as."""
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    choice = reading.sheet.choices[row]
    return {Choice.FOR: "C", Choice.AGAINST: "A"}.get(choice, "D")


def page_of(reading: Reading | str, row: int = 4) -> str:
    """C if every row but ``row`` reads as drawn, D if some go to people, R if refused, "wrong" if a vote changed."""
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    agree = len(reading.sheet.details) and not isinstance(reading.sheet.details[0], Name)
    answer = "C"
    for at, choice in enumerate(reading.sheet.choices):
        if at == row:
            continue
        meant = (
            (Choice.FOR if at % 2 == 0 else Choice.AGAINST)
            if agree
            else (Choice.AGAINST if at in {1, 6} else Choice.FOR)
        )
        if choice is not meant:
            if choice in {Choice.FOR, Choice.AGAINST}:
                return "wrong"
            answer = "D"
    return answer


def concern_of(reading: Reading | str, *wanted: Concern) -> str:
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    return "I" if {*wanted} & {*reading.sheet.concerns} else "-"


CASES: dict[int, tuple[str, str, Callable[[Desk], str]]] = {}


def case(number: int, name: str, allowed: str) -> Callable[[Callable[[Desk], str]], Callable[[Desk], str]]:
    def keep(run: Callable[[Desk], str]) -> Callable[[Desk], str]:
        CASES[number] = (name, allowed, run)
        return run

    return keep


def spoiled(spoil: Callable[[Desk, Sheet], None], machine: Machine = OFFICE, **options: Any) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        def draw(s: Sheet) -> None:
            hands.cross(
                s, desk.agree.layout.rows[4].boxes[0], desk.agree.layout.rows[4].cells[0], **hands.pen_of(desk.rng)
            )
            spoil(desk, s)

        return page_of(desk.seen(desk.ballot(draw), machine, **options), -1)

    return run


def stamp_at(x: float, y: float) -> Callable[[Desk, Sheet], None]:
    return lambda _desk, s: s.stamp(x, y)
