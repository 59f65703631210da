"""The cell evaluates plans in its meeting; members report before and answer after (seeds S0-07, S0-12, S1-08, S1-10)."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.charter import Post
from chibo.core.refusal import Conflict
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer, figure_named
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting
from chibo.meetings.models import Correction, Meeting
from chibo.meetings.selectors import cautions_of, composed_minutes
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition
from chibo.plans.actions import (
    amend_evaluation,
    answer_evaluation,
    assign_turn,
    evaluate_cell,
    evaluate_plan,
    record_answer,
    report_on_plan,
    withdraw_evaluation,
)
from chibo.plans.models import Campaign, Evaluation, Plan, SelfReport
from chibo.plans.rules import LEVEL_KEYS
from chibo.plans.rules.evaluating import (
    REMARK_KEYS,
    Evaluated,
    Sitting,
    objections_to_evaluating,
    objections_to_sitting,
    objections_to_verdict,
)
from chibo.plans.selectors.evaluations import (
    errands_of_evaluations,
    members_commented,
    rows_to_evaluate,
    visible_evaluations,
)
from chibo.programmes.models import Programme
from chibo.units.selectors import scope_of
from tests.world import World

HELD, MONTH = date(2026, 11, 5), date(2026, 11, 1)


def plan_of(world: World, member: Member, year: int = 2026, **fields: object) -> Plan:
    """A plan confirmed in February of the year."""
    programme, _ = Programme.objects.get_or_create(
        unit=world.ward, code="07-ct", defaults={"name": "Chỉ thị 07-CT/TW", "valid_from": date(2016, 5, 15)}
    )
    campaign, _ = Campaign.objects.get_or_create(
        unit=world.ward, year=year,
        defaults={"programme": programme, "opened_on": date(year, 1, 5), "deadline": date(year, 2, 28)},
    )  # fmt: skip
    asked = {"state": "confirmed", "registered_on": date(year, 2, 1), "unit": member.unit, **fields}
    return Plan.objects.create(campaign=campaign, member=member, year=year, **asked)


def meeting_of(world: World, held_on: date = HELD) -> Meeting:
    return convene_meeting(world.cell5, actor=world.secretary, held_on=held_on)


def cell_of(world: World, count: int) -> tuple[Meeting, list[Plan]]:
    return meeting_of(world), [plan_of(world, member) for member in world.members(world.cell5, count)]


def close(world: World, meeting: Meeting) -> None:
    hoa = world.member(world.cell5, "Nguyễn Thị Hoa")
    Meeting.objects.filter(pk=meeting.pk).update(chair=hoa, recorder=hoa)
    meeting.refresh_from_db()
    roll = Membership.objects.filter(unit=world.cell5, condition=Condition.ACTIVE).values_list("member_id", flat=True)
    call_roll(meeting, actor=world.secretary, presences=dict.fromkeys(roll, ("present", "")))
    close_meeting(meeting, actor=world.secretary, minutes="Đã họp", closed_on=meeting.held_on)


# ---------------------------------------------------------------------------------------------- rules

PLAN = Evaluated("An", 2026, "confirmed", date(2026, 2, 1), in_cell=True)
SITTING = Sitting("regular", "convened", HELD, MONTH)
GOOD = {"level": "good"}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, None),
        ({"in_cell": False}, "không sinh hoạt ở chi bộ này"),
        ({"year": 2025}, "của năm"),
        ({"state": "draft", "registered_on": None}, "đang soạn"),
        ({"registered_on": date(2026, 11, 6)}, "đăng ký sau"),
        ({"at_another_meeting": True}, "cuộc họp khác"),
    ],
)
def test_which_plans_a_meeting_evaluates(changes: dict[str, object], said: str | None) -> None:
    from dataclasses import replace

    found = [o.text for o in objections_to_evaluating(replace(PLAN, **changes), GOOD, SITTING)]
    assert [said in text for text in found] == ([True] if said else []) if said else not found


@pytest.mark.parametrize(
    ("kind", "state", "today", "refused"),
    [
        ("regular", "convened", HELD, 0),
        ("topical", "convened", None, 0),
        ("committee", "convened", HELD, 1),
        ("regular", "closed", HELD, 1),
        ("regular", "convened", date(2026, 11, 4), 1),
    ],
)
def test_which_meetings_evaluate(kind: str, state: str, today: date | None, refused: int) -> None:
    assert len(list(objections_to_sitting(Sitting(kind, state, HELD, MONTH), today=today))) == refused


@pytest.mark.parametrize(
    ("verdict", "fields"),
    [
        ({"level": "excellent"}, []),
        ({"level": ""}, ["level"]),
        ({"level": "splendid"}, ["level"]),
        ({"level": "good", "remark": "praise"}, ["remark"]),
        ({"level": "poor"}, ["comment"]),
        ({"level": "average", "remark": "criticise", "comment": " "}, ["comment"]),
        ({"level": "poor", "comment": "Ba tháng chưa làm mục 2"}, []),
        ({"level": "average", "remark": "remind"}, []),
    ],
)
def test_s0_07_criticism_has_words(verdict: dict[str, str], fields: list[str]) -> None:
    assert [o.field for o in objections_to_verdict(verdict, "An")] == fields


def test_no_key_stands_for_two_things() -> None:
    keys = [*LEVEL_KEYS.values(), *REMARK_KEYS.values()]
    assert len(set(keys)) == len(keys)


# ------------------------------------------------------------------------------------------- evaluating


def test_s0_07_a_plan_is_evaluated_with_remark_and_comment(world: World) -> None:
    meeting, (plan,) = cell_of(world, 1)
    made = evaluate_plan(
        meeting,
        actor=world.secretary,
        plan=plan,
        level="excellent",
        remark="commend",
        comment="Gương mẫu",
        today=HELD,
    )
    made.refresh_from_db()
    assert (made.unit, made.month, made.level, made.remark, made.comment, made.version) == (
        world.cell5, MONTH, "excellent", "commend", "Gương mẫu", 1,
    )  # fmt: skip


def test_a_plan_has_one_evaluation_a_month_and_its_change_is_a_version(world: World) -> None:
    meeting, (plan,) = cell_of(world, 1)
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good")
    made = evaluate_plan(meeting, actor=world.secretary, plan=plan, level="average", seen=1)
    assert (Evaluation.objects.count(), made.version) == (1, 2)
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="average")
    assert Evaluation.objects.get().version == 2, "the same words are no change"


def test_two_editors_the_second_is_told_and_the_first_ones_words_stay(world: World) -> None:
    meeting, (plan,) = cell_of(world, 1)
    deputy = world.actor(Post.CELL_DEPUTY, world.cell5)
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good", comment="Tốt", seen=0)
    with pytest.raises(Conflict, match="Nguyễn Thị Hoa"):
        evaluate_plan(meeting, actor=deputy, plan=plan, level="average", seen=0)
    with pytest.raises(Conflict):
        evaluate_cell(
            meeting, actor=deputy, entries={plan.pk: {"level": "poor", "comment": "Kém"}}, seen={plan.pk: 0}
        )
    assert Evaluation.objects.get().comment == "Tốt"


def test_the_plan_of_somebody_not_in_the_cell_that_day_is_refused(world: World) -> None:
    meeting, _plans = cell_of(world, 1)
    stranger = plan_of(world, world.member(world.cell7, "Phạm Văn Lạ"))
    with pytest.raises(ValidationError, match="Phạm Văn Lạ") as refused:
        evaluate_plan(meeting, actor=world.secretary, plan=stranger, level="good")
    assert refused.value.error_dict["level"][0].code == "Kết luận 01-KL/TW; Chỉ thị 07-CT/TW"
    assert not Evaluation.objects.exists()


def test_a_member_who_moved_is_evaluated_by_the_new_cell(world: World) -> None:
    member = world.member(world.cell7)
    plan = plan_of(world, member)
    Membership.objects.filter(member=member).update(valid_to=date(2026, 6, 30))
    Membership.objects.create(member=member, unit=world.cell5, standing="official", valid_from=date(2026, 7, 1))
    made = evaluate_plan(meeting_of(world), actor=world.secretary, plan=plan, level="good")
    assert made.unit == world.cell5


def test_the_secretary_of_another_cell_evaluates_nobody_here(world: World) -> None:
    meeting, (plan,) = cell_of(world, 1)
    with pytest.raises(PermissionDenied):
        evaluate_plan(meeting, actor=world.secretary7, plan=plan, level="good")
    with pytest.raises(PermissionDenied):
        evaluate_cell(meeting, actor=world.clerk, entries={plan.pk: {"level": "good"}})
    assert not Evaluation.objects.exists()


def test_s0_07_a_whole_cell_is_evaluated_at_once(world: World) -> None:
    meeting, plans = cell_of(world, 3)
    made = evaluate_cell(
        meeting,
        actor=world.secretary,
        entries={
            plan.pk: {"level": level} for plan, level in zip(plans, ("excellent", "good", "average"), strict=True)
        },
    )
    assert [e.level for e in made] == ["excellent", "good", "average"]
    assert Evaluation.objects.count() == 3


def test_one_bad_line_refuses_the_whole_page_beside_its_field(world: World) -> None:
    meeting, (first, second) = cell_of(world, 2)
    with pytest.raises(ValidationError) as refused:
        evaluate_cell(
            meeting, actor=world.secretary, entries={first.pk: {"level": "good"}, second.pk: {"level": "poor"}}
        )
    assert list(refused.value.error_dict) == [f"comment_{second.pk}"]
    assert not Evaluation.objects.exists()


def test_writing_a_cell_takes_as_many_queries_for_three_as_for_thirty(
    world: World, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for held_on, size in ((HELD, 3), (date(2026, 12, 3), 30)):
        meeting = meeting_of(world, held_on)
        plans = [plan_of(world, m) for m in world.members(world.cell5, size)]
        with CaptureQueriesContext(
            connection,
        ) as queries:
            evaluate_cell(meeting, actor=world.secretary, entries={plan.pk: {"level": "good"} for plan in plans})
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_what_was_written_by_mistake_is_taken_back(world: World) -> None:
    meeting, (plan,) = cell_of(world, 1)
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good")
    withdraw_evaluation(meeting, actor=world.secretary, plan=plan, seen=1)
    assert not Evaluation.objects.exists()


def test_after_closing_an_evaluation_is_amended_with_a_reason_that_stands_in_the_minutes(world: World) -> None:
    meeting, (plan,) = cell_of(world, 1)
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good", reported="Đã làm xong")
    close(world, meeting)
    with pytest.raises(ValidationError, match="đã bế mạc"):
        evaluate_plan(meeting, actor=world.secretary, plan=plan, level="average")
    with pytest.raises(ValidationError, match="lý do"):
        amend_evaluation(meeting, actor=world.secretary, plan=plan, level="average", why=" ", amended_on=HELD)
    made = amend_evaluation(
        meeting, actor=world.secretary, plan=plan, level="average", why="ghi nhầm", amended_on=date(2026, 11, 8)
    )
    assert (made.level, made.reported) == ("average", "Đã làm xong")
    assert "Trung bình (trước: Tốt). Lý do: ghi nhầm" in Correction.objects.get().text


# ------------------------------------------------------------------------------------ report and answer


def test_s1_08_the_member_reports_beforehand_and_the_meeting_finds_the_words(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = plan_of(world, member)
    written = report_on_plan(plan, actor=world.own(member), month=date(2026, 11, 3), reported="Đã đọc hai chuyên đề")
    assert (written.month, written.on_behalf) == (MONTH, False)
    made = evaluate_plan(meeting_of(world), actor=world.secretary, plan=plan, level="good")
    assert made.reported == "Đã đọc hai chuyên đề"


def test_the_secretary_reports_for_a_member_and_it_is_marked_so(world: World) -> None:
    plan = plan_of(world, world.member(world.cell5))
    assert report_on_plan(plan, actor=world.secretary, month=MONTH, reported="Kể lại").on_behalf


@pytest.mark.parametrize(
    ("fields", "asked", "field"),
    [
        ({"state": "draft", "registered_on": None}, {}, "__all__"),
        ({}, {"month": date(2027, 1, 1)}, "month"),
        ({}, {"reported": " "}, "reported"),
    ],
)
def test_a_report_that_is_refused(
    world: World, fields: dict[str, object], asked: dict[str, object], field: str
) -> None:
    plan = plan_of(world, world.member(world.cell5), **fields)
    with pytest.raises(ValidationError) as refused:
        report_on_plan(plan, actor=world.secretary, **{"month": MONTH, "reported": "Đã làm", **asked})
    assert list(refused.value.error_dict) == [field]
    assert not SelfReport.objects.exists()


def test_after_the_evaluation_one_answers_and_no_longer_reports(world: World) -> None:
    member = world.member(world.cell5, account=True)
    plan = plan_of(world, member)
    made = evaluate_plan(meeting_of(world), actor=world.secretary, plan=plan, level="good")
    with pytest.raises(ValidationError, match="tiếp thu"):
        report_on_plan(plan, actor=world.own(member), month=MONTH, reported="Muộn")
    answer_evaluation(made, actor=world.own(member), answer="Tôi tiếp thu")
    made.refresh_from_db()
    assert (made.answer, made.on_behalf) == ("Tôi tiếp thu", False)


def test_an_answer_entered_for_the_member_is_marked_and_never_covers_their_own(world: World) -> None:
    member = world.member(world.cell5, account=True)
    made = evaluate_plan(meeting_of(world), actor=world.secretary, plan=plan_of(world, member), level="good")
    record_answer(made, actor=world.secretary, answer="Đồng chí tiếp thu")
    made.refresh_from_db()
    assert made.on_behalf
    answer_evaluation(made, actor=world.own(member), answer="Tôi tự viết")
    with pytest.raises(ValidationError, match="tự ghi"):
        record_answer(made, actor=world.secretary, answer="Khác")
    assert Evaluation.objects.get().answer == "Tôi tự viết"


def test_nobody_answers_for_another_member(world: World) -> None:
    mine, theirs = (world.member(world.cell5, name, account=True) for name in ("An Văn", "Ba Văn"))
    made = evaluate_plan(meeting_of(world), actor=world.secretary, plan=plan_of(world, mine), level="good")
    with pytest.raises(PermissionDenied):
        answer_evaluation(made, actor=world.own(theirs), answer="Tôi")
    assert list(visible_evaluations(world.own(mine))) == [made]
    assert not visible_evaluations(world.own(theirs)).exists()
    assert not visible_evaluations(world.secretary7).exists()


# ------------------------------------------------------------------------------------ figures and checks


def test_s0_12_a_plan_not_evaluated_in_a_month_with_a_meeting_is_found(world: World) -> None:
    meeting, (first, second) = cell_of(world, 2)
    call_roll(meeting, actor=world.secretary, presences={p.member_id: ("present", "") for p in (first, second)})
    evaluate_plan(meeting, actor=world.secretary, plan=first, level="good")
    scope = scope_of(world.cell5, Period.parse("2026"), date(2026, 11, 30))
    assert answer(figure_named("plans.evaluated"), scope).text == "50 % (1/2)"
    assert [errand.count for errand in errands_of_evaluations(world.secretary, HELD)] == [1]


def test_s1_10_members_commented_count_each_person_once(world: World) -> None:
    meeting, plans = cell_of(world, 3)
    later = meeting_of(world, date(2026, 12, 3))
    evaluate_plan(meeting, actor=world.secretary, plan=plans[0], level="good", comment="Cố gắng")
    evaluate_plan(later, actor=world.secretary, plan=plans[0], level="good", remark="commend")
    evaluate_plan(later, actor=world.secretary, plan=plans[1], level="good", remark="remind")
    evaluate_plan(later, actor=world.secretary, plan=plans[2], level="good")
    found = members_commented([world.cell5.pk, world.cell7.pk], Period.parse("2022..2026"))
    assert {m.pk: (m.times, m.at_unit) for m in found} == {
        plans[0].member_id: (2, world.cell5.pk),
        plans[1].member_id: (1, world.cell5.pk),
    }
    assert not members_commented([world.cell5.pk], Period.parse("2025")).exists()


def test_minutes_tell_who_reported_and_what_was_found(world: World) -> None:
    meeting, (first, second) = cell_of(world, 2)
    for plan in (first, second):
        assign_turn(world.cell5, actor=world.secretary, member=plan.member, month=MONTH)
    evaluate_plan(
        meeting, actor=world.secretary, plan=first, level="average", remark="criticise", comment="Chậm", reported="Đang làm"
    )  # fmt: skip
    text = composed_minutes(meeting)
    assert f"Đồng chí {first.member} báo cáo: Đang làm" in text
    assert f"Đồng chí {second.member}: được phân công, chưa báo cáo." in text
    assert f"Đồng chí {first.member}: Trung bình; phê bình. Ý kiến chi bộ: Chậm" in text


def test_plans_left_out_are_said_before_closing(world: World) -> None:
    meeting, (plan,) = cell_of(world, 1)
    assert any(o.params.get("names") == plan.member.full_name for o in cautions_of(meeting))
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good")
    assert not any("chưa đánh giá" in o.text for o in cautions_of(meeting))


def test_the_page_shows_everybody_and_those_on_the_rota_first(world: World) -> None:
    meeting, plans = cell_of(world, 3)
    world.member(world.cell5, "Nguyễn Văn Zét")
    assign_turn(world.cell5, actor=world.secretary, member=plans[2].member, month=MONTH)
    rows = rows_to_evaluate(meeting)
    assert rows[0].member == plans[2].member
    assert [row.plan is None for row in rows] == [False, False, False, True]


def test_the_book_tells_of_evaluations_in_one_line_a_meeting(world: World) -> None:
    meeting, plans = cell_of(world, 2)
    evaluate_cell(meeting, actor=world.secretary, entries={p.pk: {"level": "good"} for p in plans})
    scope = scope_of(world.cell5, Period.parse("2026"), date(2026, 11, 30))
    (told,) = [e for offer in registry.each("events") for e in offer(scope) if e.kind == "Đánh giá"]
    assert (told.day, told.detail) == (HELD, "Tốt 2")
