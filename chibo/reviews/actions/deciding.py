"""The ward appraises what the cells propose, decides, and tells."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection
from chibo.reviews.models import Review, Round
from chibo.reviews.rules import COLLECTIVES, Stage, Subject
from chibo.reviews.rules.conducting import (
    is_past,
    objections_to_appraising,
    objections_to_deciding,
    objections_to_judging_oneself,
    written,
)
from chibo.reviews.rules.voting import objections_to_ceiling
from chibo.reviews.selectors import alone_in_committee, seconds_of
from chibo.reviews.selectors.board import at_stage, carried_of, ceiling_of
from chibo.reviews.selectors.facts import findings_of


@action(Can.LEAD_REVIEWS)
def appraise_reviews(
    found: Round, *, actor: Actor, levels: Mapping[int, str], reasons: Mapping[int, str], appraised_on: date
) -> Round:
    """Check each proposal against the criteria; what departs from them is explained. Nobody appraises themselves.

    A leader is appraised once both the cell and the collective they lead have proposed. Where the cell has nobody but the
    reviewed to propose, the level that its ballot carried is the proposal.
    """
    lines = _lines(found, levels)
    finding = findings_of(lines.values(), found.unit, found.last)
    alone, second = alone_in_committee(lines.values(), appraised_on), seconds_of(lines.values())
    refuse_if(
        Objection(o.text, o.article, o.params, f"{pk}-{'reason' if o.field == 'text' else 'level'}")
        for pk, level in levels.items()
        for o in (
            *objections_to_judging_oneself(is_own=actor.owns(lines[pk])),
            *objections_to_appraising(
                lines[pk].stage, level=level, found=finding[pk].level or "", text=reasons.get(pk, ""),
                ballot_stands=pk in alone and bool(carried_of(lines[pk])),
                second=second[pk].stage if pk in second else "",
            ),
        )
    )  # fmt: skip
    for pk, level in levels.items():
        review = lines[pk]
        if not is_past(review.stage, Stage.PROPOSED):
            review.proposed_level, review.proposed_on = carried_of(review), appraised_on
        review.appraised_level, review.appraised_on = level, appraised_on
        review.appraisal, review.stage = written(reasons.get(pk, "")), Stage.APPRAISED
        review.version += 1
        review.save()
    return found


@action(Can.DECIDE_REVIEWS)
def decide_reviews(
    found: Round,
    *,
    actor: Actor,
    levels: Mapping[int, str],
    reasons: Mapping[int, str],
    decided_on: date,
    decision: str,
) -> Round:
    """The committee decides, nobody on themselves; what the level above decided of the ward's own is written down.

    The ceiling holds over the whole ward, for members and for collectives of a kind apart.
    """
    lines = _lines(found, levels)
    refused = [
        Objection(o.text, o.article, o.params, o.field if o.field == "decided_on" else f"{pk}-{o.field or 'level'}")
        for pk, level in levels.items()
        for o in (
            *objections_to_judging_oneself(is_own=actor.owns(lines[pk])),
            *objections_to_deciding(
                lines[pk].stage, decided_on=decided_on, appraised_on=lines[pk].appraised_on, level=level,
                appraised=lines[pk].appraised_level, reason=reasons.get(pk, ""),
                by_superior=lines[pk].subject == Subject.WARD_COMMITTEE,
            ),
        )
    ]  # fmt: skip
    for subject in (Subject.MEMBER, *COLLECTIVES):
        if any(review.subject == subject for review in lines.values()) and subject != Subject.WARD_COMMITTEE:
            refused += objections_to_ceiling(ceiling_of(found, (subject,), dict(levels)))
    refuse_if(refused)
    second = seconds_of(lines.values())
    for pk, level in levels.items():
        for review in filter(None, (lines[pk], second.get(pk))):
            review.decided_level, review.decided_on, review.decision = level, decided_on, written(decision)[:60]
            review.decision_reason, review.stage = written(reasons.get(pk, "")), Stage.DECIDED
            review.version += 1
            review.save()
    return found


def _lines(found: Round, levels: Mapping[int, str]) -> dict[int, Review]:
    """The reviews asked about, as they stand now; one of another round is nobody's (KeyError)."""
    stages = tuple(Stage)
    return {review.pk: review for review in at_stage(found, found.unit, *stages) if review.pk in levels}
