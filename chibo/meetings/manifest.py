"""What meetings offer the whole."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem, Setting
from chibo.meetings.selectors.agenda import (
    lines_of_commitments,
    lines_of_last_minutes,
    lines_of_papers,
    lines_of_tasks,
)
from chibo.meetings.selectors.checks import CHECKS
from chibo.meetings.selectors.closing import panel_of_task
from chibo.meetings.selectors.closing_checks import CLOSING_CHECKS
from chibo.meetings.selectors.conduct_figures import CONDUCT_FIGURES, FOLLOWING_CHECKS
from chibo.meetings.selectors.figures import FIGURES
from chibo.meetings.selectors.habit_checks import HABIT_CHECKS
from chibo.meetings.selectors.offers import errands_of, events_of, found_by
from chibo.meetings.selectors.preparing_checks import PREPARING_CHECKS, errands_of_preparing
from chibo.meetings.selectors.quality_figures import QUALITY_FIGURES

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
        "meetings.minutes_least_with_topic",
        _("Thời gian tối thiểu của buổi sinh hoạt thường kỳ kết hợp chuyên đề"),
        120,
        "HD 42-HD/BTCTW ngày 28/10/2025",
        "S2",
        date(2018, 7, 6),
        _("phút"),
    ),
    Setting(
        "meetings.minutes_least_large",
        _("Thời gian tối thiểu của một buổi sinh hoạt ở chi bộ đông đảng viên"),
        120,
        _("Quy định của địa phương; cần hỏi đảng ủy"),
        "S2",
        date(2018, 7, 6),
        _("phút"),
    ),
    Setting(
        "meetings.large_cell",
        _("Chi bộ đông đảng viên: từ số đảng viên này"),
        30,
        _("Quy định của địa phương; cần hỏi đảng ủy"),
        "S2",
        date(2018, 7, 6),
        _("đảng viên"),
    ),
    Setting(
        "meetings.minutes_least_small",
        _("Thời gian tối thiểu của một buổi sinh hoạt ở chi bộ ít đảng viên"),
        60,
        _("Chưa có văn bản quy định chung; đảng ủy tự đặt"),
        "R",
        date(2018, 7, 6),
        _("phút"),
    ),
    Setting(
        "meetings.small_cell",
        _("Chi bộ ít đảng viên: dưới số đảng viên này"),
        9,
        _("Chưa có văn bản quy định chung; đảng ủy tự đặt"),
        "R",
        date(2018, 7, 6),
        _("đảng viên"),
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
        "meetings.reading_minutes_most",
        _("Thời gian tối đa đọc, thông tin văn bản trong một buổi sinh hoạt"),
        30,
        "HD 12-HD/BTCTW ngày 06/7/2018; HD 42-HD/BTCTW ngày 28/10/2025",
        "S2",
        date(2018, 7, 6),
        _("phút"),
    ),
    Setting(
        "meetings.reading_percent_most",
        _("Tỷ lệ thời gian tối đa đọc, thông tin văn bản"),
        33,
        "Chưa có văn bản quy định chung; đảng ủy tự đặt",
        "R",
        unit_word="%",
    ),
    Setting(
        "meetings.quality_days",
        _("Số ngày sau khi bế mạc còn chấm điểm chất lượng sinh hoạt"),
        7,
        "Chưa có văn bản quy định chung; đảng ủy tự đặt",
        "R",
        unit_word=_("ngày"),
    ),
    Setting(
        "meetings.visit_months",
        _("Số tháng người theo dõi chi bộ được phép chưa dự sinh hoạt"),
        3,
        "Chưa có văn bản quy định chung; đảng ủy tự đặt",
        "R",
        unit_word=_("tháng"),
    ),
    Setting(
        "meetings.unspoken_months",
        _("Số kỳ liên tiếp không ai phát biểu thì nhắc"),
        3,
        "Chưa có văn bản quy định chung; đảng ủy tự đặt",
        "R",
        unit_word=_("kỳ"),
    ),
    Setting(
        "meetings.directive_days",
        _("Số ngày sau khi phổ biến văn bản phải có nhiệm vụ thực hiện"),
        60,
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
    figures=(*FIGURES, *CONDUCT_FIGURES, *QUALITY_FIGURES),
    checks=(*CHECKS, *PREPARING_CHECKS, *CLOSING_CHECKS, *FOLLOWING_CHECKS, *HABIT_CHECKS),
    errands=(
        errands_of,
        errands_of_preparing,
    ),
    events=(events_of,),
    finders=(found_by,),
    verbs={
        "set_quality_form": _("đặt biểu điểm chất lượng sinh hoạt"),
        "score_meeting": _("tự chấm chất lượng sinh hoạt"),
        "score_visited_meeting": _("chấm chất lượng sinh hoạt đã dự"),
        "note_visit": _("ghi người dự sinh hoạt"),
        "strike_visit": _("bỏ người dự sinh hoạt"),
        "convene_meeting": _("triệu tập cuộc họp"),
        "arrange_meeting": _("sửa lịch họp"),
        "call_off_meeting": _("hủy triệu tập"),
        "call_roll": _("điểm danh"),
        "mark_presence": _("điểm danh một đồng chí"),
        "note_item": _("ghi diễn biến cuộc họp"),
        "set_schedule": _("ấn định ngày sinh hoạt"),
        "arrange_agenda": _("sắp xếp nội dung họp"),
        "choose_topic": _("chọn chuyên đề"),
        "notify_members": _("ghi ngày báo họp"),
        "publish_papers": _("ghi ngày gửi tài liệu"),
        "mail_invitations": _("gửi giấy mời qua thư điện tử"),
        "give_address": _("đặt địa chỉ nhận giấy mời"),
        "open_feed": _("mở lịch trên điện thoại"),
        "revoke_feed": _("thu hồi lịch trên điện thoại"),
        "write_minutes": _("soạn biên bản"),
        "close_meeting": _("bế mạc cuộc họp"),
        "correct_minutes": _("bổ sung, đính chính biên bản"),
        "begin_item": _("bắt đầu một nội dung họp"),
        "finish_item": _("kết thúc một nội dung họp"),
        "time_item": _("sửa giờ của nội dung họp"),
        "give_floor": _("ghi người phát biểu"),
        "note_speech": _("ghi ý kiến phát biểu"),
        "strike_speech": _("bỏ lượt phát biểu"),
        "take_vote": _("ghi kết quả biểu quyết"),
        "strike_vote": _("bỏ kết quả biểu quyết"),
        "resolve_matter": _("ghi nội dung nghị quyết"),
        "amend_matter": _("sửa nội dung nghị quyết"),
        "strike_matter": _("bỏ nội dung nghị quyết"),
        "mention_member": _("ghi biểu dương, nhắc nhở, phê bình"),
        "strike_mention": _("bỏ biểu dương, nhắc nhở, phê bình"),
        "attach_file": _("lưu tệp vào hồ sơ cuộc họp"),
        "detach_file": _("bỏ tệp khỏi hồ sơ cuộc họp"),
    },
    panels={
        "task": panel_of_task,
        "minutes:tasks": lines_of_tasks,
        "minutes:commitments": lines_of_commitments,
        "minutes:documents": lines_of_papers,
        "minutes:last_minutes": lines_of_last_minutes,
    },
)
