"""What briefings offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.briefings.selectors.checks import CHECKS
from chibo.briefings.selectors.figures import FIGURES
from chibo.briefings.selectors.offers import errands_of, events_of, found_by, panel_of_meeting, panel_of_task
from chibo.core.registry import Manifest, NavItem, Setting

OFFICE = _("Quy chế làm việc của đảng ủy; chưa có văn bản quy định chung")
SETTINGS = (
    Setting(
        "briefings.returns_due_days",
        _("Chi bộ gửi báo cáo trước ngày giao ban"),
        1,
        OFFICE,
        "R",
        unit_word=_("ngày"),
    ),
    Setting(
        "briefings.least_a_month",
        _("Số lần giao ban ít nhất mỗi tháng (0: không nhắc)"),
        1,
        OFFICE,
        "R",
        unit_word=_("lần"),
    ),
    Setting(
        "briefings.words_least",
        _("Số chữ ít nhất của báo cáo giao ban tháng (0: không nhắc)"),
        60,
        OFFICE,
        "R",
        unit_word=_("chữ"),
    ),
)

MANIFEST = Manifest(
    nav=(NavItem(_("Họp giao ban"), "briefings:start", Can.SEE_BRIEFINGS, order=24, icon="speak"),),
    settings=SETTINGS,
    figures=FIGURES,
    checks=CHECKS,
    errands=(errands_of,),
    events=(events_of,),
    finders=(found_by,),
    verbs={
        "call_briefing": _("triệu tập giao ban"),
        "arrange_briefing": _("sửa lịch giao ban"),
        "call_off_briefing": _("hủy giao ban"),
        "write_return": _("viết báo cáo giao ban"),
        "send_return": _("gửi báo cáo giao ban"),
        "take_back_return": _("rút lại báo cáo giao ban"),
        "give_direction": _("giao việc tại giao ban"),
        "write_conclusion": _("soạn biên bản giao ban"),
        "conclude_briefing": _("kết luận giao ban"),
        "correct_conclusion": _("bổ sung, đính chính biên bản giao ban"),
    },
    panels={"task": panel_of_task, "meeting": panel_of_meeting},
)
