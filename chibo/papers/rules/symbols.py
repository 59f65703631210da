"""Number and symbol of a paper (số và ký hiệu): "Số 05-BC/CB". HD 36-HD/VPTW mục 1.3; HD 05-HD/VPTW; rulebook §6.2."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from chibo.papers.rules.kinds import SPELLINGS

_LETTERS = r"[^\W\d_]"
_WRITTEN = re.compile(
    rf"(?:số\b)?\s*:?\s*(?P<number>\d{{1,6}})\s*-\s*(?P<kind>{_LETTERS}{{1,5}})\s*/\s*(?P<issuer>{_LETTERS}[\w\s-]*)",
    re.IGNORECASE,
)
_LOOKALIKES = str.maketrans({"Ð": "Đ", "ð": "đ", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-"})


@dataclass(frozen=True, slots=True)
class Symbol:
    """The number of a paper in its series, the letters of its type and of the body that issues it.

    The series runs from 01 per type and term of the committee, for a congress over all types. ``number`` 0 is a
    number not yet given: it prints as a gap for the clerk to fill.
    """

    number: int
    kind: str
    issuer: str

    def __post_init__(self) -> None:
        if self.number < 0 or not self.kind or not self.issuer:
            raise ValueError(f"{self.number}-{self.kind}/{self.issuer}")

    @property
    def bare(self) -> str:
        """Without the word "Số", as it is cited: "05-BC/CB"."""
        number = f"{self.number:02d}" if self.number else " " * 5
        return f"{number}-{self.kind}/{self.issuer}"

    def __str__(self) -> str:
        return f"Số {self.bare}"


def parse_symbol(text: str) -> Symbol:
    """Read a number and symbol as people type them: with or without "Số", spaces, capitals, a colon, long dashes.

    ``ValueError`` where the form is another (15/QĐ-UBND is a paper of the State) or the type is not of the Party.
    """
    found = _WRITTEN.fullmatch(normalize("NFC", text).translate(_LOOKALIKES).strip().rstrip("."))
    kind = SPELLINGS.get(found["kind"].casefold()) if found else None
    if not found or not kind or not int(found["number"]):
        raise ValueError(text)
    issuer = re.sub(r"\s+", "", found["issuer"]).upper().strip("-")
    return Symbol(int(found["number"]), kind, issuer)
