"""What inspections offer to the desk, the cell's book, the search and the page of a task."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import F, Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.core.registry import MOST_HITS, Errand, Event, Hit, Scope
from chibo.inspections.models import Finding, Inspection, Step, Subject
from chibo.inspections.selectors import leads, on_team, own_subjects, visible_inspections
from chibo.inspections.selectors.figures import words_of
from chibo.units.selectors import home_unit

SOON = 5
"""Days before its day when a step begins to show on the desk."""


def errands_of(actor: Actor, today: date) -> Iterator[Errand]:
    """The reports I owe; the next steps of what I lead or am on the team of."""
    owed = own_subjects(actor).filter(
        handed_on__isnull=True, inspection__announced_on__lte=today, inspection__steps__code="self_report",
        inspection__steps__done_on__isnull=True, inspection__steps__waived="",
    )  # fmt: skip
    owed = owed.annotate(due_on=F("inspection__steps__due_on")).order_by("due_on", "pk")
    for subject in owed.select_related("inspection", "unit", "member")[:10]:
        yield Errand(
            _("Báo cáo tự kiểm tra: %(what)s") % {"what": subject.inspection.content},
            _("Viết báo cáo"),
            reverse("inspections:self_report", args=[subject.pk]),
            due=subject.due_on,
        )
    yield from _steps(actor, today)


def _steps(actor: Actor, today: date) -> Iterator[Errand]:
    mine = Q(inspection__team__member__account=actor.user) if actor.user is not None else Q(pk__in=[])
    home = home_unit(actor, Can.LEAD_INSPECTIONS)
    within = mine | Q(unit=home) if home else mine
    rows = Step.objects.filter(
        within, done_on__isnull=True, waived="", due_on__lte=today + timedelta(days=SOON),
        inspection__closed_on__isnull=True,
    )  # fmt: skip
    seen: set[int] = set()
    for step in rows.select_related("inspection").order_by("inspection", "order").distinct():
        if step.inspection_id in seen:
            continue
        seen.add(step.inspection_id)
        yield Errand(
            f"{words_of(step)}: {step.inspection.content}",
            _("Mở"),
            reverse("inspections:inspection", args=[step.inspection_id]),
            due=step.due_on,
        )


def events_of(scope: Scope) -> Iterator[Event]:
    """When conclusions about the unit were made known, as its book tells them."""
    rows = Subject.objects.filter(
        unit_id__in=scope.units, member__isnull=True,
        inspection__published_on__range=(scope.period.first, scope.day),
    ).select_related("inspection__unit")  # fmt: skip
    for subject in rows.order_by("inspection__published_on", "pk"):
        inspection = subject.inspection
        assert inspection.published_on is not None
        url = reverse("inspections:inspection", args=[inspection.pk])
        yield Event(
            inspection.published_on,
            _("Kiểm tra, giám sát"),
            _("Công bố kết luận: %(what)s") % {"what": inspection.content},
            url,
            inspection.unit.name,
        )


def found_by(actor: Actor, words: str) -> Iterator[Hit]:
    """Inspections by what they look at, as far as they concern the actor."""
    for one in visible_inspections(actor).filter(content__icontains=words).order_by("-pk")[:MOST_HITS]:
        yield Hit(
            _("Kiểm tra, giám sát"), one.content, one.unit.name, reverse("inspections:inspection", args=[one.pk])
        )


def panel_of_task(request: Any, task: Any) -> str:
    """On the page of a remedy: what it came from, and for the team the door to verify it."""
    finding = Finding.objects.filter(task=task).select_related("subject__inspection__unit").first()
    if finding is None:
        return ""
    inspection: Inspection = finding.subject.inspection
    works = leads(request.actor, inspection) or on_team(request.actor, inspection)
    known = works or inspection.published_on is not None
    return render_to_string(
        "inspections/of_task.html", {"finding": finding, "inspection": inspection, "works": works, "known": known}
    )
