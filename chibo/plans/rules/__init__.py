"""Words and rules of self-cultivation plans. Kết luận 01-KL/TW (2021), Chỉ thị 05/07-CT/TW; rulebook §3."""

from __future__ import annotations

from chibo.core.values import Word, gettext_noop


class PlanState(Word):
    """Where a plan stands between its writer and the cell committee."""

    DRAFT = "draft", gettext_noop("Đang soạn")
    REGISTERED = "registered", gettext_noop("Đã đăng ký, chờ chi ủy")
    RETURNED = "returned", gettext_noop("Trả lại để bổ sung")
    CONFIRMED = "confirmed", gettext_noop("Chi ủy xác nhận")
    CONCLUDED = "concluded", gettext_noop("Đã đánh giá cuối năm")


HAVING = (PlanState.REGISTERED, PlanState.RETURNED, PlanState.CONFIRMED, PlanState.CONCLUDED)
"""A member "has a plan" once they registered one; a returned plan is still theirs."""


class Section(Word):
    """The sections of the form (rulebook §3.2)."""

    IDEOLOGY = "1", gettext_noop("Về tư tưởng chính trị")
    ETHICS = "2", gettext_noop("Về phẩm chất đạo đức, lối sống")
    DISCIPLINE = "3", gettext_noop("Về ý thức tổ chức kỷ luật")
    STYLE = "4", gettext_noop("Về tác phong, lề lối làm việc")
    DUTIES = "5", gettext_noop("Về thực hiện chức trách, nhiệm vụ được giao")
    REMEDIES = "6", gettext_noop("Về khắc phục những hạn chế, khuyết điểm")
    ACTION = "7", gettext_noop("Kế hoạch hành động thực hiện nghị quyết đại hội")


class FormTitle(Word):
    """What the ward calls the form that members fill (rulebook §3.2)."""

    PLAN = "plan", gettext_noop("Kế hoạch")
    COMMITMENT = "commitment", gettext_noop("Bản cam kết")


class ResultLevel(Word):
    """How well the plan was carried out: in a month, and for the year (rulebook §3.1)."""

    EXCELLENT = "excellent", gettext_noop("Xuất sắc")
    GOOD = "good", gettext_noop("Tốt")
    AVERAGE = "average", gettext_noop("Trung bình")
    POOR = "poor", gettext_noop("Kém")


LEVEL_KEYS = {
    ResultLevel.EXCELLENT: "x",
    ResultLevel.GOOD: "t",
    ResultLevel.AVERAGE: "b",
    ResultLevel.POOR: "k",
}


class Remark(Word):
    """What the cell says to the member in the meeting besides the level (seed S0-07)."""

    COMMEND = "commend", gettext_noop("Biểu dương")
    REMIND = "remind", gettext_noop("Nhắc nhở")
    CRITICISE = "criticise", gettext_noop("Phê bình")
