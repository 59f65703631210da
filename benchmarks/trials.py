"""Boxes and names tried by the hundred thousand: only the columns that are read are drawn, degraded and read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks import hands
from benchmarks.hands import Sheet
from benchmarks.machines import Machine, jpeg, scanned
from chibo.ballots.blank import FINE, ROUGH, Blank
from chibo.ballots.evening import Light, Zone, white_of
from chibo.ballots.layout import Box
from chibo.ballots.marks import Mark, read_boxes
from chibo.ballots.reading import choice_of_cells
from chibo.ballots.registration import warped
from chibo.ballots.rules import Choice
from chibo.ballots.strikes import Strike, names_of, read_rows

_APART = 12.0
"""mm to the right of the columns, where a black patch shows what the printer's black became."""


@dataclass
class Score:
    """What became of all that was tried. A cell is wrong if it is decided against the truth; where truth is "people", if it is marked."""

    cells: int = 0
    wrong: int = 0
    doubtful: int = 0
    clean: int = 0
    clean_doubtful: int = 0
    rows: int = 0
    rows_auto: int = 0
    rows_wrong: int = 0
    by_kind: Counter[str] = field(default_factory=Counter)

    def add(self, other: Score) -> None:
        for name in self.__dataclass_fields__:
            setattr(self, name, getattr(self, name) + getattr(other, name))


def try_boxes(blank: Blank, dpi: int, machine: Machine, rng: Generator, *, odd: float) -> Score:
    """One sheet of the agree form; each row is one clean mark, or with ``odd`` something strange in one of its boxes."""
    zone_box, rows = blank.zones[0], blank.layout.rows
    sheet, plan = paper_for(blank, zone_box, dpi, rng), []
    for row in rows:
        truth, kind = [Mark.BLANK, Mark.BLANK], "clean"
        at = int(rng.integers(2))
        box, cell, pen = row.boxes[at], row.cells[at], hands.pen_of(rng)
        if rng.random() >= odd:
            (hands.cross if rng.random() < 0.75 else hands.tick)(sheet, box, cell, **pen)
            truth[at] = Mark.MARKED
        else:
            groups = (
                (hands.MARK_OR_PEOPLE, Mark.MARKED),
                (hands.BLANK_OR_PEOPLE, Mark.BLANK),
                (hands.PEOPLE, Mark.DOUBTFUL),
            )
            choices = [(name, draw, mark) for group, mark in groups for name, draw in group.items()]
            kind, draw, truth[at] = choices[int(rng.integers(len(choices)))]
            draw(sheet, box, cell, **pen)
            if rng.random() < 0.5:
                hands.cross(sheet, row.boxes[1 - at], row.cells[1 - at], **pen)
                truth[1 - at] = Mark.MARKED
        plan.append((truth, kind))
    zone = read_zone(sheet, zone_box, machine, rng)
    cells = read_boxes(zone, [cell for row in rows for cell in row.cells], np.zeros((2 * len(rows), 2)))
    score = Score()
    for (truth, kind), pair in zip(plan, zip(cells[::2], cells[1::2], strict=True), strict=True):
        for mark, cell in zip(truth, pair, strict=True):
            score.cells += 1
            is_doubt = cell.mark is Mark.DOUBTFUL
            wrong = (
                not is_doubt
                and cell.mark is not mark
                and not (mark is Mark.DOUBTFUL and cell.mark is Mark.BLANK and kind in _MAY_BE_BLANK)
            )
            score.wrong += wrong
            score.doubtful += is_doubt
            score.clean += kind == "clean"
            score.clean_doubtful += is_doubt and kind == "clean"
            score.by_kind[f"{kind}: {'wrong' if wrong else 'people' if is_doubt else 'decided'}"] += (
                kind != "clean" or wrong
            )
        _judge(score, choice_of_cells(pair), truth)
    return score


_MAY_BE_BLANK = {"beside", "circle"}
"""A ring wholly outside, a cross beside: the box itself is blank, and the row rule sends the row to people."""


def _judge(score: Score, choice: Choice, truth: list[Mark]) -> None:
    score.rows += 1
    if choice not in {Choice.FOR, Choice.AGAINST}:
        return
    score.rows_auto += 1
    meant = (Mark.MARKED, Mark.BLANK) if choice is Choice.FOR else (Mark.BLANK, Mark.MARKED)
    score.rows_wrong += tuple(truth) != meant


def try_names(blank: Blank, dpi: int, machine: Machine, rng: Generator, *, odd: float) -> Score:
    """One sheet of the strike form; a row is kept, struck, or with ``odd`` something for people."""
    box, score, plan = blank.zones[0], Score(), []
    sheet = paper_for(blank, box, dpi, rng)
    kinds = list(hands.NAME_PEOPLE.items())
    for at in range(len(blank.layout.rows)):
        name, pen = hands.ink_box(blank, at), hands.pen_of(rng)
        truth, kind = Strike.KEPT, "clean"
        if rng.random() < odd:
            kind, draw = kinds[int(rng.integers(len(kinds)))]
            draw(sheet, name, **pen)
            truth = Strike.DOUBTFUL
        elif rng.random() < 0.4:
            hands.strike(sheet, name, **pen)
            truth = Strike.STRUCK
        plan.append((truth, kind))
    zone = read_zone(sheet, box, machine, rng)
    read = read_rows(zone, names_of(blank)[0], np.zeros((len(plan), 2)))
    for strike, (truth, kind) in zip((name.strike for name in read), plan, strict=True):
        is_doubt = strike is Strike.DOUBTFUL
        wrong = not is_doubt and strike is not truth
        score.add(Score(1, wrong, is_doubt, kind == "clean", kind == "clean" and is_doubt, 1, not is_doubt, wrong))
        score.by_kind[f"{kind}: {'wrong' if wrong else 'people' if is_doubt else 'decided'}"] += (
            kind != "clean" or wrong
        )
    return score


def paper_for(blank: Blank, box: Box, dpi: int, rng: Generator) -> Sheet:
    sheet = Sheet.part(blank, dpi, rng, box)
    patch = round(_APART * sheet.scale)
    sheet.page = cv2.copyMakeBorder(sheet.page, 0, 0, 0, patch, cv2.BORDER_CONSTANT, value=(1, 1, 1))[..., None]
    low, high = sheet.px(np.array([(box.right + 4, box.y + 10), (box.right + 9, box.y + 15)])) // 16
    sheet.page[low[1] : high[1], low[0] : high[0]] = 0
    return sheet


def read_zone(sheet: Sheet, box: Box, machine: Machine, rng: Generator) -> Zone:
    """Degraded by the machine, brought to the reader's scale with a registration error of up to 0.13 mm."""
    still = machine.__class__(**{**machine.__dict__, "turn": (0, 0), "shift": 0, "tilt": 0, "curl": 0, "margin": 0})
    gray = cv2.imdecode(np.frombuffer(jpeg(scanned(sheet.page, sheet.scale, still, rng), still, rng), np.uint8), 0)
    angle, (dx, dy) = np.radians(rng.uniform(-0.03, 0.03)), rng.uniform(-0.1, 0.1, 2)
    wide = Box(box.x, box.y, box.w + _APART, box.h)
    x0, y0 = box.x - sheet.x0 + dx, box.y - sheet.y0 + dy
    plane = np.array([[1, -angle, x0], [angle, 1, y0], [0, 0, 1]])
    plane = np.array([[sheet.scale, 0, -0.5], [0, sheet.scale, -0.5], [0, 0, 1]]) @ plane
    rough = warped(gray, plane, ROUGH, 0, 0, round(wide.w * ROUGH), round(wide.h * ROUGH))
    white = white_of(rough)
    spot = rough[round(11 * ROUGH) : round(14 * ROUGH), round((box.w + 5) * ROUGH) : round((box.w + 8) * ROUGH)]
    black = float(np.median(spot)) * 255 / max(1.0, float(white[12, round(box.w) + 2]))
    light = Light(white, round(min(black, 170.0)))
    fine = warped(gray, plane, FINE, 0, 0, round(box.w * FINE), round(box.h * FINE))
    dark = light.darkness(fine, Box(0, 0, box.w, box.h))
    return Zone.of(box, dark)


Trial = Callable[..., Score]
