"""A request whose actor is known: what every view takes."""

from __future__ import annotations

from django.http import HttpRequest

from chibo.access.actor import Actor


class Request(HttpRequest):
    actor: Actor
