"""The chain without a database: any single edit, swap or loss shows."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from chibo.journal.rules import (
    ALTERED,
    CUT,
    MISSING,
    Sealed,
    canonical,
    check,
    digest_of,
    entry_fields,
    line_of,
    moment,
    seal,
)

TEXT = st.text(max_size=12)
CHANGES = st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=3)
ENTRIES = st.lists(st.tuples(TEXT, TEXT, CHANGES), min_size=2, max_size=8)


def chain(entries) -> list[Sealed]:
    lines, before = [], ""
    for seq, (verb, label, changes) in enumerate(entries, 1):
        line, digest = line_of([str(seq), verb, label]), digest_of(changes)
        lines.append(Sealed(seq, before, seal(before, line, digest), line, digest))
        before = lines[-1].hash
    return lines


@given(ENTRIES)
def test_an_untouched_chain_is_whole(entries) -> None:
    lines = chain(entries)
    assert check(lines) == (len(lines), None)
    assert check(lines, {2: lines[1].hash}) == (len(lines), None)


@given(ENTRIES, st.data())
def test_any_single_edit_is_found_where_it_is_or_right_after(entries, data) -> None:
    lines = chain(entries)
    at = data.draw(st.integers(0, len(lines) - 1))
    field = data.draw(st.sampled_from(Sealed._fields))
    old = getattr(lines[at], field)
    new = data.draw(st.integers()) if field == "seq" else data.draw(TEXT)
    lines[at] = lines[at]._replace(**{field: new})
    _count, broken = check(lines)
    assert (broken is None) == (new == old)
    assert broken is None or broken.seq == lines[at].seq


@given(ENTRIES, st.data())
def test_a_change_that_is_edited_lost_or_added_alters_the_digest(entries, data) -> None:
    changes = data.draw(CHANGES.filter(bool))
    at = data.draw(st.integers(0, len(changes) - 1))
    row = data.draw(st.tuples(TEXT, TEXT, TEXT))
    assert digest_of(changes) != digest_of(changes[:at] + changes[at + 1 :])
    assert digest_of(changes) != digest_of([*changes, row])
    edited = [*changes[:at], row, *changes[at + 1 :]]
    assert (digest_of(changes) == digest_of(edited)) == (changes == edited)


@given(ENTRIES, st.data())
def test_a_lost_line_is_found_unless_it_is_the_last(entries, data) -> None:
    lines = chain(entries)
    del lines[data.draw(st.integers(0, len(lines) - 2))]
    _count, broken = check(lines)
    assert broken is not None
    assert broken.reason == MISSING


@given(ENTRIES)
def test_lines_cut_off_the_end_are_found_by_what_was_printed(entries) -> None:
    lines = chain(entries)
    last = lines.pop()
    assert check(lines)[1] is None
    broken = check(lines, {last.seq: last.hash})[1]
    assert broken is not None
    assert (broken.seq, broken.reason) == (last.seq, CUT)


@given(ENTRIES, TEXT)
def test_a_history_written_anew_is_found_by_what_was_printed(entries, other) -> None:
    printed = {seq: line.hash for seq, line in enumerate(chain(entries), 1)}
    anew = chain([(other, *entries[0][1:]), *entries[1:]])
    assert check(anew)[1] is None
    assert (check(anew, printed)[1] is None) == (other == entries[0][0])


@given(ENTRIES, st.data())
def test_two_lines_that_changed_places_are_found(entries, data) -> None:
    lines = chain(entries)
    a = data.draw(st.integers(0, len(lines) - 2))
    lines[a], lines[a + 1] = lines[a + 1], lines[a]
    assert check(lines)[1] is not None
    renumbered = [line._replace(seq=seq) for seq, line in enumerate(lines, 1)]
    assert check(renumbered)[1] is not None


def test_the_first_altered_line_is_named() -> None:
    lines = chain([("a", "b", []), ("c", "d", []), ("e", "f", [])])
    lines[1] = lines[1]._replace(line=line_of(["2", "c", "x"]))
    assert check(lines)[1] is not None
    assert (check(lines)[1].seq, check(lines)[1].reason) == (2, ALTERED)


@given(st.lists(TEXT), st.lists(TEXT))
def test_a_line_can_be_read_in_one_way_only(one, other) -> None:
    assert json.loads(line_of(one)) == one
    assert "\n" not in line_of(one)
    assert (line_of(one) == line_of(other)) == (one == other)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | TEXT,
        lambda x: st.lists(x) | st.dictionaries(TEXT, x),
        max_leaves=8,
    )
)
def test_the_canonical_form_does_not_depend_on_order(value) -> None:
    assert json.loads(canonical(value)) == value
    if isinstance(value, dict):
        assert canonical(dict(reversed(value.items()))) == canonical(value)


def test_anybody_can_check_a_seal_by_hand() -> None:
    at = datetime(2026, 8, 5, 9, 0, tzinfo=timezone(timedelta(hours=7)))
    fields = entry_fields(
        seq=7, key="k", at=at, user_id=3, verb="plans.confirm_plan", unit_path="1/2/", subject="plans.plan:12",
        subject_label="Kế hoạch “2026”", details=canonical({"b": 1, "a": "x"}), once=None,
    )  # fmt: skip
    line = line_of(fields)
    assert line == (
        '["7","k","2026-08-05 02:00:00.000000","3","plans.confirm_plan","1/2/","plans.plan:12","Kế hoạch “2026”",'
        '"{\\"a\\":\\"x\\",\\"b\\":1}",""]'
    )
    assert seal("p", line, "d") == sha256(f"p\n{line}\nd".encode()).hexdigest()
    assert moment(at.astimezone(UTC)) == moment(at)
