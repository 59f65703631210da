"""Papers of congresses as they were issued or signed: the very files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chibo.access.charter import Can
from chibo.papers.models import KeptSheet


class KeptFile(KeptSheet):
    """A paper of the register, the minutes of a count, or those of the hand-over, as it went out."""

    seen_with = Can.SEE_CONGRESSES

    paper = models.OneToOneField("papers.Paper", models.PROTECT, null=True, related_name="+")
    polling = models.OneToOneField("congresses.Polling", models.CASCADE, null=True, related_name="kept")
    handover = models.OneToOneField("congresses.Congress", models.CASCADE, null=True, related_name="kept_handover")

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
