"""One sheet for one briefing: every cell's return, who has not sent, what the last directions came to; and what a
cell's records can say for its return."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.briefings.models import Briefing, Direction, Return
from chibo.briefings.rules import Draft, Duty, Rhythm, ahead_of, days_late, drafted
from chibo.briefings.selectors import is_concluded, sees_whole
from chibo.core.registry import registry
from chibo.core.tables import State
from chibo.core.values import Period, Share
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskState
from chibo.units.models import Unit
from chibo.units.selectors import scope_of

CULTIVATION = ("plans.having", "plans.evaluated")
"""Whose numbers a monthly return begins with under cultivation, if the house has these figures (seed S1-09)."""


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row of the sheet: a return, and how late it is on the day (0 in time, or not due yet)."""

    ret: Return
    late: int

    @property
    def name(self) -> str:
        return str(self.ret)

    @property
    def is_sent(self) -> bool:
        return self.ret.sent_on is not None

    @property
    def state(self) -> State:
        return state_of_return(self.ret, self.late)


def state_of_return(ret: Return, late: int) -> State:
    """Whether it was sent, and in time; in words."""
    if ret.sent_on is not None:
        words = _("Đã gửi %(day)s") % {"day": f"{ret.sent_on:%d/%m}"}
        return State(_("%(sent)s, muộn %(late)s ngày") % {"sent": words, "late": late} if late else words, "ok")
    return (
        State(_("Chưa gửi, quá hạn %(late)s ngày") % {"late": late}, "late") if late else State(_("Chưa gửi"), "due")
    )


@dataclass(frozen=True, slots=True)
class GivenLine:
    """One direction with its state on the day; given to several, one line for all of them."""

    order: int
    what: str
    told: str
    measure: str
    due_on: date | None
    briefing: Briefing
    tasks: list[Task]
    day: date

    @property
    def done(self) -> Share:
        return Share(sum(task.state == TaskState.DONE for task in self.tasks), len(self.tasks))

    @property
    def is_open(self) -> bool:
        return any(task.state == TaskState.OPEN for task in self.tasks)

    @property
    def late(self) -> int:
        """How many days the longest overdue of its open tasks is past its deadline."""
        waiting = (task.due_on for task in self.tasks if task.state == TaskState.OPEN and task.due_on)
        return max((days_late(due, None, self.day) for due in waiting), default=0)

    @property
    def is_personal(self) -> bool:
        """Whether a comrade was told, whose name the screen does not show."""
        return any(task.doer_id for task in self.tasks)

    @property
    def state(self) -> State:
        """Done, overdue or under way; of several, how many are done."""
        late = self.late
        several = f" ({self.done.part}/{self.done.base})" if len(self.tasks) > 1 else ""
        if not self.is_open:
            words = (_("Hoàn thành"), "ok") if self.done.part else (_("Thôi giao"), "none")
            return State(words[0] + several, words[1])
        if late:
            return State(_("Quá hạn %(late)s ngày") % {"late": late} + several, "late")
        return State(_("Đang làm") + several, "info")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one briefing has on its table."""

    lines: list[SheetLine]
    before: list[GivenLine]
    """The directions of the briefing before, and older ones still open: shown first (seed S3-09)."""
    given: list[GivenLine]

    @property
    def missing(self) -> list[SheetLine]:
        return [line for line in self.lines if not line.is_sent]

    @property
    def sent(self) -> Share:
        return Share(sum(line.is_sent for line in self.lines), len(self.lines))


def sheet_of(briefing: Briefing, actor: Actor, day: date) -> Sheet:
    """The briefing as this actor may see it: the ward everything, a cell its own row and what was directed to it."""
    returns = briefing.returns.select_related("unit").order_by("body", "unit__sort_key", "pk")
    ours = Q()
    if not sees_whole(actor, briefing):
        returns = returns.filter(_below(actor, "unit__path"), body="")
        ours = _below(actor, "task__unit__path")
    last = briefing.meeting.closed_on or day
    lines = [SheetLine(ret, days_late(briefing.returns_due_on, ret.sent_on, last)) for ret in returns]
    return Sheet(
        lines,
        given_lines(directions_before(briefing).filter(ours), last),
        given_lines(briefing.directions.filter(ours), day),
    )


def _below(actor: Actor, path: str) -> Q:
    within = Q(pk__in=[])
    for prefix in actor.reach(Can.SEE_BRIEFINGS):
        within |= Q(**{f"{path}__startswith": prefix})
    return within


def briefing_before(briefing: Briefing) -> Briefing | None:
    """The ward's briefing held just before this one, of whichever rhythm."""
    day = briefing.meeting.held_on
    earlier = Q(meeting__held_on__lt=day) | Q(meeting__held_on=day, pk__lt=briefing.pk)
    rows = Briefing.objects.filter(earlier, unit=briefing.unit_id)
    return rows.order_by("-meeting__held_on", "-pk").first()


def directions_before(briefing: Briefing) -> QuerySet[Direction]:
    """What the briefing before directed, whatever came of it, and what older ones directed and is still open."""
    last = briefing_before(briefing)
    if last is None:
        return Direction.objects.none()
    older = Q(unit=briefing.unit_id, briefing__reviewed_last__lte=last.reviewed_last, task__state=TaskState.OPEN)
    return Direction.objects.filter(Q(briefing=last) | older).exclude(briefing=briefing)


def given_lines(directions: QuerySet[Direction], day: date) -> list[GivenLine]:
    """The directions with their tasks, latest briefing first: one query."""
    rows = directions.select_related("task", "briefing__meeting").order_by(
        "-briefing__meeting__held_on", "-briefing", "order", "pk"
    )
    return [_given(list(same), day) for _order, same in groupby(rows, key=lambda one: (one.briefing_id, one.order))]


def _given(same: list[Direction], day: date) -> GivenLine:
    """Lines with one number are one direction; what was said stays, even where a task was extended since."""
    first, tasks = same[0], [one.task for one in same]
    told = ", ".join(dict.fromkeys(one.told for one in same))
    due = max((task.due_on for task in tasks if task.due_on), default=None)
    return GivenLine(first.order, first.task.title, told, first.task.measure, due, first.briefing, tasks, day)


# ------------------------------------------------------------------------------------------------- drafts


def draft_of(ret: Return) -> Draft:
    """What the cell's tasks say for the return: done, coming, overdue. A mass organisation has no tasks of its own."""
    briefing = ret.briefing
    if ret.body:
        return Draft()
    reviewed = Period(briefing.reviewed_first, briefing.reviewed_last)
    tasks = Task.objects.filter(Q(unit=ret.unit_id) | Q(doer_unit=ret.unit_id))
    told = tasks.filter(
        Q(state=TaskState.OPEN) | Q(state=TaskState.DONE, done_on__range=(reviewed.first, reviewed.last))
    )
    duties = [
        Duty(task.title, task.due_on, task.done_on if task.state == TaskState.DONE else None, " ".join(task.result.split()))
        for task in told
    ]  # fmt: skip
    return drafted(duties, reviewed, ahead_of(reviewed, briefing.rhythm))


def cultivation_of(ret: Return) -> str:
    """How many have a plan and were evaluated in the reviewed month: numbers only, never what a plan says (S1-09)."""
    if ret.body or ret.briefing.rhythm != Rhythm.MONTHLY:
        return ""
    scope = scope_of(ret.unit, Period.of_month(ret.briefing.reviewed_last))
    told = []
    for figure in registry.each("figures"):
        if figure.code in CULTIVATION and figure.counted is not None:
            rows = figure.rows(scope)
            share = Share(rows.filter(figure.counted(scope)).count(), rows.count())
            if share.base:
                told.append(f"- {figure.label}: {share.part}/{share.base}")
    return "\n".join(told)


def begun(ret: Return) -> dict[str, str]:
    """The texts with which the form opens: as written so far, or, if nothing is yet, what the records say."""
    names = ("results", "shortcomings", "causes", "next_tasks", "difficulties", "proposals", "cultivation")
    written = {name: str(getattr(ret, name)) for name in names}
    if any(written.values()):
        return written
    draft = draft_of(ret)
    return written | {
        "results": draft.results,
        "next_tasks": draft.next_tasks,
        "difficulties": draft.difficulties,
        "cultivation": cultivation_of(ret),
    }


def promised_before(ret: Return) -> str:
    """What the same cell or body wrote as its next tasks for the briefing before: what it now reports on."""
    last = briefing_before(ret.briefing)
    found = last.returns.filter(unit=ret.unit_id, body=ret.body, sent_on__isnull=False).first() if last else None
    return found.next_tasks if found else ""


def directed_to(unit: Unit, day: date) -> list[GivenLine]:
    """What briefings directed to the cell and is still open."""
    return given_lines(Direction.objects.filter(task__unit=unit, task__state=TaskState.OPEN), day)


def sent_after_due(lines: Iterable[SheetLine]) -> int:
    return sum(line.is_sent and line.late > 0 for line in lines)


def may_change(actor: Actor, briefing: Briefing) -> bool:
    """Whether the actor leads the briefing and it is not concluded yet."""
    return not is_concluded(briefing) and actor.may(Can.LEAD_BRIEFINGS, briefing.unit)
