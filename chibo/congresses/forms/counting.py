"""What the counting committee types: codes, papers, batches counted backwards, and the opening of a seal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext_lazy

from chibo.congresses.forms import _day, _hour, _number, _text
from chibo.congresses.rules.counting import Flaw
from chibo.core.forms import VersionedForm
from chibo.core.words import choices


class SignInForm(VersionedForm):
    """Whether all count by their own log-in."""

    own_only = forms.BooleanField(
        label=gettext_lazy("Cả hai lượt kiểm đều nhập bằng tài khoản riêng, không cấp mã"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do cấp mã trở lại"), max_length=300, required=False,
        help_text=gettext_lazy("Chỉ ghi khi đã chọn tài khoản riêng mà nay phải cấp mã; biên bản kiểm phiếu ghi lý do."),
    )  # fmt: skip


class SeatForm(VersionedForm):
    """The code of who sits down."""

    code = forms.CharField(
        label=gettext_lazy("Mã của đồng chí"),
        max_length=12,
        widget=forms.PasswordInput(
            {"inputmode": "numeric", "autocomplete": "off", "class": "short", "autofocus": True}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """Each try is one of its own, though the page shows the same form again."""
        given = super().clean() or {}
        given.pop("once", None)
        return given


BY_THUMB = {
    True: (("d", gettext_lazy("Để nguyên")), ("k", gettext_lazy("Gạch"))),
    False: (("d", gettext_lazy("Đồng ý")), ("k", gettext_lazy("Không đồng ý")), ("t", gettext_lazy("Để trống")), ("c", gettext_lazy("Cả hai ô"))),
}  # fmt: skip
"""What is chosen at each name on a phone, with surplus and without."""


class BallotForm(VersionedForm):
    """One paper: its pencilled number, and a letter for each name, typed in one go or chosen name by name with the thumb."""

    hand = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2)
    number = _number(gettext_lazy("Phiếu số"), least=1)
    marks = forms.CharField(
        label=gettext_lazy("Phiếu ghi"),
        max_length=40,
        error_messages={"required": gettext_lazy("Hãy ghi đủ từng người: mỗi người một chữ, hoặc chọn ở từng tên.")},
        help_text=gettext_lazy("Mỗi người một chữ, theo thứ tự in."),
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "autofocus": True, "class": "short"}),
    )  # fmt: skip
    flaw = forms.ChoiceField(label=gettext_lazy("Khác thường"), choices=choices(Flaw), required=False)

    def __init__(self, data: Any = None, *, names: Sequence[str] = (), **kwargs: Any) -> None:
        rows = [(f"mark_{at}", name) for at, name in enumerate(names)]
        self.chosen = [(row, name, data.get(row, "") if data else "") for row, name in rows]
        letters = [letter for _row, _name, letter in self.chosen]
        if data and not data.get("marks") and all(letters):
            data = (
                {**data.dict(), "marks": "".join(letters)}
                if hasattr(data, "dict")
                else {**data, "marks": "".join(letters)}
            )
        super().__init__(data, **kwargs)


class BatchForm(VersionedForm):
    """A batch of papers: on how many each name is struck. The names come from the list, so the fields do."""

    first = _number(gettext_lazy("Từ phiếu số"), least=1)
    last = _number(gettext_lazy("Đến phiếu số"), least=1)
    invalid = _number(gettext_lazy("Phiếu không hợp lệ"), initial=0)

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = [f"struck_{at}" for at in range(len(names))]
        for row, name in zip(self.rows, names, strict=True):
            self.fields[row] = _number(name)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["struck"] = [given.pop(row, 0) for row in self.rows]
        return given


def _moment(day: Any, hour: time | None) -> datetime:
    return datetime.combine(day, hour or time(), get_current_timezone())


class OpenSealForm(VersionedForm):
    """The decision, the moment and who is there."""

    decision = forms.CharField(label=gettext_lazy("Số quyết định cho mở"), max_length=60)
    decided_on = _day(gettext_lazy("Ngày quyết định"), initial=localdate)
    opened_on = _day(gettext_lazy("Ngày mở niêm phong"), initial=localdate)
    opened_hour = _hour(gettext_lazy("Mở lúc"), required=True)
    place = forms.CharField(label=gettext_lazy("Địa điểm"), max_length=160)
    witnesses = _text(gettext_lazy("Người chứng kiến (mỗi người một dòng: họ tên, chức vụ)"), 4)
    seal_broken = forms.BooleanField(label=gettext_lazy("Niêm phong không còn nguyên"), required=False)
    seal_found = forms.CharField(label=gettext_lazy("Tình trạng niêm phong khi mở"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["seal_whole"] = not given.pop("seal_broken", False)
        day, hour = given.pop("opened_on", None), given.pop("opened_hour", None)
        if day:
            given["opened_at"] = _moment(day, hour)
        return given


class ResealForm(VersionedForm):
    """What was found, and who keeps the papers again."""

    findings = _text(gettext_lazy("Kết quả xem lại phiếu"), 4)
    resealed_on = _day(gettext_lazy("Ngày niêm phong lại"), initial=localdate)
    resealed_hour = _hour(gettext_lazy("Niêm phong lại lúc"), required=True)
    resealed_by = forms.CharField(label=gettext_lazy("Người giữ phiếu"), max_length=160)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        day, hour = given.pop("resealed_on", None), given.pop("resealed_hour", None)
        if day:
            given["resealed_at"] = _moment(day, hour)
        return given
