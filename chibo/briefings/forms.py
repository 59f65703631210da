"""What people type about briefings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.briefings.rules import Rhythm
from chibo.briefings.selectors import bodies_of, cells_to_ask, presiding
from chibo.core.forms import DeadlineField, Segments, VersionedForm, VietnameseDateField, read_date
from chibo.core.words import choices
from chibo.meetings.forms import HOURS

ALL_CELLS = "Các chi bộ"
"""To whom a direction was told, as official papers say it."""


def _hour(label: Any) -> forms.TimeField:
    widget = forms.TimeInput({"class": "short", "inputmode": "numeric", "placeholder": "8:00"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, input_formats=HOURS, widget=widget)


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


class _PlaceForm(VersionedForm):
    """When, where and by whom a briefing is held."""

    held_on = VietnameseDateField(label=gettext_lazy("Ngày giao ban"))
    starts_at = _hour(gettext_lazy("Bắt đầu lúc"))
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=160, required=False)
    chair: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chủ trì"), required=False)
    recorder: Any = forms.ModelChoiceField(None, label=gettext_lazy("Thư ký ghi biên bản"), required=False)

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = presiding(unit, self._day())
        for name in ("chair", "recorder"):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = people, _("Chưa chọn")

    def _day(self) -> date:
        """The day that was typed, or the one that is proposed: whoever held a post then may preside."""
        proposed: date = self.initial["held_on"]
        try:
            return read_date(self.data.get("held_on", ""), proposed)
        except ValidationError:
            return proposed


class CallForm(_PlaceForm):
    """A new briefing. What is left empty follows from the day and the rhythm."""

    rhythm = forms.ChoiceField(label=gettext_lazy("Loại"), choices=choices(Rhythm), widget=Segments)
    reviewed_first = VietnameseDateField(
        label=gettext_lazy("Kiểm điểm từ ngày"),
        required=False,
        help_text=gettext_lazy("Để trống: tuần, tháng ngay trước ngày giao ban."),
    )
    reviewed_last = VietnameseDateField(label=gettext_lazy("Đến hết ngày"), required=False)
    returns_due_on = DeadlineField(
        label=gettext_lazy("Hạn gửi báo cáo"),
        required=False,
        help_text=gettext_lazy("Để trống: theo quy định của đảng ủy."),
    )
    bodies = _text(
        gettext_lazy("Đoàn thể cùng báo cáo"),
        3,
        required=False,
        help_text=gettext_lazy("Mỗi đoàn thể một dòng, ví dụ: Hội Cựu chiến binh."),
    )
    field_order = ("rhythm", "held_on", "starts_at", "place", "chair", "recorder")

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        self.initial.setdefault("bodies", "\n".join(bodies_of(unit)))

    def clean_bodies(self) -> list[str]:
        bodies = [line.strip() for line in self.cleaned_data["bodies"].splitlines() if line.strip()]
        if any(len(body) > 120 for body in bodies):
            raise ValidationError(_("Tên đoàn thể dài quá 120 chữ."))
        return bodies


class ArrangeForm(_PlaceForm):
    """Another day, place or chair."""

    returns_due_on = DeadlineField(label=gettext_lazy("Hạn gửi báo cáo"))
    field_order = ("held_on", "starts_at", "returns_due_on")


class CallOffForm(VersionedForm):
    """Nothing is typed to call a briefing off, or to take a return back."""


class OwedText(forms.CharField):
    """A text that must be there when it is sent, as the rule then says; a draft may still lack it."""

    widget = forms.Textarea

    def validate(self, value: Any) -> None:
        """Nothing is refused here."""


class ReturnForm(VersionedForm):
    """What a cell says for a briefing. Empty parts are refused when it is sent, not while it is written."""

    results = OwedText(label=gettext_lazy("Kết quả trong kỳ"), widget=forms.Textarea(attrs={"rows": 6}))
    shortcomings = _text(
        gettext_lazy("Hạn chế, khuyết điểm"),
        3,
        required=False,
        help_text=gettext_lazy("Việc chưa làm được, chậm, sai; không có thì ghi rõ “không có”. Không nêu tên người."),
    )
    causes = _text(gettext_lazy("Nguyên nhân"), 2, required=False)
    next_tasks = OwedText(label=gettext_lazy("Nhiệm vụ kỳ tới"), widget=forms.Textarea(attrs={"rows": 6}))
    difficulties = _text(gettext_lazy("Khó khăn, vướng mắc"), 3, required=False)
    proposals = _text(gettext_lazy("Đề xuất, kiến nghị"), 3, required=False)
    cultivation = _text(
        gettext_lazy("Xây dựng Đảng; tu dưỡng, rèn luyện của đảng viên"),
        4,
        required=False,
        help_text=gettext_lazy("Số liệu chung và việc làm tốt; không ghi nội dung kế hoạch hay nhận xét từng người."),
    )

    def __init__(self, *args: Any, monthly: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not monthly:
            for name in ("shortcomings", "causes", "cultivation"):
                del self.fields[name]


class DirectionForm(VersionedForm):
    """One thing directed: what, to whom, until when, how it is measured. What is missing, the rule of tasks says."""

    title = forms.CharField(label=gettext_lazy("Việc phải làm"), max_length=300)
    doer = forms.ChoiceField(label=gettext_lazy("Giao cho"), required=False)
    due_on = DeadlineField(label=gettext_lazy("Thời hạn"), required=False)
    measure = forms.CharField(
        label=gettext_lazy("Cách đo"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Ví dụ: báo cáo 1 trang; 100 % tổ dân phố ký."),
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Vẫn ghi vì"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Chỉ khi việc bị coi là chung chung mà vẫn phải ghi như vậy."),
    )

    def __init__(self, *args: Any, briefing: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        day = briefing.meeting.held_on
        self.ward = briefing.unit
        self.cells = {f"u{cell.pk}": cell for cell in cells_to_ask(briefing.unit, day)}
        self.bodies = [ret.body for ret in briefing.returns.all() if ret.body]
        self.people = {f"m{member.pk}": member for member in presiding(briefing.unit, day)}
        field: Any = self.fields["doer"]
        field.choices = [
            ("", _("Chưa chọn")),
            ("all", _("Các chi bộ")),
            (_("Chi bộ"), [(code, cell.name) for code, cell in self.cells.items()]),
            (_("Đoàn thể"), [(f"b{number}", body) for number, body in enumerate(self.bodies)]),
            (_("Đồng chí"), [(code, member.full_name) for code, member in self.people.items()]),
        ]

    def clean(self) -> dict[str, Any]:
        """To whom, as the action takes it: units, or one comrade, and the words of the day."""
        clean = super().clean() or {}
        code = clean.pop("doer", "")
        if code == "all":
            return {**clean, "units": list(self.cells.values()), "told": ALL_CELLS}
        if code.startswith("b"):
            return {**clean, "units": [self.ward], "told": self.bodies[int(code[1:])]}
        if code in self.people:
            return {**clean, "doer": self.people[code]}
        return {**clean, "units": [self.cells[code]]} if code in self.cells else clean


class ConclusionForm(VersionedForm):
    """The minutes, and when they were finished."""

    minutes = _text(gettext_lazy("Biên bản"), 24, error_messages={"required": gettext_lazy("Biên bản còn trống.")})
    ends_at = _hour(gettext_lazy("Kết thúc lúc"))
    closed_on = VietnameseDateField(label=gettext_lazy("Ngày hoàn thành biên bản"))


class CorrectionForm(VersionedForm):
    """What is added to the minutes of a concluded briefing."""

    text = _text(gettext_lazy("Nội dung bổ sung, đính chính"))
    corrected_on = VietnameseDateField(label=gettext_lazy("Ngày bổ sung, đính chính"))
