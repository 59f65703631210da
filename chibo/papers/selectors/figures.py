"""Figures about the register: papers issued and received, by type, issuer and period (seed S1-03)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Figure, Scope
from chibo.papers.models import Paper
from chibo.papers.rules.register import Direction
from chibo.papers.selectors.columns import EVIDENCE

ARTICLE = _("HD 36-HD/VPTW; HD 05-HD/VPTW: quản lý văn bản")
ORDER = ("issued_on", "pk")
BREAKDOWNS = (Breakdown(_("Theo thể loại"), "kind"), Breakdown(_("Theo cơ quan ban hành"), "issuer"))


def _rows(scope: Scope) -> QuerySet[Paper]:
    return Paper.objects.filter(unit_id__in=scope.units).select_related("unit")


def issued(scope: Scope) -> QuerySet[Paper]:
    """What the units themselves issued in the period."""
    rows = _rows(scope).exclude(direction=Direction.INCOMING)
    rows = rows.filter(issued_on__range=(scope.period.first, scope.period.last))
    return rows.annotate(month=TruncMonth("issued_on"))


def received(scope: Scope) -> QuerySet[Paper]:
    """What came in during the period; by the day of issue where the day of arrival was not noted."""
    rows = _rows(scope).filter(direction=Direction.INCOMING).annotate(came=Coalesce("received_on", "issued_on"))
    rows = rows.filter(came__range=(scope.period.first, scope.period.last))
    return rows.annotate(month=TruncMonth("came"))


FIGURES = (
    Figure(
        "papers.issued",
        _("Văn bản đã ban hành"),
        _("Số văn bản đi và văn bản nội bộ có ngày ban hành trong kỳ, của đơn vị và các đơn vị trực thuộc."),
        issued, Can.SEE_PAPERS, EVIDENCE, article=ARTICLE, month="month", breakdowns=BREAKDOWNS, order=ORDER,
    ),
    Figure(
        "papers.received",
        _("Văn bản đến"),
        _("Số văn bản đến vào sổ, theo ngày đến (nếu không ghi ngày đến thì theo ngày ban hành)."),
        received, Can.SEE_PAPERS, EVIDENCE, article=ARTICLE, month="month", breakdowns=BREAKDOWNS, order=("pk",),
    ),
)  # fmt: skip
