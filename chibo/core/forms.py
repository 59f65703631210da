"""What every form shares: how it looks, dates as people type them, and what makes saving safe."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.vietnamese import fold


class Renderer(DjangoTemplates):
    """Every form of the house looks as ``core/form.html`` and ``core/field.html`` say."""

    form_template_name = "core/form.html"
    field_template_name = "core/field.html"


class Segments(forms.RadioSelect):
    """A few answers side by side, each a target for the thumb: for two to five short words."""

    option_template_name = "django/forms/widgets/radio_option.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"class": "segments", **(attrs or {})}, choices)


# ----------------------------------------------------------------------------------------------- dates

_WORDS = {"hom nay": 0, "hom qua": -1, "hom kia": -2, "ngay mai": 1}
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})\s*[/.\- ]\s*(\d{2,4})")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BARE = re.compile(r"(\d{2})(\d{2})(\d{4})")


def read_date(text: str, today: date) -> date:
    """A date as people type it: ``3/2/2026``, ``03-02-2026``, ``3.2.2026``, ``03022026``, ``2026-02-03``, "hôm nay".

    ``ValidationError`` says what could not be read. A year of two digits is refused: 56 is a birth year and a plan.
    """
    plain = fold(text)
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    if found := _YEAR_FIRST.fullmatch(plain):
        year, month, day = map(int, found.groups())
    elif found := _DAY_FIRST.fullmatch(plain) or _BARE.fullmatch(plain):
        day, month, year = map(int, found.groups())
        if len(found[3]) < 4:
            raise ValidationError(_("Ghi đủ bốn chữ số của năm, ví dụ 3/2/2026."), code="year")
    else:
        raise ValidationError(
            _("Chưa đọc được ngày “%(text)s”. Ghi như 3/2/2026 hoặc “hôm nay”."),
            code="invalid",
            params={"text": text},
        )
    try:
        return date(year, month, day)
    except ValueError:
        raise ValidationError(
            _("Không có ngày %(day)s tháng %(month)s năm %(year)s."),
            code="invalid",
            params={"day": day, "month": month, "year": year},
        ) from None


def write_date(day: date) -> str:
    """3 February 2026 is written 03/02/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


class DateText(forms.TextInput):
    """A date typed as text, with a button that fills in today where scripts run."""

    template_name = "core/date.html"

    def __init__(self, attrs: Mapping[str, Any] | None = None) -> None:
        base = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "3/2/2026", "class": "date"}
        super().__init__({**base, **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
        return write_date(value) if isinstance(value, date) else value or None


class VietnameseDateField(forms.Field):
    """A day, typed as ``3/2/2026``, ``03-02-2026``, ``03022026``, ISO, "hôm nay" or "hôm qua"; see ``read_date``."""

    widget = DateText

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else read_date(str(value), timezone.localdate())

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


class Ahead(DateText):
    """A date that lies ahead: nobody sets today."""

    template_name = "django/forms/widgets/input.html"


class DeadlineField(VietnameseDateField):
    """The day by which something is due."""

    widget = Ahead


def typed_rows(data: Mapping[str, Any], prefix: str, names: Iterable[str], most: int) -> list[dict[str, Any]]:
    """What was typed into a form of rows (``item-0-title`` …; ``count`` says how many), row by row, as it was typed."""
    text, names = str(data.get("count") or "0"), list(names)
    count = min(int(text), most) if text.isdecimal() and len(text) < 4 else 0
    return [{name: data.get(f"{prefix}-{n}-{name}", "") for name in names} for n in range(count)]


# -------------------------------------------------------------------------------------- saving safely


EMPTY = gettext_lazy("Mục này còn trống.")


def _token() -> str:
    return uuid4().hex


class LineForm(forms.Form):
    """One line of a grid that several people may fill at once; ``seen`` is the version of the line they looked at."""

    seen = forms.IntegerField(required=False)

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else changed the line since the person looked."""
        return self.is_bound and self.has_error("__all__", "conflict")

    def know(self, version: int) -> None:
        """The person knows of this version of the line: it is theirs, or they are told of it; the next saving is over it."""
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix("seen")] = str(version)  # type: ignore[index]


class VersionedForm(forms.Form):
    """A form that knows which version of the record it shows, and that it was sent only once.

    Its two hidden fields go on to the action by name; the gate understands ``seen_version`` and ``once``.
    Give it the ``record`` it edits, if there is one.
    """

    seen_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    once = forms.CharField(required=False, max_length=32, widget=forms.HiddenInput, initial=_token)

    version_field = "seen_version"
    """The field that goes on with the version there is after a conflict."""
    stored: Mapping[str, str]
    """After a conflict: what is stored now, by field, where it differs from what was typed."""

    def __init__(self, *args: Any, record: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stored = {}
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                is_file = isinstance(field, forms.FileField)
                field.error_messages["required"] = field.error_messages["missing"] if is_file else EMPTY
        if record is not None:
            self.initial.setdefault("seen_version", record.version)

    @property
    def is_conflict(self) -> bool:
        """Whether somebody else changed the record while this person was typing."""
        return self.is_bound and self.has_error("__all__", "conflict")

    def show_stored(self, record: Any, fields: Mapping[str, Any] | Iterable[str] = ()) -> None:
        """After a conflict: put what is stored now beside what was typed, and let the next saving succeed.

        ``fields`` maps field names to what is stored, or names attributes of ``record``; without it every field of
        the form that the record has. Does nothing where there is no conflict, so a view may always call it.
        """
        if not self.is_conflict:
            return
        names = fields or [name for name in self.fields if hasattr(record, name)]
        values = names if isinstance(names, Mapping) else {name: getattr(record, name) for name in names}
        self.stored = {
            name: self._words_of(name, value)
            for name, value in values.items()
            if name in self.fields and self.fields[name].has_changed(value, self[name].data)
        }
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix(self.version_field)] = str(record.version)  # type: ignore[index]

    def _words_of(self, name: str, value: Any) -> str:
        """How a stored value reads: the word of a choice, a date written out, "trống" for nothing."""
        field = self.fields[name]
        if isinstance(field, forms.ModelMultipleChoiceField):
            return ", ".join(map(str, value)) or _("(trống)")
        if isinstance(field, forms.ModelChoiceField):
            return str(value) if value else _("(trống)")
        if isinstance(field, forms.ChoiceField):
            words = {
                str(code): str(word) for code, word in field.widget.choices if not isinstance(word, (list, tuple))
            }
            return words.get(str(value), str(value)) or _("(trống)")
        if isinstance(value, bool):
            return _("Có") if value else _("Không")
        if isinstance(value, date):
            return write_date(value)
        return str(value) if value not in (None, "") else _("(trống)")
