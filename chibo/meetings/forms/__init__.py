"""What people type about meetings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import LineForm, Segments, VersionedForm, VietnameseDateField, read_date
from chibo.core.values import months_after
from chibo.core.words import choices
from chibo.meetings.rules import PREPARATORY, MeetingKind, Presence
from chibo.meetings.rules.kinds import kinds_of
from chibo.meetings.selectors import RollLine, people_to_lead
from chibo.meetings.selectors.agenda import upcoming_of_cell

HOURS = ["%H:%M", "%Hh%M", "%Hg%M", "%H.%M", "%H %M", "%H%M", "%Hh", "%H"]


def _hour(label: Any, **more: Any) -> forms.TimeField:
    widget = forms.TimeInput({"class": "short", "inputmode": "numeric", "placeholder": "19:30"}, format="%H:%M")
    return forms.TimeField(label=label, required=False, input_formats=HOURS, widget=widget, **more)


class ArrangeForm(VersionedForm):
    """When, where and by whom a meeting is held."""

    held_on = VietnameseDateField(label=gettext_lazy("Ngày họp"))
    starts_at = _hour(gettext_lazy("Bắt đầu lúc"))
    ends_at = _hour(gettext_lazy("Kết thúc lúc"))
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=160, required=False)
    chair: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chủ trì"), required=False)
    recorder: Any = forms.ModelChoiceField(None, label=gettext_lazy("Thư ký ghi biên bản"), required=False)
    guests = forms.CharField(
        label=gettext_lazy("Khách dự"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Ví dụ: đồng chí Trần Văn Bảo, đảng ủy viên theo dõi chi bộ."),
    )
    topic = forms.CharField(label=gettext_lazy("Chuyên đề"), max_length=200, required=False)
    online = forms.BooleanField(label=gettext_lazy("Họp trực tuyến"), required=False)
    prepares: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chuẩn bị cho"), required=False)

    def __init__(self, *args: Any, unit: Any, record: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        people = people_to_lead(unit, self._day())
        for name in ("chair", "recorder"):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = people, _("Chưa chọn")
        prepared: Any = self.fields["prepares"]
        prepared.queryset, prepared.empty_label = upcoming_of_cell(unit, self._day()), _("Không")
        kinds = {record.kind} if record else set(kinds_of(unit.level))
        if not kinds & set(PREPARATORY):
            del self.fields["prepares"]
        if not kinds & {MeetingKind.REGULAR, MeetingKind.TOPICAL}:
            del self.fields["topic"]

    def _day(self) -> date:
        """The day that was typed, or the one that is proposed: whoever stood in the cell then may lead."""
        try:
            return read_date(self.data.get("held_on", ""), self.initial["held_on"])
        except ValidationError:
            found: date = self.initial["held_on"]
            return found


class ConveneForm(ArrangeForm):
    """A new meeting."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), widget=Segments)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Tính cho kỳ tháng"), required=False, coerce=date.fromisoformat, empty_value=None
    )
    field_order = ("kind", "topic", "prepares", "held_on", "month")

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        kinds: Any = self.fields["kind"]
        kinds.choices = [(kind.value, _(kind.label)) for kind in kinds_of(unit.level)]
        months = {f"{months_after(self._day(), count):%Y-%m-%d}" for count in (-1, 0, 1)}
        months |= {self.initial["month"]} if self.initial.get("month") else set()
        field: Any = self.fields["month"]
        field.choices = [("", _("Theo ngày họp")), *((m, f"{m[5:7]}/{m[:4]}") for m in sorted(months))]

    def clean(self) -> dict[str, Any]:
        """The month proposed is that of the next regular meeting; any other kind counts for the month of its day,
        unless a month was chosen or it prepares a meeting."""
        clean = super().clean() or {}
        is_regular = clean.get("kind") == MeetingKind.REGULAR
        if not is_regular and not clean.get("prepares") and "month" not in self.changed_data:
            clean["month"] = None
        return clean


class MarkForm(LineForm):
    """One line of the roll; ``was`` and ``was_reason`` are what stood before the last saving."""

    presence = forms.ChoiceField(choices=[("", ""), *choices(Presence)], required=False)
    reason = forms.CharField(max_length=160, required=False)
    was = forms.ChoiceField(choices=[("", ""), *choices(Presence)], required=False)
    was_reason = forms.CharField(max_length=160, required=False)

    def clean(self) -> dict[str, Any]:
        """What is to be stored: as marked, or, when the last saving is undone, as it was."""
        clean = super().clean() or {}
        old = {"presence": clean.pop("was", ""), "reason": clean.pop("was_reason", "")}
        return {**clean, **old} if "undo" in self.data else clean


def mark_form(line: RollLine, data: Any = None) -> MarkForm:
    """The form of one line; without data it shows what is stored or foreseen."""
    initial = {"presence": line.shown, "reason": line.reason, "seen": line.version}
    return MarkForm(data, prefix=str(line.member.pk), initial=initial)


class RollForm(forms.Form):
    """The whole roll, for one press of a button. Lines left as they are stored are not written again."""

    def __init__(self, data: Any = None, *, roll: Iterable[RollLine]) -> None:
        super().__init__(data)
        self.roll = list(roll)
        self.marks = {line.member.pk: mark_form(line, data) for line in self.roll}

    def clean(self) -> dict[str, Any]:
        """``presences`` of those marked differently, and, when asked, "present" of all who are not marked yet."""
        presences, seen = {}, {}
        for line in self.roll:
            mark = self.marks[line.member.pk]
            if not mark.is_valid():
                raise ValidationError(
                    _("Xem lại dòng của đồng chí %(name)s."), params={"name": line.member.full_name}
                )
            rest = Presence.PRESENT if "rest" in self.data and not line.foreseen else ""
            how = (mark.cleaned_data["presence"] or rest, mark.cleaned_data["reason"])
            if how[0] and how != (line.presence, line.reason):
                presences[line.member.pk] = how
                seen[line.member.pk] = mark.cleaned_data["seen"] or 0
        return {"presences": presences, "seen": seen}

    def catch_up(self, roll: Iterable[RollLine]) -> None:
        """After a conflict the page tells what others wrote; otherwise one knows only of what one looked at."""
        if self.is_bound and self.has_error(NON_FIELD_ERRORS, "conflict"):
            for line in roll:
                self.marks[line.member.pk].know(line.version)


class NoteForm(VersionedForm):
    """What was said under an item of the agenda."""

    title = forms.CharField(label=gettext_lazy("Nội dung"), max_length=200)
    notes = forms.CharField(
        label=gettext_lazy("Diễn biến, kết luận"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )


class MinutesForm(VersionedForm):
    """The minutes, as far as they are."""

    minutes = forms.CharField(
        label=gettext_lazy("Biên bản"),
        widget=forms.Textarea(attrs={"rows": 26}),
        error_messages={"required": gettext_lazy("Biên bản còn trống.")},
    )
    ends_at = _hour(gettext_lazy("Kết thúc lúc"))


class ClosingForm(MinutesForm):
    """The finished minutes."""

    closed_on = VietnameseDateField(label=gettext_lazy("Ngày hoàn thành biên bản"))
    self_rating = forms.CharField(
        label=gettext_lazy("Chi bộ tự đánh giá buổi sinh hoạt"), max_length=200, required=False,
        help_text=gettext_lazy("Ví dụ: Tốt (92 điểm). Ghi vào phần IV của nghị quyết."),
    )  # fmt: skip


class CorrectionForm(VersionedForm):
    """What is added to closed minutes."""

    text = forms.CharField(
        label=gettext_lazy("Nội dung bổ sung, đính chính"), widget=forms.Textarea(attrs={"rows": 4})
    )
    corrected_on = VietnameseDateField(label=gettext_lazy("Ngày bổ sung, đính chính"))


class CallOffForm(VersionedForm):
    """Nothing is typed to call a meeting off."""
