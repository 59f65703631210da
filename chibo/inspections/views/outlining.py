"""The outline of the self-report, and the criteria of the verification: rows on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.http import page, submit
from chibo.inspections.actions import write_criteria, write_outline
from chibo.inspections.forms.rows import CriteriaForm, OutlineForm
from chibo.inspections.rules.outlines import OUTLINE_NAMES
from chibo.inspections.selectors import Sight, led_for
from chibo.inspections.selectors.answers import names_of
from chibo.inspections.views.openings import opened

if TYPE_CHECKING:
    from chibo.access.request import Request


def outline(request: Request, inspection: int) -> HttpResponse:
    """The outline of the self-report; once it is sent, it is read."""
    sight = _led(request, inspection)
    here, deed = sight.inspection, request.POST.get("do", "")
    form = OutlineForm(request.POST or None, stored=here.outline.all(), record=here, deed=deed)
    if not deed and submit(form, write_outline, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu đề cương."))
        return redirect("inspections:inspection", here.pk)
    fixed = not sight.open or here.announced_on is not None
    words = _("Đề cương báo cáo tự kiểm tra"), _("Lưu đề cương")
    return _page(request, sight, form, words, stored=here.outline.all(), fixed=fixed)


def criteria(request: Request, inspection: int) -> HttpResponse:
    """What the team looks at."""
    sight = _led(request, inspection)
    here, deed = sight.inspection, request.POST.get("do", "")
    form = CriteriaForm(request.POST or None, stored=here.criteria.all(), record=here, deed=deed)
    if not deed and submit(form, write_criteria, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu tiêu chí."))
        return redirect("inspections:inspection", here.pk)
    words = _("Tiêu chí thẩm tra"), _("Lưu tiêu chí")
    return _page(request, sight, form, words, stored=here.criteria.all(), fixed=not sight.open)


def _led(request: Request, pk: int) -> Sight:
    sight = led_for(request.actor, pk)
    request.actor.require(Can.LEAD_INSPECTIONS, sight.inspection.unit)
    return opened(request, sight)


def _page(
    request: Request, sight: Sight, form: Any, words: tuple[str, str], *, stored: Any, fixed: bool
) -> HttpResponse:
    here = sight.inspection
    context = {
        "unit": here.unit, "inspection": here, "form": form, "words": words[0], "button": words[1], "fixed": fixed,
        "stored": stored, "figures": names_of("figure").values(), "checks": names_of("check").values(),
        "ready": [(code, name) for code, name in OUTLINE_NAMES.items() if code in form.ready],
    }  # fmt: skip
    return page(request, "inspections/rows.html", context, partial="rows", status=422 if form.errors else 200)
