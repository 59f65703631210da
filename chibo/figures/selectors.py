"""How a figure is asked: its number, its rows, its table by cell, by month and by kind. There is no other way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, QuerySet
from django.db.models import Sum as Total
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Breakdown, Figure, Hit, Scope, Sum, registry
from chibo.core.values import Objection, Period, gettext_noop
from chibo.core.vietnamese import fold, rank
from chibo.figures.rules import Answer, Measured, Side, objections_to_sum, spread
from chibo.units.selectors import home_unit, names_of


@dataclass(frozen=True)
class Line:
    """One line of a table: what it is about and what the figure answers there."""

    key: Any
    label: str
    answer: Answer


def figures_for(actor: Actor, unit: Any) -> list[Figure]:
    """The figures this actor may ask in the unit, in the order of the house."""
    return [figure for figure in registry.each("figures") if actor.may(Can(figure.can), unit)]


def figure_named(code: str) -> Figure | None:
    try:
        figure: Figure = registry.named("figures", code)
    except KeyError:
        return None
    return figure


def answer(figure: Figure, scope: Scope) -> Answer:
    """The number, in one query."""
    return _answer(figure, _counted(figure, figure.rows(scope), scope))


def rows_counted(figure: Figure, scope: Scope) -> QuerySet[Any]:
    """The rows behind the number."""
    rows = figure.rows(scope)
    return rows.filter(figure.counted(scope)) if figure.counted else rows


def rows_missing(figure: Figure, scope: Scope) -> QuerySet[Any]:
    """The rows of the base that are not counted: who is missing."""
    rows = figure.rows(scope)
    return rows.exclude(figure.counted(scope)) if figure.counted else rows.none()


def by_cell(figure: Figure, scope: Scope) -> list[Line]:
    """The figure for every cell of the scope, in one grouped query; cells without rows stand with 0."""
    return by_unit(figure, scope)[1]


def by_unit(figure: Figure, scope: Scope) -> tuple[list[Line], list[Line]]:
    """What stands at organisations above the cells themselves, if anything does (a ward leads inspections of its own), and
    at every cell: together they are the whole figure."""
    found = _grouped(figure, scope, figure.unit)
    names = names_of(scope.cells)
    above = names_of([pk for pk in found if pk is not None and pk not in names])
    empty = _answer(figure, {"n": 0, "k": 0})
    return (
        [Line(pk, name, found[pk]) for pk, name in above.items()],
        [Line(pk, name, found.get(pk, empty)) for pk, name in names.items()],
    )


def by_month(figure: Figure, scope: Scope) -> list[Line]:
    """The figure month by month: one grouped query, or for a state one question per month's last day."""
    months = [m for m in scope.period.months() if m <= scope.today]
    if figure.month:
        found = _grouped(figure, scope, figure.month)
        empty = _answer(figure, {"n": 0, "k": 0})
        return [Line(m, f"{m:%m/%Y}", found.get(m, empty)) for m in months]
    return [Line(m, f"{m:%m/%Y}", answer(figure, scope.during(Period.of_month(m)))) for m in months]


def by_cell_and_month(figure: Figure, scope: Scope) -> dict[tuple[int, date], Answer]:
    """The board: (cell, month) → answer. Squares without rows are not in it."""
    if figure.month:
        return {
            (row[figure.unit], row[figure.month]): _answer(figure, row)
            for row in _group(figure, scope, figure.unit, figure.month)
        }
    months = [m for m in scope.period.months() if m <= scope.today]
    return {
        (pk, m): found
        for m in months
        for pk, found in _grouped(figure, scope.during(Period.of_month(m)), figure.unit).items()
    }


def broken_down(figure: Figure, scope: Scope, breakdown: Breakdown) -> list[Line]:
    """The counted rows by what they are (by level, by group): one query, most first."""
    words = breakdown.words() if breakdown.words else {}
    counted = rows_counted(figure, scope).order_by().values(breakdown.by).annotate(n=Count("*")).order_by("-n")
    return [Line(row[breakdown.by], _named(words, row[breakdown.by]), Answer(row["n"])) for row in counted]


def rows_of_kind(figure: Figure, scope: Scope, breakdown: Breakdown, value: Any) -> QuerySet[Any]:
    """The counted rows that stand behind one line of a breakdown."""
    rows = rows_counted(figure, scope)
    return rows.filter(**({f"{breakdown.by}__isnull": True} if value is None else {breakdown.by: value}))


def change(figure: Figure, scope: Scope, earlier: Period) -> tuple[Answer, Answer]:
    """The figure in an earlier period and in the scope's own (seed S3-12: from 85 % to over 90 %)."""
    return answer(figure, scope.during(earlier)), answer(figure, scope)


def spread_of(lines: list[Line]) -> tuple[Answer, Answer] | None:
    """The range over the cells (seed S0-05: from 96 % to 100 %); None below two cells with an answer."""
    return spread([line.answer for line in lines]) if len(lines) > 1 else None


CHAPTERS = {
    "members": gettext_noop("Đảng viên"),
    "members.staff": gettext_noop("Biên chế"),
    "members.staff.qualification": gettext_noop("Biên chế theo trình độ"),
    "members.staff.theory": gettext_noop("Biên chế theo lý luận chính trị"),
    "members.staff.sex": gettext_noop("Biên chế theo giới tính"),
    "members.staff.age": gettext_noop("Biên chế theo độ tuổi"),
    "papers": gettext_noop("Văn bản"),
    "tasks": gettext_noop("Nhiệm vụ"),
    "meetings": gettext_noop("Sinh hoạt chi bộ"),
    "briefings": gettext_noop("Họp giao ban"),
    "plans": gettext_noop("Kế hoạch tu dưỡng"),
    "inspections": gettext_noop("Kiểm tra, giám sát"),
    "outreach": gettext_noop("Tuyên truyền"),
    "study": gettext_noop("Học tập, phổ biến"),
    "programmes": gettext_noop("Chương trình"),
    "consultations": gettext_noop("Lấy ý kiến"),
    "suggestions": gettext_noop("Góp ý, kiến nghị"),
    "reviews": gettext_noop("Kiểm điểm, xếp loại"),
    "congresses": gettext_noop("Đại hội"),
}


def chapter_of(figure: Figure) -> str:
    """Under which heading a figure stands: that of its code without the last part, or of its app."""
    code = figure.code.rpartition(".")[0]
    while code not in CHAPTERS and "." in code:
        code = code.rpartition(".")[0]
    return gettext(CHAPTERS[code])


@dataclass(frozen=True)
class Asked:
    """One figure, answered."""

    figure: Figure
    answer: Answer
    chapter: str


def overview(actor: Actor, scope: Scope) -> list[Asked]:
    """Every figure the actor may ask, answered, in the order of the house."""
    asked = [Asked(figure, answer(figure, scope), chapter_of(figure)) for figure in figures_for(actor, scope.unit)]
    order = list(dict.fromkeys(one.chapter for one in asked))
    return sorted(asked, key=lambda one: order.index(one.chapter))


@dataclass(frozen=True)
class Balance:
    """A declared sum with both its sides."""

    declared: Sum
    left: Side
    right: Side

    @property
    def agrees(self) -> bool:
        return self.left.total == self.right.total


def balances(asked: list[Asked]) -> list[Balance]:
    """The declared sums whose figures are all among these: no query more."""
    known = {one.figure.code: one for one in asked}

    def side(codes: tuple[str, ...]) -> Side:
        return Side(tuple((str(known[code].figure.label), known[code].answer.part) for code in codes))

    sums = [declared for declared in registry.each("sums") if {*declared.left, *declared.right} <= known.keys()]
    return [Balance(declared, side(declared.left), side(declared.right)) for declared in sums]


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Figures by name, with or without accents, of where the actor works, in this year."""
    unit = home_unit(actor, Can.SEE_FIGURES)
    if unit is None:
        return
    asked = fold(words)
    for figure in figures_for(actor, unit):
        label = str(figure.label)
        if asked in fold(label):
            url = reverse("figures:figure", args=[figure.code, unit.pk, Period.of_year(localdate().year)])
            yield Hit(
                gettext("Số liệu"), figure.label, f"{chapter_of(figure)}. {figure.meaning}", url, rank(words, label)
            )


def sides_of(declared: Sum, scope: Scope) -> tuple[Side, Side]:
    """Both sides of a declared sum, each term by its own figure."""

    def side(codes: Iterable[str]) -> Side:
        figures = [registry.named("figures", code) for code in codes]
        return Side(tuple((str(figure.label), answer(figure, scope).part) for figure in figures))

    return side(declared.left), side(declared.right)


def objections_of_sums(codes: Iterable[str], scope: Scope) -> list[Objection]:
    """What the declared sums of these codes object to in the scope."""
    found: list[Objection] = []
    for code in codes:
        declared = registry.named("sums", code)
        found += objections_to_sum(str(declared.label), *sides_of(declared, scope))
    return found


def _asked(figure: Figure, scope: Scope) -> dict[str, Any]:
    """What one query asks of the rows: how many, how many of them are counted, what those add up to."""
    counted = figure.counted(scope) if figure.counted else None
    asked: dict[str, Any] = {"n": Count("*")}
    if counted is not None:
        asked["k"] = Count("pk", filter=counted)
    if figure.measure:
        ends = {"total": Total, "least": Min, "most": Max}
        asked |= {name: end(figure.measure.by, filter=counted) for name, end in ends.items()}
    return asked


def _counted(figure: Figure, rows: QuerySet[Any], scope: Scope) -> dict[str, Any]:
    return rows.order_by().aggregate(**_asked(figure, scope))


def _group(figure: Figure, scope: Scope, *by: str) -> QuerySet[Any, dict[str, Any]]:
    rows: QuerySet[Any, dict[str, Any]] = figure.rows(scope).order_by().values(*by).annotate(**_asked(figure, scope))
    return rows


def _grouped(figure: Figure, scope: Scope, by: str) -> dict[Any, Answer]:
    return {row[by]: _answer(figure, row) for row in _group(figure, scope, by)}


def _answer(figure: Figure, row: dict[str, Any]) -> Answer:
    measured = None
    if figure.measure and row.get("total") is not None:
        measured = Measured(row["total"], row["least"], row["most"], gettext(str(figure.measure.unit_word)))
    if figure.counted is None:
        return Answer(row["n"], measured=measured)
    return Answer(row["k"], row["n"], figure.places, figure.cut, measured)


def _named(words: Mapping[Any, Any], value: Any) -> str:
    """A value in words: the word's own, the value as it stands, or that nothing was written."""
    return gettext(str(words.get(value) or value or "")) or gettext("Chưa ghi")
