"""The rules of reviews: who is reviewed, what level the criteria give, ballots, ceiling. Rulebook §5, §9(b)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chibo.meetings.rules import Presence
from chibo.meetings.rules.conducting import Voter, voting_base
from chibo.members.rules import Condition, StaffKind, Standing
from chibo.reviews.rules import (
    Blank,
    Called,
    Duty,
    Level,
    Mark,
    Met,
    Stage,
    Subject,
    blank_for,
    called_to_review,
    rule_set_on,
)
from chibo.reviews.rules.conducting import (
    objections_to_answering,
    objections_to_appraising,
    objections_to_commenting,
    objections_to_deciding,
    objections_to_meeting,
    objections_to_opening,
    objections_to_proposing,
    objections_to_sending,
)
from chibo.reviews.rules.formulas import FORMULAS, IN_NUMBERS, Formula, TaskFormula, Work, formula_of, numbers_of
from chibo.reviews.rules.rating import Facts, Thresholds, level_of_points, points_of, rated
from chibo.reviews.rules.voting import Ceiling, Reading, Tally, needed, objections_to_tally, reading_of

MARKS, POINTS = rule_set_on(date(2020, 12, 31)), rule_set_on(date(2026, 12, 31))
USUAL = Thresholds()
ALL_MET = {c.code: Met.MET for c in POINTS.of_members}


def texts(objections) -> list[str]:
    return [objection.text for objection in objections]


def by_points(work: Work, **more) -> Facts:
    return Facts(Subject.MEMBER, more.pop("judged", ALL_MET), work, **more)


def by_marks(task: Mark, others: Mark, **more) -> Facts:
    judged = {c.code: task if c.task else others for c in MARKS.of_members}
    return Facts(Subject.MEMBER, judged, **more)


# ------------------------------------------------------------------------------------ who is reviewed


def test_the_regulation_of_the_period_is_followed() -> None:
    days = (
        date(2017, 12, 31),
        date(2018, 12, 31),
        date(2023, 10, 3),
        date(2023, 10, 4),
        date(2025, 8, 29),
        date(2025, 8, 30),
    )
    assert [rule_set_on(day).code for day in days] == ["132", "132", "132", "124", "124", "366"]
    assert [rule_set_on(day).by_points for day in days[-2:]] == [False, True]


@pytest.mark.parametrize(
    ("condition", "since", "duty"),
    [
        (Condition.ACTIVE, date(2026, 6, 15), Duty.REVIEWED),
        (Condition.ACTIVE, date(2026, 6, 16), Duty.COMMENTED),
        (Condition.TEMPORARY_ELSEWHERE, date(2020, 1, 1), Duty.REVIEWED),
        (Condition.TEMPORARY_HERE, date(2020, 1, 1), Duty.COMMENTED),
        (Condition.EXEMPT, date(2020, 1, 1), Duty.NOT_REVIEWED),
        (Condition.SUSPENDED, date(2020, 1, 1), Duty.NOT_REVIEWED),
    ],
)
def test_all_are_reviewed_but_the_exempt_the_suspended_and_newcomers(condition, since, duty) -> None:
    called = called_to_review(condition, since, date(2026, 12, 15), 6)
    assert called.duty == duty
    assert bool(called.reason) is (duty != Duty.REVIEWED)


def test_half_a_year_from_the_end_of_august_ends_in_february() -> None:
    assert called_to_review(Condition.ACTIVE, date(2026, 8, 31), date(2027, 2, 28), 6) == Called(Duty.REVIEWED)


@pytest.mark.parametrize(
    ("year", "subject", "leads", "kind", "blank"),
    [
        (2026, Subject.CELL, False, "", Blank.COLLECTIVE),
        (2026, Subject.MEMBER, True, StaffKind.CADRE, Blank.LEADER),
        (2026, Subject.MEMBER, False, StaffKind.CIVIL_SERVANT, Blank.STAFF),
        (2026, Subject.MEMBER, False, StaffKind.RETIRED, Blank.MEMBER),
        (2020, Subject.MEMBER, True, "", Blank.OLD_LEADER),
        (2020, Subject.MEMBER, False, StaffKind.CADRE, Blank.OLD_MEMBER),
    ],
)
def test_each_kind_of_person_writes_on_the_form_of_the_time(year, subject, leads, kind, blank) -> None:
    assert blank_for(rule_set_on(date(year, 12, 31)), subject, leads=leads, staff_kind=kind) == blank


# ----------------------------------------------------------------------------------------- by marks


@pytest.mark.parametrize(
    ("task", "others", "level"),
    [
        (Mark.EXCELLENT, Mark.GOOD, Level.EXCELLENT),
        (Mark.EXCELLENT, Mark.AVERAGE, Level.GOOD),
        (Mark.GOOD, Mark.EXCELLENT, Level.GOOD),
        (Mark.GOOD, Mark.AVERAGE, Level.GOOD),
        (Mark.AVERAGE, Mark.EXCELLENT, Level.DONE),
        (Mark.AVERAGE, Mark.POOR, Level.FAILED),
        (Mark.POOR, Mark.EXCELLENT, Level.FAILED),
    ],
)
def test_marks_give_the_four_levels(task, others, level) -> None:
    assert rated(MARKS, by_marks(task, others), USUAL).level == level


@pytest.mark.parametrize(
    ("more", "level"),
    [
        ({"disciplined": True}, Level.FAILED),
        ({"degraded": True}, Level.FAILED),
        ({"work": Work(assigned=10, done=4)}, Level.FAILED),
        ({"work": Work(assigned=10, done=5)}, Level.EXCELLENT),
        ({"is_staff": True, "civil_level": Level.GOOD}, Level.GOOD),
        ({"is_staff": True, "civil_level": Level.EXCELLENT}, Level.EXCELLENT),
        ({"is_staff": True, "civil_level": Level.FAILED}, Level.FAILED),
    ],
)
def test_what_alone_keeps_the_highest_marks_from_the_highest_level(more, level) -> None:
    finding = rated(MARKS, by_marks(Mark.EXCELLENT, Mark.EXCELLENT, **more), USUAL)
    assert finding.level == level
    assert any(not ground.met for ground in finding.grounds) is (level != Level.EXCELLENT)


def test_nothing_is_found_while_a_criterion_is_not_judged() -> None:
    facts = by_marks(Mark.GOOD, Mark.GOOD)
    finding = rated(MARKS, replace(facts, judged={**facts.judged, "3": ""}), USUAL)
    assert (finding.level, finding.lacking) == (None, ("3",))


# ---------------------------------------------------------------------------------------- by points


def test_t22_ninety_three_points_with_four_tasks_open_reach_no_level_that_asks_for_all() -> None:
    facts = by_points(Work(assigned=40, done=36))
    assert TaskFormula().points(facts.work) == 63
    finding = rated(POINTS, facts, USUAL)
    assert finding.points == 93
    assert finding.level == Level.FAILED
    assert {g.level for g in finding.grounds if not g.met} == {Level.EXCELLENT, Level.GOOD, Level.DONE}


PROGRESS, WEIGHTED = TaskFormula(Formula.PROGRESS), TaskFormula(Formula.WEIGHTED)


@pytest.mark.parametrize(
    ("formula", "work", "points"),
    [
        (TaskFormula(), Work(40, 36), 63),
        (TaskFormula(), Work(10, 10), 70),
        # 10 assigned of which 2 hard: 8 + 2 × 1,5 = 11; done 9 with both hard: 7 + 3 = 10
        (WEIGHTED, Work(10, 9, hard_assigned=2, hard_done=2), Fraction(700, 11)),
        (WEIGHTED, Work(10, 8, hard_assigned=2), Fraction(560, 11)),
        (TaskFormula(Formula.WEIGHTED, hard_percent=100), Work(10, 9, hard_assigned=2, hard_done=2), 63),
        (TaskFormula(Formula.WEIGHTED, hard_percent=0), Work(2, 0, hard_assigned=2), 0),
        # T22's tasks, six of them late and thirty to the quality asked: 70 × (0,3 × 30/40 + 0,7 × 30/40)
        (PROGRESS, Work(40, 36, late=6, good=30), Fraction(105, 2)),
        (PROGRESS, Work(40, 40, good=40), 70),
        (TaskFormula(Formula.PROGRESS, progress_percent=100), Work(40, 40, late=10), Fraction(105, 2)),
        (TaskFormula(Formula.PROGRESS, progress_percent=130), Work(40, 40, good=40), 70),
        *((TaskFormula(kind), Work(), 0) for kind in FORMULAS),
    ],
)
def test_t22_the_seventy_points_follow_the_formula_of_the_place(formula, work, points) -> None:
    assert formula.points(work) == points
    assert IN_NUMBERS[formula.kind] % numbers_of(formula, work)


def test_an_unknown_formula_is_the_plain_count() -> None:
    assert [formula_of(value) for value in ("progress", " weighted ", "70*B/A", "", 3)] == [
        Formula.PROGRESS, Formula.WEIGHTED, Formula.COUNT, Formula.COUNT, Formula.COUNT,
    ]  # fmt: skip


def test_what_is_read_as_a_share_of_the_points_can_change_the_level() -> None:
    """Nine of ten to the quality asked, all in time: 70 × (0,3 + 0,7 × 0,9) = 65,1, with 24 common points 89,1."""
    facts = by_points(Work(10, 10, exceeding=4, good=9), judged={**ALL_MET, "1": Met.NOT_MET})
    assert rated(POINTS, facts, USUAL).level == Level.EXCELLENT
    found = rated(POINTS, facts, replace(USUAL, formula=PROGRESS))
    assert (found.level, found.points) == (Level.GOOD, Fraction(891, 10))


@pytest.mark.parametrize(
    ("points", "level"),
    [
        (Fraction(6999, 100), Level.DONE),
        (Fraction(70), Level.GOOD),
        (Fraction(50), Level.DONE),
        (Fraction(499, 10), Level.FAILED),
        (Fraction(90), Level.EXCELLENT),
        (Fraction(8999, 100), Level.GOOD),
    ],
)
def test_t24_the_score_is_never_rounded(points, level) -> None:
    assert level_of_points(points, USUAL) == level


@pytest.mark.parametrize(
    ("work", "more", "level"),
    [
        (Work(10, 10, 0, 3), {}, Level.EXCELLENT),
        (Work(10, 10, 0, 2), {}, Level.GOOD),
        (Work(10, 10, 0, 3), {"remedied": False}, Level.GOOD),
        (Work(10, 10, 0, 3), {"led_meet": False}, Level.GOOD),
        (Work(10, 10, 0, 3), {"led_meet": True}, Level.EXCELLENT),
        (Work(10, 10, 2, 3), {}, Level.DONE),
        (Work(10, 10, 3, 3), {}, Level.FAILED),
        (Work(10, 9, 0, 3), {}, Level.FAILED),
        (Work(10, 10, 0, 3), {"disciplined": True}, Level.FAILED),
        (Work(10, 10, 0, 3), {"judged": {**ALL_MET, "1": Met.NOT_MET}}, Level.EXCELLENT),
        (Work(10, 10, 0, 3), {"judged": {**ALL_MET, "1": Met.NOT_MET, "2": Met.NOT_MET}}, Level.GOOD),
    ],
)
def test_a_condition_that_fails_leads_to_the_next_level_that_passes(work, more, level) -> None:
    assert rated(POINTS, by_points(work, **more), USUAL).level == level


def test_without_tasks_the_points_say_nothing() -> None:
    finding = rated(POINTS, by_points(Work()), USUAL)
    assert (finding.level, finding.lacking) == (None, ("work",))


def test_the_common_points_are_thirty_for_members_and_collectives() -> None:
    assert sum(c.points for c in POINTS.of_members) == sum(c.points for c in POINTS.of_collectives) == 30


# --------------------------------------------------- random ones beside a slow reading of the text itself


def slowly_counted(w: Work, formula: TaskFormula) -> Fraction:
    """The points for tasks, task by task: each laid on the table with what it is worth, then told one after the other."""
    hard, percent = formula.hard_percent, min(formula.progress_percent, 100)
    given = [hard] * w.hard_assigned + [100] * (w.assigned - w.hard_assigned)
    done = [hard] * w.hard_done + [100] * (w.done - w.hard_done)
    if formula.kind == Formula.COUNT:
        given, done = [1] * w.assigned, [1] * w.done
    if formula.kind == Formula.PROGRESS:
        given = [100] * w.assigned
        in_time, to_quality = [1] * (w.done - w.late), [1] * w.good
        done = [percent for _task in in_time] + [100 - percent for _task in to_quality]
    return min(Fraction(70), Fraction(70 * sum(done), sum(given))) if sum(given) else Fraction(0)


def slowly_by_points(f: Facts, formula: TaskFormula) -> str:
    """366-QĐ/TW as rulebook §5.4 writes it, line by line."""
    if f.disciplined or f.degraded:
        return "failed"
    w = f.work
    common = 0
    for criterion in POINTS.of_members:
        if f.judged[criterion.code] == "met":
            common = common + 6
    total = common + slowly_counted(w, formula)
    everything, in_time = w.done >= w.assigned, w.late == 0
    beyond = 100 * w.exceeding >= 30 * w.assigned
    led = True if f.led_meet is None else f.led_meet
    if total >= 90 and everything and in_time and beyond and f.remedied and led:
        return "excellent"
    if total >= 70 and everything and in_time:
        return "good"
    if total >= 50 and everything and 100 * w.late <= 20 * w.assigned:
        return "done"
    return "failed"


def slowly_by_marks(f: Facts) -> str:
    """HD 21-2019 as rulebook §5.3 writes it."""
    number = {"excellent": 4, "good": 3, "average": 2, "poor": 1}
    task = [number[f.judged[c.code]] for c in MARKS.of_members if c.task]
    other = [number[f.judged[c.code]] for c in MARKS.of_members if not c.task]
    if f.degraded or f.disciplined or f.civil_level == "failed":
        return "failed"
    if f.work.assigned and f.work.done / f.work.assigned < 0.5:
        return "failed"
    if min(task) == 4 and min(other) >= 3 and (not f.is_staff or f.civil_level == "excellent"):
        return "excellent"
    if min(task) >= 3 and min(other) >= 2:
        return "good"
    return "done" if min(task + other) >= 2 else "failed"


@st.composite
def works(draw, least: int = 0) -> Work:
    assigned = draw(st.integers(least, 40))
    done = draw(st.integers(max(0, assigned - draw(st.sampled_from((0, 0, 3, 40)))), assigned))
    late, hard = draw(st.integers(0, min(done, 12))) * draw(st.booleans()), draw(st.integers(0, assigned))
    hard_done = draw(st.integers(max(0, done - (assigned - hard)), min(done, hard)))
    return Work(assigned, done, late, draw(st.integers(0, done)), hard, hard_done, draw(st.integers(0, done)))


formulas = st.builds(
    TaskFormula,
    st.sampled_from(FORMULAS),
    st.sampled_from((0, 100, 150, 220)),
    st.sampled_from((0, 30, 55, 100, 140)),
)


rarely = st.sampled_from((False,) * 5 + (True,))


@given(
    works(1), st.lists(st.sampled_from(("met", "met", "not_met")), min_size=5, max_size=5), rarely, rarely,
    st.booleans(), st.sampled_from((None, True, False)), formulas,
)  # fmt: skip
def test_points_agree_with_a_slow_reading_of_the_text(
    work, judged, disciplined, degraded, remedied, led, formula
) -> None:
    facts = Facts(
        Subject.MEMBER, dict(zip([c.code for c in POINTS.of_members], judged, strict=True)), work,
        disciplined, degraded, remedied, led,
    )  # fmt: skip
    assert formula.points(work) == slowly_counted(work, formula)
    assert rated(POINTS, facts, replace(USUAL, formula=formula)).level == slowly_by_points(facts, formula)


@given(
    works(), st.lists(st.sampled_from(tuple(Mark)), min_size=6, max_size=6), rarely, rarely, st.booleans(),
    st.sampled_from(("", *Level)),
)  # fmt: skip
def test_marks_agree_with_a_slow_reading_of_the_text(work, judged, disciplined, degraded, staff, civil) -> None:
    facts = Facts(
        Subject.MEMBER, dict(zip([c.code for c in MARKS.of_members], judged, strict=True)), work, disciplined,
        degraded, is_staff=staff, civil_level=civil,
    )  # fmt: skip
    assert rated(MARKS, facts, USUAL).level == slowly_by_marks(facts)


@given(works(1), works(1))
def test_better_work_never_gives_fewer_points(a, b) -> None:
    better = Work(a.assigned, max(a.done, min(b.done, a.assigned)))
    usual = TaskFormula()
    assert points_of(POINTS, by_points(better), usual) >= points_of(POINTS, by_points(a), usual)


# ------------------------------------------------------------------------------- ballots and ceiling


def test_t18_members_away_on_business_stay_in_the_ordinary_base() -> None:
    cell = [Voter(Standing.OFFICIAL, Condition.ACTIVE, Presence.PRESENT)] * 17
    cell += [Voter(Standing.OFFICIAL, Condition.ACTIVE, Presence.EXCUSED)] * 3
    cell += [Voter(Standing.PROBATIONARY, Condition.ACTIVE, Presence.PRESENT)] * 2
    present, base = voting_base(cell)
    assert (present, base, needed(base)) == (17, 20, 11)
    assert Tally({Level.GOOD: 10, Level.DONE: 7}, 0, 17, 17, base).carried is None
    assert Tally({Level.GOOD: 11, Level.DONE: 6}, 0, 17, 17, base).carried == Level.GOOD


@given(st.integers(1, 300))
def test_half_is_never_more_than_half(base) -> None:
    assert 2 * needed(base) > base >= 2 * (needed(base) - 1)


def test_ballots_must_add_up() -> None:
    assert texts(objections_to_tally(Tally({Level.GOOD: 9}, 1, 10, 10, 12))) == []
    assert len(texts(objections_to_tally(Tally({Level.GOOD: 9}, 0, 10, 10, 12)))) == 1
    assert len(texts(objections_to_tally(Tally({Level.GOOD: 11}, 0, 11, 10, 12)))) == 1
    assert len(texts(objections_to_tally(Tally({Level.GOOD: -1}, 0, -1, 10, 12)))) == 1
    assert len(texts(objections_to_tally(Tally({}, 0, 0, 0, 0)))) == 1


@pytest.mark.parametrize(
    ("excellent", "good", "reading", "most", "exceeded"),
    [
        (4, 23, Reading.LITERAL, 4, 0),
        (4, 23, Reading.ELIGIBLE, 5, 0),
        (5, 22, Reading.LITERAL, 4, 1),
        (5, 22, Reading.ELIGIBLE, 5, 0),
        (1, 0, Reading.LITERAL, 0, 1),
        (0, 0, Reading.LITERAL, 0, 0),
    ],
)
def test_t21_the_ceiling_has_two_readings(excellent, good, reading, most, exceeded) -> None:
    ceiling = Ceiling(excellent, good, 20, reading)
    assert (ceiling.most, ceiling.exceeded_by) == (most, exceeded)


@given(st.integers(0, 400), st.integers(0, 400), st.sampled_from(tuple(Reading)))
def test_the_ceiling_is_the_largest_whole_number_under_the_share(excellent, good, reading) -> None:
    ceiling = Ceiling(excellent, good, 20, reading)
    base = good if reading == "b" else good + excellent
    assert ceiling.most == max(n for n in range(base + 1) if n * 5 <= base)


def test_an_unknown_reading_is_the_literal_one() -> None:
    assert [reading_of(value) for value in ("a", " A ", "b", "", "x")] == ["a", "a", "b", "b", "b"]


# ------------------------------------------------------------------------------------- the five steps


def test_a_quarter_is_only_reviewed_where_the_regulation_knows_quarters() -> None:
    def opening(year: int, **more):
        first, last = date(year, 1, 1), date(year, 3, 31)
        usual = {"opened_on": last, "cell_deadline": last, "deadline": last, "taken": False}
        return texts(objections_to_opening(first, last, **{**usual, **more}, rules=rule_set_on(last)))

    assert opening(2026) == []
    assert len(opening(2020)) == 1
    assert len(opening(2026, taken=True, opened_on=date(2025, 1, 1), deadline=date(2025, 1, 2))) == 3
    assert len(opening(2026, cell_deadline=date(2026, 1, 2))) == 1


def test_a_self_review_is_sent_whole_and_before_the_meeting() -> None:
    def sending(stage=Stage.DUE, duty=Duty.REVIEWED, **more):
        usual = {"results": "a", "direction": "b", "level": "good", "unjudged": ()}
        return texts(objections_to_sending(duty, stage, **{**usual, **more}))

    assert sending() == []
    assert len(sending(results=" ", direction="", level="", unjudged=("1",))) == 4
    assert len(sending(Stage.VOTED)) == 1
    assert len(sending(duty=Duty.NOT_REVIEWED)) == 1


def test_nobody_is_voted_on_unread() -> None:
    usual = {"held_on": date(2026, 12, 5), "today": date(2026, 12, 6), "same_unit": True}
    assert texts(objections_to_meeting(Duty.REVIEWED, Stage.SENT, **usual)) == []
    assert len(texts(objections_to_meeting(Duty.REVIEWED, Stage.DUE, **usual))) == 1
    assert len(texts(objections_to_meeting(Duty.COMMENTED, Stage.APPRAISED, **usual))) == 2
    late = {**usual, "today": date(2026, 12, 4), "same_unit": False}
    assert len(texts(objections_to_meeting(Duty.REVIEWED, Stage.VOTED, **late))) == 2
    for held_in_cell, said in ((date(2026, 12, 4), 0), (date(2026, 12, 5), 0), (date(2026, 12, 6), 1)):
        assert (
            len(texts(objections_to_meeting(Duty.REVIEWED, Stage.SENT, **usual, cell_held_on=held_in_cell))) == said
        )


def test_each_step_follows_the_one_before_and_explains_what_it_departs_from() -> None:
    propose = {"level": "good", "carried": "good", "reason": ""}
    assert texts(objections_to_proposing(Stage.VOTED, **propose)) == []
    assert len(texts(objections_to_proposing(Stage.SENT, **propose))) == 1
    assert len(texts(objections_to_proposing(Stage.APPRAISED, **propose))) == 1
    differs = [texts(objections_to_proposing(Stage.VOTED, **{**propose, "carried": c})) for c in ("done", "")]
    assert len(differs[0]) == len(differs[1]) == 1
    assert differs[0] != differs[1]
    assert texts(objections_to_appraising(Stage.PROPOSED, level="good", found="good", text="")) == []
    assert texts(objections_to_appraising(Stage.PROPOSED, level="good", found="", text="")) == []
    assert len(texts(objections_to_appraising(Stage.PROPOSED, level="good", found="done", text=""))) == 1
    assert len(texts(objections_to_appraising(Stage.VOTED, level="good", found="good", text=""))) == 1
    assert len(texts(objections_to_appraising(Stage.DECIDED, level="good", found="good", text=""))) == 1
    plain = {"level": "good", "found": "good", "text": ""}
    assert texts(objections_to_appraising(Stage.VOTED, **plain, ballot_stands=True)) == []
    assert len(texts(objections_to_appraising(Stage.SENT, **plain, ballot_stands=True))) == 1
    assert len(texts(objections_to_appraising(Stage.PROPOSED, **plain, second=Stage.VOTED))) == 1
    assert texts(objections_to_appraising(Stage.PROPOSED, **plain, second=Stage.PROPOSED)) == []
    assert len(texts(objections_to_proposing(Stage.VOTED, **propose, former_is_silent=True))) == 1
    decide = {
        "decided_on": date(2027, 1, 9),
        "appraised_on": date(2027, 1, 8),
        "level": "good",
        "appraised": "good",
        "reason": "",
    }
    assert texts(objections_to_deciding(Stage.APPRAISED, **decide)) == []
    assert len(texts(objections_to_deciding(Stage.PROPOSED, **decide))) == 1
    assert len(texts(objections_to_deciding(Stage.DECIDED, **decide))) == 1
    assert len(texts(objections_to_deciding(Stage.APPRAISED, **decide, by_superior=True))) == 1
    above = {**decide, "reason": "Quyết định của cấp trên", "by_superior": True}
    assert texts(objections_to_deciding(Stage.APPRAISED, **above)) == []
    wrong = {**decide, "level": "done", "decided_on": date(2027, 1, 7)}
    assert len(texts(objections_to_deciding(Stage.APPRAISED, **wrong))) == 2
    assert len(texts(objections_to_answering(Stage.APPRAISED, " "))) == 2
    assert texts(objections_to_answering(Stage.DECIDED, "Tôi nhất trí")) == []
    assert texts(objections_to_commenting(Duty.COMMENTED, Stage.DUE, "Tốt")) == []
    assert len(texts(objections_to_commenting(Duty.NOT_REVIEWED, Stage.DECIDED, ""))) == 3
