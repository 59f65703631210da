from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate


class JournalConfig(AppConfig):
    name = "chibo.journal"

    def ready(self) -> None:
        # The one signal of the house: only Django knows when all tables stand as the models want them.
        post_migrate.connect(install_triggers, sender=self)


def install_triggers(*, using: str, **_kwargs: Any) -> None:
    from django.db import connections

    from chibo.core.triggers import install

    install(connections[using], guarded=settings.JOURNAL_GUARDED)
