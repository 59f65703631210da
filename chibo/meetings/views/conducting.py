"""The chair's page and what is sent from it, the projector's page, and the door that a slip's code opens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.core.http import page, submit
from chibo.meetings.actions import mark_presence
from chibo.meetings.actions.conducting import (
    amend_matter,
    begin_item,
    finish_item,
    give_floor,
    mention_member,
    note_speech,
    resolve_matter,
    strike_matter,
    strike_mention,
    strike_speech,
    strike_vote,
    take_vote,
    time_item,
)
from chibo.meetings.forms import NoteForm
from chibo.meetings.forms.conducting import (
    CallForm,
    MatterForm,
    MentionForm,
    SpeakForm,
    SpeechForm,
    StrikeForm,
    TimesForm,
    TurnForm,
    VoteForm,
)
from chibo.meetings.rules import MeetingState, Presence
from chibo.meetings.selectors import item_for, meeting_for, people_to_lead, roll_line_of, roll_of
from chibo.meetings.selectors.conducting import (
    attending,
    collectives_of,
    is_adopted,
    marks_of,
    meeting_to_call,
    member_to_call,
    mention_for,
    resolved_for,
    sheet_of,
    speech_for,
    tally_of,
    vote_for,
)
from chibo.meetings.selectors.invitations import who_is

if TYPE_CHECKING:
    from chibo.access.request import Request


def run(request: Request, meeting: int) -> HttpResponse:
    """The chair's one page: order of business with a clock, roll, floor, votes, what is resolved, who is mentioned."""
    here = _kept(request, meeting)
    if request.headers.get("HX-Request"):
        return _live(request, here)
    people = people_to_lead(here.unit, here.held_on)
    tally = tally_of(here)
    context = {
        **_live_facts(request, here),
        "unit": here.unit,
        "lines": roll_of(here),
        "closed": here.state == MeetingState.CLOSED,
        "vote_form": VoteForm(meeting=here, initial={"in_favour": tally.voters or None}),
        "matter_form": MatterForm(meeting=here, people=people, units=collectives_of(here.unit)),
        "mention_form": MentionForm(people=people),
        "note_form": _note_form,
    }
    context["turns"] = [(turn, _note_form(turn.item)) for turn in context["sheet"].turns]
    return page(request, "meetings/conducting.html", context)


@require_POST
def call(request: Request, meeting: int, member: int) -> HttpResponse:
    """One tap of the roll call: the last tap wins; the answer is no longer than the counts."""
    here = meeting_to_call(request.actor, meeting)
    form, called = CallForm(request.POST), member_to_call(here, member)
    done = submit(form, _mark, here, actor=request.actor, member=called, today=localdate())
    if form.errors:
        return _refused(request, here, form, gettext_lazy("Điểm danh"))
    if not request.headers.get("HX-Request"):
        return redirect("meetings:run", here.pk)
    return page(request, "meetings/conducting.html", {"tally": tally_of(here), "line": done}, partial="tally")


def _mark(meeting: Any, **asked: Any) -> Any:
    asked.pop("seen_version", None)
    return mark_presence(meeting, **asked)


@require_POST
def begin(request: Request, item: int) -> HttpResponse:
    """Take up an item; the one that was on ends."""
    return _turn(request, item, begin_item)


@require_POST
def finish(request: Request, item: int) -> HttpResponse:
    """Leave an item."""
    return _turn(request, item, finish_item)


def _turn(request: Request, pk: int, act: Callable[..., Any]) -> HttpResponse:
    item = item_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, item)
    form = TurnForm(request.POST)
    if form.is_valid():
        form.cleaned_data["at"] = form.cleaned_data["at"] or localtime().time().replace(second=0, microsecond=0)
    done = submit(form, act, item, actor=request.actor)
    return _answer(request, item.meeting, form, done, gettext_lazy("Thời gian của nội dung"), "sheet")


def times(request: Request, item: int) -> HttpResponse:
    """Put right when an item began and ended."""
    here = item_for(request.actor, item)
    request.actor.require(Can.KEEP_MEETINGS, here)
    stored = {"began_at": here.began_at, "ended_at": here.ended_at}
    form = TimesForm(request.POST or None, initial=stored, record=here)
    done = submit(form, time_item, here, actor=request.actor)
    return _answer(request, here.meeting, form, done, here.title, "sheet")


@require_POST
def speak(request: Request, item: int) -> HttpResponse:
    """A member takes the floor."""
    here = item_for(request.actor, item)
    request.actor.require(Can.KEEP_MEETINGS, here)
    form = SpeakForm(request.POST, people=people_to_lead(here.unit, here.meeting.held_on))
    done = submit(form, give_floor, here, actor=request.actor)
    return _answer(request, here.meeting, form, done, gettext_lazy("Phát biểu"), "floor")


@require_POST
def speech(request: Request, pk: int) -> HttpResponse:
    """What a speaker said."""
    here = speech_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, here)
    form = SpeechForm(request.POST, record=here)
    done = submit(form, note_speech, here, actor=request.actor)
    form.show_stored(here)
    return _answer(request, here.item.meeting, form, done, here.member.full_name, "floor")


@require_POST
def vote(request: Request, meeting: int) -> HttpResponse:
    """Keep an open vote."""
    here = _kept(request, meeting)
    form = VoteForm(request.POST, meeting=here)
    done = submit(form, take_vote, here, actor=request.actor)
    if done is not None and not request.headers.get("HX-Request"):
        messages.info(request, _("Thông qua.") if is_adopted(done) else _("Không thông qua."))
    return _answer(request, here, form, done, gettext_lazy("Biểu quyết"), "votes")


@require_POST
def resolve(request: Request, meeting: int) -> HttpResponse:
    """Keep one thing that the meeting resolved."""
    here = _kept(request, meeting)
    form = _matter_form(request, here)
    done = submit(form, resolve_matter, here, actor=request.actor)
    return _answer(request, here, form, done, gettext_lazy("Nội dung nghị quyết"), "resolved")


def resolved(request: Request, pk: int) -> HttpResponse:
    """Say more exactly what was resolved."""
    matter = resolved_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, matter)
    form = _matter_form(request, matter.meeting, record=matter)
    done = submit(form, amend_matter, matter, actor=request.actor)
    form.show_stored(resolved_for(request.actor, pk))
    return _answer(request, matter.meeting, form, done, gettext_lazy("Nội dung nghị quyết"), "resolved")


@require_POST
def mention(request: Request, meeting: int) -> HttpResponse:
    """Praise, remind or criticise by name."""
    here = _kept(request, meeting)
    form = MentionForm(request.POST, people=people_to_lead(here.unit, here.held_on))
    done = submit(form, mention_member, here, actor=request.actor)
    return _answer(request, here, form, done, gettext_lazy("Biểu dương, nhắc nhở, phê bình"), "mentions")


STRUCK: dict[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "speech": (speech_for, strike_speech),
    "vote": (vote_for, strike_vote),
    "resolved": (resolved_for, strike_matter),
    "mention": (mention_for, strike_mention),
}
"""What may be struck from a meeting under way: how it is found, and how it is taken back."""


@require_POST
def strike(request: Request, what: str, pk: int) -> HttpResponse:
    """Take back a line entered by mistake; one that is gone already is gone."""
    if what not in STRUCK:
        raise Http404
    find, act = STRUCK[what]
    line = find(request.actor, pk)
    meeting = line.item.meeting if what == "speech" else line.meeting
    form = StrikeForm(request.POST)
    done = submit(form, act, line, actor=request.actor)
    return _answer(request, meeting, form, done, gettext_lazy("Bỏ dòng đã ghi"), "sheet")


def screen(request: Request, meeting: int) -> HttpResponse:
    """For the projector: the item that is on and its clock, votes, what is resolved; of persons only who presents."""
    here = _kept(request, meeting)
    sheet = sheet_of(here)
    context = {
        "meeting": here,
        "unit": here.unit,
        "sheet": sheet,
        "votes": [(vote, is_adopted(vote)) for vote in sheet.all_votes],
        "share": tally_of(here).share,
    }
    return page(request, "meetings/screen.html", context, partial="screen")


def here(request: Request, meeting: int, token: str) -> HttpResponse:
    """Whoever keeps the roll scanned the code of somebody's slip: say who it is, and mark them present."""
    of = _kept(request, meeting)
    found = who_is(token)
    if found is None or found[0] != of.pk:
        raise Http404
    line = roll_line_of(of, found[1])
    form = CallForm(request.POST or None)
    if request.method == "POST":
        form = CallForm({"presence": Presence.PRESENT, "once": request.POST.get("once", "")})
        if submit(form, _mark, of, actor=request.actor, member=line.member, today=localdate()) is not None:
            line = roll_line_of(of, found[1])
    context = {
        "meeting": of,
        "unit": of.unit,
        "line": line,
        "form": form,
        "is_present": line.presence == Presence.PRESENT,
    }
    return page(request, "meetings/here.html", context, status=422 if form.is_bound and form.errors else 200)


# ------------------------------------------------------------------------------------------------ within


def _kept(request: Request, pk: int) -> Any:
    """The meeting, for who keeps it: 404 to whom it does not exist, 403 to who only looks."""
    meeting = meeting_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, meeting.unit)
    return meeting


def _live_facts(request: Request, here: Any) -> dict[str, Any]:
    sheet = sheet_of(here)
    return {
        "meeting": here,
        "sheet": sheet,
        "tally": tally_of(here),
        "marks": marks_of(here),
        "attending": attending(here),
        "votes": [(vote, is_adopted(vote)) for vote in sheet.all_votes],
        "turns": [(turn, None) for turn in sheet.turns],
        "may_close": request.actor.may(Can.CLOSE_MEETINGS, here.unit),
    }


def _live(request: Request, here: Any) -> HttpResponse:
    return page(request, "meetings/conducting.html", _live_facts(request, here), partial="live")


def _answer(request: Request, here: Any, form: Any, done: Any, title: Any, part: str) -> HttpResponse:
    """After a form of the chair's page: what changed, or the form again with what was wrong and all that was typed."""
    if done is None:
        return _refused(request, here, form, title)
    if request.headers.get("HX-Request"):
        return _live(request, meeting_for(request.actor, here.pk))
    messages.success(request, _("Đã ghi."))
    response = redirect("meetings:run", here.pk)
    response["Location"] += f"#{part}"
    return response


def _refused(request: Request, here: Any, form: Any, title: Any) -> HttpResponse:
    context = {
        "unit": here.unit,
        "meeting": here,
        "form": form,
        "title": title,
        "action": request.path,
        "in_place": "HX-Request" in request.headers,
    }
    status = 422 if form.is_bound else 200
    return page(request, "meetings/conducting_form.html", context, partial="form", status=status)


def _matter_form(request: Request, here: Any, record: Any = None) -> MatterForm:
    names = ("what", "doer", "doer_unit", "due_on", "measure", "is_local", "override_reason", "item")
    stored = {name: getattr(record, name) for name in names} if record else {}
    people, units = people_to_lead(here.unit, here.held_on), collectives_of(here.unit)
    return MatterForm(request.POST or None, meeting=here, people=people, units=units, record=record, initial=stored)


def _note_form(item: Any) -> NoteForm:
    return NoteForm(prefix=str(item.pk), record=item, initial={"title": item.title, "notes": item.notes})
