"""The cell evaluates plans in its meeting; members report before it and answer after it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import Conflict, error_of, refuse_if, refuse_unseen
from chibo.core.values import Objection, gettext_noop, month_of
from chibo.meetings.actions import correct_minutes
from chibo.meetings.models import Meeting
from chibo.plans.models import Evaluation, Plan, SelfReport
from chibo.plans.rules.evaluating import (
    Entry,
    Evaluated,
    objections_to_amending,
    objections_to_answering,
    objections_to_evaluating,
    objections_to_recording_answer,
    objections_to_reporting,
    objections_to_sitting,
)
from chibo.plans.selectors.evaluations import evaluated_of, is_evaluated, sitting_of

WRITTEN = ("level", "remark", "comment", "reported")


@action(Can.EVALUATE_PLANS)
def evaluate_plan(
    meeting: Meeting,
    *,
    actor: Actor,
    plan: Plan,
    level: str,
    remark: str = "",
    comment: str = "",
    reported: str | None = None,
    seen: int | None = None,
    today: date | None = None,
) -> Evaluation:
    """Write down what the meeting found of one plan, or change it before the meeting is closed (one a month).

    ``reported`` is what the member told the meeting; unless said, what they wrote beforehand. ``seen`` is the version
    of the evaluation that the person was looking at (0: none yet); one changed since by somebody else is ``Conflict``.
    """
    verdict = _verdict(level, remark, comment, reported)
    seen_at = {} if seen is None else {plan.pk: seen}
    refuse_if(objections_to_sitting(sitting_of(meeting), today=today))
    return _found(meeting, {plan.pk: verdict}, actor, seen_at)[0]


@action(Can.EVALUATE_PLANS)
def evaluate_cell(
    meeting: Meeting,
    *,
    actor: Actor,
    entries: Mapping[int, Entry],
    seen: Mapping[int, int] | None = None,
    today: date | None = None,
) -> list[Evaluation]:
    """Write down what the meeting found of many plans, all or none: ``entries`` maps the plan's id to the verdict.

    A refusal names every member it concerns; its fields are ``level_<plan>``, ``remark_<plan>``, ``comment_<plan>``.
    """
    refuse_if(objections_to_sitting(sitting_of(meeting), today=today))
    return _found(meeting, entries, actor, seen or {}, many=True)


@action(Can.EVALUATE_PLANS)
def withdraw_evaluation(meeting: Meeting, *, actor: Actor, plan: Plan, seen: int | None = None) -> None:
    """Take back what was written of a plan by mistake, before the meeting is closed."""
    refuse_if(objections_to_sitting(sitting_of(meeting)))
    for evaluation in meeting.evaluations.select_related("plan__member", "changed_by").filter(plan=plan):
        refuse_unseen(_unseen(evaluation, seen))
        evaluation.delete()


@action(Can.CLOSE_MEETINGS)
def amend_evaluation(
    meeting: Meeting,
    *,
    actor: Actor,
    plan: Plan,
    level: str,
    why: str,
    amended_on: date,
    remark: str = "",
    comment: str = "",
    reported: str | None = None,
    seen: int | None = None,
) -> Evaluation:
    """Add or change an evaluation of a closed meeting: the reason goes into the minutes as a dated correction."""
    sitting = sitting_of(meeting)
    refuse_if(objections_to_amending(sitting, why))
    before = meeting.evaluations.filter(plan=plan).first()
    was = f" (trước: {before.get_level_display()})" if before else ""
    verdict = _verdict(
        level, remark, comment, reported if reported is not None or before is None else before.reported
    )
    evaluation = _found(meeting, {plan.pk: verdict}, actor, {} if seen is None else {plan.pk: seen})[0]
    correct_minutes(
        meeting,
        actor=actor,
        corrected_on=amended_on,
        text=f"Đánh giá kế hoạch của đồng chí {plan.member}: {evaluation.get_level_display()}{was}. Lý do: {why}",
    )
    return evaluation


@action(Can.WRITE_PLANS)
def report_on_plan(plan: Plan, *, actor: Actor, month: date, reported: str) -> SelfReport:
    """The member reports on the plan for a month, before the meeting; somebody of the cell committee may enter it
    for them, and it is marked so."""
    month = month_of(month)
    facts = Evaluated(plan.member.full_name, plan.year, plan.state, plan.registered_on, in_cell=True)
    refuse_if(objections_to_reporting(facts, month=month, evaluated=is_evaluated(plan, month), text=reported))
    written, _new = SelfReport.objects.update_or_create(
        plan=plan, month=month, defaults={"unit": plan.unit, "reported": reported, "on_behalf": not actor.owns(plan)}
    )
    return written


@action(Can.ANSWER_EVALUATIONS)
def answer_evaluation(evaluation: Evaluation, *, actor: Actor, answer: str) -> Evaluation:
    """The member answers what the cell found: what they take in, or how they see it."""
    refuse_if(objections_to_answering(answer))
    evaluation.answer, evaluation.on_behalf = answer, False
    evaluation.save(update_fields=["answer", "on_behalf"])
    return evaluation


@action(Can.EVALUATE_PLANS)
def record_answer(evaluation: Evaluation, *, actor: Actor, answer: str) -> Evaluation:
    """Somebody of the cell committee writes down the member's answer for them; it is marked so. What the member
    wrote themselves stays."""
    refuse_if(objections_to_recording_answer(answer, by_member=bool(evaluation.answer) and not evaluation.on_behalf))
    evaluation.answer, evaluation.on_behalf = answer, True
    evaluation.save(update_fields=["answer", "on_behalf"])
    return evaluation


# ---------------------------------------------------------------------------------------------- within


def _verdict(level: str, remark: str, comment: str, reported: str | None) -> Entry:
    verdict: Entry = {"level": level, "remark": remark, "comment": comment}
    if reported is not None:
        verdict["reported"] = reported
    return verdict


def _found(
    meeting: Meeting, entries: Mapping[int, Entry], actor: Actor, seen: Mapping[int, int], *, many: bool = False
) -> list[Evaluation]:
    """Check every entry, then write them all; the plans are locked, so that two meetings' pages cannot cross."""
    plans = {
        plan.pk: plan
        for plan in Plan.objects.select_for_update(of=("self",)).select_related("member").filter(pk__in=entries).order_by("pk")
    }  # fmt: skip
    of_month = Evaluation.objects.filter(plan__in=plans, month=meeting.month)
    stored = {e.plan_id: e for e in of_month.select_related("changed_by", "plan__member")}
    looked_at = {stored[pk]: version for pk, version in seen.items() if pk in entries and pk in stored}
    refuse_unseen(found for one, version in looked_at.items() for found in _unseen(one, version))
    refuse_if(_objections(meeting, plans, entries, many=many))
    written = dict(SelfReport.objects.filter(plan__in=plans, month=meeting.month).values_list("plan_id", "reported"))
    now = timezone.now()
    result: list[Evaluation] = []
    fresh: list[Evaluation] = []
    changed: list[Evaluation] = []
    for pk, entry in entries.items():
        evaluation = stored.get(pk) or Evaluation(
            unit=meeting.unit, plan=plans[pk], meeting=meeting, month=meeting.month, reported=written.get(pk, "")
        )
        before = tuple(getattr(evaluation, name) for name in WRITTEN)
        evaluation.level, evaluation.remark = entry["level"], entry.get("remark", "")
        evaluation.comment = entry.get("comment", "")
        evaluation.reported = entry.get("reported", evaluation.reported)
        result.append(evaluation)
        if pk in stored and before == tuple(getattr(evaluation, name) for name in WRITTEN):
            continue
        evaluation.version, evaluation.changed_by, evaluation.changed_at = evaluation.version + 1, actor.user, now
        (changed if pk in stored else fresh).append(evaluation)
    Evaluation.objects.bulk_create(fresh)
    Evaluation.objects.bulk_update(changed, [*WRITTEN, "version", "changed_by", "changed_at"])
    return result


def _objections(
    meeting: Meeting, plans: Mapping[int, Plan], entries: Mapping[int, Entry], *, many: bool
) -> Iterator[Objection]:
    facts, sitting = evaluated_of(meeting, list(plans.values())), sitting_of(meeting)
    for pk, entry in entries.items():
        if pk not in facts:
            yield Objection(gettext_noop("Không có kế hoạch này."))
            continue
        for objection in objections_to_evaluating(facts[pk], entry, sitting):
            field = f"{objection.field}_{pk}" if many else objection.field
            yield Objection(objection.text, objection.article, objection.params, field)


def _unseen(evaluation: Evaluation, seen: int | None) -> Iterator[Conflict]:
    """Somebody else wrote of this plan since the person looked: who, and what they wrote."""
    if seen is None or evaluation.version == seen:
        return
    text = gettext_noop(
        "%(who)s vừa đánh giá đồng chí %(name)s: %(level)s. Nội dung đồng chí nhập còn nguyên; hãy xem bản mới rồi lưu lại."
    )
    written = (
        evaluation.get_level_display(),
        evaluation.get_remark_display(),
        evaluation.comment,
        evaluation.reported,
    )
    params: dict[str, object] = {
        "who": evaluation.changed_by.name if evaluation.changed_by else _("Người khác"),
        "name": evaluation.plan.member.full_name,
        "level": " – ".join(filter(None, written)),
    }
    yield Conflict(error_of(Objection(text)).message, code="conflict", params=params)
