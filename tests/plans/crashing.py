"""A process of its own that evaluates a cell and can be killed: ``python -m tests.plans.crashing STEP``.

``prepare`` makes the tables and a meeting with many plans; ``die`` evaluates the cell and is killed half way;
``write`` evaluates it; ``look`` tells how many evaluations and journal lines stand in the database.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import date

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

PLANS = 40


def prepare() -> None:
    from django.core.management import call_command

    from tests.plans.test_evaluations import meeting_of, plan_of
    from tests.world import build_world

    call_command("migrate", run_syncdb=True, verbosity=0)
    world = build_world()
    meeting_of(world, date(2025, 11, 5))
    for member in world.members(world.cell5, PLANS):
        plan_of(world, member, 2025)


def write() -> None:
    from chibo.access.actor import SETUP
    from chibo.meetings.models import Meeting
    from chibo.plans.actions import evaluate_cell
    from chibo.plans.models import Plan

    entries = {pk: {"level": "good"} for pk in Plan.objects.values_list("pk", flat=True)}
    evaluate_cell(Meeting.objects.get(), actor=SETUP, entries=entries)


def die() -> None:
    from django.db.models import QuerySet

    from chibo.plans.models import Evaluation

    whole = QuerySet.bulk_create

    def half(self, rows, *args, **kwargs):
        if self.model is not Evaluation:
            return whole(self, rows, *args, **kwargs)
        whole(self, rows[: PLANS // 2])
        os.kill(os.getpid(), signal.SIGKILL)
        return rows

    QuerySet.bulk_create = half
    write()


def look() -> None:
    from chibo.journal.models import Entry
    from chibo.plans.models import Evaluation

    print(Evaluation.objects.count(), Entry.objects.filter(verb="plans.evaluate_cell").count(), flush=True)


if __name__ == "__main__":
    settings.MIGRATION_MODULES = dict.fromkeys([app.rpartition(".")[2] for app in settings.INSTALLED_APPS])
    django.setup()
    for step in sys.argv[1:]:
        {"prepare": prepare, "write": write, "die": die, "look": look}[step]()
