"""The first set-up: a province, a ward, its groups for guidance, and the account of its office."""

from __future__ import annotations

from datetime import date

from chibo.access.actions import grant_post, open_account, set_password
from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.access.gate import action
from chibo.access.models import User
from chibo.access.selectors import office_exists
from chibo.core.refusal import refuse_if
from chibo.members.actions.groups import form_group
from chibo.members.rules import DEFAULT_GROUPS, objections_to_opening
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import Level


@action(Can.SHAPE_UNITS)
def open_office(
    centre: Unit,
    *,
    actor: Actor,
    province: str,
    ward: str,
    key: str,
    since: date,
    name: str,
    username: str,
    password: str,
) -> User:
    """Open the ward's office on a new installation, once: only while there is no account at all.

    ``key`` is the ward's short code, ``since`` the day from which the register is kept, ``name`` who keeps it.
    """
    refuse_if(objections_to_opening(open_already=office_exists()))
    city = found_unit(centre, actor=actor, name=province, level=Level.PROVINCE, key=f"{key}-t", on=since)
    here = found_unit(city, actor=actor, name=ward, level=Level.WARD, key=key, on=since)
    for order, group in enumerate(DEFAULT_GROUPS):
        form_group(here, actor=actor, name=group, order=order)
    user = open_account(here, actor=actor, username=username, name=name)
    grant_post(here, actor=actor, user=user, post=Post.CLERK, valid_from=since)
    return set_password(user, actor=Actor(user), password=password)
