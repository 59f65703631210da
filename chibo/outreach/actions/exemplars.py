"""Exemplars are found, proposed, approved or returned, presented and commended here: each step has its day."""

from __future__ import annotations

from datetime import date
from typing import Any

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.gate import action
from chibo.core.refusal import refuse_if
from chibo.core.values import month_of
from chibo.core.vietnamese import nfc, search_key
from chibo.meetings.models import Meeting
from chibo.members.models import Member
from chibo.outreach.models import Exemplar, Item, RoadStep
from chibo.outreach.rules import objections_to_theme
from chibo.outreach.rules.exemplars import (
    APPROVED,
    Step,
    objections_to_commending,
    objections_to_finding,
    objections_to_judging,
    objections_to_presenting,
    objections_to_proposing,
)
from chibo.outreach.selectors import is_theme_of
from chibo.outreach.selectors.exemplars import approved_on, furthest_of, last_day_of
from chibo.papers.models import Paper
from chibo.programmes.models import Programme, Theme
from chibo.units.models import Unit


@action(Can.WRITE_OUTREACH)
def find_exemplar(
    unit: Unit,
    *,
    actor: Actor,
    title: str,
    story: str,
    found_on: date,
    today: date,
    member: Member | None = None,
    praised_unit: Unit | None = None,
    name: str = "",
    about: str = "",
    is_group: bool = False,
    programme: Programme | None = None,
    theme: Theme | None = None,
) -> Exemplar:
    """Note down a good deed and whose it is: a member, an organisation, or somebody outside by name (seed S1-07)."""
    refuse_if(
        [
            *objections_to_finding(
                has_member=member is not None, has_unit=praised_unit is not None, name=name, title=title, story=story,
                found_on=found_on, today=today,
            ),
            *objections_to_theme(has_theme=theme is not None, of_programme=is_theme_of(theme, programme)),
        ]
    )  # fmt: skip
    exemplar = Exemplar(
        unit=unit, member=member, praised_unit=praised_unit, name=nfc(name), about=nfc(about), programme=programme,
        is_group=is_group or praised_unit is not None, title=nfc(title), story=story, theme=theme, found_on=found_on,
        month=month_of(found_on),
    )  # fmt: skip
    exemplar.search_key = search_key(f"{exemplar} {exemplar.title}")[:500]
    exemplar.save()
    _step(exemplar, Step.FOUND, found_on)
    return exemplar


@action(Can.WRITE_OUTREACH)
def amend_exemplar(
    exemplar: Exemplar, *, actor: Actor, title: str, story: str, on: date, about: str = ""
) -> Exemplar:
    """Tell the deed otherwise. What was approved waits for approval again; what the public reads stays until then."""
    refuse_if(
        objections_to_finding(
            has_member=True, has_unit=False, name="", title=title, story=story, found_on=exemplar.found_on, today=on
        )
    )
    exemplar.title, exemplar.story, exemplar.about = nfc(title), story, nfc(about)
    exemplar.search_key = search_key(f"{exemplar} {exemplar.title}")[:500]
    if exemplar.state in APPROVED:
        exemplar.state = Step.PROPOSED
        _step(exemplar, Step.PROPOSED, on)
    exemplar.save()
    return exemplar


@action(Can.WRITE_OUTREACH)
def propose_exemplar(exemplar: Exemplar, *, actor: Actor, on: date, note: str = "") -> Exemplar:
    """Propose it to the ward."""
    refuse_if(objections_to_proposing(exemplar.state, last_on=last_day_of(exemplar), on=on))
    return _come_to(exemplar, Step.PROPOSED, on, note=note)


@action(Can.APPROVE_OUTREACH)
def approve_exemplar(exemplar: Exemplar, *, actor: Actor, on: date) -> Exemplar:
    """The ward approves the text as it stands."""
    refuse_if(objections_to_judging(exemplar.state, last_on=last_day_of(exemplar), on=on))
    _step(exemplar, Step.APPROVED, on)
    exemplar.state = furthest_of(exemplar)
    exemplar.save()
    return exemplar


@action(Can.APPROVE_OUTREACH)
def return_exemplar(exemplar: Exemplar, *, actor: Actor, reason: str, on: date) -> Exemplar:
    """Send it back, and say what is wanting."""
    refuse_if(objections_to_judging(exemplar.state, last_on=last_day_of(exemplar), on=on, reason=reason))
    return _come_to(exemplar, Step.RETURNED, on, note=reason)


@action(Can.WRITE_OUTREACH)
def present_exemplar(
    exemplar: Exemplar,
    *,
    actor: Actor,
    channel: str,
    on: date,
    today: date,
    note: str = "",
    meeting: Meeting | None = None,
    item: Item | None = None,
) -> Exemplar:
    """Enter where it was presented: at a meeting, on the portal, in a bulletin, on television (seed S1-07)."""
    refuse_if(
        objections_to_presenting(
            exemplar.state, approved_on=approved_on(exemplar), on=on, today=today, channel=channel,
            has_meeting=meeting is not None, has_item=item is not None,
        )
    )  # fmt: skip
    if meeting is not None:
        actor.require(Can.SEE_MEETINGS, meeting)
    if item is not None:
        actor.require(Can.SEE_OUTREACH, item)
    _step(exemplar, Step.PRESENTED, on, note=note, channel=channel, meeting=meeting, item=item)
    exemplar.state = furthest_of(exemplar)
    exemplar.save()
    return exemplar


@action(Can.LEAD_OUTREACH)
def commend_exemplar(
    exemplar: Exemplar, *, actor: Actor, on: date, paper: Paper | None = None, note: str = ""
) -> Exemplar:
    """Enter the decision by which it was commended (seed S3-13)."""
    refuse_if(
        objections_to_commending(
            exemplar.state, approved_on=approved_on(exemplar), on=on, has_decision=paper is not None
        )
    )
    actor.require(Can.SEE_PAPERS, paper)
    return _come_to(exemplar, Step.COMMENDED, on, note=note, paper=paper)


def _come_to(exemplar: Exemplar, step: Step, on: date, **told: Any) -> Exemplar:
    _step(exemplar, step, on, **told)
    exemplar.state = step
    exemplar.save()
    return exemplar


def _step(exemplar: Exemplar, step: Step, on: date, *, note: str = "", **told: Any) -> RoadStep:
    return RoadStep.objects.create(
        unit=exemplar.unit, exemplar=exemplar, step=step, on=on, month=month_of(on), note=nfc(note)[:500], **told
    )
