"""What meetings let slide for months finds itself, and vanishes when mended (seeds S2-15, S3-03, S3-04, S3-05)."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting, note_item
from chibo.meetings.actions.conducting import give_floor, resolve_matter, take_vote
from chibo.meetings.models import AgendaItem, Meeting
from chibo.meetings.rules import ItemKind
from chibo.members.models import Member
from chibo.papers.actions import register_paper
from chibo.papers.models import Paper
from chibo.papers.rules import PaperKind
from chibo.programmes.actions import launch_programme
from chibo.tasks.actions import assign_task, finish_task
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskOrigin
from chibo.units.models import Unit
from chibo.units.selectors import scope_of
from tests.world import World

YEAR = 2026


def found(world: World, code: str, day: date, unit: Unit | None = None) -> list[tuple[str, str]]:
    scope = scope_of(unit or world.ward, Period.of_year(YEAR), day)
    return [(one.subject, one.detail) for one in registry.named("checks", f"meetings.{code}").run(scope)]


def meet(world: World, month: int, people: list[Member], **presences: str) -> Meeting:
    meeting = convene_meeting(
        world.cell5, actor=world.secretary, held_on=date(YEAR, month, 5), starts_at=time(19, 30),
        chair=people[0], recorder=people[0],
    )  # fmt: skip
    roll = {person.pk: (presences.get(person.full_name.split()[-1].lower(), "present"), "") for person in people}
    call_roll(meeting, actor=world.secretary, presences=roll)
    return meeting


def close(world: World, meeting: Meeting) -> None:
    close_meeting(meeting, actor=world.secretary, minutes="Biên bản", closed_on=meeting.held_on, ends_at=time(21, 0))


@pytest.fixture
def people(world: World) -> list[Member]:
    return [world.member(world.cell5, f"Bùi Văn {name}") for name in ("Một", "Hai", "Ba")]


# ------------------------------------------------------------------------------------- S2-15 commitments


def commit(world: World, doer: Member, on: date) -> Task:
    return assign_task(
        world.cell5, actor=world.secretary, title="Khắc phục 3 khuyết điểm nêu tại kiểm điểm cuối năm 2025",
        measure="3 khuyết điểm được chi bộ xác nhận", doer=doer, origin=TaskOrigin.COMMITMENT, assigned_on=on,
        due_on=date(YEAR, 12, 15),
    )  # fmt: skip


def test_s2_15_commitments_that_no_meeting_heard_of_for_two_months_find_themselves(
    world: World, people: list[Member]
) -> None:
    commit(world, people[0], date(YEAR, 1, 10))
    meeting = meet(world, 3, people)
    item = meeting.agenda.get(kind=ItemKind.COMMITMENTS)
    assert found(world, "commitments", date(YEAR, 2, 20)) == []
    assert found(world, "commitments", date(YEAR, 4, 20)) == [
        ("1 cam kết, việc khắc phục chưa xong", "2 tháng chi bộ chưa nghe kết quả trong sinh hoạt")
    ]
    note_item(item, actor=world.secretary, notes="Đã khắc phục 1/3 khuyết điểm")
    assert found(world, "commitments", date(YEAR, 4, 20)) == []
    assert len(found(world, "commitments", date(YEAR, 6, 20))) == 1


def test_s2_15_closing_a_meeting_with_the_item_is_hearing_of_them(world: World, people: list[Member]) -> None:
    commit(world, people[0], date(YEAR, 1, 10))
    close(world, meet(world, 3, people))
    assert found(world, "commitments", date(YEAR, 4, 20)) == []


def test_s2_15_what_is_to_be_mended_returns_to_the_meeting_each_month_until_it_is_done(
    world: World, people: list[Member]
) -> None:
    task = commit(world, people[0], date(YEAR, 1, 10))

    def told(month: int) -> bool:
        return meet(world, month, people).agenda.filter(kind=ItemKind.COMMITMENTS).exists()

    assert [told(month) for month in (2, 3, 4)] == [True, True, True]
    finish_task(task, actor=world.secretary, result="Đã khắc phục cả 3", done_on=date(YEAR, 4, 20))
    assert told(5), "the meeting after hears the result"
    assert not told(6)


# ------------------------------------------------------------------------------------------ S3-03 groups


def test_s3_03_a_group_that_stays_away_is_named_with_its_share(world: World, people: list[Member]) -> None:
    far = world.group("Đi làm ăn xa")
    for person in people[1:]:
        person.groups.add(far)
    for month in (3, 4):
        meet(world, month, people, hai="excused", ba="excused")
    fifth = meet(world, 5, people, hai="excused", ba="excused")
    assert found(world, "group_absence", date(YEAR, 5, 31)) == [
        ("Đi làm ăn xa", "3 tháng dự sinh hoạt 0 % (0/6), dưới 90 %")
    ]
    assert found(world, "group_absence", date(YEAR, 5, 31), world.cell7) == []
    call_roll(fifth, actor=world.secretary, presences={people[1].pk: ("present", "")})
    ((_name, detail),) = found(world, "group_absence", date(YEAR, 5, 31))
    assert "(1/6)" in detail
    assert found(world, "group_absence", date(YEAR, 9, 30)) == []


def test_s3_03_one_persons_absence_does_not_speak_for_a_group(world: World, people: list[Member]) -> None:
    for person in people:
        person.groups.add(world.group("Cao tuổi"))
    for month in (3, 4, 5):
        meet(world, month, people, hai="excused")
    assert found(world, "group_absence", date(YEAR, 5, 31)) == []


def test_s3_03_three_absences_in_a_row_are_found_and_a_presence_between_breaks_the_row(
    world: World, people: list[Member]
) -> None:
    for month, hai, ba in ((1, "present", "excused"), (2, "excused", "excused"), (3, "unexcused", "present")):
        meet(world, month, people, hai=hai, ba=ba)
    assert found(world, "absence", date(YEAR, 3, 31)) == []
    meet(world, 4, people, hai="excused", ba="excused")
    assert found(world, "absence", date(YEAR, 4, 30)) == [
        ("Bùi Văn Hai", "vắng 3 kỳ sinh hoạt liên tiếp, từ tháng 02/2026")
    ]


# -------------------------------------------------------------------------------------- S3-04 directives


def directive(world: World, kind: PaperKind = PaperKind.DIRECTIVE, on: date = date(YEAR, 2, 20)) -> Paper:
    return register_paper(
        world.ward, actor=world.clerk, symbol=f"{on.month}-{kind.value}/ĐU", kind=kind.label, issuer="Đảng ủy phường",
        subject="Về giữ gìn vệ sinh môi trường", issued_on=on,
    )  # fmt: skip


def carry_out(world: World, doer: Member, paper: Paper) -> Task:
    return assign_task(
        world.cell5, actor=world.secretary, title="Vận động 40 hộ ký cam kết không đổ rác ra kênh", measure="40 bản cam kết",
        doer=doer, origin=TaskOrigin.DIRECTION, assigned_on=date(YEAR, 3, 20), due_on=date(YEAR, 6, 30), directive=paper,
    )  # fmt: skip


def test_s3_04_a_directive_made_known_and_left_without_a_duty_finds_itself(
    world: World, people: list[Member]
) -> None:
    paper = directive(world)
    meeting = meet(world, 3, people)
    assert meeting.agenda.filter(kind=ItemKind.DOCUMENTS).exists()
    assert found(world, "directive", date(YEAR, 5, 31)) == []
    close(world, meeting)
    assert found(world, "directive", date(YEAR, 5, 3)) == []
    ((subject, detail),) = found(world, "directive", date(YEAR, 5, 4))
    assert subject == str(paper)
    assert "05/03/2026" in detail
    carry_out(world, people[1], paper)
    assert found(world, "directive", date(YEAR, 5, 31)) == []


def test_s3_04_papers_that_only_inform_and_those_of_a_programme_ask_for_no_duty_of_their_own(
    world: World, people: list[Member]
) -> None:
    directive(world, PaperKind.GUIDANCE)
    basis = directive(world, PaperKind.PROGRAMME)
    launch_programme(
        world.ward, actor=world.clerk, code="01", name="Chương trình 01", valid_from=date(YEAR, 1, 1), basis=basis
    )
    close(world, meet(world, 3, people))
    assert found(world, "directive", date(YEAR, 6, 30)) == []


def test_s3_04_what_is_resolved_under_the_items_paper_carries_it_out(world: World, people: list[Member]) -> None:
    paper, meeting = directive(world), meet(world, 3, people)
    item = meeting.agenda.get(kind=ItemKind.DOCUMENTS)
    AgendaItem.objects.filter(pk=item.pk).update(paper=paper)
    item.refresh_from_db()
    resolve_matter(
        meeting, actor=world.secretary, what="Vận động 40 hộ ký cam kết không đổ rác ra kênh", doer=people[1],
        due_on=date(YEAR, 6, 30), measure="40 bản cam kết", item=item,
    )  # fmt: skip
    take_vote(meeting, actor=world.secretary, question="Thông qua nghị quyết", in_favour=3)
    close(world, meeting)
    assert Task.objects.get().directive == paper
    assert found(world, "directive", date(YEAR, 6, 30)) == []


def test_s3_04_the_page_to_mend_it_has_the_directive_chosen_already(
    world: World, people: list[Member], browser_of
) -> None:
    paper = directive(world)
    close(world, meet(world, 3, people))
    scope = scope_of(world.cell5, Period.of_year(YEAR), date(YEAR, 6, 30))
    (one,) = registry.named("checks", "meetings.directive").run(scope)
    client = browser_of(world.secretary)
    assert f'<option value="{paper.pk}" selected>' in client.get(one.url).content.decode()
    typed = {
        "title": "Vận động 40 hộ ký cam kết không đổ rác ra kênh", "measure": "40 bản cam kết", "doer": people[1].pk,
        "origin": "direction", "assigned_on": "20/3/2026", "due_on": "30/6/2026", "directive": paper.pk,
    }  # fmt: skip
    assert client.post(reverse("tasks:assign", args=[world.cell5.pk]), typed).status_code == 302
    assert found(world, "directive", date(YEAR, 6, 30)) == []


# --------------------------------------------------------------------------------- S3-05 nothing resolved


def test_s3_05_three_meetings_that_resolve_nothing_find_themselves(world: World, people: list[Member]) -> None:
    for month in (3, 4, 5):
        assert found(world, "unresolved", date(YEAR, 5, 31)) == []
        close(world, meet(world, month, people))
    ((subject, detail),) = found(world, "unresolved", date(YEAR, 5, 31))
    assert subject == "Sinh hoạt từ tháng 03/2026"
    assert detail.startswith("3 kỳ liên tiếp")
    commit(world, people[0], date(YEAR, 5, 20))
    assert found(world, "unresolved", date(YEAR, 5, 31)) == []


# --------------------------------------------------------------------------------- S3-02 nobody speaks


def test_s3_02_three_meetings_at_which_nobody_spoke_find_themselves_until_somebody_does(
    world: World, people: list[Member]
) -> None:
    for month in (3, 4, 5):
        assert found(world, "unspoken", date(YEAR, 5, 31)) == []
        close(world, meet(world, month, people))
    assert found(world, "unspoken", date(YEAR, 5, 31)) == [
        ("Sinh hoạt từ tháng 03/2026", "3 kỳ liên tiếp không ai phát biểu")
    ]
    assert found(world, "unspoken", date(YEAR, 5, 31), world.cell7) == []
    june = meet(world, 6, people)
    give_floor(june.agenda.last(), actor=world.secretary, member=people[0], text="Đề nghị bàn lại giờ họp")
    close(world, june)
    assert found(world, "unspoken", date(YEAR, 6, 30)) == []


# --------------------------------------------------------------------------------------------- all of them


@pytest.mark.parametrize("code", ["commitments", "group_absence", "directive", "unresolved", "unspoken"])
def test_a_check_asks_equally_many_queries_for_one_meeting_and_for_three(
    world: World, people: list[Member], code: str
) -> None:
    counts: list[Any] = []
    for person in people:
        person.groups.add(world.group("Đi làm ăn xa"))
    commit(world, people[0], date(YEAR, 1, 2))
    for month in (2, 3, 4):
        directive(world, on=date(YEAR, month, 1))
        close(world, meet(world, month, people, hai="excused", ba="excused"))
        with CaptureQueriesContext(connection) as captured:
            found(world, code, date(YEAR, 7, 31))
        counts.append(len(captured))
    assert len(set(counts)) == 1, counts
