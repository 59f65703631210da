"""How the journal is read, and checked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import Count, Model, Q, QuerySet

from chibo.journal.models import Change, Entry
from chibo.journal.rules import Sealed, Verdict, check, digest_of

CHANGE = ("table_name", "row_id", "op", "old", "new")
FACTS = ("key", "user_id", "verb", "unit_path", "subject", "subject_label", "details", "once")


def find_once(token: str) -> Entry | None:
    """The line that this form's token wrote."""
    return Entry.objects.filter(once=token).first()


def entries_under(paths: Iterable[str]) -> QuerySet[Entry]:
    """The lines of what happened in these units and below."""
    within = Q(pk__in=())
    for path in paths:
        within |= Q(unit_path__startswith=path)
    return Entry.objects.filter(within)


def entries_concerning(user: Any) -> QuerySet[Entry]:
    """What the user did, and what was done to their account or, as a member, to their own file."""
    subjects = [f"access.user:{user.pk}"]
    member = getattr(user, "member", None)
    if member is not None:
        subjects.append(f"members.member:{member.pk}")
    return Entry.objects.filter(Q(user=user) | Q(subject__in=subjects))


def head() -> Entry | None:
    """The last line: its hash, printed in the minutes or sent away, is the witness that none was rewritten."""
    return Entry.objects.order_by("-seq").first()


@dataclass(frozen=True)
class HistoryLine:
    """What one line of the journal changed of a record, column by column as (name, before, after)."""

    at: datetime
    who: Any
    verb: str
    changes: tuple[tuple[str, Any, Any], ...]


def history_of(record: Model) -> list[HistoryLine]:
    """The life of one record, latest first: two queries."""
    changes = Change.objects.filter(table_name=record._meta.db_table, row_id=str(record.pk)).order_by("pk")
    by_key = {key: list(found) for key, found in groupby(changes, key=lambda change: change.entry_key) if key}
    names = {f.column: str(getattr(f, "verbose_name", f.column)) for f in record._meta.concrete_fields}
    hidden = {"version", "changed_at", "changed_by_id", "entered_at", "sort_key", "search_key", "id"}
    lines = Entry.objects.filter(key__in=by_key).select_related("user").order_by("-seq")
    return [
        HistoryLine(
            entry.at,
            entry.user,
            entry.verb,
            tuple(
                (names.get(column, column), before, after)
                for change in by_key[entry.key]
                for column, before, after in _columns(change)
                if column not in hidden
            ),
        )
        for entry in lines
    ]


def _columns(change: Change) -> Iterator[tuple[str, Any, Any]]:
    old, new = json.loads(change.old or "{}"), json.loads(change.new or "{}")
    for column in {**old, **new}:
        yield column, old.get(column), new.get(column)


def facts_of(entry: Entry) -> dict[str, Any]:
    """What of a line is sealed."""
    return {name: getattr(entry, name) for name in FACTS} | {"at": entry.at.timestamp()}


def verify_chain() -> Verdict:
    """Check every line and every changed row, in one walk of each table."""
    digests = _digests()
    verdict = check(
        Sealed(entry.seq, facts_of(entry), entry.prev_hash, entry.hash, digests.get(entry.key, NOTHING))
        for entry in Entry.objects.order_by("seq").iterator(2000)
    )
    if not verdict.ok:
        return verdict
    known = Entry.objects.values("key")
    orphan = Change.objects.exclude(entry_key="").exclude(entry_key__in=known).order_by("pk").first()
    if orphan is not None:
        return Verdict(False, verdict.checked, None, "rows belong to a line that is gone")
    past = (
        Change.objects.filter(entry_key="").values_list("table_name").annotate(n=Count("pk")).order_by("table_name")
    )
    return Verdict(True, verdict.checked, outside=dict(past))


NOTHING = digest_of(())


def _digests() -> dict[str, str]:
    """The digest of the rows of each line, as they are stored now."""
    rows = Change.objects.exclude(entry_key="").order_by("entry_key", "pk").values_list("entry_key", *CHANGE)
    return {
        key: digest_of(row[1:] for row in found) for key, found in groupby(rows.iterator(5000), key=lambda r: r[0])
    }
