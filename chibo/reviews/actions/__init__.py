"""A round is opened, reviews are written, voted on, appraised and decided here."""

from __future__ import annotations

from chibo.reviews.actions.deciding import appraise_reviews, decide_reviews
from chibo.reviews.actions.recording import give_comment, judge_review, propose_levels, record_ballots, undertake
from chibo.reviews.actions.rounds import call_again, open_round
from chibo.reviews.actions.writing import answer_rating, check_oneself, send_review, suggest_matters, write_review

__all__ = [
    "answer_rating",
    "appraise_reviews",
    "call_again",
    "check_oneself",
    "decide_reviews",
    "give_comment",
    "judge_review",
    "open_round",
    "propose_levels",
    "record_ballots",
    "send_review",
    "suggest_matters",
    "undertake",
    "write_review",
]
