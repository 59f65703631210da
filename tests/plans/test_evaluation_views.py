"""The pages of evaluation and rota: happy, strange, refused, and as many queries for thirty as for one."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.access.charter import Post
from chibo.meetings.models import Correction, Meeting
from chibo.plans.actions import assign_turn, evaluate_plan
from chibo.plans.models import Evaluation, Plan, SelfReport, Turn
from tests.plans.test_evaluations import close, meeting_of, plan_of
from tests.world import World

HELD = date(2025, 11, 5)


@pytest.fixture
def meeting(world: World) -> Meeting:
    return meeting_of(world, HELD)


@pytest.fixture
def plan(world: World) -> Plan:
    return plan_of(world, world.member(world.cell5, "Nguyễn Văn An", account=True), 2025)


@pytest.fixture
def page(world: World, browser_of) -> Client:
    return browser_of(world.secretary)


def post_line(page: Client, meeting: Meeting, plan: Plan, *, htmx: bool = True, **fields: object):
    data = {f"{plan.pk}-{name}": value for name, value in fields.items() if name != "undo"}
    data |= {"undo": "1"} if "undo" in fields else {}
    headers = {"HX-Request": "true"} if htmx else {}
    return page.post(reverse("plans:evaluate_plan", args=[meeting.pk, plan.pk]), data, headers=headers)


# --------------------------------------------------------------------------------------------- grid


def test_s0_07_a_line_is_saved_as_one_goes_and_undone(page: Client, meeting: Meeting, plan: Plan) -> None:
    saved = post_line(page, meeting, plan, level="excellent", remark="commend", comment="Gương mẫu", seen=0)
    body = saved.content.decode()
    assert "Hoàn tác" in body
    assert "Đã đánh giá 1/1" in body
    assert Evaluation.objects.get().comment == "Gương mẫu"
    was = json.dumps({"level": "", "remark": "", "comment": "", "reported": ""})
    undone = post_line(page, meeting, plan, level="excellent", seen=1, was=was, undo=1)
    assert undone["HX-Retarget"] == f"#line-{plan.pk}"
    assert not Evaluation.objects.exists()


def test_a_change_is_undone_to_what_stood_before(page: Client, meeting: Meeting, plan: Plan) -> None:
    post_line(page, meeting, plan, level="good", comment="Tốt", seen=0)
    body = post_line(page, meeting, plan, level="average", comment="Chậm", seen=1).content.decode()
    assert "&quot;comment&quot;: &quot;T" in body
    was = json.dumps({"level": "good", "remark": "", "comment": "Tốt", "reported": ""})
    post_line(page, meeting, plan, level="average", comment="Chậm", seen=2, was=was, undo=1)
    assert (Evaluation.objects.get().level, Evaluation.objects.get().comment) == ("good", "Tốt")


def test_criticism_without_words_is_refused_in_its_line(page: Client, meeting: Meeting, plan: Plan) -> None:
    body = post_line(page, meeting, plan, level="average", remark="criticise", seen=0).content.decode()
    assert "phải ghi rõ ý kiến" in body
    assert not Evaluation.objects.exists()


def test_a_line_is_saved_without_scripts(page: Client, meeting: Meeting, plan: Plan) -> None:
    answer = post_line(page, meeting, plan, htmx=False, level="good", seen=0)
    assert answer.url == reverse("plans:evaluate_cell", args=[meeting.pk])
    assert Evaluation.objects.get().level == "good"


def test_the_second_of_two_is_told_in_the_line(world: World, page: Client, meeting: Meeting, plan: Plan) -> None:
    evaluate_plan(
        meeting, actor=world.actor(Post.CELL_DEPUTY, world.cell5), plan=plan, level="average", comment="Chậm"
    )
    body = post_line(page, meeting, plan, level="good", comment="Tốt", seen=0).content.decode()
    assert "vừa đánh giá" in body
    assert f'name="{plan.pk}-seen" value="1"' in body
    assert Evaluation.objects.get().comment == "Chậm"


@pytest.mark.parametrize("typed", ["good", ""])
def test_without_scripts_the_second_of_two_is_told_what_the_first_wrote_and_keeps_what_they_typed(
    world: World, page: Client, meeting: Meeting, plan: Plan, typed: str
) -> None:
    """Whether they write another verdict or take the verdict back."""
    deputy = world.actor(Post.CELL_DEPUTY, world.cell5)
    evaluate_plan(meeting, actor=deputy, plan=plan, level="average", comment="Chậm hai việc")
    answer = post_line(page, meeting, plan, htmx=False, level=typed, comment="Đã làm đủ", seen=0)
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Chậm hai việc" in body
    assert "Đã làm đủ</textarea>" in body
    assert f'name="{plan.pk}-seen" value="1"' in body
    assert Evaluation.objects.get().comment == "Chậm hai việc"


def test_a_whole_cell_tells_of_every_line_that_others_wrote_and_of_none_it_writes_over_unseen(
    world: World, page: Client, meeting: Meeting, plan: Plan
) -> None:
    deputy = world.actor(Post.CELL_DEPUTY, world.cell5)
    plans = [plan, plan_of(world, world.member(world.cell5, "Trần Văn Bảo"), 2025)]
    for one in plans:
        evaluate_plan(meeting, actor=deputy, plan=one, level="average", comment=f"Chậm {one.pk}")
    typed = {f"{one.pk}-{name}": value for one in plans for name, value in (("level", "good"), ("seen", "0"))}
    address = reverse("plans:evaluate_cell", args=[meeting.pk])
    body = page.post(address, typed).content.decode()
    assert all(f"Chậm {one.pk}" in body and f'name="{one.pk}-seen" value="1"' in body for one in plans)
    assert set(Evaluation.objects.values_list("level", flat=True)) == {"average"}
    wrong = {**typed, f"{plan.pk}-level": "", f"{plan.pk}-remark": "commend"}
    body = page.post(address, wrong).content.decode()
    assert f'name="{plans[1].pk}-seen" value="0"' in body, "told of nothing, one knows of nothing"


def test_the_whole_page_is_saved_or_refused_with_what_was_typed(
    world: World, page: Client, meeting: Meeting, plan: Plan
) -> None:
    other = plan_of(world, world.member(world.cell5, "Trần Văn Bảo"), 2025)
    data = {f"{plan.pk}-level": "good", f"{other.pk}-level": "poor", f"{plan.pk}-comment": "Gõ dở"}
    refused = page.post(reverse("plans:evaluate_cell", args=[meeting.pk]), data)
    assert refused.status_code == 422
    assert "Trần Văn Bảo" in refused.content.decode()
    assert "Gõ dở" in refused.content.decode()
    assert not Evaluation.objects.exists()
    page.post(reverse("plans:evaluate_cell", args=[meeting.pk]), {**data, f"{other.pk}-comment": "Không làm"})
    assert Evaluation.objects.count() == 2


def test_who_may_not_evaluate_reads_levels_without_words(
    world: World, browser_of, meeting: Meeting, plan: Plan
) -> None:
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="average", comment="Chuyện riêng")
    page = browser_of(world.clerk)
    body = page.get(reverse("plans:evaluate_cell", args=[meeting.pk])).content.decode()
    assert "Trung bình" in body
    assert "Chuyện riêng" not in body
    assert post_line(page, meeting, plan, level="good").status_code == 403
    shown = page.get(reverse("plans:evaluation", args=[Evaluation.objects.get().pk])).content.decode()
    assert "Chuyện riêng" not in shown


def test_a_stranger_finds_nothing(world: World, browser_of, meeting: Meeting, plan: Plan) -> None:
    made = evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good")
    other = world.own(world.member(world.cell5, "Người Khác", account=True))
    for who in (world.secretary7, world.stranger, other):
        page = browser_of(who)
        assert page.get(reverse("plans:evaluate_cell", args=[meeting.pk])).status_code == 404
        assert post_line(page, meeting, plan, level="good").status_code == 404
        assert page.get(reverse("plans:evaluation", args=[made.pk])).status_code == 404
        assert page.post(reverse("plans:evaluation", args=[made.pk]), {"answer": "Tôi"}).status_code == 404
        assert page.get(reverse("plans:report", args=[plan.pk, "2025-11"])).status_code == 404


def test_a_plan_of_another_cell_has_no_line(world: World, page: Client, meeting: Meeting) -> None:
    theirs = plan_of(world, world.member(world.cell7), 2025)
    assert post_line(page, meeting, theirs, level="good").status_code == 404


def test_after_closing_the_page_reads_and_an_amendment_asks_why(
    world: World, page: Client, meeting: Meeting, plan: Plan
) -> None:
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good")
    close(world, meeting)
    address = reverse("plans:amend_evaluation", args=[meeting.pk, plan.pk])
    assert address in page.get(reverse("plans:evaluate_cell", args=[meeting.pk])).content.decode()
    data = {"level": "average", "amended_on": "8/11/2025", "seen": "1"}
    assert page.post(address, data).status_code == 422
    page.post(address, {**data, "why": "ghi nhầm"})
    assert Evaluation.objects.get().level == "average"
    assert "ghi nhầm" in Correction.objects.get().text


@pytest.mark.parametrize("closed", [False, True])
def test_the_grid_takes_as_many_queries_for_thirty_as_for_one(
    world: World, page: Client, meeting: Meeting, plan: Plan, closed: bool
) -> None:
    evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good")
    counts = []
    for size in (1, 2, 27):
        made = [plan_of(world, m, 2025) for m in world.members(world.cell5, size)]
        evaluate_plan(meeting, actor=world.secretary, plan=made[0], level="good")
        if closed:
            Meeting.objects.update(state="closed")
        with CaptureQueriesContext(connection) as queries:
            assert page.get(reverse("plans:evaluate_cell", args=[meeting.pk])).status_code == 200
        counts.append(len(queries))
        Meeting.objects.update(state="convened")
    assert len(set(counts)) == 1, counts


# ------------------------------------------------------------------------------------ report and answer


def test_s1_08_a_member_reports_and_answers_on_their_own_pages(
    world: World, browser_of, meeting: Meeting, plan: Plan
) -> None:
    page = browser_of(world.own(plan.member))
    page.post(reverse("plans:report", args=[plan.pk, "2025-11"]), {"reported": "Đã làm ba việc"})
    assert SelfReport.objects.get().on_behalf is False
    made = evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good", comment="Tiến bộ")
    address = reverse("plans:evaluation", args=[made.pk])
    body = page.get(address).content.decode()
    assert "Tiến bộ" in body
    assert "Đã làm ba việc" in body
    page.post(address, {"answer": "Tôi tiếp thu"})
    assert (Evaluation.objects.get().answer, Evaluation.objects.get().on_behalf) == ("Tôi tiếp thu", False)


def test_a_members_answer_that_is_empty_is_refused(world: World, browser_of, meeting: Meeting, plan: Plan) -> None:
    made = evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good")
    answer = browser_of(world.own(plan.member)).post(reverse("plans:evaluation", args=[made.pk]), {"answer": " "})
    assert answer.status_code == 422
    assert Evaluation.objects.get().answer == ""


def test_the_secretary_writes_the_answer_down_and_it_says_so(
    world: World, page: Client, meeting: Meeting, plan: Plan
) -> None:
    made = evaluate_plan(meeting, actor=world.secretary, plan=plan, level="good")
    address = reverse("plans:evaluation", args=[made.pk])
    page.post(address, {"answer": "Đồng chí tiếp thu"})
    assert "Nhập thay" in page.get(address).content.decode()


# ----------------------------------------------------------------------------------------------- rota


def test_a_press_gives_a_turn_and_another_takes_it_back(world: World, page: Client, plan: Plan) -> None:
    address, data = reverse("plans:turn", args=[world.cell5.pk, "2025"]), {"turn": f"{plan.member_id}-11"}
    body = page.post(address, data, headers={"HX-Request": "true"}).content.decode()
    assert 'aria-pressed="true"' in body
    assert Turn.objects.get().month == date(2025, 11, 1)
    page.post(address, data)
    assert not Turn.objects.exists()


@pytest.mark.parametrize("turn", ["", "x", "1-13", "999999-1"])
def test_a_turn_that_makes_no_sense_changes_nothing(world: World, page: Client, plan: Plan, turn: str) -> None:
    answer = page.post(reverse("plans:turn", args=[world.cell5.pk, "2025"]), {"turn": turn})
    assert answer.status_code == 302
    assert not Turn.objects.exists()


def test_a_rota_is_proposed_with_one_press(world: World, page: Client) -> None:
    world.members(world.cell5, 4)
    page.post(reverse("plans:propose_rota", args=[world.cell5.pk, "2199"]))
    assert Turn.objects.values("member").distinct().count() == 4


def test_a_rota_is_seen_by_those_above_and_changed_by_none_of_them(world: World, browser_of, plan: Plan) -> None:
    assign_turn(world.cell5, actor=world.secretary, member=plan.member, month=HELD)
    page = browser_of(world.clerk)
    assert "lượt" in page.get(reverse("plans:rota", args=[world.cell5.pk, "2025"])).content.decode()
    assert (
        page.post(reverse("plans:turn", args=[world.cell5.pk, "2025"]), {"turn": f"{plan.member_id}-12"}).status_code
        == 403
    )
    assert browser_of(world.secretary7).get(reverse("plans:rota", args=[world.cell5.pk, "2025"])).status_code == 404


def test_a_meetings_page_shows_its_evaluations_and_whose_turn_it_is(
    world: World, page: Client, meeting: Meeting, plan: Plan
) -> None:
    assign_turn(world.cell5, actor=world.secretary, member=plan.member, month=HELD)
    body = page.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()
    assert "Đã đánh giá 0/1 kế hoạch." in body
    assert "Báo cáo kỳ này: Nguyễn Văn An" in body
