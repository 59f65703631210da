"""Every check over a unit on a day; and who is shown what of it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming, registry
from chibo.core.values import Period
from chibo.units.models import Unit
from chibo.units.selectors import names_of, scope_of


@dataclass(frozen=True)
class Warned:
    """One shortcoming as it is shown: which check found it, in which unit."""

    check: Check
    found: Shortcoming
    unit_name: str


@dataclass(frozen=True)
class Count:
    """What the level above sees after the grace period: how many, of which check, in which unit; no name, no rank."""

    check: Check
    unit_id: int
    unit_name: str
    number: int


def warnings_on(unit: Unit, day: date) -> list[Warned]:
    """Every shortcoming below the unit on the day, in the year of that day so far; for commands and reports."""
    scope = scope_of(unit, Period.of_year(day.year).until(day), day)
    return _run(scope)


def to_mend(actor: Actor, unit: Unit, day: date) -> list[Warned]:
    """The shortcomings this actor can mend: shown at once, with names."""
    found = warnings_on(unit, day)
    places = _places(found)
    return [w for w in found if actor.may(Can(w.check.can), places[w.found.unit_id])]


def counted_above(actor: Actor, unit: Unit, day: date) -> list[Count]:
    """What others did not mend within the grace period: counts only, in the order of the units."""
    if not actor.may(Can.SEE_WARNINGS, unit):
        return []
    late = [w for w in warnings_on(unit, day) if w.found.since + timedelta(days=w.check.grace_days) <= day]
    places = _places(late)
    numbers = Counter(
        (w.check.code, w.found.unit_id) for w in late if not actor.may(Can(w.check.can), places[w.found.unit_id])
    )
    names = names_of(list(places))
    return [
        Count(registry.named("checks", code), unit_id, names[unit_id], number)
        for unit_id in names
        for (code, at), number in sorted(numbers.items())
        if at == unit_id
    ]


def _run(scope: Scope) -> list[Warned]:
    names = names_of(scope.units)
    order = {pk: place for place, pk in enumerate(names)}
    found = [Warned(check, one, names[one.unit_id]) for check in registry.each("checks") for one in check.run(scope)]
    return sorted(found, key=lambda w: (order[w.found.unit_id], w.check.code, w.found.since))


def _places(found: list[Warned]) -> dict[int, Unit]:
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in={w.found.unit_id for w in found})}
