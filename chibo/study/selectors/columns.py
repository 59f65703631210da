"""The columns of the lists of classes and of what is made known."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from chibo.core.registry import Column
from chibo.core.tables import State, link_to
from chibo.core.values import Share
from chibo.study.models import Essay
from chibo.study.rules import EssayState

SHADES = {
    EssayState.DUE: "due",
    EssayState.HANDED_IN: "info",
    EssayState.PASSED: "ok",
    EssayState.NOT_PASSED: "late",
}


def state_of(essay: Essay) -> State:
    """How far an essay is, in words."""
    return State(essay.get_state_display(), SHADES[EssayState(essay.state)])


def _attended(row: Any) -> str:
    share = Share(row.present, row.counted)
    return f"{share.percent(places=2, cut=True)} % ({share.part}/{share.base})" if share.base else ""


def _essays(row: Any) -> State:
    if row.essays_due_on:
        return State(_("Hạn nộp %(day)s") % {"day": f"{row.essays_due_on:%d/%m/%Y}"}, "info")
    return State(_("Không yêu cầu"), "none") if row.waived else State(_("Chưa giao"), "due")


def _reached(row: Any) -> str:
    share = Share(row.reached, row.due)
    return f"{share.percent()} % ({share.part}/{share.base})" if share.base else ""


CLASS_COLUMNS = (
    Column(_("Nội dung học tập"), "title", 44, link=link_to("study:class")),
    Column(_("Ngày học"), "meeting.held_on", 12, "date"),
    Column(_("Tổ chức"), "unit.name", 24),
    Column(_("Có mặt"), _attended, 20, "number"),
    Column(_("Bài thu hoạch"), _essays, 20, "state"),
)
SPREAD_COLUMNS = (
    Column(_("Nội dung phổ biến"), str, 44, link=link_to("study:spread")),
    Column(_("Từ ngày"), "opened_on", 12, "date"),
    Column(_("Hạn"), "due_on", 12, "date"),
    Column(_("Đã phổ biến"), _reached, 20, "number"),
)
COVERAGE_COLUMNS = (
    Column(_("Chi bộ"), "unit.name", 28),
    Column(_("Đã phổ biến"), lambda row: row.share.part, 14, "number"),
    Column(_("Phải phổ biến"), lambda row: row.share.base, 14, "number"),
    Column(_("Còn lại"), lambda row: ", ".join(row.missing), 60),
)
ESSAY_COLUMNS = (
    Column(_("Họ và tên"), "member.full_name", 28),
    Column(_("Chi bộ"), "unit.name", 24),
    Column(_("Ngày nộp"), "handed_in_on", 12, "date"),
    Column(_("Trạng thái"), state_of, 20, "state"),
)
