"""The roll of one meeting: who is on it, how they stand, and what share of them is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext

from chibo.access.charter import Post
from chibo.core.values import Share
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import (
    FORESEEN,
    IN_BASE,
    ON_THE_ROLL,
    PREPARATORY,
    PRESENCE_KEYS,
    MeetingKind,
    Presence,
    attendance,
    attendance_setting_on,
)
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition
from chibo.members.selectors import counted_on, memberships_on, posts_on
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import ids_under, setting_on


@dataclass(frozen=True, slots=True)
class RollLine:
    """One name of the roll. ``presence`` is "" until called; ``foreseen`` is what the register says beforehand."""

    member: Member
    condition: str
    standing: str
    presence: str
    reason: str
    foreseen: str
    version: int
    """Of the line that is stored; 0 where there is none yet."""

    @property
    def shown(self) -> str:
        return self.presence or self.foreseen

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        """What may be answered for this member: (presence, word, key); no exemption for who is not exempt."""
        asked = (Presence.PRESENT, self.foreseen) if self.foreseen else IN_BASE
        offered = [word for word in Presence if word in asked or word == self.presence]
        return [(word.value, gettext(word.label), PRESENCE_KEYS[word]) for word in offered]

    @property
    def words(self) -> str:
        """How the member stands, in words; "" until called."""
        return gettext(Presence(self.shown).label) if self.shown else ""


COMMITTEE_POSTS = (
    Post.WARD_SECRETARY, Post.WARD_DEPUTY, Post.WARD_COMMITTEE, Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE,
)  # fmt: skip
"""Whoever holds one of these in a unit is of its committee."""


def standing_at(meeting: Meeting, day: date) -> QuerySet[Membership]:
    """Whom a meeting of this kind may concern on the day, whatever their condition: the cell's people; of a committee's
    own meeting, and of a ward's, those who hold a post in it, as far as posts are on record; of a class, the members
    below its unit, or those of them whom it calls."""
    unit = meeting.unit
    is_cell = unit.level == Level.CELL
    if meeting.kind == MeetingKind.CLASS:
        here = memberships_on(day, [unit.pk]) if is_cell else counted_on(day, ids_under(unit, day))
        return here.filter(member__classes=meeting) if meeting.called.exists() else here
    if is_cell and meeting.kind not in PREPARATORY:
        return memberships_on(day, [unit.pk])
    holders = set(posts_on(day, [unit.pk]).filter(post__in=COMMITTEE_POSTS).values_list("member_id", flat=True))
    if is_cell:
        here = memberships_on(day, [unit.pk])
        return here.filter(member_id__in=holders) if holders else here
    return counted_on(day, ids_under(unit, day)).filter(member_id__in=holders)


def places_of(meeting: Meeting) -> dict[int, int]:
    """Member → the unit that a line of the roll belongs to, where it is not the meeting's own: at a class of the ward
    each cell sees, and is counted by, its own members."""
    if meeting.kind != MeetingKind.CLASS or meeting.unit.level == Level.CELL:
        return {}
    return dict(standing_at(meeting, meeting.held_on).values_list("member_id", "unit_id"))


def called_to(meeting: Meeting) -> QuerySet[Membership]:
    """Who is called to the meeting: the base of its roll, its counts and its votes."""
    return standing_at(meeting, meeting.held_on).filter(condition__in=ON_THE_ROLL)


def roll_of(meeting: Meeting) -> list[RollLine]:
    """Everybody of the cell on the day of the meeting, in Vietnamese order, with how they stand: two queries."""
    people = called_to(meeting).select_related("member").order_by("member__sort_key", "member_id")
    stored = {line.member_id: line for line in meeting.attendances.all()}
    return [_line(row, stored.get(row.member_id)) for row in people]


def roll_line_of(meeting: Meeting, member: int) -> RollLine:
    """The line of one member of the meeting's cell; who does not belong to it has none (404)."""
    row = called_to(meeting).select_related("member").filter(member_id=member).first()
    if row is None:
        raise Http404
    return _line(row, meeting.attendances.filter(member_id=member).first())


def _line(row: Membership, stored: Attendance | None) -> RollLine:
    foreseen = FORESEEN.get(Condition(row.condition), "")
    return RollLine(
        row.member,
        row.condition,
        row.standing,
        stored.presence if stored else "",
        stored.reason if stored else "",
        foreseen,
        stored.version if stored else 0,
    )


def grouped(roll: Iterable[RollLine]) -> list[tuple[str, list[RollLine]]]:
    """The roll as a meeting's page shows it: how people stand, in words, and who; those not called last."""
    lines = list(roll)
    found = [(gettext(word.label), [line for line in lines if line.shown == word]) for word in Presence]
    return [group for group in [*found, ("", [line for line in lines if not line.shown])] if group[1]]


def share_of(roll: Iterable[RollLine]) -> Share:
    return attendance(line.shown for line in roll)


def people_on_leave(meeting: Meeting) -> dict[int, tuple[str, str]]:
    """Member → (presence, reason) of those whom the register says need not be called."""
    rows = standing_at(meeting, meeting.held_on).filter(condition__in=FORESEEN)
    return {pk: (FORESEEN[Condition(kind)], "") for pk, kind in rows.values_list("member_id", "condition")}


def conditions_on(meeting: Meeting, day: date, members: Collection[int]) -> dict[int, tuple[str, str]]:
    """(name, condition) by id, of those among the members whom the meeting would concern on the day."""
    rows = standing_at(meeting, day).filter(member_id__in=members)
    return {
        pk: (name, condition)
        for pk, name, condition in rows.values_list("member_id", "member__full_name", "condition")
    }


def belonging(unit_id: int, day: date, members: Iterable[int | None]) -> set[int]:
    """Which of the members stood in the unit on the day, or held a post in it."""
    asked = [pk for pk in members if pk is not None]
    here = memberships_on(day, [unit_id]).filter(member_id__in=asked).values_list("member_id")
    posted = posts_on(day, [unit_id]).filter(member_id__in=asked).order_by().values_list("member_id")
    return {pk for (pk,) in here.union(posted)}


def attendance_target(unit: Unit, day: date) -> int:
    """The share of members, in percent, that should be present on the day (HD 12-2018: 85; HD 42-2025: 90)."""
    return int(setting_on(attendance_setting_on(day), unit, day))
