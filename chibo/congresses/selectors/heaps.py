"""The heaps in which ballots were scanned: one upload is one heap, and which pictures it held its folder tells (ADR 0125)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from chibo.congresses.selectors.scanning import ScanFacts, folder_of

_MISSES = 2
"""Pages in a row that the journal does not know, after which a file has ended: between two fronts lies one back."""


def heaps_of(facts: ScanFacts) -> list[list[str]]:
    """The ballots of each upload, by the ids that tell nothing of their order; a picture sent twice belongs to the first."""
    known, found = set(facts.patterns), []
    for heap in _pictures_in(folder_of(facts.scan) / "scans", frozenset(facts.tally.sheets)):
        found.append(sorted(known & heap))
        known -= heap
    return [heap for heap in found if heap]


@lru_cache(maxsize=4)
def _pictures_in(scans: Path, sheets: frozenset[str]) -> list[frozenset[str]]:
    """By upload: the pictures that are in the journal."""
    return [
        frozenset(picture for file in folder.iterdir() for picture in _pages_of(file, sheets))
        for folder in sorted(scans.glob("[0-9]*"))
    ]


def _pages_of(file: Path, sheets: frozenset[str]) -> Iterator[str]:
    from chibo.ballots.batch import identity  # loads OpenCV, and opens no picture
    from chibo.ballots.intake import Page

    number, missed = 0, 0
    while missed < _MISSES:
        picture = identity(Page(file, number))
        missed = 0 if picture in sheets else missed + 1
        number += 1
        yield picture
