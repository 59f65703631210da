"""Checks over duties: late, without progress, whose doer left, no local task (seeds S2-15, S2-16, S3-05, S3-14)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import starmap
from typing import NamedTuple

from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.held import held_once
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.tables import day_text, link_to, road_to
from chibo.core.values import same_day_after
from chibo.members.selectors import last_days, memberships_on
from chibo.tasks.models import Progress, Task
from chibo.tasks.rules import ARTICLE, TaskState
from chibo.tasks.selectors import OPEN, duties_given
from chibo.units.selectors import setting_on, units_in

PAGE = link_to("tasks:task")
OF_OPEN = Q(task__state=TaskState.OPEN)


class Duty(NamedTuple):
    """All that checks tell of an open duty: a ward has hundreds of late ones, so no record is made of each."""

    pk: int
    unit_id: int
    title: str
    assigned_on: date
    due_on: date | None
    override_reason: str
    doer_id: int | None
    doer__full_name: str | None
    doer_unit__name: str | None


@held_once
def _open(scope: Scope) -> tuple[Duty, ...]:
    """Open duties given by the day, the first due first."""
    rows = Task.objects.filter(OPEN, unit_id__in=scope.units, assigned_on__lte=scope.day).order_by("due_on", "pk")
    return tuple(starmap(Duty, rows.values_list(*Duty.__annotations__)))


def _about(duty: Duty, detail: str, remedy: str, since: date) -> Shortcoming:
    who = duty.doer__full_name or duty.doer_unit__name
    return Shortcoming(duty.unit_id, f"{duty.title[:80]} ({who})", detail, remedy, PAGE(duty), since)


def overdue(scope: Scope) -> Iterator[Shortcoming]:
    """S3-14: the day has come and the duty is not done."""
    detail, remedy = _("quá hạn từ ngày %(day)s"), _("Đôn đốc, ghi tiến độ; hoặc gia hạn có lý do, báo cáo cấp trên.")
    day, morrow = scope.day, timedelta(days=1)
    for task in _open(scope):
        if task.due_on is not None and task.due_on < day:
            yield _about(task, detail % {"day": day_text(task.due_on)}, remedy, task.due_on + morrow)


def without_progress(scope: Scope) -> Iterator[Shortcoming]:
    """S2-15: a commitment, remedy or other duty of which nothing was heard for months."""
    months = int(setting_on("tasks.silent_months", scope.unit, scope.day))
    before = same_day_after(scope.day, -months)
    detail, remedy = _("chưa có tiến độ từ ngày %(day)s"), _("Nghe báo cáo trong kỳ sinh hoạt tới và ghi tiến độ.")
    last = Progress.objects.filter(OF_OPEN, task__unit_id__in=scope.units).order_by().values_list("task_id")
    said = dict(last.annotate(last=Max("noted_on")))
    patience = timedelta(days=30 * months)
    for task in _open(scope):
        heard: date = said.get(task.pk) or task.assigned_on
        if heard < before:
            yield _about(task, detail % {"day": day_text(heard)}, remedy, heard + patience)


def doer_gone(scope: Scope) -> Iterator[Shortcoming]:
    """Who was to do it no longer stands in the organisation: the duty must go to somebody else."""
    given = [task for task in _open(scope) if task.doer_id is not None]
    if not given:
        return
    here = memberships_on(scope.day, scope.units).filter(member__in={task.doer_id for task in given})
    stay = set(here.values_list("member_id", flat=True))
    gone = {task: task.doer_id for task in given if task.doer_id is not None and task.doer_id not in stay}
    left = last_days(set(gone.values()), scope.units, scope.day) if gone else {}
    detail, remedy = _("người thực hiện đã chuyển đi"), _("Bàn giao nhiệm vụ cho đồng chí khác.")
    for task, doer in gone.items():
        since = left[doer] + timedelta(days=1) if doer in left else task.assigned_on
        yield _about(task, detail, remedy, max(since, task.assigned_on))


def no_local_task(scope: Scope) -> Iterator[Shortcoming]:
    """S3-05: for months the cell gave itself no duty on a local difficulty."""
    months = int(setting_on("tasks.local_months", scope.unit, scope.day))
    since = same_day_after(scope.day, -months)
    page, units = road_to("tasks:assign"), units_in(scope)
    detail = _("%(months)s tháng chưa có giải pháp, nhiệm vụ riêng cho khó khăn của địa phương") % {"months": months}
    remedy = _("Bàn và giao một nhiệm vụ cụ thể của địa phương trong kỳ sinh hoạt tới.")
    for cell, given in duties_given(scope).items():
        if given.first < since and (given.local is None or given.local < since):
            begun = same_day_after(given.local or given.first, months)
            yield Shortcoming(cell, units[cell].name, detail, remedy, page(cell), begun)


def given_vaguely(scope: Scope) -> Iterator[Shortcoming]:
    """S2-16: a duty given in vague words, without a deadline or a measure, with somebody's reason."""
    for task in _open(scope):
        if task.override_reason:
            yield _about(
                task,
                _("giao chưa rõ; lý do: %(reason)s") % {"reason": task.override_reason},
                _("Cụ thể hóa: ghi rõ việc, thời hạn, cách đo trong kỳ sinh hoạt tới."),
                task.assigned_on,
            )


CHECKS = (
    Check("tasks.overdue", gettext_lazy("Nhiệm vụ quá hạn"), ARTICLE, overdue, Can.ASSIGN_TASKS, ("S3-14",)),
    Check(
        "tasks.silent", gettext_lazy("Cam kết, nhiệm vụ lâu không có tiến độ"), ARTICLE, without_progress,
        Can.ASSIGN_TASKS, ("S2-15",), grace_days=30,
    ),
    Check(
        "tasks.doer_gone", gettext_lazy("Nhiệm vụ có người thực hiện đã chuyển đi"), ARTICLE, doer_gone,
        Can.ASSIGN_TASKS, ("S3-14",),
    ),
    Check(
        "tasks.local", gettext_lazy("Chi bộ chưa có nhiệm vụ riêng của địa phương"), ARTICLE, no_local_task,
        Can.ASSIGN_TASKS, ("S3-05",), grace_days=30,
    ),
    Check(
        "tasks.vague", gettext_lazy("Nhiệm vụ giao chưa rõ"), ARTICLE, given_vaguely, Can.ASSIGN_TASKS, ("S2-16",),
        grace_days=30,
    ),
)  # fmt: skip
