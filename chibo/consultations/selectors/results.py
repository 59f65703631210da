"""What was summed up, as it may be shown: counts of groups large enough, opinions torn from their slips, themes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from chibo.consultations.models import Consultation, Group, Opinion, Question, Subject, Tally, Theme
from chibo.consultations.rules import NO_ANSWER, QuestionKind
from chibo.core.values import Share


@dataclass(frozen=True, slots=True)
class Row:
    """A group's line (none: of all who answered): how many gave each level, in the order of ``Table.heads``."""

    group: Group | None
    counts: list[int]

    @property
    def total(self) -> int:
        return sum(self.counts)

    def shares(self) -> list[Share]:
        return [Share(count, self.total) for count in self.counts]


@dataclass(frozen=True, slots=True)
class Table:
    """One question of levels about one subject."""

    question: Question
    heads: list[str]
    rows: list[Row]

    @property
    def whole(self) -> Row | None:
        return next((row for row in self.rows if row.group is None), None)


@dataclass(frozen=True, slots=True)
class Result:
    """All that is shown of one subject. Nothing at all where too few answered."""

    subject: Subject
    tables: list[Table]
    opinions: list[Opinion]
    themes: list[Theme]

    @property
    def is_shown(self) -> bool:
        return bool(self.tables or self.opinions)


def results_of(consultation: Consultation, *, of: Subject | None = None) -> list[Result]:
    """Subject by subject in their order, or of one of them: five queries for any number."""
    subjects = [of] if of else list(consultation.subjects.select_related("group", "member"))
    tallies: dict[tuple[int, int], list[Tally]] = defaultdict(list)
    for tally in Tally.objects.filter(subject__in=subjects).select_related("group"):
        tallies[tally.subject_id, tally.question_id].append(tally)
    opinions: dict[int, list[Opinion]] = defaultdict(list)
    for opinion in Opinion.objects.filter(subject__in=subjects).select_related("question"):
        opinions[opinion.subject_id].append(opinion)
    themes: dict[int, list[Theme]] = defaultdict(list)
    for theme in themes_of(subjects):
        themes[theme.subject_id].append(theme)
    questions = [one for one in consultation.questions.all() if one.kind == QuestionKind.LEVELS]
    return [
        Result(
            subject,
            [
                _table(question, tallies[subject.pk, question.pk])
                for question in questions
                if tallies[subject.pk, question.pk]
            ],
            opinions[subject.pk],
            themes[subject.pk],
        )
        for subject in subjects
    ]


def themes_of(subjects: list[Subject]) -> QuerySet[Theme]:
    """Themes with ``times``: how many opinions were sorted under each, the most frequent first."""
    return (
        Theme.objects.filter(subject__in=subjects).annotate(times=Count("opinions")).order_by("-times", "name", "pk")
    )


def _table(question: Question, tallies: list[Tally]) -> Table:
    left_open = any(tally.level == NO_ANSWER for tally in tallies)
    levels = [*range(len(question.levels)), *([NO_ANSWER] if left_open else [])]
    groups: dict[int | None, Group | None] = {None: None}
    numbers: dict[tuple[int | None, int], int] = {}
    for tally in tallies:
        groups[tally.group_id] = tally.group
        numbers[tally.group_id, tally.level] = tally.number
    parts = sorted((key for key in groups if key is not None), key=lambda key: groups[key].order)  # type: ignore[union-attr]
    rows = [Row(groups[key], [numbers.get((key, level), 0) for level in levels]) for key in [*parts, None]]
    return Table(question, [*question.levels, *([_("Không ghi")] if left_open else [])], rows)
