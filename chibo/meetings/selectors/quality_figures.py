"""Figures about the regularity and quality of meetings: months and quarters kept, time read, marks given (S2-05, S2-13,
S2-17, S3-11)."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import (
    Case,
    CharField,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import ExtractHour, ExtractMinute, NullIf, Round
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Column, Figure, Measure, Scope
from chibo.meetings.models import AgendaItem, Contribution, Meeting, QualityForm, QualityMark
from chibo.meetings.rules import MINUTES, MONTHLY, OF_THE_CELL, ItemKind, Marker, MeetingKind
from chibo.meetings.rules.closing import READ_ALOUD
from chibo.meetings.rules.preparing import PREPARING
from chibo.meetings.rules.quality import ARTICLE
from chibo.meetings.selectors import months_without_meeting
from chibo.meetings.selectors.figures import MEETING_ROW, meetings_of
from chibo.meetings.selectors.preparing_checks import topic_missing
from chibo.members.models import Membership
from chibo.units.models import Unit
from chibo.units.selectors import setting_on

BY_DAY = ("month", "unit__sort_key", "held_on", "pk")
CELL_ROW = (Column(gettext_lazy("Chi bộ"), "name", 36),)
CONTRIBUTION_ROW = (
    Column(gettext_lazy("Họ và tên"), "member.full_name", 28),
    Column(gettext_lazy("Chi bộ"), "unit.name", 24),
    Column(gettext_lazy("Ngày họp"), "item.meeting.held_on", 12, "date"),
    Column(gettext_lazy("Nội dung"), "item.title", 40),
)
ITEM_ROW = (
    Column(gettext_lazy("Ngày họp"), "meeting.held_on", 12, "date"),
    Column(gettext_lazy("Chi bộ"), "meeting.unit.name", 24),
    Column(gettext_lazy("Nội dung"), "title", 40),
    Column(gettext_lazy("Số phút"), "took", 10, "number"),
    Column(gettext_lazy("Phần trăm thời gian"), "share", 12, "number"),
)
QUALITY_ROW = (*MEETING_ROW, Column(gettext_lazy("Xếp loại"), "level", 16))


# ------------------------------------------------------------------------------------ months and quarters


def cells_of(scope: Scope) -> QuerySet[Unit]:
    """The cells that have members in the period, each counted once: their months and quarters are looked at together."""
    members = Membership.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=scope.period.first), unit=OuterRef("pk"),
        valid_from__lte=scope.period.last,
    )  # fmt: skip
    return Unit.objects.filter(Exists(members), pk__in=scope.cells)


def _no_month_missed(scope: Scope) -> Q:
    """Asked as of today, so that on a month's own line in a trend the month is over."""
    return ~Q(pk__in={cell for cell, _month in months_without_meeting(scope.cells, scope.period, scope.today)})


def _no_quarter_missed(scope: Scope) -> Q:
    return ~Q(pk__in={found.unit_id for found in topic_missing(scope)})


# --------------------------------------------------------------------------------------- time, the floor


def timed_items_of(scope: Scope) -> QuerySet[Meeting]:
    """Regular meetings of which it is written down how long items took."""
    timed = AgendaItem.objects.filter(meeting=OuterRef("pk"), began_at__isnull=False, ended_at__isnull=False)
    return meetings_of(scope).filter(Exists(timed), kind=MeetingKind.REGULAR)


def _read_in_time(scope: Scope) -> Q:
    """Reading and telling documents took no longer than the setting allows."""
    most = timedelta(minutes=int(setting_on("meetings.reading_minutes_most", scope.unit, scope.day)))
    took = ExpressionWrapper(F("ended_at") - F("began_at"), output_field=DurationField())
    read = AgendaItem.objects.filter(
        kind__in=READ_ALOUD, began_at__isnull=False, ended_at__isnull=False, meeting__unit_id__in=scope.cells
    )
    long = read.order_by().values("meeting").annotate(read=Sum(took)).filter(read__gt=most).values("meeting")
    return ~Q(pk__in=long)


def items_of(scope: Scope) -> QuerySet[AgendaItem]:
    """Items of meetings with the minutes each ``took``, and its ``share``, in per cent, of the minutes written down."""
    span = scope.period.first.replace(day=1), scope.period.last
    minutes = (
        60 * ExtractHour("ended_at")
        + ExtractMinute("ended_at")
        - 60 * ExtractHour("began_at")
        - ExtractMinute("began_at")
    )
    timed = AgendaItem.objects.filter(began_at__isnull=False, ended_at__gte=F("began_at")).annotate(took=minutes)
    whole = (
        timed.filter(meeting=OuterRef("meeting")).order_by().values("meeting").annotate(all=Sum("took")).values("all")
    )
    rows = timed.filter(meeting__unit_id__in=scope.units, meeting__month__range=span).select_related("meeting__unit")
    return rows.annotate(share=Round(F("took") * 100.0 / NullIf(Subquery(whole), 0)))


def contributions_of(scope: Scope) -> QuerySet[Contribution]:
    span = scope.period.first.replace(day=1), scope.period.last
    rows = Contribution.objects.filter(unit_id__in=scope.units, item__meeting__month__range=span)
    return rows.select_related("unit", "member", "item__meeting")


# ------------------------------------------------------------------------------------------------ quality


def _marked_by(marker: Marker) -> Q:
    return Q(Exists(QualityMark.objects.filter(meeting=OuterRef("pk"), marker=marker)))


def held_of(scope: Scope) -> QuerySet[Meeting]:
    return meetings_of(scope).filter(kind__in=OF_THE_CELL)


def marked_of(scope: Scope) -> QuerySet[Meeting]:
    """Meetings whose every criterion the cell has marked, with the ``level`` that their own sheet gives their points."""
    marks = QualityMark.objects.filter(meeting=OuterRef("pk"), marker=Marker.CELL).order_by().values("meeting")
    rows = held_of(scope).alias(
        sheet=Subquery(marks.values("criterion__form")[:1]),
        marked=Subquery(marks.annotate(n=Count("pk")).values("n")),
        points=Subquery(marks.annotate(all=Sum("points", output_field=FloatField())).values("all")),
    )
    whole, levels = Q(pk__in=()), []
    for sheet in QualityForm.objects.filter(unit_id__in=_above(scope)).annotate(n=Count("criteria")):
        whole |= Q(sheet=sheet.pk, marked=sheet.n)
        levels += [When(sheet=sheet.pk, points__gte=float(least), then=Value(label)) for least, label in sheet.levels]
    return rows.filter(whole).annotate(level=Case(*levels, default=Value(""), output_field=CharField()))


def _above(scope: Scope) -> set[int]:
    """The scope's units and all above them: whose sheets may have been used."""
    return {int(pk) for pk in scope.unit.path.split("/") if pk} | set(scope.units)


QUALITY_FIGURES = (
    Figure(
        "meetings.regular",
        gettext_lazy("Chi bộ sinh hoạt đủ các tháng"),
        gettext_lazy("Chi bộ có sinh hoạt thường kỳ ở mọi tháng đã hết của kỳ mà chi bộ hoạt động trọn, trên số chi bộ."),
        cells_of, Can.SEE_MEETINGS, CELL_ROW, counted=_no_month_missed, article=MONTHLY, unit="pk",
        missing=gettext_lazy("Có tháng không sinh hoạt"), order=("sort_key", "pk"),
    ),
    Figure(
        "meetings.topical_cells",
        gettext_lazy("Chi bộ đủ sinh hoạt chuyên đề các quý"),
        gettext_lazy("Chi bộ có sinh hoạt chuyên đề ở mọi quý đã hết của kỳ, trên số chi bộ."),
        cells_of, Can.SEE_MEETINGS, CELL_ROW, counted=_no_quarter_missed, article=PREPARING, unit="pk",
        missing=gettext_lazy("Có quý không có chuyên đề"), order=("sort_key", "pk"),
    ),
    Figure(
        "meetings.read_in_time",
        gettext_lazy("Buổi sinh hoạt đọc văn bản đúng thời gian"),
        gettext_lazy("Buổi sinh hoạt thường kỳ thông tin, đọc văn bản không quá thời gian quy định, trên số buổi có ghi giờ từng nội dung."),
        timed_items_of, Can.SEE_MEETINGS, MEETING_ROW, counted=_read_in_time, article=MINUTES, month="month",
        missing=gettext_lazy("Đọc quá lâu"), order=BY_DAY,
    ),
    Figure(
        "meetings.items",
        gettext_lazy("Nội dung họp đã ghi giờ"),
        gettext_lazy("Số nội dung của các cuộc họp trong kỳ có ghi giờ bắt đầu, kết thúc; từng nội dung kéo dài bao nhiêu phút, chiếm bao nhiêu phần trăm thời gian."),
        items_of, Can.SEE_MEETINGS, ITEM_ROW, article=MINUTES, unit="meeting__unit_id", month="meeting__month",
        breakdowns=(Breakdown(gettext_lazy("Theo loại nội dung"), "kind", lambda: {w.value: w.label for w in ItemKind}),),
        order=("meeting__month", "meeting__unit__sort_key", "meeting__held_on", "order", "pk"), measure=Measure("took", gettext_lazy("phút")),
    ),
    Figure(
        "meetings.contributions",
        gettext_lazy("Lượt phát biểu tại sinh hoạt, họp"),
        gettext_lazy("Số lượt đảng viên phát biểu được ghi lại trong các cuộc họp của kỳ."),
        contributions_of, Can.SEE_MEETINGS, CONTRIBUTION_ROW, article=MINUTES, month="item__meeting__month",
        order=("item__meeting__month", "unit__sort_key", "pk"),
    ),
    Figure(
        "meetings.scored",
        gettext_lazy("Buổi sinh hoạt chi bộ tự chấm chất lượng"),
        gettext_lazy("Buổi sinh hoạt được chi bộ tự chấm theo biểu điểm, trên số buổi đã tổ chức."),
        held_of, Can.SEE_MEETINGS, MEETING_ROW, counted=lambda _scope: _marked_by(Marker.CELL), article=ARTICLE,
        month="month", missing=gettext_lazy("Chưa tự chấm"), order=BY_DAY,
    ),
    Figure(
        "meetings.rated",
        gettext_lazy("Buổi sinh hoạt được người dự chấm chất lượng"),
        gettext_lazy("Buổi sinh hoạt được cấp ủy viên, người theo dõi đến dự chấm theo biểu điểm, trên số buổi đã tổ chức."),
        held_of, Can.SEE_MEETINGS, MEETING_ROW, counted=lambda _scope: _marked_by(Marker.VISITOR), article=ARTICLE,
        month="month", order=BY_DAY,
    ),
    Figure(
        "meetings.quality",
        gettext_lazy("Buổi sinh hoạt đã xếp loại chất lượng"),
        gettext_lazy("Số buổi sinh hoạt chi bộ đã tự chấm đủ mọi tiêu chí, theo mức của biểu điểm vào ngày họp."),
        marked_of, Can.SEE_MEETINGS, QUALITY_ROW, article=ARTICLE, month="month",
        breakdowns=(Breakdown(gettext_lazy("Theo mức xếp loại"), "level"),), order=BY_DAY,
    ),
)  # fmt: skip
