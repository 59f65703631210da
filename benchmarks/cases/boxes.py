"""Cases 1 to 25: what a hand does in and beside a box."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from benchmarks import hands
from benchmarks.cases.desk import NAMES, Desk, case, mark_of, row_of
from benchmarks.hands import Sheet
from chibo.ballots.layout import Box


def _in_box(draw: Callable[..., None], **pen: Any) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        line = desk.agree.layout.rows[4]
        chosen = {**hands.pen_of(desk.rng), **pen}
        return mark_of(desk.seen(desk.ballot(lambda s: draw(s, line.boxes[0], line.cells[0], **chosen))))

    return run


def _of_row(draw: Callable[..., None], **pen: Any) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        line = desk.agree.layout.rows[4]
        chosen = {**hands.pen_of(desk.rng), **pen}
        return row_of(desk.seen(desk.ballot(lambda s: draw(s, line.boxes[0], line.cells[0], **chosen))))

    return run


def _neighbour(desk: Desk) -> str:
    line = desk.agree.layout.rows[4]
    pen = hands.pen_of(desk.rng)

    def tall(s: Sheet) -> None:
        x, y = line.boxes[0].middle
        s.line((x - 2.2, y - 2.5), (x + 2.2, y + 4.7), bow=0.1, **pen)
        s.line((x + 2.2, y - 2.5), (x - 2.2, y + 4.7), bow=0.1, **pen)

    reading = desk.seen(desk.ballot(tall))
    below = mark_of(reading, 5, 0)
    return "wrong" if below == "C" else mark_of(reading)


def _corrected(s: Sheet, box: Box, cell: Box, **pen: Any) -> None:
    hands.crossed(s, box, cell, **pen)
    hands.cross(s, Box(box.x + cell.w, box.y, box.w, box.h), cell, **pen)


def _between(desk: Desk) -> str:
    line = desk.agree.layout.rows[4]
    box = Box(line.boxes[0].x, line.boxes[0].y + 4.25, 6, 6)
    reading = desk.seen(desk.ballot(lambda s: hands.cross(s, box, line.cells[0], **hands.pen_of(desk.rng))))
    return "C" if mark_of(reading) == "C" else row_of(reading)


def _both(s: Sheet, box: Box, cell: Box, **pen: Any) -> None:
    hands.cross(s, box, cell, **pen)
    hands.cross(s, Box(box.x + cell.w, box.y, box.w, box.h), cell, **pen)


def _whole(fill: Callable[[Sheet, Any], None]) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        sheet = Sheet.of(desk.agree, desk.dpi, desk.rng)
        sheet.stamp()
        for line in desk.agree.layout.rows:
            fill(sheet, line)
        reading = desk.seen(sheet)
        return (
            "R"
            if isinstance(reading, str)
            else "D"
            if reading.sheet and len(reading.sheet.doubtful_rows) == len(NAMES[:11])
            else "wrong"
        )

    return run


for _number, _name, _allowed, _run in (
    (1, "clean X", "C", _in_box(hands.cross, pen=hands.BLUE)),
    (2, "clean tick", "CD", _in_box(hands.tick)),
    (3, "X of 2.2 mm", "CD", _in_box(hands.small)),
    (4, "huge X", "CD", _in_box(hands.huge)),
    (5, "X into the neighbour row", "CD", _neighbour),
    (6, "single slash", "CD", _in_box(hands.slash)),
    (7, "solid box", "D", _in_box(hands.solid)),
    (8, "scribble", "D", _in_box(hands.scribble)),
    (9, "X struck out", "D", _in_box(hands.crossed)),
    (10, "X struck out, X in the other box", "D", _of_row(_corrected)),
    (11, "X circled", "D", _in_box(hands.circled)),
    (12, "X beside the box", "D", _of_row(hands.beside)),
    (13, "X between two rows", "D", _between),
    (14, "rested pen", "BD", _in_box(hands.dot)),
    (15, "dash of 2 mm", "D", _in_box(hands.dash)),
    (16, "light pencil", "CD", _in_box(hands.faint)),
    (17, "lightest pencil", "D", _in_box(hands.ghost)),
    (18, "erased X", "D", _in_box(hands.erased)),
    (19, "correction fluid", "D", _in_box(hands.fluid)),
    (20, "red pen", "CD", _in_box(hands.cross, pen=hands.RED)),
    (21, "green or gel pen", "CD", _in_box(hands.cross, pen=hands.GREEN)),
    (22, "both boxes", "D", _of_row(_both)),
    (23, "no box", "D", _of_row(lambda *_a, **_k: None)),
    (24, "all rows blank", "D", _whole(lambda _s, _l: None)),
    (25, "all rows both", "D", _whole(lambda s, line: _both(s, line.boxes[0], line.cells[0], width=0.45))),
):  # fmt: skip
    case(_number, _name, _allowed)(_run)
