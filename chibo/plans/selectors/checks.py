"""Checks over plans: shortcomings that find themselves, months before an inspector does (seeds S0-10 … S0-14, S1-08)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.held import held_once
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.tables import link_to, road_to
from chibo.core.values import month_of, months_after
from chibo.meetings.models import Mention
from chibo.meetings.rules import MeetingKind
from chibo.meetings.selectors.reading import held_around, next_meeting
from chibo.members.models import Group
from chibo.plans.models import Campaign, Evaluation, Plan
from chibo.plans.rules import HAVING
from chibo.plans.selectors.figures import due_for_evaluation, has_plan, must_plan, was_evaluated
from chibo.plans.selectors.quality import weaknesses_of_cells
from chibo.units.selectors import setting_on

PAGE = link_to("plans:plan")
ARTICLE = gettext_lazy("Chỉ thị 05-CT/TW; Kết luận 01-KL/TW; hướng dẫn của đợt đăng ký")


@held_once
def _campaigns(scope: Scope) -> tuple[Campaign, ...]:
    """The year's campaigns that these cells stand under: one, unless the scope is above the wards."""
    wards = {int(pk) for pk in scope.unit.path.split("/") if pk} | set(scope.units)
    return tuple(Campaign.objects.filter(unit_id__in=wards, year=scope.day.year))


def without_plan(scope: Scope) -> Iterator[Shortcoming]:
    """S0-14: members without a plan after the deadline, by name for those who can mend it."""
    for campaign in _campaigns(scope):
        if scope.day <= campaign.deadline:
            continue
        rows = must_plan(scope).exclude(has_plan(scope)).order_by("unit__sort_key", "member__sort_key")
        missing = list(rows.values_list("unit_id", "member_id", "member__full_name"))
        drafts = _drafts({member for _unit, member, _name in missing}, campaign.year) if missing else {}
        detail = _("chưa đăng ký kế hoạch tu dưỡng năm %(year)s, hạn %(deadline)s") % {
            "year": campaign.year,
            "deadline": f"{campaign.deadline:%d/%m/%Y}",
        }
        page, remedy = road_to("plans:index", campaign.year), _("Đôn đốc đăng ký, hoặc nhập thay.")
        for unit, member, name in missing:
            draft = drafts.get((unit, member))
            url = reverse("plans:plan", args=[draft]) if draft else f"{page(unit)}?member={member}"
            yield Shortcoming(unit, name, detail, remedy, url, campaign.deadline)


def _drafts(members: Collection[int], year: int) -> dict[tuple[int, int], int]:
    """(cell, member) → the plan of the year that was begun there and is not registered."""
    rows = Plan.objects.filter(member_id__in=members, year=year).exclude(state__in=HAVING)
    return {(unit, member): pk for unit, member, pk in rows.values_list("unit_id", "member_id", "pk")}


def not_evaluated(scope: Scope) -> Iterator[Shortcoming]:
    """S0-12: a member with a plan was not evaluated in a month in which the cell met."""
    months: dict[tuple[int, int, str], list[tuple[date, int]]] = defaultdict(list)
    rows = due_for_evaluation(scope).exclude(was_evaluated(scope)).order_by("month")
    asked = ("unit_id", "member_id", "member__full_name", "month", "meeting_id")
    for unit_id, member_id, name, month, meeting in rows.values_list(*asked):
        months[unit_id, member_id, name].append((month, meeting))
    called = {month: f"{month.month:02}/{month.year}" for month in scope.period.months()}
    detail, remedy = _("kế hoạch chưa được đánh giá tháng %(months)s"), _("Đánh giá bổ sung trong kỳ sinh hoạt tới.")
    page = road_to("plans:evaluate_cell")
    for (unit_id, _member, name), missed in months.items():
        first, meeting = missed[0]
        told = detail % {"months": ", ".join(called[month] for month, _meeting in missed)}
        yield Shortcoming(unit_id, name, told, remedy, f"{page(meeting)}?show=lacking", first)


def generic_plans(scope: Scope) -> Iterator[Shortcoming]:
    """S0-11 and S0-13: plans with nothing to measure, no deadline, nothing on the theme, or a near-copy."""
    found = {pk: weak for pk, weak in weaknesses_of_cells(scope.cells, scope.day.year).items() if weak}
    remedy = _("Trả lại kèm gợi ý để bổ sung, hoặc cùng đảng viên sửa.")
    plans = Plan.objects.filter(pk__in=found).order_by("unit__sort_key", "member__sort_key", "pk")
    for plan in plans.values_list("pk", "unit_id", "member__full_name", "registered_on", named=True):
        yield Shortcoming(
            plan.unit_id,
            plan.member__full_name,
            "; ".join(weakness.words(_) for weakness in found[plan.pk]),
            remedy,
            PAGE(plan),
            plan.registered_on or scope.period.first,
        )


def nobody_reported(scope: Scope) -> Iterator[Shortcoming]:
    """S1-08: a regular meeting in which no member reported on their plan."""
    first = month_of(scope.period.first)
    told = Evaluation.objects.filter(unit_id__in=scope.cells, month__range=(first, scope.day)).exclude(reported="")
    reported = set(told.order_by().values_list("meeting_id", flat=True).distinct())
    page = road_to("plans:rota", scope.day.year)
    subject, remedy = _("Sinh hoạt tháng %(month)s"), _("Phân công đảng viên báo cáo ở các kỳ tới.")
    detail = _("không có đảng viên nào báo cáo kết quả thực hiện kế hoạch")
    for one in sorted(held_around(scope), key=lambda one: one.month):
        if (
            one.kind == MeetingKind.REGULAR
            and first <= one.month
            and one.held_on <= scope.day
            and one.pk not in reported
        ):
            said = subject % {"month": f"{one.month.month:02}/{one.month.year}"}
            yield Shortcoming(one.unit_id, said, detail, remedy, page(one.unit_id), one.held_on)


def theme_not_made_specific(scope: Scope) -> Iterator[Shortcoming]:
    """S0-10: the theme of the year stands, but no plan of the cell has an item tied to it."""
    for campaign in _campaigns(scope):
        if campaign.theme_id is None or scope.day <= campaign.deadline:
            continue
        tied = Plan.objects.filter(campaign=campaign, unit_id__in=scope.cells, items__on_theme=True)
        cells_tied = set(tied.values_list("unit_id", flat=True))
        for cell in scope.cells:
            if cell not in cells_tied:
                assert campaign.theme is not None
                yield Shortcoming(
                    cell,
                    _("Chuyên đề năm %(year)s") % {"year": campaign.year},
                    _("chưa có nội dung nào của chi bộ gắn với chuyên đề “%(theme)s”")
                    % {"theme": campaign.theme.title},
                    _("Phổ biến chuyên đề và bổ sung nội dung theo chuyên đề vào kế hoạch."),
                    reverse("plans:index", args=[cell, campaign.year]),
                    campaign.deadline,
                )


def groups_without_guidance(scope: Scope) -> Iterator[Shortcoming]:
    """S0-13: a group of members for whom the ward suggested nothing in this year's campaign."""
    for campaign in _campaigns(scope):
        guided = campaign.suggestions.values("group_id").annotate(n=Count("pk")).values("group_id")
        for group in Group.objects.filter(unit_id=campaign.unit_id).exclude(pk__in=guided):
            if campaign.unit_id not in scope.units:
                continue
            yield Shortcoming(
                campaign.unit_id,
                group.name,
                _("chưa có nội dung gợi ý trong đợt đăng ký năm %(year)s") % {"year": campaign.year},
                _("Gợi ý nội dung cho nhóm này."),
                reverse("plans:suggestions", args=[campaign.pk]),
                campaign.opened_on,
            )


def nobody_named(scope: Scope) -> Iterator[Shortcoming]:
    """S2-12: months of evaluations in which the cell commended, reminded and criticised nobody at all."""
    months = int(setting_on("plans.quiet_months", scope.unit, scope.day))
    since = months_after(scope.day, 1 - months)
    rows = Evaluation.objects.filter(unit_id__in=scope.cells, month__range=(since, scope.day))
    mentioned = set(
        Mention.objects.filter(unit_id__in=scope.cells, meeting__month__range=(since, scope.day)).values_list(
            "unit_id", flat=True
        )
    )
    counted = rows.order_by().values("unit_id").annotate(
        months=Count("month", distinct=True), named=Count("pk", filter=~Q(remark=""))
    )  # fmt: skip
    place, subject = next_meeting(scope), _("Sinh hoạt từ tháng %(month)s") % {"month": f"{since:%m/%Y}"}
    detail = _("%(months)s tháng có đánh giá nhưng chưa biểu dương, nhắc nhở, phê bình ai")
    remedy = _("Ghi biểu dương, nhắc nhở cụ thể khi đánh giá trong kỳ sinh hoạt tới.")
    for row in counted:
        cell = row["unit_id"]
        if row["months"] >= months and not row["named"] and cell not in mentioned:
            yield Shortcoming(cell, subject, detail % {"months": row["months"]}, remedy, place(cell), month_of(since))


def _check(code: str, label: Any, run: Any, seed: str, can: Can = Can.JUDGE_PLANS, grace_days: int = 15) -> Check:
    return Check(f"plans.{code}", label, ARTICLE, run, can, (seed,), grace_days)


CHECKS = (
    _check(
        "without_plan", gettext_lazy("Đảng viên chưa có kế hoạch tu dưỡng"), without_plan, "S0-14", Can.WRITE_PLANS
    ),
    _check(
        "not_evaluated",
        gettext_lazy("Kế hoạch chưa được đánh giá hằng tháng"),
        not_evaluated,
        "S0-12",
        Can.EVALUATE_PLANS,
    ),
    _check(
        "generic", gettext_lazy("Kế hoạch chung chung, sao chép hoặc chưa theo chuyên đề"), generic_plans, "S0-11"
    ),
    _check("theme", gettext_lazy("Chuyên đề năm chưa được cụ thể hóa"), theme_not_made_specific, "S0-10"),
    _check(
        "guidance",
        gettext_lazy("Nhóm đảng viên chưa được gợi ý nội dung"),
        groups_without_guidance,
        "S0-13",
        Can.LEAD_PROGRAMMES,
    ),
    _check(
        "reports",
        gettext_lazy("Kỳ sinh hoạt không có đảng viên báo cáo kế hoạch"),
        nobody_reported,
        "S1-08",
        Can.EVALUATE_PLANS,
    ),
    _check(
        "quiet",
        gettext_lazy("Nhiều tháng không biểu dương, nhắc nhở, phê bình ai"),
        nobody_named,
        "S2-12",
        Can.EVALUATE_PLANS,
    ),
)
