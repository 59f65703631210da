"""The level that the criteria give: by marks (HD 21-HD/BTCTW 2019) or by points and conditions (366-QĐ/TW 2025).

The rule only proposes, and says on what each step rests: the cell votes, the committee decides (rulebook §5.3, §5.4).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from chibo.core.values import gettext_noop
from chibo.reviews.rules import LEVELS, PEOPLE, Level, Mark, Met, RuleSet
from chibo.reviews.rules.formulas import NO_WORK, USUAL, TaskFormula, Work

MARKS_ARTICLE = "HD 21-HD/BTCTW 2019"
POINTS_ARTICLE = "366-QĐ/TW 2025, Điều 11"
MARK_ORDER = tuple(Mark)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What the regulation or the office sets: least points of each level, and percentages of tasks."""

    excellent: int = 90
    good: int = 70
    done: int = 50
    exceeding_percent: int = 30
    late_percent: int = 20
    formula: TaskFormula = USUAL
    """How the 70 points of the tasks are counted here."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a level is found on. ``led_meet`` is None for who leads no unit; ``civil_level`` "" for who is not rated as staff."""

    subject: str
    judged: Mapping[str, str]
    work: Work = NO_WORK
    disciplined: bool = False
    degraded: bool = False
    """Concluded by a competent body as suy thoái, tự diễn biến, tự chuyển hóa."""
    remedied: bool = True
    led_meet: bool | None = None
    is_staff: bool = False
    civil_level: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """One step of the finding: a condition of a level, whether it is met, with its numbers."""

    level: Level
    text: str
    met: bool
    params: Mapping[str, object]
    article: str


@dataclass(frozen=True, slots=True)
class Finding:
    """The level that the criteria give, the points if there are any, and every ground that was looked at."""

    level: Level | None
    points: Fraction | None
    grounds: tuple[Ground, ...]
    lacking: tuple[str, ...] = ()
    """Codes of criteria not judged yet: no level until they are."""


def rated(rules: RuleSet, facts: Facts, thresholds: Thresholds) -> Finding:
    """The level by the regulation; none while a criterion, or the tasks, are missing."""
    lacking = tuple(c.code for c in rules.criteria(facts.subject) if not facts.judged.get(c.code))
    if rules.by_points and not facts.work.assigned:
        lacking = (*lacking, "work")
    if lacking:
        return Finding(None, None, (), lacking)
    return _by_points(rules, facts, thresholds) if rules.by_points else _by_marks(rules, facts)


# ------------------------------------------------------------------------------------------ by marks


def _by_marks(rules: RuleSet, facts: Facts) -> Finding:
    grounds: list[Ground] = []

    def look(level: Level, text: str, met: bool, **params: object) -> bool:
        grounds.append(Ground(level, text, met, params, MARKS_ARTICLE))
        return met

    if not _may_pass(facts, look):
        return Finding(Level.FAILED, None, tuple(grounds))
    at_least = {
        level: (_least(rules, facts, task, True), _least(rules, facts, other, False), task, other)
        for level, task, other in (
            (Level.EXCELLENT, Mark.EXCELLENT, Mark.GOOD),
            (Level.GOOD, Mark.GOOD, Mark.AVERAGE),
            (Level.DONE, Mark.AVERAGE, Mark.AVERAGE),
        )
    }
    for level, (tasks_met, others_met, task, other) in at_least.items():
        passed = [
            look(level, gettext_noop("tiêu chí nhiệm vụ chính trị đạt %(mark)s trở lên"), tasks_met, mark=task.label),
            look(level, gettext_noop("các tiêu chí khác đạt %(mark)s trở lên"), others_met, mark=other.label),
        ]
        if level == Level.EXCELLENT and facts.is_staff:
            own = facts.civil_level == Level.EXCELLENT
            passed.append(look(level, gettext_noop("cán bộ, công chức đã được xếp loại xuất sắc"), own))
        if all(passed):
            return Finding(level, None, tuple(grounds))
    return Finding(Level.FAILED, None, tuple(grounds))


def _least(rules: RuleSet, facts: Facts, mark: Mark, task: bool) -> bool:
    """Whether every criterion of this kind is marked so or better."""
    lowest = MARK_ORDER.index(mark)
    return all(
        MARK_ORDER.index(Mark(facts.judged[c.code])) <= lowest
        for c in rules.criteria(facts.subject)
        if c.task is task
    )


def _may_pass(facts: Facts, look: Callable[..., bool]) -> bool:
    """What alone leads to the lowest level (HD 21, rulebook §5.3 KHTNV)."""
    enough = 2 * facts.work.done >= facts.work.assigned
    return all(
        [
            look(Level.FAILED, gettext_noop("không bị kỷ luật trong kỳ"), not facts.disciplined),
            look(Level.FAILED, gettext_noop("không bị kết luận suy thoái, “tự diễn biến”"), not facts.degraded),
            look(
                Level.FAILED, gettext_noop("hoàn thành từ 50%% nhiệm vụ: %(done)s/%(assigned)s"), enough,
                done=facts.work.done, assigned=facts.work.assigned,
            ),
            look(
                Level.FAILED, gettext_noop("cán bộ, công chức không bị xếp loại không hoàn thành nhiệm vụ"),
                facts.civil_level != Level.FAILED,
            ),
        ]
    )  # fmt: skip


# ----------------------------------------------------------------------------------------- by points


def points_of(rules: RuleSet, facts: Facts, formula: TaskFormula) -> Fraction:
    """30 common points, each criterion all or nothing, and up to 70 for the tasks."""
    common = sum(c.points for c in rules.criteria(facts.subject) if facts.judged.get(c.code) == Met.MET)
    return common + formula.points(facts.work)


def level_of_points(points: Fraction, thresholds: Thresholds) -> Level:
    """The level that the score alone would give; never rounded (69,99 is below 70)."""
    if points >= thresholds.excellent:
        return Level.EXCELLENT
    if points >= thresholds.good:
        return Level.GOOD
    return Level.DONE if points >= thresholds.done else Level.FAILED


def _by_points(rules: RuleSet, facts: Facts, thresholds: Thresholds) -> Finding:
    """The level of the score; where a condition of it fails, the next below that passes ([R])."""
    points = points_of(rules, facts, thresholds.formula)
    start = level_of_points(points, thresholds)
    grounds: list[Ground] = []
    if facts.disciplined or facts.degraded:
        grounds.append(Ground(Level.FAILED, gettext_noop("không bị kỷ luật trong kỳ"), False, {}, POINTS_ARTICLE))
        return Finding(Level.FAILED, points, tuple(grounds))
    for level in LEVELS[LEVELS.index(start) :]:
        asked = list(_conditions(level, facts, thresholds))
        grounds += asked
        if all(ground.met for ground in asked):
            return Finding(level, points, tuple(grounds))
    raise AssertionError  # the lowest level asks for nothing


def _conditions(level: Level, facts: Facts, thresholds: Thresholds) -> list[Ground]:
    work = facts.work
    numbers = {"done": work.done, "assigned": work.assigned, "late": work.late, "exceeding": work.exceeding}

    def ground(text: str, met: bool, **more: object) -> Ground:
        return Ground(level, text, met, {**numbers, **more}, POINTS_ARTICLE)

    all_done = ground(gettext_noop("hoàn thành 100%% nhiệm vụ: %(done)s/%(assigned)s"), work.done >= work.assigned)
    on_time = ground(gettext_noop("không nhiệm vụ nào chậm: %(late)s chậm"), work.late == 0)
    if level == Level.FAILED:
        return []
    if level == Level.DONE:
        few = work.late * 100 <= thresholds.late_percent * work.assigned
        text = gettext_noop("không quá %(percent)s%% nhiệm vụ chậm: %(late)s/%(assigned)s")
        return [all_done, ground(text, few, percent=thresholds.late_percent)]
    if level == Level.GOOD:
        return [all_done, on_time]
    beyond = work.exceeding * 100 >= thresholds.exceeding_percent * work.assigned
    text = gettext_noop("từ %(percent)s%% nhiệm vụ vượt mức: %(exceeding)s/%(assigned)s")
    found = [all_done, on_time, ground(text, beyond, percent=thresholds.exceeding_percent)]
    found.append(ground(gettext_noop("hạn chế, khuyết điểm đã khắc phục 100%%"), facts.remedied))
    if facts.led_meet is not None:
        found.append(ground(gettext_noop("đơn vị phụ trách đạt cùng mức"), facts.led_meet))
    if facts.subject not in PEOPLE:
        found.append(ground(gettext_noop("không tổ chức, đảng viên nào bị kỷ luật"), not facts.disciplined))
    return found
