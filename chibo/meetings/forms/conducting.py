"""What is typed and tapped while a meeting is under way. Every form carries ``once``, so that a repeat writes nothing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import DeadlineField, Segments, VersionedForm
from chibo.core.words import choices
from chibo.meetings.forms import HOURS
from chibo.meetings.rules import Mentioned, Presence


def _short(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def _pick(label: Any, **more: Any) -> Any:
    return forms.ModelChoiceField(None, label=label, **more)


def _choose(form: forms.Form, name: str, rows: Any, empty: str | None = None) -> None:
    """What the field offers, and how it calls none of it."""
    field: Any = form.fields[name]
    field.queryset, field.empty_label = rows, empty


class CallForm(VersionedForm):
    """One tap of the roll: the last one wins, whoever made it."""

    presence = forms.ChoiceField(choices=[("", ""), *choices(Presence)], required=False)
    reason = forms.CharField(max_length=160, required=False)


class TurnForm(VersionedForm):
    """An item is taken up or left at this hour; without one, now."""

    at = forms.TimeField(required=False, input_formats=HOURS)


class TimesForm(VersionedForm):
    """When an item began and ended."""

    began_at = forms.TimeField(
        label=gettext_lazy("Bắt đầu"), required=False, input_formats=HOURS,
        widget=forms.TimeInput({"class": "short", "inputmode": "numeric", "placeholder": "19:30"}, format="%H:%M"),
    )  # fmt: skip
    ended_at = forms.TimeField(
        label=gettext_lazy("Kết thúc"), required=False, input_formats=HOURS,
        widget=forms.TimeInput({"class": "short", "inputmode": "numeric", "placeholder": "19:50"}, format="%H:%M"),
    )  # fmt: skip


class SpeakForm(VersionedForm):
    """A member takes the floor."""

    member: Any = _pick(gettext_lazy("Đồng chí"), empty_label=None)
    text = forms.CharField(label=gettext_lazy("Ý kiến"), required=False, widget=_short())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "member", people)


class SpeechForm(VersionedForm):
    """What was said."""

    text = forms.CharField(label=gettext_lazy("Ý kiến"), required=False, widget=_short())


class StrikeForm(VersionedForm):
    """Nothing is typed to strike a line."""


class _OfItem(VersionedForm):
    """Something that belongs to an item of the agenda, or to the meeting as a whole."""

    item: Any = _pick(gettext_lazy("Thuộc nội dung"), required=False)

    def __init__(self, *args: Any, meeting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "item", meeting.agenda.all(), _("Chung cả cuộc họp"))


def _hands(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput({"class": "short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=0, max_value=10000, widget=widget, **more)


class VoteForm(_OfItem):
    """Hands counted."""

    question = forms.CharField(label=gettext_lazy("Nội dung biểu quyết"), max_length=300)
    in_favour = _hands(gettext_lazy("Tán thành"))
    against = _hands(gettext_lazy("Không tán thành"), initial=0)
    abstaining = _hands(gettext_lazy("Ý kiến khác"), initial=0)
    field_order = ("question", "in_favour", "against", "abstaining", "item")


class MatterForm(_OfItem):
    """One thing resolved: what, who, by when, how measured."""

    what = forms.CharField(label=gettext_lazy("Làm việc gì"), max_length=300, widget=_short())
    doer: Any = _pick(gettext_lazy("Đồng chí thực hiện"), required=False)
    doer_unit: Any = _pick(gettext_lazy("Hoặc tập thể"), required=False)
    due_on = DeadlineField(label=gettext_lazy("Thời hạn"), required=False)
    measure = forms.CharField(
        label=gettext_lazy("Đo kết quả bằng gì"), max_length=200, required=False,
        help_text=gettext_lazy("Ví dụ: 12 hộ ký cam kết; có báo cáo; xong tuyến đường."),
    )  # fmt: skip
    is_local = forms.BooleanField(
        label=gettext_lazy("Giải quyết khó khăn của chính địa phương, đơn vị"), required=False
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Vẫn ghi như vậy vì"), max_length=200, required=False,
        help_text=gettext_lazy("Chỉ điền khi nội dung chưa thể rõ hơn; lý do lưu cùng nghị quyết."),
    )  # fmt: skip
    field_order = ("what", "doer", "doer_unit", "due_on", "measure", "is_local", "override_reason", "item")

    def __init__(self, *args: Any, people: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "doer", people, _("Chưa chọn"))
        _choose(self, "doer_unit", units, _("Chưa chọn"))
        if not self.is_bound:
            self._ask_all()

    def clean(self) -> dict[str, Any]:
        self._ask_all()
        return super().clean() or {}

    def _ask_all(self) -> None:
        """Shown as asked for; whether they may be missing, and what to say, the rule decides and not the form."""
        for name in ("doer", "due_on", "measure"):
            self.fields[name].required = True


class MentionForm(VersionedForm):
    """A word of praise, a reminder, a criticism, by name."""

    member: Any = _pick(gettext_lazy("Đồng chí"))
    kind = forms.ChoiceField(
        label=gettext_lazy("Hình thức"), choices=choices(Mentioned), widget=Segments, initial=Mentioned.COMMEND
    )
    text = forms.CharField(label=gettext_lazy("Về việc"), max_length=300, widget=_short())

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self, "member", people, _("Chọn đồng chí"))
