"""How the quality of a meeting reads: its sheet, what facts fill, the two columns and the gap between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext as _

from chibo.core.values import Share
from chibo.meetings.models import Attendance, Contribution, Meeting, QualityForm, QualityMark
from chibo.meetings.rules import PREPARATORY, ItemKind, Marker, MeetingKind, Presence, minutes_between
from chibo.meetings.rules.conducting import minutes_spent
from chibo.meetings.rules.quality import Facts, Line, filled, level_of
from chibo.meetings.selectors.agenda import least_minutes_of
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskOrigin, TaskState
from chibo.units.models import Unit
from chibo.units.selectors import setting_on

INFORMING = (ItemKind.INFORMATION, ItemKind.DOCUMENTS)


def form_of(meeting: Meeting) -> QualityForm | None:
    """The sheet in force on the meeting's day: of the nearest unit at or above the cell."""
    above = [int(pk) for pk in meeting.unit.path.split("/") if pk]
    forms = QualityForm.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=meeting.held_on),
        unit_id__in=above,
        valid_from__lte=meeting.held_on,
    )
    return max(forms, key=lambda form: above.index(form.unit_id), default=None)


def forms_of(unit: Unit) -> list[QualityForm]:
    """The sheets of a unit and of those above it, the latest first."""
    above = [int(pk) for pk in unit.path.split("/") if pk]
    return list(QualityForm.objects.filter(unit_id__in=above).select_related("unit").order_by("-valid_from", "-pk"))


def days_open(meeting: Meeting) -> int:
    """For how many days after closing a meeting may be marked."""
    return int(setting_on("meetings.quality_days", meeting.unit, meeting.held_on))


def facts_of(meeting: Meeting) -> Facts:
    """What the records say of the meeting, as far as sheets ask: a query for each kind of record."""
    presences = list(meeting.attendances.values_list("member_id", "presence"))
    present = {member for member, presence in presences if presence == Presence.PRESENT}
    counted = [p for _member, p in presences if p in (Presence.PRESENT, Presence.EXCUSED, Presence.UNEXCUSED)]
    spoke = set(Contribution.objects.filter(item__meeting=meeting).values_list("member_id", flat=True)) & present
    items = list(meeting.agenda.values_list("kind", "began_at", "ended_at"))
    informed = sum(minutes_spent(began, ended) or 0 for kind, began, ended in items if kind in INFORMING)
    prepared = Meeting.objects.filter(
        Q(prepares=meeting) | Q(prepares__isnull=True, unit=meeting.unit_id, month=meeting.month),
        kind__in=PREPARATORY, held_on__lte=meeting.held_on,
    )  # fmt: skip
    due = Task.objects.filter(
        unit=meeting.unit_id, origin=TaskOrigin.RESOLUTION, due_on__lte=meeting.held_on,
        due_on__gt=meeting.held_on - timedelta(days=92),
    ).exclude(state=TaskState.DROPPED)  # fmt: skip
    states = list(due.values_list("state", flat=True))
    resolved = list(meeting.resolved.values_list("override_reason", "due_on", "measure"))
    day_before = meeting.held_on - timedelta(days=1)
    return Facts(
        lasted=minutes_between(meeting.starts_at, meeting.ends_at),
        least=least_minutes_of(meeting),
        roll=Share(counted.count(Presence.PRESENT), len(counted)),
        unexcused=counted.count(Presence.UNEXCUSED),
        long_absent=_long_absent(meeting, {m for m, p in presences if p in (Presence.EXCUSED, Presence.UNEXCUSED)}),
        prepared=prepared.exists(),
        notified=meeting.notified_on is not None and meeting.notified_on < meeting.held_on,
        papers_early=meeting.papers_ready_on is not None and meeting.papers_ready_on <= day_before,
        topical=meeting.kind == MeetingKind.TOPICAL or bool(meeting.topic),
        mentions=meeting.mentions.count(),
        speakers=Share(
            len(spoke), len(present) if Contribution.objects.filter(item__meeting=meeting).exists() else 0
        ),
        has_minutes=bool(meeting.minutes.strip()),
        informed=informed,
        done=Share(states.count(TaskState.DONE), len(states)),
        clear=Share(sum(not why and due is not None and bool(by) for why, due, by in resolved), len(resolved)),
    )


def _long_absent(meeting: Meeting, absent: set[int]) -> int:
    """How many of those absent now were absent from so many regular meetings in a row that the setting speaks."""
    limit = int(setting_on("meetings.absences_in_a_row", meeting.unit, meeting.held_on))
    last = Meeting.objects.filter(
        unit=meeting.unit_id, kind=MeetingKind.REGULAR, held_on__lte=meeting.held_on
    ).order_by("-held_on")[:limit]
    meetings = [one.pk for one in last]
    if len(meetings) < limit or not absent:
        return 0
    came = set(
        Attendance.objects.filter(meeting__in=meetings, member__in=absent, presence=Presence.PRESENT).values_list(
            "member_id", flat=True
        )
    )
    return len(absent - came)


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One criterion of a meeting's sheet: what facts propose, and what the cell and the visitor gave."""

    pk: int
    part: str
    text: str
    most: Decimal
    proposed: Decimal | None
    reason: str
    cell: QualityMark | None
    visitor: QualityMark | None

    @property
    def gap(self) -> Decimal | None:
        return self.visitor.points - self.cell.points if self.cell and self.visitor else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A meeting's sheet with its totals and levels; nothing is added up before every criterion is marked."""

    form: QualityForm
    lines: list[SheetLine]

    def total(self, marker: str) -> Decimal | None:
        marks = [line.cell if marker == Marker.CELL else line.visitor for line in self.lines]
        return sum((mark.points for mark in marks if mark), Decimal(0)) if all(marks) else None

    def level(self, marker: str) -> str:
        total = self.total(marker)
        return (
            "" if total is None else level_of(total, [(Decimal(least), label) for least, label in self.form.levels])
        )

    @property
    def most(self) -> Decimal:
        return sum((line.most for line in self.lines), Decimal(0))

    @property
    def columns(self) -> list[tuple[str, Decimal | None, str]]:
        """For each who marks: the word, the total, the level."""
        return [(_(word.label), self.total(word), self.level(word)) for word in Marker]


def sheet_of(meeting: Meeting) -> Sheet | None:
    """The meeting's sheet, or None where no sheet was in force on its day."""
    form = form_of(meeting)
    if form is None:
        return None
    facts = facts_of(meeting)
    given = {(mark.criterion_id, mark.marker): mark for mark in meeting.marks.all()}
    lines = []
    for one in form.criteria.all():
        told = filled(Line(one.part, one.text, one.most, one.fact, one.steps), facts)
        lines.append(
            SheetLine(
                one.pk, one.part, one.text, one.most, told[0] if told else None,
                _(told[1]) % told[2] if told else "",
                given.get((one.pk, Marker.CELL)), given.get((one.pk, Marker.VISITOR)),
            )
        )  # fmt: skip
    return Sheet(form, lines)
