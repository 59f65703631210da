"""``kill -9`` while a list is being written leaves all of it or nothing, on both databases."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from django.db import connection

from tests.imports.crashing import ROWS


@pytest.fixture
def environment(tmp_path: Path, db: None) -> Iterator[dict[str, str]]:
    """A database of its own, of the kind these tests run on, that other processes can open."""
    told = {**os.environ, "CHIBO_DATA": str(tmp_path), "PYTHONUTF8": "1"}
    if connection.vendor == "sqlite":
        told.pop("DATABASE_URL", None)
        yield told
        return
    name = f"chibo_crash_{uuid4().hex[:12]}"
    url = urlsplit(os.environ["DATABASE_URL"])
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    try:
        yield {**told, "DATABASE_URL": urlunsplit(url._replace(path=f"/{name}"))}
    finally:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def process(environment: dict[str, str], *steps: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.imports.crashing", *steps],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        cwd=Path(__file__).parents[2],
    )  # fmt: skip


def told(environment: dict[str, str], *steps: str) -> list[list[object]]:
    """What each ``look`` among the steps saw."""
    out, _err = process(environment, *steps).communicate(timeout=60)
    return [json.loads(line) for line in out.splitlines()]


def test_kill_9_leaves_all_or_nothing_and_the_work_can_be_done_again(environment: dict[str, str]) -> None:
    assert told(environment, "prepare", "look") == [[0, 0, 0, 0, "applying"]]
    writing = process(environment, "write")
    assert writing.stdout is not None
    assert writing.stdout.readline().strip() == f"1000/{ROWS}"
    writing.kill()
    writing.wait()
    nothing, everything = told(environment, "look", "again", "again", "look")
    assert nothing == [0, 0, 0, 0, "applying"]
    assert everything == [ROWS, ROWS, ROWS, 1, "applied"]
