"""What people type of exemplars."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import VietnameseDateField
from chibo.core.words import choices
from chibo.outreach.forms import TiedForm
from chibo.outreach.forms.articles import DayForm
from chibo.outreach.rules.exemplars import Channel
from chibo.outreach.selectors.exemplars import (
    decisions_for,
    items_to_present,
    meetings_to_present,
    people_of,
    units_of,
)

_STORY = gettext_lazy(
    "Làm gì, ở đâu, khi nào, kết quả ra sao; không ghi số điện thoại, địa chỉ nhà, bệnh tật của ai."
)


class FindForm(TiedForm):
    """A good deed, and whose it is."""

    member: Any = forms.ModelChoiceField(None, label=gettext_lazy("Đảng viên"), required=False)
    praised_unit: Any = forms.ModelChoiceField(None, label=gettext_lazy("hoặc tổ chức đảng"), required=False)
    name = forms.CharField(
        label=gettext_lazy("hoặc tên người, tập thể khác"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Người ngoài Đảng, tổ dân phố, đoàn thể: chỉ ghi họ tên hoặc tên gọi."),
    )
    is_group = forms.BooleanField(label=gettext_lazy("Tên này là của một tập thể"), required=False)
    about = forms.CharField(
        label=gettext_lazy("Là ai, ở đâu"),
        max_length=160,
        required=False,
        help_text=gettext_lazy("Một dòng, ví dụ: tổ trưởng tổ dân phố 5."),
    )
    title = forms.CharField(
        label=gettext_lazy("Việc làm tốt"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    story = forms.CharField(
        label=gettext_lazy("Kể cụ thể"), widget=forms.Textarea(attrs={"rows": 8}), help_text=_STORY
    )
    found_on = VietnameseDateField(label=gettext_lazy("Phát hiện ngày"), initial=localdate)
    field_order = (
        "title",
        "story",
        "member",
        "praised_unit",
        "name",
        "is_group",
        "about",
        "found_on",
        "programme",
        "theme",
    )

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        del self.fields["topic"]
        today = localdate()
        for name, rows in (("member", people_of(unit, today)), ("praised_unit", units_of(unit, today))):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = rows, _("Chưa chọn")


class AmendForm(DayForm):
    """The deed told otherwise."""

    title = forms.CharField(
        label=gettext_lazy("Việc làm tốt"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    story = forms.CharField(
        label=gettext_lazy("Kể cụ thể"), widget=forms.Textarea(attrs={"rows": 8}), help_text=_STORY
    )
    about = forms.CharField(label=gettext_lazy("Là ai, ở đâu"), max_length=160, required=False)
    field_order = ("title", "story", "about", "on")


class ProposeForm(DayForm):
    """Proposed to the ward."""

    note = forms.CharField(label=gettext_lazy("Ý kiến của cấp ủy, nếu có"), max_length=500, required=False)
    field_order = ("note", "on")


class PresentForm(DayForm):
    """Where it was presented."""

    channel = forms.ChoiceField(label=gettext_lazy("Giới thiệu ở đâu"), choices=choices(Channel))
    meeting: Any = forms.ModelChoiceField(None, label=gettext_lazy("Cuộc họp, nếu có trong sổ"), required=False)
    item: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Tin bài, buổi phát, nếu có trong sổ"), required=False
    )
    note = forms.CharField(label=gettext_lazy("Tên bản tin, đài, hội nghị"), max_length=500, required=False)
    field_order = ("channel", "on", "note", "meeting", "item")

    def __init__(self, *args: Any, actor: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting: Any = self.fields["meeting"]
        meeting.queryset, meeting.empty_label = meetings_to_present(actor, unit), _("Không")
        meeting.label_from_instance = lambda one: f"{one.held_on:%d/%m/%Y} {one} ({one.unit})"
        item: Any = self.fields["item"]
        item.queryset, item.empty_label = items_to_present(actor, unit), _("Không")
        item.label_from_instance = lambda one: f"{one.held_on:%d/%m/%Y} {one.title}"


class CommendForm(DayForm):
    """By which decision it was commended."""

    paper: Any = forms.ModelChoiceField(None, label=gettext_lazy("Quyết định khen thưởng"), required=False)
    note = forms.CharField(label=gettext_lazy("Hình thức khen"), max_length=500, required=False)
    field_order = ("paper", "note", "on")

    def __init__(self, *args: Any, actor: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper: Any = self.fields["paper"]
        paper.queryset, paper.empty_label = decisions_for(actor, unit), _("Chưa chọn")


class ShowForm(DayForm):
    """Before the public, with the person's own word."""

    agreed = forms.BooleanField(
        label=gettext_lazy("Người có tên đã đồng ý công khai họ tên và việc làm này"), required=False
    )
    field_order = ("agreed", "on")
