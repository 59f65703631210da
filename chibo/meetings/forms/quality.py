"""What people type of a meeting's quality: the sheet itself, and the points given by it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy

from chibo.core.forms import VersionedForm, VietnameseDateField
from chibo.meetings.selectors.quality import Sheet


class QualityFormForm(VersionedForm):
    """A sheet of criteria, one a line."""

    name = forms.CharField(label=gettext_lazy("Tên biểu điểm"), max_length=160)
    source = forms.CharField(label=gettext_lazy("Căn cứ"), max_length=200)
    levels = forms.CharField(
        label=gettext_lazy("Mức xếp loại"),
        max_length=200,
        help_text=gettext_lazy("Từ cao xuống thấp, ví dụ: 90 Tốt; 70 Khá; 50 Trung bình; 0 Kém."),
    )
    criteria = forms.CharField(
        label=gettext_lazy("Tiêu chí, mỗi dòng một tiêu chí"),
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy("Nhóm | tiêu chí | điểm tối đa | số liệu (có thể để trống)."),
    )
    valid_from = VietnameseDateField(label=gettext_lazy("Dùng từ ngày"), initial=localdate)


class ScoreForm(VersionedForm):
    """One column of a meeting's sheet: points and reason by criterion; what facts propose stands there already."""

    def __init__(self, *args: Any, sheet: Sheet, column: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheet = sheet
        for line in sheet.lines:
            given = getattr(line, column)
            self.fields[f"points-{line.pk}"] = forms.DecimalField(
                label=line.text, required=False, decimal_places=1, max_digits=5, localize=True,
                initial=given.points if given else line.proposed,
            )  # fmt: skip
            self.fields[f"reason-{line.pk}"] = forms.CharField(
                label=gettext_lazy("Lý do"), required=False, max_length=300, widget=forms.Textarea({"rows": 2}),
                initial=given.reason if given else line.reason,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        marks: dict[int, tuple[Decimal, str]] = {}
        for line in self.sheet.lines:
            points = clean.pop(f"points-{line.pk}", None)
            reason = clean.pop(f"reason-{line.pk}", "")
            if points is not None:
                marks[line.pk] = (points, reason)
        return {**clean, "marks": marks}
