"""The columns of lists of meetings, and the ward's overview as a board."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.charts import Grid, Row, Square
from chibo.core.registry import Column, Scope
from chibo.core.tables import State, link_to
from chibo.core.values import Share
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingState
from chibo.meetings.selectors import CellYear


def state_of(meeting: Meeting) -> State:
    """How far a meeting is, in words."""
    closed = meeting.state == MeetingState.CLOSED
    return State(meeting.get_state_display(), "ok" if closed else "info")


def roll_words(meeting: Any) -> Share | None:
    """ "22/25": present of those who count; nothing before the roll is called."""
    return Share(meeting.present, meeting.counted) if meeting.counted else None


MEETING_COLUMNS = (
    Column(gettext_lazy("Ngày họp"), "held_on", 12, "date", link=link_to("meetings:meeting")),
    Column(gettext_lazy("Loại"), lambda row: row.get_kind_display(), 22),
    Column(gettext_lazy("Kỳ tháng"), lambda row: f"{row.month:%m/%Y}", 10),
    Column(gettext_lazy("Có mặt"), roll_words, 16, "number"),
    Column(gettext_lazy("Trạng thái"), state_of, 16, "state"),
)
OVERVIEW_COLUMNS = (
    Column(gettext_lazy("Chi bộ"), "name", 28),
    Column(gettext_lazy("Số kỳ đã họp"), lambda row: sum(m is not None for _month, m in row.months), 14, "number"),
    Column(
        gettext_lazy("Các kỳ đã họp"), lambda row: [f"{month:%m/%Y}" for month, m in row.months if m is not None], 60
    ),
)


def board_of(rows: list[CellYear], scope: Scope) -> Grid:
    """Cells × months: present of those who count in each regular meeting; a square opens the meeting."""
    months = list(scope.period.months())
    return Grid(
        _("Sinh hoạt thường kỳ theo chi bộ và tháng"),
        [_("T%(month)s") % {"month": month.month} for month in months],
        [
            Row(
                row.name,
                [_square(month, meeting, scope.today) for month, meeting in row.months],
                reverse("meetings:index", args=[row.unit_id, str(scope.period)]),
            )
            for row in rows
        ],
        corner=_("Chi bộ"),
    )


def _square(month: date, meeting: Any, today: date) -> Square:
    if meeting is None:
        return Square(_("chưa"), 0) if month <= today else Square("", None)
    share = roll_words(meeting)
    words = f"{share.part}/{share.base}" if share else _("triệu tập")
    level = min(4, 1 + 3 * share.part // share.base) if share else 1
    return Square(words, level, reverse("meetings:meeting", args=[meeting.pk]), f"{meeting.held_on:%d/%m/%Y}")
