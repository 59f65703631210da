"""How the journal proves itself: every line is hashed onto the one before, together with the rows it changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

FIRST = "0" * 64
"""What stands before the first line."""


def canonical(facts: Mapping[str, Any]) -> bytes:
    """One way to write a line, whatever order its facts come in."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str).encode()


def digest_of(changes: Iterable[tuple[Any, ...]]) -> str:
    """The digest of changed rows, in order: each as (table, row, operation, old, new)."""
    digest = sha256()
    for change in changes:
        digest.update("\x1f".join(str(part) for part in change).encode())
        digest.update(b"\x1e")
    return digest.hexdigest()


def hash_of(before: str, facts: Mapping[str, Any], changes: str) -> str:
    """The hash of a line: that of the line before, its facts, and the digest of its changed rows."""
    return sha256(b"\n".join((before.encode(), canonical(facts), changes.encode()))).hexdigest()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A line as it is stored, with the digest of the changed rows as they are found now."""

    seq: int
    facts: Mapping[str, Any]
    before: str
    hash: str
    changes: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the journal is whole: how many lines were checked, and where it breaks first.

    ``outside`` counts the rows changed past the gate, by table: they are not broken, but nobody signed for them.
    """

    ok: bool
    checked: int
    first_broken: int | None = None
    reason: str = ""
    outside: Mapping[str, int] | None = None


def check(lines: Iterable[Sealed]) -> Verdict:
    """Walk the chain; any line changed, removed, put in or moved, and any changed row, shows."""
    before, count = FIRST, 0
    for line in lines:
        count += 1
        if line.before != before:
            return Verdict(False, count, line.seq, "a line before this one was removed, put in or moved")
        if hash_of(before, line.facts, line.changes) != line.hash:
            return Verdict(False, count, line.seq, "this line, or a row it speaks of, was changed")
        before = line.hash
    return Verdict(True, count)
