"""What people type while they prepare a meeting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.meetings.forms import HOURS
from chibo.meetings.rules import ItemKind
from chibo.meetings.rules.preparing import LONGEST_ITEM, WEEKDAYS, Arranged

NEW = "new"
"""The prefix of the line by which an item is added."""


class LineForm(forms.Form):
    """One line of the agenda. ``order`` is where it stands; a number between two others puts it between them."""

    order = forms.DecimalField(
        label=gettext_lazy("Thứ tự"),
        required=False,
        widget=forms.TextInput({"class": "input", "inputmode": "decimal"}),
    )
    title = forms.CharField(
        label=gettext_lazy("Nội dung"),
        max_length=200,
        required=False,
        widget=forms.Textarea({"class": "input", "rows": 1}),
    )
    minutes_planned = forms.IntegerField(
        label=gettext_lazy("Phút"), min_value=0, max_value=LONGEST_ITEM, required=False,
        widget=forms.TextInput({"class": "input", "inputmode": "numeric"}),
    )  # fmt: skip
    presenter = forms.TypedChoiceField(
        label=gettext_lazy("Người trình bày"), required=False, coerce=int, empty_value=None,
        widget=forms.Select({"class": "input"}),
    )  # fmt: skip

    def clean_title(self) -> str:
        """One line, however it was broken."""
        return " ".join(self.cleaned_data["title"].split())

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["presenter"]
        field.choices = [("", "–"), *people]
        for name, one in self.fields.items():
            one.widget.attrs |= {"aria-label": str(one.label), "id": self[name].id_for_label}


class NewLineForm(LineForm):
    """A line to add: its kind is enough, its name then is that of the kind."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Thêm nội dung"), choices=[("", gettext_lazy("Chọn để thêm")), *choices(ItemKind)], required=False,
        widget=forms.Select({"class": "input"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].widget.attrs["placeholder"] = _("Tên, nếu khác tên loại")


class AgendaForm(VersionedForm):
    """The whole agenda. One of the buttons ``up``, ``down``, ``drop`` (with the id of a line) moves it as well."""

    def __init__(
        self, data: Any = None, *, agenda: Iterable[Any], people: Sequence[tuple[int, str]], record: Any
    ) -> None:
        super().__init__(data, record=record)
        self.lines = [(item, self._line(item, order, people)) for order, item in enumerate(agenda, 1)]
        self.new = NewLineForm(data, prefix=NEW, people=people)

    def _line(self, item: Any, order: int, people: Sequence[tuple[int, str]]) -> LineForm:
        stored = {name: getattr(item, name) for name in ("title", "minutes_planned")}
        return LineForm(
            self.data if self.is_bound else None, prefix=str(item.pk), people=people,
            initial={"order": order, "presenter": item.presenter_id, **stored},
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """``lines`` in their new order; a line whose form was not sent (added meanwhile) stays where it was."""
        clean = super().clean() or {}
        placed: list[tuple[float, int, Arranged]] = []
        for at, (item, form) in enumerate(self.lines, 1):
            if form.add_prefix("title") not in self.data:
                placed.append((at, at, _stored(item)))
                continue
            if not form.is_valid():
                raise ValidationError(_("Xem lại dòng %(order)s."), params={"order": at})
            typed = form.cleaned_data
            order = at if typed["order"] is None else float(typed["order"])
            line = Arranged(item.pk, item.kind, typed["title"], typed["minutes_planned"] or 0, typed["presenter"])
            placed.append((order, at, line))
        lines = [line for _order, _at, line in sorted(placed, key=lambda one: one[:2])]
        return {**clean, "lines": [*self._moved(lines), *self._added()]}

    def _moved(self, lines: list[Arranged]) -> list[Arranged]:
        for name, by in (("up", -1), ("down", 1)):
            at = next((n for n, line in enumerate(lines) if str(line.item) == self.data.get(name)), None)
            if at is not None and 0 <= at + by < len(lines):
                lines[at], lines[at + by] = lines[at + by], lines[at]
        return [line for line in lines if str(line.item) != self.data.get("drop")]

    def _added(self) -> list[Arranged]:
        if not self.new.is_valid():
            raise ValidationError(_("Xem lại dòng thêm mới."))
        typed = self.new.cleaned_data
        if not typed["kind"] and not typed["title"].strip():
            return []
        kind = ItemKind(typed["kind"] or ItemKind.OTHER)
        return [Arranged(None, kind, typed["title"] or kind.label, typed["minutes_planned"] or 0, typed["presenter"])]


def _stored(item: Any) -> Arranged:
    return Arranged(item.pk, item.kind, item.title, item.minutes_planned, item.presenter_id)


class TopicForm(VersionedForm):
    """The meeting's topic."""

    topic = forms.CharField(
        label=gettext_lazy("Chuyên đề"), max_length=200,
        widget=forms.TextInput({"list": "topics", "autocomplete": "off"}),
    )  # fmt: skip


class NotifyForm(VersionedForm):
    """When the members were told."""

    notified_on = VietnameseDateField(label=gettext_lazy("Đã báo họp ngày"))


class PublishForm(VersionedForm):
    """When the documents were put where members read them."""

    papers_ready_on = VietnameseDateField(label=gettext_lazy("Đã gửi tài liệu ngày"))


class ScheduleForm(VersionedForm):
    """The cell's fixed day: a day of the month, or a weekday of one of its weeks."""

    day_of_month = forms.TypedChoiceField(
        label=gettext_lazy("Ngày trong tháng"), required=False, coerce=int, empty_value=None,
        choices=[("", "–"), *((day, str(day)) for day in range(1, 32))],
        help_text=gettext_lazy("Ngày 29, 30, 31: tháng ngắn hơn thì họp ngày cuối tháng."),
    )  # fmt: skip
    nth = forms.TypedChoiceField(
        label=gettext_lazy("Hoặc tuần"), required=False, coerce=int, empty_value=None,
        choices=[
            ("", "–"), (1, gettext_lazy("thứ nhất")), (2, gettext_lazy("thứ hai")), (3, gettext_lazy("thứ ba")),
            (4, gettext_lazy("thứ tư")),
        ],
    )  # fmt: skip
    weekday = forms.TypedChoiceField(
        label=gettext_lazy("vào"), required=False, coerce=int, empty_value=None,
        choices=[("", "–"), *((number, gettext_lazy(word)) for number, word in enumerate(WEEKDAYS))],
    )  # fmt: skip
    starts_at = forms.TimeField(
        label=gettext_lazy("Giờ họp"), input_formats=HOURS,
        widget=forms.TimeInput({"class": "short", "inputmode": "numeric", "placeholder": "19:30"}, format="%H:%M"),
    )  # fmt: skip
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=160, required=False)
    valid_from = VietnameseDateField(label=gettext_lazy("Áp dụng từ ngày"))


class FeedForm(VersionedForm):
    """Which meetings a telephone is to show."""

    unit: Any = forms.ModelChoiceField(None, label=gettext_lazy("Lịch của"), required=False)

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["unit"]
        field.queryset, field.empty_label = units, _("Các cuộc họp của tôi")


class AddressForm(VersionedForm):
    """Where one wants invitations sent."""

    address = forms.EmailField(
        label=gettext_lazy("Nhận giấy mời qua thư điện tử"),
        required=False,
        help_text=gettext_lazy(
            "Giấy mời chỉ có ngày, giờ, nơi họp. Ai giữ chức vụ còn nhận thư nhắc việc hằng tuần, thôi lúc nào cũng được. Để trống thì không gửi gì nữa."
        ),
    )


class MailForm(VersionedForm):
    """Nothing is typed to send invitations by e-mail."""


class RevokeForm(VersionedForm):
    """Nothing is typed to close an address."""
