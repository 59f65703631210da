"""Plans are called for, written, judged, evaluated and reported on here."""

from __future__ import annotations

from chibo.plans.actions.campaigns import amend_campaign, copy_suggestions, open_campaign, suggest_items
from chibo.plans.actions.evaluations import (
    amend_evaluation,
    answer_evaluation,
    evaluate_cell,
    evaluate_plan,
    record_answer,
    report_on_plan,
    withdraw_evaluation,
)
from chibo.plans.actions.plans import (
    comment_plan,
    conclude_plan,
    conclude_plans,
    confirm_plan,
    confirm_plans,
    draft_plan,
    draft_plans,
    receive_plan,
    register_plan,
    return_plan,
    take_suggestion,
    write_plan,
)
from chibo.plans.actions.quality import keep_qualities
from chibo.plans.actions.rota import assign_turn, propose_rota, withdraw_turn

__all__ = [
    "amend_campaign",
    "amend_evaluation",
    "answer_evaluation",
    "assign_turn",
    "comment_plan",
    "conclude_plan",
    "conclude_plans",
    "confirm_plan",
    "confirm_plans",
    "copy_suggestions",
    "draft_plan",
    "draft_plans",
    "evaluate_cell",
    "evaluate_plan",
    "keep_qualities",
    "open_campaign",
    "propose_rota",
    "receive_plan",
    "record_answer",
    "register_plan",
    "report_on_plan",
    "return_plan",
    "suggest_items",
    "take_suggestion",
    "withdraw_evaluation",
    "withdraw_turn",
    "write_plan",
]
