"""Lines are written here, by the gate; nobody else writes the journal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from chibo.journal.models import Change, Entry
from chibo.journal.rules import FIRST, digest_of, hash_of
from chibo.journal.selectors import CHANGE, facts_of

SECRET = frozenset({"password", "citizen_id", "code", "code_hash"})
MOST_TEXT = 300
CHAIN_LOCK = 0x636869626F


@dataclass
class Line:
    """A line while its action runs; the gate fills in ``subject`` and ``details``."""

    key: str
    user: Any
    verb: str
    unit_path: str
    once: str
    subject: Any = None
    details: dict[str, Any] = field(default_factory=dict)


_open: ContextVar[tuple[Line, ...]] = ContextVar("open lines", default=())
_done: ContextVar[tuple[Line, ...]] = ContextVar("done lines", default=())


@contextmanager
def entry(*, user: Any, verb: str, unit_path: str, once: str = "") -> Iterator[Line]:
    """Write one line around an action, inside its transaction. What fails leaves none.

    Lines of actions within actions are sealed together at the very end, so that two transactions never wait for each
    other's end of the chain while they still need rows.
    """
    assert transaction.get_connection().in_atomic_block
    line = Line(uuid4().hex, user, verb, unit_path, once)
    outer, done = _open.get(), _done.get()
    _open.set((*outer, line))
    _announce(line.key)
    try:
        yield line
        _done.set((*_done.get(), line))
        if not outer:
            _seal(_done.get())
    except BaseException:
        _done.set(done)
        raise
    finally:
        _open.set(outer)
        if not outer:
            _done.set(())
        if not connection.needs_rollback:
            _announce(outer[-1].key if outer else "")


def plain(details: dict[str, Any]) -> dict[str, Any]:
    """What an action was told, as the journal keeps it: records by name, no secrets, no long texts."""
    return {name: _plain(value) for name, value in details.items() if name not in SECRET}


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return f"{value._meta.label_lower}:{value.pk}"
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple, set, frozenset, dict)):
        return f"({len(value)})"
    text = str(value)
    return text if len(text) <= MOST_TEXT else text[: MOST_TEXT - 1] + "…"


def _announce(key: str) -> None:
    """Tell the triggers of this transaction which line the rows belong to."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT set_config('chibo.entry', %s, true)", [key])
        else:
            cursor.execute("INSERT OR REPLACE INTO journal_pen (id, entry_key) VALUES (1, %s)", [key])


def _seal(lines: tuple[Line, ...]) -> None:
    """Hash the lines onto the chain, in order; on PostgreSQL one transaction at a time."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    before = Entry.objects.order_by("-seq").values_list("hash", flat=True).first() or FIRST
    for line in lines:
        subject = line.subject
        made = Entry(
            key=line.key,
            at=timezone.now().replace(microsecond=0),
            user=line.user,
            verb=line.verb,
            unit_path=line.unit_path,
            subject=f"{subject._meta.label_lower}:{subject.pk}" if subject is not None else "",
            subject_label=str(subject)[:200] if subject is not None else "",
            details=plain(line.details),
            once=line.once or None,
            prev_hash=before,
        )
        changes = Change.objects.filter(entry_key=line.key).order_by("pk").values_list(*CHANGE)
        made.hash = before = hash_of(before, facts_of(made), digest_of(changes.iterator()))
        made.save(force_insert=True)
