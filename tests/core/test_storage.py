"""The database is asserted live, saved while others work, and brought back whole; a bad file changes nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from chibo.core.restoring import bring_back
from chibo.core.serving import OccupiedError, alone, refuse_restoring
from chibo.core.storage import FORMAT, PRAGMAS, is_safe_sqlite, live_pragmas, refuse_unsafe, save_to
from chibo.units.models import Unit
from tests.imports.test_crash import environment  # noqa: F401 - a database of its own, of the kind under test
from tests.world import World, build_world


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 50, 4), (3, 50, 6), (3, 51, 2), (3, 44, 5)])
def test_an_sqlite_that_can_lose_a_save_is_refused(version: tuple[int, ...]) -> None:
    assert not is_safe_sqlite(version)


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 44, 6)])
def test_a_sound_sqlite_is_taken(version: tuple[int, ...]) -> None:
    assert is_safe_sqlite(version)


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own settings")
def test_the_live_connection_has_the_settings_that_were_asked_for() -> None:
    live = live_pragmas()
    assert {name: live[name] for name in ("synchronous", "busy_timeout", "recursive_triggers", "foreign_keys")} == {
        name: PRAGMAS[name] for name in ("synchronous", "busy_timeout", "recursive_triggers", "foreign_keys")
    }
    refuse_unsafe()
    with pytest.raises(ImproperlyConfigured, match=r"3\.40\.1"):
        refuse_unsafe((3, 40, 1))


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_comes_back_and_what_came_later_is_gone(tmp_path: Path, settings) -> None:
    build_world()
    files = Path(settings.MEDIA_ROOT) / "papers"
    files.mkdir(parents=True)
    (files / "a.pdf").write_bytes(b"one")
    file = tmp_path / "backup.zip"
    save_to(file)
    Unit.objects.filter(key="sm-7").update(name="Đổi tên")
    (files / "a.pdf").write_bytes(b"two")
    (files / "later.pdf").write_bytes(b"later")
    bring_back(file)
    assert Unit.objects.get(key="sm-7").name == "Chi bộ 7"
    assert (files / "a.pdf").read_bytes() == b"one"
    assert not (files / "later.pdf").exists()


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04broken"])
def test_a_file_that_is_no_backup_gets_one_sentence_and_changes_nothing(
    world: World, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "backup.zip"
    file.write_bytes(content)
    with pytest.raises(ValueError, match="không phải là bản sao lưu"):
        bring_back(file)
    assert Unit.objects.filter(key="sm-7").exists()


def test_a_zip_of_something_else_is_refused(world: World, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("backup.json", '{"format": "other"}')
    with pytest.raises(ValueError, match="hỏng"):
        bring_back(file)


def test_a_backup_of_a_newer_version_is_refused_and_changes_nothing(world: World, tmp_path: Path) -> None:
    told = {"format": FORMAT, "vendor": connection.vendor, "at": "", "migrations": ["units.9999_of_next_year"]}
    file = tmp_path / "backup.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("backup.json", json.dumps(told))
    with pytest.raises(ValueError, match=r"units\.9999_of_next_year"):
        bring_back(file)
    assert Unit.objects.filter(key="sm-7").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights otherwise")
@pytest.mark.django_db(transaction=True)
def test_only_its_owner_reads_a_backup(tmp_path: Path) -> None:
    save_to(tmp_path / "backup.zip")
    assert (tmp_path / "backup.zip").stat().st_mode & 0o077 == 0


@pytest.mark.django_db(transaction=True)
def test_a_backup_that_fails_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("backup", str(tmp_path / "folder"))
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_a_disk_that_takes_no_file_gets_one_sentence(world: World, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(CommandError, match="Không ghi được"):
        call_command("backup", str(tmp_path / "taken" / "backup.zip"))


# ------------------------------------------------------------------------------------------ all or nothing


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_kill_9_at_any_step_of_a_restore_leaves_the_old_or_the_new_whole(environment, tmp_path: Path) -> None:  # noqa: F811
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.crashing", str(tmp_path / "kept.zip")],
        env={**environment, "CHIBO_DATA": str(tmp_path / "data")}, capture_output=True, text=True, check=True, timeout=120,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    found = [line.partition(" ")[2] for line in done.stdout.splitlines()]
    old, new = (f"{words} a.txt={words} {words}/b.txt={words}" for words in ("old", "new"))
    assert found == sorted(found, reverse=True), "once new, always new"
    assert set(found) == {old, new}, "no mixture, and nothing left beside"
    assert found.count(old) > 5
    assert found.count(new) > 3, "killed after the database decided, too"


@contextmanager
def working(data: object) -> Iterator[None]:
    """Another process that works on the data, as ``chibo serve`` and ``chibo work`` do."""
    told = "import django; django.setup(); from chibo.core.serving import hold; hold(); print(flush=True); input()"
    where = {**os.environ, "CHIBO_DATA": str(data), "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(
        [sys.executable, "-c", told], env=where, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as at_work:
        assert at_work.stdout is not None
        at_work.stdout.readline()
        try:
            yield
        finally:
            at_work.kill()


def test_nothing_is_restored_while_somebody_works_on_the_data(world: World, tmp_path: Path, settings) -> None:
    settings.DATA = tmp_path / "data"
    file = tmp_path / "backup.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("backup.json", "{}")
    with working(settings.DATA), pytest.raises(OccupiedError, match="hãy dừng “chibo serve”"):
        call_command("restore", str(file))
    assert not list(settings.DATA.glob("before-restore-*"))
    with alone():
        """Who worked was killed, and their hold fell with them."""


def test_nobody_begins_to_work_on_data_that_are_being_restored(tmp_path: Path, settings) -> None:
    settings.DATA = tmp_path
    with alone(), pytest.raises(OccupiedError, match="đang được khôi phục"):
        refuse_restoring()
    refuse_restoring()


@pytest.mark.django_db(transaction=True)
def test_a_folder_that_the_disk_does_not_let_go_is_told_and_all_stays(tmp_path: Path, settings, monkeypatch) -> None:
    """Windows renames no folder in which a file is open."""
    settings.MEDIA_ROOT = tmp_path / "files"
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "a.txt").write_text("one")
    save_to(tmp_path / "kept.zip")
    (tmp_path / "files" / "a.txt").write_text("two")

    def refuses(self: Path, target: object) -> Path:
        raise PermissionError(13, "in use", str(self))

    monkeypatch.setattr(Path, "rename", refuses)
    with pytest.raises(ValueError, match="còn nguyên: không được phép"):
        bring_back(tmp_path / "kept.zip")
    assert (tmp_path / "files" / "a.txt").read_text() == "two"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["files", "kept.zip"]
