"""The chain without a database: any single edit, swap or loss shows."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chibo.journal.rules import FIRST, Sealed, check, digest_of, hash_of


def chain(facts: list[dict[str, str]]) -> list[Sealed]:
    lines, before = [], FIRST
    for seq, fact in enumerate(facts, 1):
        changes = digest_of([("t", seq, "I", "", fact)])
        sealed = hash_of(before, fact, changes)
        lines.append(Sealed(seq, fact, before, sealed, changes))
        before = sealed
    return lines


FACTS = st.lists(
    st.fixed_dictionaries({"verb": st.text(max_size=8), "who": st.text(max_size=8)}), min_size=2, max_size=12
)


@given(FACTS)
def test_an_untouched_chain_is_whole(facts: list[dict[str, str]]) -> None:
    verdict = check(chain(facts))
    assert (verdict.ok, verdict.checked) == (True, len(facts))


@given(FACTS, st.data())
def test_any_single_edit_is_found(facts: list[dict[str, str]], data: st.DataObject) -> None:
    lines = chain(facts)
    at = data.draw(st.integers(0, len(lines) - 1))
    how = data.draw(st.sampled_from(["facts", "before", "hash", "changes"]))
    line = lines[at]
    lines[at] = (
        replace(line, facts={**line.facts, "verb": line.facts["verb"] + "!"})
        if how == "facts"
        else replace(line, **{how: "x"})
    )
    assert not check(lines).ok


@given(FACTS, st.data())
def test_a_lost_line_is_found_unless_it_is_the_last(facts: list[dict[str, str]], data: st.DataObject) -> None:
    lines = chain(facts)
    del lines[data.draw(st.integers(0, len(lines) - 2))]
    assert not check(lines).ok


@given(FACTS)
def test_two_lines_that_changed_places_are_found(facts: list[dict[str, str]]) -> None:
    lines = chain(facts)
    lines[0], lines[1] = lines[1], lines[0]
    assert not check(lines).ok
