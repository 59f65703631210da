"""What meetings offer the whole."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem, Setting
from chibo.meetings.selectors.checks import CHECKS
from chibo.meetings.selectors.figures import FIGURES
from chibo.meetings.selectors.offers import errands_of, events_of, found_by

SETTINGS = (
    Setting(
        "meetings.minutes_least",
        _("Thời gian tối thiểu của một buổi sinh hoạt"),
        90,
        "HD 12-HD/BTCTW ngày 06/7/2018; HD 42-HD/BTCTW ngày 28/10/2025",
        "S",
        date(2018, 7, 6),
        _("phút"),
    ),
    Setting(
        "meetings.attendance_target_2018",
        _("Tỷ lệ dự sinh hoạt cần đạt (đến 27/10/2025)"),
        85,
        "HD 12-HD/BTCTW ngày 06/7/2018",
        "S",
        date(2018, 7, 6),
        "%",
    ),
    Setting(
        "meetings.attendance_target_2025",
        _("Tỷ lệ dự sinh hoạt cần đạt (từ 28/10/2025)"),
        90,
        "Thực hiện HD 42-HD/BTCTW ngày 28/10/2025",
        "S2",
        date(2025, 10, 28),
        "%",
    ),
    Setting(
        "meetings.minutes_due_days",
        _("Số ngày phải hoàn thành biên bản sau khi họp"),
        7,
        "Chưa có văn bản quy định chung; đảng ủy tự đặt",
        "R",
        unit_word=_("ngày"),
    ),
    Setting(
        "meetings.absences_in_a_row",
        _("Số kỳ vắng liên tiếp tối đa của một đảng viên"),
        3,
        "HD 12-HD/BTCTW ngày 06/7/2018",
        "S",
        date(2018, 7, 6),
        _("kỳ"),
    ),
)

MANIFEST = Manifest(
    nav=(NavItem(_("Sinh hoạt"), "meetings:start", Can.SEE_MEETINGS, order=20, icon="meeting"),),
    settings=SETTINGS,
    figures=FIGURES,
    checks=CHECKS,
    errands=(errands_of,),
    events=(events_of,),
    finders=(found_by,),
    verbs={
        "convene_meeting": _("triệu tập cuộc họp"),
        "arrange_meeting": _("sửa lịch họp"),
        "call_off_meeting": _("hủy triệu tập"),
        "call_roll": _("điểm danh"),
        "mark_presence": _("điểm danh một đồng chí"),
        "note_item": _("ghi diễn biến cuộc họp"),
        "write_minutes": _("soạn biên bản"),
        "close_meeting": _("bế mạc cuộc họp"),
        "correct_minutes": _("bổ sung, đính chính biên bản"),
    },
)
