"""How the register of members is read."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from chibo.access.actor import Actor
from chibo.access.selectors import in_force
from chibo.core.vietnamese import fold
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import COUNTED, EXPECTED


def visible_members(actor: Actor) -> QuerySet[Member]:
    """The members this actor may see, in Vietnamese order of given names."""
    return Member.objects.visible_to(actor).select_related("unit").order_by("sort_key", "pk")


def memberships_on(day: date, units: tuple[int, ...] | list[int]) -> QuerySet[Membership]:
    """Who stands in these units on the day, and how: the base of every percentage."""
    return Membership.objects.filter(in_force(day), unit_id__in=units)


def counted_on(day: date, units: tuple[int, ...] | list[int]) -> QuerySet[Membership]:
    """The members who officially belong to these units on the day (đảng số)."""
    return memberships_on(day, units).filter(condition__in=COUNTED)


def expected_on(day: date, units: tuple[int, ...] | list[int]) -> QuerySet[Membership]:
    """Who is expected to take part: all but the exempt, the temporarily elsewhere and the suspended."""
    return memberships_on(day, units).filter(condition__in=EXPECTED)


def members_of_cell(unit_id: int, day: date) -> QuerySet[Member]:
    """The people of a cell on the day, whatever their condition, in Vietnamese order."""
    here = memberships_on(day, [unit_id]).filter(member=OuterRef("pk"))
    return Member.objects.filter(Exists(here)).order_by("sort_key", "pk")


def membership_of(member: Member, day: date) -> Membership | None:
    """Where and how the member stands on the day: their official place, or the only one they have."""
    rows = Membership.objects.filter(in_force(day), member=member).select_related("unit")
    return min(rows, key=lambda row: row.condition not in COUNTED, default=None)


def posts_on(day: date, units: tuple[int, ...] | list[int]) -> QuerySet[PostTerm]:
    return PostTerm.objects.filter(in_force(day), unit_id__in=units).select_related("member", "unit")


def holder_of(post: str, unit_id: int, day: date) -> Member | None:
    """Who holds the post in the unit on the day."""
    term = PostTerm.objects.filter(in_force(day), unit_id=unit_id, post=post).select_related("member").first()
    return term.member if term else None


def member_of(actor: Actor) -> Member | None:
    """The member behind the account, if it belongs to one."""
    if actor.user is None:
        return None
    return Member.objects.filter(account=actor.user).select_related("unit").first()


def groups_of(ward_id: int) -> QuerySet[Group]:
    """The groups for guidance that the ward's office keeps."""
    return Group.objects.filter(unit_id=ward_id)


def named(query: str) -> Q:
    """The condition that a member's name is found by what was typed, with or without accents."""

    return Q(search_key__contains=fold(query))
