"""How far long work has come: a small file outside the database, so that it is seen before the work is done."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from time import time

from django.conf import settings


@dataclass(frozen=True)
class Progress:
    """``done`` of ``total`` steps, what is being done, and when this was said (seconds since 1970)."""

    done: int
    total: int
    doing: str
    at: float

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def silent_for(self) -> float:
        """Seconds since the work last said something."""
        return time() - self.at


def report(key: str, done: int, total: int, doing: str) -> None:
    """Say how far the work ``key`` has come. A reader sees the whole of it or what was said before, never half."""
    file = _file(key)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    draft.write_text(json.dumps(asdict(Progress(done, total, doing, time()))), encoding="utf-8")
    try:
        draft.replace(file)
    except PermissionError:  # Windows: somebody is reading it now; what comes next is said again
        draft.unlink(missing_ok=True)


def read(key: str) -> Progress | None:
    """What the work ``key`` said last, or None if it has said nothing."""
    try:
        return Progress(**json.loads(_file(key).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def forget(key: str) -> None:
    """The work ``key`` is over."""
    _file(key).unlink(missing_ok=True)


UNTAKEN_AFTER, SILENT_AFTER = 10, 60
"""Seconds after which work that nobody took up may be done at once, and after which it must have been cut off."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How work stands that was asked for: how far it is, whether nobody took it up, whether it was cut off."""

    done: int = 0
    total: int = 0
    doing: str = ""
    untaken: bool = False
    cut_off: bool = False

    @property
    def may_run_now(self) -> bool:
        return self.untaken or self.cut_off


def waiting(key: str, since: datetime) -> Waiting:
    """How the work ``key`` stands that was asked for at ``since``."""
    said = read(key)
    if said is None or said.at < since.timestamp():
        return Waiting(untaken=time() - since.timestamp() > UNTAKEN_AFTER)
    return Waiting(said.done, said.total, said.doing, cut_off=said.silent_for > SILENT_AFTER)


def _file(key: str) -> Path:
    if not re.fullmatch(r"[a-z0-9-]+", key):
        raise ValueError(key)
    return Path(settings.DATA) / "progress" / f"{key}.json"
