"""Turn the objections of a rule into the one error an action may raise."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from chibo.core.values import Objection


class Conflict(ValidationError):
    """Somebody else changed the record in between; nothing was written and nothing typed is lost."""


def error_of(objection: Objection) -> ValidationError:
    text = gettext(objection.text)
    if objection.article:
        text = f"{text} ({objection.article})"
    return ValidationError(text, code=objection.article or None, params=objection.params or None)


def refuse_if(objections: Iterable[Objection]) -> None:
    """Raise one ValidationError holding every objection, by field; do nothing where there is none."""
    by_field: dict[str, list[ValidationError]] = {}
    for objection in objections:
        by_field.setdefault(objection.field or "__all__", []).append(error_of(objection))
    if by_field:
        raise ValidationError(by_field)
