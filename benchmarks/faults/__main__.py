"""Sheets drawn, spoiled and read: how many rows were accepted wrongly."""

from __future__ import annotations

import argparse
import sys
from collections import Counter

import cv2
import numpy as np
from numpy.random import Generator

from benchmarks import hands
from benchmarks.ballots import AGREE, DPIS, STRIKE
from benchmarks.faults import paper, scanner, shades
from benchmarks.faults.kinds import KINDS
from benchmarks.goals import done, tell
from benchmarks.hands import Sheet
from benchmarks.machines import PROFILES, encoded, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.intake import Unreadable, picture_of
from chibo.ballots.reading import read_picture
from chibo.ballots.rules import Choice
from chibo.ballots.style import Form

READ = (scanner, shades, paper)
"""The rooms of the faults: to be read is to be known by name."""
SURE = {Choice.FOR, Choice.AGAINST}
_MACHINES = ("S0", "S1", "S1", "S2", "P1")


def ballot(blank: Blank, dpi: int, rng: Generator) -> tuple[Sheet, list[set[Choice]]]:
    """A stamped ballot of either form, and for each row the choices that may be taken: one, or none."""
    sheet, meant = Sheet.of(blank, dpi, rng), list[set[Choice]]()
    sheet.stamp(rng.uniform(42, 48), rng.uniform(38, 44))
    for at, row in enumerate(blank.layout.rows):
        pen = hands.pen_of(rng)
        if blank.style.form is Form.STRIKE:
            struck = rng.random() < 0.25
            if struck:
                hands.strike(sheet, hands.ink_box(blank, at), **pen)
            meant.append({Choice.AGAINST if struck else Choice.FOR})
            continue
        marked = ([0], [1], [0, 1], [])[rng.choice(4, p=(0.425, 0.425, 0.07, 0.08))]
        for box in marked:
            (hands.cross if rng.random() < 0.75 else hands.tick)(sheet, row.boxes[box], row.cells[box], **pen)
        meant.append({(Choice.FOR, Choice.AGAINST)[marked[0]]} if len(marked) == 1 else set())
    return sheet, meant


def try_fault(kinds: list[str], seed: int) -> tuple[str, Counter[str]]:
    """One sheet: which faults it had, and how many rows were tried, accepted, and accepted wrongly, or that it was refused."""
    rng = np.random.default_rng([78, seed])
    blank, dpi = (STRIKE if rng.random() < 0.4 else AGREE), DPIS[int(rng.random() < 0.3)]
    sheet, meant = ballot(blank, dpi, rng)
    machine = PROFILES[_MACHINES[seed % len(_MACHINES)]]
    image = np.asarray(scanned(sheet.page, sheet.scale, machine, rng), np.float32)
    count = min(len(kinds), 1 if rng.random() < 0.6 else 2)
    chosen = [str(name) for name in rng.choice(kinds, count, replace=False)]
    for name in chosen:
        spoiled = KINDS[name](image.copy(), rng)
        image = np.ascontiguousarray(np.clip(spoiled, 0, 255), np.float32)
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(50, 95))]
    data = encoded(image, ".png") if rng.random() < 0.3 else encoded(image, ".jpg", quality)
    told = chosen[0] if count == 1 else "two at once"
    try:
        read = read_picture(picture_of(data), blank).sheet
    except Unreadable:
        return told, Counter(sheets=1, refused=1)
    assert read is not None
    taken = [(choice, right) for choice, right in zip(read.choices, meant, strict=True) if choice in SURE]
    wrong = sum(choice not in right for choice, right in taken)
    return told, Counter(sheets=1, rows=len(meant), accepted=len(taken), wrong=wrong)


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--sheets", type=int, default=400)
    options.add_argument("--first", type=int, default=0)
    options.add_argument("--kinds", default=",".join(KINDS))
    asked = options.parse_args()
    seen: dict[str, Counter[str]] = {}
    for seed in range(asked.first, asked.first + asked.sheets):
        name, facts = try_fault(asked.kinds.split(","), seed)
        seen.setdefault(name, Counter()).update(facts)
        if facts["wrong"]:
            print(f"     wrong: seed {seed}, {name}")
    for name, facts in sorted(seen.items()):
        print(f"     {name}: {facts['sheets']} sheets, {facts['refused']} refused, {facts['rows']} rows, "
              f"{facts['accepted']} accepted, wrong {facts['wrong']}")  # fmt: skip
    whole = sum(seen.values(), Counter[str]())
    tell(f"wrong among {whole['accepted']} rows accepted of {whole['sheets']} sheets, {whole['refused']} refused",
         whole["wrong"], most=0, unit="rows")  # fmt: skip
    return done()


if __name__ == "__main__":
    sys.exit(main())
