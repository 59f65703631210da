"""What is complained of after a congress, and the opening of its sealed ballots."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chibo.access.charter import Can
from chibo.access.models import Record


class Complaint(Record):
    """A complaint about the election; while it is open nothing is approved and no ballot destroyed."""

    seen_with = Can.LEAD_CONGRESSES

    congress = models.ForeignKey("congresses.Congress", models.CASCADE, related_name="complaints")
    received_on = models.DateField("ngày nhận")
    text = models.TextField("nội dung khiếu nại")
    settled_on = models.DateField("ngày giải quyết", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.received_on:%d/%m/%Y}"


class SealOpening(Record):
    """Sealed ballots opened by a decision, for a complaint, before witnesses; sealed again when that is over (Đ35)."""

    seen_with = Can.LEAD_CONGRESSES

    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="openings")
    decision = models.CharField("số quyết định", max_length=60)
    decided_on = models.DateField("ngày quyết định")
    opened_at = models.DateTimeField("mở lúc")
    place = models.CharField("địa điểm", max_length=160)
    witnesses = models.TextField("người chứng kiến")
    seal_whole = models.BooleanField("niêm phong còn nguyên", default=True)
    seal_found = models.CharField("tình trạng niêm phong", max_length=300, blank=True)
    journals = models.JSONField("sổ đếm khi mở", default=list)
    findings = models.TextField("kết quả xem lại", blank=True)
    resealed_at = models.DateTimeField("niêm phong lại lúc", null=True)
    resealed_by = models.CharField("người giữ phiếu", max_length=160, blank=True)

    class Meta:
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(resealed_at__isnull=True), name="one_open_seal_a_complaint"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision}"
