"""What people type about classes, essays and making things known."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import DeadlineField, Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.meetings.forms import HOURS
from chibo.meetings.selectors import people_to_lead
from chibo.members.selectors import groups_of
from chibo.papers.selectors.register import papers_of_unit
from chibo.programmes.selectors import programmes_of, themes_for
from chibo.study.rules import MARKS, Way
from chibo.study.selectors import people_to_call
from chibo.study.selectors.spreading import rolls_for
from chibo.units.selectors import ward_of


def _hour(label: Any) -> forms.TimeField:
    widget = forms.TimeInput({"class": "short", "inputmode": "numeric", "placeholder": "8:00"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, input_formats=HOURS, widget=widget)


def _text(label: Any, rows: int, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class RecordForm(VersionedForm):
    """What is studied, on which programme, theme and document, and by whom it is taught."""

    title = forms.CharField(
        label=gettext_lazy("Nội dung học tập"), max_length=300, widget=forms.Textarea({"rows": 2})
    )
    speaker = forms.CharField(label=gettext_lazy("Báo cáo viên"), max_length=160, required=False)
    theme: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chuyên đề năm"), required=False)
    programme: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chương trình"), required=False)
    paper: Any = forms.ModelChoiceField(None, label=gettext_lazy("Văn bản học tập"), required=False)

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            "theme": themes_for(unit),
            "programme": programmes_of(unit),
            "paper": papers_of_unit(ward_of(unit)),
        }
        for name, rows in offered.items():
            field: Any = self.fields[name]
            field.queryset, field.empty_label = rows, _("Chưa chọn")


class ClassForm(RecordForm):
    """A new class: when, where, and for whom."""

    held_on = VietnameseDateField(label=gettext_lazy("Ngày học"))
    starts_at = _hour(gettext_lazy("Bắt đầu lúc"))
    ends_at = _hour(gettext_lazy("Kết thúc lúc"))
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=160, required=False)
    online = forms.BooleanField(label=gettext_lazy("Học trực tuyến"), required=False)
    chair: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chủ trì"), required=False)
    recorder: Any = forms.ModelChoiceField(None, label=gettext_lazy("Thư ký"), required=False)
    group: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Thành phần"), required=False,
        help_text=gettext_lazy("Để “Tất cả đảng viên” thì mọi đảng viên thuộc tổ chức này phải học."),
    )  # fmt: skip
    members: Any = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Gọi riêng từng đồng chí"), required=False, widget=forms.SelectMultiple({"size": 8}),
        help_text=gettext_lazy(
            "Cùng với nhóm ở trên, hoặc chỉ những đồng chí này nếu không chọn nhóm. Giữ Ctrl để chọn nhiều người."
        ),
    )  # fmt: skip
    field_order = (
        "seen_version",
        "once",
        "title",
        "held_on",
        "starts_at",
        "ends_at",
        "place",
        "online",
        "group",
        "members",
        "speaker",
    )

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        people = people_to_lead(unit, localdate())
        for name in ("chair", "recorder"):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = people, _("Chưa chọn")
        group: Any = self.fields["group"]
        group.queryset, group.empty_label = groups_of(ward_of(unit).pk), _("Tất cả đảng viên")
        called: Any = self.fields["members"]
        called.queryset = people_to_call(unit, localdate())


class AskForm(VersionedForm):
    """Until when essays are to be in."""

    due_on = DeadlineField(label=gettext_lazy("Hạn nộp bài thu hoạch"))


class WaiveForm(VersionedForm):
    """Why no essay is asked."""

    reason = forms.CharField(label=gettext_lazy("Lý do không yêu cầu bài thu hoạch"), max_length=200)


class HandInForm(VersionedForm):
    """The essay: written here, or the file it was written in."""

    text = _text(gettext_lazy("Bài thu hoạch"), 14, required=False)
    file = forms.FileField(
        label=gettext_lazy("Hoặc tệp"), required=False,
        help_text=gettext_lazy("PDF, Word (.docx) hoặc ảnh JPG, PNG; tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )  # fmt: skip
    handed_in_on = VietnameseDateField(label=gettext_lazy("Ngày nộp"))


class MarkForm(VersionedForm):
    """Done, or what is lacking: no points."""

    mark = forms.ChoiceField(label=gettext_lazy("Nhận xét"), choices=choices(MARKS), widget=Segments)
    comment = _text(
        gettext_lazy("Ý kiến"),
        3,
        required=False,
        help_text=gettext_lazy("Bài chưa đạt thì ghi còn thiếu gì để viết lại."),
    )


class AmendSpreadForm(VersionedForm):
    """The digest of what is made known, and until when."""

    due_on = DeadlineField(label=gettext_lazy("Hạn phổ biến xong"))
    digest = _text(
        gettext_lazy("Nội dung chính"), 7, required=False,
        help_text=gettext_lazy("Mỗi ý một dòng; bản tóm tắt in gọn trong một trang."),
    )  # fmt: skip
    asks = _text(
        gettext_lazy("Yêu cầu đối với chi bộ, đảng viên"), 4, required=False,
        help_text=gettext_lazy("Ai phải làm gì. Để trống nếu chỉ để biết."),
    )  # fmt: skip


class SpreadForm(AmendSpreadForm):
    """A new dissemination: of a document or of a theme."""

    paper: Any = forms.ModelChoiceField(None, label=gettext_lazy("Văn bản"), required=False)
    theme: Any = forms.ModelChoiceField(None, label=gettext_lazy("Hoặc chuyên đề năm"), required=False)
    opened_on = VietnameseDateField(label=gettext_lazy("Phổ biến từ ngày"))
    field_order = ("seen_version", "once", "paper", "theme", "opened_on", "due_on")

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("paper", papers_of_unit(unit)), ("theme", themes_for(unit))):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = rows, _("Chưa chọn")


class ReachForm(VersionedForm):
    """Whom of the cell it has reached: ticked by name, with the day and the way of those ticked now."""

    way = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=choices(Way), widget=Segments)
    reached_on = VietnameseDateField(label=gettext_lazy("Ngày phổ biến"))
    meeting: Any = forms.ModelChoiceField(None, label=gettext_lazy("Theo điểm danh của"), required=False)

    def __init__(self, *args: Any, dissemination: Any, cell: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset, field.empty_label = rolls_for(dissemination, cell), _("Không theo buổi nào")

    def clean(self) -> dict[str, Any]:
        """``members`` are those ticked, ``seen`` those who stood as reached when the page was shown."""
        clean = super().clean() or {}
        ticked = {name: [pk for pk in self._list(name) if pk.isdecimal()] for name in ("members", "seen")}
        return {**clean, **{name: {int(pk) for pk in found} for name, found in ticked.items()}}

    def _list(self, name: str) -> list[str]:
        data: Any = self.data
        return list(data.getlist(name)) if hasattr(data, "getlist") else list(data.get(name, ()))


class ConfirmForm(VersionedForm):
    """Nothing is typed to say that one has read it."""
