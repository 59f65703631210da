"""The journal: who did what, when, where, and which rows it changed. Both tables only ever grow."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Entry(models.Model):
    """One line: an action that somebody did. ``user`` is empty where the installation itself acted.

    ``once`` is the token of the form that asked for it: a double submit finds this line. ``hash`` seals the line onto
    ``prev_hash``, that of the line before.
    """

    seq = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=32, unique=True)
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=80)
    unit_path = models.CharField(max_length=120, db_index=True)
    subject = models.CharField(max_length=80, db_index=True)
    subject_label = models.CharField(max_length=200)
    details = models.JSONField(default=dict)
    once = models.CharField(max_length=64, null=True, blank=True, unique=True)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.seq} {self.verb}"


class Change(models.Model):
    """One row of any table that was written, noted by a trigger of the database itself, so that nothing slips past.

    ``op`` is I, U or D; ``old`` and ``new`` are JSON, of an update only the columns that changed; ``entry_key`` is that
    of the line it belongs to, "" for what was written past the gate.
    """

    entry_key = models.CharField(max_length=32, db_index=True)
    table_name = models.CharField(max_length=64)
    row_id = models.CharField(max_length=40)
    op = models.CharField(max_length=1)
    old = models.TextField()
    new = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["table_name", "row_id"])]

    def __str__(self) -> str:
        return f"{self.op} {self.table_name} {self.row_id}"


class Pen(models.Model):
    """Which line is being written in the running transaction: how SQLite's triggers know (one row, id 1)."""

    entry_key = models.CharField(max_length=32, default="")

    def __str__(self) -> str:
        return self.entry_key
