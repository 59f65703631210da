"""Fixtures for every test: the fixed cast, on whichever database DATABASE_URL names."""

from __future__ import annotations

import copy
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

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
    """Those who live in the same world one after another, those in the same story at one worker; of two runs
    (tools.run_tests) the second asks only the database."""
    told = {item: story_of(item) for item in items}
    for item, story in told.items():
        if story:
            item.add_marker(pytest.mark.xdist_group(f"{item.path.parent.name}.{story.__name__}"))
    # By where a story stands, never by the function itself: its words hold an address that is another at each worker.
    places = {item: f"{story.__module__}.{story.__name__}" if story else "" for item, story in told.items()}
    items.sort(key=lambda item: ("standing_world" in getattr(item, "fixturenames", ()), places[item]))
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
def _files_in_a_folder_of_their_own(request: pytest.FixtureRequest, settings, tmp_path) -> None:
    """What is told of work aside is this test's alone; a story's files are there for all who live in it."""
    told = story_of(request.node)
    settings.DATA = tmp_path
    settings.MEDIA_ROOT = request.getfixturevalue("ground").files(told) if told else tmp_path / "files"


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


Story = Callable[[World], Any]
STORIES: dict[tuple[str, str], Story] = {}


def told_once(build: Story) -> Any:
    """A fixture of what is built once upon the world, for all tests of a folder (or a module) that ask for it."""
    STORIES[build.__module__.removesuffix(".conftest"), build.__name__] = build

    def told(standing_world: World, _on_the_ground: tuple[World, Any]) -> Any:
        return _on_the_ground[1]

    return pytest.fixture(name=build.__name__)(told)


def story_of(item: pytest.Item) -> Story | None:
    asked, module = set(getattr(item, "fixturenames", ())), getattr(item, "module", None)
    for (place, name), build in STORIES.items():
        if name in asked and module and f"{module.__name__}.".startswith(f"{place}."):
            return build
    return None


class Ground:
    """What stands in the database before a test begins: the world, built once for all who ask for it, one story on it,
    or nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._world: World | None = None
        self._below, self._above = ExitStack(), ExitStack()
        self._story: Story | None = None
        self._told: Any = None

    def files(self, build: Story) -> Path:
        return self._folder / f"{build.__module__}.{build.__name__}"

    def rise(self, build: Story | None) -> tuple[World, Any]:
        if self._world is None:
            self._stand(self._below)
            self._world = build_world()
        if build is not self._story:
            self._above.close()
            if build:
                self._stand(self._above)
                world = copy.deepcopy(self._world)
                self._told = world, build(world)
            self._story = build
        return copy.deepcopy(self._told if build else (self._world, None))

    def _stand(self, layer: ExitStack) -> None:
        layer.enter_context(transaction.atomic())
        layer.callback(transaction.set_rollback, True)

    def fall(self) -> None:
        self._world = self._story = self._told = None
        self._above.close()
        self._below.close()


@pytest.fixture(scope="session")
def ground(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    ground = Ground(tmp_path_factory.mktemp("stories"))
    yield ground
    with django_db_blocker.unblock():
        ground.fall()


@pytest.fixture
def _on_the_ground(
    request: pytest.FixtureRequest, ground: Ground, django_db_blocker: DjangoDbBlocker
) -> tuple[World, Any] | None:
    with django_db_blocker.unblock():
        if "standing_world" in request.fixturenames:
            return ground.rise(story_of(request.node))
        return ground.fall()


@pytest.fixture
def _django_db_helper(_on_the_ground: tuple[World, Any] | None, _django_db_helper: None) -> None:
    """pytest-django's own, begun when the ground is as the test asks: what the test writes is rolled back onto it."""


@pytest.fixture
def standing_world(_on_the_ground: tuple[World, Any] | None, db: None) -> World:
    assert _on_the_ground is not None, "a test that writes for good builds its own world"
    return _on_the_ground[0]


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
