"""A programme, its theme and a campaign of the ward for 2026, as most tests of plans need them."""

from __future__ import annotations

from datetime import date

from chibo.access.actor import Actor
from chibo.members.models import Member
from chibo.papers.actions import register_paper
from chibo.plans.actions import draft_plan, open_campaign, register_plan, write_plan
from chibo.plans.models import Campaign, Plan
from chibo.plans.rules.planning import Item
from chibo.programmes.actions import launch_programme, plant_manifestations, set_theme
from chibo.programmes.models import Programme, Theme
from tests.world import World

OPENED, DEADLINE = date(2026, 1, 10), date(2026, 2, 28)
DRAFTED, REGISTERED = date(2026, 1, 20), date(2026, 2, 1)


def programme(world: World) -> Programme:
    found = Programme.objects.filter(unit=world.ward).first()
    if found:
        return found
    plant_manifestations(world.ward, actor=world.clerk)
    return launch_programme(
        world.ward, actor=world.clerk, code="ct05", name="Học tập và làm theo Bác", valid_from=date(2016, 5, 15)
    )


def theme(world: World, year: int = 2026) -> Theme:
    return set_theme(programme(world), actor=world.clerk, year=year, title=f"Chuyên đề năm {year}: nêu gương")


def campaign(world: World, year: int = 2026) -> Campaign:
    found = Campaign.objects.filter(unit=world.ward, year=year).first()
    if found:
        return found
    guidance = register_paper(
        world.ward, actor=world.clerk, kind="Hướng dẫn", symbol=f"{year}-HD/ĐU", issuer="Đảng ủy phường Sao Mai",
        subject="Xây dựng kế hoạch tu dưỡng, rèn luyện",
    )  # fmt: skip
    return open_campaign(
        world.ward, actor=world.clerk, programme=programme(world), theme=theme(world, year), guidance=guidance,
        year=year, opened_on=OPENED.replace(year=year), deadline=DEADLINE.replace(year=year),
    )  # fmt: skip


GOOD = Item(
    "1", "Đọc tác phẩm “Sửa đổi lối làm việc”, ghi chép và trình bày trước chi bộ", "1 bài trình bày",
    date(2026, 6, 30), on_theme=True, manifestation="A3",
)  # fmt: skip


def drafted(world: World, member: Member, *items: Item, actor: Actor | None = None, year: int = 2026) -> Plan:
    actor = actor or (world.own(member) if member.account else world.secretary)
    plan = draft_plan(member, actor=actor, campaign=campaign(world, year), made_on=DRAFTED.replace(year=year))
    return write_plan(plan, actor=actor, items=items or [GOOD])


def registered(world: World, member: Member, *items: Item, actor: Actor | None = None, year: int = 2026) -> Plan:
    plan = drafted(world, member, *items, actor=actor, year=year)
    actor = actor or (world.own(member) if member.account else world.secretary)
    return register_plan(plan, actor=actor, registered_on=REGISTERED.replace(year=year))
