"""What the inspected declare, and what the team looks at and finds."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import DeadlineField, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.inspections.forms import SECRET_HELP, people_of
from chibo.inspections.rules import FindingKind, Result
from chibo.inspections.selectors.answers import figure_choices


class SelfReportForm(VersionedForm):
    """Every item of the outline: what is declared, and why it differs where it does."""

    def __init__(self, *args: Any, lines: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        for line in lines:
            rows = 5 if line.is_long else 1
            self.fields[f"declared-{line.item.pk}"] = forms.CharField(
                label=line.item.title, required=False, widget=forms.Textarea(attrs={"rows": rows}), initial=line.declared
            )  # fmt: skip
            self.fields[f"explanation-{line.item.pk}"] = forms.CharField(
                label=_("Giải thích chỗ khác"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
                initial=line.explanation,
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        answers = {
            line.item.pk: (
                clean.pop(f"declared-{line.item.pk}", ""),
                clean.pop(f"explanation-{line.item.pk}", ""),
            )
            for line in self.lines
        }
        return {**clean, "answers": answers}

    def stored_answers(self) -> dict[str, str]:
        """What the report says now, by field."""
        said = {f"declared-{line.item.pk}": line.declared for line in self.lines}
        return {**said, **{f"explanation-{line.item.pk}": line.explanation for line in self.lines}}

    def rows(self) -> list[tuple[Any, Any, Any]]:
        """(line, field of what is declared, field of the explanation), as the page lays them out."""
        return [(line, self[f"declared-{line.item.pk}"], self[f"explanation-{line.item.pk}"]) for line in self.lines]


class MarkForm(VersionedForm):
    """How one criterion was found; ``seen`` is the version of the mark that stood there."""

    version_field = "seen"
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    result = forms.ChoiceField(
        label=gettext_lazy("Kết quả"), required=False, choices=[("", gettext_lazy("Chưa chọn")), *choices(Result)]
    )
    note = forms.CharField(label=gettext_lazy("Ghi chú"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    link = forms.CharField(label=gettext_lazy("Trang làm căn cứ"), required=False, max_length=200)


class PhotoForm(VersionedForm):
    """A picture."""

    photo = forms.FileField(label=gettext_lazy("Ảnh JPG hoặc PNG"))


class FindingForm(VersionedForm):
    """What was found; with a shortcoming, who mends it and by when."""

    kind = forms.ChoiceField(label=gettext_lazy("Loại"), choices=choices(FindingKind))
    criterion: Any = forms.ModelChoiceField(None, label=gettext_lazy("Tiêu chí"), required=False)
    text = forms.CharField(
        label=gettext_lazy("Nhận thấy"), widget=forms.Textarea(attrs={"rows": 3}), help_text=SECRET_HELP
    )
    figure = forms.ChoiceField(
        label=gettext_lazy("Đối chiếu với số liệu"),
        required=False,
        help_text=gettext_lazy("Chọn khi nhận xét có nêu phần trăm."),
    )
    remedy = forms.CharField(label=gettext_lazy("Biện pháp khắc phục"), max_length=300, required=False)
    owner = forms.ChoiceField(label=gettext_lazy("Ai khắc phục"), required=False)
    due_on = DeadlineField(label=gettext_lazy("Hạn khắc phục"), required=False)

    def __init__(self, *args: Any, subject: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subject = subject
        fields: Any = self.fields
        fields["criterion"].queryset = subject.inspection.criteria.all()
        fields["criterion"].empty_label = _("Không theo tiêu chí nào")
        fields["figure"].choices = [("", "–"), *figure_choices()]
        self.people = {f"m{one.pk}": one for one in people_of(subject.unit)}
        fields["owner"].choices = [
            ("", _("Chưa chọn")),
            ("unit", subject.unit.name),
            *((code, one.full_name) for code, one in self.people.items()),
        ]
        if subject.inspection.form == "survey":
            for name in ("remedy", "owner", "due_on"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        code = clean.pop("owner", "")
        unit = self.subject.unit if code == "unit" else None
        return {**clean, "owner": self.people.get(code), "owner_unit": unit}


class VerifiedForm(VersionedForm):
    """What was seen of the remedy."""

    note = forms.CharField(label=gettext_lazy("Đã xem gì để xác nhận"), max_length=300)
    on = VietnameseDateField(label=gettext_lazy("Ngày"), initial=localdate)
