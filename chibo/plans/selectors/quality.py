"""What is weak in the plans of a cell, and two plans side by side (seeds S0-08, S0-11, S0-13).

What the night found is read again as long as it rests on the same (ADR 0038); what changed since is found anew.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from chibo.core.likeness import Likeness, Pair, alike, nearest, plain, side_by_side, sorted_words
from chibo.plans.models import Campaign, CellQuality, Plan, PlanItem, Suggestion
from chibo.plans.rules import HAVING
from chibo.plans.rules.quality import Flaw, ItemText, PlanText, Weakness, own_words, phrases_of, weaknesses
from chibo.plans.selectors.plans import plans_having, plans_in
from chibo.units.models import Unit
from chibo.units.selectors import settings_on


@dataclass(frozen=True, slots=True)
class Standards:
    """What the office holds a plan to; see the settings ``plans.…``."""

    alike_percent: int
    least_words: int
    phrases: tuple[str, ...]


def standards_for(unit: Unit, day: date) -> Standards:
    held = settings_on(("plans.alike_percent", "plans.least_words", "plans.stock_phrases"), unit, day)
    percent, words, phrases = held.values()
    return Standards(int(percent), int(words), phrases_of(str(phrases)))


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


@dataclass(frozen=True, slots=True)
class _Read:
    """A plan as far as its quality asks for it: no record is made of the thousands that a ward has."""

    pk: int
    member_id: int
    unit_id: int
    campaign_id: int
    text: PlanText

    @property
    def words(self) -> str:
        return sorted_words(own_words(self.text))


def weaknesses_of_cells(units: Collection[int], year: int) -> dict[int, list[Weakness]]:
    """What is weak in each registered plan of these cells, by plan id: as many queries for one plan as for all."""
    basis = basis_of(units, year)
    kept = CellQuality.objects.filter(unit__in=units, year=year).values_list("unit_id", "basis", "found")
    known = {cell: found for cell, rests_on, found in kept if basis.get(cell) == rests_on}
    weak = {int(pk): _read_again(reasons) for found in known.values() for pk, reasons in found.items()}
    changed = [cell for cell in basis if cell not in known]
    return weak | (_weaknesses(plans_having(changed, year), year) if changed else {})


def qualities_of(units: Collection[int], year: int) -> list[CellQuality]:
    """What is to be kept of the cells in which something changed since it was last found."""
    basis = basis_of(units, year)
    kept = dict(CellQuality.objects.filter(unit__in=units, year=year).values_list("unit_id", "basis"))
    changed = [cell for cell, rests_on in basis.items() if kept.get(cell) != rests_on]
    plans = plans_having(changed, year)
    found = _weaknesses(plans, year)
    weak: dict[int, dict[int, Any]] = defaultdict(dict)
    for pk, cell in plans.order_by("pk").values_list("pk", "unit_id"):
        weak[cell][pk] = [(w.flaw.value, w.text, w.params, w.lines, w.other) for w in found[pk]]
    return [CellQuality(unit_id=cell, year=year, basis=basis[cell], found=weak[cell]) for cell in changed]


def basis_of(units: Collection[int], year: int) -> dict[int, str]:
    """By cell, a digest of all that the weaknesses of its registered plans rest on.

    A plan's text is that of its version; last year's plans of the same members, what the ward suggests, and the
    standards of the office and the release whose rules found them are part of it. It asks for no text of a plan.
    """
    asked = plans_having(units, year)
    last = _last_of(asked, year)
    names = ("member_id", "pk", "version", "campaign_id", "campaign__theme_id")
    before = {row[0]: row[1:] for row in last.values_list(*names)}
    rows = list(asked.order_by("pk").values_list("unit_id", *names))
    called = {row[4] for row in rows} | {row[2] for row in before.values()}
    suggested: dict[int, list[str]] = defaultdict(list)
    told = Suggestion.objects.filter(campaign__in=called).order_by("pk")
    for campaign, statement in told.values_list("campaign_id", "statement"):
        suggested[campaign].append(statement)
    everywhere = repr(
        [_release(), *sorted(suggested.items()), *sorted(_standards_of({row[4] for row in rows}).items())]
    )
    of_cell: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        of_cell[row[0]].append((row, before.get(row[1])))
    return {cell: hashlib.sha256(f"{everywhere}{read}".encode()).hexdigest() for cell, read in of_cell.items()}


@lru_cache
def _release() -> str:
    """Looked for once: it is read from every folder that packages may lie in."""
    return version("chibo")


def _read_again(reasons: Iterable[Any]) -> list[Weakness]:
    return [Weakness(Flaw(flaw), text, params, tuple(lines), other) for flaw, text, params, lines, other in reasons]


def weaknesses_of_cell(unit_id: int, year: int) -> dict[int, list[Weakness]]:
    return weaknesses_of_cells([unit_id], year)


def weaknesses_of_plan(plan: Plan) -> list[Weakness]:
    """What is weak in one plan, a draft included, beside the registered plans of its cell."""
    beside = plans_having([plan.unit_id], plan.year) | plans_in([plan.unit_id], plan.year).filter(pk=plan.pk)
    return _weaknesses(beside, plan.year).get(plan.pk, [])


def _weaknesses(asked: QuerySet[Plan], year: int) -> dict[int, list[Weakness]]:
    """Each plan beside the others of its cell, held to the standards of the office whose campaign it answers."""
    last = _last_of(asked, year)
    suggested = _suggested(asked, last)
    plans = _read(asked, suggested)
    before = {plan.member_id: plan for plan in _read(last, suggested)} if plans else {}
    standards = _standards_of({plan.campaign_id for plan in plans})
    words = {plan.pk: plan.words for plan in plans}
    likest = _likest(plans, words, standards)
    return {
        plan.pk: weaknesses(
            plan.text,
            least_words=held.least_words,
            phrases=held.phrases,
            like_other=likest.get(plan.pk),
            like_last_year=_like_last(words[plan.pk], before.get(plan.member_id), held.alike_percent),
        )
        for plan in plans
        for held in [standards[plan.campaign_id]]
    }


def _last_of(asked: QuerySet[Plan], year: int) -> QuerySet[Plan]:
    """Last year's plans of the members of these."""
    return Plan.objects.filter(member__in=asked.order_by().values("member"), year=year - 1, state__in=HAVING)


def _standards_of(campaigns: Collection[int]) -> dict[int, Standards]:
    called = Campaign.objects.filter(pk__in=campaigns).select_related("unit")
    return {campaign.pk: standards_for(campaign.unit, campaign.deadline) for campaign in called}


def _read(plans: QuerySet[Plan], suggested: Collection[str]) -> list[_Read]:
    """The plans with their text; ``suggested`` are the plain texts of the ward's suggestions."""
    items: dict[int, list[ItemText]] = defaultdict(list)
    rows = PlanItem.objects.filter(plan__in=plans.order_by().values("pk"))
    for pk, statement, measure, deadline, on_theme in rows.values_list(
        "plan_id", "statement", "measure", "deadline", "on_theme"
    ):
        is_suggested = bool(suggested) and plain(statement) in suggested
        items[pk].append(ItemText(statement, measure, deadline, on_theme, is_suggested))
    return [
        _Read(pk, member, cell, campaign, PlanText(year, tuple(items[pk]), themed=theme is not None))
        for pk, member, cell, campaign, year, theme in plans.order_by("pk").values_list(
            "pk", "member_id", "unit_id", "campaign_id", "year", "campaign__theme_id"
        )
    ]


def _suggested(*plans: QuerySet[Plan]) -> set[str]:
    """The plain texts of what the campaigns of these plans suggested."""
    called = {pk for asked in plans for pk in asked.order_by().values_list("campaign", flat=True).distinct()}
    return {
        plain(said) for said in Suggestion.objects.filter(campaign__in=called).values_list("statement", flat=True)
    }


def _likest(plans: list[_Read], words: Mapping[int, str], standards: Mapping[int, Standards]) -> dict[int, Likeness]:
    """For each plan the one of its cell that it resembles most, if enough."""
    mates: dict[int, list[_Read]] = defaultdict(list)
    for plan in plans:
        mates[plan.unit_id].append(plan)
    likest: dict[int, Likeness] = {}
    for cell in mates.values():
        likest |= nearest({plan.pk: words[plan.pk] for plan in cell}, standards[cell[0].campaign_id].alike_percent)
    return likest


def _like_last(words: str, last: _Read | None, least: int) -> Likeness | None:
    percent = alike(words, last.words, least) if last else 0
    return Likeness(last.pk, percent) if last and percent else None


# ---------------------------------------------------------------------------------------- side by side


def items_side_by_side(plan: Plan, other: Plan) -> list[Pair]:
    """The items of two plans, each beside its likest, with the passages marked that both hold."""
    return side_by_side(*([item.statement for item in one.items.all()] for one in (plan, other)))
