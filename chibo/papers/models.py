"""The register of papers: what was received and issued, by number and symbol."""

from __future__ import annotations

from django.db import models

from chibo.access.charter import Can
from chibo.access.models import Record


class Paper(Record):
    """A document of the Party (văn bản): guidance received, a report issued. Nothing secret is ever kept here."""

    seen_with = Can.SEE_PAPERS

    symbol = models.CharField("số, ký hiệu", max_length=40, blank=True)
    kind = models.CharField("thể loại", max_length=40)
    issuer = models.CharField("cơ quan ban hành", max_length=160)
    subject = models.CharField("trích yếu", max_length=400)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    file = models.FileField("tệp", upload_to="papers/", blank=True)

    class Meta:
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.symbol} {self.subject}".strip()


class Series(models.Model):
    """A numbering series: one per body, type and term, from 01, without a gap (HD 36-HD/VPTW; rulebook §6.2)."""

    unit = models.ForeignKey("units.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    term = models.CharField(max_length=20)
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "term"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.term}"


class Template(Record):
    """The office's own template for a kind of paper, for the unit and those below it; a new one never replaces the file.

    In force on a day: the one that began last. After ``valid_to`` the official layout holds again.
    """

    seen_with = Can.SEE_PAPERS

    kind = models.CharField("loại văn bản", max_length=60)
    number = models.PositiveIntegerField("bản thứ")
    valid_from = models.DateField("dùng từ ngày")
    valid_to = models.DateField("dùng đến ngày", null=True, blank=True)
    file = models.FileField("tệp", upload_to="templates/")
    file_name = models.CharField("tên tệp", max_length=160)

    class Meta:
        ordering = ["kind", "-number"]
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "number"], name="template_once")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.number})"
