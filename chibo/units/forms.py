"""What the office types to shape the tree, and to decide a value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from chibo.access.actor import Actor
from chibo.core.forms import VersionedForm, VietnameseDateField
from chibo.core.registry import Setting
from chibo.core.words import choices
from chibo.units.models import Unit
from chibo.units.rules import ORDER, CellKind, Level
from chibo.units.selectors import mergeable_under, peers_of, places_for

if TYPE_CHECKING:
    Choice = forms.ModelChoiceField[Unit]
    Choices = forms.ModelMultipleChoiceField[Unit]

KEY_HELP = _("Vài chữ không dấu, dùng trong lệnh và tên tệp, ví dụ caugiay-5.")
CODE_HELP = _("14 chữ số, ví dụ 38.168.053.000.001; để trống nếu chưa có.")


class NameForm(VersionedForm):
    """A new unit's name, short code and number."""

    name = forms.CharField(label=_("Tên"), max_length=160)
    key = forms.SlugField(label=_("Mã ngắn"), max_length=30, help_text=KEY_HELP)
    code = forms.CharField(label=_("Mã tổ chức"), max_length=20, required=False, help_text=CODE_HELP)


class FoundForm(NameForm):
    """Thành lập."""

    level = forms.ChoiceField(label=_("Cấp"))
    cell_kind = forms.ChoiceField(
        label=_("Loại hình chi bộ"), choices=[("", _("Không phải chi bộ")), *choices(CellKind)], required=False
    )
    on = VietnameseDateField(label=_("Thành lập từ ngày"))
    field_order = ("name", "level", "cell_kind", "on", "key", "code")

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, **kwargs)
        below = [level for level in ORDER[ORDER.index(Level(unit.level)) + 1 :] if level != Level.DISTRICT]
        self.fields["level"].choices = choices(reversed(below))  # type: ignore[attr-defined]
        if below == [Level.CELL]:
            self.initial["cell_kind"] = CellKind.RESIDENTIAL


class RenameForm(VersionedForm):
    """Đổi tên."""

    name = forms.CharField(label=_("Tên mới"), max_length=160)
    on = VietnameseDateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, record=unit, **kwargs)
        self.initial.setdefault("name", unit.name)


class MoveForm(VersionedForm):
    """Chuyển trực thuộc."""

    parent: Choice = forms.ModelChoiceField(
        label=_("Trực thuộc"), queryset=None, empty_label=_("Chọn tổ chức cấp trên")
    )
    on = VietnameseDateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, record=unit, **kwargs)
        self.fields["parent"].queryset = places_for(actor, unit, localdate())  # type: ignore[attr-defined]


class MergeForm(NameForm):
    """Hợp nhất, sáp nhập."""

    units: Choices = forms.ModelMultipleChoiceField(
        label=_("Các tổ chức sáp nhập"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    on = VietnameseDateField(label=_("Từ ngày"))
    field_order = ("units", "name", "on", "key", "code")

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["units"].queryset = mergeable_under(actor, unit, localdate())  # type: ignore[attr-defined]


class SplitForm(VersionedForm):
    """Chia tách."""

    names = forms.CharField(
        label=_("Các tổ chức mới"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Mỗi dòng một tổ chức: mã ngắn, dấu hai chấm, rồi tên. Ví dụ: caugiay-5b: Chi bộ 5B"),
    )
    on = VietnameseDateField(label=_("Từ ngày"))

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:  # noqa: ARG002
        super().__init__(*args, record=unit, **kwargs)

    def clean_names(self) -> dict[str, str]:
        parts: dict[str, str] = {}
        for line in filter(str.strip, self.cleaned_data["names"].splitlines()):
            key, colon, name = (part.strip() for part in line.partition(":"))
            if not colon or not name or not key.replace("-", "").replace("_", "").isalnum() or not key.isascii():
                raise forms.ValidationError(
                    _("Chưa đọc được dòng “%(line)s”. Ghi như caugiay-5b: Chi bộ 5B"), params={"line": line.strip()}
                )
            if key in parts:
                raise forms.ValidationError(_("Mã ngắn “%(key)s” ghi hai lần."), params={"key": key})
            parts[key] = name
        return parts


class CloseForm(VersionedForm):
    """Kết thúc hoạt động."""

    last_day = VietnameseDateField(label=_("Hoạt động đến hết ngày"))
    successor: Choice = forms.ModelChoiceField(
        label=_("Tổ chức tiếp nối"), queryset=None, required=False, empty_label=_("Không có"),
        help_text=_("Nơi đọc tiếp hồ sơ của tổ chức này."),
    )  # fmt: skip

    def __init__(self, *args: Any, actor: Actor, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, record=unit, **kwargs)
        self.fields["successor"].queryset = peers_of(actor, unit, localdate())  # type: ignore[attr-defined]


class SettingForm(VersionedForm):
    """Quyết định một giá trị áp dụng."""

    value = forms.CharField(label=_("Giá trị"), max_length=60)
    effective_from = VietnameseDateField(label=_("Áp dụng từ ngày"))
    source = forms.CharField(
        label=_("Căn cứ"),
        max_length=200,
        help_text=_("Số, ký hiệu, ngày của văn bản, ví dụ HD 12-HD/BTCTW ngày 06/7/2018."),
    )

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if setting.choices:
            self.fields["value"] = forms.ChoiceField(label=_("Cách tính"), choices=setting.choices)
            self.order_fields(("value", "effective_from", "source"))
        elif isinstance(setting.default, str):
            self.fields["value"] = forms.CharField(label=_("Nội dung"), widget=forms.Textarea, max_length=4000)
            self.order_fields(("value", "effective_from", "source"))
        else:
            number = forms.IntegerField(
                label=str(setting.unit_word) or _("Giá trị"), min_value=0, max_value=1_000_000
            )
            number.widget.attrs["class"] = "short"
            self.fields["value"] = number
            self.order_fields(("value", "effective_from", "source"))


class DayForm(forms.Form):
    """The day whose tree is looked at."""

    on = VietnameseDateField(label=_("Cơ cấu tổ chức vào ngày"))
