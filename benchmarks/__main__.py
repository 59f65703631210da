"""Measure, in ratios within one run: ``make bench`` (ARGS="pages writers …" for some). Machines are noisy; ratios are not.

Each measurement runs in a process of its own with a database of its own, prints `name: value (goal …)`, and says whether
the goal was met. The exit code is 1 if one was not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile

PARTS = (
    "pages",
    "roll",
    "figures",
    "warnings",
    "summary",
    "papers",
    "workbooks",
    "writers",
    "crashes",
    "sqlite",
    "engines",
    "ballots",
)


def main() -> int:
    failed = []
    for part in sys.argv[1:] or PARTS:
        with tempfile.TemporaryDirectory(prefix=f"chibo-bench-{part}-") as folder:
            environment = {**os.environ, "CHIBO_DATA": folder, "DJANGO_SETTINGS_MODULE": "benchmarks.settings"}
            print(f"== {part}", flush=True)
            run = subprocess.run([sys.executable, "-m", f"benchmarks.{part}"], env=environment, check=False)
            if run.returncode:
                failed.append(part)
    print("all goals met" if not failed else f"goals missed in: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
