"""Workbooks brought in: what was read, what was done with each row, and how to take it back."""

from __future__ import annotations

from django.db import models

from chibo.access.charter import Can
from chibo.access.models import Record, User
from chibo.core.words import choices
from chibo.imports.rules import RowState, RunState


class Mapping(models.Model):
    """The office's answer to "which column is which", remembered by the headings it was given for."""

    importer = models.CharField(max_length=40)
    headings = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["importer", "headings"], name="mapping_once")]

    def __str__(self) -> str:
        return self.importer


class Run(Record):
    """One workbook brought in through one importer."""

    seen_with = Can.KEEP_MEMBERS

    importer = models.CharField(max_length=40)
    file = models.FileField(upload_to="imports/")
    file_name = models.CharField(max_length=200)
    sheet = models.CharField(max_length=100, blank=True)
    header_row = models.PositiveIntegerField(null=True, blank=True)
    columns = models.JSONField(default=dict)
    encoding = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=choices(RunState), default=RunState.UPLOADED)
    problem = models.TextField(blank=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """What one row of the sheet would do, or did."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, choices=choices(RowState))
    cell = models.CharField(max_length=10, blank=True)
    reason = models.TextField(blank=True)
    values = models.JSONField(default=dict)
    changes = models.JSONField(default=dict)
    target = models.BigIntegerField(null=True, blank=True)
    undo = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["run", "state", "number"])]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.number}"
