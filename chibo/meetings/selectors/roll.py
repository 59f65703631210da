"""The roll of one meeting: who is on it, how they stand, and what share of them is there."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.http import Http404
from django.utils.translation import gettext

from chibo.core.values import Share
from chibo.meetings.models import Attendance, Meeting
from chibo.meetings.rules import (
    FORESEEN,
    IN_BASE,
    ON_THE_ROLL,
    PRESENCE_KEYS,
    Presence,
    attendance,
    attendance_setting_on,
)
from chibo.members.models import Member, Membership
from chibo.members.rules import Condition
from chibo.members.selectors import memberships_on
from chibo.units.models import Unit
from chibo.units.selectors import setting_on


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


def roll_of(meeting: Meeting) -> list[RollLine]:
    """Everybody of the cell on the day of the meeting, in Vietnamese order, with how they stand: two queries."""
    people = (
        memberships_on(meeting.held_on, [meeting.unit_id])
        .filter(condition__in=ON_THE_ROLL)
        .select_related("member")
        .order_by("member__sort_key", "member_id")
    )
    stored = {line.member_id: line for line in meeting.attendances.all()}
    return [_line(row, stored.get(row.member_id)) for row in people]


def roll_line_of(meeting: Meeting, member: int) -> RollLine:
    """The line of one member of the meeting's cell; who does not belong to it has none (404)."""
    people = memberships_on(meeting.held_on, [meeting.unit_id]).select_related("member")
    row = people.filter(member_id=member, condition__in=ON_THE_ROLL).first()
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
    rows = memberships_on(meeting.held_on, [meeting.unit_id]).filter(condition__in=FORESEEN)
    return {pk: (FORESEEN[Condition(kind)], "") for pk, kind in rows.values_list("member_id", "condition")}


def conditions_on(unit_id: int, day: date, members: Collection[int]) -> dict[int, tuple[str, str]]:
    """(name, condition) by id, of those among the members who stood in the cell on the day."""
    rows = memberships_on(day, [unit_id]).filter(member_id__in=members)
    return {
        pk: (name, condition)
        for pk, name, condition in rows.values_list("member_id", "member__full_name", "condition")
    }


def belonging(unit_id: int, day: date, members: Iterable[int | None]) -> set[int]:
    """Which of the members stood in the cell on the day."""
    asked = [pk for pk in members if pk is not None]
    return set(memberships_on(day, [unit_id]).filter(member_id__in=asked).values_list("member_id", flat=True))


def attendance_target(unit: Unit, day: date) -> int:
    """The share of members, in percent, that should be present on the day (HD 12-2018: 85; HD 42-2025: 90)."""
    return int(setting_on(attendance_setting_on(day), unit, day))
