"""What must hold of a zip before anything in it is read. Only the standard library: the workers import this."""

from __future__ import annotations

import io
import re
from enum import StrEnum
from typing import IO, Protocol
from zipfile import BadZipFile, ZipFile

_MEGABYTE = 1024 * 1024
_RATIO = 200
_RATIO_FROM = 10 * _MEGABYTE
_ROOT_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*\?>\s*)*<[A-Za-z_]")
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


class Flaw(StrEnum):
    """Why a file is refused, whatever it was to be."""

    BROKEN = "broken"
    ENTITY = "entity"
    LOCKED = "locked"
    TIME = "time"
    UNPACKED = "unpacked"


class RefusedError(Exception):
    """The file will not be read; ``params`` complete the sentence people see."""

    def __init__(self, why: str, **params: object) -> None:
        super().__init__(why)
        self.why = why
        self.params = params


class Bounds(Protocol):
    """How much of an archive is looked at: bytes when unpacked, and files inside."""

    @property
    def max_unpacked(self) -> int: ...
    @property
    def max_entries(self) -> int: ...


def inspect_archive(data: bytes, bounds: Bounds) -> frozenset[str]:
    """The names inside; refused are bombs, locked files, broken ones, and parts that declare entities."""
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if (
                len(entries) > bounds.max_entries
                or sum(entry.file_size for entry in entries) > bounds.max_unpacked
                or any(e.file_size > max(_RATIO_FROM, _RATIO * e.compress_size) for e in entries)
            ):
                raise RefusedError(Flaw.UNPACKED)
            if any(entry.flag_bits & 1 for entry in entries):
                raise RefusedError(Flaw.LOCKED)
            for entry in entries:
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with archive.open(entry) as part:
                        _refuse_dtd(part)
            return frozenset(entry.filename for entry in entries)
    except BadZipFile as error:
        raise RefusedError(Flaw.BROKEN) from error


def _refuse_dtd(part: IO[bytes]) -> None:
    """No part of an office file declares a document type; what does is an attempt to reach other files."""
    chunk, tail = part.read(4_096), b""
    if _ROOT_FIRST.match(chunk):  # nothing can be declared once the root has begun
        return
    while chunk:
        window = tail + chunk.replace(b"\0", b"")  # without the zeros of UTF-16
        if b"<!" in window and _DTD.search(window):
            raise RefusedError(Flaw.ENTITY)
        tail = window[-16:]
        chunk = part.read(_MEGABYTE)


def limit_memory(limit: int) -> None:
    """Where the system can (not Windows), die rather than take the machine's memory."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
