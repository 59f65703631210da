"""What the reviewed writes: the self-review, the self-check, the answer; and what the level above asks to be reviewed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.reviews.models import PRIVATE, Judgement, Review, SelfCheck
from chibo.reviews.rules import Stage
from chibo.reviews.rules.conducting import (
    objections_to_answering,
    objections_to_checking,
    objections_to_commenting,
    objections_to_judging_oneself,
    objections_to_repeating,
    objections_to_sending,
    objections_to_writing,
    written,
)
from chibo.reviews.selectors import rules_of


@action(Can.WRITE_REVIEWS)
def write_review(
    review: Review, *, actor: Actor, texts: Mapping[str, str], own: Mapping[str, str], own_level: str = ""
) -> Review:
    """Keep a draft; nothing is asked of it yet."""
    refuse_if([*objections_to_repeating(review.subject), *objections_to_writing(review.duty, review.stage)])
    _write(review, actor, texts, own, own_level)
    review.save()
    return review


@action(Can.WRITE_REVIEWS)
def send_review(
    review: Review, *, actor: Actor, texts: Mapping[str, str], own: Mapping[str, str], own_level: str, sent_on: date
) -> Review:
    """Hand the self-review in, whole; until the meeting it may be sent again."""
    codes = [criterion.code for criterion in rules_of(review.round).criteria(review.subject)]
    refuse_if(
        [
            *objections_to_repeating(review.subject),
            *objections_to_sending(
                review.duty, review.stage, results=texts.get("results", ""), direction=texts.get("direction", ""),
                level=own_level, unjudged=[code for code in codes if not own.get(code)],
            ),
        ]
    )  # fmt: skip
    _write(review, actor, texts, own, own_level)
    review.stage, review.sent_on = Stage.SENT, review.sent_on or sent_on
    review.save()
    return review


def _write(review: Review, actor: Actor, texts: Mapping[str, str], own: Mapping[str, str], own_level: str) -> None:
    for name in PRIVATE:
        setattr(review, name, written(texts.get(name, "")))
    review.own_level, review.on_behalf = own_level, not actor.owns(review)
    criteria = rules_of(review.round).criteria(review.subject)
    Judgement.objects.bulk_create(
        [Judgement(review=review, code=c.code, own=own.get(c.code, "")) for c in criteria],
        update_conflicts=True, unique_fields=["review", "code"], update_fields=["own"],
    )  # fmt: skip


@action(Can.READ_SELF_CHECKS)
def check_oneself(review: Review, *, actor: Actor, entries: Mapping[str, str], checked_on: date) -> Review:
    """Keep which of the 27 manifestations one sees in oneself, and what one does; only its author writes it.

    The journal says that it was done, never which: ``entries`` is masked.
    """
    author = actor.owns(review) or actor.user is None
    refuse_if(
        [
            *objections_to_repeating(review.subject),
            *objections_to_checking(review.duty, review.stage, is_author=author),
        ]
    )
    review.self_checks.all().delete()
    SelfCheck.objects.bulk_create(
        SelfCheck(unit=review.unit, review=review, manifestation_id=code, text=written(text))
        for code, text in entries.items()
        if text.strip()
    )
    review.checked_on = checked_on
    review.save()
    return review


@action(Can.LEAD_REVIEWS)
def suggest_matters(review: Review, *, actor: Actor, suggestion: str, suggested_on: date) -> Review:
    """The level above asks that certain matters be explained in the review (gợi ý kiểm điểm); nobody asks it of themselves."""
    refuse_if(
        [
            *objections_to_judging_oneself(is_own=actor.owns(review)),
            *objections_to_repeating(review.subject),
            *objections_to_commenting(review.duty, review.stage, suggestion, field="suggestion"),
        ]
    )
    review.suggestion, review.suggested_on = written(suggestion), suggested_on
    review.save()
    return review


@action(Can.ANSWER_REVIEWS)
def answer_rating(review: Review, *, actor: Actor, answer: str, answered_on: date) -> Review:
    """The rated says what they say to the decision they were told of."""
    refuse_if([*objections_to_repeating(review.subject), *objections_to_answering(review.stage, answer)])
    review.answer, review.answered_on = written(answer), answered_on
    review.save()
    return review
