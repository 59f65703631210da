"""What people type of a plan: its items, the committee's word, the year's result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import DeadlineField, Segments, VersionedForm, VietnameseDateField, typed_rows
from chibo.core.words import choices
from chibo.plans.rules import ResultLevel
from chibo.plans.rules.planning import Item

MOST_ROWS = 60
"""Items that one plan may hold on the page."""


class BeginForm(VersionedForm):
    """Begin a plan: empty, or as a copy of last year's."""

    copy = forms.BooleanField(required=False, widget=forms.HiddenInput)


class RegisterForm(VersionedForm):
    """Register a plan; whoever enters it for a member says when it was handed in."""

    registered_on = VietnameseDateField(label=gettext_lazy("Ngày đảng viên nộp kế hoạch"))

    def __init__(self, *args: Any, own: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if own:
            self.fields["registered_on"].widget = forms.HiddenInput()


class JudgeForm(VersionedForm):
    """The committee's word on a registered plan; ``step`` says what it leads to."""

    comment = forms.CharField(
        label=gettext_lazy("Ý kiến của chi ủy"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Khi trả lại, ghi rõ cần bổ sung, sửa chỗ nào."),
    )  # fmt: skip


class ConcludeForm(VersionedForm):
    """The year's result."""

    result = forms.ChoiceField(
        label=gettext_lazy("Kết quả thực hiện cả năm"), choices=choices(ResultLevel), widget=Segments
    )
    comment = forms.CharField(
        label=gettext_lazy("Nhận xét"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    concluded_on = VietnameseDateField(label=gettext_lazy("Ngày đánh giá"))


class ConcludeCellForm(VersionedForm):
    """The year's result of a whole cell on one page: under each plan its result, and a comment where one is called for."""

    concluded_on = VietnameseDateField(label=gettext_lazy("Ngày đánh giá"))

    def __init__(self, *args: Any, plans: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = plans
        words = [(word.value, gettext_lazy(word.label)) for word in ResultLevel]
        for plan in plans:
            self.fields[f"result_{plan.pk}"] = forms.ChoiceField(
                label=_("Kết quả cả năm"), choices=words, required=False, widget=Segments
            )
            self.fields[f"comment_{plan.pk}"] = forms.CharField(
                label=_("Nhận xét"), required=False, widget=forms.Textarea(attrs={"rows": 1})
            )

    @property
    def lines(self) -> list[tuple[Any, Any, Any]]:
        return [(plan, self[f"result_{plan.pk}"], self[f"comment_{plan.pk}"]) for plan in self.plans]

    def clean(self) -> dict[str, Any]:
        """``results`` of those for whom one was chosen; the rest waits."""
        cleaned = super().clean() or self.cleaned_data
        results = {}
        for plan in self.plans:
            result, comment = (cleaned.pop(f"{name}_{plan.pk}", "") for name in ("result", "comment"))
            if result:
                results[plan] = (result, comment)
            elif comment.strip():
                self.add_error(f"result_{plan.pk}", _("Hãy chọn kết quả thực hiện cả năm."))
        if not results and not self.errors:
            raise ValidationError(_("Hãy chọn kết quả cho ít nhất một đồng chí."))
        return {**cleaned, "results": results}


class SeveralForm(VersionedForm):
    """Some of a list: the ticked plans, or the members whose plans are begun."""

    chosen: Any = forms.ModelMultipleChoiceField(None)

    def __init__(self, *args: Any, queryset: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields.pop("chosen")
        field.queryset = queryset
        field.error_messages["required"] = _("Hãy đánh dấu ít nhất một dòng.")
        self.fields[name] = field


class DraftForm(SeveralForm):
    """The members whose plans are begun, each empty or as a copy of their plan of the year before."""

    copied = forms.BooleanField(required=False)


class ItemRow(forms.Form):
    """One item of the plan in its section; without a statement it does not count."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    section = forms.CharField(max_length=1, widget=forms.HiddenInput)
    statement = forms.CharField(
        label=gettext_lazy("Nội dung phấn đấu"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    measure = forms.CharField(
        label=gettext_lazy("Chỉ tiêu, cách đo"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Ví dụ: 12 buổi")}),
    )  # fmt: skip
    deadline = DeadlineField(label=gettext_lazy("Thời hạn"), required=False)
    on_theme = forms.BooleanField(label=gettext_lazy("Theo chuyên đề của năm"), required=False)
    manifestation = forms.CharField(
        label=gettext_lazy("Biểu hiện cần phòng ngừa, khắc phục"), required=False, max_length=3,
        widget=forms.TextInput(attrs={"list": "manifestations", "class": "short", "autocomplete": "off", "placeholder": "A1 – C9"}),
    )  # fmt: skip

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in the row yet: it is shown folded."""
        return (
            not self.errors
            and not self["statement"].value()
            and "data-focus" not in self.fields["statement"].widget.attrs
        )

    def clean_manifestation(self) -> str:
        return str(self.cleaned_data["manifestation"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("statement", "").strip() and (cleaned.get("measure") or cleaned.get("deadline")):
            self.add_error("statement", _("Chưa ghi nội dung phấn đấu."))
        return cleaned


@dataclass(frozen=True)
class SectionRows:
    """A section of the form with the rows that stand in it."""

    code: str
    title: str
    rows: list[ItemRow]


class PlanForm(VersionedForm):
    """The whole plan on one page, as on paper: under each section its items and an empty row.

    ``stored`` are the items there are; ``add`` is a row to add to what was typed (``{"section": "3"}``), which is
    then shown again and not yet saved.
    """

    count = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        sections: Sequence[tuple[str, str]],
        stored: Iterable[Any] = (),
        record: Any = None,
        add: Mapping[str, Any] | None = None,
    ) -> None:
        typed: list[Mapping[str, Any]] = []
        if data is not None:
            typed += typed_rows(data, "item", ItemRow.base_fields, MOST_ROWS)
        rows: list[Mapping[str, Any]]
        if add is not None and data is not None:
            super().__init__(
                initial={"seen_version": data.get("seen_version"), "once": data.get("once")}, record=record
            )
            rows, data = [*typed, add], None
        else:
            super().__init__(data, record=record)
            rows = (
                typed
                if data is not None
                else [*map(_stored_row, stored), *({"section": c} for c, _title in sections)]
            )
        self.initial["count"] = len(rows)
        self.rows = [
            ItemRow(data, prefix=f"item-{n}", initial=dict(row), use_required_attribute=False)
            for n, row in enumerate(rows[:MOST_ROWS])
        ]
        if add is not None and self.rows:
            self.rows[-1].fields["statement"].widget.attrs["data-focus"] = True
        self.sections = [
            SectionRows(code, title, [row for row in self.rows if str(row["section"].value()) == code])
            for code, title in sections
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        cleaned.pop("count", None)
        if [row for row in self.rows if not row.is_valid()]:
            raise ValidationError(_("Còn nội dung chưa đúng:"))
        cleaned["items"] = [Item(**row.cleaned_data) for row in self.rows if row.cleaned_data["statement"].strip()]
        return cleaned


def _stored_row(item: Any) -> dict[str, Any]:
    return {
        "pk": item.pk,
        "section": item.section,
        "statement": item.statement,
        "measure": item.measure,
        "deadline": item.deadline,
        "on_theme": item.on_theme,
        "manifestation": item.manifestation_id or "",
    }
