"""A refusal of a form that has no page of its own, said on the page one comes back to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages

if TYPE_CHECKING:
    from chibo.access.request import Request


def say_errors(request: Request, form: Any) -> None:
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, error)
