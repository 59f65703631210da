"""Reading the journal: whether it is whole, what happened to a record, what happened below a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import connection, models
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from chibo.core.templatetags.journal import verb_words
from chibo.core.triggers import COUNTED, MASK, missing
from chibo.journal.models import Change, Entry
from chibo.journal.rules import OWNERLESS, Sealed, check, digest_of, line_of

PAGE = 2000


def find_once(token: str) -> Entry | None:
    """The line that the first submit of this form left, if there was one."""
    return Entry.objects.filter(once=token).first()


def head() -> Entry | None:
    """The last line: its number and seal, printed into the minutes, witness all lines before it."""
    return Entry.objects.order_by("-seq").first()


def entries_under(
    paths: Iterable[str], *, since: datetime | None = None, until: datetime | None = None, verb: str = ""
) -> QuerySet[Entry]:
    """What happened in the units below these paths; "" is the whole tree. Of an app's actions with ``verb`` "plans."."""
    within = Q(pk__in=[])
    for path in paths:
        within |= Q(unit_path__startswith=path) if path else ~Q(pk__in=[])
    found = Entry.objects.filter(within)
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    return found.filter(verb__startswith=verb) if verb else found


def entries_concerning(
    user: Any, records: Mapping[type[models.Model], Collection[int]] | None = None
) -> QuerySet[Entry]:
    """What the user did, what was done to their account and to these records of theirs, and what changed a row of these
    while it was done to something else: a meeting that evaluates a whole cell, a list that is brought in."""
    if user is None:
        return Entry.objects.none()
    subjects, rows = [f"{user._meta.label_lower}:{user.pk}"], Q(pk__in=[])
    for model, keys in (records or {}).items():
        subjects += [f"{model._meta.label_lower}:{pk}" for pk in keys]
        rows |= Q(table_name=model._meta.db_table, row_id__in=[str(pk) for pk in keys])
    changed = Change.objects.filter(rows).exclude(entry_key="").values("entry_key")
    return Entry.objects.filter(Q(user=user) | Q(subject__in=subjects) | Q(key__in=changed))


# The chain


@dataclass(frozen=True)
class Verdict:
    """Whether the journal is as it was written. ``outside`` counts, by table, rows that were written without passing
    the gate: noted, but sealed by nobody. ``unwatched`` names tables whose triggers are missing or changed."""

    ok: bool
    checked: int
    first_broken_seq: int | None = None
    reason: str = ""
    outside: Mapping[str, int] = field(default_factory=dict)
    unwatched: tuple[str, ...] = ()


def verify_chain(printed: Mapping[int, str] | None = None) -> Verdict:
    """Read the whole journal and say whether a line or a change was altered, taken out, put in or moved.

    ``printed`` maps numbers of lines to their seals as they stand in printed minutes: only they can show that lines
    were cut off the end or that the whole journal was written anew.
    """
    sealed_changes = [0]
    checked, broken = check(_chain(sealed_changes), dict(printed or {}))
    outside = dict(
        Change.objects.filter(entry_key="").values_list("table_name").annotate(n=Count("pk")).order_by("table_name")
    )
    unwatched = tuple(missing(connection))
    if broken is not None:
        return Verdict(False, checked, broken.seq, gettext(broken.reason), outside, unwatched)
    carried = Change.objects.exclude(entry_key="")
    if carried.count() != sealed_changes[0] and _ownerless(carried).exists():
        return Verdict(False, checked, None, gettext(OWNERLESS), outside, unwatched)
    return Verdict(True, checked, None, "", outside, unwatched)


def _ownerless(carried: QuerySet[Change]) -> QuerySet[Change]:
    return carried.filter(~Exists(Entry.objects.filter(key=OuterRef("entry_key"))))


def changes_of(key: str) -> Iterator[tuple[str, ...]]:
    """What an entry changed, in the form that is sealed, a page at a time."""
    last, full = 0, True
    while full:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {_change_columns()} FROM journal_change WHERE entry_key = %s AND id > %s ORDER BY journal_change.id LIMIT %s",
                [key, last, PAGE],
            )
            rows = cursor.fetchall()
        yield from rows
        full = len(rows) == PAGE
        last = int(rows[-1][0]) if rows else 0


def _chain(sealed_changes: list[int]) -> Iterator[Sealed]:
    """The entries in order with the digests of their changes, a page at a time; counts the changes it saw."""
    last = -(2**63)
    while True:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT seq, prev_hash, hash, {_entry_columns()} FROM journal_entry WHERE seq > %s ORDER BY journal_entry.seq LIMIT %s",
                [last, PAGE],
            )
            rows = cursor.fetchall()
        if not rows:
            return
        last = rows[-1][0]
        digests = _digests(rows[0][0], last, sealed_changes)
        for row in rows:
            yield Sealed(row[0], row[1], row[2], _line(row[3:]), digests.get(row[4], ""))


def _digests(first: int, last: int, sealed_changes: list[int]) -> dict[str, str]:
    """Key to digest of the changes, for the entries of one page."""

    def counted(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
        for row in rows:
            sealed_changes[0] += 1
            yield row[1:]

    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"SELECT entry_key, {_change_columns()} FROM journal_change WHERE entry_key IN (SELECT key FROM journal_entry WHERE seq BETWEEN %s AND %s) ORDER BY entry_key, journal_change.id",
            [first, last],
        )
        pages = iter(lambda: cursor.fetchmany(PAGE), [])
        rows = (row for page in pages for row in page)
        return {key: _digest(counted(group)) for key, group in groupby(rows, itemgetter(0))}


def _line(fields: Iterable[str]) -> str:
    """The line, or "" (which no seal fits) where somebody put a value that no line can hold."""
    try:
        return line_of(fields)
    except TypeError:
        return ""


def _digest(rows: Iterator[tuple[str, ...]]) -> str:
    try:
        return digest_of(rows)
    except TypeError:
        for _ in rows:
            """The rest is only counted."""
        return "-"


def _entry_columns() -> str:
    """The fields of ``rules.entry_fields``, in their order, as text."""
    return (
        f"{_text('seq')}, key, {_moment()}, coalesce({_text('user_id')}, ''), verb, unit_path, subject, "
        f"subject_label, {_text('details')}, coalesce('=' || once, '')"
    )


def _change_columns() -> str:
    return f"{_text('id')}, table_name, row_id, op, {_text('old')}, {_text('new')}, {_moment()}"


def _text(column: str) -> str:
    """As text. PostgreSQL gives the result the column's own name: whoever sorts says the table too."""
    return f"CAST({column} AS text)"


def _moment() -> str:
    if connection.vendor == "postgresql":
        return "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')"
    return "CASE length(at) WHEN 19 THEN at || '.000000' ELSE at END"


# The history of one record


class Edit(NamedTuple):
    """One column that changed, in words: what it is called, what it was and what it became."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class HistoryLine:
    """One thing that happened to a record. ``entry`` is None for a write that did not pass the gate; ``op`` is "" where
    no row changed (somebody looked at a secret)."""

    at: datetime
    who: Any
    verb: str
    entry: Entry | None
    op: str
    edits: tuple[Edit, ...]


def history_of(record: models.Model, *, limit: int = 200) -> list[HistoryLine]:
    """What happened to the record, newest first: three queries, and one for each kind of record it points to."""
    meta = record._meta
    rows = Change.objects.filter(table_name=meta.db_table, row_id=str(record.pk)).order_by("-id")[:limit]
    changes = list(rows)
    keys = {change.entry_key for change in changes}
    entries = Entry.objects.select_related("user").order_by("-seq")
    by_key = {entry.key: entry for entry in entries.filter(key__in=keys)}
    words = _Words(meta, changes)
    lines = [_history_line(change, by_key.get(change.entry_key), words.edits(change)) for change in changes]
    lines = [line for line in lines if line.edits or line.op != "U"]
    about = entries.filter(subject=f"{meta.label_lower}:{record.pk}").exclude(key__in=keys)
    lines += [HistoryLine(entry.at, entry.user, str(verb_words(entry)), entry, "", ()) for entry in about[:limit]]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:limit]


def _history_line(change: Change, entry: Entry | None, edits: tuple[Edit, ...]) -> HistoryLine:
    verb = str(verb_words(entry)) if entry else gettext("sửa ngoài các thao tác của phần mềm")
    return HistoryLine(entry.at if entry else change.at, entry and entry.user, verb, entry, change.op, edits)


class _Words:
    """Stored values as people read them."""

    def __init__(self, meta: Any, changes: list[Change]) -> None:
        self.fields = {f.column: f for f in meta.concrete_fields if f.editable and not f.primary_key}
        wanted: dict[Any, set[Any]] = {}
        for change in changes:
            for column, value in (*change.old.items(), *change.new.items()):
                f = self.fields.get(column)
                if f is not None and f.is_relation and value not in {None, MASK}:
                    wanted.setdefault(f.related_model, set()).add(value)
        self.related = {
            (model, pk): str(record)
            for model, keys in wanted.items()
            for pk, record in model._base_manager.in_bulk(keys).items()
        }

    def edits(self, change: Change) -> tuple[Edit, ...]:
        columns = [c for c in self.fields if c not in COUNTED and (c in change.old or c in change.new)]
        return tuple(
            Edit(str(self.fields[column].verbose_name), old, new)
            for column in columns
            for old, new in [(self._said(column, change.old), self._said(column, change.new))]
            if old or new
        )

    def _said(self, column: str, side: dict[str, Any]) -> str:
        value, f = side.get(column), self.fields[column]
        if value is None or value == "" or value == MASK:
            return value or ""
        if f.is_relation:
            return self.related.get((f.related_model, value), f"#{value}")
        try:
            value = f.to_python(value)
        except (ValidationError, ValueError, FieldDoesNotExist):
            return str(value)
        if f.choices:
            return str(dict(f.flatchoices).get(value, value))
        if isinstance(value, bool):
            return gettext("có") if value else gettext("không")
        if isinstance(value, datetime):
            return f"{timezone.localtime(value) if timezone.is_aware(value) else value:%H:%M %d/%m/%Y}"
        return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
