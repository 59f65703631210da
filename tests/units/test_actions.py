"""The tree changes on a day, and its history stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.actor import SETUP
from chibo.access.charter import Can, Post
from chibo.access.selectors import actor_of
from chibo.units.actions import (
    close_unit,
    decide_setting,
    found_unit,
    merge_units,
    move_unit,
    rename_unit,
    split_unit,
)
from chibo.units.models import Lineage, Placement, Unit
from chibo.units.rules import CellKind, Level, Succession
from chibo.units.selectors import ids_under, name_on, parent_on, setting_on, settings_in_force, tree_on
from tests.world import LONG_AGO, World

JUNE, JULY = date(2025, 6, 30), date(2025, 7, 1)
BEFORE, AFTER = date(2020, 5, 1), date(2025, 8, 1)


def snapshot() -> tuple[list, list, list]:
    return (
        list(Unit.objects.order_by("pk").values()),
        list(Placement.objects.order_by("pk").values()),
        list(Lineage.objects.order_by("pk").values()),
    )


def end_the_district(world: World) -> None:
    for ward in (world.ward, world.other_ward):
        move_unit(ward, actor=SETUP, parent=world.city, on=JULY)
    close_unit(world.district, actor=SETUP, last_day=JUNE)
    for unit in (world.district, world.ward, world.other_ward, world.cell5, world.cell7, world.other_cell):
        unit.refresh_from_db()


def merge_wards(world: World) -> Unit:
    end_the_district(world)
    merged = merge_units(
        world.city,
        actor=SETUP,
        units=[world.ward, world.other_ward],
        name="Phường Sao Bình",
        key="sb",
        on=date(2025, 7, 15),
    )
    for unit in (world.ward, world.other_ward, world.cell5, world.other_cell):
        unit.refresh_from_db()
    return merged


# ------------------------------------------------------------------------------------ districts' end


def test_x_01_a_past_report_uses_the_tree_of_its_own_time(world: World) -> None:
    everybody = {
        u.pk for u in (world.district, world.ward, world.cell5, world.cell7, world.other_ward, world.other_cell)
    }
    end_the_district(world)
    assert set(ids_under(world.district, BEFORE)) == everybody
    assert set(ids_under(world.district, JUNE)) == everybody
    assert set(ids_under(world.district, AFTER)) == {world.district.pk}
    assert world.ward.pk in ids_under(world.city, AFTER)
    assert world.district.pk not in ids_under(world.city, AFTER)
    assert parent_on(world.ward, JUNE) == world.district
    assert parent_on(world.ward, JULY) == world.city


def test_powers_look_at_where_units_stand_today(world: World) -> None:
    clerk = world.clerk.user
    chief = world.actor(Post.WARD_SECRETARY, world.city)
    end_the_district(world)
    assert world.cell5.path == f"{world.city.path}{world.ward.pk}/{world.cell5.pk}/"
    assert actor_of(clerk).may(Can.KEEP_MEMBERS, world.cell5)
    assert not actor_of(clerk).may(Can.KEEP_MEMBERS, world.other_cell)
    assert actor_of(chief.user).may(Can.SEE_MEMBERS, world.cell5)
    assert (world.cell5.ward, world.cell5.province) == (world.ward, world.city)


def test_a_post_of_the_district_ends_with_the_district(world: World) -> None:
    chief = world.actor(Post.WARD_SECRETARY, world.district)
    assert chief.may(Can.SEE_MEMBERS, world.cell5)
    end_the_district(world)
    assert not actor_of(chief.user).may(Can.SEE_MEMBERS, world.cell5)
    assert not actor_of(chief.user).may(Can.SEE_MEMBERS, world.district)


def test_a_cell_that_ended_before_the_move_is_still_read_from_its_ward(world: World) -> None:
    close_unit(world.cell7, actor=world.clerk, last_day=date(2024, 12, 31))
    clerk = world.clerk.user
    end_the_district(world)
    assert world.cell7.path.startswith(world.ward.path)
    assert actor_of(clerk).may(Can.SEE_MEMBERS, world.cell7)
    assert world.cell7.pk in ids_under(world.ward, date(2024, 12, 31))
    assert world.cell7.pk not in ids_under(world.ward, AFTER)


def test_what_was_renamed_after_the_day_of_a_move_entered_late_follows_it_from_that_day(world: World) -> None:
    rename_unit(world.cell5, actor=world.clerk, name="Chi bộ Năm", on=date(2025, 9, 1))
    move_unit(world.ward, actor=SETUP, parent=world.city, on=JULY)
    world.ward.refresh_from_db()
    for day, name in ((JUNE, "Chi bộ 5"), (AFTER, "Chi bộ 5"), (date(2025, 10, 1), "Chi bộ Năm")):
        assert world.cell5.pk in ids_under(world.ward, day), day
        assert name_on(world.cell5, day) == name
    assert world.cell5.pk not in ids_under(world.district, AFTER)
    assert world.cell5.pk in ids_under(world.district, JUNE)


def test_a_district_does_not_end_over_the_heads_of_its_wards(world: World) -> None:
    before = snapshot()
    with pytest.raises(ValidationError, match="Phường Sao Mai"):
        close_unit(world.district, actor=SETUP, last_day=JUNE)
    assert snapshot() == before


# --------------------------------------------------------------------------------------------- merging


def test_a_merged_wards_office_sees_what_its_predecessors_left(world: World) -> None:
    merged = merge_wards(world)
    office = world.actor(Post.CLERK, merged)
    for unit in (world.ward, world.other_ward, world.cell5, world.other_cell):
        assert office.may(Can.SEE_MEMBERS, unit), unit
    assert set(ids_under(merged, AFTER)) == {merged.pk, world.cell5.pk, world.cell7.pk, world.other_cell.pk}
    wards = {world.ward.pk, world.other_ward.pk}
    assert set(ids_under(merged, BEFORE)) - {merged.pk} == wards | {
        world.cell5.pk,
        world.cell7.pk,
        world.other_cell.pk,
    }
    assert (world.ward.ward, world.cell5.ward) == (merged, merged)


def test_the_predecessors_clerk_loses_the_powers_with_the_ward(world: World) -> None:
    clerk = world.clerk.user
    merge_wards(world)
    assert actor_of(clerk).grants == ()


def test_a_cells_secretary_goes_on_when_the_wards_merge(world: World) -> None:
    hoa = world.secretary.user
    merge_wards(world)
    assert actor_of(hoa).may(Can.CLOSE_MEETINGS, world.cell5)
    assert not actor_of(hoa).may(Can.SEE_MEMBERS, world.cell7)


def test_merged_cells_end_the_day_before_and_leave_their_line(world: World) -> None:
    merged = merge_units(
        world.ward, actor=world.clerk, units=[world.cell5, world.cell7], name="Chi bộ 5-7", key="sm-57", on=JULY
    )
    world.cell5.refresh_from_db()
    assert (world.cell5.valid_to, merged.valid_from, merged.cell_kind) == (JUNE, JULY, CellKind.RESIDENTIAL)
    assert set(merged.predecessors.values_list("predecessor", "kind")) == {
        (world.cell5.pk, Succession.MERGED),
        (world.cell7.pk, Succession.MERGED),
    }
    assert set(ids_under(world.ward, JUNE)) == {world.ward.pk, world.cell5.pk, world.cell7.pk}
    assert set(ids_under(world.ward, JULY)) == {world.ward.pk, merged.pk}


def test_nobody_merges_what_they_do_not_keep(world: World) -> None:
    before = snapshot()
    with pytest.raises(PermissionDenied):
        merge_units(
            world.ward, actor=world.clerk, units=[world.cell5, world.other_cell], name="Của tôi", key="x", on=JULY
        )
    assert snapshot() == before


def test_a_merged_unit_may_be_merged_again(world: World) -> None:
    first = merge_wards(world)
    third = found_unit(world.city, actor=SETUP, name="Phường Thứ Ba", level=Level.WARD, key="tb", on=LONG_AGO)
    second = merge_units(
        world.city, actor=SETUP, units=[first, third], name="Phường Lớn", key="pl", on=date(2025, 9, 1)
    )
    world.ward.refresh_from_db()
    world.cell5.refresh_from_db()
    assert world.ward.path.startswith(second.path)
    assert world.cell5.pk in ids_under(second, BEFORE)
    assert world.cell5.ward == second


# ---------------------------------------------------------------------------------- splitting, renaming


def test_a_part_split_off_does_not_read_what_stays_behind(world: World) -> None:
    split_unit(world.cell5, actor=world.clerk, names={"sm-5b": "Chi bộ 5B"}, on=JULY)
    part = Unit.objects.get(key="sm-5b")
    assert ids_under(part, BEFORE) == (part.pk,)
    assert not world.actor(Post.CELL_SECRETARY, part).may(Can.SEE_MEMBERS, world.cell5)
    assert part.predecessors.get().kind == Succession.SPLIT
    assert set(ids_under(world.ward, JULY)) >= {part.pk, world.cell5.pk}


def test_an_old_paper_keeps_the_old_name(world: World) -> None:
    rename_unit(world.cell5, actor=world.clerk, name="Chi bộ Năm", on=JULY)
    assert name_on(world.cell5, JUNE) == "Chi bộ 5"
    assert name_on(world.cell5, JULY) == "Chi bộ Năm"
    assert [b.placed.name for b in tree_on(world.clerk, world.ward, JUNE)] == [
        "Phường Sao Mai",
        "Chi bộ 5",
        "Chi bộ 7",
    ]


def test_a_unit_is_closed_once(world: World) -> None:
    close_unit(world.cell7, actor=world.clerk, last_day=JUNE)
    before = snapshot()
    for change in (
        lambda: close_unit(world.cell7, actor=world.clerk, last_day=date(2025, 12, 31)),
        lambda: rename_unit(world.cell7, actor=world.clerk, name="Khác", on=AFTER),
        lambda: move_unit(world.cell7, actor=SETUP, parent=world.other_ward, on=AFTER),
    ):
        with pytest.raises(ValidationError):
            change()
    assert snapshot() == before


def test_a_unit_is_not_moved_where_one_has_no_power(world: World) -> None:
    with pytest.raises(PermissionDenied):
        move_unit(world.cell5, actor=world.clerk, parent=world.other_ward, on=JULY)
    world.cell5.refresh_from_db()
    assert world.cell5.path.startswith(world.ward.path)


def test_a_short_code_and_a_number_belong_to_one_unit(world: World) -> None:
    code = {"code": "38.168.053.000.001", "level": Level.CELL, "on": JULY, "cell_kind": CellKind.SCHOOL}
    found_unit(world.ward, actor=world.clerk, name="Chi bộ 8", key="sm-8", **code)
    with pytest.raises(ValidationError):
        found_unit(world.ward, actor=world.clerk, name="Chi bộ 9", key="sm-9", **code)
    with pytest.raises(ValidationError) as refused:
        found_unit(world.ward, actor=world.clerk, name="Chi bộ 9", key="sm-8", **{**code, "code": ""})
    assert "key" in refused.value.error_dict


# ------------------------------------------------------------------------------------------- settings


def test_a_value_holds_from_its_day_and_the_nearest_office_decides(world: World) -> None:
    code = "members.probation_months"
    decide_setting(world.city, actor=SETUP, code=code, value=10, effective_from=date(2025, 1, 1), source="CV 1")
    decide_setting(world.ward, actor=world.clerk, code=code, value=11, effective_from=date(2025, 6, 1), source="CV 2")
    assert setting_on(code, world.cell5, date(2024, 12, 31)) == 12
    assert setting_on(code, world.cell5, date(2025, 5, 31)) == 10
    assert setting_on(code, world.cell5, date(2025, 6, 1)) == 11
    assert setting_on(code, world.other_cell, date(2025, 6, 1)) == 10
    row = next(row for row in settings_in_force(world.cell5, AFTER) if row.setting.code == code)
    assert (row.value, row.since, row.decided.source) == (11, date(2025, 6, 1), "CV 2")
    assert [other.value for other in row.others] == [10]


def test_what_a_ward_decided_goes_on_for_its_time_after_it_merged(world: World) -> None:
    code = "members.probation_months"
    decide_setting(world.ward, actor=world.clerk, code=code, value=11, effective_from=date(2020, 1, 1), source="CV 2")
    merge_wards(world)
    assert setting_on(code, world.cell5, BEFORE) == 11
    assert setting_on(code, world.cell5, AFTER) == 12


def test_a_decision_needs_a_source(world: World) -> None:
    with pytest.raises(ValidationError) as refused:
        decide_setting(
            world.ward, actor=world.clerk, code="members.probation_months", value=11, effective_from=JULY, source=" "
        )
    assert "source" in refused.value.error_dict
    assert not world.ward.ordinances.exists()
