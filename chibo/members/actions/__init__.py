"""What changes the register: members, posts, groups, and the slips that let people in."""

from __future__ import annotations

from chibo.members.actions.groups import form_group, join_group, leave_group, sort_into_groups
from chibo.members.actions.invitations import invite_members
from chibo.members.actions.opening import open_office
from chibo.members.actions.posts import appoint, end_term
from chibo.members.actions.register import (
    Person,
    admit_member,
    amend_member,
    change_condition,
    recognise_official,
    record_leaving,
    reveal_citizen_id,
    take_in_member,
    take_over_members,
    transfer_member,
)

__all__ = [
    "Person",
    "admit_member",
    "amend_member",
    "appoint",
    "change_condition",
    "end_term",
    "form_group",
    "invite_members",
    "join_group",
    "leave_group",
    "open_office",
    "recognise_official",
    "record_leaving",
    "reveal_citizen_id",
    "sort_into_groups",
    "take_in_member",
    "take_over_members",
    "transfer_member",
]
