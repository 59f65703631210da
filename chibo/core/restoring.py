"""Everything as a backup has it, all or nothing: made beside, swapped last, decided by the database (docs/adr/0150).

Beside the files lies a folder ``restoring`` while this is under way: the new database, the new files, and a mark. The
files change places first, as folders, and what they replace is kept. Then the database takes its new contents, and with
them the mark, in one transaction of its own. Whoever starts next and finds the folder asks the database: with the mark
all is new and the old files go; without it they are put back. So ``kill -9`` at any moment leaves the old or the new, whole.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from chibo.core.refusal import reason_of
from chibo.core.storage import FORMAT, connection

BESIDE, MARK, NEW, OLD, DATABASE = "restoring", "mark", "files", "old-files", "chibo.sqlite3"


def bring_back(file: Path) -> dict[str, Any]:
    """Put the database and the files back as the zip has them; whatever is here now is replaced.

    Whoever calls is alone with the data. Raises ``ValueError`` with one sentence, and nothing has changed, if the file is
    not a whole backup for this database and version, or if the disk or an open file stands in the way.
    """
    with _opened(file) as (archive, told):
        settle()
        try:
            _unpack(archive)
            _swap_files()
            _take_over(archive)
        except (OSError, sqlite3.Error) as refused:
            raise ValueError(_why(refused)) from refused
        finally:
            settle()
    return told


def is_unsettled() -> bool:
    """Whether a restore was cut off here."""
    return _beside().exists()


def settle() -> None:
    """Bring a restore that was cut off to its end, or take it back, as the database says. Often is like once."""
    beside = _beside()
    if not beside.exists():
        return
    mark = beside / MARK
    if mark.exists() and not _is_marked(mark.read_text()):
        _put_back(beside / NEW, beside / OLD, Path(settings.MEDIA_ROOT))
    mark.unlink(missing_ok=True)
    shutil.rmtree(beside)


def _why(refused: Exception) -> str:
    where = getattr(refused, "filename", None) or settings.DATA
    why = reason_of(refused) if isinstance(refused, OSError) else str(refused)
    told = _(
        "Chưa khôi phục được, dữ liệu còn nguyên: %(why)s (%(where)s). Hãy đóng các tệp đang mở trong thư mục dữ liệu, xem ổ đĩa còn chỗ không, rồi làm lại."
    )
    return told % {"why": why, "where": where}


def _beside() -> Path:
    """On the disk of the files, so that a folder changes place in one step."""
    return Path(settings.MEDIA_ROOT).parent / BESIDE


# ------------------------------------------------------------------------------------------- what is in the zip


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """The backup, if it is whole and of this kind of database and version."""
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
        _refuse_other_kinds(told)
        yield archive, told


def _refuse_other_kinds(told: dict[str, Any]) -> None:
    if told["vendor"] != connection.vendor:
        raise ValueError(
            _("Bản sao lưu này là của cơ sở dữ liệu loại khác (%(vendor)s).") % {"vendor": told["vendor"]}
        )
    if unknown := set(told["migrations"]) - {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}:
        raise ValueError(
            _("Bản sao lưu này là của một phiên bản chibo mới hơn (%(what)s); hãy cài phiên bản đó rồi khôi phục.")
            % {"what": min(unknown)}
        )
    here = sorted(f"{a}.{n}" for a, n in MigrationRecorder(connection).applied_migrations())
    if connection.vendor != "sqlite" and here != told["migrations"]:
        raise ValueError(_("Bản sao lưu này là của một phiên bản chibo khác; hãy cài đúng phiên bản rồi khôi phục."))


# ------------------------------------------------------------------------------------------------------ beside


def _unpack(archive: zipfile.ZipFile) -> None:
    """The new files, the new database, and last the mark: without it, what lies there is thrown away."""
    beside = _beside()
    root = (beside / NEW).resolve()
    root.mkdir(mode=0o700, parents=True)
    for name in archive.namelist():
        if not name.startswith("files/") or name.endswith("/"):
            continue
        target = (root / name.removeprefix("files/")).resolve()
        if root not in target.parents:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(name) as saved:
            _write(target, saved)
    mark = secrets.randbelow(2**31 - 1) + 1
    if connection.vendor == "sqlite":
        with archive.open(DATABASE) as saved:
            _write(beside / DATABASE, saved)
        _sign(beside / DATABASE, mark)
    unsigned = beside / f"{MARK}.part"
    unsigned.write_text(str(mark))
    unsigned.replace(beside / MARK)


def _write(target: Path, saved: IO[bytes]) -> None:
    with target.open("wb") as out:
        shutil.copyfileobj(saved, out)
        out.flush()
        os.fsync(out.fileno())


def _sign(database: Path, mark: int) -> None:
    with closing(sqlite3.connect(database)) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
            raise ValueError(_("Dữ liệu trong bản sao lưu đã hỏng; hãy dùng bản khác."))
        copy.execute(f"PRAGMA user_version = {mark}")


# ------------------------------------------------------------------------------------------------ changing places


def _swap_files() -> None:
    """All that Windows may refuse (a file that somebody has open) is refused here, before the database decides."""
    here, beside = Path(settings.MEDIA_ROOT), _beside()
    if here.exists():
        here.rename(beside / OLD)
    (beside / NEW).rename(here)


def _put_back(new: Path, old: Path, here: Path) -> None:
    if not new.exists() and here.exists():
        here.rename(new)
    if old.exists():
        old.rename(here)


def _take_over(archive: zipfile.ZipFile) -> None:
    """The database takes its new contents and the mark, in one transaction: from here on all is new."""
    mark = int((_beside() / MARK).read_text())
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(_beside() / DATABASE)) as source:
            connection.ensure_connection()
            source.backup(connection.connection)
        connection.close()
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            tables = _fill_tables(archive, cursor)
            cursor.execute(f"COMMENT ON TABLE {connection.ops.quote_name(tables[0])} IS '{mark}'")


def _is_marked(mark: str) -> bool:
    """Whether the database holds this mark. Asked while Django starts, so over a connection of its own."""
    with closing(connection.get_new_connection(connection.get_connection_params())) as own:
        if connection.vendor == "sqlite":
            return str(own.execute("PRAGMA user_version").fetchone()[0]) == mark
        asked = "SELECT 1 FROM pg_description JOIN pg_class ON pg_class.oid = objoid WHERE relnamespace = current_schema()::regnamespace AND description = %s"
        return own.execute(asked, [mark]).fetchone() is not None


def _fill_tables(archive: zipfile.ZipFile, cursor: Any) -> list[str]:
    """PostgreSQL: every table as it was copied out, and every counter after its last number. Gives their names."""
    tables = sorted(Path(n).stem for n in archive.namelist() if n.startswith("tables/") and n.endswith(".copy"))
    quote = connection.ops.quote_name
    for table in tables:
        cursor.execute(f"ALTER TABLE {quote(table)} DISABLE TRIGGER USER")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    for table in tables:
        cursor.execute(f"DELETE FROM {quote(table)}")
    for table in tables:
        listed = ", ".join(quote(c) for c in json.loads(archive.read(f"tables/{table}.columns")))
        with (
            cursor.copy(f"COPY {quote(table)} ({listed}) FROM STDIN") as copy,
            archive.open(f"tables/{table}.copy") as rows,
        ):
            while block := rows.read(2**20):
                copy.write(block)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in tables:
        cursor.execute(f"ALTER TABLE {quote(table)} ENABLE TRIGGER USER")
    for sequence in connection.introspection.sequence_list():
        table, column = quote(sequence["table"]), quote(sequence["column"])
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({column}), 1), max({column}) IS NOT NULL) FROM {table}",
            [sequence["table"], sequence["column"]],
        )
    return tables
