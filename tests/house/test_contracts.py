"""Each contract must break when it is broken: a linter that never fails is decoration."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BREACHES = [
    ("apps", "units/selectors.py", "import chibo.members.models"),
    ("apps", "figures/selectors.py", "import chibo.reports.selectors"),
    ("rooms", "access/selectors.py", "import chibo.access.actions"),
    ("rooms", "meetings/models.py", "import chibo.meetings.selectors"),
    ("pure", "meetings/rules.py", "from django.utils import timezone"),
    ("pure", "units/rules.py", "import random"),
    ("scope", "figures/views.py", "from chibo.figures.models import Figure"),
    ("private", "members/models.py", "import chibo.figures.views"),
    ("apps", "ballots/style.py", "import chibo.core.values"),
    ("ballots", "ballots/counting.py", "from django.utils import timezone"),
    ("manifest", "core/registry.py", "import chibo.figures.manifest"),
]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the house that may be broken."""
    top = tmp_path_factory.mktemp("house")
    shutil.copytree(ROOT / "chibo", top / "chibo", ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    shutil.copy(ROOT / "pyproject.toml", top)
    (top / "chibo/figures/models.py").touch()
    return top


@pytest.mark.parametrize(("contract", "path", "line"), BREACHES)
def test_a_breach_is_caught(house: Path, contract: str, path: str, line: str) -> None:
    room = house / "chibo" / path
    target = room if room.exists() else room.with_suffix("") / "__init__.py"
    before = target.read_text()
    target.write_text(f"{before}\n{line}\n")
    run = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache", "--contract", contract],
        cwd=house, capture_output=True, text=True, check=False,
    )  # fmt: skip
    target.write_text(before)
    assert run.returncode == 1, run.stdout + run.stderr
    assert "BROKEN" in run.stdout
