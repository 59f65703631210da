"""What people type of weeks and articles."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import DeadlineField, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.outreach.forms import TiedForm
from chibo.outreach.rules import ItemKind
from chibo.outreach.selectors.articles import units_to_ask


class WeekForm(VersionedForm):
    """What is to be told in a week."""

    starts_on = VietnameseDateField(
        label=gettext_lazy("Tuần có ngày"),
        initial=localdate,
        help_text=gettext_lazy("Một ngày bất kỳ trong tuần; tuần tính từ thứ Hai."),
    )
    text = forms.CharField(
        label=gettext_lazy("Nội dung định hướng"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Tuần này tuyên truyền gì, trên kênh nào, ai làm."),
    )


class AskForm(TiedForm):
    """Ask units for an article about themselves."""

    what = forms.CharField(
        label=gettext_lazy("Viết về nội dung gì"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    units: Any = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Đơn vị viết"), widget=forms.CheckboxSelectMultiple
    )
    due_on = DeadlineField(label=gettext_lazy("Hạn gửi bài"))
    asked_on = VietnameseDateField(label=gettext_lazy("Ngày yêu cầu"), initial=localdate)
    field_order = ("what", "units", "due_on", "programme", "theme", "topic", "asked_on")

    def __init__(self, *args: Any, unit: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        units: Any = self.fields["units"]
        units.queryset = units_to_ask(unit, day)
        units.error_messages["required"] = _("Hãy chọn đơn vị viết bài.")


class ArticleForm(VersionedForm):
    """The article itself."""

    title = forms.CharField(label=gettext_lazy("Tiêu đề"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    text = forms.CharField(
        label=gettext_lazy("Bài viết"),
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy("Việc thật, người thật, con số cụ thể; không ghi số điện thoại, địa chỉ nhà của ai."),
    )
    picture = forms.FileField(label=gettext_lazy("Ảnh (JPG, PNG)"), required=False)


class OfferForm(TiedForm, ArticleForm):
    """An article that nobody asked for."""

    on = VietnameseDateField(label=gettext_lazy("Ngày gửi"), initial=localdate)
    field_order = ("title", "text", "picture", "programme", "theme", "topic", "on")


class DayForm(VersionedForm):
    """Only the day."""

    on = VietnameseDateField(label=gettext_lazy("Ngày"), initial=localdate)


class ReturnForm(DayForm):
    """Why it goes back, and when."""

    reason = forms.CharField(
        label=gettext_lazy("Cần sửa, bổ sung gì"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("reason", "on")


class PublishForm(VersionedForm):
    """Where and when the approved article was published."""

    kind = forms.ChoiceField(label=gettext_lazy("Đăng ở đâu"), choices=choices(ItemKind))
    held_on = VietnameseDateField(label=gettext_lazy("Ngày đăng, phát"), initial=localdate)
    link = forms.CharField(
        label=gettext_lazy("Đường dẫn, nếu có"),
        max_length=600,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút (phát thanh, truyền hình)"),
        required=False,
        widget=forms.NumberInput({"class": "short"}),
    )
    place = forms.CharField(label=gettext_lazy("Tên trang, đài, bản tin"), max_length=160, required=False)


class NothingForm(VersionedForm):
    """Nothing to type: one press."""
