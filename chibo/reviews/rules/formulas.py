"""The 70 points for tasks (366-QĐ/TW, Điều 11): the few formulas in use, each with its numbers, never an expression to run.

The regulation leaves the formula to the place; which one a ward follows, and its percentages, are settings of the ward
with a date and a source (rulebook §5.4 [S2]; ``docs/adr/0082``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from chibo.core.values import Word, gettext_noop

TASK_POINTS = 70


class Formula(Word):
    """What the points are counted from: A assigned, B done."""

    COUNT = "count", gettext_noop("Đếm việc: B/A × 70, tối đa 70")
    WEIGHTED = "weighted", gettext_noop("Quy đổi việc khó: B quy đổi/A quy đổi × 70, tối đa 70")
    PROGRESS = "progress", gettext_noop("Tiến độ và chất lượng: 70 × (tiến độ × đúng hạn/A + chất lượng × đạt/A)")


FORMULAS = tuple(Formula)


@dataclass(frozen=True, slots=True)
class Work:
    """Tasks of the period: how many given, done, done late, done beyond what was asked.

    ``hard_assigned``, ``hard_done``: how many of those given and done are hard ones, asked where those count for more;
    ``good``: how many were done to the quality asked, where quality is judged apart.
    """

    assigned: int = 0
    done: int = 0
    late: int = 0
    exceeding: int = 0
    hard_assigned: int = 0
    hard_done: int = 0
    good: int = 0


NO_WORK = Work()

ASKED: Mapping[Formula, tuple[str, ...]] = {
    Formula.COUNT: (),
    Formula.WEIGHTED: ("hard_assigned", "hard_done"),
    Formula.PROGRESS: ("good",),
}
"""What each formula asks beside given, done, late and exceeding."""


@dataclass(frozen=True, slots=True)
class TaskFormula:
    """The formula of a ward on a day, with its numbers: how much a hard task counts, how much of the 70 is for progress."""

    kind: Formula = Formula.COUNT
    hard_percent: int = 150
    progress_percent: int = 30

    @property
    def asks(self) -> tuple[str, ...]:
        return ASKED[self.kind]

    def worth(self, number: int, hard: int) -> Fraction:
        """So many tasks, of which so many hard, in ordinary ones."""
        return number - hard + Fraction(hard * self.hard_percent, 100)

    def points(self, work: Work) -> Fraction:
        """Never rounded, never over 70; without tasks nothing can be said, so none."""
        if not work.assigned:
            return Fraction(0)
        return min(Fraction(TASK_POINTS), self._share(work) * TASK_POINTS)

    def _share(self, work: Work) -> Fraction:
        if self.kind == Formula.WEIGHTED:
            whole = self.worth(work.assigned, work.hard_assigned)
            return self.worth(work.done, work.hard_done) / whole if whole else Fraction(0)
        if self.kind == Formula.PROGRESS:
            progress = min(self.progress_percent, 100)
            told = progress * (work.done - work.late) + (100 - progress) * work.good
            return Fraction(told, 100 * work.assigned)
        return Fraction(work.done, work.assigned)


USUAL = TaskFormula()
"""The formula most in use [S2]."""

IN_NUMBERS: Mapping[Formula, str] = {
    Formula.COUNT: gettext_noop("%(done)s/%(assigned)s × 70"),
    Formula.WEIGHTED: gettext_noop("%(worth_done)s/%(worth_assigned)s × 70, mỗi việc khó tính %(hard_percent)s%%"),
    Formula.PROGRESS: gettext_noop(
        "70 × (%(progress)s%% × %(in_time)s/%(assigned)s + %(quality)s%% × %(good)s/%(assigned)s)"
    ),
}
"""How the points came about, filled with ``numbers_of``."""


def numbers_of(formula: TaskFormula, work: Work) -> dict[str, object]:
    """Every number that stands in the sentence of a formula."""
    progress = min(formula.progress_percent, 100)
    return {
        "done": work.done, "assigned": work.assigned, "good": work.good, "in_time": work.done - work.late,
        "hard_percent": formula.hard_percent, "progress": progress, "quality": 100 - progress,
        "worth_done": f"{float(formula.worth(work.done, work.hard_done)):g}",
        "worth_assigned": f"{float(formula.worth(work.assigned, work.hard_assigned)):g}",
    }  # fmt: skip


def formula_of(value: object) -> Formula:
    """The setting's value; what is not known is the plain count."""
    return next((one for one in FORMULAS if one.value == str(value).strip()), Formula.COUNT)
