"""P11: the same pages on PostgreSQL ÷ SQLite, so that neither has a slow path of its own; turn by turn, in wall time."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

ROUNDS = 40
ASK = [sys.executable, "-m", "benchmarks.engines", "answer"]


def answer() -> None:
    """Fill a database; then, for every line read, ask the page named in it and print how many ms it took."""
    import django

    django.setup()

    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from benchmarks.filled import fill
    from chibo.units.models import Unit

    call_command("migrate", verbosity=0)
    clerk = fill()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    ward = Unit.objects.get(key="dd-w").pk
    client = Client()
    client.force_login(clerk)
    print("ready", flush=True)
    for line in sys.stdin:
        begin = time.perf_counter()
        assert client.get(line.strip().replace("WARD", str(ward))).status_code == 200
        print((time.perf_counter() - begin) * 1000, flush=True)


@contextmanager
def engine(url: str) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "DATABASE_URL": url}
    with subprocess.Popen(
        ASK, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as process:
        assert process.stdout
        assert process.stdout.readline().strip() == "ready"
        yield process
        assert process.stdin
        process.stdin.close()


def took(process: subprocess.Popen[str], page: str) -> float:
    assert process.stdin
    assert process.stdout
    process.stdin.write(page + "\n")
    return float(process.stdout.readline())


def main() -> int:
    if sys.argv[1:2] == ["answer"]:
        answer()
        return 0
    from benchmarks.goals import done, tell
    from tools.run_tests import server

    pages = {"list": "/members/WARD/", "board": "/board/WARD/2025/?figure=meetings.attendance"}
    with server() as (_how, url), engine("") as sqlite, engine(url) as postgres:
        for name, page in pages.items():
            times: tuple[list[float], list[float]] = ([], [])
            for turn in range(ROUNDS + 3):
                for kept, process in zip(times, (postgres, sqlite), strict=True):
                    ms = took(process, page)
                    if turn > 2:
                        kept.append(ms)
            ratio = statistics.median(times[0]) / statistics.median(times[1])
            tell(f"{name} page on PostgreSQL ÷ on SQLite", ratio, most=1.5)
    return done()


if __name__ == "__main__":
    sys.exit(main())
