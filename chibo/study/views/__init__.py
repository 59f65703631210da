"""The pages of study: classes, essays, and what is made known."""

from __future__ import annotations

from typing import Any


def status_of(form: Any) -> int:
    """422 for a form that comes back with what is wrong with it."""
    return 422 if form is not None and form.is_bound else 200
