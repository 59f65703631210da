"""A meeting is prepared here: the cell's fixed day, the agenda, the topic, who is told, calendars of telephones."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db.models import F, Max

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.access.models import User
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.meetings.models import AgendaItem, Feed, Meeting, Schedule
from chibo.meetings.rules import ItemKind, MeetingKind, objections_to_changing
from chibo.meetings.rules.preparing import (
    Arranged,
    Fixed,
    objections_to_arranging,
    objections_to_scheduling,
    objections_to_telling,
)
from chibo.meetings.selectors import belonging
from chibo.meetings.selectors.agenda import lines_begun
from chibo.meetings.selectors.feeds import hashed, units_to_follow
from chibo.meetings.selectors.schedule import schedules_of
from chibo.units.models import Unit
from chibo.units.rules import Level

# --------------------------------------------------------------------------------------------- the year


@action(Can.KEEP_MEETINGS)
def set_schedule(
    unit: Unit,
    *,
    actor: Actor,
    valid_from: date,
    starts_at: time,
    place: str = "",
    day_of_month: int | None = None,
    nth: int | None = None,
    weekday: int | None = None,
) -> Schedule:
    """Fix the day of the cell's monthly meeting from a day on (HD 12-HD/BTCTW 2018: each cell fixes one); what was
    fixed before ends the day before."""
    last = schedules_of(unit).first()
    refuse_if(
        objections_to_scheduling(
            Fixed(day_of_month, nth, weekday),
            is_cell=unit.level == Level.CELL,
            valid_from=valid_from,
            since=last.valid_from if last else None,
        )
    )
    if last is not None and last.valid_to is None:
        last.valid_to = valid_from - timedelta(days=1)
        last.save()
    return Schedule.objects.create(
        unit=unit, day_of_month=day_of_month, nth=nth, weekday=weekday, starts_at=starts_at, place=place,
        valid_from=valid_from,
    )  # fmt: skip


# -------------------------------------------------------------------------------------------- the agenda


@action(Can.KEEP_MEETINGS)
def arrange_agenda(meeting: Meeting, *, actor: Actor, lines: Sequence[Arranged]) -> Meeting:
    """Give the meeting this agenda, in this order: lines that stand already are changed, new ones added, those left
    out dropped, unless something is written down under them. A required item that is left out is not refused: the
    page says which guidance asks for it."""
    standing = {item.pk: item for item in meeting.agenda.all()}
    presenters = {line.presenter for line in lines}
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *objections_to_arranging(
                lines,
                standing={pk: item.title for pk, item in standing.items()},
                begun=lines_begun(meeting),
                belong=belonging(meeting.unit_id, meeting.held_on, presenters),
            ),
        ]
    )
    meeting.agenda.exclude(pk__in=[line.item for line in lines if line.item]).delete()
    meeting.agenda.update(order=F("order") + 1000)  # so that no number is held twice while they change places
    for order, line in enumerate(lines, 1):
        item = standing[line.item] if line.item else AgendaItem(unit=meeting.unit, meeting=meeting, kind=line.kind)
        item.order, item.title, item.minutes_planned = order, line.title.strip(), line.minutes
        item.presenter_id = line.presenter
        item.save()
    return meeting


@action(Can.KEEP_MEETINGS)
def choose_topic(meeting: Meeting, *, actor: Actor, topic: str) -> Meeting:
    """Give the meeting a topic, and a regular meeting an item for it before its direction of next month (S2-17)."""
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *([] if topic.strip() else [Objection(gettext_noop("Hãy ghi chuyên đề."), field="topic")]),
        ]
    )
    meeting.topic = topic.strip()
    meeting.save()
    title = f"{ItemKind.TOPIC.label}: {meeting.topic}"[:200]
    if meeting.agenda.filter(kind=ItemKind.TOPIC).update(title=title) or meeting.kind != MeetingKind.REGULAR:
        return meeting
    later = meeting.agenda.filter(kind__in=(ItemKind.DIRECTION, ItemKind.DISCUSSION, ItemKind.CLOSING)).first()
    last = meeting.agenda.aggregate(last=Max("order"))["last"] or 0
    order = later.order if later else last + 1
    meeting.agenda.filter(order__gte=order).update(order=F("order") + 1001)
    meeting.agenda.filter(order__gt=1000).update(order=F("order") - 1000)
    AgendaItem.objects.create(
        unit=meeting.unit, meeting=meeting, order=order, kind=ItemKind.TOPIC, title=title, minutes_planned=30
    )
    return meeting


# ------------------------------------------------------------------------------------------ who is told


@action(Can.KEEP_MEETINGS)
def notify_members(meeting: Meeting, *, actor: Actor, notified_on: date, today: date) -> Meeting:
    """Note the day on which the members were told of content, time and place."""
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *objections_to_telling(notified_on, held_on=meeting.held_on, today=today, field="notified_on"),
        ]
    )
    meeting.notified_on = notified_on
    meeting.save()
    return meeting


@action(Can.KEEP_MEETINGS)
def publish_papers(meeting: Meeting, *, actor: Actor, papers_ready_on: date, today: date) -> Meeting:
    """Note the day on which the documents were put where members read them: the e-handbook, or paper."""
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *objections_to_telling(papers_ready_on, held_on=meeting.held_on, today=today, field="papers_ready_on"),
        ]
    )
    meeting.papers_ready_on = papers_ready_on
    meeting.save()
    return meeting


# -------------------------------------------------------------------------------- calendars of telephones


@action(Can.KEEP_OWN_ACCOUNT)
def open_feed(user: User, *, actor: Actor, unit: Unit | None = None) -> Feed:
    """Make a secret address under which one's telephone reads one's meetings, or those of one cell. The address is in
    ``printed_key`` of the result, now and never again."""
    if unit is not None and not units_to_follow(user).filter(pk=unit.pk).exists():
        refuse_if(
            [Objection(gettext_noop("Hãy chọn chi bộ của mình, hoặc nơi mình xem được lịch họp."), field="unit")]
        )
    key = secrets.token_urlsafe(24)
    feed = Feed.objects.create(user=user, unit=unit, key_hash=hashed(key))
    feed.printed_key = key
    return feed


@action(Can.KEEP_OWN_ACCOUNT)
def revoke_feed(user: User, *, actor: Actor, feed: Feed) -> User:
    """Close an address: whoever has it reads nothing more."""
    Feed.objects.filter(user=user, pk=feed.pk).delete()
    return user
