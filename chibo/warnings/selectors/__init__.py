"""Every check over a unit on a day; and who is shown what of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from typing import NamedTuple

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.held import held
from chibo.core.registry import Check, Scope, Shortcoming, registry
from chibo.core.values import Period
from chibo.units.models import Unit
from chibo.units.selectors import scope_of, units_in


class Warned(NamedTuple):
    """One shortcoming as it is shown: which check found it, in which unit."""

    check: Check
    found: Shortcoming
    unit: Unit

    @property
    def unit_name(self) -> str:
        return self.unit.name

    def is_late(self, day: date) -> bool:
        """Whether the time is over in which those below may mend it unseen by the level above."""
        return self.found.since + timedelta(days=self.check.grace_days) <= day


@dataclass(frozen=True)
class Count:
    """What the level above sees after the grace period: how many in which unit; no name, no rank."""

    check: Check
    unit: Unit
    number: int

    @property
    def unit_name(self) -> str:
        return self.unit.name


@dataclass(frozen=True)
class Group:
    """What one check found: by name in ``mine``, by number in ``counts``."""

    check: Check
    mine: list[Warned]
    counts: list[Count]

    @property
    def counted(self) -> int:
        return sum(count.number for count in self.counts)

    @property
    def number(self) -> int:
        """All of it, whoever mends it."""
        return len(self.mine) + self.counted

    @property
    def since(self) -> date | None:
        """From when the oldest of what one can mend is open."""
        return min((one.found.since for one in self.mine), default=None)


def warnings_on(unit: Unit, day: date) -> list[Warned]:
    """Every shortcoming below the unit on the day, in the year of that day so far; for commands and reports."""
    return _run(scope_of(unit, Period.of_year(day.year).until(day), day))


def shown_to(actor: Actor, unit: Unit, day: date) -> list[Group]:
    """What this actor is shown of the shortcomings below the unit, by check: what they can mend goes first.

    By name, at once, what they can mend; of the rest, where they may see warnings, only how many there are in each
    unit after the grace period of the check.
    """
    by_check: dict[str, list[Warned]] = defaultdict(list)
    for one in warnings_on(unit, day):
        by_check[one.check.code].append(one)
    sees = actor.may(Can.SEE_WARNINGS, unit)
    groups = []
    for check in registry.each("checks"):
        mine, late = list[Warned](), Counter[Unit]()
        mends = {unit: actor.may(Can(check.can), unit) for unit in {w.unit for w in by_check[check.code]}}
        for one in by_check[check.code]:
            if mends[one.unit]:
                mine.append(one)
            elif sees and one.is_late(day):
                late[one.unit] += 1
        if mine or late:
            groups.append(Group(check, mine, [Count(check, unit, number) for unit, number in late.items()]))
    return sorted(groups, key=lambda group: not group.mine)


def _run(scope: Scope) -> list[Warned]:
    """By unit as people expect them, then by check, what is oldest first."""
    with held():
        units = units_in(scope)
        found: dict[int, list[Warned]] = {pk: [] for pk in units}
        for check in sorted(registry.each("checks"), key=attrgetter("code")):
            for one in sorted(check.run(scope), key=attrgetter("since")):
                found[one.unit_id].append(Warned(check, one, units[one.unit_id]))
    return [one for below in found.values() for one in below]
