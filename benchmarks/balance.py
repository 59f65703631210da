"""Long measurements of the ballots in parts that add up: each part is a range of seeds and a line of results in a file.

    python -m benchmarks.balance pages results.jsonl --parts 1000 --seconds 3600
    python -m benchmarks.balance boxes results.jsonl         goes on where the file ends
    python -m benchmarks.balance names results.jsonl --seconds 0   only tells what the file holds

A part is written when it is whole; killed in the middle, it is measured again. Each line names the digest of the reader
that was measured, and only lines of the present reader are added up. Zero wrong in n leaves 3/n as the 95 % bound.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np

import chibo.ballots
from benchmarks.ballots import AGREE, DPIS, STRIKE, placed_within
from benchmarks.machines import PROFILES
from benchmarks.trials import Score, try_boxes, try_names

_PART = {"boxes": 10, "names": 20, "pages": 40}
"""Sheets of one part."""
_FIRST = 1_000_000
"""Seeds from here on have never been used to set a threshold."""
_ODD = (0.0, 0.0, 0.06, 0.5)


_NOT_READING = {"batch", "chain", "command", "counting", "files", "queue", "tallying", "traces", "worker"}
"""What comes before and after a sheet is read: files that cannot be opened, writing down, asking, adding up."""
_ELSEWHERE = {
    "boxes": {"strikes", "pencil", "ink"},
    "names": {"marks", "strokes", "shapes", "ink"},
    "pages": {"strikes", "pencil", "marks", "strokes", "shapes", "ink"},
}
"""What takes no part in what is measured."""


def reader(what: str) -> str:
    """The digest of everything that reads what is measured."""
    rooms = sorted(Path(chibo.ballots.__file__).parent.glob("*.py"))
    read = b"".join(room.read_bytes() for room in rooms if room.stem not in _NOT_READING | _ELSEWHERE[what])
    return hashlib.sha256(read).hexdigest()[:12]


def boxes_or_names(what: str, part: int) -> dict[str, Counter[str]]:
    """One part: counts by profile, resolution and share of odd rows."""
    trial, blank = (try_boxes, AGREE) if what == "boxes" else (try_names, STRIKE)
    counted: dict[str, Counter[str]] = {}
    for at in range(_PART[what]):
        seed = _FIRST + part * _PART[what] + at
        profile, dpi, odd = list(PROFILES)[seed % 4], DPIS[seed // 4 % 2], _ODD[seed // 8 % 4]
        score: Score = trial(blank, dpi, PROFILES[profile], np.random.default_rng([seed, dpi]), odd=odd)
        facts = {name: value for name, value in vars(score).items() if isinstance(value, int)}
        counted.setdefault(f"{profile} {dpi} dpi {odd:.0%} odd", Counter()).update(facts)
    return counted


def pages(part: int) -> dict[str, Counter[str]]:
    counted: dict[str, Counter[str]] = {}
    for at in range(_PART["pages"]):
        kind, off = placed_within(_FIRST + part * _PART["pages"] + at)
        accepted = off is not None
        seen = Counter(cells=1, rows_auto=int(accepted), rows_wrong=int(accepted and off > 0.5))
        counted.setdefault(kind, Counter()).update(seen)
    return counted


def go_on(what: str, file: Path, first: int, parts: int, seconds: float) -> None:
    known, mine, until = {line["part"] for line in lines(what, file)}, reader(what), time.monotonic() + seconds
    for part in range(first, first + parts):
        if part in known:
            continue
        if time.monotonic() >= until:
            return
        counted = pages(part) if what == "pages" else boxes_or_names(what, part)
        with file.open("a", encoding="utf-8") as out:
            out.write(json.dumps({"what": what, "reader": mine, "part": part, "counted": counted}) + "\n")


def lines(what: str, file: Path) -> list[dict[str, object]]:
    """The whole lines of this measurement by the present reader; a part that two measured counts once."""
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    told, mine = [json.loads(line) for line in text.splitlines() if line.endswith("}")], reader(what)
    return [*{line["part"]: line for line in told if line["what"] == what and line["reader"] == mine}.values()]


def tell(what: str, file: Path) -> int:
    """The curve, wrong against sent to people, and the bound; returns how many accepted were wrong."""
    total: dict[str, Counter[str]] = {}
    for line in lines(what, file):
        for kind, facts in line["counted"].items():  # type: ignore[attr-defined]
            total.setdefault(kind, Counter()).update(facts)
    whole: Counter[str] = Counter()
    for kind, facts in sorted(total.items()):
        whole.update(facts)
        people = facts["doubtful"] if what != "pages" else facts["cells"] - facts["rows_auto"]
        clean = f", clean {facts['clean_doubtful'] / facts['clean']:.3%}" if facts["clean"] else ""
        print(f"{kind}: {facts['cells']} tried, {people / facts['cells']:.3%} to people or refused{clean}, "
              f"{facts['rows_auto']} accepted, of them wrong {facts['rows_wrong']}")  # fmt: skip
    accepted = whole["rows_auto"]
    bound = f"at most {3e6 / accepted:.1f} per million (95 %)" if accepted and not whole["rows_wrong"] else "no bound"
    print(
        f"{what}: {whole['cells']} tried, {accepted} accepted, wrong {whole['rows_wrong']}: {bound}; reader {reader(what)}"
    )
    return whole["rows_wrong"]


def main() -> int:
    options = argparse.ArgumentParser()
    options.add_argument("what", choices=tuple(_PART))
    options.add_argument("file", type=Path)
    options.add_argument("--first", type=int, default=0, help="the first part, so that two may measure side by side")
    options.add_argument("--parts", type=int, default=1_000_000)
    options.add_argument("--seconds", type=float, default=60)
    asked = options.parse_args()
    go_on(asked.what, asked.file, asked.first, asked.parts, asked.seconds)
    return 1 if tell(asked.what, asked.file) else 0


if __name__ == "__main__":
    sys.exit(main())
