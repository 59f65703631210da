"""What people type to get in, and to keep their account."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from chibo.access.rules import objections_to_claiming, objections_to_new_password
from chibo.access.selectors import slip_with
from chibo.core.forms import EMPTY
from chibo.core.refusal import refuse_if

NEW = forms.PasswordInput(attrs={"autocomplete": "new-password"})
HELP = _("Ít nhất 10 ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ khó.")


class LogInForm(LoginForm):  # type: ignore[misc]
    """The name and the password; what is wrong of the two is not said."""

    saves_nothing = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("Tên đăng nhập"), _("Mật khẩu")
        login.help_text = password.help_text = ""
        login.widget.attrs = {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        password.widget.attrs = {"autocomplete": "current-password"}
        for field in self.fields.values():
            field.error_messages["required"] = EMPTY

    def clean_login(self) -> str:
        """Names are stored in small letters."""
        return str(super().clean_login()).lower()


class NewPassword(forms.Form):
    """A password, typed twice; strength is the action's to judge."""

    password = forms.CharField(label=_("Mật khẩu mới"), help_text=HELP, strip=False, widget=NEW)
    again = forms.CharField(label=_("Gõ lại mật khẩu mới"), strip=False, widget=NEW)

    def clean(self) -> dict[str, Any]:
        """Only the password goes on to the action."""
        typed = dict(super().clean() or {})
        again = typed.pop("again", None)
        if "password" in typed and again is not None:
            refuse_if(objections_to_new_password(same=typed["password"] == again))
        return typed


class ClaimForm(NewPassword):
    """The code on the slip, and the password its holder chooses."""

    code = forms.CharField(
        label=_("Mã trên phiếu mời"),
        help_text=_("12 chữ và số, ví dụ ABCD EFGH 2345. Chữ hoa, chữ thường, dấu cách đều được."),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    field_order = ("code", "password", "again")

    def clean(self) -> dict[str, Any]:
        """``slip`` is found by its code; the action judges it."""
        typed = super().clean()
        self.slip = slip_with(typed.pop("code", ""))
        if not self.has_error("code"):
            refuse_if(objections_to_claiming(known=self.slip is not None, used=False, expired=False))
        return typed | {"code_hash": self.slip.code_hash if self.slip else ""}


class PasswordForm(NewPassword):
    """Another password, by whoever knows the present one."""

    present = forms.CharField(
        label=_("Mật khẩu hiện nay"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ("present", "password", "again")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_present(self) -> str:
        present = str(self.cleaned_data["present"])
        if not self.user.check_password(present):
            raise forms.ValidationError(_("Mật khẩu hiện nay chưa đúng."))
        return present

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        typed.pop("present", None)
        return typed


class AppearanceForm(forms.Form):
    """Large type, or the colour of the ground; whatever was sent."""

    large_type = forms.TypedChoiceField(
        choices=[("0", "0"), ("1", "1")], coerce=lambda sent: sent == "1", required=False, empty_value=None
    )
    theme = forms.ChoiceField(choices=[("", ""), ("light", ""), ("dark", "")], required=False)

    def clean(self) -> dict[str, Any]:
        return {name: value for name, value in (super().clean() or {}).items() if name in self.data}


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)
