"""Checks over inspections: no programme by the day (S2-19), steps, reports and remedies that are late. One or two
queries each, whatever the number of members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.inspections.models import Finding, Step, Subject, YearProgramme
from chibo.inspections.rules.flows import FLOWS, Doer
from chibo.inspections.rules.programmes import due_day
from chibo.inspections.selectors.figures import ARTICLE, words_of
from chibo.inspections.selectors.programmes import due_of, late_lines
from chibo.tasks.rules import TaskState
from chibo.units.rules import Level
from chibo.units.selectors import setting_on, units_in

OTHERS = tuple({step.code for flow in FLOWS.values() for step in flow if step.doer is not Doer.INSPECTED})


def without_programme(scope: Scope) -> Iterator[Shortcoming]:
    """S2-19: the set date has passed, the ward has begun to keep programmes, and the unit has adopted none."""
    year = scope.day.year
    due = due_of(scope.unit, year)
    if scope.day <= due:
        return
    owing = [
        unit for unit in units_in(scope).values()
        if unit.level in (Level.WARD, Level.CELL) and unit.valid_from < date(year, 1, 1)
    ]  # fmt: skip
    wards = {unit.ward_id or unit.pk for unit in owing}
    kept = YearProgramme.objects.filter(unit_id__in={*wards, *scope.units}, adopted_on__lte=scope.day)
    adopted = set(kept.order_by().values_list("unit_id", "year"))
    begun = {unit for unit, _year in adopted} & wards
    for unit in owing:
        if (unit.ward_id or unit.pk) not in begun or (unit.pk, year) in adopted:
            continue
        yield Shortcoming(
            unit.pk,
            _("Năm %(year)s") % {"year": year},
            _("chưa thông qua chương trình kiểm tra, giám sát, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"},
            _("Soạn chương trình từ gợi ý và thông qua tại kỳ họp tới."),
            reverse("inspections:programme", args=[unit.pk, year]),
            due + timedelta(days=1),
        )


def line_late(scope: Scope) -> Iterator[Shortcoming]:
    """S2-19: the month of a line of an adopted programme is over, and it was neither begun nor moved."""
    for line in late_lines(scope.units, scope.day):
        over = due_day(line.programme.year, line.month)
        yield Shortcoming(
            line.unit_id,
            str(line),
            _("chưa tiến hành, chương trình ấn định tháng %(month)s năm %(year)s")
            % {"month": line.month, "year": line.programme.year},
            _("Tiến hành, hoặc điều chỉnh chương trình có lý do."),
            reverse("inspections:programme", args=[line.unit_id, line.programme.year]),
            over + timedelta(days=1),
        )


def _late(scope: Scope) -> QuerySet[Step]:
    rows = Step.objects.filter(
        unit_id__in=scope.units, done_on__isnull=True, waived="", due_on__lt=scope.day,
        inspection__closed_on__isnull=True, inspection__decided_on__lte=scope.day,
    )  # fmt: skip
    return rows.select_related("inspection").order_by("due_on", "pk")


def step_late(scope: Scope) -> Iterator[Shortcoming]:
    """A step is not done though its day has passed: the first of each inspection, since the others wait for it."""
    seen: set[int] = set()
    for step in _late(scope).filter(code__in=OTHERS).order_by("inspection", "order"):
        if step.inspection_id in seen:
            continue
        seen.add(step.inspection_id)
        yield Shortcoming(
            step.unit_id,
            str(step.inspection)[:80],
            _("chưa làm bước “%(step)s”, hạn %(day)s") % {"step": words_of(step), "day": f"{step.due_on:%d/%m/%Y}"},
            _("Làm xong bước này, hoặc ghi lý do không làm."),
            reverse("inspections:inspection", args=[step.inspection_id]),
            step.due_on + timedelta(days=1),
        )


def self_report_late(scope: Scope) -> Iterator[Shortcoming]:
    """The inspected unit has not handed in its own report by the day."""
    rows = Subject.objects.filter(
        unit_id__in=scope.units, member__isnull=True, handed_on__isnull=True,
        inspection__announced_on__lte=scope.day, inspection__steps__code="self_report",
        inspection__steps__due_on__lt=scope.day, inspection__steps__done_on__isnull=True,
        inspection__steps__waived="",
    ).select_related("inspection").annotate(due_on=F("inspection__steps__due_on"))  # fmt: skip
    for subject in rows.order_by("pk"):
        yield Shortcoming(
            subject.unit_id,
            str(subject.inspection)[:80],
            _("chưa gửi báo cáo tự kiểm tra, hạn %(day)s") % {"day": f"{subject.due_on:%d/%m/%Y}"},
            _("Xem lại báo cáo đã ghi sẵn từ bản ghi và gửi."),
            reverse("inspections:self_report", args=[subject.pk]),
            subject.due_on + timedelta(days=1),
        )


def report_back_late(scope: Scope) -> Iterator[Shortcoming]:
    """The day to report back on remedies has passed and nothing came."""
    rows = Subject.objects.filter(
        unit_id__in=scope.units, reported_back_on__isnull=True, inspection__report_back_on__lt=scope.day,
        inspection__published_on__lte=scope.day, findings__task__isnull=False,
    ).distinct().select_related("inspection")  # fmt: skip
    for subject in rows.order_by("pk"):
        due = subject.inspection.report_back_on
        assert due is not None
        yield Shortcoming(
            subject.unit_id,
            str(subject.inspection)[:80],
            _("chưa báo cáo kết quả khắc phục, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"},
            _("Báo hoàn thành từng việc, rồi báo cáo kết quả khắc phục."),
            reverse("inspections:inspection", args=[subject.inspection_id]),
            due + timedelta(days=1),
        )


def unverified(scope: Scope) -> Iterator[Shortcoming]:
    """A remedy was reported done and the team has not looked since."""
    days = int(setting_on("inspections.verify_days", scope.unit, scope.day))
    before = scope.day - timedelta(days=days)
    rows = Finding.objects.filter(
        subject__inspection__unit_id__in=scope.units, subject__inspection__closed_on__isnull=True,
        verified_on__isnull=True, task__state=TaskState.DONE, task__done_on__lt=before,
    ).select_related("task", "subject__inspection")  # fmt: skip
    for finding in rows.order_by("pk"):
        assert finding.task is not None
        assert finding.task.done_on is not None
        yield Shortcoming(
            finding.subject.inspection.unit_id,
            finding.task.title[:80],
            _("báo xong ngày %(day)s, chưa xác nhận") % {"day": f"{finding.task.done_on:%d/%m/%Y}"},
            _("Xem kết quả và xác nhận."),
            reverse("inspections:finding", args=[finding.pk]),
            finding.task.done_on + timedelta(days=days),
        )


CHECKS = (
    Check(
        "inspections.programme", gettext_lazy("Chưa có chương trình kiểm tra, giám sát năm"), ARTICLE, without_programme,
        Can.LEAD_INSPECTIONS, ("S2-19",),
    ),
    Check(
        "inspections.line", gettext_lazy("Nội dung chương trình kiểm tra, giám sát quá tháng"), ARTICLE, line_late,
        Can.LEAD_INSPECTIONS, ("S2-19",),
    ),
    Check(
        "inspections.step", gettext_lazy("Bước kiểm tra, giám sát quá hạn"), ARTICLE, step_late, Can.LEAD_INSPECTIONS,
        ("S0-02",), grace_days=5,
    ),
    Check(
        "inspections.self_report", gettext_lazy("Chưa gửi báo cáo tự kiểm tra"), ARTICLE, self_report_late,
        Can.ANSWER_INSPECTIONS, ("S0-02",), grace_days=0,
    ),
    Check(
        "inspections.report_back", gettext_lazy("Chưa báo cáo kết quả khắc phục"), ARTICLE, report_back_late,
        Can.ANSWER_INSPECTIONS, ("S2-15",), grace_days=0,
    ),
    Check(
        "inspections.unverified", gettext_lazy("Khắc phục chờ đoàn xác nhận"), ARTICLE, unverified, Can.LEAD_INSPECTIONS,
        ("S2-15",),
    ),
)  # fmt: skip
