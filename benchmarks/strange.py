"""Boxes as no threshold was set for: corrections, shades, letters, folds, stains. Nothing of it may change a vote.

    python -m benchmarks.strange            some minutes
    python -m benchmarks.strange --sheets 2000 --first 5000 --kinds fluid,folds

Every second row of a sheet has something strange, the others a plain mark or none. A row is wrong if it is accepted as a
choice that a careful person would not read: every kind says which one that would be, or none.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable
from itertools import pairwise

import cv2
import numpy as np

from benchmarks import hands
from benchmarks.ballots import AGREE, DPIS
from benchmarks.goals import done, tell
from benchmarks.hands import BLACK, PENCIL, Sheet
from benchmarks.machines import PROFILES
from benchmarks.trials import paper_for, read_zone
from chibo.ballots.blank import Blank
from chibo.ballots.layout import Box, Row
from chibo.ballots.marks import read_boxes
from chibo.ballots.reading import choice_of_cells
from chibo.ballots.rules import Choice

Kind = Callable[..., int | None]
"""Draws into a row; ``at`` is the box it is about. Says which box a careful person may take as marked, if any."""
KINDS: dict[str, Kind] = {}
_MACHINES = ("S0", "S1", "S2", "P1")


def kind(draw: Kind) -> Kind:
    KINDS[draw.__name__] = draw
    return draw


def plain(s: Sheet, row: Row, at: int, **pen: object) -> int:
    (hands.cross if s.rng.random() < 0.7 else hands.tick)(s, row.boxes[at], row.cells[at], **pen)
    return at


def _pencil(s: Sheet, least: float, most: float, pen: dict[str, object]) -> dict[str, object]:
    return {**pen, "pen": PENCIL, "press": float(s.rng.uniform(least, most))}


def _shadow(s: Sheet, draw: Callable[[], object], darkness: float, blur: float) -> None:
    """What ``draw`` draws, as a soft shade."""
    page, s.page = s.page, np.ones_like(s.page)
    draw()
    shade = cv2.GaussianBlur(1 - s.page[..., 0], (0, 0), max(0.3, blur * s.scale))
    s.page = page * (1 - darkness * shade / max(float(shade.max()), 1e-6))[..., None]


def _or_alone(s: Sheet, row: Row, at: int, pen: dict[str, object]) -> int | None:
    """Half of the time a plain mark stands in the other box, and only that may be taken."""
    return plain(s, row, 1 - at, **pen) if s.rng.random() < 0.5 else None


@kind
def painted_over(s: Sheet, row: Row, at: int, **pen: object) -> int | None:
    """Correction fluid over some of a mark and of its box; the fluid is as white as the paper, or nearly."""
    box, r = row.boxes[at], s.rng
    plain(s, row, at, **pen)
    corner = np.array((box.x - r.uniform(0.3, 0.8), box.y - r.uniform(0.3, 0.8)))
    low, high = s.px(np.stack((corner, corner + r.uniform(3.5, 6, 2)))) // 16
    s.page[max(low[1], 0) : high[1], low[0] : high[0]] = r.uniform(0.95, 1)
    return _or_alone(s, row, at, pen)


@kind
def pencil_in_the_other(s: Sheet, row: Row, at: int, **pen: object) -> None:
    plain(s, row, at, **_pencil(s, 0.17, 0.65, pen))
    plain(s, row, 1 - at, **pen)


@kind
def pencil_alone(s: Sheet, row: Row, at: int, **pen: object) -> int:
    return plain(s, row, at, **_pencil(s, 0.15, 0.8, pen))


@kind
def shaded(s: Sheet, row: Row, at: int, **pen: object) -> None:
    s.shade(row.boxes[at].grown(s.rng.uniform(-1.2, 0.4)), s.rng.uniform(0.09, 0.35), soft=s.rng.uniform(0.05, 0.4))
    plain(s, row, 1 - at, **pen)


@kind
def hatched(s: Sheet, row: Row, at: int, **pen: object) -> None:
    box, light = row.boxes[at], _pencil(s, 0.2, 0.6, pen)
    for x in np.arange(box.x + 0.3, box.right - 0.3, s.rng.uniform(0.4, 1.2)):
        s.line((x, box.bottom - 0.4), (x + 0.8, box.y + 0.4), bow=0.05, **light)
    plain(s, row, 1 - at, **pen)


@kind
def highlighted(s: Sheet, row: Row, at: int, **pen: object) -> None:
    (x, y), reach, wide = row.boxes[at].middle, s.rng.uniform(2, 8, 2), s.rng.uniform(2, 5)
    _shadow(
        s, lambda: s.line((x - reach[0], y), (x + reach[1], y), width=wide, pen=BLACK), s.rng.uniform(0.1, 0.35), 0.05
    )
    plain(s, row, 1 - at, **pen)


@kind
def long_tick(s: Sheet, row: Row, at: int, **pen: object) -> int:
    """Its arm goes far up into other rows."""
    (x, y), r = row.boxes[at].middle, s.rng
    foot = (x - 0.4 + r.normal(0, 0.25), y + r.uniform(1, 2))
    s.line((foot[0] - 1.5, foot[1] - 1.6), foot, **pen)
    s.line(foot, (foot[0] + r.uniform(2, 6), foot[1] - r.uniform(5, 14)), **pen)
    return at


@kind
def off_its_box(s: Sheet, row: Row, at: int, **pen: object) -> int | None:
    box, turn, by = row.boxes[at], s.rng.uniform(0, 2 * np.pi), s.rng.uniform(1.5, 6)
    x, y = by * np.cos(turn), by * np.sin(turn)
    hands._x(s, Box(box.x + x, box.y + y, box.w, box.h), s.rng.uniform(1.2, 2.6), **pen)
    return at if max(abs(x), abs(y)) < 3 else None


@kind
def taken_back(s: Sheet, row: Row, at: int, **pen: object) -> None:
    """By one line or three, a wave, a scribble, a ring, a line through the cell, a word beside it."""
    box, cell, r = row.boxes[at], row.cells[at], s.rng
    (x, y), reach, tilt = box.middle, r.uniform(2.2, 6), r.uniform(-1.5, 1.5)
    plain(s, row, at, **pen)
    how = int(r.integers(7))
    for down in [tilt] if how == 0 else [-1, 0, 1] if how == 1 else []:
        s.line((x - reach, y + down), (x + reach, y + down), **pen)
    if how == 2:
        s.line((x + tilt, y - reach), (x + tilt, y + reach), **pen)
    elif how == 3:
        t = np.linspace(0, r.uniform(4, 9) * np.pi, 80)
        s.stroke(np.stack((x - 3 + 6 * t / t[-1], y + r.uniform(1, 2.5) * np.sin(t)), 1), **pen)
    elif how == 4:
        hands.scribble(s, box, cell, **pen)
    elif how == 5:
        s.ring(box.grown(r.uniform(-0.5, 2)), **pen)
    elif how == 6:
        s.words(box.right + r.uniform(0.3, 2), y, r.uniform(3, 6), **pen)


@kind
def taken_back_in_pencil(s: Sheet, row: Row, at: int, **pen: object) -> None:
    (x, y), reach = row.boxes[at].middle, s.rng.uniform(2.4, 4.5)
    plain(s, row, at, **pen)
    ends = y + s.rng.uniform(-0.8, 0.8, 2)
    s.line((x - reach, ends[0]), (x + reach, ends[1]), **_pencil(s, 0.3, 1, pen))


_LETTERS = {
    "Z": [(-1, -1), (1, -1), (-1, 1), (1, 1)], "N": [(-1, 1), (-1, -1), (1, 1), (1, -1)], "M": [(-1, 1), (-0.6, -1), (0, 0.6), (0.6, -1), (1, 1)],
    "W": [(-1, -1), (-0.5, 1), (0, -0.6), (0.5, 1), (1, -1)], "4": [(0.3, 1), (0.3, -1), (-1, 0.3), (1, 0.3)], "7": [(-1, -1), (1, -1), (-0.2, 1)],
    "L": [(-1, -1), (-1, 1), (1, 1)], "D": [(-1, -1), (-1, 1), (0.5, 0.8), (1, 0), (0.5, -0.8), (-1, -1)], "U": [(-1, -1), (-0.8, 0.7), (0, 1), (0.8, 0.7), (1, -1)],
    "S": [(0.9, -0.8), (0, -1), (-0.8, -0.6), (0, 0), (0.8, 0.6), (0, 1), (-0.9, 0.8)], "K": [(-1, -1), (-1, 1), (-1, 0.1), (1, -1), (-0.6, 0), (1, 1)],
}  # fmt: skip


@kind
def letter(s: Sheet, row: Row, at: int, **pen: object) -> None:
    points = np.array(list(_LETTERS.values())[int(s.rng.integers(len(_LETTERS)))])
    s.stroke(points * s.rng.uniform(1.3, 2.2) + row.boxes[at].middle + s.rng.normal(0, 0.12, points.shape), **pen)


@kind
def word(s: Sheet, row: Row, at: int, **pen: object) -> None:
    box, r = row.boxes[at], s.rng
    s.words(
        box.x + r.uniform(-1, 2), box.middle[1] + r.uniform(-1, 1), r.uniform(2.5, 9), height=r.uniform(1.5, 4), **pen
    )


@kind
def dots(s: Sheet, row: Row, at: int, **pen: object) -> int | None:
    for _ in range(int(s.rng.integers(1, 7))):
        hands.dot(s, row.boxes[at], row.cells[at], **pen)
    return _or_alone(s, row, at, pen)


@kind
def small_in_the_other(s: Sheet, row: Row, at: int, **pen: object) -> None:
    box, (x, y) = row.boxes[at], s.rng.uniform(-1.2, 1.2, 2)
    hands._x(s, Box(box.x + x, box.y + y, box.w, box.h), s.rng.uniform(0.4, 1.3), **pen)
    plain(s, row, 1 - at, **pen)


@kind
def folds(s: Sheet, row: Row, at: int, **pen: object) -> int | None:
    """Up to three creases through the box, level, upright or askew."""
    for _ in range(int(s.rng.integers(1, 4))):
        turn = s.rng.choice([0, np.pi / 2, s.rng.uniform(0, np.pi)])
        middle = np.array(row.boxes[at].middle) + s.rng.uniform(-1.5, 1.5, 2)
        along = np.array((np.cos(turn), np.sin(turn))) * s.rng.uniform(6, 40)
        points, width = [middle - along, middle + along], s.rng.uniform(0.2, 0.7)
        _shadow(s, lambda p=points, w=width: s.stroke(p, width=w, pen=BLACK), s.rng.uniform(0.05, 0.45), s.rng.uniform(0.03, 0.25))  # fmt: skip
    return _or_alone(s, row, at, pen)


@kind
def streak(s: Sheet, row: Row, at: int, **pen: object) -> int | None:
    x = row.boxes[at].middle[0] + s.rng.uniform(-3.4, 3.4)
    s.stroke(
        [(x, row.rect.y - 80), (x + 0.2, row.rect.y + 90)],
        width=s.rng.uniform(0.1, 0.5),
        pen=(0.2,) * 3,
        press=s.rng.uniform(0.2, 1),
    )
    return _or_alone(s, row, at, pen)


@kind
def shines_through(s: Sheet, row: Row, at: int, **pen: object) -> int | None:
    """A cross of the back, or one that has set off."""
    darkness = s.rng.uniform(0.05, 0.35)
    _shadow(s, lambda: hands.cross(s, row.boxes[at], row.cells[at], **pen), darkness, s.rng.uniform(0.05, 0.3))
    other = _or_alone(s, row, at, pen)
    return other if darkness < 0.12 else None


@kind
def stain(s: Sheet, row: Row, at: int, **pen: object) -> int | None:
    size, (x, y) = s.rng.uniform(3, 14), np.array(row.boxes[at].middle) + s.rng.uniform(-6, 6, 2)
    round_it = Box(x - size, y - size, 2 * size, 2 * size)
    _shadow(
        s,
        lambda: s.ring(round_it, width=s.rng.uniform(0.5, 2.5), pen=BLACK),
        s.rng.uniform(0.08, 0.4),
        s.rng.uniform(0.05, 0.6),
    )
    return _or_alone(s, row, at, pen)


@kind
def rubbed_out(s: Sheet, row: Row, at: int, **pen: object) -> None:
    box = row.boxes[at]
    hands.cross(s, box, row.cells[at], **_pencil(s, 0.1, 0.4, pen))
    s.shade(box.grown(s.rng.uniform(-1.5, 1)), s.rng.uniform(0, 0.2), soft=s.rng.uniform(0.2, 0.8))
    plain(s, row, 1 - at, **pen)


@kind
def thin_in_the_other(s: Sheet, row: Row, at: int, **pen: object) -> None:
    plain(s, row, at, **{**pen, "width": s.rng.uniform(0.1, 0.25), "press": s.rng.uniform(0.4, 1)})
    plain(s, row, 1 - at, **pen)


@kind
def box_redrawn(s: Sheet, row: Row, at: int, **pen: object) -> None:
    b = row.boxes[at].grown(s.rng.uniform(-0.6, 0.5))
    corners = [(b.x, b.y), (b.right, b.y), (b.right, b.bottom), (b.x, b.bottom), (b.x, b.y)]
    for one, other in pairwise(corners):
        s.line(one, other, bow=0.1, **pen)
    plain(s, row, 1 - at, **pen)


def try_strange(kinds: dict[str, Kind], seed: int, blank: Blank = AGREE) -> Counter[tuple[str, str]]:
    """One sheet: how many rows of each kind were tried, accepted, and accepted wrongly."""
    rng, seen, rows, zone = (
        np.random.default_rng([77, seed]),
        Counter[tuple[str, str]](),
        blank.layout.rows,
        blank.zones[0],
    )
    sheet, plan = paper_for(blank, zone, DPIS[seed // len(_MACHINES) % 2], rng), []
    for place, row in enumerate(rows):
        at, pen, name = int(rng.integers(2)), hands.pen_of(rng), "plain" if rng.random() < 0.5 else "empty"
        if place % 2:
            name = list(kinds)[int(rng.integers(len(kinds)))]
        plan.append((name, {**kinds, "plain": plain, "empty": lambda *_a, **_k: None}[name](sheet, row, at, **pen)))
    read = read_zone(sheet, zone, PROFILES[_MACHINES[seed % len(_MACHINES)]], rng)
    cells = read_boxes(read, [cell for row in rows for cell in row.cells], np.zeros((2 * len(rows), 2)))
    for (name, allowed), pair in zip(plan, zip(cells[::2], cells[1::2], strict=True), strict=True):
        taken = {Choice.FOR: 0, Choice.AGAINST: 1}.get(choice_of_cells(pair))
        seen[name, "tried"] += 1
        seen[name, "accepted"] += taken is not None
        seen[name, "wrong"] += taken not in {None, allowed}
    return seen


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--sheets", type=int, default=600)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--kinds", default=",".join(KINDS))
    asked = options.parse_args()
    seen: Counter[tuple[str, str]] = Counter()
    for seed in range(asked.first, asked.first + asked.sheets):
        seen.update(try_strange({name: KINDS[name] for name in asked.kinds.split(",")}, seed))
    for name in sorted({name for name, _what in seen}):
        print(
            f"     {name}: {seen[name, 'tried']} tried, {seen[name, 'accepted']} accepted, wrong {seen[name, 'wrong']}"
        )
    tried, wrong = (
        sum(count for (_name, told), count in seen.items() if told == what) for what in ("tried", "wrong")
    )
    tell(f"rows accepted as no careful person would read them, of {tried}", wrong, most=0, unit="rows")
    return done()


if __name__ == "__main__":
    sys.exit(main())
