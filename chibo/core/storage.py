"""The database as it must be: asserted live before anybody writes, saved to one file, and brought back from it."""

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
from django.db.migrations.loader import MigrationLoader
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


def bring_back(file: Path) -> dict[str, Any]:
    """Put the database and the files back as the zip has them; whatever is here now is replaced.

    Raises ``ValueError`` with one sentence if the file is not a whole backup for this database and version.
    """
    try:
        archive = zipfile.ZipFile(file)
        told: dict[str, Any] = json.loads(archive.read("backup.json"))
        broken = archive.testzip()
    except (OSError, KeyError, ValueError, RuntimeError, zipfile.BadZipFile) as unread:
        raise ValueError(
            _("“%(file)s” không phải là bản sao lưu của chibo, hoặc đã hỏng.") % {"file": file.name}
        ) from unread
    with archive:
        if broken or told.get("format") != FORMAT:
            raise ValueError(_("Bản sao lưu “%(file)s” đã hỏng; hãy dùng bản khác.") % {"file": file.name})
        if told["vendor"] != connection.vendor:
            raise ValueError(
                _("Bản sao lưu này là của cơ sở dữ liệu loại khác (%(vendor)s).") % {"vendor": told["vendor"]}
            )
        if unknown := set(told["migrations"]) - _known_migrations():
            raise ValueError(
                _(
                    "Bản sao lưu này là của một phiên bản chibo mới hơn (%(what)s); hãy cài phiên bản đó rồi khôi phục."
                )
                % {"what": min(unknown)}
            )
        if connection.vendor == "sqlite":
            _restore_sqlite(archive)
        else:
            here = sorted(f"{a}.{n}" for a, n in MigrationRecorder(connection).applied_migrations())
            if here != told["migrations"]:
                raise ValueError(
                    _("Bản sao lưu này là của một phiên bản chibo khác; hãy cài đúng phiên bản rồi khôi phục.")
                )
            _restore_tables(archive)
        _restore_files(archive)
    return told


def _known_migrations() -> set[str]:
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}


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


def _restore_sqlite(archive: zipfile.ZipFile) -> None:
    """Copy the saved pages over the live ones in one transaction of SQLite's own backup: all or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(archive.extract("chibo.sqlite3", folder))
        source = sqlite3.connect(copy)
        try:
            if source.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise ValueError(_("Dữ liệu trong bản sao lưu đã hỏng; hãy dùng bản khác."))
            connection.ensure_connection()
            source.backup(connection.connection)
        finally:
            source.close()
    connection.close()


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


def _restore_tables(archive: zipfile.ZipFile) -> None:
    tables = sorted(Path(n).stem for n in archive.namelist() if n.startswith("tables/") and n.endswith(".copy"))
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {quote(table)} DISABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in tables:
            cursor.execute(f"DELETE FROM {quote(table)}")
        for table in tables:
            listed = ", ".join(quote(c) for c in json.loads(archive.read(f"tables/{table}.columns")))
            with cursor.copy(f"COPY {quote(table)} ({listed}) FROM STDIN") as copy:
                copy.write(archive.read(f"tables/{table}.copy"))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {quote(table)} ENABLE TRIGGER USER")
        for sequence in connection.introspection.sequence_list():
            table, column = quote(sequence["table"]), quote(sequence["column"])
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({column}), 1), max({column}) IS NOT NULL) FROM {table}",
                [sequence["table"], sequence["column"]],
            )


def _restore_files(archive: zipfile.ZipFile) -> None:
    root = Path(settings.MEDIA_ROOT).resolve()
    for path in _media():
        path.unlink()
    for name in archive.namelist():
        if not name.startswith("files/") or name.endswith("/"):
            continue
        target = (root / name.removeprefix("files/")).resolve()
        if root not in target.parents:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(archive.read(name))
