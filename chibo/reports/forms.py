"""What people type to issue a report."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from chibo.core.forms import EMPTY, VersionedForm, VietnameseDateField


class IssueReportForm(VersionedForm):
    on = VietnameseDateField(label=_("Ngày ban hành"), help_text=_("Số liệu được chốt đến ngày này."))

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > localdate():
            raise ValidationError(gettext("Ngày ban hành không thể sau hôm nay: số liệu đến ngày đó chưa có."))
        return day


class ReturnedReportForm(forms.Form):
    file = forms.FileField(
        label=_("Tệp .docx đã sửa"), help_text=_("Chỉ so sánh, không lưu và không thay tệp đã ban hành."),
        widget=forms.FileInput(attrs={"accept": ".docx"}), error_messages={"required": EMPTY},
    )  # fmt: skip
