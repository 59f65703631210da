"""Figures about study: attendance at classes, essays, people and cells reached (seeds S0-03, S1-02, S1-13, S4-03)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Column, Figure, Scope
from chibo.meetings.rules import Presence
from chibo.study.models import Essay, Reach, StudyClass
from chibo.study.rules import HANDED_IN, LEARNING, EssayState, Way
from chibo.study.selectors import class_roll
from chibo.units.models import Unit

CLASS_ROW = (
    Column(_("Ngày học"), "meeting.held_on", 12, "date"),
    Column(_("Nội dung"), "title", 44),
    Column(_("Tổ chức"), "unit.name", 24),
    Column(_("Báo cáo viên"), "speaker", 24),
    Column(_("Chương trình"), lambda row: str(row.programme or ""), 30),
)
ROLL_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Ngày học"), "meeting.held_on", 12, "date"),
    Column(_("Lớp"), "meeting.topic", 40),
    Column(_("Điểm danh"), lambda row: row.get_presence_display(), 18),
    Column(_("Lý do"), "reason", 24),
)
ESSAY_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Lớp"), "study_class.title", 40),
    Column(_("Hạn nộp"), "study_class.essays_due_on", 12, "date"),
    Column(_("Ngày nộp"), "handed_in_on", 12, "date"),
    Column(_("Trạng thái"), lambda row: row.get_state_display(), 18),
)
REACH_ROW = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Nội dung phổ biến"), lambda row: str(row.dissemination), 44),
    Column(_("Ngày"), "reached_on", 12, "date"),
    Column(_("Hình thức"), lambda row: row.get_way_display(), 22),
)
CELL_ROW = (Column(_("Chi bộ"), "name", 30), Column(_("Loại hình"), lambda row: row.get_cell_kind_display(), 20))
BY_CLASS = ("study_class__meeting__held_on", "unit__sort_key", "member__sort_key", "pk")


def _months(scope: Scope) -> tuple[object, object]:
    return scope.period.first.replace(day=1), scope.period.last


def classes_held(scope: Scope) -> QuerySet[StudyClass]:
    """The classes that these units held in the months of the period."""
    rows = StudyClass.objects.filter(
        unit_id__in=scope.units, meeting__month__range=_months(scope), meeting__held_on__lte=scope.today
    )
    return rows.select_related("unit", "meeting", "programme")


def essays_asked(scope: Scope) -> QuerySet[Essay]:
    """The essays owed after the classes of the period."""
    rows = Essay.objects.filter(unit_id__in=scope.units, study_class__meeting__month__range=_months(scope))
    return rows.select_related("unit", "member", "study_class")


def essays_in(scope: Scope) -> QuerySet[Essay]:
    return essays_asked(scope).filter(state__in=HANDED_IN)


def people_to_reach(scope: Scope) -> QuerySet[Reach]:
    """One row for each member and each document or theme that was made known from a day of the period on."""
    rows = Reach.objects.filter(
        unit_id__in=scope.units, dissemination__opened_on__range=(scope.period.first, scope.period.last),
        dissemination__opened_on__lte=scope.today,
    )  # fmt: skip
    return rows.select_related("unit", "member", "dissemination__paper", "dissemination__theme")


def cells_to_reach(scope: Scope) -> QuerySet[Unit]:
    """The cells that something was to be made known to in the period."""
    return Unit.objects.filter(Exists(people_to_reach(scope).filter(unit=OuterRef("pk"))), pk__in=scope.cells)


def _whole(scope: Scope) -> Q:
    return ~Q(Exists(people_to_reach(scope).filter(unit=OuterRef("pk"), reached_on__isnull=True)))


FIGURES = (
    Figure(
        "study.classes",
        _("Lớp học tập, quán triệt"),
        _("Số hội nghị học tập, quán triệt đã mở trong kỳ."),
        classes_held, Can.SEE_STUDY, CLASS_ROW, article=LEARNING, month="meeting__month",
        breakdowns=(
            Breakdown(_("Theo cấp tổ chức"), "unit__level", lambda: {"ward": _("Lớp của đảng ủy"), "cell": _("Lớp của chi bộ")}),
            Breakdown(_("Theo chương trình"), "programme__name"),
        ),
        order=("meeting__held_on", "pk"),
    ),
    Figure(
        "study.attendance",
        _("Tỷ lệ dự học tập, quán triệt"),
        _("Lượt có mặt trên lượt phải dự các lớp học tập; không tính người được miễn và người sinh hoạt nơi khác. Cắt, không làm tròn."),
        class_roll, Can.SEE_STUDY, ROLL_ROW, counted=lambda _scope: Q(presence=Presence.PRESENT), article=LEARNING,
        month="month", places=2, cut=True, missing=_("Vắng"), board=True,
        breakdowns=(Breakdown(_("Theo nhóm"), "member__groups__name"),),
        order=("meeting__held_on", "unit__sort_key", "member__sort_key", "pk"),
    ),
    Figure(
        "study.essays",
        _("Bài thu hoạch đã nộp"),
        _("Bài đã nộp trên số bài được giao sau các lớp học của kỳ; nộp thay cho người viết tay vẫn tính."),
        essays_asked, Can.SEE_STUDY, ESSAY_ROW, counted=lambda _scope: Q(state__in=HANDED_IN), article=LEARNING,
        month="study_class__meeting__month", missing=_("Chưa nộp"), board=True,
        breakdowns=(Breakdown(_("Theo trạng thái"), "state", lambda: {w.value: w.label for w in EssayState}),),
        order=BY_CLASS,
    ),
    Figure(
        "study.essays_passed",
        _("Bài thu hoạch đạt yêu cầu"),
        _("Bài được nhận xét đạt trên số bài đã nộp; nhận xét việc viết, không chấm điểm."),
        essays_in, Can.SEE_STUDY, ESSAY_ROW, counted=lambda _scope: Q(state=EssayState.PASSED), article=LEARNING,
        month="study_class__meeting__month", missing=_("Chưa nhận xét hoặc chưa đạt"), order=BY_CLASS,
    ),
    Figure(
        "study.reached",
        _("Đảng viên được phổ biến văn bản, chuyên đề"),
        _("Lượt đảng viên đã được phổ biến trên lượt phải phổ biến, của các đợt bắt đầu trong kỳ; không tính người được miễn sinh hoạt."),
        people_to_reach, Can.SEE_STUDY, REACH_ROW, counted=lambda _scope: Q(reached_on__isnull=False), article=LEARNING,
        missing=_("Chưa được phổ biến"),
        breakdowns=(Breakdown(_("Theo hình thức"), "way", lambda: {w.value: w.label for w in Way}),),
        order=("dissemination__opened_on", "unit__sort_key", "member__sort_key", "pk"),
    ),
    Figure(
        "study.cells_reached",
        _("Chi bộ đã phổ biến đến mọi đảng viên"),
        _("Chi bộ không còn ai chưa được phổ biến, trên số chi bộ có nội dung phải phổ biến của các đợt bắt đầu trong kỳ."),
        cells_to_reach, Can.SEE_STUDY, CELL_ROW, counted=_whole, article=LEARNING, unit="pk",
        missing=_("Còn người chưa được phổ biến"), order=("sort_key", "pk"),
    ),
)  # fmt: skip
