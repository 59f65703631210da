"""Seed S0 through the pages: a ward calls for plans in January 2020, its cells evaluate them, a team comes in August."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
from django.urls import reverse

from chibo.access.actor import Actor
from chibo.access.charter import Post
from chibo.members.actions import appoint, join_group
from chibo.members.models import Member
from chibo.plans.actions import draft_plan, register_plan, write_plan
from chibo.plans.models import Campaign, Evaluation, Plan
from chibo.plans.rules.planning import Item
from chibo.programmes.actions import plant_manifestations
from chibo.units.models import Unit
from tests.conftest import told_once
from tests.journeys.conftest import Seat, document_text, standing_clock
from tests.world import World

GOOD = Item(
    "1", "Đọc một chuyên đề mỗi quý và trao đổi trong tổ đảng", "4 chuyên đề", date(2020, 12, 15), on_theme=True
)
VAGUE = Item("1", "Chấp hành tốt chủ trương, đường lối")
THEME = "Tăng cường khối đại đoàn kết toàn dân tộc"


@dataclass
class Story:
    """The ward on the day the team comes."""

    world: World
    five: list[Member]
    seven: list[Member]
    campaign: Campaign

    def seat(self, actor: Actor) -> Seat:
        return Seat().sit(actor.user)

    def at(self, name: str, *args: object) -> str:
        return reverse(name, args=args)


def plans_of(world: World, members: list[Member], campaign: Campaign, secretary, *, vague: int = -1) -> None:
    """The secretary enters what members handed in on paper."""
    for n, member in enumerate(members):
        plan = draft_plan(member, actor=secretary, campaign=campaign, made_on=date(2020, 1, 20))
        write_plan(plan, actor=secretary, items=[VAGUE if n == vague else GOOD])
        register_plan(plan, actor=secretary, registered_on=date(2020, 2, 1))


def meet(seat: Seat, cell: Unit, month: int, *, evaluate: bool = True, **said: str) -> None:
    """The secretary convenes, calls the roll and evaluates the whole cell, each on its page."""
    held = f"3/{month}/2020"
    seat.fill(reverse("meetings:convene", args=[cell.pk]), held_on=held, starts_at="19:30", place="Nhà văn hóa")
    meeting = re.search(r"/meetings/(\d+)/", seat.at)[1]
    seat.fill(reverse("meetings:roll", args=[meeting]), press={"rest": "1"}, to="")
    if evaluate:
        grid = reverse("plans:evaluate_cell", args=[meeting])
        plans = Plan.objects.filter(unit=cell, year=2020).values_list("pk", flat=True)
        levels = {f"{pk}-level": "good" for pk in plans}
        seat.fill(grid, **{**levels, **said})


def began(world: World, clock: Callable[[date], date]) -> Story:
    clock(date(2020, 1, 6))
    plant_manifestations(world.ward, actor=world.clerk)
    five = world.members(world.cell5, 25)
    seven = world.members(world.cell7, 21)
    group = world.group("Đảng viên hưu trí")
    join_group(group, actor=world.clerk, members=five[:5])
    clerk, ward = Seat().sit(world.clerk.user), world.ward.pk
    paper = {"kind": "Hướng dẫn", "symbol": "23-HD/QU", "issuer": "Quận ủy Sông Xanh", "issued_on": "3/1/2020"}
    clerk.fill(reverse("papers:register", args=[ward]), subject="Xây dựng kế hoạch tu dưỡng", **paper)
    guidance = re.search(r"/paper/(\d+)/", clerk.at)[1]
    clerk.fill(
        reverse("programmes:launch", args=[ward]), name="Chỉ thị 05-CT/TW", code="ct05", valid_from="15/5/2016"
    )
    programme = re.search(r"/programme/(\d+)/", clerk.at)[1]
    clerk.fill(reverse("programmes:theme", args=[programme]), year="2020", title=THEME)
    clerk.fill(
        reverse("plans:open", args=[ward]), guidance=guidance, year="2020", opened_on="6/1/2020", deadline="31/3/2020",
        theme=_choice(clerk, reverse("plans:open", args=[ward]), "theme", THEME),
    )  # fmt: skip
    campaign = Campaign.objects.get(unit=world.ward, year=2020)
    clock(date(2020, 2, 10))
    plans_of(world, five[1:24], campaign, world.secretary, vague=2)
    plans_of(world, seven, campaign, world.secretary7)
    return Story(world, five, seven, campaign)


@told_once
def called(world: World) -> Story:
    with pytest.MonkeyPatch.context() as patch:
        return began(world, standing_clock(patch))


@pytest.fixture
def story(called: Story, clock: Callable[[date], date]) -> Story:
    clock(date(2020, 2, 10))
    return called


def _choice(seat: Seat, address: str, name: str, words: str) -> str:
    page = seat.client.get(address).content.decode()
    options = re.search(rf'<select name="{name}".*?</select>', page, re.S)[0]
    return re.search(rf'value="(\d+)"[^>]*>[^<]*{words}', options)[1]


def test_s0_05_s0_07_s0_12_s0_14_a_year_from_the_call_to_the_inspection(story: Story, clock) -> None:
    """Member, secretary, ward and inspector each at their own pages; every number comes out of what they entered."""
    world, seat = story.world, story.seat
    an = story.five[0]
    an.account = world.account("Đảng Viên Số 1")
    an.save()
    # The member makes a plan.
    own = seat(world.own(an))
    own.fill(reverse("plans:mine"), to=reverse("plans:begin", args=[an.pk, story.campaign.pk]))
    own.fill(own.at, **{
        "item-0-statement": "Vận động các hộ giữ ngõ phố sạch", "item-0-measure": "4 đợt",
        "item-0-deadline": "15/12/2020", "item-0-on_theme": "on",
    })  # fmt: skip
    plan = Plan.objects.get(member=an)
    own.fill(reverse("plans:plan", args=[plan.pk]), to=reverse("plans:register", args=[plan.pk]))
    # The secretary confirms it, and all others at once.
    secretary, other = seat(world.secretary), seat(world.secretary7)
    secretary.fill(
        reverse("plans:plan", args=[plan.pk]), to=reverse("plans:judge", args=[plan.pk]), press={"step": "confirm"},
        comment="Cụ thể, làm được.",
    )  # fmt: skip
    for who, cell in ((secretary, world.cell5), (other, world.cell7)):
        waiting = [str(pk) for pk in Plan.objects.filter(unit=cell, state="registered").values_list("pk", flat=True)]
        who.fill(
            reverse("plans:index", args=[cell.pk, "2020"]), to=reverse("plans:confirm_several", args=[cell.pk, "2020"]),
            plans=waiting,
        )  # fmt: skip
    assert Plan.objects.filter(state="confirmed").count() == 45
    # Month by month: cell 5 forgets June; one is commended, one criticised.
    for month in range(4, 9):
        clock(date(2020, month, 3))
        secretary, other = seat(world.secretary), seat(world.secretary7)
        said = (
            {f"{plan.pk}-remark": "commend", f"{plan.pk}-comment": "Được tổ dân phố ghi nhận"} if month == 4 else {}
        )
        meet(secretary, world.cell5, month, evaluate=month != 6, **said)
        lax = Plan.objects.get(member=story.seven[0]).pk
        said = (
            {f"{lax}-level": "poor", f"{lax}-remark": "criticise", f"{lax}-comment": "Xem nhẹ kế hoạch"}
            if month == 7
            else {}
        )
        meet(other, world.cell7, month, **said)
    assert Evaluation.objects.count() == 4 * 24 + 5 * 21
    # The member reads what was said and takes it in.
    own = seat(world.own(an))
    first = Evaluation.objects.get(plan=plan, month=date(2020, 4, 1))
    assert "Được tổ dân phố ghi nhận" in own.read(reverse("plans:evaluation", args=[first.pk]))
    own.fill(reverse("plans:evaluation", args=[first.pk]), answer="Xin tiếp thu")
    # The team comes in August.
    clock(date(2020, 8, 19))
    inspector, secretary = seat(world.inspector), seat(world.secretary)
    page = inspector.read(reverse("figures:figure", args=["plans.having", world.cell5.pk, "2020-08"]))
    assert "96 %" in page
    assert "24/25" in page
    ward = inspector.read(reverse("figures:figure", args=["plans.having", world.ward.pk, "2020-08"]))
    assert "45/46" in ward
    assert "96 %" in ward
    assert "100 %" in ward
    # Who is missing, by name for the secretary.
    missing = secretary.read(
        reverse("figures:figure", args=["plans.having", world.cell5.pk, "2020-08"]) + "?show=missing"
    )
    assert str(story.five[24]) in missing
    assert str(story.five[24]) in secretary.read(reverse("warnings:index", args=[world.cell5.pk]))
    above = seat(world.ward_secretary).read(reverse("warnings:index", args=[world.ward.pk]))
    assert str(story.five[24]) not in above
    # The month that was forgotten shows by itself.
    evaluated = inspector.read(
        reverse("figures:figure", args=["plans.evaluated", world.cell5.pk, "2020-04..2020-08"])
    )
    assert "96/120" in evaluated
    assert "Đảng Viên Số 2" in secretary.read(
        reverse("figures:figure", args=["plans.evaluated", world.cell5.pk, "2020-06"]) + "?show=missing"
    )


def test_s0_04_the_guidance_of_the_level_above_hangs_on_the_campaign(story: Story) -> None:
    page = story.seat(story.world.secretary).read(story.at("plans:campaign", story.campaign.pk))
    assert "23-HD/QU" in page
    assert THEME in page
    form = story.seat(story.world.secretary).file(story.at("plans:blank_docx", story.world.cell5.pk, "2020"))
    assert "KẾ HOẠCH" in document_text(form).upper()


def test_s0_06_s0_15_groups_are_guided_and_their_plans_counted(story: Story) -> None:
    """The ward suggests items to a group; its members see them; the figure tells plans by group, and how deep they are."""
    world, group = story.world, story.world.group("Đảng viên hưu trí")
    clerk = story.seat(world.clerk)
    suggest = story.at("plans:suggest", story.campaign.pk, group.pk)
    clerk.fill(suggest, **{"row-0-statement": "Dạy cháu học, giữ gìn gia phong", "row-0-measure": "mỗi tuần 2 buổi"})
    retired = story.five[0]
    retired.account = world.account("Hưu Trí")
    retired.save()
    own = story.seat(world.own(retired))
    own.fill(reverse("plans:mine"), to=story.at("plans:begin", retired.pk, story.campaign.pk))
    plan = Plan.objects.get(member=retired)
    assert "Dạy cháu học" in own.read(story.at("plans:plan", plan.pk))
    suggestion = story.campaign.suggestions.get()
    own.fill(story.at("plans:plan", plan.pk), to=story.at("plans:take", plan.pk, suggestion.pk))
    assert plan.items.get().measure == "mỗi tuần 2 buổi"
    counted = story.seat(world.inspector).read(story.at("figures:figure", "plans.registered", world.ward.pk, "2020"))
    assert "Theo nhóm" in counted
    assert "Đảng viên hưu trí" in counted
    depth = story.seat(world.inspector).read(story.at("figures:figure", "plans.measured", world.ward.pk, "2020"))
    assert "43/44" in depth


def test_s0_08_s0_11_s0_13_statistics_and_feasibility_open_onto_their_rows(story: Story) -> None:
    world = story.world
    plan = Plan.objects.get(member=story.five[3])
    secretary = story.seat(world.secretary)
    for code, words in (("plans.measured", "43/44"), ("plans.timed", "43/44"), ("plans.on_theme", "43/44")):
        page = story.seat(world.inspector).read(story.at("figures:figure", code, world.ward.pk, "2020"))
        assert words in page, code
        missing = secretary.read(story.at("figures:figure", code, world.cell5.pk, "2020") + "?show=missing")
        assert str(plan.member) in missing
    assert "cách đo" in secretary.read(story.at("plans:plan", plan.pk)).lower()


def test_s0_10_a_theme_without_any_item_finds_itself(story: Story, clock) -> None:
    """The theme is published, yet nothing in the cell is tied to it: the check names it to those who can mend it."""
    Plan.objects.filter(unit=story.world.cell7).first().items.model.objects.filter(
        plan__unit=story.world.cell7
    ).update(on_theme=False)
    clock(date(2020, 8, 19))
    assert (
        "chuyên đề"
        in story.seat(story.world.secretary7).read(story.at("warnings:index", story.world.cell7.pk)).lower()
    )


def test_s0_01_s0_02_s0_09_x_04_the_report_to_the_team_is_issued_once_with_its_number(story: Story, clock) -> None:
    """The cell's report states the figures of the records, is frozen when issued, and goes out as .docx and PDF."""
    world = story.world
    head = world.member(world.cell5, "Nguyễn Thị Hoa")
    appoint(world.cell5, actor=world.clerk, member=head, post=Post.CELL_SECRETARY, valid_from=date(2020, 1, 1))
    clock(date(2020, 8, 19))
    secretary = story.seat(world.secretary)
    draft = story.at("reports:draft", "plans-inspection", world.cell5.pk, "2020")
    assert "23/26" in secretary.read(draft + "?part=paper")
    secretary.fill(draft, on="19/8/2020")
    issued = secretary.at
    assert "23/26" in secretary.read(issued)
    said = document_text(secretary.file(issued + "docx/"))
    assert "23/26" in said
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in said
    assert "Nguyễn Thị Hoa" in said
    assert secretary.file(issued + "pdf/").startswith(b"%PDF")
    # A later correction changes the figure, not the report; both stand side by side.
    plans_of(world, [story.five[24]], story.campaign, world.secretary)
    assert "24/26" in secretary.read(story.at("figures:figure", "plans.having", world.cell5.pk, "2020"))
    beside = secretary.read(issued)
    assert "23/26" in beside
    assert "24/26" in beside


def test_x_02_x_03_one_record_serves_book_board_figure_and_report(story: Story, clock) -> None:
    """Nothing is entered twice: the same number stands in the cell's book, the ward's board, the figure and the report."""
    world = story.world
    clock(date(2020, 8, 19))
    secretary, clerk = story.seat(world.secretary), story.seat(world.clerk)
    cell, ward = world.cell5.pk, world.ward.pk
    assert "23/25" in secretary.read(story.at("figures:figure", "plans.having", cell, "2020"))
    assert "23/25" in secretary.read(story.at("figures:index", cell, "2020"))
    assert "23/25" in secretary.read(story.at("desk:book", cell, "2020"))
    draft = story.at("reports:draft", "plans-inspection", cell, "2020")
    assert "23/25" in secretary.read(draft + "?part=paper")
    assert "23/25" in clerk.read(story.at("figures:figure", "plans.having", ward, "2020"))
    assert "23/25" in clerk.read(story.at("plans:index", ward, "2020"))
