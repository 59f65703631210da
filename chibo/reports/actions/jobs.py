"""A report is made aside, so that the page can be left and nobody else waits to write (ADR 0048).

It may be cut off at any moment and begun again: the one write at its end gives number, paper and files, or nothing.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_tasks import task

from chibo.access.actor import SETUP, Actor
from chibo.access.models import User
from chibo.access.selectors import actor_of
from chibo.core import progress
from chibo.core.refusal import refuse_if
from chibo.core.values import Period
from chibo.reports.actions import NumberGoneError, give_up_report, issue_report
from chibo.reports.models import Report
from chibo.reports.selectors import kind_named
from chibo.reports.selectors.making import key_of, made, numbered, saying

TRIES = 5
"""How often a report is written anew because somebody else took its number meanwhile."""


@task()
def _work(report_pk: int, user_pk: int | None) -> None:
    """Make and issue the report that was asked for. Without a user it is the installation's own."""
    report = Report.objects.select_related("unit").get(pk=report_pk)
    actor = SETUP if user_pk is None else actor_of(User.objects.get(pk=user_pk))
    if report.issued_on or report.problem:
        return
    try:
        _issue(report, actor)
    except ValidationError as refusal:
        give_up_report(report, actor=actor, problem=" ".join(refusal.messages))
    finally:
        progress.forget(key_of(report))


def _issue(report: Report, actor: Actor) -> None:
    kind, say = kind_named(report.kind), saying(key_of(report))
    assert kind is not None
    assert report.asked_on is not None
    found = made(kind, report.unit, Period.parse(report.period), report.asked_on, say)
    refuse_if(found.objections)
    for _turn in range(TRIES):
        try:
            issue_report(report, actor=actor, made=numbered(found, report.unit, report.asked_on, kind.code, say))
        except NumberGoneError:
            continue
        return
    raise ValidationError(_("Nhiều người đang lấy số của sổ này; hãy ban hành lại sau ít phút."))


work = _work
"""``work.enqueue(report.pk, user.pk)`` in the background, ``work.call(report.pk, user.pk)`` at once."""
