"""What study offers the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem, Setting
from chibo.study.selectors.checks import CHECKS
from chibo.study.selectors.figures import FIGURES
from chibo.study.selectors.offers import (
    errands_of_cells,
    errands_of_own,
    events_of,
    found_by,
    panel_of_meeting,
    years_of_programme,
)

OFFICE = _("Chưa có văn bản quy định chung; đảng ủy tự đặt")
SETTINGS = (
    Setting(
        "study.essay_days", _("Số ngày sau lớp học phải giao bài thu hoạch, hoặc ghi lý do không yêu cầu"), 15, OFFICE, "R",
        unit_word=_("ngày"),
    ),
    Setting(
        "study.reminder_days", _("Số ngày ít nhất giữa hai lần gửi thư nhắc bài thu hoạch cho một người"), 7, OFFICE, "R",
        unit_word=_("ngày"),
    ),
    Setting(
        "study.theme_days", _("Số ngày từ đầu năm phải phổ biến, học tập chuyên đề năm"), 90, OFFICE, "R",
        unit_word=_("ngày"),
    ),
    Setting(
        "study.alike_percent", _("Hai bài thu hoạch giống nhau từ mức này thì đặt cạnh nhau"), 85, OFFICE, "R", unit_word="%",
    ),
)  # fmt: skip

MANIFEST = Manifest(
    nav=(
        NavItem(_("Học tập"), "study:start", Can.SEE_STUDY, order=48, icon="book"),
        NavItem(_("Học tập của tôi"), "study:mine", "", order=46, icon="book"),
    ),
    settings=SETTINGS,
    figures=FIGURES,
    checks=CHECKS,
    errands=(errands_of_own, errands_of_cells),
    events=(events_of,),
    finders=(found_by,),
    verbs={
        "remind_writers": _("nhắc nộp bài thu hoạch"),
        "claim_reminder": _("gửi thư nhắc bài thu hoạch"),
        "note_unsent": _("ghi thư nhắc không gửi được"),
        "open_class": _("mở lớp học tập"),
        "record_class": _("lập hồ sơ lớp học"),
        "amend_class": _("sửa hồ sơ lớp học"),
        "ask_for_essays": _("giao bài thu hoạch"),
        "waive_essays": _("ghi không yêu cầu bài thu hoạch"),
        "hand_in_essay": _("nộp bài thu hoạch"),
        "mark_essay": _("nhận xét bài thu hoạch"),
        "disseminate": _("bắt đầu phổ biến văn bản, chuyên đề"),
        "amend_dissemination": _("sửa bản tóm tắt, hạn phổ biến"),
        "note_reached": _("ghi đảng viên đã được phổ biến"),
        "confirm_reading": _("xác nhận đã đọc"),
    },
    panels={"meeting": panel_of_meeting, "programme:years": years_of_programme},
)
