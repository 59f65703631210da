"""What is done without anybody pressing a button: waiting work, and the work of the night."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from chibo.desk.management.commands import nightly, work
from chibo.desk.management.commands.work import last_written
from chibo.units.selectors import root
from tests.world import World


@pytest.mark.once
def test_a_database_that_is_only_asked_looks_as_before_and_one_that_was_written_to_does_not(tmp_path: Path) -> None:
    place = tmp_path / "chibo.sqlite3"
    assert last_written(place) == last_written(place), "not even there"
    with sqlite3.connect(place, isolation_level=None) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE work (what)")
        before = last_written(place)
        database.execute("BEGIN EXCLUSIVE")
        database.execute("SELECT * FROM work").fetchall()
        database.execute("COMMIT")
        assert last_written(place) == before
        database.execute("INSERT INTO work VALUES ('report')")
        written = last_written(place)
        assert written != before
        database.execute("UPDATE work SET what = 'import'")
        assert last_written(place) != written
    database.close()


@pytest.mark.once
def test_a_full_disk_or_a_database_that_is_gone_does_not_end_the_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def on_a_full_disk(*_words: Any, **_how: Any) -> None:
        raise OperationalError("disk I/O error")

    monkeypatch.setattr(work, "call_command", on_a_full_disk)
    work.do_what_waits()
    assert "disk I/O error" in caplog.text


def test_nightly_work_that_fails_keeps_none_of_the_rest_from_being_done(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = []

    def on_a_full_disk(*_where: Any, **_how: Any) -> None:
        raise OSError(28, "No space left on device")

    def the_rest(unit: Any, **_how: Any) -> None:
        done.append(unit)

    monkeypatch.setattr(nightly, "WORK", (on_a_full_disk, the_rest))
    with pytest.raises(CommandError, match="on_a_full_disk"):
        call_command("nightly")
    assert done == [root()]
    assert "No space left" in caplog.text
