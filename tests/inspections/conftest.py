"""The two days on which tests of inspections begin."""

from tests.conftest import told_once
from tests.inspections.cast import Cast, announced, decided
from tests.world import World


@told_once
def cast(world: World) -> Cast:
    return decided(world)


@told_once
def running(world: World) -> Cast:
    cast = decided(world)
    announced(cast)
    return cast
