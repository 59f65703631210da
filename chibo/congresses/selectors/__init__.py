"""How congresses are read: who sees which, the base of the day, lists, counts, times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.models import Record
from chibo.access.selectors import in_force
from chibo.congresses.models import (  # fmt: skip
    BallotEntry,
    Candidate,
    Complaint,
    Congress,
    CongressRound,
    Counter,
    Deviation,
    Elected,
    Election,
    Polling,
    PollingName,
    Preparation,
    StrikeBatch,
)
from chibo.congresses.rules import CongressState, ElectionState, Occasion, Office, Withdrawal
from chibo.congresses.rules import deadlines as dl
from chibo.congresses.rules.counting import Ballot, Count, Readings, Ruling, ruling_on, tally
from chibo.congresses.rules.listing import Limits
from chibo.congresses.rules.preparing import Slot
from chibo.congresses.rules.voting import Base, Person, base_of, may_vote, outcome_of
from chibo.core.calendar import days_off
from chibo.core.registry import Scope
from chibo.members.models import Member, Membership
from chibo.members.rules import CELL_POSTS
from chibo.members.selectors import memberships_on, posts_on
from chibo.papers.models import Paper
from chibo.papers.rules import PaperKind
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_under, setting_on, settings_on

R = TypeVar("R", bound=Record)

# ------------------------------------------------------------------------------------- who sees what


def _one(rows: QuerySet[R], pk: int) -> R:
    """The record, if it is among those the actor may see; otherwise it does not exist for them (404)."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def round_for(actor: Actor, pk: int) -> CongressRound:
    """The round, for those who see the ward."""
    return _one(CongressRound.objects.visible_to(actor).select_related("unit", "plan"), pk)


def congress_for(actor: Actor, pk: int) -> Congress:
    rows = Congress.objects.visible_to(actor).select_related(
        "unit", "round__unit", "meeting__chair", "meeting__recorder", "in_charge", "resolution_vote"
    )
    return _one(rows, pk)


def election_for(actor: Actor, pk: int) -> Election:
    rows = Election.objects.visible_to(actor).select_related(
        "unit", "congress__meeting", "congress__round", "list_vote"
    )
    return _one(rows, pk)


def polling_for(actor: Actor, pk: int) -> Polling:
    rows = Polling.objects.visible_to(actor).select_related("unit", "election__congress__meeting")
    return _one(rows, pk)


def candidate_for(actor: Actor, pk: int) -> Candidate:
    return _one(
        Candidate.objects.visible_to(actor).select_related("unit", "member", "election__congress__meeting"), pk
    )


def preparation_for(actor: Actor, pk: int) -> Preparation:
    return _one(Preparation.objects.visible_to(actor).select_related("unit", "congress"), pk)


def entry_for(actor: Actor, pk: int) -> BallotEntry:
    return _one(BallotEntry.objects.visible_to(actor).select_related("unit", "polling__election__congress"), pk)


def counter_for(actor: Actor, pk: int) -> Counter:
    rows = Counter.objects.visible_to(actor).select_related("unit", "member", "congress__meeting", "congress__unit")
    return _one(rows, pk)


def batch_for(actor: Actor, pk: int) -> StrikeBatch:
    return _one(StrikeBatch.objects.visible_to(actor).select_related("unit", "polling__election__congress"), pk)


def complaint_for(actor: Actor, pk: int) -> Complaint:
    return _one(
        Complaint.objects.visible_to(actor).select_related("unit", "congress__meeting", "congress__round__unit"), pk
    )


def rounds_in(scope: Scope) -> QuerySet[CongressRound]:
    """The rounds that touch the period, latest first."""
    rows = CongressRound.objects.filter(
        unit_id__in=scope.units, first_on__lte=scope.period.last, last_on__gte=scope.period.first
    )
    return rows.select_related("unit").order_by("-last_on", "-pk")


def congresses_in(scope: Scope) -> QuerySet[Congress]:
    """The congresses of these units held, or to be held, in the period."""
    rows = Congress.objects.filter(
        unit_id__in=scope.units, meeting__held_on__range=(scope.period.first, scope.period.last)
    )
    return rows.select_related("unit", "meeting", "round").order_by("meeting__held_on", "unit__sort_key", "pk")


def deviations_in(round_: CongressRound) -> QuerySet[Deviation]:
    return Deviation.objects.filter(congress__round=round_).select_related("unit")


# ---------------------------------------------------------------------------------------------- settings


def limits_of(unit: Unit, day: date) -> Limits:
    names = {
        "percent": "surplus_percent", "small": "surplus_small", "support_percent": "support_percent",
        "least_for_committee": "committee_from", "committee_most": "committee_most",
    }  # fmt: skip
    found = settings_on([f"congresses.{code}" for code in names.values()], unit, day)
    return Limits(**{name: int(found[f"congresses.{code}"]) for name, code in names.items()})


def times_of(unit: Unit, day: date) -> dl.Limits:
    names = {
        "notice": "notice_days", "report": "report_days", "approval": "approval_days", "complaint": "complaint_days",
        "sealed_months": "sealed_months", "shift_months": "shift_months", "handover_days": "handover_days",
    }  # fmt: skip
    found = settings_on([f"congresses.{code}" for code in names.values()], unit, day)
    return dl.Limits(**{name: int(found[f"congresses.{code}"]) for name, code in names.items()})


def readings_of(unit: Unit, day: date) -> Readings:
    single, writing = (int(setting_on(f"congresses.{code}", unit, day)) for code in ("single_box", "writing_voids"))
    return Readings(bool(single), bool(writing))


def number_of(code: str, unit: Unit, day: date) -> int:
    return int(setting_on(f"congresses.{code}", unit, day))


def is_off(day: date) -> bool:
    """Whether nobody works on the day, by Vietnam's calendar."""
    off, worked = days_off(day.year)
    return day in off or (day.weekday() >= 5 and day not in worked)


# ------------------------------------------------------------------------------------------------ the day


def day_of(congress: Congress) -> date:
    return congress.meeting.held_on


def people_of(congress: Congress) -> QuerySet[Membership]:
    return memberships_on(day_of(congress), [congress.unit_id]).select_related("member")


def base_for(congress: Congress) -> Base:
    """The base as the roll stands now: two queries."""
    presence = dict(congress.meeting.attendances.values_list("member_id", "presence"))
    rows = people_of(congress).values_list("member_id", "standing", "condition")
    return base_of(Person(standing, condition, presence.get(pk, "")) for pk, standing, condition in rows)


def voters_of(congress: Congress) -> dict[int, Membership]:
    """The official members of the cell, by member, who vote and stand."""
    return {row.member_id: row for row in people_of(congress) if may_vote(row.standing, row.condition)}


def official_count(unit: Unit, day: date) -> int:
    return sum(may_vote(s, c) for s, c in memberships_on(day, [unit.pk]).values_list("standing", "condition"))


def electors_of(congress: Congress) -> QuerySet[Member]:
    """Whom a list, or the counting committee, may name."""
    return Member.objects.filter(pk__in=list(voters_of(congress))).order_by("sort_key", "pk")


def incumbents_of(congress: Congress) -> set[int]:
    """The convening committee: who held a post of the cell on the day before the congress."""
    return set(
        posts_on(day_of(congress) - dl.DAY, [congress.unit_id])
        .filter(post__in=CELL_POSTS)
        .values_list("member_id", flat=True)
    )


def has_committee(congress: Congress) -> bool:
    """Whether the cell elects a committee, by its official members on the day."""
    day = day_of(congress)
    return official_count(congress.unit, day) >= number_of("committee_from", congress.unit, day)


def is_by_election(congress: Congress) -> bool:
    return congress.round.occasion == Occasion.BY_ELECTION


def sitting_in(congress: Congress) -> set[int]:
    """Who sits in the committee as it stands before a by-election; nobody, before a congress."""
    return incumbents_of(congress) if is_by_election(congress) else set()


def is_done(congress: Congress, office: str) -> bool:
    return congress.elections.filter(office=office, state__in=(ElectionState.ELECTED, ElectionState.ENDED)).exists()


def earlier_done(congress: Congress, office: str) -> bool:
    """Whether what is elected before this office is over: the committee before the secretary, both before the deputy. Within
    a term the rest of them sit already."""
    if is_by_election(congress):
        return not congress.elections.exclude(state__in=(ElectionState.ELECTED, ElectionState.ENDED)).exists()
    both = [Office.COMMITTEE, Office.SECRETARY]
    before = {
        Office.SECRETARY: both[:1], Office.DEPUTY: both, Office.DELEGATES: both, Office.ALTERNATES: [*both, Office.DELEGATES],
    }.get(Office(office), [])  # fmt: skip
    needed = [one for one in before if one != Office.COMMITTEE or has_committee(congress)]
    return all(is_done(congress, one) for one in needed)


# ------------------------------------------------------------------------------------------------- lists


def standing_candidates(election: Election) -> QuerySet[Candidate]:
    """Who is on the list: everybody put forward whom the congress did not let go."""
    return election.candidates.exclude(withdrawal=Withdrawal.ALLOWED).select_related("member")


def elected_ids(election: Election) -> set[int]:
    return set(election.congress.elected.filter(office=election.office).values_list("member_id", flat=True))


def still_standing(election: Election) -> list[Candidate]:
    """The list without those who are elected already."""
    elected = elected_ids(election)
    return [one for one in standing_candidates(election) if one.member_id not in elected]


def last_polling(election: Election) -> Polling | None:
    return election.pollings.order_by("-number").first()


def tied_in(polling: Polling) -> list[Candidate]:
    """Who is voted on again after a tie: found anew from the certified votes."""
    votes = {name.candidate_id: name.votes or 0 for name in polling.names.all()}
    tied = outcome_of(votes, seats=polling.seats, base=base_kept(polling).total, kind=polling.kind).tied
    return list(Candidate.objects.filter(pk__in=tied).select_related("member").order_by("member__sort_key", "pk"))


def base_kept(polling: Polling) -> Base:
    """The base as it was certified; until then as the roll stands."""
    return Base(**polling.base) if polling.base else base_for(polling.election.congress)


# ------------------------------------------------------------------------------------------------ counts


def names_on(polling: Polling) -> list[PollingName]:
    return list(polling.names.select_related("candidate__member"))


def ballots_in(polling: Polling, hand: int) -> dict[int, Ballot]:
    """What one count entered, by the papers' numbers."""
    rows = polling.entries.filter(hand=hand).values_list("number", "marks", "flaw")
    return {number: Ballot(marks, flaw) for number, marks, flaw in rows}


def rulings_of(polling: Polling, ballots: Iterable[Ballot]) -> list[Ruling]:
    day = day_of(polling.election.congress)
    readings = readings_of(polling.unit, day)
    return [ruling_on(ballot, seats=polling.seats, on=day, readings=readings) for ballot in ballots]


def count_of(polling: Polling, hand: int, names: int) -> Count:
    return tally(rulings_of(polling, ballots_in(polling, hand).values()), names)


def has_open_complaint(congress: Congress) -> bool:
    return congress.complaints.filter(settled_on__isnull=True).exists()


# ---------------------------------------------------------------------------------------------- calendar


def due_in(round_: CongressRound) -> QuerySet[Unit]:
    """The cells that a round is due in: all of the ward's; of a round of by-elections those that were put into it."""
    rows = cells_of(round_)
    if round_.occasion == Occasion.BY_ELECTION:
        rows = rows.filter(pk__in=round_.congresses.values("unit_id"))
    return rows


def cells_of(round_: CongressRound) -> QuerySet[Unit]:
    """The cells that stand below the ward when the round ends: whose congresses are due."""
    rows = Unit.objects.filter(
        in_force(round_.last_on), pk__in=ids_under(round_.unit, round_.last_on), level=Level.CELL
    )
    return rows.order_by("sort_key")


def slot_of(congress: Congress) -> Slot:
    meeting = congress.meeting
    followers = frozenset({congress.in_charge_id} if congress.in_charge_id else ())
    who = congress.in_charge.full_name if congress.in_charge else ""
    return Slot(congress.unit.name, meeting.held_on, meeting.starts_at, meeting.ends_at, followers, who)


def other_slots(round_: CongressRound, day: date, *, but: int | None = None) -> list[Slot]:
    """What else of the ward is held on the day, in whatever round."""
    rows = Congress.objects.filter(round__unit=round_.unit, meeting__held_on=day).exclude(pk=but or 0)
    return [slot_of(one) for one in rows.select_related("unit", "meeting", "in_charge")]


def elected_in(congress: Congress) -> QuerySet[Elected]:
    return congress.elected.select_related("member").order_by("office", "-votes", "pk")


def planned_in(round_: CongressRound) -> QuerySet[Congress]:
    """The congresses that stand; where one was not approved, its cell is called again."""
    return round_.congresses.exclude(state=CongressState.REJECTED)


def pilot_of(round_: CongressRound) -> Congress | None:
    return round_.congresses.filter(is_pilot=True).select_related("meeting").order_by("meeting__held_on").first()


def plans_of(ward: Unit) -> QuerySet[Paper]:
    """The ward's own plans, the latest first: which of them a round rests on."""
    return Paper.objects.filter(unit=ward, kind=PaperKind.PLAN.label).order_by("-issued_on", "-pk")


def people_in_charge(unit: Unit, day: date) -> QuerySet[Member]:
    """Who may be put in charge of a cell: whoever holds a post of the ward's committee on the day."""
    held = posts_on(day, [unit.pk]).order_by().values("member_id")
    return Member.objects.filter(pk__in=held).order_by("sort_key", "pk")


def due_dates(congress: Congress) -> dict[str, Any]:
    """The times that follow closing, as far as they are known."""
    if congress.closed_on is None:
        return {}
    limits = times_of(congress.unit, congress.closed_on)
    found: dict[str, Any] = {
        "report": dl.report_due(congress.closed_on, limits, is_off),
        "complaint": dl.complaint_until(congress.closed_on, limits, is_off),
        "sealed": dl.sealed_until(congress.closed_on, limits),
        "handover": dl.handover_due(congress.closed_on, limits),
    }
    if congress.reported_on:
        found["approval"] = dl.approval_due(congress.reported_on, limits, is_off)
    return found
