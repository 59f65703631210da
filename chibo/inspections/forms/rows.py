"""Outline and criteria as they are written: rows that are typed, added, moved and left out, in the order they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chibo.core.forms import EMPTY, VersionedForm, typed_rows
from chibo.core.words import choices
from chibo.inspections.rules import OutlineKind
from chibo.inspections.rules.outlines import CRITERIA, OUTLINES, Item
from chibo.inspections.selectors.answers import code_called, name_of

MOST_ROWS, MOST_WORDS = 99, 60
DEED = re.compile(r"(add|up|down|drop)-(\d{1,2})|(take)-(\w+)|(look)")
AGAIN = {"hx-post": "", "hx-vals": json.dumps({"do": "look"})}
"""Where scripts run, a row shows at once what its kind asks for."""
HINTS = {
    OutlineKind.FIGURE: gettext_lazy("Gõ vài chữ rồi chọn số liệu trong danh sách"),
    OutlineKind.CHECK: gettext_lazy("Gõ vài chữ rồi chọn việc còn thiếu trong danh sách"),
    OutlineKind.PAPERS: gettext_lazy("Chữ có trong tên văn bản; để trống là mọi văn bản"),
}


class RowForm(forms.Form):
    """One row: what is asked, and what answers it by itself. A row without a word is as good as none."""

    section = forms.CharField(
        label=gettext_lazy("Phần"), max_length=160, required=False, widget=forms.TextInput(attrs={"list": "sections"})
    )
    title = forms.CharField(
        label=gettext_lazy("Nội dung"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 1})
    )
    kind = forms.ChoiceField(label=gettext_lazy("Trả lời bằng"), widget=forms.Select(attrs=AGAIN))
    name = forms.CharField(label=gettext_lazy("Lấy từ"), max_length=400, required=False)

    def __init__(self, *args: Any, kinds: Iterable[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["kind"].choices = list(kinds)
        kind = self["kind"].value() or OutlineKind.TEXT
        if kind in HINTS:
            fields["name"].widget.attrs.update(list=f"{kind}-names", placeholder=HINTS[kind], autocomplete="off")
        else:
            fields["name"].widget = forms.HiddenInput()

    @property
    def is_blank(self) -> bool:
        return not any((self[name].value() or "").strip() for name in ("title", "name"))

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if self.is_blank:
            return clean
        kind, name = clean.get("kind"), clean.get("name", "").strip()
        if not clean.get("title", "").strip() and "title" not in self.errors:
            self.add_error("title", EMPTY)
        clean["code"] = name if kind == OutlineKind.PAPERS else ""
        if len(clean["code"]) > MOST_WORDS:
            self.add_error("name", ValidationError(_("Ghi ngắn hơn: tối đa %(n)s ký tự."), params={"n": MOST_WORDS}))
        if kind in (OutlineKind.FIGURE, OutlineKind.CHECK) and "name" not in self.errors:
            clean["code"] = code_called(kind, name)
            if not clean["code"]:
                self.add_error("name", self._unknown(name))
        return clean

    @staticmethod
    def _unknown(name: str) -> ValidationError:
        if not name:
            return ValidationError(_("Chọn một dòng trong danh sách."))
        return ValidationError(
            _("Danh sách không có “%(name)s”; gõ vài chữ rồi chọn một dòng."), params={"name": name}
        )


class RowsForm(VersionedForm):
    """All rows on one page. ``deed`` adds, moves or leaves out a row of what was typed, which is shown again unsaved."""

    kinds: tuple[tuple[str, Any], ...] = ()
    ready: Mapping[str, Any] = {}
    count = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, stored: Iterable[Any] = (), record: Any = None, deed: str = ""
    ) -> None:
        rows = (
            [self.as_typed(one) for one in stored]
            if data is None
            else typed_rows(data, "row", RowForm.base_fields, MOST_ROWS)
        )
        if data is not None and deed:
            super().__init__(initial={name: data.get(name) for name in ("seen_version", "once")}, record=record)
            rows, data = self._rearranged(rows, deed), None
        else:
            super().__init__(data, record=record)
        self.initial["count"] = len(rows)
        self.rows = [
            RowForm(data, prefix=f"row-{n}", initial=row, kinds=self.kinds, use_required_attribute=False)
            for n, row in enumerate(rows)
        ]

    def _rearranged(self, rows: list[dict[str, Any]], deed: str) -> list[dict[str, Any]]:
        found = DEED.fullmatch(deed)
        what, at = (found[1], int(found[2])) if found and found[1] else ("", 0)
        rows = [dict(row) for row in rows]
        if what == "add":
            section = rows[at - 1].get("section") if 0 < at <= len(rows) else ""
            rows.insert(at, {"section": section, "kind": self.kinds[0][0], "focus": True})
        elif what and at < len(rows):
            moved = rows.pop(at)
            if what != "drop":
                rows.insert(max(0, at - 1) if what == "up" else at + 1, {**moved, "focus": what})
        elif found and found[3] and found[4] in self.ready:
            rows += [self.as_typed(one) for one in self.ready[found[4]]]
        return rows[:MOST_ROWS]

    def as_typed(self, stored: Any) -> dict[str, Any]:
        """A stored row as it would have been typed."""
        raise NotImplementedError

    @property
    def sections(self) -> list[str]:
        """The sections there are, each once, for who types another row of one."""
        return list(
            dict.fromkeys(filter(None, (row["section"].value() for row in self.rows if "section" in row.fields)))
        )

    def clean_rows(self) -> list[dict[str, Any]]:
        """The rows that say something; an error on top where one of them is wrong."""
        if [row for row in self.rows if not row.is_valid()]:
            raise ValidationError(_("Còn mục chưa đúng; xem ghi chú ở mục ấy."))
        return [row.cleaned_data for row in self.rows if not row.is_blank]


class OutlineForm(RowsForm):
    """The outline of the self-report, item by item."""

    kinds = tuple(choices(OutlineKind))
    ready = OUTLINES

    def as_typed(self, stored: Any) -> dict[str, Any]:
        name = stored.code if stored.kind == OutlineKind.PAPERS else name_of(stored.kind, stored.code)
        return {"section": stored.section, "title": stored.title, "kind": str(stored.kind), "name": name}

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        clean.pop("count", None)
        return {**clean, "items": [
            Item(row["section"], row["title"], OutlineKind(row["kind"]), row["code"]) for row in self.clean_rows()
        ]}  # fmt: skip


class CriteriaForm(RowsForm):
    """What the team looks at, each beside the figure or check that already knows something of it."""

    kinds = (
        (OutlineKind.TEXT.value, gettext_lazy("Không đối chiếu")),
        *choices((OutlineKind.FIGURE, OutlineKind.CHECK)),
    )
    ready = CRITERIA

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in self.rows:
            del row.fields["section"]
            row.fields["kind"].label = gettext_lazy("Đối chiếu với")

    def as_typed(self, stored: Any) -> dict[str, Any]:
        text, code = stored if isinstance(stored, tuple) else (stored.text, stored.code)
        for kind in (OutlineKind.FIGURE, OutlineKind.CHECK):
            if code and (name := name_of(kind, code)) != code:
                return {"title": text, "kind": kind.value, "name": name}
        return {"title": text, "kind": OutlineKind.TEXT.value, "name": ""}

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        clean.pop("count", None)
        return {**clean, "criteria": [(row["title"].strip(), row["code"]) for row in self.clean_rows()]}
