"""Who counts: by their own log-in, or at the machine by a code that is given, taken, and the seat left (ADR 0113, 0155)."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.congresses.actions.seating import give_code, take_seat
from chibo.congresses.forms import PlainForm
from chibo.congresses.forms.counting import SeatForm
from chibo.congresses.rules import CongressState
from chibo.congresses.rules.seating import DIGITS, MOST_WRONG
from chibo.congresses.selectors import counter_for, polling_for
from chibo.congresses.selectors.counters import duty_page
from chibo.congresses.selectors.scanning import scan_of
from chibo.congresses.selectors.seating import counters_of, duty_for, is_at_the_machine
from chibo.core.http import page, submit

if TYPE_CHECKING:
    from chibo.access.request import Request

IDLE = 15 * 60
"""Seconds after which a seat that nobody uses is free again."""


def seated(request: Request, congress: Any) -> tuple[Any, str]:
    """Who of this congress's counting committee sits here, and the proof: by code, or by one's own log-in."""
    kept = request.session.get("count_seat", {})
    fresh = kept if time.time() - kept.get("at", 0) < IDLE else {}
    people = counters_of(congress)
    for one in people:
        if one.pk == fresh.get("counter") and is_at_the_machine(one, request.actor, fresh["hash"]):
            sit_down(request, one)
            return one, one.code_hash
    own = next((one for one in people if is_at_the_machine(one, request.actor, "")), None)
    return own, ""


def sit_down(request: Request, counter: Any) -> None:
    request.session["count_seat"] = {"counter": counter.pk, "hash": counter.code_hash, "at": time.time()}


def stand_up(request: Request) -> None:
    request.session.pop("count_seat", None)


def duty(request: Request, congress: int) -> HttpResponse:
    """For a member of the counting committee logged in as themselves: what waits for them, and nothing else."""
    here, counter = duty_for(request.actor, congress)
    context = {"unit": here.unit, "congress": here, "counter": counter, "duty": duty_page(here, counter)}
    return page(request, "congresses/duty.html", context)


def code(request: Request, counter: int) -> HttpResponse:
    """One member alone before the screen gets a code, shown once."""
    here = counter_for(request.actor, counter)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    form, told = (
        PlainForm(request.POST if request.method == "POST" else None),
        get_random_string(DIGITS, "0123456789"),
    )
    made = submit(form, give_code, here, actor=request.actor, code=told)
    context = {
        "unit": here.unit, "congress": here.congress, "counter": here, "form": form, "told": told if made else "",
        "running": here.congress.state == CongressState.OPEN and not here.congress.own_log_ins,
    }  # fmt: skip
    response = page(request, "congresses/code.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def sit(request: Request, polling: int, counter: int) -> HttpResponse:
    """Type one's code; then on to where the work is."""
    here, who = polling_for(request.actor, polling), counter_for(request.actor, counter)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    if who.congress_id != here.election.congress_id:
        raise Http404
    form = SeatForm(request.POST or None)
    made = submit(form, take_seat, who, actor=request.actor)
    if made is not None and not made.wrong_codes:
        sit_down(request, made)
        return redirect(_place(request, here, made))
    if made is not None:
        left = MOST_WRONG - made.wrong_codes
        form.add_error("code", _("Mã không đúng. Còn %(left)s lần thử.") % {"left": left})
    context = {"unit": here.unit, "polling": here, "counter": who, "form": form}
    return page(request, "congresses/sit.html", context, status=422 if form.is_bound else 200)


def _place(request: Request, polling: Any, counter: Any) -> str:
    to, scan = request.GET.get("to", ""), scan_of(polling)
    if to == "look" and scan is not None:
        return reverse("congresses:look", args=[scan.pk, counter.pk])
    ways = {"1": "?hand=1", "batch": "?hand=2&way=batch"}
    return reverse("congresses:polling", args=[polling.pk]) + ways.get(to, "?hand=2")


@require_POST
def leave(request: Request, polling: int) -> HttpResponse:
    """Get up, so that the next can sit down."""
    here = polling_for(request.actor, polling)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    stand_up(request)
    messages.success(request, _("Đã rời máy; mời đồng chí khác."))
    return redirect("congresses:polling", here.pk)
