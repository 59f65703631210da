"""What waits for one member of the counting committee, logged in as themselves (ADR 0155)."""

from __future__ import annotations

from dataclasses import dataclass

from chibo.congresses.models import Congress, Counter, Polling, ScanCount
from chibo.congresses.rules import PollingState
from chibo.congresses.rules.scanning import ScanState
from chibo.congresses.selectors.backwards import is_backwards
from chibo.congresses.selectors.looking import again_in, items_for
from chibo.congresses.selectors.scanning import ScanFacts, scan_of
from chibo.congresses.selectors.seating import UNDER_WAY, counts_by_hand, free_for


@dataclass(frozen=True, slots=True)
class Duty:
    """One count that is under way: which of the two this person makes or may make, and the pictures that wait for them."""

    polling: Polling
    is_issued: bool
    """Ballots are out, and not back yet."""
    hands: list[int]
    """Which of the two counts is theirs, or may still be."""
    by_batch: bool
    scan: ScanCount | None
    pictures: int
    done: int
    """Papers that they entered, or counted in batches."""


def duty_page(congress: Congress, counter: Counter) -> list[Duty]:
    rows = Polling.objects.filter(election__congress=congress, state__in=UNDER_WAY)
    rows = rows.select_related("unit", "election__congress__meeting", "election__congress__round")
    return [_duty(polling, counter) for polling in rows.order_by("pk")]


def _duty(polling: Polling, counter: Counter) -> Duty:
    scan, counting = scan_of(polling), polling.state == PollingState.COUNTING
    hands = [hand for hand in ((2,) if scan else (1, 2)) if counting and counter in free_for(polling, hand)]
    begun = [*polling.entries.filter(counter=counter).values_list("hand", flat=True).distinct()]
    begun += [2] if polling.batches.filter(counter=counter).exists() else []
    facts = (
        ScanFacts(scan) if scan and scan.state == ScanState.READ and not counts_by_hand(polling, counter) else None
    )
    done = polling.entries.filter(counter=counter).count()
    done += sum(one.last - one.first + 1 for one in polling.batches.filter(counter=counter))
    return Duty(
        polling, not counting, sorted(set(begun)) or hands, is_backwards(polling), scan,
        len(items_for(facts, counter, again_in(facts.scan, facts))) if facts else 0, done,
    )  # fmt: skip
