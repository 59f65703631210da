"""The most memory that a counting worker holds: ``python -m benchmarks.weighing FORM SCANS`` reads all scans, as a worker does.

A room of its own, because whoever draws and typesets ballots as well holds four times as much.
"""

from __future__ import annotations

import json
import resource
import sys
from base64 import b64decode
from pathlib import Path

from chibo.ballots.batch import entry_of
from chibo.ballots.blank import Blank
from chibo.ballots.intake import pages_in
from chibo.ballots.style import Style


def main() -> None:
    form = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    blank = Blank(Style.of_json(form["style"]), b64decode(form["pdf"]))
    for page in pages_in(Path(sys.argv[2])):
        entry_of(("weighed", page, None), blank, stamped=True)
    print(_peak())


def _peak() -> float:
    """The most MB this process held. Linux hands the parent's peak down in ``getrusage``, so it is asked in another way there."""
    status = Path("/proc/self/status")
    if status.exists():
        told = status.read_text(encoding="utf-8").split("VmHWM:")[1]
        return int(told.split()[0]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
