"""What people type about inspections."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.inspections.rules import InspectionForm, Role, Source
from chibo.inspections.rules.flows import PieceKind
from chibo.inspections.rules.outlines import OUTLINE_NAMES
from chibo.inspections.selectors import bodies_of, candidates_for_team, is_cell, units_to_inspect
from chibo.inspections.selectors.programmes import open_lines
from chibo.members.selectors import members_of_cell
from chibo.papers.selectors.register import papers_in

SECRET_HELP = gettext_lazy("Không nhập nội dung từ mức “Mật”.")


def _text(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _day(label: Any, **more: Any) -> VietnameseDateField:
    return VietnameseDateField(label=label, **more)


class DecideForm(VersionedForm):
    """A new inspection: in which form, whom, on what, over which time."""

    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=choices(InspectionForm))
    body = forms.ChoiceField(label=gettext_lazy("Chủ trì"), widget=Segments)
    content = _text(gettext_lazy("Nội dung"), 2, max_length=300, help_text=SECRET_HELP)
    units: Any = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Tổ chức đảng"), required=False, widget=forms.CheckboxSelectMultiple
    )
    members: Any = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Đảng viên"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Giữ Ctrl để chọn nhiều người."),
    )
    line: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Thực hiện chương trình năm"),
        required=False,
        empty_label=gettext_lazy("Ngoài chương trình"),
    )
    decided_on = _day(gettext_lazy("Ngày quyết định"), initial=localdate)
    begins_on = _day(gettext_lazy("Bắt đầu"))
    looked_first = _day(gettext_lazy("Thời gian được xem, từ ngày"), required=False)
    looked_last = _day(gettext_lazy("Đến hết ngày"), required=False)
    outline = forms.ChoiceField(
        label=gettext_lazy("Đề cương, tiêu chí có sẵn"),
        required=False,
        choices=[("", gettext_lazy("Tự soạn")), *OUTLINE_NAMES.items()],
    )
    source = forms.ChoiceField(
        label=gettext_lazy("Dấu hiệu vi phạm đến từ"),
        required=False,
        choices=[("", "–"), *choices(Source)],
        help_text=gettext_lazy("Chỉ ghi khi kiểm tra dấu hiệu vi phạm."),
    )
    bases: Any = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Căn cứ trong sổ văn bản"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    bases_text = _text(
        gettext_lazy("Căn cứ khác"), 3, required=False, help_text=gettext_lazy("Mỗi văn bản một dòng.")
    )
    cited = _text(
        gettext_lazy("Hoặc dán phần căn cứ của một văn bản"), 4, required=False, max_length=20_000,
        help_text=gettext_lazy("Bấm “Đối chiếu căn cứ”: văn bản có trong sổ được chọn sẵn, còn lại ghi vào Căn cứ khác. Đoạn này không được lưu."),
    )  # fmt: skip

    def __init__(self, *args: Any, unit: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies, today = bodies_of(unit), localdate()
        fields: Any = self.fields
        fields["body"].choices = choices(bodies)
        self.initial.setdefault("body", bodies[0].value)
        fields["bases"].queryset = papers_in(unit) | papers
        fields["members"].queryset = candidates_for_team(unit, today)
        fields["line"].queryset = open_lines(unit)
        fields["line"].label_from_instance = _line_words
        if is_cell(unit):
            del self.fields["units"]
        else:
            fields["units"].queryset = units_to_inspect(unit, today)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        clean.pop("cited", None)
        return {"units": [], **clean}


def _line_words(line: Any) -> str:
    return _("%(month)s/%(year)s: %(whom)s, %(form)s") % {
        "month": line.month, "year": line.programme.year, "whom": line, "form": line.get_form_display().lower(),
    }  # fmt: skip


def _with_cell(member: Any) -> str:
    return f"{member.full_name} ({member.unit.name})"


class TeamForm(VersionedForm):
    """The team: a head, a secretary, members."""

    head: Any = forms.ModelChoiceField(None, label=gettext_lazy("Trưởng đoàn"))
    deputy: Any = forms.ModelChoiceField(None, label=gettext_lazy("Phó trưởng đoàn"), required=False)
    secretary: Any = forms.ModelChoiceField(None, label=gettext_lazy("Thư ký"), required=False)
    members: Any = forms.ModelMultipleChoiceField(
        None,
        label=gettext_lazy("Thành viên"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Giữ Ctrl để chọn nhiều người."),
    )
    duties = _text(
        gettext_lazy("Phân công"),
        4,
        required=False,
        help_text=gettext_lazy("Mỗi dòng: tên: việc được giao. Ví dụ: Nguyễn Văn An: xem biên bản sinh hoạt."),
    )

    def __init__(self, *args: Any, unit: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = candidates_for_team(unit, day)
        for name in ("head", "deputy", "secretary", "members"):
            field: Any = self.fields[name]
            field.queryset, field.label_from_instance = people, _with_cell
            if name != "members":
                field.empty_label = _("Chưa chọn")

    def clean(self) -> dict[str, Any]:
        """As the action takes it: a role for each, and what each looks at."""
        clean = super().clean() or {}
        roles: dict[Any, str] = dict.fromkeys(clean.pop("members", None) or (), Role.MEMBER)
        for name, role in (("secretary", Role.SECRETARY), ("deputy", Role.DEPUTY), ("head", Role.HEAD)):
            one = clean.pop(name, None)
            if one is not None:
                roles[one] = role
        lines = (line.partition(":") for line in clean.pop("duties", "").splitlines())
        told = {name.strip(): work.strip() for name, _colon, work in lines}
        return {**clean, "roles": roles, "duties": {one: told.get(one.full_name, "")[:200] for one in roles}}


class OnForm(VersionedForm):
    """A day."""

    on = _day(gettext_lazy("Ngày"), initial=localdate)


class PlainForm(VersionedForm):
    """Nothing is typed."""


class ReasonForm(VersionedForm):
    """Why something is left out."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=200)


class ExtendForm(VersionedForm):
    """More days, why, and when it was decided: its decision takes a number on that day."""

    days = forms.IntegerField(label=gettext_lazy("Gia hạn thêm (ngày)"), min_value=1)
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=200)
    on = _day(gettext_lazy("Ngày quyết định gia hạn"), initial=localdate)


class ConcludeForm(VersionedForm):
    """The conclusion, and by when to report back."""

    conclusion = _text(gettext_lazy("Kết luận"), 8, help_text=SECRET_HELP)
    on = _day(gettext_lazy("Ngày kết luận"), initial=localdate)
    report_back_on = _day(gettext_lazy("Báo cáo kết quả khắc phục trước ngày"), required=False)


class PieceForm(VersionedForm):
    """The text of a paper; its head, number and signatures are put by the software."""

    text = _text(gettext_lazy("Nội dung"), 18, help_text=SECRET_HELP)
    on = _day(gettext_lazy("Ngày ban hành"), initial=localdate)


class BringForm(VersionedForm):
    """A file brought from elsewhere."""

    kind = forms.ChoiceField(label=gettext_lazy("Tài liệu"))
    subject = forms.ChoiceField(label=gettext_lazy("Của"), required=False)
    file = forms.FileField(label=gettext_lazy("Tệp PDF, Word hoặc ảnh"))
    on = _day(gettext_lazy("Ngày của tài liệu"), initial=localdate)

    def __init__(self, *args: Any, subjects: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.subjects = {str(one.pk): one for one in subjects}
        fields: Any = self.fields
        fields["kind"].choices = choices([kind for kind in PieceKind if kind is not PieceKind.INDEX])
        fields["subject"].choices = [
            ("", _("Chung cả cuộc")),
            *((pk, str(one)) for pk, one in self.subjects.items()),
        ]

    def clean_subject(self) -> Any:
        return self.subjects.get(self.cleaned_data["subject"])


class LineForm(VersionedForm):
    """One line of the yearly programme."""

    inspected: Any = forms.ModelChoiceField(None, label=gettext_lazy("Tổ chức đảng"), required=False)
    member: Any = forms.ModelChoiceField(None, label=gettext_lazy("Hoặc đảng viên"), required=False)
    form = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=choices(InspectionForm))
    content = _text(gettext_lazy("Nội dung"), 2, max_length=300)
    month = forms.TypedChoiceField(
        label=gettext_lazy("Tháng"), coerce=int, choices=[(n, str(n)) for n in range(1, 13)]
    )
    looked_first = _day(gettext_lazy("Thời gian được xem, từ ngày"), required=False)
    looked_last = _day(gettext_lazy("Đến hết ngày"), required=False)
    charged = forms.CharField(label=gettext_lazy("Người phụ trách"), max_length=120, required=False)

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["member"].queryset = candidates_for_team(unit, localdate())
        if is_cell(unit):
            del self.fields["inspected"]
        else:
            fields["inspected"].queryset = units_to_inspect(unit, localdate())

    def clean(self) -> dict[str, Any]:
        return {"inspected": None, **(super().clean() or {})}


def _months() -> list[tuple[Any, str]]:
    return [(0, _("Thôi tiến hành")), *((n, _("Tháng %(month)s") % {"month": n}) for n in range(1, 13))]


class AdjustForm(VersionedForm):
    """An adopted line goes to another month, or is left out; why."""

    month = forms.TypedChoiceField(label=gettext_lazy("Tiến hành vào"), coerce=int, choices=_months)
    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=200)

    def clean_month(self) -> int | None:
        return self.cleaned_data["month"] or None


class VisitForm(VersionedForm):
    """Who goes where on which day."""

    subject = forms.ChoiceField(label=gettext_lazy("Chi bộ"))
    visitor = forms.ChoiceField(label=gettext_lazy("Thành viên"))
    day = _day(gettext_lazy("Ngày"))

    def __init__(self, *args: Any, subjects: Any, team: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {"subject": {str(s.pk): s for s in subjects}, "visitor": {str(t.pk): t for t in team}}
        for name, rows in self.known.items():
            field: Any = self.fields[name]
            field.choices = [(pk, str(one)) for pk, one in rows.items()]

    def clean_subject(self) -> Any:
        return self.known["subject"][self.cleaned_data["subject"]]

    def clean_visitor(self) -> Any:
        return self.known["visitor"][self.cleaned_data["visitor"]]


class AttendedForm(VersionedForm):
    """Which meeting was attended."""

    meeting: Any = forms.ModelChoiceField(None, label=gettext_lazy("Buổi sinh hoạt đã dự"))

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset = meetings


def people_of(unit: Any) -> Any:
    """The members of a cell today; of an organisation above, nobody: it mends as a body."""
    return members_of_cell(unit.pk, localdate())
