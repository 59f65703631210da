"""How the tree is read: who may see which unit, and how it stood on a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Max, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.registry import Scope, registry
from chibo.core.values import Period
from chibo.units.models import Ordinance, Placement, Unit
from chibo.units.rules import Level, Standing


def root() -> Unit:
    """The top of the tree, below which everything stands."""
    return Unit.objects.get(level=Level.CENTRE)


def visible_units(actor: Actor, can: Can = Can.SEE_UNITS) -> QuerySet[Unit]:
    """The units below the actor's posts that hold the power, in the order people expect."""
    within = Q()
    for prefix in actor.reach(can):
        if not prefix:
            return Unit.objects.order_by("sort_key")
        within |= Q(path__startswith=prefix)
    return (Unit.objects.filter(within) if within else Unit.objects.none()).order_by("sort_key")


def open_units(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    return units.filter(in_force(day))


def unit_for(actor: Actor, pk: int, can: Can = Can.SEE_UNITS) -> Unit:
    """The unit, if the actor holds the power there; otherwise it does not exist for them (404)."""
    unit = Unit.objects.filter(pk=pk).first()
    if unit is None or not actor.may(can, unit):
        raise Http404
    return unit


def home_unit(actor: Actor, can: Can = Can.SEE_UNITS) -> Unit | None:
    """The highest unit where the actor holds the power: where their pages open."""
    prefixes = sorted(actor.reach(can), key=len)
    if not prefixes:
        return None
    if not prefixes[0]:
        return Unit.objects.filter(level=Level.WARD).order_by("sort_key").first()
    return Unit.objects.filter(path=prefixes[0]).first()


def placements_on(day: date) -> QuerySet[Placement]:
    return Placement.objects.filter(in_force(day))


def ids_under(unit: Unit, day: date) -> tuple[int, ...]:
    """The unit and all that stood below it on the day, by the tree of that day.

    A unit that did not exist on the day stands for those it came from (a report on 2020 of a ward made in 2025).
    """
    here = placements_on(day).filter(unit=unit).first()
    if here is None:
        before = unit.predecessors.values_list("predecessor_id", flat=True)
        ids: set[int] = {unit.pk}
        for predecessor in Unit.objects.filter(pk__in=before, valid_from__lte=day):
            ids.update(ids_under(predecessor, day))
        return tuple(sorted(ids))
    return tuple(placements_on(day).filter(path__startswith=here.path).values_list("unit_id", flat=True))


def scope_of(unit: Unit, period: Period, today: date | None = None) -> Scope:
    """What figures, checks and reports are asked about: two queries."""
    now = today or timezone.localdate()
    day = min(period.last, now) if period.first <= now else period.last
    ids = ids_under(unit, day)
    cells = Unit.objects.filter(pk__in=ids, level=Level.CELL).order_by("sort_key").values_list("pk", flat=True)
    return Scope(unit, period, ids, tuple(cells), now)


def name_on(unit: Unit, day: date) -> str:
    """What the unit was called on the day."""
    placed = placements_on(day).filter(unit=unit).first()
    return placed.name if placed else unit.name


def parent_on(unit: Unit, day: date) -> Unit | None:
    placed = placements_on(day).filter(unit=unit).select_related("parent").first()
    return placed.parent if placed else None


def names_of(ids: tuple[int, ...] | list[int]) -> dict[int, str]:
    """Names by id, in the order people expect."""
    return dict(Unit.objects.filter(pk__in=ids).order_by("sort_key").values_list("pk", "name"))


def standing_of(unit: Unit, day: date) -> Standing:
    since = unit.placements.aggregate(latest=Max("valid_from"))["latest"] or unit.valid_from
    is_open = unit.valid_from <= day and (unit.valid_to is None or unit.valid_to >= day)
    return Standing(unit.level, unit.path, is_open, since)


def history_of(unit: Unit) -> QuerySet[Placement]:
    return unit.placements.select_related("parent").order_by("valid_from")


def ward_of(unit: Unit) -> Unit:
    """The ward committee a unit belongs to: itself, if it stands at or above that level."""
    return unit.ward if unit.ward_id and unit.ward else unit


def setting_on(code: str, unit: Unit, day: date) -> Any:
    """The value of a setting in this unit on the day: its own office's, or the next above that decided, or the default."""
    above = [int(pk) for pk in unit.path.split("/") if pk]
    decided = (
        Ordinance.objects.filter(unit_id__in=above, code=code, effective_from__lte=day)
        .order_by("-unit__path", "-effective_from")
        .first()
    )
    return decided.value if decided else registry.named("settings", code).default


def ordinances_of(unit: Unit) -> QuerySet[Ordinance]:
    above = [int(pk) for pk in unit.path.split("/") if pk]
    return Ordinance.objects.filter(unit_id__in=above).select_related("unit").order_by("code", "-effective_from")


def unit_called(word: str) -> Unit | None:
    """The unit that a command names: by short code, by organisation code, or by number."""
    by_code = Q(key=word) | Q(code=word.replace(".", "") or "-")
    return Unit.objects.filter(by_code | Q(pk=int(word)) if word.isdecimal() and len(word) < 10 else by_code).first()


def asked_for(unit: str, period: str) -> Scope:
    """The scope that a command's words name; ``CommandError`` says in one sentence what could not be read."""
    found = unit_called(unit)
    if found is None:
        raise CommandError(gettext("Không có tổ chức nào mang mã “%(unit)s”.") % {"unit": unit})
    try:
        return scope_of(found, Period.parse(period))
    except ValueError as unread:
        text = gettext("Không đọc được kỳ “%(period)s”; hãy viết như 2020, 2020-08, 2020-q3 hoặc 2016..2020.")
        raise CommandError(text % {"period": period}) from unread
