"""The columns of lists of rounds, of a round's board and of a cell's congresses."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chibo.congresses.selectors.pages import state_of
from chibo.core.registry import Column
from chibo.core.tables import State


def _congress(row: Any) -> str:
    return reverse("congresses:congress", args=[row.pk])


def _state(line: Any) -> State:
    return state_of(line.congress) if line.congress else State(_("Chưa có lịch"), "none")


def _board_link(line: Any) -> str:
    return _congress(line.congress) if line.congress else ""


ROUND_COLUMNS = (
    Column(_("Đợt đại hội"), "name", 40, link=lambda row: reverse("congresses:round", args=[row.pk])),
    Column(_("Nhiệm kỳ"), "term", 14),
    Column(_("Từ ngày"), "first_on", 12, "date"),
    Column(_("Đến ngày"), "last_on", 12, "date"),
)
CONGRESS_COLUMNS = (
    Column(_("Ngày đại hội"), "meeting.held_on", 14, "date", link=_congress),
    Column(_("Nhiệm kỳ"), "round.term", 14),
    Column(_("Bước"), state_of, 24, "state"),
)
BOARD_COLUMNS = (
    Column(_("Chi bộ"), "cell.name", 28, link=_board_link),
    Column(_("Ngày đại hội"), "congress.meeting.held_on", 14, "date"),
    Column(_("Điểm"), lambda line: "x" if line.congress and line.congress.is_pilot else "", 8),
    Column(_("Phụ trách"), "congress.in_charge", 22),
    Column(_("Chuẩn bị"), lambda line: line.prepared if line.prepared.base else None, 12, "number"),
    Column(_("Trúng cử"), lambda line: line.congress.seated if line.congress else None, 10, "number"),
    Column(_("Tái cử"), lambda line: line.congress.again if line.congress else None, 10, "number"),
    Column(_("Bước"), _state, 22, "state"),
)
