"""What the pages of a congress, an election and a count show."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.congresses.models import (
    BallotForm,
    Candidate,
    Congress,
    Counter,
    Election,
    Polling,
    PollingName,
    ScanCount,
)
from chibo.congresses.rules import UPWARD, CongressState, ElectionState, Office, PollingState, rule_set_on
from chibo.congresses.rules.backwards import counted_backwards
from chibo.congresses.rules.counting import Ballot, Count, Difference, Mark, differences
from chibo.congresses.rules.dossier import WRITTEN, PieceKind, report_of
from chibo.congresses.rules.listing import max_surplus
from chibo.congresses.rules.voting import Base, is_elected_by
from chibo.congresses.selectors import (
    ballots_in,
    base_for,
    base_kept,
    count_of,
    day_of,
    due_dates,
    elected_ids,
    elected_in,
    has_committee,
    incumbents_of,
    limits_of,
    names_on,
    rulings_of,
    standing_candidates,
)
from chibo.congresses.selectors.backwards import (
    Backwards,
    backwards_of,
    batches_of,
    certified_count,
    is_backwards,
)
from chibo.congresses.selectors.drafts import drafted, drafted_review
from chibo.congresses.selectors.scanning import Apart, ScanFacts, apart_in, form_for, next_round, scan_of
from chibo.congresses.selectors.seating import counters_of, has_log_in
from chibo.core.tables import State
from chibo.core.values import Share

KINDS = {
    CongressState.PLANNED: "info", CongressState.OPEN: "due", CongressState.CLOSED: "due", CongressState.REPORTED: "due",
    CongressState.APPROVED: "ok", CongressState.REJECTED: "late",
}  # fmt: skip


def state_of(congress: Congress) -> State:
    return State(congress.get_state_display(), KINDS[CongressState(congress.state)])


@dataclass(frozen=True, slots=True)
class BaseSheet:
    """The base for the chair to read out: article, each subtraction, the votes needed."""

    base: Base
    article: str

    @property
    def lines(self) -> list[tuple[str, int]]:
        return [(_(words), count) for words, count in self.base.lines]


def base_sheet(congress: Congress, base: Base | None = None) -> BaseSheet:
    return BaseSheet(base or base_for(congress), rule_set_on(day_of(congress)).article("majority"))


@dataclass(frozen=True, slots=True)
class CongressPage:
    """A congress with all that belongs to it."""

    base: BaseSheet
    elections: list[Election]
    preparations: list[Any]
    deviations: list[Any]
    counters: list[Any]
    seats: list[tuple[Counter, bool]]
    """Who counts, and whether they have a log-in of their own for it."""
    elected: list[Any]
    complaints: list[Any]
    due: dict[str, date]
    official: int
    written: dict[str, str]
    """How many parts of each report are written, of how many."""
    numbers: dict[str, Any]
    """The papers that were issued, by kind."""
    with_review: bool
    quotas: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def ready(self) -> Share:
        return Share(sum(line.done_on is not None for line in self.preparations), len(self.preparations))


def page_of(congress: Congress, actor: Actor) -> CongressPage:
    ranks = (Office.SECRETARY, Office.DEPUTY, Office.COMMITTEE, *UPWARD)
    elected = sorted(elected_in(congress), key=lambda one: ranks.index(Office(one.office)))
    base, counters = base_sheet(congress), counters_of(congress)
    return CongressPage(
        base,
        list(congress.elections.order_by("pk")),
        list(congress.preparations.all()),
        list(congress.deviations.all()),
        counters,
        [(one, has_log_in(one)) for one in counters],
        elected,
        list(congress.complaints.prefetch_related("openings"))
        if actor.may(Can.LEAD_CONGRESSES, congress.unit)
        else [],
        due_dates(congress),
        base.base.convened,
        _written(congress),
        {one.kind: one.paper for one in congress.papers.select_related("paper")},
        has_committee(congress),
        _quotas(congress, [one for one in elected if one.has_seat]),
    )


def _written(congress: Congress) -> dict[str, str]:
    codes = list(congress.sections.exclude(text="").values_list("code", flat=True))
    return {
        kind.value: f"{sum(report_of(code) == kind for code in codes)}/{len(parts)}"
        for kind, parts in WRITTEN.items()
    }


def _quotas(congress: Congress, seated: list[Any]) -> list[tuple[str, int, int]]:
    """(structure, aimed at, elected) of the scheme."""
    return [
        (_("Nữ"), congress.women, sum(one.member.sex == "female" for one in seated)),
        (_("Trẻ"), congress.young, sum(one.age_band == "young" for one in seated)),
        (_("Tái cử"), congress.reelected, sum(one.is_reelected for one in seated)),
    ]


# --------------------------------------------------------------------------------------------- an election


@dataclass(frozen=True, slots=True)
class NomineeLine:
    candidate: Candidate
    is_incumbent: bool
    is_elected: bool


@dataclass(frozen=True, slots=True)
class ElectionPage:
    base: BaseSheet
    nominees: list[NomineeLine]
    pollings: list[Polling]
    most: int
    """The longest list."""
    standing: int
    open_seats: int
    may_list: bool
    may_issue: bool
    may_end: bool
    form: BallotForm | None
    """The ballots printed for the round that comes now."""


def election_page(election: Election) -> ElectionPage:
    congress, before, elected = election.congress, incumbents_of(election.congress), elected_ids(election)
    nominees = [
        NomineeLine(one, one.member_id in before, one.member_id in elected)
        for one in election.candidates.select_related("member", "nominated_by")
    ]
    limits = limits_of(election.unit, day_of(congress))
    is_open, round_ = congress.state == CongressState.OPEN, next_round(election)
    again = (ElectionState.LISTED, ElectionState.VOID, ElectionState.RUNOFF_TIE, ElectionState.RUNOFF_SHORT)
    return ElectionPage(
        base_sheet(congress),
        nominees,
        list(election.pollings.all()),
        election.seats + max_surplus(election.seats, limits),
        len(standing_candidates(election)),
        election.seats - len(elected),
        is_open and election.state in (ElectionState.DRAFT, ElectionState.RUNOFF_SHORT),
        is_open and election.state in again,
        is_open and election.state in (ElectionState.RUNOFF_SHORT, ElectionState.RUNOFF_TIE),
        form_for(election, round_.number) if round_ else None,
    )


# -------------------------------------------------------------------------------------------------- a count


@dataclass(frozen=True, slots=True)
class NameLine:
    """A name with its votes, against the base."""

    name: PollingName
    votes: int | None
    base: int

    @property
    def share(self) -> Share:
        return Share(self.votes or 0, self.base)

    @property
    def passed(self) -> bool:
        return is_elected_by(self.votes or 0, self.base)


@dataclass(frozen=True, slots=True)
class EntryLine:
    pk: int
    number: int
    marks: str
    valid: bool
    reason: str
    member: int
    """Who entered it."""


@dataclass(frozen=True, slots=True)
class CountPage:
    """One hand's entries only: the second count does not see the first before both are whole."""

    base: BaseSheet
    names: list[NameLine]
    hand: int
    entries: list[EntryLine]
    count: Count
    """What this hand has counted so far."""
    other: int
    """How many papers the other hand has counted."""
    next_number: int
    doubts: list[Difference]
    whole: bool
    certified: bool
    with_surplus: bool
    letters: list[tuple[str, str]]
    scan: ScanCount | None
    """The first count, where the scanner makes it."""
    apart: list[Apart]
    surplus: int
    """How many ballots the scanner has more than came back."""
    batches: Backwards | None
    """The second count, where it is made backwards."""
    agreed: list[tuple[str, int]]
    """Both counts are whole and alike: the votes of each name."""
    total: Count


def count_page(polling: Polling, hand: int, seen_by: Counter | None = None) -> CountPage:
    """``seen_by``: only what this member of the committee entered is shown of a count that is not whole."""
    names = names_on(polling)
    base = base_sheet(polling.election.congress, base_kept(polling))
    mine, first, second = (ballots_in(polling, one) for one in (hand, 1, 2))
    certified, scan = polling.state == PollingState.CERTIFIED, scan_of(polling)
    facts = ScanFacts(scan) if scan and not certified else None
    by_batch = is_backwards(polling)
    total = certified_count(polling, len(names))
    done = counted_backwards(batches_of(polling), len(names)).ballots if by_batch else len(second)
    whole = polling.collected is not None and done == polling.collected
    whole = whole and (facts.is_complete if facts else len(first) == polling.collected)
    free = (number for number in range(1, (polling.collected or 0) + 1) if number not in mine)
    with_surplus = len(names) > polling.seats
    letters = [(mark.value, _(mark.label)) for mark in Mark if not with_surplus or mark in (Mark.FOR, Mark.AGAINST)]
    batches = (
        backwards_of(polling, len(names), facts, whole=whole and not certified, seen_by=None if whole else seen_by)
        if by_batch
        else None
    )
    doubts = differences(first, second) if whole and not (certified or facts or by_batch) else []
    apart = apart_in(polling, facts) if facts and whole and not by_batch else []
    same = whole and not (doubts or apart or (batches and (batches.apart or batches.unlike)))
    return CountPage(
        base, [NameLine(name, name.votes, base.base.total) for name in names], hand, _entries(polling, hand, mine, None if whole else seen_by),
        batches.count if batches and hand == 2 else count_of(polling, hand, len(names)),
        done if hand == 1 else len(first), next(free, 0), doubts, whole, certified, with_surplus, letters, scan, apart,
        max(0, facts.ballots - (polling.collected or 0)) if facts and whole else 0, batches, [(str(name.candidate.member), n) for name, n in zip(names, total.votes, strict=True)] if same else [], total,
    )  # fmt: skip


def _entries(polling: Polling, hand: int, ballots: dict[int, Ballot], seen_by: Counter | None) -> list[EntryLine]:
    rows = polling.entries.filter(hand=hand).select_related("counter").order_by("-number")
    rows = rows if seen_by is None else rows.filter(counter=seen_by)
    rulings = rulings_of(polling, [ballots[row.number] for row in rows])
    return [
        EntryLine(
            row.pk, row.number, row.marks, ruling.is_valid,
            _(ruling.reason.text) % ruling.reason.params if ruling.reason else "", row.counter.member_id,
        )
        for row, ruling in zip(rows, rulings, strict=True)
    ]  # fmt: skip


# ---------------------------------------------------------------------------------------- political report


@dataclass(frozen=True, slots=True)
class SectionLine:
    code: str
    title: str
    text: str
    draft: str
    """What the records of the term say for this part."""


def sections_of(congress: Congress, kind: PieceKind) -> list[SectionLine]:
    """The parts of a report that people write."""
    written = dict(congress.sections.values_list("code", "text"))
    drafts = drafted_review(congress) if kind == PieceKind.REVIEW else drafted(congress)
    return [SectionLine(code, _(title), written.get(code, ""), drafts.get(code, "")) for code, title in WRITTEN[kind]]
