"""The ward opens a round, calls again whom the register has taken in since, and follows who has moved."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.papers.models import Paper
from chibo.reviews.models import Comment, Commitment, Review, Round, SelfCheck
from chibo.reviews.rules import MOVED, Duty, rule_set_on
from chibo.reviews.rules.conducting import objections_to_opening
from chibo.reviews.selectors import Move, called_already, moves_in, round_is_taken, summons_of
from chibo.units.models import Unit


@action(Can.LEAD_REVIEWS)
def open_round(
    unit: Unit,
    *,
    actor: Actor,
    first: date,
    last: date,
    as_of: date,
    opened_on: date,
    cell_deadline: date,
    deadline: date,
    guidance: Paper | None = None,
) -> Round:
    """Call every member and collective of the ward to the review of this period; who is not called has the reason."""
    refuse_if(
        objections_to_opening(
            first, last, opened_on=opened_on, cell_deadline=cell_deadline, deadline=deadline,
            taken=round_is_taken(unit, first, last), rules=rule_set_on(last),
        )
    )  # fmt: skip
    found = Round.objects.create(
        unit=unit, first=first, last=last, as_of=as_of, opened_on=opened_on, cell_deadline=cell_deadline,
        deadline=deadline, guidance=guidance,
    )  # fmt: skip
    _call(found)
    return found


@action(Can.LEAD_REVIEWS)
def call_again(found: Round, *, actor: Actor, today: date) -> Round:
    """Add whom the register has taken in since the round was opened, and follow who moved before their review meeting.

    The review goes along to the new cell with all that was written, which then needs the word of the cell that was left
    ([R], 124-QĐ/TW); who left the ward is only commented on here. After the meeting nothing moves.
    """
    for move in moves_in(found, today):
        _follow(move)
    _call(found)
    return found


def _follow(move: Move) -> None:
    review = move.review
    if move.to is None:
        review.duty, review.why = Duty.COMMENTED, MOVED
    else:
        review.moved_from, review.moved_on, review.unit_id = review.unit, move.since, move.to
        for model in (Comment, SelfCheck, Commitment):
            model._base_manager.filter(review=review).update(unit=move.to)
    review.version += 1
    review.save()


def _call(found: Round) -> None:
    already = called_already(found)
    Review.objects.bulk_create(
        Review(
            unit_id=line.unit_id, round=found, subject=line.subject, member=line.member, duty=line.called.duty,
            why=line.called.reason, blank=line.blank,
        )
        for line in summons_of(found)
        if (line.member.pk if line.member else None, 0 if line.member else line.unit_id, line.subject) not in already
    )  # fmt: skip
