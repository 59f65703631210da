"""What congresses offer the whole."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.congresses.selectors.checks import CHECKS
from chibo.congresses.selectors.figures import FIGURES, SUMS
from chibo.congresses.selectors.offers import errands_of, events_of, found_by, panel_for_the_public, panel_of_meeting
from chibo.core.registry import Manifest, NavItem, Setting

LISTS = _("Quy chế 244-QĐ/TW; Quy định 190-QĐ/TW, Điều 14 và hướng dẫn")
CELLS = _("Quy định 24-QĐ/TW, điểm 22; 294-QĐ/TW")
PERCENT, PEOPLE, DAYS, MONTHS = _("%"), _("người"), _("ngày làm việc"), _("tháng")
SINCE = date(2011, 1, 19)


def _setting(code: str, label: object, default: int, source: object, mark: str, unit_word: object = "") -> Setting:
    return Setting(f"congresses.{code}", label, default, source, mark, SINCE, unit_word)  # type: ignore[arg-type]


SETTINGS = (
    _setting("surplus_percent", _("Số dư nhiều nhất so với số lượng bầu (làm tròn xuống)"), 30, LISTS, "R", PERCENT),
    _setting("surplus_small", _("Số dư nhiều nhất khi bầu đến 5 người"), 1, LISTS, "S", PEOPLE),
    _setting("support_percent", _("Người ngoài danh sách cấp ủy phải được ủng hộ trên"), 30, LISTS, "S", PERCENT),
    _setting("committee_from", _("Chi bộ bầu chi ủy khi có từ bao nhiêu đảng viên chính thức"), 9, CELLS, "S", PEOPLE),
    _setting("committee_most", _("Chi ủy nhiều nhất"), 7, CELLS, "S", PEOPLE),
    _setting("counters_least", _("Ban kiểm phiếu ít nhất"), 3, _("Thông lệ chi bộ; chưa thấy văn bản"), "R", PEOPLE),
    _setting("quorum_thirds", _("Đại hội tiến hành khi có mặt ít nhất (phần ba)"), 2, _("Điều lệ Đảng, Điều 11, cần đối chiếu"), "R", _("phần ba")),
    _setting("secretary_rounds", _("Bầu bí thư nhiều nhất"), 3, CELLS, "S", _("lần")),
    _setting("single_box", _("Danh sách một người: cả hai ô hoặc không ô nào thì phiếu không hợp lệ (1: có, 0: không)"), 1, _("Quy định 190-QĐ/TW, Điều 15, suy ra"), "R"),
    _setting("spare_ballots", _("Phiếu in dự phòng để đổi phiếu hỏng, so với số người bầu (làm tròn lên)"), 5, _("Thông lệ; chưa thấy văn bản"), "R", PERCENT),
    _setting("writing_voids", _("Ký tên, viết thêm thì phiếu không hợp lệ (1: có, 0: không)"), 1, _("Quy định 190-QĐ/TW, Điều 15, theo trí nhớ"), "R"),
    _setting("notice_days", _("Thông báo ngày khai mạc trước"), 30, _("Quy định 24-QĐ/TW, điểm 11.1"), "S", DAYS),
    _setting("report_days", _("Báo cáo kết quả bầu cử trong"), 7, _("Quy định 24-QĐ/TW, điểm 16.1.1"), "S", DAYS),
    _setting("approval_days", _("Chuẩn y trong"), 15, _("Quy định 24-QĐ/TW, điểm 16.1.2"), "S", DAYS),
    _setting("complaint_days", _("Nhận khiếu nại về bầu cử trong"), 15, _("Quy định 190-QĐ/TW, Điều 33"), "S", DAYS),
    _setting("sealed_months", _("Giữ niêm phong phiếu bầu"), 6, _("Quy định 190-QĐ/TW, Điều 35"), "S", MONTHS),
    _setting("seal_witnesses", _("Người chứng kiến khi mở niêm phong phiếu, ít nhất"), 3, _("Thông lệ; chưa thấy văn bản"), "R", PEOPLE),
    _setting("shift_months", _("Đại hội sớm hoặc muộn hơn nhiệm kỳ nhiều nhất"), 6, _("Điều lệ Đảng, Điều 24"), "S", MONTHS),
    _setting("handover_days", _("Bàn giao giữa chi ủy cũ và chi ủy mới trong"), 15, _("Thông lệ; chưa thấy văn bản"), "R", _("ngày")),
    _setting("rules_days", _("Ban hành quy chế làm việc sau đại hội trong"), 30, _("Đảng ủy đặt; hạt giống S4-10"), "R", _("ngày")),
    _setting("division_days", _("Phân công nhiệm vụ sau đại hội trong"), 15, _("Đảng ủy đặt; hạt giống S4-10"), "R", _("ngày")),
)  # fmt: skip

MANIFEST = Manifest(
    nav=(NavItem(_("Đại hội"), "congresses:start", Can.SEE_CONGRESSES, order=28),),
    settings=SETTINGS,
    figures=FIGURES,
    sums=SUMS,
    checks=CHECKS,
    errands=(errands_of,),
    events=(events_of,),
    finders=(found_by,),
    verbs={
        "open_round": _("mở đợt đại hội"),
        "amend_round": _("sửa đợt đại hội"),
        "issue_congress_paper": _("ban hành văn bản của đại hội"),
        "issue_round_report": _("ban hành báo cáo đợt đại hội"),
        "hand_over": _("ghi bàn giao giữa hai khóa"),
        "draw_lessons": _("rút kinh nghiệm đại hội điểm"),
        "schedule_congress": _("xếp lịch đại hội"),
        "move_congress": _("sửa lịch đại hội"),
        "assign_preparation": _("phân công chuẩn bị đại hội"),
        "finish_preparation": _("đánh dấu việc chuẩn bị đại hội"),
        "write_section": _("viết báo cáo chính trị"),
        "propose_scheme": _("lập đề án nhân sự"),
        "approve_scheme": _("phê duyệt đề án nhân sự"),
        "note_deviation": _("ghi hạn chế của đại hội"),
        "begin_congress": _("khai mạc đại hội"),
        "open_election": _("mở cuộc bầu"),
        "put_forward": _("đề cử, ứng cử"),
        "note_support": _("ghi số người ủng hộ"),
        "settle_withdrawal": _("quyết định việc xin rút"),
        "strike_candidate": _("bỏ tên ghi nhầm"),
        "close_list": _("chốt danh sách bầu cử"),
        "elect_counters": _("bầu ban kiểm phiếu"),
        "print_ballots": _("in phiếu bầu"),
        "receive_scans": _("tải ảnh quét phiếu"),
        "note_reading": _("ghi kết quả đọc phiếu"),
        "answer_scan": _("xem phiếu quét"),
        "set_scans_aside": _("bỏ lượt quét"),
        "destroy_scans": _("hủy ảnh phiếu hết hạn giữ"),
        "issue_ballots": _("phát phiếu bầu"),
        "collect_ballots": _("kiểm số phiếu thu về"),
        "enter_ballot": _("nhập phiếu"),
        "give_code": _("cấp mã cho người kiểm phiếu"),
        "choose_sign_in": _("chọn cách vào máy kiểm phiếu"),
        "take_seat": _("ngồi vào máy kiểm phiếu"),
        "count_batch": _("đếm ngược một tập phiếu"),
        "strike_batch": _("bỏ tập phiếu đếm nhầm"),
        "elect_chair": _("bầu chủ tọa, thư ký"),
        "publish_result": _("công bố kết quả đại hội"),
        "withdraw_result": _("rút kết quả khỏi trang công khai"),
        "open_seal": _("mở niêm phong phiếu bầu"),
        "reseal": _("niêm phong lại phiếu bầu"),
        "strike_entry": _("bỏ phiếu nhập nhầm"),
        "certify_count": _("công bố kết quả kiểm phiếu"),
        "end_election": _("dừng bầu"),
        "adopt_resolution": _("thông qua nghị quyết đại hội"),
        "close_congress": _("bế mạc đại hội"),
        "seal_ballots": _("niêm phong phiếu bầu"),
        "report_result": _("báo cáo kết quả đại hội"),
        "install_committee": _("ghi chức vụ khóa mới"),
        "approve_result": _("chuẩn y kết quả bầu cử"),
        "reject_result": _("không chuẩn y kết quả bầu cử"),
        "receive_complaint": _("nhận khiếu nại bầu cử"),
        "settle_complaint": _("giải quyết khiếu nại bầu cử"),
        "destroy_ballots": _("hủy phiếu bầu"),
    },
    panels={"meeting": panel_of_meeting, "reading": panel_for_the_public},
)
