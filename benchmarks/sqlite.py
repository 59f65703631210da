"""R3: chibo refuses an SQLite that can lose a save, and its settings arrive at the live connection."""

from __future__ import annotations

import sys

import django

django.setup()

from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.goals import done, tell  # noqa: E402
from chibo.core.storage import PRAGMAS, live_pragmas, refuse_unsafe  # noqa: E402


def refused(version: tuple[int, ...]) -> bool:
    try:
        refuse_unsafe(version)
    except ImproperlyConfigured:
        return True
    return False


def main() -> int:
    call_command("migrate", verbosity=0)
    if connection.vendor != "sqlite":
        print("     PostgreSQL: nothing to ask")
        return 0
    bad, good = [(3, 40, 1), (3, 50, 4), (3, 51, 2)], [(3, 51, 3), (3, 50, 7), (3, 44, 6), (3, 53, 4)]
    tell("affected versions refused", sum(map(refused, bad)), least=len(bad), unit=f"of {len(bad)}")
    tell("sound versions accepted", sum(not refused(v) for v in good), least=len(good), unit=f"of {len(good)}")
    right = sum(live_pragmas()[name] == value for name, value in PRAGMAS.items())
    tell("settings as the live connection has them", right, least=len(PRAGMAS), unit=f"of {len(PRAGMAS)}")
    return done()


if __name__ == "__main__":
    sys.exit(main())
