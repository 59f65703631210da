"""Once per request: who is acting, in which language."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from chibo.access.actor import NOBODY
from chibo.access.selectors import actor_of

GetResponse = Callable[[HttpRequest], HttpResponse]


def actor_middleware(get_response: GetResponse) -> GetResponse:
    """Give the request its ``actor``; nothing behind the log-in is kept by a browser or a proxy.

    The copy is the user itself, where ``request.user`` only stands for it: the gate asks what it is.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(  # type: ignore[attr-defined]
            lambda: actor_of(copy(request.user)) if request.user.is_authenticated else NOBODY
        )
        language = request.user.language if request.user.is_authenticated else request.COOKIES.get("language", "vi")
        known = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(known):
            response = get_response(request)
        response.headers.setdefault("Content-Language", known)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware
