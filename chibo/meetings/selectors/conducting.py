"""How a meeting under way is read: counts of the roll, the item that is on, what was said, voted and resolved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from typing import TypeVar

from django.db.models import Count, FilteredRelation, Model, Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.models import Record
from chibo.core.values import Share
from chibo.meetings.models import AgendaItem, Contribution, Meeting, Mention, ResolutionItem, Vote
from chibo.meetings.rules import FORESEEN, ItemKind, Presence, attendance
from chibo.meetings.rules.conducting import Count as Hands
from chibo.meetings.rules.conducting import Voter, minutes_spent, voting_base
from chibo.meetings.selectors.roll import RollLine, called_to, roll_of
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition
from chibo.units.models import Unit

R = TypeVar("R", bound=Record)


# ---------------------------------------------------------------------------------------------- the roll


@dataclass(frozen=True, slots=True)
class Tally:
    """How far the roll is: present of those who count, how many are not called yet, and the base of votes."""

    share: Share
    unmarked: int
    total: int
    voters: int
    """Official members present."""
    entitled: int
    """All official members who may vote."""


def tally_of(meeting: Meeting) -> Tally:
    """The counts of the roll in one query, however many members: what a tap of the roll call answers."""
    stored = FilteredRelation("member__attendances", condition=Q(member__attendances__meeting=meeting))
    rows = (
        called_to(meeting)
        .annotate(line=stored)
        .values_list("standing", "condition", "line__presence")
        .annotate(n=Count("pk"))
        .order_by()
    )
    told = [
        (standing, condition, presence or FORESEEN.get(condition, ""), n) for standing, condition, presence, n in rows
    ]
    shown = [presence for _standing, _condition, presence, n in told for _ in range(n)]
    voters = (Voter(standing, condition, presence) for standing, condition, presence, n in told for _ in range(n))
    return Tally(attendance(shown), shown.count(""), len(shown), *voting_base(voters))


def voters_of(roll: Iterable[RollLine]) -> tuple[int, int]:
    """(present, all) of those on the roll who may vote."""
    return voting_base(Voter(line.standing, line.condition, line.shown) for line in roll)


def presence_of(meeting: Meeting, member: Member) -> str:
    """How the member is marked; "" if not called yet."""
    line = meeting.attendances.filter(member=member).first()
    return line.presence if line else ""


def meeting_to_call(actor: Actor, pk: int) -> Meeting:
    """The meeting for one tap of its roll, with no more than that needs; 404 as for its page."""
    rows = Meeting.objects.visible_to(actor).select_related("unit").filter(pk=pk)
    found = rows.only("kind", "held_on", "unit__path", "unit__level").first()
    if found is None:
        raise Http404
    return found


def member_to_call(meeting: Meeting, pk: int) -> Member:
    """Whoever is on the roll of the meeting; 404 for anybody else."""
    found = called_to(meeting).filter(member_id=pk).select_related("member").only("member__full_name").first()
    if found is None:
        raise Http404
    return found.member


def attends(meeting: Meeting, member: Member) -> bool:
    """Whether the member is called to the meeting, or came to it as a visitor."""
    return called_to(meeting).filter(member=member).exists() or meeting.visitors.filter(member=member).exists()


def marks_of(meeting: Meeting) -> dict[int, list[str]]:
    """Member → [presence, reason] of everybody called so far: what two who take the roll at once compare."""
    rows = meeting.attendances.values_list("member_id", "presence", "reason")
    return {member: [presence, reason] for member, presence, reason in rows}


# ------------------------------------------------------------------------------------------ the run sheet


@dataclass(frozen=True, slots=True)
class Turn:
    """One item of the run sheet with all that happened under it."""

    item: AgendaItem
    speeches: list[Contribution]
    votes: list[Vote]
    resolved: list[ResolutionItem]

    @property
    def is_on(self) -> bool:
        return self.item.began_at is not None and self.item.ended_at is None

    @property
    def is_over(self) -> bool:
        return self.item.ended_at is not None

    @property
    def minutes(self) -> int | None:
        return minutes_spent(self.item.began_at, self.item.ended_at)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A meeting as its chair sees it."""

    turns: list[Turn]
    votes: list[Vote]
    """Votes that belong to no item."""
    resolved: list[ResolutionItem]
    mentions: list[Mention]

    @property
    def current(self) -> Turn | None:
        """The item that is on; the last one begun if several are."""
        return next((turn for turn in reversed(self.turns) if turn.is_on), None)

    @property
    def next(self) -> Turn | None:
        """The item that has not begun yet and comes first."""
        return next((turn for turn in self.turns if turn.item.began_at is None), None)

    @property
    def began_at(self) -> time | None:
        return min((turn.item.began_at for turn in self.turns if turn.item.began_at), default=None)

    @property
    def planned(self) -> int:
        return sum(turn.item.minutes_planned for turn in self.turns)

    @property
    def speeches(self) -> int:
        return sum(len(turn.speeches) for turn in self.turns)

    @property
    def speakers(self) -> int:
        """How many different members spoke (seed S2-07)."""
        return len({speech.member_id for turn in self.turns for speech in turn.speeches})

    @property
    def all_votes(self) -> list[Vote]:
        return [*(vote for turn in self.turns for vote in turn.votes), *self.votes]


def sheet_of(meeting: Meeting) -> Sheet:
    """The run sheet of the meeting: five queries, however long it is."""
    items = list(meeting.agenda.select_related("presenter", "paper", "programme"))
    said = _by_item(Contribution.objects.filter(item__meeting=meeting).select_related("member"))
    voted = _by_item(meeting.votes.all())
    resolved = list(meeting.resolved.select_related("doer", "doer_unit", "task", "item"))
    mentions = list(meeting.mentions.select_related("member"))
    turns = [
        Turn(item, said.get(item.pk, []), voted.get(item.pk, []), [r for r in resolved if r.item_id == item.pk])
        for item in items
    ]
    return Sheet(turns, voted.get(None, []), resolved, mentions)


M = TypeVar("M", bound=Model)


def _by_item(rows: Iterable[M]) -> dict[int | None, list[M]]:
    found: dict[int | None, list[M]] = {}
    for row in rows:
        found.setdefault(row.item_id, []).append(row)  # type: ignore[attr-defined]
    return found


def hands_of(vote: Vote) -> Hands:
    """The vote as the rules see it."""
    return Hands(vote.in_favour, vote.against, vote.abstaining, vote.base, vote.entitled)


def is_adopted(vote: Vote) -> bool:
    return hands_of(vote).is_adopted


def adopting_votes(meeting: Meeting) -> list[Vote]:
    """The votes by which the meeting's resolution may be adopted: those at its conclusion, or at no item at all."""
    votes = meeting.votes.select_related("item")
    return [vote for vote in votes if vote.item is None or vote.item.kind == ItemKind.CLOSING]


def present_of(roll: Iterable[RollLine]) -> list[Member]:
    """Who may take the floor: everybody not marked absent."""
    absent = (Presence.EXCUSED, Presence.UNEXCUSED, Presence.EXEMPT, Presence.ELSEWHERE)
    return [line.member for line in roll if line.shown not in absent]


def attending(meeting: Meeting) -> list[Member]:
    return present_of(roll_of(meeting))


def collectives_of(unit: Unit) -> QuerySet[Unit]:
    """The organisations that may be charged with what a cell resolves: the cell as a whole."""
    return Unit.objects.filter(pk=unit.pk)


# ------------------------------------------------------------------------------------------- one of these


def speech_for(actor: Actor, pk: int) -> Contribution:
    return _seen(Contribution.objects.visible_to(actor).select_related("item__meeting__unit", "member"), pk)


def vote_for(actor: Actor, pk: int) -> Vote:
    return _seen(Vote.objects.visible_to(actor).select_related("meeting__unit"), pk)


def resolved_for(actor: Actor, pk: int) -> ResolutionItem:
    return _seen(ResolutionItem.objects.visible_to(actor).select_related("meeting__unit"), pk)


def mention_for(actor: Actor, pk: int) -> Mention:
    return _seen(Mention.objects.visible_to(actor).select_related("meeting__unit", "member"), pk)


def _seen(rows: QuerySet[R], pk: int) -> R:
    """The record, if it is among those the actor may see; otherwise it does not exist for them (404)."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def expected_still(meeting: Meeting) -> QuerySet[Membership]:
    """Those of the roll whom the register expects to come."""
    return called_to(meeting).filter(condition__in=(Condition.ACTIVE, Condition.TEMPORARY_HERE))
