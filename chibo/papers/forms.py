"""What people type of a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from chibo.core.forms import Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.papers.rules.register import PAPER_KINDS, Secrecy


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
