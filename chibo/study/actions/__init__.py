"""Classes are opened, essays asked for, handed in and found done or not, documents and themes made known here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, time
from typing import Any
from uuid import uuid4

from django.utils.timezone import localdate

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc, nfc_lines
from chibo.meetings.actions import convene_meeting
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingKind
from chibo.members.models import Group, Member
from chibo.papers.models import Paper
from chibo.papers.rules.register import kind_of, objections_to_file
from chibo.papers.selectors.register import content_of
from chibo.programmes.models import Programme, Theme
from chibo.study.models import Dissemination, Essay, Reach, StudyClass
from chibo.study.rules import (
    EssayState,
    Way,
    objections_to_asking,
    objections_to_calling,
    objections_to_handing_in,
    objections_to_marking,
    objections_to_reaching,
    objections_to_recording_class,
    objections_to_spreading,
    objections_to_waiving,
)
from chibo.study.selectors import chosen_for, class_of_meeting, present_at
from chibo.study.selectors.spreading import is_spread, present_in, reach_lines, to_be_reached
from chibo.units.models import Unit
from chibo.units.selectors import ids_under

# ------------------------------------------------------------------------------------------------ classes


@action(Can.KEEP_MEETINGS)
def open_class(
    unit: Unit,
    *,
    actor: Actor,
    title: str,
    held_on: date,
    starts_at: time | None = None,
    ends_at: time | None = None,
    place: str = "",
    online: bool = False,
    chair: Member | None = None,
    recorder: Member | None = None,
    speaker: str = "",
    programme: Programme | None = None,
    theme: Theme | None = None,
    paper: Paper | None = None,
    group: Group | None = None,
    members: Iterable[Member] = (),
) -> StudyClass:
    """Call a class: a meeting of its kind, for all members below the unit, or for a group and for those named."""
    members = list(members)
    called = chosen_for(unit, held_on, group, members) if group is not None or members else []
    refuse_if(
        [
            *objections_to_recording_class(kind=MeetingKind.CLASS, is_recorded=False, title=title),
            *objections_to_calling(len(called), is_chosen=group is not None or bool(members)),
        ]
    )
    meeting = convene_meeting(
        unit, actor=actor, kind=MeetingKind.CLASS, held_on=held_on, starts_at=starts_at, ends_at=ends_at, place=place,
        online=online, chair=chair, recorder=recorder, topic=nfc(title)[:200],
    )  # fmt: skip
    meeting.called.set(called)
    return record_class(
        meeting, actor=actor, title=title, speaker=speaker, programme=programme, theme=theme, paper=paper
    )


@action(Can.KEEP_MEETINGS)
def record_class(
    meeting: Meeting,
    *,
    actor: Actor,
    title: str,
    speaker: str = "",
    programme: Programme | None = None,
    theme: Theme | None = None,
    paper: Paper | None = None,
) -> StudyClass:
    """Say what is studied at a class that is convened already: on which programme, theme, document, by whom."""
    recorded = class_of_meeting(meeting) is not None
    refuse_if(objections_to_recording_class(kind=meeting.kind, is_recorded=recorded, title=title))
    return StudyClass.objects.create(
        unit=meeting.unit, meeting=meeting, title=nfc(title), speaker=nfc(speaker), theme=theme, paper=paper,
        programme=programme or (theme.programme if theme else None),
    )  # fmt: skip


@action(Can.KEEP_MEETINGS)
def amend_class(
    study_class: StudyClass,
    *,
    actor: Actor,
    title: str,
    speaker: str = "",
    programme: Programme | None = None,
    theme: Theme | None = None,
    paper: Paper | None = None,
) -> StudyClass:
    """Word anew what is studied, or tie it to a programme."""
    refuse_if(objections_to_recording_class(kind=MeetingKind.CLASS, is_recorded=False, title=title))
    study_class.title, study_class.speaker, study_class.paper = nfc(title), nfc(speaker), paper
    study_class.theme, study_class.programme = theme, programme or (theme.programme if theme else None)
    study_class.save()
    return study_class


# ------------------------------------------------------------------------------------------------- essays


@action(Can.KEEP_MEETINGS)
def ask_for_essays(study_class: StudyClass, *, actor: Actor, due_on: date) -> StudyClass:
    """Ask everybody who attended for an essay by the day; asked again, whoever the roll added since is asked too."""
    present = present_at(study_class)
    refuse_if(
        objections_to_asking(
            held_on=study_class.meeting.held_on, due_on=due_on, present=len(present), waived=study_class.waived
        )
    )
    asked = set(study_class.essays.values_list("member_id", flat=True))
    Essay.objects.bulk_create(
        Essay(study_class=study_class, member_id=member, unit_id=unit)
        for member, unit in present
        if member not in asked
    )
    study_class.essays_due_on = due_on
    study_class.save()
    return study_class


@action(Can.KEEP_MEETINGS)
def waive_essays(study_class: StudyClass, *, actor: Actor, reason: str) -> StudyClass:
    """Say why no essay is asked after this class."""
    refuse_if(objections_to_waiving(asked=study_class.essays.count(), reason=reason))
    study_class.waived = nfc(reason)
    study_class.save()
    return study_class


@action(Can.DO_STUDY)
def hand_in_essay(
    essay: Essay,
    *,
    actor: Actor,
    text: str = "",
    file: Any = None,
    handed_in_on: date,
    today: date | None = None,
) -> Essay:
    """The member hands in a text or a file; entered by somebody of the cell it says so. The file keeps a name of our own."""
    content = content_of(file) if file else None
    refuse_if(
        [
            *objections_to_handing_in(
                state=essay.state, text=text, has_file=content is not None or bool(essay.file),
                handed_in_on=handed_in_on, held_on=essay.study_class.meeting.held_on, today=today,
            ),
            *(objections_to_file(content) if content else ()),
        ]
    )  # fmt: skip
    essay.text, essay.handed_in_on, essay.state = nfc_lines(text), handed_in_on, EssayState.HANDED_IN
    essay.on_behalf = not actor.owns(essay)
    if content is not None:
        essay.file_name = nfc(file.name or "")[-160:]
        essay.file.save(f"{uuid4().hex}.{kind_of(content)}", file, save=False)
    essay.save()
    return essay


@action(Can.MARK_ESSAYS)
def mark_essay(essay: Essay, *, actor: Actor, mark: str, comment: str = "", marked_on: date | None = None) -> Essay:
    """Find that the essay was done, or what it lacks so that it is written again. No points, nothing of opinion."""
    refuse_if(objections_to_marking(state=essay.state, mark=mark, comment=comment))
    essay.state, essay.comment, essay.marked_on = mark, nfc_lines(comment), marked_on or localdate()
    essay.save()
    return essay


# ----------------------------------------------------------------------------------------- dissemination


@action(Can.LEAD_PROGRAMMES)
def disseminate(
    unit: Unit,
    *,
    actor: Actor,
    opened_on: date,
    due_on: date,
    paper: Paper | None = None,
    theme: Theme | None = None,
    digest: str = "",
    asks: str = "",
) -> Dissemination:
    """Make a document or a theme known to every member below the unit until a day: each gets a line of their own."""
    people = list(to_be_reached(opened_on, ids_under(unit, opened_on)).values_list("member_id", "unit_id"))
    refuse_if(
        objections_to_spreading(
            has_paper=paper is not None, has_theme=theme is not None, already=is_spread(unit, paper, theme),
            opened_on=opened_on, due_on=due_on, people=len(people),
        )
    )  # fmt: skip
    if paper is not None:
        actor.require(Can.SEE_PAPERS, paper)
    made = Dissemination.objects.create(
        unit=unit,
        paper=paper,
        theme=theme,
        opened_on=opened_on,
        due_on=due_on,
        digest=nfc_lines(digest),
        asks=nfc_lines(asks),
    )
    Reach.objects.bulk_create(Reach(dissemination=made, member_id=pk, unit_id=cell) for pk, cell in people)
    return made


@action(Can.LEAD_PROGRAMMES)
def amend_dissemination(
    dissemination: Dissemination, *, actor: Actor, due_on: date, digest: str = "", asks: str = ""
) -> Dissemination:
    """Word the digest anew, or give more time."""
    refuse_if(
        objections_to_spreading(
            has_paper=True, has_theme=False, already=False, opened_on=dissemination.opened_on, due_on=due_on, people=1
        )
    )
    dissemination.due_on, dissemination.digest, dissemination.asks = due_on, nfc_lines(digest), nfc_lines(asks)
    dissemination.save()
    return dissemination


@action(Can.NOTE_REACH)
def note_reached(
    cell: Unit,
    *,
    actor: Actor,
    dissemination: Dissemination,
    members: Collection[int],
    way: str,
    reached_on: date,
    meeting: Meeting | None = None,
    seen: Collection[int] | None = None,
    today: date | None = None,
) -> Dissemination:
    """Say which of the cell's members were reached: ``members`` are all who were, by this page or before it.

    Those added get the day, the way and the meeting; those who are no more among them are to be reached again. ``seen``
    are those who stood as reached when the page was shown: whom somebody else added since is not taken back.
    """
    lines = {line.member.pk: line for line in reach_lines(dissemination, cell, today or localdate())}
    strange = Member.objects.filter(pk__in=set(members) - lines.keys())
    refuse_if(
        objections_to_reaching(
            opened_on=dissemination.opened_on, reached_on=reached_on, way=way,
            strangers=[member.full_name for member in strange], today=today,
            outside=meeting is not None and not present_in(meeting, cell),
        )
    )  # fmt: skip
    how = {"reached_on": reached_on, "way": way, "meeting": meeting}
    added = [line for pk, line in lines.items() if pk in members and not line.is_reached]
    lost = [
        line.reach.pk
        for pk, line in lines.items()
        if line.is_reached and line.reach and pk not in members and (seen is None or pk in seen)
    ]
    dissemination.reaches.filter(pk__in=lost).update(reached_on=None, way="", meeting=None)
    dissemination.reaches.filter(pk__in=[line.reach.pk for line in added if line.reach]).update(**how)
    Reach.objects.bulk_create(
        Reach(dissemination=dissemination, unit=cell, member=line.member, **how)
        for line in added
        if line.reach is None
    )
    return dissemination


@action(Can.DO_STUDY)
def confirm_reading(reach: Reach, *, actor: Actor, today: date | None = None) -> Reach:
    """The member says that they have read it; what was told before stays."""
    if reach.reached_on is None:
        day = today or localdate()
        refuse_if(
            objections_to_reaching(
                opened_on=reach.dissemination.opened_on, reached_on=day, way=Way.PORTAL, today=today
            )
        )
        reach.reached_on, reach.way = day, Way.PORTAL
        reach.save()
    return reach
