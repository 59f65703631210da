"""Plans are called for, written, judged, evaluated and reported on here."""

from __future__ import annotations

from chibo.plans.actions.evaluations import (
    amend_evaluation,
    answer_evaluation,
    evaluate_cell,
    evaluate_plan,
    record_answer,
    report_on_plan,
    withdraw_evaluation,
)
from chibo.plans.actions.rota import assign_turn, propose_rota, withdraw_turn

__all__ = [
    "amend_evaluation",
    "answer_evaluation",
    "assign_turn",
    "evaluate_cell",
    "evaluate_plan",
    "propose_rota",
    "record_answer",
    "report_on_plan",
    "withdraw_evaluation",
    "withdraw_turn",
]
