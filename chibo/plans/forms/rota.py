"""What people choose in the rota."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from chibo.core.forms import VersionedForm
from chibo.plans.selectors.rota import Rota


class TurnForm(forms.Form):
    """One square of the rota: the member's number and that of the month, as its button sends them ("12-11")."""

    turn = forms.RegexField(r"^\d{1,18}-(?:[1-9]|1[0-2])$")

    def __init__(self, data: Any, *, rota: Rota) -> None:
        super().__init__(data)
        self.people, self.year = {row.member.pk: row.member for row in rota.rows}, rota.year

    def clean(self) -> dict[str, Any]:
        member, _dash, month = (super().clean() or {}).get("turn", "").partition("-")
        if not member or int(member) not in self.people:
            raise forms.ValidationError(gettext_lazy("Đồng chí này không có trong danh sách của chi bộ."))
        return {"member": self.people[int(member)], "month": date(self.year, int(month), 1)}


class ProposeForm(VersionedForm):
    """Nothing is typed to ask for a proposal."""
