"""A round of opinions from its plan to its summary (seeds S1-14 … S1-16)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.actor import NOBODY
from chibo.consultations.actions import (
    announce_consultation,
    ask_question,
    hand_out_slips,
    invite_group,
    launch_consultation,
    name_subject,
    reply_to_results,
    sort_opinions,
    strike_out,
    sum_up,
    tick_sent,
)
from chibo.consultations.actions.answering import fill_slip
from chibo.consultations.models import Ballot, Consultation, Invitee, Slip, Subject, Theme
from chibo.consultations.selectors import asked_of, bearer_of, turnout_of
from chibo.consultations.selectors.document import result_sheet
from chibo.consultations.selectors.figures import CHECKS
from chibo.consultations.selectors.results import results_of
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer
from chibo.papers.rules import Table, objections_to_issuing
from chibo.papers.selectors import docx_of
from chibo.units.selectors import scope_of
from tests.consultations.cast import (
    AFTER,
    CLOSES,
    HEADS,
    OFFICIALS,
    OPENS,
    answered,
    codes,
    drafted,
    launched,
    people,
    sent,
)
from tests.world import World


def refused(error: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(error.value.messages)


# -------------------------------------------------------------------------------------------- laying down


def test_s1_14_nothing_is_launched_that_lacks_subjects_questions_or_people(world: World) -> None:

    made = announce_consultation(world.ward, actor=world.clerk, title="Góp ý", opens_on=OPENS, closes_on=CLOSES)
    with pytest.raises(ValidationError) as error:
        launch_consultation(made, actor=world.clerk)
    assert "Chưa có cá nhân" in refused(error)
    assert "Chưa có câu hỏi" in refused(error)
    assert "Mới mời 0 người" in refused(error)
    made.refresh_from_db()
    assert (made.state, made.least) == ("draft", None)


def test_fewer_people_than_the_minimum_are_never_asked(world: World) -> None:
    made = drafted(world, {"Nhóm": people(4)})
    with pytest.raises(ValidationError, match="dưới 5 người"):
        launch_consultation(made, actor=world.clerk)


def test_what_is_sealed_stays_sealed(world: World) -> None:
    made = launched(world, 6)
    made.refresh_from_db()
    before = Subject.objects.count(), Invitee.objects.count(), made.questions.count()
    for act in (
        lambda: name_subject(made, actor=world.clerk, name="Người khác"),
        lambda: ask_question(made, actor=world.clerk, kind="text", text="Thêm"),
        lambda: invite_group(made, actor=world.clerk, name="Thêm", names=["Ai đó"]),
        lambda: strike_out(made, actor=world.clerk, part="group", number=1),
        lambda: launch_consultation(made, actor=world.clerk),
    ):
        with pytest.raises(ValidationError, match="niêm phong"):
            act()
    assert before == (Subject.objects.count(), Invitee.objects.count(), made.questions.count())


def test_s1_15_whoever_belongs_to_two_groups_is_asked_once(world: World) -> None:
    both, one = world.member(world.cell5, "Bùi Thị Hai Nhóm"), world.member(world.cell5, "Cao Văn Một Nhóm")
    made = drafted(world, {})
    invite_group(made, actor=world.clerk, name=OFFICIALS, members=[both], names=people(55))
    invite_group(made, actor=world.clerk, name=HEADS, members=[both, one], names=people(64, "Tổ trưởng"))
    launch_consultation(made, actor=world.clerk)
    found = answer(
        registry.named("figures", "consultations.asked"), scope_of(world.ward, Period.of_year(2026), AFTER)
    )
    assert found.text == "121"
    assert {line.group.name: line.asked for line in turnout_of(made)} == {OFFICIALS: 56, HEADS: 65}


def test_t27_slips_that_came_back_are_told_by_group_and_as_a_share_of_the_asked(world: World) -> None:
    made = answered(world, 6, 8, of=7)
    found = answer(
        registry.named("figures", "consultations.groups"), scope_of(world.ward, Period.of_year(2026), AFTER)
    )
    assert found.text == "2 (13 phiếu; 6–7 phiếu)"
    document = result_sheet(made)
    (turnout, *_rest) = [block for block in document.body if isinstance(block, Table)]
    assert turnout.total[2:] == ("14", "13", "92,9 %")


def test_a_question_of_levels_has_different_levels(world: World) -> None:
    made = drafted(world, {})
    for levels in (["Tốt"], ["Tốt", "Tốt"], []):
        with pytest.raises(ValidationError, match="hai mức khác nhau"):
            ask_question(made, actor=world.clerk, kind="levels", text="Câu", levels=levels)
    assert made.questions.count() == 2


def test_the_same_person_is_not_named_twice_and_a_wrong_part_is_struck_out(world: World) -> None:
    made, member = drafted(world, {"Nhóm": people(6)}), world.member(world.cell5, "Lê Văn Chủ Tịch")
    name_subject(made, actor=world.clerk, member=member, post="Phó Bí thư")
    with pytest.raises(ValidationError, match="đã có trong danh sách"):
        name_subject(made, actor=world.clerk, member=member)
    with pytest.raises(ValidationError, match="Hãy chọn một đồng chí"):
        name_subject(made, actor=world.clerk)
    strike_out(made, actor=world.clerk, part="subject", number=2)
    assert [str(one) for one in made.subjects.all()] == ["Ban Thường vụ Đảng ủy"]


# ------------------------------------------------------------------------------------------------- slips


def test_a_slip_is_refused_with_a_level_that_is_not_on_it_and_stays_good(world: World) -> None:
    made = launched(world, 6)
    code = codes(world, made)["Nhóm 1"][0]
    _slip, bearer = bearer_of(code)
    for filled, words in (
        ({"1-1": 3}, "không có trên phiếu"),
        ({"9-9": 0}, "không có trên phiếu"),
        ({"1-1": "tốt"}, "chọn mức"),
        ({"1-2": "x" * 2001}, "tối đa 2000"),
        ({"1-2": "  "}, "chưa có ý kiến nào"),
        ({}, "chưa có ý kiến nào"),
    ):
        with pytest.raises(ValidationError) as error:
            fill_slip(made, actor=bearer, code=code, filled=filled, today=OPENS)
        assert words in refused(error)
    assert (Slip.objects.count(), Ballot.objects.count()) == (6, 0)


def test_slips_are_taken_until_the_last_day(world: World) -> None:
    made = launched(world, 6)
    code = codes(world, made)["Nhóm 1"][0]
    _slip, bearer = bearer_of(code)
    with pytest.raises(ValidationError, match="hết hạn ngày 10/03/2026"):
        fill_slip(made, actor=bearer, code=code, filled={"1-1": 0}, today=AFTER)
    fill_slip(made, actor=bearer, code=code, filled={"1-1": 0}, today=CLOSES)
    assert Ballot.objects.count() == 1


def test_nobody_is_handed_two_slips(world: World) -> None:
    made = launched(world, 6)
    assert len(codes(world, made)["Nhóm 1"]) == 6
    with pytest.raises(ValidationError, match="đều đã nhận phiếu"):
        hand_out_slips(made, actor=world.clerk, invitees=list(made.invitees.all()), today=OPENS)
    assert Slip.objects.count() == 6


def test_a_bearer_may_answer_and_nothing_else_and_a_stranger_nothing(world: World) -> None:
    made = launched(world, 6)
    code = codes(world, made)["Nhóm 1"][0]
    _slip, bearer = bearer_of(code)
    with pytest.raises(PermissionDenied):
        sum_up(made, actor=bearer, today=AFTER)
    with pytest.raises(PermissionDenied):
        fill_slip(made, actor=NOBODY, code=code, filled={"1-1": 0}, today=OPENS)
    with pytest.raises(PermissionDenied):
        hand_out_slips(made, actor=world.stranger, invitees=list(made.invitees.all()), today=OPENS)


def test_reminders_go_only_to_those_who_have_not_said_that_they_sent(world: World) -> None:
    member = world.member(world.cell5, "Bùi Văn Mời", account=True)
    made = drafted(world, {"Khác": people(6)})
    invite_group(made, actor=world.clerk, name="Đảng viên", members=[member])
    own = world.own(member)
    assert not asked_of(own).exists()
    launch_consultation(made, actor=world.clerk)
    assert asked_of(own).count() == 1
    tick_sent(made, actor=world.clerk, invitees=list(asked_of(own)))
    assert not asked_of(own).exists()


# ----------------------------------------------------------------------------------------------- summary


def test_it_is_not_summed_up_while_late_answers_could_be_told_from_early_ones(world: World) -> None:
    made = launched(world, 6)
    slips = codes(world, made)["Nhóm 1"]
    for code in slips[:5]:
        sent(made, code)
    with pytest.raises(ValidationError, match="Còn hạn gửi phiếu"):
        sum_up(made, actor=world.clerk, today=CLOSES)
    sent(made, slips[5])
    assert sum_up(made, actor=world.clerk, today=CLOSES).state == "closed"
    with pytest.raises(ValidationError, match="đã tổng hợp rồi"):
        sum_up(made, actor=world.clerk, today=AFTER)


def test_counts_add_up_to_the_slips_and_open_answers_are_a_line_of_their_own(world: World) -> None:
    made = launched(world, 6, 8)
    slips = codes(world, made)
    for n, code in enumerate(slips["Nhóm 1"]):
        sent(made, code, n % 2)
    _slip, bearer = bearer_of(slips["Nhóm 2"][0])
    fill_slip(made, actor=bearer, code=slips["Nhóm 2"][0], filled={"1-2": "Chỉ góp ý bằng lời"}, today=OPENS)
    for code in slips["Nhóm 2"][1:]:
        sent(made, code, 2)
    sum_up(made, actor=world.clerk, today=AFTER)
    (result,) = results_of(made)
    (table,) = result.tables
    assert table.heads == ["Tốt", "Khá", "Yếu", "Không ghi"]
    assert [(str(row.group), row.counts) for row in table.rows] == [
        ("Nhóm 1", [3, 3, 0, 0]),
        ("Nhóm 2", [0, 0, 7, 1]),
        ("None", [3, 3, 7, 1]),
    ]


def test_a_subject_of_one_group_is_judged_by_that_group_alone(world: World) -> None:
    """Seed S1-14: in nine cells the members judge their own."""
    made = drafted(world, {"Chi bộ 5": people(6), "Chi bộ 7": people(4, "Khác")})
    for group in made.groups.all():
        name_subject(made, actor=world.clerk, name=f"Bí thư {group}", group=group)
    launch_consultation(made, actor=world.clerk)
    slips = codes(world, made)
    for name, own in (("Chi bộ 5", "2-1"), ("Chi bộ 7", "3-1")):
        for code in slips[name]:
            _slip, bearer = bearer_of(code)
            fill_slip(made, actor=bearer, code=code, filled={own: 0}, today=OPENS)
    made = sum_up(made, actor=world.clerk, today=AFTER)
    shown = {str(result.subject): result.is_shown for result in results_of(made)}
    assert shown == {"Ban Thường vụ Đảng ủy": True, "Bí thư Chi bộ 5": True, "Bí thư Chi bộ 7": False}


def test_s1_16_opinions_are_sorted_by_people_and_counted(world: World) -> None:
    made = answered(world, 6)
    subject = made.subjects.get()
    opinions = list(subject.opinions.all())
    sort_opinions(subject, actor=world.clerk, name="Sâu sát cơ sở", opinions=opinions[:4])
    sort_opinions(subject, actor=world.clerk, name="Lắng nghe nhân dân", opinions=opinions[4:])
    (result,) = results_of(made)
    assert [(theme.name, theme.times) for theme in result.themes] == [
        ("Sâu sát cơ sở", 4),
        ("Lắng nghe nhân dân", 2),
    ]
    sort_opinions(subject, actor=world.clerk, name="Sâu sát cơ sở", opinions=[])
    assert Theme.objects.count() == 1


def test_the_person_concerned_answers(world: World) -> None:
    made = answered(world, 6)
    subject = made.subjects.get()
    with pytest.raises(ValidationError, match="Hãy ghi ý kiến tiếp thu"):
        reply_to_results(subject, actor=world.ward_secretary, text=" ", replied_on=AFTER)
    reply_to_results(subject, actor=world.ward_secretary, text="Xin tiếp thu", replied_on=AFTER)
    subject.refresh_from_db()
    assert (subject.reply, subject.replied_on) == ("Xin tiếp thu", AFTER)


def test_the_result_sheet_is_an_official_paper_that_names_the_minimum(world: World) -> None:
    made = answered(world, 6, 5)
    document = result_sheet(made)
    assert [text for text in map(str, objections_to_issuing(document)) if "nơi nhận" in text] == []
    tables = [block for block in document.body if isinstance(block, Table)]
    assert tables[0].total[2:4] == ("11", "11")
    assert any("dưới 5 phiếu" in str(block) for block in document.body)
    assert docx_of(document).startswith(b"PK")


# ------------------------------------------------------------------------------------------------- checks


def found(world: World, code: str, day: date) -> list[str]:
    (check,) = [one for one in CHECKS if one.code == code]
    return [one.subject for one in check.run(scope_of(world.ward, Period.of_year(2026), day))]


def test_a_round_that_nobody_summed_up_is_found_and_vanishes(world: World) -> None:
    made = launched(world, 6)
    assert found(world, "consultations.summary", CLOSES) == []
    assert found(world, "consultations.summary", AFTER) == ["Góp ý lãnh đạo phường"]
    for code in codes(world, made)["Nhóm 1"]:
        sent(made, code)
    sum_up(Consultation.objects.get(), actor=world.clerk, today=AFTER)
    assert found(world, "consultations.summary", AFTER) == []


def test_a_result_that_nobody_answers_is_found_after_its_days(world: World) -> None:
    made = answered(world, 6)
    late = AFTER + timedelta(days=30)
    assert found(world, "consultations.reply", late - timedelta(days=1)) == []
    assert found(world, "consultations.reply", late) == ["Ban Thường vụ Đảng ủy"]
    reply_to_results(made.subjects.get(), actor=world.ward_secretary, text="Tiếp thu", replied_on=late)
    assert found(world, "consultations.reply", late) == []
