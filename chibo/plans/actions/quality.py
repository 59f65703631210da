"""What is weak in the plans is kept by night, so that the day need not read their texts again (ADR 0038)."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.held import held
from chibo.plans.models import CellQuality
from chibo.plans.selectors.quality import qualities_of
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import open_units


@action(Can.SET_RULES)
def keep_qualities(unit: Unit, *, actor: Actor, today: date) -> Unit:
    """Find anew what is weak in this year's plans of the cells below in which something changed; for every night."""
    for ward in open_units(Unit.objects.filter(level=Level.WARD, path__startswith=unit.path), today):
        cells = Unit.objects.filter(level=Level.CELL, path__startswith=ward.path).values_list("pk", flat=True)
        with held():
            found = qualities_of(list(cells), today.year)
        CellQuality.objects.bulk_create(
            found, update_conflicts=True, unique_fields=["unit", "year"], update_fields=["basis", "found"]
        )
    return unit
