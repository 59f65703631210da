"""How reviews are read: whose, in which round, and by whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404

from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingKind
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition, Stay
from chibo.members.selectors import memberships_on, posts_on
from chibo.papers.models import Paper
from chibo.programmes.models import Manifestation
from chibo.programmes.selectors import manifestations
from chibo.reviews.models import Comment, Commitment, Review, Round, SelfCheck
from chibo.reviews.rules import (
    PEOPLE,
    Called,
    Duty,
    RuleSet,
    Source,
    Stage,
    Subject,
    blank_for,
    called_to_review,
    here_since,
    rule_set_on,
)
from chibo.units.models import Unit
from chibo.units.rules import Level as UnitLevel
from chibo.units.selectors import home_unit, ids_above, ids_under, setting_on, unit_for, ward_of

LEADING = (Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE)
"""Whose own review is written on the form for leaders (identity of the forms is recalled, [R])."""
IN_COMMITTEE = (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE)


def visible_reviews(actor: Actor) -> QuerySet[Review]:
    """The reviews below the actor's posts, and their own."""
    return Review.objects.visible_to(actor).select_related("unit", "member", "round__unit", "meeting")


def review_for(actor: Actor, pk: int) -> Review:
    """The review, if the actor may see it; otherwise it does not exist for them (404)."""
    found = visible_reviews(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def readable_review_for(actor: Actor, pk: int) -> Review:
    """The same, with what stands in it; who may see only how far it is gets 403."""
    found = review_for(actor, pk)
    actor.require(Can.READ_REVIEWS, found)
    return found


def may_read_self_checks(actor: Actor, review: Review) -> bool:
    return actor.may_on(Can.READ_SELF_CHECKS, review)


def own_reviews(actor: Actor) -> QuerySet[Review]:
    """The reviews of the actor's own person, newest first."""
    if actor.user is None:
        return Review.objects.none()
    rows = Review.objects.filter(member__account=actor.user, subject=Subject.MEMBER).exclude(duty=Duty.NOT_REVIEWED)
    return rows.select_related("unit", "member", "round").order_by("-round__last", "-pk")


def rounds_of(unit: Unit) -> QuerySet[Round]:
    """The rounds of the unit's ward, newest first."""
    return Round.objects.filter(unit=ward_of(unit)).select_related("unit", "guidance")


def latest_round(unit: Unit) -> Round | None:
    return rounds_of(unit).order_by("-last", "-first").first()


def round_for(actor: Actor, pk: int, unit: int) -> tuple[Round, Unit]:
    """A round and the unit of it that is looked at; 404 unless the actor sees that unit's reviews and it lies in the round."""
    here = unit_for(actor, unit, Can.SEE_REVIEWS)
    found = Round.objects.filter(pk=pk).select_related("unit", "guidance").first()
    if found is None or found.unit_id not in (*ids_above(here, found.as_of), here.ward_id):
        raise Http404
    return found, here


def rules_of(found: Round) -> RuleSet:
    """The regulation that governs the round: the one in force when its period ended."""
    return rule_set_on(found.last)


def round_is_taken(unit: Unit, first: date, last: date) -> bool:
    return Round.objects.filter(unit=unit, first=first, last=last).exists()


def guidances_of(unit: Unit) -> QuerySet[Paper]:
    return Paper.objects.filter(unit_id__in=[unit.pk, unit.ward_id]).order_by("-issued_on", "-pk")


def home_of(actor: Actor) -> Unit | None:
    return home_unit(actor, Can.SEE_REVIEWS)


# ------------------------------------------------------------------------------------------ who is called


@dataclass(frozen=True, slots=True)
class Summons:
    """One subject that a round calls, or does not, and on which form."""

    unit_id: int
    subject: Subject
    member: Member | None
    called: Called
    blank: str


def summons_of(found: Round) -> list[Summons]:
    """Everybody who stands in the ward's cells on the round's day, and its collectives: six queries."""
    ids = ids_under(found.unit, found.as_of)
    cells = list(
        Unit.objects.filter(pk__in=ids, level=UnitLevel.CELL).order_by("sort_key").values_list("pk", flat=True)
    )
    rules, least = rules_of(found), int(setting_on("reviews.least_months", found.unit, found.as_of))
    people = list(
        memberships_on(found.as_of, cells).select_related("member").order_by("member__sort_key", "member_id")
    )
    stays = _stays({row.member_id for row in people})
    leaders = _holders(found, [found.unit_id], LEADING)
    lines: list[Summons] = []
    for row in _each_once(people):
        since = here_since(stays[row.member_id], row.unit_id, found.as_of)
        called = called_to_review(row.condition, since, found.as_of, least)
        leads, kind = row.member_id in leaders, row.member.staff_kind
        blank = blank_for(rules, Subject.MEMBER, leads=leads, staff_kind=kind)
        lines.append(Summons(row.unit_id, Subject.MEMBER, row.member, called, blank))
        if leads and called.duty == Duty.REVIEWED:
            lines.append(Summons(found.unit_id, Subject.LEADER, row.member, called, blank))
    reviewed = Called(Duty.REVIEWED)
    collective = blank_for(rules, Subject.CELL, leads=False, staff_kind="")
    lines += [Summons(cell, Subject.CELL, None, reviewed, collective) for cell in cells]
    led = set(posts_on(found.as_of, cells).filter(post__in=IN_COMMITTEE).values_list("unit_id", flat=True))
    lines += [Summons(cell, Subject.CELL_COMMITTEE, None, reviewed, collective) for cell in cells if cell in led]
    return [*lines, Summons(found.unit_id, Subject.WARD_COMMITTEE, None, reviewed, collective)]


def _each_once(people: Iterable[Membership]) -> list[Membership]:
    """One line a member: where they officially belong, before where they are guests."""
    best: dict[int, Membership] = {}
    for row in people:
        if row.member_id not in best or row.condition != Condition.TEMPORARY_HERE:
            best[row.member_id] = row
    return list(best.values())


def _stays(members: Collection[int]) -> dict[int, list[Stay]]:
    found: dict[int, list[Stay]] = {pk: [] for pk in members}
    for row in Membership.objects.filter(member_id__in=members):
        found[row.member_id].append(Stay(row.unit_id, row.standing, row.condition, row.valid_from, row.valid_to))
    return found


def _holders(found: Round, units: list[int], posts: Iterable[Post]) -> set[int]:
    return set(posts_on(found.as_of, units).filter(post__in=list(posts)).values_list("member_id", flat=True))


def called_already(found: Round) -> set[tuple[int | None, int, str]]:
    """(member, unit, subject) that the round has lines for; a member once, wherever they stand."""
    rows = Review.objects.filter(round=found).values_list("member_id", "unit_id", "subject")
    return {(member, 0 if member else unit, subject) for member, unit, subject in rows}


# ------------------------------------------------------------------------------- what belongs to a review


def first_of(review: Review) -> Review:
    """The review in the cell: what a leader's second one rests on; any other is its own first."""
    return review if review.subject != Subject.LEADER else firsts_of([review]).get(review.pk, review)


def firsts_of(reviews: Iterable[Review]) -> dict[int, Review]:
    """The same of many, by the second's number: one query."""
    seconds = {(r.round_id, r.member_id): r.pk for r in reviews if r.subject == Subject.LEADER}
    rows = Review.objects.filter(
        round_id__in={found for found, _m in seconds}, member_id__in={m for _f, m in seconds}, subject=Subject.MEMBER
    )
    found = rows.select_related("member", "unit", "round__unit", "meeting").prefetch_related("judgements")
    return {seconds[r.round_id, r.member_id]: r for r in found if (r.round_id, r.member_id) in seconds}


def seconds_of(reviews: Iterable[Review]) -> dict[int, Review]:
    """A leader's review in the collective they lead, by the number of the one in the cell: one query."""
    firsts = {(r.round_id, r.member_id): r.pk for r in reviews if r.subject == Subject.MEMBER}
    rows = Review.objects.filter(
        round_id__in={found for found, _m in firsts}, member_id__in={m for _f, m in firsts}, subject=Subject.LEADER,
        duty=Duty.REVIEWED,
    ).select_related("unit", "meeting", "member", "round")  # fmt: skip
    return {firsts[r.round_id, r.member_id]: r for r in rows if (r.round_id, r.member_id) in firsts}


def alone_in_committee(reviews: Iterable[Review], day: date) -> set[int]:
    """Reviews of the only person who could propose in their cell: what the ballot carried is the cell's proposal then."""
    there = [r for r in reviews if r.subject == Subject.MEMBER]
    held: dict[int, set[int]] = {}
    for term in posts_on(day, [r.unit_id for r in there]).filter(post__in=IN_COMMITTEE):
        held.setdefault(term.unit_id, set()).add(term.member_id)
    return {r.pk for r in there if held.get(r.unit_id) == {r.member_id}}


def wants_former(reviews: Iterable[Review]) -> set[int]:
    """Reviews of people who came in mid-round, to which the cell they left has said nothing yet."""
    came = {r.pk for r in reviews if r.moved_from_id}
    said = Comment.objects.filter(review_id__in=came, source=Source.FORMER).values_list("review_id", flat=True)
    return came - set(said)


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody whom the register no longer has where the round reviews them; ``to`` is None for who left the ward."""

    review: Review
    to: int | None
    since: date | None


def moves_in(found: Round, day: date) -> list[Move]:
    """Who moved before their review meeting: after it they stay where they were reviewed."""
    here = {
        row.member_id: row
        for row in memberships_on(day, ids_under(found.unit, day))
        if row.condition != Condition.TEMPORARY_HERE
    }
    rows = Review.objects.filter(
        round=found, subject__in=PEOPLE, duty=Duty.REVIEWED, stage__in=(Stage.DUE, Stage.SENT)
    )
    moved = []
    for review in rows.select_related("unit", "member", "round"):
        row = here.get(review.member_id or 0)
        if row is None or (review.subject == Subject.MEMBER and row.unit_id != review.unit_id):
            moved.append(Move(review, row.unit_id if row else None, row.valid_from if row else None))
    return moved


def comments_of(review: Review) -> QuerySet[Comment]:
    return review.comments.all()


def self_checks_of(review: Review) -> QuerySet[SelfCheck]:
    return review.self_checks.select_related("manifestation")


def all_manifestations() -> QuerySet[Manifestation]:
    return manifestations()


def commitments_of(review: Review) -> QuerySet[Commitment]:
    return review.commitments.select_related("task__doer", "task__doer_unit")


def earlier_review_of(review: Review) -> Review | None:
    """The last review of the same subject before this one: what this year is compared with."""
    same = (
        Q(member=review.member, subject=Subject.MEMBER)
        if review.member_id
        else Q(unit=review.unit, subject=review.subject, member=None)
    )
    rows = Review.objects.filter(same, round__last__lt=review.round.last, duty=Duty.REVIEWED)
    return rows.select_related("round").order_by("-round__last", "-pk").first()


def review_meetings_of(unit: Unit, found: Round, today: date) -> QuerySet[Meeting]:
    """The unit's meetings since the round began that may have been its review meeting, the newest first."""
    kinds = (
        MeetingKind.REGULAR, MeetingKind.TOPICAL, MeetingKind.EXTRAORDINARY, MeetingKind.COMMITTEE,
        MeetingKind.CONFERENCE,
    )  # fmt: skip
    rows = Meeting.objects.filter(unit=unit, kind__in=kinds, held_on__range=(found.first, today))
    return rows.filter(held_on__gte=found.opened_on).order_by("-held_on", "-pk")
