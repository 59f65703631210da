"""The cell's two books, for any period: its resolutions with where their tasks stand, and its minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Prefetch, QuerySet

from chibo.access.actor import Actor
from chibo.core.registry import Scope
from chibo.core.templatetags.ui import period_words
from chibo.core.values import Period, month_of
from chibo.meetings.models import Correction, Meeting, Resolution, ResolutionItem
from chibo.meetings.rules import MeetingKind, MeetingState
from chibo.meetings.rules.books import Entered, minutes_book, resolution_book
from chibo.meetings.selectors.closing import assigned_of, head_of
from chibo.meetings.selectors.document import blocks_of, corrections_to
from chibo.papers.rules import Document
from chibo.tasks.rules import TaskState
from chibo.units.models import Unit


def resolutions_in(actor: Actor, scope: Scope) -> QuerySet[Resolution]:
    """The resolutions of the scope's units adopted in its period, oldest first, with their items and tasks."""
    items = ResolutionItem.objects.select_related("doer", "doer_unit", "task")
    found = Resolution.objects.visible_to(actor).filter(
        unit_id__in=scope.units, adopted_on__range=(scope.period.first, scope.period.last)
    )
    return (
        found.select_related("paper", "unit", "meeting")
        .prefetch_related(Prefetch("meeting__resolved", items))
        .order_by("unit__sort_key", "adopted_on", "pk")
    )


def minutes_in(unit: Unit, period: Period) -> QuerySet[Meeting]:
    """The closed meetings of the unit that count for the period, oldest first, with their corrections."""
    rows = Meeting.objects.filter(
        unit=unit, state=MeetingState.CLOSED, month__range=(month_of(period.first), period.last)
    )
    corrections = Prefetch("corrections", Correction.objects.order_by("corrected_on", "pk"))
    return rows.select_related("unit", "chair", "recorder").prefetch_related(corrections).order_by("held_on", "pk")


def resolution_book_of(unit: Unit, period: Period, resolutions: Iterable[Resolution], on: date) -> Document:
    """The book of resolutions as a paper, with the state of each task on the day."""
    entered = (
        Entered(
            row.paper.symbol, row.adopted_on, row.paper.subject,
            tuple(assigned_of(item, _standing_of(item, on)) for item in row.meeting.resolved.all()),
        )
        for row in resolutions
    )  # fmt: skip
    return resolution_book(entered, head_of(unit, on), str(period_words(period)))


def minutes_book_of(unit: Unit, period: Period, meetings: Iterable[Meeting], on: date) -> Document:
    """The minutes book as a paper."""
    kept = (
        (
            f"{MeetingKind(meeting.kind).label} ngày {meeting.held_on:%d/%m/%Y}",
            (*blocks_of(meeting.minutes), *corrections_to(meeting)),
        )
        for meeting in meetings
    )
    return minutes_book(kept, head_of(unit, on), str(period_words(period)))


def _standing_of(item: ResolutionItem, on: date) -> str:
    """Where the task stands, in the words of an official text."""
    task = item.task
    if task is None:
        return ""
    if task.state == TaskState.OPEN and task.due_on is not None and task.due_on < on:
        return f"quá hạn {(on - task.due_on).days} ngày"
    done = f" {task.done_on:%d/%m/%Y}" if task.done_on else ""
    return f"{TaskState(task.state).label}{done}"
