"""What the office types into the register."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chibo.access.actor import Actor
from chibo.access.charter import CELL_POSTS, POST_NAMES, WARD_POSTS
from chibo.core.forms import EMPTY, DateText, Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.core.workbooks import as_date
from chibo.members.rules import (
    Condition,
    DatePrecision,
    Leaving,
    Qualification,
    Sex,
    StaffKind,
    Standing,
    Theory,
)
from chibo.members.selectors import groups_of
from chibo.members.selectors.record import candidates_for, cells_kept, cells_left_behind, masked, people_of
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ward_of

if TYPE_CHECKING:
    from chibo.members.models import Member

    Place = forms.ModelChoiceField[Unit]
    Person = forms.ModelChoiceField[Member]
    People = forms.ModelMultipleChoiceField[Member]

NOT_KNOWN = ("", _("Chưa rõ"))
DETAILS = (
    "full_name", "birth_date", "sex", "admitted_on", "official_on", "card_number", "citizen_id", "phone", "address",
    "occupation", "qualification", "theory", "staff_kind",
)  # fmt: skip


class BirthText(DateText):
    """A birth date as exactly as it is known."""

    template_name = "django/forms/widgets/text.html"

    def __init__(self) -> None:
        super().__init__({"placeholder": "3/2/1956"})

    def format_value(self, value: Any) -> str | None:
        if not isinstance(value, tuple):
            return super().format_value(value)
        born, precision = value
        return {DatePrecision.YEAR: f"{born:%Y}", DatePrecision.MONTH: f"{born:%m/%Y}"}.get(
            precision, f"{born:%d/%m/%Y}"
        )


class BirthField(VietnameseDateField):
    """A day, "5/1956", or "1956", as registers have it; gives the date and how exactly it is known."""

    widget: type[DateText] = BirthText

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or isinstance(value, (tuple, date)):
            return value or None
        try:
            born, precision = as_date(str(value))
        except ValueError as unread:
            raise forms.ValidationError(str(unread)) from None
        return born, DatePrecision(precision)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared by the day; ``initial`` may be one that is stored."""
        try:
            typed = self.to_python(data)
        except forms.ValidationError:
            return True
        return bool((typed and typed[0]) != (initial[0] if isinstance(initial, tuple) else initial))


class PersonForm(VersionedForm):
    """What is known of somebody; only the name is needed."""

    full_name = forms.CharField(
        label=_("Họ và tên"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    birth_date = BirthField(
        label=_("Ngày sinh"), required=False, help_text=_("Chỉ biết năm thì ghi năm, ví dụ 1956; hoặc 5/1956.")
    )
    sex = forms.ChoiceField(label=_("Giới tính"), choices=choices(Sex), widget=Segments, required=False)
    admitted_on = VietnameseDateField(label=_("Ngày vào Đảng"), required=False)
    official_on = VietnameseDateField(label=_("Ngày chính thức"), required=False)
    card_number = forms.CharField(label=_("Số thẻ đảng viên"), max_length=20, required=False)
    citizen_id = forms.CharField(
        label=_("Số định danh cá nhân"),
        max_length=20,
        required=False,
        help_text=_("12 chữ số. Trên màn hình chỉ hiện bốn số cuối."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Điện thoại"), max_length=20, required=False, widget=forms.TextInput(attrs={"inputmode": "tel"})
    )
    address = forms.CharField(label=_("Nơi ở"), max_length=200, required=False)
    occupation = forms.CharField(
        label=_("Nghề nghiệp, chức vụ chính quyền, đoàn thể"), max_length=160, required=False
    )
    qualification = forms.ChoiceField(
        label=_("Trình độ chuyên môn"), choices=[NOT_KNOWN, *choices(Qualification)], required=False
    )
    theory = forms.ChoiceField(label=_("Lý luận chính trị"), choices=[NOT_KNOWN, *choices(Theory)], required=False)
    staff_kind = forms.ChoiceField(label=_("Đối tượng"), choices=[NOT_KNOWN, *choices(StaffKind)], required=False)

    def clean(self) -> dict[str, Any]:
        """The birth date goes on with how exactly it is known."""
        typed = dict(super().clean() or {})
        if typed.get("birth_date"):
            typed["birth_date"], typed["birth_precision"] = typed["birth_date"]
        return typed


class AmendForm(PersonForm):
    """The personal file of a member; an empty personal number keeps the one that is stored."""

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        for name in DETAILS:
            self.initial.setdefault(name, getattr(record, name))
        if record.birth_date:
            self.initial["birth_date"] = (record.birth_date, record.birth_precision)
        self.initial["citizen_id"] = ""
        if record.citizen_id:
            self.fields["citizen_id"].help_text = _now(
                "Đang lưu %(number)s. Để trống thì giữ nguyên; ghi số khác thì thay."
            ) % {"number": masked(record.citizen_id)}

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if not typed.get("citizen_id"):
            typed.pop("citizen_id", None)
        return typed


class AdmitForm(PersonForm):
    """Kết nạp."""

    on = VietnameseDateField(label=_("Ngày kết nạp"), help_text=_("Thời gian dự bị tính từ ngày này."))
    admitted_on = official_on = None  # type: ignore[assignment]
    field_order = ("full_name", "on")


class TakeInForm(PersonForm):
    """Tiếp nhận."""

    since = VietnameseDateField(label=_("Sinh hoạt ở chi bộ từ ngày"))
    standing = forms.ChoiceField(
        label=_("Đảng viên"), choices=choices(Standing), widget=Segments, initial=Standing.OFFICIAL
    )
    condition = forms.ChoiceField(
        label=_("Tình trạng"), choices=choices(Condition), initial=Condition.ACTIVE,
        help_text=_("Người nơi khác đến sinh hoạt tạm thời không tính vào đảng số ở đây."),
    )  # fmt: skip
    field_order = ("full_name", "since", "standing", "condition")


class NoteForm(VersionedForm):
    """Forms that may say on what a change rests."""

    note = forms.CharField(label=_("Căn cứ, ghi chú"), max_length=200, required=False)


class ConditionForm(NoteForm):
    """Thay đổi tình trạng sinh hoạt."""

    condition = forms.ChoiceField(
        label=_("Tình trạng mới"), choices=choices(c for c in Condition if c != Condition.TEMPORARY_HERE)
    )
    host: Place = forms.ModelChoiceField(
        label=_("Chi bộ nơi đến, nếu trong đảng bộ"), queryset=None, required=False, empty_label=_("Ngoài đảng bộ")
    )
    on = VietnameseDateField(label=_("Từ ngày"))
    field_order = ("condition", "on", "host", "note")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["host"].queryset = cells_kept(actor, localdate())  # type: ignore[attr-defined]


class RecogniseForm(NoteForm):
    """Công nhận chính thức."""

    on = VietnameseDateField(
        label=_("Chính thức từ ngày"), help_text=_("Ngày hết thời gian dự bị, kể cả khi quyết định ban hành sau đó.")
    )
    field_order = ("on", "note")


class TransferForm(NoteForm):
    """Chuyển sinh hoạt."""

    to: Place = forms.ModelChoiceField(label=_("Chuyển đến chi bộ"), queryset=None, empty_label=_("Chọn chi bộ"))
    on = VietnameseDateField(label=_("Từ ngày"))
    field_order = ("to", "on", "note")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = cells_kept(actor, localdate())  # type: ignore[attr-defined]


class TakeOverForm(VersionedForm):
    """Tiếp nhận cả chi bộ đã kết thúc."""

    source: Place = forms.ModelChoiceField(label=_("Chi bộ đã kết thúc"), queryset=None, empty_label=_("Chọn chi bộ"))
    on = VietnameseDateField(label=_("Sinh hoạt ở đây từ ngày"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ended = cells_left_behind(actor, localdate())
        self.fields["source"].queryset = ended  # type: ignore[attr-defined]
        first = ended.first()
        if first is not None and first.valid_to is not None:
            self.initial = {**self.initial, "source": first.pk, "on": first.valid_to + timedelta(days=1)}


class LeavingForm(NoteForm):
    """Rời đảng bộ."""

    leaving = forms.ChoiceField(
        label=_("Lý do"),
        choices=[
            (Leaving.TRANSFERRED.value, _("Chuyển sinh hoạt ra ngoài đảng bộ")),
            *choices(word for word in Leaving if word not in (Leaving.TRANSFERRED, Leaving.CHANGED)),
        ],
    )
    last_day = VietnameseDateField(label=_("Sinh hoạt đến hết ngày"))
    field_order = ("leaving", "last_day", "note")


class AppointForm(VersionedForm):
    """Giao chức vụ."""

    member: Person = forms.ModelChoiceField(label=_("Đảng viên"), queryset=None, empty_label=_("Chọn đảng viên"))
    post = forms.ChoiceField(label=_("Chức vụ"))
    valid_from = VietnameseDateField(label=_("Từ ngày"))
    valid_to = VietnameseDateField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết."))
    term = forms.CharField(label=_("Nhiệm kỳ"), max_length=20, required=False, help_text=_("Ví dụ 2025–2030."))
    ends_previous = forms.BooleanField(label=_("Thay người đang giữ chức vụ này"), required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        posts = CELL_POSTS if unit.level == Level.CELL else WARD_POSTS
        self.fields["member"].queryset = candidates_for(unit, localdate())  # type: ignore[attr-defined]
        self.fields["post"].choices = [(post.value, _(POST_NAMES[post])) for post in posts]  # type: ignore[attr-defined]


class EndTermForm(VersionedForm):
    """Thôi giữ chức vụ."""

    last_day = VietnameseDateField(label=_("Giữ chức vụ đến hết ngày"))


class GroupForm(VersionedForm):
    """A new group."""

    name = forms.CharField(label=_("Tên nhóm mới"), max_length=80)


class SortForm(forms.Form):
    """Which of a ward's groups each member of a cell belongs to: one row of boxes a member."""

    def __init__(self, *args: Any, unit: Unit, proposed: dict[int, set[int]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = list(groups_of(ward_of(unit).pk))
        self.people = list(people_of(unit, localdate()).prefetch_related("groups"))
        self.groups = groups
        self.proposed = proposed or {}
        for member in self.people:
            held = {group.pk for group in member.groups.all()}
            self.fields[f"m{member.pk}"] = forms.TypedMultipleChoiceField(
                choices=[(group.pk, group.name) for group in groups], coerce=int, required=False,
                initial=sorted(held | self.proposed.get(member.pk, set())),
            )  # fmt: skip

    def rows(self) -> list[tuple[Any, list[tuple[int, str, bool, bool]]]]:
        """For each member the boxes: (group, its name, ticked, only proposed)."""
        rows = []
        for member in self.people:
            held = {group.pk for group in member.groups.all()}
            value = self[f"m{member.pk}"].value() or []
            ticked = {int(pk) for pk in value if str(pk).isdecimal()}
            boxes = [(g.pk, g.name, g.pk in ticked, g.pk in ticked and g.pk not in held) for g in self.groups]
            rows.append((member, boxes))
        return rows

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        by_pk = {group.pk: group for group in self.groups}
        return {"groups": {m: [by_pk[pk] for pk in typed.get(f"m{m.pk}", [])] for m in self.people}}


class InviteForm(forms.Form):
    """Whom to print a slip for."""

    members: People = forms.ModelMultipleChoiceField(
        queryset=None, error_messages={"required": _("Hãy chọn ít nhất một đồng chí.")}
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = people_of(unit, localdate())  # type: ignore[attr-defined]


class SetupForm(forms.Form):
    """The first set-up of an office."""

    province = forms.CharField(label=_("Tỉnh, thành phố"), max_length=160, help_text=_("Ví dụ: Thành phố Hà Nội"))
    ward = forms.CharField(
        label=_("Đảng bộ xã, phường"), max_length=160, help_text=_("Ví dụ: Đảng bộ phường Cầu Giấy")
    )
    key = forms.SlugField(
        label=_("Mã ngắn"),
        max_length=20,
        help_text=_("Vài chữ không dấu, dùng trong lệnh và tên tệp. Ví dụ: caugiay"),
    )
    since = VietnameseDateField(
        label=_("Sổ ghi từ ngày"), initial=date(2025, 7, 1),
        help_text=_("Ngày đảng bộ thành lập, hoặc ngày sớm nhất cần ghi lại."),
    )  # fmt: skip
    name = forms.CharField(label=_("Họ và tên người giữ sổ ở Văn phòng"), max_length=80)
    username = forms.SlugField(
        label=_("Tên đăng nhập"), max_length=60, min_length=3, help_text=_("Chữ không dấu và số, ví dụ vanphong"),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )  # fmt: skip
    password = forms.CharField(
        label=_("Mật khẩu"), strip=False, help_text=_("Ít nhất 10 ký tự; một câu ngắn dễ nhớ là tốt."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    again = forms.CharField(
        label=_("Gõ lại mật khẩu"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = EMPTY

    def clean(self) -> dict[str, Any]:
        typed = dict(super().clean() or {})
        again = typed.pop("again", None)
        if again is not None and typed.get("password") != again:
            self.add_error("again", _("Hai lần gõ không giống nhau; hãy gõ lại."))
        return typed
