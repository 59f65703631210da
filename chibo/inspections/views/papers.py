"""The papers of a dossier: written, brought, waived, opened; the dossier and its sealed copy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import download, page, submit
from chibo.inspections.actions.openings import open_piece
from chibo.inspections.actions.papers import (
    bring_piece,
    issue_piece,
    record_minutes,
    take_out_copy,
    waive_piece,
)
from chibo.inspections.forms import BringForm, PieceForm, ReasonForm
from chibo.inspections.rules.flows import PIECES, PieceKind
from chibo.inspections.selectors import Sight, led_for, sight_of
from chibo.inspections.selectors.begun import begun_text
from chibo.inspections.selectors.documents import paper_of
from chibo.inspections.selectors.dossiers import (
    file_of,
    lacking_of,
    pictures_in,
    piece_for,
    pieces_for,
    right_to_open,
)
from chibo.inspections.selectors.sealing import sealed_copy
from chibo.inspections.views.openings import opened
from chibo.papers.selectors import html_of

if TYPE_CHECKING:
    from chibo.access.request import Request


def write(request: Request, inspection: int, kind: str) -> HttpResponse:
    """Write one paper: begun from the records, its head and signatures shown below as they will be."""
    which = _kind(kind)
    sight = opened(request, led_for(request.actor, inspection))
    subject = _subject(request, sight)
    if not sight.leads and (PIECES[which].numbered or subject is None):
        request.actor.require(Can.LEAD_INSPECTIONS, sight.inspection.unit)
    here, today = sight.inspection, localdate()
    form = PieceForm(request.POST or None, initial={"text": begun_text(here, which, subject, today)})
    if "preview" not in request.POST:
        made = _issued(request, sight, form, which, subject)
        if made is not None:
            messages.success(request, _("Đã ban hành: %(paper)s.") % {"paper": made.get_kind_display().lower()})
            return redirect("inspections:inspection", here.pk)
    context = {
        "unit": here.unit, "inspection": here, "form": form, "kind": which, "words": _(which.label), "subject": subject,
        "numbered": PIECES[which].numbered, "paper": _preview(form, here, which, subject, today),
        "sight": sight,
    }  # fmt: skip
    refused = form.is_bound and "preview" not in request.POST
    return page(request, "inspections/write.html", context, status=422 if refused else 200)


def _issued(request: Request, sight: Sight, form: Any, kind: PieceKind, subject: Any) -> Any:
    if sight.leads:
        return submit(form, issue_piece, sight.inspection, actor=request.actor, kind=kind.value, subject=subject)
    return submit(form, record_minutes, subject, actor=request.actor, kind=kind.value)


def _preview(form: Any, inspection: Any, kind: PieceKind, subject: Any, today: date) -> Any:
    text = form["text"].value() or ""
    return html_of(paper_of(inspection, kind, text, today, subject=subject)) if text.strip() else ""


def waive(request: Request, inspection: int, kind: str) -> HttpResponse:
    """Say why there is no such paper."""
    sight, which = led_for(request.actor, inspection), _kind(kind)
    here = sight.inspection
    request.actor.require(Can.LEAD_INSPECTIONS, here.unit)
    subject, form = _subject(request, sight), ReasonForm(request.POST or None)
    made = submit(form, waive_piece, here, actor=request.actor, kind=which.value, subject=subject, today=localdate())
    if made is not None:
        messages.success(request, _("Đã ghi lý do."))
        return redirect("inspections:dossier", here.pk)
    words = _("Không có: %(paper)s") % {"paper": _(which.label).lower()}
    return _form_page(request, sight, form, words, _("Ghi lý do"))


def bring(request: Request, inspection: int) -> HttpResponse:
    """Bring a file into the dossier."""
    sight = led_for(request.actor, inspection)
    here = sight.inspection
    request.actor.require(Can.LEAD_INSPECTIONS, here.unit)
    form = BringForm(request.POST or None, request.FILES or None, subjects=sight.subjects)
    if submit(form, bring_piece, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu vào hồ sơ."))
        return redirect("inspections:dossier", here.pk)
    lead = _(
        "Chỉ tài liệu không mật. Đơn tố cáo, hồ sơ kỷ luật và tài liệu mật không đưa vào đây; quản lý theo chế độ mật."
    )
    return _form_page(request, sight, form, _("Lưu tài liệu vào hồ sơ"), _("Lưu"), lead)


def dossier(request: Request, inspection: int) -> HttpResponse:
    """What the dossier holds and lacks. Papers open by a button, because every opening stands in the journal."""
    sight = opened(request, sight_of(request.actor, inspection))
    context = {
        "unit": sight.inspection.unit,
        "inspection": sight.inspection,
        "sight": sight,
        "pieces": pieces_for(sight),
        "pictures": pictures_in(sight),
        "missing": lacking_of(sight.inspection) if sight.works else (),
    }
    return page(request, "inspections/dossier.html", context)


@require_POST
def open_paper(request: Request, piece: int, suffix: str) -> HttpResponse:
    """Hand a paper out, and leave in the journal who opened it."""
    sight, found = piece_for(request.actor, piece)
    content = file_of(found, suffix)
    open_piece(right_to_open(request.actor, sight), actor=request.actor, piece=found, suffix=suffix)
    return download(*content)


@require_POST
def export_copy(request: Request, inspection: int) -> FileResponse:
    """The sealed copy; its seal stays in the journal."""
    sight = led_for(request.actor, inspection)
    request.actor.require(Can.LEAD_INSPECTIONS, sight.inspection.unit)
    copy = sealed_copy(sight.inspection)
    take_out_copy(sight.inspection, actor=request.actor, seal=copy.seal)
    name = f"{_('Hồ sơ')} {sight.inspection.decided_on:%Y-%m-%d} {sight.inspection.pk}.zip"
    return FileResponse(copy.file, as_attachment=True, filename=name)


# ------------------------------------------------------------------------------------------------ within


def _kind(code: str) -> PieceKind:
    if code not in set(PieceKind) or code in (PieceKind.INDEX, PieceKind.SELF_REPORT):
        raise Http404
    return PieceKind(code)


def _subject(request: Request, sight: Sight) -> Any:
    """The subject that the paper is of, as the address says; none for one that serves all."""
    asked = request.GET.get("subject", "")
    if not asked:
        return None
    found = next((one for one in sight.subjects if str(one.pk) == asked), None)
    if found is None:
        raise Http404
    return found


def _form_page(request: Request, sight: Sight, form: Any, words: str, button: str, lead: str = "") -> HttpResponse:
    here = sight.inspection
    context = {"unit": here.unit, "inspection": here, "form": form, "words": words, "button": button, "lead": lead}
    return page(request, "inspections/form.html", context, status=422 if form.is_bound else 200)
