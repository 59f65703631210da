"""The one code on the sheet: which form it is. Never which sheet, so nothing tells one voter's ballot from another's."""

from __future__ import annotations

import base64
import hashlib
import hmac
from enum import StrEnum
from functools import lru_cache

from chibo.ballots.style import Style

_VERSION = "B1"


class Verdict(StrEnum):
    """What a code says about the sheet that carries it."""

    OURS = "ours"
    OTHER_STYLE = "other-style"
    """Another round or another list of the same election."""
    OTHER_ELECTION = "other-election"
    FORGED = "forged"
    """It names this form, and its seal is not of this election's key."""
    UNREADABLE = "unreadable"


@lru_cache(maxsize=8)
def code_of(style: Style) -> str:
    """``B1/<election>/<letter>/<digest>/<seal>``: capital letters and digits, identical on all sheets of the style."""
    text = f"{_VERSION}/{style.election}/{style.letter}/{style.digest[:8].upper()}"
    return f"{text}/{_seal(text, style.key)}"


def verdict_on(code: str | None, style: Style) -> Verdict:
    parts = (code or "").split("/")
    if len(parts) != 5 or parts[0] != _VERSION:
        return Verdict.UNREADABLE
    if parts[1] != style.election:
        return Verdict.OTHER_ELECTION
    if not hmac.compare_digest(_seal("/".join(parts[:4]), style.key).encode(), parts[4].encode()):
        return Verdict.FORGED
    return Verdict.OURS if code == code_of(style) else Verdict.OTHER_STYLE


def _seal(text: str, key: str) -> str:
    """48 bits of an HMAC over the text, as ten capital letters and digits."""
    made = hmac.new(key.encode(), text.encode(), hashlib.sha256).digest()[:6]
    return base64.b32encode(made).decode().rstrip("=")
