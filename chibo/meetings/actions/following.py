"""Who came to a cell's meeting from above is noted here."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc
from chibo.meetings.models import Meeting, Visitor
from chibo.meetings.rules.following import objections_to_visiting
from chibo.members.models import Member
from chibo.members.selectors import memberships_on


@action(Can.KEEP_MEETINGS)
def note_visit(
    meeting: Meeting, *, actor: Actor, member: Member, note: str = "", today: date | None = None
) -> Visitor:
    """A committee member came to the meeting (seeds S2-08, S3-10); noted after closing too: it changes no minutes."""
    refuse_if(
        objections_to_visiting(
            held_on=meeting.held_on,
            today=today,
            is_own=memberships_on(meeting.held_on, [meeting.unit_id]).filter(member=member).exists(),
            is_noted=meeting.visitors.filter(member=member).exists(),
        )
    )
    return Visitor.objects.create(unit=meeting.unit, meeting=meeting, member=member, note=nfc(note))


@action(Can.KEEP_MEETINGS)
def strike_visit(visit: Visitor, *, actor: Actor) -> Meeting:
    """Take back a visit that was noted by mistake."""
    visit.delete()
    return visit.meeting
