"""Who sits in a cell's offices while others are elected within a term, and whether enough are there to vote."""

from __future__ import annotations

from chibo.access.charter import Post
from chibo.congresses.models import Congress
from chibo.congresses.rules import Office
from chibo.congresses.rules.deadlines import DAY
from chibo.congresses.rules.voting import objections_to_opening
from chibo.congresses.selectors import base_for, day_of, is_by_election, number_of, sitting_in
from chibo.core.values import Objection
from chibo.members.models import Member
from chibo.members.selectors import posts_on

OFFICE_OF = {Post.CELL_SECRETARY: Office.SECRETARY, Post.CELL_DEPUTY: Office.DEPUTY}
"""The offices that one person holds."""


def offices_kept(congress: Congress) -> dict[str, Member]:
    """Within a term: who keeps which single office. Who was elected to a higher one today has left the one before."""
    if not is_by_election(congress):
        return {}
    terms = posts_on(day_of(congress) - DAY, [congress.unit_id]).filter(post__in=list(OFFICE_OF))
    held = {OFFICE_OF[Post(term.post)].value: term.member for term in terms.select_related("member")}
    risen = set(congress.elected.filter(office=Office.SECRETARY).values_list("member_id", flat=True))
    return {office: one for office, one in held.items() if office == Office.SECRETARY or one.pk not in risen}


def office_kept(congress: Congress, member: Member) -> str:
    """The office that a person keeps within a term: one of the two, or a plain seat; "" for everybody else."""
    single = next((office for office, one in offices_kept(congress).items() if one.pk == member.pk), "")
    return single or (Office.COMMITTEE.value if member.pk in sitting_in(congress) else "")


def objections_to_quorum(congress: Congress) -> list[Objection]:
    """Two thirds by the roll as it stands: at the opening, and at every vote after some have left."""
    thirds = number_of("quorum_thirds", congress.unit, day_of(congress))
    return list(objections_to_opening(base_for(congress), thirds=thirds))
