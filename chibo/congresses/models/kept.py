"""Papers of congresses as they were issued or signed: the very files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chibo.access.charter import Can
from chibo.access.models import Record


class KeptFile(Record):
    """A paper as it went out: both files, the sheet as it was shown, and the digests by which anybody checks the files.

    It belongs to a paper of the register, to the minutes of a count, or to those of the hand-over. Never written again.
    """

    seen_with = Can.SEE_CONGRESSES

    paper = models.OneToOneField("papers.Paper", models.PROTECT, null=True, related_name="+")
    polling = models.OneToOneField("congresses.Polling", models.CASCADE, null=True, related_name="kept")
    handover = models.OneToOneField("congresses.Congress", models.CASCADE, null=True, related_name="kept_handover")
    sheet = models.TextField()
    sheet_sha256 = models.CharField(max_length=64)
    docx = models.FileField(upload_to="congresses/")
    pdf = models.FileField(upload_to="congresses/")
    docx_sha256 = models.CharField(max_length=64)
    pdf_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False, polling__isnull=True, handover__isnull=True)
                | Q(paper__isnull=True, polling__isnull=False, handover__isnull=True)
                | Q(paper__isnull=True, polling__isnull=True, handover__isnull=False),
                name="kept_of_one_paper",
            )
        ]

    def __str__(self) -> str:
        return f"{self.paper or self.polling or self.handover}"
