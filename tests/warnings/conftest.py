"""One ward in which every check finds something: told once for all tests that look at what is found."""

from __future__ import annotations

import pytest

from tests.conftest import told_once
from tests.house.stage import Stage, build_stage
from tests.journeys.conftest import standing_clock
from tests.warnings.cast import DAY
from tests.warnings.neglect import let_slide
from tests.warnings.undone import leave_undone
from tests.world import World


@told_once
def left_alone(world: World) -> Stage:
    """One of everything, much let slide, and from then on nobody does a thing."""
    with pytest.MonkeyPatch.context() as patch:
        standing_clock(patch)(DAY)
        stage = build_stage(world)
        let_slide(stage, DAY)
        leave_undone(stage, DAY)
    return stage
