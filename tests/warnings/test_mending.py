"""What a warning asks for can be done where its button leads, by somebody it names; done, it is warned of no more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time

import pytest

from chibo.access.charter import Post
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.meetings.actions import call_roll, close_meeting, note_item
from chibo.meetings.actions.conducting import give_floor, mention_member, resolve_matter, take_vote, time_item
from chibo.meetings.models import Meeting
from chibo.meetings.rules import ItemKind
from chibo.members.models import Member
from chibo.plans.actions import evaluate_cell
from chibo.plans.models import Plan
from chibo.units.models import Unit
from chibo.units.selectors import scope_of
from tests.house.stage import Stage
from tests.journeys.conftest import Seat, standing_clock
from tests.warnings.cast import DAY
from tests.world import World

Found = tuple[str, str, str]
"""A warning as one knows it again: check, unit and detail."""
NEXT = date(2026, 7, 5)
WHOLE = {
    "results": "- Đã thu đảng phí quý II của 21 đảng viên " + "và vận động từng hộ " * 10,
    "shortcomings": "Hai hộ ngõ 5 chưa ký cam kết", "causes": "Tổ chưa đến từng nhà vào buổi tối",
    "cultivation": "21/21 đảng viên có kế hoạch", "next_tasks": "- Vận động 2 hộ còn lại",
}  # fmt: skip


def found_by(code: str, world: World, day: date) -> dict[Found, str]:
    """What the check finds in the ward, and where each leads."""
    run = registry.named("checks", code).run
    names = dict(Unit.objects.values_list("pk", "name"))
    scope = scope_of(world.ward, Period.of_year(day.year).until(day), day)
    return {(code, names[one.unit_id], f"{one.subject}: {one.detail}"): one.url for one in run(scope)}


def _send_again(at: Seat, url: str) -> None:
    at.fill(url, to="/take-back/")
    at.fill(url, press={"send": "1"}, **WHOLE)


def _step(name: str, **fields: str) -> Callable[[Seat, str], None]:
    """A form of the page itself that leads to this step."""

    def do(at: Seat, url: str) -> None:
        at.fill(url, to=f"/{name}/", **fields)

    return do


def _appraise(at: Seat, url: str) -> None:
    page = f"{url}levels/appraise/"
    (row,) = at.client.get(page).context["rows"]
    at.fill(page, **{f"{row.review.pk}-level": "good", f"{row.review.pk}-reason": "Chưa có việc nổi trội"})


MENDED: dict[str, tuple[Post, Callable[[Seat, str], None]]] = {
    "briefings.sketchy": (Post.CELL_SECRETARY, _send_again),
    "briefings.unexamined": (Post.CELL_SECRETARY, _send_again),
    "congresses.preparation": (Post.CELL_SECRETARY, _step("tick")),
    "congresses.report": (Post.CELL_SECRETARY, _step("report", reported_on="15/6/2026")),
    "congresses.approval": (Post.WARD_SECRETARY, _step("approve", decided_on="15/6/2026", decision="12-QĐ/ĐU")),
    "congresses.posts": (Post.CLERK, _step("install")),
    "congresses.handover": (
        Post.CELL_SECRETARY,
        _step("handover", handed_over_on="15/6/2026", handed_over="Sổ nghị quyết, đảng phí"),
    ),
    "congresses.sealed": (Post.CELL_SECRETARY, _step("seal", sealed_on="15/6/2026", sealed_by="Ban kiểm phiếu")),
    "reviews.ceiling": (Post.CLERK, _appraise),
    "reviews.moved": (Post.CLERK, _step("again")),
    "study.class_essays": (Post.CLERK, _step("waive", reason="Lớp quán triệt, không viết thu hoạch")),
}


@pytest.mark.parametrize("code", MENDED)
def test_what_is_mended_where_the_button_leads_is_warned_of_no_more(
    code: str, left_alone: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing_clock(monkeypatch)(DAY)
    world, (post, mend) = left_alone.world, MENDED[code]
    (one, url), *others = found_by(code, world, DAY).items()
    unit = Unit.objects.get(name=one[1]) if post == Post.CELL_SECRETARY else world.ward
    mend(Seat().sit(world.actor(post, unit).user), url)
    assert found_by(code, world, DAY) == dict(others)


def test_what_months_of_meetings_left_out_ends_with_the_next_that_does_it(
    left_alone: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing read out at length, somebody speaking, named and given something: convened where the buttons lead."""
    codes = ("meetings.reading", "meetings.unresolved", "meetings.unspoken", "plans.quiet")
    stand, world = standing_clock(monkeypatch), left_alone.world
    stand(DAY)
    places = {url for code in codes for one, url in found_by(code, world, DAY).items() if one[1] == "Chi bộ 9"}
    secretary = world.actor(Post.CELL_SECRETARY, Unit.objects.get(name="Chi bộ 9"))
    (place,) = places
    meeting = _convened(Seat().sit(secretary.user), place)
    stand(NEXT)
    people = list(Member.objects.filter(unit=meeting.unit).order_by("pk"))
    call_roll(meeting, presences={one.pk: ("present", "") for one in people}, actor=secretary)
    time_item(meeting.agenda.get(kind="information"), began_at=time(19, 30), ended_at=time(19, 40), actor=secretary)
    give_floor(meeting.agenda.last(), member=people[2], text="Ngõ 9 tối, cần lắp đèn", actor=secretary)
    resolve_matter(
        meeting, what="Lắp 3 bóng đèn ngõ 9", doer=people[2], due_on=date(2026, 8, 1), measure="3 bóng sáng", actor=secretary
    )  # fmt: skip
    mention_member(meeting, member=people[2], kind="commend", text="Góp 3 bóng đèn", actor=secretary)
    evaluate_cell(meeting, entries={Plan.objects.get(unit=meeting.unit).pk: {"level": "good"}}, actor=secretary)
    take_vote(meeting, question="Thông qua nghị quyết", in_favour=5, actor=secretary)
    meeting.refresh_from_db()
    close_meeting(meeting, minutes="Biên bản", closed_on=NEXT, ends_at=time(21, 0), actor=secretary)
    assert [one for code in codes for one in found_by(code, world, NEXT) if one[1] == "Chi bộ 9"] == []


def test_a_commitment_is_heard_in_the_meeting_that_the_button_convenes(
    left_alone: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    standing_clock(monkeypatch)(DAY)
    world, code = left_alone.world, "meetings.commitments"
    ((_one, url),) = found_by(code, world, DAY).items()
    meeting = _convened(Seat().sit(world.secretary7.user), url)
    ((_one, prepared),) = found_by(code, world, DAY).items()
    assert f"/{meeting.pk}/" in prepared
    note_item(meeting.agenda.get(kind=ItemKind.COMMITMENTS), notes="Đã khắc phục 1/3", actor=world.secretary7)
    assert found_by(code, world, NEXT) == {}


def _convened(at: Seat, place: str) -> Meeting:
    at.fill(place, kind="regular", held_on=f"{NEXT:%d/%m/%Y}", starts_at="19:30")
    return Meeting.objects.select_related("unit").get(held_on=NEXT)
