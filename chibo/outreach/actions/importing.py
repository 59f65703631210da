"""A list of past news and broadcasts becomes part of the ledger, and is taken back: many rows in one step."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.importing import Done, Kept, Report, RowPlan, RowState
from chibo.outreach.models import Item
from chibo.outreach.rules import facts_of
from chibo.outreach.selectors.importing import items_in_use
from chibo.units.models import Unit

_BATCH = 500


@action(Can.LEAD_OUTREACH)
def enter_listed_items(
    unit: Unit, plans: Sequence[RowPlan], done: list[Done], report: Report, *, actor: Actor, today: date
) -> Unit:
    """Enter the rows that add, as planned by ``plan_items``; each is told to ``done`` (seed S1-04)."""
    added = [plan for plan in plans if plan.state == RowState.ADDED]
    for start in range(0, len(added), _BATCH):
        batch = added[start : start + _BATCH]
        items = [_item_of(plan) for plan in batch]
        Item.objects.bulk_create(items, batch_size=_BATCH)
        done.extend(
            Done(plan.sheet, plan.number, plan.label, item.pk, {}, {})
            for plan, item in zip(batch, items, strict=True)
        )
        report(start + len(batch), len(added))
    return unit


@action(Can.LEAD_OUTREACH)
def take_back_items(unit: Unit, done: Sequence[Done], kept: list[Kept], report: Report, *, actor: Actor) -> Unit:
    """Undo what ``enter_listed_items`` did, but for those that somebody has worked on since: they go to ``kept``."""
    used = items_in_use([one.target for one in done])
    reason = _("đã có người sửa hoặc dùng sau khi nhập")
    kept.extend(Kept(one.sheet, one.number, one.label, reason) for one in done if one.target in used)
    going = [one.target for one in done if one.target not in used]
    for start in range(0, len(going), _BATCH):
        Item.objects.filter(pk__in=going[start : start + _BATCH]).delete()
        report(min(start + _BATCH, len(going)), len(going))
    return unit


def _item_of(plan: RowPlan) -> Item:
    entry, place, programme, theme = plan.extra
    return Item(unit=place, programme=programme, theme=theme, **facts_of(entry))
