"""Figures about briefings: returns sent in time, directions carried out in time (seed S3-09)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.briefings.models import Direction, Return
from chibo.briefings.rules import REGULATIONS, Rhythm
from chibo.briefings.selectors import DONE_ON_TIME, ON_TIME
from chibo.core.registry import Breakdown, Column, Figure, Scope

RETURN_ROW = (
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Giao ban"), lambda row: f"{row.briefing.meeting.held_on:%d/%m/%Y}", 12),
    Column(_("Hạn gửi"), "briefing.returns_due_on", 12, "date"),
    Column(_("Gửi ngày"), "sent_on", 12, "date"),
)
DIRECTION_ROW = (
    Column(_("Ý kiến chỉ đạo"), "task.title", 40),
    Column(_("Giao cho"), "told", 24),
    Column(_("Giao ban"), lambda row: f"{row.briefing.meeting.held_on:%d/%m/%Y}", 12),
    Column(_("Thời hạn"), "task.first_due_on", 12, "date"),
    Column(_("Hoàn thành"), "task.done_on", 12, "date"),
    Column(_("Trạng thái"), lambda row: row.task.get_state_display(), 14),
)
_RHYTHMS = Breakdown(_("Theo loại"), "briefing__rhythm", lambda: {word.value: word.label for word in Rhythm})


def _months(scope: Scope) -> tuple[object, object]:
    return scope.period.first.replace(day=1), scope.period.last


def returns_due(scope: Scope) -> QuerySet[Return]:
    """The cells' returns whose due date has come, for the briefings of the period."""
    rows = Return.objects.filter(
        unit_id__in=scope.units, body="", briefing__meeting__month__range=_months(scope),
        briefing__returns_due_on__lte=scope.today,
    )  # fmt: skip
    return rows.select_related("unit", "briefing__meeting")


def directions_given(scope: Scope) -> QuerySet[Direction]:
    """What the briefings of the period directed to these units."""
    rows = Direction.objects.filter(
        task__unit_id__in=scope.units, briefing__meeting__month__range=_months(scope),
        briefing__meeting__held_on__lte=scope.today,
    )  # fmt: skip
    return rows.select_related("task", "briefing__meeting")


FIGURES = (
    Figure(
        "briefings.returned",
        _("Báo cáo giao ban gửi đúng hạn"),
        _("Báo cáo của chi bộ gửi chậm nhất vào ngày hạn, trên số báo cáo đến hạn của các kỳ giao ban."),
        returns_due,
        Can.SEE_BRIEFINGS,
        RETURN_ROW,
        counted=lambda scope: ON_TIME,
        article=REGULATIONS,
        month="briefing__meeting__month",
        missing=_("Gửi muộn hoặc chưa gửi"),
        breakdowns=(_RHYTHMS,),
        board=True,
        order=("briefing__meeting__month", "unit__sort_key", "briefing__returns_due_on", "pk"),
    ),
    Figure(
        "briefings.directions",
        _("Ý kiến chỉ đạo giao ban thực hiện đúng hạn"),
        _("Việc giao tại giao ban đã hoàn thành trong thời hạn ban đầu, trên số việc giao tại các kỳ giao ban."),
        directions_given,
        Can.SEE_BRIEFINGS,
        DIRECTION_ROW,
        counted=lambda scope: DONE_ON_TIME,
        article=REGULATIONS,
        unit="task__unit_id",
        month="briefing__meeting__month",
        missing=_("Chưa hoàn thành hoặc quá hạn"),
        breakdowns=(_RHYTHMS,),
        order=("briefing__meeting__month", "task__unit__sort_key", "order", "pk"),
    ),
)
