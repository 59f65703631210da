"""Classes, the essays written after them, and which document or theme reached whom."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from chibo.access.charter import Can
from chibo.access.models import Record
from chibo.core.words import choices
from chibo.study.rules import EssayState, Way


class StudyClass(Record):
    """What is studied at a meeting that is a class (hội nghị học tập, quán triệt). The roll is the meeting's."""

    seen_with = Can.SEE_STUDY

    meeting = models.OneToOneField("meetings.Meeting", models.CASCADE, related_name="study_class")
    title = models.CharField("nội dung học tập", max_length=300)
    speaker = models.CharField("báo cáo viên", max_length=160, blank=True)
    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, null=True, blank=True, related_name="classes", verbose_name="chương trình"
    )  # fmt: skip
    theme = models.ForeignKey(
        "programmes.Theme", models.PROTECT, null=True, blank=True, related_name="classes", verbose_name="chuyên đề"
    )
    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="classes", verbose_name="văn bản"
    )
    essays_due_on = models.DateField("hạn nộp bài thu hoạch", null=True, blank=True)
    waived = models.CharField("lý do không yêu cầu bài thu hoạch", max_length=200, blank=True)

    def __str__(self) -> str:
        return self.title


class Essay(Record):
    """The essay after study (bài thu hoạch) that one member owes, and what became of it. ``unit`` is their cell."""

    seen_with = Can.SEE_STUDY
    owner = "member.account_id"
    told_to_owner = True

    study_class = models.ForeignKey(StudyClass, models.CASCADE, related_name="essays")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="essays")
    state = models.CharField("trạng thái", max_length=10, choices=choices(EssayState), default=EssayState.DUE)
    text = models.TextField("bài thu hoạch", blank=True)
    file = models.FileField("tệp", upload_to="study/", blank=True)
    file_name = models.CharField("tên tệp", max_length=160, blank=True)
    handed_in_on = models.DateField("ngày nộp", null=True, blank=True)
    on_behalf = models.BooleanField("nhập thay", default=False)
    """Whether the cell entered what the member handed in on paper."""
    comment = models.TextField("nhận xét", blank=True)
    marked_on = models.DateField("ngày nhận xét", null=True, blank=True)
    reminded_on = models.DateField("ngày nhắc bằng thư", null=True, blank=True)
    reminder_refused = models.BooleanField("thư nhắc bị trả lại", default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "state"])]
        constraints = [models.UniqueConstraint(fields=["study_class", "member"], name="essay_once")]

    def __str__(self) -> str:
        return f"{self.member}"


class Dissemination(Record):
    """A document or a theme that the unit makes known to all members below it, until a day, with a digest of it."""

    seen_with = Can.SEE_STUDY

    paper = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="disseminations", verbose_name="văn bản"
    )
    theme = models.ForeignKey(
        "programmes.Theme", models.PROTECT, null=True, blank=True, related_name="disseminations", verbose_name="chuyên đề"
    )  # fmt: skip
    opened_on = models.DateField("ngày bắt đầu")
    due_on = models.DateField("hạn phổ biến xong")
    digest = models.TextField("nội dung chính", blank=True)
    asks = models.TextField("yêu cầu đối với chi bộ, đảng viên", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(paper__isnull=False, theme__isnull=True) | Q(paper__isnull=True, theme__isnull=False),
                name="spreads_a_paper_or_a_theme",
            ),
            models.UniqueConstraint(fields=["unit", "paper"], name="paper_spread_once"),
            models.UniqueConstraint(fields=["unit", "theme"], name="theme_spread_once"),
        ]
        ordering = ["-opened_on", "-pk"]

    def __str__(self) -> str:
        return str(self.paper or self.theme)


class Reach(Record):
    """One member to be reached: when and in what way it was done, or not yet. ``unit`` is their cell."""

    seen_with = Can.SEE_STUDY
    owner = "member.account_id"
    told_to_owner = True

    dissemination = models.ForeignKey(Dissemination, models.CASCADE, related_name="reaches")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="reaches")
    reached_on = models.DateField("ngày được phổ biến", null=True, blank=True)
    way = models.CharField("hình thức", max_length=8, choices=choices(Way), blank=True)
    meeting = models.ForeignKey("meetings.Meeting", models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["unit", "dissemination", "reached_on"])]
        constraints = [
            models.UniqueConstraint(fields=["dissemination", "member"], name="reach_once"),
            models.CheckConstraint(
                condition=Q(reached_on__isnull=True, way="") | (Q(reached_on__isnull=False) & ~Q(way="")),
                name="reached_in_some_way",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}"
