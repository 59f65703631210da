"""The weekly letter: to whom it is due, what it counts, and its words. No name and no check stands in it (ADR 0037)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from chibo.access.actor import Actor
from chibo.access.charter import Can
from chibo.access.models import User
from chibo.access.selectors import actors_among
from chibo.core.registry import Check, Errand
from chibo.meetings.models import Mailbox
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import open_units
from chibo.warnings.models import Digest
from chibo.warnings.rules import APART
from chibo.warnings.selectors import Warned, warnings_on

STALE = timedelta(days=3)
"""A failure that no later night repeated in so long is over."""


@dataclass(frozen=True)
class Tally:
    """How many one check found in one unit, and how many of them the level above is told of by now."""

    check: Check
    unit: Unit
    number: int
    late: int


@dataclass(frozen=True)
class Due:
    """A letter that is due, and its four numbers."""

    user: User
    address: str
    mine: int
    kinds: int
    below: int
    places: int


def digest_of(user: User) -> Digest:
    """The person's choice as it stands; unsaved if they never made one and were never written to."""
    return Digest.objects.filter(user=user).first() or Digest(user=user)


def put_off_lately(today: date) -> date | None:
    """The last night on which a letter could not be handed over, unless it lies long back: the nights since went well."""
    rows = Digest.objects.filter(put_off_on__gt=today - STALE)
    last: date | None = rows.aggregate(last=Max("put_off_on"))["last"]
    return last


def letters_waiting(actor: Actor, today: date) -> Iterator[Errand]:
    """For who keeps the installation: letters wait because the mail server was not reached."""
    day = put_off_lately(today) if actor.holds(Can.SET_RULES) else None
    if day:
        said = _("Máy chủ thư không nhận thư nhắc việc đêm %(day)s") % {"day": f"{day:%d/%m/%Y}"}
        yield Errand(said, _("Xem"), reverse("warnings:letter"), day)


def digests_due(below: Unit, today: date) -> list[Due]:
    """The letters to write today to people whose posts lie below the unit: none where nothing is open for them.

    Each ward's checks are run once, however many people are told of them.
    """
    addresses = _addresses(today)
    actors = [
        a for a in actors_among(list(addresses), today) if any(p.startswith(below.path) for _post, p in a.grants)
    ]
    tallies = [
        tally
        for ward in open_units(Unit.objects.filter(level=Level.WARD, path__startswith=below.path), today)
        if any(_meet(ward.path, path) for actor in actors for _post, path in actor.grants)
        for tally in tallied(warnings_on(ward, today), today)
    ]
    found = (_due(actor, addresses[actor.user], tallies) for actor in actors)
    return [due for due in found if due.mine or due.below]


def _addresses(today: date) -> dict[User, str]:
    """Who gave an address, still wants the letter, and had none within the week."""
    lately = Q(user__digest__wanted=False) | Q(user__digest__sent_on__gt=today - APART)
    boxes = Mailbox.objects.filter(user__is_active=True).exclude(lately).select_related("user").order_by("pk")
    return {box.user: box.address for box in boxes}


def _meet(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def tallied(found: Iterable[Warned], day: date) -> list[Tally]:
    """The findings as numbers, by check and unit."""
    checks: dict[str, Check] = {}
    units: dict[int, Unit] = {}
    every, late = Counter[tuple[str, int]](), Counter[tuple[str, int]]()
    for one in found:
        key = one.check.code, one.unit.pk
        checks[key[0]], units[key[1]] = one.check, one.unit
        every[key] += 1
        late[key] += one.is_late(day)
    return [Tally(checks[code], units[pk], number, late[code, pk]) for (code, pk), number in every.items()]


def _due(actor: Actor, address: str, tallies: Iterable[Tally]) -> Due:
    mine, below = list[Tally](), list[Tally]()
    for tally in tallies:
        if actor.may(Can(tally.check.can), tally.unit):
            mine.append(tally)
        elif tally.late and actor.may(Can.SEE_WARNINGS, tally.unit):
            below.append(tally)
    return Due(
        actor.user, address,
        mine=sum(t.number for t in mine), kinds=len({t.check.code for t in mine}),
        below=sum(t.late for t in below), places=len({t.unit.pk for t in below}),
    )  # fmt: skip


def letter_of(due: Due) -> tuple[str, str]:
    """Subject and text, in the language the person reads the pages in."""
    with override(due.user.language):
        return _subject(due), "\n".join(_lines(due))


def _subject(due: Due) -> str:
    if due.mine:
        return _("Việc còn thiếu: %(n)s việc") % {"n": due.mine}
    return _("Việc còn thiếu: %(n)s việc ở %(places)s nơi") % {"n": due.below, "places": due.places}


def _lines(due: Due) -> Iterator[str]:
    numbers = {"mine": due.mine, "kinds": due.kinds, "below": due.below, "places": due.places}
    if due.mine:
        yield _("Đồng chí khắc phục được: %(mine)s việc, thuộc %(kinds)s loại.") % numbers
    if due.below:
        yield _("Đã quá thời gian để nơi có việc tự khắc phục: %(below)s việc ở %(places)s nơi.") % numbers
    yield ""
    pages = settings.PAGES_AT
    if pages:
        yield _("Xem từng việc: %(url)s") % {"url": pages + reverse("warnings:start")}
    else:
        yield _("Xem từng việc: đăng nhập phần mềm, mục Việc còn thiếu.")
    yield ""
    yield _("Thư chỉ có số lượng; mỗi tuần nhiều nhất một thư, hết việc thì không có thư.")
    if pages:
        yield _("Thôi nhận thư: %(url)s") % {"url": pages + reverse("warnings:letter")}
    else:
        yield _("Thôi nhận thư: mục Việc còn thiếu, Thư nhắc hằng tuần.")
