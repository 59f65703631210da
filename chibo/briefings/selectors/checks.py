"""Checks over briefings: returns that did not come, months without a briefing, briefings without conclusion (S3-09)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.access.charter import Can
from chibo.briefings.models import Briefing, Return
from chibo.briefings.rules import REGULATIONS, SKETCHY, UNEXAMINED, Gap, Rhythm
from chibo.briefings.selectors import gaps_of, open_returns
from chibo.core.held import held_once
from chibo.core.registry import Check, Scope, Shortcoming
from chibo.core.values import Period, month_of, months_after
from chibo.meetings.rules import MINUTES, MeetingState
from chibo.meetings.selectors import minutes_due_days
from chibo.units.rules import Level
from chibo.units.selectors import setting_on, units_in


def return_missing(scope: Scope) -> Iterator[Shortcoming]:
    """S3-09: a briefing waits for the cell's return, and its due date has passed."""
    span = (scope.period.first, scope.day - timedelta(days=1))
    waiting = open_returns().filter(unit_id__in=scope.units, briefing__returns_due_on__range=span)
    rows = list(waiting.values_list("pk", "unit_id", "briefing_id"))
    briefings = Briefing.objects.in_bulk({briefing for _pk, _unit, briefing in rows})
    for pk, unit, briefing in rows:
        due = briefings[briefing].returns_due_on
        yield Shortcoming(
            unit,
            str(briefings[briefing]),
            _("chưa gửi báo cáo, hạn %(day)s") % {"day": f"{due:%d/%m/%Y}"},
            _("Ghi kết quả, nhiệm vụ kỳ tới và gửi."),
            reverse("briefings:ret", args=[pk]),
            due,
        )


def returns_sketchy(scope: Scope) -> Iterator[Shortcoming]:
    """S2-10: the cell's latest monthly return lacks a part, or is shorter than the office asks for."""
    return _with_gaps(scope, SKETCHY)


def returns_unexamined(scope: Scope) -> Iterator[Shortcoming]:
    """S2-11: the cell's latest monthly return points out no shortcoming, or none of its causes."""
    return _with_gaps(scope, UNEXAMINED)


def _with_gaps(scope: Scope, asked: tuple[Gap, ...]) -> Iterator[Shortcoming]:
    """Only the latest counts: a return is mended before its briefing by sending it again, later by the next one."""
    least = int(setting_on("briefings.words_least", scope.unit, scope.day))
    for ret in _latest(scope):
        gaps = [gap for gap in gaps_of(ret, least) if gap in asked]
        if gaps and ret.sent_on:
            yield Shortcoming(
                ret.unit_id,
                str(ret.briefing),
                _("báo cáo %(gaps)s") % {"gaps": "; ".join(_(gap.label) for gap in gaps)},
                _("Trước ngày giao ban: rút lại, ghi thêm, gửi lại; sau đó ghi đủ ở báo cáo kỳ tới."),
                reverse("briefings:ret", args=[ret.pk]),
                ret.sent_on,
            )


@held_once
def _latest(scope: Scope) -> tuple[Return, ...]:
    """The last monthly return that each unit sent in the period."""
    rows = Return.objects.filter(
        unit_id__in=scope.units, body="", sent_on__range=(scope.period.first, scope.day),
        briefing__rhythm=Rhythm.MONTHLY,
    ).select_related("briefing").order_by("briefing__reviewed_last", "pk")  # fmt: skip
    return tuple({row.unit_id: row for row in rows}.values())


def month_without_briefing(scope: Scope) -> Iterator[Shortcoming]:
    """S3-09: a month is over in which the ward, having begun to hold briefings, held fewer than it set itself."""
    wards = [unit for unit in units_in(scope).values() if unit.level == Level.WARD]
    held: dict[int, list[date]] = defaultdict(list)
    rows = Briefing.objects.filter(unit__in=wards, meeting__held_on__lte=scope.day)
    for pk, day in rows.values_list("unit_id", "meeting__held_on"):
        held[pk].append(month_of(day))
    for ward in wards:
        begun = min(held[ward.pk], default=None)
        least = int(setting_on("briefings.least_a_month", ward, scope.day)) if begun else 0
        for month in scope.period.months():
            over = Period.of_month(month).last < scope.day and (ward.valid_to is None or month <= ward.valid_to)
            count = held[ward.pk].count(month)
            if begun and over and months_after(begun, 1) <= month and count < least:
                yield Shortcoming(
                    ward.pk,
                    _("Tháng %(month)s") % {"month": f"{month:%m/%Y}"},
                    _("đảng ủy giao ban %(count)s lần, quy định ít nhất %(least)s")
                    % {"count": count, "least": least},
                    _("Nhập kỳ giao ban đã họp, hoặc triệu tập giao ban."),
                    reverse("briefings:call", args=[ward.pk]),
                    Period.of_month(month).last,
                )


def conclusion_overdue(scope: Scope) -> Iterator[Shortcoming]:
    """S3-09: a briefing was held, and is not concluded within the days that the ward gives minutes."""
    days = timedelta(days=minutes_due_days(scope.unit, scope.day))
    span = (scope.period.first, scope.day - days - timedelta(days=1))
    rows = Briefing.objects.filter(
        unit_id__in=scope.units, meeting__state=MeetingState.CONVENED, meeting__held_on__range=span
    )
    for briefing in rows.annotate(held_on=F("meeting__held_on")).order_by("held_on", "pk"):
        yield Shortcoming(
            briefing.unit_id,
            str(briefing),
            _("chưa có biên bản, kết luận"),
            _("Hoàn thành biên bản và kết luận giao ban."),
            reverse("briefings:conclude", args=[briefing.pk]),
            briefing.held_on + days,
        )


CHECKS = (
    Check(
        "briefings.returned", gettext_lazy("Chi bộ chưa gửi báo cáo giao ban"), REGULATIONS, return_missing,
        Can.WRITE_RETURNS, ("S3-09",), grace_days=0,
    ),
    Check(
        "briefings.sketchy", gettext_lazy("Báo cáo giao ban tháng sơ sài, thiếu phần"), REGULATIONS, returns_sketchy,
        Can.WRITE_RETURNS, ("S2-10",),
    ),
    Check(
        "briefings.unexamined", gettext_lazy("Báo cáo giao ban tháng chưa nêu hạn chế, nguyên nhân"), REGULATIONS,
        returns_unexamined, Can.WRITE_RETURNS, ("S2-11",),
    ),
    Check(
        "briefings.month", gettext_lazy("Tháng đảng ủy không giao ban"), REGULATIONS, month_without_briefing,
        Can.LEAD_BRIEFINGS, ("S3-09",),
    ),
    Check(
        "briefings.conclusion", gettext_lazy("Giao ban chưa có biên bản, kết luận"), MINUTES, conclusion_overdue,
        Can.LEAD_BRIEFINGS, ("S3-09",),
    ),
)  # fmt: skip
