"""An office at work, in few words: what every scenario is told with. Everything passes the gate, as the installation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from random import Random
from typing import Any

from chibo.access.actor import SETUP
from chibo.desk.management.scenarios.people import PLEDGES, VAGUE, Names
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting
from chibo.meetings.models import Meeting
from chibo.meetings.rules import Presence
from chibo.meetings.selectors import composed_minutes
from chibo.members.actions import take_in_member
from chibo.members.models import Member
from chibo.members.rules import Condition, Standing
from chibo.papers.actions import register_paper
from chibo.papers.models import Paper
from chibo.plans.actions import confirm_plan, draft_plan, evaluate_cell, open_campaign, register_plan, write_plan
from chibo.plans.models import Campaign, Plan
from chibo.plans.rules import ResultLevel
from chibo.plans.rules.evaluating import Entry
from chibo.plans.rules.planning import Item
from chibo.programmes.actions import launch_programme, set_theme
from chibo.programmes.models import Programme, Theme
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from chibo.units.selectors import root

LONG_AGO = date(2011, 1, 1)
AS_SETUP: dict[str, Any] = {"actor": SETUP}


@dataclass
class Office:
    """A ward committee with its cells, and the short words that scenarios use for its work."""

    ward: Unit
    chance: Random
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.names = Names(self.chance)

    @classmethod
    def found(cls, city: str, district: str, ward: str, *, key: str, seed: int, since: date = LONG_AGO) -> Office:
        """Found a ward below a city and, while there were any, a district."""
        above = found_unit(root(), name=city, level=Level.PROVINCE, key=f"{key}-t", on=since, **AS_SETUP)
        if district:
            above = found_unit(above, name=district, level=Level.DISTRICT, key=f"{key}-q", on=since, **AS_SETUP)
        here = found_unit(above, name=ward, level=Level.WARD, key=key, on=since, **AS_SETUP)
        return cls(here, Random(seed))  # noqa: S311 – a story, not a secret

    def cell(self, name: str, key: str, kind: CellKind = CellKind.RESIDENTIAL, since: date = LONG_AGO) -> Unit:
        return found_unit(self.ward, name=name, level=Level.CELL, key=key, on=since, cell_kind=kind, **AS_SETUP)

    def member(self, cell: Unit, *, since: date = LONG_AGO, **facts: Any) -> Member:
        sex = facts.pop("sex", self.chance.choice(("male", "female")))
        facts.setdefault("standing", Standing.OFFICIAL)
        facts.setdefault("condition", Condition.ACTIVE)
        return take_in_member(cell, full_name=self.names.next(sex), sex=sex, since=since, **facts, **AS_SETUP)

    def members(self, cell: Unit, count: int, **facts: Any) -> list[Member]:
        return [self.member(cell, **facts) for _ in range(count)]

    def paper(self, symbol: str, kind: str, issuer: str, subject: str, on: date) -> Paper:
        return register_paper(
            self.ward, symbol=symbol, kind=kind, issuer=issuer, subject=subject, issued_on=on, **AS_SETUP
        )

    def programme(self, code: str, name: str, since: date, basis: Paper | None = None) -> Programme:
        return launch_programme(self.ward, code=code, name=name, valid_from=since, basis=basis, **AS_SETUP)

    def theme(self, programme: Programme, year: int, title: str) -> Theme:
        return set_theme(programme, year=year, title=title, **AS_SETUP)

    def campaign(
        self, programme: Programme, year: int, theme: Theme | None = None, guidance: Paper | None = None
    ) -> Campaign:
        return open_campaign(
            self.ward, programme=programme, theme=theme, guidance=guidance, year=year,
            opened_on=date(year, 1, 5), deadline=date(year, 3, 31), **AS_SETUP,
        )  # fmt: skip

    def plan(self, campaign: Campaign, member: Member, *, vague: bool = False, confirmed: bool = True) -> Plan:
        """The member registers a plan in January or February; the cell committee confirms it a week later."""
        day = date(campaign.year, 1, 10 + self.chance.randrange(20))
        plan = draft_plan(member, campaign=campaign, made_on=day, **AS_SETUP)
        write_plan(plan, items=self.pledges(campaign, vague=vague), **AS_SETUP)
        register_plan(plan, registered_on=day, **AS_SETUP)
        if confirmed:
            confirm_plan(plan, confirmed_on=date(campaign.year, 2, 10), comment="", **AS_SETUP)
        return plan

    def pledges(self, campaign: Campaign, *, vague: bool = False) -> list[Item]:
        if vague:
            return [Item(str(n), VAGUE[n - 1]) for n in (1, 2, 3)]
        items = []
        sections = self.chance.sample(sorted(PLEDGES), self.chance.randint(4, 7))
        for section in sorted({*sections, "5"}):
            statement, measure = self.chance.choice(PLEDGES[section])
            items.append(
                Item(section, statement, measure, date(campaign.year, 12, 15), on_theme=section in ("5", "7"))
            )
        return items

    def meet(
        self,
        cell: Unit,
        month: date,
        *,
        day: int = 3,
        absent: Sequence[Member] = (),
        unexcused: Sequence[Member] = (),
        members: Iterable[Member] = (),
        chair: Member | None = None,
        recorder: Member | None = None,
    ) -> Meeting:
        """Hold the regular meeting of the month and call the roll; absences are excused unless named otherwise."""
        held_on = month.replace(day=day)
        meeting = convene_meeting(
            cell, month=month, held_on=held_on, starts_at=time(19, 30), place="Nhà văn hóa", chair=chair,
            recorder=recorder, **AS_SETUP,
        )  # fmt: skip
        presences = {m.pk: (Presence.PRESENT, "") for m in members}
        presences |= {m.pk: (Presence.EXCUSED, "bận việc gia đình") for m in absent}
        presences |= {m.pk: (Presence.UNEXCUSED, "") for m in unexcused}
        call_roll(meeting, presences=presences, **AS_SETUP)
        return meeting

    def evaluate(self, meeting: Meeting, entries: dict[Plan, Entry]) -> None:
        evaluate_cell(meeting, entries={plan.pk: entry for plan, entry in entries.items()}, **AS_SETUP)

    def good(self, plans: Iterable[Plan]) -> dict[Plan, Entry]:
        """Everybody did well, and nothing more was said."""
        return {plan: Entry(level=ResultLevel.GOOD) for plan in plans}

    def close(self, meeting: Meeting) -> None:
        meeting.refresh_from_db()
        close_meeting(
            meeting, minutes=composed_minutes(meeting), closed_on=meeting.held_on, ends_at=time(21, 0), **AS_SETUP
        )
