"""The count backwards: for each name, the valid papers less those on which it is struck, batch by batch. 190-QĐ/TW Đ8, Đ15."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chibo.congresses.rules import rule_set_on
from chibo.congresses.rules.counting import Count, Ruling
from chibo.core.values import Objection, gettext_noop

USUAL = 25
"""Papers in a batch, where nobody says otherwise."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Papers ``first`` to ``last`` by their pencilled numbers. ``struck``: on how many valid papers each name is not voted
    for, in the order of the list: struck through, or without a mark under "agree"."""

    first: int
    last: int
    invalid: int
    struck: tuple[int, ...]

    @property
    def papers(self) -> int:
        return self.last - self.first + 1

    @property
    def valid(self) -> int:
        return self.papers - self.invalid


def objections_to_batch(
    batch: Batch, others: Sequence[Batch], *, names: int, seats: int, collected: int, on: date
) -> Iterator[Objection]:
    """Papers that were collected, each in one batch; and the sum that a valid ballot with surplus forces: it leaves at least
    one name standing and at most as many as there are seats, so a miscount often shows at once."""
    article = rule_set_on(on).article("counting")
    if not 1 <= batch.first <= batch.last <= collected:
        text = gettext_noop("Tập phiếu phải nằm trong các phiếu số 1 đến %(collected)s (số phiếu thu về).")
        yield Objection(text, article, {"collected": collected}, "last")
        return
    for other in others:
        if batch.first <= other.last and other.first <= batch.last:
            text = gettext_noop("Phiếu số %(first)s đến %(last)s đã đếm trong tập khác.")
            yield Objection(text, article, {"first": other.first, "last": other.last}, "first")
            return
    if not 0 <= batch.invalid <= batch.papers:
        text = gettext_noop("Tập này có %(papers)s phiếu.")
        yield Objection(text, article, {"papers": batch.papers}, "invalid")
        return
    yield from _objections_to_strikes(batch, names=names, seats=seats, article=article)


def _objections_to_strikes(batch: Batch, *, names: int, seats: int, article: str) -> Iterator[Objection]:
    facts: dict[str, object] = {"valid": batch.valid, "names": names}
    if len(batch.struck) != names or not all(0 <= count <= batch.valid for count in batch.struck):
        text = gettext_noop(
            "Ghi cho mỗi người trong danh sách (%(names)s người) một số từ 0 đến %(valid)s (số phiếu hợp lệ)."
        )
        yield Objection(text, article, facts, "struck")  # fmt: skip
        return
    total, least, most = sum(batch.struck), (names - seats) * batch.valid, (names - 1) * batch.valid
    if names > seats and not least <= total <= most:
        text = gettext_noop(
            "Tổng số lần gạch là %(total)s; %(valid)s phiếu hợp lệ phải có từ %(least)s đến %(most)s lần gạch. Hãy đếm lại tập này."
        )
        yield Objection(text, article, {**facts, "total": total, "least": least, "most": most}, "struck")


def counted_backwards(batches: Sequence[Batch], names: int) -> Count:
    """For each name: valid papers minus strikes."""
    valid = sum(batch.valid for batch in batches)
    votes = tuple(valid - sum(batch.struck[at] for batch in batches) for at in range(names))
    return Count(votes, valid, sum(batch.invalid for batch in batches))


@dataclass(frozen=True, slots=True)
class Apart:
    """A figure on which the count paper by paper and a batch do not agree. ``name`` from 0; None: the invalid papers.
    ``papers``: those on which the first count saw the strike, or the invalid paper."""

    batch: Batch
    name: int | None
    first: int
    second: int
    papers: tuple[int, ...]


def same_papers(batches: Sequence[Batch], heaps: Sequence[int]) -> list[tuple[list[Batch], list[int]]]:
    """The batches of the hand and the heaps of the scanner that hold the same papers, as small as their ends allow.

    ``heaps``: how many ballots each upload held, in their order; after scanning the numbers are pencilled on through the
    heaps. Batches are whole. Heaps of another total cannot be laid beside them: then all is one.
    """
    ordered = sorted(batches, key=lambda batch: batch.first)
    last = ordered[-1].last if ordered else 0
    ends = [sum(heaps[: at + 1]) for at in range(len(heaps))]
    if not ends or ends[-1] != last:
        return [(ordered, list(range(len(heaps))))]
    found, begun = [], 0
    for end in sorted({batch.last for batch in ordered} & set(ends)):
        mine = [batch for batch in ordered if begun < batch.last <= end]
        found.append((mine, [at for at, other in enumerate(ends) if begun < other <= end]))
        begun = end
    return found


def batches_apart(papers: Mapping[int, Ruling], batches: Sequence[Batch]) -> list[Apart]:
    """Which batch to take in hand again, for which name."""
    found = []
    for batch in batches:
        mine = {number: ruling for number, ruling in sorted(papers.items()) if batch.first <= number <= batch.last}
        bad = tuple(number for number, ruling in mine.items() if not ruling.is_valid)
        if len(bad) != batch.invalid:
            found.append(Apart(batch, None, len(bad), batch.invalid, bad))
        for name, told in enumerate(batch.struck):
            struck = tuple(n for n, ruling in mine.items() if ruling.is_valid and not ruling.votes[name])
            if len(struck) != told:
                found.append(Apart(batch, name, len(struck), told, struck))
    return found
