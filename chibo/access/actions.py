"""Accounts are opened, posts granted and withdrawn here: powers follow posts."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.access.gate import action
from chibo.access.models import Grant, Invitation, User
from chibo.access.rules import objections_to_claiming, objections_to_granting, objections_to_weakness
from chibo.access.selectors import grants_held, hash_of_code
from chibo.core.refusal import refuse_if

if TYPE_CHECKING:
    from chibo.units.models import Unit

CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
INVITATION_DAYS = 30


class HeldPost(NamedTuple):
    """A post that somebody holds already, by the register, when their account is opened."""

    post: Post
    unit: Unit
    valid_from: date
    valid_to: date | None = None


@action(Can.INVITE)
def open_account(unit: Unit, *, actor: Actor, username: str, name: str, posts: Iterable[HeldPost] = ()) -> User:
    """Open an account without a password: only an invitation's holder can set one.

    It is granted the ``posts`` held already, none outside the units where the actor may invite.
    """
    user = User(username=username.lower(), name=name)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    for held in posts:
        actor.require(Can.INVITE, held.unit)
        refuse_if(objections_to_granting(held.post, held.unit.level, held.valid_from, held.valid_to))
        Grant.objects.create(
            user=user, post=held.post, unit=held.unit, valid_from=held.valid_from, valid_to=held.valid_to
        )
    return user


@action(Can.INVITE)
def invite(unit: Unit, *, actor: Actor, user: User, days: int = INVITATION_DAYS) -> Invitation:
    """Make a fresh code for the account's slip; an earlier unused code dies. The code is on ``printed_code`` once.

    An account that holds a post where the actor may not invite is left alone (``PermissionDenied``): whoever prints a
    slip could use it.
    """
    for grant in grants_held(user, timezone.localdate()):
        actor.require(Can.INVITE, grant.unit)
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(12))
    invitation, _ = Invitation.objects.update_or_create(
        user=user,
        defaults={
            "code_hash": hash_of_code(code),
            "expires_at": timezone.now() + timedelta(days=days),
            "used_at": None,
        },
    )
    invitation.printed_code = code
    return invitation


@action(Can.KEEP_OWN_ACCOUNT)
def set_password(user: User, *, actor: Actor, password: str) -> User:
    """Set one's own password; a slip that was not used yet dies."""
    return _set_password(user, password)


@action(Can.KEEP_OWN_ACCOUNT)
def claim_account(user: User, *, actor: Actor, code_hash: str, password: str) -> User:
    """The holder of a slip sets the first password, or a new one; the slip is used up, once and for all."""
    slip = Invitation.objects.select_for_update().filter(user=user, code_hash=code_hash).first()
    refuse_if(
        objections_to_claiming(
            known=slip is not None and user.is_active,
            used=slip is not None and slip.used_at is not None,
            expired=slip is not None and slip.expires_at <= timezone.now(),
        )
    )
    return _set_password(user, password)


def _set_password(user: User, password: str) -> User:
    try:
        validate_password(password, user)
    except ValidationError as weak:
        refuse_if(objections_to_weakness(error.code or "" for error in weak.error_list))
    user.set_password(password)
    user.save(update_fields=["password"])
    Invitation.objects.filter(user=user).update(used_at=timezone.now())
    return user


@action(Can.INVITE)
def close_account(unit: Unit, *, actor: Actor, user: User) -> User:
    """Nobody logs in with the account any more; what it did stays in the journal under its name."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    Invitation.objects.filter(user=user).delete()
    return user


@action(Can.KEEP_OWN_ACCOUNT)
def note_looked(user: User, *, actor: Actor, at: datetime) -> User:
    """I have seen what changed on my desk up to this moment."""
    user.looked_at = at
    user.save(update_fields=["looked_at"])
    return user


@action(Can.KEEP_OWN_ACCOUNT)
def prefer(user: User, *, actor: Actor, **preferences: str | bool) -> User:
    """Keep how one likes to see the pages: ``language``, ``large_type``, ``theme``."""
    for name, value in preferences.items():
        setattr(user, name, value)
    user.full_clean(exclude=["password"])
    user.save(update_fields=list(preferences))
    return user


@action(Can.APPOINT)
def grant_post(
    unit: Unit, *, actor: Actor, user: User, post: Post, valid_from: date, valid_to: date | None = None
) -> Grant:
    """The account holds the post in the unit in that time, and with it the post's powers."""
    refuse_if(objections_to_granting(post, unit.level, valid_from, valid_to))
    grant, _ = Grant.objects.update_or_create(
        user=user, post=post, unit=unit, valid_from=valid_from, defaults={"valid_to": valid_to}
    )
    return grant


@action(Can.LEAD_INSPECTIONS)
def grant_sight(
    unit: Unit, *, actor: Actor, users: Iterable[User], valid_from: date, valid_to: date | None = None
) -> Unit:
    """These accounts see the unit as members of an inspection team, from that day, to this one once it is known.

    The one post that whoever leads inspections grants, and ends by giving its last day.
    """
    refuse_if(objections_to_granting(Post.TEAM_MEMBER, unit.level, valid_from, valid_to))
    for user in users:
        Grant.objects.update_or_create(
            user=user, post=Post.TEAM_MEMBER, unit=unit, valid_from=valid_from, defaults={"valid_to": valid_to}
        )
    return unit


@action(Can.KEEP_CONGRESSES)
def grant_counting(unit: Unit, *, actor: Actor, users: Iterable[User], since: date) -> Unit:
    """These accounts, and no others, count ballots in the unit: who is not among them counts no more, at once.

    The one post that whoever keeps a congress grants. It opens a count only to who is elected to its committee.
    """
    refuse_if(objections_to_granting(Post.COUNTER, unit.level, since, None))
    here, kept = Grant.objects.filter(unit=unit, post=Post.COUNTER), list(users)
    here.exclude(user__in=kept).delete()
    for user in kept:
        if not here.filter(user=user).exists():
            Grant.objects.create(user=user, post=Post.COUNTER, unit=unit, valid_from=since)
    return unit


@action(Can.APPOINT)
def end_post(unit: Unit, *, actor: Actor, user: User, post: Post, last_day: date) -> Unit:
    """The post, and its powers, end with that day."""
    held = Grant.objects.filter(user=user, post=post, unit=unit)
    held.filter(valid_from__gt=last_day).delete()
    held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last_day)).update(valid_to=last_day)
    return unit
