"""``kill -9`` in the middle of a count loses nothing but the paper in the hand, and counts nothing twice."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.congresses.crashing import DYING, PAPERS
from tests.imports.test_crash import environment  # noqa: F401 - a database of its own, of the kind under test


def told(where: dict[str, str], *steps: str) -> tuple[int, list[str]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.congresses.crashing", *steps],
        env=where, capture_output=True, text=True, check=False, timeout=120, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    return done.returncode, done.stdout.splitlines()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_count_that_lost_its_power_goes_on_where_it_was(environment: dict[str, str]) -> None:  # noqa: F811
    assert told(environment, "prepare")[0] == 0
    assert told(environment, "die") == (-signal.SIGKILL, [])
    kept = DYING - 1
    assert told(environment, "look") == (0, [f"{kept} {kept} None None None None"])
    assert told(environment, "resume", "look") == (0, [f"{2 * PAPERS} {2 * PAPERS} 9 9 9 0"])


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_reading_of_scans_that_lost_its_power_goes_on_where_it_was(environment: dict[str, str]) -> None:  # noqa: F811
    """Two ballots were in the journal, the third in the hand; then all five, each once."""
    assert told(environment, "scan")[0] == 0
    assert told(environment, "read-dying")[0] == -signal.SIGKILL
    [looked] = told(environment, "read-look")[1]
    assert looked.startswith("reading 3 2 "), "the first line and two ballots"
    assert told(environment, "read", "read-look") == (0, ["read 6 5 3 4 4 4"])
