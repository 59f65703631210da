"""``chibo work``: does what was asked for and waits (imports, reports, readings), as soon as it is asked for.

Whoever asks for work writes it down in the database. An SQLite database that nobody has written to holds nothing new,
and its files say so without being opened: an office PC on which nobody works stands still. PostgreSQL is asked.
"""

from __future__ import annotations

import logging
import time
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection

from chibo.core.serving import hold

logger = logging.getLogger(__name__)
PAUSE = 0.3
"""Seconds between two looks."""
LONGEST = 30
"""Seconds after which the database is asked in any case."""


class Command(BaseCommand):
    help = "Làm các việc chờ (nhập tệp, lập báo cáo, đọc phiếu) ngay khi có, cho đến khi dừng. “chibo serve” đã gồm lệnh này."

    def handle(self, *_args: Any, **_options: Any) -> None:
        hold()
        seen, due = None, 0.0
        while True:
            now = _now()
            if now != seen or time.monotonic() >= due:
                seen, due = now, time.monotonic() + LONGEST
                do_what_waits()
                connection.close()
            time.sleep(PAUSE)


def do_what_waits() -> None:
    """All that waits now. A full disk or a database that is gone for a while ends this look, not the work: it is looked again."""
    try:
        call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)
    except Exception:
        logger.exception("work")


def _now() -> Any:
    if connection.vendor == "sqlite":
        return last_written(Path(connection.settings_dict["NAME"]))
    return int(time.monotonic())


def last_written(database: Path) -> Any:
    """What is another value after anything was written to an SQLite database, and the same after it was only read."""
    return [_stamp(file) for file in (database, database.with_name(f"{database.name}-wal"))]


def _stamp(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_mtime_ns, found.st_size
