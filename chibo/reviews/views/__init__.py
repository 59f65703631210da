"""The pages of one review: what stands in it, writing it, the self-check, and what is done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.http import DOCX, PDF, download, page, submit
from chibo.papers.selectors import paper_file
from chibo.reviews.actions import (
    answer_rating,
    check_oneself,
    give_comment,
    judge_review,
    send_review,
    suggest_matters,
    undertake,
    write_review,
)
from chibo.reviews.forms import (
    TEXTS,
    AnswerForm,
    CheckForm,
    CommentForm,
    JudgeForm,
    SuggestForm,
    UndertakeForm,
    WriteForm,
)
from chibo.reviews.rules import STAGES, Duty, Level, Stage, Subject
from chibo.reviews.rules.conducting import is_past
from chibo.reviews.selectors import (
    comments_of,
    commitments_of,
    first_of,
    may_read_self_checks,
    readable_review_for,
    review_for,
    rules_of,
    seconds_of,
    self_checks_of,
    wants_former,
)
from chibo.reviews.selectors.board import carried_of, state_of
from chibo.reviews.selectors.document import notice_document, review_document
from chibo.reviews.selectors.facts import (
    criteria_of,
    facts_of,
    finding_of,
    formula_in_words,
    grounds_in_words,
    marks_of,
    thresholds_on,
)

if TYPE_CHECKING:
    from chibo.access.request import Request

FILES = {"docx": DOCX, "pdf": PDF}
DEEDS: dict[str, tuple[Any, type[Any], Callable[..., Any], Can]] = {
    "comment": (gettext_lazy("Ghi góp ý"), CommentForm, give_comment, Can.RECORD_REVIEWS),
    "judge": (gettext_lazy("Đánh giá theo tiêu chí"), JudgeForm, judge_review, Can.RECORD_REVIEWS),
    "undertake": (gettext_lazy("Ghi cam kết khắc phục"), UndertakeForm, undertake, Can.RECORD_REVIEWS),
    "suggest": (gettext_lazy("Gợi ý kiểm điểm"), SuggestForm, suggest_matters, Can.LEAD_REVIEWS),
    "answer": (gettext_lazy("Trả lời kết quả xếp loại"), AnswerForm, answer_rating, Can.ANSWER_REVIEWS),
}
"""What may be done with one review: its words, what is typed for it, the action, and the power it asks."""


def review(request: Request, pk: int) -> HttpResponse:
    """One review from the self-review to the answer; who may only see how far it is sees no text."""
    here = review_for(request.actor, pk)
    reads = request.actor.may_on(Can.READ_REVIEWS, here)
    if request.GET.get("format") in FILES:
        request.actor.require(Can.READ_REVIEWS, here)
        return _paper(here, request.GET["format"], is_notice="notice" in request.GET)
    context = {"review": here, "unit": here.unit, "state": state_of(here), "reads": reads, "steps": _steps(here)}
    if reads and here.duty != Duty.NOT_REVIEWED:
        context |= _inside(request, here)
    return page(request, "reviews/review.html", context)


def _paper(here: Any, suffix: str, *, is_notice: bool) -> HttpResponse:
    """The self-review on its form or, once it is decided, the notice of the rating."""
    if is_notice and not here.decided_level:
        raise Http404
    document = notice_document(here) if is_notice else review_document(here)
    name = f"{_('Thông báo xếp loại') if is_notice else _('Bản kiểm điểm')} {here}".replace("/", "-")
    return download(
        paper_file(here.round.unit if is_notice else here.unit, document, suffix), f"{name}.{suffix}", FILES[suffix]
    )


def _steps(here: Any) -> list[tuple[str, bool]]:
    steps = (Stage.VOTED, Stage.PROPOSED, Stage.DECIDED) if here.subject == Subject.LEADER else STAGES[1:]
    return [(_(stage.label), is_past(here.stage, stage)) for stage in steps]


def _inside(request: Request, here: Any) -> dict[str, Any]:
    """What stands in the review, and what this person may do with it now."""
    thresholds = thresholds_on(here.unit, here.round.last)
    finding, words = finding_of(here, thresholds), {word.value: _(word.label) for word in marks_of(here)}
    is_second = here.subject == Subject.LEADER
    checks = self_checks_of(here) if may_read_self_checks(request.actor, here) else None
    return {
        "texts": [(label, getattr(here, name)) for name, label in TEXTS.items()],
        "criteria": []
        if is_second
        else [(line, words.get(line.own, ""), words.get(line.judged, "")) for line in criteria_of(here)],
        "first": first_of(here) if is_second else None,
        "second": seconds_of([here]).get(here.pk),
        "former_is_silent": here.pk in wants_former([here]),
        "formula": formula_in_words(here, thresholds.formula) if finding.points is not None else None,
        "finding": finding,
        "found": _(finding.level.label) if finding.level else "",
        "points": float(finding.points) if finding.points is not None else None,
        "grounds": grounds_in_words(finding.grounds),
        "article": rules_of(here.round).article,
        "votes": [(_(level.label), getattr(here, f"for_{level}")) for level in Level] if here.meeting_id else [],
        "carried": _(Level(carried_of(here)).label) if here.meeting_id and carried_of(here) else "",
        "comments": comments_of(here),
        "commitments": commitments_of(here),
        "checks": checks,
        "facts": None if is_second else facts_of(here),
        **_offered(request, here),
    }


def _offered(request: Request, here: Any) -> dict[str, Any]:
    """The one main step and the rest, as far as they can be taken now."""
    past = {stage: is_past(here.stage, stage) for stage in Stage}
    own, once = request.actor.owns(here), here.subject != Subject.LEADER
    can_be = {
        "comment": here.duty != Duty.NOT_REVIEWED and not past[Stage.DECIDED],
        "judge": once and not own and here.duty == Duty.REVIEWED and past[Stage.SENT] and not past[Stage.APPRAISED],
        "undertake": once and here.duty == Duty.REVIEWED and past[Stage.SENT],
        "suggest": once and not own and not past[Stage.DECIDED],
        "answer": once and past[Stage.DECIDED],
    }
    offered = [name for name in DEEDS if can_be[name] and request.actor.may_on(DEEDS[name][3], here)]
    open_ = once and here.duty == Duty.REVIEWED and not past[Stage.VOTED]
    writes = open_ and request.actor.may_on(Can.WRITE_REVIEWS, here)
    return {
        "may_write": writes,
        "may_check": writes and own,
        "may_answer": "answer" in offered,
        "deeds": [(name, DEEDS[name][0]) for name in offered if name != "answer"],
    }


def write(request: Request, pk: int) -> HttpResponse:
    """The self-review, with what the year left on record beside it; kept as a draft, or handed in."""
    here = readable_review_for(request.actor, pk)
    request.actor.require(Can.WRITE_REVIEWS, here)
    form = WriteForm(request.POST or None, record=here)
    sends = "send" in request.POST
    more: dict[str, Any] = {"sent_on": localdate()} if sends else {}
    if submit(form, send_review if sends else write_review, here, actor=request.actor, **more):
        messages.success(request, _("Đã nộp bản kiểm điểm.") if sends else _("Đã giữ bản nháp."))
        return redirect("reviews:review" if sends else "reviews:write", here.pk)
    context = {
        "review": here,
        "unit": here.unit,
        "form": form,
        "texts": [form[name] for name in TEXTS],
        "own": [form[f"own-{line.code}"] for line in form.criteria],
        "facts": facts_of(here),
    }
    return page(request, "reviews/write.html", context, status=422 if form.is_bound else 200)


def manifestations(request: Request, pk: int) -> HttpResponse:
    """The self-check: its author writes, the cell's committee and the deciding level read."""
    here = review_for(request.actor, pk)
    request.actor.require(Can.READ_SELF_CHECKS, here)
    if not request.actor.owns(here):
        if request.method == "POST":
            raise PermissionDenied
        return page(
            request,
            "reviews/manifestations.html",
            {"review": here, "unit": here.unit, "checks": self_checks_of(here)},
        )
    entries = {row.manifestation_id: row.text for row in self_checks_of(here)}
    form = CheckForm(request.POST or None, record=here, entries=entries)
    if submit(form, check_oneself, here, actor=request.actor, checked_on=localdate()):
        messages.success(request, _("Đã lưu bản tự soi."))
        return redirect("reviews:review", here.pk)
    context = {"review": here, "unit": here.unit, "form": form, "rows": [form[f"m-{code}"] for code in form.codes]}
    return page(request, "reviews/manifestations.html", context, status=422 if form.is_bound else 200)


def deed(request: Request, pk: int, name: str) -> HttpResponse:
    """Do one of the things that may be done with a review."""
    here = readable_review_for(request.actor, pk)
    if name not in DEEDS:
        raise Http404
    words, form_of, act, can = DEEDS[name]
    request.actor.require(can, here)
    form = form_of(request.POST or None, record=here)
    if submit(form, act, here, actor=request.actor):
        messages.success(request, _("Đã ghi: %(deed)s.") % {"deed": str(words).lower()})
        return redirect("reviews:review", here.pk)
    context = {"review": here, "unit": here.unit, "form": form, "words": words, "name": name}
    return page(request, "reviews/deed.html", context, status=422 if form.is_bound else 200)
