"""Triggers that note every written row, on both databases, and that keep the journal from ever shrinking.

They are made from the models after every migration, because their columns follow the models' and because SQLite loses
the triggers of a table that a migration rebuilds.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.apps import apps
from django.db.models import Model

MASK = "•"
GUARDED = ("journal_entry", "journal_change")


def watched() -> list[type[Model]]:
    """Every table of the house but the journal's own and those a model excepts (``unjournalled``)."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if apps.get_app_config(model._meta.app_label).name.startswith("chibo.")
        and model._meta.app_label != "journal"
        and not getattr(model, "unjournalled", False)
        and not model._meta.proxy
    ]


def install(connection: Any, *, guarded: bool = True) -> None:
    """Make the triggers as the models want them; nothing is done where they stand so already."""
    tables = set(connection.introspection.table_names())
    models = [model for model in watched() if model._meta.db_table in tables]
    if "journal_change" not in tables:
        return
    wanted = list(_postgres(models) if connection.vendor == "postgresql" else _sqlite(models))
    if guarded:
        wanted += _guards(connection.vendor)
    mark = sha256("\n".join(sql for _name, _table, sql in wanted).encode()).hexdigest()[:32]
    with connection.cursor() as cursor:
        standing = {name for name, _table in _standing(connection, cursor)}
        if _mark(connection) == mark and {name for name, _table, _sql in wanted} <= standing:
            return
        for name, table in _standing(connection, cursor):
            quoted = connection.ops.quote_name
            on = f" ON {quoted(table)}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {quoted(name)}{on}")
        if connection.vendor == "postgresql":
            cursor.execute(_NOTE)
            cursor.execute(_REFUSE)
        for _name, _table, sql in wanted:
            cursor.execute(sql)
        _set_mark(connection, cursor, mark)


def _columns(model: type[Model]) -> list[tuple[str, bool]]:
    masked = set(getattr(model, "masked", ()))
    return [(f.column, f.name in masked or f.column in masked) for f in model._meta.concrete_fields]


# ------------------------------------------------------------------------------------------------ SQLite


def _sqlite(models: Iterable[type[Model]]) -> Iterable[tuple[str, str, str]]:
    for model in models:
        table, key = model._meta.db_table, model._meta.pk.column
        columns = _columns(model)
        head = (
            "INSERT INTO journal_change (entry_key, table_name, row_id, op, old, new)"
            " SELECT coalesce((SELECT entry_key FROM journal_pen WHERE id = 1), ''), '{table}', CAST({row} AS TEXT), '{op}', "
        )
        rows = " UNION ALL ".join(
            f"""SELECT '{c}' AS k, {_told("OLD", c, hide)} AS o, {_told("NEW", c, hide)} AS n, OLD."{c}" IS NOT NEW."{c}" AS d"""
            for c, hide in columns
        )
        differs = " OR ".join(f'OLD."{c}" IS NOT NEW."{c}"' for c, hide in columns if c != "last_login")
        bodies = {
            "i": (
                "INSERT",
                "",
                head.format(table=table, row=f'NEW."{key}"', op="I") + f"'', {_object('NEW', columns)}",
            ),
            "u": (
                "UPDATE",
                f"WHEN {differs} ",
                head.format(table=table, row=f'NEW."{key}"', op="U")
                + f"json_group_object(k, o), json_group_object(k, n) FROM ({rows}) WHERE d",
            ),
            "d": (
                "DELETE",
                "",
                head.format(table=table, row=f'OLD."{key}"', op="D") + f"{_object('OLD', columns)}, ''",
            ),
        }
        for letter, (event, when, body) in bodies.items():
            name = f"journal_{letter}_{table}"
            yield name, table, f'CREATE TRIGGER "{name}" AFTER {event} ON "{table}" {when}BEGIN {body}; END'


def _told(row: str, column: str, hide: bool) -> str:
    return (
        f"CASE WHEN coalesce({row}.\"{column}\", '') = '' THEN '' ELSE '{MASK}' END" if hide else f'{row}."{column}"'
    )


def _object(row: str, columns: list[tuple[str, bool]]) -> str:
    return "json_object(" + ", ".join(f"'{c}', {_told(row, c, hide)}" for c, hide in columns) + ")"


# -------------------------------------------------------------------------------------------- PostgreSQL

_NOTE = f"""
CREATE OR REPLACE FUNCTION journal_note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP = 'INSERT' THEN '{{}}'::jsonb ELSE to_jsonb(OLD) END;
    later jsonb := CASE WHEN TG_OP = 'DELETE' THEN '{{}}'::jsonb ELSE to_jsonb(NEW) END;
    row_key text := coalesce(later ->> TG_ARGV[0], before ->> TG_ARGV[0]);
    hidden text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (before - 'last_login') = (later - 'last_login') THEN RETURN NULL; END IF;
        SELECT coalesce(jsonb_object_agg(k, before -> k), '{{}}'), coalesce(jsonb_object_agg(k, later -> k), '{{}}')
            INTO before, later FROM jsonb_object_keys(later) k WHERE before -> k IS DISTINCT FROM later -> k;
    END IF;
    FOREACH hidden IN ARRAY string_to_array(TG_ARGV[1], ',') LOOP
        IF before ? hidden AND coalesce(before ->> hidden, '') <> '' THEN before := before || jsonb_build_object(hidden, '{MASK}'); END IF;
        IF later ? hidden AND coalesce(later ->> hidden, '') <> '' THEN later := later || jsonb_build_object(hidden, '{MASK}'); END IF;
    END LOOP;
    INSERT INTO journal_change (entry_key, table_name, row_id, op, old, new)
    VALUES (coalesce(current_setting('chibo.entry', true), ''), TG_TABLE_NAME, row_key, left(TG_OP, 1),
        CASE WHEN TG_OP = 'INSERT' THEN '' ELSE before::text END, CASE WHEN TG_OP = 'DELETE' THEN '' ELSE later::text END);
    RETURN NULL;
END $$"""
_REFUSE = """
CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a line of the journal is never changed or removed'; END $$"""


def _postgres(models: Iterable[type[Model]]) -> Iterable[tuple[str, str, str]]:
    for model in models:
        table, key = model._meta.db_table, model._meta.pk.column
        hidden = ",".join(c for c, hide in _columns(model) if hide)
        name = f"journal_{table}"
        yield (
            name,
            table,
            f'CREATE TRIGGER "{name}" AFTER INSERT OR UPDATE OR DELETE ON "{table}"'
            f" FOR EACH ROW EXECUTE FUNCTION journal_note('{key}', '{hidden}')",
        )


def _guards(vendor: str) -> list[tuple[str, str, str]]:
    if vendor == "postgresql":
        return [
            (
                f"journal_guard_{table}",
                table,
                f'CREATE TRIGGER "journal_guard_{table}" BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"'
                " FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()",
            )
            for table in GUARDED
        ]
    return [
        (
            f"journal_guard_{event.lower()}_{table}",
            table,
            f'CREATE TRIGGER "journal_guard_{event.lower()}_{table}" BEFORE {event} ON "{table}"'
            " BEGIN SELECT RAISE(ABORT, 'a line of the journal is never changed or removed'); END",
        )
        for table in GUARDED
        for event in ("UPDATE", "DELETE")
    ]


# ------------------------------------------------------------------------------------------ what stands


def _standing(connection: Any, cursor: Any) -> list[tuple[str, str]]:
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " WHERE t.tgname LIKE 'journal\\_%%' AND NOT t.tgisinternal AND pg_table_is_visible(c.oid)"
        )
    else:
        cursor.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal\\_%%' ESCAPE '\\'"
        )
    return list(cursor.fetchall())


def _mark(connection: Any) -> str:
    """What the triggers that stand were made from: kept in a comment, or in the text of one of them."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT obj_description(to_regprocedure('journal_note()')::oid)")
            return (cursor.fetchone() or [""])[0] or ""
        standing = {name for name, _table in _standing(connection, cursor)}
        return next((name.removeprefix("journal_mark_") for name in standing if name.startswith("journal_mark_")), "")


def _set_mark(connection: Any, cursor: Any, mark: str) -> None:
    if connection.vendor == "postgresql":
        cursor.execute(f"COMMENT ON FUNCTION journal_note() IS '{mark}'")
    else:
        cursor.execute(
            f'CREATE TRIGGER "journal_mark_{mark}" AFTER INSERT ON "journal_pen" WHEN 0 BEGIN SELECT 1; END'
        )
