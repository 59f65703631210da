"""The steps of a congress: each a small form on its page, sent to one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.congresses import forms as f
from chibo.congresses.actions import approve_scheme, assign_preparation, finish_preparation, note_deviation
from chibo.congresses.actions import conducting as conduct
from chibo.congresses.actions import following as follow
from chibo.congresses.actions.seating import choose_sign_in
from chibo.congresses.forms import counting as fc
from chibo.congresses.rules import HELD, CongressState
from chibo.congresses.selectors import (
    base_for,
    complaint_for,
    congress_for,
    has_committee,
    is_by_election,
    preparation_for,
)
from chibo.congresses.selectors.pages import page_of, state_of
from chibo.congresses.selectors.sitting import offices_kept
from chibo.core.forms import VersionedForm
from chibo.core.http import page, refused, submit
from chibo.core.values import gettext_noop

if TYPE_CHECKING:
    from chibo.access.request import Request

S = CongressState


@dataclass(frozen=True)
class Step:
    """A deed on the page of a congress: its form, its action, who may, and in which states it is offered."""

    form: type[VersionedForm]
    action: Callable[..., Any]
    can: Can
    states: tuple[str, ...]
    done: str


STEPS = {
    "approve-scheme": Step(f.DecidedForm, approve_scheme, Can.LEAD_CONGRESSES, (S.PLANNED,), gettext_noop("Đã phê duyệt đề án nhân sự.")),
    "begin": Step(f.PlainForm, conduct.begin_congress, Can.KEEP_CONGRESSES, (S.PLANNED,), gettext_noop("Đại hội đã khai mạc.")),
    "election": Step(f.OfficeForm, conduct.open_election, Can.KEEP_CONGRESSES, (S.OPEN,), gettext_noop("Đã mở cuộc bầu.")),
    "sign-in": Step(fc.SignInForm, choose_sign_in, Can.KEEP_CONGRESSES, (S.OPEN,), gettext_noop("Đã ghi cách vào máy của ban kiểm phiếu.")),
    "resolution": Step(f.HandsForm, conduct.adopt_resolution, Can.KEEP_CONGRESSES, (S.OPEN,), gettext_noop("Đã ghi biểu quyết nghị quyết.")),
    "close": Step(f.CloseForm, conduct.close_congress, Can.KEEP_CONGRESSES, (S.OPEN,), gettext_noop("Đã bế mạc.")),
    "deviation": Step(f.DeviationForm, note_deviation, Can.PREPARE_CONGRESSES, (), gettext_noop("Đã ghi hạn chế.")),
    "seal": Step(f.SealForm, follow.seal_ballots, Can.KEEP_CONGRESSES, HELD, gettext_noop("Đã ghi niêm phong phiếu bầu.")),
    "handover": Step(f.HandOverForm, follow.hand_over, Can.KEEP_CONGRESSES, HELD, gettext_noop("Đã ghi bàn giao; in biên bản để hai bên ký.")),
    "report": Step(f.ReportForm, follow.report_result, Can.KEEP_CONGRESSES, (S.CLOSED,), gettext_noop("Đã báo cáo kết quả lên đảng ủy.")),
    "install": Step(f.PlainForm, follow.install_committee, Can.APPOINT, (S.CLOSED, S.REPORTED, S.APPROVED), gettext_noop("Chức vụ khóa mới đã có hiệu lực.")),
    "approve": Step(f.ApproveForm, follow.approve_result, Can.LEAD_CONGRESSES, (S.REPORTED,), gettext_noop("Đã chuẩn y kết quả.")),
    "reject": Step(f.RejectForm, follow.reject_result, Can.LEAD_CONGRESSES, (S.REPORTED,), gettext_noop("Đã ghi không chuẩn y.")),
    "complain": Step(f.ComplaintForm, follow.receive_complaint, Can.LEAD_CONGRESSES, HELD, gettext_noop("Đã nhận khiếu nại.")),
    "publish": Step(f.PublishForm, follow.publish_result, Can.LEAD_CONGRESSES, (S.APPROVED,), gettext_noop("Đã công bố trên trang công khai.")),
    "withdraw": Step(f.PlainForm, follow.withdraw_result, Can.LEAD_CONGRESSES, (S.APPROVED,), gettext_noop("Đã rút khỏi trang công khai.")),
    "destroy": Step(f.DestroyForm, follow.destroy_ballots, Can.LEAD_CONGRESSES, HELD, gettext_noop("Đã ghi việc hủy phiếu.")),
}  # fmt: skip


def forms_for(congress: Any, actor: Actor) -> dict[str, Any]:
    """The forms that this person may fill in now, by step."""
    return {
        name.replace("-", "_"): step.form(initial=_initial(name, congress), record=congress, auto_id=f"{name}_%s")
        for name, step in STEPS.items()
        if actor.may(step.can, congress.unit) and (not step.states or congress.state in step.states) and _is_open(name, congress)
    }  # fmt: skip


def _is_open(name: str, congress: Any) -> bool:
    """Whether the step is not done yet."""
    return {
        "election": bool(_offices_left(congress)),
        "sign-in": bool(congress.counters.exists()),
        "approve-scheme": bool(congress.seats) and congress.scheme_approved_on is None,
        "resolution": congress.resolution_vote_id is None and not is_by_election(congress),
        "close": congress.resolution_vote_id is not None or is_by_election(congress),
        "seal": congress.sealed_on is None,
        "handover": congress.handed_over_on is None and not is_by_election(congress),
        "install": congress.installed_on is None,
        "publish": congress.published_on is None,
        "withdraw": congress.published_on is not None,
        "destroy": congress.sealed_on is not None and congress.destroyed_on is None,
    }.get(name, True)


def _offices_left(congress: Any) -> list[str]:
    """What is not voted on yet, in its order: a small cell has no committee, and few cells have delegates; within a term what
    is vacant comes first."""
    done = set(congress.elections.values_list("office", flat=True))
    small = not has_committee(congress) if is_by_election(congress) else congress.seats < 3
    upward = ("delegates", "alternates") if congress.delegates else ()
    order = (*(() if small else ("committee",)), "secretary", "deputy", *upward)
    kept = offices_kept(congress)
    return sorted((office for office in order if office not in done), key=lambda office: office in kept)


def _initial(name: str, congress: Any) -> dict[str, Any]:
    if name == "sign-in":
        return {"own_only": congress.own_log_ins}
    if name == "resolution":
        return {"in_favour": base_for(congress).present}
    if name == "election":
        office = next(iter(_offices_left(congress)), "deputy")
        return {
            "office": office,
            "seats": {"committee": congress.seats, "delegates": congress.delegates}.get(office, 1),
        }
    return {}


def congress(request: Request, congress: int) -> HttpResponse:
    """One congress: what is to be done now, how it is prepared, the base, elections, result, what follows."""
    return congress_page(request, congress_for(request.actor, congress), {})


def congress_page(request: Request, here: Any, bound: dict[str, Any]) -> HttpResponse:
    actor = request.actor
    context = {
        "unit": here.unit, "congress": here, "meeting": here.meeting, "facts": page_of(here, actor),
        "state": state_of(here), "forms": forms_for(here, actor) | bound,
        "may_keep": actor.may(Can.KEEP_CONGRESSES, here.unit), "may_lead": actor.may(Can.LEAD_CONGRESSES, here.unit),
        "may_prepare": actor.may(Can.PREPARE_CONGRESSES, here.unit) and here.state == CongressState.PLANNED,
        "sees_round": actor.may(Can.SEE_CONGRESSES, here.round.unit), "today": localdate(),
        "is_by_election": is_by_election(here),
        "planned": here.state == CongressState.PLANNED, "running": here.state == CongressState.OPEN,
    }  # fmt: skip
    return page(request, "congresses/congress.html", context, status=422 if bound else 200)


@require_POST
def step(request: Request, congress: int, step: str) -> HttpResponse:
    """Do one step; refused, the page shows why beside its form."""
    here = congress_for(request.actor, congress)
    if step not in STEPS:
        raise Http404
    asked = STEPS[step]
    request.actor.require(asked.can, here)
    form = asked.form(request.POST, record=here, auto_id=f"{step}_%s")
    made = submit(form, asked.action, here, actor=request.actor)
    if made is None:
        return congress_page(request, here, {step.replace("-", "_"): form})
    messages.success(request, _(asked.done))
    if step == "election":
        return redirect("congresses:election", made.pk)
    return redirect("congresses:congress", congress)


@require_POST
def tick(request: Request, line: int) -> HttpResponse:
    """A line of the checklist is done, or is not after all."""
    here = preparation_for(request.actor, line)
    return _line(request, here, f.TickForm(request.POST, record=here), finish_preparation)


@require_POST
def owner(request: Request, line: int) -> HttpResponse:
    """Who sees to a line, and until when."""
    here = preparation_for(request.actor, line)
    return _line(request, here, f.OwnerForm(request.POST, record=here), assign_preparation)


def _line(request: Request, here: Any, form: Any, action: Callable[..., Any]) -> HttpResponse:
    if submit(form, action, here, actor=request.actor) is None:
        return refused(request, form, here, reverse("congresses:congress", args=[here.congress_id]), unit=here.unit)
    messages.success(request, _("Đã lưu."))
    return redirect("congresses:congress", here.congress_id)


@require_POST
def complaint(request: Request, complaint: int) -> HttpResponse:
    """What came of a complaint."""
    here = complaint_for(request.actor, complaint)
    form = f.SettleForm(request.POST, record=here)
    back = reverse("congresses:congress", args=[here.congress_id])
    if submit(form, follow.settle_complaint, here, actor=request.actor) is None:
        return refused(request, form, here, back, unit=here.unit)
    return redirect(back)
