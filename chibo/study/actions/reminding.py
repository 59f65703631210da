"""Letters that remind of an essay: to those alone who owe one, each claimed before it is sent (ADR 0037)."""

from __future__ import annotations

import logging
from collections.abc import Iterator
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
from chibo.core.mailing import Ending, may_mail, post_each, said_of
from chibo.core.refusal import refuse_if
from chibo.study.models import Essay, StudyClass
from chibo.study.rules import OWED, may_be_reminded, objections_to_reminding
from chibo.study.selectors.reminding import days_between, owed_of, reminder_of, reminders_due

log = logging.getLogger(__name__)


@action(Can.KEEP_MEETINGS)
def remind_writers(study_class: StudyClass, *, actor: Actor, today: date) -> StudyClass:
    """Write to those of the class whose essay is missing and who gave an address; nobody twice within some days.

    The letters go out aside, once this is stored: a mail server that does not answer holds nobody up.
    """
    refuse_if(
        objections_to_reminding(
            is_configured=may_mail(), asked=study_class.essays_due_on is not None,
            missing=owed_of(study_class).count(), count=len(reminders_due(study_class, today)),
        )
    )  # fmt: skip
    transaction.on_commit(lambda: _post.enqueue(study_class.pk))
    return study_class


@action(Can.DO_STUDY)
def claim_reminder(essay: Essay, *, actor: Actor, today: date, days: int) -> StudyClass:
    """Take it upon oneself to write to this person. Refused if it was done, or the essay is in, whoever did it.

    What breaks after this costs the person a letter; it never gives them two. Who is writing the essay at that moment
    is not told that somebody changed it.
    """
    due = essay.state in OWED and may_be_reminded(essay.reminded_on, today, days)
    refuse_if(objections_to_reminding(is_configured=True, asked=True, missing=1, count=int(due)))
    Essay.objects.filter(pk=essay.pk).update(reminded_on=today, reminder_refused=False)
    return essay.study_class


@action(Can.DO_STUDY)
def note_unsent(essay: Essay, *, actor: Actor, again: bool) -> StudyClass:
    """The server did not take the letter: for good, or (``again``) it may be tried once more."""
    Essay.objects.filter(pk=essay.pk).update(reminded_on=None, reminder_refused=not again)
    return essay.study_class


@task
def _post(pk: int) -> int:
    """Write to who is due today; gives how many letters the server took."""
    study_class, today = StudyClass.objects.select_related("unit", "meeting").get(pk=pk), localdate()
    taken = 0
    try:
        for essay, ending in post_each(_claimed(study_class, today)):
            taken += ending == Ending.TAKEN
            if ending in (Ending.LATER, Ending.REFUSED):
                note_unsent(essay, actor=SETUP, again=ending == Ending.LATER)
    except (SMTPException, OSError) as broken:
        log.warning("%s Chưa nhắc ai khác.", said_of(broken))
    return taken


def _claimed(study_class: StudyClass, today: date) -> Iterator[tuple[Essay, EmailMessage]]:
    """Each letter, once it is certain that nobody else sends it."""
    subject, text = reminder_of(study_class)
    days = days_between(study_class.unit, today)
    for essay, address in reminders_due(study_class, today):
        try:
            claim_reminder(essay, actor=SETUP, today=today, days=days)
        except ValidationError:
            continue
        yield essay, EmailMessage(subject, text, to=[address], headers={"Auto-Submitted": "auto-generated"})
