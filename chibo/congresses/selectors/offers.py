"""What congresses offer to the desk, the book, the search, and the page of their conference."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.congresses.models import Congress
from chibo.congresses.rules import HELD, CongressState, Office
from chibo.congresses.selectors import congresses_in, due_dates
from chibo.congresses.selectors.public import published_in
from chibo.congresses.selectors.seating import duties_of
from chibo.core.registry import Errand, Event, Hit, Scope
from chibo.core.vietnamese import fold
from chibo.units.selectors import visible_units


def _url(congress: Congress) -> str:
    return reverse("congresses:congress", args=[congress.pk])


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """For a cell its congress, then its report; for the ward what waits for a decision."""
    rows = Congress.objects.select_related("unit", "meeting").order_by("meeting__held_on", "pk")
    if actor.holds(Can.KEEP_CONGRESSES):
        for one in rows.filter(unit__in=visible_units(actor, Can.KEEP_CONGRESSES)).exclude(state__in=HELD[1:]):
            closed = one.state == CongressState.CLOSED
            verb = _("Báo cáo") if closed else _("Điều hành") if one.state == CongressState.OPEN else _("Chuẩn bị")
            due = due_dates(one)["report"] if closed else one.meeting.held_on
            yield Errand(_("%(congress)s: %(state)s") % {"congress": one, "state": str(one.get_state_display()).lower()}, verb, _url(one), due=due)  # fmt: skip
    if actor.holds(Can.COUNT_BALLOTS):
        for one in duties_of(actor):
            if actor.may(Can.COUNT_BALLOTS, one.unit):
                url = reverse("congresses:duty", args=[one.pk])
                yield Errand(_("Kiểm phiếu: %(congress)s") % {"congress": one}, _("Kiểm phiếu"), url, due=today)
    if actor.holds(Can.LEAD_CONGRESSES):
        led = rows.filter(unit__in=visible_units(actor, Can.LEAD_CONGRESSES))
        for one in led.filter(state=CongressState.REPORTED):
            yield Errand(_("%(congress)s chờ chuẩn y") % {"congress": one}, _("Xem xét"), _url(one), due=due_dates(one)["approval"])  # fmt: skip
        for one in led.filter(state=CongressState.PLANNED, seats__gt=0, scheme_approved_on__isnull=True):
            yield Errand(_("Đề án nhân sự %(congress)s chờ ý kiến") % {"congress": one}, _("Xem xét"), _url(one), due=one.meeting.held_on)  # fmt: skip


def events_of(scope: Scope) -> Iterator[Event]:
    """The congresses that were held."""
    if len(scope.units) > 1:
        return
    for one in congresses_in(scope).filter(state__in=HELD):
        yield Event(one.meeting.held_on, _("Đại hội"), _("đại hội chi bộ nhiệm kỳ %(term)s") % {"term": one.round.term}, _url(one))  # fmt: skip


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Congresses, by "đại hội" and the name of the cell."""
    plain = fold(words)
    if "dai hoi" not in plain:
        return
    for one in Congress.objects.visible_to(actor).select_related("unit", "round").order_by("-pk")[:60]:
        if all(word in fold(f"{one} {one.round.term}") for word in plain.split()):
            yield Hit(_("Đại hội"), str(one), one.round.term, _url(one))


def panel_for_the_public(request: Any, ward: Any) -> str:
    """On the ward's public page: the results that were published."""
    rows = published_in(ward)
    told = [
        {**one, "held_on": date.fromisoformat(one["held_on"]), "elected": [(name, Office(office).label) for name, office in one["elected"]]}
        for one in rows
    ]  # fmt: skip
    return render_to_string("congresses/public.html", {"told": told}, request) if told else ""


def panel_of_meeting(request: Any, meeting: Any) -> str:
    """On the page of the conference: the way to its congress."""
    found = Congress.objects.visible_to(request.actor).filter(meeting=meeting).select_related("unit").first()
    return render_to_string("congresses/of_meeting.html", {"congress": found}, request) if found else ""
