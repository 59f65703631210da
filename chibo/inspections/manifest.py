"""What inspections offer the whole."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem, Setting
from chibo.inspections.rules.flows import STEP_DAYS
from chibo.inspections.selectors.checks import CHECKS
from chibo.inspections.selectors.figures import FIGURES, STEPS
from chibo.inspections.selectors.offers import errands_of, events_of, found_by, panel_of_task

OFFICE = _("Chưa có văn bản quy định chung cho cấp này; cần hỏi ủy ban kiểm tra cấp trên")
LOCAL = "Quy định 299-QĐ/TU (Lào Cai, 2025); Quy định 1127-QĐ/TU (Bình Phước)"
ADVISING = "Quy định 331-QĐ/TW ngày 18/6/2025"
DAYS, MONTHS, PERSONS = _("ngày"), _("tháng"), _("người")
SETTINGS = (
    Setting("inspections.ward.planned_days", _("Đảng ủy: thời hạn một cuộc kiểm tra, giám sát"), 20, ADVISING, "S", date(2011, 1, 19), DAYS),
    Setting("inspections.ward.signs_days", _("Đảng ủy: thời hạn kiểm tra khi có dấu hiệu vi phạm"), 45, OFFICE, "R", unit_word=DAYS),
    Setting("inspections.cell.planned_days", _("Chi bộ: thời hạn một cuộc kiểm tra, giám sát"), 30, LOCAL, "S2", unit_word=DAYS),
    Setting("inspections.cell.signs_days", _("Chi bộ: thời hạn kiểm tra khi có dấu hiệu vi phạm"), 45, LOCAL, "S2", unit_word=DAYS),
    Setting("inspections.extension_part", _("Gia hạn tối đa bằng một phần mấy thời hạn"), 3, LOCAL, "S", unit_word=""),
    Setting("inspections.ward.look_back", _("Đảng ủy: xem lại tối đa"), 60, ADVISING, "S", unit_word=MONTHS),
    Setting("inspections.cell.look_back", _("Chi bộ: xem lại tối đa"), 24, LOCAL, "S", unit_word=MONTHS),
    Setting("inspections.ward.team", _("Đoàn kiểm tra của đảng ủy: số người tối đa"), 9, OFFICE, "R", unit_word=PERSONS),
    Setting("inspections.cell.team", _("Tổ kiểm tra của chi bộ: số người tối đa"), 5, LOCAL, "S", unit_word=PERSONS),
    Setting("inspections.cell.members_percent", _("Chi bộ kiểm tra, giám sát ít nhất mỗi năm"), 20, LOCAL, "S2", unit_word=_("% đảng viên")),
    Setting("inspections.programme_month", _("Thông qua chương trình kiểm tra, giám sát năm trước hết tháng"), 1, OFFICE, "R", unit_word=""),
    Setting("inspections.verify_days", _("Xác nhận khắc phục trong vòng, kể từ ngày báo hoàn thành"), 15, OFFICE, "R", unit_word=DAYS),
    *(
        Setting(
            f"inspections.days.{code}", STEPS[code], days, LOCAL if code == "announce" else OFFICE,
            "S" if code == "announce" else "R", unit_word=_("ngày làm việc"),
        )
        for code, days in STEP_DAYS.items()
    ),
)  # fmt: skip

MANIFEST = Manifest(
    nav=(NavItem(_("Kiểm tra, giám sát"), "inspections:start", Can.SEE_INSPECTIONS, order=45, icon="inspections"),),
    settings=SETTINGS,
    figures=FIGURES,
    checks=CHECKS,
    errands=(errands_of,),
    events=(events_of,),
    finders=(found_by,),
    verbs={
        "decide_inspection": _("quyết định kiểm tra, giám sát"),
        "write_outline": _("soạn đề cương"),
        "write_criteria": _("đặt tiêu chí thẩm tra"),
        "seat_team": _("lập đoàn kiểm tra"),
        "announce_inspection": _("gửi quyết định kiểm tra"),
        "do_step": _("ghi xong một bước kiểm tra"),
        "waive_step": _("bỏ một bước kiểm tra, có lý do"),
        "extend_inspection": _("gia hạn kiểm tra"),
        "conclude_inspection": _("kết luận kiểm tra"),
        "publish_conclusion": _("công bố kết luận kiểm tra"),
        "issue_piece": _("ban hành tài liệu của hồ sơ kiểm tra"),
        "issue_prepared": _("ban hành các tài liệu chuẩn bị kiểm tra"),
        "record_minutes": _("lập biên bản của đoàn kiểm tra"),
        "bring_piece": _("lưu tài liệu vào hồ sơ kiểm tra"),
        "waive_piece": _("ghi lý do hồ sơ kiểm tra không có tài liệu"),
        "look_in": _("mở trang cuộc kiểm tra, giám sát"),
        "open_picture": _("mở ảnh thẩm tra"),
        "open_piece": _("mở tài liệu của hồ sơ kiểm tra"),
        "close_dossier": _("đóng hồ sơ kiểm tra"),
        "take_out_copy": _("xuất bản sao hồ sơ kiểm tra"),
        "write_self_report": _("viết báo cáo tự kiểm tra"),
        "hand_in_self_report": _("gửi báo cáo tự kiểm tra"),
        "report_back": _("báo cáo kết quả khắc phục"),
        "mark_criterion": _("ghi kết quả một tiêu chí"),
        "take_photo": _("lưu ảnh thẩm tra"),
        "strike_picture": _("bỏ ảnh thẩm tra"),
        "record_finding": _("ghi nhận xét của đoàn"),
        "amend_finding": _("sửa nhận xét của đoàn"),
        "strike_finding": _("bỏ nhận xét của đoàn"),
        "verify_remedy": _("xác nhận kết quả khắc phục"),
        "plan_visit": _("phân công khảo sát"),
        "strike_visit": _("bỏ phân công khảo sát"),
        "note_attended": _("ghi buổi sinh hoạt đã dự khảo sát"),
        "finish_verifying": _("kết thúc thẩm tra"),
        "draft_programme": _("soạn chương trình kiểm tra, giám sát năm"),
        "plan_line": _("bổ sung chương trình kiểm tra, giám sát"),
        "amend_line": _("sửa chương trình kiểm tra, giám sát"),
        "strike_line": _("bỏ nội dung chương trình kiểm tra, giám sát"),
        "adopt_programme": _("thông qua chương trình kiểm tra, giám sát"),
        "adjust_line": _("điều chỉnh nội dung chương trình kiểm tra, giám sát"),
        "amend_programme": _("thông qua điều chỉnh chương trình kiểm tra, giám sát"),
    },
    panels={"task": panel_of_task},
)
