"""From the journal's lines to the count: what the reader saw, what people said, what still waits. Order never matters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from chibo.ballots.chain import Entry
from chibo.ballots.counting import Count, Pattern, pattern_of, tally
from chibo.ballots.rules import Choice, Concern, Policy, Ruling, ruling_on
from chibo.ballots.style import Refused, Style, gettext_noop

CHOICES = frozenset(choice.value for choice in Choice) - {Choice.DOUBTFUL.value}
VERDICTS = frozenset({"valid", "invalid", "not-a-ballot"})


class Ask(StrEnum):
    """What people are asked."""

    ROW = "row"
    """for, against, neither or both?"""
    BALLOT = "ballot"
    """valid, invalid, or not a ballot (a second picture of one already counted)?"""
    REJECTED = "rejected"
    """not-a-ballot (scanned again, or no ballot), invalid, or all rows by hand: "for,against,…".

    All rows may be said of any ballot: that is how two people correct what the machine was sure of.
    """


@dataclass(frozen=True, slots=True)
class Question:
    item: str
    ask: Ask
    ballot: str
    row: int | None = None
    why: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    differ: bool = False
    """Two people answered and do not agree: the head of the counting committee decides."""


@dataclass
class Tally:
    """The state of a count. ``ballots`` are the settled ones, by the random-looking id of their picture."""

    style: Style
    on: date
    policy: Policy = field(default_factory=Policy)
    sheets: dict[str, Entry] = field(default_factory=dict)
    answers: dict[str, dict[str, str]] = field(default_factory=dict)
    final: dict[str, str] = field(default_factory=dict)

    def take(self, entries: Iterable[Entry]) -> Tally:
        for entry in entries:
            if entry["kind"] in {"sheet", "rejected"}:
                self.sheets[entry["id"]] = entry
            elif entry["kind"] == "answer":
                given = self.answers.setdefault(entry["item"], {})
                given[entry["by"]] = entry["says"]
                if entry.get("board"):
                    self.final[entry["item"]] = entry["says"]
        return self

    def answer_to(self, item: str) -> str | None:
        """What two people said alike, or what the head of the committee decided."""
        if item in self.final:
            return self.final[item]
        said = list(self.answers.get(item, {}).values())
        return said[0] if len(said) >= 2 and len(set(said)) == 1 else None

    def ruling_of(self, ballot: str) -> Ruling | str | None:
        """The ruling; None while people are still asked; "not-a-ballot" for a picture that is not counted."""
        entry = self.sheets[ballot]
        verdict = self.answer_to(ballot)
        if verdict == "not-a-ballot":
            return verdict
        if verdict == "invalid":
            return Ruling(False, (False,) * len(self.style.names))
        choices = self._choices(ballot, entry, verdict)
        if choices is None or (entry["kind"] == "sheet" and entry["concerns"] and verdict is None):
            return None
        ruling = ruling_on(self.style.form, self.style.seats, choices, on=self.on, policy=self.policy)
        return ruling if ruling.is_valid or verdict is not None else None

    def _choices(self, ballot: str, entry: Entry, verdict: str | None) -> list[Choice] | None:
        if verdict and verdict not in VERDICTS:
            return [Choice(word) for word in verdict.split(",")]
        if entry["kind"] == "rejected":
            return None
        settled = []
        for row, choice in enumerate(entry["choices"]):
            said = self.answer_to(f"{ballot}:{row}") if choice not in _SURE else choice
            if said is None:
                return None
            settled.append(Choice(said))
        return settled

    def questions(self) -> list[Question]:
        """All that people still have to look at, by id."""
        found = []
        for ballot in sorted(self.sheets):
            if self.ruling_of(ballot) is None:
                found += self._asked_of(ballot)
        return found

    def _asked_of(self, ballot: str) -> list[Question]:
        entry = self.sheets[ballot]
        if entry["kind"] == "rejected":
            return [self._question(ballot, Ask.REJECTED, ballot, None, (entry["why"],))]
        open_rows = [
            row for row, choice in enumerate(entry["choices"])
            if choice not in _SURE and self.answer_to(f"{ballot}:{row}") is None
        ]  # fmt: skip
        asked = [
            self._question(f"{ballot}:{row}", Ask.ROW, ballot, row, (entry["choices"][row],)) for row in open_rows
        ]
        if self.answer_to(ballot) is None:
            if entry["concerns"]:
                asked.append(self._question(ballot, Ask.BALLOT, ballot, None, tuple(entry["concerns"])))
            elif not open_rows:
                choices = self._choices(ballot, entry, None) or []
                ruling = ruling_on(self.style.form, self.style.seats, choices, on=self.on, policy=self.policy)
                asked.append(
                    self._question(
                        ballot, Ask.BALLOT, ballot, None, tuple(f.text % f.params for f in ruling.findings)
                    )
                )
        return asked

    def _question(self, item: str, ask: Ask, ballot: str, row: int | None, why: tuple[str, ...]) -> Question:
        given = self.answers.get(item, {})
        return Question(
            item, ask, ballot, row, why, tuple(sorted(given)), len(given) >= 2 and self.answer_to(item) is None
        )

    def streaks(self) -> int:
        """On how many sheets a thin upright line stands at one place: dirt on the scanner's glass, not voters' pens."""
        places: dict[int, set[str]] = {}
        for ballot, entry in self.sheets.items():
            for x, _y, wide, high in entry.get("writing", ()):
                if high >= 15 and wide <= 4:
                    for place in (round((x + wide / 2) / 3), round((x + wide / 2) / 3 + 0.5)):
                        places.setdefault(place, set()).add(ballot)
        most = max((len(there) for there in places.values()), default=0)
        return most if most >= max(3, len(self.sheets) / 5) else 0

    def patterns(self) -> dict[str, Pattern]:
        """Every settled ballot: its votes, or None if it is invalid."""
        rulings = {ballot: self.ruling_of(ballot) for ballot in sorted(self.sheets)}
        return {ballot: pattern_of(ruling) for ballot, ruling in rulings.items() if isinstance(ruling, Ruling)}

    def count(self) -> Count:
        return tally(self.patterns().values(), len(self.style.names))

    def check_answer(self, answer: Mapping[str, object]) -> Entry | None:
        """The journal's line for an answer; None if it is known already; refuses what makes no sense or changes a word."""
        item, by, says, board = (
            str(answer.get("item", "")),
            str(answer.get("by", "")).strip(),
            str(answer.get("says", "")),
            bool(answer.get("board")),
        )
        ballot, _colon, row = item.partition(":")
        if ballot not in self.sheets or not by or not self._may_say(ballot, row, says):
            raise Refused(
                gettext_noop("Trả lời không dùng được: mục “%(item)s”, người “%(by)s”, nội dung “%(says)s”."),
                item=item,
                by=by,
                says=says,
            )
        known = self.answers.get(item, {}).get(by)
        if known == says and (not board or self.final.get(item) == says):
            return None
        if (known is not None and not board) or item in self.final:
            raise Refused(
                gettext_noop("“%(by)s” đã trả lời mục “%(item)s”; muốn đổi phải do trưởng ban kiểm phiếu kết luận."),
                by=by,
                item=item,
            )
        return {"kind": "answer", "item": item, "by": by, "says": says, **({"board": True} if board else {})}

    def _may_say(self, ballot: str, row: str, says: str) -> bool:
        if row:
            return (
                self.sheets[ballot]["kind"] == "sheet"
                and row.isdecimal()
                and int(row) < len(self.style.names)
                and says in CHOICES
            )
        words = says.split(",")
        by_hand = self.sheets[ballot]["kind"] == "rejected"
        rows = len(words) == len(self.style.names) and set(words) <= CHOICES
        return rows or says in (VERDICTS - {"valid"} if by_hand else VERDICTS)


_SURE = {Choice.FOR.value, Choice.AGAINST.value}


def concerns_of(entry: Entry) -> tuple[Concern, ...]:
    return tuple(Concern(word) for word in entry.get("concerns", ()))
