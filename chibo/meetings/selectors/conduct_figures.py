"""Figures about how meetings are prepared, held and followed (seeds S2-06 … S2-18, S3-10); checks over following."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import DurationField, Exists, ExpressionWrapper, F, Max, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can, Post
from chibo.access.selectors import in_force
from chibo.core.registry import Breakdown, Check, Column, Figure, Scope, Shortcoming
from chibo.core.values import months_after
from chibo.meetings.models import Attendance, Contribution, Meeting, Mention, ResolutionItem, Visitor
from chibo.meetings.rules import (
    MINUTES,
    OF_THE_CELL,
    PREPARATORY,
    MeetingKind,
    MeetingState,
    Mentioned,
    Presence,
)
from chibo.meetings.rules.preparing import PREPARING
from chibo.meetings.selectors.figures import ATTENDANCE_ROW, MEETING_ROW, meetings_of, roll_of
from chibo.members.models import PostTerm
from chibo.units.selectors import setting_on

FOLLOWING = gettext_lazy("Quy chế làm việc của đảng ủy; HD 12-HD/BTCTW")
BY_DAY = ("month", "unit__sort_key", "held_on", "pk")
RESOLVED_ROW = (
    Column(gettext_lazy("Nội dung"), "what", 44),
    Column(gettext_lazy("Chi bộ"), "unit.name", 24),
    Column(gettext_lazy("Người thực hiện"), lambda row: str(row.doer or row.doer_unit or ""), 26),
    Column(gettext_lazy("Thời hạn"), "due_on", 12, "date"),
    Column(gettext_lazy("Cách đo"), "measure", 28),
)
MENTION_ROW = (
    Column(gettext_lazy("Họ và tên"), "member.full_name", 28),
    Column(gettext_lazy("Chi bộ"), "unit.name", 24),
    Column(gettext_lazy("Ngày họp"), "meeting.held_on", 12, "date"),
    Column(gettext_lazy("Hình thức"), lambda row: row.get_kind_display(), 16),
)
VISIT_ROW = (
    Column(gettext_lazy("Họ và tên"), "member.full_name", 28),
    Column(gettext_lazy("Chi bộ"), "unit.name", 24),
    Column(gettext_lazy("Ngày họp"), "meeting.held_on", 12, "date"),
)


def _span(scope: Scope) -> tuple[date, date]:
    return scope.period.first.replace(day=1), scope.period.last


def regular_of(scope: Scope) -> QuerySet[Meeting]:
    return meetings_of(scope).filter(kind=MeetingKind.REGULAR)


def timed_of(scope: Scope) -> QuerySet[Meeting]:
    """Regular meetings whose beginning and end are written down."""
    return regular_of(scope).filter(starts_at__isnull=False, ends_at__isnull=False)


def _long_enough(scope: Scope) -> Q:
    least = timedelta(minutes=int(setting_on("meetings.minutes_least", scope.unit, scope.day)))
    lasted = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    return Q(pk__in=timed_of(scope).order_by().annotate(lasted=lasted).filter(lasted__gte=least).values("pk"))


def _prepared(_scope: Scope) -> Q:
    """Prepared by the committee, or by a conferral, that met by the day of the meeting."""
    return Q(
        Exists(
            Meeting.objects.filter(
                Q(prepares=OuterRef("pk"))
                | Q(prepares__isnull=True, unit=OuterRef("unit"), month=OuterRef("month"), held_on__lte=OuterRef("held_on")),
                kind__in=PREPARATORY,
            )
        )
    )  # fmt: skip


def present_of(scope: Scope) -> QuerySet[Attendance]:
    """Who was present at regular meetings whose speakers were written down."""
    spoken = Contribution.objects.filter(item__meeting=OuterRef("meeting"))
    return roll_of(scope).filter(Exists(spoken), presence=Presence.PRESENT)


def _spoke(_scope: Scope) -> Q:
    return Q(Exists(Contribution.objects.filter(item__meeting=OuterRef("meeting"), member=OuterRef("member"))))


def resolved_of(scope: Scope) -> QuerySet[ResolutionItem]:
    rows = ResolutionItem.objects.filter(
        unit_id__in=scope.units, meeting__month__range=_span(scope), meeting__state=MeetingState.CLOSED
    )
    return rows.select_related("unit", "doer", "doer_unit")


def mentions_of(scope: Scope) -> QuerySet[Mention]:
    rows = Mention.objects.filter(unit_id__in=scope.units, meeting__month__range=_span(scope))
    return rows.select_related("unit", "member", "meeting")


def visits_of(scope: Scope) -> QuerySet[Visitor]:
    rows = Visitor.objects.filter(unit_id__in=scope.units, meeting__month__range=_span(scope))
    return rows.select_related("unit", "member", "meeting")


CONDUCT_FIGURES = (
    Figure(
        "meetings.prepared",
        gettext_lazy("Buổi sinh hoạt có họp chi ủy, hội ý chuẩn bị"),
        gettext_lazy("Buổi sinh hoạt thường kỳ có biên bản họp chi ủy hoặc hội ý trước đó, trên số buổi đã tổ chức."),
        regular_of, Can.SEE_MEETINGS, MEETING_ROW, counted=_prepared, article=PREPARING, month="month",
        missing=gettext_lazy("Chưa chuẩn bị"), order=BY_DAY,
    ),
    Figure(
        "meetings.topical",
        gettext_lazy("Buổi sinh hoạt có chuyên đề"),
        gettext_lazy("Buổi sinh hoạt chuyên đề hoặc thường kỳ kết hợp chuyên đề, trên số buổi sinh hoạt của chi bộ."),
        lambda scope: meetings_of(scope).filter(kind__in=OF_THE_CELL), Can.SEE_MEETINGS, MEETING_ROW,
        counted=lambda _scope: Q(kind=MeetingKind.TOPICAL) | ~Q(topic=""), article=PREPARING, month="month", order=BY_DAY,
    ),
    Figure(
        "meetings.long_enough",
        gettext_lazy("Buổi sinh hoạt đủ thời gian tối thiểu"),
        gettext_lazy("Buổi sinh hoạt thường kỳ kéo dài đủ thời gian quy định, trên số buổi có ghi giờ bắt đầu và kết thúc."),
        timed_of, Can.SEE_MEETINGS, MEETING_ROW, counted=_long_enough, article=MINUTES, month="month",
        missing=gettext_lazy("Ngắn hơn quy định"), order=BY_DAY,
    ),
    Figure(
        "meetings.speakers",
        gettext_lazy("Đảng viên phát biểu tại sinh hoạt"),
        gettext_lazy("Lượt đảng viên có mặt và phát biểu, trên lượt có mặt ở các buổi có ghi người phát biểu."),
        present_of, Can.SEE_MEETINGS, ATTENDANCE_ROW, counted=_spoke, article=MINUTES, month="month",
        order=("month", "unit__sort_key", "member__sort_key", "pk"),
    ),
    Figure(
        "meetings.resolved",
        gettext_lazy("Nội dung nghị quyết rõ người, rõ hạn, rõ cách đo"),
        gettext_lazy("Nội dung có người thực hiện, thời hạn, cách đo và không ghi lý do bỏ qua, trên số nội dung đã quyết nghị."),
        resolved_of, Can.SEE_MEETINGS, RESOLVED_ROW,
        counted=lambda _scope: Q(override_reason="", due_on__isnull=False) & ~Q(measure="")
        & (Q(doer__isnull=False) | Q(doer_unit__isnull=False)),
        article=MINUTES, month="meeting__month", missing=gettext_lazy("Chưa rõ"),
        order=("meeting__month", "unit__sort_key", "pk"),
    ),
    Figure(
        "meetings.mentions",
        gettext_lazy("Lượt biểu dương, nhắc nhở, phê bình tại sinh hoạt"),
        gettext_lazy("Số lượt đảng viên được chi bộ biểu dương, nhắc nhở, phê bình tại sinh hoạt, ngoài đánh giá kế hoạch."),
        mentions_of, Can.READ_PLANS, MENTION_ROW, article=MINUTES, month="meeting__month",
        breakdowns=(Breakdown(gettext_lazy("Theo hình thức"), "kind", lambda: {w.value: w.label for w in Mentioned}),),
        order=("meeting__month", "unit__sort_key", "pk"),
    ),
    Figure(
        "meetings.visits",
        gettext_lazy("Lượt cấp ủy viên dự sinh hoạt chi bộ"),
        gettext_lazy("Số lượt cấp ủy viên, người được phân công theo dõi dự sinh hoạt của chi bộ trong kỳ."),
        visits_of, Can.SEE_MEETINGS, VISIT_ROW, article=FOLLOWING, month="meeting__month",
        order=("meeting__month", "unit__sort_key", "pk"),
    ),
)  # fmt: skip


def followed_unattended(scope: Scope) -> Iterator[Shortcoming]:
    """S2-08, S3-10: whoever follows a cell has not come to its meetings for months."""
    months = int(setting_on("meetings.visit_months", scope.unit, scope.day))
    since = months_after(scope.day, -months)
    terms = list(
        PostTerm.objects.filter(
            in_force(scope.day), unit_id__in=scope.cells, post=Post.FOLLOWER, valid_from__lte=since
        ).order_by("member__sort_key").values_list("unit_id", "member__full_name")
    )  # fmt: skip
    if not terms:
        return
    followed = {cell for cell, _name in terms}
    came = dict(
        Visitor.objects.filter(unit_id__in=followed, meeting__held_on__lte=scope.day)
        .values_list("unit_id")
        .annotate(last=Max("meeting__held_on"))
    )
    met = set(
        Meeting.objects.filter(unit_id__in=followed, kind__in=OF_THE_CELL, held_on__range=(since, scope.day))
        .order_by().values_list("unit_id", flat=True).distinct()
    )  # fmt: skip
    for cell, name in terms:
        if cell in met and came.get(cell, date.min) < since:
            yield Shortcoming(
                cell,
                name,
                _("được phân công theo dõi nhưng %(months)s tháng chưa dự sinh hoạt chi bộ") % {"months": months},
                _("Thu xếp dự kỳ sinh hoạt tới, hoặc phân công đồng chí khác."),
                reverse("meetings:following", args=[cell, scope.day.year]),
                since,
            )


FOLLOWING_CHECKS = (
    Check(
        "meetings.followed", gettext_lazy("Chi bộ được theo dõi nhưng chưa ai dự sinh hoạt"), FOLLOWING,
        followed_unattended, Can.SEE_WARNINGS, ("S2-08", "S3-10"), grace_days=30,
    ),
)  # fmt: skip
