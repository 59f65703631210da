"""What the year left on record of somebody, and the level that the criteria give with its grounds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from chibo.core.values import Share
from chibo.meetings.models import Attendance
from chibo.meetings.rules import IN_BASE, OF_THE_CELL, Presence
from chibo.plans.models import Plan
from chibo.plans.selectors.plans import plan_of
from chibo.reviews.models import Commitment, Judgement, Review
from chibo.reviews.rules import IN_SYSTEM, Level, Mark, Met
from chibo.reviews.rules.formulas import IN_NUMBERS, TaskFormula, Work, formula_of, numbers_of
from chibo.reviews.rules.rating import Facts, Finding, Ground, Thresholds, rated
from chibo.reviews.selectors import commitments_of, earlier_review_of, rules_of
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskOrigin, TaskState
from chibo.units.models import Unit
from chibo.units.selectors import settings_on

THRESHOLDS = {
    "excellent": "reviews.points_excellent",
    "good": "reviews.points_good",
    "done": "reviews.points_done",
    "exceeding_percent": "reviews.exceeding_percent",
    "late_percent": "reviews.late_percent",
}
FORMULA = {"hard_percent": "reviews.hard_percent", "progress_percent": "reviews.progress_percent"}
NUMBERS = ("assigned", "done", "late", "exceeding", "hard_assigned", "hard_done", "good")


@dataclass(frozen=True, slots=True)
class OwnFacts:
    """The year of one subject as its records tell it: shown beside what is written, and proposed where numbers are asked."""

    plan: Plan | None
    tasks: Share
    """Done, of those due in the period."""
    late: int
    open: int
    attendance: Share
    commitments: tuple[Commitment, ...]
    remedies: tuple[Task, ...]
    """What inspections and supervision found and had mended, given in the period or still open."""
    earlier: Review | None

    @property
    def kept(self) -> Share:
        done = sum(one.task.state == TaskState.DONE for one in self.commitments)
        return Share(done, len(self.commitments))


def facts_of(review: Review) -> OwnFacts:
    """The plan's result, tasks, attendance, and last year's commitments with their state."""
    due = list(_tasks_due(review).values_list("state", "done_on", "first_due_on"))
    done = [row for row in due if row[0] == TaskState.DONE]
    late = sum(1 for _state, done_on, due_on in done if done_on and due_on and done_on > due_on)
    earlier = earlier_review_of(review)
    return OwnFacts(
        plan_of(review.member, review.round.last.year) if review.member_id and review.member else None,
        Share(len(done), len(due)),
        late,
        len(due) - len(done),
        _attendance(review),
        tuple(commitments_of(earlier)) if earlier else (),
        tuple(_remedies(review)),
        earlier,
    )


def _tasks_due(review: Review) -> QuerySet[Task]:
    """What was to be done in the period by the subject; the dropped were not asked for, commitments count as any."""
    mine = Q(doer=review.member) if review.member_id else Q(doer_unit=review.unit)
    period = (review.round.first, review.round.last)
    return Task.objects.filter(mine, first_due_on__range=period).exclude(state=TaskState.DROPPED)


def _remedies(review: Review) -> QuerySet[Task]:
    mine = Q(doer=review.member) if review.member_id else Q(doer_unit=review.unit)
    lasting = Q(assigned_on__gte=review.round.first) | Q(state=TaskState.OPEN)
    rows = Task.objects.filter(mine, lasting, origin=TaskOrigin.REMEDY, assigned_on__lte=review.round.last)
    return rows.order_by("assigned_on", "pk")


def _attendance(review: Review) -> Share:
    """Regular and topical meetings of the cell in the period, as its rolls were called."""
    rows = Attendance.objects.filter(
        meeting__kind__in=OF_THE_CELL, month__range=(review.round.first, review.round.last), presence__in=IN_BASE
    )
    rows = rows.filter(member=review.member) if review.member_id else rows.filter(unit=review.unit)
    return Share(rows.filter(presence=Presence.PRESENT).count(), rows.count())


# --------------------------------------------------------------------------------- the level by the criteria


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion as a page shows it: what oneself said, what the cell found and on what grounds."""

    code: str
    text: str
    points: int
    own: str
    judged: str
    ground: str


def criteria_of(review: Review) -> list[CriterionLine]:
    stored = {row.code: row for row in review.judgements.all()}
    rules = rules_of(review.round)
    blank = Judgement()
    return [
        CriterionLine(
            c.code, _(c.text), c.points, *_said(stored.get(c.code, blank)), stored.get(c.code, blank).ground
        )
        for c in rules.criteria(review.subject)
    ]


def _said(row: Judgement) -> tuple[str, str]:
    return row.own, row.judged


def marks_of(review: Review) -> type[Mark] | type[Met]:
    """The words in which criteria are judged by the round's regulation."""
    return Met if rules_of(review.round).by_points else Mark


def thresholds_on(unit: Unit, day: date) -> Thresholds:
    values = settings_on([*THRESHOLDS.values(), *FORMULA.values(), "reviews.formula"], unit, day)
    numbers = {name: int(values[code]) for name, code in FORMULA.items()}
    formula = TaskFormula(formula_of(values["reviews.formula"]), **numbers)
    return Thresholds(**{name: int(values[code]) for name, code in THRESHOLDS.items()}, formula=formula)


def formula_for(review: Review) -> TaskFormula:
    """How the ward counts the tasks' points in the review's round."""
    return thresholds_on(review.unit, review.round.last).formula


def formula_in_words(review: Review, formula: TaskFormula) -> tuple[str, str, float]:
    """The formula's name, how the points came about, and the points."""
    told = _(IN_NUMBERS[formula.kind]) % numbers_of(formula, work_in(review))
    return _(formula.kind.label), told, float(formula.points(work_in(review)))


def work_in(review: Review) -> Work:
    return Work(*(getattr(review, name) for name in NUMBERS))


def finding_of(review: Review, thresholds: Thresholds | None = None) -> Finding:
    """The level that the regulation gives from what the cell judged; it only proposes."""
    judged = {row.code: row.judged for row in review.judgements.all()}
    facts = Facts(
        review.subject, judged, work_in(review),
        review.disciplined, review.degraded, review.remedied, review.led_meet,
        bool(review.member_id and review.member and review.member.staff_kind in IN_SYSTEM), review.civil_level,
    )  # fmt: skip
    held = thresholds or thresholds_on(review.unit, review.round.last)
    return rated(rules_of(review.round), facts, held)


def findings_of(reviews: Iterable[Review], unit: Unit, day: date) -> dict[int, Finding]:
    """The same of many, whose judgements were fetched with them."""
    thresholds = thresholds_on(unit, day)
    return {review.pk: finding_of(review, thresholds) for review in reviews}


@dataclass(frozen=True, slots=True)
class GroundLine:
    level: str
    text: str
    met: bool


def grounds_in_words(grounds: Iterable[Ground]) -> list[GroundLine]:
    """Each ground as a sentence, with its numbers."""
    return [
        GroundLine(
            _(Level(g.level).label),
            _(g.text) % {n: _(v) if isinstance(v, str) else v for n, v in g.params.items()},
            g.met,
        )
        for g in grounds
    ]


def work_of(review: Review, facts: OwnFacts) -> dict[str, int]:
    """The numbers proposed where none were entered yet: from the tasks on record."""
    if review.assigned:
        return {name: getattr(review, name) for name in NUMBERS}
    told = {"assigned": facts.tasks.base, "done": facts.tasks.part, "late": facts.late, "good": facts.tasks.part}
    return {**dict.fromkeys(NUMBERS, 0), **told}


def open_commitments(units: Iterable[int]) -> QuerySet[Commitment]:
    """Commitments not carried out yet, the nearest deadline first."""
    rows = Commitment.objects.filter(unit_id__in=list(units), task__state=TaskState.OPEN)
    return rows.select_related("task__doer", "task__doer_unit", "unit").order_by(
        F("task__due_on").asc(nulls_last=True), "pk"
    )
