"""Every opening of a page of an inspection leaves a line: one for a person and an inspection within the hour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chibo.inspections.actions.openings import look_in
from chibo.inspections.selectors.dossiers import right_to_open, this_hour

if TYPE_CHECKING:
    from chibo.access.request import Request
    from chibo.inspections.selectors import Sight


def opened(request: Request, sight: Sight) -> Sight:
    """The same sight, once the journal knows of it; what is sent by a form leaves its own line."""
    if request.method in ("GET", "HEAD"):
        look_in(
            right_to_open(request.actor, sight), actor=request.actor, inspection=sight.inspection,
            **this_hour(request.actor, "inspection", sight.inspection.pk),
        )  # fmt: skip
    return sight
