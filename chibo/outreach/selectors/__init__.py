"""How the outreach ledger is read: who sees which entry, how a list is narrowed, which links were entered twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from django.db.models import Count, Model, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Scope
from chibo.core.tables import Filter
from chibo.core.values import Period
from chibo.core.vietnamese import fold
from chibo.core.words import choices
from chibo.outreach.models import Article, Exemplar, Item, Week
from chibo.outreach.rules import ItemKind
from chibo.programmes.models import Programme, Theme
from chibo.programmes.selectors import programmes_of, themes_for
from chibo.units.models import Unit

M = TypeVar("M", bound=Model)
ORDER = ("-held_on", "-pk")
TIED = ("unit", "programme", "theme")


def visible_items(actor: Actor) -> QuerySet[Item]:
    return Item.objects.visible_to(actor).select_related(*TIED)


def item_for(actor: Actor, pk: int) -> Item:
    """The entry, if the actor may see it; otherwise it does not exist for them (404)."""
    return _found(visible_items(actor).filter(pk=pk))


def article_for(actor: Actor, pk: int) -> Article:
    """The article, if the actor may see it (404 otherwise)."""
    return _found(Article.objects.visible_to(actor).select_related(*TIED, "week", "item").filter(pk=pk))


def exemplar_for(actor: Actor, pk: int) -> Exemplar:
    """The exemplar, if the actor may see it or is it (404 otherwise)."""
    return _found(Exemplar.objects.visible_to(actor).select_related(*TIED, "member", "praised_unit").filter(pk=pk))


def week_for(actor: Actor, pk: int) -> Week:
    """The orientation of a week, for whoever stands in the ward or below it (404 otherwise)."""
    return _found(visible_weeks(actor).filter(pk=pk))


def visible_weeks(actor: Actor) -> QuerySet[Week]:
    """What the actor's wards orient, and what those above their cells do."""
    above = {int(pk) for path in actor.reach(Can.SEE_OUTREACH) for pk in path.split("/") if pk}
    rows = Week.objects.filter(Q(pk__in=Week.objects.visible_to(actor).values("pk")) | Q(unit_id__in=above))
    return rows.select_related("unit")


def _found(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise Http404
    return found


# -------------------------------------------------------------------------------------------------- lists


def items_in(scope: Scope) -> QuerySet[Item]:
    """What the units of the scope entered for its period."""
    span = (scope.period.first, scope.period.last)
    return Item.objects.filter(unit_id__in=scope.units, held_on__range=span)


def narrowed(rows: QuerySet[Item], asked: Mapping[str, str]) -> QuerySet[Item]:
    """The list as its filters narrow it: by kind, by programme, by its words, by links that stand twice."""
    if asked.get("kind") in set(ItemKind):
        rows = rows.filter(kind=asked["kind"])
    for name in ("programme", "theme"):
        if asked.get(name, "").isdecimal():
            rows = rows.filter(**{name: int(asked[name][:18])})
    if asked.get("show") == "twice":
        twice = rows.exclude(link_key="").order_by().values("link_key").annotate(n=Count("pk")).filter(n__gt=1)
        rows = rows.filter(link_key__in=twice.values("link_key"))
    elif asked.get("show") == "untied":
        rows = rows.filter(programme=None)
    words = fold(asked.get("q", ""))[:80]
    if words:
        rows = rows.filter(search_key__contains=words)
    return rows.select_related(*TIED)


def filters(unit: Unit, period: Period) -> list[Filter]:
    """The questions the ledger can be narrowed by."""
    themes = themes_for(unit).filter(year__range=(period.first.year, period.last.year))
    return [
        Filter("kind", _("Hình thức"), choices(ItemKind)),
        Filter("programme", _("Chương trình"), [(str(p.pk), p.name) for p in programmes_of(unit)]),
        Filter("theme", _("Chuyên đề"), [(str(t.pk), f"{t.year}: {t.title}") for t in themes]),
        Filter("show", _("Cần xem lại"), [("twice", _("Trùng đường dẫn")), ("untied", _("Chưa gắn chương trình"))]),
    ]


# ------------------------------------------------------------------------------------------ facts for rules


def programmes_for(unit: Unit) -> QuerySet[Programme]:
    """What a unit's outreach may be tied to: what it and those above it launched."""
    return programmes_of(unit)


def themes_to_tell(unit: Unit) -> QuerySet[Theme]:
    return themes_for(unit)


def is_theme_of(theme: Theme | None, programme: Programme | None) -> bool:
    return theme is None or (programme is not None and theme.programme_id == programme.pk)


def same_link(unit: Unit, key: str, *, but: int | None = None) -> QuerySet[Item]:
    """The ward's entries with this link, latest first; none for no link."""
    if not key:
        return Item.objects.none()
    place = unit.ward_id or unit.pk
    rows = Item.objects.filter(Q(unit=place) | Q(unit__ward=place), link_key=key).exclude(pk=but or 0)
    return rows.select_related("unit").order_by(*ORDER)


def keys_known(unit: Unit, keys: Iterable[str]) -> dict[str, Item]:
    """Link key → the first entry of the ward that has it: one query for any number of keys."""
    place = unit.ward_id or unit.pk
    rows = Item.objects.filter(Q(unit=place) | Q(unit__ward=place), link_key__in={key for key in keys if key})
    return {row.link_key: row for row in rows.order_by("-held_on", "-pk")}


def is_used(item: Item) -> tuple[bool, bool]:
    """Whether an article, and whether an exemplar's road, points to the entry."""
    return Article.objects.filter(item=item).exists(), item.presentations.exists()
