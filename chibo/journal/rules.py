"""How a line of the journal is written down to be sealed, and how a chain of seals is checked.

A seal is ``SHA-256(previous seal, line, digest of the changes)`` in hex, each on a row of its own. A line is a JSON array
of strings, so it holds no line break and can be read in one way only; anybody with a SHA-256 tool can check it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, NamedTuple

from chibo.core.values import gettext_noop

_quote: Callable[[str], str] = json.encoder.encode_basestring


class Sealed(NamedTuple):
    """One entry as it is stored: its place, the seal before it, its own seal, what it says, what it changed."""

    seq: int
    prev_hash: str
    hash: str
    line: str
    digest: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the chain does not hold, and why."""

    seq: int
    reason: str


MISSING = gettext_noop("Thiếu, thừa hoặc đảo thứ tự dòng ngay trước dòng này.")
ALTERED = gettext_noop("Nội dung của dòng này, hoặc các thay đổi thuộc về nó, đã bị sửa, xóa hay thêm.")
CUT = gettext_noop("Dòng này đã được in ra nhưng không còn trong nhật ký, hoặc dấu niêm phong khác bản đã in.")
OWNERLESS = gettext_noop("Có thay đổi thuộc về một dòng không còn trong nhật ký.")


def canonical(value: Any) -> str:
    """The one way to write a JSON value: sorted keys, no spaces, letters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(at: datetime) -> str:
    """A point in time in UTC to the microsecond: how both databases are asked to write it."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}"


def line_of(fields: Iterable[str]) -> str:
    """An entry or a change as a JSON array of strings."""
    return f"[{','.join(map(_quote, fields))}]"


def entry_fields(
    *,
    seq: int,
    key: str,
    at: datetime,
    user_id: object,
    verb: str,
    unit_path: str,
    subject: str,
    subject_label: str,
    details: str,
    once: str | None,
) -> tuple[str, ...]:
    """The fields of an entry in the order they are sealed; ``details`` is its JSON text, to the letter."""
    return (
        str(seq),
        key,
        moment(at),
        "" if user_id is None else str(user_id),
        verb,
        unit_path,
        subject,
        subject_label,
        details,
        "" if once is None else f"={once}",
    )


def digest_of(rows: Iterable[Iterable[str]]) -> str:
    """The digest of the changes of one entry, read as they come; "" where there is none."""
    total, empty = sha256(), True
    for fields in rows:
        total.update(f"{line_of(fields)}\n".encode())
        empty = False
    return "" if empty else total.hexdigest()


def seal(prev_hash: str, line: str, digest: str) -> str:
    """The seal of an entry: it covers all that came before it."""
    return sha256(f"{prev_hash}\n{line}\n{digest}".encode()).hexdigest()


def check(chain: Iterable[Sealed], printed: dict[int, str] | None = None) -> tuple[int, Break | None]:
    """How many entries were looked at, and the first that does not hold.

    ``printed`` are seals known from outside the database (the monthly minutes): without one, entries taken off the
    end, or a whole chain written anew, cannot be told.
    """
    waiting = dict(printed or {})
    seq, prev_hash, count = 0, "", 0
    for count, (number, claimed, found, line, digest) in enumerate(chain, 1):
        if number != seq + 1 or claimed != prev_hash:
            return count, Break(number, MISSING)
        if sha256(f"{prev_hash}\n{line}\n{digest}".encode()).hexdigest() != found:
            return count, Break(number, ALTERED)
        if waiting and waiting.pop(number, found) != found:
            return count, Break(number, CUT)
        seq, prev_hash = number, found
    if waiting:
        return count, Break(min(waiting), CUT)
    return count, None
