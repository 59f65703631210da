"""The count backwards laid beside the first: by candidate, batch by batch where the first is one of papers (ADR 0114)."""

from __future__ import annotations

from dataclasses import dataclass

from chibo.congresses.models import Polling, StrikeBatch
from chibo.congresses.rules.backwards import USUAL, Apart, Batch, batches_apart, counted_backwards
from chibo.congresses.rules.counting import Count
from chibo.congresses.selectors import ballots_in, count_of, rulings_of
from chibo.congresses.selectors.scanning import ScanFacts, hand_of, scan_of


def batches_of(polling: Polling) -> list[Batch]:
    rows = polling.batches.values_list("first", "last", "invalid", "struck")
    return [Batch(first, last, invalid, tuple(struck)) for first, last, invalid, struck in rows]


def is_backwards(polling: Polling) -> bool:
    """Whether the second count is made of batches."""
    return polling.batches.exists()


@dataclass(frozen=True, slots=True)
class Unlike:
    """A figure on which scanner and strikes do not agree. ``pictures``: those on which the scanner may have missed a strike,
    or seen one too many; for invalid papers those it holds invalid."""

    name: int | None
    first: int
    second: int
    pictures: tuple[str, ...]


def unlike_scan(facts: ScanFacts, count: Count) -> list[Unlike]:
    """By candidate: the scanner's papers have no numbers, so nothing nearer can be said than which pictures may be meant."""
    patterns, found = facts.patterns, list[Unlike]()
    bad = tuple(sorted(picture for picture, pattern in patterns.items() if pattern is None))
    if len(bad) != count.invalid:
        found.append(Unlike(None, len(bad), count.invalid, bad))
    for name, votes in enumerate(count.votes):
        mine = sum(pattern[name] for pattern in patterns.values() if pattern)
        if mine != votes:
            meant = tuple(
                sorted(one for one, pattern in patterns.items() if pattern and pattern[name] == (mine > votes))
            )
            found.append(Unlike(name, mine, votes, meant))
    return found


@dataclass(frozen=True, slots=True)
class BatchLine:
    pk: int
    batch: Batch
    counter: str


@dataclass(frozen=True, slots=True)
class Backwards:
    """What the page of a count shows of the batches. ``apart`` and ``unlike`` stay empty until both counts are whole."""

    lines: list[BatchLine]
    count: Count
    next_first: int
    next_last: int
    apart: list[Apart]
    unlike: list[Unlike]


def backwards_of(polling: Polling, names: int, facts: ScanFacts | None, *, whole: bool) -> Backwards:
    batches, collected = batches_of(polling), polling.collected or 0
    taken = {number for one in batches for number in range(one.first, one.last + 1)}
    first = next((number for number in range(1, collected + 1) if number not in taken), 0)
    later = min((one.first - 1 for one in batches if one.first > first), default=collected)
    return Backwards(
        _lines(polling, batches),
        counted_backwards(batches, names),
        first,
        min(first + USUAL - 1, later) if first else 0,
        apart_from(polling, batches) if whole and facts is None else [],
        unlike_scan(facts, counted_backwards(batches, names)) if whole and facts is not None else [],
    )


def _lines(polling: Polling, batches: list[Batch]) -> list[BatchLine]:
    rows: list[StrikeBatch] = list(polling.batches.select_related("counter__member"))
    return [BatchLine(row.pk, batch, str(row.counter)) for row, batch in zip(rows, batches, strict=True)]


def apart_from(polling: Polling, batches: list[Batch]) -> list[Apart]:
    ballots = ballots_in(polling, 1)
    return batches_apart(dict(zip(ballots, rulings_of(polling, ballots.values()), strict=True)), batches)


def certified_count(polling: Polling, names: int) -> Count:
    """The count whose figures are announced: by hand and by paper where there is one, else backwards."""
    if is_backwards(polling) and scan_of(polling) is not None:
        return counted_backwards(batches_of(polling), names)
    return count_of(polling, 1 if is_backwards(polling) else hand_of(polling), names)


def differences_backwards(polling: Polling, names: int) -> int:
    """How many figures differ, whichever the first count is; certified is nothing before there are none."""
    scan, batches = scan_of(polling), batches_of(polling)
    if scan is not None:
        return len(unlike_scan(ScanFacts(scan), counted_backwards(batches, names)))
    return len(apart_from(polling, batches))
