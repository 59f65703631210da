"""What the office types of a campaign and of its suggestions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import DeadlineField, Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.papers.selectors.register import papers_of_unit
from chibo.plans.rules import FormTitle
from chibo.plans.rules.planning import DEFAULT_SECTIONS, SuggestedItem
from chibo.programmes.selectors import programmes_of, themes_for

_LINE = re.compile(r"\s*(\d)\s*[.)\-–:]\s*(.+)")


class SectionsField(forms.CharField):
    """The sections of the form, one a line: "1. Về tư tưởng chính trị"."""

    widget = forms.Textarea(attrs={"rows": 8})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else "\n".join(f"{c}. {_(t)}" for c, t in value)

    def clean(self, value: Any) -> Any:
        sections: list[tuple[str, str]] = []
        for line in str(super().clean(value)).splitlines():
            if not line.strip():
                continue
            found = _LINE.fullmatch(line)
            if found is None:
                raise ValidationError(
                    _("Dòng “%(line)s” phải bắt đầu bằng số của mục, ví dụ “1. Về tư tưởng chính trị”.")
                    % {"line": line}
                )
            sections.append((found[1], found[2].strip()))
        return sections


class CampaignForm(VersionedForm):
    """What a campaign rests on, its days and its form."""

    programme: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chương trình"))
    theme: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chuyên đề năm"), required=False)
    guidance: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Văn bản hướng dẫn"), required=False,
        help_text=gettext_lazy("Chọn trong sổ văn bản của đảng ủy."),
    )  # fmt: skip
    year = forms.IntegerField(label=gettext_lazy("Năm"), min_value=2000, max_value=2100)
    opened_on = VietnameseDateField(label=gettext_lazy("Ngày phát động"))
    deadline = DeadlineField(label=gettext_lazy("Hạn đăng ký"))
    form_title = forms.ChoiceField(label=gettext_lazy("Tên mẫu"), choices=choices(FormTitle), widget=Segments)
    sections = SectionsField(
        label=gettext_lazy("Các mục của mẫu"), help_text=gettext_lazy("Mỗi dòng một mục, bắt đầu bằng số của mục.")
    )

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {"programme": programmes_of(unit), "theme": themes_for(unit), "guidance": papers_of_unit(unit)}
        for name, queryset in offered.items():
            field: Any = self.fields[name]
            field.queryset, field.empty_label = queryset, _("Chưa chọn")
        field = self.fields["theme"]
        field.label_from_instance = lambda theme: f"{theme.year}: {theme}"
        self.initial.setdefault("programme", offered["programme"].first())
        self.initial.setdefault("sections", DEFAULT_SECTIONS)
        self.initial.setdefault("form_title", FormTitle.PLAN)


class AmendCampaignForm(CampaignForm):
    """The same without the year, which is what the campaign is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["year"]


class SuggestionRow(forms.Form):
    """One suggested item; an empty statement takes the row away."""

    section = forms.ChoiceField(label=gettext_lazy("Mục"))
    statement = forms.CharField(
        label=gettext_lazy("Nội dung gợi ý"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    measure = forms.CharField(label=gettext_lazy("Chỉ tiêu, cách đo"), max_length=200, required=False)
    on_theme = forms.BooleanField(label=gettext_lazy("Theo chuyên đề"), required=False)

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["section"]
        field.choices = [(code, f"{code}. {title}") for code, title in sections]


class SuggestionsForm(VersionedForm):
    """What is suggested to one group: the rows there are, and a few empty ones."""

    EMPTY_ROWS = 4
    count = forms.IntegerField(widget=forms.HiddenInput, required=False, max_value=60)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sections: Sequence[tuple[str, str]],
        stored: Iterable[Any] = (),
        record: Any = None,
    ) -> None:
        super().__init__(data, record=record)
        given = [vars(one) for one in stored] + [{"section": sections[0][0]}] * self.EMPTY_ROWS
        size = (
            min(int(data.get("count") or 0), 60)
            if data is not None and str(data.get("count") or "0").isdecimal()
            else len(given)
        )
        self.initial["count"] = size
        self.rows = [
            SuggestionRow(data, prefix=f"row-{n}", sections=sections, initial=given[n] if data is None else None)
            for n in range(size)
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("count", None)
        if [row for row in self.rows if not row.is_valid()]:
            raise ValidationError(_("Còn dòng chưa đúng; xem ghi chú ở dòng ấy."))
        cleaned["items"] = [
            SuggestedItem(**row.cleaned_data) for row in self.rows if row.cleaned_data["statement"].strip()
        ]
        return cleaned
