"""``kill -9`` while a cell is being evaluated leaves all or nothing, on both databases."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.imports.test_crash import environment  # noqa: F401 - a database of its own, of the kind under test
from tests.plans.crashing import PLANS


def told(where: dict[str, str], *steps: str) -> tuple[int, list[str]]:
    """How the process ended, and what each ``look`` among the steps saw."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.plans.crashing", *steps],
        env=where, capture_output=True, text=True, check=False, timeout=120, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return done.returncode, done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_kill_9_leaves_all_or_nothing_and_the_cell_can_be_evaluated_again(environment: dict[str, str]) -> None:  # noqa: F811
    assert told(environment, "prepare", "look") == (0, ["0 0"])
    assert told(environment, "die") == (-signal.SIGKILL, [])
    assert told(environment, "look", "write", "look") == (0, ["0 0", f"{PLANS} 1"])
