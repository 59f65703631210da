"""Finding records by their words, with or without accents, alike on SQLite (FTS5) and PostgreSQL (tsvector).

A model keeps a ``SearchedField`` filled with ``words_of`` its texts; ``filter(search_key__words="nghi quyet 04")`` finds it
by an index of words. Every word asked for must be there: a number as it is, another word or its beginning (ADR 0041).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Lookup

from chibo.core.vietnamese import fold

_WORD = re.compile(r"[^\W_]+")


def words_of(*texts: str) -> str:
    """What is kept to find a record: its words without accents; numbers without leading zeros ("05-CT" is "5 ct")."""
    return " ".join(_word(word) for text in texts for word in _WORD.findall(fold(text)))


def _word(word: str) -> str:
    return (word.lstrip("0") or "0") if word.isdecimal() else word


class SearchedField(models.TextField[str, str]):
    """Words of a record, indexed; the index is put up after every migration, with the triggers that keep it on SQLite."""


@SearchedField.register_lookup
class HasWords(Lookup[str]):
    """``words``: all the words that were typed."""

    lookup_name = "words"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        words = words_of(str(self.rhs)).split()
        if connection.vendor == "postgresql":
            column, params = self.process_lhs(compiler, connection)
            asked = " & ".join(f"'{word}'" + ("" if word.isdecimal() else ":*") for word in words)
            return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)", (*params, asked)
        target = self.lhs.target
        key = connection.ops.quote_name(target.model._meta.pk.column)
        index = connection.ops.quote_name(index_of(target.model._meta.db_table))
        asked = " AND ".join(f'"{word}"' + ("" if word.isdecimal() else "*") for word in words)
        alias = connection.ops.quote_name(self.lhs.alias)
        return f"{alias}.{key} IN (SELECT rowid FROM {index} WHERE {index} MATCH %s)", (asked,)


def index_of(table: str) -> str:
    """The index of words of a table: a table of its own on SQLite, an index on PostgreSQL."""
    return f"{table}_words"


def make_indexes(connection: Any, columns: Mapping[str, Sequence[str]]) -> None:
    """Put up the indexes that are missing; ``columns`` are those of each table now."""
    for table, column in searched():
        name = index_of(table)
        if column not in columns.get(table, ()) or name in columns:
            continue
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT 1 FROM pg_indexes WHERE schemaname = current_schema() AND indexname = %s", [name]
                )
                if cursor.fetchone() is None:
                    cursor.execute(f"CREATE INDEX {name} ON {table} USING gin (to_tsvector('simple', {column}))")
                continue
            cursor.execute(
                f"CREATE VIRTUAL TABLE {name} USING fts5({column}, content='{table}', content_rowid='id', prefix='2 3')"
            )


def searched() -> list[tuple[str, str]]:
    """The tables with a column that is found by its words."""
    return [
        (model._meta.db_table, str(field.column))
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SearchedField)
    ]
