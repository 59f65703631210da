"""Accounts for members: opened with the posts they hold, and a slip that lets them in."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import localdate

from chibo.access.actions import HeldPost, invite, open_account
from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.access.gate import action
from chibo.access.models import Invitation
from chibo.access.selectors import free_username, grants_held
from chibo.core.refusal import refuse_if
from chibo.members.models import Member
from chibo.members.rules import objections_to_inviting
from chibo.members.selectors import stands_under, terms_held
from chibo.units.models import Unit
from chibo.units.selectors import setting_on


@action(Can.INVITE)
def invite_members(unit: Unit, *, actor: Actor, members: Sequence[Member]) -> list[Invitation]:
    """Make a slip for each of these members, and an account for who has none. The codes are on ``printed_code`` once.

    An account is always the person's own, and gets the posts they hold. Who holds a post beyond the actor's reach is
    refused, for whoever prints a slip could use it.
    """
    today = localdate()
    days = int(setting_on("members.invitation_days", unit, today))
    return [_slip(unit, member, actor, days) for member in members]


def _slip(unit: Unit, member: Member, actor: Actor, days: int) -> Invitation:
    today = localdate()
    member = Member.objects.select_for_update(of=("self",)).select_related("account").get(pk=member.pk)
    terms = list(terms_held(member, today))
    places = [term.unit for term in terms]
    if member.account is not None:
        places += [grant.unit for grant in grants_held(member.account, today)]
    refuse_if(
        objections_to_inviting(
            is_member=stands_under(member, unit, today) and actor.may(Can.INVITE, member.unit),
            may_hold=all(actor.may(Can.INVITE, place) for place in places),
            name=member.full_name,
        )
    )
    if member.account is None:
        posts = [HeldPost(Post(term.post), term.unit, term.valid_from, term.valid_to) for term in terms]
        member.account = open_account(
            unit, actor=actor, username=free_username(member.full_name), name=member.full_name, posts=posts
        )
        member.save()
    return invite(unit, actor=actor, user=member.account, days=days)
