"""Figures about consultations and suggestions (seeds S1-15, S3-06), and what is short about them.

What was answered has no row of its own by design: a figure counts who was asked, and groups carry what came back.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.consultations.models import Consultation, Group, Invitee, Subject, Suggestion
from chibo.consultations.rules import ARTICLE, ConsultationState
from chibo.consultations.rules.suggestions import ARTICLE as BOX
from chibo.consultations.rules.suggestions import Channel, SuggestionState
from chibo.consultations.selectors.suggestions import WAITING
from chibo.core.registry import Breakdown, Check, Column, Figure, Measure, Scope, Shortcoming
from chibo.units.selectors import setting_on

ASKED_ROW = (
    Column(gettext_lazy("Họ và tên"), "name", 28),
    Column(gettext_lazy("Nhóm"), "group.name", 28),
    Column(gettext_lazy("Đợt lấy ý kiến"), "consultation.title", 44),
)
GROUP_ROW = (
    Column(gettext_lazy("Nhóm"), "name", 36),
    Column(gettext_lazy("Đợt lấy ý kiến"), "consultation.title", 44),
    Column(gettext_lazy("Phiếu thu về"), "answered", 12, "number"),
)
LETTER_ROW = (
    Column(gettext_lazy("Nhóm vấn đề"), lambda row: row.topic or _("Chưa phân loại"), 30),
    Column(gettext_lazy("Nguồn"), lambda row: row.get_channel_display(), 16),
    Column(gettext_lazy("Ngày nhận"), "received_on", 12, "date"),
    Column(gettext_lazy("Hạn trả lời"), "due_on", 12, "date"),
    Column(gettext_lazy("Ngày trả lời"), "answered_on", 12, "date"),
    Column(gettext_lazy("Trạng thái"), lambda row: row.get_state_display(), 16),
)


def _span(scope: Scope) -> tuple[object, object]:
    return scope.period.first, scope.period.last


def asked_in(scope: Scope) -> QuerySet[Invitee]:
    """Who was asked in the consultations launched in the period."""
    rows = Invitee.objects.filter(unit_id__in=scope.units, consultation__opens_on__range=_span(scope))
    return rows.exclude(consultation__state=ConsultationState.DRAFT).select_related("group", "consultation")


def groups_in(scope: Scope) -> QuerySet[Group]:
    """The groups of the consultations of the period that were summed up."""
    rows = Group.objects.filter(
        consultation__unit_id__in=scope.units, consultation__opens_on__range=_span(scope), answered__isnull=False
    )
    return rows.select_related("consultation__unit")


def letters_in(scope: Scope) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(unit_id__in=scope.units, received_on__range=_span(scope))


def _in_time(scope: Scope) -> Q:
    """Answered, and within the number of days that the setting gives."""
    days = int(setting_on("suggestions.days", scope.unit, scope.day))
    return Q(answered_on__isnull=False, answered_on__lte=F("received_on") + timedelta(days=days))


FIGURES = (
    Figure(
        "consultations.asked",
        gettext_lazy("Người được mời góp ý"),
        gettext_lazy("Mỗi người một lần trong một đợt, dù thuộc mấy nhóm; tính theo các đợt đã phát phiếu trong kỳ."),
        asked_in,
        Can.LEAD_CONSULTATIONS,
        ASKED_ROW,
        article=ARTICLE,
        breakdowns=(Breakdown(gettext_lazy("Theo nhóm"), "group__name"),),
        order=("consultation_id", "group__order", "sort_key", "pk"),
    ),
    Figure(
        "consultations.groups",
        gettext_lazy("Nhóm đã góp ý"),
        gettext_lazy("Các nhóm của những đợt lấy ý kiến trong kỳ đã tổng hợp, cùng số phiếu thu về; phiếu không ghi tên nên không có danh sách."),
        groups_in,
        Can.LEAD_CONSULTATIONS,
        GROUP_ROW,
        article=ARTICLE,
        unit="consultation__unit_id",
        breakdowns=(Breakdown(gettext_lazy("Theo đợt"), "consultation__title"),),
        order=("consultation_id", "order", "pk"),
        measure=Measure("answered", gettext_lazy("phiếu")),
    ),
    Figure(
        "suggestions.answered",
        gettext_lazy("Góp ý, kiến nghị được trả lời đúng hạn"),
        gettext_lazy("Ý kiến được trả lời trong số ngày quy định, trên số ý kiến nhận trong kỳ qua hòm thư, thư giấy, tiếp xúc cử tri, tiếp công dân."),
        letters_in,
        Can.HANDLE_SUGGESTIONS,
        LETTER_ROW,
        counted=_in_time,
        article=BOX,
        missing=gettext_lazy("Chưa trả lời hoặc trả lời chậm"),
        breakdowns=(
            Breakdown(gettext_lazy("Theo nhóm vấn đề"), "topic"),
            Breakdown(gettext_lazy("Theo nguồn"), "channel", lambda: {one.value: one.label for one in Channel}),
            Breakdown(gettext_lazy("Theo trạng thái"), "state", lambda: {one.value: one.label for one in SuggestionState}),
        ),
        order=("received_on", "pk"),
    ),
)  # fmt: skip


def letters_waiting(scope: Scope) -> Iterator[Shortcoming]:
    """S3-06: what people said waits past its deadline, or past the days of the setting."""
    days = int(setting_on("suggestions.days", scope.unit, scope.day))
    rows = Suggestion.objects.filter(unit_id__in=scope.units, state__in=WAITING).order_by("received_on", "pk")
    for one in rows.values_list("pk", "unit_id", "topic", "received_on", "due_on", named=True):
        due = one.due_on or one.received_on + timedelta(days=days)
        if due < scope.day:
            yield Shortcoming(
                one.unit_id,
                one.topic or _("Ý kiến nhận ngày %(day)s") % {"day": f"{one.received_on:%d/%m/%Y}"},
                _("quá hạn trả lời %(days)s ngày") % {"days": (scope.day - due).days},
                _("Trả lời, hoặc nói rõ vì sao chưa giải quyết được."),
                reverse("consultations:suggestion", args=[one.pk]),
                due,
            )


def not_summed_up(scope: Scope) -> Iterator[Shortcoming]:
    """S1-14: the last day for slips is over and nobody summed up."""
    rows = Consultation.objects.filter(unit_id__in=scope.units, state=ConsultationState.OPEN, closes_on__lt=scope.day)
    for one in rows.order_by("closes_on", "pk"):
        yield Shortcoming(
            one.unit_id,
            one.title,
            _("đã hết hạn gửi phiếu ngày %(day)s, chưa tổng hợp") % {"day": f"{one.closes_on:%d/%m/%Y}"},
            _("Tổng hợp kết quả; phiếu gốc được hủy khi tổng hợp."),
            reverse("consultations:consultation", args=[one.pk]),
            one.closes_on,
        )


def not_replied(scope: Scope) -> Iterator[Shortcoming]:
    """S1-14: somebody was told what was said of them and has not answered it for so many days."""
    days = timedelta(days=int(setting_on("consultations.reply_days", scope.unit, scope.day)))
    rows = Subject.objects.filter(
        unit_id__in=scope.units, replied_on__isnull=True, consultation__state=ConsultationState.CLOSED,
        consultation__closed_on__range=(scope.period.first - days, scope.day - days),
    ).order_by("consultation_id", "order")  # fmt: skip
    for pk, unit, name, closed_on in rows.values_list("pk", "unit_id", "name", "consultation__closed_on"):
        assert closed_on is not None
        yield Shortcoming(
            unit,
            name,
            _("chưa tiếp thu, giải trình ý kiến góp ý"),
            _("Ghi ý kiến tiếp thu, giải trình của cá nhân, tập thể."),
            reverse("consultations:subject", args=[pk]),
            closed_on + days,
        )


CHECKS = (
    Check(
        "suggestions.waiting", gettext_lazy("Góp ý, kiến nghị quá hạn trả lời"), BOX, letters_waiting,
        Can.HANDLE_SUGGESTIONS, ("S3-06",), grace_days=15,
    ),
    Check(
        "consultations.summary", gettext_lazy("Đợt lấy ý kiến chưa tổng hợp"), ARTICLE, not_summed_up,
        Can.LEAD_CONSULTATIONS, ("S1-14",), grace_days=10,
    ),
    Check(
        "consultations.reply", gettext_lazy("Ý kiến góp ý chưa được tiếp thu, giải trình"), ARTICLE, not_replied,
        Can.SEE_RESULTS, ("S1-14",), grace_days=30,
    ),
)  # fmt: skip
