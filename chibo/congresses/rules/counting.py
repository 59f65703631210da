"""A ballot entered by hand: what it counts for; and two independent counts laid side by side. 244-QĐ/TW Đ17 = 190-QĐ/TW Đ15,
Đ8; rulebook §1.4, §1.5, §1.7. A ballot is one letter a name, in the order of the list, so that one key enters one name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from chibo.congresses.rules import rule_set_on
from chibo.core.values import Objection, Word, gettext_noop


class Mark(Word):
    """What the paper says of one name."""

    FOR = "d", gettext_noop("Đồng ý, để nguyên tên")
    AGAINST = "k", gettext_noop("Không đồng ý, gạch tên")
    BOTH = "c", gettext_noop("Đánh dấu cả hai ô")
    NEITHER = "t", gettext_noop("Không đánh dấu ô nào")


class Flaw(Word):
    """What makes a whole paper invalid, whatever its names say."""

    NONE = "", gettext_noop("Không có gì khác thường")
    FOREIGN = "foreign", gettext_noop("Không do ban kiểm phiếu phát")
    ADDED = "added", gettext_noop("Ghi thêm tên ngoài danh sách")
    WRITTEN = "written", gettext_noop("Ký tên, đánh dấu riêng hoặc viết thêm")


@dataclass(frozen=True, slots=True)
class Readings:
    """What the rulebook marks [R] of ballots, as settings."""

    single_needs_one_box: bool = True
    writing_voids: bool = True


@dataclass(frozen=True, slots=True)
class Ballot:
    """One paper: a letter of ``Mark`` for each name, and its flaw."""

    marks: str
    flaw: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    is_valid: bool
    votes: tuple[bool, ...]
    reason: Objection | None = None


def ruling_on(ballot: Ballot, *, seats: int, on: date, readings: Readings | None = None) -> Ruling:
    """What the paper counts for. A list longer than the seats is struck through, another is marked with X."""
    reason = _flaw_in(ballot, seats, rule_set_on(on).article("ballot"), readings or Readings())
    votes = tuple(reason is None and mark == Mark.FOR for mark in ballot.marks)
    return Ruling(reason is None, votes, reason)


def _flaw_in(ballot: Ballot, seats: int, article: str, readings: Readings) -> Objection | None:
    marks, chosen = ballot.marks, ballot.marks.count(Mark.FOR)
    if ballot.flaw and (readings.writing_voids or ballot.flaw != Flaw.WRITTEN):
        return Objection(Flaw(ballot.flaw).label, article)
    if len(marks) > seats:
        if chosen > seats:
            text = gettext_noop("Bầu %(chosen)s người, nhiều hơn số cần bầu %(seats)s")
            return Objection(text, article, {"chosen": chosen, "seats": seats})
        if not chosen:
            return Objection(gettext_noop("Không bầu cho ai trong danh sách có số dư"), article)
    elif len(marks) == 1 and readings.single_needs_one_box and marks in (Mark.BOTH, Mark.NEITHER):
        return Objection(gettext_noop("Danh sách một người mà đánh dấu cả hai ô hoặc không đánh dấu ô nào"), article)
    return None


def objections_to_ballot(
    ballot: Ballot, *, names: int, with_surplus: bool, number: int, collected: int, taken: bool, on: date
) -> Iterator[Objection]:
    """What may be entered: one known letter a name, on a paper that was collected, once in each count."""
    article = rule_set_on(on).article("counting")
    known = (Mark.FOR, Mark.AGAINST) if with_surplus else tuple(Mark)
    if len(ballot.marks) != names or any(mark not in known for mark in ballot.marks):
        yield Objection(
            gettext_noop("Hãy ghi cho mỗi người trong danh sách đúng một chữ: %(letters)s; danh sách có %(names)s người."),
            article, {"letters": ", ".join(known), "names": names}, "marks",
        )  # fmt: skip
    if not 1 <= number <= collected:
        yield Objection(
            gettext_noop("Số thứ tự phiếu phải từ 1 đến %(collected)s (số phiếu thu về)."),
            article, {"collected": collected}, "number",
        )  # fmt: skip
    if taken:
        yield Objection(
            gettext_noop("Phiếu số %(number)s đã nhập trong lượt kiểm này."), article, {"number": number}, "number"
        )


# --------------------------------------------------------------------------------------------- two counts


@dataclass(frozen=True, slots=True)
class Count:
    """What one count gives; ``votes`` in the order of the list."""

    votes: tuple[int, ...]
    valid: int
    invalid: int

    @property
    def ballots(self) -> int:
        return self.valid + self.invalid


def tally(rulings: Iterable[Ruling], names: int) -> Count:
    """All papers, in whatever order."""
    votes, seen = [0] * names, Counter[bool]()
    for ruling in rulings:
        seen[ruling.is_valid] += 1
        for at, chosen in enumerate(ruling.votes):
            votes[at] += chosen
    return Count(tuple(votes), seen[True], seen[False])


@dataclass(frozen=True, slots=True)
class Difference:
    """A paper on which two counts do not agree: its pencilled number, and what each saw (None: not entered)."""

    number: int
    first: Ballot | None
    second: Ballot | None


def differences(first: Mapping[int, Ballot], second: Mapping[int, Ballot]) -> list[Difference]:
    """Exactly the papers to take in hand again; nothing is certified before there are none."""
    return [
        Difference(number, first.get(number), second.get(number))
        for number in sorted({*first, *second})
        if first.get(number) != second.get(number)
    ]
