"""Checks over meetings: repeated absence, months without a meeting, minutes overdue (seeds S3-03, S2-05, S2-18)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.values import Period
from chibo.meetings.models import Attendance
from chibo.meetings.rules import MINUTES, MONTHLY, MeetingKind, MeetingState, Presence
from chibo.meetings.selectors import minutes_due_days, months_missed
from chibo.meetings.selectors.figures import roll_of
from chibo.meetings.selectors.reading import held_around, held_in
from chibo.members.models import Member
from chibo.units.selectors import setting_on, units_in


def repeated_absence(scope: Scope) -> Iterator[Shortcoming]:
    """S3-03: a member absent from so many regular meetings in a row that the cell should talk with them."""
    limit = int(setting_on("meetings.absences_in_a_row", scope.unit, scope.day))
    lines = groupby(_often_absent(scope, limit), key=itemgetter(0, 1))
    runs = {who: _longest_run((month, presence) for *_who, month, presence in line) for who, line in lines}
    long = {who: months for who, months in runs.items() if len(months) >= limit}
    members = Member.objects.in_bulk({member for _unit, member in long})
    for (unit_id, member_id), months in long.items():
        yield Shortcoming(
            unit_id,
            members[member_id].full_name,
            _("vắng %(count)s kỳ sinh hoạt liên tiếp, từ tháng %(month)s")
            % {"count": len(months), "month": f"{months[0]:%m/%Y}"},
            _("Gặp gỡ, nắm lý do; phân công đảng viên giúp đỡ."),
            reverse("meetings:index", args=[unit_id, scope.day.year]),
            months[limit - 1],
        )


def _often_absent(scope: Scope, limit: int) -> QuerySet[Attendance, tuple[int, int, date, str]]:
    """(cell, member, month, presence) of the regular meetings of whoever was absent so often, in a row or not: few of all."""
    roll = roll_of(scope).filter(meeting__held_on__lte=scope.day)
    counted = roll.exclude(presence=Presence.PRESENT).order_by().values("member_id").annotate(times=Count("pk"))
    often = roll.filter(member_id__in=counted.filter(times__gte=limit).values("member_id"))
    return often.order_by("unit_id", "member_id", "month").values_list("unit_id", "member_id", "month", "presence")


def _longest_run(line: Iterable[tuple[date, str]]) -> list[date]:
    """The months of the longest run of absences that follow each other."""
    runs = groupby(line, key=lambda one: one[1] != Presence.PRESENT)
    return max(([month for month, _presence in run] for absent, run in runs if absent), key=len, default=[])


def month_missed(scope: Scope) -> Iterator[Shortcoming]:
    """S2-05: a month is over in which the cell did not meet."""
    held = {
        (one.unit_id, one.month)
        for one in held_around(scope)
        if one.kind == MeetingKind.REGULAR and one.held_on <= scope.day
    }
    units = units_in(scope)
    for cell, month in months_missed([units[cell] for cell in scope.cells], held, scope.period, scope.day):
        yield Shortcoming(
            cell,
            _("Tháng %(month)s") % {"month": f"{month:%m/%Y}"},
            _("chi bộ không sinh hoạt thường kỳ"),
            _("Nhập buổi sinh hoạt đã họp, hoặc báo cáo lý do với đảng ủy."),
            f"{reverse('meetings:convene', args=[cell])}?month={month:%Y-%m}",
            Period.of_month(month).last,
        )


def minutes_overdue(scope: Scope) -> Iterator[Shortcoming]:
    """S2-18: a meeting was held, and its minutes are not finished in time."""
    days = timedelta(days=minutes_due_days(scope.unit, scope.day))
    for meeting in held_in(scope):
        if meeting.state != MeetingState.CONVENED or meeting.held_on > scope.day - days:
            continue
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
