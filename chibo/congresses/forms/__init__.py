"""What people type about congresses: field names are the actions' keyword names."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.congresses.rules import Occasion, Office, Source, Withdrawal
from chibo.congresses.rules.dossier import WRITTEN
from chibo.congresses.rules.scanning import rows_of
from chibo.congresses.selectors import cells_of, elected_in, electors_of, people_in_charge, planned_in, plans_of
from chibo.core.forms import Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.meetings.forms import HOURS


def _hour(label: Any, *, required: bool = False) -> forms.TimeField:
    widget = forms.TimeInput({"class": "short", "inputmode": "numeric", "placeholder": "8:00"}, format="%H:%M")
    return forms.TimeField(label=label, required=required, input_formats=HOURS, widget=widget)


def _text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _number(label: Any, *, least: int = 0, **more: Any) -> forms.IntegerField:
    widget = forms.NumberInput({"class": "short", "inputmode": "numeric"})
    return forms.IntegerField(label=label, min_value=least, max_value=10_000, widget=widget, **more)


def _day(label: Any, **more: Any) -> VietnameseDateField:
    return VietnameseDateField(label=label, **more)


# ----------------------------------------------------------------------------------------------- the round


class RoundForm(VersionedForm):
    """A new round of congresses."""

    occasion = forms.ChoiceField(
        label=gettext_lazy("Dịp"), choices=choices(Occasion), widget=Segments, initial="congress", required=False
    )
    name = forms.CharField(label=gettext_lazy("Tên đợt đại hội"), max_length=160)
    term = forms.CharField(label=gettext_lazy("Nhiệm kỳ mới"), max_length=20)
    past_term = forms.CharField(label=gettext_lazy("Nhiệm kỳ trước"), max_length=20, required=False)
    past_term_ends = _day(gettext_lazy("Nhiệm kỳ trước kết thúc ngày"), required=False)
    first_on = _day(gettext_lazy("Các chi bộ đại hội từ ngày"))
    last_on = _day(gettext_lazy("Đến hết ngày"))

    plan: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Kế hoạch của đảng ủy (văn bản trong sổ)"), required=False
    )

    def __init__(self, *args: Any, ward: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["plan"]
        field.queryset, field.empty_label = plans_of(ward), _("Chưa có")

    def clean_occasion(self) -> str:
        return self.cleaned_data["occasion"] or Occasion.CONGRESS


class AmendForm(RoundForm):
    """Other days of a round, or its plan; what it is for stays."""

    occasion = None  # type: ignore[assignment]


class LessonsForm(VersionedForm):
    """What the pilot taught."""

    lessons = _text(gettext_lazy("Rút kinh nghiệm sau đại hội điểm"), 4)
    lessons_on = _day(gettext_lazy("Ngày họp rút kinh nghiệm"))


class MoveForm(VersionedForm):
    """When and where a congress is held, and who of the ward's committee is in charge."""

    held_on = _day(gettext_lazy("Ngày đại hội"))
    starts_at = _hour(gettext_lazy("Bắt đầu lúc"))
    ends_at = _hour(gettext_lazy("Dự kiến xong lúc"))
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=160, required=False)
    in_charge: Any = forms.ModelChoiceField(None, label=gettext_lazy("Cấp ủy viên phụ trách"), required=False)

    def __init__(self, *args: Any, ward: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["in_charge"]
        field.queryset, field.empty_label = people_in_charge(ward, localdate()), _("Chưa chọn")


class ScheduleForm(MoveForm):
    """A cell's congress in the calendar."""

    cell: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chi bộ"), empty_label=None)
    is_pilot = forms.BooleanField(label=gettext_lazy("Đại hội điểm"), required=False)
    field_order = ("cell", "held_on", "starts_at", "ends_at", "place", "in_charge", "is_pilot")

    def __init__(self, *args: Any, round_: Any, **kwargs: Any) -> None:
        super().__init__(*args, ward=round_.unit, **kwargs)
        planned = planned_in(round_).values("unit_id")
        field: Any = self.fields["cell"]
        field.queryset = cells_of(round_).exclude(pk__in=planned)


# --------------------------------------------------------------------------------------------- preparation


class TickForm(VersionedForm):
    """A line of the checklist is done; with no day it is not."""

    done_on = _day(gettext_lazy("Xong ngày"), required=False)
    note = forms.CharField(label=gettext_lazy("Ghi chú"), max_length=200, required=False)


class OwnerForm(VersionedForm):
    owner_name = forms.CharField(label=gettext_lazy("Người phụ trách"), max_length=120)
    due_on = _day(gettext_lazy("Hạn"))


class SchemeForm(VersionedForm):
    """The personnel scheme."""

    seats = _number(gettext_lazy("Số lượng cấp ủy"), least=1)
    women = _number(gettext_lazy("Nữ ít nhất"), initial=0)
    young = _number(gettext_lazy("Trẻ (dưới 40 tuổi) ít nhất"), initial=0)
    reelected = _number(gettext_lazy("Tái cử ít nhất"), initial=0)
    delegates = _number(gettext_lazy("Đại biểu dự đại hội cấp trên (đảng ủy phân bổ)"), initial=0, required=False)
    standards = _text(gettext_lazy("Tiêu chuẩn, định hướng cơ cấu"), 4, required=False)

    def clean_delegates(self) -> int:
        return self.cleaned_data["delegates"] or 0


class SectionForm(VersionedForm):
    """A part of a report."""

    code = forms.ChoiceField(widget=forms.HiddenInput, choices=[part for parts in WRITTEN.values() for part in parts])
    text = _text(gettext_lazy("Nội dung"), 6, required=False)


# ------------------------------------------------------------------------------------ steps of a congress


class PlainForm(VersionedForm):
    """Nothing is typed."""


class DecidedForm(VersionedForm):
    approved_on = _day(gettext_lazy("Ngày phê duyệt"), initial=localdate)


class DeviationForm(VersionedForm):
    text = forms.CharField(label=gettext_lazy("Hạn chế"), max_length=400)
    noted_on = _day(gettext_lazy("Ngày ghi nhận"), initial=localdate)


class HandsForm(VersionedForm):
    """Hands counted, of the official members present."""

    in_favour = _number(gettext_lazy("Tán thành"))
    against = _number(gettext_lazy("Không tán thành"), initial=0)
    abstaining = _number(gettext_lazy("Ý kiến khác"), initial=0)


class CloseForm(VersionedForm):
    closed_on = _day(gettext_lazy("Ngày bế mạc"), initial=localdate)


class HandOverForm(VersionedForm):
    """What the old committee gives to the new one."""

    handed_over_on = _day(gettext_lazy("Ngày bàn giao"), initial=localdate)
    handed_over = _text(
        gettext_lazy("Đã bàn giao"),
        4,
        help_text=gettext_lazy("Mỗi dòng một mục: sổ sách, hồ sơ đảng viên, đảng phí, việc đang làm dở…"),
    )


class IssuePaperForm(VersionedForm):
    """The day from which a paper bears its number."""

    on = _day(gettext_lazy("Ngày ban hành"), initial=localdate)


class SealForm(VersionedForm):
    sealed_on = _day(gettext_lazy("Ngày niêm phong"), initial=localdate)
    sealed_by = forms.CharField(label=gettext_lazy("Người giữ phiếu"), max_length=160)


class ReportForm(VersionedForm):
    reported_on = _day(gettext_lazy("Ngày gửi báo cáo"), initial=localdate)


class ApproveForm(VersionedForm):
    decided_on = _day(gettext_lazy("Ngày quyết định"), initial=localdate)
    decision = forms.CharField(label=gettext_lazy("Số quyết định chuẩn y"), max_length=60)
    refused: Any = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Không chuẩn y riêng"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, record: Any, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        field: Any = self.fields["refused"]
        field.queryset = elected_in(record)


class RejectForm(VersionedForm):
    decided_on = _day(gettext_lazy("Ngày quyết định"), initial=localdate)
    reason = forms.CharField(label=gettext_lazy("Lý do không chuẩn y"), max_length=300)


class ComplaintForm(VersionedForm):
    received_on = _day(gettext_lazy("Ngày nhận khiếu nại"), initial=localdate)
    text = _text(gettext_lazy("Nội dung khiếu nại"))


class SettleForm(VersionedForm):
    settled_on = _day(gettext_lazy("Ngày giải quyết"), initial=localdate)
    outcome = forms.CharField(label=gettext_lazy("Kết quả giải quyết"), max_length=300)


class DestroyForm(VersionedForm):
    destroyed_on = _day(gettext_lazy("Ngày hủy phiếu"), initial=localdate)


class OfficeForm(VersionedForm):
    """Which election begins."""

    office = forms.ChoiceField(label=gettext_lazy("Bầu"), choices=choices(Office), widget=Segments)
    seats = _number(gettext_lazy("Số lượng bầu"), least=1, initial=1)


class ChairForm(HandsForm):
    """Who chairs and who keeps the minutes, and the hands that elected them."""

    chair: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chủ tọa"))
    recorder: Any = forms.ModelChoiceField(None, label=gettext_lazy("Thư ký"))
    field_order = ("chair", "recorder", "in_favour")

    def __init__(self, *args: Any, congress: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = electors_of(congress)
        for name in ("chair", "recorder"):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = people, _("Chưa chọn")


class PublishForm(VersionedForm):
    """The approved result for the public page of the ward."""

    published_on = _day(gettext_lazy("Ngày công bố"), initial=localdate)
    agreed = forms.BooleanField(label=gettext_lazy("Người trúng cử đồng ý công bố tên"), required=False)


class CountersForm(HandsForm):
    """The counting committee and the hands that elected it."""

    members: Any = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Ban kiểm phiếu"), widget=forms.CheckboxSelectMultiple
    )
    head: Any = forms.ModelChoiceField(None, label=gettext_lazy("Trưởng ban"))
    field_order = ("members", "head", "in_favour")

    def __init__(self, *args: Any, congress: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = electors_of(congress)
        for name in ("members", "head"):
            field: Any = self.fields[name]
            field.queryset = people


# --------------------------------------------------------------------------------------------- an election


class NomineeForm(VersionedForm):
    """A name put forward."""

    member: Any = forms.ModelChoiceField(None, label=gettext_lazy("Người được giới thiệu"))
    source = forms.ChoiceField(
        label=gettext_lazy("Do"), choices=choices(Source), widget=Segments, initial="introduced"
    )
    nominated_by: Any = forms.ModelChoiceField(None, label=gettext_lazy("Người đề cử"), required=False)
    agreed = forms.BooleanField(label=gettext_lazy("Đã đồng ý ứng cử"), required=False, initial=True)

    def __init__(self, *args: Any, election: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = electors_of(election.congress)
        for name in ("member", "nominated_by"):
            field: Any = self.fields[name]
            field.queryset, field.empty_label = people, _("Chưa chọn")


class SupportForm(VersionedForm):
    support = _number(gettext_lazy("Số người ủng hộ"))


class WithdrawalForm(VersionedForm):
    withdrawal = forms.ChoiceField(label=gettext_lazy("Việc xin rút"), choices=choices(Withdrawal), widget=Segments)


class IssueForm(VersionedForm):
    printed = _number(gettext_lazy("Số phiếu in"), least=1)
    issued = _number(gettext_lazy("Số phiếu phát ra"), least=1)


class PrintForm(VersionedForm):
    """How many ballots are printed."""

    voters = _number(gettext_lazy("Số người bầu có mặt"), least=1)
    spare = _number(gettext_lazy("Phiếu dự phòng để đổi phiếu hỏng"))


class EndForm(VersionedForm):
    reason = forms.CharField(label=gettext_lazy("Lý do dừng bầu"), max_length=300)


class CollectForm(VersionedForm):
    collected = _number(gettext_lazy("Số phiếu thu về"))
    exchanged = _number(gettext_lazy("Số phiếu hỏng đã đổi"), initial=0, required=False)

    def clean_exchanged(self) -> int:
        return self.cleaned_data["exchanged"] or 0


class _Files(forms.FileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Several files at once."""

    widget = _Files(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.tif,.tiff"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        return [super(_FilesField, self).clean(one, initial) for one in (data or [None])]


class ScansForm(VersionedForm):
    """What the scanner gave."""

    scans = _FilesField(
        label=gettext_lazy("Tệp từ máy quét"),
        help_text=gettext_lazy("PDF, JPG, PNG hoặc TIFF; quét xám hoặc màu, từ 200 dpi. Chọn được nhiều tệp."),
    )
    unstamped = forms.BooleanField(label=gettext_lazy("Phiếu không đóng dấu"), required=False)
    duplex = forms.BooleanField(label=gettext_lazy("Đã quét cả hai mặt"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.uploads = given.pop("scans", [])
        given["stamped"] = not given.pop("unstamped", False)
        return given


class LookForm(VersionedForm):
    """What one person sees in a picture: a button, or the whole ballot typed as letters."""

    item = forms.CharField(widget=forms.HiddenInput, max_length=24)
    says = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    marks = forms.CharField(
        label=gettext_lazy("Cả phiếu"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Mỗi người một chữ, theo thứ tự in: d đồng ý (để nguyên), k không (gạch), c cả hai ô, t trống."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "class": "short"}),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        marks = given.pop("marks", "")
        if given.get("says") == "rows":
            given["says"] = rows_of(marks)
            if not given["says"]:
                self.add_error("marks", _("Hãy ghi cho mỗi người trong danh sách đúng một chữ d, k, c hoặc t."))
        return given
