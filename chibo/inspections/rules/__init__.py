"""Words of inspection and supervision (kiểm tra, giám sát). Rulebook §4.

Nothing of a grade of secrecy, no denunciation and no file of discipline is ever entered: that a sign of violation was
found stands here, its secret papers elsewhere.
"""

from __future__ import annotations

from datetime import date

from chibo.core.values import Word, gettext_noop

SECRECY = "Luật Bảo vệ bí mật nhà nước"


class InspectionForm(Word):
    """The forms of rulebook §4.1, and the survey that goes before an inspection (seed S2)."""

    COMPLIANCE = "compliance", gettext_noop("Kiểm tra việc chấp hành")
    SIGNS = "signs", gettext_noop("Kiểm tra khi có dấu hiệu vi phạm")
    REGULAR = "regular", gettext_noop("Giám sát thường xuyên")
    TOPICAL = "topical", gettext_noop("Giám sát chuyên đề")
    SURVEY = "survey", gettext_noop("Khảo sát")


SUPERVISING = (InspectionForm.REGULAR, InspectionForm.TOPICAL)
COVERING = (InspectionForm.COMPLIANCE, InspectionForm.SIGNS, InspectionForm.REGULAR, InspectionForm.TOPICAL)
"""What counts as having been inspected or supervised; a survey alone does not."""


class Body(Word):
    """Who leads: the committee, its inspection commission, or the cell."""

    COMMITTEE = "committee", gettext_noop("Cấp ủy")
    COMMISSION = "commission", gettext_noop("Ủy ban kiểm tra")
    CELL = "cell", gettext_noop("Chi bộ")


class Role(Word):
    """A place in the team."""

    HEAD = "head", gettext_noop("Trưởng đoàn")
    DEPUTY = "deputy", gettext_noop("Phó trưởng đoàn")
    SECRETARY = "secretary", gettext_noop("Thư ký")
    MEMBER = "member", gettext_noop("Thành viên")


class Source(Word):
    """Where a matter came from (seed S3-07)."""

    INSPECTION = "inspection", gettext_noop("Qua kiểm tra")
    SUPERVISION = "supervision", gettext_noop("Qua giám sát")
    COMPLAINT = "complaint", gettext_noop("Đơn thư, phản ánh của nhân dân")
    PRESS = "press", gettext_noop("Báo chí, dư luận")
    HANDED = "handed", gettext_noop("Cơ quan khác chuyển đến")


OWN_SOURCES = (Source.INSPECTION, Source.SUPERVISION)


def source_of(form: str, source: str) -> str:
    """What an inspection finds comes from itself; on signs of violation from where the sign came."""
    if form == InspectionForm.SIGNS and source:
        return source
    return Source.SUPERVISION if form in SUPERVISING else Source.INSPECTION


class FindingKind(Word):
    """What was found (seeds S2-04, S3-13)."""

    STRENGTH = "strength", gettext_noop("Ưu điểm")
    GOOD_PRACTICE = "practice", gettext_noop("Cách làm hay")
    SHORTCOMING = "shortcoming", gettext_noop("Hạn chế, khuyết điểm")
    CAUSE = "cause", gettext_noop("Nguyên nhân")
    OBSTACLE = "obstacle", gettext_noop("Khó khăn, vướng mắc")
    LESSON = "lesson", gettext_noop("Kinh nghiệm")
    PROPOSAL = "proposal", gettext_noop("Kiến nghị, đề xuất")
    SIGN = "sign", gettext_noop("Dấu hiệu vi phạm")


TO_MEND = (FindingKind.SHORTCOMING, FindingKind.SIGN)
"""What must be mended, or said why not."""


class Result(Word):
    """How a criterion was found."""

    MET = "met", gettext_noop("Đạt")
    PARTLY = "partly", gettext_noop("Đạt một phần")
    UNMET = "unmet", gettext_noop("Chưa đạt")
    UNSEEN = "unseen", gettext_noop("Không xem")


class OutlineKind(Word):
    """What answers an item of the outline: a figure, a check, papers of the register, or words."""

    FIGURE = "figure", gettext_noop("Số liệu")
    CHECK = "check", gettext_noop("Việc còn thiếu")
    PAPERS = "papers", gettext_noop("Danh mục văn bản")
    TEXT = "text", gettext_noop("Tự viết")


SOURCES = (
    (date(2016, 7, 26), "Quy định 30-QĐ/TW ngày 26/7/2016"),
    (date(2021, 7, 28), "Quy định 22-QĐ/TW ngày 28/7/2021"),
    (date(2025, 2, 3), "Quy định 262-QĐ/TW ngày 03/2/2025"),
    (date(2025, 5, 30), "Quy định 296-QĐ/TW ngày 30/5/2025"),
    (date(2026, 4, 11), "Quy định 21-QĐ/TW ngày 11/4/2026"),
)
"""The regulation on inspection and supervision in force from a day on (rulebook §0)."""


def regulation_on(day: date) -> str:
    """The regulation in force on the day; the oldest that is known for days before it."""
    return next((name for since, name in reversed(SOURCES) if since <= day), SOURCES[0][1])
