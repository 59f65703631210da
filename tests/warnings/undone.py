"""What people leave undone, told through the actions themselves: a cell that only meets, a congress after which nobody does
anything, a return in two lines, a class without an essay."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Post
from chibo.briefings.actions import call_briefing, send_return
from chibo.briefings.models import Briefing
from chibo.congresses.actions import (
    approve_scheme,
    conducting,
    counting,
    following,
    open_round,
    propose_scheme,
    schedule_congress,
)
from chibo.congresses.models import Congress, CongressRound
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting
from chibo.meetings.actions.conducting import time_item
from chibo.members.actions.register import transfer_member
from chibo.members.models import Member
from chibo.plans.actions import confirm_plan, draft_plan, evaluate_cell, register_plan, write_plan
from chibo.plans.models import Plan
from chibo.plans.rules.planning import Item
from chibo.reviews.models import Review
from chibo.study.actions import open_class
from chibo.tasks.actions import assign_task
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from tests.congresses.cast import fresh
from tests.house.stage import Stage
from tests.world import LONG_AGO


def leave_undone(stage: Stage, day: date) -> None:
    """Upon one of everything, what stands so on the day."""
    ward, clerk = stage.world.ward, stage.world.clerk
    _only_meets(stage, day)
    _congresses(stage, day)
    _return_in_two_lines(stage, day)
    open_class(ward, title="Học nghị quyết", held_on=day - timedelta(days=40), actor=clerk)
    moved = Review.objects.filter(unit=stage.world.cell5, member__isnull=False, stage="due").order_by("pk").last()
    transfer_member(moved.member, actor=clerk, to=stage.world.cell7, on=day)


def _cell(stage: Stage, number: int) -> tuple[Unit, list[Member], Actor]:
    """One more cell of the ward, its five members, and its secretary at the pages."""
    cell = found_unit(
        stage.world.ward, actor=SETUP, name=f"Chi bộ {number}", level=Level.CELL, key=f"sm-{number}", on=LONG_AGO,
        cell_kind=CellKind.RESIDENTIAL,
    )  # fmt: skip
    people = [stage.world.member(cell, f"Vương Văn {name}") for name in ("Một", "Hai", "Ba", "Tư", "Năm")]
    return cell, people, stage.world.actor(Post.CELL_SECRETARY, cell)


def _only_meets(stage: Stage, day: date) -> None:
    """In cell 9 documents are read out, three months in a row; nobody speaks, is named or is given anything."""
    cell, people, secretary = _cell(stage, 9)
    plan = draft_plan(people[1], campaign=stage.plan.campaign, made_on=date(day.year, 1, 20), actor=secretary)
    write_plan(plan, items=[Item("1", "Đọc 3 cuốn sách", "3 cuốn", date(day.year, 6, 30))], actor=secretary)
    register_plan(Plan.objects.get(pk=plan.pk), registered_on=date(day.year, 2, 1), actor=secretary)
    confirm_plan(Plan.objects.get(pk=plan.pk), confirmed_on=date(day.year, 2, 10), actor=SETUP)
    for month in range(day.month - 2, day.month + 1):
        meeting = convene_meeting(
            cell, held_on=date(day.year, month, 5), starts_at=time(19, 30), chair=people[0], recorder=people[0],
            actor=secretary,
        )  # fmt: skip
        call_roll(meeting, presences={one.pk: ("present", "") for one in people}, actor=secretary)
        read = meeting.agenda.get(kind="information")
        time_item(read, began_at=time(19, 30), ended_at=time(20, 20), actor=secretary)
        evaluate_cell(meeting, entries={plan.pk: {"level": "good"}}, actor=secretary)
        meeting.refresh_from_db()
        close_meeting(meeting, minutes="Biên bản", closed_on=meeting.held_on, ends_at=time(20, 40), actor=secretary)
    assign_task(
        stage.world.cell7, title="Khắc phục 3 khuyết điểm", measure="3 khuyết điểm được xác nhận", doer=None,
        doer_unit=stage.world.cell7, origin="commitment", assigned_on=date(day.year, 1, 10),
        due_on=date(day.year, 12, 15), actor=stage.world.secretary7,
    )  # fmt: skip


def _congresses(stage: Stage, day: date) -> None:
    """Cell 10 elected its secretary and went home; cell 7 reported and hears nothing; cell 5 never began."""
    world, (cell, people, secretary) = stage.world, _cell(stage, 10)
    past = open_round(
        world.ward, name="Đại hội các chi bộ", term="2025-2027", first_on=day - timedelta(days=60),
        last_on=day - timedelta(days=30), actor=world.clerk,
    )  # fmt: skip
    _elect(past, cell, people, secretary, world.clerk)
    of_seven = list(Member.objects.filter(unit=world.cell7).order_by("pk"))
    reported = _elect(past, world.cell7, of_seven, world.secretary7, world.clerk)
    following.report_result(reported, reported_on=past.last_on, actor=world.secretary7)
    schedule_congress(past, cell=world.cell5, held_on=past.last_on, actor=world.clerk)


def _elect(past: CongressRound, cell: Unit, people: Sequence[Member], secretary: Actor, clerk: Actor) -> Congress:
    """A congress from its scheme to its closing, on the round's first day: one secretary, elected by all."""
    by_cell, hands, day = {"actor": secretary}, len(people), past.first_on
    here = schedule_congress(past, cell=cell, held_on=day, actor=clerk)
    propose_scheme(here, seats=1, standards="Có uy tín", **by_cell)
    approve_scheme(fresh(here), approved_on=day, actor=clerk)
    call_roll(here.meeting, presences={one.pk: ("present", "") for one in people}, **by_cell)
    conducting.begin_congress(fresh(here), **by_cell)
    election = conducting.open_election(fresh(here), office="secretary", **by_cell)
    conducting.put_forward(election, member=people[0], **by_cell)
    conducting.close_list(fresh(election), in_favour=hands, **by_cell)
    conducting.elect_counters(fresh(here), members=people[1:4], head=people[1], in_favour=hands, **by_cell)
    polling = counting.issue_ballots(fresh(election), printed=hands, issued=hands, **by_cell)
    counting.collect_ballots(fresh(polling), collected=hands, **by_cell)
    for hand, counter in zip((1, 2), here.counters.order_by("pk"), strict=False):
        for number in range(1, hands + 1):
            counting.enter_ballot(fresh(polling), hand=hand, number=number, marks="d", counter=counter, actor=SETUP)
    counting.certify_count(fresh(polling), **by_cell)
    conducting.adopt_resolution(fresh(here), in_favour=hands, **by_cell)
    return conducting.close_congress(fresh(here), closed_on=day, **by_cell)


def _return_in_two_lines(stage: Stage, day: date) -> None:
    """What a cell sends for the month says what was done, and nothing else."""
    chair = Briefing.objects.select_related("meeting").first().meeting.chair
    briefing = call_briefing(
        stage.world.ward, rhythm="monthly", held_on=day + timedelta(days=17), chair=chair, recorder=chair,
        actor=stage.world.clerk,
    )  # fmt: skip
    mine = briefing.returns.get(unit=stage.world.cell5, body="")
    send_return(mine, sent_on=day, results="Đã họp", next_tasks="Họp", actor=stage.world.secretary)
