"""Where the journal's triggers are put up: after every migration."""

from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class JournalConfig(AppConfig):
    name = "chibo.journal"

    def ready(self) -> None:
        # The only Django signals in the house. A migration cannot carry the triggers: SQLite drops a table's triggers
        # whenever Django remakes the table, in whichever app, and refuses to drop a column that one of them names.
        pre_migrate.connect(_make_way, sender=self)
        post_migrate.connect(_put_up, sender=self)


def _make_way(*, using: str, plan: list[Any] | None = None, **_: Any) -> None:
    """SQLite, and only if something will be migrated: take the triggers down for the time of the migration."""
    from chibo.core.triggers import lift

    connection = connections[using]
    if connection.vendor == "sqlite" and plan:
        lift(connection)


def _put_up(*, using: str, **_: Any) -> None:
    from chibo.core.triggers import install

    install(connections[using])
