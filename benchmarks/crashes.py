"""R1: writers killed with kill -9, round after round: no acknowledged save lost, database whole, chain whole."""

from __future__ import annotations

import os
import random
import subprocess
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


def write(number: int, log: Path) -> None:
    """Save for ever; after each acknowledged save, note its token."""
    user = User.objects.get(username=f"w{number}")
    actor = actor_of(user)
    with log.open("a", buffering=1) as told:
        count = 0
        while True:
            token = f"{number}-{os.getpid()}-{count}"
            prefer(user, actor=actor, large_type=count % 2 == 0, once=token)
            told.write(token + "\n")
            count += 1


def main() -> int:
    folder = Path(settings.DATA)
    if sys.argv[1:2] == ["write"]:
        write(int(sys.argv[2]), folder / f"acknowledged-{sys.argv[2]}")
        return 0
    call_command("migrate", verbosity=0)
    User.objects.bulk_create(User(username=f"w{n}", name=f"Người {n}") for n in range(4))
    connection.close()
    command = [sys.executable, "-m", "benchmarks.crashes", "write"]
    for _ in range(ROUNDS):
        writers = [subprocess.Popen([*command, str(n)]) for n in range(4)]
        time.sleep(1.2 + random.random() / 2)
        for writer in writers:
            writer.kill()
        for writer in writers:
            writer.wait()
    acknowledged = {line for n in range(4) for line in (folder / f"acknowledged-{n}").read_text().split()}
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
