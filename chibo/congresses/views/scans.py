"""The pages of ballots on paper: their PDF, the scans of a count, and each doubtful ballot before two people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chibo.access.charter import Can
from chibo.congresses import forms as f
from chibo.congresses.actions import scanning
from chibo.congresses.actions.jobs import work
from chibo.congresses.rules.scanning import ScanState
from chibo.congresses.selectors import election_for
from chibo.congresses.selectors.looking import again_in, is_for, look_of, picture_of, scan_page
from chibo.congresses.selectors.scanning import ScanFacts, counter_for, pdf_for, scan_for, scan_of, waiting_of
from chibo.congresses.selectors.seating import own_counter, polling_to_count, scan_to_look_at
from chibo.congresses.views.seats import seated, stand_up
from chibo.core.http import PDF, download, page, say_refusal, submit

if TYPE_CHECKING:
    from chibo.access.request import Request


def ballots(request: Request, election: int) -> HttpResponse:
    """The ballots as they were printed last: exactly so many equal pages."""
    here = election_for(request.actor, election)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    made = pdf_for(here)
    if made is None:
        raise Http404
    return download(made, f"{_('Phiếu')} {here}.pdf", PDF)


def scan(request: Request, polling: int) -> HttpResponse:
    """The scanner's count: upload, progress, and who has to look at what."""
    here = polling_to_count(request.actor, polling)
    if request.method == "POST" or own_counter(request.actor, here.election.congress) is None:
        request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    form = f.ScansForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        made = submit(form, scanning.receive_scans, here, form.uploads, actor=request.actor)
        if made is not None:
            work.enqueue(made.pk, request.actor.user.pk)
            return redirect("congresses:scan", here.pk)
    return _scan_page(request, here, form)


def _scan_page(request: Request, here: Any, form: Any) -> HttpResponse:
    found = scan_of(here)
    waiting = waiting_of(found) if found else None
    may_keep = request.actor.may(Can.KEEP_CONGRESSES, here.unit)
    context = {
        "unit": here.unit, "polling": here, "election": here.election, "scan": found, "waiting": waiting, "form": form,
        "facts": scan_page(found) if found and found.state == ScanState.READ else None,
        "may_upload": may_keep and (found is None or found.state in (ScanState.READ, ScanState.REFUSED)),
        "may_leave": may_keep and found is not None and found.state != ScanState.CLOSED, "may_keep": may_keep,
        "own": own_counter(request.actor, here.election.congress),
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors else 200
    response = page(request, "congresses/scan.html", context, partial="progress", status=status)
    if request.headers.get("HX-Request") and waiting is None:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def step(request: Request, scan: int, step: str) -> HttpResponse:
    """Read on at once where nobody took the work up or it was cut off; or count without the scanner."""
    here = scan_for(request.actor, scan)
    if step == "read":
        waiting = waiting_of(here)
        if waiting is not None and waiting.may_run_now:
            work.call(here.pk, request.actor.user.pk)
        return redirect("congresses:scan", here.polling_id)
    if step != "aside":
        raise Http404
    form = f.PlainForm(request.POST)
    if submit(form, scanning.set_scans_aside, here, actor=request.actor) is None:
        say_refusal(request, form)
        return redirect("congresses:scan", here.polling_id)
    messages.success(request, _("Đã bỏ lượt quét; hãy quét lại, hoặc đếm tay hai lượt."))
    return redirect("congresses:polling", here.polling_id)


def look(request: Request, scan: int, counter: int) -> HttpResponse:
    """One picture before one person: no opinion of the machine, none of the other."""
    here = scan_to_look_at(request.actor, scan)
    who, (seat, proof) = counter_for(here, counter), seated(request, here.polling.election.congress)
    if seat is None or seat.pk != who.pk:
        request.actor.require(Can.KEEP_CONGRESSES, here.unit)
        return redirect(f"{reverse('congresses:sit', args=[here.polling_id, who.pk])}?to=look")
    form = f.LookForm(request.POST or None, auto_id="look_%s")
    made = submit(form, scanning.answer_scan, here, actor=request.actor, counter=who, code_hash=proof)
    if made is not None:
        return redirect("congresses:look", here.pk, who.pk)
    facts = ScanFacts(here)
    there = look_of(facts, who, again_in(here, facts)) if here.state == ScanState.READ else None
    if form.is_bound and (there is None or there.item != form.data.get("item")):
        say_refusal(request, form)  # another settled it meanwhile: what stands there now is another picture
        return redirect("congresses:look", here.pk, who.pk)
    if there is None:
        stand_up(request)
        messages.success(request, _("Đồng chí đã xem hết các mục chờ mình."))
        return redirect("congresses:scan", here.polling_id)
    if not form.is_bound:
        form = f.LookForm(initial={"item": there.item}, auto_id="look_%s")
    context = {
        "unit": here.unit, "scan": here, "polling": here.polling, "counter": who, "look": there, "form": form,
        "names": facts.tally.style.names, "strike": facts.tally.style.surplus > 0,
        "has_picture": picture_of(here, there.item) is not None, "by_own": not proof,
    }  # fmt: skip
    return page(request, "congresses/look.html", context, status=422 if form.is_bound else 200)


def picture(request: Request, scan: int, item: str) -> HttpResponse:
    """The enlarged picture, while the count is open; afterwards it is sealed."""
    here = scan_to_look_at(request.actor, scan)
    shown = here.state == ScanState.READ and _may_see(request, here, item)
    file = picture_of(here, item) if shown else None
    if file is None:
        raise Http404
    response = HttpResponse(file.read_bytes(), content_type="image/png")
    response["Cache-Control"], response["X-Content-Type-Options"] = "no-store", "nosniff"
    return response


def _may_see(request: Request, scan: Any, item: str) -> bool:
    """Who keeps the congress sees every picture of an open count; who counts for it those that wait for them."""
    own = own_counter(request.actor, scan.polling.election.congress)
    return request.actor.may(Can.KEEP_CONGRESSES, scan.unit) or (own is not None and is_for(scan, own, item))
