"""Briefings by their actions: one test for each outcome."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.charter import Post
from chibo.briefings.actions import (
    arrange_briefing,
    call_briefing,
    call_off_briefing,
    conclude_briefing,
    correct_conclusion,
    give_direction,
    send_return,
    take_back_return,
    write_conclusion,
    write_return,
)
from chibo.briefings.models import Briefing, Direction, Return
from chibo.briefings.rules import REGULATIONS, Rhythm
from chibo.core.refusal import Conflict
from chibo.journal.models import Entry
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingKind, MeetingState
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskOrigin
from tests.briefings.cast import DUE, HELD, WORK, called, chairs, concluded, directed, return_of, sent
from tests.world import World


def articles(refusal: pytest.ExceptionInfo[ValidationError]) -> set[str | None]:
    return {error.code for errors in refusal.value.error_dict.values() for error in errors}


# ----------------------------------------------------------------------------------------------- calling


def test_s3_09_a_briefing_convenes_a_conference_and_asks_every_cell(world: World) -> None:
    briefing = called(world)
    assert briefing.meeting.kind == MeetingKind.BRIEFING
    assert briefing.meeting.agenda.count() == 4
    assert (briefing.reviewed_first, briefing.reviewed_last) == (date(2026, 8, 1), date(2026, 8, 31))
    assert briefing.returns_due_on == DUE
    assert [ret.unit for ret in briefing.returns.order_by("pk")] == [world.cell5, world.cell7]


def test_s1_09_mass_organisations_are_asked_too(world: World) -> None:
    briefing = called(world, bodies=["Hội Cựu  chiến binh", " ", "Đoàn Thanh niên"])
    assert list(briefing.returns.filter(unit=world.ward).values_list("body", flat=True)) == [
        "Hội Cựu chiến binh", "Đoàn Thanh niên"
    ]  # fmt: skip


def test_a_second_briefing_on_the_same_days_is_refused_and_nothing_is_made(world: World) -> None:
    called(world)
    with pytest.raises(ValidationError) as refusal:
        called(world, date(2026, 9, 10))
    assert articles(refusal) == {REGULATIONS}
    assert (Meeting.objects.count(), Briefing.objects.count(), Return.objects.count()) == (1, 1, 2)
    called(world, date(2026, 9, 10), rhythm=Rhythm.WEEKLY)


def test_a_cell_calls_no_briefing_and_a_ward_not_another(world: World) -> None:
    with pytest.raises(PermissionDenied):
        call_briefing(world.ward, actor=world.secretary, rhythm=Rhythm.WEEKLY, held_on=HELD)
    with pytest.raises(PermissionDenied):
        call_briefing(world.ward, actor=world.stranger, rhythm=Rhythm.WEEKLY, held_on=HELD)
    with pytest.raises(ValidationError) as refusal:
        call_briefing(world.cell5, actor=world.clerk, rhythm=Rhythm.WEEKLY, held_on=HELD)
    assert articles(refusal) == {REGULATIONS}
    assert not Meeting.objects.exists()


def test_who_holds_no_post_presides_over_nothing(world: World) -> None:
    with pytest.raises(ValidationError) as refusal:
        called(world, chair=world.member(world.cell5, "Người Thường"))
    assert set(refusal.value.error_dict) == {"chair"}
    assert not Briefing.objects.exists()


def test_a_form_sent_twice_calls_one_briefing(world: World) -> None:
    first, second = called(world, once="a" * 32), called(world, once="a" * 32)
    assert first == second
    assert Briefing.objects.count() == Meeting.objects.count() == 1


def test_a_briefing_moves_with_its_due_date_until_it_is_concluded(world: World) -> None:
    briefing, (chair, recorder) = called(world), chairs(world)
    arrange_briefing(
        briefing, actor=world.clerk, held_on=date(2026, 9, 8), returns_due_on=date(2026, 9, 7), chair=chair, recorder=recorder
    )  # fmt: skip
    briefing.meeting.refresh_from_db()
    assert briefing.meeting.held_on == date(2026, 9, 8)
    concluded(world, Briefing.objects.get())
    with pytest.raises(ValidationError) as refusal:
        arrange_briefing(briefing, actor=world.clerk, held_on=HELD, returns_due_on=DUE)
    assert REGULATIONS in articles(refusal)
    assert Meeting.objects.get().held_on == date(2026, 9, 8)


def test_of_two_editors_the_second_is_told(world: World) -> None:
    briefing = called(world)
    arrange_briefing(briefing, actor=world.clerk, held_on=HELD, returns_due_on=HELD, seen_version=briefing.version)
    with pytest.raises(Conflict):
        arrange_briefing(briefing, actor=world.ward_secretary, held_on=HELD, returns_due_on=DUE, seen_version=0)
    assert Briefing.objects.get().returns_due_on == HELD


def test_a_briefing_called_by_mistake_goes_until_somebody_sent(world: World) -> None:
    call_off_briefing(called(world), actor=world.clerk)
    assert not Meeting.objects.exists()
    briefing = called(world)
    sent(world, briefing)
    with pytest.raises(ValidationError):
        call_off_briefing(briefing, actor=world.clerk)
    assert Briefing.objects.count() == Meeting.objects.count() == 1


# ----------------------------------------------------------------------------------------------- returns


def test_a_return_is_kept_and_then_sent_by_its_cell(world: World) -> None:
    ret = return_of(called(world), world.cell5)
    write_return(ret, actor=world.secretary, results="- Một\n- Hai  ", next_tasks="")
    ret.refresh_from_db()
    assert (ret.results, ret.sent_on) == ("- Một\n- Hai", None)
    send_return(ret, actor=world.secretary, results=ret.results, next_tasks="- Ba", sent_on=DUE, today=DUE)
    ret.refresh_from_db()
    assert (ret.next_tasks, ret.sent_on, ret.entered_by) == ("- Ba", DUE, world.secretary.user)


def test_an_empty_return_is_not_sent(world: World) -> None:
    ret = return_of(called(world), world.cell5)
    with pytest.raises(ValidationError) as refusal:
        send_return(ret, actor=world.secretary, results="", next_tasks="", sent_on=DUE)
    assert set(refusal.value.error_dict) == {"results", "next_tasks"}
    assert articles(refusal) == {REGULATIONS}
    assert Return.objects.get(pk=ret.pk).sent_on is None


def test_a_cell_writes_for_no_other(world: World) -> None:
    ret = return_of(called(world), world.cell5)
    for who in (world.secretary7, world.stranger, world.ward_secretary):
        with pytest.raises(PermissionDenied):
            send_return(ret, actor=who, results="a", next_tasks="b", sent_on=DUE)
    assert Return.objects.get(pk=ret.pk).version == 0


def test_of_two_who_write_one_return_the_second_is_told(world: World) -> None:
    ret = return_of(called(world), world.cell5)
    deputy = world.actor(Post.CELL_DEPUTY, world.cell5)
    write_return(ret, actor=world.secretary, results="Một", next_tasks="", seen_version=0)
    with pytest.raises(Conflict):
        write_return(ret, actor=deputy, results="Hai", next_tasks="", seen_version=0)
    assert Return.objects.get(pk=ret.pk).results == "Một"


def test_a_return_sent_twice_is_sent_once(world: World) -> None:
    briefing = called(world)
    for _time in range(2):
        sent(world, briefing, once="b" * 32)
    assert Entry.objects.filter(verb="briefings.send_return").count() == 1


def test_a_sent_return_is_taken_back_until_the_day(world: World) -> None:
    briefing = called(world)
    ret = sent(world, briefing)
    with pytest.raises(ValidationError):
        write_return(ret, actor=world.secretary, results="khác", next_tasks="khác")
    with pytest.raises(ValidationError) as refusal:
        take_back_return(ret, actor=world.secretary, on=HELD)
    assert articles(refusal) == {REGULATIONS}
    take_back_return(ret, actor=world.secretary, on=DUE)
    ret.refresh_from_db()
    assert (ret.sent_on, ret.results) == (None, "- Đã thu đảng phí quý III")


# -------------------------------------------------------------------------------------------- directions


def test_s3_09_a_direction_is_a_task_at_once(world: World) -> None:
    briefing = called(world)
    task = directed(world, briefing)
    assert (task.unit, task.doer_unit, task.origin) == (world.cell5, world.cell5, TaskOrigin.BRIEFING)
    assert task.assigned_on == HELD
    assert task.origin_text == "Giao ban ngày 04/09/2026, ý kiến chỉ đạo số 1"
    assert task.direction.told == "Chi bộ 5"


def test_a_direction_to_all_is_a_task_of_each_under_one_number(world: World) -> None:
    briefing = called(world, bodies=["Hội Phụ nữ"])
    directed(world, briefing, units=[world.cell5, world.cell7], told="Các chi bộ")
    directed(world, briefing, units=[world.ward], told="Hội Phụ nữ")
    chair, _recorder = chairs(world)
    directed(world, briefing, units=[], doer=chair)
    assert list(briefing.directions.values_list("order", "told", "task__doer_unit")) == [
        (1, "Các chi bộ", world.cell5.pk), (1, "Các chi bộ", world.cell7.pk), (2, "Hội Phụ nữ", world.ward.pk),
        (3, "Lê Văn Chủ Trì", None),
    ]  # fmt: skip


def test_s2_16_a_vague_direction_is_refused_and_leaves_nothing(world: World) -> None:
    briefing = called(world)
    with pytest.raises(ValidationError) as refusal:
        directed(world, briefing, title="Tiếp tục tăng cường lãnh đạo, chỉ đạo", measure="", due_on=None)
    assert set(refusal.value.error_dict) == {"title", "measure", "due_on"}
    assert articles(refusal) != {None}
    assert not Task.objects.exists()
    assert not Direction.objects.exists()
    directed(world, briefing, title="Tiếp tục tăng cường lãnh đạo, chỉ đạo", measure="", override_reason="Nguyên văn")


def test_nobody_outside_the_briefing_is_directed(world: World) -> None:
    briefing = called(world)
    plain = world.member(world.cell5, "Người Thường")
    for wrong in ({"units": []}, {"units": [world.other_cell]}, {"doer": plain}, {"units": [], "doer": plain}):
        with pytest.raises(ValidationError) as refusal:
            directed(world, briefing, **wrong)
        assert set(refusal.value.error_dict) == {"doer"}
    with pytest.raises(PermissionDenied):
        give_direction(briefing, actor=world.secretary, title=WORK, measure="a", due_on=None, units=[world.cell5])
    assert not Task.objects.exists()


# -------------------------------------------------------------------------------------------- conclusion


def test_a_briefing_is_concluded_with_its_minutes_and_then_stays(world: World) -> None:
    briefing = called(world)
    write_conclusion(briefing, actor=world.clerk, minutes="Nháp")
    concluded(world, briefing, "1. Một\n\nHai")
    meeting = Meeting.objects.get()
    assert (meeting.state, meeting.minutes, meeting.closed_on) == (MeetingState.CLOSED, "1. Một\n\nHai", HELD)
    for act in (
        lambda: concluded(world, briefing),
        lambda: write_conclusion(briefing, actor=world.clerk, minutes="khác"),
        lambda: sent(world, briefing),
        lambda: directed(world, briefing),
        lambda: call_off_briefing(briefing, actor=world.clerk),
    ):
        with pytest.raises(ValidationError):
            act()
    assert Meeting.objects.get().minutes == "1. Một\n\nHai"
    assert not Task.objects.exists()


def test_concluded_minutes_take_a_dated_correction_and_stay(world: World) -> None:
    briefing = called(world)
    with pytest.raises(ValidationError):
        correct_conclusion(briefing, actor=world.clerk, text="Bổ sung", corrected_on=HELD)
    concluded(world, briefing, "Nguyên văn")
    correct_conclusion(briefing, actor=world.clerk, text="Bổ sung", corrected_on=date(2026, 9, 6))
    with pytest.raises(PermissionDenied):
        correct_conclusion(briefing, actor=world.secretary, text="Bổ sung", corrected_on=HELD)
    meeting = Meeting.objects.get()
    assert (meeting.minutes, meeting.corrections.get().text) == ("Nguyên văn", "Bổ sung")


def test_it_is_not_concluded_before_it_is_held_nor_without_who_led_and_wrote(world: World) -> None:
    briefing = called(world, chair=None, recorder=None)
    with pytest.raises(ValidationError) as refusal:
        conclude_briefing(briefing, actor=world.clerk, minutes=" ", closed_on=DUE, today=DUE)
    assert set(refusal.value.error_dict) == {"closed_on", "minutes", "__all__"}
    assert Meeting.objects.get().state == MeetingState.CONVENED
    with pytest.raises(PermissionDenied):
        conclude_briefing(briefing, actor=world.secretary, minutes="a", closed_on=HELD)
