"""How the tree changes: found, rename, move, merge, split and close units, each on a day, with history kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

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
    objections_to_founding,
    objections_to_merging,
    objections_to_moving,
)
from chibo.units.selectors import standing_of


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
    refuse_if(objections_to_changing(standing_of(unit, on), on=on))
    current = unit.placements.get(valid_to__isnull=True)
    unit.name, unit.sort_key = nfc(name), sort_key(name)
    unit.full_clean(exclude=["path"])
    unit.save()
    current.valid_to = on - timedelta(days=1)
    current.save()
    Placement.objects.create(unit=unit, parent=current.parent, name=unit.name, path=current.path, valid_from=on)
    return unit


@action(Can.SHAPE_UNITS)
def move_unit(unit: Unit, *, actor: Actor, parent: Unit, on: date) -> Unit:
    """From that day on the unit, and all below it, stands under another one."""
    actor.require(Can.SHAPE_UNITS, parent)
    refuse_if(objections_to_moving(standing_of(unit, on), parent=standing_of(parent, on), on=on))
    _place(unit, parent, on)
    return unit


@action(Can.SHAPE_UNITS)
def merge_units(
    parent: Unit, *, actor: Actor, units: Sequence[Unit], name: str, key: str, on: date, code: str = ""
) -> Unit:
    """On that day the units become one new unit below ``parent``; what stood below them stands below it."""
    parts = [standing_of(unit, on) for unit in units]
    refuse_if(objections_to_merging(parts, on=on))
    first = units[0]
    merged = found_unit(
        parent,
        actor=actor,
        name=name,
        level=first.level,
        key=key,
        on=on,
        cell_kind=first.cell_kind,
        code=code,
    )
    for unit in units:
        for child in _children(unit, on):
            _place(child, merged, on)
        Lineage.objects.create(predecessor=unit, successor=merged, kind=Succession.MERGED, on=on)
        _close(unit, on - timedelta(days=1), kept_under=merged)
    return merged


@action(Can.SHAPE_UNITS)
def split_unit(unit: Unit, *, actor: Actor, names: dict[str, str], on: date) -> Unit:
    """On that day new units (``names``: key → name) part from this one, which goes on; records stay where they were made."""
    refuse_if(objections_to_changing(standing_of(unit, on), on=on))
    parent = unit.placements.get(valid_to__isnull=True).parent
    assert parent is not None
    for key, name in names.items():
        part = found_unit(parent, actor=actor, name=name, level=unit.level, key=key, on=on, cell_kind=unit.cell_kind)
        Lineage.objects.create(predecessor=unit, successor=part, kind=Succession.SPLIT, on=on)
    return unit


@action(Can.SHAPE_UNITS)
def close_unit(unit: Unit, *, actor: Actor, last_day: date, successor: Unit | None = None) -> Unit:
    """The unit ends with that day. Its records stay; whoever leads the successor reads them."""
    refuse_if(objections_to_changing(standing_of(unit, last_day), on=last_day + timedelta(days=1)))
    if successor is not None:
        actor.require(Can.SHAPE_UNITS, successor)
        Lineage.objects.create(
            predecessor=unit, successor=successor, kind=Succession.REPLACED, on=last_day + timedelta(days=1)
        )
    _close(unit, last_day, kept_under=successor)
    return unit


@action(Can.SET_RULES)
def decide_setting(
    unit: Unit, *, actor: Actor, code: str, value: int | str, effective_from: date, source: str
) -> Ordinance:
    """From that day the setting has this value here and below; what was judged before keeps the old one."""
    ordinance, _ = Ordinance.objects.update_or_create(
        unit=unit, code=code, effective_from=effective_from, defaults={"value": value, "source": source}
    )
    return ordinance


def _children(unit: Unit, on: date) -> list[Unit]:
    open_ = Placement.objects.filter(parent=unit, valid_to__isnull=True).select_related("unit")
    return [placement.unit for placement in open_]


def _place(unit: Unit, parent: Unit, on: date) -> None:
    """Write the placement of the unit from that day on, and of all below it, whose paths follow."""
    path = f"{parent.path}{unit.pk}/"
    current = unit.placements.filter(valid_to__isnull=True).first()
    if current is not None and current.valid_from < on:
        current.valid_to = on - timedelta(days=1)
        current.save()
        current = None
    if current is not None:
        current.parent, current.path, current.name = parent, path, unit.name
        current.save()
    else:
        Placement.objects.create(unit=unit, parent=parent, name=unit.name, path=path, valid_from=on)
    unit.path = path
    above = {u.level: u for u in Unit.objects.filter(pk__in=[int(pk) for pk in path.split("/") if pk])}
    unit.ward, unit.province = above.get(Level.WARD), above.get(Level.PROVINCE)
    unit.save()
    for child in _children(unit, on):
        _place(child, unit, on)


def _close(unit: Unit, last_day: date, *, kept_under: Unit | None) -> None:
    """End the unit and its placement; keep its history below the successor, for those who lead that."""
    unit.placements.filter(valid_to__isnull=True).update(valid_to=last_day)
    unit.valid_to = last_day
    if kept_under is not None:
        unit.path = f"{kept_under.path}{unit.pk}/"
        unit.ward, unit.province = kept_under.ward, kept_under.province
    unit.save()
