"""The columns of lists of duties, and how a duty stands on a day in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.registry import Column
from chibo.core.tables import State, day_text, link_to
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskState

SOON = 7
"""Days before its deadline when a duty begins to show."""


def state_on(day: date) -> Callable[[Task], State]:
    """How a duty stands on the day: done in time or late, due, late, open."""

    def state(task: Task) -> State:
        if task.state == TaskState.DONE:
            late = task.first_due_on is not None and task.done_on is not None and task.done_on > task.first_due_on
            return State(_("Xong, sau hạn") if late else _("Hoàn thành"), "ok")
        if task.state == TaskState.DROPPED:
            return State(task.get_state_display(), "none")
        if task.due_on is None:
            return State(_("Chưa có hạn"), "due")
        left = (task.due_on - day).days
        if left < 0:
            return State(_("Quá hạn %(days)s ngày") % {"days": -left}, "late")
        if left <= SOON:
            return State(_("Còn %(days)s ngày") % {"days": left} if left else _("Hôm nay"), "due")
        return State(task.get_state_display(), "info")

    return state


def doer_text(task: Any) -> str:
    return str(task.doer or task.doer_unit)


def due_text(task: Any) -> str:
    """The deadline, with the first one where it was moved."""
    if task.due_on is None:
        return ""
    moved = task.first_due_on and task.first_due_on != task.due_on
    due = day_text(task.due_on)
    return _("%(due)s (ban đầu %(first)s)") % {"due": due, "first": day_text(task.first_due_on)} if moved else due


def columns_on(day: date, *, with_unit: bool) -> tuple[Column, ...]:
    return tuple(
        column
        for column in (
            Column(gettext_lazy("Nội dung"), "title", 44, link=link_to("tasks:task")),
            Column(gettext_lazy("Người thực hiện"), doer_text, 26),
            Column(gettext_lazy("Tổ chức"), "unit.name", 24) if with_unit else None,
            Column(gettext_lazy("Thời hạn"), due_text, 24),
            Column(gettext_lazy("Cách đo"), "measure", 28),
            Column(gettext_lazy("Nguồn"), lambda task: task.get_origin_display(), 20),
            Column(gettext_lazy("Trạng thái"), state_on(day), 20, "state"),
        )
        if column is not None
    )


EVIDENCE = (
    Column(gettext_lazy("Nội dung"), "title", 44, link=link_to("tasks:task")),
    Column(gettext_lazy("Người thực hiện"), doer_text, 26),
    Column(gettext_lazy("Chi bộ"), "unit.name", 24),
    Column(gettext_lazy("Nguồn"), lambda task: task.get_origin_display(), 20),
    Column(gettext_lazy("Ngày giao"), "assigned_on", 12, "date"),
    Column(gettext_lazy("Thời hạn ban đầu"), "first_due_on", 14, "date"),
    Column(gettext_lazy("Ngày xong"), "done_on", 12, "date"),
)
