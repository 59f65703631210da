"""What the public reads of congresses: copies that were published, nothing of the records behind them (ADR 0056)."""

from __future__ import annotations

from typing import Any

from chibo.congresses.models import Congress
from chibo.congresses.rules import Office
from chibo.congresses.selectors import day_of
from chibo.units.models import Unit

ORDER = {office.value: n for n, office in enumerate((Office.SECRETARY, Office.DEPUTY, Office.COMMITTEE))}
MOST = 60


def public_copy(congress: Congress) -> dict[str, Any]:
    """Each person once, with the highest office; those who were not approved are not there."""
    rows = congress.elected.filter(is_refused=False, office__in=list(ORDER)).select_related("member")
    ranked = sorted(rows, key=lambda one: (ORDER[one.office], one.member.sort_key, one.pk))
    people = {one.member_id: [one.member.full_name, one.office] for one in reversed(ranked)}
    order = list(dict.fromkeys(one.member_id for one in ranked))
    return {
        "cell": congress.unit.name, "term": congress.round.term, "held_on": day_of(congress).isoformat(),
        "elected": [people[pk] for pk in order],
    }  # fmt: skip


def published_in(ward: Unit) -> list[dict[str, Any]]:
    """The copies of a ward, latest round first, cells in their order: one query."""
    rows = Congress.objects.filter(round__unit=ward, published_on__isnull=False)
    return list(rows.order_by("-round__last_on", "unit__sort_key", "pk").values_list("published", flat=True)[:MOST])
