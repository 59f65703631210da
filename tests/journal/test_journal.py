"""The journal: nothing slips past it, nothing is lost from it, and a rewritten history shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from chibo.access.actions import prefer
from chibo.access.actor import SETUP
from chibo.access.models import Invitation, User
from chibo.core.triggers import guards
from chibo.journal.actions import entry, plain
from chibo.journal.models import Change, Entry
from chibo.journal.selectors import entries_concerning, entries_under, find_once, head, history_of, verify_chain
from chibo.members.models import Group, Member
from chibo.units.actions import found_unit, rename_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from tests.conftest import told_once
from tests.world import World

DAY = date(2026, 1, 1)


def rows_of(line: Entry) -> list[tuple[str, str]]:
    return list(Change.objects.filter(entry_key=line.key).order_by("pk").values_list("op", "table_name"))


def last_change() -> Change:
    return Change.objects.latest("pk")


def rename(world: World, name: str) -> Entry:
    rename_unit(world.cell5, actor=world.clerk, name=name, on=DAY)
    return Entry.objects.latest("seq")


@contextmanager
def nobody_watching() -> Iterator[None]:
    """What somebody with the database in their hands can do."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL session_replication_role = replica")
            yield
            cursor.execute("SET LOCAL session_replication_role = DEFAULT")
        else:
            guards(connection, on=False)
            yield
            guards(connection, on=True)


# What is caught


def test_a_line_knows_the_rows_it_changed_column_by_column(world: World) -> None:
    line = rename(world, "Chi bộ Năm")
    assert sorted(rows_of(line)) == [("I", "units_placement"), ("U", "units_placement"), ("U", "units_unit")]
    change = Change.objects.get(entry_key=line.key, table_name="units_unit")
    assert change.row_id == str(world.cell5.pk)
    assert (change.old["name"], change.new["name"]) == ("Chi bộ 5", "Chi bộ Năm")
    assert not {"id", "key", "level", "valid_from"} & {*change.old, *change.new}


def test_the_gates_own_counting_is_not_noted_but_anybody_elses_is(world: World) -> None:
    line = rename(world, "Chi bộ Năm")
    assert rows_of(line).count(("U", "units_unit")) == 1
    before = Change.objects.count()
    Unit.objects.filter(pk=world.cell5.pk).update(version=99)
    assert Change.objects.count() == before + 1
    assert (last_change().entry_key, last_change().new) == ("", {"version": 99})


def test_bulk_and_raw_writes_are_caught_too(world: World) -> None:
    before = last_change().pk
    Unit.objects.filter(key__startswith="sm-").update(code="")
    Unit.objects.filter(key__startswith="sm-").update(name="Đổi “tên”\n'")
    Group.objects.bulk_create([Group(unit=world.ward, name=f"Nhóm {n}") for n in range(3)])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE units_unit SET name = 'Thô' WHERE id = %s", [world.cell5.pk])
        cursor.execute("DELETE FROM members_group WHERE name = 'Nhóm 1'")
    caught = Change.objects.filter(pk__gt=before).order_by("pk")
    assert [(c.op, c.table_name) for c in caught] == [
        *[("U", "units_unit")] * 2,
        *[("I", "members_group")] * 3,
        ("U", "units_unit"),
        ("D", "members_group"),
    ]
    assert caught[0].new == {"name": "Đổi “tên”\n'"}
    assert caught[6].old["name"] == "Nhóm 1"
    assert {c.entry_key for c in caught} == {""}
    verdict = verify_chain()
    assert verdict.ok
    assert verdict.outside["members_group"] == 4


def test_links_between_records_are_caught(world: World) -> None:
    member = world.member(world.cell5)
    member.groups.add(world.group("Đoàn giám sát"))
    assert (last_change().op, last_change().table_name) == ("I", "members_member_groups")


def test_a_row_that_is_written_over_shows_as_changed_or_deleted_and_added(world: World) -> None:
    group = world.group("A")
    group.name = "B"
    Group.objects.bulk_create([group], update_conflicts=True, unique_fields=["id"], update_fields=["name"])
    assert (last_change().op, last_change().old, last_change().new) == ("U", {"name": "A"}, {"name": "B"})
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("REPLACE INTO members_group SELECT * FROM members_group WHERE id = %s", [group.pk])
        assert list(Change.objects.order_by("-pk").values_list("op", flat=True)[:2]) == ["I", "D"]


def test_empty_and_not_empty_are_told_apart(world: World) -> None:
    cell = Unit.objects.filter(pk=world.cell5.pk)
    cell.update(valid_to=DAY)
    cell.update(valid_to=None)
    assert last_change().old == {"valid_to": "2026-01-01"}
    assert last_change().new.get("valid_to") is None
    before = last_change().pk
    cell.update(valid_to=None)
    assert last_change().pk == before


def test_secrets_never_enter_the_journal(world: World) -> None:
    member = world.member(world.cell5, citizen_id="001099000001")
    assert last_change().table_name == "members_membership"
    Member.objects.filter(pk=member.pk).update(citizen_id="001099000002")
    assert (last_change().old["citizen_id"], last_change().new["citizen_id"]) == ("•", "•")
    Member.objects.filter(pk=member.pk).update(citizen_id="")
    assert not last_change().new.get("citizen_id")
    member.delete()
    user = world.account("Ai")
    user.set_password("mật khẩu dài lắm")
    user.save()
    assert last_change().new == {"password": "•"}
    Invitation.objects.create(user=user, code_hash="f" * 64, expires_at="2026-01-01T00:00:00Z")
    told = json.dumps(list(Change.objects.values_list("old", "new")))
    assert "00109900000" not in told
    assert user.password not in told
    assert "ffff" not in told


def test_a_log_in_alone_is_no_change(world: World) -> None:
    user = world.account("Ai")
    before = Change.objects.count()
    User.objects.filter(pk=user.pk).update(last_login="2026-01-01T00:00:00+00:00")
    assert Change.objects.count() == before


# One line for one action


def test_a_line_says_who_did_what_where(world: World) -> None:
    line = rename(world, "Chi bộ Năm")
    assert (line.user, line.verb, line.unit_path) == (world.clerk.user, "units.rename_unit", world.cell5.path)
    assert (line.subject, line.subject_label) == (f"units.unit:{world.cell5.pk}", "Chi bộ Năm")
    assert line.details == {"name": "Chi bộ Năm", "on": "2026-01-01"}
    before = Entry.objects.get(seq=line.seq - 1)
    assert line.prev_hash == before.hash
    assert head() == line


def test_what_fails_leaves_no_line_and_no_row(world: World) -> None:
    clerk = world.clerk
    before = (Entry.objects.count(), Change.objects.count())
    with pytest.raises(ValidationError):
        rename_unit(world.cell5, actor=clerk, name="", on=DAY)
    assert (Entry.objects.count(), Change.objects.count()) == before


def test_after_an_action_writes_are_outside_again(world: World) -> None:
    rename(world, "Chi bộ Năm")
    Unit.objects.filter(pk=world.cell5.pk).update(name="Khác")
    assert last_change().entry_key == ""


def test_a_failed_action_does_not_lend_its_line_to_later_writes(world: World) -> None:
    with pytest.raises(ValidationError):
        rename_unit(world.cell5, actor=world.clerk, name="", on=DAY)
    Unit.objects.filter(pk=world.cell5.pk).update(name="Khác")
    assert last_change().entry_key == ""


def test_an_action_within_an_action_has_its_own_line(world: World) -> None:
    with transaction.atomic(), entry(user=None, verb="test.outer", unit_path="1/") as line:
        Unit.objects.filter(pk=world.cell7.pk).update(name="Trước")
        cell = found_unit(
            world.ward, actor=SETUP, name="Chi bộ 9", level=Level.CELL, key="sm-9", on=DAY, cell_kind=CellKind.SCHOOL
        )
        Unit.objects.filter(pk=cell.pk).update(name="Chi bộ Chín")
        line.subject = world.ward
    outer, inner = Entry.objects.order_by("-seq")[:2]
    assert (inner.verb, outer.verb) == ("units.found_unit", "test.outer")
    assert rows_of(outer) == [("U", "units_unit")] * 2
    assert ("I", "units_unit") in rows_of(inner)
    assert verify_chain().ok


def test_what_a_savepoint_takes_back_leaves_no_line(world: World) -> None:
    """Whether the savepoint is an action's own or one that an action set around others."""
    first = head()
    with transaction.atomic(), entry(user=None, verb="test.outer", unit_path="") as line:
        prefer(world.clerk.user, actor=world.clerk, large_type=True)
        with transaction.atomic():
            prefer(world.clerk.user, actor=world.clerk, theme="dark")
            prefer(world.clerk.user, actor=world.clerk, theme="light")
            transaction.set_rollback(True)
        with pytest.raises(ValidationError):
            rename_unit(world.cell5, actor=world.clerk, name="", on=DAY)
        prefer(world.clerk.user, actor=world.clerk, large_type=False)
        line.subject = world.ward
    made = Entry.objects.filter(seq__gt=first.seq).exclude(verb="access.grant_post").order_by("seq")
    assert [(e.verb, e.details) for e in made] == [
        ("access.prefer", {"large_type": True}),
        ("access.prefer", {"large_type": False}),
        ("test.outer", {}),
    ]
    assert verify_chain().ok


@pytest.mark.django_db(transaction=True)
def test_an_entry_needs_a_transaction() -> None:
    with pytest.raises(TransactionManagementError), entry(user=None, verb="x.y", unit_path=""):
        """Never gets here."""


def test_a_double_submit_finds_the_first_result(world: World) -> None:
    prefer(world.clerk.user, actor=world.clerk, large_type=True, once="t1")
    line = find_once("t1")
    assert line == head()
    prefer(world.clerk.user, actor=world.clerk, large_type=True, once="t1")
    assert line == head()
    assert find_once("t2") is None
    with pytest.raises(IntegrityError), transaction.atomic(), entry(user=None, verb="x.y", unit_path="", once="t1"):
        """The token is taken."""
    assert line == head()


def test_many_rows_are_sealed_in_one_line(world: World) -> None:
    with transaction.atomic(), entry(user=None, verb="test.many", unit_path="") as line:
        Group.objects.bulk_create([Group(unit=world.ward, name=f"N{n}") for n in range(4500)], batch_size=500)
        line.details = {"names": [f"N{n}" for n in range(4500)]}
    assert Change.objects.filter(entry_key=line.key).count() == 4500
    assert len(head().details["names"]) == 21
    assert verify_chain().ok
    with nobody_watching():
        Change.objects.filter(entry_key=line.key).order_by("-pk")[:1].get().delete()
    assert not verify_chain().ok


def test_details_are_plain_and_without_secrets(world: World) -> None:
    deep: dict = {}
    deep["self"] = deep
    said = plain(
        {
            "unit": world.ward, "on": DAY, "share": Decimal("1.50"), "rate": 0.1, "big": 2**60, "level": Level.CELL,
            "text": "x" * 400, "nul": "a\0b\ud800", "file": ContentFile(b"abc", "kế hoạch.docx"), "raw": b"abc",
            "password": "p", "row": {"citizen_id": "1", "name": "An"}, "why": "kín", "units": [world.ward] * 25,
            "deep": deep,
        },
        secret={"why"},
    )  # fmt: skip
    assert said["unit"] == f"units.unit:{world.ward.pk}"
    assert (said["on"], said["share"], said["rate"], said["level"]) == ("2026-01-01", "1.50", "0.1", "cell")
    assert (said["nul"], said["file"], said["raw"]) == ("ab?", "kế hoạch.docx", "(3 B)")
    assert said["text"] == "x" * 300 + "…"
    assert said["row"] == {"name": "An"}
    assert not {"password", "why"} & set(said)
    assert said["units"][19:] == [f"units.unit:{world.ward.pk}", "… (25)"]
    json.dumps(said)


@pytest.mark.parametrize("details", [{"a": ['"', "\\", "\n\t\x1f\x7f", "ế 𝄞", None, 2**52, {}]}, {}])
def test_what_was_sealed_is_what_is_read_back(world: World, details) -> None:
    with transaction.atomic(), entry(user=None, verb="test.odd", unit_path="1/") as line:
        Unit.objects.filter(pk=world.cell5.pk).update(name='"\\\n\t\x1f\x7f ế 𝄞')
        line.subject, line.details = Unit.objects.get(pk=world.cell5.pk), details
    assert head().details == details
    assert verify_chain().ok


# Tampering


def swap_changes(line: Entry) -> None:
    one, two = Change.objects.filter(entry_key=line.key).order_by("pk")[:2]
    for old, new in ((one.pk, -1), (two.pk, one.pk), (-1, two.pk)):
        Change.objects.filter(pk=old).update(id=new)


ALTERATIONS = {
    "verb": lambda line: Entry.objects.filter(pk=line.pk).update(verb="units.other"),
    "user": lambda line: Entry.objects.filter(pk=line.pk).update(user=None),
    "time": lambda line: Entry.objects.filter(pk=line.pk).update(at="2020-01-01T00:00:00Z"),
    "where": lambda line: Entry.objects.filter(pk=line.pk).update(unit_path="1/"),
    "label": lambda line: Entry.objects.filter(pk=line.pk).update(subject_label="x"),
    "details": lambda line: Entry.objects.filter(pk=line.pk).update(details={}),
    "token": lambda line: Entry.objects.filter(pk=line.pk).update(once=""),
    "key": lambda line: Entry.objects.filter(pk=line.pk).update(key="0" * 32),
    "seal": lambda line: Entry.objects.filter(pk=line.pk).update(hash="0" * 64),
    "number": lambda line: Entry.objects.filter(pk=line.pk).update(seq=-5),
    "line gone": lambda line: Entry.objects.filter(pk=line.pk).delete(),
    "change gone": lambda line: Change.objects.filter(entry_key=line.key).latest("pk").delete(),
    "change altered": lambda line: Change.objects.filter(entry_key=line.key).update(new={"name": "x"}),
    "change elsewhere": lambda line: Change.objects.filter(entry_key=line.key).update(entry_key=""),
    "change orphaned": lambda line: Change.objects.filter(entry_key="").update(entry_key="f" * 32),
    "change added": lambda line: Change.objects.create(
        entry_key=line.key, table_name="t", row_id="1", op="I", at="2020-01-01T00:00:00Z"
    ),
    "changes swapped": swap_changes,
    "line put in": lambda line: Entry.objects.create(
        seq=0, key="1" * 32, at=line.at, verb="a.b", unit_path="", subject="", subject_label="", prev_hash="2" * 64, hash=""
    ),
}  # fmt: skip


@told_once
def renamed(world: World) -> Entry:
    """The line of one of two changes, the seals of all whole."""
    line = rename(world, "Một")
    rename_unit(world.cell7, actor=world.clerk, name="Hai", on=DAY)
    before = verify_chain()
    assert before.ok
    assert before.checked == head().seq
    return line


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_any_alteration_is_found(renamed: Entry, alteration: str) -> None:
    with nobody_watching():
        ALTERATIONS[alteration](renamed)
    after = verify_chain()
    assert not after.ok
    assert after.reason


def test_two_lines_that_changed_places_are_found(world: World) -> None:
    one, two = rename(world, "Một"), None
    prefer(world.clerk.user, actor=world.clerk, large_type=False)
    two = head()
    with nobody_watching():
        for old, new in ((one.seq, 10**6), (two.seq, one.seq), (10**6, two.seq)):
            Entry.objects.filter(pk=old).update(seq=new)
    assert verify_chain().first_broken_seq == one.seq


def test_lines_cut_off_the_end_are_found_by_the_printed_head(world: World) -> None:
    prefer(world.clerk.user, actor=world.clerk, large_type=True, theme="")
    prefer(world.clerk.user, actor=world.clerk, large_type=True, theme="")
    printed = {head().seq: head().hash}
    assert verify_chain(printed).ok
    with nobody_watching():
        head().delete()
    assert verify_chain().ok
    assert verify_chain(printed).first_broken_seq == next(iter(printed))


def test_a_value_that_no_line_can_hold_is_reported_not_raised(world: World) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL holds texts in text columns")
    line = rename(world, "Một")
    with nobody_watching(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_change SET row_id = x'ff' WHERE entry_key = %s", [line.key])
    assert verify_chain().first_broken_seq == line.seq
    with nobody_watching(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_entry SET verb = x'ff' WHERE seq = %s", [line.seq])
    assert verify_chain().first_broken_seq == line.seq


# Reading


def test_a_record_tells_its_history_in_words(world: World) -> None:
    rename_unit(world.cell5, actor=world.clerk, name="Chi bộ Năm", on=DAY)
    latest = history_of(world.cell5)[0]
    assert (latest.who, latest.op, latest.entry) == (world.clerk.user, "U", head())
    assert ("tên", "Chi bộ 5", "Chi bộ Năm") in latest.edits
    founded = history_of(world.cell5)[-1]
    assert founded.op == "I"
    assert ("cấp", "", "Chi bộ") in founded.edits
    assert ("thành lập", "", "01/01/2010") in founded.edits
    assert not any(edit.label == "version" for line in history_of(world.cell5) for edit in line.edits)


def test_history_names_records_masks_secrets_and_shows_what_came_from_outside(world: World) -> None:
    member = world.member(world.cell5, citizen_id="001099000001")
    Member.objects.filter(pk=member.pk).update(citizen_id="001099000002", unit=world.cell7)
    latest = history_of(member)[0]
    assert (latest.who, latest.entry) == (None, None)
    assert set(latest.edits) == {("tổ chức", "Chi bộ 5", "Chi bộ 7"), ("số định danh cá nhân", "•", "•")}


def test_history_shows_who_only_looked(world: World) -> None:
    with transaction.atomic(), entry(user=world.clerk.user, verb="members.reveal_identity", unit_path="") as line:
        line.subject = world.cell5
    assert (history_of(world.cell5)[0].op, history_of(world.cell5)[0].who) == ("", world.clerk.user)


def test_history_takes_the_same_queries_for_one_line_and_for_many(world: World, django_assert_num_queries) -> None:
    Unit.objects.filter(pk=world.cell5.pk).update(name="Tên")
    with django_assert_num_queries(4):
        before = len(history_of(world.cell5))
    for n in range(30):
        Unit.objects.filter(pk=world.cell5.pk).update(name=f"Tên mới {n}")
    with django_assert_num_queries(4):
        assert len(history_of(world.cell5)) == before + 30
    assert len(history_of(world.cell5, limit=3)) == 3


def test_lines_are_read_by_those_whom_they_concern(world: World) -> None:
    clerk, stranger = world.clerk, world.stranger
    line = rename(world, "Chi bộ Năm")
    assert line in entries_under([world.ward.path])
    assert line in entries_under([""])
    assert line not in entries_under([world.other_ward.path])
    assert not entries_under([]).exists()
    assert line not in entries_under([world.ward.path], verb="plans.")
    assert line not in entries_under([world.ward.path], until=line.at)
    assert line in entries_under([world.ward.path], since=line.at, verb="units.rename")
    assert line in entries_concerning(clerk.user)
    assert line not in entries_concerning(stranger.user)
    assert line in entries_concerning(stranger.user, {type(world.cell5): [world.cell5.pk]})
    assert not entries_concerning(None).exists()
    assert line in (entries_under([]) | entries_concerning(clerk.user))
