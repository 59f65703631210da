"""A workbook on its way through the house."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.base import ContentFile

from chibo.imports.actions import confirm_run, receive_workbook, undo_run
from chibo.imports.actions.jobs import work
from chibo.imports.models import Run
from tests.world import World


@pytest.fixture
def receive(world: World) -> Callable[..., Run]:
    """Upload as the clerk and let the work be done; the run as it stands then."""

    def run(data: bytes, unit=None, importer: str = "members", name: str = "danh-sach.xlsx") -> Run:
        made = receive_workbook(
            unit or world.ward, ContentFile(data), actor=world.clerk, importer=importer, file_name=name
        )
        work.call(made.pk, world.clerk.user.pk)
        return Run.objects.get(pk=made.pk)

    return run


@pytest.fixture
def apply(world: World) -> Callable[..., Run]:
    def run(made: Run, **told: object) -> Run:
        confirm_run(made, actor=world.clerk, **told)
        work.call(made.pk, world.clerk.user.pk)
        return Run.objects.get(pk=made.pk)

    return run


@pytest.fixture
def undo(world: World) -> Callable[..., Run]:
    def run(made: Run, today: date | None = None) -> Run:
        undo_run(made, actor=world.clerk, today=today or made.applied_at.date())
        work.call(made.pk, world.clerk.user.pk)
        return Run.objects.get(pk=made.pk)

    return run
