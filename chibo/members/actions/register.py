"""Members come in, change their condition or cell, and leave: each as a dated membership, with history kept."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypedDict, Unpack

from django.db.models import QuerySet
from django.utils.timezone import localdate

from chibo.access.actions import close_account, end_post
from chibo.access.actor import Actor
from chibo.access.charter import Can, Post
from chibo.access.gate import action
from chibo.access.selectors import grants_held
from chibo.core.refusal import refuse_if
from chibo.core.vietnamese import fold, name_sort_key, nfc, search_key
from chibo.members.models import Member, Membership
from chibo.members.rules import (
    Condition,
    Dates,
    Leaving,
    Standing,
    objections_to_changing,
    objections_to_coming_back,
    objections_to_condition,
    objections_to_dates,
    objections_to_history,
    objections_to_identity,
    objections_to_joining,
    objections_to_leaving,
    objections_to_recognising,
    objections_to_taking_over,
    objections_to_transferring,
)
from chibo.members.selectors import home_stay, is_taken, person_gone, stays_of, terms_held
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import setting_on, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chibo.core.values import Objection

DAY = timedelta(days=1)
TEXTS = ("full_name", "address", "occupation", "phone", "card_number", "citizen_id")
NUMBERS = ("citizen_id", "card_number")


class Person(TypedDict, total=False):
    """What is known of somebody, apart from where they stand."""

    sex: str
    birth_date: date | None
    birth_precision: str
    citizen_id: str
    card_number: str
    phone: str
    address: str
    occupation: str
    official_on: date | None
    qualification: str
    theory: str
    staff_kind: str


@action(Can.KEEP_MEMBERS)
def admit_member(unit: Unit, *, actor: Actor, full_name: str, on: date, **person: Unpack[Person]) -> Member:
    """Admit somebody to the Party (kết nạp) in this cell: a probationary member from that day on."""
    facts = {**person, "full_name": full_name, "admitted_on": on, "official_on": None}
    return _join(unit, facts, since=on, standing=Standing.PROBATIONARY, field="on")


@action(Can.KEEP_MEMBERS)
def take_in_member(
    unit: Unit,
    *,
    actor: Actor,
    full_name: str,
    since: date,
    standing: str = Standing.OFFICIAL,
    condition: str = Condition.ACTIVE,
    note: str = "",
    admitted_on: date | None = None,
    **person: Unpack[Person],
) -> Member:
    """Take in a member who comes from elsewhere, or was never entered (tiếp nhận): stands in this cell since that day.

    Somebody who left and is known by the same personal number and name comes back as the same record.
    """
    facts = {**person, "full_name": full_name, "admitted_on": admitted_on}
    return _join(unit, facts, since=since, standing=standing, condition=condition, note=note, field="since")


@action(Can.KEEP_MEMBERS)
def amend_member(member: Member, *, actor: Actor, **facts: Any) -> Member:
    """Put right or complete the personal file; what is not given stays."""
    _fill(member, facts)
    stays = stays_of(member)
    refuse_if((*_objections_to_person(member), *objections_to_history(_dates(member), stays)))
    _keep(member)
    return member


@action(Can.KEEP_MEMBERS)
def change_condition(
    member: Member, *, actor: Actor, condition: str, on: date, host: Unit | None = None, note: str = ""
) -> Member:
    """From that day on the member is exempt, suspended, for a time elsewhere (in ``host``, if it is one of ours), or back."""
    home = home_stay(member)
    if host is not None:
        actor.require(Can.KEEP_MEMBERS, host)
    refuse_if(
        (
            *objections_to_changing(stays_of(member), on=on, today=localdate()),
            *objections_to_condition(
                home,
                condition=condition,
                host_id=host.pk if host else None,
                host_open=host is not None and host.level == Level.CELL and standing_of(host, on).open,
            ),
        )
    )
    assert home is not None
    _end(_open(member), on - DAY, Leaving.CHANGED)
    _begin(member, home.unit_id, on, home.standing, condition, note)
    if host is not None:
        _begin(member, host.pk, on, home.standing, Condition.TEMPORARY_HERE, note)
    return member


@action(Can.KEEP_MEMBERS)
def recognise_official(member: Member, *, actor: Actor, on: date, note: str = "") -> Member:
    """Recognise a probationary member as official (công nhận chính thức) from that day, the end of the probation."""
    home = home_stay(member)
    months = int(setting_on("members.probation_months", member.unit, on))
    refuse_if(
        (
            *objections_to_changing(stays_of(member), on=on, today=localdate()),
            *objections_to_recognising(home, admitted_on=member.admitted_on, on=on, months=months),
        )
    )
    assert home is not None
    guests = [stay for stay in stays_of(member) if stay.valid_to is None and stay.unit_id != home.unit_id]
    _end(_open(member), on - DAY, Leaving.CHANGED)
    _begin(member, home.unit_id, on, Standing.OFFICIAL, home.condition, note)
    for guest in guests:
        _begin(member, guest.unit_id, on, Standing.OFFICIAL, guest.condition, note)
    member.official_on = on
    member.save()
    return member


@action(Can.KEEP_MEMBERS)
def transfer_member(member: Member, *, actor: Actor, to: Unit, on: date, note: str = "") -> Member:
    """From that day on the member officially belongs to another of our cells; posts in the old one end the day before."""
    actor.require(Can.KEEP_MEMBERS, to)
    home = home_stay(member)
    refuse_if(
        (
            *objections_to_changing(stays_of(member), on=on, today=localdate()),
            *objections_to_transferring(
                home, to_id=to.pk, is_cell=to.level == Level.CELL, to_open=standing_of(to, on).open
            ),
        )
    )
    assert home is not None
    condition = Condition.ACTIVE if home.condition == Condition.TEMPORARY_ELSEWHERE else home.condition
    _end(_open(member), on - DAY, Leaving.TRANSFERRED)
    _end_terms(member, on - DAY, actor, unit_id=home.unit_id)
    _begin(member, to.pk, on, home.standing, condition, note)
    member.unit = to
    member.save()
    return member


@action(Can.KEEP_MEMBERS)
def take_over_members(unit: Unit, *, actor: Actor, source: Unit, on: date) -> Unit:
    """Everybody who stands in a cell that has ended goes on in this one from that day: after a merger, or a closing."""
    actor.require(Can.KEEP_MEMBERS, source)
    people = list(Member.objects.filter(memberships__unit=source, memberships__valid_to__isnull=True).distinct())
    refuse_if(objections_to_taking_over(source_open=standing_of(source, on).open, people=len(people)))
    for member in people:
        if member.unit_id == source.pk:
            transfer_member(member, actor=actor, to=unit, on=on)
        else:
            _end(_open(member).filter(unit=source), on - DAY, Leaving.CHANGED)
    return unit


@action(Can.KEEP_MEMBERS)
def record_leaving(member: Member, *, actor: Actor, leaving: str, last_day: date, note: str = "") -> Member:
    """The member leaves our register with that day: moved out, removed, expelled, resigned or deceased.

    Posts end with it, and so does the account, which nobody may use any more.
    """
    refuse_if(objections_to_leaving(stays_of(member), last_day=last_day, today=localdate()))
    if note:
        _open(member).update(note=nfc(note))
    _end(_open(member), last_day, Leaving(leaving))
    _end_terms(member, last_day, actor)
    if member.account is not None and not grants_held(member.account, last_day + DAY).exists():
        close_account(member.unit, actor=actor, user=member.account)
    return member


@action(Can.REVEAL_IDENTITY)
def reveal_citizen_id(member: Member, *, actor: Actor) -> Member:
    """Somebody looks at the personal number; the journal says who and when. It is on the record that comes back."""
    return member


def _join(
    unit: Unit,
    facts: dict[str, Any],
    *,
    since: date,
    standing: str,
    field: str,
    condition: str = Condition.ACTIVE,
    note: str = "",
) -> Member:
    """A new record, or that of somebody who left, standing in the cell since the day."""
    gone = person_gone(str(facts.get("citizen_id", "")), fold(str(facts["full_name"])))
    member = gone or Member()
    member.unit = unit
    _fill(member, facts)
    refuse_if(
        (
            *_objections_to_person(member),
            *objections_to_joining(
                since=since, field=field, standing=standing, dates=_dates(member), today=localdate(),
                is_cell=unit.level == Level.CELL, unit_open=standing_of(unit, since).open,
            ),
        )
    )  # fmt: skip
    if gone is not None:
        refuse_if(objections_to_coming_back(stays_of(gone), since=since, field=field))
    _keep(member)
    _begin(member, unit.pk, since, standing, condition, note)
    return member


def _fill(member: Member, facts: dict[str, Any]) -> None:
    """Set the given facts, tidied: one spelling, and the keys by which names sort and are found."""
    for name, value in facts.items():
        text = nfc(str(value or ""))
        setattr(member, name, text.replace(" ", "") if name in NUMBERS else text if name in TEXTS else value)
    member.sort_key, member.search_key = name_sort_key(member.full_name), search_key(member.full_name)


def _dates(member: Member) -> Dates:
    return Dates(member.birth_date, member.birth_precision, member.admitted_on, member.official_on)


def _objections_to_person(member: Member) -> Iterator[Objection]:
    yield from objections_to_dates(_dates(member), today=localdate())
    yield from objections_to_identity(
        citizen_id=member.citizen_id,
        phone=member.phone,
        citizen_taken=is_taken("citizen_id", member.citizen_id, member.pk),
        card_taken=is_taken("card_number", member.card_number, member.pk),
    )


def _keep(member: Member) -> None:
    member.full_clean(exclude=["groups", "sort_key", "search_key"], validate_unique=False, validate_constraints=False)
    member.save()


def _open(member: Member) -> QuerySet[Membership]:
    return member.memberships.filter(valid_to__isnull=True)


def _begin(member: Member, unit_id: int, on: date, standing: str, condition: str, note: str) -> None:
    Membership.objects.create(
        member=member, unit_id=unit_id, standing=standing, condition=condition, valid_from=on, note=nfc(note)
    )


def _end(rows: QuerySet[Membership], last_day: date, leaving: Leaving) -> None:
    rows.update(valid_to=last_day, leaving=leaving)


def _end_terms(member: Member, last_day: date, actor: Actor, *, unit_id: int | None = None) -> None:
    """The member's posts (those in one unit, if it is named) end with that day, and the powers with them."""
    for term in terms_held(member, last_day + DAY):
        if unit_id is not None and term.unit_id != unit_id:
            continue
        if member.account is not None:
            end_post(term.unit, actor=actor, user=member.account, post=Post(term.post), last_day=last_day)
        if term.valid_from > last_day:
            term.delete()
        else:
            term.valid_to = last_day
            term.save()
