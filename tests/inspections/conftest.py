"""The two days on which tests of inspections begin."""

from tests.conftest import story
from tests.inspections.cast import Cast, announced, decided
from tests.world import World


@story
def cast(world: World) -> Cast:
    return decided(world)


@story
def running(world: World) -> Cast:
    cast = decided(world)
    announced(cast)
    return cast
