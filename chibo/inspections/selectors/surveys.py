"""A survey round: who goes where when, how often each shortcoming is found, criterion × cell (seeds S2-03, S2-20)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from chibo.core.registry import Column as ListColumn
from chibo.inspections.models import Finding, Inspection, Mark, Subject, Visit
from chibo.inspections.rules import TO_MEND, Result
from chibo.inspections.rules.programmes import Planned
from chibo.meetings.models import Meeting
from chibo.papers.rules import Align, Block, Column, Paragraph, Table

SIGNS = {Result.MET: "Đ", Result.PARTLY: "M", Result.UNMET: "C", Result.UNSEEN: "–", "": ""}
"""Đạt, đạt một phần, chưa đạt: one letter each, so that seven cells stand beside one another."""


def visits_of(inspection: Inspection) -> QuerySet[Visit]:
    rows = Visit.objects.filter(subject__inspection=inspection)
    return rows.select_related("subject__unit", "subject__member", "visitor__member", "meeting").order_by(
        "planned_on", "pk"
    )


def planned_of(inspection: Inspection) -> list[Planned]:
    """What is already planned for the visitors of this round, in any round that runs."""
    people = inspection.team.values("member_id")
    rows = Visit.objects.filter(visitor__member__in=people, subject__inspection__closed_on__isnull=True)
    return [
        Planned(row.visitor.member_id, row.visitor.member.full_name, row.planned_on, row.subject.unit.name)
        for row in rows.select_related("visitor__member", "subject__unit")
    ]


def meetings_to_visit(subject: Subject, day: date | None = None) -> QuerySet[Meeting]:
    """The meetings of the cell that a visit may have attended: those of the time of the survey."""
    first = subject.inspection.begins_on
    return Meeting.objects.filter(unit=subject.unit_id, held_on__gte=first.replace(day=1)).order_by("held_on")


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One criterion and how it was found in each cell; ``short`` counts those where it is not met or only partly."""

    text: str
    results: tuple[str, ...]
    short: int
    seen: int


def crosstab(inspection: Inspection) -> tuple[list[Subject], list[CrossRow]]:
    """(subjects, rows): three queries for any number of marks."""
    subjects = list(inspection.subjects.select_related("unit", "member"))
    marks = {
        (criterion, subject): result
        for criterion, subject, result in Mark.objects.filter(subject__in=subjects).values_list(
            "criterion_id", "subject_id", "result"
        )
    }
    rows = []
    for criterion in inspection.criteria.all():
        results = tuple(marks.get((criterion.pk, one.pk), "") for one in subjects)
        rows.append(
            CrossRow(
                criterion.text,
                results,
                sum(result in (Result.UNMET, Result.PARTLY) for result in results),
                sum(result not in ("", Result.UNSEEN) for result in results),
            )
        )
    return subjects, rows


def crosstab_table(inspection: Inspection) -> Iterator[Block]:
    """The table of the synthesis report, with a line that names the cells."""
    subjects, rows = crosstab(inspection)
    if not rows or not subjects:
        return
    columns = (
        Column("Tiêu chí", 4),
        *(Column(str(n), 0.6, Align.CENTER) for n in range(1, len(subjects) + 1)),
        Column("Còn hạn chế", 1.2, Align.CENTER),
    )
    yield Table(
        columns,
        tuple((row.text, *(SIGNS[result] for result in row.results), f"{row.short}/{row.seen}") for row in rows),
    )
    yield Paragraph("; ".join(f"{n}: {one}" for n, one in enumerate(subjects, 1)) + ".")
    yield Paragraph("Đ: đạt; M: đạt một phần; C: chưa đạt; –: không xem.")


def cross_columns(subjects: list[Subject]) -> tuple[ListColumn, ...]:
    """The cross-table as a workbook: a column for each subject."""
    return (
        ListColumn(gettext_lazy("Tiêu chí"), "text", 60),
        *(
            ListColumn(str(one), lambda row, n=n: _words(row.results[n]), 18)  # type: ignore[misc]
            for n, one in enumerate(subjects)
        ),
        ListColumn(gettext_lazy("Còn hạn chế"), "short", 14, "number"),
    )


def _words(result: str) -> str:
    return gettext(Result(result).label) if result else ""


@dataclass(frozen=True, slots=True)
class Frequency:
    """A shortcoming and in how many of the visited cells it was found."""

    text: str
    where: tuple[str, ...]


def frequencies(inspection: Inspection) -> list[Frequency]:
    """Shortcomings by criterion (or, without one, by their words), the most widespread first."""
    rows = Finding.objects.filter(subject__inspection=inspection, kind__in=TO_MEND)
    found: dict[str, dict[str, None]] = {}
    for finding in rows.select_related("criterion", "subject__unit", "subject__member"):
        text = finding.criterion.text if finding.criterion else " ".join(finding.text.split())
        found.setdefault(text, {})[str(finding.subject)] = None
    lines = [Frequency(text, tuple(where)) for text, where in found.items()]
    return sorted(lines, key=lambda line: -len(line.where))
