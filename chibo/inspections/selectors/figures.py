"""Figures of inspection and supervision: coverage, what was found and how, what came of it (S1-12, S3-07, S3-13)."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Column, Figure, Measure, Scope
from chibo.inspections.models import Finding, Inspection, Step, Subject
from chibo.inspections.rules import COVERING, OWN_SOURCES, TO_MEND, FindingKind, InspectionForm, Source
from chibo.inspections.rules.flows import FLOWS
from chibo.inspections.selectors import rule_of
from chibo.members.models import Member
from chibo.members.selectors import counted_on
from chibo.tasks.rules import TaskState
from chibo.units.models import Unit

ARTICLE = _("Quy định về công tác kiểm tra, giám sát, kỷ luật của Đảng (30, 22, 262, 296-QĐ/TW; 21-QĐ/TW)")
KINDS = {word.value: word.label for word in FindingKind}
FORMS = {word.value: word.label for word in InspectionForm}
SOURCES = {word.value: word.label for word in Source}
STEPS = {step.code: step.words for flow in reversed(list(FLOWS.values())) for step in flow}
"""A step by the words of the first form that has it; of one inspection it goes by those of its own form."""

UNIT_ROW = (Column(_("Chi bộ"), "name", 30),)
MEMBER_ROW = (Column(_("Họ và tên"), "full_name", 28), Column(_("Chi bộ"), "unit.name", 24))
FINDING_ROW = (
    Column(_("Loại"), lambda row: row.get_kind_display(), 22),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Ngày"), "found_on", 12, "date"),
    Column(_("Phát hiện qua"), lambda row: row.get_source_display(), 24),
    Column(_("Hạn khắc phục"), "task.first_due_on", 14, "date"),
    Column(_("Xong ngày"), "task.done_on", 12, "date"),
)
INSPECTION_ROW = (
    Column(_("Hình thức"), lambda row: row.get_form_display(), 28),
    Column(_("Chủ trì"), "unit.name", 24),
    Column(_("Ngày quyết định"), "decided_on", 14, "date"),
    Column(_("Ngày kết luận"), "concluded_on", 14, "date"),
)


def words_of(step: Step) -> str:
    """A step of an inspection in the words of its form."""
    return gettext(rule_of(step.inspection, step.code).words)


STEP_ROW = (
    Column(_("Bước"), words_of, 36),
    Column(_("Chủ trì"), "unit.name", 24),
    Column(_("Hạn"), "due_on", 12, "date"),
    Column(_("Xong ngày"), "done_on", 12, "date"),
    Column(_("Số ngày"), "took", 10, "number"),
)


def _last(scope: Scope) -> tuple[object, object]:
    return scope.period.first, min(scope.period.last, scope.day)


def _covered(scope: Scope) -> QuerySet[Subject]:
    """Who was inspected or supervised: announced to them in the period."""
    return Subject.objects.filter(inspection__form__in=COVERING, inspection__announced_on__range=_last(scope))


def cells(scope: Scope) -> QuerySet[Unit]:
    """The cells that have members on the day."""
    peopled = counted_on(scope.day, scope.cells).filter(unit=OuterRef("pk"))
    return Unit.objects.filter(Exists(peopled), pk__in=scope.cells)


def cell_covered(scope: Scope) -> Q:
    return Q(Exists(_covered(scope).filter(unit=OuterRef("pk"), member__isnull=True)))


def members(scope: Scope) -> QuerySet[Member]:
    """Persons, each once, inspected or supervised in the period, in the cell where they stood then."""
    rows = _covered(scope).filter(member=OuterRef("pk"), unit_id__in=scope.units)
    return Member.objects.filter(Exists(rows)).select_related("unit")


def held(scope: Scope) -> QuerySet[Inspection]:
    rows = Inspection.objects.filter(unit_id__in=scope.units, announced_on__range=_last(scope))
    return rows.select_related("unit").annotate(month=TruncMonth("announced_on"))


def findings(scope: Scope) -> QuerySet[Finding]:
    """What was found at the units of the scope, once the inspection was concluded or its report made known."""
    rows = Finding.objects.filter(unit_id__in=scope.units, found_on__range=_last(scope))
    known = Q(subject__inspection__published_on__isnull=False) | Q(subject__inspection__closed_on__isnull=False)
    return rows.filter(known).select_related("unit", "task").annotate(month=TruncMonth("found_on"))


def matters(scope: Scope) -> QuerySet[Finding]:
    return findings(scope).filter(kind=FindingKind.SIGN)


def to_mend(scope: Scope) -> QuerySet[Finding]:
    return findings(scope).filter(kind__in=TO_MEND)


def remedies(scope: Scope) -> QuerySet[Finding]:
    """The remedies whose first deadline came in the period."""
    rows = Finding.objects.filter(unit_id__in=scope.units, task__first_due_on__range=_last(scope))
    return rows.exclude(task__state=TaskState.DROPPED).select_related("unit", "task")


def steps(scope: Scope) -> QuerySet[Step]:
    rows = Step.objects.filter(unit_id__in=scope.units, done_on__range=_last(scope), waived="")
    return rows.select_related("unit", "inspection").annotate(month=TruncMonth("done_on"))


@dataclass(frozen=True, slots=True)
class StepDays:
    """A step, how many of it were done in the period, and in how many days at least and at most."""

    words: str
    number: int
    least: int
    most: int


def days_by_step(scope: Scope) -> list[StepDays]:
    """In the order of the flow: one query."""
    rows = steps(scope).filter(took__isnull=False).order_by().values("code")
    told = {row["code"]: row for row in rows.annotate(n=Count("pk"), least=Min("took"), most=Max("took"))}
    return [
        StepDays(gettext(words), told[code]["n"], told[code]["least"], told[code]["most"])
        for code, words in STEPS.items() if code in told
    ]  # fmt: skip


BY_KIND = Breakdown(_("Theo loại"), "kind", lambda: KINDS)
BY_STEP = Breakdown(_("Theo bước"), "code", lambda: STEPS)
FOUND_ORDER = ("found_on", "unit__sort_key", "pk")
FIGURES = (
    Figure(
        "inspections.cells", _("Chi bộ được kiểm tra, giám sát"),
        _("Chi bộ được kiểm tra hoặc giám sát ít nhất một lần trong kỳ, trên số chi bộ có đảng viên vào ngày xem."),
        cells, Can.LEAD_INSPECTIONS, UNIT_ROW, counted=cell_covered, article=ARTICLE, unit="pk",
        missing=_("Chưa kiểm tra, giám sát"), order=("sort_key", "pk"),
    ),
    Figure(
        "inspections.members", _("Đảng viên được kiểm tra, giám sát"),
        _("Số đảng viên (mỗi người tính một lần) được kiểm tra hoặc giám sát trong kỳ."),
        members, Can.LEAD_INSPECTIONS, MEMBER_ROW, article=ARTICLE, order=("unit__sort_key", "sort_key", "pk"),
    ),
    Figure(
        "inspections.held", _("Cuộc kiểm tra, giám sát, khảo sát"),
        _("Số cuộc đã gửi quyết định, kế hoạch trong kỳ, do cấp này và cấp dưới chủ trì."),
        held, Can.LEAD_INSPECTIONS, INSPECTION_ROW, article=ARTICLE, month="month",
        breakdowns=(Breakdown(_("Theo hình thức"), "form", lambda: FORMS),), order=("announced_on", "pk"),
    ),
    Figure(
        "inspections.findings", _("Nhận xét qua kiểm tra, giám sát"),
        _("Số ưu điểm, hạn chế, nguyên nhân, kiến nghị và nhận xét khác ghi trong kỳ và đã công bố."),
        findings, Can.LEAD_INSPECTIONS, FINDING_ROW, article=ARTICLE, month="month", breakdowns=(BY_KIND,),
        order=FOUND_ORDER,
    ),
    Figure(
        "inspections.own_found", _("Vụ việc tự phát hiện qua kiểm tra, giám sát"),
        _("Dấu hiệu vi phạm phát hiện qua kiểm tra, giám sát, trên tổng số; số còn lại do đơn thư, dư luận."),
        matters, Can.LEAD_INSPECTIONS, FINDING_ROW, counted=lambda _scope: Q(source__in=OWN_SOURCES), article=ARTICLE,
        month="month", missing=_("Qua đơn thư, dư luận"),
        breakdowns=(Breakdown(_("Theo nguồn"), "source", lambda: SOURCES),), order=FOUND_ORDER,
    ),
    Figure(
        "inspections.repeated", _("Hạn chế lặp lại"),
        _("Hạn chế, khuyết điểm đã nêu ở cuộc trước mà nay còn, trên số hạn chế, khuyết điểm ghi trong kỳ và đã công bố."),
        to_mend, Can.LEAD_INSPECTIONS, FINDING_ROW, counted=lambda _scope: Q(repeats__isnull=False), article=ARTICLE,
        month="month", missing=_("Nêu lần đầu"), order=FOUND_ORDER,
    ),
    Figure(
        "inspections.remedied", _("Khắc phục đúng hạn"),
        _("Nội dung khắc phục hoàn thành trong thời hạn ban đầu, trên số nội dung đến hạn trong kỳ."),
        remedies, Can.LEAD_INSPECTIONS, FINDING_ROW,
        counted=lambda _scope: Q(task__state=TaskState.DONE, task__done_on__lte=F("task__first_due_on")),
        article=ARTICLE, missing=_("Chưa xong hoặc xong sau hạn"), order=FOUND_ORDER,
    ),
    Figure(
        "inspections.steps", _("Bước kiểm tra, giám sát đúng hạn"),
        _("Bước làm xong trong hạn, trên số bước làm xong trong kỳ; bước không làm có lý do không tính."),
        steps, Can.LEAD_INSPECTIONS, STEP_ROW, counted=lambda _scope: Q(done_on__lte=F("due_on")), article=ARTICLE,
        month="month", missing=_("Sau hạn"), breakdowns=(BY_STEP,), order=("done_on", "pk"),
    ),
    Figure(
        "inspections.days", _("Số ngày làm từng bước kiểm tra, giám sát"),
        _("Bước làm xong trong kỳ, kèm số ngày từ khi bước trước xong đến khi bước ấy xong; xem theo bước để thấy từng bước."),
        lambda scope: steps(scope).filter(took__isnull=False), Can.LEAD_INSPECTIONS, STEP_ROW, article=ARTICLE, month="month",
        breakdowns=(BY_STEP,), order=("done_on", "pk"), measure=Measure("took", _("ngày")),
    ),
)  # fmt: skip
