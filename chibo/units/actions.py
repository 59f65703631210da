"""How the tree changes: found, rename, move, merge, split and close units, each on a day, with history kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db.models import Q
from django.utils.timezone import localdate

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc, sort_key
from chibo.units.models import Lineage, Ordinance, Placement, Unit
from chibo.units.rules import (
    CellKind,
    Level,
    Succession,
    objections_to_changing,
    objections_to_closing,
    objections_to_deciding,
    objections_to_founding,
    objections_to_merging,
    objections_to_moving,
    objections_to_splitting,
)
from chibo.units.selectors import children_of, choices_of, default_of, standing_of

DAY = timedelta(days=1)


@action(Can.SHAPE_UNITS)
def found_unit(
    parent: Unit,
    *,
    actor: Actor,
    name: str,
    level: str,
    key: str,
    on: date,
    cell_kind: str = "",
    code: str = "",
) -> Unit:
    """Found a unit below this one on a day. ``key`` is its short code, by which commands name it."""
    refuse_if(objections_to_founding(level, cell_kind, code, parent=standing_of(parent, on), on=on))
    unit = Unit(
        name=nfc(name), level=Level(level), cell_kind=CellKind(cell_kind) if cell_kind else "", key=key,
        code=code.replace(".", ""), valid_from=on, sort_key=sort_key(name), path=f"new:{key}",
    )  # fmt: skip
    unit.full_clean(exclude=["path"])
    unit.save()
    _place(unit, parent, on)
    return unit


@action(Can.SHAPE_UNITS)
def rename_unit(unit: Unit, *, actor: Actor, name: str, on: date) -> Unit:
    """From that day on the unit is called so; what was written before keeps the old name."""
    refuse_if(objections_to_changing(standing_of(unit, on), on=on, today=localdate()))
    current = unit.placements.get(valid_to__isnull=True)
    unit.name, unit.sort_key = nfc(name), sort_key(name)
    unit.full_clean(exclude=["path"])
    unit.save()
    current.valid_to = on - DAY
    current.save()
    Placement.objects.create(unit=unit, parent=current.parent, name=unit.name, path=current.path, valid_from=on)
    return unit


@action(Can.SHAPE_UNITS)
def move_unit(unit: Unit, *, actor: Actor, parent: Unit, on: date) -> Unit:
    """From that day on the unit, and all below it, stands under another one."""
    actor.require(Can.SHAPE_UNITS, parent)
    refuse_if(objections_to_moving(standing_of(unit, on), parent=standing_of(parent, on), on=on, today=localdate()))
    _place(unit, parent, on)
    return unit


@action(Can.SHAPE_UNITS)
def merge_units(
    parent: Unit, *, actor: Actor, units: Sequence[Unit], name: str, key: str, on: date, code: str = ""
) -> Unit:
    """On that day the units become one new unit below ``parent``; what stood below them stands below it.

    The new unit's office reads the records of those it came from; posts held in them give no more powers.
    """
    for unit in units:
        actor.require(Can.SHAPE_UNITS, unit)
    refuse_if(objections_to_merging([standing_of(unit, on) for unit in units], on=on, today=localdate()))
    first = units[0]
    merged = found_unit(
        parent, actor=actor, name=name, level=first.level, key=key, on=on, cell_kind=first.cell_kind, code=code
    )
    for unit in units:
        for child in children_of(unit):
            _place(child, merged, on)
        Lineage.objects.create(predecessor=unit, successor=merged, kind=Succession.MERGED, on=on)
        _close(unit, on - DAY, kept_under=merged)
    return merged


@action(Can.SHAPE_UNITS)
def split_unit(unit: Unit, *, actor: Actor, names: Mapping[str, str], on: date) -> Unit:
    """On that day new units (``names``: key → name) part from this one, which goes on; records stay where they were made."""
    refuse_if(objections_to_splitting(standing_of(unit, on), parts=len(names), on=on, today=localdate()))
    parent = unit.placements.get(valid_to__isnull=True).parent
    assert parent is not None
    for key, name in names.items():
        part = found_unit(parent, actor=actor, name=name, level=unit.level, key=key, on=on, cell_kind=unit.cell_kind)
        Lineage.objects.create(predecessor=unit, successor=part, kind=Succession.SPLIT, on=on)
    return unit


@action(Can.SHAPE_UNITS)
def close_unit(unit: Unit, *, actor: Actor, last_day: date, successor: Unit | None = None) -> Unit:
    """The unit ends with that day. Its records stay; whoever leads the successor reads them."""
    next_day = last_day + DAY
    if successor is not None:
        actor.require(Can.SHAPE_UNITS, successor)
    refuse_if(
        objections_to_closing(
            standing_of(unit, last_day),
            last_day=last_day,
            today=localdate(),
            below=[child.name for child in children_of(unit)],
            successor=standing_of(successor, next_day) if successor else None,
        )
    )
    if successor is not None:
        Lineage.objects.create(predecessor=unit, successor=successor, kind=Succession.REPLACED, on=next_day)
    _close(unit, last_day, kept_under=successor)
    return unit


@action(Can.SET_RULES)
def decide_setting(
    unit: Unit, *, actor: Actor, code: str, value: int | str, effective_from: date, source: str
) -> Ordinance:
    """From that day the setting has this value here and below; what was judged before keeps the old one."""
    refuse_if(objections_to_deciding(default_of(code), value, source=nfc(source), allowed=choices_of(code)))
    ordinance, _ = Ordinance.objects.update_or_create(
        unit=unit, code=code, effective_from=effective_from, defaults={"value": value, "source": nfc(source)}
    )
    return ordinance


def _place(unit: Unit, parent: Unit, on: date) -> None:
    """Write the placement of the unit from that day on; what stands below follows."""
    if unit.placements.exists():
        old, new = unit.path, f"{parent.path}{unit.pk}/"
        _shift_placements(old, new, on)
        unit.placements.filter(valid_from__gte=on).update(parent=parent)
        _shift_units(old, new)
        unit.refresh_from_db()
        return
    unit.path = f"{parent.path}{unit.pk}/"
    _settle(unit)
    unit.save()
    Placement.objects.create(unit=unit, parent=parent, name=unit.name, path=unit.path, valid_from=on)


def _shift_placements(old: str, new: str, on: date) -> None:
    """From that day on every placement below the old path lies below the new one; before it, nothing changes."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
    for placed in Placement.objects.filter(lasting, path__startswith=old):
        path = new + placed.path.removeprefix(old)
        if placed.valid_from < on:
            Placement.objects.create(
                unit_id=placed.unit_id, parent_id=placed.parent_id, name=placed.name, path=path, valid_from=on,
                valid_to=placed.valid_to,
            )  # fmt: skip
            path, placed.valid_to = placed.path, on - DAY
        placed.path = path
        placed.save()


def _shift_units(old: str, new: str) -> None:
    """Today's paths below the old one, closed units' included, so that their records go on being read from above."""
    for unit in Unit.objects.filter(path__startswith=old).order_by("path"):
        unit.path = new + unit.path.removeprefix(old)
        _settle(unit)
        unit.save()


def _settle(unit: Unit) -> None:
    """The ward and the province that a unit stands in: the uppermost ones on its path."""
    ids = [int(pk) for pk in unit.path.split("/") if pk]
    above = Unit.objects.in_bulk(ids)
    by_level: dict[str, Unit] = {}
    for pk in ids:
        place = unit if pk == unit.pk else above[pk]
        by_level.setdefault(place.level, place)
    unit.ward, unit.province = by_level.get(Level.WARD), by_level.get(Level.PROVINCE)


def _close(unit: Unit, last_day: date, *, kept_under: Unit | None) -> None:
    """End the unit and its placement; keep its history below the successor, for those who lead that."""
    unit.placements.filter(valid_to__isnull=True).update(valid_to=last_day)
    unit.valid_to = last_day
    unit.save()
    if kept_under is not None:
        _shift_units(unit.path, f"{kept_under.path}{unit.pk}/")
        unit.refresh_from_db()
