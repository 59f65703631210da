"""Words and rules of cell meetings. HD 12-HD/BTCTW (2018); Chỉ thị 50-CT/TW and HD 42-HD/BTCTW (2025); rulebook §2."""

from __future__ import annotations

from chibo.core.values import Word, gettext_noop


class MeetingKind(Word):
    """What sort of meeting it is; the kind gives its required items and rules."""

    REGULAR = "regular", gettext_noop("Sinh hoạt thường kỳ")
    TOPICAL = "topical", gettext_noop("Sinh hoạt chuyên đề")
    COMMITTEE = "committee", gettext_noop("Họp chi ủy")
    CONFERRAL = "conferral", gettext_noop("Hội ý")
    EXTRAORDINARY = "extraordinary", gettext_noop("Sinh hoạt bất thường")


class MeetingState(Word):
    """How far the meeting is."""

    CONVENED = "convened", gettext_noop("Đã triệu tập")
    CLOSED = "closed", gettext_noop("Đã bế mạc")


class Presence(Word):
    """How a member stands in the roll (rulebook §2.3: P, CP, KP, M, TT)."""

    PRESENT = "present", gettext_noop("Có mặt")
    EXCUSED = "excused", gettext_noop("Vắng có lý do")
    UNEXCUSED = "unexcused", gettext_noop("Vắng không lý do")
    EXEMPT = "exempt", gettext_noop("Miễn sinh hoạt")
    ELSEWHERE = "elsewhere", gettext_noop("Sinh hoạt nơi khác")


PRESENCE_KEYS = {
    Presence.PRESENT: "c",
    Presence.EXCUSED: "p",
    Presence.UNEXCUSED: "k",
    Presence.EXEMPT: "m",
    Presence.ELSEWHERE: "n",
}
"""The one key per person of the roll call."""

IN_BASE = (Presence.PRESENT, Presence.EXCUSED, Presence.UNEXCUSED)
"""Attendance is present ÷ (members − exempt − temporarily elsewhere), rulebook §2.6."""


class ItemKind(Word):
    """What an agenda item is about; later work adds kinds, never free text."""

    OPENING = "opening", gettext_noop("Mở đầu, điểm danh")
    INFORMATION = "information", gettext_noop("Thông tin thời sự, văn bản mới")
    RESULTS = "results", gettext_noop("Kết quả thực hiện nhiệm vụ tháng trước")
    ROTA = "rota", gettext_noop("Đảng viên báo cáo kế hoạch tu dưỡng theo phân công")
    EVALUATIONS = "evaluations", gettext_noop("Đánh giá việc thực hiện kế hoạch tu dưỡng")
    DIRECTION = "direction", gettext_noop("Phương hướng, nhiệm vụ tháng tới")
    DISCUSSION = "discussion", gettext_noop("Thảo luận")
    CLOSING = "closing", gettext_noop("Kết luận, thông qua nghị quyết")
    OTHER = "other", gettext_noop("Nội dung khác")
