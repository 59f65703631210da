"""Who follows which cell, and how often they came to its meetings (seeds S2-08, S3-10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext_lazy

from chibo.access.actor import Actor
from chibo.access.charter import WARD_POSTS, Post
from chibo.access.selectors import in_force
from chibo.core.registry import Column, Scope
from chibo.meetings.models import Meeting, Visitor
from chibo.meetings.rules import OF_THE_CELL
from chibo.members.models import Member, PostTerm
from chibo.members.selectors import memberships_on
from chibo.units.selectors import ward_of


@dataclass(frozen=True, slots=True)
class Followed:
    """Somebody who follows a cell in a period: its meetings since then, and those they came to."""

    member: str
    cell: str
    since: date
    until: date | None
    held: int
    attended: int
    last: date | None


COLUMNS = (
    Column(gettext_lazy("Đảng ủy viên"), "member", 28),
    Column(gettext_lazy("Chi bộ"), "cell", 28),
    Column(gettext_lazy("Theo dõi từ"), "since", 14, "date"),
    Column(gettext_lazy("Đến"), "until", 14, "date"),
    Column(gettext_lazy("Số buổi chi bộ họp"), "held", 16, "number"),
    Column(gettext_lazy("Số buổi đã dự"), "attended", 14, "number"),
    Column(gettext_lazy("Lần dự gần nhất"), "last", 16, "date"),
)


def followed_in(scope: Scope) -> list[Followed]:
    """Every assignment that lasted within the period, by cell: three queries."""
    first, last = scope.period.first, min(scope.period.last, scope.today)
    terms = PostTerm.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first),
        unit_id__in=scope.cells,
        post=Post.FOLLOWER,
        valid_from__lte=last,
    ).select_related("member", "unit")
    held: dict[int, list[date]] = {}
    for unit, day in Meeting.objects.filter(
        unit_id__in=scope.cells, kind__in=OF_THE_CELL, held_on__range=(first, last)
    ).values_list("unit_id", "held_on"):
        held.setdefault(unit, []).append(day)
    came: dict[tuple[int, int], list[date]] = {}
    for unit, member, day in Visitor.objects.filter(
        unit_id__in=scope.cells, meeting__held_on__range=(first, last)
    ).values_list("unit_id", "member_id", "meeting__held_on"):
        came.setdefault((unit, member), []).append(day)
    lines = []
    for term in terms.order_by("unit__sort_key", "valid_from", "pk"):
        begin, end = max(first, term.valid_from), min(last, term.valid_to or last)
        visits = [day for day in came.get((term.unit_id, term.member_id), []) if begin <= day <= end]
        days = [day for day in held.get(term.unit_id, []) if begin <= day <= end]
        lines.append(
            Followed(
                term.member.full_name, term.unit.name, term.valid_from, term.valid_to, len(days),
                len(visits), max(visits, default=None),
            )
        )  # fmt: skip
    return lines


def who_may_visit(meeting: Meeting) -> QuerySet[Member]:
    """Who follows the cell on that day, and who holds a post at the ward: not the cell's own members."""
    ward, day = ward_of(meeting.unit), meeting.held_on
    own = memberships_on(day, [meeting.unit_id]).values("member")
    above = PostTerm.objects.filter(in_force(day)).filter(
        Q(unit=meeting.unit_id, post=Post.FOLLOWER) | Q(unit=ward, post__in=WARD_POSTS)
    )
    return Member.objects.filter(pk__in=above.values("member")).exclude(pk__in=own).order_by("sort_key", "pk")


def visitors_of(meeting: Meeting) -> QuerySet[Visitor]:
    return meeting.visitors.select_related("member").order_by("member__sort_key", "pk")


def visit_for(actor: Actor, pk: int) -> Visitor:
    """The visit, if the actor may see its meeting; otherwise it does not exist for them (404)."""
    found = Visitor.objects.visible_to(actor).select_related("meeting", "unit").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
