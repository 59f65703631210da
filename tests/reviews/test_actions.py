"""A round from its opening to the answer: each action, each outcome; a refusal changes nothing."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from chibo.access.actions import grant_post
from chibo.access.actor import SETUP
from chibo.access.charter import Post
from chibo.journal.models import Change, Entry
from chibo.meetings.actions import call_roll, convene_meeting
from chibo.meetings.models import Meeting
from chibo.meetings.selectors.roll import roll_of
from chibo.members.actions import appoint, record_leaving, transfer_member
from chibo.members.rules import Condition, Leaving
from chibo.reviews.actions import (
    answer_rating,
    appraise_reviews,
    call_again,
    check_oneself,
    decide_reviews,
    give_comment,
    judge_review,
    open_round,
    propose_levels,
    record_ballots,
    suggest_matters,
    undertake,
    write_review,
)
from chibo.reviews.models import Comment, Commitment, Review, Round, SelfCheck
from chibo.reviews.rules import MOVED, Blank, Duty, Level, Source, Stage, Subject
from chibo.reviews.selectors import first_of, moves_in, own_reviews, seconds_of, visible_reviews
from chibo.reviews.selectors.board import carried_of, ceiling_in_words, ceiling_of, levels_in
from chibo.reviews.selectors.facts import facts_of, finding_of
from chibo.tasks.actions import finish_task
from chibo.tasks.rules import TaskOrigin
from chibo.units.actions import decide_setting
from tests.reviews.cast import TEXTS, TODAY, Year, build_year, collective, opened
from tests.world import World


@pytest.fixture
def year(world: World) -> Year:
    return build_year(world)


def state() -> list[tuple[Any, ...]]:
    """Everything that reviews hold."""
    return [
        tuple(model.objects.order_by("pk").values_list()) for model in (Round, Review, Comment, Commitment, SelfCheck)
    ]


def refused(act: Any, *args: Any, **kwargs: Any) -> ValidationError:
    before = state()
    with pytest.raises(ValidationError) as caught:
        act(*args, **kwargs)
    assert state() == before
    return caught.value


# ------------------------------------------------------------------------------------------- a round


def test_s3_01_a_round_calls_everybody_and_says_why_somebody_is_not_reviewed(year: Year) -> None:
    duties = dict(Review.objects.filter(subject=Subject.MEMBER).values_list("member__full_name", "duty"))
    assert duties == {
        **{member.full_name: Duty.REVIEWED for member in year.people},
        year.exempt.full_name: Duty.NOT_REVIEWED,
        year.newcomer.full_name: Duty.COMMENTED,
    }
    assert year.of(year.exempt).why
    kinds = Review.objects.exclude(subject=Subject.MEMBER).values_list("unit__key", "subject")
    assert set(kinds) == {
        ("sm-5", Subject.CELL), ("sm-7", Subject.CELL), ("sm-5", Subject.CELL_COMMITTEE), ("sm", Subject.WARD_COMMITTEE),
    }  # fmt: skip
    assert collective(year, Subject.CELL).blank == Blank.COLLECTIVE


def test_whoever_was_taken_in_later_is_called_when_the_list_is_gone_through_again(year: Year) -> None:
    before = Review.objects.count()
    late = year.world.member(year.world.cell7, "Vũ Thị Sau")
    call_again(year.round, today=TODAY, **year.by_clerk)
    call_again(year.round, today=TODAY, **year.by_clerk)
    assert Review.objects.count() == before + 1
    assert year.of(late).unit == year.world.cell7


def test_a_guest_of_another_cell_is_called_once_and_at_home(world: World) -> None:
    from chibo.members.models import Membership

    guest = world.member(world.cell5, "Tô Văn Khách", condition=Condition.TEMPORARY_ELSEWHERE)
    Membership.objects.create(
        member=guest,
        unit=world.cell7,
        standing="official",
        condition=Condition.TEMPORARY_HERE,
        valid_from=date(2020, 1, 1),
    )
    stays_a_guest = world.member(world.cell7, "Vi Văn Khách", condition=Condition.TEMPORARY_HERE)
    found = opened(world, TODAY.year)
    review = Review.objects.get(round=found, member=guest)
    assert (review.unit, review.duty) == (world.cell5, Duty.REVIEWED)
    assert Review.objects.get(round=found, member=stays_a_guest).duty == Duty.COMMENTED
    assert moves_in(found, TODAY) == []


def test_a_period_is_reviewed_once(year: Year) -> None:
    assert "year" in refused(opened, year.world, TODAY.year).error_dict


def test_only_the_ward_opens_a_round(world: World) -> None:
    days = dict.fromkeys(("first", "last", "as_of", "opened_on", "cell_deadline", "deadline"), TODAY)
    with pytest.raises(PermissionDenied):
        open_round(world.cell5, actor=world.secretary, **days)
    assert not Round.objects.exists()


# ------------------------------------------------------------------------------------------ writing


def test_a_draft_is_kept_and_the_whole_is_handed_in(year: Year) -> None:
    review = year.of(year.people[0])
    own = year.world.own(year.people[0])
    write_review(review, actor=own, texts={"results": "Dòng một\n\nDòng  hai"}, own={}, own_level="")
    review.refresh_from_db()
    assert (review.results, review.stage, review.on_behalf) == ("Dòng một\n\nDòng hai", Stage.DUE, False)
    year.send(review, actor=own)
    review.refresh_from_db()
    assert (review.stage, review.sent_on, review.own_level) == (Stage.SENT, TODAY, Level.GOOD)
    assert set(review.judgements.values_list("own", flat=True)) == {"met"}


def test_what_is_handed_in_empty_says_what_is_missing(year: Year) -> None:
    review = year.of(year.people[0])
    error = refused(year.send, review, texts={}, own={}, own_level="")
    assert {"results", "direction", "own_level", "own-1"} <= set(error.error_dict)


def test_the_cell_writes_for_who_writes_on_paper_and_that_shows(year: Year) -> None:
    assert year.send(year.of(year.people[0])).on_behalf is True


def test_the_exempt_write_nothing(year: Year) -> None:
    refused(year.send, year.of(year.exempt))


def test_nobody_writes_the_review_of_a_colleague(year: Year) -> None:
    review = year.of(year.people[0])
    with pytest.raises(PermissionDenied):
        year.send(review, actor=year.world.own(year.people[2]))
    assert Review.objects.get(pk=review.pk).stage == Stage.DUE


def test_the_self_check_is_its_authors_and_leaves_no_word_in_the_journal(year: Year) -> None:
    review, own = year.of(year.people[0]), year.world.own(year.people[0])
    check_oneself(review, actor=own, entries={"A5": "Tuyệt mật tự soi", "B1": " "}, checked_on=TODAY)
    assert list(SelfCheck.objects.values_list("manifestation_id", "text")) == [("A5", "Tuyệt mật tự soi")]
    told = f"{list(Entry.objects.values_list('details', 'subject_label'))} {list(Change.objects.values())}"
    assert "Tuyệt mật" not in told
    assert "reviews_selfcheck" in told
    refused(check_oneself, review, actor=year.world.secretary, entries={"A1": "x"}, checked_on=TODAY)


def test_the_self_check_is_open_to_author_committee_and_deciding_level_only(year: Year) -> None:
    review, world = year.of(year.people[0]), year.world
    check_oneself(review, actor=world.own(year.people[0]), entries={"A5": "Có"}, checked_on=TODAY)
    sees = {
        name: SelfCheck.objects.visible_to(actor).exists()
        for name, actor in {
            "author": world.own(year.people[0]), "colleague": world.own(year.people[2]), "committee": world.secretary,
            "other cell": world.secretary7, "clerk": world.clerk, "inspector": world.inspector,
            "decides": world.ward_secretary, "follower": world.actor(Post.FOLLOWER, world.cell5),
            "other ward": world.stranger,
        }.items()
    }  # fmt: skip
    assert [name for name, seen in sees.items() if seen] == ["author", "committee", "decides"]


def test_what_the_level_above_suggests_stands_in_the_review(year: Year) -> None:
    review = suggest_matters(
        year.of(year.people[0]), suggestion="Giải trình việc A", suggested_on=TODAY, **year.by_clerk
    )
    assert review.suggestion == "Giải trình việc A"
    assert (
        "suggestion"
        in refused(suggest_matters, review, suggestion=" ", suggested_on=TODAY, **year.by_clerk).error_dict
    )


def test_comments_come_from_the_cell_the_residence_and_mass_organisations(year: Year) -> None:
    review = year.of(year.newcomer)
    for source in (Source.CELL, Source.RESIDENCE, Source.MASS):
        give_comment(review, source=source, giver="Chi ủy", text="Gần dân", given_on=TODAY, **year.by_cell)
    assert review.comments.count() == 3
    refused(give_comment, year.of(year.exempt), source="cell", text="x", given_on=TODAY, **year.by_cell)
    refused(give_comment, review, source="cell", text=" ", given_on=TODAY, **year.by_cell)


# ------------------------------------------------------------------------------------ voting, proposing


def test_the_cell_judges_by_criteria_and_numbers_that_make_sense(year: Year) -> None:
    review = year.judge(year.send(year.of(year.people[0])), exceeding=3)
    finding = finding_of(review)
    assert (finding.level, finding.points) == (Level.EXCELLENT, 100)
    error = refused(
        judge_review, review, judged={}, grounds={}, assigned=3, done=4, late=5, exceeding=6, **year.by_cell
    )
    assert set(error.error_dict) == {"done", "late", "exceeding"}
    refused(judge_review, year.of(year.exempt), judged={}, grounds={}, **year.by_cell)


def test_t18_more_than_half_is_of_all_official_members_not_of_those_present(year: Year) -> None:
    first, second, *_rest = year.send_all()
    year.vote(year.meet(absent=2), {first: {"good": 4, "done": 0}, second: {"good": 3, "done": 1}})
    first.refresh_from_db()
    second.refresh_from_db()
    # six official members and the newcomer, official too, who was not called: seven in the base, four needed
    assert (first.present, first.base) == (4, 7)
    assert (carried_of(first), carried_of(second)) == (Level.GOOD, "")
    assert first.stage == Stage.VOTED
    assert set(first.judgements.values_list("judged", "ground")) == {("met", "Chi bộ thống nhất với tự đánh giá")}


def test_one_wrong_line_of_ballots_keeps_none(year: Year) -> None:
    first, second, *_rest = year.send_all()
    meeting = year.meet()
    error = refused(year.vote, meeting, {first: {"good": 6}, second: {"good": 3, "collected": 5}})
    assert list(error.error_dict) == [f"{second.pk}-collected"]
    assert list(refused(year.vote, meeting, {first: {"good": 9}}).error_dict) == [f"{first.pk}-collected"]


def test_nobody_is_voted_on_before_the_review_is_in_nor_in_another_cells_meeting(year: Year) -> None:
    refused(year.vote, year.meet(), {year.of(year.people[0]): {"good": 6}})


def test_the_cell_proposes_what_carried_or_says_why_not(year: Year) -> None:
    first, second, *_rest = year.send_all()
    year.vote(year.meet(), {first: {"good": 6}, second: {"good": 3, "done": 3}})
    assert f"{second.pk}-reason" in refused(year.propose, {first: Level.GOOD, second: Level.GOOD}).error_dict
    year.propose({second: Level.GOOD}, reason="Bỏ phiếu lại vẫn ngang nhau")
    second.refresh_from_db()
    assert (second.proposed_level, second.stage) == (Level.GOOD, Stage.PROPOSED)
    refused(year.propose, {year.of(year.people[3]): Level.GOOD}, reason="chưa bỏ phiếu")


# --------------------------------------------------------------------------------- appraising, deciding


def appraise(year: Year, levels: dict[Review, str], reason: str = "", actor: Any = None) -> Round:
    return appraise_reviews(
        year.round, levels={r.pk: lv for r, lv in levels.items()}, reasons={r.pk: reason for r in levels},
        appraised_on=TODAY, actor=actor or year.world.clerk,
    )  # fmt: skip


def decide(year: Year, levels: dict[Review, str], reason: str = "", actor: Any = None) -> Round:
    return decide_reviews(
        year.round, levels={r.pk: lv for r, lv in levels.items()}, reasons={r.pk: reason for r in levels},
        decided_on=TODAY, decision="12-QĐ/ĐU", actor=actor or year.world.ward_secretary,
    )  # fmt: skip


def test_from_the_proposal_to_the_answer(year: Year) -> None:
    first, *others = year.proposed()
    appraise(year, dict.fromkeys((first, *others), Level.GOOD))
    decide(year, dict.fromkeys((first, *others), Level.GOOD))
    first.refresh_from_db()
    assert (first.decided_level, first.stage, first.decision) == (Level.GOOD, Stage.DECIDED, "12-QĐ/ĐU")
    own = year.world.own(year.people[0])
    answer_rating(first, actor=own, answer="Tôi nhất trí", answered_on=TODAY)
    first.refresh_from_db()
    assert first.answer == "Tôi nhất trí"
    refused(answer_rating, first, actor=own, answer=" ", answered_on=TODAY)
    refused(decide, year, {first: Level.DONE}, "đổi ý")
    refused(appraise, year, {first: Level.DONE}, "đổi ý")


def test_an_appraisal_that_departs_from_the_criteria_says_on_what(year: Year) -> None:
    first, *_others = year.proposed()
    assert list(refused(appraise, year, {first: Level.EXCELLENT}).error_dict) == [f"{first.pk}-reason"]
    appraise(year, {first: Level.DONE}, "Kết luận kiểm tra số 5")
    first.refresh_from_db()
    assert (first.appraised_level, first.appraisal) == (Level.DONE, "Kết luận kiểm tra số 5")
    assert list(refused(decide, year, {first: Level.GOOD}).error_dict) == [f"{first.pk}-reason"]


def test_nothing_is_decided_unappraised_or_by_the_cell(year: Year) -> None:
    first, *_others = year.proposed()
    refused(decide, year, {first: Level.GOOD})
    with pytest.raises(PermissionDenied):
        decide(year, {first: Level.GOOD}, actor=year.world.secretary)


def test_t21_the_ceiling_refuses_and_the_reading_is_the_offices_to_set(year: Year) -> None:
    reviews = year.proposed()
    best, *others = reviews
    year.judge(best, exceeding=4)
    appraise(year, {best: Level.EXCELLENT, **dict.fromkeys(others, Level.GOOD)})
    # five good: 20 % of five is one
    assert ceiling_of(year.round).most == 1
    assert "20%" in ceiling_in_words(ceiling_of(year.round))
    decide(year, {best: Level.EXCELLENT})
    error = refused(decide, year, {others[0]: Level.DONE, others[1]: Level.GOOD}, "kết luận")
    assert "Vượt trần" in str(error)
    decide_setting(
        year.world.ward, code="reviews.ceiling_reading", value="a", effective_from=date(2020, 1, 1), source="HD của quận",
        **year.by_clerk,
    )  # fmt: skip
    decide(year, {others[0]: Level.DONE, others[1]: Level.GOOD}, "kết luận")
    assert Review.objects.filter(stage=Stage.DECIDED).count() == 3


def test_nobody_judges_proposes_appraises_or_decides_their_own_review(year: Year) -> None:
    """The one in office stands in each review beside a colleague's, which goes through; their own changes nothing."""
    world, (head, other) = year.world, year.people[:2]
    for unit, post in ((world.cell5, Post.CELL_SECRETARY), (world.ward, Post.WARD_DEPUTY)):
        grant_post(unit, actor=SETUP, user=head.account, post=post, valid_from=date(2020, 1, 1))
    own, review = world.own(head), year.send(year.of(head))
    usual: dict[str, Any] = {"judged": year.own(review), "grounds": {}, "actor": own}
    mine = [
        refused(judge_review, review, **usual),
        refused(suggest_matters, review, suggestion="Tự gợi ý", suggested_on=TODAY, actor=own),
    ]
    judge_review(year.send(year.of(other)), **usual)
    both = {review: {"good": 6}, year.of(other): {"good": 6}}
    year.vote(year.meet(), both)
    levels: dict[Review, str] = dict.fromkeys((year.of(head), year.of(other)), Level.GOOD)
    asked = {"found": year.round, "reasons": {}, "proposed_on": TODAY, "actor": own}
    mine.append(refused(propose_levels, world.cell5, levels={r.pk: lv for r, lv in levels.items()}, **asked))
    propose_levels(world.cell5, levels={year.of(other).pk: Level.GOOD}, **asked)
    year.propose({year.of(head): Level.GOOD})
    mine.append(refused(appraise, year, levels, "theo hồ sơ", own))
    appraise(year, levels, "theo hồ sơ")
    mine.append(refused(decide, year, levels, actor=own))
    decide(year, {year.of(other): Level.GOOD}, actor=own)
    assert all("không tự" in str(error) for error in mine)
    assert {key for error in mine[2:] for key in error.error_dict} == {f"{review.pk}-level"}
    assert (year.of(head).stage, year.of(other).stage) == (Stage.APPRAISED, Stage.DECIDED)


def test_where_a_cell_has_nobody_else_to_propose_its_ballot_stands_for_the_proposal(year: Year) -> None:
    head, other = year.people[1], year.people[2]  # the only one with a post in the cell's committee is reviewed
    year.send_all()
    year.vote(year.meet(), {year.of(head): {"good": 6}, year.of(other): {"good": 6}})
    assert f"{year.of(other).pk}-level" in refused(appraise, year, {year.of(other): Level.GOOD}, "x").error_dict
    appraise(year, {year.of(head): Level.GOOD}, "theo phiếu")
    review = year.of(head)
    assert (review.proposed_level, review.appraised_level, review.stage) == (Level.GOOD, Level.GOOD, Stage.APPRAISED)


def test_what_the_level_above_decided_of_the_wards_own_committee_is_written_down_with_its_name(year: Year) -> None:
    review = collective(year, Subject.WARD_COMMITTEE)
    Review.objects.filter(pk=review.pk).update(stage=Stage.APPRAISED, appraised_level=Level.GOOD, appraised_on=TODAY)
    assert list(refused(decide, year, {review: Level.GOOD}).error_dict) == [f"{review.pk}-reason"]
    decide(year, {review: Level.GOOD}, "Quyết định số 9 của Ban Thường vụ Thành ủy")
    assert collective(year, Subject.WARD_COMMITTEE).stage == Stage.DECIDED


# ----------------------------------------------------------------------------- two places, another place


def led(world: World) -> tuple[Year, Review, Meeting]:
    """Cell 5's second member sits in the ward committee; that committee's conference is held today."""
    year = build_year(world)
    Review.objects.all().delete()
    Round.objects.all().delete()
    appoint(
        world.ward, member=year.people[2], post=Post.WARD_COMMITTEE, valid_from=date(2020, 1, 1), actor=world.clerk
    )
    year.round = opened(world, TODAY.year)
    second = Review.objects.select_related("round", "unit", "member").get(subject=Subject.LEADER)
    meeting = convene_meeting(
        world.ward, kind="conference", held_on=TODAY, starts_at=time(8), actor=world.ward_secretary
    )
    call_roll(
        meeting, presences={line.member.pk: ("present", "") for line in roll_of(meeting)}, actor=world.ward_secretary
    )
    return year, second, meeting


def test_a_leader_is_reviewed_in_the_cell_and_then_in_the_collective_they_lead(world: World) -> None:
    year, second, meeting = led(world)
    first = year.of(year.people[2])
    assert (second.unit, second.member, second.blank) == (world.ward, year.people[2], Blank.LEADER)
    by_ward = {"found": year.round, "actor": world.ward_secretary}
    ballots = {second.pk: {"good": 1, "collected": 1}}
    asked = {**by_ward, "meeting": meeting, "today": TODAY, "ballots": ballots}
    refused(record_ballots, world.ward, **asked)  # the cell comes first
    year.send(first)
    year.vote(year.meet(), {first: {"good": 6}})
    year.propose({first: Level.GOOD})
    assert "tập thể lãnh đạo" in str(refused(appraise, year, {first: Level.GOOD}, "x"))
    record_ballots(world.ward, **asked)
    propose_levels(
        world.ward, levels={second.pk: Level.DONE}, reasons={second.pk: "Còn việc chậm"}, proposed_on=TODAY, **by_ward
    )
    appraise(year, {first: Level.GOOD}, "Đã nghe cả hai nơi")
    decide(year, {first: Level.GOOD})
    stands = seconds_of([first])[first.pk]
    assert (stands.proposed_level, stands.decided_level, stands.stage) == (Level.DONE, Level.GOOD, Stage.DECIDED)
    assert first_of(stands).pk == first.pk
    assert [r.pk for r in own_reviews(world.own(year.people[2]))] == [first.pk]
    assert sum(n for _level, n in levels_in(year.round, world.ward, (Subject.MEMBER,))) == 1


def test_in_the_collective_nothing_is_written_or_judged_a_second_time(world: World) -> None:
    year, second, _meeting = led(world)
    Review.objects.filter(pk=second.pk).update(stage=Stage.DECIDED)
    own = world.own(year.people[2])
    for act, more in (
        (write_review, {"texts": {}, "own": {}, "actor": own}),
        (check_oneself, {"entries": {}, "checked_on": TODAY, "actor": own}),
        (judge_review, {"judged": {}, "grounds": {}, "actor": world.ward_secretary}),
        (suggest_matters, {"suggestion": "x", "suggested_on": TODAY, "actor": world.clerk}),
        (answer_rating, {"answer": "x", "answered_on": TODAY, "actor": own}),
    ):
        assert "tập thể lãnh đạo dùng bản đó" in str(refused(act, second, **more))


def test_who_moves_before_the_meeting_is_reviewed_in_the_new_cell_with_all_that_was_written(year: Year) -> None:
    world, (mover, voted, gone) = year.world, year.people[:3]
    own = world.own(mover)
    for member in (mover, voted):
        year.send(year.of(member))
    check_oneself(year.of(mover), actor=own, entries={"A5": "Có"}, checked_on=TODAY)
    give_comment(year.of(mover), source=Source.CELL, text="Chân thành", given_on=TODAY, **year.by_cell)
    year.vote(year.meet(), {year.of(voted): {"good": 6}})
    day = TODAY - timedelta(days=1)
    for member in (mover, voted):
        transfer_member(member, to=world.cell7, on=day, actor=world.clerk)
    record_leaving(gone, leaving=Leaving.DECEASED, last_day=day, actor=world.clerk)
    call_again(year.round, today=TODAY, **year.by_clerk)
    moved, stays, left = year.of(mover), year.of(voted), year.of(gone)
    assert (moved.unit, moved.moved_from, moved.stage, moved.results) == (
        world.cell7, world.cell5, Stage.SENT, TEXTS["results"],
    )  # fmt: skip
    assert {row.unit for row in (moved.comments.get(), moved.self_checks.get())} == {world.cell7}
    assert (stays.unit, stays.moved_from, stays.stage) == (world.cell5, None, Stage.VOTED)
    assert (left.duty, left.why) == (Duty.COMMENTED, MOVED)
    assert not moves_in(year.round, TODAY)
    assert not SelfCheck.objects.visible_to(world.secretary).exists()


def test_who_came_from_another_cell_is_proposed_with_the_word_of_that_cell(year: Year) -> None:
    review = year.send(year.of(year.people[0]))
    Review.objects.filter(pk=review.pk).update(moved_from=year.world.cell7, moved_on=TODAY)
    year.vote(year.meet(), {review: {"good": 6}})
    assert "chi bộ nơi chuyển đi" in str(refused(year.propose, {review: Level.GOOD}))
    give_comment(review, source=Source.FORMER, text="Làm việc tốt", given_on=TODAY, **year.by_cell)
    year.propose({review: Level.GOOD})
    assert year.of(year.people[0]).stage == Stage.PROPOSED


# ------------------------------------------------------------------------------------------ commitments


def test_s2_15_a_commitment_becomes_a_duty_and_stands_in_next_years_review(year: Year) -> None:
    review = year.send(year.of(year.people[0]))
    made: dict[str, Any] = {
        "shortcoming": "Chậm báo cáo", "title": "Nộp báo cáo tháng trước ngày 25", "measure": "12 báo cáo",
        "due_on": TODAY + timedelta(days=30), "made_on": TODAY, **year.by_cell,
    }  # fmt: skip
    commitment = undertake(review, **made)
    assert (commitment.task.origin, commitment.task.doer) == (TaskOrigin.COMMITMENT, year.people[0])
    next_year = opened(year.world, TODAY.year + 1, opened_on=date(TODAY.year + 1, 1, 2), as_of=TODAY)
    later = Review.objects.select_related("round", "unit", "member").get(round=next_year, member=year.people[0])
    facts = facts_of(later)
    assert [one.pk for one in facts.commitments] == [commitment.pk]
    assert (facts.kept.part, facts.kept.base) == (0, 1)
    finish_task(commitment.task, actor=year.world.own(year.people[0]), result="Đủ 12 báo cáo", done_on=TODAY)
    assert facts_of(later).kept.part == 1
    assert "shortcoming" in refused(undertake, review, **{**made, "shortcoming": " "}).error_dict
    refused(undertake, year.of(year.people[1]), **made)


def test_a_collective_undertakes_as_itself(year: Year) -> None:
    review = year.send(collective(year, Subject.CELL))
    commitment = undertake(
        review, shortcoming="Sinh hoạt chậm", title="Họp trước ngày 5 hằng tháng", measure="12 kỳ", made_on=TODAY,
        due_on=TODAY + timedelta(days=90), **year.by_cell,
    )  # fmt: skip
    assert commitment.task.doer_unit == year.world.cell5


def test_a_member_sees_their_own_review_and_no_others(year: Year) -> None:
    seen = visible_reviews(year.world.own(year.people[2]))
    assert [review.member for review in seen] == [year.people[2]]
    assert not visible_reviews(year.world.secretary7).filter(unit=year.world.cell5).exists()
    assert not visible_reviews(year.world.stranger).exists()


def test_what_is_written_stands_in_no_line_of_the_journal(year: Year) -> None:
    year.send(year.of(year.people[0]), texts={**TEXTS, "shortcomings": "Lời tự phê riêng tư"})
    told = f"{list(Entry.objects.values_list('details', flat=True))} {list(Change.objects.values())}"
    assert "Lời tự phê" not in told
