"""Checks over the register: numbers that nothing explains, and papers whose basis no longer held on their day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.papers.models import Number, Paper, PaperLink, Series
from chibo.papers.rules.numbering import ARTICLE
from chibo.papers.rules.register import Direction, Relation
from chibo.papers.selectors.numbers import gapped, gaps_of, series_name

_NAMED = 10


def unexplained(scope: Scope) -> Iterator[Shortcoming]:
    """A number between 01 and the last that no paper bears and no reason explains: one line a series."""
    for series in gapped(scope.units):
        missing = gaps_of(series)
        named = ", ".join(f"{number:02d}" for number in missing[:_NAMED]) + ("…" if len(missing) > _NAMED else "")
        yield Shortcoming(
            series.unit_id,
            series_name(series),
            _("khuyết số %(numbers)s") % {"numbers": named},
            _("Vào sổ văn bản mang số đó, hoặc ghi lý do không có văn bản."),
            f"{reverse('papers:numbers', args=[series.unit_id])}?series={series.pk}",
            _known_since(series, missing[-1], scope.day),
        )


def _known_since(series: Series, gap: int, day: date) -> date:
    """The day on which a later number was given: from then on the gap could be seen."""
    later = Number.objects.filter(series=series, number__gt=gap).order_by("number")
    return min(later.values_list("given_on", flat=True).first() or day, day)


def stale_basis(scope: Scope) -> Iterator[Shortcoming]:
    """A paper of one's own rests on one that had expired or been replaced on the day it was issued."""
    issued = F("paper__issued_on")
    replaced = PaperLink.objects.filter(
        to=OuterRef("to"), relation=Relation.REPLACES, since__lte=OuterRef("paper__issued_on")
    )
    links = PaperLink.objects.filter(
        paper__unit_id__in=scope.units, relation=Relation.BASED_ON, paper__issued_on__lte=scope.day
    ).exclude(paper__direction=Direction.INCOMING)
    still = Q(paper__in_force_to__isnull=True) | Q(paper__in_force_to__gte=scope.day)
    stale = links.filter(still).filter(Q(to__in_force_to__lt=issued) | Exists(replaced))
    pairs = list(stale.values_list("paper_id", "to_id"))
    papers = Paper.objects.in_bulk({pk for pair in pairs for pk in pair})
    for paper, basis in ((papers[one], papers[other]) for one, other in pairs):
        assert paper.issued_on is not None
        yield Shortcoming(
            paper.unit_id,
            str(paper)[:80],
            _("căn cứ %(basis)s đã hết hiệu lực khi ban hành") % {"basis": basis.symbol or basis},
            _("Sửa căn cứ, hoặc ban hành văn bản thay thế."),
            reverse("papers:paper", args=[paper.pk]),
            paper.issued_on,
        )


CHECKS = (
    Check(
        "papers.gaps", gettext_lazy("Số văn bản khuyết chưa rõ lý do"), ARTICLE, unexplained, Can.ISSUE_REPORTS,
        ("S1-03",),
    ),
    Check(
        "papers.stale_basis", gettext_lazy("Văn bản căn cứ vào văn bản đã hết hiệu lực"), ARTICLE, stale_basis,
        Can.KEEP_PAPERS, ("S2-02",), grace_days=30,
    ),
)  # fmt: skip
