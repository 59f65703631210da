"""The triggers themselves: they stand after every migration, they refuse, and what is missing is named."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import post_migrate, pre_migrate

from chibo.access.actions import prefer
from chibo.access.models import User
from chibo.core.triggers import CHANGES, ENTRIES, _standing, guards, install, missing, watched
from chibo.journal.apps import _make_way, _put_up
from chibo.journal.models import Change, Entry
from chibo.journal.selectors import verify_chain
from chibo.members.models import Group, Member
from tests.world import World, build_world


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for sql in statements:
            cursor.execute(sql)


OF_EACH = {"sqlite": "INSERT OR REPLACE INTO {0} SELECT * FROM {0} LIMIT 1", "postgresql": "TRUNCATE {0} CASCADE"}


@pytest.mark.parametrize("table", [ENTRIES, CHANGES])
@pytest.mark.parametrize("sql", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", OF_EACH[connection.vendor]])
def test_the_journal_is_append_only(world: World, table: str, sql: str) -> None:
    prefer(world.clerk.user, actor=world.clerk, large_type=True)
    before = (Entry.objects.count(), Change.objects.count())
    if connection.vendor == "postgresql":
        run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        run(sql.format(table, "seq" if table == ENTRIES else "id"))
    assert (Entry.objects.count(), Change.objects.count()) == before
    assert verify_chain().ok


def test_replacing_is_refused_even_to_a_tool_without_recursive_triggers(world: World) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("SQLite's")
    prefer(world.clerk.user, actor=world.clerk, large_type=True)
    run("PRAGMA recursive_triggers = OFF")
    try:
        for table in (ENTRIES, CHANGES):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                run(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")
    finally:
        run("PRAGMA recursive_triggers = ON")


def test_no_table_is_truncated_behind_the_journals_back(world: World) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL's")
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(IntegrityError, match="TRUNCATE"), transaction.atomic():
        run("TRUNCATE plans_plan CASCADE")


def test_every_table_of_the_house_is_watched() -> None:
    tables = {w.table: w for w in watched()}
    assert {"access_user", "units_unit", "members_member", "members_member_groups", "plans_plan"} <= set(tables)
    assert not any(name.startswith(("journal_", "django_", "auth_")) for name in tables)
    assert tables["access_user"].masked == {"password", "last_login"}
    assert "citizen_id" in tables["members_member"].masked


def test_installing_again_does_nothing(db: None, django_assert_max_num_queries) -> None:
    assert install(connection) == 0
    with django_assert_max_num_queries(7):  # PostgreSQL is asked for its index of words too
        install(connection)


def test_what_is_missing_or_changed_is_named_and_mended(db: None) -> None:
    assert missing(connection) == []
    if connection.vendor == "sqlite":
        event = "AFTER INSERT ON units_unit WHEN 0 BEGIN SELECT 1; END"
        name = "chibo_note_i_units_unit"
        run('DROP TRIGGER "chibo_note_u_plans_plan"', f"DROP TRIGGER {name}", f"CREATE TRIGGER {name} {event}")
        lost = ["plans_plan", "units_unit"]
    else:
        name = next(t.name for t in _standing(connection) if t.table == "plans_plan" and "note" in t.name)
        other = next(t.name for t in _standing(connection) if t.table == "units_unit" and "note" in t.name)
        run(
            f"DROP TRIGGER {name} ON plans_plan",
            f"ALTER TABLE units_unit DISABLE TRIGGER {other}",
            "CREATE OR REPLACE FUNCTION chibo_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
        )
        lost = ["chibo_refuse", "plans_plan", "units_unit"]
    assert missing(connection) == lost
    assert verify_chain().unwatched == tuple(lost)
    assert install(connection) > 0
    assert missing(connection) == []


def test_the_triggers_follow_migrations(db: None) -> None:
    """Down for a migration of SQLite that has something to do, up again after it; otherwise nobody touches them."""
    _make_way(using="default", plan=[])
    assert missing(connection) == []
    _make_way(using="default", plan=["something"])
    assert bool(missing(connection)) == (connection.vendor == "sqlite")
    _put_up(using="default")
    assert missing(connection) == []
    assert any(r[1]() is _make_way for r in pre_migrate.receivers)
    assert any(r[1]() is _put_up for r in post_migrate.receivers)


@pytest.mark.django_db(transaction=True)
def test_tables_can_be_remade_renamed_and_lose_columns() -> None:
    """The migrations that SQLite would refuse, or lose triggers in, with the journal's own table among them."""
    world = build_world()
    group = world.group("A")
    _make_way(using="default", plan=["something"])
    field = models.CharField(max_length=20, default="x", db_default="x")
    field.set_attributes_from_name("extra")
    field.model = Group
    indexed = models.CharField(max_length=20, default="y", unique=False, db_index=True)
    indexed.set_attributes_from_name("name")
    try:
        with connection.schema_editor() as editor:
            editor.alter_field(Group, Group._meta.get_field("name"), indexed, strict=False)
            editor.add_field(Group, field)
            if connection.vendor == "sqlite":
                editor._remake_table(Change)
                editor._remake_table(Entry)
        _put_up(using="default")
        assert missing(connection) == []
        run(f"UPDATE members_group SET extra = 'z' WHERE id = {group.pk}")
        assert Change.objects.latest("pk").new == {"extra": "z"}
    finally:
        _make_way(using="default", plan=["something"])
        with connection.schema_editor() as editor:
            editor.remove_field(Group, field)
            editor.alter_field(Group, indexed, Group._meta.get_field("name"), strict=False)
        _put_up(using="default")
    Group.objects.filter(pk=group.pk).update(name="B")
    assert Change.objects.latest("pk").new == {"name": "B"}
    assert verify_chain().ok
    assert verify_chain().unwatched == ()


@pytest.mark.django_db(transaction=True)
def test_emptying_the_database_is_refused_in_the_product_and_possible_in_tests() -> None:
    world = build_world()
    prefer(world.clerk.user, actor=world.clerk, large_type=True)
    before = Entry.objects.count()
    with pytest.raises(CommandError):
        call_command("flush", interactive=False, verbosity=0)
    assert Entry.objects.count() == before
    guards(connection, on=False)
    call_command("flush", interactive=False, verbosity=0)
    assert (Entry.objects.count(), Change.objects.count(), User.objects.count(), Member.objects.count()) == (
        0,
        0,
        0,
        0,
    )
    assert missing(connection) == []
