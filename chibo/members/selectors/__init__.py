"""How the register of members is read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from chibo.access.actor import Actor
from chibo.access.charter import Post
from chibo.access.selectors import in_force
from chibo.core.vietnamese import fold
from chibo.members.models import Group, Member, Membership, PostTerm
from chibo.members.rules import CELL_POSTS, COUNTED, EXPECTED, Stay
from chibo.units.models import Unit
from chibo.units.selectors import ids_under, ward_of


def visible_members(actor: Actor) -> QuerySet[Member]:
    """The members this actor may see, in Vietnamese order of given names."""
    return Member.objects.visible_to(actor).select_related("unit").order_by("sort_key", "pk")


def memberships_on(day: date, units: tuple[int, ...] | list[int]) -> QuerySet[Membership]:
    """Who stands in these units on the day, and how: the base of every percentage."""
    return Membership.objects.filter(in_force(day), unit_id__in=units)


def last_days(members: Collection[int], units: Collection[int], day: date) -> dict[int, date]:
    """By member, the last day of any stay in these units that ended before the day."""
    rows = Membership.objects.filter(member__in=members, unit_id__in=units, valid_to__lt=day)
    return dict(rows.order_by().values_list("member_id").annotate(last=Max("valid_to")))


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


def term_of(unit: Unit, on: date) -> str:
    """The term of the unit's committee on the day: numbers of its papers run from 01 within it (rulebook §6.2)."""
    leads = (Post.WARD_SECRETARY, Post.CELL_SECRETARY)
    found = posts_on(on, [unit.pk]).filter(post__in=leads).values_list("term", flat=True).first()
    return found or str(on.year)


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


def stays_of(member: Member) -> list[Stay]:
    """Every membership of the member, oldest first, as the rules see it."""
    rows = member.memberships.order_by("valid_from", "pk")
    return [Stay(row.unit_id, row.standing, row.condition, row.valid_from, row.valid_to) for row in rows]


def home_stay(member: Member) -> Stay | None:
    """Where the member officially stands now, or as whose guest; None if they left."""
    lasting = [stay for stay in stays_of(member) if stay.valid_to is None]
    return min(lasting, key=lambda stay: stay.condition not in COUNTED, default=None)


def is_taken(field: str, number: str, by_other_than: int | None) -> bool:
    """Whether somebody else has this personal number or card."""
    others = Member.objects.filter(**{field: number})
    if by_other_than is not None:
        others = others.exclude(pk=by_other_than)
    return bool(number) and others.exists()


def person_gone(citizen_id: str, folded_name: str) -> Member | None:
    """Somebody of this personal number and name who left the register, so that they can come back as themselves."""
    number = "".join(citizen_id.split())
    if not number:
        return None
    lasting = Membership.objects.filter(member=OuterRef("pk"), valid_to__isnull=True)
    return Member.objects.filter(~Exists(lasting), citizen_id=number, search_key=folded_name).first()


def terms_held(member: Member, day: date) -> QuerySet[PostTerm]:
    """The posts that the member holds on the day, its last one included, or will hold later."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return member.post_terms.filter(still).select_related("unit").order_by("valid_from")


def terms_during(unit: Unit, post: str, first: date, last: date | None) -> QuerySet[PostTerm]:
    """The terms of a post in a unit that share a day with this time (no ``last`` = without end)."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=first)
    rows = PostTerm.objects.filter(still, unit=unit, post=post)
    if last is not None:
        rows = rows.filter(valid_from__lte=last)
    return rows.select_related("unit", "member__account").order_by("valid_from")


def stay_for_post(member: Member, unit: Unit, post: str, day: date) -> Membership | None:
    """The membership that lets the member hold the post on the day: in that cell, or anywhere below the ward.

    Who follows a cell comes from the ward's committee, so from anywhere below the cell's ward.
    """
    if post in CELL_POSTS:
        rows = memberships_on(day, [unit.pk])
    else:
        rows = Membership.objects.filter(in_force(day), unit_id__in=ids_under(ward_of(unit), day))
    return rows.filter(member=member, condition__in=COUNTED).first()


def stands_under(member: Member, unit: Unit, day: date) -> bool:
    """Whether the member officially belongs to the unit, or to a cell below it, on the day."""
    return counted_on(day, ids_under(unit, day)).filter(member=member).exists()


POST_ORDER = {post: order for order, post in enumerate(Post)}


def by_rank(terms: Iterable[PostTerm]) -> list[PostTerm]:
    """The unit's own posts first, then those of its cells; the secretary before the deputy."""
    return sorted(
        terms, key=lambda t: (len(t.unit.path), t.unit.sort_key, POST_ORDER[Post(t.post)], t.member.sort_key)
    )
