"""Meetings are convened, rolls called, minutes written and closed here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time

from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import Conflict, error_of, refuse_if, refuse_unseen
from chibo.core.values import Objection, gettext_noop, month_of
from chibo.meetings.actions.closing import close_meeting, correct_minutes, write_minutes
from chibo.meetings.models import AgendaItem, Attendance, Meeting
from chibo.meetings.rules import (
    Convening,
    Mark,
    MeetingKind,
    objections_to_calling_off,
    objections_to_changing,
    objections_to_convening,
    objections_to_leading,
    objections_to_marking,
)
from chibo.meetings.rules.kinds import assembled, objections_to_calling, objections_to_preparing
from chibo.meetings.selectors import (
    belonging,
    conditions_on,
    month_is_taken,
    people_on_leave,
    places_of,
)
from chibo.meetings.selectors.agenda import occasion_of
from chibo.members.models import Member
from chibo.units.models import Unit
from chibo.units.selectors import standing_of


@action(Can.KEEP_MEETINGS)
def convene_meeting(
    unit: Unit,
    *,
    actor: Actor,
    held_on: date,
    kind: str = MeetingKind.REGULAR,
    month: date | None = None,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    chair: Member | None = None,
    recorder: Member | None = None,
    guests: str = "",
    topic: str = "",
    online: bool = False,
    prepares: Meeting | None = None,
) -> Meeting:
    """Call the cell (or its committee) together, with the agenda of that kind of meeting in that kind of cell and what
    the records say is due; ``month`` is any day of the month it counts for, that of ``held_on`` unless said.
    ``prepares`` is the cell's meeting that a committee meeting prepares. It may be entered after the fact."""
    month = month_of(month or held_on)
    refuse_if(
        [
            *objections_to_calling(kind, unit.level),
            *_objections_to_setting(unit, Convening(kind, month, held_on, starts_at, ends_at), chair, recorder),
            *_objections_to_prepared(unit, kind, held_on, prepares),
        ]
    )
    agenda = assembled(occasion_of(unit, kind, held_on, topic))
    meeting = Meeting.objects.create(
        unit=unit, kind=kind, month=month, held_on=held_on, starts_at=starts_at, ends_at=ends_at, place=place,
        chair=chair, recorder=recorder, guests=guests, topic=topic, online=online, prepares=prepares,
    )  # fmt: skip
    AgendaItem.objects.bulk_create(
        AgendaItem(
            unit=unit, meeting=meeting, order=order, kind=item.kind, title=item.title, minutes_planned=item.minutes,
            programme_id=item.programme,
        )
        for order, item in enumerate(agenda, 1)
    )  # fmt: skip
    return meeting


@action(Can.KEEP_MEETINGS)
def arrange_meeting(
    meeting: Meeting,
    *,
    actor: Actor,
    held_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    chair: Member | None = None,
    recorder: Member | None = None,
    guests: str = "",
    topic: str = "",
    online: bool = False,
    prepares: Meeting | None = None,
) -> Meeting:
    """Change when, where and by whom the meeting is held, until it is closed. Whoever is already on the roll must
    belong to the cell on the new day as well."""
    asked = Convening(meeting.kind, meeting.month, held_on, starts_at, ends_at)
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *_objections_to_setting(meeting.unit, asked, chair, recorder, but=meeting.pk),
            *_objections_to_prepared(meeting.unit, meeting.kind, held_on, prepares),
        ]
    )
    if held_on != meeting.held_on:
        called = {line.member_id: (line.presence, line.reason) for line in meeting.attendances.all()}
        refuse_if(_objections_to_roll(meeting, called, held_on=held_on))
    meeting.held_on, meeting.starts_at, meeting.ends_at = held_on, starts_at, ends_at
    meeting.place, meeting.chair, meeting.recorder, meeting.guests = place, chair, recorder, guests
    meeting.topic, meeting.online, meeting.prepares = topic, online, prepares
    meeting.save()
    return meeting


@action(Can.KEEP_MEETINGS)
def call_off_meeting(meeting: Meeting, *, actor: Actor) -> Unit:
    """Take back a meeting convened by mistake, as long as nothing of it is recorded."""
    refuse_if(objections_to_calling_off(meeting.state, has_roll=meeting.attendances.exists()))
    try:
        meeting.delete()
    except ProtectedError:
        refuse_if([Objection(gettext_noop("Cuộc họp đã có nội dung ghi nhận, không thể hủy triệu tập."))])
    return meeting.unit


@action(Can.KEEP_MEETINGS)
def call_roll(
    meeting: Meeting,
    *,
    actor: Actor,
    presences: Mapping[int, tuple[str, str]],
    seen: Mapping[int, int] | None = None,
    today: date | None = None,
) -> list[Attendance]:
    """Call the roll for several members or all at once: ``presences`` maps member id to (presence, reason).

    The exempt and the temporarily elsewhere are filled in from the register; those not named stay as they are.
    A refusal names everybody it concerns, and nothing is written. ``seen`` are the versions of the lines that the
    person was looking at: a line that somebody else changed in between raises ``Conflict``.
    """
    refuse_if(objections_to_changing(meeting.state))
    stored = {line.member_id: line for line in meeting.attendances.select_related("member", "changed_by")}
    refuse_unseen(
        found
        for member, version in (seen or {}).items()
        if member in presences
        for found in _unseen(stored.get(member), version)
    )
    refuse_if(_objections_to_roll(meeting, presences, held_on=meeting.held_on, today=today))
    asked = {pk: presence for pk, presence in people_on_leave(meeting).items() if pk not in stored} | dict(presences)
    changed = [
        _amended(stored[pk], *how, actor)
        for pk, how in asked.items()
        if pk in stored and (stored[pk].presence, stored[pk].reason) != how
    ]
    places = places_of(meeting)
    Attendance.objects.bulk_update(changed, ["presence", "reason", "version", "changed_by", "changed_at"])
    return changed + Attendance.objects.bulk_create(
        Attendance(
            unit_id=places.get(pk, meeting.unit_id), meeting=meeting, member_id=pk, month=meeting.month,
            presence=how[0], reason=how[1], version=1, changed_by=actor.user, changed_at=timezone.now(),
        )
        for pk, how in asked.items()
        if pk not in stored
    )  # fmt: skip


@action(Can.KEEP_MEETINGS)
def mark_presence(
    meeting: Meeting,
    *,
    actor: Actor,
    member: Member,
    presence: str,
    reason: str = "",
    seen: int | None = None,
    today: date | None = None,
) -> Attendance | None:
    """Call one member; an empty ``presence`` takes the call back. ``seen`` is the version of the line that the
    person was looking at (0: none yet); a line that somebody else changed since raises ``Conflict``."""
    refuse_if(objections_to_changing(meeting.state))
    line = meeting.attendances.filter(member=member).first()
    if line is not None:
        line.member = member
    refuse_unseen(_unseen(line, seen))
    if not presence:
        if line is not None:
            line.delete()
        return None
    how = (presence, reason)
    refuse_if(_objections_to_roll(meeting, {member.pk: how}, held_on=meeting.held_on, today=today))
    place = places_of(meeting).get(member.pk, meeting.unit_id)
    line = _amended(
        line or Attendance(unit_id=place, meeting=meeting, member=member, month=meeting.month), *how, actor
    )
    line.save()
    return line


@action(Can.KEEP_MEETINGS)
def note_item(item: AgendaItem, *, actor: Actor, notes: str, title: str | None = None) -> AgendaItem:
    """Write down what was said and concluded under an item, or name the item more closely."""
    refuse_if(objections_to_changing(item.meeting.state))
    item.notes = notes
    item.title = title or item.title
    item.save()
    return item


# ---------------------------------------------------------------------------------------------- within


def _objections_to_setting(
    unit: Unit, asked: Convening, chair: Member | None, recorder: Member | None, *, but: int | None = None
) -> Iterable[Objection]:
    posts = {"chair": chair.pk if chair else None, "recorder": recorder.pk if recorder else None}
    yield from objections_to_convening(
        asked,
        is_open=standing_of(unit, asked.held_on).open,
        month_taken=asked.kind == MeetingKind.REGULAR and month_is_taken(unit, asked.month, but=but),
    )
    yield from objections_to_leading(belonging(unit.pk, asked.held_on, posts.values()), **posts)


def _objections_to_prepared(unit: Unit, kind: str, held_on: date, prepares: Meeting | None) -> Iterable[Objection]:
    if prepares is not None:
        yield from objections_to_preparing(
            kind,
            held_on,
            prepared_kind=prepares.kind,
            prepared_on=prepares.held_on,
            same_unit=prepares.unit_id == unit.pk,
        )


def _objections_to_roll(
    meeting: Meeting, presences: Mapping[int, tuple[str, str]], *, held_on: date, today: date | None = None
) -> Iterable[Objection]:
    belong = conditions_on(meeting, held_on, presences.keys())
    strangers = dict(Member.objects.filter(pk__in=presences.keys() - belong.keys()).values_list("pk", "full_name"))
    for pk, (presence, reason) in presences.items():
        name, condition = belong.get(pk, (strangers.get(pk, str(pk)), None))
        yield from objections_to_marking(Mark(name, condition, presence, reason), held_on=held_on, today=today)


def _amended(line: Attendance, presence: str, reason: str, actor: Actor) -> Attendance:
    line.presence, line.reason = presence, reason
    line.version, line.changed_by, line.changed_at = line.version + 1, actor.user, timezone.now()
    return line


def _unseen(line: Attendance | None, seen: int | None) -> Iterator[Conflict]:
    """Somebody else called this member since the person looked: who, and what they wrote."""
    if seen is None or line is None or line.version == seen:
        return
    text = gettext_noop("%(who)s vừa điểm danh đồng chí %(name)s: %(presence)s. Hãy xem lại rồi chọn lần nữa.")
    params: dict[str, object] = {
        "who": line.changed_by.name if line.changed_by else _("Người khác"),
        "name": line.member.full_name,
        "presence": " – ".join(filter(None, (line.get_presence_display(), line.reason))),
    }
    yield Conflict(error_of(Objection(text, params=params)).message, code="conflict", params=params)


__all__ = ["close_meeting", "correct_minutes", "write_minutes"]
