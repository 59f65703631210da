"""The list, one inspection on one page, and what whoever leads it does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.http import export, page, submit
from chibo.core.tables import Table, page_by_key
from chibo.core.values import Period
from chibo.inspections.actions import (
    announce_inspection,
    conclude_inspection,
    decide_inspection,
    do_step,
    extend_inspection,
    publish_conclusion,
    seat_team,
    waive_step,
)
from chibo.inspections.actions.papers import close_dossier, issue_prepared
from chibo.inspections.forms import (
    ConcludeForm,
    DecideForm,
    ExtendForm,
    OnForm,
    ReasonForm,
    TeamForm,
)
from chibo.inspections.selectors import (
    Sight,
    by_kind,
    findings_of,
    led_for,
    rule_of,
    sight_of,
    told_findings,
    visible_inspections,
)
from chibo.inspections.selectors.columns import INSPECTIONS, state_of
from chibo.inspections.selectors.figures import FIGURES, days_by_step
from chibo.inspections.selectors.overview import (
    begun_conclusion,
    from_line,
    listed,
    overview,
    team_as_typed,
    team_in_words,
)
from chibo.inspections.views.openings import opened
from chibo.papers.selectors.citing import beside_register, papers_to_cite
from chibo.units.rules import Level
from chibo.units.selectors import home_unit, scope_of, unit_choices, unit_for

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from chibo.access.request import Request
    from chibo.papers.models import Paper
    from chibo.units.models import Unit


def start(request: Request) -> HttpResponse:
    """The inspections of where one works; who holds no post sees those of their team, and of themselves."""
    home = home_unit(request.actor, Can.SEE_INSPECTIONS)
    if home is None:
        shown = page_by_key(
            visible_inspections(request.actor), order=("-decided_on", "-pk"), after=request.GET.get("after")
        )
        return page(
            request,
            "inspections/index.html",
            {"shown": shown, "table": Table(INSPECTIONS, shown.rows)},
            partial="rows",
        )
    return redirect("inspections:index", home.pk, str(localdate().year))


def index(request: Request, unit: int, period: Period) -> HttpResponse:
    """What the unit leads, and what concerns it, in the period."""
    here = unit_for(request.actor, unit, Can.SEE_INSPECTIONS)
    scope = scope_of(here, period)
    rows = listed(request.actor, scope)
    if request.GET.get("format") == "xlsx":
        return export(_("Kiểm tra, giám sát"), INSPECTIONS, rows)
    shown = page_by_key(rows, order=("-decided_on", "-pk"), after=request.GET.get("after"))
    may_lead = request.actor.may(Can.LEAD_INSPECTIONS, here)
    context = {
        "unit": here,
        "period": period,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_INSPECTIONS, f"/inspections/0/{period}/"
        ),
        "shown": shown,
        "table": Table(INSPECTIONS, shown.rows),
        "may_lead": may_lead,
        "days": days_by_step(scope) if may_lead else (),
        "figures": FIGURES if may_lead else (),
        "year": period.last.year,
    }  # fmt: skip
    return page(request, "inspections/index.html", context, partial="rows")


def decide(request: Request, unit: int) -> HttpResponse:
    """Decide an inspection, from a line of the programme or anew."""
    here = unit_for(request.actor, unit, Can.SEE_INSPECTIONS)
    request.actor.require(Can.LEAD_INSPECTIONS, here)
    initial = from_line(here, request.GET.get("line", ""))
    papers = papers_to_cite(here, request.actor)
    if "read" in request.POST:
        return _read_bases(request, here, papers)
    form = DecideForm(request.POST or None, unit=here, papers=papers, initial=initial)
    made = submit(form, decide_inspection, here, actor=request.actor)
    if made is not None:
        messages.success(
            request, _("Đã lập cuộc kiểm tra, giám sát; nơi được kiểm tra chưa thấy gì cho đến khi gửi.")
        )
        return redirect("inspections:team", made.pk)
    context = {"unit": here, "form": form, "is_cell": here.level == Level.CELL}
    return page(request, "inspections/decide.html", context, status=_status(form))


def _read_bases(request: Request, unit: Unit, papers: QuerySet[Paper]) -> HttpResponse:
    """The form as it was typed, with the bases that the pasted text cites; nothing is stored yet."""
    typed = request.POST
    beside = beside_register(typed.get("cited", "")[:20_000], unit, request.actor)
    bases = [*typed.getlist("bases"), *(str(paper.pk) for paper in beside.found)]
    said = typed.get("bases_text", "").splitlines()
    initial = {
        **typed.dict(), "units": typed.getlist("units"), "members": typed.getlist("members"), "bases": bases,
        "bases_text": "\n".join(said + [text for text in beside.open if text not in said]),
    }  # fmt: skip
    form = DecideForm(unit=unit, papers=papers, initial=initial)
    context = {"unit": unit, "form": form, "is_cell": unit.level == Level.CELL, "beside": beside}
    return page(request, "inspections/decide.html", context)


def inspection(request: Request, inspection: int) -> HttpResponse:
    """One inspection: what comes next, its steps, team, subjects, findings. The inspected see their part."""
    sight = opened(request, sight_of(request.actor, inspection))
    here = sight.inspection
    context = {"unit": here.unit, "inspection": here, "sight": sight, "state": state_of(here)}
    context |= overview(request.actor, sight, localdate())
    if sight.works:
        context["findings"] = by_kind(list(findings_of(here)))
    elif here.published_on:
        context["findings"] = by_kind(list(told_findings(sight)))
    return page(request, "inspections/inspection.html", context)


def team(request: Request, inspection: int) -> HttpResponse:
    """Who is on the team."""
    sight = _led(request, inspection)
    here = sight.inspection
    form = TeamForm(
        request.POST or None, unit=here.unit, day=here.begins_on, initial=team_as_typed(here), record=here
    )
    if submit(form, seat_team, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu đoàn kiểm tra."))
        return redirect("inspections:inspection", here.pk)
    fresh = _led(request, inspection).inspection
    form.show_stored(fresh, team_in_words(fresh))
    return _form_page(request, sight, form, _("Đoàn, tổ kiểm tra"), _("Lưu"))


Deed = tuple[Any, Any, type[Any], Callable[..., Any], Any]
DEEDS: dict[str, Deed] = {
    "prepare": (
        gettext_lazy("Lập các văn bản chuẩn bị"),
        gettext_lazy("Lập, lấy số"),
        OnForm,
        issue_prepared,
        gettext_lazy(
            "Quyết định, kế hoạch, đề cương, lịch, phân công được soạn từ những gì đã nhập; văn bản nào cần sửa lời thì lập riêng ở hồ sơ trước."
        ),
    ),
    "announce": (
        gettext_lazy("Gửi quyết định cho nơi được kiểm tra"),
        gettext_lazy("Gửi"),
        OnForm,
        announce_inspection,
        gettext_lazy(
            "Từ ngày này nơi được kiểm tra thấy phần của mình và viết báo cáo; thành viên đoàn xem được nơi đó."
        ),
    ),
    "extend": (
        gettext_lazy("Gia hạn"),
        gettext_lazy("Gia hạn, lấy số"),
        ExtendForm,
        extend_inspection,
        gettext_lazy("Quyết định gia hạn được soạn, lấy số và vào hồ sơ; hạn của các bước còn lại được tính lại."),
    ),
    "conclude": (gettext_lazy("Kết luận"), gettext_lazy("Lưu kết luận"), ConcludeForm, conclude_inspection, ""),
    "publish": (
        gettext_lazy("Công bố kết luận"),
        gettext_lazy("Công bố"),
        OnForm,
        publish_conclusion,
        gettext_lazy("Từ ngày này nơi được kiểm tra đọc kết luận, và nội dung khắc phục thành nhiệm vụ của nơi đó."),
    ),
    "follow": (
        gettext_lazy("Kết thúc theo dõi khắc phục"),
        gettext_lazy("Ghi xong"),
        OnForm,
        lambda here, **asked: do_step(here, code="follow", today=localdate(), **asked),
        "",
    ),
    "close": (gettext_lazy("Đóng hồ sơ"), gettext_lazy("Đóng hồ sơ"), OnForm, close_dossier, ""),
}
"""What whoever leads does: its words, the button, what is typed, the action, and a word before it."""


def deed(request: Request, inspection: int, name: str) -> HttpResponse:
    """Do one of the things that take an inspection on."""
    sight = _led(request, inspection)
    if name not in DEEDS:
        raise Http404
    words, button, form_of, act, lead = DEEDS[name]
    here = sight.inspection
    initial = {"conclusion": begun_conclusion(here)} if name == "conclude" else {}
    form = form_of(request.POST or None, record=here, initial=initial)
    if submit(form, act, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi: %(deed)s.") % {"deed": str(words).lower()})
        return redirect("inspections:inspection", here.pk)
    return _form_page(request, sight, form, words, button, lead)


def waive_step_page(request: Request, inspection: int, code: str) -> HttpResponse:
    """Leave a step out, with the reason."""
    sight = _led(request, inspection)
    here = sight.inspection
    step = here.steps.filter(code=code).first()
    if step is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if submit(form, waive_step, here, actor=request.actor, code=code, today=localdate()) is not None:
        messages.success(request, _("Đã ghi lý do."))
        return redirect("inspections:inspection", here.pk)
    words = _("Không làm bước “%(step)s”") % {"step": _(rule_of(here, code).words)}
    return _form_page(request, sight, form, words, _("Ghi lý do"))


# ------------------------------------------------------------------------------------------------ within


def _led(request: Request, pk: int) -> Sight:
    """The inspection for who leads it: its team sees it, but this is not theirs to do (403)."""
    sight = led_for(request.actor, pk)
    request.actor.require(Can.LEAD_INSPECTIONS, sight.inspection.unit)
    return opened(request, sight)


def _form_page(request: Request, sight: Sight, form: Any, words: Any, button: Any, lead: Any = "") -> HttpResponse:
    context = {
        "unit": sight.inspection.unit,
        "inspection": sight.inspection,
        "form": form,
        "words": words,
        "button": button,
        "lead": lead,
    }
    return page(request, "inspections/form.html", context, status=_status(form))


def _status(form: Any) -> int:
    return 422 if form.is_bound else 200
