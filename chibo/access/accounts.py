"""How django-allauth is told that nobody signs up: accounts come from posts and invitations only."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _("Tên đăng nhập hoặc mật khẩu chưa đúng."),
        "too_many_login_attempts": _("Đã thử sai nhiều lần. Hãy chờ năm phút rồi thử lại."),
    }

    def add_message(self, *args: object, **kwargs: object) -> None:
        """Being in says it all."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002
        return False
