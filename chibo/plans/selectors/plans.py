"""How plans are read: who sees which, who reads their text, a cell's people with theirs, the facts for rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.core.registry import Scope
from chibo.core.values import Share
from chibo.members.models import Member
from chibo.members.rules import Condition
from chibo.members.selectors import counted_on, members_of_cell, membership_of, posts_on
from chibo.plans.models import Campaign, Plan, PlanItem
from chibo.plans.rules import HAVING, PlanState
from chibo.plans.rules.planning import Item, Judge, PlanFacts, moved_to_year
from chibo.plans.selectors.figures import has_plan, must_plan
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import names_of, setting_on, ward_of

STATE_KINDS: Final = {
    PlanState.DRAFT: "info",
    PlanState.REGISTERED: "due",
    PlanState.RETURNED: "late",
    PlanState.CONFIRMED: "ok",
    PlanState.CONCLUDED: "ok",
}
"""How each state of a plan is shown."""
NOT_DUE = (Condition.EXEMPT, Condition.SUSPENDED)

# ------------------------------------------------------------------------------------- who sees what


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """The plans below the actor's posts, those of members who now stand there, and one's own.

    A transferred member's plan is seen by the cell it was made in and by the one they stand in.
    """
    found = Plan.objects.visible_to(actor)
    here = Q()
    for prefix in actor.reach(Can.SEE_PLANS):
        here |= Q(member__unit__path__startswith=prefix)
    if here:
        found |= Plan.objects.filter(here)
    return found.select_related("unit", "member__unit", "campaign__theme", "campaign__unit", "entered_by")


def plan_for(actor: Actor, pk: int) -> Plan:
    """The plan, if the actor may see that it is there; otherwise it does not exist for them (404)."""
    found = visible_plans(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def may_read(actor: Actor, plan: Plan) -> bool:
    """Whether the plan's text is for this person; a draft only for who writes it: the member, the cell committee."""
    can = Can.WRITE_PLANS if plan.state == PlanState.DRAFT else Can.READ_PLANS
    return actor.may_on(can, plan) or actor.may(can, plan.member.unit)


def readable_plan_for(actor: Actor, pk: int) -> Plan:
    """The plan, if the actor may read its text (404 otherwise)."""
    found = plan_for(actor, pk)
    if not may_read(actor, found):
        raise Http404
    return found


def member_for_plan(actor: Actor, pk: int) -> Member:
    """A member for whom the actor may write a plan: themselves, or somebody of their cell (404 otherwise)."""
    found = Member.objects.select_related("unit").filter(pk=pk).first()
    if found is None or not actor.may_on(Can.WRITE_PLANS, found):
        raise Http404
    return found


# ------------------------------------------------------------------------------ what figures rest on


def plans_in(units: Collection[int], year: int) -> QuerySet[Plan]:
    """All plans of the year made in these cells, in every state."""
    return Plan.objects.filter(unit_id__in=units, year=year)


def plans_having(units: Collection[int], year: int) -> QuerySet[Plan]:
    """Those that were registered: their members "have a plan"."""
    return plans_in(units, year).filter(state__in=HAVING)


# ------------------------------------------------------------------------------------ facts for rules


def cell_of(member: Member, day: date) -> Unit | None:
    """The cell where the member stands on the day."""
    membership = membership_of(member, day)
    return membership.unit if membership else None


def plan_facts_of(plan: Plan, on: date | None = None) -> PlanFacts:
    """The plan as the rules see it on a day (the day it was registered unless said)."""
    day = on or plan.registered_on or plan.campaign.opened_on
    return PlanFacts(
        plan.member.full_name,
        plan.year,
        PlanState(plan.state),
        plan.items.count(),
        plan.campaign.opened_on,
        plan.campaign.deadline,
        plan.registered_on,
        plan.confirmed_on,
        goes_to_ward(plan, day),
    )


def goes_to_ward(plan: Plan, day: date) -> bool:
    """Whether the ward confirms this plan: its member is the cell's secretary, and the ward's setting says so."""
    leads = posts_on(day, [plan.unit_id]).filter(member=plan.member_id, post=Post.CELL_SECRETARY).exists()
    return leads and bool(int(setting_on("plans.secretary_confirmed_by_ward", plan.unit, day)))


def waiting_for(
    actor: Actor, unit: Unit, year: int, day: date, state: PlanState = PlanState.REGISTERED
) -> list[Plan]:
    """The registered plans below the unit that wait for this actor (or, confirmed, for the year's result): five queries.

    A cell's committee judges all but its secretary's, the ward those of the secretaries; nobody their own.
    """
    if not actor.may(Can.JUDGE_PLANS, unit):
        return []
    plans = list(waiting_plans(unit, year, state).order_by("unit__sort_key", "member__sort_key", "pk"))
    upwards = bool(int(setting_on("plans.secretary_confirmed_by_ward", unit, day)))
    heads: set[tuple[int, int]] = set()
    if plans and upwards:
        terms = posts_on(day, [plan.unit_id for plan in plans]).filter(post=Post.CELL_SECRETARY)
        heads = set(terms.values_list("member_id", "unit_id"))
    for_ward = unit.level != Level.CELL or actor.may(Can.JUDGE_PLANS, ward_of(unit))
    return [
        plan
        for plan in plans
        if ((plan.member_id, plan.unit_id) in heads) == for_ward and (for_ward or not actor.owns(plan))
    ]


def waiting_plans(unit: Unit, year: int, state: PlanState = PlanState.REGISTERED) -> QuerySet[Plan]:
    """All plans below the unit in the state, whoever judges them."""
    found = Plan.objects.filter(unit__path__startswith=unit.path, year=year, state=state)
    return found.select_related("unit", "member", "campaign")


def members_without_plan(cell: Unit, campaign: Campaign, day: date) -> QuerySet[Member]:
    """Who stands in the cell on the day and has not begun a plan of the campaign."""
    begun = Plan.objects.filter(campaign=campaign, member=OuterRef("pk"))
    return members_of_cell(cell.pk, day).filter(~Exists(begun))


def judge_of(actor: Actor, plan: Plan) -> Judge:
    return Judge(actor.owns(plan), actor.may(Can.JUDGE_PLANS, ward_of(plan.unit)))


def items_of(plan: Plan) -> QuerySet[PlanItem]:
    return plan.items.select_related("manifestation")


def items_from(source: Plan, campaign: Campaign) -> list[Item]:
    """The items of an earlier plan for this campaign: deadlines moved on, not yet on the new theme."""
    codes = {code for code, _title in campaign.sections}
    first = campaign.sections[0][0]
    return [
        Item(
            item.section if item.section in codes else first,
            item.statement,
            item.measure,
            moved_to_year(item.deadline, campaign.year - source.year),
            manifestation=item.manifestation_id or "",
        )
        for item in source.items.all()
    ]


def last_plan_of(member: Member, year: int) -> Plan | None:
    """The member's registered plan of the year before: what a draft may be copied from."""
    return Plan.objects.filter(member=member, year=year - 1, state__in=HAVING).select_related("unit").first()


def last_plans_of(members: Collection[Member], year: int) -> dict[int, Plan]:
    """By member, the registered plan of the year before: one query for a whole cell."""
    found = Plan.objects.filter(member__in=members, year=year - 1, state__in=HAVING)
    return {plan.member_id: plan for plan in found.order_by("pk")}


def plan_of(member: Member, year: int) -> Plan | None:
    return Plan.objects.filter(member=member, year=year).select_related("unit", "campaign").order_by("-pk").first()


# ---------------------------------------------------------------------------------- a cell, its people


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One name of a cell's list. ``due`` is False for the exempt and suspended; ``left`` for who stands elsewhere now."""

    member: Member
    plan: Plan | None
    due: bool = True
    left: bool = False

    @property
    def missing(self) -> bool:
        return self.due and (self.plan is None or self.plan.state not in HAVING)


def people_of(scope: Scope) -> list[PersonLine]:
    """Everybody of the cell on the scope's day with their plan of its year, in Vietnamese order: two queries.

    Who made their plan here and was transferred since stands at their place in the order, marked as gone.
    """
    rows = counted_on(scope.day, scope.units).select_related("member")
    standing = {row.member_id: row for row in rows}
    found = Plan.objects.filter(
        Q(unit_id__in=scope.units) | Q(member__in=list(standing)), year=scope.day.year
    ).select_related("member", "unit")
    plans = {plan.member_id: plan for plan in found}
    lines = [PersonLine(row.member, plans.get(pk), due=row.condition not in NOT_DUE) for pk, row in standing.items()]
    lines += [PersonLine(plan.member, plan, left=True) for pk, plan in plans.items() if pk not in standing]
    return sorted(lines, key=lambda line: (line.member.sort_key, line.member.pk))


@dataclass(frozen=True, slots=True)
class CellLine:
    """One cell of the ward's list: who must have a plan and has one, and how many plans stand where."""

    unit_id: int
    name: str
    year: int
    having: Share
    drafts: int = 0
    waiting: int = 0
    returned: int = 0
    confirmed: int = 0

    @property
    def missing(self) -> int:
        return self.having.base - self.having.part


def cells_of(scope: Scope) -> list[CellLine]:
    """The cells of the scope with the counts of their plans: three queries for any number of cells."""
    base = (
        must_plan(scope)
        .order_by()
        .values("unit_id")
        .annotate(due=Count("pk"), have=Count("pk", filter=has_plan(scope)))
    )
    shares = {row["unit_id"]: Share(row["have"], row["due"]) for row in base}
    counted = plans_in(scope.units, scope.day.year).order_by().values_list("unit_id", "state").annotate(n=Count("pk"))
    states: Counter[tuple[int, str]] = Counter({(unit, state): n for unit, state, n in counted})
    return [
        CellLine(
            pk,
            name,
            scope.day.year,
            shares.get(pk, Share(0, 0)),
            states[pk, PlanState.DRAFT],
            states[pk, PlanState.REGISTERED],
            states[pk, PlanState.RETURNED],
            states[pk, PlanState.CONFIRMED] + states[pk, PlanState.CONCLUDED],
        )
        for pk, name in names_of(scope.cells).items()
    ]
