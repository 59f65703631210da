"""What is declared beside what is computed; what is found; and findings that the figures contradict (seed S0-09)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rapidfuzz.fuzz import token_set_ratio

from chibo.core.values import Objection, gettext_noop
from chibo.core.vietnamese import fold
from chibo.inspections.rules import TO_MEND, FindingKind, OutlineKind, regulation_on
from chibo.inspections.rules.leading import objections_to_opening

COMPUTED = (OutlineKind.FIGURE, OutlineKind.CHECK)
ALIKE = 72
"""From this likeness on (0–100) a finding on the same criterion in the same unit repeats an earlier one."""


# ---------------------------------------------------------------------------------------------- self-report


@dataclass(frozen=True, slots=True)
class Declared:
    """One item of a self-report: what the records compute, what is declared, and why they differ."""

    title: str
    kind: str
    computed: str
    declared: str
    explanation: str = ""
    key: int = 0
    """Which item it is: the fields of its form end in this number."""

    @property
    def differs(self) -> bool:
        """Whether a number is declared that the records do not give."""
        return self.kind in COMPUTED and _plain(self.declared) != _plain(self.computed)


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def objections_to_handing_in(
    lines: Iterable[Declared], *, handed_on: date | None, on: date, announced_on: date | None
) -> Iterator[Objection]:
    """Nothing empty, every difference explained, once."""
    if handed_on is not None:
        yield Objection(gettext_noop("Báo cáo đã gửi ngày %(day)s."), params={"day": f"{handed_on:%d/%m/%Y}"})
        return
    if announced_on is None or on < announced_on:
        yield Objection(gettext_noop("Chưa đến lúc gửi báo cáo."))
    for number, line in enumerate(lines, 1):
        if not line.declared.strip():
            yield Objection(gettext_noop("Mục %(number)s còn trống: %(title)s."), params={"number": number, "title": line.title}, field=f"declared-{line.key}")  # fmt: skip
        elif line.differs and not line.explanation.strip():
            yield Objection(
                gettext_noop("Mục %(number)s ghi “%(declared)s”, bản ghi cho “%(computed)s”: hãy giải thích chỗ khác nhau."),
                params={"number": number, "declared": line.declared, "computed": line.computed},
                field=f"explanation-{line.key}",
            )  # fmt: skip


# ------------------------------------------------------------------------------------------------ findings


def objections_to_finding(
    *, kind: str, text: str, remedy: str, due_on: date | None, found_on: date, has_owner: bool, may_mend: bool = True
) -> Iterator[Objection]:
    """Said in words; with a remedy goes who mends it and by when. Nothing secret is written. A survey asks nobody to
    mend anything: it proposes."""
    if remedy.strip() and not may_mend:
        yield Objection(gettext_noop("Khảo sát không giao khắc phục; hãy ghi thành kiến nghị."), field="remedy")
    if not text.strip():
        yield Objection(gettext_noop("Hãy ghi điều nhận thấy."), field="text")
    yield from (Objection(o.text, o.article, o.params, "text") for o in objections_to_opening(f"{text} {remedy}"))
    if remedy.strip() and kind not in TO_MEND:
        yield Objection(
            gettext_noop("Chỉ giao khắc phục cho hạn chế, khuyết điểm hoặc dấu hiệu vi phạm."), field="remedy"
        )
    if remedy.strip() and due_on is None:
        yield Objection(gettext_noop("Hãy ghi hạn khắc phục."), regulation_on(found_on), field="due_on")
    if remedy.strip() and not has_owner:
        yield Objection(gettext_noop("Hãy chọn nơi hoặc người khắc phục."), regulation_on(found_on), field="owner")
    if due_on is not None and due_on <= found_on:
        yield Objection(gettext_noop("Hạn khắc phục phải sau ngày phát hiện."), field="due_on")


def objections_to_verifying(
    *, has_task: bool, done: bool, note: str, verified_on: date | None
) -> Iterator[Objection]:
    """A remedy is verified after it was reported done, with a word on what was seen."""
    if not has_task:
        yield Objection(gettext_noop("Nội dung này không giao khắc phục."))
    elif not done:
        yield Objection(gettext_noop("Nơi khắc phục chưa báo hoàn thành."))
    if verified_on is not None:
        yield Objection(gettext_noop("Đã xác nhận ngày %(day)s."), params={"day": f"{verified_on:%d/%m/%Y}"})
    if not note.strip():
        yield Objection(gettext_noop("Hãy ghi đã xem gì để xác nhận."), field="note")


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finding of an earlier inspection in the same unit."""

    pk: int
    kind: str
    criterion: str
    text: str


def repeated(kind: str, criterion: str, text: str, earlier: Iterable[Earlier]) -> Earlier | None:
    """The earlier shortcoming that this one repeats: the same criterion and like words, or nearly the same words."""
    if kind not in TO_MEND:
        return None
    best, found = 0.0, None
    for one in earlier:
        if one.kind not in TO_MEND:
            continue
        likeness = token_set_ratio(fold(text), fold(one.text))
        same = bool(criterion) and fold(one.criterion) == fold(criterion)
        if likeness >= (ALIKE if same else ALIKE + 15) and likeness > best:
            best, found = likeness, one
    return found


# ------------------------------------------------------------------------------------------- contradictions

_SHORT = re.compile(r"(?:chưa|không|còn dưới|dưới)\s+(?:\w+\s+){0,3}?(\d{1,3}(?:[.,]\d+)?)\s*%", re.IGNORECASE)
_REACHED = re.compile(r"(?:đạt|đủ|bảo đảm|đảm bảo|có)\s+(\d{1,3}(?:[.,]\d+)?)\s*%", re.IGNORECASE)
_RANGE = re.compile(r"từ\s+(\d{1,3}(?:[.,]\d+)?)\s*%?\s*(?:đến|tới|–|-)\s*(\d{1,3}(?:[.,]\d+)?)\s*%", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A percentage that a text claims: at least ``low``, at most ``high``; ``below`` where it says "not yet"."""

    words: str
    low: Fraction
    high: Fraction
    below: bool = False

    def agrees(self, value: Fraction) -> bool:
        """Whether a share (0–100) is what was said; a number written without decimals may be rounded."""
        if self.below:
            return value < self.high
        return self.low - Fraction(1, 2) <= value <= self.high + Fraction(1, 2)


def _number(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))


def claims_in(text: str) -> list[Said]:
    """What a text says in percent: "chưa đảm bảo 100%", "từ 96% đến 100%", "đạt 94,1%"."""
    found = [Said(m[0], _number(m[1]), _number(m[2])) for m in _RANGE.finditer(text)]
    rest = _RANGE.sub(" ", text)
    found += [Said(m[0], Fraction(0), _number(m[1]), below=True) for m in _SHORT.finditer(rest)]
    rest = _SHORT.sub(" ", rest)
    found += [Said(m[0], _number(m[1]), _number(m[1])) for m in _REACHED.finditer(rest)]
    return found


def contradicted(text: str, part: int, base: int) -> Said | None:
    """The claim of the text that the figure (part of base) contradicts; None where they agree or nothing is claimed."""
    if not base:
        return None
    value = Fraction(100 * part, base)
    return next((said for said in claims_in(text) if not said.agrees(value)), None)


def sorted_kinds() -> list[FindingKind]:
    """The kinds in the order of a report: what is good, what is short, why, what is asked."""
    return list(FindingKind)
