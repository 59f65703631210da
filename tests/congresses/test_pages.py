"""The pages of congresses: happy, strange, refused, and as many queries for thirty cells as for one."""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from chibo.congresses.actions import finish_preparation, note_deviation
from chibo.congresses.actions.conducting import adopt_resolution, close_congress
from chibo.congresses.actions.counting import certify_count
from chibo.congresses.actions.following import report_result
from chibo.congresses.models import BallotEntry, Candidate, Congress, CongressRound, Counter, Election, Polling
from chibo.congresses.selectors import is_off
from chibo.congresses.selectors.boards import board_of
from chibo.congresses.selectors.checks import CHECKS
from chibo.congresses.selectors.document import count_minutes, result_paper
from chibo.congresses.selectors.document.rounds import round_report
from chibo.core.values import Period
from chibo.meetings.actions import call_roll
from chibo.papers.selectors import html_of
from chibo.units.actions import found_unit
from chibo.units.rules import CellKind, Level
from chibo.units.selectors import scope_of
from tests.congresses.cast import (
    DAY,
    begun,
    code_of,
    enter_ballot,
    entered,
    fresh,
    issued,
    listed,
    opened,
    people,
    proof_of,
    scheduled,
    whole,
    with_counters,
)
from tests.world import LONG_AGO, World


def at(name: str, *args: object) -> str:
    return reverse(f"congresses:{name}", args=args)


def body(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(at(name, *args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def words(document: object) -> str:
    return str(html_of(document))


# ------------------------------------------------------------------------------------------- the round


def test_a_ward_opens_a_round_and_puts_its_cells_into_the_calendar(world: World, browser_of) -> None:
    clerk = browser_of(world.clerk)
    assert "Mở đợt đại hội" in body(clerk, "index", world.ward.pk, str(localdate().year))
    asked = {"name": "Đại hội 2020-2022", "term": "2020-2022", "first_on": "9/2/2020", "last_on": "22/3/2020"}
    answer = clerk.post(at("open", world.ward.pk), {**asked, "last_on": "1/1/2020"})
    assert answer.status_code == 422
    assert "Ngày cuối đợt ở trước ngày đầu" in answer.content.decode()
    assert 'value="Đại hội 2020-2022"' in answer.content.decode()
    clerk.post(at("open", world.ward.pk), asked)
    round_ = CongressRound.objects.get()
    clerk.post(at("schedule", round_.pk), {"cell": world.cell5.pk, "held_on": "20/2/2020", "starts_at": "8:00"})
    shown = body(clerk, "round", round_.pk)
    assert "0/2" in shown
    assert "Chưa có lịch" in shown
    assert Congress.objects.get().meeting.held_on == DAY
    assert clerk.get(at("round", round_.pk), {"format": "xlsx"}).content[:2] == b"PK"


def test_the_board_asks_as_much_for_thirty_cells_as_for_one(world: World, browser_of) -> None:
    round_ = opened(world)
    scheduled(world, round_)
    clerk = browser_of(world.clerk)

    def asked() -> int:
        clerk.get(at("round", round_.pk))
        with CaptureQueriesContext(connection) as found:
            clerk.get(at("round", round_.pk))
        return len(found)

    few = asked()
    for n in range(30):
        cell = found_unit(
            world.ward, actor=world.clerk, name=f"Chi bộ {n + 20}", level=Level.CELL, key=f"x{n}", on=LONG_AGO,
            cell_kind=CellKind.RESIDENTIAL,
        )  # fmt: skip
        scheduled(world, round_, cell=cell)
    assert asked() == few


def test_s4_02_the_board_says_exactly_how_many_are_done_by_a_day(world: World, browser_of) -> None:
    round_ = opened(world)
    pilot = scheduled(world, round_, cell=world.cell7, held_on=date(2020, 1, 4), is_pilot=True)
    scheduled(world, round_)
    Congress.objects.filter(pk=pilot.pk).update(state="closed", closed_on=date(2020, 1, 4))
    assert board_of(round_, date(2020, 1, 3)).words == "0/2"
    assert board_of(round_, date(2020, 1, 4)).words == "1/2, trong đó 1 đại hội điểm"
    clerk = browser_of(world.clerk)
    assert "trong đó 1 đại hội điểm" in body(clerk, "round", round_.pk)
    answer = clerk.post(at("lessons", round_.pk), {"lessons": "Cần kịch bản", "lessons_on": "1/1/2020"})
    assert answer.status_code == 422
    assert "Cần kịch bản" in answer.content.decode()
    clerk.post(at("lessons", round_.pk), {"lessons": "Cần kịch bản", "lessons_on": "6/1/2020"})
    assert fresh(round_).lessons_on == date(2020, 1, 6)
    assert "Cần kịch bản" in words(round_report(fresh(round_), DAY))


# ---------------------------------------------------------------------------------------- one congress


def test_a_cell_goes_from_scheme_to_the_certified_count_by_its_pages(world: World, browser_of) -> None:
    """By keyboard or thumb: every step is a plain form post."""
    found = people(world)
    congress = scheduled(world)
    cell, clerk = browser_of(world.secretary), Client()
    clerk.force_login(world.clerk.user)
    here = at("congress", congress.pk)
    assert "Chưa lập" in cell.get(here).content.decode()
    cell.post(at("scheme", congress.pk), {"seats": 3, "women": 1, "young": 0, "reelected": 0})
    clerk.post(at("step", congress.pk, "approve-scheme"), {"approved_on": "10/2/2020"})
    refused = cell.post(at("step", congress.pk, "begin"))
    assert refused.status_code == 422
    assert "chưa đủ 2/3" in refused.content.decode()
    call_roll(congress.meeting, actor=world.secretary, presences={m.pk: ("present", "") for m in found})
    cell.post(at("step", congress.pk, "begin"))
    cell.post(at("step", congress.pk, "election"), {"office": "committee", "seats": 3})
    election = Election.objects.get()
    for member in found[:4]:
        cell.post(
            at("election_step", election.pk, "put"), {"member": member.pk, "source": "introduced", "agreed": "on"}
        )
    shown = body(cell, "election", election.pk)
    assert "nhiều nhất 4 người" in shown
    assert "sinh hoạt tạm thời nơi khác" in shown
    assert "6 phiếu" in shown
    cell.post(at("election_step", election.pk, "list"), {"in_favour": 10, "against": 0, "abstaining": 0})
    members = [m.pk for m in found[4:7]]
    cell.post(
        at("counters", congress.pk),
        {"members": members, "head": members[0], "in_favour": 10, "against": 0, "abstaining": 0},
    )
    cell.post(at("election_step", election.pk, "issue"), {"printed": 10, "issued": 10})
    polling = Polling.objects.get()
    cell.post(at("polling_step", polling.pk, "collect"), {"collected": 10})
    counters = list(congress.counters.all())
    asked = {"hand": 1, "number": 1, "marks": "DDDK"}
    assert "Ai ngồi vào máy" in body(cell, "polling", polling.pk)
    cell.post(at("polling_step", polling.pk, "enter"), asked)
    assert not BallotEntry.objects.exists(), "nobody sits at the machine"
    for hand in (1, 2):
        sits(world, cell, polling, counters[hand - 1], hand)
        for number in range(1, 11):
            cell.post(at("polling_step", polling.pk, "enter"), {**asked, "hand": hand, "number": number})
    assert BallotEntry.objects.count() == 20
    assert "Hai lượt kiểm khớp nhau" in body(cell, "polling", polling.pk)
    cell.post(at("polling_step", polling.pk, "certify"))
    assert fresh(election).state == "elected"
    assert "10/10" in body(cell, "polling", polling.pk)
    assert "Trúng cử" in body(cell, "screen", congress.pk)


def sits(world: World, browser: Client, polling: Polling, counter: Counter, to: object) -> None:
    """The member gets a code, if there is none, and sits down with it."""
    proof_of(world, counter)
    address = f"{at('sit', polling.pk, counter.pk)}?to={to}"
    assert browser.post(address, {"code": code_of(counter)}).status_code == 302


def test_a_refused_paper_keeps_what_was_typed(world: World, browser_of) -> None:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    polling = entered(world, issued(world, election), ["dddk"] * 8 + [""])
    cell = browser_of(world.secretary)
    sits(world, cell, polling, congress.counters.first(), 1)
    asked = {"hand": 1, "number": 9, "marks": "dd"}
    answer = cell.post(at("polling_step", polling.pk, "enter"), asked)
    assert answer.status_code == 422
    assert "danh sách có 4 người" in answer.content.decode()
    assert 'value="dd"' in answer.content.decode()
    cell.post(at("polling_step", polling.pk, "certify"))
    assert fresh(polling).state == "counting"
    entry = polling.entries.first()
    cell.post(at("strike", entry.pk))
    assert not BallotEntry.objects.filter(pk=entry.pk).exists()


def test_differences_are_shown_when_both_counts_are_whole_and_not_before(world: World, browser_of) -> None:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    polling = entered(world, issued(world, election), ["dddk"] * 9, ["dddk"] * 7 + ["ddkd", ""])
    cell = browser_of(world.secretary)
    assert "Phiếu số 8: lượt một" not in body(cell, "polling", polling.pk)
    second = list(congress.counters.all())[1]
    enter_ballot(world, polling, actor=world.secretary, hand=2, number=9, marks="dddk", counter=second)
    assert "Phiếu số 8: lượt một dddk, lượt hai ddkd" in body(cell, "polling", polling.pk)


def test_a_candidate_is_changed_on_the_list(world: World, browser_of) -> None:
    congress, found = begun(world)
    cell = browser_of(world.secretary)
    cell.post(at("step", congress.pk, "election"), {"office": "committee", "seats": 3})
    election = Election.objects.get()
    put = {"member": found[4].pk, "source": "nominated", "nominated_by": found[5].pk, "agreed": "on"}
    assert cell.post(at("election_step", election.pk, "put"), {**put, "nominated_by": found[0].pk}).status_code == 422
    cell.post(at("election_step", election.pk, "put"), put)
    one = Candidate.objects.get()
    cell.post(at("candidate", one.pk, "support"), {"support": 4})
    cell.post(at("candidate", one.pk, "withdrawal"), {"withdrawal": "asked"})
    assert (fresh(one).support, fresh(one).withdrawal) == (4, "asked")
    cell.post(at("candidate", one.pk, "strike"))
    assert not Candidate.objects.exists()
    for address in (
        at("candidate", 999, "support"),
        at("election_step", election.pk, "other"),
        at("step", congress.pk, "other"),
    ):
        assert cell.post(address).status_code == 404


def test_the_checklist_is_ticked_and_the_report_drafted(world: World, browser_of) -> None:
    people(world)
    congress = scheduled(world)
    cell, line = browser_of(world.secretary), congress.preparations.first()
    cell.post(at("tick", line.pk), {"done_on": "5/1/2020"})
    cell.post(at("owner", line.pk), {"owner_name": "Đ/c Hoa", "due_on": "10/1/2020"})
    assert (fresh(line).done_on, fresh(line).owner_name) == (date(2020, 1, 5), "Đ/c Hoa")
    shown = body(cell, "political", congress.pk)
    assert "đảng số 10" in shown
    cell.post(at("political", congress.pk), {"code": "party", "text": "Sinh hoạt đủ kỳ"})
    assert "Sinh hoạt đủ kỳ" in body(cell, "paper", congress.pk, "political")


def test_the_papers_say_base_votes_and_elected(world: World, browser_of) -> None:
    congress, found = whole(world)
    adopt_resolution(congress, actor=world.secretary, in_favour=9)
    close_congress(fresh(congress), actor=world.secretary, closed_on=DAY)
    polling = Polling.objects.filter(election__office="committee").get()
    said = words(count_minutes(polling))
    for part in (
        "Số lượng bầu: 3",
        "phát ra: 9",
        "thu về: 9",
        "Quy chế 244-QĐ/TW, Điều 32",
        "Trúng cử: 1. Trần Văn An",
        "9/9",
    ):
        assert part in said
    assert "9/9 đảng viên" in words(result_paper(fresh(congress)))
    cell = browser_of(world.secretary)
    for kind in ("result", "request"):
        assert found[0].full_name in body(cell, "paper", congress.pk, kind)
    assert cell.get(at("minutes", polling.pk), {"format": "docx"}).content[:2] == b"PK"
    assert cell.get(at("paper", congress.pk, "other")).status_code == 404
    assert "Báo cáo trước hết ngày" in body(cell, "congress", congress.pk)


def test_a_count_under_way_is_seen_by_nobody_but_the_cell(world: World, browser_of) -> None:
    congress, found = begun(world)
    election = listed(world, congress, found[:4])
    with_counters(world, congress, found[4:7])
    polling = issued(world, election)
    assert browser_of(world.clerk).get(at("polling", polling.pk)).status_code == 403
    assert browser_of(world.secretary7).get(at("polling", polling.pk)).status_code == 404
    certify_count(entered(world, polling, ["dddk"] * 9), actor=world.secretary)
    assert "9/9" in body(browser_of(world.clerk), "polling", polling.pk)


# ------------------------------------------------------------------------------------- what finds itself


def found_by(code: str, world: World, period: str, today: date) -> list:
    check = next(c for c in CHECKS if c.code == f"congresses.{code}")
    return list(check.run(scope_of(world.ward, Period.parse(period), today)))


def test_s4_09_what_is_not_prepared_in_time_is_found(world: World) -> None:
    congress = scheduled(world)
    assert len(found_by("preparation", world, "2020", date(2020, 2, 19))) == 10
    for line in congress.preparations.all():
        finish_preparation(line, actor=world.clerk, done_on=date(2020, 1, 5))
    assert not found_by("preparation", world, "2020", date(2020, 2, 19))


def test_s4_02_a_cell_without_congress_is_found_when_the_round_is_over(world: World) -> None:
    opened(world)
    assert not found_by("missing", world, "2020", date(2020, 3, 22))
    assert {one.unit_id for one in found_by("missing", world, "2020", date(2020, 3, 23))} == {
        world.cell5.pk,
        world.cell7.pk,
    }


def test_s4_10_reports_approvals_posts_and_seals_that_wait_are_found(world: World) -> None:
    congress, _found = whole(world)
    adopt_resolution(congress, actor=world.secretary, in_favour=9)
    close_congress(fresh(congress), actor=world.secretary, closed_on=DAY)
    due = date(2020, 3, 2)
    assert not found_by("report", world, "2020", due)
    assert len(found_by("report", world, "2020", date(2020, 3, 3))) == 1
    assert len(found_by("posts", world, "2020", DAY)) == len(found_by("sealed", world, "2020", DAY)) == 1
    report_result(fresh(congress), actor=world.secretary, reported_on=due)
    assert not found_by("report", world, "2020", date(2020, 3, 3))
    assert not found_by("approval", world, "2020", date(2020, 3, 23))
    assert len(found_by("approval", world, "2020", date(2020, 3, 24))) == 1


def test_the_conference_of_a_congress_has_every_page_of_a_meeting(world: World, browser_of) -> None:
    """Agenda with clock, roll, open votes, minutes: those of any meeting; its own page leads back to the congress."""
    congress, found = begun(world)
    cell, meeting = browser_of(world.secretary), congress.meeting
    for name in ("meeting", "run", "roll", "minutes", "arrange", "screen"):
        assert cell.get(reverse(f"meetings:{name}", args=[meeting.pk])).status_code == 200, name
    asked = {"held_on": "20/2/2020", "starts_at": "8:00", "chair": found[0].pk, "recorder": found[5].pk}
    cell.post(reverse("meetings:arrange", args=[meeting.pk]), asked)
    assert fresh(meeting).chair == found[0]
    assert at("congress", congress.pk) in cell.get(reverse("meetings:meeting", args=[meeting.pk])).content.decode()


def test_tet_is_no_working_day() -> None:
    assert [is_off(date(2020, 1, day)) for day in (22, 24, 25, 27, 31)] == [False, True, True, True, False]


def test_the_desk_says_what_waits(world: World, browser_of) -> None:
    scheduled(world)
    assert "Đại hội Chi bộ 5" in browser_of(world.secretary).get("/").content.decode()
    note_deviation(Congress.objects.get(), actor=world.clerk, text="Chậm", noted_on=DAY)
    assert "Đại hội Chi bộ 5" in browser_of(world.clerk).get("/search/", {"q": "đại hội"}).content.decode()
