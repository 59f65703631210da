"""Who is who, and what posts they hold on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from itertools import count
from typing import Any

from django.apps import apps
from django.db.models import CharField, Model, Q, QuerySet, Value
from django.utils import timezone

from chibo.access.actor import Actor
from chibo.access.charter import Post
from chibo.access.models import Grant, Invitation, User
from chibo.access.rules import username_of


def in_force(day: date, prefix: str = "") -> Q:
    """The condition that a dated row holds on the day (both ends included)."""
    still = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return still & Q(**{f"{prefix}valid_from__lte": day})


def actor_of(user: User) -> Actor:
    """The user with the posts held today, in units that still exist: one query."""
    today = timezone.localdate()
    held = Grant.objects.filter(in_force(today), user=user).exclude(unit__valid_to__lt=today)
    grants = held.values_list("post", "unit__path")
    return Actor(user, tuple((Post(post), path) for post, path in grants))


def actors_among(users: Iterable[User], day: date) -> list[Actor]:
    """Each of the users who holds a post on the day, as ``actor_of`` finds them: one query for all."""
    held: dict[int, list[tuple[Post, str]]] = defaultdict(list)
    people = {user.pk: user for user in users}
    found = Grant.objects.filter(in_force(day), user__in=people).exclude(unit__valid_to__lt=day).order_by("pk")
    for pk, post, path in found.values_list("user_id", "post", "unit__path"):
        held[pk].append((Post(post), path))
    return [Actor(user, tuple(held[pk])) for pk, user in people.items() if pk in held]


def posts_of(user: User) -> QuerySet[Grant]:
    return Grant.objects.filter(user=user).select_related("unit").order_by("-valid_from")


def grants_held(user: User, day: date) -> QuerySet[Grant]:
    """What the account holds on the day or will hold later."""
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return Grant.objects.filter(still, user=user).select_related("unit")


def office_exists() -> bool:
    """Whether the first set-up has been done."""
    return User.objects.exists()


def hash_of_code(code: str) -> str:
    """How an invitation's code is stored; spaces, dashes and case do not matter to whoever types it."""
    return sha256("".join(c for c in code.upper() if c.isalnum()).encode()).hexdigest()


def slip_with(code: str) -> Invitation | None:
    """The slip with this code, used and expired ones too: whether it still opens anything is the action's to say."""
    return Invitation.objects.filter(code_hash=hash_of_code(code)).select_related("user").first()


def free_username(full_name: str) -> str:
    """A log-in name made of the person's name that nobody has: "an.nguyenvan", "an.nguyenvan2"."""
    base = username_of(full_name)
    taken = set(User.objects.filter(username__startswith=base).values_list("username", flat=True))
    numbered = (f"{base}{number}" for number in count(2))
    return base if base not in taken else next(name for name in numbered if name not in taken)


def username_free(username: str) -> bool:
    return not User.objects.filter(username=username.lower()).exists()


def records_told_to(actor: Actor) -> dict[type[Model], list[int]]:
    """By kind, the records about the person behind this actor of which the journal tells them: one query."""
    kinds: dict[str, Any] = {
        kind._meta.label: kind for kind in apps.get_models() if getattr(kind, "told_to_owner", False)
    }
    if actor.user is None:
        return {}
    rows = [
        kind.objects.filter(**{kind.owner.replace(".", "__"): actor.user.pk})
        .order_by()
        .values_list(Value(label, CharField()), "pk")
        for label, kind in kinds.items()
    ]
    found: dict[type[Model], list[int]] = {}
    for label, pk in rows[0].union(*rows[1:], all=True):
        found.setdefault(kinds[label], []).append(pk)
    return found
