"""The pages of plans."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest


def tell_refusal(request: HttpRequest, form: Form) -> None:
    """Why an action behind a single button was refused, among the messages of the next page."""
    for errors in form.errors.as_data().values():
        for error in errors:
            messages.error(request, " ".join(error.messages))
