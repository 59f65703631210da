"""What people type about consultations, on a slip, and into the suggestion box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.consultations.models import Consultation, Subject
from chibo.consultations.rules import LEVELS, LONGEST_TEXT, QuestionKind
from chibo.consultations.rules.suggestions import LONGEST, Channel
from chibo.consultations.selectors import Sheet, invitees_of, people_to_choose
from chibo.consultations.selectors.suggestions import cells_to_settle, contacts_of, topics_of
from chibo.core.forms import DeadlineField, Segments, VersionedForm, VietnameseDateField
from chibo.core.words import choices
from chibo.members.selectors.record import people_of
from chibo.papers.selectors.register import papers_of_unit
from chibo.units.models import Unit

FEW = 5
"""So many levels stand side by side; more become a list."""


def _text(label: Any, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


# -------------------------------------------------------------------------------------------- laying down


class ConsultationForm(VersionedForm):
    """Name and days of a round of opinions."""

    title = forms.CharField(
        label=gettext_lazy("Tên đợt lấy ý kiến"), max_length=200,
        help_text=gettext_lazy("Ví dụ: Lấy ý kiến góp ý việc học tập và làm theo Bác năm 2026"),
    )  # fmt: skip
    opens_on = VietnameseDateField(label=gettext_lazy("Nhận phiếu từ ngày"), initial=localdate)
    closes_on = VietnameseDateField(label=gettext_lazy("Đến hết ngày"))
    basis: Any = forms.ModelChoiceField(None, label=gettext_lazy("Văn bản"), required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["basis"]
        field.queryset, field.empty_label = papers_of_unit(unit), _("Chưa chọn")


class SubjectForm(VersionedForm):
    """Whom opinions are asked about."""

    member: Any = forms.ModelChoiceField(None, label=gettext_lazy("Đồng chí"), required=False)
    name = forms.CharField(
        label=gettext_lazy("Hoặc tên tập thể"), max_length=160, required=False,
        help_text=gettext_lazy("Ví dụ: Ban Thường vụ Đảng ủy"),
    )  # fmt: skip
    post = forms.CharField(label=gettext_lazy("Chức vụ"), max_length=200, required=False)
    group: Any = forms.ModelChoiceField(
        None, label=gettext_lazy("Chỉ hỏi nhóm"), required=False,
        help_text=gettext_lazy("Để trống: mọi nhóm đều góp ý. Chọn một nhóm khi mỗi chi bộ góp ý cho người của mình."),
    )  # fmt: skip

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        member: Any = self.fields["member"]
        member.queryset, member.empty_label = people_to_choose(consultation.unit, consultation), _("Chưa chọn")
        group: Any = self.fields["group"]
        group.queryset, group.empty_label = consultation.groups.all(), _("Mọi nhóm")


class QuestionForm(VersionedForm):
    """One question about every subject."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=choices(QuestionKind), widget=Segments, initial=QuestionKind.LEVELS
    )
    text = forms.CharField(label=gettext_lazy("Câu hỏi"), max_length=400)
    levels = _text(
        gettext_lazy("Các mức, mỗi mức một dòng"), 4, required=False,
        help_text=gettext_lazy("Bỏ qua nếu câu hỏi lấy ý kiến bằng lời."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("levels", "\n".join(_(level) for level in LEVELS))

    def clean_levels(self) -> list[str]:
        return _lines(self.cleaned_data["levels"])


class GroupForm(VersionedForm):
    """A named list of people to ask."""

    name = forms.CharField(
        label=gettext_lazy("Tên nhóm"), max_length=160, help_text=gettext_lazy("Ví dụ: Cán bộ, công chức phường")
    )
    members: Any = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Đảng viên"), required=False, widget=forms.SelectMultiple({"size": 12}),
        help_text=gettext_lazy("Ai đã có ở nhóm khác thì không mời lần nữa."),
    )  # fmt: skip
    names = _text(
        gettext_lazy("Người khác, mỗi người một dòng"), 6, required=False,
        help_text=gettext_lazy("Dán được cả cột họ tên từ Excel."),
    )  # fmt: skip

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["members"]
        field.queryset = people_to_choose(consultation.unit, consultation)

    def clean_names(self) -> list[str]:
        return _lines(self.cleaned_data["names"])

    def clean_members(self) -> list[Any]:
        return list(self.cleaned_data["members"])


class InviteesForm(forms.Form):
    """Some of those asked: who is handed a slip on paper, or has put it into the box."""

    invitees: Any = forms.ModelMultipleChoiceField(None, label="", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["invitees"]
        field.queryset = invitees_of(consultation)
        field.error_messages["required"] = _("Hãy chọn ít nhất một người.")

    def clean_invitees(self) -> list[Any]:
        return list(self.cleaned_data["invitees"])


class ReplyForm(VersionedForm):
    """What the person concerned answers."""

    text = _text(gettext_lazy("Ý kiến tiếp thu, giải trình"), 6)
    replied_on = VietnameseDateField(label=gettext_lazy("Ngày"), initial=localdate)


class ThemeForm(VersionedForm):
    """Opinions that say the same."""

    name = forms.CharField(
        label=gettext_lazy("Nhóm ý kiến"),
        max_length=200,
        help_text=gettext_lazy("Ví dụ: Sâu sát cơ sở, lắng nghe dân"),
    )
    opinions: Any = forms.ModelMultipleChoiceField(
        None, label=gettext_lazy("Các ý kiến"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, subject: Subject, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["opinions"]
        field.queryset = subject.opinions.all()
        field.label_from_instance = lambda opinion: opinion.text

    def clean_opinions(self) -> list[Any]:
        return list(self.cleaned_data["opinions"])


# --------------------------------------------------------------------------------------------- on a slip


class SlipForm(forms.Form):
    """A slip as it is filled: a field for each question about each subject. Nothing is required."""

    def __init__(self, *args: Any, sheets: Sequence[Sheet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        for sheet in sheets:
            for key, question in sheet.places:
                self.fields[key] = _level(question) if question.levels else _opinion(question)

    def parts(self) -> list[tuple[Subject, list[Any]]]:
        """Subject by subject: the fields that ask about them."""
        return [(sheet.subject, [self[key] for key, _question in sheet.places]) for sheet in self.sheets]

    @property
    def filled(self) -> dict[str, Any]:
        """What the action takes: what was left open is not there."""
        return {key: answer for key, answer in self.cleaned_data.items() if answer not in (None, "")}


def _level(question: Any) -> forms.TypedChoiceField:
    options = [(number, level) for number, level in enumerate(question.levels)]
    few = len(options) <= FEW
    return forms.TypedChoiceField(
        label=question.text, required=False, coerce=int, empty_value=None,
        choices=options if few else [("", _("Chưa chọn")), *options], widget=Segments if few else forms.Select,
    )  # fmt: skip


def _opinion(question: Any) -> forms.CharField:
    return forms.CharField(
        label=question.text, required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


class CodeForm(forms.Form):
    """The code of a slip, or of a letter."""

    code = forms.CharField(
        label=gettext_lazy("Mã"), max_length=40, widget=forms.TextInput({"autocomplete": "off", "class": "short"})
    )


# -------------------------------------------------------------------------------------- suggestion box


class LetterForm(forms.Form):
    """What somebody writes into the box. Name and contact are theirs to give."""

    text = _text(gettext_lazy("Nội dung góp ý, kiến nghị"), 8, max_length=LONGEST)
    sender = forms.CharField(
        label=gettext_lazy("Họ và tên"), max_length=120, required=False,
        help_text=gettext_lazy("Không bắt buộc; để trống là góp ý không nêu tên."),
    )  # fmt: skip
    contact = forms.CharField(label=gettext_lazy("Liên hệ"), max_length=160, required=False)


class NoteLetterForm(VersionedForm):
    """What came on paper, or was said at a meeting with voters."""

    channel = forms.ChoiceField(label=gettext_lazy("Nguồn"), choices=choices(Channel), widget=Segments)
    meeting: Any = forms.ModelChoiceField(None, label=gettext_lazy("Buổi tiếp xúc"), required=False)
    received_on = VietnameseDateField(label=gettext_lazy("Ngày nhận"), initial=localdate)
    text = _text(gettext_lazy("Nội dung"), 6, max_length=LONGEST)
    sender = forms.CharField(label=gettext_lazy("Người góp ý"), max_length=120, required=False)
    contact = forms.CharField(label=gettext_lazy("Liên hệ"), max_length=160, required=False)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["meeting"]
        field.queryset, field.empty_label = contacts_of(unit), _("Không")
        self.initial.setdefault("channel", Channel.PAPER)


class AssignLetterForm(VersionedForm):
    """Topic, who settles it, until when."""

    topic = forms.CharField(
        label=gettext_lazy("Nhóm vấn đề"), max_length=120, widget=forms.TextInput({"list": "topics"}),
        help_text=gettext_lazy("Ví dụ: Vệ sinh môi trường. Không ghi tên, địa chỉ người góp ý."),
    )  # fmt: skip
    handler: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chi bộ giải quyết"), required=False)
    doer: Any = forms.ModelChoiceField(None, label=gettext_lazy("Hoặc đồng chí"), required=False)
    due_on = DeadlineField(label=gettext_lazy("Hạn trả lời"))
    on = VietnameseDateField(label=gettext_lazy("Giao ngày"), initial=localdate)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        handler: Any = self.fields["handler"]
        handler.queryset, handler.empty_label = cells_to_settle(unit), _("Chưa chọn")
        doer: Any = self.fields["doer"]
        doer.queryset, doer.empty_label = people_of(unit, localdate()), _("Chưa chọn")
        self.topics = topics_of(unit)


class AnswerLetterForm(VersionedForm):
    """The answer that whoever wrote will read."""

    answer = _text(gettext_lazy("Trả lời"), 6)
    answered_on = VietnameseDateField(label=gettext_lazy("Ngày trả lời"), initial=localdate)
    dismissed = forms.BooleanField(label=gettext_lazy("Không giải quyết (nói rõ lý do ở trên)"), required=False)


class PublishForm(VersionedForm):
    """What the public reads above the answer."""

    summary = forms.CharField(
        label=gettext_lazy("Tóm tắt vấn đề"), max_length=400, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Không nêu tên, địa chỉ, chi tiết nhận ra người góp ý."),
    )  # fmt: skip
    published_on = VietnameseDateField(label=gettext_lazy("Ngày công khai"), initial=localdate)
