# ruff: noqa: ARG001, ARG005
"""Cases 31 to 40, 52, 53, 74 and 75: paper that was folded, soiled, stamped, badly printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from benchmarks import hands
from benchmarks.cases.desk import Desk, case, concern_of, page_of, spoiled, stamp_at
from benchmarks.hands import Sheet
from benchmarks.machines import OFFICE
from chibo.ballots.layout import Box
from chibo.ballots.rules import Concern


def _folded(boxes: tuple[Box, ...], darkness: float, width: float) -> Callable[[Desk], str]:
    def run(desk: Desk) -> str:
        def fold(s: Sheet) -> None:
            hands.cross(
                s, desk.agree.layout.rows[4].boxes[0], desk.agree.layout.rows[4].cells[0], **hands.pen_of(desk.rng)
            )
            for box in boxes:
                s.shade(Box(box.x, box.y, max(box.w, width), max(box.h, width)), darkness, soft=0.12)

        reading = desk.seen(desk.ballot(fold))
        return page_of(reading, -1)

    return run


case(31, "fold through a row", "CD")(_folded((Box(0, 117, 148, 0.3),), 0.15, 0.3))
case(32, "fold through the agree column", "CD")(_folded((Box(101, 0, 0.3, 210),), 0.15, 0.3))
case(33, "dark folds on all rows", "CD")(_folded(tuple(Box(0, 83 + 8.5 * n, 148, 0.5) for n in range(11)), 0.4, 0.5))


def _creases(desk: Desk, s: Sheet) -> None:
    for _ in range(8):
        a, b = desk.rng.uniform((0, 0), (148, 210)), desk.rng.uniform((0, 0), (148, 210))
        s.line(tuple(a), tuple(b), width=0.3, pen=(0.5, 0.5, 0.5), press=desk.rng.uniform(0.1, 0.35))


def _coffee(desk: Desk, s: Sheet) -> None:
    for width, press in ((2.5, 0.18), (0.6, 0.3)):
        s.ring(Box(85, 100, 34, 34), width=width, pen=(0.2, 0.4, 0.6), press=press)


def _stray(desk: Desk, s: Sheet) -> None:
    rows = desk.agree.layout.rows
    s.line(
        (95 + desk.rng.uniform(0, 6), rows[2].rect.y),
        (126 + desk.rng.uniform(-5, 5), rows[7].rect.bottom),
        **hands.pen_of(desk.rng),
    )


def _hair(desk: Desk, s: Sheet) -> None:
    s.line((96, 110), (108, 124), width=0.1, bow=2, pen=hands.BLACK, press=0.6)


def _streak(pixels: int) -> Callable[[Desk, Sheet], None]:
    def draw(desk: Desk, s: Sheet) -> None:
        x = round((101.5 + desk.rng.uniform(-2, 2)) * s.scale)
        s.page[:, x : x + pixels] *= 0.3

    return draw


case(34, "crumpled", "CD")(spoiled(_creases))
case(35, "200 specks of dust", "CD")(spoiled(lambda d, s: None, replace(OFFICE, dust=200)))
case(36, "coffee", "CD")(spoiled(_coffee))
case(37, "the back shows through", "CD")(
    spoiled(lambda d, s: [s.shade(Box(30 + 5 * n, 85 + 8 * n, 40, 3), 0.08, soft=0.8) for n in range(10)] and None)
)
case(38, "stray line over several boxes", "CD")(spoiled(_stray))
case(39, "hair on the glass", "CD")(spoiled(_hair))
case(40, "streak of 1 or 3 pixels", "CDR")(lambda d: spoiled(_streak((1, 3)[int(d.rng.integers(2))]))(d))
case(52, "stamp over two boxes", "CD")(spoiled(stamp_at(100, 112)))
case(53, "no stamp", "I")(lambda d: concern_of(d.seen(d.ballot(stamp=False)), Concern.UNSTAMPED))
case(74, "pastel or recycled paper", "C")(lambda d: page_of(d.seen(d.ballot(), replace(OFFICE, white=(0.72, 0.78)))))
case(75, "low toner", "CDR")(lambda d: page_of(d.seen(d.ballot(), replace(OFFICE, black=(0.4, 0.45)))))
