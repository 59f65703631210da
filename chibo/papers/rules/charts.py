"""Charts in a paper: what is drawn, how long each mark is, and what a chart says to who cannot see it.

A chart never stands alone: the table of its numbers follows, and that is the text of record. Black and grey only.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Drawing(StrEnum):
    """How the marks of a panel are drawn."""

    BARS = "bars"  # one lying bar for each mark
    LINE = "line"  # a trend from left to right


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: what it is of, how much (None: not known, a gap), and the number as it is written."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing under its own title. ``unit`` is what is counted ("buổi", "%"), ``top`` the value of a full mark."""

    title: str
    marks: tuple[Mark, ...]
    unit: str = ""
    drawing: Drawing = Drawing.BARS
    top: float | None = None

    @property
    def heading(self) -> str:
        return f"{self.title} ({self.unit})" if self.unit else self.title

    @property
    def full(self) -> float:
        """The value of a mark that fills the panel; never 0."""
        return max([self.top or 0, *(mark.value or 0 for mark in self.marks)]) or 1

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: no mark has more than nothing."""
        return not any(mark.value for mark in self.marks)

    def shares(self) -> tuple[float | None, ...]:
        """How much of the panel each mark fills, from 0 to 1."""
        return tuple(None if mark.value is None else max(mark.value, 0) / self.full for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart (biểu đồ) of one panel, or of several small ones side by side. It is counted, as tables are not."""

    title: str
    panels: tuple[Panel, ...]

    @property
    def told(self) -> str:
        """All of the chart in words, for who cannot see it."""
        return f"{self.title.rstrip('.')}. {' '.join(self._told())}".strip()

    def _told(self) -> Iterator[str]:
        for panel in self.panels:
            said = "; ".join(f"{m.label}: {'chưa có' if m.value is None else m.text}" for m in panel.marks)
            yield f"{panel.heading}: {said or 'chưa có số liệu'}."
