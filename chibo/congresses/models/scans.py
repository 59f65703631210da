"""Ballots read by a scanner: the form they are read against, the count, and what people saw in doubtful pictures."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chibo.access.charter import Can
from chibo.access.models import Record
from chibo.congresses.rules.scanning import ScanState
from chibo.congresses.rules.seating import SignIn
from chibo.core.words import choices


class BallotForm(Record):
    """The ballot of one round as it was printed, with its secret and its drawing: what scans are read against."""

    masked = ("form",)
    seen_with = Can.KEEP_CONGRESSES

    election = models.ForeignKey("congresses.Election", models.CASCADE, related_name="forms")
    number = models.PositiveSmallIntegerField("lần bầu")
    sheets = models.PositiveSmallIntegerField("số phiếu in")
    form = models.JSONField("mẫu phiếu")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["election", "number"], name="one_form_a_round")]

    def __str__(self) -> str:
        return f"{self.election} lần {self.number}"


class ScanCount(Record):
    """A count of one round made by the scanner. Pictures and journal lie in ``folder`` outside the database; ``head`` is the
    last seal of the journal, printed in the minutes."""

    seen_with = Can.KEEP_CONGRESSES

    polling = models.ForeignKey("congresses.Polling", models.CASCADE, related_name="scan_counts")
    folder = models.CharField(max_length=32, unique=True)
    state = models.CharField("tình trạng", max_length=8, choices=choices(ScanState), default=ScanState.READING)
    stamped = models.BooleanField("phiếu có đóng dấu", default=True)
    duplex = models.BooleanField("quét hai mặt", default=False)
    uploads = models.PositiveSmallIntegerField("số lần tải lên", default=0)
    pictures = models.PositiveIntegerField("số ảnh phiếu", default=0)
    problem = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField("tải lên lúc", auto_now_add=True)
    head = models.CharField("dấu niêm sổ đếm", max_length=64, blank=True)
    destroyed_on = models.DateField("ngày hủy ảnh", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["polling"], condition=~Q(state=ScanState.ASIDE), name="one_scanner_count_a_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.polling}"


class ScanAnswer(Record):
    """What a member of the counting committee saw in a picture, without knowing the machine's opinion or the other's."""

    seen_with = Can.KEEP_CONGRESSES

    scan = models.ForeignKey(ScanCount, models.CASCADE, related_name="answers")
    item = models.CharField(max_length=24)
    says = models.CharField(max_length=400)
    counter = models.ForeignKey("congresses.Counter", models.PROTECT, related_name="+", verbose_name="người xem")
    is_final = models.BooleanField("trưởng ban kết luận", default=False)
    signed = models.CharField("vào máy", max_length=4, blank=True, choices=choices(SignIn))

    class Meta:
        ordering = ["is_final", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scan", "item", "counter", "is_final"], name="one_answer_a_person")
        ]

    def __str__(self) -> str:
        return self.item
