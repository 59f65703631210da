"""The seed documents' figures come out of records, through the figures' own queries, on the second database too.

``chibo seeds`` asks the first; S1 is told in the journeys.
"""

from __future__ import annotations

import os

import pytest

from chibo.desk.management.commands.seeds import Command
from tests.world import plant_centre


@pytest.mark.skipif(not os.environ.get("CHIBO_TEST_SECOND"), reason="the first database is asked by `make seeds`")
@pytest.mark.parametrize("story", ["s0", "s2", "s3", "s4"])
def test_what_a_seed_says_is_what_its_records_say(db: None, story: str) -> None:
    plant_centre()
    told = Command()._tell(story)
    assert told
    assert [line for line in told if not line["agrees"]] == []
