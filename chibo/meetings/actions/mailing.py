"""Invitations that go out by e-mail, where the office has a mail server, to who gave an address (ADR 0035)."""

from __future__ import annotations

from datetime import date

from django.core.mail import EmailMessage
from django.db import transaction
from django_tasks import task

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.access.models import User
from chibo.core.mailing import Ending, may_mail, post_each
from chibo.core.refusal import refuse_if
from chibo.meetings.models import Mailbox, Meeting
from chibo.meetings.rules.mailing import objections_to_mailing
from chibo.meetings.selectors.mailing import addresses_for, letter_of


@action(Can.KEEP_OWN_ACCOUNT)
def give_address(user: User, *, actor: Actor, address: str) -> User:
    """Have invitations sent to this address; an empty one ends it, and the address is forgotten."""
    if address:
        Mailbox.objects.update_or_create(user=user, defaults={"address": address})
    else:
        Mailbox.objects.filter(user=user).delete()
    return user


@action(Can.KEEP_MEETINGS)
def mail_invitations(meeting: Meeting, *, actor: Actor, today: date) -> Meeting:
    """Send the invitation to who is called and gave an address; that the members were told today is noted with it.

    The letters go out aside, once this is stored: a mail server that does not answer holds nobody up.
    """
    refuse_if(
        objections_to_mailing(
            state=meeting.state,
            held_on=meeting.held_on,
            today=today,
            is_configured=may_mail(),
            count=len(addresses_for(meeting)),
        )
    )
    meeting.notified_on = meeting.notified_on or today
    meeting.save()
    transaction.on_commit(lambda: _post.enqueue(meeting.pk))
    return meeting


@task
def _post(pk: int) -> int:
    """Send the letters of a meeting, one to each, so that nobody reads another's address; gives how many were taken.

    An address that the server refuses keeps nobody else's invitation back.
    """
    meeting = Meeting.objects.select_related("unit").get(pk=pk)
    subject, text, calendar = letter_of(meeting)
    letters = []
    for address in addresses_for(meeting):
        letter = EmailMessage(subject, text, to=[address])
        letter.attach("giay-moi.ics", calendar, "text/calendar")
        letters.append((address, letter))
    return sum(ending == Ending.TAKEN for _address, ending in post_each(letters))
