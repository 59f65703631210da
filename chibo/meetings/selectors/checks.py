"""Checks over meetings: repeated absence, months without a meeting, minutes overdue (seeds S3-03, S2-05, S2-18)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.values import Period
from chibo.meetings.models import Attendance
from chibo.meetings.rules import MINUTES, MONTHLY, Presence
from chibo.meetings.selectors import minutes_due_days, months_without_meeting, open_meetings
from chibo.meetings.selectors.figures import roll_of
from chibo.members.models import Member
from chibo.units.selectors import setting_on


def repeated_absence(scope: Scope) -> Iterator[Shortcoming]:
    """S3-03: a member absent from so many regular meetings in a row that the cell should talk with them."""
    limit = int(setting_on("meetings.absences_in_a_row", scope.unit, scope.day))
    absences: dict[tuple[int, int], list[tuple[int, date]]] = defaultdict(list)
    for unit_id, member_id, turn, month in _absences(scope):
        absences[unit_id, member_id].append((turn, month))
    runs = {who: _longest_run(sorted(line)) for who, line in absences.items() if len(line) >= limit}
    long = {who: months for who, months in runs.items() if len(months) >= limit}
    names = dict(Member.objects.filter(pk__in={member for _unit, member in long}).values_list("pk", "full_name"))
    for (unit_id, member_id), months in long.items():
        yield Shortcoming(
            unit_id,
            names[member_id],
            _("vắng %(count)s kỳ sinh hoạt liên tiếp, từ tháng %(month)s")
            % {"count": len(months), "month": f"{months[0]:%m/%Y}"},
            _("Gặp gỡ, nắm lý do; phân công đảng viên giúp đỡ."),
            reverse("meetings:index", args=[unit_id, scope.day.year]),
            months[limit - 1],
        )


def _absences(scope: Scope) -> QuerySet[Attendance, tuple[int, int, int, date]]:
    """(cell, member, the how manieth of the member's regular meetings it was, month) of each absence.

    No names and no order: they would be looked up, and sorted, for all the meetings that are counted.
    """
    turn = Window(RowNumber(), partition_by=["unit_id", "member_id"], order_by="month")
    roll = roll_of(scope).filter(meeting__held_on__lte=scope.day).annotate(turn=turn)
    absent = roll.filter(~Q(presence=Presence.PRESENT) | Q(turn=0))  # asked after counting: no turn is 0
    return absent.order_by().values_list("unit_id", "member_id", "turn", "month")


def _longest_run(line: list[tuple[int, date]]) -> list[date]:
    """The months of the longest run of turns that follow each other."""
    runs = groupby(enumerate(line), key=lambda one: one[1][0] - one[0])
    return max(([month for _at, (_turn, month) in run] for _key, run in runs), key=len, default=[])


def month_missed(scope: Scope) -> Iterator[Shortcoming]:
    """S2-05: a month is over in which the cell did not meet."""
    for cell, month in months_without_meeting(scope.cells, scope.period, scope.day):
        yield Shortcoming(
            cell,
            _("Tháng %(month)s") % {"month": f"{month:%m/%Y}"},
            _("chi bộ không sinh hoạt thường kỳ"),
            _("Nhập buổi sinh hoạt đã họp, hoặc báo cáo lý do với đảng ủy."),
            reverse("meetings:index", args=[cell, month.year]),
            Period.of_month(month).last,
        )


def minutes_overdue(scope: Scope) -> Iterator[Shortcoming]:
    """S2-18: a meeting was held, and its minutes are not finished in time."""
    days = timedelta(days=minutes_due_days(scope.unit, scope.day))
    for meeting in open_meetings(scope.cells, scope.day - days).filter(held_on__gte=scope.period.first):
        yield Shortcoming(
            meeting.unit_id,
            str(meeting),
            _("chưa có biên bản hoàn chỉnh"),
            _("Hoàn thành biên bản và bế mạc."),
            reverse("meetings:minutes", args=[meeting.pk]),
            meeting.held_on + days,
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
    Check(
        "meetings.month", gettext_lazy("Tháng không sinh hoạt chi bộ"), MONTHLY, month_missed,
        Can.KEEP_MEETINGS, ("S2-05",), grace_days=10,
    ),
    Check(
        "meetings.minutes", gettext_lazy("Sinh hoạt chưa có biên bản"), MINUTES, minutes_overdue,
        Can.CLOSE_MEETINGS, ("S2-18",), grace_days=10,
    ),
)  # fmt: skip
