"""No filter and no cross-table tells more than what was published: attacked over random rounds."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from chibo.consultations.rules.crossing import WHOLE, By, Cell, chosen, crossed
from chibo.consultations.rules.secrecy import counted, shown_groups

QUESTION, LEVELS = "Gương mẫu", ("Tốt", "Khá")


@st.composite
def published(draw) -> tuple[list[Cell], dict[int, tuple[str, str, str]], int]:
    """Rounds with groups of any size, subjects asked of all or of one group. Each slip about a subject is one bit, so that
    a number of a table tells whose slips it holds; the bits come from the rule that publishes, not from the tables."""
    least, cells, owners = draw(st.integers(2, 6)), [], {}
    for round_ in ("2025", "2026")[: draw(st.integers(1, 2))]:
        sizes = {f"N{n}": draw(st.integers(0, 9)) for n in range(draw(st.integers(1, 4)))}
        for subject, only in (("A", None), ("B", None), ("C", draw(st.sampled_from(sorted(sizes))))):
            asked = {name: size for name, size in sizes.items() if only in (None, name)}
            if sum(asked.values()) < least:
                continue
            shown = shown_groups(asked, least)
            for name, size in asked.items():
                for _slip in range(size):
                    bit, level = len(owners), draw(st.integers(0, 1))
                    owners[bit] = round_, subject, name
                    for group in (WHOLE, *([name] if name in shown else [])):
                        cells.append(Cell(round_, subject, QUESTION, LEVELS, group, level, 1 << bit))
    return cells, owners, least


def every_line(cells: list[Cell]) -> set[int]:
    """The slips in each line of each table, whatever is filtered and however it is crossed."""
    found = set()
    for by, round_, subject, group in product(
        By, ("", "2025", "2026"), ("", "A", "B", "C"), ("", "N0", "N1", "N2", "N3")
    ):
        for table in crossed(chosen(cells, by, called=round_, subject=subject, group=group), by):
            found |= {sum(counts) for _name, counts in table.lines}
    return found


@settings(max_examples=60, deadline=None)
@given(published())
def test_no_difference_of_filtered_and_crossed_tables_is_of_fewer_than_the_minimum(told) -> None:
    """Lines are cut to each round and subject, as if the attacker could do that; whatever of them is added to and taken from
    one another, what remains is of nobody or of at least the minimum."""
    cells, owners, least = told
    lines = every_line(cells)
    for place in {(round_, subject) for round_, subject, _group in owners.values()}:
        mask = sum(1 << bit for bit, owner in owners.items() if owner[:2] == place)
        parts = sorted({line & mask for line in lines} - {0})
        groups = sorted({owners[bit][2] for bit in owners if owners[bit][:2] == place})
        size = {name: sum(owner == (*place, name) for owner in owners.values()) for name in groups}
        told_of = [
            tuple(any(part >> bit & 1 and owners[bit][2] == name for bit in owners) for name in groups)
            for part in parts
        ]
        for signs in product((-1, 0, 1), repeat=min(len(told_of), 6)):
            of = [sum(s * v[at] for s, v in zip(signs, told_of, strict=False)) for at in range(len(groups))]
            if set(of) <= {0, 1}:
                number = sum(size[name] for name, there in zip(groups, of, strict=True) if there)
                assert number == 0 or number >= least


@settings(max_examples=60, deadline=None)
@given(published())
def test_a_line_holds_whole_groups_and_each_slip_once(told) -> None:
    """A filter never cuts through a group: who is in a line is decided by what was published of the group."""
    cells, owners, _least = told
    for line in every_line(cells):
        groups = {owner for bit, owner in owners.items() if line >> bit & 1}
        assert line == sum(1 << bit for bit, owner in owners.items() if owner in groups)


def test_the_measure_can_fail() -> None:
    """The same attack on a table that shows every group: seven less three others is a group of one."""
    open_table = [Cell("2026", "A", QUESTION, LEVELS, group, 0, 1) for group in (WHOLE, "N0")]
    whole, part = (sum(counts) for table in crossed(open_table, By.GROUP) for _n, counts in table.lines)
    assert (whole, part) == (1, 1)
    assert not counted([("N0", 0), ("N1", 0)], {"N0": 1, "N1": 1}, 5)


def test_lines_are_of_one_group_or_of_all_and_add_up() -> None:
    def cell(round_: str, subject: str, group: str, level: int, number: int) -> Cell:
        return Cell(round_, subject, QUESTION, LEVELS, group, level, number)

    cells = [
        cell("2025", "A", WHOLE, 0, 9), cell("2025", "A", WHOLE, -1, 2), cell("2025", "A", "Tổ trưởng", 0, 6),
        cell("2026", "A", WHOLE, 1, 11), cell("2026", "B", WHOLE, 0, 7),
    ]  # fmt: skip
    (by_subject,) = crossed(chosen(cells, By.SUBJECT), By.SUBJECT)
    assert by_subject.lines == (("A", (9, 11, 2)), ("B", (7, 0, 0)))
    assert by_subject.has_open
    (by_round,) = crossed(chosen(cells, By.ROUND, subject="A"), By.ROUND)
    assert by_round.lines == (("2025", (9, 0, 2)), ("2026", (0, 11, 0)))
    (by_group,) = crossed(chosen(cells, By.GROUP, called="2025"), By.GROUP)
    assert by_group.lines == (("Tổ trưởng", (6, 0, 0)), (WHOLE, (9, 0, 2)))
    assert crossed(chosen(cells, By.SUBJECT, group="Khác"), By.SUBJECT) == []
