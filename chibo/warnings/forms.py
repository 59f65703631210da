"""What people choose about the weekly letter."""

from __future__ import annotations

from django import forms

from chibo.core.forms import VersionedForm


class DigestForm(VersionedForm):
    """Have the letter, or have it no more: the two buttons."""

    wanted = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda sent: sent == "1")
