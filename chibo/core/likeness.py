"""Two texts side by side: how much of one stands in the other, and where. Pure; it finds copies and judges nobody.

A plan copied from a colleague (seed S0-11) and an essay copied from a neighbour are found by the same measure.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from unicodedata import normalize

from rapidfuzz import fuzz, process
from rapidfuzz.distance import Indel

_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """Another text that this one resembles, by its id, in percent of its words."""

    other: int
    percent: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a text; ``alike`` where the other text says the same."""

    text: str
    alike: bool


@dataclass(frozen=True, slots=True)
class Pair:
    """A paragraph of one text beside the one of the other that is most like it; either may stand alone."""

    left: list[Passage]
    right: list[Passage]


def plain(text: str) -> str:
    """Lower case, composed letters, single spaces, no punctuation: how texts are compared."""
    return " ".join(_WORDS.findall(normalize("NFC", text).lower()))


def sorted_words(text: str) -> str:
    """The words of a plain text in order of the alphabet, so that a copy with its lines in another order is found."""
    return " ".join(sorted(text.split()))


def alike(one: str, other: str, least: int) -> int:
    """How much two texts of sorted words resemble each other, in percent; 0 below ``least`` or where one is empty."""
    return int(fuzz.ratio(one, other, score_cutoff=least)) if one and other else 0


def nearest(texts: Mapping[int, str], least: int) -> dict[int, Likeness]:
    """For each text (of sorted words) the other that it resembles most, if by ``least`` percent: every pair once."""
    best: dict[int, Likeness] = {}
    for (one, mine), (other, theirs) in combinations(texts.items(), 2):
        percent = alike(mine, theirs, least)
        if percent:
            for pk, like in ((one, other), (other, one)):
                if pk not in best or percent > best[pk].percent:
                    best[pk] = Likeness(like, percent)
    return best


def side_by_side(left: Sequence[str], right: Sequence[str]) -> list[Pair]:
    """The paragraphs of two texts, each beside its likest, with the passages marked that both hold."""
    free = dict(enumerate(right))
    pairs: list[Pair] = []
    for paragraph in left:
        found = process.extractOne(
            plain(paragraph), {k: plain(v) for k, v in free.items()}, scorer=fuzz.ratio, score_cutoff=40
        )
        pairs.append(_pair(paragraph, free.pop(found[2])) if found else Pair(_whole(paragraph), []))
    return pairs + [Pair([], _whole(paragraph)) for paragraph in free.values()]


def passages(words: Sequence[str], spans: Sequence[tuple[int, int]], *, least: int = 3) -> list[Passage]:
    """A text cut where it begins and ends to agree with another: ``spans`` are those of words that stand in both.

    Spans of fewer than ``least`` words are chance.
    """
    parts: list[Passage] = []
    at = 0
    for start, end in spans:
        if end - start < least:
            continue
        if start > at:
            parts.append(Passage(" ".join(words[at:start]), alike=False))
        parts.append(Passage(" ".join(words[start:end]), alike=True))
        at = end
    if at < len(words):
        parts.append(Passage(" ".join(words[at:]), alike=False))
    return parts


def _whole(paragraph: str) -> list[Passage]:
    return [Passage(paragraph, alike=False)]


def _pair(left: str, right: str) -> Pair:
    mine, theirs = left.split(), right.split()
    blocks = [
        code
        for code in Indel.opcodes([plain(word) for word in mine], [plain(word) for word in theirs])
        if code.tag == "equal"
    ]
    return Pair(
        passages(mine, [(code.src_start, code.src_end) for code in blocks]),
        passages(theirs, [(code.dest_start, code.dest_end) for code in blocks]),
    )
