"""A process of its own that counts ballots and loses its power: ``python -m tests.congresses.crashing STEP …``.

``prepare`` brings a congress to the count of nine papers; ``die`` enters papers of the first count and is killed in the middle
of the sixth; ``resume`` enters what is missing in both counts and certifies; ``look`` tells what stands in the database.
"""

from __future__ import annotations

import os
import signal
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django
from django.conf import settings

PAPERS, DYING = 9, 6


def prepare() -> None:
    from django.core.management import call_command

    from chibo.congresses.actions.counting import collect_ballots
    from tests.congresses.cast import begun, issued, listed, with_counters
    from tests.world import build_world

    call_command("migrate", run_syncdb=True, verbosity=0)
    world = build_world()
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    collect_ballots(issued(world, election, PAPERS), actor=world.secretary, collected=PAPERS)


def _enter(hand: int, number: int) -> None:
    from chibo.access.actor import SETUP
    from chibo.congresses.actions.counting import enter_ballot
    from chibo.congresses.models import Counter, Polling

    counter = list(Counter.objects.order_by("pk"))[hand - 1]
    enter_ballot(Polling.objects.get(), actor=SETUP, hand=hand, number=number, marks="dddk", counter=counter)


def die() -> None:
    from chibo.congresses.models import BallotEntry

    save = BallotEntry.save

    def saved(self, *args, **kwargs):
        save(self, *args, **kwargs)
        if self.number == DYING:
            os.kill(os.getpid(), signal.SIGKILL)

    BallotEntry.save = saved
    for number in range(1, PAPERS + 1):
        _enter(1, number)


def resume() -> None:
    from chibo.access.actor import SETUP
    from chibo.congresses.actions.counting import certify_count
    from chibo.congresses.models import BallotEntry, Polling

    for hand in (1, 2):
        there = set(BallotEntry.objects.filter(hand=hand).values_list("number", flat=True))
        for number in range(1, PAPERS + 1):
            if number not in there:
                _enter(hand, number)
    certify_count(Polling.objects.get(), actor=SETUP)


def look() -> None:
    from chibo.congresses.models import BallotEntry, PollingName
    from chibo.journal.models import Entry

    entries = Entry.objects.filter(verb="congresses.enter_ballot").count()
    print(BallotEntry.objects.count(), entries, *PollingName.objects.values_list("votes", flat=True), flush=True)


if __name__ == "__main__":
    settings.MIGRATION_MODULES = dict.fromkeys([app.rpartition(".")[2] for app in settings.INSTALLED_APPS])
    django.setup()
    for step in sys.argv[1:]:
        {"prepare": prepare, "die": die, "resume": resume, "look": look}[step]()
