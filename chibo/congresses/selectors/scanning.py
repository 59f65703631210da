"""Ballots printed here and read by the scanner: the form of a round, the state of a scan, what people must look at, and
where the scanner and the hand differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404

from chibo import ballots
from chibo.access.actor import Actor
from chibo.ballots.chain import entries_in
from chibo.ballots.counting import Doubt, Pattern, locate_among
from chibo.ballots.rules import Policy
from chibo.ballots.style import MOST_NAMES, Form, Paper, Style
from chibo.ballots.tallying import Question, Tally
from chibo.congresses.models import BallotForm, Candidate, Counter, Election, Polling, ScanCount
from chibo.congresses.rules import ElectionState, Office, PollingState, RoundKind
from chibo.congresses.rules.scanning import Said, ScanState
from chibo.congresses.selectors import (
    ballots_in,
    day_of,
    elected_ids,
    last_polling,
    names_on,
    readings_of,
    rulings_of,
    still_standing,
    tied_in,
)
from chibo.core import progress
from chibo.papers.selectors.letterhead import heads_of

WORKER = str(Path(str(ballots.__file__)).with_name("worker.py"))
"""The script that opens scans; its libraries are loaded only there."""

NEXT = {
    ElectionState.LISTED: RoundKind.FIRST,
    ElectionState.VOID: RoundKind.VOID,
    ElectionState.RUNOFF_TIE: RoundKind.TIE,
    ElectionState.RUNOFF_SHORT: RoundKind.SHORT,
}
"""Which round follows from each state. After seats stayed open the list is adopted anew or used as it stands."""


@dataclass(frozen=True, slots=True)
class NextRound:
    """The round of voting that comes now: who is on its ballots, for how many seats."""

    kind: RoundKind
    number: int
    names: list[Candidate]
    seats: int


def next_round(election: Election) -> NextRound | None:
    """All of the list, those still open, or those who were equal; None where nothing is to be voted on."""
    last, kind = last_polling(election), NEXT.get(ElectionState(election.state))
    if kind is None:
        return None
    if last is not None and kind == RoundKind.FIRST:
        kind = RoundKind.SHORT
    if last is not None and kind == RoundKind.VOID and last.kind == RoundKind.TIE:
        kind = RoundKind.TIE
    open_seats, number = election.seats - len(elected_ids(election)), (last.number if last else 0) + 1
    if last is not None and last.state == PollingState.VOID:
        return NextRound(kind, number, [name.candidate for name in names_on(last)], last.seats)
    if kind == RoundKind.TIE and last is not None:
        return NextRound(kind, number, tied_in(last), open_seats)
    return NextRound(kind, number, still_standing(election), open_seats)


# ------------------------------------------------------------------------------------------------ the form

OFFICES = {
    Office.COMMITTEE: "Ban Chi ủy", Office.SECRETARY: "Bí thư", Office.DEPUTY: "Phó Bí thư",
    Office.DELEGATES: "Đại biểu dự đại hội cấp trên", Office.ALTERNATES: "Đại biểu dự khuyết",
}  # fmt: skip


def printed_names(candidates: list[Candidate]) -> list[str]:
    """The names as they stand on the paper; two who are called alike are told apart by their birthdays."""
    names = [one.member.full_name for one in candidates]
    return [
        f"{name} ({one.member.birth_date:%d/%m/%Y})" if names.count(name) > 1 and one.member.birth_date else name
        for name, one in zip(names, candidates, strict=True)
    ]


def style_of(election: Election, round_: NextRound) -> Style:
    """What the ballot of a round says (Đ15): the list with surplus is struck through, the one without is marked."""
    congress, day = election.congress, day_of(election.congress)
    superior, cell = heads_of(election.unit, day)
    form = Form.STRIKE if len(round_.names) > round_.seats else Form.AGREE
    return Style(
        election=f"{day:%Y}E{election.pk:05}",
        form=form,
        seats=round_.seats,
        names=tuple(printed_names(round_.names)),
        office=f"{OFFICES[Office(election.office)]} {cell}, nhiệm kỳ {congress.round.term}",
        superior=superior,
        issuer=cell,
        letter=chr(ord("A") + (round_.number - 1) % 26),
        paper=Paper.A5 if len(round_.names) <= MOST_NAMES[Paper.A5][form] else Paper.A4,
    )


def form_for(election: Election, number: int) -> BallotForm | None:
    """The ballot as it was printed for a round."""
    return election.forms.filter(number=number).first()


def is_form_of(form: BallotForm, election: Election, round_: NextRound) -> bool:
    """Whether what was printed is still the list: the same names in the same order, the same seats."""
    style = form.form["style"]
    return bool(style["names"] == list(style_of(election, round_).names) and style["seats"] == round_.seats)


def pdf_for(election: Election) -> bytes | None:
    """The sheets of the last printing, for the round that comes now or is being counted."""
    from chibo.ballots.command import blank_of
    from chibo.ballots.printing import pdf_of

    form = election.forms.order_by("-number").first()
    if form is None:
        return None
    return pdf_of(blank_of(form.form).style, form.form["printings"][-1]["sheets"])


# ------------------------------------------------------------------------------------------------ the scan


def folder_of(scan: ScanCount) -> Path:
    """Where pictures, journal and queue of a scan lie: beside the database and never in a backup, so that what is
    destroyed is gone."""
    return Path(settings.DATA) / "ballots" / scan.folder


def scan_of(polling: Polling) -> ScanCount | None:
    """The scanner's count of a round, where one was begun and not put aside. It is the first of the two counts."""
    return polling.scan_counts.exclude(state=ScanState.ASIDE).first()


def hand_of(polling: Polling) -> int:
    """Which count by hand gives the certified figures: the second, where the scanner made the first."""
    return 1 if scan_of(polling) is None else 2


def scan_for(actor: Actor, pk: int) -> ScanCount:
    rows = ScanCount.objects.visible_to(actor).select_related("unit", "polling__election__congress__meeting")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def counter_for(scan: ScanCount, pk: int) -> Counter:
    found = scan.polling.election.congress.counters.filter(pk=pk).select_related("member").first()
    if found is None:
        raise Http404
    return found


def key_of(scan: ScanCount) -> str:
    """The name under which the reading tells its progress."""
    return f"scan-{scan.pk}"


def waiting_of(scan: ScanCount) -> progress.Waiting | None:
    """How the reading stands; None where none is under way."""
    return progress.waiting(key_of(scan), scan.asked_at) if scan.state == ScanState.READING else None


def policy_of(polling: Polling) -> Policy:
    readings = readings_of(polling.unit, day_of(polling.election.congress))
    return Policy(single_needs_one_box=readings.single_needs_one_box, writing_voids=readings.writing_voids)


class ScanFacts:
    """What the journal and the answers say together. ``patterns`` are the settled ballots by the ids of their pictures."""

    def __init__(self, scan: ScanCount) -> None:
        polling = scan.polling
        form = form_for(polling.election, polling.number)
        assert form is not None
        self.scan = scan
        self.tally = Tally(
            Style.of_json(form.form["style"]), day_of(polling.election.congress), policy_of(polling)
        ).take(entries_in(folder_of(scan) / "count" / "count.journal"))
        self.said: Mapping[str, list[Said]] = defaultdict(list)
        for one in scan.answers.select_related("counter__member"):
            self.said[one.item].append(Said(one.counter_id, one.says, one.is_final))
            self.tally.take([entry_of(one)])

    @cached_property
    def questions(self) -> list[Question]:
        return self.tally.questions()

    @cached_property
    def patterns(self) -> dict[str, Pattern]:
        return self.tally.patterns()

    @property
    def ballots(self) -> int:
        return len(self.patterns)

    @property
    def is_complete(self) -> bool:
        return self.scan.state in (ScanState.READ, ScanState.CLOSED) and not self.questions


def entry_of(answer: Any) -> dict[str, Any]:
    """An answer as a line of the journal."""
    return {
        "kind": "answer", "item": answer.item, "by": f"{answer.counter_id} {answer.counter.member.full_name}",
        "says": answer.says, **({"board": True} if answer.is_final else {}),
    }  # fmt: skip


# ---------------------------------------------------------------------------------- the scanner and the hand


@dataclass(frozen=True, slots=True)
class Apart:
    """Ballots on which the scanner and the hand do not agree: what each saw, the pictures and papers that may be meant."""

    scanned: str
    entered: str
    pictures: tuple[str, ...]
    papers: tuple[int, ...]


def apart_in(polling: Polling, facts: ScanFacts) -> list[Apart]:
    """The fewest ballots to take in hand again. The scanner's have no order and no number (ADR 0062), so equal ballots
    cancel out and what is left over is paired with what is most alike."""
    entered = ballots_in(polling, 2)
    rulings = rulings_of(polling, entered.values())
    hand = {number: r.votes if r.is_valid else None for number, r in zip(entered, rulings, strict=True)}
    return [_apart(doubt, hand) for doubt in locate_among(facts.patterns, hand.values())]


def _apart(doubt: Doubt, hand: Mapping[int, Pattern]) -> Apart:
    papers = tuple(number for number, there in sorted(hand.items()) if there == doubt.second)
    return Apart(_letters(doubt.first), _letters(doubt.second), doubt.ballots, papers)


def _letters(pattern: Pattern | str) -> str:
    """One letter a name, as the hand types them; empty for an invalid ballot, a dash where there is none."""
    if isinstance(pattern, str):
        return "–"
    return "".join("d" if chosen else "k" for chosen in pattern) if pattern else ""
