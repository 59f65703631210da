"""R1: writers killed with kill -9, round after round: no acknowledged save lost, database whole, chain whole."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.goals import done, tell  # noqa: E402
from chibo.access.actions import prefer  # noqa: E402
from chibo.access.models import User  # noqa: E402
from chibo.access.selectors import actor_of  # noqa: E402
from chibo.journal.models import Entry  # noqa: E402
from chibo.journal.selectors import verify_chain  # noqa: E402

ROUNDS = int(os.environ.get("CHIBO_BENCH_ROUNDS", "100"))


WRITERS = 4


def write(number: int, log: Path) -> None:
    """Save for ever; after each acknowledged save, note its token."""
    user = User.objects.get(username=f"w{number}")
    actor = actor_of(user)
    with log.open("a", buffering=1) as told:
        count = 0
        while True:
            token = f"{number}-{os.getpid()}-{time.monotonic_ns()}"
            prefer(user, actor=actor, large_type=count % 2 == 0, once=token)
            told.write(token + "\n")
            count += 1


def begin(number: int, log: Path) -> int:
    """A writer as a process of its own; its number to kill. Forked, so that it writes at once and every kill falls into work."""
    process = os.fork()
    if not process:
        try:
            write(number, log)
        finally:
            os._exit(1)
    return process


def main() -> int:
    logs = [Path(settings.DATA) / f"acknowledged-{n}" for n in range(WRITERS)]
    call_command("migrate", verbosity=0)
    User.objects.bulk_create(User(username=f"w{n}", name=f"Người {n}") for n in range(WRITERS))
    for log in logs:
        log.touch()
    at_work = 0
    for _ in range(ROUNDS):
        connection.close()  # what a process has open is not handed on
        before = [log.stat().st_size for log in logs]
        writers = [begin(n, log) for n, log in enumerate(logs)]
        time.sleep(0.4 + random.random() / 2)
        for writer in writers:
            os.kill(writer, signal.SIGKILL)
        for writer in writers:
            os.waitpid(writer, 0)
        at_work += sum(log.stat().st_size > size for log, size in zip(logs, before, strict=True))
    tell("writers killed in the middle of their saves", at_work / (ROUNDS * WRITERS), least=0.9, unit="of all")
    acknowledged = {line for log in logs for line in log.read_text().split()}
    stored = set(Entry.objects.filter(once__isnull=False).values_list("once", flat=True))
    tell(f"acknowledged saves lost, of {len(acknowledged)}", len(acknowledged - stored), most=0, unit="saves")
    verdict = verify_chain()
    tell(f"chain whole over {verdict.checked} lines", int(verdict.ok), least=1, unit="")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            answer = cursor.execute("PRAGMA integrity_check").fetchone()[0]
        tell("database whole", int(answer == "ok"), least=1, unit="")
    return done()


if __name__ == "__main__":
    sys.exit(main())
