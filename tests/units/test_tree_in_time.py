"""X-01: a past report uses the tree of its own time; districts were gone from July 2025."""

from __future__ import annotations

from datetime import date

from django.test import Client
from django.urls import reverse

from chibo.access.actor import SETUP
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer, by_cell
from chibo.members.actions import transfer_member
from chibo.units.actions import found_unit, merge_units, move_unit, rename_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from chibo.units.selectors import name_on, parent_on, scope_of
from tests.world import World

DISTRICTS_END = date(2025, 7, 1)


def counted(unit: Unit, period: str) -> int:
    return answer(
        registry.named("figures", "members.counted"), scope_of(unit, Period.parse(period), date(2026, 1, 1))
    ).part


def new_ward(world: World) -> Unit:
    """On 1 July 2025 both wards become one, directly below the city."""
    return merge_units(
        world.city,
        actor=SETUP,
        units=[world.ward, world.other_ward],
        name="Phường Sao Bình",
        key="sb",
        on=DISTRICTS_END,
    )


def test_x_01_two_wards_become_one_and_each_year_keeps_its_own_tree(world: World) -> None:
    world.members(world.cell5, 3)
    world.members(world.other_cell, 2)
    made = new_ward(world)
    assert counted(made, "2025-08") == 5
    assert counted(world.ward, "2024") == 3
    assert counted(world.other_ward, "2024") == 2
    assert counted(made, "2024") == 5, "a report on 2024 of the ward made in 2025 asks those that became it"
    assert counted(world.district, "2024") == 5
    assert counted(world.ward, "2025-08") == 0
    assert parent_on(world.cell5, date(2024, 1, 1)) == world.ward
    assert parent_on(world.cell5, date(2025, 8, 1)) == made


def test_x_01_powers_and_pages_follow_the_new_tree_and_still_read_the_old(world: World, client: Client) -> None:
    world.members(world.cell5, 3)
    made = new_ward(world)
    lead = world.actor("clerk", made, "Văn Phòng Mới")
    client.force_login(lead.user)
    for unit, period in ((made, "2025"), (world.ward, "2024"), (world.cell5, "2024")):
        assert client.get(reverse("figures:index", args=[unit.pk, period])).status_code == 200
    page = client.get(reverse("figures:figure", args=["members.counted", made.pk, "2024"])).content.decode()
    assert "Chi bộ 5" in page


def test_x_01_a_cell_that_moves_is_counted_where_it_stood(world: World) -> None:
    world.members(world.cell7, 4)
    move_unit(world.cell7, actor=SETUP, parent=world.other_ward, on=date(2023, 1, 1))
    assert counted(world.ward, "2022") == 4
    assert counted(world.other_ward, "2022") == 0
    assert counted(world.ward, "2023") == 0
    assert counted(world.other_ward, "2023") == 4


def test_x_01_a_member_who_moves_is_counted_where_they_stood(world: World) -> None:
    member = world.member(world.cell5)
    transfer_member(member, actor=SETUP, to=world.cell7, on=date(2023, 3, 1))
    assert [counted(cell, "2023-02") for cell in (world.cell5, world.cell7)] == [1, 0]
    assert [counted(cell, "2023-03") for cell in (world.cell5, world.cell7)] == [0, 1]


def test_x_01_papers_before_a_new_name_bear_the_old_one(world: World) -> None:
    rename_unit(world.cell5, actor=SETUP, name="Chi bộ Tổ dân phố 5", on=date(2024, 1, 1))
    assert name_on(world.cell5, date(2023, 12, 31)) == "Chi bộ 5"
    assert name_on(world.cell5, date(2024, 1, 1)) == "Chi bộ Tổ dân phố 5"


def test_x_01_a_cell_founded_later_stands_in_no_earlier_table(world: World) -> None:
    found_unit(
        world.ward, actor=SETUP, name="Chi bộ Trường học", level=Level.CELL, key="sm-th", on=date(2024, 9, 1),
        cell_kind=CellKind.SCHOOL,
    )  # fmt: skip
    figure = registry.named("figures", "members.counted")
    names = [
        [line.label for line in by_cell(figure, scope_of(world.ward, Period.parse(year)))]
        for year in ("2023", "2025")
    ]
    assert "Chi bộ Trường học" not in names[0]
    assert "Chi bộ Trường học" in names[1]
