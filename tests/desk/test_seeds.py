"""The seed documents' figures come out of records, through the figures' own queries."""

from __future__ import annotations

import pytest
from django.db import connection

from chibo.desk.management.commands.seeds import STORIES, Command
from tests.world import plant_centre


@pytest.mark.parametrize("story", STORIES)
def test_what_a_seed_says_is_what_its_records_say(db: None, story: str) -> None:
    plant_centre()
    told = Command()._tell(story)
    assert told
    assert [line for line in told if not line["agrees"]] == []
    assert connection.introspection.table_names()
