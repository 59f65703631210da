"""Fixtures for every test: the fixed cast, on whichever database DATABASE_URL names."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from chibo.core.triggers import guards
from tests.office import office  # noqa: F401 - a fixture for every test
from tests.world import World, build_world


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "once: says nothing more on a second database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """In the second of two runs (tools.run_tests) only what asks the database is asked again."""
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


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def browser_of(client: Client) -> object:
    """A test client logged in as one of the cast: ``browser_of(world.secretary)``."""

    def login(actor) -> Client:
        client.force_login(actor.user)
        return client

    return login
