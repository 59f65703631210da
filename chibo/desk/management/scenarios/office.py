"""An office at work, in few words: what every scenario is told with. Everything passes the gate, as the installation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Post
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting
from chibo.meetings.models import Meeting
from chibo.meetings.rules import Presence
from chibo.members.actions import appoint, join_group, take_in_member
from chibo.members.models import Group, Member
from chibo.members.rules import Standing
from chibo.plans.actions import (
    confirm_plan,
    draft_plan,
    evaluate_cell,
    open_campaign,
    register_plan,
    write_plan,
)
from chibo.plans.models import Campaign, Plan
from chibo.programmes.actions import launch_programme, set_theme
from chibo.programmes.models import Programme, Theme
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from chibo.units.selectors import root
