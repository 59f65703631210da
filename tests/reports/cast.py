"""A report asked for, made and issued, as the background does it."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import Actor
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.reports.actions import ask_for_report
from chibo.reports.actions.jobs import work
from chibo.reports.models import Report
from chibo.units.models import Unit


def issued_report(unit: Unit, actor: Actor, kind: str, period: Period, on: date) -> Report:
    asked = ask_for_report(unit, actor=actor, kind=registry.named("reports", kind), period=period, on=on)
    work.call(asked.pk, actor.user and actor.user.pk)
    asked.refresh_from_db()
    return asked
