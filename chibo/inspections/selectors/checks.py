"""Checks over inspections: no programme by the day (S2-19), steps, reports and remedies that are late. One or two
queries each, whatever the number of members."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.inspections.models import Finding, Inspection, Step, Subject, YearProgramme
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


def step_late(scope: Scope) -> Iterator[Shortcoming]:
    """A step is not done though its day has passed: the first of each inspection, since the others wait for it."""
    rows = Step.objects.filter(
        unit_id__in=scope.units, done_on__isnull=True, waived="", due_on__lt=scope.day, code__in=OTHERS,
        inspection__closed_on__isnull=True, inspection__decided_on__lte=scope.day,
    ).order_by("inspection_id", "-order")  # fmt: skip
    first = dict(rows.values_list("inspection_id", "pk"))
    steps = Step.objects.select_related("inspection").in_bulk(first.values())
    for step in (steps[pk] for pk in first.values()):
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
    ).order_by("pk")  # fmt: skip
    late = list(rows.values_list("pk", "unit_id", "inspection_id", "inspection__steps__due_on"))
    inspections = Inspection.objects.in_bulk({inspection for *_subject, inspection, _due in late})
    for subject, unit, inspection, due in late:
        yield Shortcoming(
            unit,
            str(inspections[inspection])[:80],
            _("chưa gửi báo cáo tự kiểm tra, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"},
            _("Xem lại báo cáo đã ghi sẵn từ bản ghi và gửi."),
            reverse("inspections:self_report", args=[subject]),
            due + timedelta(days=1),
        )


def report_back_late(scope: Scope) -> Iterator[Shortcoming]:
    """The day to report back on remedies has passed and nothing came."""
    rows = Subject.objects.filter(
        unit_id__in=scope.units, reported_back_on__isnull=True, inspection__report_back_on__lt=scope.day,
        inspection__published_on__lte=scope.day, findings__task__isnull=False,
    ).distinct().order_by("pk")  # fmt: skip
    late = list(rows.values_list("pk", "unit_id", "inspection_id"))
    inspections = Inspection.objects.in_bulk({inspection for _subject, _unit, inspection in late})
    for _subject, unit, pk in late:
        due = inspections[pk].report_back_on
        assert due is not None
        yield Shortcoming(
            unit,
            str(inspections[pk])[:80],
            _("chưa báo cáo kết quả khắc phục, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"},
            _("Báo hoàn thành từng việc, rồi báo cáo kết quả khắc phục."),
            reverse("inspections:inspection", args=[pk]),
            due + timedelta(days=1),
        )


def unverified(scope: Scope) -> Iterator[Shortcoming]:
    """A remedy was reported done and the team has not looked since."""
    days = int(setting_on("inspections.verify_days", scope.unit, scope.day))
    before = scope.day - timedelta(days=days)
    rows = Finding.objects.filter(
        subject__inspection__unit_id__in=scope.units, subject__inspection__closed_on__isnull=True,
        verified_on__isnull=True, task__state=TaskState.DONE, task__done_on__lt=before,
    ).order_by("pk")  # fmt: skip
    told = rows.values_list("pk", "subject__inspection__unit_id", "task__title", "task__done_on")
    for finding, unit, title, done_on in told:
        assert done_on is not None
        yield Shortcoming(
            unit,
            title[:80],
            _("báo xong ngày %(day)s, chưa xác nhận") % {"day": f"{done_on:%d/%m/%Y}"},
            _("Xem kết quả và xác nhận."),
            reverse("inspections:finding", args=[finding]),
            done_on + timedelta(days=days),
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
