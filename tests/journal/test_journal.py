"""The journal: nothing slips past it, nothing is lost from it, and a rewritten history shows."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from chibo.access.actions import prefer
from chibo.access.actor import SETUP
from chibo.access.models import User
from chibo.core.triggers import GUARDED, install
from chibo.journal.actions import entry, plain
from chibo.journal.models import Change, Entry
from chibo.journal.selectors import entries_concerning, entries_under, head, history_of, verify_chain
from chibo.members.models import Member
from chibo.units.actions import found_unit, rename_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from tests.world import World


def changes_of(line: Entry) -> list[tuple[str, str]]:
    return list(Change.objects.filter(entry_key=line.key).order_by("pk").values_list("op", "table_name"))


def test_a_line_knows_the_rows_it_changed_column_by_column(world: World) -> None:
    rename_unit(world.cell5, actor=world.clerk, name="Chi bộ Năm", on=date(2026, 1, 1))
    line = Entry.objects.latest("seq")
    assert set(changes_of(line)) == {("U", "units_unit"), ("U", "units_placement"), ("I", "units_placement")}
    first = Change.objects.filter(entry_key=line.key, table_name="units_unit").first()
    assert first is not None
    assert json.loads(first.old)["name"] == "Chi bộ 5"
    assert json.loads(first.new)["name"] == "Chi bộ Năm"
    assert "key" not in json.loads(first.new)


def test_bulk_and_raw_writes_are_caught_too(world: World) -> None:
    before = Change.objects.count()
    Unit.objects.filter(key__startswith="sm-").update(code="")
    Unit.objects.filter(key__startswith="sm-").update(name="Đổi")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE units_unit SET name = 'Thô' WHERE id = %s", [world.cell5.pk])
    caught = Change.objects.order_by("pk")[before:]
    assert [(c.op, c.row_id) for c in caught] == [
        ("U", str(world.cell5.pk)),
        ("U", str(world.cell7.pk)),
        ("U", str(world.cell5.pk)),
    ]
    assert verify_chain().outside == {**(verify_chain().outside or {})}
    assert (verify_chain().outside or {})["units_unit"] >= 3


def test_secrets_never_enter_the_journal(world: World) -> None:
    member = world.member(world.cell5, citizen_id="001099000001")
    Member.objects.filter(pk=member.pk).update(citizen_id="001099000002")
    user = world.account("Ai")
    user.set_password("mật khẩu dài lắm")
    user.save()
    told = " ".join(Change.objects.values_list("old", flat=True)) + " ".join(
        Change.objects.values_list("new", flat=True)
    )
    assert "00109900000" not in told
    assert user.password not in told
    assert "•" in told
    assert plain({"password": "x", "citizen_id": "y", "name": "z"}) == {"name": "z"}


def test_a_log_in_alone_is_no_change(world: World) -> None:
    user = world.account("Ai")
    before = Change.objects.count()
    User.objects.filter(pk=user.pk).update(last_login="2026-01-01T00:00:00+00:00")
    assert Change.objects.count() == before


def test_what_fails_leaves_no_line_and_no_row(world: World) -> None:
    clerk = world.clerk
    before = (Entry.objects.count(), Change.objects.count())
    with pytest.raises(ValidationError):
        rename_unit(world.cell5, actor=clerk, name="", on=date(2026, 1, 1))
    assert (Entry.objects.count(), Change.objects.count()) == before


def test_an_action_within_an_action_has_its_own_line_and_both_are_sealed(world: World) -> None:
    with transaction.atomic(), entry(user=None, verb="test.outer", unit_path="1/") as line:
        found_unit(
            world.ward, actor=SETUP, name="Chi bộ 9", level=Level.CELL, key="sm-9", on=date(2026, 1, 1),
            cell_kind=CellKind.SCHOOL,
        )  # fmt: skip
        Unit.objects.filter(key="sm-9").update(name="Chi bộ Chín")
        line.subject = world.ward
    outer, inner = Entry.objects.order_by("-seq")[:2]
    assert (inner.verb, outer.verb) == ("units.found_unit", "test.outer")
    assert changes_of(outer) == [("U", "units_unit")]
    assert verify_chain().ok


@pytest.mark.parametrize(
    "wrong",
    [
        lambda line: Entry.objects.filter(pk=line.pk).update(verb="units.other"),
        lambda line: Entry.objects.filter(pk=line.pk).delete(),
        lambda line: Entry.objects.filter(pk=line.pk).update(user=None),
        lambda line: Change.objects.filter(entry_key=line.key).delete(),
        lambda line: Change.objects.filter(entry_key=line.key).update(new='{"name":"x"}'),
        lambda line: Change.objects.create(entry_key=line.key, table_name="t", row_id="1", op="I", old="", new="{}"),
        lambda line: Entry.objects.filter(pk=line.pk).update(hash="0" * 64),
    ],
)
def test_any_tampering_is_found(world: World, wrong) -> None:
    rename_unit(world.cell5, actor=world.clerk, name="Một", on=date(2026, 1, 1))
    target = Entry.objects.latest("seq")
    rename_unit(world.cell7, actor=world.clerk, name="Hai", on=date(2026, 1, 1))
    assert verify_chain().ok
    wrong(target)
    assert not verify_chain().ok


def test_two_lines_that_changed_places_are_found(world: World) -> None:
    prefer(world.clerk.user, actor=world.clerk, large_type=True)
    prefer(world.clerk.user, actor=world.clerk, large_type=False)
    second, first = Entry.objects.order_by("-seq")[:2]
    Entry.objects.filter(pk=first.pk).update(seq=first.seq + 10_000)
    assert second.seq > first.seq
    assert not verify_chain().ok


def test_the_tables_of_the_journal_refuse_to_be_changed_or_emptied(world: World) -> None:
    prefer(world.clerk.user, actor=world.clerk, large_type=True)
    with transaction.atomic():
        install(connection, guarded=True)
        statements = [
            f"UPDATE {t} SET id = id" if t != "journal_entry" else "UPDATE journal_entry SET verb = 'x'"
            for t in GUARDED
        ]
        statements += [f"DELETE FROM {t}" for t in GUARDED]
        if connection.vendor == "sqlite":
            statements.append("INSERT OR REPLACE INTO journal_change SELECT * FROM journal_change")
        else:
            statements += [f"SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE {t}" for t in GUARDED]
        for sql in statements:
            with (
                pytest.raises(DatabaseError, match="never changed"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(sql)
        transaction.set_rollback(True)
    assert verify_chain().ok


def test_installing_again_changes_nothing(world: World, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(4):
        install(connection, guarded=False)


def test_a_record_tells_its_history(world: World) -> None:
    rename_unit(world.cell5, actor=world.clerk, name="Chi bộ Năm", on=date(2026, 1, 1))
    latest = history_of(world.cell5)[0]
    assert (latest.who, latest.verb) == (world.clerk.user, "units.rename_unit")
    assert ("tên", "Chi bộ 5", "Chi bộ Năm") in latest.changes


def test_lines_are_read_by_those_whom_they_concern(world: World) -> None:
    rename_unit(world.cell5, actor=world.clerk, name="Chi bộ Năm", on=date(2026, 1, 1))
    latest = head()
    assert latest in entries_under([world.ward.path])
    assert latest not in entries_under([world.other_ward.path])
    assert not entries_under([]).exists()
    assert latest in entries_concerning(world.clerk.user)
    assert latest not in entries_concerning(world.stranger.user)
