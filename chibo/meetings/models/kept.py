"""Minutes and resolutions as they went out: the very files."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chibo.access.charter import Can
from chibo.papers.models import KeptSheet


class KeptFile(KeptSheet):
    """The minutes as they were closed; the same with the corrections made until ``correction``; or the resolution."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="kept")
    resolution = models.OneToOneField("meetings.Resolution", models.PROTECT, null=True, related_name="kept")
    correction = models.OneToOneField("meetings.Correction", models.PROTECT, null=True, related_name="kept")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(resolution__isnull=True, correction__isnull=True),
                name="minutes_closed_once",
            ),
            models.CheckConstraint(
                condition=Q(resolution__isnull=True) | Q(correction__isnull=True),
                name="kept_minutes_or_resolution",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.resolution or self.correction or self.meeting}"
