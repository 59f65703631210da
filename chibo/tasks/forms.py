"""What people type of duties."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import DeadlineField, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.tasks.rules import TaskOrigin
from chibo.tasks.selectors import directives_for, doers_of, units_of


class DoerForm(VersionedForm):
    """One member or one organisation of the unit."""

    doer: Any = forms.ModelChoiceField(None, label=gettext_lazy("Giao cho đồng chí"), required=False)
    doer_unit: Any = forms.ModelChoiceField(None, label=gettext_lazy("hoặc giao cho tổ chức"), required=False)

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people, units = self.fields["doer"], self.fields["doer_unit"]
        assert isinstance(people, forms.ModelChoiceField)
        assert isinstance(units, forms.ModelChoiceField)
        people.queryset, people.empty_label = doers_of(unit, localdate()), _("Chưa chọn")
        units.queryset, units.empty_label = units_of(unit, localdate()), _("Chưa chọn")


class AssignForm(DoerForm):
    """A duty: what, who, by when, how measured."""

    title = forms.CharField(
        label=gettext_lazy("Làm việc gì"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Việc cụ thể: làm gì, ở đâu, cho ai, bao nhiêu."),
    )
    due_on = DeadlineField(label=gettext_lazy("Thời hạn"))
    measure = forms.CharField(
        label=gettext_lazy("Đo kết quả bằng gì"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Con số, sản phẩm, hoặc ai xác nhận."),
    )
    origin = forms.ChoiceField(label=gettext_lazy("Nguồn"), choices=choices(TaskOrigin), initial=TaskOrigin.OTHER)
    origin_text = forms.CharField(label=gettext_lazy("Căn cứ"), max_length=300, required=False)
    directive: Any = forms.ModelChoiceField(None, label=gettext_lazy("Thực hiện văn bản"), required=False)
    is_local = forms.BooleanField(
        label=gettext_lazy("Giải pháp cho khó khăn, việc riêng của địa phương"), required=False
    )
    assigned_on = VietnameseDateField(label=gettext_lazy("Ngày giao"), initial=localdate)
    override_reason = forms.CharField(
        label=gettext_lazy("Lý do vẫn giao khi còn chưa rõ"), max_length=200, required=False
    )
    field_order = ("title", "doer", "doer_unit", "due_on", "measure")

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        directive = self.fields["directive"]
        assert isinstance(directive, forms.ModelChoiceField)
        directive.queryset, directive.empty_label = directives_for(unit, localdate()), _("Không")


class NoteForm(VersionedForm):
    """How far it is."""

    text = forms.CharField(label=gettext_lazy("Đã làm được gì"), widget=forms.Textarea(attrs={"rows": 3}))
    percent = forms.IntegerField(label=gettext_lazy("Mức hoàn thành (%)"), min_value=0, max_value=100, required=False)
    evidence = forms.FileField(label=gettext_lazy("Ảnh hoặc tệp minh chứng, nếu có"), required=False)
    noted_on = VietnameseDateField(label=gettext_lazy("Ngày"), initial=localdate)


class FinishForm(VersionedForm):
    """It is done."""

    result = forms.CharField(
        label=gettext_lazy("Kết quả, theo cách đo đã đề ra"), widget=forms.Textarea(attrs={"rows": 4})
    )
    done_on = VietnameseDateField(label=gettext_lazy("Xong ngày"), initial=localdate)


class ReasonForm(VersionedForm):
    """A reason and its day: to drop, to open again, to tell the level above."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))
    on = VietnameseDateField(label=gettext_lazy("Ngày"), initial=localdate)


class ExtendForm(VersionedForm):
    """More time."""

    new_due_on = DeadlineField(label=gettext_lazy("Gia hạn đến ngày"))
    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 3}))
    noted_on = VietnameseDateField(label=gettext_lazy("Ngày ghi"), initial=localdate)


class HandOverForm(DoerForm):
    """Somebody else carries on."""

    on = VietnameseDateField(label=gettext_lazy("Từ ngày"), initial=localdate)
