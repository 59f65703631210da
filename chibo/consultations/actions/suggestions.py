"""Letters of the suggestion box come in, are assigned, answered, published and, when their time is over, erased here."""

from __future__ import annotations

import secrets
from datetime import date

from django.db.models import Q

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.consultations.models import Suggestion
from chibo.consultations.rules.suggestions import (
    CODE_LETTERS,
    Channel,
    SuggestionState,
    erased_on,
    objections_to_answering,
    objections_to_assigning,
    objections_to_dropping_in,
    objections_to_publishing,
)
from chibo.consultations.selectors import code_hash
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc, nfc_lines
from chibo.meetings.models import Meeting
from chibo.members.models import Member
from chibo.tasks.actions import assign_task
from chibo.tasks.rules import TaskOrigin
from chibo.units.models import Unit
from chibo.units.selectors import setting_on

CODE_LENGTH = 10


@action(Can.DROP_SUGGESTIONS)
def drop_suggestion(
    unit: Unit, *, actor: Actor, text: str, received_on: date, sender: str = "", contact: str = ""
) -> Suggestion:
    """Somebody writes to the open box, with or without a name; the code with which to follow it is given back once.

    Nothing else is kept of who wrote: no address, no account, no hour.
    """
    refuse_if(objections_to_dropping_in(text=text))
    return _received(unit, Channel.BOX, text, received_on, sender, contact)


@action(Can.HANDLE_SUGGESTIONS)
def note_suggestion(
    unit: Unit,
    *,
    actor: Actor,
    channel: str,
    text: str,
    received_on: date,
    sender: str = "",
    contact: str = "",
    meeting: Meeting | None = None,
    today: date | None = None,
) -> Suggestion:
    """The office enters what came on paper, or what was said at a meeting with voters (seed S3-06)."""
    refuse_if(objections_to_dropping_in(text=text, received_on=received_on, today=today))
    return _received(unit, channel, text, received_on, sender, contact, meeting)


@action(Can.HANDLE_SUGGESTIONS)
def assign_suggestion(
    suggestion: Suggestion,
    *,
    actor: Actor,
    topic: str,
    due_on: date | None,
    on: date,
    handler: Unit | None = None,
    doer: Member | None = None,
) -> Suggestion:
    """Sort it by topic and give it to somebody by a day: a duty like any other. The duty names the topic, no writer."""
    refuse_if(
        objections_to_assigning(
            suggestion.state, has_doer=bool(handler or doer), topic=topic, due_on=due_on,
            received_on=suggestion.received_on,
        )
    )  # fmt: skip
    topic = nfc(topic)
    suggestion.task = assign_task(
        suggestion.unit, actor=actor, title=f"Giải quyết góp ý của nhân dân: {topic}", assigned_on=on, due_on=due_on,
        measure="1 văn bản trả lời", doer=doer, doer_unit=handler if doer is None else None,
        origin=TaskOrigin.OTHER, origin_text=f"Góp ý nhận ngày {suggestion.received_on:%d/%m/%Y}",
    )  # fmt: skip
    suggestion.topic, suggestion.due_on, suggestion.state = topic, due_on, SuggestionState.ASSIGNED
    suggestion.save()
    return suggestion


@action(Can.HANDLE_SUGGESTIONS)
def answer_suggestion(
    suggestion: Suggestion, *, actor: Actor, answer: str, answered_on: date, dismissed: bool = False
) -> Suggestion:
    """Answer it, or say why it is not taken up; whoever wrote reads it with their code."""
    refuse_if(
        objections_to_answering(
            suggestion.state, text=answer, answered_on=answered_on, received_on=suggestion.received_on
        )
    )
    suggestion.answer = nfc_lines(answer)
    suggestion.answered_on = answered_on
    suggestion.state = SuggestionState.DISMISSED if dismissed else SuggestionState.ANSWERED
    suggestion.save()
    return suggestion


@action(Can.HANDLE_SUGGESTIONS)
def publish_answer(suggestion: Suggestion, *, actor: Actor, summary: str, published_on: date) -> Suggestion:
    """Make the answer public under a summary that the office writes; the letter itself stays where it is."""
    refuse_if(objections_to_publishing(suggestion.state, summary=summary))
    suggestion.summary, suggestion.published_on = nfc(summary), published_on
    suggestion.save()
    return suggestion


@action(Can.HANDLE_SUGGESTIONS)
def withdraw_answer(suggestion: Suggestion, *, actor: Actor) -> Suggestion:
    """Take a published answer back."""
    suggestion.published_on = None
    suggestion.save()
    return suggestion


@action(Can.HANDLE_SUGGESTIONS)
def erase_suggestions(unit: Unit, *, actor: Actor, today: date) -> Unit:
    """Erase for good what was handled so long ago that it need not be kept: rows are deleted; the journal never had the
    texts. Topics and dates stay with the duties they became."""
    done = Q(state__in=(SuggestionState.ANSWERED, SuggestionState.DISMISSED), answered_on__lt=today)
    for one in Suggestion.objects.filter(done, unit__path__startswith=unit.path).select_related("unit"):
        months = int(setting_on("suggestions.kept_months", one.unit, today))
        if one.answered_on and erased_on(one.answered_on, months) < today:
            one.delete()
    return unit


# ------------------------------------------------------------------------------------------------- within


def _received(
    unit: Unit, channel: str, text: str, received_on: date, sender: str, contact: str, meeting: Meeting | None = None
) -> Suggestion:
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    letter = Suggestion.objects.create(
        unit=unit, channel=channel, text=nfc_lines(text), received_on=received_on,
        sender=nfc(sender), contact=nfc(contact), meeting=meeting, code_hash=code_hash(code),
    )  # fmt: skip
    letter.printed_code = code
    return letter
