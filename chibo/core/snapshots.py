"""Reading for long while others write: one moment, and no lock that anybody waits for (ADR 0048)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


@contextmanager
def snapshot() -> Iterator[None]:
    """All that is read within is of one moment; nothing may be written. Within a transaction it is that one's moment."""
    if connection.in_atomic_block:
        yield
        return
    own: Any = connection
    mode = getattr(own, "transaction_mode", None)
    if connection.vendor == "sqlite":
        own.transaction_mode = "DEFERRED"  # every other transaction takes the only writer's place at once
    with transaction.atomic():
        if connection.vendor == "sqlite":
            own.transaction_mode = mode
        else:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
