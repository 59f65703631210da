"""How the suggestion box is read: by the office, by whoever follows a letter with its code, and by the public."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Post
from chibo.consultations.models import Suggestion
from chibo.consultations.rules.suggestions import SuggestionState
from chibo.consultations.selectors import code_hash
from chibo.core.vietnamese import fold
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingKind
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import children_of, setting_on

WAITING = (SuggestionState.RECEIVED, SuggestionState.ASSIGNED)


def box_of(pk: int, today: object) -> tuple[Unit, Actor]:
    """The unit whose box is open, and the power that an open box gives to whoever comes by; 404 where it is shut."""
    unit = Unit.objects.filter(pk=pk, level=Level.WARD).first()
    if unit is None or not is_open(unit, today):
        raise Http404
    return unit, Actor(None, ((Post.PASSER_BY, unit.path),))


def is_open(unit: Unit, today: object) -> bool:
    """Whether people may write into the unit's box from outside."""
    return unit.level == Level.WARD and bool(int(setting_on("suggestions.open", unit, today)))  # type: ignore[arg-type]


def suggestions_in(unit: Unit) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(unit__path__startswith=unit.path).select_related(
        "unit", "task__doer", "task__doer_unit"
    )


def narrowed(rows: QuerySet[Suggestion], asked: dict[str, str]) -> QuerySet[Suggestion]:
    """By state or topic; text is not searched: letters are handled one by one, by topic."""
    if asked.get("state"):
        rows = rows.filter(state=asked["state"])
    if asked.get("topic"):
        rows = rows.filter(topic=asked["topic"])
    return rows


def topics_of(unit: Unit) -> list[str]:
    """The topics in use, in Vietnamese order: offered so that they are spelt one way."""
    found = suggestions_in(unit).exclude(topic="").order_by().values_list("topic", flat=True).distinct()
    return sorted(found, key=fold)


def suggestion_for(actor: Actor, pk: int) -> Suggestion:
    found = (
        Suggestion.objects.visible_to(actor)
        .select_related("unit", "meeting", "task__doer", "task__doer_unit")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    return found


def followed_with(code: str) -> Suggestion | None:
    """The letter that this code follows; None, so that a wrong code says nothing of whether there are letters."""
    return Suggestion.objects.filter(code_hash=code_hash(code)).select_related("unit").first()


def published_in(unit: Unit) -> QuerySet[Suggestion]:
    """Answers made public, the latest first."""
    return Suggestion.objects.filter(unit=unit, published_on__isnull=False).order_by("-published_on", "-pk")


def cells_to_settle(unit: Unit) -> QuerySet[Unit]:
    """The cells below the unit today: who may be given a letter to settle."""
    return Unit.objects.filter(pk__in=[one.pk for one in children_of(unit)]).order_by("sort_key")


def contacts_of(unit: Unit) -> QuerySet[Meeting]:
    """Meetings with voters, at which things are said."""
    return Meeting.objects.filter(unit=unit, kind=MeetingKind.CONTACT).order_by("-held_on", "-pk")
