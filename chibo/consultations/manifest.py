"""What consultations and the suggestion box offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.consultations.selectors.figures import CHECKS, FIGURES
from chibo.consultations.selectors.offers import errands_of, found_by
from chibo.core.registry import Manifest, NavItem, Setting

OWN = _("Chưa có văn bản quy định chung; đảng ủy tự đặt")
SETTINGS = (
    Setting("consultations.least", _("Số phiếu ít nhất của một nhóm để công bố riêng"), 5, OWN, "R", unit_word=_("phiếu")),
    Setting("consultations.reply_days", _("Số ngày cá nhân, tập thể được góp ý phải tiếp thu, giải trình"), 30, OWN, "R", unit_word=_("ngày")),
    Setting("suggestions.open", _("Mở hòm thư góp ý trên mạng (1: mở, 0: đóng)"), 0, OWN, "R"),
    Setting("suggestions.days", _("Số ngày phải trả lời góp ý, kiến nghị"), 15, OWN, "R", unit_word=_("ngày")),
    Setting("suggestions.kept_months", _("Số tháng giữ thư góp ý sau khi trả lời, rồi xóa hẳn"), 24, OWN, "R", unit_word=_("tháng")),
)  # fmt: skip

MANIFEST = Manifest(
    nav=(
        NavItem(_("Lấy ý kiến"), "consultations:start", Can.LEAD_CONSULTATIONS, order=70, icon="consultations"),
        NavItem(
            _("Góp ý, kiến nghị"), "consultations:suggestions_start", Can.HANDLE_SUGGESTIONS, order=72, icon="mail"
        ),
    ),
    settings=SETTINGS,
    figures=FIGURES,
    checks=CHECKS,
    errands=(errands_of,),
    finders=(found_by,),
    verbs={
        "announce_consultation": _("mở đợt lấy ý kiến"),
        "reword_consultation": _("sửa đợt lấy ý kiến"),
        "name_subject": _("thêm người được góp ý"),
        "ask_question": _("thêm câu hỏi"),
        "invite_group": _("mời nhóm người góp ý"),
        "strike_out": _("bỏ một phần của đợt lấy ý kiến"),
        "launch_consultation": _("niêm phong, phát phiếu lấy ý kiến"),
        "hand_out_slips": _("phát phiếu giấy"),
        "take_slip": _("nhận phiếu"),
        "report_sent": _("báo đã gửi phiếu"),
        "tick_sent": _("đánh dấu đã nộp phiếu"),
        "fill_slip": _("gửi phiếu"),
        "sum_up": _("tổng hợp ý kiến"),
        "reply_to_results": _("tiếp thu, giải trình góp ý"),
        "sort_opinions": _("xếp nhóm ý kiến"),
        "drop_suggestion": _("gửi thư góp ý"),
        "note_suggestion": _("nhập góp ý, kiến nghị"),
        "assign_suggestion": _("giao giải quyết góp ý"),
        "answer_suggestion": _("trả lời góp ý"),
        "publish_answer": _("công khai trả lời"),
        "withdraw_answer": _("thôi công khai trả lời"),
        "erase_suggestions": _("xóa thư góp ý hết hạn giữ"),
    },
)
