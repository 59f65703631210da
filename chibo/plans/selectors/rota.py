"""The rota: who reports on their plan in which month's meeting (seed S1-08)."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from chibo.access.actor import Actor
from chibo.core.registry import Errand
from chibo.core.values import Period, month_of, months_after
from chibo.meetings.models import Meeting
from chibo.meetings.rules import MeetingKind, MeetingState
from chibo.members.models import Member, Membership
from chibo.members.rules import EXPECTED
from chibo.plans.models import Evaluation, Plan, SelfReport, Turn
from chibo.plans.rules import HAVING
from chibo.plans.rules.evaluating import fair_rota
from chibo.units.models import Unit


@dataclass(frozen=True, slots=True)
class Square:
    """One member in one month. ``state`` is ``turn``, ``reported``, ``free`` or ``away`` (nothing can be assigned)."""

    month: date
    state: str
    locked: bool
    """Whether the month's meeting is closed, so that the rota stays as it was."""


@dataclass(frozen=True, slots=True)
class RotaRow:
    member: Member
    squares: list[Square]
    turns: int


@dataclass(frozen=True, slots=True)
class Rota:
    """The year of a cell: members × months."""

    unit: Unit
    year: int
    months: list[date]
    rows: list[RotaRow]
    expected: dict[date, set[int]]
    taken: dict[date, set[int]]
    locked: set[date]

    @property
    def bare(self) -> list[date]:
        """Months in which nobody is to report."""
        return [month for month in self.months if not self.taken[month]]


def rota_of(unit: Unit, year: int) -> Rota:
    """Everybody who takes part in the cell in the year, in Vietnamese order: four queries for any number."""
    period = Period.of_year(year)
    months = list(period.months())
    meetings = {m.month: m for m in Meeting.objects.filter(unit=unit, month__in=months, kind=MeetingKind.REGULAR)}
    locked = {month for month, meeting in meetings.items() if meeting.state == MeetingState.CLOSED}
    days = {month: meetings[month].held_on if month in meetings else Period.of_month(month).last for month in months}
    overlap = Q(valid_to__isnull=True) | Q(valid_to__gte=period.first)
    stays = list(
        Membership.objects.filter(overlap, unit=unit, valid_from__lte=period.last, condition__in=EXPECTED)
        .select_related("member")
        .order_by("member__sort_key", "member_id", "valid_from")
    )
    expected = {
        month: {s.member_id for s in stays if s.valid_from <= day and (s.valid_to is None or s.valid_to >= day)}
        for month, day in days.items()
    }
    taken: dict[date, set[int]] = {month: set() for month in months}
    for member, month in Turn.objects.filter(unit=unit, month__in=months).values_list("member_id", "month"):
        taken[month].add(member)
    told = set(
        Evaluation.objects.filter(unit=unit, month__in=months)
        .exclude(reported="")
        .values_list("plan__member_id", "month")
    )

    def square(member: int, month: date) -> Square:
        if (member, month) in told:
            state = "reported"
        elif member in taken[month]:
            state = "turn"
        else:
            state = "free" if member in expected[month] else "away"
        return Square(month, state, month in locked)

    people = {stay.member_id: stay.member for stay in stays}
    rows = [
        RotaRow(person, [square(pk, month) for month in months], sum(pk in taken[month] for month in months))
        for pk, person in people.items()
    ]
    return Rota(unit, year, months, rows, expected, taken, locked)


def proposed_turns(unit: Unit, year: int, first: date) -> dict[date, list[int]]:
    """Who could report in which of the year's months from ``first`` on, besides the turns already given."""
    rota = rota_of(unit, year)
    months = [month for month in rota.months if month >= first and month not in rota.locked]
    people = [row.member.pk for row in rota.rows]
    past = {
        row.member.pk
        for row in rota.rows
        if any(square.state in ("turn", "reported") and square.month not in months for square in row.squares)
    }
    waiting = [pk for pk in people if pk not in past] or people
    return fair_rota(waiting, months, expected=rota.expected, last=last_reports(people, first), taken=rota.taken)


def last_reports(members: Collection[int], before: date) -> dict[int, date]:
    """When each last reported, or had the turn to, before the month."""
    last = dict(
        Turn.objects.filter(member__in=members, month__lt=before).order_by().values("member").annotate(at=Max("month"))
        .values_list("member", "at")
    )  # fmt: skip
    told = (
        Evaluation.objects.filter(plan__member__in=members, month__lt=before)
        .exclude(reported="")
        .order_by()
        .values("plan__member")
        .annotate(at=Max("month"))
        .values_list("plan__member", "at")
    )
    for member, at in told:
        last[member] = max(at, last.get(member, at))
    return last


def turns_of_month(units: Collection[int], month: date) -> list[Turn]:
    """Whose turn it is, by cell and in Vietnamese order."""
    turns = Turn.objects.filter(unit_id__in=units, month=month).select_related("member", "unit")
    return list(turns.order_by("unit__sort_key", "member__sort_key", "pk"))


def own_turns(actor: Actor, first: date, last: date) -> list[Turn]:
    """The actor's own turns in these months."""
    if actor.user is None:
        return []
    turns = Turn.objects.filter(member__account=actor.user, month__range=(first, last)).select_related(
        "member", "unit"
    )
    return list(turns.order_by("month"))


def standing_for_turn(unit: Unit, member: Member, month: date) -> tuple[bool, bool]:
    """Whether the member is expected in the cell that month, and whether the month's meeting is closed."""
    meeting = Meeting.objects.filter(unit=unit, month=month, kind=MeetingKind.REGULAR).first()
    day = meeting.held_on if meeting else Period.of_month(month).last
    still = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    stays = Membership.objects.filter(still, unit=unit, member=member, valid_from__lte=day, condition__in=EXPECTED)
    return stays.exists(), meeting is not None and meeting.state == MeetingState.CLOSED


def errands_of_rota(actor: Actor, today: date) -> Iterator[Errand]:
    """For the member whose turn it is, this month or the next, and who has not written their report yet."""
    first = month_of(today)
    turns = own_turns(actor, first, months_after(first, 1))
    if not turns:
        return
    plans = {plan.year: plan.pk for plan in Plan.objects.filter(member__account=actor.user, state__in=HAVING)}
    written = set(SelfReport.objects.filter(plan__in=plans.values()).values_list("month", flat=True))
    written |= set(Evaluation.objects.filter(plan__in=plans.values()).values_list("month", flat=True))
    for turn in turns:
        if turn.month not in written:
            plan = plans.get(turn.month.year)
            yield Errand(
                _("Đồng chí báo cáo kế hoạch tu dưỡng tháng %(month)s") % {"month": f"{turn.month:%m/%Y}"},
                _("Viết báo cáo") if plan else _("Đăng ký kế hoạch"),
                reverse("plans:report", args=[plan, f"{turn.month:%Y-%m}"]) if plan else reverse("plans:mine"),
                due=Period.of_month(turn.month).last,
            )
