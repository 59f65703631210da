"""The columns of the lists of consultations and letters."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.consultations.models import Consultation, Suggestion
from chibo.consultations.rules import ConsultationState
from chibo.consultations.rules.suggestions import SuggestionState
from chibo.core.registry import Column
from chibo.core.tables import State, link_to

_KINDS = {ConsultationState.DRAFT: "none", ConsultationState.OPEN: "due", ConsultationState.CLOSED: "ok"}
_LETTERS = {
    SuggestionState.RECEIVED: "due",
    SuggestionState.ASSIGNED: "info",
    SuggestionState.ANSWERED: "ok",
    SuggestionState.DISMISSED: "none",
}


def state_of(row: Consultation) -> State:
    return State(row.get_state_display(), _KINDS[ConsultationState(row.state)])


def letter_state(row: Suggestion) -> State:
    return State(row.get_state_display(), _LETTERS[SuggestionState(row.state)])


COLUMNS = (
    Column(gettext_lazy("Đợt lấy ý kiến"), "title", 50, link=link_to("consultations:consultation")),
    Column(gettext_lazy("Trạng thái"), state_of, 16, "state"),
    Column(gettext_lazy("Từ ngày"), "opens_on", 12, "date"),
    Column(gettext_lazy("Đến hết ngày"), "closes_on", 12, "date"),
    Column(gettext_lazy("Tổ chức"), "unit.name", 24),
)
LETTERS = (
    Column(
        gettext_lazy("Nhóm vấn đề"), lambda row: row.topic or _("Chưa phân loại"), 30,
        link=lambda row: reverse("consultations:suggestion", args=[row.pk]),
    ),
    Column(gettext_lazy("Trạng thái"), letter_state, 16, "state"),
    Column(gettext_lazy("Nguồn"), lambda row: row.get_channel_display(), 16),
    Column(gettext_lazy("Ngày nhận"), "received_on", 12, "date"),
    Column(gettext_lazy("Hạn trả lời"), "due_on", 12, "date"),
    Column(gettext_lazy("Nơi giải quyết"), lambda row: str((row.task and (row.task.doer or row.task.doer_unit)) or ""), 24),
)  # fmt: skip
