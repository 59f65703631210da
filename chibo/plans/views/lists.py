"""Who has a plan: the people of a cell, the cells of a ward; many confirmed or begun at once; blank forms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, export, page, say_refusal, submit
from chibo.core.registry import Column
from chibo.core.tables import State, Table
from chibo.core.values import Period, Share
from chibo.plans.actions import (
    conclude_plans,
    confirm_plans,
    draft_plans,
)
from chibo.plans.forms.plans import (
    BeginForm,
    ConcludeCellForm,
    DraftForm,
    SeveralForm,
)
from chibo.plans.rules import HAVING, PlanState
from chibo.plans.rules.planning import days_left, year_to_conclude
from chibo.plans.selectors.campaigns import (
    campaign_of_year,
)
from chibo.plans.selectors.documents import (
    blank_document,
    blank_forms_of_cell,
    written_as,
)
from chibo.plans.selectors.evaluations import levels_of_year
from chibo.plans.selectors.plans import (
    STATE_KINDS,
    CellLine,
    PersonLine,
    cells_of,
    last_plans_of,
    members_without_plan,
    people_of,
    waiting_for,
    waiting_plans,
)
from chibo.plans.selectors.quality import weaknesses_of_cell
from chibo.units.rules import Level
from chibo.units.selectors import home_unit, scope_of, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request

TYPES = {"docx": DOCX, "pdf": PDF, "zip": "application/zip"}


def _state_of(line: PersonLine) -> State:
    if line.plan is None:
        return State(_("Chưa đăng ký"), "late") if line.due else State(_("Không phải đăng ký"), "none")
    return State(line.plan.get_state_display(), STATE_KINDS[PlanState(line.plan.state)])


PERSON_COLUMNS = (
    Column(
        gettext_lazy("Họ và tên"), "member.full_name", 28,
        link=lambda line: reverse("plans:plan", args=[line.plan.pk]) if line.plan else "",
    ),
    Column(gettext_lazy("Kế hoạch"), _state_of, 24, "state"),
    Column(gettext_lazy("Ngày đăng ký"), "plan.registered_on", 14, "date"),
    Column(
        gettext_lazy("Ghi chú"),
        lambda line: _("Đã chuyển nơi khác") if line.left else _("Nhập thay") if line.plan and line.plan.on_behalf else "",
        20,
    ),
)  # fmt: skip


def start(request: Request) -> HttpResponse:
    """The list that the actor's post opens on; who holds none sees their own plan."""
    home = home_unit(request.actor, Can.SEE_PLANS)
    if home is None:
        return redirect("plans:mine")
    return redirect("plans:index", home.pk, Period.of_year(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """Who has a plan: the people of a cell, or the cells of all above."""
    here = unit_for(request.actor, unit, Can.SEE_PLANS)
    return (_people if here.level == Level.CELL else _cells)(request, here, period)


def _people(request: Request, here: Any, period: Period) -> HttpResponse:
    scope, year = scope_of(here, period), period.last.year
    by_name = request.actor.may(Can.WRITE_PLANS, here)
    lines = people_of(scope)
    missing = [line for line in lines if line.missing]
    asked_for = [line for line in missing if by_name and str(line.member.pk) == request.GET.get("member")]
    shown = lines if by_name else [line for line in lines if line.plan and line.plan.state in HAVING]
    if request.GET.get("format") == "xlsx":
        return export(_("Kế hoạch tu dưỡng %(year)s") % {"year": year}, PERSON_COLUMNS, shown)
    campaign = campaign_of_year(here, year)
    reads = request.actor.may(Can.READ_PLANS, here)
    weak = weaknesses_of_cell(here.pk, year) if reads else {}
    due = [line for line in lines if line.due]
    unbegun = [line for line in asked_for or missing if line.plan is None]
    waiting = waiting_for(request.actor, here, year, localdate())
    shown_above = {plan.pk for plan in waiting}
    context = {
        "unit": here,
        "period": period,
        "year": year,
        "last_year": year - 1,
        "to_conclude": year <= year_to_conclude(localdate())
        and bool(waiting_for(request.actor, here, year, localdate(), PlanState.CONFIRMED)),
        "campaign": campaign,
        "days": days_left(campaign.deadline, localdate()) if campaign else None,
        "missing": asked_for or missing,
        "asked_for": asked_for,
        "all_missing": len(missing),
        "base": len(due),
        "by_name": by_name,
        "unbegun": unbegun,
        "last": last_plans_of([line.member for line in unbegun], year) if by_name else {},
        "waiting": [(plan, weak.get(plan.pk, [])) for plan in waiting],
        "weak": [
            (line, [w.words(_) for w in weak[line.plan.pk]])
            for line in lines
            if line.plan and line.plan.pk not in shown_above and weak.get(line.plan.pk)
        ],
        "table": Table(PERSON_COLUMNS, shown, empty=_("Chưa có kế hoạch nào."), numbered=True),
        "count": len(shown),
        "confirming": BeginForm(),
        "drafting": BeginForm(),
    }
    return page(request, "plans/people.html", context)


CELL_COLUMNS = (
    Column(
        gettext_lazy("Chi bộ"), "name", 30, link=lambda line: reverse("plans:index", args=[line.unit_id, line.year])
    ),
    Column(gettext_lazy("Có kế hoạch"), "having", 18, "number"),
    Column(gettext_lazy("Chưa đăng ký"), "missing", 12, "number"),
    Column(gettext_lazy("Chờ chi ủy"), "waiting", 12, "number"),
    Column(gettext_lazy("Trả lại"), "returned", 12, "number"),
    Column(gettext_lazy("Đã xác nhận"), "confirmed", 12, "number"),
)


def _cells(request: Request, here: Any, period: Period) -> HttpResponse:
    """S0-14: those above see how many are missing, not who."""
    scope, year = scope_of(here, period), period.last.year
    cells: list[CellLine] = cells_of(scope)
    if request.GET.get("format") == "xlsx":
        return export(_("Kế hoạch tu dưỡng %(year)s") % {"year": year}, CELL_COLUMNS, cells)
    campaign = campaign_of_year(here, year)
    context = {
        "unit": here,
        "period": period,
        "year": year,
        "campaign": campaign,
        "days": days_left(campaign.deadline, localdate()) if campaign else None,
        "table": Table(CELL_COLUMNS, cells, empty=_("Chưa có chi bộ nào.")),
        "count": len(cells),
        "share": Share(sum(cell.having.part for cell in cells), sum(cell.having.base for cell in cells)),
        "waiting": len(waiting_for(request.actor, here, year, localdate())),
        "may_lead": request.actor.may(Can.LEAD_PROGRAMMES, here) and here.level == Level.WARD,
    }
    return page(request, "plans/cells.html", context)


def waiting(request: Request, unit: int, period: Period) -> HttpResponse:
    """The registered plans that wait for this person, to be confirmed one by one or together."""
    here = unit_for(request.actor, unit, Can.SEE_PLANS)
    plans = waiting_for(request.actor, here, period.last.year, localdate())
    return page(request, "plans/waiting.html", {"unit": here, "period": period, "plans": plans, "form": BeginForm()})


@require_POST
def confirm_several(request: Request, unit: int, period: Period) -> HttpResponse:
    """Confirm the ticked plans, all or none."""
    here = unit_for(request.actor, unit, Can.SEE_PLANS)
    request.actor.require(Can.JUDGE_PLANS, here)
    form = SeveralForm(request.POST, queryset=waiting_plans(here, period.last.year), name="plans")
    done = submit(form, confirm_plans, here, actor=request.actor, confirmed_on=localdate())
    if done is not None:
        messages.success(request, _("Đã xác nhận các kế hoạch đã chọn."))
    say_refusal(request, form)
    return redirect("plans:index" if here.level == Level.CELL else "plans:waiting", here.pk, period)


def conclude_several(request: Request, unit: int, period: Period) -> HttpResponse:
    """The year's results of all confirmed plans that this person judges, on one page; what is left open waits."""
    here, year, today = unit_for(request.actor, unit, Can.SEE_PLANS), period.last.year, localdate()
    request.actor.require(Can.JUDGE_PLANS, here)
    plans = waiting_for(request.actor, here, year, today, PlanState.CONFIRMED)
    form = ConcludeCellForm(request.POST or None, plans=plans, initial={"concluded_on": today})
    if submit(form, conclude_plans, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi kết quả cả năm."))
        return redirect(
            "plans:conclude_several" if len(form.cleaned_data["results"]) < len(plans) else "plans:index",
            here.pk,
            period,
        )
    levels = levels_of_year(plans)
    lines = [(plan, levels[plan.pk], result, comment) for plan, result, comment in form.lines]
    context = {"unit": here, "period": period, "year": year, "form": form, "lines": lines}
    return page(request, "plans/conclude_several.html", context, status=422 if form.is_bound else 200)


@require_POST
def draft_several(request: Request, unit: int, period: Period) -> HttpResponse:
    """Begin a plan for everybody ticked, on their behalf: empty, or as a copy of last year's."""
    here = unit_for(request.actor, unit, Can.SEE_PLANS)
    request.actor.require(Can.WRITE_PLANS, here)
    campaign = campaign_of_year(here, period.last.year)
    if campaign is None:
        raise Http404
    form = DraftForm(request.POST, queryset=members_without_plan(here, campaign, localdate()), name="members")
    if submit(form, draft_plans, here, actor=request.actor, campaign=campaign, made_on=localdate()) is not None:
        messages.success(request, _("Đã mở kế hoạch cho các đồng chí đã chọn."))
    say_refusal(request, form)
    return redirect("plans:index", here.pk, period)


def blank(request: Request, unit: int, period: Period, suffix: str) -> HttpResponse:
    """The blank form of the year: one for all, or (zip) one with each member's name."""
    here = unit_for(request.actor, unit, Can.SEE_PLANS)
    campaign = campaign_of_year(here, period.last.year)
    if campaign is None:
        raise Http404
    name = f"Mẫu kế hoạch {campaign.year} - {here.name}.{suffix}"
    if suffix == "zip":
        request.actor.require(Can.WRITE_PLANS, here)
        return download(blank_forms_of_cell(campaign, here, localdate()), name, "application/zip")
    return download(written_as(blank_document(campaign, here), suffix), name, TYPES[suffix])
