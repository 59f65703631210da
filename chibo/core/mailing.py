"""Letters that go out by e-mail: one conversation with the server, and for each letter how it ended."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException
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
            server.open()
            drawn = next(waiting, None)
            if drawn is None:
                return
            key, letter = drawn
            yield key, _post(server, letter)
    finally:
        server.close()


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
