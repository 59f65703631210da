"""What may be shown of answers so that nobody is found out: at least ``least`` answers a group, and no smaller rest.

A group under the minimum is not shown. Nor may it follow by subtraction: what is hidden of a whole that is shown is
either nothing, or at least ``least`` answers together (the remainder rule); else the smallest shown group is hidden too.
``docs/adr/0070`` has the attacks that this stops, and those that nothing stops.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def shown_groups(sizes: Mapping[K, int], least: int) -> frozenset[K]:
    """The groups of one whole that may be shown, given how many answered in each; none if the whole is too small.

    Groups of equal size are hidden by their place in ``sizes``, never by what they answered.
    """
    if sum(sizes.values()) < least:
        return frozenset()
    shown = [key for key in sizes if sizes[key] >= least]
    hidden = sum(size for size in sizes.values() if size < least)
    for key in sorted(shown, key=lambda key: sizes[key]):
        if not 0 < hidden < least:
            break
        shown.remove(key)
        hidden += sizes[key]
    return frozenset(shown)


@dataclass(frozen=True, slots=True)
class Count:
    """How many of one group (``None``: of all) gave one level."""

    group: object
    level: int
    number: int


def counted(answers: Iterable[tuple[object, int]], sizes: Mapping[object, int], least: int) -> list[Count]:
    """The table that may be shown of one question about one subject: (group, level) of every slip comes in, the counts of
    the whole and of the groups shown go out; nothing where the whole is under the minimum."""
    shown = shown_groups(sizes, least)
    if sum(sizes.values()) < least:
        return []
    table: Counter[tuple[object, int]] = Counter()
    for group, level in answers:
        table[None, level] += 1
        if group in shown:
            table[group, level] += 1
    return [Count(group, level, number) for (group, level), number in table.items()]
