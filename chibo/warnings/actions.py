"""The weekly letter of what is short (ADR 0037): wanted or not, claimed before it is sent, refused or put off."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from datetime import date
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.timezone import localdate
from django_tasks import task

from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.access.models import User
from chibo.core.mailing import Ending, may_mail, post_each, said_of
from chibo.core.refusal import refuse_if
from chibo.units.models import Unit
from chibo.warnings.models import Digest
from chibo.warnings.rules import objections_to_writing
from chibo.warnings.selectors.digests import Due, digest_of, digests_due, letter_of

log = logging.getLogger(__name__)


@action(Can.KEEP_OWN_ACCOUNT)
def choose_digest(user: User, *, actor: Actor, wanted: bool) -> User:
    """Have the weekly letter, or have it no more."""
    Digest.objects.update_or_create(user=user, defaults={"wanted": wanted})
    return user


@action(Can.SET_RULES)
def send_digests(unit: Unit, *, actor: Actor, today: date) -> Unit:
    """Have the letters written that are due below the unit; for every night.

    They go out aside, once this is stored: a mail server that does not answer holds nobody up.
    """
    if may_mail():
        transaction.on_commit(lambda: _post.enqueue(unit.pk))
    return unit


@action(Can.SET_RULES)
def claim_digest(unit: Unit, *, actor: Actor, user: User, today: date) -> Digest:
    """Take it upon oneself to write to this person this week. Refused if it is done already, whoever did it.

    What breaks after this costs the person a letter; it never gives them two.
    """
    before = digest_of(user)
    refuse_if(objections_to_writing(wanted=before.wanted, last=before.sent_on, today=today))
    claimed, _made = Digest.objects.update_or_create(
        user=user, defaults={"sent_on": today, "refused_on": None, "put_off_on": None}
    )
    return claimed


@action(Can.SET_RULES)
def note_refusal(unit: Unit, *, actor: Actor, user: User, today: date, again: bool) -> Unit:
    """The server did not take the letter: for good, or (``again``) it is tried the next night."""
    said = {"sent_on": None, "put_off_on": today} if again else {"refused_on": today}
    Digest.objects.filter(user=user).update(**said)
    return unit


@action(Can.SET_RULES)
def put_off_digests(unit: Unit, *, actor: Actor, users: Collection[User], today: date) -> Unit:
    """The server could not be reached: who waits for a letter is told so, and the office; the next night tries again."""
    for user in users:
        Digest.objects.update_or_create(user=user, defaults={"put_off_on": today})
    return unit


@task
def _post(pk: int) -> int:
    """Write the letters of today; gives how many the server took."""
    unit, today = Unit.objects.get(pk=pk), localdate()
    waiting, taken = {due.user: due for due in digests_due(unit, today)}, 0
    try:
        for user, ending in post_each(_claimed(unit, waiting, today)):
            taken += ending == Ending.TAKEN
            if ending in (Ending.LATER, Ending.REFUSED):
                note_refusal(unit, actor=SETUP, user=user, today=today, again=ending == Ending.LATER)
    except (SMTPException, OSError) as broken:
        log.warning("%s Các thư chờ đến đêm mai.", said_of(broken))
        put_off_digests(unit, actor=SETUP, users=waiting, today=today)
    return taken


def _claimed(unit: Unit, waiting: dict[User, Due], today: date) -> Iterator[tuple[User, EmailMessage]]:
    """Each letter, once it is certain that nobody else sends it; it waits no longer."""
    while waiting:
        due = waiting.pop(next(iter(waiting)))
        try:
            claim_digest(unit, actor=SETUP, user=due.user, today=today)
        except ValidationError:
            continue
        subject, text = letter_of(due)
        yield due.user, EmailMessage(subject, text, to=[due.address], headers={"Auto-Submitted": "auto-generated"})
