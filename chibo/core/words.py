"""The words of the rules as choices of a field: translated when shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy

from chibo.core.values import Word


def choices(words: type[Word] | Iterable[Word]) -> list[tuple[str, Any]]:
    return [(word.value, gettext_lazy(word.label)) for word in words]
