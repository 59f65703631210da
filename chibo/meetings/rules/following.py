"""What must hold when a visit from above is noted (seeds S2-08, S3-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from chibo.core.values import Objection, gettext_noop


def objections_to_visiting(*, held_on: date, today: date | None, is_own: bool, is_noted: bool) -> Iterator[Objection]:
    """Whoever visits comes from outside the cell, to a meeting that took place, and is noted once."""
    if today is not None and held_on > today:
        yield Objection(
            gettext_noop("Cuộc họp ngày %(day)s chưa diễn ra."), params={"day": f"{held_on:%d/%m/%Y}"}, field="member"
        )
    if is_own:
        yield Objection(gettext_noop("Đồng chí này là đảng viên của chi bộ; hãy điểm danh."), field="member")
    if is_noted:
        yield Objection(gettext_noop("Đã ghi đồng chí này dự cuộc họp."), field="member")
