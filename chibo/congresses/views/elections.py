"""The pages of an election: list, counting committee, ballots, the count by two hands, its minutes."""

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
from chibo.congresses.actions import backwards, scanning
from chibo.congresses.actions import conducting as conduct
from chibo.congresses.actions import counting as count
from chibo.congresses.actions.backwards import count_batch
from chibo.congresses.forms import counting as fc
from chibo.congresses.rules import ElectionState, PollingState
from chibo.congresses.rules.backwards import USUAL
from chibo.congresses.rules.scanning import spare_for
from chibo.congresses.selectors import (
    base_for,
    candidate_for,
    congress_for,
    day_of,
    election_for,
    number_of,
    polling_for,
)
from chibo.congresses.selectors.document import count_minutes
from chibo.congresses.selectors.kept import kept_minutes
from chibo.congresses.selectors.pages import count_page, election_page
from chibo.congresses.selectors.scanning import form_for, scan_of
from chibo.congresses.selectors.seating import (
    batch_to_strike,
    duty_after,
    entry_to_strike,
    free_for,
    own_counter,
    polling_to_count,
)
from chibo.congresses.views import paper_page
from chibo.congresses.views.seats import seated, stand_up
from chibo.core.http import page, refused, say_refusal, submit

if TYPE_CHECKING:
    from chibo.access.request import Request


def counters(request: Request, congress: int) -> HttpResponse:
    """The counting committee."""
    here = congress_for(request.actor, congress)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    form = f.CountersForm(
        request.POST or None, congress=here, initial={"in_favour": base_for(here).present}, record=here
    )
    if submit(form, conduct.elect_counters, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi ban kiểm phiếu."))
        return redirect("congresses:congress", here.pk)
    context = {
        "unit": here.unit, "form": form, "title": _("Bầu ban kiểm phiếu"), "back": "congresses:congress", "back_pk": here.pk,
        "of": here, "lead": _("Không chọn người có tên trong danh sách bầu cử."),
    }  # fmt: skip
    return page(request, "congresses/entry.html", context, status=422 if form.is_bound else 200)


def chair(request: Request, congress: int) -> HttpResponse:
    """Who chairs the congress and who keeps its minutes."""
    here = congress_for(request.actor, congress)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    initial = {
        "chair": here.meeting.chair_id, "recorder": here.meeting.recorder_id, "in_favour": base_for(here).present
    }  # fmt: skip
    form = f.ChairForm(request.POST or None, congress=here, initial=initial, record=here)
    if submit(form, conduct.elect_chair, here, actor=request.actor) is not None:
        messages.success(request, _("Đã ghi chủ tọa, thư ký."))
        return redirect("congresses:congress", here.pk)
    context = {
        "unit": here.unit, "form": form, "title": _("Bầu chủ tọa, thư ký"), "back": "congresses:congress",
        "back_pk": here.pk, "of": here, "lead": _("Đại hội biểu quyết giơ tay."),
    }  # fmt: skip
    return page(request, "congresses/entry.html", context, status=422 if form.is_bound else 200)


STEPS = {
    "put": (f.NomineeForm, conduct.put_forward),
    "list": (f.HandsForm, conduct.close_list),
    "print": (f.PrintForm, scanning.print_ballots),
    "issue": (f.IssueForm, count.issue_ballots),
    "end": (f.EndForm, count.end_election),
}


def election(request: Request, election: int) -> HttpResponse:
    """One election for the chair: the base with each subtraction named, the list, each round."""
    return _election_page(request, election_for(request.actor, election), {})


def _election_page(request: Request, here: Any, bound: dict[str, Any]) -> HttpResponse:
    facts = election_page(here)
    may_keep = request.actor.may(Can.KEEP_CONGRESSES, here.unit)
    forms: dict[str, Any] = {}
    if may_keep and facts.may_list:
        forms["put"] = f.NomineeForm(election=here, auto_id="put_%s")
        forms["list"] = f.HandsForm(initial={"in_favour": facts.base.base.present}, record=here, auto_id="list_%s")
    if may_keep and facts.may_issue:
        present = facts.base.base.present
        spare = spare_for(present, number_of("spare_ballots", here.unit, day_of(here.congress)))
        forms["print"] = f.PrintForm(initial={"voters": present, "spare": spare}, auto_id="print_%s")
        printed = facts.form.sheets if facts.form else present
        forms["issue"] = f.IssueForm(initial={"printed": printed, "issued": present}, auto_id="issue_%s")
    if may_keep and facts.may_end:
        forms["end"] = f.EndForm(auto_id="end_%s")
    context = {
        "unit": here.unit, "election": here, "congress": here.congress, "facts": facts, "forms": forms | bound,
        "may_keep": may_keep, "is_listing": may_keep and facts.may_list,
        "counting": next((one for one in facts.pollings if one.state in (PollingState.ISSUED, PollingState.COUNTING)), None),
        "needs_counters": not here.congress.counters.exists(), "done": here.state == ElectionState.ELECTED,
    }  # fmt: skip
    return page(request, "congresses/election.html", context, status=422 if bound else 200)


@require_POST
def step(request: Request, election: int, step: str) -> HttpResponse:
    """Put a name forward, close the list, hand out ballots, or end the election."""
    here = election_for(request.actor, election)
    if step not in STEPS:
        raise Http404
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    asked: tuple[Any, Any] = STEPS[step]
    kind, action = asked
    more: dict[str, Any] = {"election": here} if kind is f.NomineeForm else {}
    form = kind(request.POST, auto_id=f"{step}_%s", **more)
    made: Any = submit(form, action, here, actor=request.actor)
    if made is None:
        return _election_page(request, here, {step: form})
    if step == "issue":
        return redirect("congresses:polling", made.pk)
    if step == "print":
        messages.success(request, _("Đã lập phiếu; hãy tải tệp PDF và in đúng cỡ 100%."))
        return redirect("congresses:election", election)
    messages.success(request, _("Đã lưu."))
    return redirect("congresses:election", election)


@require_POST
def candidate(request: Request, candidate: int, step: str) -> HttpResponse:
    """How many support a name, whether it may be withdrawn, or that it was put there by mistake."""
    here = candidate_for(request.actor, candidate)
    steps: dict[str, tuple[Any, Any]] = {
        "support": (f.SupportForm, conduct.note_support),
        "withdrawal": (f.WithdrawalForm, conduct.settle_withdrawal),
        "strike": (f.PlainForm, conduct.strike_candidate),
    }
    if step not in steps:
        raise Http404
    kind, action = steps[step]
    form = kind(request.POST)
    back = reverse("congresses:election", args=[here.election_id])
    if submit(form, action, here, actor=request.actor) is None:
        return refused(request, form, here, back, unit=here.unit)
    return redirect(back)


# ----------------------------------------------------------------------------------------------- a count


def polling(request: Request, polling: int) -> HttpResponse:
    """The count of a round: papers back, then one line a paper, by two hands that do not see each other."""
    try:
        here = polling_to_count(request.actor, polling)
    except Http404:  # it was certified meanwhile: its committee goes on to what waits next
        return redirect("congresses:duty", duty_after(request.actor, polling).pk)
    return _count_page(request, here, _hand(request, here), None)


def _hand(request: Request, polling: Any) -> int:
    """The hand asked for; where the scanner makes the first count there is only the second."""
    asked = request.POST.get("hand") or request.GET.get("hand")
    return 2 if asked == "2" or (not asked and scan_of(polling)) else 1


def _count_page(request: Request, here: Any, hand: int, form: Any) -> HttpResponse:
    over = here.state in (PollingState.CERTIFIED, PollingState.VOID)
    own = None if over else own_counter(request.actor, here.election.congress)
    may_keep = request.actor.may(Can.KEEP_CONGRESSES, here.unit)
    if not over and own is None:
        request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    facts = count_page(here, hand, None if may_keep else own)
    seat, proof = (None, "") if over else seated(request, here.election.congress)
    by_batch = hand == 2 and (facts.batches is not None or (request.GET.get("way") == "batch" and not facts.entries))
    by_scan = facts.scan is not None and hand == 1
    counting = here.state == PollingState.COUNTING and not by_scan
    free = free_for(here, hand) if counting else []
    if form is None and seat is not None and seat in free and counting:
        form = _batch_form(here, facts) if by_batch else _ballot_form(facts)
    context = {
        "unit": here.unit, "polling": here, "election": here.election, "facts": facts, "form": form, "hand": hand,
        "can_scan": facts.scan is not None or (facts.next_number == 1 and form_for(here.election, here.number) is not None),
        "collect": f.CollectForm(initial={"collected": here.issued}) if may_keep and here.state == PollingState.ISSUED else None,
        "waiting": here.state == PollingState.ISSUED and not may_keep, "own": own, "by_own": own is not None and seat == own and not proof,
        "other_hand": seat is not None and counting and seat not in free,
        "thumb": fc.BY_THUMB[facts.with_surplus], **_apart_lines(facts), "over": over, "void": here.state == PollingState.VOID, "seat": seat, "by_batch": by_batch,
        "people": [one for one in free if one != seat] if may_keep and not (proof or facts.agreed or here.election.congress.own_log_ins) else [],
        "may_batch": hand == 2 and counting and not facts.entries and not by_batch,
        "own_only": here.election.congress.own_log_ins, "may_keep": may_keep,
    }  # fmt: skip
    bound = form is not None and form.is_bound
    return page(request, "congresses/polling.html", context, status=422 if bound else 200)


def _apart_lines(facts: Any) -> dict[str, Any]:
    """The batches with their names beside the figures; and each name with its strikes and its votes."""
    there, names = facts.batches, [line.name.candidate.member for line in facts.names]
    if there is None:
        return {}
    told = there.count

    def named(rows: Any) -> list[Any]:
        return [(one, "" if one.name is None else names[one.name]) for one in rows]

    return {
        "apart_lines": named(there.apart), "unlike_lines": named(there.unlike),
        "backwards": [(line, told.valid - votes, votes) for line, votes in zip(facts.names, told.votes, strict=True)],
    }  # fmt: skip


def _ballot_form(facts: Any) -> Any:
    if not facts.next_number:
        return None
    return fc.BallotForm(initial={"hand": facts.hand, "number": facts.next_number}, names=_names(facts))


def _names(facts: Any) -> list[str]:
    return [str(line.name.candidate.member) for line in facts.names]


def _batch_form(here: Any, facts: Any) -> Any:
    """The next batch; the first of all begins with the first paper."""
    names, there = _names(facts), facts.batches
    first, last = (there.next_first, there.next_last) if there else (1, min(USUAL, here.collected or 0))
    return fc.BatchForm(initial={"first": first, "last": last}, names=names) if first else None


@require_POST
def polling_step(request: Request, polling: int, step: str) -> HttpResponse:
    """Papers back, one paper entered, or the count certified."""
    here = polling_to_count(request.actor, polling)
    if step in ("enter", "batch"):
        request.actor.require(Can.COUNT_BALLOTS, here.unit)
        return _enter(request, here) if step == "enter" else _enter_batch(request, here)
    request.actor.require(Can.KEEP_CONGRESSES, here.unit)
    steps: dict[str, tuple[Any, Any]] = {
        "collect": (f.CollectForm, count.collect_ballots),
        "certify": (f.PlainForm, count.certify_count),
    }
    if step not in steps:
        raise Http404
    kind, action = steps[step]
    form = kind(request.POST)
    if submit(form, action, here, actor=request.actor) is None:
        return refused(request, form, here, reverse("congresses:polling", args=[polling]), unit=here.unit)
    if step == "certify":
        messages.success(request, _("Đã công bố kết quả kiểm phiếu."))
        return redirect("congresses:election", here.election_id)
    return redirect("congresses:polling", polling)


def _enter(request: Request, here: Any) -> HttpResponse:
    """One paper, by who sits at the machine; with the last one the seat is free."""
    hand = _hand(request, here)
    form = fc.BallotForm(request.POST, names=_names(count_page(here, hand)))
    counter, proof = seated(request, here.election.congress)
    if counter is None:
        return _nobody_sits(request, here)
    made = submit(form, count.enter_ballot, here, actor=request.actor, counter=counter, code_hash=proof)
    if made is None:
        return _count_page(request, here, hand, form)
    if here.entries.filter(hand=hand).count() == here.collected:
        stand_up(request)
    return redirect(f"{reverse('congresses:polling', args=[here.pk])}?hand={hand}")


def _enter_batch(request: Request, here: Any) -> HttpResponse:
    facts = count_page(here, 2)
    form = fc.BatchForm(request.POST, names=_names(facts))
    counter, proof = seated(request, here.election.congress)
    if counter is None:
        return _nobody_sits(request, here)
    if submit(form, count_batch, here, actor=request.actor, counter=counter, code_hash=proof) is None:
        return _count_page(request, here, 2, form)
    return redirect(f"{reverse('congresses:polling', args=[here.pk])}?hand=2")


def _nobody_sits(request: Request, here: Any) -> HttpResponse:
    messages.error(
        request,
        _(
            "Chưa ai ngồi vào máy, hoặc đã quá 15 phút không nhập: hãy ngồi vào bằng mã, hoặc đăng nhập bằng tài khoản của mình."
        ),
    )
    return redirect("congresses:polling", here.pk)


@require_POST
def strike_batch(request: Request, batch: int) -> HttpResponse:
    """Take back a batch that was counted wrongly."""
    here = batch_to_strike(request.actor, batch)
    form = f.PlainForm(request.POST)
    if submit(form, backwards.strike_batch, here, actor=request.actor) is None:
        say_refusal(request, form)
    return redirect(f"{reverse('congresses:polling', args=[here.polling_id])}?hand=2&way=batch")


@require_POST
def strike(request: Request, entry: int) -> HttpResponse:
    """Take back a paper that was mistyped."""
    here = entry_to_strike(request.actor, entry)
    form = f.PlainForm(request.POST)
    if submit(form, count.strike_entry, here, actor=request.actor) is None:
        say_refusal(request, form)
    return redirect(f"{reverse('congresses:polling', args=[here.polling_id])}?hand={here.hand}")


def minutes(request: Request, polling: int) -> HttpResponse:
    """The minutes of a count in the official layout."""
    here = polling_for(request.actor, polling)
    if here.state not in (PollingState.CERTIFIED, PollingState.VOID):
        raise Http404
    made = kept_minutes(here) or count_minutes(here)
    return paper_page(request, here, made, _("Biên bản kiểm phiếu"), "congresses:polling")
