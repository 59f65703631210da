"""An inspection of cell 5, decided today by the ward, with a team of two from another cell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate

from chibo.access.actor import SETUP, Actor
from chibo.access.charter import Post
from chibo.inspections.actions import announce_inspection, decide_inspection, seat_team
from chibo.inspections.actions.papers import issue_prepared
from chibo.inspections.models import Inspection, Subject
from chibo.members.models import Member, PostTerm
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level
from tests.world import LONG_AGO, World

CONTENT = "Lãnh đạo thực hiện kế hoạch tu dưỡng"


@dataclass
class Cast:
    """Who takes part."""

    world: World
    agency: Unit
    inspection: Inspection
    head: Member
    scribe_member: Member

    @property
    def subject(self) -> Subject:
        return self.inspection.subjects.get()

    @property
    def scribe(self) -> Actor:
        return self.world.own(self.scribe_member)

    @property
    def by(self) -> dict[str, Any]:
        return {"actor": self.world.inspector}

    def two_cells(self) -> Inspection:
        made = decide(self.world, [self.world.cell5, self.world.cell7])
        return start(self, made)

    def of_a_person(self) -> tuple[Inspection, Member]:
        person = self.world.member(self.world.cell5, "Người Được Xem", account=True)
        return start(self, decide(self.world, [], members=[person])), person


def decide(world: World, units: list[Unit], **more: Any) -> Inspection:
    today = localdate()
    asked = {
        "form": "compliance", "body": "committee", "content": CONTENT, "decided_on": today, "begins_on": today,
        "outline": "plans",
    } | more  # fmt: skip
    return decide_inspection(world.ward, actor=world.inspector, units=units, **asked)


def start(cast: Cast, made: Inspection) -> Inspection:
    seat_team(made, roles={cast.head: "head", cast.scribe_member: "secretary"}, **cast.by)
    issue_prepared(made, on=localdate(), **cast.by)
    announce_inspection(made, on=localdate(), **cast.by)
    return made


def decided(world: World) -> Cast:
    """Decided, the team seated; nothing sent."""
    agency = found_unit(
        world.ward, actor=SETUP, name="Chi bộ Cơ quan", level=Level.CELL, key="sm-cq", on=LONG_AGO,
        cell_kind=CellKind.AGENCY,
    )  # fmt: skip
    head, scribe = (world.member(agency, name, account=True) for name in ("Vũ Trưởng Đoàn", "Trần Thư Ký"))
    for unit, post in ((world.ward, Post.WARD_SECRETARY), (world.cell5, Post.CELL_SECRETARY)):
        member = world.member(unit if unit.level == Level.CELL else agency, f"Người Ký {post}")
        PostTerm.objects.create(unit=unit, member=member, post=post, valid_from=LONG_AGO)
    made = decide(world, [world.cell5])
    cast = Cast(world, agency, made, head, scribe)
    seat_team(made, roles={head: "head", scribe: "secretary"}, **cast.by)
    return cast


def announced(cast: Cast) -> Inspection:
    issue_prepared(cast.inspection, on=localdate(), **cast.by)
    announce_inspection(cast.inspection, on=localdate(), **cast.by)
    cast.inspection.refresh_from_db()
    return cast.inspection
