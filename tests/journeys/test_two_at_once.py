"""Two people press the button at the same moment, on real connections: one wins or both are kept, and no text is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.backends.sqlite3.base import Database

from chibo.core.refusal import Conflict
from chibo.journal.models import Entry
from chibo.journal.selectors import verify_chain
from chibo.meetings.actions import convene_meeting, note_item
from chibo.members.actions import amend_member
from chibo.papers.actions import take_number
from chibo.papers.models import Series
from chibo.papers.rules import PaperKind
from chibo.plans.actions import confirm_plan, evaluate_cell, evaluate_plan
from chibo.plans.models import Evaluation, Plan
from chibo.plans.rules import ResultLevel
from tests.plans.cast import registered
from tests.world import World, build_world

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, tmp_path: Any) -> Iterator[World]:
    """On SQLite the tests' database lies in memory, where only one may be at work; here it is a file, as in an office."""
    if connection.vendor != "sqlite":
        yield build_world()
        return
    name, memory = connection.settings_dict["NAME"], connection.connection
    file = tmp_path / "chibo.sqlite3"
    with closing(Database.connect(file)) as copy:
        memory.backup(copy)
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    yield build_world()
    connection.close()
    connection.connection, connection.settings_dict["NAME"] = memory, name


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all of these at the same moment, each on its own connection; what each gave, or how it was refused."""
    start = Barrier(len(deeds))

    def do(deed: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return deed()
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(do, deeds))


def refused(results: list[Any]) -> list[Any]:
    return [r for r in results if isinstance(r, ValidationError)]


def test_a_plan_is_confirmed_once_by_two_who_confirm_it(world: World) -> None:
    plan = registered(world, world.member(world.cell5))
    deputy = world.actor("cell_deputy", world.cell5, "Phó Bí Thư")
    results = at_once(*[
        lambda who=who: confirm_plan(plan, actor=who, confirmed_on=date(2026, 2, 3), comment=f"Ý kiến {who.user.name}")
        for who in (world.secretary, deputy)
    ])  # fmt: skip
    assert len(refused(results)) == 1
    kept = Plan.objects.get(pk=plan.pk)
    assert kept.state == "confirmed"
    (winner,) = [r for r in results if not isinstance(r, ValidationError)]
    assert kept.committee_comment == winner.committee_comment
    assert Entry.objects.filter(verb="plans.confirm_plan").count() == 1
    assert verify_chain().ok


def test_two_evaluations_of_one_member_lose_no_text(world: World) -> None:
    """Both looked at an empty line; one is written, the other is told and still has what was typed."""
    plan, who = registered(world, world.member(world.cell5)), world.secretary
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 3, 3))
    results = at_once(*[
        lambda words=words: evaluate_plan(
            meeting, actor=who, plan=plan, level=ResultLevel.GOOD, comment=words, seen=0
        )
        for words in ("Ý kiến của bí thư", "Ý kiến của phó bí thư")
    ])  # fmt: skip
    assert [type(r) for r in refused(results)] == [Conflict]
    assert Evaluation.objects.get().comment in {"Ý kiến của bí thư", "Ý kiến của phó bí thư"}


def test_two_halves_of_a_cell_evaluated_at_once_are_both_kept(world: World) -> None:
    plans = [registered(world, member) for member in world.members(world.cell5, 6)]
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 3, 3))
    who, entry = world.secretary, {"level": ResultLevel.GOOD, "remark": "", "comment": "Tốt", "reported": ""}
    results = at_once(*[
        lambda half=half: evaluate_cell(meeting, actor=who, entries={p.pk: entry for p in half})
        for half in (plans[:3], plans[3:])
    ])  # fmt: skip
    assert refused(results) == []
    assert Evaluation.objects.count() == 6
    assert verify_chain().ok


def test_two_who_amend_one_record_are_not_both_believed(world: World) -> None:
    member, who = world.member(world.cell5), world.clerk
    results = at_once(*[
        lambda phone=phone: amend_member(
            member, actor=who, seen_version=0, full_name=member.full_name, phone=phone
        )
        for phone in ("0911111111", "0922222222")
    ])  # fmt: skip
    assert [type(r) for r in refused(results)] == [Conflict]
    member.refresh_from_db()
    assert member.version == 1


def test_two_notes_on_one_item_are_not_both_believed(world: World) -> None:
    meeting = convene_meeting(world.cell5, actor=world.secretary, held_on=date(2026, 3, 3))
    item, who = meeting.agenda.first(), world.secretary
    results = at_once(*[
        lambda words=words: note_item(item, actor=who, notes=words, seen_version=0) for words in ("một", "hai")
    ])  # fmt: skip
    assert [type(r) for r in refused(results)] == [Conflict]


def test_a_form_sent_twice_writes_once(world: World) -> None:
    who = world.secretary
    results = at_once(*[
        lambda: convene_meeting(world.cell5, actor=who, held_on=date(2026, 3, 3), once="a" * 32)
        for _ in range(2)
    ])  # fmt: skip
    assert refused(results) == []
    assert len({r.pk for r in results}) == 1
    assert Entry.objects.filter(verb="meetings.convene_meeting").count() == 1


def test_one_month_has_one_regular_meeting(world: World) -> None:
    who = world.secretary
    results = at_once(*[
        lambda: convene_meeting(world.cell5, actor=who, held_on=date(2026, 3, 3)) for _ in range(2)
    ])  # fmt: skip
    assert len(refused(results)) == 1


def test_numbers_of_papers_have_no_gap_and_no_twin(world: World) -> None:
    who = world.ward_secretary
    results = at_once(*[
        lambda: take_number(world.ward, actor=who, kind=PaperKind.REPORT.value, term="2025-2030").number
        for _ in range(4)
    ])  # fmt: skip
    assert sorted(results) == [1, 2, 3, 4]
    assert Series.objects.get().last_number == 4
