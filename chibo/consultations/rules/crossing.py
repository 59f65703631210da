"""Filters and cross-tables over what was published, and over nothing else.

A table here is a sum of cells that the count has let out (``secrecy.counted``): no filter can tell more than they do, and
no slip is looked at again, for there are none. What is crossed is the round, the subject, the group and the question, never
one answer of a slip with another: who answers three questions so and not otherwise is soon one person (``docs/adr/0083``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chibo.consultations.rules import NO_ANSWER
from chibo.core.values import Word, gettext_noop


class By(Word):
    """What stands in the lines of a cross-table; the levels stand in its columns."""

    SUBJECT = "subject", gettext_noop("Người, tập thể")
    ROUND = "called", gettext_noop("Đợt lấy ý kiến")
    GROUP = "group", gettext_noop("Nhóm")


WHOLE = ""
"""The group of a cell that counts everybody who was asked."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One published number: so many of a group gave this level to a question about a subject of a round."""

    called: str
    """The name of the round."""
    subject: str
    question: str
    levels: tuple[str, ...]
    group: str
    level: int
    number: int


@dataclass(frozen=True, slots=True)
class Crossed:
    """One question with its levels; a line for each round, subject or group."""

    question: str
    heads: tuple[str, ...]
    lines: tuple[tuple[str, tuple[int, ...]], ...]
    has_open: bool
    """Whether the last column is of those who left the question open."""


def chosen(
    cells: Iterable[Cell], by: By, *, called: str = "", subject: str = "", question: str = "", group: str = ""
) -> list[Cell]:
    """The published cells that a filter leaves; ``called`` is the name of a round. Groups stand beside the whole only in lines of their own: a line is of
    one group or of all, never of some."""
    wanted = [
        cell
        for cell in cells
        if called in ("", cell.called) and subject in ("", cell.subject) and question in ("", cell.question)
    ]
    if by == By.GROUP:
        return [cell for cell in wanted if group in ("", cell.group)]
    return [cell for cell in wanted if cell.group == group]


def crossed(cells: Iterable[Cell], by: By) -> list[Crossed]:
    """The chosen cells, question by question in their order, added up line by line."""
    asked: dict[tuple[str, tuple[str, ...]], dict[str, dict[int, int]]] = {}
    for cell in cells:
        lines = asked.setdefault((cell.question, cell.levels), {})
        line = lines.setdefault(getattr(cell, by.value), {})
        line[cell.level] = line.get(cell.level, 0) + cell.number
    return [_table(question, levels, lines) for (question, levels), lines in asked.items()]


def _table(question: str, levels: Sequence[str], lines: dict[str, dict[int, int]]) -> Crossed:
    has_open = any(NO_ANSWER in line for line in lines.values())
    order = [*range(len(levels)), *([NO_ANSWER] if has_open else [])]
    told = tuple((name, tuple(line.get(level, 0) for level in order)) for name, line in lines.items())
    whole_last = tuple(sorted(told, key=lambda line: line[0] == WHOLE))
    return Crossed(question, tuple(levels), whole_last, has_open)
