"""What people type about one review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import EMPTY, DeadlineField, Segments, VersionedForm, VietnameseDateField
from chibo.core.values import Period
from chibo.core.words import choices
from chibo.reviews.rules import Level, Source, Subject
from chibo.reviews.selectors import all_manifestations, guidances_of, rules_of
from chibo.reviews.selectors.facts import NUMBERS, criteria_of, facts_of, formula_for, marks_of, work_of

QUARTERS = [("", gettext_lazy("Cả năm")), ("1", "I"), ("2", "II"), ("3", "III"), ("4", "IV")]
TEXTS = {
    "results": gettext_lazy("Kết quả thực hiện theo các tiêu chí"),
    "shortcomings": gettext_lazy("Hạn chế, khuyết điểm"),
    "causes": gettext_lazy("Nguyên nhân"),
    "explanations": gettext_lazy("Giải trình những vấn đề được gợi ý"),
    "responsibility": gettext_lazy("Trách nhiệm của cá nhân, tập thể"),
    "direction": gettext_lazy("Phương hướng, biện pháp khắc phục và thời hạn"),
}
"""The contents of the report, in the order of the form (HD 43-HD/BTCTW; rulebook §5.5)."""


def _text(label: Any, rows: int = 4, *, required: bool = True, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=widget, required=required, max_length=20_000, **more)


class OpenForm(VersionedForm):
    """A round: of which year or quarter, on which day the register is looked at, until when."""

    year = forms.IntegerField(label=gettext_lazy("Năm kiểm điểm"), min_value=2000, max_value=2100)
    quarter = forms.ChoiceField(label=gettext_lazy("Kỳ"), choices=QUARTERS, required=False, widget=Segments)
    opened_on = VietnameseDateField(label=gettext_lazy("Ngày mở đợt"), initial=localdate)
    as_of = VietnameseDateField(
        label=gettext_lazy("Lấy danh sách đảng viên tính đến ngày"),
        initial=localdate,
        help_text=gettext_lazy("Ai được miễn, bị đình chỉ hoặc chưa đủ thời gian vào ngày này thì không kiểm điểm."),
    )
    cell_deadline = DeadlineField(label=gettext_lazy("Hạn của chi bộ"))
    deadline = DeadlineField(label=gettext_lazy("Hạn quyết định xếp loại"))
    guidance: Any = forms.ModelChoiceField(None, label=gettext_lazy("Hướng dẫn"), required=False)

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        guidance: Any = self.fields["guidance"]
        guidance.queryset, guidance.empty_label = guidances_of(unit), _("Không")

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        year, quarter = clean.pop("year", None), clean.pop("quarter", "")
        if year:
            period = Period.parse(f"{year}-q{quarter}" if quarter else f"{year}")
            clean |= {"first": period.first, "last": period.last}
        return clean


class WriteForm(VersionedForm):
    """The self-review: six texts, each criterion judged by oneself, one of four levels. A draft may lack any of them."""

    use_required_attribute = False

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        for name, label in TEXTS.items():
            self.fields[name] = _text(label, 6 if name == "results" else 4, required=False)
            self.initial.setdefault(name, getattr(record, name))
        self.criteria = criteria_of(record)
        words = choices(marks_of(record))
        for line in self.criteria:
            self.fields[f"own-{line.code}"] = forms.ChoiceField(
                label=line.text, choices=words, required=False, widget=Segments, initial=line.own
            )
        self.fields["own_level"] = forms.ChoiceField(
            label=gettext_lazy("Tự xếp loại"), choices=choices(Level), required=False, widget=Segments,
            initial=record.own_level,
        )  # fmt: skip

        asked = ("results", "direction", "own_level", *(f"own-{line.code}" for line in self.criteria))
        for name in asked:
            self.fields[name].required = not self.is_bound or "send" in self.data
            self.fields[name].error_messages["required"] = EMPTY

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        own = {line.code: clean.pop(f"own-{line.code}", "") for line in self.criteria}
        texts = {name: clean.pop(name, "") for name in TEXTS}
        return {**clean, "texts": texts, "own": own}


class CheckForm(VersionedForm):
    """The self-check: what one sees in oneself of the 27, and how one mends it; empty means: not seen."""

    def __init__(self, *args: Any, record: Any, entries: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.codes = []
        for manifestation in all_manifestations():
            self.codes.append(manifestation.code)
            self.fields[f"m-{manifestation.code}"] = _text(
                str(manifestation), 2, required=False, initial=entries.get(manifestation.code, "")
            )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        entries = {code: clean.pop(f"m-{code}", "") for code in self.codes}
        return {**clean, "entries": {code: text for code, text in entries.items() if text.strip()}}


class CommentForm(VersionedForm):
    """What somebody says to a review."""

    source = forms.ChoiceField(label=gettext_lazy("Nguồn"), choices=choices(Source), widget=Segments)
    giver = forms.CharField(label=gettext_lazy("Người, tổ chức góp ý"), max_length=120, required=False)
    text = _text(gettext_lazy("Nội dung góp ý"))
    given_on = VietnameseDateField(label=gettext_lazy("Ngày"), initial=localdate)


class SuggestForm(VersionedForm):
    """What the level above asks to be explained."""

    suggestion = _text(gettext_lazy("Vấn đề cần kiểm điểm, giải trình"))
    suggested_on = VietnameseDateField(label=gettext_lazy("Ngày gợi ý"), initial=localdate)


class AnswerForm(VersionedForm):
    """What the rated says."""

    answer = _text(gettext_lazy("Ý kiến của đồng chí về kết quả xếp loại"))
    answered_on = VietnameseDateField(label=gettext_lazy("Ngày"), initial=localdate)


class UndertakeForm(VersionedForm):
    """A commitment: what is mended, by which deed, until when, how measured."""

    shortcoming = forms.CharField(label=gettext_lazy("Khuyết điểm phải khắc phục"), max_length=300)
    title = forms.CharField(
        label=gettext_lazy("Việc cam kết làm"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Việc cụ thể: làm gì, ở đâu, cho ai, bao nhiêu."),
    )  # fmt: skip
    measure = forms.CharField(label=gettext_lazy("Đo kết quả bằng gì"), max_length=200)
    due_on = DeadlineField(label=gettext_lazy("Thời hạn"))
    made_on = VietnameseDateField(label=gettext_lazy("Ngày cam kết"), initial=localdate)


class JudgeForm(VersionedForm):
    """How the cell judged each criterion, and on what; the numbers proposed come from the tasks on record."""

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        self.criteria, words = criteria_of(record), choices(marks_of(record))
        for line in self.criteria:
            self.fields[f"judged-{line.code}"] = forms.ChoiceField(
                label=line.text, choices=words, required=False, widget=Segments, initial=line.judged or line.own
            )
            self.fields[f"ground-{line.code}"] = forms.CharField(
                label=gettext_lazy("Căn cứ"), max_length=300, required=False, initial=line.ground
            )
        work = work_of(record, facts_of(record))
        asked = formula_for(record).asks if rules_of(record.round).by_points else ()
        self.numbers = tuple(name for name in NUMBERS if name in asked or name in NUMBERS[:4])
        for name in self.numbers:
            self.fields[name] = forms.IntegerField(
                label=record._meta.get_field(name).verbose_name.capitalize(), min_value=0, max_value=9999,
                required=False, initial=work[name],
            )  # fmt: skip
        for name in ("disciplined", "degraded", "remedied"):
            self.fields[name] = forms.BooleanField(
                label=record._meta.get_field(name).verbose_name.capitalize(),
                required=False,
                initial=getattr(record, name),
            )
        if record.subject == Subject.MEMBER:
            self.fields["civil_level"] = forms.ChoiceField(
                label=gettext_lazy("Xếp loại cán bộ, công chức, nếu có"), required=False, initial=record.civil_level,
                choices=[("", gettext_lazy("Không thuộc diện")), *choices(Level)],
            )  # fmt: skip
            self.fields["led_meet"] = forms.NullBooleanField(
                label=gettext_lazy("Đơn vị phụ trách đạt cùng mức"), required=False, initial=record.led_meet
            )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        judged = {line.code: clean.pop(f"judged-{line.code}", "") for line in self.criteria}
        grounds = {line.code: clean.pop(f"ground-{line.code}", "") for line in self.criteria}
        numbers = {name: clean.get(name) or 0 for name in self.numbers}
        return {**clean, **numbers, "judged": judged, "grounds": grounds}


def usual_days(year: int) -> dict[str, date]:
    """The days that a yearly round is proposed with: cells by the end of the year, the decision in mid-January."""
    return {"cell_deadline": date(year, 12, 31), "deadline": date(year + 1, 1, 15)}
