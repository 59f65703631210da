"""Cases 26, 30, 70, 71, 77 and 78: what follows from what was read, for a ballot and for a whole count."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import hands
from benchmarks.cases.desk import Desk, case, style
from benchmarks.hands import Sheet
from benchmarks.machines import OFFICE, jpeg, scanned
from chibo.ballots.blank import Blank
from chibo.ballots.command import compare_with_hand, count_ballots, print_ballots
from chibo.ballots.reading import Reading
from chibo.ballots.rules import Choice, Papers, ruling_on
from chibo.ballots.traces import is_same_sheet

DAY = date(2025, 3, 1)


@lru_cache(maxsize=1)
def _single() -> Blank:
    return Blank.of(style(listed=1))


def _ruled(reading: Reading | str, drawn: list[Choice], blank: Blank) -> str:
    """The rules on what was read, rows for people settled as they were drawn; "wrong" if a sure row reads otherwise."""
    if isinstance(reading, str):
        return "R"
    assert reading.sheet
    sure = {Choice.FOR, Choice.AGAINST}
    pairs = zip(reading.sheet.choices, drawn, strict=True)
    if any(read in sure and read is not meant for read, meant in pairs):
        return "wrong"
    ruling = ruling_on(blank.style.form, blank.style.seats, drawn, on=DAY)
    return "valid" if ruling.is_valid else "I"


@case(26, "a list of one, both boxes or none", "I")
def _one(desk: Desk) -> str:
    blank, both = _single(), desk.rng.random() < 0.5
    row = blank.layout.rows[0]

    def draw(s: Sheet) -> None:
        for box, cell in zip(row.boxes, row.cells, strict=True) if both else ():
            hands.cross(s, box, cell, **hands.pen_of(desk.rng))

    reading = desk.seen(desk.ballot(draw, blank=blank, row=0), blank=blank)
    return _ruled(reading, [Choice.BOTH if both else Choice.NEITHER], blank)


@case(30, "more left standing than seats, or nobody", "I")
def _too_many(desk: Desk) -> str:
    blank, rows = desk.strike, len(desk.strike.layout.rows)
    struck = range(rows) if desk.rng.random() < 0.5 else range(rows - blank.style.seats - 1)

    def draw(s: Sheet) -> None:
        for at in struck:
            hands.strike(s, hands.ink_box(blank, at), **hands.pen_of(desk.rng))

    sheet = Sheet.of(blank, desk.dpi, desk.rng)
    sheet.stamp()
    draw(sheet)
    drawn = [Choice.AGAINST if at in struck else Choice.FOR for at in range(rows)]
    return _ruled(desk.seen(sheet, blank=blank), drawn, blank)


@case(70, "one ballot scanned twice", "I")
def _twice(desk: Desk) -> str:
    sheet, other = desk.ballot(), desk.ballot()
    traces = [
        seen.sheet.trace
        for seen in (desk.seen(s) for s in (sheet, sheet, other))
        if not isinstance(seen, str) and seen.sheet
    ]
    if len(traces) < 3:
        return "R"
    found = is_same_sheet(traces[0], traces[1]), is_same_sheet(traces[0], traces[2])
    return "I" if found == (True, False) else str(found)


def _counted(
    desk: Desk, ballots: int, use: Callable[[Path, Path, Path], str], spoil: Callable[[Sheet], None] | None = None
) -> str:
    """A folder with a printed form and its scans, of which ``use`` makes something."""
    with TemporaryDirectory(prefix="chibo-case-") as made:
        folder = Path(made)
        (folder / "style.json").write_text(json.dumps(desk.strike.style.as_json()), encoding="utf-8")
        print_ballots(folder / "style.json", folder / "form", voters=ballots, spare=0)
        (folder / "scans").mkdir()
        for at in range(ballots):
            sheet = Sheet.of(desk.strike, 200, desk.rng)
            sheet.page = sheet.page[..., :1].copy()
            sheet.stamp(desk.rng.uniform(42, 48), desk.rng.uniform(38, 44))
            for row in desk.rng.choice(len(desk.strike.layout.rows), 3, replace=False):
                hands.strike(sheet, hands.ink_box(desk.strike, int(row)), **hands.pen_of(desk.rng))
            if spoil:
                spoil(sheet)
            data = jpeg(scanned(sheet.page, sheet.scale, OFFICE, desk.rng), OFFICE, desk.rng)
            (folder / "scans" / f"{at:05}.jpg").write_bytes(data)
        return use(folder / "form" / "form.json", folder / "scans", folder)


@case(71, "two sheets drawn in as one: fewer pictures than papers", "I")
def _double_feed(desk: Desk) -> str:
    def use(form: Path, scans: Path, folder: Path) -> str:
        next(scans.iterdir()).unlink()
        count_ballots(form, scans, folder / "count", on=DAY)
        hand = folder / "hand.json"
        names = len(desk.strike.style.names)
        hand.write_text(json.dumps({"votes": [0] * names, "valid": 3, "invalid": 1}), encoding="utf-8")
        papers = Papers(printed=4, present=4, issued=4, collected=4)
        told = compare_with_hand(form, folder / "count" / "count.journal", hand, on=DAY, papers=papers)
        return "-" if told["agree"] else "I"

    return _counted(desk, 4, use)


@case(77, "the same streak on a whole batch", "I")
def _streaked(desk: Desk) -> str:
    x = desk.rng.uniform(20, 128)

    def streak(s: Sheet) -> None:
        at = round((x + desk.rng.normal(0, 0.2)) * s.scale)
        s.page[:, at : at + 3] *= 0.3

    def use(form: Path, scans: Path, folder: Path) -> str:
        alarms = count_ballots(form, scans, folder / "count", on=DAY)["alarms"]
        return "I" if [alarm["kind"] for alarm in alarms] == ["streak"] else "-"

    return _counted(desk, 5, use, streak)


_COUNT = (
    "import sys; from pathlib import Path; from datetime import date; from chibo.ballots.command import count_ballots\n"
    "if __name__ == '__main__':\n"
    "    count_ballots(*map(Path, sys.argv[1:4]), on=date(2025, 3, 1), workers=2)\n"
)


def _children(process: int) -> list[int]:
    """The processes that ``process`` started (Linux)."""
    file = Path(f"/proc/{process}/task/{process}/children")
    return [int(word) for word in file.read_text().split()] if file.exists() else []


@case(78, "a worker, or the whole count, killed in the middle", "C")
def _killed(desk: Desk) -> str:
    def use(form: Path, scans: Path, folder: Path) -> str:
        alone = count_ballots(form, scans, folder / "alone", on=DAY)
        script, journal = folder / "count.py", folder / "killed" / "count.journal"
        script.write_text(_COUNT, encoding="utf-8")
        run = subprocess.Popen(
            [sys.executable, str(script), str(form), str(scans), str(folder / "killed")],
            env={**os.environ, "PYTHONPATH": str(Path.cwd())},
            stderr=subprocess.DEVNULL,
        )
        while run.poll() is None and not (journal.exists() and journal.read_bytes().count(b"\n") > 2):
            time.sleep(0.02)
        workers = _children(run.pid)
        for victim in workers[-1:] if desk.rng.random() < 0.5 else [run.pid]:
            os.kill(victim, signal.SIGKILL)
        run.wait(120)
        again = count_ballots(form, scans, folder / "killed", on=DAY)
        same = journal.read_bytes() == (folder / "alone" / "count.journal").read_bytes()
        return "C" if same and again == alone else "wrong"

    return _counted(desk, 60, use)
