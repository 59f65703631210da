"""What people type of a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext, gettext_lazy

from chibo.core.forms import Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.papers.rules.kinds import PaperKind
from chibo.papers.rules.numbering import COMMON
from chibo.papers.rules.register import PAPER_KINDS, Direction, Relation, Secrecy
from chibo.papers.selectors.numbers import kind_words
from chibo.papers.selectors.templates import kinds_offered

FILES = {"accept": ".pdf,.docx,.jpg,.jpeg,.png"}
FILE_HELP = gettext_lazy("PDF, Word (.docx) hoặc ảnh JPG, PNG; tối đa 20 MB.")


class PaperForm(VersionedForm):
    """A document received or issued, as its first page says."""

    direction = forms.ChoiceField(
        label=gettext_lazy("Sổ"), choices=choices(Direction), initial=Direction.INCOMING, widget=Segments
    )
    secrecy = forms.ChoiceField(
        label=gettext_lazy("Độ mật"), choices=choices(Secrecy), initial=Secrecy.OPEN, widget=Segments,
        help_text=gettext_lazy("Từ mức “Mật” trở lên, sổ chỉ giữ số, ký hiệu; nội dung và tệp không đưa vào phần mềm này."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=gettext_lazy("Thể loại"))
    symbol = forms.CharField(
        label=gettext_lazy("Số, ký hiệu"), max_length=40, required=False, help_text=gettext_lazy("Ví dụ: 23-HD/QU")
    )
    issued_on = VietnameseDateField(label=gettext_lazy("Ngày ban hành"), required=False)
    issuer = forms.CharField(
        label=gettext_lazy("Cơ quan ban hành"), max_length=160, help_text=gettext_lazy("Ví dụ: Đảng ủy phường")
    )
    subject = forms.CharField(
        label=gettext_lazy("Trích yếu"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Để trống nếu là văn bản mật."),
    )  # fmt: skip
    signer = forms.CharField(label=gettext_lazy("Người ký"), max_length=120, required=False)
    known_as = forms.CharField(
        label=gettext_lazy("Tên thường gọi"), max_length=120, required=False,
        help_text=gettext_lazy("Ví dụ: Nghị quyết Trung ương 4 khóa XII"),
    )  # fmt: skip
    received_on = VietnameseDateField(label=gettext_lazy("Ngày đến"), required=False)
    in_force_from = VietnameseDateField(label=gettext_lazy("Có hiệu lực từ ngày"), required=False)
    in_force_to = VietnameseDateField(label=gettext_lazy("Hiệu lực đến hết ngày"), required=False)
    file = forms.FileField(
        label=gettext_lazy("Tệp"), required=False, help_text=FILE_HELP, widget=forms.FileInput(attrs=FILES)
    )

    def __init__(self, *args: Any, record: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, record=record, **kwargs)
        kinds = list(dict.fromkeys([*PAPER_KINDS, *(k.label for k in PaperKind if k.abbreviation)]))
        if record is not None and record.kind not in kinds:
            kinds.append(record.kind)
        self.fields["kind"].choices = [(kind, gettext(kind)) for kind in kinds]  # type: ignore[attr-defined]
        if record is not None:
            for name in set(self.fields) - {"file", "once", "seen_version"}:
                self.initial.setdefault(name, getattr(record, name))


class EncloseForm(VersionedForm):
    """One more file of a paper."""

    file = forms.FileField(
        label=gettext_lazy("Tệp kèm theo"), help_text=FILE_HELP, widget=forms.FileInput(attrs=FILES)
    )


class LinkForm(VersionedForm):
    """What a paper rests on, replaces or amends."""

    relation = forms.ChoiceField(
        label=gettext_lazy("Quan hệ"), choices=choices(Relation), initial=Relation.BASED_ON, widget=Segments
    )
    to: forms.ModelChoiceField[Any] = forms.ModelChoiceField(label=gettext_lazy("Văn bản"), queryset=None)
    since = VietnameseDateField(
        label=gettext_lazy("Từ ngày"),
        required=False,
        help_text=gettext_lazy("Bỏ trống: từ ngày văn bản có hiệu lực."),
    )

    def __init__(self, *args: Any, papers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = papers, gettext("Chưa chọn")


class NumberForm(VersionedForm):
    """A number taken at once, or kept for later with its reason."""

    kind = forms.ChoiceField(label=gettext_lazy("Thể loại"))
    series = forms.ChoiceField(
        label=gettext_lazy("Sổ số"), required=False, widget=Segments, initial="",
        choices=[("", gettext_lazy("Theo thể loại")), (COMMON, gettext_lazy("Chung (đại hội)"))],
    )  # fmt: skip
    term = forms.CharField(
        label=gettext_lazy("Nhiệm kỳ"), max_length=40,
        help_text=gettext_lazy("Số chạy từ 01 theo nhiệm kỳ, không theo năm. Đại hội: ghi tên đại hội."),
    )  # fmt: skip
    reason = forms.CharField(
        label=gettext_lazy("Dùng cho việc gì"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Kế hoạch kiểm tra năm 2026, đang chờ ký"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(k.value, kind_words(k.value)) for k in PaperKind if k.abbreviation]
        first = {PaperKind.PLAN.value: 0, PaperKind.LETTER.value: 1, PaperKind.NOTICE.value: 2}
        kinds.sort(key=lambda kind: first.get(kind[0], 9))
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


class ReasonForm(VersionedForm):
    """Why a number bears no paper."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), max_length=200)


class CiteForm(VersionedForm):
    """A text in which citations are looked for; nothing of it is kept."""

    text = forms.CharField(
        label=gettext_lazy("Đoạn văn có dẫn văn bản"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("Dán phần căn cứ của một quyết định, báo cáo, kế hoạch. Đoạn văn không được lưu lại."),
    )  # fmt: skip


class TemplateForm(VersionedForm):
    """The office's own template for a kind of paper."""

    kind = forms.ChoiceField(label=gettext_lazy("Dùng cho"))
    valid_from = VietnameseDateField(
        label=gettext_lazy("Dùng từ ngày"), help_text=gettext_lazy("Văn bản ban hành từ ngày này dùng mẫu mới.")
    )
    file = forms.FileField(
        label=gettext_lazy("Tệp mẫu .docx"), help_text=gettext_lazy("Tối đa 10 MB, không có macro, không có liên kết."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds_offered().items())  # type: ignore[attr-defined]


class WithdrawTemplateForm(VersionedForm):
    last_day = VietnameseDateField(
        label=gettext_lazy("Ngày dùng cuối"), help_text=gettext_lazy("Sau ngày này lại dùng thể thức chuẩn.")
    )
