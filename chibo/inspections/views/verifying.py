"""What the team does on the spot, on a phone: marks, pictures, findings; and whether remedies were seen to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.core.http import download, page, refused, say_refusal, submit
from chibo.inspections.actions.openings import open_picture
from chibo.inspections.actions.pictures import strike_picture, take_photo
from chibo.inspections.actions.verifying import (
    amend_finding,
    finish_verifying,
    mark_criterion,
    record_finding,
    strike_finding,
    verify_remedy,
)
from chibo.inspections.forms import PlainForm
from chibo.inspections.forms.verifying import FindingForm, MarkForm, PhotoForm, VerifiedForm
from chibo.inspections.selectors import earlier_findings, finding_for, findings_of, worked_subject_for
from chibo.inspections.selectors.answers import contradictions
from chibo.inspections.selectors.checklist import (
    checklist,
    criterion_of,
    finding_as_typed,
    line_of,
    photo_of,
    picture_for,
    pictures_of,
)
from chibo.inspections.selectors.dossiers import right_to_open, this_hour
from chibo.inspections.views.openings import opened

if TYPE_CHECKING:
    from chibo.access.request import Request


def verify(request: Request, subject: int) -> HttpResponse:
    """The checklist of one place, with what the records already know, and what was found there."""
    sight, here = worked_subject_for(request.actor, subject)
    opened(request, sight)
    form = FindingForm(subject=here) if sight.may_work else None
    return _page(request, sight, here, form)


def _page(request: Request, sight: Any, here: Any, form: Any) -> HttpResponse:
    findings = list(findings_of(sight.inspection, [here]))
    context = {
        "unit": here.unit,
        "inspection": sight.inspection,
        "subject": here,
        "sight": sight,
        "lines": checklist(request.actor, here),
        "findings": findings,
        "contradictions": contradictions(sight.inspection, findings),
        "earlier": earlier_findings(here)[:20],
        "form": form,
        "visits": here.visits.select_related("visitor__member", "meeting"),
    }
    bound = form is not None and form.is_bound
    return page(request, "inspections/verify.html", context, status=422 if bound else 200)


def worker(request: Request) -> HttpResponse:
    """What serves the checklist where there is no line; it stands here, for it may serve only what lies beside it."""
    return render(request, "inspections/worker.js", {"static": settings.STATIC_URL}, content_type="text/javascript")


@require_POST
def mark(request: Request, subject: int, criterion: int) -> HttpResponse:
    """One tap or one note. Whoever comes second is shown what stands; what they tapped is theirs to tap again."""
    sight, here = worked_subject_for(request.actor, subject)
    what, form = criterion_of(here, criterion), MarkForm(request.POST)
    done = submit(form, _mark, here, actor=request.actor, criterion=what)
    if request.headers.get("HX-Request"):
        context = {"form": form, "words": what.text, "subject": here, "sight": sight, "inspection": sight.inspection}
        if done is not None:
            return page(request, "inspections/verify.html", context | {"line": line_of(here, what)}, partial="seen")
        if not form.has_error("__all__", "conflict"):
            return page(request, "inspections/verify.html", context, partial="refused", status=422)
        stands = next(one for one in checklist(request.actor, here) if one.criterion == what)
        return page(request, "inspections/verify.html", context | {"line": stands}, partial="standing", status=422)
    if done is not None:
        return redirect("inspections:verify", here.pk)
    found = line_of(here, what).mark
    if found is not None:
        form.show_stored(found)
    return refused(request, form, what.text, reverse("inspections:verify", args=[here.pk]), unit=here.unit)


def _mark(subject: Any, **asked: Any) -> Any:
    asked.pop("seen_version", None)
    return mark_criterion(subject, **asked)


@require_POST
def photo(request: Request, subject: int, criterion: int) -> HttpResponse:
    """Keep a picture with a criterion."""
    sight, here = worked_subject_for(request.actor, subject)
    what, form = criterion_of(here, criterion), PhotoForm(request.POST, request.FILES)
    done = submit(form, take_photo, here, actor=request.actor, criterion=what)
    if request.headers.get("HX-Request"):
        if done is None:
            context = {"form": form, "words": what.text}
            return page(request, "inspections/verify.html", context, partial="refused", status=422)
        context = {"criterion": what, "pictures": pictures_of(here, what), "sight": sight}
        return page(request, "inspections/verify.html", context, partial="taken")
    if done is None:
        return refused(request, form, what.text, reverse("inspections:verify", args=[here.pk]), unit=here.unit)
    messages.success(request, _("Đã lưu ảnh."))
    return redirect("inspections:verify", here.pk)


def picture(request: Request, picture: int) -> HttpResponse:
    """Hand a picture out, and leave in the journal who opened it."""
    sight, here = picture_for(request.actor, picture)
    content = photo_of(here)
    open_picture(
        right_to_open(request.actor, sight), actor=request.actor, picture=here,
        **this_hour(request.actor, "picture", here.pk),
    )  # fmt: skip
    return download(*content)


@require_POST
def strike_photo(request: Request, picture: int) -> HttpResponse:
    """Take a picture back."""
    _sight, here = picture_for(request.actor, picture)
    form = PlainForm(request.POST)
    if submit(form, strike_picture, here, actor=request.actor) is None:
        say_refusal(request, form)
    return redirect("inspections:verify", here.subject_id)


@require_POST
def find(request: Request, subject: int) -> HttpResponse:
    """Write down what was found."""
    sight, here = worked_subject_for(request.actor, subject)
    form = FindingForm(request.POST, subject=here)
    done = submit(form, record_finding, here, actor=request.actor, found_on=localdate())
    if done is None:
        if request.headers.get("HX-Request"):
            context = {"form": form, "words": _("Nhận xét")}
            return page(request, "inspections/verify.html", context, partial="refused", status=422)
        return _page(request, sight, here, form)
    if not request.headers.get("HX-Request"):
        messages.success(request, _("Đã ghi nhận xét."))
        return redirect("inspections:verify", here.pk)
    context = {"findings": list(findings_of(sight.inspection, [here])), "sight": sight}
    return page(request, "inspections/verify.html", context, partial="found")


@require_POST
def finish(request: Request, subject: int) -> HttpResponse:
    """All has been looked at, everywhere."""
    sight, here = worked_subject_for(request.actor, subject)
    form = PlainForm(request.POST)
    if submit(form, finish_verifying, here, actor=request.actor, on=localdate()) is None:
        say_refusal(request, form)
        return redirect("inspections:verify", here.pk)
    messages.success(request, _("Đã xong thẩm tra."))
    return redirect("inspections:inspection", sight.inspection.pk)


def finding(request: Request, finding: int) -> HttpResponse:
    """One finding: what it says, what it repeats, how its remedy stands."""
    sight, here = finding_for(request.actor, finding)
    opened(request, sight)
    here.subject.inspection = sight.inspection
    published = sight.inspection.published_on is not None
    form = FindingForm(request.POST or None, subject=here.subject, initial=finding_as_typed(here), record=here)
    if not published and submit(form, amend_finding, here, actor=request.actor) is not None:
        messages.success(request, _("Đã lưu."))
        return redirect("inspections:verify", here.subject_id)
    return _finding_page(request, sight, here, form, VerifiedForm(record=here), 422 if form.is_bound else 200)


def _finding_page(
    request: Request, sight: Any, here: Any, form: Any, verified_form: Any, status: int
) -> HttpResponse:
    context = {
        "unit": here.unit,
        "inspection": sight.inspection,
        "sight": sight,
        "finding": here,
        "form": form if sight.may_work and sight.inspection.published_on is None else None,
        "verified_form": verified_form,
    }
    return page(request, "inspections/finding.html", context, status=status)


@require_POST
def verified(request: Request, finding: int) -> HttpResponse:
    """The remedy was seen to be done."""
    sight, here = finding_for(request.actor, finding)
    form = VerifiedForm(request.POST, record=here)
    if submit(form, verify_remedy, here, actor=request.actor) is None:
        empty = FindingForm(subject=here.subject, initial=finding_as_typed(here), record=here)
        return _finding_page(request, sight, here, empty, form, 422)
    messages.success(request, _("Đã xác nhận."))
    return redirect("inspections:inspection", sight.inspection.pk)


@require_POST
def strike(request: Request, finding: int) -> HttpResponse:
    """Take a finding back."""
    _sight, here = finding_for(request.actor, finding)
    form = PlainForm(request.POST)
    if submit(form, strike_finding, here, actor=request.actor) is None:
        say_refusal(request, form)
    return redirect("inspections:verify", here.subject_id)
