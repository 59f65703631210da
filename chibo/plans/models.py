"""Campaigns, members' plans with their items, the rota of who reports, and the monthly evaluations."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext

from chibo.access.charter import Can
from chibo.access.models import Record, User
from chibo.core.words import choices
from chibo.plans.rules import FormTitle, PlanState, Remark, ResultLevel, Section


class Campaign(Record):
    """The ward's call to make the plans of one year (đợt đăng ký kế hoạch tu dưỡng)."""

    seen_with = Can.SEE_PROGRAMMES

    programme = models.ForeignKey(
        "programmes.Programme", models.PROTECT, related_name="+", verbose_name="chương trình"
    )
    theme = models.ForeignKey(
        "programmes.Theme", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="chuyên đề"
    )
    guidance = models.ForeignKey(
        "papers.Paper", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="hướng dẫn"
    )
    year = models.PositiveSmallIntegerField("năm")
    opened_on = models.DateField("ngày phát động")
    deadline = models.DateField("hạn đăng ký")
    form_title = models.CharField("tên mẫu", max_length=10, choices=choices(FormTitle), default=FormTitle.PLAN)
    sections = models.JSONField("các mục của mẫu", default=list)
    """Pairs of code ("1" … "9") and title, in the order of the form."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_campaign_a_year")]
        ordering = ["-year"]

    def __str__(self) -> str:
        return gettext("Đợt đăng ký kế hoạch năm %(year)s") % {"year": self.year}


class Suggestion(models.Model):
    """An item that the ward suggests to the members of a group (seed S0-15)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="suggestions")
    group = models.ForeignKey("members.Group", models.PROTECT, related_name="+")
    section = models.CharField("mục", max_length=1, choices=choices(Section))
    statement = models.CharField("nội dung", max_length=400)
    measure = models.CharField("chỉ tiêu, cách đo", max_length=200, blank=True)
    on_theme = models.BooleanField("theo chuyên đề", default=False)

    class Meta:
        ordering = ["section", "pk"]

    def __str__(self) -> str:
        return self.statement


class Plan(Record):
    """A member's self-cultivation plan of one year (kế hoạch tu dưỡng).

    ``unit`` is the cell it was made in, or the one that received it when the member was transferred. ``on_behalf``
    says that the last hand that wrote or registered it was not the member's: ``entered_by``.
    """

    seen_with = Can.SEE_PLANS
    owner = "member.account_id"
    told_to_owner = True

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="plans")
    member = models.ForeignKey("members.Member", models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("trạng thái", max_length=10, choices=choices(PlanState), default=PlanState.DRAFT)
    registered_on = models.DateField("ngày đăng ký", null=True, blank=True)
    confirmed_on = models.DateField("ngày xác nhận", null=True, blank=True)
    concluded_on = models.DateField("ngày đánh giá cuối năm", null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    on_behalf = models.BooleanField("nhập thay", default=False)
    committee_comment = models.TextField("ý kiến chi ủy", blank=True)
    result = models.CharField("kết quả năm", max_length=10, choices=choices(ResultLevel), blank=True)
    result_comment = models.TextField("nhận xét cuối năm", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "year", "state"]),
            models.Index(fields=["member", "year", "state", "registered_on"]),  # whether a member had one on a day
        ]
        constraints = [models.UniqueConstraint(fields=["member", "campaign"], name="one_plan_a_campaign")]

    def __str__(self) -> str:
        return f"{self.member} {self.year}"


class PlanItem(models.Model):
    """One thing the member undertakes: what, how it is measured, until when."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    section = models.CharField("mục", max_length=1, choices=choices(Section))
    order = models.PositiveSmallIntegerField(default=0)
    statement = models.TextField("nội dung phấn đấu")
    measure = models.CharField("chỉ tiêu, cách đo", max_length=200, blank=True)
    deadline = models.DateField("thời hạn", null=True, blank=True)
    on_theme = models.BooleanField("theo chuyên đề", default=False)
    manifestation = models.ForeignKey(
        "programmes.Manifestation", models.PROTECT, null=True, blank=True, related_name="+"
    )
    own_result = models.TextField("tự đánh giá", blank=True)

    class Meta:
        ordering = ["section", "order", "pk"]

    def __str__(self) -> str:
        return self.statement


class CellQuality(models.Model):
    """What was found weak in the registered plans of a cell and year, and the versions it was found in (ADR 0038).

    Nothing but a copy of what can be found again at any time: it leaves no line in the journal.
    """

    unjournalled: ClassVar[bool] = True

    unit = models.ForeignKey("units.Unit", models.CASCADE, related_name="+")
    year = models.PositiveSmallIntegerField("năm")
    basis = models.CharField(max_length=64)
    """A digest of all that the finding rests on: where it is another now, what is kept here says nothing."""
    found = models.JSONField(default=dict)
    """By plan, its weaknesses."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year"], name="one_quality_a_cell_and_year")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.year}"


class Turn(Record):
    """It is this member's turn to report on their plan in that month's meeting (the rota, seed S1-08)."""

    seen_with = Can.SEE_PLANS
    owner = "member.account_id"
    told_to_owner = True

    member = models.ForeignKey("members.Member", models.PROTECT, related_name="turns")
    month = models.DateField("tháng")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "month"], name="one_turn_a_month")]

    def __str__(self) -> str:
        return f"{self.member} {self.month:%m/%Y}"


class SelfReport(Record):
    """What the member reports on the plan for a month, written before the meeting that evaluates it (seed S1-08)."""

    seen_with = Can.READ_PLANS
    owner = "plan.member.account_id"
    told_to_owner = True

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="self_reports")
    month = models.DateField("tháng")
    reported = models.TextField("kết quả thực hiện")
    on_behalf = models.BooleanField("nhập thay", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "month"], name="one_self_report_a_month")]

    def __str__(self) -> str:
        return f"{self.plan} {self.month:%m/%Y}"


class Evaluation(Record):
    """What the cell's meeting found of one plan in one month (seed S0-07). ``month`` is that of the meeting."""

    seen_with = Can.SEE_PLANS
    owner = "plan.member.account_id"
    told_to_owner = True

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="evaluations")
    meeting = models.ForeignKey("meetings.Meeting", models.PROTECT, related_name="evaluations")
    month = models.DateField("tháng")
    reported = models.TextField("đảng viên báo cáo", blank=True)
    level = models.CharField("mức", max_length=10, choices=choices(ResultLevel))
    remark = models.CharField("biểu dương, nhắc nhở", max_length=10, choices=choices(Remark), blank=True)
    comment = models.TextField("ý kiến chi bộ", blank=True)
    answer = models.TextField("đảng viên tiếp thu", blank=True)
    on_behalf = models.BooleanField("nhập thay", default=False)

    class Meta:
        indexes = [models.Index(fields=["unit", "month", "level"])]
        constraints = [models.UniqueConstraint(fields=["plan", "month"], name="one_evaluation_a_month")]

    def __str__(self) -> str:
        return f"{self.plan} {self.month:%m/%Y}"
