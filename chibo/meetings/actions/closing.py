"""Minutes are written, the meeting closed, its resolution issued, its tasks opened, its files kept here."""

from __future__ import annotations

import hashlib
from datetime import date, time
from typing import Any
from uuid import uuid4

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.meetings.models import Attachment, Attendance, Correction, KeptFile, Meeting, Resolution
from chibo.meetings.rules import (
    OF_THE_CELL,
    AttachmentKind,
    MeetingKind,
    MeetingState,
    objections_to_changing,
    objections_to_closing,
    objections_to_correcting,
)
from chibo.meetings.rules.closing import issues_resolution, name_kept, objections_to_detaching
from chibo.meetings.selectors import closing_of, people_on_leave, places_of
from chibo.meetings.selectors.agenda import told_items
from chibo.meetings.selectors.closing import objections_to_resolution_of, resolution_of, resolution_symbol
from chibo.meetings.selectors.document import document_of
from chibo.members.selectors import term_of
from chibo.papers.actions import issue_paper, take_number
from chibo.papers.rules import PaperKind
from chibo.papers.rules.register import kind_of, objections_to_file
from chibo.papers.selectors.kept import facts_kept
from chibo.papers.selectors.register import content_of
from chibo.tasks.actions import assign_task
from chibo.tasks.rules import TaskOrigin

# ----------------------------------------------------------------------------------------------- minutes


@action(Can.KEEP_MEETINGS)
def write_minutes(meeting: Meeting, *, actor: Actor, minutes: str, ends_at: time | None = None) -> Meeting:
    """Keep the minutes as far as they are written; the meeting stays open."""
    refuse_if(objections_to_changing(meeting.state))
    meeting.minutes, meeting.ends_at = minutes, ends_at or meeting.ends_at
    meeting.save(update_fields=["minutes", "ends_at"])
    return meeting


@action(Can.CLOSE_MEETINGS)
def close_meeting(
    meeting: Meeting,
    *,
    actor: Actor,
    minutes: str,
    closed_on: date,
    ends_at: time | None = None,
    self_rating: str = "",
    today: date | None = None,
) -> Meeting:
    """Close the meeting with its minutes (HD 12-HD/BTCTW 2018; HD 42-HD/BTCTW 2025): refused while it is not held,
    the roll is incomplete, nobody is named to chair or record, or nothing is written. From then on nothing of it is
    changed, only corrected.

    What it resolved is issued as a resolution with the next number of the cell's series, refused where it was not
    carried by a vote, and every item becomes a task; both papers are kept as files: all together or nothing. ``self_rating`` is part IV of the
    resolution.
    """
    refuse_if(
        [
            *objections_to_closing(
                closing_of(meeting, minutes=minutes, closed_on=closed_on, ends_at=ends_at), today=today
            ),
            *objections_to_resolution_of(meeting),
        ]
    )
    stored = set(meeting.attendances.values_list("member_id", flat=True))
    places = places_of(meeting)
    Attendance.objects.bulk_create(
        Attendance(
            unit_id=places.get(pk, meeting.unit_id),
            meeting=meeting,
            member_id=pk,
            month=meeting.month,
            presence=presence,
            version=1,
        )
        for pk, (presence, _reason) in people_on_leave(meeting).items()
        if pk not in stored
    )
    meeting.minutes, meeting.closed_on, meeting.state = minutes, closed_on, MeetingState.CLOSED
    meeting.ends_at = ends_at or meeting.ends_at
    meeting.agenda.filter(began_at__isnull=False, ended_at__isnull=True).update(ended_at=meeting.ends_at)
    meeting.save()
    for due, told in told_items(meeting):
        due.notes = told
        due.save(update_fields=["notes"])
    resolved = list(meeting.resolved.select_related("doer", "doer_unit", "item__paper"))
    if issues_resolution(meeting.kind, len(resolved)):
        source = f"Nghị quyết số {_issue(meeting, actor, self_rating).paper.symbol}"
    else:
        source = f"Biên bản {MeetingKind(meeting.kind).label.lower()}"
    for item in resolved:
        item.task = assign_task(
            meeting.unit, actor=actor, title=item.what, measure=item.measure, doer=item.doer, doer_unit=item.doer_unit,
            due_on=item.due_on, assigned_on=meeting.held_on, origin=_origin_of(meeting), is_local=item.is_local,
            origin_text=f"{source} ngày {meeting.held_on:%d/%m/%Y}, mục {item.order}", override_reason=item.override_reason,
            directive=item.item.paper if item.item else None,
        )  # fmt: skip
        item.save(update_fields=["task"])
    KeptFile.objects.create(meeting=meeting, **facts_kept(meeting.unit, document_of(meeting)))
    return meeting


@action(Can.CLOSE_MEETINGS)
def correct_minutes(meeting: Meeting, *, actor: Actor, text: str, corrected_on: date) -> Correction:
    """Add a dated correction to closed minutes; the minutes themselves stay as they were read and signed, and an edition
    with the correction is kept beside them."""
    refuse_if(
        objections_to_correcting(meeting.state, closed_on=meeting.closed_on, corrected_on=corrected_on, text=text)
    )
    correction = Correction.objects.create(
        unit=meeting.unit, meeting=meeting, corrected_on=corrected_on, text=text, entered_by=actor.user
    )
    KeptFile.objects.create(meeting=meeting, correction=correction, **facts_kept(meeting.unit, document_of(meeting)))
    return correction


# ------------------------------------------------------------------------------------------------- files


@action(Can.KEEP_MEETINGS)
def attach_file(meeting: Meeting, *, actor: Actor, kind: str, file: Any) -> Attachment:
    """Keep the scan of a signed paper, or a document, with the meeting, also after it is closed.

    What the file is, its content tells; it is stored under a name of our own and given back under its sender's.
    """
    found: list[Objection] = []
    if kind not in set(AttachmentKind):
        found.append(Objection(gettext_noop("Hãy chọn loại tệp."), field="kind"))
    content = content_of(file)
    refuse_if([*found, *objections_to_file(content)])
    suffix = str(kind_of(content))
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    attachment = Attachment(
        unit=meeting.unit, meeting=meeting, kind=kind, name=name_kept(file.name, suffix), sha256=digest.hexdigest()
    )
    attachment.file.save(f"{uuid4().hex}.{suffix}", file, save=False)
    attachment.save()
    return attachment


@action(Can.KEEP_MEETINGS)
def detach_file(attachment: Attachment, *, actor: Actor) -> Meeting:
    """Take away a file that was kept by mistake, until the meeting is closed."""
    refuse_if(objections_to_detaching(attachment.meeting.state))
    attachment.delete()
    return attachment.meeting


# ------------------------------------------------------------------------------------------------ within


def _issue(meeting: Meeting, actor: Actor, self_rating: str) -> Resolution:
    """The resolution of the meeting, with its number, in the register."""
    term = term_of(meeting.unit, meeting.held_on)
    number = take_number(meeting.unit, actor=actor, kind=PaperKind.RESOLUTION.value, term=term, on=meeting.held_on)
    document = resolution_of(meeting, symbol=resolution_symbol(number.number), self_rating=self_rating)
    paper = issue_paper(number, actor=actor, document=document)
    resolution = Resolution.objects.create(
        unit=meeting.unit, meeting=meeting, paper=paper, adopted_on=meeting.held_on, self_rating=self_rating
    )
    KeptFile.objects.create(meeting=meeting, resolution=resolution, **facts_kept(meeting.unit, document))
    return resolution


def _origin_of(meeting: Meeting) -> str:
    if meeting.kind in OF_THE_CELL:
        return TaskOrigin.RESOLUTION
    return TaskOrigin.BRIEFING if meeting.kind == MeetingKind.BRIEFING else TaskOrigin.DIRECTION
