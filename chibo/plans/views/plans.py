"""The pages of members' plans: one's own, one plan, writing, judging, comparing, printing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, page, say_refusal, submit
from chibo.members.selectors import member_of
from chibo.plans.actions import (
    comment_plan,
    conclude_plan,
    confirm_plan,
    draft_plan,
    receive_plan,
    register_plan,
    return_plan,
    take_suggestion,
    write_plan,
)
from chibo.plans.forms.plans import (
    BeginForm,
    ConcludeForm,
    JudgeForm,
    PlanForm,
    RegisterForm,
)
from chibo.plans.rules import FormTitle, PlanState
from chibo.plans.rules.planning import WRITABLE, days_left
from chibo.plans.selectors.campaigns import (
    campaign_for,
    campaign_of_year,
    sections_of,
    suggestion_for,
    suggestions_for,
)
from chibo.plans.selectors.documents import (
    file_name_of,
    plan_document,
    written_as,
)
from chibo.plans.selectors.plans import (
    STATE_KINDS,
    items_of,
    last_plan_of,
    may_read,
    member_for_plan,
    plan_for,
    plan_of,
    readable_plan_for,
)
from chibo.plans.selectors.quality import items_side_by_side, weaknesses_of_plan
from chibo.programmes.selectors import manifestations

if TYPE_CHECKING:
    from chibo.access.request import Request

TYPES = {"docx": DOCX, "pdf": PDF}


# ---------------------------------------------------------------------------------------------- one's own


def mine(request: Request) -> HttpResponse:
    """One's own plan of the year: begin it, or go to it."""
    member, today = member_of(request.actor), localdate()
    if member is None:
        return page(request, "plans/mine.html", {})
    campaign, plan = campaign_of_year(member.unit, today.year), plan_of(member, today.year)
    if plan is not None:
        return redirect("plans:plan", plan.pk)
    context = {
        "member": member,
        "unit": member.unit,
        "campaign": campaign,
        "last": last_plan_of(member, today.year),
        "days": days_left(campaign.deadline, today) if campaign else None,
        "form": BeginForm(),
    }
    return page(request, "plans/mine.html", context)


@require_POST
def begin(request: Request, member: int, campaign: int) -> HttpResponse:
    """Begin a plan for oneself, or for a member of one's cell; as a copy of last year's if asked."""
    whose, call = member_for_plan(request.actor, member), campaign_for(request.actor, campaign)
    form = BeginForm(request.POST)
    if form.is_valid():
        source = last_plan_of(whose, call.year) if form.cleaned_data.pop("copy") else None
        made = submit(form, draft_plan, whose, actor=request.actor, campaign=call, made_on=localdate(), source=source)
        if made is not None:
            return redirect("plans:write", made.pk)
    say_refusal(request, form)
    there = plan_of(whose, call.year)
    return redirect("plans:plan", there.pk) if there else redirect("plans:start")


# ----------------------------------------------------------------------------------------------- one plan


def plan(request: Request, pk: int) -> HttpResponse:
    return _show(request, plan_for(request.actor, pk))


def _show(
    request: Request,
    shown: Any,
    *,
    judging: Any = None,
    concluding: Any = None,
    registering: Any = None,
    status: int = 200,
) -> HttpResponse:
    """The record: what it says, where it stands, and what this person may do now."""
    actor, today = request.actor, localdate()
    reads, own = may_read(actor, shown), actor.owns(shown)
    writes = shown.state in WRITABLE and reads and actor.may_on(Can.WRITE_PLANS, shown)
    judges = actor.may_on(Can.JUDGE_PLANS, shown)
    context = {
        "plan": shown,
        "unit": shown.unit,
        "sections": _sections(shown) if reads else [],
        "reads": reads,
        "own": own,
        "writes": writes,
        "kind": STATE_KINDS[PlanState(shown.state)],
        "weak": [(w, w.words(_)) for w in weaknesses_of_plan(shown)] if reads and (writes or own or judges) else [],
        "judges_read": actor.may(Can.READ_PLANS, shown.unit),
        "suggestions": suggestions_for(shown) if writes else [],
        "days": days_left(shown.campaign.deadline, today),
        "register_form": registering or (RegisterForm(own=own, record=shown, initial={"registered_on": today}) if writes else None),
        "judge_form": judging or (JudgeForm(record=shown, initial={"comment": shown.committee_comment}) if judges and shown.state == PlanState.REGISTERED else None),
        "conclude_form": concluding or (ConcludeForm(record=shown, initial={"concluded_on": today}) if judges and shown.state == PlanState.CONFIRMED else None),
        "receives": shown.member.unit_id != shown.unit_id and actor.may(Can.JUDGE_PLANS, shown.member.unit),
        "form_title": FormTitle(shown.campaign.form_title),
    }  # fmt: skip
    return page(request, "plans/plan.html", context, status=status)


def _sections(shown: Any) -> list[tuple[str, str, list[tuple[int, Any]]]]:
    """The form's sections with their items, numbered through as the reasons of weakness name them."""
    items = list(enumerate(items_of(shown), 1))
    return [
        (code, title, [(n, i) for n, i in items if i.section == code]) for code, title in sections_of(shown.campaign)
    ]


def write(request: Request, pk: int) -> HttpResponse:
    """The whole plan on one page, as on paper; "more" adds a row without saving, with or without scripts."""
    here = readable_plan_for(request.actor, pk)
    request.actor.require(Can.WRITE_PLANS, here)
    if here.state not in WRITABLE:
        messages.info(request, _("Kế hoạch đã gửi chi ủy, không sửa được nữa. Muốn sửa, hãy đề nghị chi ủy trả lại."))
        return redirect("plans:plan", here.pk)
    add = _row_to_add(request, here)
    form = PlanForm(
        request.POST or None, sections=sections_of(here.campaign), stored=items_of(here), record=here, add=add
    )
    saved = submit(form, write_plan, here, actor=request.actor) if add is None else None
    if saved is not None:
        messages.success(request, _("Đã lưu kế hoạch."))
        return redirect("plans:plan", here.pk)
    conflict = form.is_conflict
    fresh = plan_for(request.actor, pk)
    form.show_stored(fresh)
    context = {
        "plan": here,
        "unit": here.unit,
        "form": form,
        "manifestations": manifestations(),
        "suggestions": suggestions_for(here),
        "stored": items_of(fresh) if conflict else [],
    }
    return page(request, "plans/write.html", context, partial="editor", status=422 if form.errors else 200)


def _row_to_add(request: Request, here: Any) -> dict[str, Any] | None:
    if section := request.POST.get("more", ""):
        return {"section": section}
    if (chosen := request.POST.get("take", "")).isdecimal():
        taken = suggestion_for(here, int(chosen))
        return {name: getattr(taken, name) for name in ("section", "statement", "measure", "on_theme")}
    return None


@require_POST
def take(request: Request, pk: int, suggestion: int) -> HttpResponse:
    """Take over a suggestion with one tap."""
    here = readable_plan_for(request.actor, pk)
    form = BeginForm(request.POST)
    form.fields.pop("copy")
    if submit(form, take_suggestion, here, actor=request.actor, suggestion=suggestion_for(here, suggestion)):
        messages.success(request, _("Đã thêm vào kế hoạch; đồng chí có thể sửa lại cho sát việc của mình."))
    say_refusal(request, form)
    return redirect("plans:plan", here.pk)


@require_POST
def register(request: Request, pk: int) -> HttpResponse:
    here = readable_plan_for(request.actor, pk)
    form = RegisterForm(request.POST, own=request.actor.owns(here))
    if submit(form, register_plan, here, actor=request.actor):
        messages.success(request, _("Đã đăng ký kế hoạch với chi bộ."))
        return redirect("plans:plan", here.pk)
    return _show(request, here, registering=form, status=422)


JUDGING: dict[str, tuple[Callable[..., Any], Any]] = {
    "confirm": (confirm_plan, gettext_lazy("Đã xác nhận kế hoạch.")),
    "return": (return_plan, gettext_lazy("Đã trả lại kế hoạch để bổ sung.")),
    "comment": (comment_plan, gettext_lazy("Đã ghi ý kiến.")),
}


@require_POST
def judge(request: Request, pk: int) -> HttpResponse:
    """Confirm, return or comment on a registered plan: one form, three buttons."""
    here, step = readable_plan_for(request.actor, pk), request.POST.get("step", "")
    if step not in JUDGING:
        raise Http404
    act, words = JUDGING[step]
    day = {"confirm": {"confirmed_on": localdate()}, "return": {"returned_on": localdate()}}.get(step, {})
    form = JudgeForm(request.POST)
    if submit(form, act, here, actor=request.actor, **day):
        messages.success(request, str(words))
        return redirect("plans:plan", here.pk)
    form.show_stored(plan_for(request.actor, pk), {"comment": here.committee_comment})
    return _show(request, here, judging=form, status=422)


@require_POST
def conclude(request: Request, pk: int) -> HttpResponse:
    here = readable_plan_for(request.actor, pk)
    form = ConcludeForm(request.POST)
    if submit(form, conclude_plan, here, actor=request.actor):
        messages.success(request, _("Đã ghi kết quả cả năm."))
        return redirect("plans:plan", here.pk)
    return _show(request, here, concluding=form, status=422)


@require_POST
def receive(request: Request, pk: int) -> HttpResponse:
    """The member's new cell takes the plan over."""
    here = plan_for(request.actor, pk)
    form = BeginForm(request.POST)
    form.fields.pop("copy")
    if submit(form, receive_plan, here.member, actor=request.actor, plan=here, received_on=localdate()):
        messages.success(request, _("Chi bộ đã tiếp nhận kế hoạch."))
    say_refusal(request, form)
    return redirect("plans:plan", here.pk)


def compare(request: Request, pk: int, other: int) -> HttpResponse:
    """Two plans side by side, for who may read both."""
    left, right = readable_plan_for(request.actor, pk), readable_plan_for(request.actor, other)
    context = {"left": left, "right": right, "unit": left.unit, "pairs": items_side_by_side(left, right)}
    return page(request, "plans/compare.html", context)


# ------------------------------------------------------------------------------------------------ on paper


def paper(request: Request, pk: int, suffix: str) -> HttpResponse:
    """The filled form, to be printed and signed."""
    here = readable_plan_for(request.actor, pk)
    document = plan_document(here, with_birth_date=request.actor.may_on(Can.SEE_MEMBER_FILES, here.member))
    return download(written_as(document, suffix), f"{file_name_of(here)}.{suffix}", TYPES[suffix])
