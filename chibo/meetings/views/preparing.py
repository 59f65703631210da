"""The pages on which a meeting is prepared: its agenda and what is missing, invitations, the cell's year, calendars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from chibo.access.charter import Can
from chibo.core.calendar import last_decreed
from chibo.core.http import DOCX, PDF, download, page, submit
from chibo.core.mailing import may_mail
from chibo.core.refusal import error_of
from chibo.core.values import Period
from chibo.meetings.actions.mailing import give_address, mail_invitations
from chibo.meetings.actions.preparing import (
    arrange_agenda,
    choose_topic,
    notify_members,
    open_feed,
    publish_papers,
    revoke_feed,
    set_schedule,
)
from chibo.meetings.forms.preparing import (
    AddressForm,
    AgendaForm,
    FeedForm,
    MailForm,
    NotifyForm,
    PublishForm,
    RevokeForm,
    ScheduleForm,
    TopicForm,
)
from chibo.meetings.rules import MeetingKind, MeetingState
from chibo.meetings.rules.preparing import cautions_on_dropping, cautions_on_preparing
from chibo.meetings.selectors import meeting_for, people_to_lead
from chibo.meetings.selectors.agenda import (
    due_at,
    paper_for_meeting,
    papers_for,
    preparation_of,
    preparations_of,
    topics_for,
)
from chibo.meetings.selectors.feeds import feed_called, feed_for, feeds_of, text_of, units_to_follow
from chibo.meetings.selectors.invitations import digest_of, invitation_of, slips_of
from chibo.meetings.selectors.mailing import address_of, addresses_for
from chibo.meetings.selectors.schedule import schedule_on, schedules_of, year_of
from chibo.papers.selectors import html_of, paper_file
from chibo.papers.selectors.register import file_of
from chibo.units.selectors import unit_for

if TYPE_CHECKING:
    from chibo.access.request import Request

FILES = {"docx": DOCX, "pdf": PDF}

# ------------------------------------------------------------------------------------------ one meeting


def prepare(request: Request, meeting: int) -> HttpResponse:
    """One page to prepare a meeting: the agenda as it assembled itself, what is still missing, what is due."""
    here = _kept(request, meeting)
    form = _agenda_form(here, request.POST or None)
    before = preparation_of(here)
    if submit(form, arrange_agenda, here, actor=request.actor) is not None:
        dropped = set(preparation_of(here).missing) - set(before.missing)
        _say(request, cautions_on_dropping(sorted(dropped), before.source))
        if not request.headers.get("HX-Request"):
            messages.success(request, _("Đã lưu."))
            return redirect("meetings:prepare", here.pk)
        form = _agenda_form(meeting_for(request.actor, meeting))
    return _prepare_page(request, here, form)


@require_POST
def topic(request: Request, meeting: int) -> HttpResponse:
    """Choose the meeting's topic."""
    return _told(request, meeting, TopicForm, choose_topic)


@require_POST
def notify(request: Request, meeting: int) -> HttpResponse:
    """The members were told."""
    return _told(request, meeting, NotifyForm, notify_members, today=localdate())


@require_POST
def mail(request: Request, meeting: int) -> HttpResponse:
    """Send the invitations by e-mail."""
    here = _kept(request, meeting)
    form = MailForm(request.POST, record=here)
    if submit(form, mail_invitations, here, actor=request.actor, today=localdate()) is None:
        for error in form.non_field_errors():
            messages.error(request, str(error))
    else:
        messages.success(request, _("Đã gửi giấy mời qua thư điện tử."))
    return redirect("meetings:prepare", here.pk)


@require_POST
def publish(request: Request, meeting: int) -> HttpResponse:
    """The documents are where members read them."""
    return _told(request, meeting, PublishForm, publish_papers, today=localdate())


def invitations(request: Request, meeting: int) -> HttpResponse:
    """The invitation as a paper, and a slip for each person with the code that marks them present."""
    here = _kept(request, meeting)
    if request.GET.get("format") in FILES:
        ending = request.GET["format"]
        content = paper_file(here.unit, invitation_of(here), ending)
        return download(content, f"{_('Giấy mời')} {here.held_on:%Y-%m-%d}.{ending}", FILES[ending])

    def address(token: str) -> str:
        return request.build_absolute_uri(reverse("meetings:here", args=[here.pk, token]))

    context = {
        "unit": here.unit,
        "meeting": here,
        "sheet": html_of(invitation_of(here)),
        "slips": slips_of(here, address),
        "closed": here.state == MeetingState.CLOSED,
    }
    return page(request, "meetings/invitations.html", context)


def digest(request: Request, meeting: int) -> HttpResponse:
    """What the meeting makes known, on one page with links: handed out, not read aloud."""
    here = meeting_for(request.actor, meeting)

    def address(paper: Any) -> str:
        there = reverse("meetings:document", args=[here.pk, paper.pk])
        return request.build_absolute_uri(there) if paper.file else ""

    document = digest_of(here, address)
    if request.GET.get("format") in FILES:
        ending = request.GET["format"]
        content = paper_file(here.unit, document, ending)
        return download(content, f"{_('Điểm văn bản')} {here.held_on:%Y-%m-%d}.{ending}", FILES[ending])
    context = {"unit": here.unit, "meeting": here, "sheet": html_of(document), "papers": papers_for(here)}
    return page(request, "meetings/digest.html", context)


def document(request: Request, meeting: int, paper: int) -> HttpResponse:
    """A document that the meeting makes known: whoever sees the meeting may read it."""
    return download(*file_of(paper_for_meeting(meeting_for(request.actor, meeting), paper)))


# ----------------------------------------------------------------------------------------- a cell's year


def calendar(request: Request, unit: int, period: Period) -> HttpResponse:
    """The year of a cell: the day of each month, moved off holidays and why, and the meeting called for it."""
    here, today = unit_for(request.actor, unit, Can.SEE_MEETINGS), localdate()
    year = period.first.year
    fixed = schedule_on(here, max(today, Period.of_year(year).first)) or schedules_of(here).first()
    context = {
        "unit": here,
        "period": Period.of_year(year),
        "months": year_of(here, year),
        "schedule": fixed,
        "fixed": fixed or "",
        "today": today,
        "undecreed": year > last_decreed(),
        "may_keep": request.actor.may(Can.KEEP_MEETINGS, here),
    }
    return page(request, "meetings/calendar.html", context)


def schedule(request: Request, unit: int) -> HttpResponse:
    """Fix the day of the cell's monthly meeting."""
    here, today = unit_for(request.actor, unit, Can.SEE_MEETINGS), localdate()
    request.actor.require(Can.KEEP_MEETINGS, here)
    last = schedules_of(here).first()
    names = ("day_of_month", "nth", "weekday", "starts_at", "place")
    stored = {name: getattr(last, name) for name in names} if last else {}
    form = ScheduleForm(request.POST or None, initial={**stored, "valid_from": today})
    if submit(form, set_schedule, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ấn định ngày sinh hoạt."))
        return redirect("meetings:calendar", here.pk, str(today.year))
    context = {"unit": here, "form": form, "year": today.year}
    return page(request, "meetings/schedule.html", context, status=422 if form.is_bound else 200)


# ------------------------------------------------------------------------------ calendars of telephones


@never_cache
def feeds(request: Request) -> HttpResponse:
    """One's own calendars for the telephone; a new address is shown once, on the answer to the form."""
    form = FeedForm(request.POST or None, units=units_to_follow(request.actor.user))
    made = submit(form, open_feed, request.actor.user, actor=request.actor)
    key = made.printed_key if made else ""
    return _feeds_page(
        request, form, address=request.build_absolute_uri(reverse("meetings:feed", args=[key])) if key else ""
    )


def _feeds_page(request: Request, form: FeedForm, **more: Any) -> HttpResponse:
    user = request.actor.user
    context = {
        "form": form,
        "feeds": feeds_of(user),
        "address_form": AddressForm(initial={"address": address_of(user)}) if may_mail() else None,
        **more,
    }
    refused = any(one is not None and one.errors for one in (form, context["address_form"]))
    return page(request, "meetings/feeds.html", context, status=422 if refused else 200)


@require_POST
def address(request: Request) -> HttpResponse:
    """Where one wants invitations sent."""
    form = AddressForm(request.POST)
    if submit(form, give_address, request.actor.user, actor=request.actor) is None:
        return _feeds_page(request, FeedForm(units=units_to_follow(request.actor.user)), address_form=form)
    messages.success(request, _("Đã lưu."))
    return redirect("meetings:feeds")


@require_POST
def revoke(request: Request, pk: int) -> HttpResponse:
    """Close an address."""
    found = feed_for(request.actor.user, pk)
    if submit(RevokeForm(request.POST), revoke_feed, request.actor.user, actor=request.actor, feed=found) is not None:
        messages.success(request, _("Đã thu hồi lịch."))
    return redirect("meetings:feeds")


@login_not_required
@require_safe
@never_cache
def feed(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001 - a view is given it
    """What a telephone reads: the secret address is the key, so nobody logs in here."""
    answer = HttpResponse(text_of(feed_called(key), localdate()), content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="chibo.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


# ------------------------------------------------------------------------------------------------ within


def _kept(request: Request, pk: int) -> Any:
    """The meeting, for who keeps it: 404 to whom it does not exist, 403 to who only looks."""
    meeting = meeting_for(request.actor, pk)
    request.actor.require(Can.KEEP_MEETINGS, meeting.unit)
    return meeting


def _agenda_form(here: Any, data: Any = None) -> AgendaForm:
    people = [(person.pk, person.full_name) for person in people_to_lead(here.unit, here.held_on)]
    return AgendaForm(data, agenda=here.agenda.all(), people=people, record=here)


def _prepare_page(request: Request, here: Any, form: AgendaForm, **forms: Any) -> HttpResponse:
    found, today = preparation_of(here), localdate()
    refused = [bound for bound in (form, *forms.values()) if bound.is_bound and bound.errors]
    context = {
        "unit": here.unit,
        "meeting": here,
        "form": form,
        "found": found,
        "steps": [
            (error_of(caution).messages[0], *_step(here, caution.field)) for caution in cautions_on_preparing(found)
        ],
        "due": due_at(here),
        "today": today,
        "papers": papers_for(here),
        "preparations": preparations_of(here),
        "topics": topics_for(here.unit, here.held_on)
        if here.kind in (MeetingKind.REGULAR, MeetingKind.TOPICAL)
        else [],
        "topic_form": TopicForm(initial={"topic": here.topic}, record=here),
        "mailed_to": len(addresses_for(here)) if may_mail() else 0,
        "notify_form": NotifyForm(initial={"notified_on": here.notified_on or today}, record=here),
        "publish_form": PublishForm(initial={"papers_ready_on": here.papers_ready_on or today}, record=here),
        "closed": here.state == MeetingState.CLOSED,
        **forms,
    }
    return page(request, "meetings/preparing.html", context, partial="prepare", status=422 if refused else 200)


def _step(here: Any, field: str) -> tuple[str, str]:
    """(what to do, where) about something that is missing."""
    if field == "arrange":
        return _("Ghi vào lịch họp"), reverse("meetings:arrange", args=[here.pk])
    if field == "prepare":
        return _("Triệu tập họp chuẩn bị"), f"{reverse('meetings:convene', args=[here.unit_id])}?prepares={here.pk}"
    words = {
        "agenda": _("Bổ sung"),
        "topic": _("Chọn chuyên đề"),
        "notify": _("Ghi ngày báo"),
        "papers": _("Ghi ngày gửi"),
    }
    return words[field], f"#{field}"


def _told(request: Request, meeting: int, form_class: Any, act: Any, **facts: Any) -> HttpResponse:
    here = _kept(request, meeting)
    form = form_class(request.POST, record=here)
    if submit(form, act, here, actor=request.actor, **facts) is not None:
        messages.success(request, _("Đã lưu."))
        return redirect("meetings:prepare", here.pk)
    form.show_stored(meeting_for(request.actor, meeting))
    name = {TopicForm: "topic_form", NotifyForm: "notify_form", PublishForm: "publish_form"}[form_class]
    return _prepare_page(request, here, _agenda_form(here), **{name: form})


def _say(request: Request, cautions: Any) -> None:
    for caution in cautions:
        messages.warning(request, error_of(caution).messages[0])
