"""The process in which uploaded scans are opened: run as a script, it may neither last nor grow, and knows no Django.

``python worker.py FOLDER ORDER`` works in FOLDER, where ``form.json`` and ``scans`` are. The order is JSON: ``read``, with
the settings of ``count_ballots``, leaves ``count.journal`` and ``queue``; ``draw`` leaves the picture of one ballot in
``sheets``. It says one JSON value a line: before each ballot which it is, how many are read and how many there are; at
the end, where it must, why nothing was done. A picture that kills the process is the one named last.
"""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from chibo.ballots.batch import ballots_in, reading_of
from chibo.ballots.command import count_ballots, form_of
from chibo.ballots.reading import crop_of
from chibo.ballots.rules import Policy
from chibo.ballots.style import Refused

_MEMORY = 3 * 1024**3


def read(folder: Path, order: dict[str, Any]) -> None:
    count_ballots(
        folder / "form.json", folder / "scans", folder / "count", on=date.fromisoformat(order["on"]),
        policy=Policy(**order["policy"]), stamped=order["stamped"], duplex=order["duplex"],
        report=lambda ballot, done, total: _say({"ballot": ballot, "done": done, "total": total}),
    )  # fmt: skip


def draw(folder: Path, order: dict[str, Any]) -> None:
    """The whole sheet, straightened where it could be."""
    blank = form_of(folder / "form.json")
    pages = ballots_in(folder / "scans", duplex=order["duplex"])[0].get(order["ballot"])
    reading = reading_of(pages, blank) if pages else None
    if reading and reading.picture is not None:
        (folder / "sheets").mkdir(mode=0o700, exist_ok=True)
        part = folder / "sheets" / f"{order['ballot']}.part"
        part.write_bytes(crop_of(reading, blank, None))
        part.replace(folder / "sheets" / f"{order['ballot']}.png")


def _say(facts: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(facts, ensure_ascii=False)}\n")
    sys.stdout.flush()


def _limit_memory() -> None:
    """Where the system can (not Windows), die rather than take the machine's memory."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    _limit_memory()
    order = json.loads(sys.argv[2])
    try:
        {"read": read, "draw": draw}[order.pop("does")](Path(sys.argv[1]), order)
    except Refused as refused:
        _say({"refused": refused.text, "params": {name: str(value) for name, value in refused.params.items()}})


if __name__ == "__main__":
    main()
