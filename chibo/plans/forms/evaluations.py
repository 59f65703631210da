"""What people type when plans are evaluated, reported on and answered."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import LineForm, Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.plans.rules import LEVEL_KEYS, Remark, ResultLevel
from chibo.plans.rules.evaluating import REMARK_KEYS
from chibo.plans.selectors.evaluations import Row

LEVELS = [(word.value, gettext_lazy(word.label), key) for word, key in LEVEL_KEYS.items()]
REMARKS = [("", gettext_lazy("Không"), "0")] + [
    (word.value, gettext_lazy(word.label), key) for word, key in REMARK_KEYS.items()
]
"""The answers of the grid with their keys."""
WRITTEN = ("level", "remark", "comment", "reported")


class EvaluationForm(LineForm):
    """One line of the grid; ``was`` is what stood before the last saving."""

    level = forms.ChoiceField(choices=[("", ""), *choices(ResultLevel)], required=False)
    remark = forms.ChoiceField(choices=[("", ""), *choices(Remark)], required=False)
    comment = forms.CharField(required=False, widget=forms.Textarea)
    reported = forms.CharField(required=False, widget=forms.Textarea)
    was = forms.JSONField(required=False)

    def clean(self) -> dict[str, Any]:
        """What is to be stored: as typed, or, when the last saving is undone, as it was."""
        clean = super().clean() or {}
        was = clean.pop("was", None)
        if "undo" in self.data and isinstance(was, dict):
            clean |= {name: str(was.get(name, "")) for name in WRITTEN}
        if clean.get("remark") and not clean.get("level"):
            self.add_error("level", _("Hãy chọn mức đánh giá."))
        return clean


def evaluation_form(row: Row, data: Any = None) -> EvaluationForm:
    """The form of one line; without data it shows what is stored, or what the member reported beforehand."""
    initial = {**stored_of(row), "seen": row.version}
    return EvaluationForm(data, prefix=str(row.plan.pk if row.plan else ""), initial=initial)


def stored_of(row: Row) -> dict[str, str]:
    """What stands in the row now."""
    if row.found is None:
        return {"level": "", "remark": "", "comment": "", "reported": row.told}
    return {name: getattr(row.found, name) for name in WRITTEN}


class CellForm(forms.Form):
    """The whole cell, for one press of a button. Lines left as they are stored are not written again."""

    def __init__(self, data: Any = None, *, rows: Iterable[Row]) -> None:
        super().__init__(data)
        self.rows = [row for row in rows if row.plan is not None]
        self.lines = {row.plan.pk: evaluation_form(row, data) for row in self.rows if row.plan is not None}

    def clean(self) -> dict[str, Any]:
        """``entries`` of those judged differently from what is stored."""
        entries, seen = {}, {}
        for row in self.rows:
            assert row.plan is not None
            line = self.lines[row.plan.pk]
            if not line.is_valid():
                raise ValidationError(_("Xem lại dòng của đồng chí %(name)s."), params={"name": row.member.full_name})
            entry = {name: line.cleaned_data[name] for name in WRITTEN}
            if entry["level"] and entry != stored_of(row):
                entries[row.plan.pk] = entry
                seen[row.plan.pk] = line.cleaned_data["seen"] or 0
        return {"entries": entries, "seen": seen}

    def catch_up(self, rows: Iterable[Row]) -> None:
        """After a conflict the page tells what others wrote; otherwise one knows only of what one looked at."""
        if self.is_bound and self.has_error(NON_FIELD_ERRORS, "conflict"):
            for row in rows:
                if row.plan and row.plan.pk in self.lines:
                    self.lines[row.plan.pk].know(row.version)


class AmendForm(VersionedForm):
    """An evaluation of a closed meeting, added or changed with a reason."""

    level = forms.ChoiceField(label=gettext_lazy("Mức"), choices=choices(ResultLevel), widget=Segments)
    remark = forms.ChoiceField(
        label=gettext_lazy("Biểu dương, nhắc nhở, phê bình"),
        choices=[("", gettext_lazy("Không")), *choices(Remark)],
        widget=Segments,
        required=False,
    )
    comment = forms.CharField(
        label=gettext_lazy("Ý kiến chi bộ"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    why = forms.CharField(
        label=gettext_lazy("Lý do bổ sung, sửa"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Lý do được ghi vào biên bản thành một dòng đính chính."),
    )
    amended_on = VietnameseDateField(label=gettext_lazy("Ngày bổ sung, sửa"))
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class ReportForm(VersionedForm):
    """What the member reports on the plan for a month."""

    reported = forms.CharField(
        label=gettext_lazy("Kết quả thực hiện trong tháng"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Việc nào đã làm, làm đến đâu, việc nào chưa làm và vì sao. Ví dụ: “Đã đọc 2 chuyên đề; thăm 3/4 hộ.”"
        ),
    )


class AnswerForm(VersionedForm):
    """What the member says to the evaluation."""

    answer = forms.CharField(label=gettext_lazy("Ý kiến tiếp thu"), widget=forms.Textarea(attrs={"rows": 4}))
