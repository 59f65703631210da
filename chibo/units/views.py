"""The organisation tree, its history, and the values that hold in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.http import page, submit
from chibo.units.actions import (
    close_unit,
    decide_setting,
    found_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from chibo.units.forms import (
    CloseForm,
    DayForm,
    FoundForm,
    MergeForm,
    MoveForm,
    RenameForm,
    SettingForm,
    SplitForm,
)
from chibo.units.rules import Level
from chibo.units.selectors import (
    history_of,
    home_unit,
    lineage_of,
    name_on,
    settings_in_force,
    standing_of,
    tree_on,
    unit_for,
)

if TYPE_CHECKING:
    from chibo.access.request import Request


def start(request: Request) -> HttpResponse:
    home = home_unit(request.actor)
    if home is None:
        raise Http404
    return redirect("units:unit", home.pk)


def unit(request: Request, pk: int) -> HttpResponse:
    """The tree of a day below the unit, and the unit's own history."""
    here = unit_for(request.actor, pk)
    form = DayForm(request.GET or None, initial={"on": localdate()})
    day = (form.is_valid() and form.cleaned_data["on"]) or localdate()
    before, after = lineage_of(here)
    context = {
        "unit": here,
        "day": day,
        "today": localdate(),
        "form": form,
        "name": name_on(here, day),
        "tree": tree_on(request.actor, here, day),
        "history": history_of(here),
        "before": before,
        "after": after,
        "open": standing_of(here, localdate()).open,
        "is_cell": here.level == Level.CELL,
        "may_shape": request.actor.may(Can.SHAPE_UNITS, here),
    }
    return page(request, "units/unit.html", context, partial="tree")


def _shape(
    request: Request, pk: int, form_of: Callable[..., Any], act: Callable[..., Any], words: str, lead: str = ""
) -> HttpResponse:
    """One change to the tree, on a day."""
    here = unit_for(request.actor, pk)
    request.actor.require(Can.SHAPE_UNITS, here)
    form = form_of(_sent(request), actor=request.actor, unit=here)
    done = submit(form, act, here, actor=request.actor)
    if done is not None:
        messages.success(request, _("Đã ghi: %(unit)s.") % {"unit": done})
        return redirect("units:unit", done.pk)
    form.show_stored(unit_for(request.actor, pk))
    context = {"unit": here, "form": form, "words": words, "lead": lead, "back": reverse("units:unit", args=[pk])}
    return page(request, "units/change.html", context, status=422 if form.is_bound else 200)


def found(request: Request, pk: int) -> HttpResponse:
    return _shape(request, pk, FoundForm, found_unit, _("Thành lập tổ chức trực thuộc"))


def rename(request: Request, pk: int) -> HttpResponse:
    lead = _("Văn bản, báo cáo trước ngày đổi vẫn ghi tên cũ.")
    return _shape(request, pk, RenameForm, rename_unit, _("Đổi tên"), lead)


def move(request: Request, pk: int) -> HttpResponse:
    lead = _("Số liệu trước ngày chuyển vẫn tính theo cơ cấu cũ.")
    return _shape(request, pk, MoveForm, move_unit, _("Chuyển trực thuộc"), lead)


def merge(request: Request, pk: int) -> HttpResponse:
    lead = _("Các tổ chức được chọn kết thúc hoạt động từ hôm trước; tổ chức mới đọc được hồ sơ của chúng.")
    return _shape(request, pk, MergeForm, merge_units, _("Hợp nhất tổ chức trực thuộc"), lead)


def split(request: Request, pk: int) -> HttpResponse:
    lead = _("Tổ chức này vẫn hoạt động; đảng viên của phần tách ra chuyển sinh hoạt sang tổ chức mới.")
    return _shape(request, pk, SplitForm, split_unit, _("Chia tách"), lead)


def close(request: Request, pk: int) -> HttpResponse:
    lead = _("Hồ sơ được giữ nguyên. Chức vụ ở đây hết hiệu lực sau ngày này.")
    return _shape(request, pk, CloseForm, close_unit, _("Kết thúc hoạt động"), lead)


def settings(request: Request, pk: int) -> HttpResponse:
    """Every value that a rule rests on: what holds here, since when, by which source, how sure."""
    here = unit_for(request.actor, pk)
    context = {"unit": here, "rows": settings_in_force(here, localdate())}
    context["may_decide"] = request.actor.may(Can.SET_RULES, here)
    return page(request, "units/settings.html", context)


def setting(request: Request, pk: int, code: str) -> HttpResponse:
    """Decide a value from a day on."""
    here = unit_for(request.actor, pk)
    request.actor.require(Can.SET_RULES, here)
    row = next((row for row in settings_in_force(here, localdate()) if row.setting.code == code), None)
    if row is None:
        raise Http404
    form = SettingForm(_sent(request), setting=row.setting, initial={"value": row.value})
    if submit(form, decide_setting, here, actor=request.actor, code=code) is not None:
        messages.success(request, _("Đã ghi giá trị áp dụng."))
        return redirect("units:settings", here.pk)
    context = {"unit": here, "row": row, "form": form, "back": reverse("units:settings", args=[pk])}
    return page(request, "units/setting.html", context, status=422 if form.is_bound else 200)


def _sent(request: Request) -> QueryDict | None:
    """What was posted; None where the page is only opened."""
    return request.POST if request.method == "POST" else None
