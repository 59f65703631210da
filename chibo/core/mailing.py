"""Letters that go out by e-mail: one conversation with the server, and for each letter how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from smtplib import SMTPAuthenticationError, SMTPException, SMTPRecipientsRefused, SMTPResponseException
from ssl import SSLCertVerificationError
from typing import TypeVar

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

K = TypeVar("K")


class Ending(StrEnum):
    """How it went with one letter."""

    TAKEN = "taken"
    LATER = "later"
    """The server did not take it now, and says that it may be tried again (4xx)."""
    REFUSED = "refused"
    """The server will not take it: the address, or the letter, is not to its liking (5xx)."""
    UNSURE = "unsure"
    """The line broke or fell silent: nobody knows whether the server has it."""


def may_mail() -> bool:
    """Whether the office has set a mail server."""
    return bool(settings.EMAIL_HOST)


def post_each(letters: Iterable[tuple[K, EmailMessage]]) -> Iterator[tuple[K, Ending]]:
    """Send the letters one by one over one connection; what befalls one does not keep the next from being sent.

    A letter is only drawn from ``letters`` while the server answers: if it cannot be reached, or not again after a
    break, ``OSError`` or ``SMTPException`` is raised and the letters that were not drawn are untouched.
    """
    server, waiting = get_connection(), iter(letters)
    try:
        while True:
            _open(server)
            drawn = next(waiting, None)
            if drawn is None:
                return
            key, letter = drawn
            yield key, _post(server, letter)
    finally:
        server.close()


def _open(server: BaseEmailBackend) -> None:
    try:
        server.open()
    except UnicodeEncodeError as no:  # the log-in knows no accents: such a password cannot be the right one
        raise SMTPAuthenticationError(535, b"ASCII only") from no


def said_of(broken: Exception) -> str:
    """Why no letter could be handed over, in one sentence for whoever keeps the installation."""
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    if isinstance(broken, SMTPAuthenticationError):
        return f"Máy chủ thư {where} không nhận tên đăng nhập hoặc mật khẩu: xem lại CHIBO_MAIL_USER và CHIBO_MAIL_PASSWORD."
    if isinstance(broken, SSLCertVerificationError):
        return f"Chứng chỉ của máy chủ thư {where} không được tin cậy ({broken.verify_message}): xem lại CHIBO_MAIL_HOST."
    return (
        f"Không gửi được thư qua máy chủ {where} ({broken}): xem lại CHIBO_MAIL_HOST, CHIBO_MAIL_PORT và đường mạng."
    )


def _post(server: BaseEmailBackend, letter: EmailMessage) -> Ending:
    try:
        server.send_messages([letter])
    except SMTPRecipientsRefused as refusal:
        return _said(min(code for code, _words in refusal.recipients.values()))
    except SMTPResponseException as refusal:
        return _said(refusal.smtp_code)
    except (SMTPException, OSError):
        server.close()
        return Ending.UNSURE
    return Ending.TAKEN


def _said(code: int) -> Ending:
    return Ending.LATER if 400 <= code < 500 else Ending.REFUSED
