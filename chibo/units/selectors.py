"""How the tree is read: who may see which unit, and how it stood on a day."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.management.base import CommandError
from django.db.models import Max, Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.selectors import in_force
from chibo.core.held import held_once, is_held
from chibo.core.ids import Ids
from chibo.core.registry import MOST_HITS, Errand, Hit, Scope, Setting, registry
from chibo.core.values import Period
from chibo.core.vietnamese import fold, rank, sort_key
from chibo.units.models import Lineage, Ordinance, Placement, Unit
from chibo.units.rules import ORDER, Level, Standing, Succession


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

    A unit that did not exist on the day stands for those that became it (a report on 2020 of a ward made in 2025),
    not for one it split off, which goes on by itself.
    """
    here = placements_on(day).filter(unit=unit).values_list("path", flat=True).first()
    if here is None:
        gone = (Succession.MERGED, Succession.REPLACED)
        before = unit.predecessors.filter(kind__in=gone).values_list("predecessor_id", flat=True)
        ids: set[int] = {unit.pk}
        for predecessor in Unit.objects.filter(pk__in=before):
            ids.update(ids_under(predecessor, day))
        return tuple(sorted(ids))
    return tuple(placements_on(day).filter(path__startswith=here).values_list("unit_id", flat=True))


def scope_of(unit: Unit, period: Period, today: date | None = None) -> Scope:
    """What figures, checks and reports are asked about: two queries."""
    now = today or timezone.localdate()
    day = min(period.last, now) if period.first <= now else period.last
    ids = ids_under(unit, day)
    cells = Unit.objects.filter(pk__in=ids, level=Level.CELL).order_by("sort_key").values_list("pk", flat=True)
    return Scope(unit, period, Ids(ids), Ids(cells), now)


@held_once
def units_in(scope: Scope) -> dict[int, Unit]:
    """The units of the scope by id, in the order people expect."""
    return {unit.pk: unit for unit in Unit.objects.filter(pk__in=scope.units).order_by("sort_key")}


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
    """The value of a setting in this unit on the day: its own office's, or the next above that decided, or the default.

    "Above" is as the tree stood on that day: what a ward decided goes on holding for its time after it was merged.
    """
    return settings_on([code], unit, day)[code]


def settings_on(codes: Collection[str], unit: Unit, day: date) -> dict[str, Any]:
    """The values of several settings in this unit on the day, as ``setting_on`` finds each: two queries for any number."""
    above = ids_above(unit, day)
    words = _all_decided(above) if is_held() else _decided(above, code__in=codes)
    decided = {code: value for code, value, begins in words if begins <= day}
    return {code: decided[code] if code in decided else registry.named("settings", code).default for code in codes}


@held_once
def _all_decided(units: tuple[int, ...]) -> tuple[tuple[str, Any, date], ...]:
    """Where many settings are asked for in one run, of several days, all are read at once."""
    return _decided(units)


def _decided(units: tuple[int, ...], **asked: Any) -> tuple[tuple[str, Any, date], ...]:
    """(code, value, since when): what these units ever decided, so that the lowest unit's latest word comes last."""
    rows = Ordinance.objects.filter(unit_id__in=units, **asked).order_by("unit__path", "effective_from")
    return tuple(rows.values_list("code", "value", "effective_from"))


def ids_above(unit: Unit, day: date) -> tuple[int, ...]:
    """The unit and all above it on the day, from the top; by today's tree if it did not exist then."""
    path = next((path for path, first, last in _stood(unit) if first <= day <= (last or day)), unit.path)
    return tuple(int(pk) for pk in path.split("/") if pk)


@held_once
def _stood(unit: Unit) -> tuple[tuple[str, date, date | None], ...]:
    """Where the unit ever stood in the tree, from when to when."""
    return tuple(Placement.objects.filter(unit=unit).values_list("path", "valid_from", "valid_to"))


def choices_of(code: str) -> tuple[str, ...]:
    """The values that have a meaning for a setting; none where any has."""
    return next((tuple(dict(one.choices)) for one in registry.each("settings") if one.code == code), ())


def default_of(code: str) -> int | str | None:
    """The value with which a setting ships; None if there is no such setting."""
    return next((setting.default for setting in registry.each("settings") if setting.code == code), None)


def children_of(unit: Unit) -> list[Unit]:
    """The units that stand directly below it now, in the order people expect."""
    lasting = Placement.objects.filter(parent=unit, valid_to__isnull=True)
    return sorted((placed.unit for placed in lasting.select_related("unit")), key=lambda child: child.sort_key)


@dataclass(frozen=True)
class InForce:
    """A setting as it holds in a unit on a day: by whose decision, since when, and what is decided besides."""

    setting: Setting
    value: int | str
    decided: Ordinance | None
    others: list[Ordinance]

    @property
    def since(self) -> date:
        return self.decided.effective_from if self.decided else self.setting.effective_from

    @property
    def said(self) -> object:
        return self.setting.said(self.value)

    @property
    def shipped(self) -> object:
        return self.setting.said(self.setting.default)


def settings_in_force(unit: Unit, day: date) -> list[InForce]:
    """Every setting with its value here on the day: two queries."""
    depth = {pk: at for at, pk in enumerate(ids_above(unit, day))}
    found: dict[str, list[Ordinance]] = {}
    for ordinance in Ordinance.objects.filter(unit_id__in=depth).select_related("unit").order_by("-effective_from"):
        found.setdefault(ordinance.code, []).append(ordinance)
    rows = []
    for setting in registry.each("settings"):
        decided = found.get(setting.code, [])
        begun = [ordinance for ordinance in decided if ordinance.effective_from <= day]
        nearest = max(begun, key=lambda o: (depth[o.unit_id], o.effective_from), default=None)
        value = nearest.value if nearest else setting.default
        rows.append(InForce(setting, value, nearest, [o for o in decided if o is not nearest]))
    return rows


@dataclass
class Branch:
    """A unit in the tree of a day, called as it was then."""

    placed: Placement
    depth: int
    visible: bool


def tree_on(actor: Actor, unit: Unit, day: date) -> list[Branch]:
    """The unit and all that stood below it on the day, each below its parent, in the order people expect."""
    here = placements_on(day).filter(unit=unit).first()
    if here is None:
        return []
    below: dict[int | None, list[Placement]] = {}
    for placed in placements_on(day).filter(path__startswith=here.path).select_related("unit"):
        below.setdefault(placed.parent_id, []).append(placed)
    branches: list[Branch] = []

    def grow(placed: Placement, depth: int) -> None:
        branches.append(Branch(placed, depth, actor.may(Can.SEE_UNITS, placed.unit)))
        for child in sorted(below.get(placed.unit_id, []), key=lambda p: sort_key(p.name)):
            grow(child, depth + 1)

    grow(next(p for p in below[here.parent_id] if p.pk == here.pk), 0)
    return branches


def lineage_of(unit: Unit) -> tuple[list[Lineage], list[Lineage]]:
    """What the unit came from, and what it went on in."""
    before = unit.predecessors.select_related("predecessor").order_by("on", "pk")
    after = unit.successors.select_related("successor").order_by("on", "pk")
    return list(before), list(after)


def places_for(actor: Actor, unit: Unit, day: date) -> QuerySet[Unit]:
    """Where the unit may be moved to by this actor: open units of a higher level."""
    higher = ORDER[: ORDER.index(Level(unit.level))]
    return open_units(visible_units(actor, Can.SHAPE_UNITS).filter(level__in=higher), day).exclude(pk=unit.pk)


def peers_of(actor: Actor, unit: Unit, day: date) -> QuerySet[Unit]:
    """Open units of the same level that this actor may shape."""
    return open_units(visible_units(actor, Can.SHAPE_UNITS).filter(level=unit.level), day).exclude(pk=unit.pk)


def mergeable_under(actor: Actor, parent: Unit, day: date) -> QuerySet[Unit]:
    """The open units directly below ``parent`` that this actor may merge."""
    below = placements_on(day).filter(parent=parent).values("unit_id")
    return open_units(visible_units(actor, Can.SHAPE_UNITS).filter(pk__in=below), day)


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


@dataclass(frozen=True, slots=True)
class Choice:
    """Another unit for the page that is shown: a line of the switch on top."""

    pk: int
    ward_id: int | None
    label: str
    url: str
    current: bool


def unit_choices(actor: Actor, here: Unit, can: Can, address: str) -> list[Choice]:
    """The ward of this unit with its cells, and the actor's other units, as far as they hold the power there.

    One query; nothing where there is nothing to choose. ``address`` is the page as it would be for the unit 0.
    """
    ward = here.ward_id or here.pk
    near = Q(pk=ward) | Q(ward=ward) | Q(path__in=actor.reach(can))
    rows = open_units(Unit.objects.filter(near), timezone.localdate())
    found = rows.values_list("pk", "name", "path", "ward_id", "sort_key", named=True)
    seen = [unit for unit in found if actor.may(can, unit)]
    seen.sort(key=lambda unit: (unit.pk != ward, unit.ward_id != ward, unit.sort_key))
    before, _zero, after = address.partition("/0/")
    choices = [
        Choice(unit.pk, unit.ward_id, unit.name, f"{before}/{unit.pk}/{after}", unit.pk == here.pk) for unit in seen
    ]
    return choices if len(choices) > 1 else []


def errands_of(actor: Actor, _today: date) -> Iterator[Errand]:
    """On the first day, for who shapes a ward: it has no cell yet."""
    home = home_unit(actor, Can.SHAPE_UNITS)
    if home is not None and home.level == Level.WARD and not Placement.objects.filter(parent=home).exists():
        text = gettext("%(unit)s chưa có chi bộ nào") % {"unit": home.name}
        yield Errand(text, gettext("Lập chi bộ"), reverse("units:found", args=[home.pk]))


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Units by name, with or without accents."""
    asked = fold(words)
    lines = visible_units(actor).values_list("pk", "name", "level", "ward__name")
    found = [line for line in lines.iterator() if asked in fold(line[1])]
    for pk, name, level, ward in sorted(found, key=lambda line: rank(words, line[1]))[:MOST_HITS]:
        detail = ward or gettext(Level(level).label)
        yield Hit(gettext("Tổ chức"), name, detail, reverse("units:unit", args=[pk]), rank(words, name))
