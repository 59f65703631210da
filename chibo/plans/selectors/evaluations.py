"""How monthly evaluations are read: in a period, in a meeting, of one member; and what the minutes tell of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Errand, Event, Scope
from chibo.core.values import Objection, Period, month_of
from chibo.meetings.models import Meeting
from chibo.meetings.rules import OF_THE_CELL, ON_THE_ROLL, MeetingKind, MeetingState
from chibo.meetings.selectors import cells_led, open_meetings
from chibo.members.models import Member
from chibo.members.rules import EXPECTED
from chibo.members.selectors import memberships_on
from chibo.plans.models import Evaluation, Plan, SelfReport, Turn
from chibo.plans.rules import HAVING, PlanState, Remark, ResultLevel
from chibo.plans.rules.evaluating import ARTICLE, Evaluated, Sitting

VERBS = {
    "evaluate_plan": gettext_lazy("đánh giá kế hoạch"),
    "evaluate_cell": gettext_lazy("đánh giá kế hoạch cả chi bộ"),
    "withdraw_evaluation": gettext_lazy("rút đánh giá"),
    "amend_evaluation": gettext_lazy("sửa đánh giá sau bế mạc"),
    "report_on_plan": gettext_lazy("báo cáo thực hiện kế hoạch"),
    "answer_evaluation": gettext_lazy("ghi ý kiến tiếp thu"),
    "record_answer": gettext_lazy("ghi thay ý kiến tiếp thu"),
    "assign_turn": gettext_lazy("phân công báo cáo"),
    "withdraw_turn": gettext_lazy("bỏ phân công báo cáo"),
    "propose_rota": gettext_lazy("chia đều lượt báo cáo"),
}
"""What the journal calls the actions of evaluation and rota."""

# ------------------------------------------------------------------------------------- who sees what


def visible_evaluations(actor: Actor) -> QuerySet[Evaluation]:
    """Those below the actor's posts, and one's own; latest first."""
    rows = Evaluation.objects.visible_to(actor).select_related("unit", "plan__member", "meeting", "changed_by")
    return rows.order_by("-month", "plan__member__sort_key", "pk")


def evaluation_for(actor: Actor, pk: int) -> Evaluation:
    """The evaluation, if the actor may see it; otherwise it does not exist for them (404)."""
    found = visible_evaluations(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def evaluations_of_plan(plan: Plan) -> QuerySet[Evaluation]:
    """The months of one plan, latest first."""
    return plan.evaluations.select_related("meeting", "unit", "plan__member").order_by("-month")


def self_report_of(plan: Plan, month: date) -> SelfReport | None:
    return SelfReport.objects.filter(plan=plan, month=month_of(month)).first()


def is_evaluated(plan: Plan, month: date) -> bool:
    return Evaluation.objects.filter(plan=plan, month=month_of(month)).exists()


# ------------------------------------------------------------------------------ what figures rest on


def evaluations_in(units: Collection[int], period: Period) -> QuerySet[Evaluation]:
    """What the cells found of plans in the months of the period."""
    return Evaluation.objects.filter(unit_id__in=units, month__range=(month_of(period.first), period.last))


def members_commented(units: Collection[int], period: Period) -> QuerySet[Member]:
    """Persons, each once, on whom these cells commented or remarked in the period (seed S1-10: 152).

    ``at_unit`` is the cell of the latest such evaluation, ``times`` their number.
    """
    said = evaluations_in(units, period).filter(~Q(comment="") | ~Q(remark=""))
    of_person = said.filter(plan__member=OuterRef("pk")).order_by()
    times = of_person.values("plan__member").annotate(n=Count("pk")).values("n")
    return Member.objects.filter(pk__in=said.order_by().values("plan__member")).annotate(
        at_unit=Subquery(of_person.order_by("-month", "-pk").values("unit_id")[:1]),
        times=Coalesce(Subquery(times), 0),
    )


# --------------------------------------------------------------------------------- one meeting's page


@dataclass(frozen=True, slots=True)
class Row:
    """One member of the cell as the evaluation of a meeting shows them."""

    member: Member
    condition: str
    plan: Plan | None
    presence: str
    """How they stand in the roll, in words; "" until called."""
    on_rota: bool
    told: str
    """What the member reported: as recorded in the meeting, or as they wrote beforehand."""
    found: Evaluation | None

    @property
    def version(self) -> int:
        """Of the evaluation that is stored; 0 where there is none yet."""
        return self.found.version if self.found else 0


def rows_to_evaluate(meeting: Meeting, only: int | None = None) -> list[Row]:
    """Who takes part in the cell on the day of the meeting, or has a plan there; with their plan of that year if registered by then.

    In Vietnamese order, those whose turn it is to report first; six queries for any number of members. ``only`` is
    the plan of one member.
    """
    people = memberships_on(meeting.held_on, [meeting.unit_id]).filter(condition__in=ON_THE_ROLL)
    if only is not None:
        people = people.filter(member__plans=only)
    members = list(people.select_related("member").order_by("member__sort_key", "member_id"))
    ids = [row.member_id for row in members]
    of_month = {"month": meeting.month, "plan__member__in": ids}
    found = {e.plan_id: e for e in Evaluation.objects.filter(**of_month).select_related("changed_by")}
    written = dict(SelfReport.objects.filter(**of_month).values_list("plan_id", "reported"))
    plans = {plan.member_id: plan for plan in _plans_at(meeting).filter(member__in=ids)}
    called = {line.member_id: line.get_presence_display() for line in meeting.attendances.filter(member__in=ids)}
    turns = set(Turn.objects.filter(month=meeting.month, member__in=ids).values_list("member_id", flat=True))

    def row(member: Member, condition: str) -> Row:
        plan = plans.get(member.pk)
        evaluation = found.get(plan.pk) if plan else None
        told = evaluation.reported if evaluation else written.get(plan.pk, "") if plan else ""
        return Row(member, condition, plan, called.get(member.pk, ""), member.pk in turns, told, evaluation)

    rows = [row(entry.member, entry.condition) for entry in members]
    return sorted((r for r in rows if r.plan or r.condition in EXPECTED), key=lambda row: not row.on_rota)


def levels_of_year(plans: Collection[Plan]) -> dict[int, list[tuple[str, int]]]:
    """By plan, how often its months were found how: what the year's result looks back on. One query."""
    found = Evaluation.objects.filter(plan__in=plans).order_by().values_list("plan_id", "level")
    counted = found.annotate(n=Count("pk"))
    times = {(plan, level): n for plan, level, n in counted}
    return {
        plan.pk: [(level.label, times[plan.pk, level]) for level in ResultLevel if (plan.pk, level) in times]
        for plan in plans
    }


def _plans_at(meeting: Meeting) -> QuerySet[Plan]:
    """The plans that the meeting may evaluate; where somebody has two, the cell's own comes last and wins."""
    plans = Plan.objects.filter(year=meeting.month.year, state__in=HAVING, registered_on__lte=meeting.held_on)
    return plans.annotate(own=Q(unit=meeting.unit_id)).select_related("member").order_by("own", "pk")


def row_to_evaluate(meeting: Meeting, plan: int) -> Row:
    """The row of one plan; a plan that the meeting cannot evaluate has none (404)."""
    rows = [row for row in rows_to_evaluate(meeting, plan) if row.plan is not None and row.plan.pk == plan]
    if not rows:
        raise Http404
    return rows[0]


def due_rows(rows: Collection[Row]) -> list[Row]:
    """Those who are to be evaluated: with a plan, and taking part."""
    return [row for row in rows if row.plan is not None and row.condition in EXPECTED]


def sitting_of(meeting: Meeting) -> Sitting:
    return Sitting(meeting.kind, meeting.state, meeting.held_on, meeting.month)


def evaluated_of(meeting: Meeting, plans: Collection[Plan]) -> dict[int, Evaluated]:
    """The facts of each plan as the rules see them, by id: two queries."""
    here = set(
        memberships_on(meeting.held_on, [meeting.unit_id])
        .filter(member__in=[plan.member_id for plan in plans])
        .values_list("member_id", flat=True)
    )
    elsewhere = set(
        Evaluation.objects.filter(plan__in=plans, month=meeting.month)
        .exclude(meeting=meeting)
        .values_list("plan_id", flat=True)
    )
    return {
        plan.pk: Evaluated(
            plan.member.full_name,
            plan.year,
            plan.state,
            plan.registered_on,
            plan.member_id in here,
            plan.pk in elsewhere,
        )
        for plan in plans
    }


# ---------------------------------------------------------------------------------- what minutes tell


def _told(meeting: Meeting) -> QuerySet[Evaluation]:
    rows = meeting.evaluations.select_related("plan__member")
    return rows.order_by("plan__member__sort_key", "pk")


def minutes_of_rota(meeting: Meeting) -> Iterator[str]:
    """Who was to report, who did, and what: lines of the minutes (Vietnamese, an official text)."""
    reports = {e.plan.member_id: e for e in _told(meeting) if e.reported}
    turns = Turn.objects.filter(unit=meeting.unit_id, month=meeting.month).select_related("member")
    if meeting.kind == MeetingKind.REGULAR:
        for turn in turns.order_by("member__sort_key", "pk"):
            if turn.member_id not in reports:
                yield f"- Đồng chí {turn.member.full_name}: được phân công, chưa báo cáo."
    for evaluation in reports.values():
        yield f"- Đồng chí {evaluation.plan.member.full_name} báo cáo: {evaluation.reported}"


def minutes_of_evaluations(meeting: Meeting) -> Iterator[str]:
    """What was found of each plan: lines of the minutes (Vietnamese, an official text)."""
    rows = list(_told(meeting))
    if rows:
        counted = [f"{level.label} {n}" for level in ResultLevel if (n := sum(e.level == level for e in rows))]
        yield f"Đã đánh giá {len(rows)} kế hoạch: {', '.join(counted)}."
    for evaluation in rows:
        words = [ResultLevel(evaluation.level).label, str(evaluation.get_remark_display() or "").lower()]
        said = f". Ý kiến chi bộ: {evaluation.comment}" if evaluation.comment else ""
        by_others = " (ghi thay)" if evaluation.on_behalf else ""
        answered = f". Đảng viên tiếp thu{by_others}: {evaluation.answer}" if evaluation.answer else ""
        name = evaluation.plan.member.full_name
        yield f"- Đồng chí {name}: {'; '.join(word for word in words if word)}{said}{answered}"


def cautions_of_evaluations(meeting: Meeting) -> Iterator[Objection]:
    """Before a regular meeting is closed: plans due that are not evaluated (said, it holds nothing up)."""
    if meeting.kind != MeetingKind.REGULAR:
        return
    missing = [row.member.full_name for row in due_rows(rows_to_evaluate(meeting)) if row.found is None]
    if missing:
        yield Objection(
            gettext_noop("Còn %(count)s kế hoạch chưa đánh giá: %(names)s."),
            ARTICLE,
            {"count": len(missing), "names": ", ".join(missing[:6]) + ("…" if len(missing) > 6 else "")},
        )


# ------------------------------------------------------------------------------ for desk and book


def errands_of_evaluations(actor: Actor, today: date) -> Iterator[Errand]:
    """For who evaluates in a cell: meetings that took place, are open, and left plans without evaluation."""
    if not actor.holds(Can.EVALUATE_PLANS):
        return
    cells = cells_led(actor, Can.EVALUATE_PLANS, today).values_list("pk", flat=True)
    for meeting in open_meetings(cells, today).filter(kind=MeetingKind.REGULAR):
        missing = sum(row.found is None for row in due_rows(rows_to_evaluate(meeting)))
        if missing:
            yield Errand(
                _("%(count)s kế hoạch chưa được đánh giá ở kỳ tháng %(month)s")
                % {"count": missing, "month": f"{meeting.month:%m/%Y}"},
                _("Đánh giá"),
                reverse("plans:evaluate_cell", args=[meeting.pk]),
                due=meeting.held_on,
                count=missing,
            )


def events_of_evaluations(scope: Scope) -> Iterator[Event]:
    """What the cells' meetings found of plans, one line a meeting: one query."""
    rows = (
        evaluations_in(scope.cells, scope.period)
        .order_by("meeting_id")
        .values("meeting_id", "meeting__held_on", "level", "remark")
    )
    for (meeting, held_on), group in groupby(rows, key=lambda row: (row["meeting_id"], row["meeting__held_on"])):
        found = list(group)
        counted = [f"{_(level.label)} {n}" for level in ResultLevel if (n := sum(r["level"] == level for r in found))]
        counted += [
            f"{_(mark.label).lower()} {n}" for mark in Remark if (n := sum(r["remark"] == mark for r in found))
        ]
        yield Event(
            held_on,
            _("Đánh giá"),
            _("Đánh giá %(count)s kế hoạch tu dưỡng") % {"count": len(found)},
            reverse("plans:evaluate_cell", args=[meeting]),
            ", ".join(counted),
        )


def panel_of_plan(request: Any, plan: Plan) -> str:
    """What a plan's page shows of the months: each evaluation, and the way to report before the next meeting."""
    actor = request.actor
    if plan.state not in HAVING or not actor.may_on(Can.SEE_PLANS, plan):
        return ""
    context = {
        "plan": plan,
        "evaluations": evaluations_of_plan(plan),
        "reads": actor.may_on(Can.READ_PLANS, plan),
        "reports": actor.may_on(Can.WRITE_PLANS, plan) and plan.state == PlanState.CONFIRMED,
        "own": actor.owns(plan),
        "month": localdate(),
        "told": self_report_of(plan, month_of(localdate())),
    }
    return render_to_string("plans/of_plan.html", context, request)


def panel_of_meeting(request: Any, meeting: Meeting) -> str:
    """What a meeting's page shows of plans: how many were evaluated, who reports, and the way there."""
    if meeting.kind not in OF_THE_CELL or not request.actor.may(Can.SEE_PLANS, meeting.unit):
        return ""
    rows = rows_to_evaluate(meeting)
    due = due_rows(rows)
    context = {
        "meeting": meeting,
        "due": len(due),
        "done": sum(row.found is not None for row in due),
        "turns": [row.member.full_name for row in rows if row.on_rota],
        "may_edit": meeting.state != MeetingState.CLOSED and request.actor.may(Can.EVALUATE_PLANS, meeting.unit),
    }
    return render_to_string("plans/of_meeting.html", context, request)
