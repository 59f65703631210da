"""How exemplars are read: their road, where they may be presented, by what they may be commended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Min, Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from chibo.access.actor import Actor
from chibo.core.registry import Column, Scope
from chibo.core.tables import Filter, State, link_to
from chibo.core.vietnamese import fold
from chibo.core.words import choices
from chibo.meetings.models import Meeting
from chibo.members.models import Member
from chibo.members.selectors import memberships_on
from chibo.outreach.models import Exemplar, Item, RoadStep
from chibo.outreach.rules import ItemKind
from chibo.outreach.rules.exemplars import APPROVED, Step
from chibo.outreach.selectors import TIED
from chibo.papers.models import Paper
from chibo.units.models import Unit
from chibo.units.selectors import ids_under

ORDER = ("-found_on", "-pk")


def exemplars_in(scope: Scope) -> QuerySet[Exemplar]:
    """What the units of the scope found in its period."""
    span = (scope.period.first, scope.period.last)
    return Exemplar.objects.filter(unit_id__in=scope.units, found_on__range=span)


def narrowed(rows: QuerySet[Exemplar], asked: Mapping[str, str]) -> QuerySet[Exemplar]:
    if asked.get("show") in set(Step):
        rows = rows.filter(state=asked["show"])
    words = fold(asked.get("q", ""))[:80]
    if words:
        rows = rows.filter(search_key__contains=words)
    return rows.select_related(*TIED, "member", "praised_unit")


def filters() -> list[Filter]:
    return [Filter("show", _("Trạng thái"), choices(Step))]


def road_of(exemplar: Exemplar) -> QuerySet[RoadStep]:
    """Every step with its day, in order."""
    return exemplar.road.select_related("meeting", "item", "paper", "unit").order_by("on", "pk")


def last_day_of(exemplar: Exemplar) -> date:
    """The day of its last step."""
    latest: date | None = exemplar.road.aggregate(latest=Max("on"))["latest"]
    return latest or exemplar.found_on


def approved_on(exemplar: Exemplar) -> date | None:
    """The day of its first approval."""
    return exemplar.road.filter(step=Step.APPROVED).order_by("on").values_list("on", flat=True).first()


def furthest_of(exemplar: Exemplar) -> Step:
    """How far an approved exemplar has come: its presentations and commendations stay when its text is approved anew."""
    steps = set(exemplar.road.values_list("step", flat=True))
    return next((step for step in (Step.COMMENDED, Step.PRESENTED) if step in steps), Step.APPROVED)


def unpresented(scope: Scope) -> QuerySet[Any]:
    """Approved exemplars of the scope that were presented nowhere, with the day of their first approval."""
    shown = RoadStep.objects.filter(step=Step.PRESENTED).values("exemplar_id")
    rows = Exemplar.objects.filter(unit_id__in=scope.units, state__in=APPROVED).exclude(pk__in=shown)
    return rows.annotate(approved_on=Min("road__on", filter=Q(road__step=Step.APPROVED)))


def people_of(unit: Unit, day: date) -> QuerySet[Member]:
    """The members of the unit and below it on the day, by name."""
    here = memberships_on(day, ids_under(unit, day)).values("member")
    return Member.objects.filter(pk__in=here).order_by("sort_key", "pk")


def units_of(unit: Unit, day: date) -> QuerySet[Unit]:
    return Unit.objects.filter(pk__in=ids_under(unit, day)).order_by("sort_key")


def meetings_to_present(actor: Actor, unit: Unit) -> QuerySet[Meeting]:
    """The meetings of the unit and its ward that the actor sees, latest first."""
    rows = Meeting.objects.visible_to(actor).filter(
        Q(unit__path__startswith=unit.path) | Q(unit=unit.ward_id or unit.pk)
    )
    return rows.filter(held_on__range=_lately()).select_related("unit").order_by("-held_on", "-pk")


def items_to_present(actor: Actor, unit: Unit) -> QuerySet[Item]:
    """What the unit and its ward published, as far as the actor sees it, latest first."""
    rows = Item.objects.visible_to(actor).filter(
        Q(unit__path__startswith=unit.path) | Q(unit=unit.ward_id or unit.pk)
    )
    told = (ItemKind.PORTAL, ItemKind.LOUDSPEAKER, ItemKind.BULLETIN, ItemKind.TELEVISION)
    return rows.filter(kind__in=told, held_on__range=_lately()).order_by("-held_on", "-pk")


def decisions_for(actor: Actor, unit: Unit) -> QuerySet[Paper]:
    """The papers that the actor sees of the unit and those above it: a commendation is often the ward's."""
    above = [int(pk) for pk in unit.path.split("/") if pk]
    rows = Paper.objects.visible_to(actor).filter(Q(unit_id__in=above) | Q(unit__path__startswith=unit.path))
    return rows.order_by("-issued_on", "-pk")


def _lately() -> tuple[date, date]:
    """What a form offers: the last two years up to today, so that the list stays one that people can look through."""
    today = localdate()
    return today - timedelta(days=731), today


_KINDS = {
    Step.FOUND: "info",
    Step.PROPOSED: "due",
    Step.RETURNED: "due",
    Step.APPROVED: "ok",
    Step.PRESENTED: "ok",
    Step.COMMENDED: "ok",
}


def state_of(exemplar: Exemplar) -> State:
    return State(exemplar.get_state_display(), _KINDS[Step(exemplar.state)])


COLUMNS = (
    Column(_("Người, tập thể"), str, 28, link=link_to("outreach:exemplar")),
    Column(_("Việc làm tốt"), "title", 44),
    Column(_("Nơi phát hiện"), "unit.name", 24),
    Column(_("Ngày"), "found_on", 12, "date"),
    Column(_("Trạng thái"), state_of, 22, "state"),
)
