"""What people type of a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from chibo.core.forms import Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.papers.rules.register import PAPER_KINDS, Secrecy
from chibo.papers.selectors.templates import kinds_offered


class PaperForm(VersionedForm):
    """A document received or issued, as its first page says."""

    secrecy = forms.ChoiceField(
        label=gettext_lazy("Độ mật"), choices=choices(Secrecy), initial=Secrecy.OPEN, widget=Segments,
        help_text=gettext_lazy("Văn bản từ mức “Mật” trở lên không đưa vào phần mềm này."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Thể loại"))
    symbol = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"), max_length=40, required=False, help_text=gettext_lazy("Ví dụ: 23-HD/QU")
    )
    issued_on = VietnameseDateField(label=gettext_lazy("Ngày ban hành"), required=False)
    issuer = forms.CharField(
        label=gettext_lazy("Cơ quan ban hành"), max_length=160, help_text=gettext_lazy("Ví dụ: Đảng ủy phường")
    )
    subject = forms.CharField(
        label=gettext_lazy("Trích yếu"), max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp"), required=False,
        help_text=gettext_lazy("PDF, Word (.docx) hoặc ảnh JPG, PNG; tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, gettext(kind)) for kind in PAPER_KINDS]  # type: ignore[attr-defined]


class TemplateForm(VersionedForm):
    """The office's own template for a kind of paper."""

    kind = forms.ChoiceField(label=gettext_lazy("Dùng cho"))
    valid_from = VietnameseDateField(
        label=gettext_lazy("Dùng từ ngày"), help_text=gettext_lazy("Văn bản ban hành từ ngày này dùng mẫu mới.")
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp mẫu .docx"), help_text=gettext_lazy("Tối đa 10 MB, không có macro, không có liên kết."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds_offered().items())  # type: ignore[attr-defined]


class WithdrawTemplateForm(VersionedForm):
    last_day = VietnameseDateField(
        label=gettext_lazy("Ngày dùng cuối"), help_text=gettext_lazy("Sau ngày này lại dùng thể thức chuẩn.")
    )
