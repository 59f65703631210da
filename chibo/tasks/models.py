"""Duties with owner, deadline and measure; their progress; and who held them when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from chibo.access.charter import Can
from chibo.access.models import Record, User
from chibo.core.words import choices
from chibo.tasks.rules import TaskOrigin, TaskState

ONE_DOER = Q(doer__isnull=False, doer_unit__isnull=True) | Q(doer__isnull=True, doer_unit__isnull=False)


class Task(Record):
    """A duty (nhiệm vụ): of a resolution, a direction, a remedy, a commitment. ``unit`` is where it lies.

    ``first_due_on`` is the deadline as it was given; ``due_on`` moves when the duty is extended.
    """

    seen_with = Can.SEE_TASKS
    owner = "doer.account_id"
    told_to_owner = True

    title = models.CharField("nội dung", max_length=300)
    measure = models.CharField("cách đo", max_length=200, blank=True)
    doer = models.ForeignKey(
        "members.Member", models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="người thực hiện"
    )
    doer_unit = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="tổ chức thực hiện"
    )
    assigned_on = models.DateField("ngày giao")
    first_due_on = models.DateField("thời hạn ban đầu", null=True, blank=True)
    due_on = models.DateField("thời hạn", null=True, blank=True)
    """No deadline only where somebody insisted on giving it so (``override_reason``)."""
    origin = models.CharField("nguồn", max_length=10, choices=choices(TaskOrigin))
    origin_text = models.CharField("căn cứ", max_length=300, blank=True)
    directive = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name="văn bản thực hiện"
    )
    """The document that this duty carries out (seed S3-04)."""
    is_local = models.BooleanField("nhiệm vụ của địa phương", default=False)
    override_reason = models.CharField("lý do vẫn giao", max_length=200, blank=True)
    """Why it was given although its words are vague (seed S2-16)."""
    state = models.CharField("trạng thái", max_length=8, choices=choices(TaskState), default=TaskState.OPEN)
    done_on = models.DateField("ngày kết thúc", null=True, blank=True)
    result = models.TextField("kết quả", blank=True)
    escalated_on = models.DateField("ngày báo cáo cấp trên", null=True, blank=True)
    escalated_to = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="báo cáo lên"
    )

    class Meta:
        indexes = [models.Index(fields=["unit", "state", "due_on"])]
        constraints = [
            models.CheckConstraint(condition=ONE_DOER, name="task_has_one_doer"),
            models.CheckConstraint(condition=Q(due_on__gte=F("assigned_on")), name="task_due_after_assigned"),
        ]
        ordering = ["due_on", "pk"]

    def __str__(self) -> str:
        return self.title


class Progress(Record):
    """One note on how far a duty is, with a file as evidence, or a new deadline and its reason."""

    seen_with = Can.SEE_TASKS
    owner = "task.doer.account_id"
    told_to_owner = True

    task = models.ForeignKey(Task, models.PROTECT, related_name="progress")
    noted_on = models.DateField("ngày")
    text = models.TextField("nội dung")
    percent = models.PositiveSmallIntegerField("mức hoàn thành (%)", null=True, blank=True)
    new_due_on = models.DateField("gia hạn đến", null=True, blank=True)
    evidence = models.FileField("tệp minh chứng", upload_to="tasks/", blank=True)
    evidence_name = models.CharField("tên tệp", max_length=160, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["task", "noted_on"])]
        ordering = ["noted_on", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class Holding(models.Model):
    """Who had the duty from and to these days: handing it over loses nothing, and whom it was taken from is told."""

    owner: ClassVar[str] = "doer.account_id"
    told_to_owner: ClassVar[bool] = True

    task = models.ForeignKey(Task, models.CASCADE, related_name="holdings")
    doer = models.ForeignKey("members.Member", models.PROTECT, null=True, blank=True, related_name="+")
    doer_unit = models.ForeignKey("units.Unit", models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField("từ ngày")
    valid_to = models.DateField("đến ngày", null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=ONE_DOER, name="holding_has_one_doer")]
        ordering = ["valid_from", "pk"]

    def __str__(self) -> str:
        return str(self.doer or self.doer_unit)
