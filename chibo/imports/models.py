"""Workbooks brought in: what was read, what was done with each row, and how to take it back."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.core.files.storage import FileSystemStorage
from django.db import models

from chibo.access.charter import Can
from chibo.access.models import Record, User
from chibo.core.registry import registry
from chibo.core.words import choices
from chibo.imports.rules import RunState


def private_files() -> FileSystemStorage:
    """Files that only the account which runs chibo may read."""
    return FileSystemStorage(file_permissions_mode=0o600, directory_permissions_mode=0o700)


def generated_name(_run: Run, _name: str) -> str:
    return f"imports/{uuid4().hex}"


class Mapping(Record):
    """The office's answer to "which column is which", remembered by the headings it was given for.

    ``headings`` is a hash of the header row, ``columns`` gives the column (from 0) of each code.
    """

    seen_with = Can.BRING_LISTS

    importer = models.CharField(max_length=40)
    headings = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "importer", "headings"], name="mapping_once")]

    def __str__(self) -> str:
        return registry.words("importers", self.importer)


class Run(Record):
    """One workbook brought in through one importer, for one unit.

    ``tables`` tells, for each sheet, the header row and which column is which; ``counts`` how many rows are in which
    state; ``digest`` what the preview showed, so that nothing else is written than was confirmed. The rows of the
    preview lie beside the file, and are deleted with it.
    """

    seen_with = Can.BRING_LISTS

    importer = models.CharField(max_length=40)
    file = models.FileField("tệp", upload_to=generated_name, storage=private_files, max_length=200)
    file_name = models.CharField("tên tệp", max_length=200)
    tables = models.JSONField(default=list)
    left_out = models.JSONField(default=list)
    remembered = models.BooleanField(default=False)
    encoding = models.CharField(max_length=10, blank=True)
    counts = models.JSONField(default=dict)
    digest = models.CharField(max_length=64, blank=True)
    state = models.CharField("tình trạng", max_length=10, choices=choices(RunState), default=RunState.UPLOADED)
    problem = models.TextField(blank=True)
    kept = models.JSONField(default=list)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="người nhập")
    asked_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField("ghi lúc", null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class Row(models.Model):
    """What one row of the sheet did to one record: enough to take it back. A record that was added has no ``before``."""

    masked: ClassVar[tuple[str, ...]] = ("before", "after")

    run = models.ForeignKey(Run, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=100)
    number = models.PositiveIntegerField()
    label = models.CharField(max_length=200)
    target = models.BigIntegerField()
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["run", "sheet", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.number}"
