"""The table of all checks: what the page shows and ``docs/checks.md`` holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext

from chibo.access.charter import HERE, POST_NAMES, POWERS, Can, Post
from chibo.core.registry import Check, Manifest, registry


@dataclass(frozen=True)
class Told:
    """One check as it is told to people."""

    check: Check

    @property
    def seeds(self) -> str:
        return ", ".join(self.check.seeds)

    @property
    def menders(self) -> str:
        """The posts whose holders can mend what it finds, and see it by name."""
        can, here = Can(self.check.can), HERE if self.check.of_the_ward else {}
        mending = (post for post in Post if can in POWERS[post] or can in here.get(post, ()))
        return ", ".join(gettext(POST_NAMES[post]) for post in mending if post != Post.SETUP)


def checks_told() -> Iterator[Told]:
    """Every check, in the order of the house."""
    return (Told(check) for check in registry.each("checks"))


def checks_by_place() -> list[tuple[str, list[Told]]]:
    """Every check under the door of the rail behind which its work is done."""
    offering = (manifest for manifest in registry.manifests.values() if manifest.checks)
    return [(_door(manifest), [Told(check) for check in manifest.checks]) for manifest in offering]


def _door(manifest: Manifest) -> str:
    return str(manifest.nav[0].label) if manifest.nav else gettext("Việc khác")
