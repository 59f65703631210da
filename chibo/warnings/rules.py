"""When the weekly letter goes out: at most one in seven days, to who wants it, and only while something is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from chibo.core.values import Objection, gettext_noop

APART = timedelta(days=7)


def sent_too_lately(last: date | None, today: date) -> bool:
    """Whether the last letter is less than a week old."""
    return last is not None and today < last + APART


def objections_to_writing(*, wanted: bool, last: date | None, today: date) -> Iterator[Objection]:
    if not wanted:
        yield Objection(gettext_noop("Đồng chí này không nhận thư nhắc việc."))
    if sent_too_lately(last, today):
        yield Objection(gettext_noop("Đã gửi thư nhắc việc trong bảy ngày qua."))
