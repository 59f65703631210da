"""The office's templates: what holds for each kind of paper, taking one in, and the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from chibo.access.charter import Can
from chibo.core.http import DOCX, download, page, submit
from chibo.papers.actions.templates import adopt_template, withdraw_template
from chibo.papers.forms import TemplateForm, WithdrawTemplateForm
from chibo.papers.selectors.templates import (
    content_of_template,
    fields_offered,
    kind_lines,
    kinds_offered,
    standard_file,
    template_for,
)
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request


def templates(request: Request, unit: int) -> HttpResponse:
    """Each kind of paper with the template in force, those before it, and the standard one to begin from."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    lines = kind_lines(here, localdate())
    context = {
        "unit": here, "lines": lines, "may_keep": request.actor.may(Can.KEEP_PAPERS, here),
        "seen": {one.unit_id for line in lines for one in line.all if request.actor.may(Can.SEE_PAPERS, one.unit)},
    }  # fmt: skip
    return page(request, "papers/templates.html", context)


def adopt(request: Request, unit: int) -> HttpResponse:
    """Take in a template; the fields that it may hold stand beside the form."""
    here = unit_for(request.actor, unit, Can.SEE_PAPERS)
    request.actor.require(Can.KEEP_PAPERS, here)
    kind = request.GET.get("kind", "")
    form = TemplateForm(
        request.POST or None, request.FILES or None, initial={"kind": kind, "valid_from": localdate()}
    )
    if template := submit(form, adopt_template, here, actor=request.actor):
        messages.success(request, _("Đã nhận mẫu."))
        return redirect("papers:template", template.pk)
    context = {"unit": here, "form": form, "fields": fields_offered(form["kind"].value() or "")}
    return page(request, "papers/adopt.html", context, status=422 if form.is_bound else 200)


def template(request: Request, pk: int) -> HttpResponse:
    """One template; POST withdraws it."""
    shown = template_for(request.actor, pk)
    form = WithdrawTemplateForm(request.POST or None, record=shown, initial={"last_day": localdate()})
    if submit(form, withdraw_template, shown, actor=request.actor):
        messages.success(request, _("Mẫu sẽ thôi dùng sau ngày đã ghi."))
        return redirect("papers:template", pk)
    may = shown.valid_to is None and request.actor.may(Can.KEEP_PAPERS, shown.unit)
    context = {
        "unit": shown.unit, "template": shown, "label": kinds_offered().get(shown.kind, shown.kind),
        "form": form if may else None,
    }  # fmt: skip
    return page(request, "papers/template.html", context, status=422 if form.is_bound else 200)


def template_file(request: Request, pk: int) -> HttpResponse:
    shown = template_for(request.actor, pk)
    return download(content_of_template(shown), shown.file_name, DOCX)


def standard(request: Request, unit: int, kind: str) -> HttpResponse:
    """The official layout of today as a template, with its fields in place."""
    unit_for(request.actor, unit, Can.SEE_PAPERS)
    return download(*standard_file(kind, localdate()), DOCX)
