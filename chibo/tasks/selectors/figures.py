"""Figures about duties: given, done in time, late, clearly given (seeds S2-16, S3-14)."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Figure, Scope
from chibo.tasks.models import Task
from chibo.tasks.rules import ARTICLE, TaskOrigin, TaskState
from chibo.tasks.selectors.columns import EVIDENCE

BY_ORIGIN = Breakdown(_("Theo nguồn"), "origin", lambda: {word.value: word.label for word in TaskOrigin})
ORDER = ("due_on", "unit__sort_key", "pk")


def _rows(scope: Scope) -> QuerySet[Task]:
    return Task.objects.filter(unit_id__in=scope.units).select_related("unit", "doer", "doer_unit")


def assigned(scope: Scope) -> QuerySet[Task]:
    rows = _rows(scope).filter(assigned_on__range=(scope.period.first, scope.period.last))
    return rows.annotate(month=TruncMonth("assigned_on"))


def due(scope: Scope) -> QuerySet[Task]:
    """Whose first deadline came in the period and is past; the dropped were not asked for."""
    last = min(scope.period.last, scope.day)
    rows = _rows(scope).filter(first_due_on__range=(scope.period.first, last)).exclude(state=TaskState.DROPPED)
    return rows.annotate(month=TruncMonth("first_due_on"))


def open_then(scope: Scope) -> QuerySet[Task]:
    """Given by the day and not ended by then."""
    rows = _rows(scope).filter(assigned_on__lte=scope.day)
    return rows.filter(Q(done_on__isnull=True) | Q(done_on__gt=scope.day))


FIGURES = (
    Figure(
        "tasks.assigned",
        _("Nhiệm vụ đã giao"),
        _("Số nhiệm vụ được giao trong kỳ, từ nghị quyết, chỉ đạo, giao ban, cam kết và khắc phục."),
        assigned, Can.SEE_TASKS, EVIDENCE, article=ARTICLE, month="month", breakdowns=(BY_ORIGIN,), order=ORDER,
    ),
    Figure(
        "tasks.clear",
        _("Nhiệm vụ giao rõ người, rõ việc, rõ hạn, rõ cách đo"),
        _("Nhiệm vụ có người thực hiện, thời hạn, cách đo và nội dung cụ thể, trên số nhiệm vụ được giao trong kỳ."),
        assigned, Can.SEE_TASKS, EVIDENCE,
        counted=lambda _scope: Q(override_reason="", due_on__isnull=False) & ~Q(measure=""),
        article=ARTICLE, month="month", missing=_("Giao chưa rõ"), breakdowns=(BY_ORIGIN,), order=ORDER,
    ),
    Figure(
        "tasks.done_on_time",
        _("Nhiệm vụ hoàn thành đúng hạn"),
        _("Nhiệm vụ hoàn thành trong thời hạn ban đầu, trên số nhiệm vụ đến hạn trong kỳ; không tính việc đã thôi giao."),
        due, Can.SEE_TASKS, EVIDENCE,
        counted=lambda _scope: Q(state=TaskState.DONE, done_on__lte=F("first_due_on")),
        article=ARTICLE, month="month", missing=_("Chưa xong hoặc xong sau hạn"), breakdowns=(BY_ORIGIN,), order=ORDER,
    ),
    Figure(
        "tasks.overdue",
        _("Nhiệm vụ quá hạn"),
        _("Nhiệm vụ đã quá thời hạn mà chưa hoàn thành, trên số nhiệm vụ đang thực hiện vào ngày xem."),
        open_then, Can.SEE_TASKS, EVIDENCE,
        counted=lambda scope: Q(due_on__lt=scope.day), article=ARTICLE, breakdowns=(BY_ORIGIN,), order=ORDER,
    ),
)  # fmt: skip
