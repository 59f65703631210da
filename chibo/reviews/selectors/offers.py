"""What reviews offer to the desk, the cell's book, and the pages of the apps below."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Max, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import Errand, Event, Scope
from chibo.meetings.rules import OF_THE_CELL
from chibo.reviews.models import Commitment, Review
from chibo.reviews.rules import Duty, Stage, Subject
from chibo.reviews.selectors import own_reviews
from chibo.reviews.selectors.facts import open_commitments
from chibo.tasks.rules import TaskState
from chibo.units.rules import Level as UnitLevel
from chibo.units.selectors import home_unit


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """My own review to write or to answer; for a cell what it must still propose, for the ward what waits."""
    for review in own_reviews(actor).filter(duty=Duty.REVIEWED):
        to_write = reverse("reviews:write", args=[review.pk])
        if review.stage == Stage.DUE:
            text = _("Bản kiểm điểm năm %(year)s") % {"year": review.round.last.year}
            yield Errand(text, _("Viết"), to_write, due=review.round.cell_deadline)
        elif review.stage == Stage.DECIDED and not review.answered_on:
            text = _("Kết quả xếp loại năm %(year)s") % {"year": review.round.last.year}
            yield Errand(text, _("Xem, trả lời"), reverse("reviews:review", args=[review.pk]))
    home = home_unit(actor, Can.RECORD_REVIEWS)
    if home is not None and home.level == UnitLevel.CELL:
        yield from _waiting(
            home,
            (Stage.DUE, Stage.SENT, Stage.VOTED),
            _("Đảng viên, tập thể chưa đề nghị xếp loại"),
            _("Kiểm điểm"),
            "cell_deadline",
        )
    ward = home_unit(actor, Can.LEAD_REVIEWS)
    if ward is not None:
        stages = (Stage.PROPOSED, Stage.APPRAISED)
        yield from _waiting(ward, stages, _("Đề nghị xếp loại chờ thẩm định, quyết định"), _("Xem"), "deadline")


def _waiting(unit: Any, stages: tuple[Stage, ...], text: str, verb: str, deadline: str) -> Iterator[Errand]:
    rows = Review.objects.filter(unit__path__startswith=unit.path, duty=Duty.REVIEWED, stage__in=stages)
    rows = rows.exclude(subject=Subject.LEADER)
    newest = rows.select_related("round").order_by("-round__last", "pk").first()
    if newest is not None:
        url = reverse("reviews:board", args=[newest.round_id, unit.pk])
        due, count = getattr(newest.round, deadline), rows.filter(round=newest.round_id).count()
        yield Errand(text, verb, url, due=due, count=count)


def events_of(scope: Scope) -> Iterator[Event]:
    """In the cell's book: how many levels were decided on which day, never whose."""
    days: dict[date, list[int]] = {}
    rows = Review.objects.filter(unit_id__in=scope.units, decided_on__range=(scope.period.first, scope.day))
    for day, found in rows.values_list("decided_on", "round_id"):
        if day is not None:
            days.setdefault(day, []).append(found)
    for day, rounds in days.items():
        url = reverse("reviews:board", args=[max(rounds), scope.unit.pk])
        yield Event(day, _("Kiểm điểm"), _("Quyết định xếp loại: %(count)s") % {"count": len(rounds)}, url)


def panel_of_task(request: Any, task: Any) -> str:
    """On the page of a duty: the review it was undertaken in, for who may see that."""
    found = Commitment.objects.visible_to(request.actor).filter(task=task).select_related("review__round").first()
    return render_to_string("reviews/of_task.html", {"commitment": found}, request) if found else ""


def panel_of_plan(request: Any, plan: Any) -> str:
    """On a year's plan: what was undertaken in the reviews before it and is to be done in that year, or still waits."""
    rows = Commitment.objects.visible_to(request.actor).filter(
        review__member=plan.member_id, made_on__year__lt=plan.year
    )
    rows = rows.filter(Q(task__due_on__year=plan.year) | Q(task__state=TaskState.OPEN)).select_related("task")
    found = list(rows.order_by("task__due_on", "pk"))
    return render_to_string("reviews/of_plan.html", {"commitments": found}, request) if found else ""


def panel_of_meeting(request: Any, meeting: Any) -> str:
    """On a regular meeting: the cell's commitments made by then and still open, so that each month hears how far they are (S2-15)."""
    if meeting.kind not in OF_THE_CELL or not request.actor.may(Can.SEE_REVIEWS, meeting.unit):
        return ""
    rows = open_commitments([meeting.unit_id]).filter(made_on__lte=meeting.held_on)
    found = list(rows.annotate(heard=Max("task__progress__noted_on"))[:30])
    return render_to_string("reviews/of_meeting.html", {"commitments": found}, request) if found else ""
