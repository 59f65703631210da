"""Posts and their terms: who leads what, and with it the powers of their account."""

from __future__ import annotations

from datetime import date, timedelta

from chibo.access.actions import end_post, grant_post
from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import nfc
from chibo.members.models import Member, PostTerm
from chibo.members.rules.leading import objections_to_appointing, objections_to_ending
from chibo.members.selectors import stay_for_post, terms_during
from chibo.units.models import Unit

DAY = timedelta(days=1)


@action(Can.APPOINT)
def appoint(
    unit: Unit,
    *,
    actor: Actor,
    member: Member,
    post: str,
    valid_from: date,
    valid_to: date | None = None,
    term: str = "",
    ends_previous: bool = False,
) -> PostTerm:
    """The member holds the post in the unit from that day; with ``ends_previous`` whoever held it stops the day before."""
    stay = stay_for_post(member, unit, post, valid_from)
    terms = list(terms_during(unit, post, valid_from, valid_to))
    previous = [held for held in terms if held.member_id != member.pk]
    refuse_if(
        objections_to_appointing(
            post,
            valid_from=valid_from,
            valid_to=valid_to,
            standing=stay.standing if stay else "",
            belongs=stay is not None,
            holders=() if ends_previous else [held.member.full_name for held in previous],
            holds_already=any(held.member_id == member.pk for held in terms),
        )
    )
    if ends_previous:
        for held in previous:
            _end(held, valid_from - DAY, actor)
    made = PostTerm.objects.create(
        unit=unit, member=member, post=Post(post), term=nfc(term), valid_from=valid_from, valid_to=valid_to
    )
    if member.account is not None:
        grant_post(unit, actor=actor, user=member.account, post=Post(post), valid_from=valid_from, valid_to=valid_to)
    return made


@action(Can.APPOINT)
def end_term(term: PostTerm, *, actor: Actor, last_day: date) -> PostTerm:
    """The post, and its powers, end with that day."""
    refuse_if(objections_to_ending(term.valid_from, term.valid_to, last_day=last_day))
    return _end(term, last_day, actor)


def _end(term: PostTerm, last_day: date, actor: Actor) -> PostTerm:
    refuse_if(objections_to_ending(term.valid_from, None, last_day=last_day))
    term.valid_to = last_day
    term.save()
    if term.member.account is not None:
        end_post(term.unit, actor=actor, user=term.member.account, post=Post(term.post), last_day=last_day)
    return term
