"""Meetings with agenda, roll, minutes and their corrections."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chibo.access.charter import Can
from chibo.access.models import Record, User
from chibo.core.words import choices
from chibo.meetings.rules import ItemKind, MeetingKind, MeetingState, Presence


class Meeting(Record):
    """A meeting of a cell. ``month`` (first of the month) is the month it counts for."""

    seen_with = Can.SEE_MEETINGS

    kind = models.CharField("loại", max_length=14, choices=choices(MeetingKind), default=MeetingKind.REGULAR)
    month = models.DateField("kỳ tháng")
    held_on = models.DateField("ngày họp")
    starts_at = models.TimeField("bắt đầu", null=True)
    ends_at = models.TimeField("kết thúc", null=True)
    place = models.CharField("địa điểm", max_length=160, blank=True)
    chair = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+", verbose_name="chủ trì")
    recorder = models.ForeignKey("members.Member", models.PROTECT, null=True, related_name="+", verbose_name="thư ký")
    guests = models.CharField("khách dự", max_length=300, blank=True)
    minutes = models.TextField("biên bản", blank=True)
    state = models.CharField(
        "trạng thái", max_length=10, choices=choices(MeetingState), default=MeetingState.CONVENED
    )
    closed_on = models.DateField("ngày hoàn thành biên bản", null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "month", "kind", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "month"], condition=Q(kind="regular"), name="one_regular_meeting_a_month"
            )
        ]
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on:%d/%m/%Y}"


class AgendaItem(Record):
    """One item of the order of business, with what was said and concluded."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=choices(ItemKind))
    title = models.CharField("nội dung", max_length=200)
    minutes_planned = models.PositiveSmallIntegerField("thời gian (phút)", default=0)
    notes = models.TextField("diễn biến, kết luận", blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "order"], name="agenda_order_once")]
        ordering = ["order"]

    def __str__(self) -> str:
        return self.title


class Attendance(Record):
    """One line of the roll: how a member stood at a meeting."""

    seen_with = Can.SEE_MEETINGS
    owner = "member.account_id"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="attendances")
    month = models.DateField()
    presence = models.CharField(max_length=10, choices=choices(Presence))
    reason = models.CharField("lý do", max_length=160, blank=True)

    class Meta:
        # ``meeting`` last, so that attendance is counted from the index alone: half the time of the ward's board.
        indexes = [models.Index(fields=["unit", "month", "presence", "meeting"])]
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="one_line_per_member")]

    def __str__(self) -> str:
        return f"{self.member}: {self.presence}"


class Correction(Record):
    """What was added to closed minutes, and when: the minutes themselves stay as they were."""

    seen_with = Can.SEE_MEETINGS

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="corrections")
    corrected_on = models.DateField("ngày bổ sung, đính chính")
    text = models.TextField("nội dung bổ sung, đính chính")
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["corrected_on", "pk"]

    def __str__(self) -> str:
        return f"{self.corrected_on:%d/%m/%Y}: {self.text[:60]}"
