"""What briefings offer to the desk, the book, the search of the house, and the pages of tasks and meetings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.briefings.models import Briefing, Direction, Return
from chibo.briefings.rules import Rhythm
from chibo.briefings.selectors import briefings_in, open_briefings, open_returns, visible_briefings
from chibo.core.registry import MOST_HITS, Errand, Event, Hit, Scope
from chibo.core.vietnamese import fold
from chibo.units.selectors import visible_units


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """For a cell the return that is due; for who leads briefings, whom to remind and what to conclude."""
    if actor.holds(Can.WRITE_RETURNS):
        yield from _to_send(actor)
    if actor.holds(Can.LEAD_BRIEFINGS):
        yield from _to_conclude(actor, today)


def _to_send(actor: Actor) -> Iterator[Errand]:
    """The returns that wait for one's own cells; whoever leads the briefing has one line for all of them."""
    for ret in open_returns().filter(unit__in=visible_units(actor, Can.WRITE_RETURNS)):
        if not actor.may(Can.LEAD_BRIEFINGS, ret.unit):
            yield Errand(
                _("%(cell)s: báo cáo %(briefing)s") % {"cell": ret.unit.name, "briefing": str(ret.briefing).lower()},
                _("Viết báo cáo"),
                reverse("briefings:ret", args=[ret.pk]),
                due=ret.briefing.returns_due_on,
            )


def _to_conclude(actor: Actor, today: date) -> Iterator[Errand]:
    led = open_briefings(visible_units(actor, Can.LEAD_BRIEFINGS)).prefetch_related("returns")
    for briefing in led:
        url = reverse("briefings:briefing", args=[briefing.pk])
        missing = sum(ret.sent_on is None for ret in briefing.returns.all())
        if briefing.meeting.held_on <= today:
            yield Errand(
                _("%(briefing)s chưa kết luận") % {"briefing": briefing},
                _("Kết luận"),
                url,
                due=briefing.meeting.held_on,
            )
        elif missing and briefing.returns_due_on <= today:
            yield Errand(
                _("%(count)s nơi chưa gửi báo cáo %(briefing)s")
                % {"count": missing, "briefing": str(briefing).lower()},
                _("Đôn đốc"),
                url,
                due=briefing.returns_due_on,
                count=missing,
            )


def events_of(scope: Scope) -> Iterator[Event]:
    """For a ward its briefings; for a cell its returns and what it was directed."""
    for briefing in briefings_in(scope).filter(meeting__held_on__lte=scope.today).select_related("meeting"):
        yield Event(
            briefing.meeting.held_on,
            _("Giao ban"),
            str(briefing.get_rhythm_display()),
            reverse("briefings:briefing", args=[briefing.pk]),
        )
    if len(scope.units) > 1:
        return
    span = (scope.period.first, min(scope.period.last, scope.today))
    sent = Return.objects.filter(unit_id__in=scope.units, body="", sent_on__range=span)
    for ret in sent.select_related("briefing__meeting"):
        yield Event(
            ret.sent_on or span[0],
            _("Giao ban"),
            _("gửi báo cáo %(briefing)s") % {"briefing": str(ret.briefing).lower()},
            reverse("briefings:ret", args=[ret.pk]),
        )
    given = Direction.objects.filter(task__unit_id__in=scope.units, briefing__meeting__held_on__range=span)
    for one in given.select_related("task", "briefing__meeting"):
        yield Event(
            one.briefing.meeting.held_on,
            _("Giao ban"),
            _("nhận chỉ đạo: %(what)s") % {"what": one.task.title},
            reverse("briefings:briefing", args=[one.briefing_id]),
        )


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Briefings by name ("giao ban", "giao ban tháng") or by what they directed; never by what a cell wrote."""
    plain = fold(words)
    asked = [rhythm for rhythm in Rhythm if plain in fold(f"hội nghị {rhythm.label}")]
    held = visible_briefings(actor).filter(rhythm__in=asked).order_by("-meeting__held_on", "-pk")
    for briefing in held[:MOST_HITS]:
        yield Hit(_("Giao ban"), str(briefing), briefing.unit.name, _url(briefing))
    led = Direction.objects.visible_to(actor).filter(task__title__icontains=words)
    for one in led.select_related("task", "briefing__meeting", "unit").order_by("-pk")[:MOST_HITS]:
        yield Hit(_("Ý kiến chỉ đạo"), one.task.title, str(one.briefing), _url(one.briefing))


def _url(briefing: Briefing) -> str:
    return reverse("briefings:briefing", args=[briefing.pk])


# ---------------------------------------------------------------------------- on pages of the apps below


def panel_of_task(request: Any, task: Any) -> str:
    """On the page of a task: the briefing that directed it."""
    found = Direction.objects.filter(task=task).select_related("briefing__meeting", "briefing__unit").first()
    if found is None or not visible_briefings(request.actor).filter(pk=found.briefing_id).exists():
        return ""
    return render_to_string("briefings/of_task.html", {"direction": found, "briefing": found.briefing}, request)


def panel_of_meeting(request: Any, meeting: Any) -> str:
    """On the page of the conference: the way to its briefing, where it is led."""
    found = visible_briefings(request.actor).filter(meeting=meeting).first()
    return render_to_string("briefings/of_meeting.html", {"briefing": found}, request) if found else ""
