"""Reports, whose figures are frozen when they are issued."""

from __future__ import annotations

from django.db import models

from chibo.access.charter import Can
from chibo.access.models import Record
from chibo.core.registry import registry


class Report(Record):
    """A report of a kind (see the manifests) about a unit and a period: asked for, then made aside, then issued.

    ``asked_on`` is the day of issue that was asked for. Until ``issued_on`` it has neither number nor files; ``problem``
    says why it could not be issued.
    ``figures`` freezes, at issue, every figure stated: code → part, base, text and the keys of the rows counted; the
    files are what was issued, to the letter.
    """

    seen_with = Can.SEE_REPORTS

    kind = models.CharField(max_length=60)
    period = models.CharField(max_length=20)
    paper = models.OneToOneField("papers.Paper", models.PROTECT, null=True, blank=True, related_name="report")
    figures = models.JSONField(default=dict)
    docx = models.FileField(upload_to="reports/", blank=True)
    pdf = models.FileField(upload_to="reports/", blank=True)
    asked_on = models.DateField("ngày ban hành đề nghị", null=True, blank=True)
    problem = models.CharField("vì sao chưa ban hành được", max_length=400, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)

    class Meta:
        ordering = ["-issued_on", "-pk"]

    def __str__(self) -> str:
        return str(self.paper) if self.paper else f"{registry.words('reports', self.kind)} {self.period}"
