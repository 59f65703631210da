"""What is weak in the plans of a cell, and two plans side by side (seeds S0-08, S0-11, S0-13). Nothing is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from chibo.core.likeness import Likeness, Pair, alike, nearest, plain, side_by_side, sorted_words
from chibo.plans.models import Plan, PlanItem, Suggestion
from chibo.plans.rules import HAVING
from chibo.plans.rules.quality import ItemText, PlanText, Weakness, own_words, phrases_of, weaknesses
from chibo.plans.selectors.plans import plans_having
from chibo.units.models import Unit
from chibo.units.selectors import setting_on


@dataclass(frozen=True, slots=True)
class Standards:
    """What the office holds a plan to; see the settings ``plans.…``."""

    alike_percent: int
    least_words: int
    phrases: tuple[str, ...]


def standards_for(unit: Unit, day: date) -> Standards:
    return Standards(
        int(setting_on("plans.alike_percent", unit, day)),
        int(setting_on("plans.least_words", unit, day)),
        phrases_of(str(setting_on("plans.stock_phrases", unit, day))),
    )


# ------------------------------------------------------------------------------ what figures rest on


def plans_without_measure(units: Collection[int], year: int) -> QuerySet[Plan]:
    """Registered plans with an item that cannot be measured."""
    return plans_having(units, year).filter(_has_item(measure=""))


def plans_without_deadline(units: Collection[int], year: int) -> QuerySet[Plan]:
    """Registered plans with an item that has no deadline."""
    return plans_having(units, year).filter(_has_item(deadline__isnull=True))


def plans_off_theme(units: Collection[int], year: int) -> QuerySet[Plan]:
    """Registered plans of a campaign with a theme, without any item on it (seed S0-13)."""
    return plans_having(units, year).filter(~_has_item(on_theme=True), campaign__theme__isnull=False)


def _has_item(**asked: object) -> Exists:
    return Exists(PlanItem.objects.filter(plan=OuterRef("pk"), **asked))


# ----------------------------------------------------------------------------------- a cell, in one pass


def weaknesses_of_cells(units: Collection[int], year: int) -> dict[int, list[Weakness]]:
    """What is weak in each registered plan of these cells, by plan id: as many queries for one plan as for all."""
    return _weaknesses(_with_text(plans_having(units, year)))


def weaknesses_of_cell(unit_id: int, year: int) -> dict[int, list[Weakness]]:
    return weaknesses_of_cells([unit_id], year)


def weaknesses_of_plan(plan: Plan) -> list[Weakness]:
    """What is weak in one plan, a draft included, beside the registered plans of its cell."""
    others = plans_having([plan.unit_id], plan.year).exclude(pk=plan.pk)
    found = _with_text(others)
    fresh = _with_text(Plan.objects.filter(pk=plan.pk))
    return _weaknesses(found + fresh).get(plan.pk, [])


ITEMS = Prefetch("items", to_attr="told")
"""As a list of the plan's own: thousands of plans read their items without asking the related manager each time."""


def _with_text(plans: QuerySet[Plan]) -> list[Plan]:
    return list(plans.select_related("campaign__unit", "unit").prefetch_related(ITEMS).order_by("pk"))


def _weaknesses(plans: list[Plan]) -> dict[int, list[Weakness]]:
    """Each plan beside the others of its cell, held to the standards of the office whose campaign it answers."""
    if not plans:
        return {}
    called = {plan.campaign_id: plan.campaign for plan in plans}
    standards = {pk: standards_for(campaign.unit, campaign.deadline) for pk, campaign in called.items()}
    last = Plan.objects.filter(
        member__in={plan.member_id for plan in plans}, year=plans[0].year - 1, state__in=HAVING
    )
    last = last.select_related("campaign").prefetch_related(ITEMS)
    before = {plan.member_id: plan for plan in last}
    suggested = _suggested({plan.campaign_id for plan in (*plans, *before.values())})
    texts = {plan.pk: text_of(plan, suggested) for plan in plans}
    likest: dict[int, Likeness] = {}
    for cell in {plan.unit_id for plan in plans}:
        mates = [plan for plan in plans if plan.unit_id == cell]
        words = {plan.pk: _sorted_words(texts[plan.pk]) for plan in mates}
        likest |= nearest(words, standards[mates[0].campaign_id].alike_percent)
    return {
        plan.pk: weaknesses(
            texts[plan.pk],
            least_words=held.least_words,
            phrases=held.phrases,
            like_other=likest.get(plan.pk),
            like_last_year=_like_last(texts[plan.pk], before.get(plan.member_id), suggested, held.alike_percent),
        )
        for plan in plans
        for held in [standards[plan.campaign_id]]
    }


def text_of(plan: Plan, suggested: Collection[str] = ()) -> PlanText:
    """The plan as its quality is judged; ``suggested`` are the plain texts of the ward's suggestions."""
    return PlanText(
        plan.year,
        tuple(
            ItemText(item.statement, item.measure, item.deadline, item.on_theme, plain(item.statement) in suggested)
            for item in plan.told  # type: ignore[attr-defined] - see ITEMS
        ),
        themed=plan.campaign.theme_id is not None,
    )


def _suggested(campaigns: Iterable[int]) -> set[str]:
    rows = Suggestion.objects.filter(campaign__in=campaigns).values_list("statement", flat=True)
    return {plain(statement) for statement in rows}


def _sorted_words(text: PlanText) -> str:
    return sorted_words(own_words(text))


def _like_last(text: PlanText, last: Plan | None, suggested: Collection[str], least: int) -> Likeness | None:
    if last is None:
        return None
    percent = alike(_sorted_words(text), _sorted_words(text_of(last, suggested)), least)
    return Likeness(last.pk, percent) if percent else None


# ---------------------------------------------------------------------------------------- side by side


def items_side_by_side(plan: Plan, other: Plan) -> list[Pair]:
    """The items of two plans, each beside its likest, with the passages marked that both hold."""
    return side_by_side(*([item.statement for item in one.items.all()] for one in (plan, other)))
