"""The pages of the suggestion box: for whoever writes, for the office, and the answers that are public."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from allauth.core.ratelimit import consume
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.consultations.actions.suggestions import (
    answer_suggestion,
    assign_suggestion,
    drop_suggestion,
    note_suggestion,
    publish_answer,
    withdraw_answer,
)
from chibo.consultations.forms import (
    AnswerLetterForm,
    AssignLetterForm,
    CodeForm,
    LetterForm,
    NoteLetterForm,
    PublishForm,
)
from chibo.consultations.rules.suggestions import SuggestionState
from chibo.consultations.selectors.columns import LETTERS
from chibo.consultations.selectors.suggestions import (
    box_of,
    followed_with,
    is_open,
    narrowed,
    published_in,
    suggestion_for,
    suggestions_in,
    topics_of,
)
from chibo.core.http import export, page, submit
from chibo.core.tables import Filter, Table, page_by_key
from chibo.units.selectors import home_unit, unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request

DEEDS: dict[str, tuple[Any, type[Any], Callable[..., Any], tuple[str, ...]]] = {
    "assign": (gettext_lazy("Giao giải quyết"), AssignLetterForm, assign_suggestion, (SuggestionState.RECEIVED,)),
    "answer": (
        gettext_lazy("Trả lời"),
        AnswerLetterForm,
        answer_suggestion,
        (SuggestionState.RECEIVED, SuggestionState.ASSIGNED),
    ),
    "publish": (gettext_lazy("Công khai trả lời"), PublishForm, publish_answer, (SuggestionState.ANSWERED,)),
}
"""What may be done with a letter: its words, what is typed for it, the action, and in which states."""


# -------------------------------------------------------------------------------------- whoever comes by


@login_not_required
@never_cache
@sensitive_post_parameters()
def box(request: HttpRequest, unit: int) -> HttpResponse:
    """Write into the box, without an account; so many letters a minute altogether, whoever they come from."""
    here, passer_by = box_of(unit, localdate())
    form = LetterForm(request.POST or None)
    if form.is_bound and not consume(request, action="box", key=str(here.pk)):
        return page(request, "access/too_many.html", {}, status=429)
    if made := submit(form, drop_suggestion, here, actor=passer_by, received_on=localdate()):
        code = " ".join(made.printed_code[at : at + 5] for at in range(0, len(made.printed_code), 5))
        return page(request, "consultations/received.html", {"unit": here, "code": code})
    return page(request, "consultations/box.html", {"unit": here, "form": form}, status=422 if form.is_bound else 200)


@login_not_required
@never_cache
@sensitive_post_parameters()
def follow(request: HttpRequest) -> HttpResponse:
    """Follow one's letter with its code."""
    form = CodeForm(request.POST or None)
    if form.is_bound and not consume(request, action="follow", key="all"):
        return page(request, "access/too_many.html", {}, status=429)
    letter = followed_with(form.cleaned_data["code"]) if form.is_bound and form.is_valid() else None
    if form.is_bound and form.is_valid() and letter is None:
        form.add_error("code", _("Không có góp ý nào mang mã này. Hãy xem lại từng chữ."))
    context = {"form": form, "letter": letter}
    return page(request, "consultations/follow.html", context, status=422 if form.errors else 200)


@login_not_required
def answers(request: HttpRequest, unit: int) -> HttpResponse:
    """Answers that are public."""
    here, _passer_by = box_of(unit, localdate())
    return page(request, "consultations/answers.html", {"unit": here, "letters": published_in(here)[:50]})


# ------------------------------------------------------------------------------------------- the office


def suggestions_start(request: Request) -> HttpResponse:
    home = home_unit(request.actor, Can.HANDLE_SUGGESTIONS)
    if home is None:
        raise Http404
    return redirect("consultations:suggestions", home.pk)


def suggestions(request: Request, unit: int) -> HttpResponse:
    """All letters, by state and topic."""
    here = unit_for(request.actor, unit, Can.HANDLE_SUGGESTIONS)
    rows = narrowed(suggestions_in(here), request.GET.dict())
    if request.GET.get("format") == "xlsx":
        return export(_("Góp ý, kiến nghị"), LETTERS, rows)
    shown = page_by_key(rows, order=("-received_on", "-pk"), after=request.GET.get("after"))
    context = {
        "unit": here,
        "shown": shown,
        "table": Table(LETTERS, shown.rows),
        "count": rows.count(),
        "narrowed": bool(request.GET),
        "filters": [
            Filter("state", _("Trạng thái"), [(one.value, _(one.label)) for one in SuggestionState]),
            Filter("topic", _("Nhóm vấn đề"), [(topic, topic) for topic in topics_of(here)]),
        ],
        "open": is_open(here, localdate()),
        "may_open": request.actor.may(Can.SET_RULES, here),
    }
    return page(request, "consultations/suggestions.html", context, partial="rows")


def note(request: Request, unit: int) -> HttpResponse:
    """Enter what came on paper or was said."""
    here = unit_for(request.actor, unit, Can.HANDLE_SUGGESTIONS)
    form = NoteLetterForm(request.POST or None, unit=here)
    if made := submit(form, note_suggestion, here, actor=request.actor, today=localdate()):
        return redirect("consultations:suggestion", made.pk)
    context = {"unit": here, "form": form, "words": _("Nhập góp ý, kiến nghị")}
    return page(request, "consultations/entry.html", context, status=422 if form.is_bound else 200)


def suggestion(request: Request, pk: int) -> HttpResponse:
    here = suggestion_for(request.actor, pk)
    deeds = [(name, words) for name, (words, _form, _act, states) in DEEDS.items() if here.state in states]
    return page(request, "consultations/suggestion.html", {"unit": here.unit, "letter": here, "deeds": deeds})


def suggestion_deed(request: Request, pk: int, name: str) -> HttpResponse:
    """Assign, answer or publish."""
    here = suggestion_for(request.actor, pk)
    if name not in DEEDS:
        raise Http404
    words, form_of, act, _states = DEEDS[name]
    more = {"unit": here.unit} if name == "assign" else {}
    form = form_of(request.POST or None, record=here, **more)
    if submit(form, act, here, actor=request.actor):
        messages.success(request, _("Đã ghi."))
        return redirect("consultations:suggestion", here.pk)
    context = {"unit": here.unit, "form": form, "words": words, "letter": here}
    return page(request, "consultations/entry.html", context, status=422 if form.is_bound else 200)


@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    here = suggestion_for(request.actor, pk)
    withdraw_answer(here, actor=request.actor)
    return redirect("consultations:suggestion", here.pk)
