"""Groups of members for guidance are formed and filled here (seed S0-15)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc
from chibo.members.models import Group, Member
from chibo.members.rules.leading import objections_to_grouping
from chibo.units.models import Unit


@action(Can.KEEP_MEMBERS)
def form_group(unit: Unit, *, actor: Actor, name: str, order: int = 0) -> Group:
    """Form a group in the ward; one that has this name already is found again."""
    return Group.objects.get_or_create(unit=unit, name=nfc(name), defaults={"order": order})[0]


@action(Can.KEEP_MEMBERS)
def join_group(group: Group, *, actor: Actor, members: Sequence[Member]) -> Group:
    """These members belong to the group from now on, beside those already in it."""
    _refuse_strangers(group, members)
    group.members.add(*members)
    return group


@action(Can.KEEP_MEMBERS)
def leave_group(group: Group, *, actor: Actor, members: Sequence[Member]) -> Group:
    """These members belong to the group no more."""
    group.members.remove(*members)
    return group


@action(Can.KEEP_MEMBERS)
def sort_into_groups(unit: Unit, *, actor: Actor, groups: Mapping[Member, Sequence[Group]]) -> Unit:
    """Each of these members belongs to exactly these groups of the ward: a whole page at once."""
    for member, chosen in groups.items():
        actor.require(Can.KEEP_MEMBERS, member)
        for group in chosen:
            _refuse_strangers(group, [member])
        member.groups.set(chosen)
    return unit


def _refuse_strangers(group: Group, members: Sequence[Member]) -> None:
    for member in members:
        refuse_if(objections_to_grouping(name=member.full_name, within=member.unit.path.startswith(group.unit.path)))
