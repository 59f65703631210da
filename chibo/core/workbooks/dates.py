"""Dates as offices write them."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from chibo.core.vietnamese import fold


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_YEARS = range(1900, 2101)
# Serials before 1921-11-25 are too close to years and small counts to be believed.
_SERIALS = range(8_000, 60_001)
_SERIAL_ZERO = date(1899, 12, 30)
_LAST_SHORT_YEAR = 30
_TIME_OF_DAY = re.compile(r"[t\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|\s*[ap]m)?$")


def as_date(value: object) -> tuple[date, Precision]:
    """The day a cell means, and how much of it was written; the first day of a month or year stands for it.

    Read are dates; Excel's day numbers 8000 to 60000 (1921 to 2064); years 1900 to 2100; and text: 19/5/1990,
    19-5-1990, 19.05.90, "ngày 19 tháng 5 năm 1990", 5/1990, 1990, 1990-05-19, each with or without a time. Years
    of two digits up to 30 are 2000 to 2030, the others 1931 to 1999. The day always stands before the month.

    ``ValueError`` names what was read and shows what can be read.
    """
    if isinstance(value, datetime):
        return value.date(), Precision.DAY
    if isinstance(value, date):
        return value, Precision.DAY
    found = None
    if isinstance(value, int | float) and not isinstance(value, bool):
        found = _of_number(value)
    elif isinstance(value, str):
        found = _of_text(value)
    if found is None:
        raise ValueError(
            _("“%(value)s” không phải là ngày đọc được; hãy ghi như 19/05/1990, 05/1990 hoặc 1990.")
            % {"value": "" if value is None else value}
        )
    return found


def _of_number(value: float) -> tuple[date, Precision] | None:
    if value in _YEARS:
        return date(int(value), 1, 1), Precision.YEAR
    if _SERIALS.start <= value < _SERIALS.stop:
        return _SERIAL_ZERO + timedelta(days=int(value)), Precision.DAY
    return None


def _of_text(value: str) -> tuple[date, Precision] | None:
    text = _TIME_OF_DAY.sub("", fold(value))
    text = re.sub(r"\b(?:ngay|thang|nam)\b", "/", text)
    written = re.sub(r"[\s/.\-]+", "/", text).strip("/")
    if not re.fullmatch(r"\d{1,4}(?:/\d{1,4}){0,2}", written):
        return None
    parts = written.split("/")
    if len(parts) > 1 and len(parts[0]) == 4:
        parts.reverse()
    *day_and_month, year = parts
    if len(year) == 2 and len(parts) == 3:
        year = f"{20 if int(year) <= _LAST_SHORT_YEAR else 19}{year}"
    if int(year) not in _YEARS:
        return None
    day, month = ["1", "1", *day_and_month][-2:]
    precision = (Precision.YEAR, Precision.MONTH, Precision.DAY)[len(parts) - 1]
    try:
        return date(int(year), int(month), int(day)), precision
    except ValueError:
        return None
