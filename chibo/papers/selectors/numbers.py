"""How numbering series are read: which there are, their numbers, and the gaps that nothing explains."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, F, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.papers.models import Number, Series
from chibo.papers.rules.kinds import PaperKind
from chibo.papers.rules.numbering import COMMON, gaps
from chibo.units.models import Unit


def series_of(unit: Unit) -> list[Series]:
    """The unit's own series, the latest term first."""
    return list(Series.objects.filter(unit=unit).order_by("-term", "kind", "pk"))


def number_to_come(unit: Unit, kind: str, term: str) -> int:
    """The number that the series gives next, if nobody takes it before."""
    last = Series.objects.filter(unit=unit, kind=kind, term=term).values_list("last_number", flat=True).first()
    return (last or 0) + 1


def series_name(series: Series) -> str:
    """ "Kế hoạch, 2025–2030"; that of a congress numbers all types."""
    return f"{kind_words(series.kind)}, {series.term}"


def kind_words(kind: str) -> str:
    if kind == COMMON:
        return _("Chung mọi thể loại")
    return _(PaperKind(kind).label) if kind in set(PaperKind) else kind


def numbers_of(series: Series) -> QuerySet[Number]:
    return Number.objects.filter(series=series).select_related("paper", "unit").order_by("-number", "-pk")


def gaps_of(series: Series) -> list[int]:
    """The numbers of the series of which nothing is known."""
    return gaps(series.numbers.values_list("number", flat=True), series.last_number)


def gapped(units: Sequence[int]) -> QuerySet[Series]:
    """The series in which some number is unexplained."""
    counted = Series.objects.filter(unit_id__in=units).annotate(known=Count("numbers"))
    return counted.filter(known__lt=F("last_number")).order_by("unit_id", "pk")


def series_for(unit: Unit, pk: int) -> Series:
    found = Series.objects.filter(unit=unit, pk=pk).select_related("unit").first()
    if found is None:
        raise Http404
    return found


def number_for(actor: Actor, pk: int) -> Number:
    found = Number.objects.visible_to(actor).filter(pk=pk).select_related("series", "unit").first()
    if found is None:
        raise Http404
    return found
