"""The triggers of the journal, for SQLite and PostgreSQL: what they are, whether they stand, putting them up.

*Notes* write one row into ``journal_change`` for each row that is added, changed or deleted in any table of chibo, however
it is written: by the ORM, in bulk, by hand. *Guards* refuse everything but adding to the journal's own tables. A model may
say ``masked = ("citizen_id",)`` (those columns are shown as a dot) or ``unjournalled = True`` (no notes at all).
*Words* keep SQLite's index of words (``chibo.core.searching``) in step with its table; they stand here because SQLite
loses every trigger of a table that a migration remakes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db import models, transaction

from chibo.core.searching import index_of, make_indexes, searched

ENTRIES, CHANGES, PEN = "journal_entry", "journal_change", "journal_pen"
MASK = "•"
COUNTED = ("version", "changed_at", "changed_by_id")
"""Columns that the gate counts up by itself: inside the gate a change of these alone is not noted, outside it is."""
UNREMARKED = ("last_login",)
"""A change of these alone is never noted."""
REFUSAL = "Nhật ký chỉ được ghi thêm, không được sửa hay xóa (the journal is append-only)"
NO_TRUNCATE = "Không được xóa trắng bảng: nhật ký phải thấy từng dòng bị xóa (TRUNCATE is refused)"

_PG_NOTE = f"""
DECLARE
  pen text := coalesce(current_setting('chibo.entry', true), '');
  hidden text[] := string_to_array(TG_ARGV[1], ',');
  was jsonb := '{{}}';
  becomes jsonb := '{{}}';
  row_key text;
  old_part jsonb;
  new_part jsonb;
  name text;
BEGIN
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); row_key := was ->> TG_ARGV[0]; END IF;
  IF TG_OP <> 'DELETE' THEN becomes := to_jsonb(NEW); row_key := becomes ->> TG_ARGV[0]; END IF;
  IF TG_OP = 'UPDATE' THEN
    SELECT coalesce(jsonb_object_agg(o.key, o.value), '{{}}'), coalesce(jsonb_object_agg(o.key, becomes -> o.key), '{{}}')
      INTO old_part, new_part
      FROM jsonb_each(was) o
     WHERE o.value IS DISTINCT FROM becomes -> o.key AND o.key <> ALL ('{{{",".join(UNREMARKED)}}}'::text[]);
    IF old_part = '{{}}' OR (pen <> '' AND old_part - '{{{",".join(COUNTED)}}}'::text[] = '{{}}') THEN
      RETURN NULL;
    END IF;
    was := old_part;
    becomes := new_part;
  END IF;
  FOREACH name IN ARRAY hidden LOOP
    IF coalesce(was ->> name, '') <> '' THEN was := jsonb_set(was, ARRAY[name], '"{MASK}"'); END IF;
    IF coalesce(becomes ->> name, '') <> '' THEN becomes := jsonb_set(becomes, ARRAY[name], '"{MASK}"'); END IF;
  END LOOP;
  INSERT INTO {CHANGES} (entry_key, table_name, row_id, op, old, new, at)
  VALUES (pen, TG_TABLE_NAME, row_key, left(TG_OP, 1), was::json, becomes::json, clock_timestamp());
  RETURN NULL;
END
"""
_PG_REFUSE = """
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'integrity_constraint_violation';
END
"""
_PG_FUNCTIONS = {"chibo_note": _PG_NOTE, "chibo_refuse": _PG_REFUSE}


@dataclass(frozen=True)
class Watched:
    """A table whose rows the journal follows: its key column and the columns it shows as a dot."""

    table: str
    key: str
    masked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Trigger:
    """One trigger: the table it stands on, its name, and the statement that makes it."""

    table: str
    name: str
    sql: str


def watched() -> list[Watched]:
    """Every stored table of chibo, the links between records too, except the journal's own."""
    found = {}
    for config in apps.get_app_configs():
        if not config.name.startswith("chibo.") or config.label == "journal":
            continue
        for model in config.get_models(include_auto_created=True):
            meta = model._meta
            if meta.managed and not meta.proxy and not getattr(model, "unjournalled", False):
                names = getattr(model, "masked", ())
                masked = [f for f in meta.concrete_fields if f.name in names or isinstance(f, models.BinaryField)]
                found[meta.db_table] = Watched(
                    meta.db_table, str(meta.pk.column), frozenset(str(f.column) for f in masked)
                )
    return sorted(found.values(), key=lambda w: w.table)


def install(connection: Any) -> int:
    """Put up what is missing or different, take down what should not stand; how many triggers were touched."""
    if not _has_journal(connection):
        return 0
    make_indexes(connection, _columns(connection))
    wanted, standing = _wanted(connection), _standing(connection)
    stale = [t for t in standing if t not in wanted]
    new = [t for t in wanted if t not in standing]
    functions = _stale_functions(connection)
    if stale or new or functions:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            for name in functions:
                cursor.execute(_pg_function(name))
            for trigger in stale:
                cursor.execute(_drop(connection, trigger))
            for trigger in new:
                cursor.execute(trigger.sql)
            for index in sorted({index_of(t.table) for t in new if t.name.startswith("chibo_words_")}):
                cursor.execute(f"INSERT INTO {index}({index}) VALUES ('rebuild')")
    return len(stale) + len(new) + len(functions)


def lift(connection: Any) -> None:
    """Take all of them down."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for trigger in _standing(connection):
            cursor.execute(_drop(connection, trigger))


def guards(connection: Any, *, on: bool) -> None:
    """For tests only, which must empty their tables: everything down, or up again. The product never calls it."""
    if on:
        install(connection)
    else:
        lift(connection)


def missing(connection: Any) -> list[str]:
    """The tables where a trigger that should stand does not, or stands changed or disabled."""
    standing = set(_standing(connection))
    lost = {t.table for t in _wanted(connection) if t not in standing}
    return sorted(lost | set(_stale_functions(connection)))


def take_pen(connection: Any, entry_key: str) -> None:
    """From here on, to the end of the transaction, the notes are written for this entry. A savepoint rolls it back."""
    if connection.vendor == "sqlite":
        sql = (
            f"INSERT INTO {PEN} (id, entry_key, written) VALUES (1, %s, 0) "
            "ON CONFLICT (id) DO UPDATE SET entry_key = excluded.entry_key"
        )
    else:
        sql = "SELECT set_config('chibo.entry', %s, true)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [entry_key])


def pass_pen(connection: Any, entry_key: str) -> int:
    """An entry is finished: the notes go on for the one around it. Returns how many finished entries stand by now.

    The database counts them, so that a savepoint that is rolled back takes its entries with it.
    """
    if connection.vendor == "sqlite":
        sql = f"UPDATE {PEN} SET entry_key = %s, written = written + 1 WHERE id = 1 RETURNING written"
    else:
        sql = (
            "SELECT set_config('chibo.written', (coalesce(nullif(current_setting('chibo.written', true), ''), '0')::int"
            " + 1)::text, true) FROM set_config('chibo.entry', %s, true)"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql, [entry_key])
        return int(cursor.fetchone()[0])


def put_down_pen(connection: Any) -> None:
    """What is written from here on is outside the gate."""
    if connection.vendor == "sqlite":
        sql = f"UPDATE {PEN} SET entry_key = '', written = 0 WHERE id = 1"
    else:
        sql = "SELECT set_config('chibo.entry', '', true), set_config('chibo.written', '', true)"
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _wanted(connection: Any) -> list[Trigger]:
    columns = _columns(connection)
    here = [w for w in watched() if w.table in columns]
    if connection.vendor == "sqlite":
        notes = (t for w in here for t in _sqlite_notes(w, columns[w.table]))
        words = (t for table, c in searched() if index_of(table) in columns for t in _sqlite_words(table, c))
        return [*_sqlite_guards(), *notes, *words]
    return [*_pg_guards(), *(t for w in here for t in _pg_notes(w))]


def _columns(connection: Any) -> dict[str, list[str]]:
    """The tables of the database with their columns as they are now, which is not always what the models say."""
    if connection.vendor == "sqlite":
        sql = (
            "SELECT m.name, p.name FROM sqlite_master m, pragma_table_info(m.name) p "
            "WHERE m.type = 'table' ORDER BY m.name, p.cid"
        )
    else:
        sql = (
            "SELECT table_name, column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
        )
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(sql)
        for table, column in cursor.fetchall():
            found.setdefault(table, []).append(column)
    return found


def _has_journal(connection: Any) -> bool:
    return connection.vendor in {"sqlite", "postgresql"} and {ENTRIES, CHANGES, PEN} <= set(
        connection.introspection.table_names()
    )


def _standing(connection: Any) -> list[Trigger]:
    """Ours, as the database holds them now. SQLite keeps the statement; PostgreSQL's names carry its digest."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB 'chibo_*'"
            )
            return [Trigger(*row) for row in cursor.fetchall()]
        cursor.execute(
            "SELECT c.relname, t.tgname, t.tgenabled <> 'D' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
            "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = current_schema() AND NOT t.tgisinternal "
            "AND t.tgname LIKE 'chibo\\_%'"
        )
        rows = cursor.fetchall()
    known = {(t.table, t.name): t for t in _wanted(connection)}
    return [
        known[table, name] if live and (table, name) in known else Trigger(table, name, "")
        for table, name, live in rows
    ]


def _drop(connection: Any, trigger: Trigger) -> str:
    name, table = connection.ops.quote_name(trigger.name), connection.ops.quote_name(trigger.table)
    return f"DROP TRIGGER {name}" if connection.vendor == "sqlite" else f"DROP TRIGGER {name} ON {table}"


# SQLite


def _sqlite_notes(table: Watched, columns: list[str]) -> Iterator[Trigger]:
    """Three triggers with the columns spelt out: SQLite cannot name a whole row."""
    followed = [c for c in columns if c not in UNREMARKED]
    said = [c for c in followed if c not in COUNTED]
    counted = [c for c in followed if c in COUNTED]

    def differs(names: Iterable[str]) -> str:
        return " OR ".join(f'NEW."{c}" IS NOT OLD."{c}"' for c in names)

    def row(side: str) -> str:
        return f"json_object({', '.join(f'{_text(c)}, {value(side, c)}' for c in columns)})"

    def changed(side: str) -> str:
        cases = (f'{_text(c)}, CASE WHEN NEW."{c}" IS NOT OLD."{c}" THEN {value(side, c)} END' for c in followed)
        return f"json_patch('{{}}', json_object({', '.join(cases)}))"

    def value(side: str, column: str) -> str:
        if column in table.masked:
            return f"CASE WHEN coalesce({side}.\"{column}\", '') <> '' THEN '{MASK}' END"
        return f'{side}."{column}"'

    pen = f"coalesce((SELECT entry_key FROM {PEN} WHERE id = 1), '')"
    when = differs(said) or "0"
    if counted:
        when = f"{when} OR (({differs(counted)}) AND {pen} = '')"

    def note(op: str, event: str, side: str, old: str, new: str, when: str = "") -> Trigger:
        name = f"chibo_note_{op.lower()}_{table.table}"
        return Trigger(
            table.table,
            name,
            f'CREATE TRIGGER "{name}" AFTER {event} ON "{table.table}" {when}BEGIN '
            f"INSERT INTO {CHANGES} (entry_key, table_name, row_id, op, old, new, at) VALUES ({pen}, "
            f"{_text(table.table)}, {side}.\"{table.key}\", '{op}', {old}, {new}, "
            "strftime('%Y-%m-%d %H:%M:%f000', 'now')); END",
        )

    yield note("I", "INSERT", "NEW", "'{}'", row("NEW"))
    yield note("U", "UPDATE", "NEW", changed("OLD"), changed("NEW"), f"WHEN {when} ")
    yield note("D", "DELETE", "OLD", row("OLD"), "'{}'")


def _sqlite_guards() -> Iterator[Trigger]:
    """UPDATE, DELETE, and INSERT OR REPLACE, which would not pass a DELETE trigger without recursive_triggers."""
    taken = {
        ENTRIES: 'SELECT 1 FROM {0} WHERE "seq" = NEW."seq" OR "key" = NEW."key" OR "prev_hash" = NEW."prev_hash" '
        'OR "once" = NEW."once"',
        CHANGES: 'SELECT 1 FROM {0} WHERE "id" = NEW."id"',
    }
    for table, rows in taken.items():
        for event, when in (("UPDATE", ""), ("DELETE", ""), ("INSERT", f"WHEN EXISTS ({rows.format(table)}) ")):
            name = f"chibo_guard_{event.lower()}_{table}"
            yield Trigger(
                table,
                name,
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" {when}BEGIN '
                f"SELECT RAISE(ABORT, {_text(REFUSAL)}); END",
            )


def _sqlite_words(table: str, column: str) -> Iterator[Trigger]:
    """An index without a copy of the text is told what a row held before and what it holds now."""
    index = index_of(table)
    out = f"INSERT INTO {index}({index}, rowid, {column}) VALUES ('delete', OLD.id, OLD.{column});"
    into = f"INSERT INTO {index}(rowid, {column}) VALUES (NEW.id, NEW.{column});"
    for event, when, deed in (
        ("INSERT", "", into),
        ("UPDATE", f"WHEN NEW.{column} IS NOT OLD.{column} ", f"{out} {into}"),
        ("DELETE", "", out),
    ):
        name = f"chibo_words_{event.lower()}_{table}"
        yield Trigger(table, name, f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" {when}BEGIN {deed} END')


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


# PostgreSQL


def _pg_notes(table: Watched) -> Iterator[Trigger]:
    arguments = f"{_text(table.key)}, {_text(','.join(sorted(table.masked)))}"
    yield _pg_trigger("note", table.table, "AFTER INSERT OR UPDATE OR DELETE", "ROW", f"chibo_note({arguments})")
    yield _pg_trigger("whole", table.table, "BEFORE TRUNCATE", "STATEMENT", f"chibo_refuse({_text(NO_TRUNCATE)})")


def _pg_guards() -> Iterator[Trigger]:
    for table in (ENTRIES, CHANGES):
        call = f"chibo_refuse({_text(REFUSAL)})"
        yield _pg_trigger("guard", table, "BEFORE UPDATE OR DELETE OR TRUNCATE", "STATEMENT", call)


def _pg_trigger(kind: str, table: str, event: str, each: str, call: str) -> Trigger:
    body = f'{event} ON "{table}" FOR EACH {each} EXECUTE FUNCTION {call}'
    name = f"chibo_{kind}_{sha256(body.encode()).hexdigest()[:12]}"
    return Trigger(table, name, f'CREATE TRIGGER "{name}" {body}')


def _pg_function(name: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body${_PG_FUNCTIONS[name]}$body$"
    )


def _stale_functions(connection: Any) -> list[str]:
    """The functions of the triggers that are not, or not as they should be, in the database."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.proname, p.prosrc FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace "
            "WHERE n.nspname = current_schema() AND p.proname = ANY (%s)",
            [list(_PG_FUNCTIONS)],
        )
        found = dict(cursor.fetchall())
    return [name for name, source in _PG_FUNCTIONS.items() if found.get(name) != source]
