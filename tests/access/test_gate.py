"""The gate: power, latest row, all or nothing, one line, no double, no overwriting."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.actions import end_post, grant_post, prefer
from chibo.access.actor import SETUP
from chibo.access.charter import Can, Post
from chibo.access.selectors import actor_of
from chibo.core.refusal import Conflict
from chibo.journal.models import Entry
from chibo.units.actions import found_unit, rename_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from tests.world import World


def found_cell(world: World, **kwargs: object) -> Unit:
    asked = {
        "name": "Chi bộ 9",
        "level": Level.CELL,
        "key": "sm-9",
        "on": date(2026, 1, 1),
        "cell_kind": CellKind.SCHOOL,
    }
    return found_unit(world.ward, actor=world.clerk, **{**asked, **kwargs})


def test_an_action_leaves_one_line_that_says_who_what_and_where(world: World) -> None:
    cell = found_cell(world)
    line = Entry.objects.latest("seq")
    assert (line.user, line.verb, line.unit_path) == (world.clerk.user, "units.found_unit", world.ward.path)
    assert line.subject == f"units.unit:{cell.pk}"


def test_a_refusal_changes_nothing_and_leaves_no_line(world: World) -> None:
    clerk = world.clerk
    before = (Unit.objects.count(), Entry.objects.count())
    with pytest.raises(ValidationError) as refused:
        found_unit(world.ward, actor=clerk, name="Chi bộ 9", level=Level.CELL, key="sm-9", on=date(2026, 1, 1))
    assert "cell_kind" in refused.value.error_dict
    assert (Unit.objects.count(), Entry.objects.count()) == before


def test_a_power_reaches_below_its_unit_and_nowhere_else(world: World) -> None:
    with pytest.raises(PermissionDenied):
        rename_unit(world.other_cell, actor=world.clerk, name="Của tôi", on=date(2026, 1, 1))
    with pytest.raises(PermissionDenied):
        rename_unit(world.cell5, actor=world.secretary, name="Của tôi", on=date(2026, 1, 1))


def test_a_double_submit_finds_the_first_result_and_writes_nothing(world: World) -> None:
    first = found_cell(world, once="abc")
    before = Entry.objects.count()
    again = found_cell(world, once="abc")
    assert again == first
    assert Entry.objects.count() == before


def test_anothers_token_opens_nothing(world: World) -> None:
    found_cell(world, once="abc")
    with pytest.raises(ValidationError):
        found_unit(
            world.other_ward, actor=world.stranger, name="Chi bộ 9", level=Level.CELL, key="sm-9",
            on=date(2026, 1, 1), cell_kind=CellKind.SCHOOL, once="abc",
        )  # fmt: skip


def test_the_second_editor_is_told_and_the_first_ones_words_stay(world: World) -> None:
    seen = world.cell5.version
    rename_unit(world.cell5, actor=world.clerk, name="Chi bộ Năm", on=date(2026, 1, 1), seen_version=seen)
    with pytest.raises(Conflict, match="Trần Thị Văn Phòng"):
        rename_unit(world.cell5, actor=world.clerk, name="Chi bộ V", on=date(2026, 2, 1), seen_version=seen)
    world.cell5.refresh_from_db()
    assert world.cell5.name == "Chi bộ Năm"


def test_powers_end_with_the_post(world: World) -> None:
    user = world.account("Bí thư cũ")
    grant_post(world.cell5, actor=SETUP, user=user, post=Post.CELL_SECRETARY, valid_from=date(2020, 1, 1))
    assert actor_of(user).may(Can.CLOSE_MEETINGS, world.cell5)
    end_post(world.cell5, actor=world.clerk, user=user, post=Post.CELL_SECRETARY, last_day=date(2025, 1, 1))
    assert not actor_of(user).may(Can.CLOSE_MEETINGS, world.cell5)


def test_a_wards_post_is_not_held_in_a_cell(world: World) -> None:
    user = world.account("Ai đó")
    with pytest.raises(ValidationError):
        grant_post(world.cell5, actor=world.clerk, user=user, post=Post.CLERK, valid_from=date(2020, 1, 1))
    assert actor_of(user).grants == ()


def test_one_keeps_ones_own_account_and_no_other(world: World) -> None:
    prefer(world.clerk.user, actor=world.clerk, large_type=True)
    with pytest.raises(PermissionDenied):
        prefer(world.secretary.user, actor=world.clerk, large_type=True)
