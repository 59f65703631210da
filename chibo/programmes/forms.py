"""What people type of programmes, themes and the reference list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import VersionedForm, VietnameseDateField
from chibo.papers.selectors.register import papers_of_unit


class AmendForm(VersionedForm):
    """A programme's name, time and founding document."""

    name = forms.CharField(
        label=gettext_lazy("Tên chương trình"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    basis: Any = forms.ModelChoiceField(None, label=gettext_lazy("Văn bản gốc"), required=False)
    valid_from = VietnameseDateField(label=gettext_lazy("Thực hiện từ ngày"))
    valid_to = VietnameseDateField(label=gettext_lazy("Đến hết ngày"), required=False)

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["basis"]
        field.queryset, field.empty_label = papers_of_unit(unit), _("Chưa chọn")


class LaunchForm(AmendForm):
    """The same with the short code by which it is known."""

    code = forms.SlugField(
        label=gettext_lazy("Mã ngắn"), max_length=30, help_text=gettext_lazy("Chữ không dấu và số, ví dụ ct05.")
    )
    field_order = ("seen_version", "once", "name", "code")


class ThemeForm(VersionedForm):
    """The theme of a year."""

    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=1990, max_value=2100)
    title = forms.CharField(label=gettext_lazy("Chuyên đề"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}))
    words = forms.CharField(
        label=gettext_lazy("Từ khóa"), max_length=300, required=False,
        help_text=gettext_lazy("Những từ giúp nhận ra nội dung theo chuyên đề, cách nhau bằng dấu phẩy."),
    )  # fmt: skip


class PaperForm(VersionedForm):
    """Which registered document is issued under the programme."""

    paper: Any = forms.ModelChoiceField(None, label=gettext_lazy("Văn bản trong sổ"))

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["paper"]
        field.queryset, field.empty_label = papers_of_unit(unit), _("Chưa chọn")


class WordingForm(VersionedForm):
    """The official sentence of one manifestation."""

    text = forms.CharField(
        label=gettext_lazy("Câu chữ trong nghị quyết"), max_length=400, widget=forms.Textarea(attrs={"rows": 5})
    )
