"""The count backwards laid beside the first: by candidate, batch by batch where the first is one of papers (ADR 0114)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from chibo.ballots.counting import Pattern
from chibo.congresses.models import Counter, Polling, StrikeBatch
from chibo.congresses.rules.backwards import USUAL, Apart, Batch, batches_apart, counted_backwards, same_papers
from chibo.congresses.rules.counting import Count
from chibo.congresses.selectors import ballots_in, count_of, rulings_of
from chibo.congresses.selectors.heaps import heaps_of
from chibo.congresses.selectors.scanning import ScanFacts, hand_of, scan_of


def batches_of(polling: Polling) -> list[Batch]:
    rows = polling.batches.values_list("first", "last", "invalid", "struck")
    return [Batch(first, last, invalid, tuple(struck)) for first, last, invalid, struck in rows]


def is_backwards(polling: Polling) -> bool:
    """Whether the second count is made of batches."""
    return polling.batches.exists()


@dataclass(frozen=True, slots=True)
class Unlike:
    """A figure on which scanner and strikes do not agree, among the papers ``papers[0]`` to ``papers[1]``. ``pictures``: those
    of the same heap on which the scanner may have missed a strike, or seen one too many; for invalid papers those it holds
    invalid."""

    papers: tuple[int, int]
    name: int | None
    first: int
    second: int
    pictures: tuple[str, ...]


def unlike_scan(facts: ScanFacts, batches: Sequence[Batch], names: int) -> list[Unlike]:
    """Batch by batch, where the heaps that were scanned end where batches end; the scanner's papers have no numbers, so
    within it the pictures are named that may be meant (ADR 0125)."""
    heaps = heaps_of(facts)
    found: list[Unlike] = []
    for mine, theirs in same_papers(batches, [len(heap) for heap in heaps]):
        pictures = [picture for at in theirs for picture in heaps[at]]
        found += _unlike(mine, {picture: facts.patterns[picture] for picture in pictures}, names)
    return found


def _unlike(batches: Sequence[Batch], patterns: Mapping[str, Pattern], names: int) -> Iterator[Unlike]:
    count = counted_backwards(batches, names)
    papers = (batches[0].first, batches[-1].last) if batches else (0, 0)
    bad = tuple(sorted(picture for picture, pattern in patterns.items() if pattern is None))
    if len(bad) != count.invalid:
        yield Unlike(papers, None, len(bad), count.invalid, bad)
    for name, votes in enumerate(count.votes):
        mine = sum(pattern[name] for pattern in patterns.values() if pattern)
        if mine != votes:
            meant = [one for one, pattern in patterns.items() if pattern and pattern[name] == (mine > votes)]
            yield Unlike(papers, name, mine, votes, tuple(sorted(meant)))


@dataclass(frozen=True, slots=True)
class BatchLine:
    pk: int
    batch: Batch
    counter: str
    member: int


@dataclass(frozen=True, slots=True)
class Backwards:
    """What the page of a count shows of the batches. ``apart`` and ``unlike`` stay empty until both counts are whole."""

    lines: list[BatchLine]
    count: Count
    next_first: int
    next_last: int
    apart: list[Apart]
    unlike: list[Unlike]


def backwards_of(
    polling: Polling, names: int, facts: ScanFacts | None, *, whole: bool, seen_by: Counter | None = None
) -> Backwards:
    batches, collected = batches_of(polling), polling.collected or 0
    taken = {number for one in batches for number in range(one.first, one.last + 1)}
    first = next((number for number in range(1, collected + 1) if number not in taken), 0)
    later = min((one.first - 1 for one in batches if one.first > first), default=collected)
    return Backwards(
        _lines(polling, batches, seen_by),
        counted_backwards(batches, names),
        first,
        last_of_next(first, later, facts) if first else 0,
        apart_from(polling, batches) if whole and facts is None else [],
        unlike_scan(facts, batches, names) if whole and facts is not None else [],
    )


def last_of_next(first: int, later: int, facts: ScanFacts | None) -> int:
    """Where the next batch ends: where a heap of the scanner ends, so that a difference is located in it."""
    ends = [end for end in accumulate(map(len, heaps_of(facts))) if first <= end <= later] if facts else []
    return min([*ends, later] if ends else [first + USUAL - 1, later])


def _lines(polling: Polling, batches: list[Batch], seen_by: Counter | None) -> list[BatchLine]:
    rows: list[StrikeBatch] = list(polling.batches.select_related("counter__member"))
    return [
        BatchLine(row.pk, batch, str(row.counter), row.counter.member_id)
        for row, batch in zip(rows, batches, strict=True)
        if seen_by is None or row.counter_id == seen_by.pk
    ]


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
        return len(unlike_scan(ScanFacts(scan), batches, names))
    return len(apart_from(polling, batches))
