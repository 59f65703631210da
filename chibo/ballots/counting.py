"""Two counts that know nothing of each other, and where they differ: by candidate, then ballot by ballot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chibo.ballots.rules import Ruling

Pattern = tuple[bool, ...] | None
"""The votes of one ballot by name; None for an invalid one."""


@dataclass(frozen=True, slots=True)
class Count:
    """What one way of counting gave."""

    votes: tuple[int, ...]
    valid: int
    invalid: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on which two counts do not agree; ``name`` is the row from 0, None for the number of ballots."""

    what: str
    name: int | None
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Ballots to take in hand: the first count saw ``first`` there, the second ``second``; "-" where one saw no ballot."""

    first: Pattern | str
    second: Pattern | str
    ballots: tuple[str, ...]
    """Every ballot of the first count (of the second, where the first has none) that may be meant."""


def pattern_of(ruling: Ruling) -> Pattern:
    return ruling.votes if ruling.is_valid else None


def tally(patterns: Iterable[Pattern], names: int) -> Count:
    """All ballots, in whatever order."""
    votes, valid, invalid = [0] * names, 0, 0
    for pattern in patterns:
        if pattern is None:
            invalid += 1
            continue
        if len(pattern) != names:
            raise ValueError("a ballot with another number of names")
        valid += 1
        for at, chosen in enumerate(pattern):
            votes[at] += chosen
    return Count(tuple(votes), valid, invalid)


def count_backwards(struck: Sequence[int], valid: int, invalid: int) -> Count:
    """The count by struck names: a candidate has every valid ballot on which the name was left standing."""
    if any(not 0 <= crossed <= valid for crossed in struck):
        raise ValueError("more names struck than there are valid ballots")
    return Count(tuple(valid - crossed for crossed in struck), valid, invalid)


def compare_counts(first: Count, second: Count) -> tuple[Difference, ...]:
    """Every figure on which they differ; nothing is certified before this is empty."""
    if len(first.votes) != len(second.votes):
        raise ValueError("counts of two different lists")
    found = [
        Difference(what, None, getattr(first, what), getattr(second, what))
        for what in ("valid", "invalid")
        if getattr(first, what) != getattr(second, what)
    ]
    pairs = enumerate(zip(first.votes, second.votes, strict=True))
    return (*found, *(Difference("votes", at, one, two) for at, (one, two) in pairs if one != two))


def locate(first: Mapping[str, Pattern], second: Mapping[str, Pattern]) -> tuple[Doubt, ...]:
    """Where both counts know each ballot by one mark (its pencilled number in the batch): exactly the ballots that differ."""
    return tuple(
        Doubt(first.get(key, "-"), second.get(key, "-"), (key,))
        for key in sorted({*first, *second})
        if first.get(key, "-") != second.get(key, "-")
    )


def locate_among(first: Mapping[str, Pattern], second: Iterable[Pattern]) -> tuple[Doubt, ...]:
    """Where the second count was entered in another order: the fewest ballots to take in hand.

    Equal ballots of both counts cancel out; what is left over is paired with what is most alike, so that a single
    mistyped row shows as one doubt with one row different.
    """
    left, right = Counter(first.values()), Counter(second)
    common = left & right
    ones, others = _listed(left - common), _listed(right - common)
    found = []
    while ones and others:
        one, other = min(
            ((a, b) for a in set(ones) for b in set(others)), key=lambda pair: (_apart(*pair), *map(_order, pair))
        )
        ones.remove(one)
        others.remove(other)
        found.append(Doubt(one, other, _with(first, one)))
    found += [Doubt(one, "-", _with(first, one)) for one in ones]
    found += [Doubt("-", other, ()) for other in others]
    return tuple(found)


def _listed(counted: Counter[Pattern]) -> list[Pattern]:
    return sorted(counted.elements(), key=_order)


def _order(pattern: Pattern) -> tuple[bool, tuple[bool, ...]]:
    return pattern is None, pattern or ()


def _apart(one: Pattern, other: Pattern) -> int:
    if one is None or other is None:
        return 0 if one is other else 1000
    return sum(a != b for a, b in zip(one, other, strict=True))


def _with(ballots: Mapping[str, Pattern], pattern: Pattern) -> tuple[str, ...]:
    return tuple(sorted(key for key, there in ballots.items() if there == pattern))
