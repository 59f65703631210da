"""What a meeting under way writes down: turns, the floor, open votes, what is resolved, whom it mentions."""

from __future__ import annotations

from datetime import date, time

from django.db.models import Max

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import Objection, gettext_noop
from chibo.meetings.models import AgendaItem, Contribution, Meeting, Mention, ResolutionItem, Vote
from chibo.meetings.rules import objections_to_changing
from chibo.meetings.rules.conducting import (
    Count,
    objections_to_mentioning,
    objections_to_resolving,
    objections_to_speaking,
    objections_to_turns,
    objections_to_voting,
)
from chibo.meetings.selectors import belonging
from chibo.meetings.selectors.conducting import attends, presence_of, tally_of
from chibo.members.models import Member
from chibo.units.models import Unit

# ------------------------------------------------------------------------------------------------- turns


@action(Can.KEEP_MEETINGS)
def begin_item(item: AgendaItem, *, actor: Actor, at: time) -> AgendaItem:
    """Take up an item at this hour; the one that was on ends. Taken up again, it runs on from its first hour."""
    refuse_if(objections_to_changing(item.meeting.state))
    on = AgendaItem.objects.filter(meeting_id=item.meeting_id, began_at__isnull=False, ended_at__isnull=True)
    for other in on.exclude(pk=item.pk):
        other.ended_at = max(at, other.began_at or at)
        other.save()
    item.began_at, item.ended_at = item.began_at or at, None
    item.save()
    return item


@action(Can.KEEP_MEETINGS)
def finish_item(item: AgendaItem, *, actor: Actor, at: time) -> AgendaItem:
    """Leave an item at this hour."""
    refuse_if([*objections_to_changing(item.meeting.state), *objections_to_turns(item.began_at, at)])
    item.ended_at = at
    item.save()
    return item


@action(Can.KEEP_MEETINGS)
def time_item(item: AgendaItem, *, actor: Actor, began_at: time | None, ended_at: time | None) -> AgendaItem:
    """Put right when an item began and ended."""
    refuse_if([*objections_to_changing(item.meeting.state), *objections_to_turns(began_at, ended_at)])
    item.began_at, item.ended_at = began_at, ended_at
    item.save()
    return item


# ------------------------------------------------------------------------------------------------- floor


@action(Can.KEEP_MEETINGS)
def give_floor(item: AgendaItem, *, actor: Actor, member: Member, text: str = "") -> Contribution:
    """Note that a member spoke on the item, and, if it is written down, what they said (seed S2-07)."""
    meeting = item.meeting
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *_objections_to_stranger(meeting, member, is_here=attends(meeting, member)),
            *objections_to_speaking(presence_of(meeting, member), member.full_name),
        ]
    )
    return Contribution.objects.create(unit=item.unit, item=item, member=member, text=text)


@action(Can.KEEP_MEETINGS)
def note_speech(speech: Contribution, *, actor: Actor, text: str) -> Contribution:
    """Write down what a member said."""
    refuse_if(objections_to_changing(speech.item.meeting.state))
    speech.text = text
    speech.save()
    return speech


@action(Can.KEEP_MEETINGS)
def strike_speech(speech: Contribution, *, actor: Actor) -> AgendaItem:
    """Take a speaker off the list who was put there by mistake."""
    refuse_if(objections_to_changing(speech.item.meeting.state))
    speech.delete()
    return speech.item


# ------------------------------------------------------------------------------------------------- votes


@action(Can.KEEP_MEETINGS)
def take_vote(
    meeting: Meeting,
    *,
    actor: Actor,
    question: str,
    in_favour: int,
    against: int = 0,
    abstaining: int = 0,
    item: AgendaItem | None = None,
) -> Vote:
    """Keep an open vote: hands counted of the official members present, whom the roll names (seed S4-11).

    The base is kept as the roll stood then. Refused where the hands do not add up to it, or where not more than half
    of all official members are there (Charter, art. 9).
    """
    tally = tally_of(meeting)
    count = Count(in_favour, against, abstaining, tally.voters, tally.entitled)
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *_objections_to_strange_item(meeting, item),
            *objections_to_voting(count),
        ]
    )
    return Vote.objects.create(
        unit=meeting.unit, meeting=meeting, item=item, question=question, in_favour=in_favour, against=against,
        abstaining=abstaining, base=count.base, entitled=count.entitled,
    )  # fmt: skip


@action(Can.KEEP_MEETINGS)
def strike_vote(vote: Vote, *, actor: Actor) -> Meeting:
    """Take back a vote that was entered by mistake."""
    refuse_if(objections_to_changing(vote.meeting.state))
    vote.delete()
    return vote.meeting


# ---------------------------------------------------------------------------------------------- resolved


@action(Can.KEEP_MEETINGS)
def resolve_matter(
    meeting: Meeting,
    *,
    actor: Actor,
    what: str,
    doer: Member | None = None,
    doer_unit: Unit | None = None,
    due_on: date | None = None,
    measure: str = "",
    is_local: bool = False,
    override_reason: str = "",
    item: AgendaItem | None = None,
) -> ResolutionItem:
    """Keep one thing the meeting resolved: what, who, by when, how measured (seed S2-16). It becomes a task when the
    meeting is closed. A vague one is refused with the reason, unless the secretary says why it stands as it is."""
    _refuse_matter(meeting, what, doer, doer_unit, due_on, measure, override_reason, item)
    last = meeting.resolved.aggregate(last=Max("order"))["last"] or 0
    return ResolutionItem.objects.create(
        unit=meeting.unit, meeting=meeting, item=item, order=last + 1, what=what, doer=doer, doer_unit=doer_unit,
        due_on=due_on, measure=measure, is_local=is_local, override_reason=override_reason,
    )  # fmt: skip


@action(Can.KEEP_MEETINGS)
def amend_matter(
    resolved: ResolutionItem,
    *,
    actor: Actor,
    what: str,
    doer: Member | None = None,
    doer_unit: Unit | None = None,
    due_on: date | None = None,
    measure: str = "",
    is_local: bool = False,
    override_reason: str = "",
    item: AgendaItem | None = None,
) -> ResolutionItem:
    """Say more exactly what the meeting resolved, until it is closed."""
    item = item or resolved.item
    _refuse_matter(resolved.meeting, what, doer, doer_unit, due_on, measure, override_reason, item)
    resolved.what, resolved.doer, resolved.doer_unit, resolved.due_on = what, doer, doer_unit, due_on
    resolved.measure, resolved.is_local, resolved.override_reason = measure, is_local, override_reason
    resolved.item = item
    resolved.save()
    return resolved


@action(Can.KEEP_MEETINGS)
def strike_matter(resolved: ResolutionItem, *, actor: Actor) -> Meeting:
    """Drop an item that the meeting did not resolve after all."""
    refuse_if(objections_to_changing(resolved.meeting.state))
    resolved.delete()
    return resolved.meeting


# -------------------------------------------------------------------------------------------------- words


@action(Can.KEEP_MEETINGS)
def mention_member(meeting: Meeting, *, actor: Actor, member: Member, kind: str, text: str) -> Mention:
    """The meeting commends, reminds or criticises one of its members (seed S2-12)."""
    refuse_if(
        [
            *objections_to_changing(meeting.state),
            *objections_to_mentioning(kind, text),
            *_objections_to_stranger(meeting, member, is_here=_stands_in(meeting, member)),
        ]
    )
    return Mention.objects.create(unit=meeting.unit, meeting=meeting, member=member, kind=kind, text=text)


@action(Can.KEEP_MEETINGS)
def strike_mention(mention: Mention, *, actor: Actor) -> Meeting:
    """Take back a mention that was entered by mistake."""
    refuse_if(objections_to_changing(mention.meeting.state))
    mention.delete()
    return mention.meeting


# ------------------------------------------------------------------------------------------------- within


def _refuse_matter(
    meeting: Meeting,
    what: str,
    doer: Member | None,
    doer_unit: Unit | None,
    due_on: date | None,
    measure: str,
    override_reason: str,
    item: AgendaItem | None,
) -> None:
    found = [*objections_to_changing(meeting.state), *_objections_to_strange_item(meeting, item)]
    if doer is not None and doer_unit is not None:
        found.append(
            Objection(gettext_noop("Chọn một đồng chí hoặc một tập thể, không chọn cả hai."), field="doer_unit")
        )
    if doer is not None:
        found += _objections_to_stranger(meeting, doer, "doer", is_here=_stands_in(meeting, doer))
    found += objections_to_resolving(
        what=what, doer=str(doer or doer_unit or ""), due_on=due_on, measure=measure, held_on=meeting.held_on,
        override_reason=override_reason,
    )  # fmt: skip
    refuse_if(found)


def _stands_in(meeting: Meeting, member: Member) -> bool:
    """Whether the member is of the meeting's unit or of one below it on that day."""
    return member.pk in belonging(meeting.unit_id, meeting.held_on, [member.pk])


def _objections_to_stranger(
    meeting: Meeting, member: Member, field: str = "member", *, is_here: bool
) -> list[Objection]:
    """Only who is called to the meeting, or visits it, speaks there; only the unit's own are mentioned and charged."""
    if is_here:
        return []
    return [
        Objection(
            gettext_noop("Đồng chí %(name)s không sinh hoạt ở chi bộ vào ngày %(day)s."),
            params={"name": member.full_name, "day": f"{meeting.held_on:%d/%m/%Y}"},
            field=field,
        )
    ]


def _objections_to_strange_item(meeting: Meeting, item: AgendaItem | None) -> list[Objection]:
    if item is None or item.meeting_id == meeting.pk:
        return []
    return [Objection(gettext_noop("Nội dung này không thuộc cuộc họp."), field="item")]
