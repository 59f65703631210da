"""Members' plans are drafted, written, registered, judged and concluded here; no step is skipped."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc
from chibo.members.models import Member
from chibo.plans.models import Campaign, Plan, PlanItem, Suggestion
from chibo.plans.rules import PlanState
from chibo.plans.rules.planning import (
    Item,
    objections_to_commenting,
    objections_to_concluding,
    objections_to_confirming,
    objections_to_drafting,
    objections_to_receiving,
    objections_to_registering,
    objections_to_returning,
    objections_to_taking,
    objections_to_writing,
)
from chibo.plans.selectors.plans import cell_of, items_from, judge_of, last_plans_of, plan_facts_of
from chibo.programmes.selectors import manifestations
from chibo.units.models import Unit


@action(Can.WRITE_PLANS)
def draft_plan(
    member: Member, *, actor: Actor, campaign: Campaign, made_on: date, source: Plan | None = None
) -> Plan:
    """Begin the member's plan of the campaign's year, in the cell where they stand on ``made_on``.

    With ``source``, an earlier plan of theirs, its items are copied: deadlines move on by the years between, and
    nothing counts as on the new theme yet. Whoever is not the member enters it on their behalf.
    """
    cell = cell_of(member, made_on)
    refuse_if(
        objections_to_drafting(
            member.full_name,
            in_cell=cell is not None,
            under_ward=cell is not None and cell.path.startswith(campaign.unit.path),
            has_plan=Plan.objects.filter(member=member, campaign=campaign).exists(),
            made_on=made_on,
            opened_on=campaign.opened_on,
            year=campaign.year,
        )
    )
    assert cell is not None
    if not actor.owns(member):
        actor.require(Can.WRITE_PLANS, cell)
    plan = Plan(campaign=campaign, member=member, unit=cell, year=campaign.year)
    _signed(plan, actor)
    plan.save()
    if source is not None and source.member_id == member.pk:
        _put_items(plan, items_from(source, campaign))
    return plan


@action(Can.WRITE_PLANS)
def draft_plans(
    unit: Unit,
    *,
    actor: Actor,
    campaign: Campaign,
    members: Collection[Member],
    made_on: date,
    copied: bool = False,
) -> list[Plan]:
    """Begin the plans of several members of the cell at once, on their behalf: empty, or where one is ``copied`` from."""
    last = last_plans_of(members, campaign.year) if copied else {}
    return [
        draft_plan(member, actor=actor, campaign=campaign, made_on=made_on, source=last.get(member.pk))
        for member in members
    ]


@action(Can.WRITE_PLANS)
def write_plan(plan: Plan, *, actor: Actor, items: Sequence[Item]) -> Plan:
    """Put these in place of what the plan says; items that carry their ``pk`` keep their own results.

    Only a draft or a returned plan is written.
    """
    refuse_if(
        objections_to_writing(
            plan_facts_of(plan),
            items,
            sections=[code for code, _title in plan.campaign.sections],
            known=list(manifestations().values_list("code", flat=True)),
        )
    )
    _put_items(plan, items)
    _signed(plan, actor)
    plan.save()
    return plan


@action(Can.WRITE_PLANS)
def take_suggestion(plan: Plan, *, actor: Actor, suggestion: Suggestion) -> Plan:
    """Add what the ward suggests to the member's group as an item of the plan."""
    item = Item(suggestion.section, suggestion.statement, suggestion.measure, on_theme=suggestion.on_theme)
    codes = [code for code, _title in plan.campaign.sections]
    held = plan.items.filter(statement=nfc(item.statement)).exists()
    refuse_if(objections_to_taking(plan_facts_of(plan), item, sections=codes, held=held))
    PlanItem.objects.create(plan=plan, order=plan.items.count() + 1, **_columns(item))
    _signed(plan, actor)
    plan.save()
    return plan


@action(Can.WRITE_PLANS)
def register_plan(plan: Plan, *, actor: Actor, registered_on: date) -> Plan:
    """Register the draft, or the mended returned plan, with the cell. The first registration's date stays."""
    refuse_if(objections_to_registering(plan_facts_of(plan), registered_on=registered_on))
    plan.state, plan.registered_on = PlanState.REGISTERED, plan.registered_on or registered_on
    _signed(plan, actor)
    plan.save()
    return plan


@action(Can.JUDGE_PLANS)
def comment_plan(plan: Plan, *, actor: Actor, comment: str) -> Plan:
    """Write down what the cell committee thinks of a registered plan, before it is returned or confirmed."""
    refuse_if(objections_to_commenting(plan_facts_of(plan), comment))
    plan.committee_comment = comment.strip()
    plan.save()
    return plan


@action(Can.JUDGE_PLANS)
def return_plan(plan: Plan, *, actor: Actor, comment: str, returned_on: date | None = None) -> Plan:
    """Give a registered plan back to its member, with what to mend."""
    facts = plan_facts_of(plan, returned_on)
    refuse_if(objections_to_returning(facts, judge_of(actor, plan), comment))
    plan.state, plan.committee_comment = PlanState.RETURNED, comment.strip()
    plan.save()
    return plan


@action(Can.JUDGE_PLANS)
def confirm_plan(plan: Plan, *, actor: Actor, confirmed_on: date, comment: str = "") -> Plan:
    """Confirm a registered plan for the cell; that of the cell's secretary is confirmed by the ward (setting)."""
    facts = plan_facts_of(plan, confirmed_on)
    refuse_if(objections_to_confirming(facts, judge_of(actor, plan), confirmed_on=confirmed_on))
    plan.state, plan.confirmed_on = PlanState.CONFIRMED, confirmed_on
    plan.committee_comment = comment.strip() or plan.committee_comment
    plan.save()
    return plan


@action(Can.JUDGE_PLANS)
def confirm_plans(unit: Unit, *, actor: Actor, plans: Collection[Plan], confirmed_on: date) -> list[Plan]:
    """Confirm several registered plans at once: all of them, or none with every reason by name."""
    refuse_if(
        objection
        for plan in plans
        for objection in objections_to_confirming(
            plan_facts_of(plan, confirmed_on), judge_of(actor, plan), confirmed_on=confirmed_on
        )
    )
    return [confirm_plan(plan, actor=actor, confirmed_on=confirmed_on) for plan in plans]


@action(Can.JUDGE_PLANS)
def conclude_plan(plan: Plan, *, actor: Actor, result: str, concluded_on: date, comment: str = "") -> Plan:
    """Give the year's result of a confirmed plan, with the cell's comment."""
    facts = plan_facts_of(plan, concluded_on)
    judge = judge_of(actor, plan)
    refuse_if(objections_to_concluding(facts, judge, result=result, comment=comment, concluded_on=concluded_on))
    plan.state, plan.concluded_on = PlanState.CONCLUDED, concluded_on
    plan.result, plan.result_comment = result, comment.strip()
    plan.save()
    return plan


@action(Can.JUDGE_PLANS)
def conclude_plans(
    unit: Unit, *, actor: Actor, results: Mapping[Plan, tuple[str, str]], concluded_on: date
) -> list[Plan]:
    """Give several confirmed plans their year's result and comment: all of them, or none with every reason by name."""
    refuse_if(
        replace(
            objection,
            field=f"{objection.field}_{plan.pk}" if objection.field in {"result", "comment"} else objection.field,
        )
        for plan, (result, comment) in results.items()
        for objection in objections_to_concluding(
            plan_facts_of(plan, concluded_on),
            judge_of(actor, plan),
            result=result,
            comment=comment,
            concluded_on=concluded_on,
        )
    )
    return [
        conclude_plan(plan, actor=actor, result=result, comment=comment, concluded_on=concluded_on)
        for plan, (result, comment) in results.items()
    ]


@action(Can.WRITE_PLANS)
def receive_plan(member: Member, *, actor: Actor, plan: Plan, received_on: date) -> Plan:
    """The cell to which the member was transferred takes over their running plan, with all that was evaluated.

    Until then the plan stays with the cell it was made in, and is already read by both.
    """
    cell = cell_of(member, received_on)
    moved = cell is not None and plan.member_id == member.pk and plan.unit_id != cell.pk
    refuse_if(objections_to_receiving(name=member.full_name, moved=moved, state=PlanState(plan.state)))
    assert cell is not None
    actor.require(Can.JUDGE_PLANS, cell)
    plan.unit = cell
    plan.version += 1
    plan.save()
    return plan


# --------------------------------------------------------------------------------------------- within


def _signed(plan: Plan, actor: Actor) -> None:
    """The last hand that wrote or registered the plan: the member's, or somebody's on their behalf."""
    plan.on_behalf, plan.entered_by = not actor.owns(plan), actor.user


def _columns(item: Item) -> dict[str, object]:
    return {
        "section": item.section,
        "statement": nfc(item.statement),
        "measure": nfc(item.measure),
        "deadline": item.deadline,
        "on_theme": item.on_theme,
        "manifestation_id": item.manifestation or None,
    }


def _put_items(plan: Plan, items: Sequence[Item]) -> None:
    """An item that names one of the plan's own rewords it; every other is a new one."""
    stored = plan.items.in_bulk([item.pk for item in items if item.pk is not None])
    plan.items.exclude(pk__in=stored).delete()
    fresh: list[PlanItem] = []
    for order, item in enumerate(items, 1):
        row = stored.get(item.pk) if item.pk else None
        if row is None:
            fresh.append(PlanItem(plan=plan, order=order, **_columns(item)))
            continue
        row.order = order
        for name, value in _columns(item).items():
            setattr(row, name, value)
    PlanItem.objects.bulk_create(fresh)
    PlanItem.objects.bulk_update(
        stored.values(), ["order", "section", "statement", "measure", "deadline", "on_theme", "manifestation"]
    )
