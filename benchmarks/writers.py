"""P7: fifty writers at once, beside Django's own defaults, which must fail (or the test would prove nothing).
P8: fifty people who each save once a second.

A save is what an evaluation does: read, write, journal, in one transaction, through the gate.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import OperationalError, connection  # noqa: E402

from benchmarks.goals import done, tell  # noqa: E402
from chibo.access.actions import prefer  # noqa: E402
from chibo.access.models import User  # noqa: E402
from chibo.access.selectors import actor_of  # noqa: E402

SECONDS = 6


def write(number: int, pace: float, seconds: float) -> None:
    """One writer: save until the time is up; prints saves, errors and the times of the saves in ms."""
    user = User.objects.get(username=f"w{number}")
    actor = actor_of(user)
    print("ready", flush=True)
    sys.stdin.readline()  # all begin at once, and nobody's start is measured
    end, saves, errors, times = time.perf_counter() + seconds, 0, 0, []
    time.sleep(pace * number / 50)  # people do not press the button in the same instant
    while time.perf_counter() < end:
        begin = time.perf_counter()
        try:
            prefer(user, actor=actor, large_type=saves % 2 == 0)
            saves += 1
        except OperationalError:
            errors += 1
        times.append((time.perf_counter() - begin) * 1000)
        if pace:
            time.sleep(max(0, pace - (time.perf_counter() - begin)))
    print(saves, errors, *(f"{t:.2f}" for t in times))


def run(
    writers: int, pace: float = 0, settings_module: str = "benchmarks.settings"
) -> tuple[float, int, list[float]]:
    """Saves a second, errors, and all times of a save in ms."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": settings_module}
    command = [sys.executable, "-m", "benchmarks.writers", "write"]
    started = [
        subprocess.Popen(
            [*command, str(n), str(pace), str(SECONDS)],
            env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for n in range(writers)
    ]  # fmt: skip
    for process in started:
        assert process.stdout
        process.stdout.readline()
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    saves, errors, times = 0, 0, []
    for process in started:
        words = (process.communicate()[0] or "0 1").split()
        saves, errors = saves + int(words[0]), errors + int(words[1])
        times += [float(word) for word in words[2:]]
    return saves / SECONDS, errors, times


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[18]


def main() -> int:
    if sys.argv[1:2] == ["write"]:
        write(int(sys.argv[2]), float(sys.argv[3]), float(sys.argv[4]))
        return 0
    call_command("migrate", verbosity=0)
    User.objects.bulk_create(User(username=f"w{n}", name=f"Người {n}") for n in range(50))
    connection.close()
    alone, _errors, quiet = run(1)
    together, errors, _times = run(50)
    tell("50 writers: lock errors", errors, most=0, unit="errors")
    tell("50 writers ÷ one writer, saves a second", together / alone, least=0.8)
    _rate, errors, busy = run(50, pace=1.0)
    tell("50 people, a save a second: p95 ÷ one writer's", p95(busy) / p95(quiet), most=40)
    tell("50 people: lock errors", errors, most=0, unit="errors")
    if connection.vendor == "sqlite":
        database = Path(settings.DATABASES["default"]["NAME"])
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA journal_mode=DELETE")
        connection.close()
        rate, errors, _times = run(50, settings_module="benchmarks.django_defaults")
        tell("Django's defaults, the same 50 writers: lock errors (must fail)", errors, least=1, unit="errors")
        print(
            f"     ({rate:.0f} saves a second with the defaults, {together:.0f} with ours; {database.stat().st_size // 1024} kB)"
        )
    return done()


if __name__ == "__main__":
    sys.exit(main())
