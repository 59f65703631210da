"""What a figure says: n/N, its percentage, and whether declared sums agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

from chibo.core.values import Objection, Share, gettext_noop


@lru_cache(maxsize=10_000)
def _percent(part: int, base: int, places: int, cut: bool) -> str:
    """Remembered, because a board writes hundreds of the same few shares."""
    return Share(part, base).percent(places=places, cut=cut)


@dataclass(frozen=True, slots=True)
class Measured:
    """What the counted rows add up to, and the least and the most that one of them has."""

    total: int
    least: int
    most: int
    unit_word: str

    @property
    def range_text(self) -> str:
        """ "5–7 phút"; "6 phút" where all rows have the same."""
        ends = f"{self.least}" if self.least == self.most else f"{self.least}–{self.most}"
        return f"{ends} {self.unit_word}"

    @property
    def text(self) -> str:
        """ "1.746 phút; 5–7 phút": the sum, then the range."""
        return f"{self.total:,} {self.unit_word}; {self.range_text}".replace(",", ".")

    def with_more(self, other: Measured) -> Measured:
        return Measured(
            self.total + other.total, min(self.least, other.least), max(self.most, other.most), self.unit_word
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """What a figure answered: ``part`` rows counted, of ``base`` (None for a plain number, which is its rows).

    ``measured`` is what those rows add up to, if the figure measures a column and some row has a value there.
    """

    part: int
    base: int | None = None
    places: int = 1
    cut: bool = False
    measured: Measured | None = None

    @property
    def share(self) -> Share | None:
        return None if self.base is None else Share(self.part, self.base)

    @property
    def text(self) -> str:
        """ "96 % (24/25)" for a share, "25" for a number, "291 (1.746 phút; 5–7 phút)" for a measured one.

        A share of nobody is "–".
        """
        if self.base is None:
            return f"{self.part} ({self.measured.text})" if self.measured else str(self.part)
        if not self.base:
            return "–"
        return f"{self.percent} % ({self.part}/{self.base})"

    @property
    def percent(self) -> str:
        return "" if self.base is None else _percent(self.part, self.base, self.places, self.cut)

    @property
    def short(self) -> str:
        """For a mark in a drawing: the percentage alone, or the number alone; "–" for a share of nobody."""
        return str(self.part) if self.base is None else self.percent or "–"

    @property
    def value(self) -> float | None:
        """For drawing only: the percentage, or the number itself."""
        if self.base is None:
            return float(self.part)
        return 100 * self.part / self.base if self.base else None


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a declared sum: labelled numbers, added up."""

    terms: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(number for _label, number in self.terms)

    @property
    def text(self) -> str:
        return f"{' + '.join(str(number) for _label, number in self.terms)} = {self.total}"


def objections_to_sum(label: str, left: Side, right: Side) -> Iterator[Objection]:
    """A declared sum must agree: 8 + 12 + 1 = 2 + 18 + 1 (seed S3-08)."""
    if left.total != right.total:
        yield Objection(
            gettext_noop("%(label)s: hai cách cộng không khớp, %(left)s nhưng %(right)s."),
            params={"label": label, "left": left.text, "right": right.text},
        )


def added_up(answers: Iterable[Answer | None]) -> Answer | None:
    """The same figure over several, where no row stands in two of them: cells, or months of events."""
    known = [answer for answer in answers if answer]
    if not known:
        return None
    base = None if known[0].base is None else sum(answer.base or 0 for answer in known)
    measured = [answer.measured for answer in known if answer.measured]
    whole = reduce(Measured.with_more, measured) if measured else None
    return Answer(sum(answer.part for answer in known), base, known[0].places, known[0].cut, whole)


def spread(answers: Sequence[Answer]) -> tuple[Answer, Answer] | None:
    """The lowest and the highest share (or number) over several cells; None where no cell has one."""
    known = [answer for answer in answers if answer.value is not None]
    if not known:
        return None
    return min(known, key=lambda a: a.value or 0), max(known, key=lambda a: a.value or 0)
