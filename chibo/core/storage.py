"""The database as it must be: asserted live before anybody writes, and saved to one file."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection as _connection
from django.db import transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django.utils.translation import gettext as _

SAFE_SQLITE = (3, 51, 3)
"""Older ones can corrupt a WAL database with two connections (the WAL-reset defect; docs/adr/0003)."""
PRAGMAS = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": 20000, "recursive_triggers": 1, "foreign_keys": 1}
FORMAT = "chibo-backup-1"
connection: Any = _connection
"""The one database; what both kinds offer beyond Django's common wrapper is asked of it by kind."""


def is_safe_sqlite(version: tuple[int, ...]) -> bool:
    """Whether this SQLite has the fix: 3.51.3 and later, or the back-ports 3.50.7 and 3.44.6."""
    if version[:2] == (3, 50):
        return version >= (3, 50, 7)
    if version[:2] == (3, 44):
        return version >= (3, 44, 6)
    return version >= SAFE_SQLITE


def refuse_unsafe(version: tuple[int, ...] | None = None) -> None:
    """Refuse to work on a database whose library or live settings could lose a save. Asks the connection itself."""
    if connection.vendor != "sqlite":
        return
    found = version or sqlite3.sqlite_version_info
    if not is_safe_sqlite(found):
        raise ImproperlyConfigured(
            _(
                "Thư viện SQLite %(found)s có lỗi có thể làm hỏng dữ liệu; cần từ 3.51.3. Hãy cài lại theo requirements.txt."
            )
            % {"found": ".".join(map(str, found))}
        )
    wrong = {name: value for name, value in live_pragmas().items() if value != PRAGMAS[name]}
    if wrong and not connection.is_in_memory_db():
        raise ImproperlyConfigured(f"SQLite: {wrong}, expected {PRAGMAS}")
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        raise ImproperlyConfigured("SQLite: transaction_mode must be IMMEDIATE")


def live_pragmas() -> dict[str, Any]:
    """The settings as the open connection has them, not as they were asked for."""
    with connection.cursor() as cursor:
        return {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in PRAGMAS}  # names are our own


def save_to(file: Path) -> dict[str, Any]:
    """Write the database and the files into one zip, from one moment, while others go on working.

    The new file takes its place only when it is whole. Returns what its ``backup.json`` says.
    """
    told = {
        "format": FORMAT,
        "vendor": connection.vendor,
        "at": timezone.now().isoformat(),
        "migrations": sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_name(file.name + ".part")
    try:
        _write(unfinished, told)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    return told


def _write(unfinished: Path, told: dict[str, Any]) -> None:
    """All that the office knows is in this file: only its owner reads it."""
    unfinished.touch(mode=0o600)
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED) as archive:
        if connection.vendor == "sqlite":
            _save_sqlite(archive)
        else:
            _save_tables(archive)
        for path in _media():
            archive.write(path, f"files/{path.relative_to(settings.MEDIA_ROOT).as_posix()}")
        archive.writestr("backup.json", json.dumps(told))


def _media() -> Iterable[Path]:
    root = Path(settings.MEDIA_ROOT)
    return (path for path in sorted(root.rglob("*")) if path.is_file()) if root.exists() else ()


def unsaved_tables() -> list[str]:
    """Tables whose rows are in no backup: what a model says with ``unsaved = True`` (docs/adr/0070)."""
    return sorted(m._meta.db_table for m in apps.get_models() if getattr(m, "unsaved", False))


def _save_sqlite(archive: zipfile.ZipFile) -> None:
    connection.ensure_connection()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "chibo.sqlite3"
        target = sqlite3.connect(copy)
        try:
            connection.connection.backup(target)
            _forget(target)
        finally:
            target.close()
        archive.write(copy, "chibo.sqlite3")


def _forget(copy: Any) -> None:
    """Leave nothing in the copy of what is in no backup, not even in its free pages."""
    held = [table for table in unsaved_tables() if copy.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone()]
    for table in held:
        copy.execute(f'DELETE FROM "{table}"')
    if held:
        copy.commit()
        copy.execute("VACUUM")


def _save_tables(archive: zipfile.ZipFile) -> None:
    """PostgreSQL: every table by COPY, in one snapshot."""
    unsaved = unsaved_tables()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        for table in sorted(connection.introspection.table_names(cursor)):
            columns = [c.name for c in connection.introspection.get_table_description(cursor, table)]
            listed = ", ".join(connection.ops.quote_name(c) for c in columns)
            archive.writestr(f"tables/{table}.columns", json.dumps(columns))
            with archive.open(f"tables/{table}.copy", "w", force_zip64=True) as out:
                quoted = connection.ops.quote_name(table)
                kept = (
                    f"{quoted} ({listed})" if table not in unsaved else f"(SELECT {listed} FROM {quoted} WHERE false)"
                )
                with cursor.copy(f"COPY {kept} TO STDOUT") as copy:
                    for block in copy:
                        out.write(block)
