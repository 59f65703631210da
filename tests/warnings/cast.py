"""Who is told of what is short, and what they see: somebody in each post, at their own browser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from chibo.access.actor import Actor
from chibo.access.charter import CELL_POSTS, HERE, POWERS, WARD_POSTS, Can, Post
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.warnings.selectors import Warned
from tests.world import World

DAY = date(2026, 6, 15)
"""When one ward's story is told (``conftest``)."""


@dataclass
class Cast:
    """Somebody in each post, at their own browser; of posts that hold the same powers one speaks for the others."""

    world: World
    browsers: dict[tuple[Post, int], Browser] = field(default_factory=dict)

    def menders_of(self, warned: Warned) -> Iterator[Browser]:
        """Whoever the warning names: of the cell it stands in, and of the ward."""
        can = Can(warned.check.can)
        if warned.unit.level == Level.CELL:
            places = [(post, warned.unit) for post in CELL_POSTS if can in POWERS[post]]
        else:
            places = [(post, warned.unit) for post in WARD_POSTS if can in HERE.get(post, ())]
        places += [(post, self.world.ward) for post in WARD_POSTS if can in POWERS[post]]
        for post, unit in {(POWERS[post], unit.pk): (post, unit) for post, unit in reversed(places)}.values():
            browser = self.browser_of(post, unit)
            assert browser.actor.may(can, warned.unit), (warned.check.code, post)
            yield browser

    def browser_of(self, post: Post, unit: Unit) -> Browser:
        if (post, unit.pk) not in self.browsers:
            actor = self.world.actor(post, unit)
            self.browsers[post, unit.pk] = Browser(actor, Client())
            self.browsers[post, unit.pk].client.force_login(actor.user)
        return self.browsers[post, unit.pk]


@dataclass
class Browser:
    actor: Actor
    client: Client

    def opened(self, url: str) -> str | None:
        """What the page shows in its main part; None if it does not open."""
        answer = self.client.get(url)
        page = answer.content.decode() if answer.status_code == 200 else None
        return page and page.partition("<main")[2].partition("</main>")[0]
