"""What people type of visits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import VersionedForm
from chibo.meetings.selectors.following import who_may_visit


class VisitForm(VersionedForm):
    """Who came from above, and what they said in short."""

    member: Any = forms.ModelChoiceField(None, label=gettext_lazy("Đồng chí đến dự"))
    note = forms.CharField(
        label=gettext_lazy("Ý kiến phát biểu"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, meeting: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset, field.empty_label = who_may_visit(meeting), _("Chưa chọn")
