"""Who did what, when and where (``Entry``), and which rows it changed (``Change``). Both are only ever added to.

Triggers made by ``core.triggers`` write the changes and refuse everything but adding, on both databases.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from chibo.journal.rules import canonical


class LiteralJSONField(models.JSONField):
    """JSON that the database keeps to the letter, because its very text is sealed (``json``, not ``jsonb``)."""

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        return "json" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: ARG002 – Django's
        return value if value is None or hasattr(value, "as_sql") else canonical(value)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        return super().from_db_value(value, expression, connection) if isinstance(value, str) else value


class Entry(models.Model):
    """One line of the journal: who did what to which record, where and when.

    ``user`` is empty where the installation itself acted. ``once`` is the token of the form that was submitted.
    ``hash`` seals the line, the changes that carry its ``key``, and through ``prev_hash`` all lines before it;
    ``seq`` counts without gaps.
    """

    seq = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField("lúc", db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người làm"
    )
    verb = models.CharField("việc", max_length=80)
    unit_path = models.CharField(max_length=200, db_index=True)
    subject = models.CharField(max_length=80, db_index=True)
    subject_label = models.CharField("đối tượng", max_length=200)
    details = LiteralJSONField(default=dict)
    once = models.CharField(max_length=64, null=True, blank=True, unique=True)
    prev_hash = models.CharField(max_length=64, unique=True)
    hash = models.CharField("dấu niêm phong", max_length=64)

    def __str__(self) -> str:
        return f"{self.seq} {self.verb} {self.subject_label}"


class Change(models.Model):
    """What happened to one row: I added, U changed (then only the columns that changed), D deleted.

    A column that stands on one side only was, or became, empty. ``entry_key`` is "" for a write that did not pass
    the gate. Columns that a model names in ``masked`` hold a dot here, never what they held.
    """

    id = models.BigAutoField(primary_key=True)
    entry_key = models.CharField(max_length=32)
    table_name = models.CharField(max_length=63)
    row_id = models.CharField(max_length=40)
    op = models.CharField(max_length=1)
    old = LiteralJSONField(default=dict)
    new = LiteralJSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["entry_key", "id"], name="journal_change_of_entry"),
            models.Index(fields=["table_name", "row_id"], name="journal_change_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.op} {self.table_name}:{self.row_id}"


class Pen(models.Model):
    """SQLite only, one row: which entry the triggers are writing for, and how many inner ones are finished."""

    id = models.SmallIntegerField(primary_key=True)
    entry_key = models.CharField(max_length=32, default="", blank=True)
    written = models.IntegerField(default=0)

    def __str__(self) -> str:
        return self.entry_key
