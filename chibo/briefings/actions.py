"""Briefings are called, returns written and sent, directions given, conclusions closed here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.db.models import Max

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.briefings.models import Briefing, Direction, Return
from chibo.briefings.rules import (
    Calling,
    objections_to_calling,
    objections_to_calling_off,
    objections_to_changing,
    objections_to_sending,
    objections_to_taking_back,
    objections_to_writing,
    reviewed_by,
)
from chibo.briefings.selectors import (
    cells_to_ask,
    due_days,
    objections_to_doer,
    presiding,
    spans_reviewed,
)
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop, month_of
from chibo.core.vietnamese import nfc, nfc_lines
from chibo.meetings.models import AgendaItem, Correction, Meeting
from chibo.meetings.rules import (
    Closing,
    MeetingKind,
    MeetingState,
    objections_to_closing,
    objections_to_correcting,
    objections_to_hours,
)
from chibo.meetings.rules.kinds import rule_set_on
from chibo.members.models import Member
from chibo.tasks.actions import assign_task
from chibo.tasks.rules import TaskOrigin
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import standing_of

# ----------------------------------------------------------------------------------------------- calling


@action(Can.LEAD_BRIEFINGS)
def call_briefing(
    unit: Unit,
    *,
    actor: Actor,
    rhythm: str,
    held_on: date,
    starts_at: time | None = None,
    place: str = "",
    chair: Member | None = None,
    recorder: Member | None = None,
    reviewed_first: date | None = None,
    reviewed_last: date | None = None,
    returns_due_on: date | None = None,
    bodies: Sequence[str] = (),
) -> Briefing:
    """Convene the ward's briefing and ask every cell standing on that day, and the mass organisations named, for
    their return: all or nothing. What is not said follows from the rhythm and the ward's own setting.

    Returns are due before it is held, so that one sheet shows them all (seed S3-09).
    """
    usual = reviewed_by(rhythm, held_on)
    first, last = reviewed_first or usual.first, reviewed_last or usual.last
    due = returns_due_on or held_on - timedelta(days=due_days(unit, held_on))
    bodies = [nfc(" ".join(body.split())) for body in bodies if body.strip()]
    cells = list(cells_to_ask(unit, held_on))
    asked = Calling(rhythm, held_on, (first, last), due, tuple(bodies))
    refuse_if(
        [
            *objections_to_calling(
                asked,
                is_ward=unit.level == Level.WARD,
                is_open=standing_of(unit, held_on).open,
                has_cells=bool(cells),
                reviewed_already=spans_reviewed(unit, rhythm),
            ),
            *_objections_to_presiding(unit, held_on, chair=chair, recorder=recorder),
        ]
    )
    meeting = Meeting.objects.create(
        unit=unit, kind=MeetingKind.BRIEFING, month=month_of(held_on), held_on=held_on, starts_at=starts_at,
        place=place, chair=chair, recorder=recorder,
    )  # fmt: skip
    AgendaItem.objects.bulk_create(
        AgendaItem(
            unit=unit, meeting=meeting, order=order, kind=item.kind, title=item.title or item.kind.label,
            minutes_planned=item.minutes,
        )
        for order, item in enumerate(rule_set_on(held_on).agendas[MeetingKind.BRIEFING], 1)
    )  # fmt: skip
    briefing = Briefing.objects.create(
        unit=unit, meeting=meeting, rhythm=rhythm, reviewed_first=first, reviewed_last=last, returns_due_on=due
    )
    Return.objects.bulk_create(
        [Return(unit=cell, briefing=briefing) for cell in cells]
        + [Return(unit=unit, briefing=briefing, body=body) for body in bodies]
    )
    return briefing


@action(Can.LEAD_BRIEFINGS)
def arrange_briefing(
    briefing: Briefing,
    *,
    actor: Actor,
    held_on: date,
    returns_due_on: date,
    starts_at: time | None = None,
    place: str = "",
    chair: Member | None = None,
    recorder: Member | None = None,
) -> Briefing:
    """Change when, where and by whom the briefing is held, until it is concluded."""
    meeting = briefing.meeting
    refuse_if(objections_to_changing(meeting.state))
    asked = Calling(briefing.rhythm, held_on, (briefing.reviewed_first, briefing.reviewed_last), returns_due_on)
    refuse_if(
        [
            *objections_to_calling(
                asked,
                is_ward=True,
                is_open=standing_of(briefing.unit, held_on).open,
                has_cells=True,
                reviewed_already=spans_reviewed(briefing.unit, briefing.rhythm, but=briefing.pk),
            ),
            *_objections_to_presiding(briefing.unit, held_on, chair=chair, recorder=recorder),
        ]
    )
    meeting.held_on, meeting.month, meeting.starts_at, meeting.place = held_on, month_of(held_on), starts_at, place
    meeting.chair, meeting.recorder = chair, recorder
    meeting.save()
    briefing.returns_due_on = returns_due_on
    briefing.save()
    return briefing


@action(Can.LEAD_BRIEFINGS)
def call_off_briefing(briefing: Briefing, *, actor: Actor) -> Unit:
    """Take back a briefing called by mistake, with the returns nobody has sent."""
    meeting = briefing.meeting
    sent = briefing.returns.filter(sent_on__isnull=False).count()
    refuse_if(objections_to_calling_off(meeting.state, sent=sent, directions=briefing.directions.count()))
    briefing.delete()
    meeting.delete()
    return briefing.unit


# ----------------------------------------------------------------------------------------------- returns


@action(Can.WRITE_RETURNS)
def write_return(
    ret: Return,
    *,
    actor: Actor,
    results: str,
    next_tasks: str,
    difficulties: str = "",
    proposals: str = "",
    cultivation: str = "",
    shortcomings: str = "",
    causes: str = "",
) -> Return:
    """Keep what is written so far; nobody above reads it before it is sent."""
    refuse_if(objections_to_writing(ret.briefing.meeting.state, sent_on=ret.sent_on))
    return _written(ret, actor, results, next_tasks, difficulties, proposals, cultivation, shortcomings, causes)


@action(Can.WRITE_RETURNS)
def send_return(
    ret: Return,
    *,
    actor: Actor,
    results: str,
    next_tasks: str,
    sent_on: date,
    difficulties: str = "",
    proposals: str = "",
    cultivation: str = "",
    shortcomings: str = "",
    causes: str = "",
    today: date | None = None,
) -> Return:
    """Send the return as it is written here (seed S3-09); sent after the due date, it says so."""
    refuse_if(
        objections_to_sending(
            ret.briefing.meeting.state,
            sent_on=ret.sent_on,
            results=results,
            next_tasks=next_tasks,
            on=sent_on,
            today=today,
        )
    )
    ret.sent_on = sent_on
    return _written(ret, actor, results, next_tasks, difficulties, proposals, cultivation, shortcomings, causes)


@action(Can.WRITE_RETURNS)
def take_back_return(ret: Return, *, actor: Actor, on: date) -> Return:
    """Take a sent return back to mend it, before the day of the briefing; what it said stays as the draft."""
    meeting = ret.briefing.meeting
    refuse_if(objections_to_taking_back(meeting.state, sent_on=ret.sent_on, held_on=meeting.held_on, on=on))
    ret.sent_on = None
    ret.save()
    return ret


# -------------------------------------------------------------------------------------------- directions


@action(Can.LEAD_BRIEFINGS)
def give_direction(
    briefing: Briefing,
    *,
    actor: Actor,
    title: str,
    due_on: date | None,
    measure: str = "",
    units: Sequence[Unit] = (),
    doer: Member | None = None,
    told: str = "",
    override_reason: str = "",
) -> Briefing:
    """What the committee directs becomes a task at once: of a comrade, or of each of the units named.

    ``told`` says to whom in the words of the day ("Các chi bộ", a mass organisation), else it is the doer's name. A
    vague one is refused by the rule of tasks (seed S2-16), unless ``override_reason`` says why it stands.
    """
    meeting = briefing.meeting
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *objections_to_doer(briefing, units=units, doer=doer),
        ]
    )
    order = (briefing.directions.aggregate(last=Max("order"))["last"] or 0) + 1
    for unit in units or [briefing.unit]:
        task = assign_task(
            unit, actor=actor, title=title, measure=measure, doer=doer, doer_unit=None if doer else unit,
            due_on=due_on, assigned_on=meeting.held_on, origin=TaskOrigin.BRIEFING,
            origin_text=f"Giao ban ngày {meeting.held_on:%d/%m/%Y}, ý kiến chỉ đạo số {order}",
            override_reason=override_reason,
        )  # fmt: skip
        Direction.objects.create(
            unit=briefing.unit, briefing=briefing, order=order, told=told or str(doer or unit), task=task
        )
    return briefing


# -------------------------------------------------------------------------------------------- conclusion


@action(Can.LEAD_BRIEFINGS)
def write_conclusion(briefing: Briefing, *, actor: Actor, minutes: str, ends_at: time | None = None) -> Briefing:
    """Keep the minutes as far as they are."""
    meeting = briefing.meeting
    refuse_if([*objections_to_changing(meeting.state), *objections_to_hours(meeting.starts_at, ends_at)])
    meeting.minutes, meeting.ends_at = nfc_lines(minutes), ends_at
    meeting.save()
    return briefing


@action(Can.LEAD_BRIEFINGS)
def conclude_briefing(
    briefing: Briefing,
    *,
    actor: Actor,
    minutes: str,
    closed_on: date,
    ends_at: time | None = None,
    today: date | None = None,
) -> Briefing:
    """Close the briefing with its minutes: refused before it is held, without chair, recorder or text. From then on
    returns and directions stay as they are; what was not sent stays missing."""
    meeting = briefing.meeting
    facts = Closing(
        meeting.state,
        meeting.held_on,
        closed_on,
        minutes,
        (meeting.chair.full_name, "") if meeting.chair else None,
        (meeting.recorder.full_name, "") if meeting.recorder else None,
        starts_at=meeting.starts_at,
        ends_at=ends_at,
    )
    refuse_if(objections_to_closing(facts, today=today))
    meeting.minutes, meeting.closed_on, meeting.ends_at = nfc_lines(minutes), closed_on, ends_at
    meeting.state = MeetingState.CLOSED
    meeting.save()
    return briefing


@action(Can.LEAD_BRIEFINGS)
def correct_conclusion(briefing: Briefing, *, actor: Actor, text: str, corrected_on: date) -> Correction:
    """Add a dated correction to the minutes of a concluded briefing; they stay as they were read and signed."""
    meeting = briefing.meeting
    refuse_if(
        objections_to_correcting(meeting.state, closed_on=meeting.closed_on, corrected_on=corrected_on, text=text)
    )
    return Correction.objects.create(
        unit=briefing.unit, meeting=meeting, corrected_on=corrected_on, text=nfc_lines(text), entered_by=actor.user
    )


# ------------------------------------------------------------------------------------------------ within


def _written(ret: Return, actor: Actor, *texts: str) -> Return:
    ret.results, ret.next_tasks, ret.difficulties, ret.proposals, ret.cultivation, *examined = map(nfc_lines, texts)
    ret.shortcomings, ret.causes = examined
    ret.entered_by = actor.user
    ret.save()
    return ret


def _objections_to_presiding(unit: Unit, day: date, **posts: Member | None) -> list[Objection]:
    """Chair and recorder hold a post in the ward, or in one of its cells, on the day."""
    named = [member.pk for member in posts.values() if member]
    known = set(presiding(unit, day).filter(pk__in=named).values_list("pk", flat=True)) if named else set()
    text = gettext_noop("Đồng chí này không giữ chức vụ nào trong đảng bộ vào ngày giao ban.")
    return [Objection(text, field=field) for field, member in posts.items() if member and member.pk not in known]
