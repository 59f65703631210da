"""What the floor of a congress decides besides the committee: its chair, delegates upward; its dossier; what the public reads."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from chibo.congresses.actions import propose_scheme
from chibo.congresses.actions.conducting import elect_chair, open_election, put_forward
from chibo.congresses.actions.counting import certify_count
from chibo.congresses.actions.following import install_committee, publish_result, withdraw_result
from chibo.congresses.models import Congress, Elected, Election
from chibo.congresses.rules.dossier import DOSSIER, completeness, is_due
from chibo.congresses.rules.listing import Limits, objections_to_office
from chibo.congresses.selectors.document import request_paper, result_paper
from chibo.congresses.selectors.document.members import members_paper
from chibo.congresses.selectors.dossier import dossier_of
from chibo.congresses.selectors.figures import FIGURES
from chibo.congresses.selectors.public import published_in
from chibo.core.values import Period
from chibo.members.models import Member
from chibo.members.selectors import posts_on
from chibo.papers.selectors import html_of
from chibo.units.selectors import scope_of
from tests.conftest import told_once
from tests.congresses.cast import DAY, begun, entered, fresh, issued, listed, scheduled, whole
from tests.congresses.test_pages import at, body
from tests.outreach.cast import open_page
from tests.world import World


def words(document: object) -> str:
    return str(html_of(document))


# ------------------------------------------------------------------------------------------------ the chair


@told_once
def under_way(world: World) -> tuple[Congress, list[Member]]:
    return begun(world)


def test_the_congress_elects_its_chair_and_secretary_by_hands(world: World, under_way: Any, browser_of: Any) -> None:
    """190-QĐ/TW Đ3.2: show of hands."""
    congress, found = under_way
    asked = {"actor": world.secretary, "chair": found[0], "recorder": found[1], "in_favour": 9}
    stranger = world.member(world.cell7, "Hồ Văn Khách")
    for change, said in (
        ({"recorder": found[0]}, "hai đồng chí"),
        ({"chair": stranger}, "không phải đảng viên chính thức"),
    ):
        with pytest.raises(ValidationError, match=said):
            elect_chair(fresh(congress), **{**asked, **change})
    assert fresh(congress).meeting.chair is None
    elect_chair(fresh(congress), **asked)
    here = fresh(congress)
    assert (here.meeting.chair, here.meeting.recorder, here.meeting.votes.count()) == (found[0], found[1], 1)
    cell = browser_of(world.secretary)
    refused = cell.post(at("chair", congress.pk), {"chair": found[0].pk, "recorder": found[0].pk, "in_favour": 9, "against": 0, "abstaining": 0})  # fmt: skip
    assert refused.status_code == 422
    assert "hai đồng chí" in refused.content.decode()


def test_the_members_who_came_are_reported_with_the_base(world: World, under_way: Any) -> None:
    """190-QĐ/TW Đ8, Đ30: convened, there, away with their reasons; each subtraction named."""
    told = words(members_paper(under_way[0]))
    for said in (
        "10 đảng viên: 10 chính thức, 0 dự bị",
        "Có mặt 9; vắng có lý do 1",
        "đi công tác",
        "Nữ 4, nam 5",
        "9/10",
        "5 phiếu",
    ):
        assert said in told, said


# ---------------------------------------------------------------------------------------------- delegates


@pytest.mark.parametrize(
    ("office", "seats", "allotted", "said"),
    [
        ("delegates", 2, 2, []), ("delegates", 3, 2, ["phân bổ"]), ("delegates", 0, 0, []),
        ("alternates", 1, 2, []), ("alternates", 1, 0, ["dự khuyết"]), ("secretary", 2, 2, ["một bí thư"]),
    ],
)  # fmt: skip
def test_as_many_delegates_as_the_level_above_allotted(
    office: str, seats: int, allotted: int, said: list[str]
) -> None:
    found = list(
        objections_to_office(office, seats, 12, earlier_done=True, on=DAY, limits=Limits(), delegates=allotted)
    )
    assert len(found) == len(said)
    assert all(word in one.text for word, one in zip(said, found, strict=True))


def test_delegates_are_elected_after_the_secretary_and_get_no_post(world: World) -> None:
    congress, found = whole(world)
    Congress.objects.update(delegates=2)
    congress = fresh(congress)
    delegates = listed(world, congress, [found[3], found[7], found[8]], "delegates", 2)
    certify_count(entered(world, issued(world, delegates), ["ddk"] * 9), actor=world.secretary)
    alternates = open_election(fresh(congress), actor=world.secretary, office="alternates")
    with pytest.raises(ValidationError, match="đã là đại biểu chính thức"):
        put_forward(alternates, actor=world.secretary, member=found[3])
    assert alternates.candidates.count() == 0
    told = Elected.objects.filter(office="delegates").order_by("member__sort_key")
    assert [(one.member, one.has_seat, one.votes) for one in told] == [(found[3], False, 9), (found[7], False, 9)]
    assert Elected.objects.filter(has_seat=True).count() == 3, "the committee of 55 = 32 + 23 is not made larger"
    assert "Đại biểu dự đại hội cấp trên" in words(request_paper(fresh(congress)))
    assert "Đại biểu" in words(result_paper(fresh(congress)))
    Election.objects.filter(office="alternates").delete()
    Congress.objects.update(state="closed", closed_on=DAY)
    install_committee(fresh(congress), actor=world.clerk)
    assert posts_on(DAY, [world.cell5.pk]).filter(member=found[7]).count() == 0


def test_delegates_come_after_the_committee_and_fewer_than_the_members(world: World, under_way: Any) -> None:
    congress = under_way[0]
    Congress.objects.update(delegates=2)
    with pytest.raises(ValidationError, match="Bầu chi ủy trước"):
        open_election(fresh(congress), actor=world.secretary, office="delegates", seats=2)
    planned = scheduled(world, congress.round, cell=world.cell7)
    with pytest.raises(ValidationError, match="ít hơn số đảng viên"):
        propose_scheme(planned, actor=world.secretary7, seats=1, delegates=9)
    assert not Election.objects.exists()


# ------------------------------------------------------------------------------------------- the dossier


def test_a_piece_is_due_when_the_congress_has_come_to_it() -> None:
    by_code = {piece.code: piece for piece in DOSSIER}
    assert [is_due(by_code["minutes"], state) for state in ("planned", "open", "closed", "rejected")] == [
        False,
        False,
        True,
        True,
    ]
    assert str(completeness({"plan", "minutes"}, "planned").part) == "1"
    assert completeness({piece.code for piece in DOSSIER}, "approved").part == len(DOSSIER)
    assert completeness({"plan", "calendar", "scheme"}, "planned", by_election=True).base == 2


def test_the_dossier_says_what_is_there(world: World, under_way: Any, browser_of: Any) -> None:
    congress = under_way[0]
    there = {line.title: line.is_there for line in dossier_of(world.clerk, congress).lines}
    assert there["Đề án nhân sự đã phê duyệt"]
    assert not there["Quyết định chuẩn y"]
    shown = body(browser_of(world.clerk), "dossier", congress.pk)
    assert "Còn thiếu" in shown
    assert "Chưa đến bước" in shown


# --------------------------------------------------------------------------------------------- the public


def test_the_public_reads_a_copy_of_the_approved_result(world: World, browser_of: Any) -> None:
    congress, found = whole(world)
    asked = {"actor": world.clerk, "published_on": date(2020, 3, 9), "agreed": True}
    with pytest.raises(ValidationError, match="đã được chuẩn y"):
        publish_result(congress, **asked)
    Congress.objects.update(state="approved", closed_on=DAY, decided_on=date(2020, 3, 5))
    for change, said in (({"agreed": False}, "đồng ý"), ({"published_on": date(2020, 3, 4)}, "trước ngày chuẩn y")):
        with pytest.raises(ValidationError, match=said):
            publish_result(fresh(congress), **{**asked, **change})
    assert published_in(world.ward) == []
    clerk = browser_of(world.clerk)
    clerk.post(at("step", congress.pk, "publish"), {"published_on": "9/3/2020", "agreed": "on"})
    [told] = published_in(world.ward)
    assert told["elected"] == [
        ["Trần Văn An", "secretary"],
        ["Trần Văn Chi", "deputy"],
        ["Trần Văn Bình", "committee"],
    ]
    assert "votes" not in str(told)
    Member.objects.filter(pk=found[0].pk).update(full_name="Tên khác")
    assert published_in(world.ward)[0]["elected"][0][0] == "Trần Văn An", "a copy"
    open_page(world)
    page = reverse("reading:index", args=[world.ward.key])
    shown = Client().get(page).content.decode()
    assert "Trần Văn An" in shown
    assert "Kết quả đại hội chi bộ" in shown
    withdraw_result(fresh(congress), actor=world.clerk)
    assert "Trần Văn An" not in Client().get(page).content.decode()
    assert published_in(world.ward) == []


def test_votes_of_each_candidate_are_rows_of_a_figure(world: World) -> None:
    _congress, found = whole(world)
    scope = scope_of(world.cell5, Period(date(2020, 1, 1), date(2020, 12, 31)))
    figure = next(one for one in FIGURES if one.code == "congresses.candidates")
    assert list(figure.rows(scope)) == [], "nothing is told before the congress is over"
    Congress.objects.update(state="closed", closed_on=DAY)
    told = {(row.member, row.election.office): row.votes for row in figure.rows(scope)}
    assert told[found[3], "committee"] == 0
    assert told[found[0], "secretary"] == 9
    assert len(told) == 6
