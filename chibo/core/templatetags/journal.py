"""How a line of the journal reads."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext

from chibo.core.registry import registry

register = template.Library()


@register.filter
def verb_words(entry: Any) -> str:
    """What was done, in the organisation's words: the manifest of its app says them."""
    app, _dot, verb = entry.verb.partition(".")
    manifest = registry.manifests.get(app)
    words = manifest.verbs.get(verb) if manifest else None
    return gettext(str(words)) if words else verb.replace("_", " ")
