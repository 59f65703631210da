"""What the cell records: comments, how it judged each criterion, the ballots, what it proposes, what is undertaken."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection
from chibo.meetings.models import Meeting
from chibo.meetings.selectors.conducting import voters_of
from chibo.meetings.selectors.roll import roll_of
from chibo.reviews.models import Comment, Commitment, Judgement, Review, Round
from chibo.reviews.rules import Stage, Subject
from chibo.reviews.rules.conducting import (
    objections_to_commenting,
    objections_to_judging,
    objections_to_judging_oneself,
    objections_to_meeting,
    objections_to_proposing,
    objections_to_repeating,
    objections_to_undertaking,
    written,
)
from chibo.reviews.rules.voting import Tally, objections_to_tally
from chibo.reviews.selectors import firsts_of, rules_of, seconds_of, wants_former
from chibo.reviews.selectors.board import Ballots, carried_of, tally_of, to_record
from chibo.tasks.actions import assign_task
from chibo.tasks.rules import TaskOrigin
from chibo.units.models import Unit

AGREED = "Chi bộ thống nhất với tự đánh giá"


@action(Can.RECORD_REVIEWS)
def give_comment(review: Review, *, actor: Actor, source: str, text: str, given_on: date, giver: str = "") -> Comment:
    """Enter what the cell, the cell of the residence or a mass organisation says."""
    refuse_if(objections_to_commenting(review.duty, review.stage, text))
    return Comment.objects.create(
        unit=review.unit, review=review, source=source, giver=written(giver), text=written(text), given_on=given_on
    )


@action(Can.RECORD_REVIEWS)
def judge_review(
    review: Review,
    *,
    actor: Actor,
    judged: Mapping[str, str],
    grounds: Mapping[str, str],
    assigned: int = 0,
    done: int = 0,
    late: int = 0,
    exceeding: int = 0,
    hard_assigned: int = 0,
    hard_done: int = 0,
    good: int = 0,
    disciplined: bool = False,
    degraded: bool = False,
    remedied: bool = True,
    led_meet: bool | None = None,
    civil_level: str = "",
) -> Review:
    """How the cell judged each criterion, on what grounds, and the numbers that the level rests on; never one's own."""
    refuse_if(
        [
            *objections_to_judging_oneself(is_own=actor.owns(review)),
            *objections_to_repeating(review.subject),
            *objections_to_judging(
                review.duty, review.stage, assigned=assigned, done=done, late=late, exceeding=exceeding,
                hard_assigned=hard_assigned, hard_done=hard_done, good=good,
            ),
        ]
    )  # fmt: skip
    criteria = rules_of(review.round).criteria(review.subject)
    Judgement.objects.bulk_create(
        [
            Judgement(review=review, code=c.code, judged=judged.get(c.code, ""), ground=_ground(grounds.get(c.code, "")))
            for c in criteria
        ],
        update_conflicts=True, unique_fields=["review", "code"], update_fields=["judged", "ground"],
    )  # fmt: skip
    review.assigned, review.done, review.late, review.exceeding = assigned, done, late, exceeding
    review.hard_assigned, review.hard_done, review.good = hard_assigned, hard_done, good
    review.disciplined, review.degraded, review.remedied = disciplined, degraded, remedied
    review.led_meet, review.civil_level = led_meet, civil_level
    review.save()
    return review


def _ground(text: str) -> str:
    return written(text)[:300]


@action(Can.RECORD_REVIEWS)
def record_ballots(
    unit: Unit, *, actor: Actor, found: Round, meeting: Meeting, today: date, ballots: Mapping[int, Ballots]
) -> Round:
    """Enter the secret ballots of the review meeting, subject by subject; all lines are right, or nothing is kept.

    The base is the ordinary one of that meeting (294-QĐ/TW, 9.3.2). Criteria the cell did not judge otherwise stand as
    the reviewed judged themselves.
    """
    present, base = voters_of(roll_of(meeting))
    lines = {review.pk: review for review in to_record(found, unit)}
    first = firsts_of(lines.values())
    refused: list[Objection] = []
    for pk, said in ballots.items():
        cells = first[pk].meeting if pk in first else None
        review, tally = lines[pk], tally_of(said, present, base)
        objections = [
            *objections_to_meeting(
                review.duty, review.stage, held_on=meeting.held_on, today=today,
                same_unit=meeting.unit_id == unit.pk, cell_held_on=cells.held_on if cells else None,
            ),
            *objections_to_tally(tally),
        ]  # fmt: skip
        refused += [Objection(o.text, o.article, o.params, f"{pk}-{o.field or 'collected'}") for o in objections]
    refuse_if(refused)
    second = seconds_of(lines.values())
    for pk, said in ballots.items():
        _record(lines[pk], meeting, tally_of(said, present, base))
        if pk in second and second[pk].stage == Stage.DUE:
            second[pk].stage, second[pk].sent_on = Stage.SENT, lines[pk].sent_on
            second[pk].save()
    return found


def _record(review: Review, meeting: Meeting, tally: Tally) -> None:
    review.meeting, review.present, review.base = meeting, tally.present, tally.base
    review.collected, review.invalid = tally.collected, tally.invalid
    for level, votes in tally.votes.items():
        setattr(review, f"for_{level}", votes)
    review.stage = Stage.VOTED
    review.proposed_level, review.proposed_on = "", None
    review.version += 1
    review.save()
    for row in review.judgements.filter(judged=""):
        row.judged, row.ground = row.own, row.ground or AGREED
        row.save()


@action(Can.RECORD_REVIEWS)
def propose_levels(
    unit: Unit,
    *,
    actor: Actor,
    found: Round,
    levels: Mapping[int, str],
    reasons: Mapping[int, str],
    proposed_on: date,
) -> Round:
    """Propose to the committee the level of each subject that was voted on; somebody else proposes one's own."""
    lines = {review.pk: review for review in to_record(found, unit)}
    silent = wants_former(lines.values())
    refused: list[Objection] = []
    for pk, level in levels.items():
        carried = carried_of(lines[pk])
        found_wrong = [
            *objections_to_judging_oneself(is_own=actor.owns(lines[pk])),
            *objections_to_proposing(
                lines[pk].stage, level=level, carried=carried, reason=reasons.get(pk, ""),
                former_is_silent=pk in silent,
            ),
        ]  # fmt: skip
        refused += [Objection(o.text, o.article, o.params, f"{pk}-{o.field or 'level'}") for o in found_wrong]
    refuse_if(refused)
    for pk, level in levels.items():
        review = lines[pk]
        review.proposed_level, review.proposed_on = level, proposed_on
        review.proposal_reason, review.stage = written(reasons.get(pk, "")), Stage.PROPOSED
        review.version += 1
        review.save()
    return found


@action(Can.RECORD_REVIEWS)
def undertake(
    review: Review, *, actor: Actor, shortcoming: str, title: str, measure: str, due_on: date, made_on: date
) -> Commitment:
    """What is undertaken out of the review becomes a duty of who was reviewed, with its deadline and measure (S2-15)."""
    refuse_if(
        [
            *objections_to_repeating(review.subject),
            *objections_to_undertaking(review.duty, review.stage, shortcoming),
        ]
    )
    is_member = review.subject == Subject.MEMBER
    task = assign_task(
        review.unit, actor=actor, title=title, measure=measure, assigned_on=made_on, due_on=due_on,
        doer=review.member if is_member else None, doer_unit=None if is_member else review.unit,
        origin=TaskOrigin.COMMITMENT, origin_text=f"Kiểm điểm năm {review.round.last.year}",
    )  # fmt: skip
    return Commitment.objects.create(
        unit=review.unit, review=review, task=task, shortcoming=written(shortcoming), made_on=made_on
    )
