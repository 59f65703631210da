"""Figures about meetings: regularity and attendance (seeds S2-05, S3-12)."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Column, Figure, Scope
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import IN_BASE, MeetingKind, MeetingState, Presence

MEETING_ROW = (
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Loại"), lambda row: row.get_kind_display(), 22),
    Column(_("Kỳ tháng"), lambda row: f"{row.month:%m/%Y}", 10),
    Column(_("Ngày họp"), "held_on", 12, "date"),
    Column(_("Trạng thái"), lambda row: row.get_state_display(), 16),
)
ATTENDANCE_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Kỳ tháng"), lambda row: f"{row.month:%m/%Y}", 10),
    Column(_("Điểm danh"), lambda row: row.get_presence_display(), 18),
    Column(_("Lý do"), "reason", 24),
)


def _span(scope: Scope) -> tuple[object, object]:
    return scope.period.first.replace(day=1), scope.period.last


def meetings_of(scope: Scope) -> QuerySet[Meeting]:
    """The meetings of these cells that were held in the months of the period."""
    rows = Meeting.objects.filter(unit_id__in=scope.cells, month__range=_span(scope), held_on__lte=scope.today)
    return rows.select_related("unit")


def roll_of(scope: Scope) -> QuerySet[Attendance]:
    """The roll of regular meetings: members but the exempt and those temporarily elsewhere (rulebook §2.6)."""
    rows = Attendance.objects.filter(
        unit_id__in=scope.units,
        month__range=_span(scope),
        meeting__kind=MeetingKind.REGULAR,
        presence__in=IN_BASE,
    )
    return rows.select_related("member", "unit")


FIGURES = (
    Figure(
        "meetings.attendance",
        _("Tỷ lệ dự sinh hoạt thường kỳ"),
        _(
            "Lượt có mặt trên lượt phải dự sinh hoạt thường kỳ; không tính người được miễn và người sinh hoạt tạm thời nơi khác."
        ),
        roll_of,
        Can.SEE_MEETINGS,
        ATTENDANCE_ROW,
        counted=lambda scope: Q(presence=Presence.PRESENT),
        article="HD 12-HD/BTCTW; HD 42-HD/BTCTW",
        month="month",
        missing=_("Vắng"),
        breakdowns=(Breakdown(_("Theo nhóm"), "member__groups__name"),),
        board=True,
        order=("month", "unit__sort_key", "member__sort_key", "pk"),
    ),
    Figure(
        "meetings.held",
        _("Buổi sinh hoạt, họp đã tổ chức"),
        _("Số buổi sinh hoạt và họp của các chi bộ trong kỳ."),
        meetings_of,
        Can.SEE_MEETINGS,
        MEETING_ROW,
        article="Điều lệ Đảng, Điều 24",
        month="month",
        breakdowns=(Breakdown(_("Theo loại"), "kind", lambda: {w.value: w.label for w in MeetingKind}),),
        order=("month", "unit__sort_key", "held_on", "pk"),
    ),
    Figure(
        "meetings.minuted",
        _("Buổi sinh hoạt có biên bản hoàn chỉnh"),
        _("Buổi đã bế mạc với biên bản, trên số buổi đã tổ chức trong kỳ."),
        meetings_of,
        Can.SEE_MEETINGS,
        MEETING_ROW,
        counted=lambda scope: Q(state=MeetingState.CLOSED),
        article="HD 12-HD/BTCTW; HD 42-HD/BTCTW",
        month="month",
        missing=_("Chưa có biên bản"),
        order=("month", "unit__sort_key", "held_on", "pk"),
    ),
)
