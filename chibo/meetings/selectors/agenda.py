"""What an agenda is made of: what was left over, received, waits or is due; and how far a meeting is prepared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404

from chibo.access.charter import Post
from chibo.core.values import Objection
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.rules import OF_THE_CELL, PREPARATORY, ItemKind, MeetingKind, MeetingState
from chibo.meetings.rules.kinds import (
    Least,
    Occasion,
    items_missing,
    least_minutes,
    missing_words,
    needs_preparing,
    quarter_of,
    rule_set_on,
)
from chibo.meetings.rules.preparing import DISSEMINATED, Preparation, cautions_on_preparing
from chibo.meetings.selectors.roll import called_to
from chibo.members.selectors import posts_on
from chibo.papers.models import Paper
from chibo.programmes.selectors import programmes_of, themes_for
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskOrigin, TaskState
from chibo.units.models import Unit
from chibo.units.selectors import ids_above, settings_on

COMMITTED = (TaskOrigin.COMMITMENT, TaskOrigin.REMEDY)
"""What somebody promised, or must mend: it has an item of its own (seed S2-15)."""
LATEST_NEWS = timedelta(days=90)
"""A document that is registered late is still told of, unless it is older than this."""


# ----------------------------------------------------------------------------------- since the last meeting


def last_before(unit: Unit, kind: str, day: date) -> Meeting | None:
    """The unit's last meeting of this kind before the day."""
    return Meeting.objects.filter(unit=unit, kind=kind, held_on__lt=day).order_by("-held_on", "-pk").first()


def papers_between(unit: Unit, since: date, until: date) -> QuerySet[Paper]:
    """Documents from above that were issued, or registered, after the one day and until the other.

    Only the kinds that are spread among members, and what a programme rests on; decisions on persons, letters and
    reports are not for the cell's meeting.
    """
    above = [pk for pk in ids_above(unit, until) if pk != unit.pk]
    issued = Q(issued_on__gt=since, issued_on__lte=until)
    registered = Q(entered_at__date__gt=since, entered_at__date__lte=until)
    late = registered & (Q(issued_on__isnull=True) | Q(issued_on__gte=until - LATEST_NEWS, issued_on__lte=until))
    spread = Q(kind__in=[kind.label for kind in DISSEMINATED]) | Q(programmes__isnull=False)
    return Paper.objects.filter(issued | late, spread, unit_id__in=above).order_by("issued_on", "pk").distinct()


def papers_for(meeting: Meeting) -> QuerySet[Paper]:
    """The documents that the meeting makes known: those received since the last one, and those its items name."""
    last = last_before(meeting.unit, meeting.kind, meeting.held_on)
    found = papers_between(meeting.unit, _since(last, meeting.held_on), meeting.held_on)
    named = meeting.agenda.filter(paper__isnull=False).values("paper")
    return (found | Paper.objects.filter(pk__in=named).distinct()).distinct().order_by("issued_on", "pk")


def paper_for_meeting(meeting: Meeting, pk: int) -> Paper:
    """A document that the meeting makes known: whoever sees the meeting may read it (404 otherwise)."""
    found = papers_for(meeting).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _since(last: Meeting | None, day: date) -> date:
    return last.held_on if last else day - timedelta(days=31)


# ------------------------------------------------------------------------------------------ what is open


@dataclass(frozen=True, slots=True)
class Due:
    """The duties that come back to a meeting."""

    tasks: list[Task]
    commitments: list[Task]


def due_at(meeting: Meeting) -> Due:
    """What was given before the meeting and is not done, and what was done since the last one: one query more."""
    last = last_before(meeting.unit, meeting.kind, meeting.held_on)
    rows = _duties(meeting.unit, meeting.held_on, _since(last, meeting.held_on))
    found = list(rows.select_related("doer", "doer_unit").order_by("due_on", "pk"))
    return Due(
        [task for task in found if task.origin not in COMMITTED], [task for task in found if task.origin in COMMITTED]
    )


def _duties(unit: Unit, day: date, since: date) -> QuerySet[Task]:
    still = Q(state=TaskState.OPEN) | Q(state=TaskState.DONE, done_on__gt=since)
    return Task.objects.filter(still, unit=unit, assigned_on__lt=day)


def told_of(tasks: Iterable[Task], day: date) -> Iterator[str]:
    """Lines of the minutes on where each duty stands on the day (Vietnamese, an official text)."""
    for task in tasks:
        doer = f"đồng chí {task.doer}" if task.doer else str(task.doer_unit or "")
        due = f"thời hạn {task.due_on:%d/%m/%Y}" if task.due_on else "chưa có thời hạn"
        yield f"- {task.title} ({'; '.join(part for part in (doer, due) if part)}): {_standing(task, day)}."


def _standing(task: Task, day: date) -> str:
    if task.state == TaskState.DONE and task.done_on and task.done_on <= day:
        return f"đã hoàn thành ngày {task.done_on:%d/%m/%Y}"
    if task.due_on and task.due_on < day:
        return f"quá hạn {(day - task.due_on).days} ngày"
    return "đang thực hiện"


def lines_of_tasks(meeting: Meeting) -> Iterator[str]:
    return told_of(due_at(meeting).tasks, meeting.held_on)


def lines_of_commitments(meeting: Meeting) -> Iterator[str]:
    return told_of(due_at(meeting).commitments, meeting.held_on)


def lines_of_papers(meeting: Meeting) -> Iterator[str]:
    """What was made known: number, date, subject (Vietnamese, an official text)."""
    for paper in papers_for(meeting):
        day = f" ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
        yield f"- {paper.kind} {paper.symbol}{day} của {paper.issuer}: {paper.subject}."


def lines_of_last_minutes(meeting: Meeting) -> Iterator[str]:
    last = last_before(meeting.unit, meeting.kind, meeting.held_on)
    if last is not None:
        yield f"Biên bản {MeetingKind(last.kind).label.lower()} ngày {last.held_on:%d/%m/%Y}."


TOLD = {
    ItemKind.TASKS: lines_of_tasks,
    ItemKind.COMMITMENTS: lines_of_commitments,
    ItemKind.DOCUMENTS: lines_of_papers,
    ItemKind.LAST_MINUTES: lines_of_last_minutes,
}
"""What the records tell under an item of each kind: composed into the minutes."""


def told_items(meeting: Meeting) -> Iterator[tuple[AgendaItem, str]]:
    """The items under which nobody wrote anything, with what the records tell of them: frozen when it closes."""
    for item in meeting.agenda.filter(kind__in=TOLD, notes=""):
        text = "\n".join(TOLD[ItemKind(item.kind)](meeting))
        if text:
            yield item, text


# ------------------------------------------------------------------------------------ the quarter's quotas


def programmes_waiting(unit: Unit, day: date) -> tuple[tuple[int, str], ...]:
    """(id, name) of the programmes in force that no meeting of the cell assesses this quarter (S2-14): those that
    have waited longest first."""
    first, following = quarter_of(day)
    own = Q(agenda_items__meeting__unit=unit, agenda_items__meeting__held_on__lt=following)
    rows = (
        programmes_of(unit, day).prefetch_related(None).select_related(None)
        .annotate(last=Max("agenda_items__meeting__held_on", filter=own)).order_by("pk").values_list("pk", "name", "last")
    )  # fmt: skip
    waiting = [(last or date.min, pk, name) for pk, name, last in rows if last is None or last < first]
    return tuple((pk, name) for _last, pk, name in sorted(waiting))


def topical_in(unit_ids: Iterable[int], first: date, following: date) -> QuerySet[Meeting]:
    """Meetings of those days with a topic: topical ones, and others with an item for it that names its subject."""
    beside = Q(agenda__kind=ItemKind.TOPIC) & ~Q(topic="")
    days = Q(held_on__gte=first, held_on__lt=following)
    return Meeting.objects.filter(Q(kind=MeetingKind.TOPICAL) | beside, days, unit_id__in=unit_ids).distinct()


def topic_is_due(unit: Unit, day: date, *, but: int | None = None) -> bool:
    """Whether the cell's quarter has had, and has called, no meeting with a topic yet (S2-17)."""
    return not topical_in([unit.pk], *quarter_of(day)).exclude(pk=but or 0).exists()


def topics_for(unit: Unit, day: date) -> list[str]:
    """Subjects to choose from: the year's themes and the programmes in force, without those the cell had this year."""
    had = set(
        Meeting.objects.filter(unit=unit, held_on__year=day.year).exclude(topic="").values_list("topic", flat=True)
    )
    themes = themes_for(unit).filter(year=day.year).values_list("title", flat=True)
    names = programmes_of(unit, day).prefetch_related(None).select_related(None).values_list("name", flat=True)
    return [text for text in dict.fromkeys([*themes, *names]) if text[:200] not in had][:8]


# --------------------------------------------------------------------------------------------- convening


def occasion_of(unit: Unit, kind: str, held_on: date, topic: str = "") -> Occasion:
    """What the agenda of a meeting to be convened depends on."""
    last = last_before(unit, kind, held_on)
    since = _since(last, held_on)
    facts: dict[str, Any] = {}
    if kind in (MeetingKind.REGULAR, MeetingKind.COMMITTEE):
        counted = _duties(unit, held_on, since).aggregate(
            all=Count("pk"), committed=Count("pk", filter=Q(origin__in=COMMITTED))
        )
        facts = {"tasks": counted["all"] - counted["committed"], "commitments": counted["committed"]}
    if kind == MeetingKind.REGULAR:
        facts |= {
            "papers": papers_between(unit, since, held_on).count(),
            "programmes": programmes_waiting(unit, held_on),
            "topic_due": topic_is_due(unit, held_on),
        }
    planned = last.agenda.values_list("kind", "minutes_planned") if last else ()
    return Occasion(
        kind,
        unit.cell_kind,
        held_on,
        topic,
        last_closed=last is not None and last.state == MeetingState.CLOSED,
        minutes={kind: minutes for kind, minutes in planned if minutes},
        **facts,
    )


def upcoming_of_cell(unit: Unit, day: date) -> QuerySet[Meeting]:
    """The cell's own meetings from the day on that a committee meeting may prepare, soonest first."""
    rows = Meeting.objects.filter(unit=unit, kind__in=OF_THE_CELL, held_on__gte=day)
    return rows.order_by("held_on", "pk")


# ------------------------------------------------------------------------------------ how far it is prepared

LEADERS = (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE)
LENGTHS = (
    "meetings.minutes_least",
    "meetings.minutes_least_with_topic",
    "meetings.minutes_least_large",
    "meetings.minutes_least_small",
    "meetings.large_cell",
    "meetings.small_cell",
)


def least_on(unit: Unit, day: date) -> Least:
    """How long meetings of the unit must be on the day: two queries."""
    values = settings_on(LENGTHS, unit, day)
    return Least(*(int(values[code]) for code in LENGTHS))


def least_minutes_of(meeting: Meeting) -> int:
    """How long this meeting must be, in minutes; 0 where nothing is said of its kind."""
    if meeting.kind not in OF_THE_CELL:
        return 0
    with_topic = bool(meeting.topic) and meeting.agenda.filter(kind=ItemKind.TOPIC).exists()
    least = least_on(meeting.unit, meeting.held_on)
    return least_minutes(meeting.kind, called_to(meeting).count(), least, with_topic=with_topic)


def leading(unit: Unit, day: date) -> tuple[int, bool]:
    """(how many lead the cell on the day, whether there is a committee besides secretary and deputy)."""
    rows = posts_on(day, [unit.pk]).filter(post__in=LEADERS).values_list("member_id", "post")
    return len({member for member, _post in rows}), any(post == Post.CELL_COMMITTEE for _member, post in rows)


def preparations_of(meeting: Meeting) -> list[Meeting]:
    """The committee's meetings that prepared this one: linked to it, or held before it in its month."""
    linked = Q(prepares=meeting)
    same_month = Q(prepares__isnull=True, unit=meeting.unit_id, month=meeting.month, held_on__lte=meeting.held_on)
    return list(Meeting.objects.filter(linked | same_month, kind__in=PREPARATORY).order_by("held_on", "pk"))


def preparation_of(meeting: Meeting) -> Preparation:
    """How far the meeting is prepared, as the rules see it."""
    agenda = list(meeting.agenda.values_list("kind", "minutes_planned"))
    leaders, has_committee = leading(meeting.unit, meeting.held_on)
    needed = needs_preparing(meeting.kind, meeting.held_on, leaders)
    kinds = {kind for kind, _minutes in agenda}
    missing = items_missing(meeting.kind, meeting.unit.cell_kind, meeting.held_on, kinds)
    return Preparation(
        rule_set_on(meeting.held_on).source,
        missing=tuple(missing_words(missing)),
        has_chair=meeting.chair_id is not None,
        has_recorder=meeting.recorder_id is not None,
        has_place=bool(meeting.place) or meeting.online,
        needs_preparing=needed,
        is_prepared=bool(preparations_of(meeting)) if needed else True,
        has_committee=has_committee,
        topic_open=ItemKind.TOPIC in kinds and not meeting.topic,
        planned=sum(minutes for _kind, minutes in agenda),
        least=least_minutes_of(meeting),
        notified_on=meeting.notified_on,
        papers=papers_for(meeting).count() if ItemKind.DOCUMENTS in kinds else 0,
        papers_ready_on=meeting.papers_ready_on,
        held_on=meeting.held_on,
    )


def lacking_before(meeting: Meeting) -> list[Objection]:
    """What is still to do before the meeting."""
    return list(cautions_on_preparing(preparation_of(meeting)))


def lines_begun(meeting: Meeting) -> set[int]:
    """The items of which something is written down already."""
    held = Q(began_at__isnull=False) | ~Q(notes="") | Q(contributions__isnull=False)
    held |= Q(votes__isnull=False) | Q(resolved__isnull=False)
    return set(meeting.agenda.filter(held).values_list("pk", flat=True))
