"""The pages of the register."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chibo.access.actor import SETUP
from chibo.access.charter import Can
from chibo.access.selectors import office_exists
from chibo.core.http import export, page, submit
from chibo.core.tables import Filter, Table, page_by_key
from chibo.core.values import Period
from chibo.members.actions import (
    admit_member,
    amend_member,
    appoint,
    change_condition,
    end_term,
    form_group,
    invite_members,
    open_office,
    recognise_official,
    record_leaving,
    reveal_citizen_id,
    sort_into_groups,
    take_in_member,
    take_over_members,
    transfer_member,
)
from chibo.members.forms import (
    AdmitForm,
    AmendForm,
    AppointForm,
    ConditionForm,
    EndTermForm,
    GroupForm,
    InviteForm,
    LeavingForm,
    RecogniseForm,
    SetupForm,
    SortForm,
    TakeInForm,
    TakeOverForm,
    TransferForm,
)
from chibo.members.selectors import by_rank, member_of
from chibo.members.selectors.record import (
    history_for,
    member_for,
    people_of,
    propose_groups,
    record_of,
    slips_for,
    term_for,
    terms_under,
)
from chibo.members.selectors.register import asked_of, columns_for, filters_of, in_full, order_of
from chibo.members.selectors.structure import sheet_of, structure_of, tables_of
from chibo.units.rules import Level
from chibo.units.selectors import Choice, home_unit, root, unit_choices, unit_for, ward_of

if TYPE_CHECKING:
    from django.forms import Form

    from chibo.access.request import Request


def start(request: Request) -> HttpResponse:
    """The register of the actor's own unit."""
    unit = home_unit(request.actor, Can.SEE_MEMBERS)
    return redirect("members:index", unit.pk) if unit else redirect("members:own")


def index(request: Request, unit: int) -> HttpResponse:
    """The members of a unit: searched, narrowed, page by page, or as a workbook."""
    here, today = unit_for(request.actor, unit, Can.SEE_MEMBERS), localdate()
    words = request.GET.get("q", "")
    rows, order = asked_of(request.actor, here, request.GET.dict(), today), order_of(words)
    whole = rows.select_related("unit")
    columns = columns_for(request.actor, here)
    if request.GET.get("format") == "xlsx":
        return export(_("Đảng viên %(unit)s") % {"unit": here}, columns, in_full(whole.order_by(*order), today))
    shown = page_by_key(whole, order=order, after=request.GET.get("after"))
    places = _places(request, here, "members:index")
    context = {
        "unit": here,
        "unit_choices": places,
        "shown": shown,
        "table": Table(columns, in_full(shown.rows, today), wide=True),
        "count": rows.count(),
        "filters": filters_of(
            request.actor, here, [(place.pk, place.label) for place in places if place.ward_id == here.pk]
        ),
        "narrowed": bool(request.GET),
        "filtered": any(
            request.GET.get(name) for name in ("cell", "standing", "condition", "post", "group", "missing")
        ),
        "this_year": Period.of_year(today.year),
        "may_keep": request.actor.may(Can.KEEP_MEMBERS, here),
        "may_invite": request.actor.may(Can.INVITE, here),
    }
    return page(request, "members/index.html", context, partial="rows")


def structure(request: Request, unit: int, period: Period) -> HttpResponse:
    """The staff, or all members, by kind, qualification, theory, sex and age, beside the same period of last year."""
    here, everybody = unit_for(request.actor, unit, Can.SEE_MEMBERS), request.GET.get("who") == "members"
    found = structure_of(here, period, everybody=everybody)
    if request.GET.get("format") == "xlsx":
        return export(f"{_('Cơ cấu đội ngũ')} {here} {period}", *sheet_of(found))
    who = Filter("who", _("Đếm"), [("", _("Biên chế cơ quan phường")), ("members", _("Mọi đảng viên"))])
    context = {
        "unit": here,
        "unit_choices": unit_choices(
            request.actor, here, Can.SEE_MEMBERS, reverse("members:structure", args=[0, period])
        ),
        "period": period,
        "found": found,
        "everybody": everybody,
        "sections": [(_(one.cut.label), *tables_of(one)) for one in found.sections],
        "wrong": [_(o.text) % {**o.params, "cut": _(str(o.params["cut"]).capitalize())} for o in found.wrong],
        "filters": [who],
    }
    return page(request, "members/structure.html", context)


def own(request: Request) -> HttpResponse:
    """My own record."""
    mine = member_of(request.actor)
    return redirect("members:member", mine.pk) if mine else page(request, "members/own.html", {})


def member(request: Request, pk: int) -> HttpResponse:
    """One member's record, as far as this actor may see it."""
    return _record(request, pk)


def history(request: Request, pk: int) -> HttpResponse:
    """Who looked at the record, and who changed what in it."""
    found = member_for(request.actor, pk)
    lines, is_own = history_for(request.actor, found), request.actor.owns(found)
    context = {"member": found, "unit": found.unit, "lines": lines, "is_own": is_own}
    return page(request, "members/history.html", context)


@require_POST
def reveal(request: Request, pk: int) -> HttpResponse:
    """Show the personal number once; the journal keeps who looked."""
    found = reveal_citizen_id(member_for(request.actor, pk), actor=request.actor)
    return _record(request, pk, revealed=found.citizen_id)


def _record(request: Request, pk: int, revealed: str = "") -> HttpResponse:
    record = record_of(request.actor, member_for(request.actor, pk), localdate())
    context = {"record": record, "member": record.member, "unit": record.member.unit, "revealed": revealed}
    return page(request, "members/member.html", context)


# ------------------------------------------------------------------------------- changes of one record


def _enter(request: Request, unit: int, form_of: type[Form], act: Callable[..., Any], words: str) -> HttpResponse:
    """Somebody new, in a cell."""
    here = unit_for(request.actor, unit, Can.SEE_MEMBERS)
    request.actor.require(Can.KEEP_MEMBERS, here)
    form = form_of(_sent(request))
    made = submit(form, act, here, actor=request.actor)
    if made is not None:
        messages.success(request, _("Đã ghi vào sổ: %(name)s.") % {"name": made})
        return redirect("members:member", made.pk)
    context = {"unit": here, "form": form, "words": words, "back": reverse("members:index", args=[here.pk])}
    context["unit_choices"] = _places(request, here, request.resolver_match.view_name)  # type: ignore[union-attr]
    context["is_cell"] = here.level == Level.CELL
    return page(request, "members/change.html", context, status=422 if form.is_bound else 200)


def admit(request: Request, unit: int) -> HttpResponse:
    return _enter(request, unit, AdmitForm, admit_member, _("Kết nạp đảng viên"))


def take_in(request: Request, unit: int) -> HttpResponse:
    return _enter(request, unit, TakeInForm, take_in_member, _("Tiếp nhận đảng viên"))


def take_over(request: Request, unit: int) -> HttpResponse:
    """The members of a cell that has ended go on in this one."""
    here = unit_for(request.actor, unit, Can.SEE_MEMBERS)
    request.actor.require(Can.KEEP_MEMBERS, here)
    form = TakeOverForm(_sent(request), actor=request.actor)
    if submit(form, take_over_members, here, actor=request.actor) is not None:
        messages.success(request, _("Đã chuyển sinh hoạt cả chi bộ."))
        return redirect("members:index", here.pk)
    context = {"unit": here, "form": form, "words": _("Tiếp nhận đảng viên của chi bộ đã kết thúc")}
    context |= {"back": reverse("members:index", args=[here.pk]), "is_cell": here.level == Level.CELL}
    context["unit_choices"] = _places(request, here, "members:take_over")
    return page(request, "members/change.html", context, status=422 if form.is_bound else 200)


def _alter(
    request: Request, pk: int, form_of: Callable[..., Any], act: Callable[..., Any], words: str
) -> HttpResponse:
    """A change to one record; the second of two editors sees what the first one stored."""
    found = member_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEMBERS, found)
    form = form_of(_sent(request), record=found)
    done = submit(form, act, found, actor=request.actor)
    if done is not None:
        messages.success(request, _("Đã lưu."))
        return redirect("members:member", pk)
    form.show_stored(member_for(request.actor, pk))
    context = {"unit": found.unit, "member": found, "form": form, "words": words, "is_cell": True}
    context["back"] = reverse("members:member", args=[pk])
    return page(request, "members/change.html", context, status=422 if form.is_bound else 200)


def amend(request: Request, pk: int) -> HttpResponse:
    return _alter(request, pk, AmendForm, amend_member, _("Sửa, bổ sung hồ sơ"))


def change(request: Request, pk: int) -> HttpResponse:
    form_of = _for(request, ConditionForm)
    return _alter(request, pk, form_of, change_condition, _("Thay đổi tình trạng sinh hoạt"))


def recognise(request: Request, pk: int) -> HttpResponse:
    return _alter(request, pk, RecogniseForm, recognise_official, _("Công nhận đảng viên chính thức"))


def transfer(request: Request, pk: int) -> HttpResponse:
    return _alter(request, pk, _for(request, TransferForm), transfer_member, _("Chuyển sinh hoạt sang chi bộ khác"))


def leaving(request: Request, pk: int) -> HttpResponse:
    return _alter(request, pk, LeavingForm, record_leaving, _("Rời đảng bộ"))


def _for(request: Request, form_of: Callable[..., Any]) -> Callable[..., Any]:
    """The form with choices that this actor may make."""
    return lambda *args, **kwargs: form_of(*args, actor=request.actor, **kwargs)


# ------------------------------------------------------------------------------ posts, groups, slips


def posts(request: Request, unit: int) -> HttpResponse:
    """Who holds which post in the unit and below, and the form that gives one."""
    here, today = unit_for(request.actor, unit, Can.SEE_MEMBERS), localdate()
    may = request.actor.may(Can.APPOINT, here)
    form = AppointForm(_sent(request), unit=here, initial={"member": request.GET.get("member")}) if may else None
    if request.method == "POST":
        request.actor.require(Can.APPOINT, here)
        assert form is not None
        if submit(form, appoint, here, actor=request.actor) is not None:
            messages.success(request, _("Đã ghi chức vụ."))
            return redirect("members:posts", here.pk)
    context = {"unit": here, "unit_choices": _places(request, here, "members:posts"), "form": form}
    context["terms"] = by_rank(terms_under(here, today))
    return page(request, "members/posts.html", context, status=422 if form and form.is_bound else 200)


def end_post(request: Request, pk: int) -> HttpResponse:
    """A post ends, and with it its powers."""
    term = term_for(request.actor, pk)
    request.actor.require(Can.APPOINT, term)
    form = EndTermForm(_sent(request), record=term)
    if submit(form, end_term, term, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi ngày thôi giữ chức vụ."))
        return redirect("members:posts", term.unit_id)
    form.show_stored(term_for(request.actor, pk))
    context = {"unit": term.unit, "member": term.member, "form": form, "is_cell": True}
    context["words"] = _("Thôi giữ chức vụ: %(post)s") % {"post": term.get_post_display()}
    context["back"] = reverse("members:posts", args=[term.unit_id])
    return page(request, "members/change.html", context, status=422 if form.is_bound else 200)


def groups(request: Request, unit: int) -> HttpResponse:
    """The members of a unit sorted into the ward's groups, all on one page; and new groups."""
    here, today = unit_for(request.actor, unit, Can.SEE_MEMBERS), localdate()
    request.actor.require(Can.KEEP_MEMBERS, here)
    adding = "name" in request.POST
    new = GroupForm(request.POST if adding else None)
    proposed = propose_groups(here, today) if "propose" in request.GET else {}
    form = SortForm(None if adding else _sent(request), unit=here, proposed=proposed)
    done = submit(new, form_group, ward_of(here), actor=request.actor) or submit(
        form, sort_into_groups, here, actor=request.actor
    )
    if done is not None:
        messages.success(request, _("Đã lưu nhóm."))
        return redirect("members:groups", here.pk)
    context = {"unit": here, "unit_choices": _places(request, here, "members:groups"), "form": form, "new": new}
    context |= {"groups": form.groups, "proposed": bool(proposed)}
    return page(request, "members/groups.html", context, status=422 if request.method == "POST" else 200)


@never_cache
def invite(request: Request, unit: int) -> HttpResponse:
    """Choose members, then print their slips: the codes are on that one page and nowhere else."""
    here = unit_for(request.actor, unit, Can.SEE_MEMBERS)
    request.actor.require(Can.INVITE, here)
    form = InviteForm(_sent(request), unit=here)
    made = submit(form, invite_members, here, actor=request.actor)
    if made is not None:
        slips = slips_for(made, request.build_absolute_uri(reverse("access:claim")))
        local = request.get_host().partition(":")[0] in ("localhost", "127.0.0.1")
        return page(request, "members/slips.html", {"unit": here, "slips": slips, "local": local})
    context = {"unit": here, "unit_choices": _places(request, here, "members:invite"), "form": form}
    people = list(people_of(here, localdate()))
    chosen = _numbers(request, "members", "member") or {member.pk for member in people if member.account is None}
    context |= {"people": people, "chosen": chosen}
    return page(request, "members/invite.html", context, status=422 if form.is_bound else 200)


def _numbers(request: Request, posted: str, asked: str) -> set[int]:
    """The ids ticked on the form that was sent, or named in the address."""
    texts = request.POST.getlist(posted) or request.GET.getlist(asked)
    return {int(text) for text in texts if text.isdecimal()}


def _places(request: Request, here: Any, view: str) -> list[Choice]:
    """The ward and its cells, as far as this actor sees their members, as places to go to from here."""
    return unit_choices(request.actor, here, Can.SEE_MEMBERS, reverse(view, args=[0]))


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def setup(request: Request) -> HttpResponse:
    """The first set-up, while there is no account at all; afterwards there is no such page."""
    if office_exists():
        raise Http404
    form = SetupForm(_sent(request))
    user = submit(form, open_office, root(), actor=SETUP)
    if user is not None:
        login(request, user, "django.contrib.auth.backends.ModelBackend")
        return redirect("desk:home")
    return page(request, "members/setup.html", {"form": form}, status=422 if form.is_bound else 200)


def _sent(request: Request) -> QueryDict | None:
    """What was posted; None where the page is only opened."""
    return request.POST if request.method == "POST" else None
