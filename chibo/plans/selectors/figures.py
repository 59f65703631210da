"""Figures about plans and their evaluation (seeds S0-05 … S0-14, S1-10)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Column, Figure, Scope
from chibo.meetings.models import Attendance
from chibo.meetings.rules import IN_BASE, MeetingKind
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition
from chibo.members.selectors import counted_on
from chibo.plans.models import Evaluation, Plan, PlanItem
from chibo.plans.rules import HAVING, PlanState, Remark, ResultLevel

ARTICLE = "Chỉ thị 05-CT/TW; Kết luận 01-KL/TW; Chỉ thị 07-CT/TW"
LEVELS = {word.value: word.label for word in ResultLevel}
STATES = {word.value: word.label for word in PlanState}
REMARKS = {word.value: word.label for word in Remark}

MEMBERSHIP_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Đảng viên"), lambda row: row.get_standing_display(), 14),
    Column(_("Tình trạng"), lambda row: row.get_condition_display(), 26),
)
PLAN_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Năm"), "year", 8, "number"),
    Column(_("Trạng thái"), lambda row: row.get_state_display(), 24),
    Column(_("Ngày đăng ký"), "registered_on", 14, "date"),
)
EVALUATION_ROW = (
    Column(_("Họ và tên"), "plan.member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Kỳ tháng"), lambda row: f"{row.month:%m/%Y}", 10),
    Column(_("Ngày họp"), "meeting.held_on", 12, "date"),
    Column(_("Mức"), lambda row: row.get_level_display(), 14),
    Column(_("Biểu dương, nhắc nhở"), lambda row: row.get_remark_display(), 18),
)
ATTENDANCE_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Kỳ tháng"), lambda row: f"{row.month:%m/%Y}", 10),
    Column(_("Điểm danh"), lambda row: row.get_presence_display(), 18),
)
MEMBER_ROW = (
    Column(_("Họ và tên"), "full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Số lần được góp ý"), "times", 16, "number"),
)
BY_GROUP = Breakdown(_("Theo nhóm"), "member__groups__name")
BY_PERSON = ("unit__sort_key", "member__sort_key", "pk")


def must_plan(scope: Scope) -> QuerySet[Membership]:
    """Who must have a plan: who officially belongs to the cells on the day, but the exempt and the suspended."""
    rows = counted_on(scope.day, scope.units).exclude(condition__in=(Condition.EXEMPT, Condition.SUSPENDED))
    return rows.select_related("member", "unit")


def has_plan(scope: Scope) -> Q:
    """The condition that a member of these rows registered a plan of the period's year by the day."""
    plans = Plan.objects.filter(
        member=OuterRef("member"), year=scope.day.year, state__in=HAVING, registered_on__lte=scope.day
    )
    return Q(Exists(plans))


def plans_of_year(scope: Scope) -> QuerySet[Plan]:
    """The plans registered for the years of the period in these cells."""
    years = range(scope.period.first.year, scope.period.last.year + 1)
    plans = Plan.objects.filter(unit_id__in=scope.units, year__in=years, state__in=HAVING)
    return plans.select_related("member", "unit")


def evaluations_of(scope: Scope) -> QuerySet[Evaluation]:
    rows = Evaluation.objects.filter(
        unit_id__in=scope.units, month__range=(scope.period.first.replace(day=1), scope.period.last)
    )
    return rows.select_related("plan__member", "unit", "meeting")


def due_for_evaluation(scope: Scope) -> QuerySet[Attendance]:
    """One row for each member with a plan in each regular meeting of their cell: a plan due to be evaluated."""
    first, last = scope.period.first.replace(day=1), scope.period.last
    plans = Plan.objects.filter(
        member=OuterRef("member"), state__in=HAVING, registered_on__lte=OuterRef("meeting__held_on")
    )
    had = Q()
    for year in range(first.year, last.year + 1):  # the year as a number: taking it from each row's month is slow
        within = Q(month__range=(max(first, date(year, 1, 1)), date(year, 12, 31)))
        had |= within & Q(Exists(plans.filter(year=year)))  # in this order: plans are looked for in one year only
    rows = Attendance.objects.filter(
        had,
        unit_id__in=scope.units,
        month__range=(first, last),
        meeting__kind=MeetingKind.REGULAR,
        meeting__held_on__lte=scope.today,
        presence__in=IN_BASE,
    )
    return rows.select_related("member", "unit")


def was_evaluated(scope: Scope) -> Q:
    return Q(Exists(Evaluation.objects.filter(plan__member=OuterRef("member"), month=OuterRef("month"))))


def was_commented(scope: Scope) -> Q:
    said = Evaluation.objects.filter(~Q(comment="") | ~Q(remark=""))
    return Q(Exists(said.filter(plan__member=OuterRef("member"), month=OuterRef("month"))))


def members_commented(scope: Scope) -> QuerySet[Member]:
    """Persons, each once, on whom a cell commented in the period; they stand in the cell that last did (S1-10)."""

    from chibo.plans.selectors.evaluations import members_commented as commented

    return commented(scope.units, scope.period)


def _lacks(**weak: Any) -> Any:
    """The condition that no item of the plan is weak in this way."""
    return lambda scope: ~Q(Exists(PlanItem.objects.filter(plan=OuterRef("pk"), **weak)))


def _on_theme(scope: Scope) -> Q:
    return Q(Exists(PlanItem.objects.filter(plan=OuterRef("pk"), on_theme=True)))


def _plans(code: str, label: Any, meaning: Any, **more: Any) -> Figure:
    asked = {"rows": plans_of_year, "columns": PLAN_ROW, "article": ARTICLE, "order": BY_PERSON, **more}
    return Figure(f"plans.{code}", label, meaning, can=Can.SEE_PLANS, **asked)


def _remarked(code: str, label: Any, remark: Remark) -> Figure:
    return _plans(
        code,
        label,
        _("Lượt đánh giá trong kỳ có hình thức này, ghi trong sinh hoạt chi bộ."),
        rows=lambda scope: evaluations_of(scope).filter(remark=remark),
        columns=EVALUATION_ROW,
        month="month",
        order=("month", "unit__sort_key", "plan__member__sort_key", "pk"),
    )


FIGURES = (
    _plans(
        "having",
        _("Đảng viên có kế hoạch tu dưỡng"),
        _(
            "Đảng viên đã đăng ký kế hoạch của năm, trên số đảng viên thuộc chi bộ vào ngày xem (trừ người được miễn sinh hoạt, bị đình chỉ)."
        ),
        rows=must_plan,
        counted=has_plan,
        columns=MEMBERSHIP_ROW,
        missing=_("Chưa đăng ký"),
        missing_can=Can.WRITE_PLANS,
        board=True,
        breakdowns=(BY_GROUP,),
    ),
    _plans(
        "registered",
        _("Kế hoạch đã đăng ký"),
        _("Kế hoạch của các năm trong kỳ đã đăng ký với chi bộ."),
        breakdowns=(
            Breakdown(_("Theo trạng thái"), "state", lambda: STATES),
            BY_GROUP,
            Breakdown(_("Kết quả cả năm"), "result", lambda: LEVELS),
        ),
    ),
    _plans(
        "confirmed",
        _("Kế hoạch được chi ủy xác nhận"),
        _("Kế hoạch được xác nhận, trên số kế hoạch đã đăng ký."),
        counted=lambda scope: Q(state__in=(PlanState.CONFIRMED, PlanState.CONCLUDED)),
        missing=_("Chờ xác nhận"),
    ),
    _plans(
        "measured",
        _("Kế hoạch mà mọi nội dung đều có cách đo"),
        _("Kế hoạch không có nội dung nào thiếu chỉ tiêu, cách đo, trên số kế hoạch đã đăng ký."),
        counted=_lacks(measure=""),
        missing=_("Còn nội dung không đo được"),
        breakdowns=(BY_GROUP,),
    ),
    _plans(
        "timed",
        _("Kế hoạch mà mọi nội dung đều có thời hạn"),
        _("Kế hoạch không có nội dung nào thiếu thời hạn, trên số kế hoạch đã đăng ký."),
        counted=_lacks(deadline__isnull=True),
        missing=_("Còn nội dung không có thời hạn"),
        breakdowns=(BY_GROUP,),
    ),
    _plans(
        "on_theme",
        _("Kế hoạch có nội dung theo chuyên đề"),
        _("Kế hoạch có ít nhất một nội dung theo chuyên đề của năm, trên số kế hoạch đã đăng ký."),
        counted=_on_theme,
        missing=_("Chưa có nội dung theo chuyên đề"),
        breakdowns=(BY_GROUP,),
    ),
    _plans(
        "evaluated",
        _("Kế hoạch được đánh giá hằng tháng"),
        _(
            "Lượt kế hoạch được đánh giá, trên số lượt phải đánh giá: mỗi đảng viên có kế hoạch, mỗi kỳ sinh hoạt thường kỳ của chi bộ."
        ),
        rows=due_for_evaluation,
        counted=was_evaluated,
        columns=ATTENDANCE_ROW,
        month="month",
        missing=_("Chưa đánh giá"),
        board=True,
        order=("month", "unit__sort_key", "member__sort_key", "pk"),
    ),
    _plans(
        "evaluations",
        _("Lượt đánh giá kế hoạch"),
        _("Số lượt chi bộ đánh giá việc thực hiện kế hoạch trong kỳ."),
        rows=evaluations_of,
        columns=EVALUATION_ROW,
        month="month",
        breakdowns=(
            Breakdown(_("Theo mức"), "level", lambda: LEVELS),
            Breakdown(_("Biểu dương, nhắc nhở, phê bình"), "remark", lambda: {**REMARKS, "": _("Không")}),
            Breakdown(_("Theo nhóm"), "plan__member__groups__name"),
        ),
        order=("month", "unit__sort_key", "plan__member__sort_key", "pk"),
    ),
    _remarked("commended", _("Lượt biểu dương"), Remark.COMMEND),
    _remarked("reminded", _("Lượt nhắc nhở"), Remark.REMIND),
    _remarked("criticised", _("Lượt phê bình"), Remark.CRITICISE),
    _plans(
        "members_commented",
        _("Đảng viên được chi bộ góp ý"),
        _(
            "Số người (mỗi người tính một lần) được góp ý hoặc biểu dương, nhắc nhở, phê bình ít nhất một lần trong kỳ."
        ),
        rows=members_commented,
        columns=MEMBER_ROW,
        unit="at_unit",
        order=("sort_key", "pk"),
    ),
)
