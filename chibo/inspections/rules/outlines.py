"""Outlines of self-reports and lists of criteria, ready to take and change: what S0 and S2 asked about.

Every item that records can answer names its figure, check or papers, so that at least four fifths fill themselves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chibo.core.values import Share
from chibo.inspections.rules import OutlineKind

F, C, P, T = OutlineKind.FIGURE, OutlineKind.CHECK, OutlineKind.PAPERS, OutlineKind.TEXT


@dataclass(frozen=True, slots=True)
class Item:
    """One item of an outline: the section it stands in, what is asked, and what answers it."""

    section: str
    title: str
    kind: OutlineKind
    code: str = ""


_LEAD, _PLANS, _MEET, _SELF = (
    "I. Lãnh đạo, chỉ đạo", "II. Xây dựng, thực hiện kế hoạch tu dưỡng", "III. Sinh hoạt chi bộ", "IV. Tự đánh giá",
)  # fmt: skip
PLANS = (
    Item(_LEAD, "Văn bản lãnh đạo, hướng dẫn đã nhận và ban hành", P),
    Item(_LEAD, "Đảng số của chi bộ", F, "members.counted"),
    Item(_LEAD, "Chuyên đề năm chưa được cụ thể hóa", C, "plans.theme"),
    Item(_LEAD, "Nhóm đảng viên chưa được gợi ý nội dung", C, "plans.guidance"),
    Item(_PLANS, "Đảng viên có kế hoạch tu dưỡng", F, "plans.having"),
    Item(_PLANS, "Đảng viên chưa có kế hoạch", C, "plans.without_plan"),
    Item(_PLANS, "Kế hoạch được chi ủy xác nhận", F, "plans.confirmed"),
    Item(_PLANS, "Kế hoạch mà mọi nội dung đều có cách đo", F, "plans.measured"),
    Item(_PLANS, "Kế hoạch có nội dung theo chuyên đề", F, "plans.on_theme"),
    Item(_PLANS, "Kế hoạch chung chung, sao chép", C, "plans.generic"),
    Item(_PLANS, "Kế hoạch được đánh giá hằng tháng", F, "plans.evaluated"),
    Item(_PLANS, "Kế hoạch chưa được đánh giá trong tháng có sinh hoạt", C, "plans.not_evaluated"),
    Item(_PLANS, "Lượt biểu dương", F, "plans.commended"),
    Item(_PLANS, "Lượt nhắc nhở", F, "plans.reminded"),
    Item(_PLANS, "Lượt phê bình", F, "plans.criticised"),
    Item(_MEET, "Tỷ lệ dự sinh hoạt thường kỳ", F, "meetings.attendance"),
    Item(_MEET, "Tháng không sinh hoạt chi bộ", C, "meetings.month"),
    Item(_SELF, "Ưu điểm, cách làm hay", T),
    Item(_SELF, "Hạn chế, khuyết điểm, nguyên nhân và giải pháp", T),
)
"""The outline of seed S0: leading, making and carrying out the self-cultivation plans."""

MEETINGS = (
    Item(_LEAD, "Văn bản lãnh đạo, hướng dẫn đã nhận và ban hành", P),
    Item(_LEAD, "Đảng số của chi bộ", F, "members.counted"),
    Item(_MEET, "Buổi sinh hoạt, họp đã tổ chức", F, "meetings.held"),
    Item(_MEET, "Tháng không sinh hoạt chi bộ", C, "meetings.month"),
    Item(_MEET, "Tỷ lệ dự sinh hoạt thường kỳ", F, "meetings.attendance"),
    Item(_MEET, "Buổi sinh hoạt có họp chi ủy, hội ý chuẩn bị", F, "meetings.prepared"),
    Item(_MEET, "Nội dung sinh hoạt chưa đủ theo loại hình chi bộ", C, "meetings.agenda"),
    Item(_MEET, "Buổi sinh hoạt có biên bản hoàn chỉnh", F, "meetings.minuted"),
    Item(_MEET, "Quý không có sinh hoạt chuyên đề", C, "meetings.topic"),
    Item(_MEET, "Đọc văn bản chiếm nhiều thời gian", C, "meetings.reading"),
    Item(_MEET, "Chương trình không được đánh giá trong quý", C, "meetings.programme"),
    Item(_MEET, "Nghị quyết giao việc chưa rõ", C, "meetings.vague"),
    Item(_MEET, "Nhiệm vụ hoàn thành đúng hạn", F, "tasks.done_on_time"),
    Item(_MEET, "Cam kết, nhiệm vụ lâu không có tiến độ", C, "tasks.silent"),
    Item(_SELF, "Ưu điểm, cách làm hay", T),
    Item(_SELF, "Hạn chế, khuyết điểm, nguyên nhân và giải pháp", T),
)
"""The outline for the work of a cell as the regulations on meetings ask for it."""

OUTLINES = {"plans": PLANS, "meetings": MEETINGS}
OUTLINE_NAMES = {"plans": "Kế hoạch tu dưỡng, rèn luyện", "meetings": "Nền nếp, chất lượng sinh hoạt chi bộ"}


def filled_by_itself(kinds: Iterable[str]) -> Share:
    """How many items of an outline the records answer, of all."""
    all_kinds = list(kinds)
    return Share(sum(kind != OutlineKind.TEXT for kind in all_kinds), len(all_kinds))


CRITERIA: dict[str, tuple[tuple[str, str], ...]] = {
    "plans": (
        ("Triển khai chỉ thị, kế hoạch, chuyên đề năm đến đảng viên", "plans.theme"),
        ("100% đảng viên có kế hoạch tu dưỡng", "plans.having"),
        ("Kế hoạch cụ thể, đo được, có nội dung theo chuyên đề", "plans.measured"),
        ("Chi bộ đánh giá kế hoạch của từng đảng viên hằng tháng", "plans.evaluated"),
        ("Biểu dương, nhắc nhở, phê bình được ghi trong biên bản", "plans.commended"),
        ("Nhóm đối tượng đảng viên được hướng dẫn nội dung", "plans.guidance"),
    ),
    "meetings": (
        ("Họp chi ủy, hội ý chuẩn bị trước sinh hoạt, có biên bản", "meetings.prepared"),
        ("Nội dung sát chức năng, nhiệm vụ của loại hình chi bộ", "meetings.agenda"),
        ("Báo cáo tháng có kết quả công tác đảng, không chỉ chuyên môn", "meetings.minutes_parts"),
        ("Chỉ rõ hạn chế, khuyết điểm và nguyên nhân", ""),
        ("Biểu dương, phê bình, nhắc nhở đảng viên", "meetings.mentions"),
        ("Thông tin, tuyên truyền gọn, không đọc toàn văn", "meetings.reading"),
        ("Đánh giá thực hiện chương trình, kết luận, quy định của cấp trên", "meetings.programme"),
        ("Kiểm điểm việc thực hiện cam kết, khắc phục hạn chế", "tasks.silent"),
        ("Nghị quyết có giải pháp, giao rõ người, rõ hạn", "meetings.vague"),
        ("Sinh hoạt chuyên đề đúng kỳ", "meetings.topic"),
        ("Biên bản chi ủy, chi bộ đầy đủ", "meetings.minutes"),
        ("Xây dựng chương trình kiểm tra, giám sát kịp thời", "inspections.programme"),
        ("Nhiều lượt ý kiến phát biểu", "meetings.speakers"),
    ),
}
"""What a team looks at, with the figure or check that already knows something of it (seeds S0, S2-04 … S2-19)."""
