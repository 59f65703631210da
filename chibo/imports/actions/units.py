"""A list of cells becomes part of the tree, and is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.importing import Done, Kept, Report, RowPlan, RowState
from chibo.imports.selectors.units import units_in_use
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import Level


@action(Can.SHAPE_UNITS)
def enter_units(
    unit: Unit, plans: Sequence[RowPlan], done: list[Done], report: Report, *, actor: Actor, today: date
) -> Unit:
    """Found and correct cells below this unit, as planned by ``plan_units``; each is told to ``done``."""
    for at, plan in enumerate(plans):
        if plan.state == RowState.ADDED:
            told = {code: plan.values[code] for code in ("name", "key", "cell_kind", "code") if code in plan.values}
            cell = found_unit(unit, actor=actor, level=Level.CELL, on=plan.values["valid_from"], **told)
            done.append(Done(plan.sheet, plan.number, plan.label, cell.pk, {}, {}))
        elif plan.state == RowState.CHANGED:
            assert plan.target is not None
            cell = Unit.objects.get(pk=plan.target)
            for code, (_old, new) in plan.changes.items():
                setattr(cell, code, new)
            cell.version += 1
            cell.save()
            before, after = ({code: str(pair[at]) for code, pair in plan.changes.items()} for at in (0, 1))
            done.append(Done(plan.sheet, plan.number, plan.label, cell.pk, before, after))
        report(at + 1, len(plans))
    return unit


@action(Can.SHAPE_UNITS)
def take_back_units(unit: Unit, done: Sequence[Done], kept: list[Kept], report: Report, *, actor: Actor) -> Unit:
    """Undo what ``enter_units`` did, but for cells in use or changed since: they go to ``kept``."""
    used = units_in_use([one.target for one in done if not one.before])
    for at, one in enumerate(done):
        cell = Unit.objects.filter(pk=one.target).first()
        touched = cell is None or any(getattr(cell, code) != new for code, new in one.after.items())
        if cell is None or touched or one.target in used:
            reason = _("chi bộ đã có việc ghi vào") if one.target in used else _("đã có người sửa sau khi nhập")
            kept.append(Kept(one.sheet, one.number, one.label, reason))
        elif one.before:
            Unit.objects.filter(pk=cell.pk).update(**one.before, version=cell.version + 1)
        else:
            Unit.objects.filter(pk=cell.pk).update(ward=None, province=None)
            cell.placements.all().delete()
            cell.delete()
        report(at + 1, len(done))
    return unit
