"""The columns of lists of briefings, and of one briefing's sheet as a workbook."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from chibo.briefings.models import Return
from chibo.briefings.rules import days_late
from chibo.briefings.selectors import is_concluded
from chibo.briefings.selectors.sheets import SheetLine, state_of_return
from chibo.core.registry import Column
from chibo.core.tables import State


def _concluded(row: object) -> State:
    done = is_concluded(row.briefing)  # type: ignore[attr-defined]
    return State(_("Đã kết luận"), "ok") if done else State(_("Chưa kết luận"), "info")


def _span(row: object) -> str:
    briefing = row.briefing  # type: ignore[attr-defined]
    return f"{briefing.reviewed_first:%d/%m}–{briefing.reviewed_last:%d/%m/%Y}"


def _state(ret: Return) -> State:
    last = ret.briefing.meeting.closed_on or localdate()
    return state_of_return(ret, days_late(ret.briefing.returns_due_on, ret.sent_on, last))


BRIEFING_COLUMNS = (
    Column(_("Ngày giao ban"), "briefing.meeting.held_on", 14, "date", link=lambda row: reverse("briefings:briefing", args=[row.briefing.pk])),
    Column(_("Loại"), lambda row: row.briefing.get_rhythm_display(), 16),
    Column(_("Kiểm điểm"), _span, 18),
    Column(_("Báo cáo đã gửi"), "sent", 16, "number"),
    Column(_("Chỉ đạo đã xong"), lambda row: row.done if row.done.base else None, 16, "number"),
    Column(_("Trạng thái"), _concluded, 16, "state"),
)  # fmt: skip
WARD_COLUMN = Column(_("Đảng ủy"), "briefing.unit.name", 24)
RETURN_COLUMNS = (
    Column(_("Ngày giao ban"), "briefing.meeting.held_on", 14, "date", link=lambda row: reverse("briefings:briefing", args=[row.briefing_id])),
    Column(_("Loại"), lambda row: row.briefing.get_rhythm_display(), 16),
    Column(_("Kiểm điểm"), _span, 18),
    Column(_("Hạn gửi"), "briefing.returns_due_on", 12, "date"),
    Column(_("Báo cáo"), _state, 24, "state"),
)  # fmt: skip


def _told(name: str) -> Callable[[SheetLine], str]:
    """What stands under the heading; nothing before the return is sent."""

    def read(line: SheetLine) -> str:
        return str(getattr(line.ret, name)) if line.is_sent else ""

    return read


SHEET_COLUMNS = (
    Column(_("Chi bộ, đoàn thể"), "name", 28),
    Column(_("Hạn gửi"), lambda line: line.ret.briefing.returns_due_on, 12, "date"),
    Column(_("Gửi ngày"), "ret.sent_on", 12, "date"),
    Column(_("Kết quả trong kỳ"), _told("results"), 50),
    Column(_("Hạn chế, khuyết điểm"), _told("shortcomings"), 40),
    Column(_("Nguyên nhân"), _told("causes"), 40),
    Column(_("Nhiệm vụ kỳ tới"), _told("next_tasks"), 50),
    Column(_("Khó khăn, vướng mắc"), _told("difficulties"), 40),
    Column(_("Đề xuất, kiến nghị"), _told("proposals"), 40),
    Column(_("Tu dưỡng, rèn luyện"), _told("cultivation"), 40),
)
