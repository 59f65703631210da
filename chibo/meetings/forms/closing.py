"""What is typed about a meeting's files."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from chibo.core.forms import Segments, VersionedForm
from chibo.core.words import choices
from chibo.meetings.rules import AttachmentKind


class AttachForm(VersionedForm):
    """A file kept with the meeting."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Loại"), choices=choices(AttachmentKind), widget=Segments,
        initial=AttachmentKind.SIGNED_MINUTES,
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Tệp"),
        help_text=gettext_lazy("PDF, Word (.docx) hoặc ảnh JPG, PNG; tối đa 20 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.jpg,.jpeg,.png"}),
    )


class DetachForm(VersionedForm):
    """Nothing is typed to take a file away."""
