"""What the records say of the programmes of a ward over years (seed S1-17): asked of the figures, as every page asks them."""

from __future__ import annotations

from collections import Counter

from chibo.access.selectors import in_force
from chibo.core.registry import ReportKind, Scope, registry
from chibo.core.tables import cell_value, value_text
from chibo.core.templatetags.ui import period_words
from chibo.core.values import Period
from chibo.figures.selectors import answer, broken_down, by_cell, rows_counted
from chibo.outreach.models import Exemplar
from chibo.outreach.selectors.figures import presentations
from chibo.programmes.models import Programme
from chibo.reports.rules import stated_of
from chibo.reports.rules.making import Say, Step, silent
from chibo.reports.rules.programme import BY_CELL, EVIDENCE, YEARLY, ProgrammeFacts, Told
from chibo.study.selectors import attended_by_class, range_words
from chibo.units.selectors import ids_above, name_on


def programme_facts(kind: ReportKind, scope: Scope, asked: Period, say: Say = silent) -> ProgrammeFacts:
    """Figures of the whole period, of each of its years and of each cell; evidence as the figures' own rows."""
    figures = {code: registry.named("figures", code) for code in (*kind.figures, *BY_CELL)}
    programmes = list(
        Programme.objects.filter(
            in_force(scope.day), unit_id__in=[scope.unit.pk, *ids_above(scope.unit, scope.day)]
        ).order_by("valid_from", "pk")
    )
    years = [Period.of_year(year) for year in range(asked.first.year, scope.day.year + 1)]
    stated = {code: stated_of(figures[code], answer(figures[code], scope)) for code in kind.figures}
    attended = range_words(share for _day, share in attended_by_class(scope))
    items = figures["outreach.items"]
    kinds = tuple((line.label, line.answer.part) for line in broken_down(items, scope, items.breakdowns[0]))
    say(Step.YEARS)
    by_year = tuple(
        (str(year.first.year), tuple(answer(figures[code], scope.during(year)) for code in YEARLY)) for year in years
    )
    say(Step.CELLS)
    columns = [by_cell(figures[code], scope) for code in BY_CELL]
    say(Step.SHORT)
    shortcomings = _shortcomings(scope)
    say(Step.EVIDENCE)
    return ProgrammeFacts(
        unit=name_on(scope.unit, scope.day),
        period=period_words(asked).lower(),
        programmes=tuple(programme.name for programme in programmes),
        themes=tuple(
            (theme.year, theme.title)
            for programme in programmes
            for theme in programme.themes.filter(year__range=(years[0].first.year, years[-1].first.year)).order_by("year")
        ),
        figures=stated,
        attended=attended,
        years=by_year,
        heads={code: str(figure.label) for code, figure in figures.items()},
        cells=tuple(
            (lines[0].label, *(line.answer.text for line in lines)) for lines in zip(*columns, strict=True)
        ),
        kinds=kinds,
        exemplars=_exemplars(scope),
        shortcomings=shortcomings,
        evidence=tuple(_evidence(code, scope) for code in EVIDENCE),
    )  # fmt: skip


def _evidence(code: str, scope: Scope) -> Told:
    """The rows that a figure counts, with its own columns, as they read."""
    figure = registry.named("figures", code)
    rows = rows_counted(figure, scope).order_by(*figure.order)
    return Told(
        str(figure.label),
        tuple((str(column.label), column.width, column.kind) for column in figure.columns),
        tuple(tuple(value_text(cell_value(column, row)) for column in figure.columns) for row in rows),
    )


def _exemplars(scope: Scope) -> tuple[tuple[str, str, str], ...]:
    """Each exemplar that was shown, with the ways by which it was, in the order of days."""
    shown: dict[Exemplar, list[str]] = {}
    for step in presentations(scope).order_by("on", "pk"):
        shown.setdefault(step.exemplar, []).append(f"{step.get_channel_display()} {step.on:%d/%m/%Y}")
    return tuple((str(exemplar), exemplar.title, "; ".join(ways)) for exemplar, ways in shown.items())


def _shortcomings(scope: Scope) -> tuple[tuple[str, str, str], ...]:
    """How many of each check, in how many cells: no name."""
    told = []
    for check in registry.each("checks"):
        cells = Counter(one.unit_id for one in check.run(scope))
        if cells:
            words = f"{sum(cells.values())} trường hợp ở {len(cells)} chi bộ"
            told.append((str(check.label), words, "đôn đốc khắc phục, báo cáo trong kỳ sinh hoạt tới."))
    return tuple(told)
