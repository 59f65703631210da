"""A process of its own that restores a backup again and again, killed a step later each time: ``python -m tests.core.crashing``.

A step is whatever touches a file: opening one to write, making, renaming or taking away. Every time the data folder is
made anew with what is old, a child restores what is new and is killed; another child starts as any command does and tells
what it finds. Prints a line for each: how far it came, the database, the files.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect"}


def fill(words: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM said")
        cursor.execute("INSERT INTO said VALUES (%s)", [words])
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    for name in ("a.txt", f"{words}/b.txt"):
        file = Path(settings.MEDIA_ROOT) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(words)


def look() -> str:
    root = Path(settings.MEDIA_ROOT)
    files = sorted(f"{file.relative_to(root).as_posix()}={file.read_text()}" for file in root.rglob("*.txt"))
    left = sorted(path.name for path in root.parent.iterdir() if path.name.startswith("restoring"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM said")
        return " ".join([cursor.fetchone()[0], *files, *left])


def die_at(step: int) -> None:
    """Kill this process just before it touches files for the n-th time."""
    left = [step]

    def touch(event: str, given: tuple[object, ...]) -> None:
        if event in STEPS or (event == "open" and isinstance(given[1], str) and given[1][0] in "wx"):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1

    sys.addaudithook(touch)


def in_a_child(work: object) -> bool:
    """Whether it came to its end."""
    sys.stdout.flush()
    if (pid := os.fork()) == 0:
        work()  # type: ignore[operator]
        sys.stdout.flush()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def main(kept: Path) -> None:
    from chibo.core.restoring import bring_back
    from chibo.core.storage import save_to

    MigrationRecorder(connection).ensure_schema()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE said (words text)")
    fill("new")
    save_to(kept)
    bring_back(kept)  # what it reads of the program is read once, not by every child
    fill("old")
    connection.close()
    before = kept.with_name("before")
    shutil.copytree(settings.DATA, before)
    step, ended = 0, False
    while not ended:
        shutil.rmtree(settings.DATA)
        shutil.copytree(before, settings.DATA)

        def restore(step: int = step) -> None:
            die_at(step)
            bring_back(kept)

        def start(step: int = step) -> None:
            apps.get_app_config("core").ready()
            print(step, look())

        ended = in_a_child(restore)
        assert in_a_child(start)
        step += 1


if __name__ == "__main__":
    settings.INSTALLED_APPS = ["chibo.core"]  # a small database does as well as the whole house
    django.setup()
    main(Path(sys.argv[1]))
