"""Checks over meetings: repeated absence (seed S3-03)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.meetings.models import Attendance
from chibo.meetings.rules import Presence
from chibo.meetings.selectors.figures import roll_of
from chibo.units.selectors import setting_on


def repeated_absence(scope: Scope) -> Iterator[Shortcoming]:
    """S3-03: a member absent from so many regular meetings in a row that the cell should talk with them."""
    limit = int(setting_on("meetings.absences_in_a_row", scope.unit, scope.day))
    rows: dict[tuple[int, int], list[Attendance]] = defaultdict(list)
    for row in roll_of(scope).filter(meeting__held_on__lte=scope.day).order_by("month"):
        rows[row.unit_id, row.member_id].append(row)
    for (unit_id, _member), line in rows.items():
        runs = [
            list(run) for absent, run in groupby(line, key=lambda row: row.presence != Presence.PRESENT) if absent
        ]
        longest = max(runs, key=len, default=[])
        if len(longest) >= limit:
            yield Shortcoming(
                unit_id,
                longest[0].member.full_name,
                _("vắng %(count)s kỳ sinh hoạt liên tiếp, từ tháng %(month)s")
                % {"count": len(longest), "month": f"{longest[0].month:%m/%Y}"},
                _("Gặp gỡ, nắm lý do; phân công đảng viên giúp đỡ."),
                reverse("meetings:index", args=[unit_id, scope.day.year]),
                longest[limit - 1].month,
            )


CHECKS = (
    Check(
        "meetings.absence",
        gettext_lazy("Đảng viên vắng sinh hoạt nhiều kỳ liên tiếp"),
        gettext_lazy("HD 12-HD/BTCTW; Điều lệ Đảng, Điều 8"),
        repeated_absence,
        Can.KEEP_MEETINGS,
        ("S3-03",),
    ),
)
