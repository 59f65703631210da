"""Writing a line of the journal. The gate is its only caller."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.db import connection, models
from django.db.transaction import TransactionManagementError
from django.utils import timezone
from django.utils.translation import override

from chibo.core.triggers import pass_pen, put_down_pen, take_pen
from chibo.journal.models import Entry
from chibo.journal.rules import canonical, digest_of, entry_fields, line_of, seal
from chibo.journal.selectors import changes_of

SECRET = frozenset({"password", "citizen_id", "code_hash"})
LONGEST = 300
MANY = 20
DEEPEST = 5


@dataclass
class Line:
    """What the gate tells of an action: ``subject`` is the record, ``details`` what was asked for, ``secret`` the
    names in it that are kept out of the journal."""

    key: str
    unit_path: str
    subject: models.Model | None = None
    details: Mapping[str, Any] = field(default_factory=dict)
    secret: frozenset[str] = frozenset()


_finished: ContextVar[list[tuple[str, list[dict[str, Any]]]] | None] = ContextVar("finished", default=None)
"""The open entries of this context, innermost last: key, and the lines finished within the outermost."""


@contextmanager
def entry(*, user: Any, verb: str, unit_path: str, once: str = "") -> Iterator[Line]:
    """Leave one line for what happens inside; it must be all of an ``atomic`` block of its own.

    Every row written inside carries the line's key, put there by the triggers. An exception leaves no line, and the
    ``atomic`` block around it takes back the rest. Entries inside an entry are sealed together with the outermost,
    inner ones first, so that on PostgreSQL the lock on the chain comes after all locks on rows.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("an entry of the journal needs a transaction")
    around = _finished.get() or []
    lines: list[dict[str, Any]] = around[-1][1] if around else []
    line = Line(uuid4().hex, unit_path)
    take_pen(connection, line.key)
    token = _finished.set([*around, (line.key, lines)])
    try:
        yield line
    finally:
        _finished.reset(token)
    said = _said(line, user, verb, once)
    if around:
        standing = pass_pen(connection, around[-1][0])
    else:
        standing = pass_pen(connection, "") if lines else 1
        put_down_pen(connection)
    del lines[standing - 1 :]
    lines.append(said)
    if not around:
        _seal(lines)


def _called(subject: models.Model) -> str:
    """What people call the record, in the language of the house whoever acts: the line is sealed."""
    with override(settings.LANGUAGE_CODE):
        return str(subject)


def _said(line: Line, user: Any, verb: str, once: str) -> dict[str, Any]:
    subject = line.subject
    masked = getattr(subject, "masked", ())
    return {
        "key": line.key,
        "at": timezone.now(),
        "user_id": getattr(user, "pk", None),
        "verb": verb[:80],
        "unit_path": line.unit_path[:200],
        "subject": "" if subject is None else f"{subject._meta.label_lower}:{subject.pk}"[:80],
        "subject_label": "" if subject is None else _clean(_called(subject))[:200],
        "details": plain(line.details, secret=line.secret.union(masked)),
        "once": once or None,
    }


_COLUMNS = tuple(str(field.column) for field in Entry._meta.concrete_fields)
_INSERT = (  # by hand: a third of the time that a save through the ORM takes, on every save of the house
    f"INSERT INTO journal_entry ({', '.join(_COLUMNS)}) VALUES ({', '.join(['%s'] * len(_COLUMNS))})"
)


def _seal(lines: list[dict[str, Any]]) -> None:
    """Add the lines to the end of the chain, one writer at a time.

    PostgreSQL: the lock is held until the end of the transaction. The question for the last line is a statement of its
    own after it, so at READ COMMITTED it sees what the former holder committed; at stricter levels, where it might
    not, the unique ``seq`` and ``prev_hash`` refuse a second branch. SQLite has one writer anyway (BEGIN IMMEDIATE).
    """
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('chibo.journal'), hashtext(current_schema()))")
        cursor.execute("SELECT seq, hash FROM journal_entry ORDER BY seq DESC LIMIT 1")
        seq, prev_hash = cursor.fetchone() or (0, "")
        for said in lines:
            seq += 1
            stored = {**said, "seq": seq, "details": canonical(said["details"])}
            sealed = seal(prev_hash, line_of(entry_fields(**stored)), digest_of(changes_of(said["key"])))
            stored |= {"prev_hash": prev_hash, "hash": sealed}
            stored["at"] = connection.ops.adapt_datetimefield_value(said["at"])
            cursor.execute(_INSERT, [stored[column] for column in _COLUMNS])
            prev_hash = sealed


def plain(details: Mapping[str, Any], *, secret: Iterable[str] = ()) -> dict[str, Any]:
    """What was asked for, as JSON that can be read later: records as "label:pk", dates in ISO, long texts and lists
    cut; secret names left out at every depth."""
    return _plain_names(details, SECRET.union(secret), 0)


def _plain_names(details: Mapping[Any, Any], secret: frozenset[str], depth: int) -> dict[str, Any]:
    return {_clean(str(k)): _plain(v, secret, depth + 1) for k, v in details.items() if str(k) not in secret}


def _plain(value: Any, secret: frozenset[str], depth: int) -> Any:
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) < 2**53):
        return value
    if isinstance(value, (Mapping, models.QuerySet, list, tuple, set, frozenset)) or is_dataclass(value):
        return _plain_many(value, secret, depth) if depth < DEEPEST else "…"
    match value:
        case models.Model():
            return f"{value._meta.label_lower}:{value.pk}"
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | bytearray() | memoryview():
            return f"({len(value)} B)"
        case File():
            return _cut(value.name or "")
        case _:
            return _cut(str(value))


def _plain_many(value: Any, secret: frozenset[str], depth: int) -> Any:
    if isinstance(value, Mapping):
        return _plain_names(value, secret, depth)
    if is_dataclass(value):
        return _plain_names({f.name: getattr(value, f.name) for f in fields(value)}, secret, depth)
    first = [_plain(item, secret, depth + 1) for item in islice(value, MANY)]
    return first if len(value) <= MANY else [*first, f"… ({len(value)})"]


def _cut(text: str) -> str:
    text = _clean(text)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _clean(text: str) -> str:
    """Without what a database cannot hold: NUL and halves of letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
