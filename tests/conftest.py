"""Fixtures for every test: the fixed cast, on whichever database DATABASE_URL names."""

from __future__ import annotations

import copy
import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from chibo.core.triggers import guards
from tests.office import office  # noqa: F401 - a fixture for every test
from tests.world import World, build_world


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "once: says nothing more on a second database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Those who live in the same world one after another; of two runs (tools.run_tests) the second asks only the database."""
    items.sort(key=lambda item: "standing_world" in getattr(item, "fixturenames", ()))
    if not os.environ.get("CHIBO_TEST_SECOND"):
        return
    asking = {"db", "transactional_db", "django_db_setup"}
    again = [i for i in items if not i.get_closest_marker("once") and asking & {*getattr(i, "fixturenames", ())}]
    again += [i for i in items if i.get_closest_marker("django_db") and i not in again]
    kept = set(again)
    config.hook.pytest_deselected(items=[i for i in items if i not in kept])
    items[:] = [i for i in items if i in kept]


@pytest.fixture(scope="session")
def django_db_use_migrations() -> bool:
    return False


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _journal_that_can_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Between transactional tests the tables are emptied, which the journal's guards would rightly refuse."""
    marker = request.node.get_closest_marker("django_db")
    if "transactional_db" not in request.fixturenames and not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    connection.close_if_unusable_or_obsolete()
    guards(connection, on=False)


class Ground:
    """What stands in the database before a test begins: the world, built once for all who ask for it, or nothing."""

    def __init__(self) -> None:
        self._world: World | None = None
        self._open = ExitStack()

    def rise(self) -> World:
        if self._world is None:
            self._open.enter_context(transaction.atomic())
            self._open.callback(transaction.set_rollback, True)
            self._world = build_world()
        return copy.deepcopy(self._world)

    def fall(self) -> None:
        self._world = None
        self._open.close()


@pytest.fixture(scope="session")
def ground(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Ground]:
    ground = Ground()
    yield ground
    with django_db_blocker.unblock():
        ground.fall()


@pytest.fixture
def _on_the_ground(
    request: pytest.FixtureRequest, ground: Ground, django_db_blocker: DjangoDbBlocker
) -> World | None:
    with django_db_blocker.unblock():
        if "standing_world" in request.fixturenames:
            return ground.rise()
        return ground.fall()


@pytest.fixture
def _django_db_helper(_on_the_ground: World | None, _django_db_helper: None) -> None:
    """pytest-django's own, begun when the ground is as the test asks: what the test writes is rolled back onto it."""


@pytest.fixture
def standing_world(_on_the_ground: World | None, db: None) -> World:
    assert _on_the_ground is not None, "a test that writes for good builds its own world"
    return _on_the_ground


@pytest.fixture
def world(standing_world: World) -> World:
    return standing_world


@pytest.fixture
def browser_of(client: Client) -> object:
    """A test client logged in as one of the cast: ``browser_of(world.secretary)``."""

    def login(actor) -> Client:
        client.force_login(actor.user)
        return client

    return login
