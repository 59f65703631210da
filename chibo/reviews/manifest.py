"""What reviews offer the whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chibo.access.charter import Can
from chibo.core.registry import Manifest, NavItem, Setting
from chibo.reviews.rules.formulas import FORMULAS
from chibo.reviews.selectors.checks import CHECKS
from chibo.reviews.selectors.figures import FIGURES, SUMS
from chibo.reviews.selectors.offers import errands_of, events_of, panel_of_meeting, panel_of_plan, panel_of_task

OWN = _("Chưa có văn bản quy định chung; đảng ủy tự đặt")
RATING = "366-QĐ/TW 2025, Điều 11"
SETTINGS = (
    Setting(
        "reviews.least_months", _("Thời gian ở chi bộ để được kiểm điểm, xếp loại"), 6, "09-QĐ/TU 2026 (Lào Cai)", "S2",
        unit_word=_("tháng"),
    ),
    Setting(
        "reviews.ceiling_percent", _("Trần hoàn thành xuất sắc nhiệm vụ"), 20, "HD 21-HD/BTCTW 2019; 366-QĐ/TW 2025", "S",
        unit_word="%",
    ),
    Setting(
        "reviews.ceiling_reading",
        _("Trần tính trên: b – số hoàn thành tốt (theo đúng chữ); a – số hoàn thành tốt trở lên"), "b",
        _("HD 21-HD/BTCTW 2019; cách hiểu chưa thống nhất, hỏi cấp trên"), "R",
        choices=(("b", _("b – trên số hoàn thành tốt")), ("a", _("a – trên số hoàn thành tốt trở lên"))),
    ),
    Setting(
        "reviews.formula", _("Công thức 70 điểm nhiệm vụ"), FORMULAS[0].value, _("366-QĐ/TW 2025, Điều 11 giao địa phương định; đang dùng cách phổ biến"), "S2",
        choices=tuple((one.value, _(one.label)) for one in FORMULAS),
    ),
    Setting("reviews.hard_percent", _("Một việc khó tính bằng bao nhiêu phần trăm việc thường"), 150, OWN, "R", unit_word="%"),
    Setting("reviews.progress_percent", _("Phần của tiến độ trong 70 điểm; còn lại là chất lượng"), 30, _("Cách tính của địa phương, dẫn lại"), "S2", unit_word="%"),
    Setting("reviews.points_excellent", _("Điểm tối thiểu: hoàn thành xuất sắc"), 90, RATING, "S", unit_word=_("điểm")),
    Setting("reviews.points_good", _("Điểm tối thiểu: hoàn thành tốt"), 70, RATING, "S", unit_word=_("điểm")),
    Setting("reviews.points_done", _("Điểm tối thiểu: hoàn thành nhiệm vụ"), 50, RATING, "S", unit_word=_("điểm")),
    Setting(
        "reviews.exceeding_percent", _("Nhiệm vụ vượt mức để hoàn thành xuất sắc, ít nhất"), 30, RATING, "S", unit_word="%"
    ),
    Setting("reviews.late_percent", _("Nhiệm vụ chậm để hoàn thành nhiệm vụ, nhiều nhất"), 20, RATING, "S", unit_word="%"),
)  # fmt: skip

MANIFEST = Manifest(
    nav=(NavItem(_("Kiểm điểm"), "reviews:start", Can.SEE_REVIEWS, order=28, icon="check"),),
    settings=SETTINGS,
    figures=FIGURES,
    sums=SUMS,
    checks=CHECKS,
    errands=(errands_of,),
    events=(events_of,),
    verbs={
        "open_round": _("mở đợt kiểm điểm"),
        "call_again": _("rà lại danh sách kiểm điểm"),
        "write_review": _("viết bản kiểm điểm"),
        "send_review": _("nộp bản kiểm điểm"),
        "check_oneself": _("tự soi 27 biểu hiện"),
        "suggest_matters": _("gợi ý kiểm điểm"),
        "give_comment": _("ghi ý kiến góp ý"),
        "judge_review": _("đánh giá theo tiêu chí"),
        "record_ballots": _("nhập phiếu xếp loại"),
        "propose_levels": _("đề nghị xếp loại"),
        "appraise_reviews": _("thẩm định xếp loại"),
        "decide_reviews": _("quyết định xếp loại"),
        "answer_rating": _("trả lời kết quả xếp loại"),
        "undertake": _("ghi cam kết khắc phục"),
    },
    panels={"task": panel_of_task, "meeting:record": panel_of_meeting, "plan": panel_of_plan},
)
