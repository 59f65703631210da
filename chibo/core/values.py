"""Words every rule may use. Nothing here knows Django, a database or a clock."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return text


class Word(StrEnum):
    """A code with the word people use for it."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Word:
        word = str.__new__(cls, code)
        word._value_ = code
        word.label = label or code
        return word


@dataclass(frozen=True, slots=True)
class Objection:
    """One reason why something may not happen.

    ``article`` is the regulation it rests on ("HD 12-HD/BTCTW, mục 3"), ``params`` fill the ``%(x)s`` of
    the text, and ``field`` names the entry it is about, if it is about one.
    """

    text: str
    article: str = ""
    params: dict[str, object] = field(default_factory=dict)
    field: str = ""


def months_after(day: date, count: int) -> date:
    """The first day of the month ``count`` months after the month of ``day``."""
    index = day.year * 12 + day.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def same_day_after(day: date, count: int) -> date:
    """The same day ``count`` months later, or that month's last day: 29/02/2024 + 12 → 28/02/2025."""
    first = months_after(day, count)
    return min(first + timedelta(days=day.day - 1), months_after(first, 1) - timedelta(days=1))


def month_of(day: date) -> date:
    """The first day of the month of ``day``: how chibo writes down a month."""
    return day.replace(day=1)


_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?:(?P<month>\d{2})|[qQ](?P<quarter>[1-4])))?")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends included.

    Written ``2026``, ``2026-08``, ``2026-q3``, or from one to another: ``2016..2020``, ``2026-01..2026-08``.
    """

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    @classmethod
    def of_year(cls, year: int) -> Period:
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def of_month(cls, day: date) -> Period:
        return cls(month_of(day), day.replace(day=monthrange(day.year, day.month)[1]))

    @classmethod
    def parse(cls, text: str) -> Period:
        """Read a written period; ``ValueError`` names what could not be read."""
        first, dots, last = text.strip().partition("..")
        start = cls._part(first)
        end = cls._part(last) if dots else start
        if end.last < start.first:
            raise ValueError(text)
        return cls(start.first, end.last)

    @classmethod
    def _part(cls, text: str) -> Period:
        found = _PERIOD.fullmatch(text.strip())
        if not found or not 1900 <= int(found["year"]) <= 2200:
            raise ValueError(text)
        year = int(found["year"])
        if found["month"]:
            return cls.of_month(date(year, int(found["month"]), 1))
        if found["quarter"]:
            first = date(year, int(found["quarter"]) * 3 - 2, 1)
            return cls(first, cls.of_month(months_after(first, 2)).last)
        return cls.of_year(year)

    def __str__(self) -> str:
        year = Period.of_year(self.first.year)
        if self == year:
            return f"{self.first.year}"
        if self == Period.of_month(self.first):
            return f"{self.first:%Y-%m}"
        if self.first.day == self.first.month == 1 and (self.last.month, self.last.day) == (12, 31):
            return f"{self.first.year}..{self.last.year}"
        if self.first.month % 3 == 1 and self == Period(
            self.first, Period.of_month(months_after(self.first, 2)).last
        ):
            return f"{self.first.year}-q{self.first.month // 3 + 1}"
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"

    def months(self) -> Iterator[date]:
        """The first day of every month the period touches, in order."""
        month = month_of(self.first)
        while month <= self.last:
            yield month
            month = months_after(month, 1)

    def until(self, day: date) -> Period:
        """The same period, ended on ``day`` if that comes first: what can be known on that day."""
        return Period(self.first, max(self.first, min(self.last, day)))

    def before(self) -> Period:
        """The period of the same length just before this one."""
        if self.first.day == 1 and (self.last + timedelta(days=1)).day == 1:
            count = sum(1 for _ in self.months())
            return Period(months_after(self.first, -count), self.first - timedelta(days=1))
        return Period(self.first - (self.last - self.first) - timedelta(days=1), self.first - timedelta(days=1))

    def last_year(self) -> Period:
        """The same days of the year before (cùng kỳ năm trước); the end of February stays its end."""
        following = self.last + timedelta(days=1)
        last = _year_before(following) - timedelta(days=1) if following.day == 1 else _year_before(self.last)
        return Period(_year_before(self.first), last)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


@dataclass(frozen=True, slots=True)
class Share:
    """``part`` of ``base``: the only way chibo writes a percentage, so that n/N always stands beside it."""

    part: int
    base: int

    @property
    def value(self) -> Fraction | None:
        """The exact share, or None where there is nobody to take a share of."""
        return Fraction(self.part, self.base) if self.base else None

    def percent(self, *, places: int = 1, cut: bool = False) -> str:
        """ "94,1": in percent, with a decimal comma, rounded half up or, with ``cut``, cut off. "" without a base.

        Seed S1 prints 94,11 for 160 of 170, which is cut: rounding is a setting of the figure.
        """
        if not self.base:
            return ""
        exact = Decimal(self.part) * 100 / Decimal(self.base)
        step = Decimal(1).scaleb(-places)
        shown = exact.quantize(step, ROUND_DOWN if cut else ROUND_HALF_UP)
        text = f"{shown:f}"
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return text.replace(".", ",")
