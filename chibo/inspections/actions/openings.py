"""Who opened which inspection, paper or picture leaves a line in the journal (docs/adr/0130)."""

from __future__ import annotations

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.inspections.models import Inspection, Picture, Piece, Subject, TeamMember
from chibo.units.models import Unit

Right = Unit | Subject | TeamMember
"""By what right somebody opens it: the unit that leads, their place in the team, or what of theirs is inspected."""


@action(Can.SEE_INSPECTIONS)
def look_in(right: Right, *, actor: Actor, inspection: Inspection) -> Inspection:
    """Somebody opened a page of the inspection. Nothing changes: the record that is given back is not ``right``."""
    return inspection


@action(Can.SEE_INSPECTIONS)
def open_piece(right: Right, *, actor: Actor, piece: Piece, suffix: str) -> Inspection:
    """Somebody was handed a paper of the dossier; the page hands it out after this."""
    return piece.inspection


@action(Can.SEE_INSPECTIONS)
def open_picture(right: Right, *, actor: Actor, picture: Picture) -> Inspection:
    """Somebody was handed a picture of the verification; the page hands it out after this."""
    return picture.subject.inspection
