"""The organisation tree, dated."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chibo.access.charter import Can
from chibo.access.models import User
from chibo.core.registry import registry
from chibo.core.words import choices
from chibo.units.rules import CellKind, Level, Succession


class Unit(models.Model):
    """A node of the organisation (tổ chức đảng). Every record belongs to exactly one.

    ``name`` and ``path`` are those of today's placement; a closed unit's path lies below its successor's, so that
    whoever leads the successor still reads its history. ``ward`` and ``province`` are today's, for large databases.
    """

    seen_with: ClassVar[Can] = Can.SEE_UNITS

    level = models.CharField("cấp", max_length=10, choices=choices(Level))
    cell_kind = models.CharField("loại hình chi bộ", max_length=12, choices=choices(CellKind), blank=True)
    code = models.CharField("mã tổ chức", max_length=20, blank=True)
    key = models.SlugField("mã ngắn", max_length=30, unique=True)
    name = models.CharField("tên", max_length=160)
    sort_key = models.CharField(max_length=400, editable=False)
    path = models.CharField(max_length=120, unique=True, editable=False)
    ward = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    province = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField("thành lập")
    valid_to = models.DateField("đến hết ngày", null=True, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)
    changed_at = models.DateTimeField(null=True, blank=True, editable=False)
    changed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+", editable=False)

    class Meta:
        indexes = [models.Index(fields=["ward", "sort_key"])]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="unit_code_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="unit_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def unit(self) -> Unit:
        return self


class Placement(models.Model):
    """Where a unit stood, and what it was called, in a time (both ends included)."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="placements")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="child_placements")
    name = models.CharField(max_length=160)
    path = models.CharField(max_length=120, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "valid_from"], name="placement_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="placement_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Lineage(models.Model):
    """On a day one unit went on in another: merged into it, split off it, or was replaced by it."""

    predecessor = models.ForeignKey(Unit, models.PROTECT, related_name="successors")
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="predecessors")
    kind = models.CharField(max_length=10, choices=choices(Succession))
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["predecessor", "successor"], name="lineage_once")]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Ordinance(models.Model):
    """A value of a setting that a unit's office decided, from a day on, with its source."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="ordinances")
    code = models.CharField(max_length=60)
    value = models.JSONField()
    effective_from = models.DateField("áp dụng từ ngày")
    source = models.CharField("căn cứ", max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "code", "effective_from"], name="ordinance_once")]

    def __str__(self) -> str:
        return registry.words("settings", self.code)
