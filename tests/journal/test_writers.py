"""Two writers at once on PostgreSQL: one chain, no branch, nobody waits for ever."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, transaction

from chibo.access.actions import prefer
from chibo.access.models import User
from chibo.access.selectors import actor_of
from chibo.journal.actions import entry
from chibo.journal.models import Entry
from chibo.journal.selectors import verify_chain

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer"),
]
WRITERS = 4


def together(work) -> None:
    start = Barrier(WRITERS)

    def one(number: int) -> None:
        try:
            start.wait()
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(one, range(WRITERS)))


def test_writers_build_one_chain() -> None:
    users = [User.objects.create(username=f"w{n}", name=f"W {n}") for n in range(WRITERS)]

    def work(number: int) -> None:
        actor = actor_of(users[number])
        for n in range(15):
            prefer(users[number], actor=actor, large_type=n % 2 == 0)

    together(work)
    verdict = verify_chain()
    assert (verdict.ok, verdict.checked) == (True, 15 * WRITERS)


def test_actions_within_actions_do_not_lock_each_other_out() -> None:
    """All take the rows in one order, but not all take the first: if an inner action held the end of the chain while the
    outer still needs rows, they would deadlock."""
    users = [User.objects.create(username=f"w{n}", name=f"W {n}") for n in range(WRITERS)]

    def work(number: int) -> None:
        for n in range(8):
            with transaction.atomic(), entry(user=users[number], verb="test.outer", unit_path=""):
                for user in users[number % 2 :]:
                    prefer(user, actor=actor_of(user), large_type=(n + number) % 2 == 0)

    together(work)
    assert verify_chain().ok
    assert Entry.objects.count() == 8 * sum(1 + len(users[n % 2 :]) for n in range(WRITERS))
