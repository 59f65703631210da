"""The journal of a count: only ever added to, sealed line by line, verifiable with nothing but SHA-256.

A line is ``<seal> <text>``: 64 hexadecimal digits, one space, JSON without line ends, in UTF-8. Its seal is the SHA-256 of
the seal before (64 zeros for the first line), a line end, and the text. The last seal is the head: who has it printed in
the minutes can show years later that not a letter was changed, added or taken away.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedRandom
from pathlib import Path
from typing import Any

from chibo.ballots.style import Refused, gettext_noop

START = "0" * 64
BUSY = gettext_noop("Một máy hoặc cửa sổ khác đang đếm trên sổ này.")

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a journal is whole; ``broken_at`` is the first line (from 1) that is not as it was written."""

    head: str
    lines: int
    broken_at: int | None = None
    torn: bool = False
    """The last line was not finished: power failed while it was written. It never counted."""

    @property
    def is_whole(self) -> bool:
        return self.broken_at is None


def seal_of(before: str, text: str) -> str:
    return hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()


def verify(path: Path) -> Verdict:
    """Check every line of a journal, as a third party would."""
    verdict, _entries, _whole = _read(path.read_bytes())
    return verdict


def entries_in(path: Path) -> list[Entry]:
    """What the whole lines of a journal say, while somebody may be writing into it; nothing where there is none yet."""
    return _read(path.read_bytes())[1] if path.exists() else []


def _read(data: bytes) -> tuple[Verdict, list[Entry], int]:
    """The verdict, what the lines say, and how many bytes of them are whole."""
    head, entries, whole = START, list[Entry](), 0
    for line in data.splitlines(keepends=True):
        if not line.endswith(b"\n"):
            return Verdict(head, len(entries), torn=True), entries, whole
        seal, _space, text = line[:-1].decode("utf-8", "replace").partition(" ")
        if seal != seal_of(head, text) or not _is_entry(text):
            return Verdict(head, len(entries), len(entries) + 1), entries, whole
        head, whole = seal, whole + len(line)
        entries.append(json.loads(text))
    return Verdict(head, len(entries)), entries, whole


def _is_entry(text: str) -> bool:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and "kind" in found


class Journal:
    """An open journal; one process at a time, which the operating system sees to even after ``kill -9``."""

    def __init__(self, file: BufferedRandom, head: str, entries: list[Entry]) -> None:
        self._file, self.head, self.entries = file, head, entries

    def add(self, *entries: Entry) -> None:
        """Append, and return only when the disk has it."""
        if not entries:
            return
        lines = []
        for entry in entries:
            text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            self.head = seal_of(self.head, text)
            lines.append(f"{self.head} {text}\n")
            self.entries.append(json.loads(text))
        self._file.write("".join(lines).encode())
        self._file.flush()
        os.fsync(self._file.fileno())


@contextmanager
def opened(path: Path) -> Iterator[Journal]:
    """Open a journal to go on with it: an unfinished last line is dropped, a changed one refused."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    with path.open("r+b") as file:
        _lock(file)
        verdict, entries, whole = _read(file.read())
        if not verdict.is_whole:
            raise Refused(
                gettext_noop("Sổ đếm “%(file)s” đã bị sửa ở dòng %(line)s; không đếm tiếp trên sổ này."),
                file=path.name, line=verdict.broken_at,
            )  # fmt: skip
        file.truncate(whole)
        file.seek(whole)
        yield Journal(file, verdict.head, entries)


def _lock(file: BufferedRandom) -> None:
    """Hold the file alone until it is closed, or its process dies."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(2**62)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            file.seek(0)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise Refused(BUSY) from error


def kinds(entries: Iterable[Entry], kind: str) -> list[Entry]:
    return [entry for entry in entries if entry["kind"] == kind]
