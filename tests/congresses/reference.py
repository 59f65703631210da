"""A slow plain election, written from the text of the regulation alone, one ballot after another."""

from __future__ import annotations

from collections.abc import Sequence


def slow_count(ballots: Sequence[Sequence[str]], seats: int) -> tuple[list[int], int, int]:
    """Votes by name, valid, invalid: struck lists where there are more names than seats, marked lists otherwise."""
    votes, valid, invalid = [0] * len(ballots[0]) if ballots else [], 0, 0
    for ballot in ballots:
        left = [at for at, mark in enumerate(ballot) if mark == "d"]
        spoiled = False
        if len(ballot) > seats and (len(left) > seats or len(left) == 0):
            spoiled = True
        if len(ballot) == 1 and seats == 1 and ballot[0] in ("c", "t"):
            spoiled = True
        if spoiled:
            invalid += 1
            continue
        valid += 1
        for at in left:
            votes[at] += 1
    return votes, valid, invalid


def slow_winners(votes: dict[int, int], seats: int, base: int) -> tuple[set[int], set[int]]:
    """(elected, tied): seat after seat to whoever has the most among those over half; a seat that several equal people
    could take while not all of them fit goes to nobody, and they are voted on again."""
    rest = {who: n for who, n in votes.items() if n > base / 2}
    elected: set[int] = set()
    while rest and len(elected) < seats:
        top = max(rest.values())
        level = {who for who, n in rest.items() if n == top}
        if len(level) > seats - len(elected):
            return elected, level
        elected |= level
        for who in level:
            del rest[who]
    return elected, set()
