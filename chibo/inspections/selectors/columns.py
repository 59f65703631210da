"""The columns of lists of inspections and of lines of a programme."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.registry import Column
from chibo.core.tables import State, link_to


def state_of(inspection: Any) -> State:
    """How far it is, in a word."""
    if inspection.closed_on:
        return State(_("Đã đóng hồ sơ"), "ok")
    if inspection.concluded_on:
        return State(_("Đã kết luận"), "ok")
    if inspection.announced_on:
        return State(_("Đang tiến hành"), "info")
    return State(_("Đang chuẩn bị"), "due")


INSPECTIONS = (
    Column(gettext_lazy("Nội dung"), "content", 44, link=link_to("inspections:inspection")),
    Column(gettext_lazy("Hình thức"), lambda row: row.get_form_display(), 26),
    Column(gettext_lazy("Chủ trì"), "unit.name", 22),
    Column(gettext_lazy("Ngày quyết định"), "decided_on", 14, "date"),
    Column(gettext_lazy("Bắt đầu"), "begins_on", 12, "date"),
    Column(gettext_lazy("Trạng thái"), state_of, 18, "state"),
)
LINES = (
    Column(gettext_lazy("Đối tượng"), "whom", 28),
    Column(gettext_lazy("Hình thức"), lambda row: row.line.get_form_display(), 26),
    Column(gettext_lazy("Nội dung"), "line.content", 36),
    Column(gettext_lazy("Thời gian được xem"), "looked", 22),
    Column(gettext_lazy("Tháng"), "line.month", 8, "number"),
    Column(gettext_lazy("Phụ trách"), "line.charged", 22),
    Column(gettext_lazy("Vì sao"), "why", 36),
    Column(gettext_lazy("Kết quả"), "state", 18, "state"),
)
