"""The journal of a count: added to, never changed; anybody can verify it with SHA-256 alone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from chibo.ballots.chain import START, opened, verify
from chibo.ballots.style import Refused


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    file = tmp_path / "count.journal"
    with opened(file) as book:
        book.add({"kind": "begin", "what": "Chi ủy"})
        book.add({"kind": "sheet", "id": "a"}, {"kind": "sheet", "id": "b"})
    return file


def test_a_stranger_verifies_it_with_ten_lines_of_their_own(journal: Path) -> None:
    before = "0" * 64
    for line in journal.read_bytes().splitlines():
        seal, text = line[:64].decode(), line[65:]
        assert hashlib.sha256(before.encode() + b"\n" + text).hexdigest() == seal
        before = seal
    assert verify(journal).head == before
    assert verify(journal).is_whole
    assert verify(journal).lines == 3


@pytest.mark.parametrize(("old", "new", "line"), [(b'"a"', b'"c"', 2), (b"begin", b"BEGIN", 1)])
def test_a_changed_letter_shows_and_is_not_gone_on_with(journal: Path, old: bytes, new: bytes, line: int) -> None:
    journal.write_bytes(journal.read_bytes().replace(old, new))
    assert verify(journal).broken_at == line
    before = journal.read_bytes()
    with pytest.raises(Refused, match=f"dòng {line}"), opened(journal):
        pass
    assert journal.read_bytes() == before


def test_a_line_taken_out_shows(journal: Path) -> None:
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + lines[2])
    assert verify(journal).broken_at == 2
    journal.write_bytes(b"".join(lines[:2]))
    assert verify(journal).is_whole, "a cut end shows by the head alone"
    assert verify(journal).lines == 2


def test_power_lost_within_a_line_loses_that_line_only(journal: Path) -> None:
    whole = journal.read_bytes()
    for cut in (1, 40, 90):
        journal.write_bytes(whole[:-cut])
        assert verify(journal).torn
        with opened(journal) as book:
            assert [e.get("id") for e in book.entries] == [None, "a"]
            book.add({"kind": "sheet", "id": "b"})
        assert journal.read_bytes() == whole


def test_two_do_not_count_in_one_journal(journal: Path) -> None:
    with opened(journal), pytest.raises(Refused, match="đang đếm"), opened(journal):
        pass


def test_an_empty_journal_is_whole(tmp_path: Path) -> None:
    with opened(tmp_path / "new" / "count.journal") as book:
        assert book.head == START
