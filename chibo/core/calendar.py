"""The days on which nobody works: Tết and the other public holidays of Vietnam, and Saturdays worked instead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def days_off(year: int) -> tuple[Mapping[date, str], frozenset[date]]:
    """(name by day, Saturdays worked instead) of a year, with its first weeks of the next for a day moved over.

    Tết and the Hùng Kings' day follow the lunar calendar, computed for any year; days that the government swaps for a
    Saturday are known once it has decreed them (``last_decreed``).
    """
    known = country_holidays("VN", years=(year, year + 1), language="vi")
    return dict(known.items()), frozenset(known.weekend_workdays)


@lru_cache(maxsize=1)
def last_decreed() -> int:
    """The last year whose swapped days off the installed calendar knows."""
    known = country_holidays("VN", years=range(2010, 2041), language="vi")
    return max((day.year for day in known.weekend_workdays), default=2010)


def is_working(day: date) -> bool:
    """Monday to Friday but public holidays, and the Saturdays worked instead."""
    off, worked = days_off(day.year)
    return day in worked or (day.weekday() < 5 and day not in off)


def working_day_after(day: date, count: int) -> date:
    """The day when so many working days have passed since ``day``, which itself is not counted (0: that day)."""
    while count > 0:
        day += DAY
        count -= is_working(day)
    return day


def working_days_between(first: date, last: date) -> int:
    """How many working days lie after ``first``, up to ``last``."""
    return sum(is_working(first + DAY * n) for n in range(1, (last - first).days + 1))
