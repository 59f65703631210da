"""What plans offer to the desk, the cell's book and the search of the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import MOST_HITS, Errand, Event, Hit, Scope
from chibo.core.values import Period
from chibo.members.models import Membership
from chibo.members.selectors import member_of, named, visible_members
from chibo.plans.models import Plan
from chibo.plans.rules import HAVING, PlanState
from chibo.plans.rules.planning import year_to_conclude
from chibo.plans.selectors.campaigns import campaign_of_year
from chibo.plans.selectors.plans import cells_of, plan_of, visible_plans, waiting_for
from chibo.programmes.selectors import programmes_of
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import home_unit, scope_of, setting_on

VERBS = {
    "open_campaign": gettext_lazy("phát động đợt đăng ký kế hoạch"),
    "amend_campaign": gettext_lazy("sửa đợt đăng ký kế hoạch"),
    "suggest_items": gettext_lazy("gợi ý nội dung cho nhóm"),
    "copy_suggestions": gettext_lazy("chép gợi ý của năm trước"),
    "keep_qualities": gettext_lazy("rà chất lượng kế hoạch hằng đêm"),
    "draft_plan": gettext_lazy("bắt đầu soạn kế hoạch"),
    "draft_plans": gettext_lazy("mở kế hoạch cho nhiều đảng viên"),
    "write_plan": gettext_lazy("ghi nội dung kế hoạch"),
    "take_suggestion": gettext_lazy("lấy nội dung gợi ý"),
    "register_plan": gettext_lazy("đăng ký kế hoạch"),
    "comment_plan": gettext_lazy("góp ý kế hoạch"),
    "return_plan": gettext_lazy("trả lại kế hoạch"),
    "confirm_plan": gettext_lazy("xác nhận kế hoạch"),
    "confirm_plans": gettext_lazy("xác nhận nhiều kế hoạch"),
    "conclude_plan": gettext_lazy("đánh giá kế hoạch cuối năm"),
    "conclude_plans": gettext_lazy("đánh giá cuối năm nhiều kế hoạch"),
    "receive_plan": gettext_lazy("tiếp nhận kế hoạch"),
}


def errands_of_plans(actor: Actor, today: date) -> Iterator[Errand]:
    """For who leads programmes the year's call; for the member their own plan; for the committee the plans to judge;
    for the secretary who is missing."""
    yield from _to_call(actor, today)
    yield from _own(actor, today)
    yield from _to_judge(actor, today)
    yield from _to_conclude(actor, today)
    yield from _missing(actor, today)


def _to_call(actor: Actor, today: date) -> Iterator[Errand]:
    """The ward has members and did not call for this year's plans yet; it needs a programme first."""
    home = home_unit(actor, Can.LEAD_PROGRAMMES)
    if home is None or home.level != Level.WARD or campaign_of_year(home, today.year) is not None:
        return
    if not Membership.objects.filter(unit__path__startswith=home.path).exists():
        return
    if programmes_of(home, today).exists():
        text = _("Chưa phát động đợt đăng ký kế hoạch tu dưỡng năm %(year)s") % {"year": today.year}
        yield Errand(text, _("Phát động"), reverse("plans:open", args=[home.pk]))
    else:
        text = _("Chưa có chương trình nào để đăng ký kế hoạch tu dưỡng")
        yield Errand(text, _("Lập chương trình"), reverse("programmes:launch", args=[home.pk]))


def _own(actor: Actor, today: date) -> Iterator[Errand]:
    member = member_of(actor)
    campaign = campaign_of_year(member.unit, today.year) if member else None
    if member is None or campaign is None or campaign.opened_on > today:
        return
    plan = plan_of(member, campaign.year)
    if plan is None or plan.state == PlanState.DRAFT:
        yield Errand(
            _("Đăng ký kế hoạch tu dưỡng năm %(year)s, hạn %(day)s")
            % {"year": campaign.year, "day": f"{campaign.deadline:%d/%m/%Y}"},
            _("Viết tiếp") if plan else _("Viết kế hoạch"),
            reverse("plans:mine"),
            due=_due(campaign.deadline, today),
        )
    elif plan.state == PlanState.RETURNED:
        yield Errand(
            _("Chi ủy đề nghị bổ sung kế hoạch năm %(year)s") % {"year": plan.year},
            _("Bổ sung"),
            reverse("plans:write", args=[plan.pk]),
        )


def _due(deadline: date, today: date) -> date | None:
    """It waits from now on; a day stands by it only once that day is over."""
    return deadline if deadline < today else None


def _warning_days(unit: Unit, day: date) -> int:
    return int(setting_on("plans.warning_days", unit, day))


def _to_judge(actor: Actor, today: date) -> Iterator[Errand]:
    """One line for a cell; for the ward only the plans of secretaries, which wait for nobody else."""
    home = home_unit(actor, Can.JUDGE_PLANS)
    plans = waiting_for(actor, home, today.year, today) if home else []
    if home is None or not plans:
        return
    if home.level == Level.CELL:
        text = _("%(count)s kế hoạch chờ chi ủy xem")
    else:
        text = _("%(count)s kế hoạch của bí thư chi bộ chờ đảng ủy xem")
    url = reverse("plans:waiting", args=[home.pk, Period.of_year(today.year)])
    yield Errand(text % {"count": len(plans)}, _("Xem"), url, count=len(plans))


def _to_conclude(actor: Actor, today: date) -> Iterator[Errand]:
    """From December on, and until it is done: the plans of the year that wait for its result."""
    home = home_unit(actor, Can.JUDGE_PLANS)
    year = year_to_conclude(today)
    plans = waiting_for(actor, home, year, today, PlanState.CONFIRMED) if home else []
    if home is None or not plans:
        return
    text = _("%(count)s kế hoạch chưa ghi kết quả cả năm %(year)s") % {"count": len(plans), "year": year}
    url = reverse("plans:conclude_several", args=[home.pk, Period.of_year(year)])
    yield Errand(text, _("Ghi kết quả"), url, due=_due(date(year, 12, 31), today), count=len(plans))


def _missing(actor: Actor, today: date) -> Iterator[Errand]:
    """How many have not registered, from the warning days before the deadline on (S0-14)."""
    home = home_unit(actor, Can.WRITE_PLANS)
    campaign = campaign_of_year(home, today.year) if home else None
    if home is None or campaign is None or today < campaign.deadline - timedelta(days=_warning_days(home, today)):
        return
    for cell in cells_of(scope_of(home, Period.of_year(today.year), today)):
        if cell.missing:
            yield Errand(
                _("%(count)s đảng viên chưa đăng ký kế hoạch năm %(year)s")
                % {"count": cell.missing, "year": campaign.year},
                _("Đôn đốc"),
                reverse("plans:index", args=[cell.unit_id, Period.of_year(today.year)]),
                due=_due(campaign.deadline, today),
                count=cell.missing,
            )


def events_of_plans(scope: Scope) -> Iterator[Event]:
    """The plans of the scope as the cell's book tells them: how many were registered and confirmed on each day."""
    plans = Plan.objects.filter(unit_id__in=scope.cells, state__in=HAVING).order_by()
    span = (scope.period.first, scope.period.last)
    told = (
        ("registered_on", _("%(count)s kế hoạch được đăng ký"), _("trong đó %(count)s bản nhập thay")),
        ("confirmed_on", _("%(count)s kế hoạch được xác nhận"), ""),
    )
    by_others = Count("pk", filter=Q(on_behalf=True))
    for name, text, more in told:
        days = plans.filter(**{f"{name}__range": span}).values_list(name).annotate(n=Count("pk"), by_others=by_others)
        for day, count, entered in days:
            yield Event(
                day,
                _("Kế hoạch"),
                text % {"count": count},
                reverse("plans:index", args=[scope.unit.pk, Period.of_year(day.year)]),
                more % {"count": entered} if more and entered else "",
            )


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Plans found by their member's name; never by what they say."""
    plans = visible_plans(actor).filter(member__in=visible_members(actor).filter(named(words)))
    for plan in plans.order_by("-year", "member__sort_key", "pk")[:MOST_HITS]:
        yield Hit(
            _("Kế hoạch tu dưỡng"),
            f"{plan.member.full_name} {plan.year}",
            f"{plan.unit.name} · {plan.get_state_display()}",
            reverse("plans:plan", args=[plan.pk]),
        )
