"""Who is acting, and how far their powers reach. No query once it is built."""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied

from chibo.access.charter import HERE, OWN, POWERS, Can, Post


class Place(Protocol):
    """Anything that stands in the tree: a unit, or what behaves like one."""

    @property
    def path(self) -> str: ...


@dataclass(frozen=True)
class Actor:
    """A user with the posts held today: ``grants`` pairs each post with the path of the unit it is held in."""

    user: Any
    grants: tuple[tuple[Post, str], ...] = ()

    def reach(self, can: Can) -> list[str]:
        """The tree prefixes below which this actor holds the power."""
        return [path for post, path in self.grants if can in POWERS[post]]

    def holds(self, can: str) -> bool:
        """Whether the actor holds the power anywhere; an empty power is held by everyone who is logged in."""
        return self.user is not None if not can else bool(self.reach(Can(can)))

    def may(self, can: Can, place: Place) -> bool:
        if any(place.path.startswith(prefix) for prefix in self.reach(can)):
            return True
        return any(can in HERE.get(post, ()) and place.path == path for post, path in self.grants)

    def owns(self, subject: Any) -> bool:
        """Whether the record is about the person behind this actor (``owner`` names the path to their user id)."""
        path = getattr(type(subject), "owner", "")
        if not path or self.user is None:
            return False
        try:
            return bool(attrgetter(path)(subject) == self.user.pk)
        except AttributeError:
            return False

    def may_on(self, can: Can, subject: Any) -> bool:
        """Whether the actor may do this to this record: by a post over its unit, or because it is their own."""
        unit = getattr(subject, "unit", None)
        return (unit is not None and self.may(can, unit)) or (can in OWN and self.owns(subject))

    def require(self, can: Can, subject: Any) -> None:
        if not self.may_on(can, subject):
            raise PermissionDenied(can)


NOBODY = Actor(None)
SETUP = Actor(None, ((Post.SETUP, ""),))
"""The installation itself. Only the first set-up, nightly work and the demonstration act as it."""
