"""Briefings, what each cell or body returns for them, and the directions that became tasks."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from chibo.access.charter import Can
from chibo.access.models import Record, User
from chibo.briefings.rules import Rhythm
from chibo.core.words import choices


class Briefing(Record):
    """The ward's briefing (hội nghị giao ban) with its cells; time, place, chair and minutes stand in ``meeting``."""

    seen_with = Can.SEE_BRIEFINGS

    meeting = models.OneToOneField("meetings.Meeting", models.PROTECT, related_name="briefing")
    rhythm = models.CharField("loại", max_length=8, choices=choices(Rhythm))
    reviewed_first = models.DateField("kiểm điểm từ ngày")
    reviewed_last = models.DateField("đến hết ngày")
    returns_due_on = models.DateField("hạn gửi báo cáo")

    class Meta:
        indexes = [models.Index(fields=["unit", "reviewed_last"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_last__gte=F("reviewed_first")), name="briefing_reviews_forward"
            )
        ]

    def __str__(self) -> str:
        first, last = self.reviewed_first, self.reviewed_last
        span = f"{last.month}/{last.year}" if self.rhythm == Rhythm.MONTHLY else f"{first:%d/%m}–{last:%d/%m/%Y}"
        return f"{self.get_rhythm_display()} {span}"


class Return(Record):
    """What a cell says for a briefing beforehand. With ``body``, a mass organisation of the ward says it (seed S1-09)."""

    seen_with = Can.SEE_BRIEFINGS

    briefing = models.ForeignKey(Briefing, models.CASCADE, related_name="returns")
    body = models.CharField("đoàn thể", max_length=120, blank=True)
    results = models.TextField("kết quả trong kỳ", blank=True)
    shortcomings = models.TextField("hạn chế, khuyết điểm", blank=True)
    causes = models.TextField("nguyên nhân", blank=True)
    next_tasks = models.TextField("nhiệm vụ kỳ tới", blank=True)
    difficulties = models.TextField("khó khăn, vướng mắc", blank=True)
    proposals = models.TextField("đề xuất, kiến nghị", blank=True)
    cultivation = models.TextField("tu dưỡng, rèn luyện của đảng viên", blank=True)
    """Party work and how the people's cultivation stands, asked in monthly briefings (seeds S1-09, S2-10): counts and
    names of deeds, no verdicts."""
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "sent_on"])]
        constraints = [
            models.UniqueConstraint(fields=["briefing", "unit", "body"], name="one_return_a_briefing"),
        ]

    def __str__(self) -> str:
        return self.body or self.unit.name


class Direction(Record):
    """What the committee directed at a briefing, to one doer; given to several, each has a line with the same ``order``."""

    seen_with = Can.SEE_BRIEFINGS

    briefing = models.ForeignKey(Briefing, models.PROTECT, related_name="directions")
    order = models.PositiveSmallIntegerField()
    told = models.CharField("giao cho", max_length=200)
    """Whom it was told to, in the words of the day: a cell, a comrade, or all cells."""
    task = models.OneToOneField("tasks.Task", models.PROTECT, related_name="direction")

    class Meta:
        indexes = [models.Index(fields=["briefing", "order"])]
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return f"{self.order}. {self.told}"
