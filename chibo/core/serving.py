"""Whether anybody works on the data folder: who serves says so, and a restore wants it for itself (docs/adr/0150).

The lock is SQLite's own on an empty file: it holds on Windows as elsewhere, and falls when its process dies.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

_held: list[Any] = []
"""Open until the process ends: closing them would give the data free."""


class OccupiedError(Exception):
    """Somebody else holds the data folder; the words say who, and what to do."""


def hold() -> None:
    """Say that this process works on the data until it ends. Raises ``OccupiedError`` while they are being restored."""
    _held.append(_taken())


def refuse_restoring() -> None:
    """Raise ``OccupiedError`` while the data are being restored."""
    _taken().close()


@contextmanager
def alone() -> Iterator[None]:
    """Work on the data with nobody beside. Raises ``OccupiedError`` while pages are served or waiting work is done."""
    with closing(_lock(timeout=0)) as lock:
        told = _(
            "chibo đang chạy trên dữ liệu trong %(data)s; hãy dừng “chibo serve” (Ctrl-C) và “chibo work”, rồi làm lại."
        )
        _ask(lock, told, "BEGIN EXCLUSIVE")
        yield


def _taken() -> Any:
    lock = _lock(timeout=1)
    told = _("Dữ liệu trong %(data)s đang được khôi phục; hãy đợi xong rồi làm lại.")
    _ask(lock, told, "BEGIN", "SELECT count(*) FROM sqlite_master")
    return lock


def _lock(timeout: int) -> Any:
    place = Path(settings.DATA)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return sqlite3.connect(place / "in-use.lock", timeout=timeout, isolation_level=None, check_same_thread=False)


def _ask(lock: Any, told: str, *words: str) -> None:
    try:
        for word in words:
            lock.execute(word).fetchall()
    except sqlite3.OperationalError as refused:
        lock.close()
        if "locked" not in str(refused):
            raise
        raise OccupiedError(told % {"data": settings.DATA}) from refused
