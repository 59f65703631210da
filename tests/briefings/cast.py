"""A ward with its secretary and clerk in the register, and briefings of August and September 2026."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from chibo.access.charter import Post
from chibo.briefings.actions import call_briefing, conclude_briefing, give_direction, send_return
from chibo.briefings.models import Briefing, Return
from chibo.briefings.rules import Rhythm
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.tasks.models import Task
from chibo.units.models import Unit
from tests.world import World

HELD = date(2026, 9, 4)
DUE = date(2026, 9, 3)
WORK = "Lập danh sách 12 hộ nghèo của tổ dân phố"


def chairs(world: World) -> tuple[Member, Member]:
    """The ward's secretary and a committee member, who chair and record; made once."""
    found = Member.objects.filter(full_name__in=["Lê Văn Chủ Trì", "Mai Thị Thư Ký"]).order_by("pk")
    if not found:
        since = date(2020, 1, 1)
        for name, post in (("Lê Văn Chủ Trì", Post.WARD_SECRETARY), ("Mai Thị Thư Ký", Post.WARD_COMMITTEE)):
            appoint(
                world.ward, actor=world.clerk, member=world.member(world.cell7, name), post=post, valid_from=since
            )
    chair, recorder = found.all()
    return chair, recorder


def called(world: World, held_on: date = HELD, **more: Any) -> Briefing:
    chair, recorder = chairs(world)
    asked = {
        "rhythm": Rhythm.MONTHLY,
        "starts_at": time(8),
        "place": "Hội trường",
        "chair": chair,
        "recorder": recorder,
    }
    return call_briefing(world.ward, actor=world.clerk, held_on=held_on, **{**asked, **more})


def return_of(briefing: Briefing, unit: Unit) -> Return:
    return briefing.returns.get(unit=unit, body="")


def sent(world: World, briefing: Briefing, unit: Unit | None = None, on: date = DUE, **texts: str) -> Return:
    told = {"results": "- Đã thu đảng phí quý III", "next_tasks": "- Tổ chức Ngày hội đại đoàn kết", **texts}
    return send_return(return_of(briefing, unit or world.cell5), actor=world.clerk, sent_on=on, **told)


def directed(world: World, briefing: Briefing, **more: Any) -> Task:
    """A direction to cell 5, as a task."""
    asked = {"title": WORK, "measure": "danh sách có chữ ký", "due_on": date(2026, 9, 20), "units": [world.cell5]}
    give_direction(briefing, actor=world.clerk, **{**asked, **more})
    return Task.objects.latest("pk")


def concluded(world: World, briefing: Briefing, minutes: str = "Biên bản giao ban") -> Briefing:
    day = briefing.meeting.held_on
    return conclude_briefing(briefing, actor=world.clerk, minutes=minutes, closed_on=day, ends_at=time(10))
