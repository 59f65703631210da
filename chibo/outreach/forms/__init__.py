"""What people type of the ledger."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import VersionedForm, VietnameseDateField, read_date
from chibo.core.words import choices
from chibo.outreach.rules import COUNTED, TIMED, Entry, ItemKind
from chibo.outreach.selectors import programmes_for, themes_to_tell

_LINK = re.compile(r"https?://\S+")
_MINUTES = re.compile(r"\b(\d{1,4})\s*(?:phút|phut|p|')(?!\w)", re.IGNORECASE)
_PIECES = re.compile(r"\b(\d{1,5})\s*(?:tấm|tam|bản|ban|băng rôn|chiếc)(?!\w)", re.IGNORECASE)
_DAY = re.compile(r"\s*(\S+)[\s;|,:\-–\t]+(.*)", re.DOTALL)


class TiedForm(VersionedForm):
    """A programme, its theme, a topic."""

    programme: Any = forms.ModelChoiceField(None, label=gettext_lazy("Thực hiện chương trình"), required=False)
    theme: Any = forms.ModelChoiceField(None, label=gettext_lazy("Chuyên đề năm"), required=False)
    topic = forms.CharField(label=gettext_lazy("Chủ đề khác"), max_length=160, required=False)

    def __init__(self, *args: Any, unit: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("programme", programmes_for(unit)), ("theme", themes_to_tell(unit))):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset, field.empty_label = rows, _("Không")
        theme: Any = self.fields["theme"]
        theme.label_from_instance = lambda one: f"{one.year}: {one.title}"

    def clean(self) -> dict[str, Any]:
        """The theme says its programme: whoever chose only the theme need not choose twice."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("theme") and not cleaned.get("programme"):
            cleaned["programme"] = cleaned["theme"].programme
        return cleaned


class ItemForm(TiedForm):
    """One thing that was published, broadcast or hung up."""

    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=choices(ItemKind))
    held_on = VietnameseDateField(label=gettext_lazy("Ngày đăng, phát, treo"), initial=localdate)
    title = forms.CharField(
        label=gettext_lazy("Tiêu đề, nội dung"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    link = forms.CharField(
        label=gettext_lazy("Đường dẫn, nếu có"),
        max_length=600,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "url", "placeholder": "https://"}),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Số phút (phát thanh, truyền hình)"),
        required=False,
        widget=forms.NumberInput({"class": "short"}),
    )
    pieces = forms.IntegerField(
        label=gettext_lazy("Số lượng (băng rôn, bản tin)"),
        required=False,
        widget=forms.NumberInput({"class": "short"}),
    )
    place = forms.CharField(label=gettext_lazy("Đăng, phát, treo ở đâu"), max_length=160, required=False)
    picture = forms.FileField(label=gettext_lazy("Ảnh (JPG, PNG)"), required=False)
    field_order = ("kind", "held_on", "title", "link", "minutes", "pieces", "programme", "theme", "topic", "place")


class SeveralForm(TiedForm):
    """Many past things, a line each."""

    kind = forms.ChoiceField(label=gettext_lazy("Hình thức"), choices=choices(ItemKind))
    lines = forms.CharField(
        label=gettext_lazy("Mỗi dòng một mục: ngày, nội dung"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=gettext_lazy(
            "Ví dụ: 3/2/2026 Kỷ niệm ngày thành lập Đảng, 6 phút. Đường dẫn và số phút để ở đâu trong dòng cũng được; dán thẳng từ Excel cũng được."
        ),
    )
    field_order = ("kind", "lines", "programme", "theme", "topic")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        text, kind = cleaned.pop("lines", ""), cleaned.pop("kind", "")
        entries, wrong = [], []
        for number, line in enumerate((line for line in text.splitlines() if line.strip()), 1):
            try:
                entries.append(read_line(line, kind))
            except ValidationError as unread:
                told = {"line": number, "what": " ".join(unread.messages)}
                wrong.append(ValidationError(_("Dòng %(line)s: %(what)s") % told))
        if wrong:
            self.add_error("lines", wrong)
        cleaned["entries"] = entries
        return cleaned


def read_line(line: str, kind: str) -> Entry:
    """A line as people write or paste it: the day first, the link and the minutes anywhere, the rest is the title."""
    found = _DAY.fullmatch(line)
    if not found:
        raise ValidationError(_("Ghi ngày ở đầu dòng rồi đến nội dung."))
    day, rest = read_date(found[1].rstrip(":;,."), localdate()), found[2]
    link = _LINK.search(rest)
    rest = _LINK.sub(" ", rest)
    minutes = _MINUTES.search(rest) if kind in TIMED else None
    pieces = _PIECES.search(rest) if kind in COUNTED else None
    size = minutes or pieces
    if size:
        rest = rest[: size.start()] + rest[size.end() :]
    title = re.sub(r"\s+", " ", rest.replace("\t", " ")).strip(" .:;,|-–")
    if len(title) > 300:
        raise ValidationError(_("Nội dung dài quá 300 ký tự."))
    return Entry(
        kind, day, title, link[0].rstrip(".,;)") if link else "", int(minutes[1]) if minutes else None,
        int(pieces[1]) if pieces else None,
    )  # fmt: skip


class StrikeForm(VersionedForm):
    """Why an entry is taken out."""

    reason = forms.CharField(label=gettext_lazy("Lý do"), widget=forms.Textarea(attrs={"rows": 2}))
