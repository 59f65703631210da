"""What a seed document says, beside what the product computes from records of the same happening."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chibo.core.registry import Scope, registry
from chibo.core.values import Period
from chibo.figures.rules import Answer
from chibo.figures.selectors import answer, broken_down, by_cell, rows_missing, spread_of
from chibo.units.models import Unit
from chibo.units.selectors import scope_of
from chibo.warnings.selectors import warnings_on


@dataclass(frozen=True)
class Claim:
    """One row of the seed map: its id, what the document says, and how to ask the product for it."""

    id: str
    says: str
    expected: str
    ask: Callable[[], str]

    def computed(self) -> str:
        return self.ask()


def asked(unit: Unit, period: str) -> Scope:
    return scope_of(unit, Period.parse(period))


def figure(code: str, unit: Unit, period: str) -> Answer:
    """A figure's answer, through the query that pages, reports and commands use."""
    return answer(registry.named("figures", code), asked(unit, period))


def text(code: str, unit: Unit, period: str) -> Callable[[], str]:
    return lambda: figure(code, unit, period).text


def number(code: str, unit: Unit, period: str) -> Callable[[], str]:
    return lambda: str(figure(code, unit, period).part)


def spread(code: str, unit: Unit, period: str) -> Callable[[], str]:
    """Lowest and highest over the cells, in percent."""

    def ask() -> str:
        found = spread_of(by_cell(registry.named("figures", code), asked(unit, period)))
        return f"{found[0].percent} %–{found[1].percent} %" if found else ""

    return ask


def broken(code: str, unit: Unit, period: str, kind: str) -> Callable[[], str]:
    """How many of the counted rows are of that kind, by the figure's first breakdown."""

    def ask() -> str:
        asked_figure = registry.named("figures", code)
        lines = broken_down(asked_figure, asked(unit, period), asked_figure.breakdowns[0])
        return str(next((line.answer.part for line in lines if line.key == kind), 0))

    return ask


def missing(code: str, unit: Unit, period: str) -> Callable[[], str]:
    """The names of those not counted."""

    def ask() -> str:
        rows = rows_missing(registry.named("figures", code), asked(unit, period))
        return ", ".join(str(row.member) for row in rows)

    return ask


def shortcomings(check: str, unit: Unit, on: str) -> Callable[[], str]:
    """How many shortcomings the check finds on that day, by cell; "0" where it finds none."""

    def ask() -> str:
        found = [w for w in warnings_on(unit, Period.parse(on).last) if w.check.code == check]
        cells = sorted({w.unit_name for w in found})
        return ", ".join(f"{cell}: {sum(w.unit_name == cell for w in found)}" for cell in cells) or "0"

    return ask
