"""One sheet in two pictures (scanned twice, or drawn in twice): how many are known again, and how many others are taken for one.

python -m benchmarks.again --ballots 60
"""

from __future__ import annotations

import argparse
import sys

import numpy as np

from benchmarks import hands
from benchmarks.cases import style
from benchmarks.goals import done, tell
from benchmarks.hands import Sheet
from benchmarks.machines import OFFICE, jpeg, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.intake import Unreadable, picture_of
from chibo.ballots.reading import read_picture
from chibo.ballots.style import Form
from chibo.ballots.traces import Traces

Trace = tuple[tuple[int, int, int], ...]


def _sheet(blank: Blank, rng: np.random.Generator, *, stamped: bool) -> Sheet:
    """A ballot that votes as nearly all others do: the hardest to tell apart."""
    sheet = Sheet.of(blank, 200, rng)
    sheet.page = np.ascontiguousarray(sheet.page[..., :1])
    if stamped:
        sheet.stamp(rng.uniform(42, 48), rng.uniform(38, 44))
    for at, row in enumerate(blank.layout.rows):
        if blank.style.form is Form.AGREE:
            column = int(rng.random() < 0.05)
            hands.cross(sheet, row.boxes[column], row.cells[column], **hands.pen_of(rng))
        elif at < blank.style.surplus:
            hands.strike(sheet, hands.ink_box(blank, at), **hands.pen_of(rng))
    return sheet


def _trace(sheet: Sheet, blank: Blank, rng: np.random.Generator) -> Trace | None:
    try:
        reading = read_picture(picture_of(jpeg(scanned(sheet.page, sheet.scale, OFFICE, rng), OFFICE, rng)), blank)
    except Unreadable:
        return None
    return reading.sheet.trace if reading.sheet else None


def measure(blank: Blank, ballots: int, *, stamped: bool) -> tuple[int, int, int]:
    """How many sheets were seen twice, how many of them were known again, and how many of the others were taken for one."""
    rng = np.random.default_rng([len(blank.style.names), stamped])
    pairs = []
    for _ in range(ballots):
        sheet = _sheet(blank, rng, stamped=stamped)
        pairs.append((_trace(sheet, blank, rng), _trace(sheet, blank, rng)))
    whole = [(one, again) for one, again in pairs if one and again]
    traces, false = Traces(), 0
    for one, _again in whole:
        false += "twice" in traces.marked({"kind": "sheet", "trace": one, "concerns": []})["concerns"]
    known = sum(
        "twice" in traces.marked({"kind": "sheet", "trace": again, "concerns": []})["concerns"] for _o, again in whole
    )
    return len(whole), known, false


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("--ballots", type=int, default=60)
    asked = options.parse_args()
    for form, listed in ((Form.AGREE, 3), (Form.AGREE, 11), (Form.STRIKE, 5), (Form.STRIKE, 11)):
        blank = Blank.of(style(form, listed))
        for stamped in (True, False):
            seen, known, false = measure(blank, asked.ballots, stamped=stamped)
            name = f"{form} form of {listed}, {'stamped' if stamped else 'no stamp'}, {seen} sheets seen twice"
            tell(f"{name}: known again", 100 * known / max(1, seen), least=99, unit="%")
            tell(f"{name}: others taken for one of them", 100 * false / max(1, seen), most=1, unit="%")
    return done()


if __name__ == "__main__":
    sys.exit(main())
