"""The rota of who reports in which month is drawn up here (seed S1-08)."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import month_of
from chibo.members.models import Member
from chibo.plans.models import Turn
from chibo.plans.rules.evaluating import objections_to_assigning, objections_to_unassigning
from chibo.plans.selectors.rota import proposed_turns, standing_for_turn
from chibo.units.models import Unit


@action(Can.EVALUATE_PLANS)
def assign_turn(unit: Unit, *, actor: Actor, member: Member, month: date) -> Turn:
    """The member is to report on their plan in that month's meeting; assigning twice is assigning once."""
    month = month_of(month)
    expected, closed = standing_for_turn(unit, member, month)
    refuse_if(objections_to_assigning(member.full_name, month=month, expected=expected, closed=closed))
    turn, _new = Turn.objects.update_or_create(member=member, month=month, defaults={"unit": unit})
    return turn


@action(Can.EVALUATE_PLANS)
def withdraw_turn(unit: Unit, *, actor: Actor, member: Member, month: date) -> None:
    """The member need not report in that month after all."""
    month = month_of(month)
    _expected, closed = standing_for_turn(unit, member, month)
    refuse_if(objections_to_unassigning(month=month, closed=closed))
    Turn.objects.filter(unit=unit, member=member, month=month).delete()


@action(Can.EVALUATE_PLANS)
def propose_rota(unit: Unit, *, actor: Actor, year: int, first: date | None = None) -> list[Turn]:
    """Spread all members who have no turn yet over the year's months (from ``first`` on) whose meetings are not
    closed: fairly, in a predictable order. Turns already given stay; every one can still be changed by hand."""
    turns = proposed_turns(unit, year, month_of(first) if first else date(year, 1, 1))
    return Turn.objects.bulk_create(
        Turn(unit=unit, member_id=member, month=month) for month, members in turns.items() for member in members
    )
