"""A process of its own that counts ballots and loses its power: ``python -m tests.congresses.crashing STEP …``.

``prepare`` brings a congress to the count of nine papers; ``die`` enters papers of the first count and is killed in the middle
of the sixth; ``resume`` enters what is missing in both counts and certifies; ``look`` tells what stands in the database.

``scan`` brings a congress to the scans of five papers; ``read-dying`` reads them in a worker that takes this process with
it at the third; ``read`` reads on; ``read-look`` tells what the journal and the database say.
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


def scan() -> None:
    """Five papers: kddd, dkdd, ddkd, dddk, kddd again by another voter."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.core.management import call_command

    from chibo.ballots.command import blank_of
    from chibo.congresses.actions.counting import collect_ballots
    from chibo.congresses.actions.scanning import print_ballots, receive_scans
    from tests.ballots.desk import struck_ballot
    from tests.congresses.cast import begun, fresh, issued, listed, with_counters
    from tests.world import build_world

    call_command("migrate", run_syncdb=True, verbosity=0)
    world = build_world()
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    form = print_ballots(fresh(election), actor=world.secretary, voters=9, spare=0)
    polling = issued(world, election, PAPERS)
    collect_ballots(polling, actor=world.secretary, collected=5)
    blank = blank_of(form.form)
    files = [
        SimpleUploadedFile(f"{n}.jpg", struck_ballot(row, seed=n, blank=blank))
        for n, row in enumerate((0, 1, 2, 3, 0))
    ]
    receive_scans(fresh(polling), files, actor=world.secretary)


def read_dying() -> None:
    from pathlib import Path

    from chibo.congresses.actions import jobs
    from chibo.congresses.models import ScanCount
    from chibo.congresses.selectors.scanning import folder_of

    (folder_of(ScanCount.objects.get()) / "die").write_text("parent")
    jobs.WORKER = str(Path(__file__).with_name("dying_worker.py"))
    read()


def read() -> None:
    from chibo.congresses.actions.jobs import work
    from chibo.congresses.models import ScanCount

    work.call(ScanCount.objects.get().pk, None)


def read_look() -> None:
    from chibo.ballots.chain import verify
    from chibo.congresses.models import ScanCount
    from chibo.congresses.selectors.scanning import ScanFacts, folder_of

    there = ScanCount.objects.get()
    count, lines = ScanFacts(there).tally.count(), verify(folder_of(there) / "count" / "count.journal").lines
    print(there.state, lines, count.valid, *count.votes, flush=True)


if __name__ == "__main__":
    settings.MIGRATION_MODULES = dict.fromkeys([app.rpartition(".")[2] for app in settings.INSTALLED_APPS])
    django.setup()
    for step in sys.argv[1:]:
        steps = (prepare, die, resume, look, scan, read_dying, read, read_look)
        {one.__name__.replace("_", "-"): one for one in steps}[step]()
