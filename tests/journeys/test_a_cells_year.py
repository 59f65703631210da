"""The monthly road of one cell over twelve months, by the actions its secretary takes: prepare, run, close; what is
open comes back at the next meeting until it is done (seeds S2-05 … S2-18, S3-12, S3-14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from chibo.access.charter import Post
from chibo.core.registry import registry
from chibo.core.values import Period
from chibo.figures.selectors import answer
from chibo.meetings.actions import call_roll, close_meeting, convene_meeting
from chibo.meetings.actions.conducting import (
    begin_item,
    finish_item,
    give_floor,
    mention_member,
    resolve_matter,
    take_vote,
)
from chibo.meetings.actions.preparing import notify_members, publish_papers, set_schedule
from chibo.meetings.models import Meeting, Resolution
from chibo.meetings.rules import ItemKind, MeetingKind, Presence
from chibo.meetings.selectors import composed_minutes
from chibo.meetings.selectors.agenda import lacking_before, topic_is_due
from chibo.meetings.selectors.conducting import tally_of
from chibo.meetings.selectors.minutes import cautions_of
from chibo.meetings.selectors.schedule import days_off, planned_in, schedules_of
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.tasks.actions import assign_task, extend_task, finish_task, hand_over_task, note_progress
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskOrigin, TaskState
from chibo.units.selectors import scope_of
from chibo.warnings.selectors import warnings_on
from tests.journeys.conftest import Seat, document_text
from tests.world import World

YEAR = 2026
LONG = "Vận động 40 hộ tổ 3 hiến đất mở đường"
"""What January resolves and only August finishes: extended once, handed over once."""


@dataclass
class Year:
    """The cell, and what each month's meeting brought up of what was open."""

    world: World
    people: list[Member]
    commitment: Task
    brought_up: dict[int, str] = field(default_factory=dict)

    def month(self, number: int) -> Meeting:
        """One month as the secretary lives it."""
        meeting = self.prepared(number)
        self.run(meeting, number)
        self.brought_up[number] = composed_minutes(meeting)
        ends_at = time(21, 30) if meeting.topic else time(21, 0)
        meeting = close_meeting(
            meeting, actor=self.world.secretary, minutes=self.brought_up[number], closed_on=meeting.held_on,
            ends_at=ends_at,
        )  # fmt: skip
        assert cautions_of(meeting) == []
        return meeting

    def prepared(self, number: int) -> Meeting:
        """On the day the schedule gives; the committee has met, members were told, papers were sent the day before."""
        cell, by = self.world.cell5, {"actor": self.world.secretary}
        found = planned_in(list(schedules_of(cell)), date(YEAR, number, 1))
        assert found is not None
        held_on = found[1].day
        topic = "Giữ gìn đoàn kết trong chi bộ" if topic_is_due(cell, held_on) and number % 3 == 2 else ""
        lead = {"chair": self.people[0], "recorder": self.people[1], "place": "Nhà văn hóa"}
        meeting = convene_meeting(
            cell, month=date(YEAR, number, 1), held_on=held_on, starts_at=time(19, 30), topic=topic, **lead, **by
        )
        before = convene_meeting(
            cell, kind=MeetingKind.COMMITTEE, held_on=held_on - timedelta(days=2), month=meeting.month, prepares=meeting,
            starts_at=time(19), **lead, **by,
        )  # fmt: skip
        call_roll(before, presences={m.pk: (Presence.PRESENT, "") for m in self.people[:3]}, **by)
        give_floor(before.agenda.last(), member=self.people[1], text="Thống nhất nội dung của kỳ tới", **by)
        close_meeting(before, minutes=composed_minutes(before), closed_on=before.held_on, ends_at=time(20), **by)
        notify_members(meeting, notified_on=before.held_on, today=held_on, **by)
        publish_papers(meeting, papers_ready_on=before.held_on, today=held_on, **by)
        meeting.refresh_from_db()
        assert lacking_before(meeting) == []
        return meeting

    def run(self, meeting: Meeting, number: int) -> None:
        by, away = {"actor": self.world.secretary}, self.people[9 if number % 2 else 8]
        roll = {m.pk: (Presence.PRESENT, "") for m in self.people} | {away.pk: (Presence.EXCUSED, "đi viện")}
        call_roll(meeting, presences=roll, **by)
        minute = 19 * 60 + 30
        for item in meeting.agenda.all():
            begin_item(item, at=time(*divmod(minute, 60)), **by)
            minute += 4
            finish_item(item, at=time(*divmod(minute, 60)), **by)
        for member in self.people[2:7]:
            give_floor(meeting.agenda.first(), member=member, text="Nhất trí", **by)
        mention_member(meeting, member=self.people[number % 8], kind="commend", text="Giúp ba hộ khó khăn", **by)
        if number == 1:
            resolve_matter(
                meeting, what=LONG, doer=self.people[4], due_on=date(YEAR, 4, 30), measure="40 hộ ký", **by
            )
        resolve_matter(
            meeting, what=f"Vận động {10 + number} hộ ngõ 5 ký cam kết giữ vệ sinh", doer=self.people[3], is_local=True,
            due_on=meeting.held_on + timedelta(days=30), measure=f"{10 + number} hộ ký", **by,
        )  # fmt: skip
        take_vote(meeting, question="Thông qua nghị quyết", in_favour=tally_of(meeting).voters, **by)

    def work(self, meeting: Meeting) -> None:
        """Between two meetings: last month's matter is done in time, the long one goes on, progress is noted."""
        by, day = {"actor": self.world.secretary}, meeting.held_on + timedelta(days=20)
        monthly = Task.objects.get(assigned_on=meeting.held_on, is_local=True)
        finish_task(monthly, result="Đủ số hộ", done_on=day, **by)
        note_progress(self.commitment, text="Đã báo cáo trước chi bộ", noted_on=day, **by)
        long = Task.objects.get(title=LONG)
        if meeting.month.month == 4:
            extend_task(long, new_due_on=date(YEAR, 9, 30), reason="Mưa bão", noted_on=date(YEAR, 4, 28), **by)
        elif meeting.month.month == 6:
            hand_over_task(long, doer=self.people[5], on=day, **by)
        elif meeting.month.month == 8:
            finish_task(long, result="40/40 hộ", done_on=day, **by)
        elif long.state == TaskState.OPEN:
            note_progress(long, text="Thêm 5 hộ", noted_on=day, **by)


@pytest.fixture
def year(world: World) -> Year:
    people = [world.member(world.cell5, f"Đảng Viên Thứ {n}") for n in range(1, 11)]
    for member, post in zip(people, (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE), strict=False):
        appoint(world.cell5, actor=world.clerk, member=member, post=post, valid_from=date(2025, 1, 1))
    set_schedule(
        world.cell5, actor=world.secretary, valid_from=date(YEAR - 1, 12, 1), starts_at=time(19, 30), day_of_month=17
    )
    commitment = assign_task(
        world.cell5, actor=world.secretary, title="Khắc phục 3 khuyết điểm nêu tại kiểm điểm cuối năm 2025",
        measure="3 khuyết điểm", doer=people[0], origin=TaskOrigin.COMMITMENT, assigned_on=date(YEAR, 1, 5),
        due_on=date(YEAR, 12, 20),
    )  # fmt: skip
    return Year(world, people, commitment)


def test_twelve_months_of_one_cell_in_which_nothing_open_is_forgotten(
    year: Year, seat: Callable[..., Seat], clock: Callable[[date], date]
) -> None:
    world, held = year.world, []
    for number in range(1, 13):
        meeting = year.month(number)
        year.work(meeting)
        held.append(meeting)

    # The 17th of each month, moved off Tết: nobody was called together on a day off.
    assert [m.held_on.day for m in held if m.held_on.day != 17] == [held[1].held_on.day]
    assert all(m.held_on not in days_off(YEAR)[0] for m in held)

    # What January resolved comes back every month under whoever has it, until a meeting has heard that it is done.
    assert [n for n, told in year.brought_up.items() if LONG in told] == list(range(1, 10))
    assert "đã hoàn thành ngày 06/09/2026" in year.brought_up[9]
    assert "thời hạn 30/09/2026" in year.brought_up[5]
    assert "Đảng Viên Thứ 6" in year.brought_up[7]
    committed = [n for n, told in year.brought_up.items() if year.commitment.title in told]
    assert committed == list(range(1, 13))
    assert all(m.agenda.filter(kind=ItemKind.LAST_MINUTES).exists() for m in held[1:])

    # One resolution a month in one series, one task for each thing resolved, the monthly ones done in time.
    symbols = [r.paper.symbol for r in Resolution.objects.order_by("adopted_on").select_related("paper")]
    assert symbols == [f"{n:02d}-NQ/CB" for n in range(1, 13)]
    assert Task.objects.filter(origin=TaskOrigin.RESOLUTION).count() == 13

    # The figures of the year, and not one shortcoming of the survey at its end.
    scope = scope_of(world.cell5, Period.of_year(YEAR), clock(date(YEAR + 1, 1, 2)))

    def share(code: str) -> tuple[int, int | None]:
        told = answer(registry.named("figures", code), scope)
        return told.part, told.base

    assert share("meetings.attendance") == (108, 120)
    assert share("meetings.regular") == share("meetings.topical_cells") == (1, 1)
    assert share("meetings.prepared") == share("meetings.long_enough") == (12, 12)
    assert share("meetings.speakers") == (60, 108)
    assert share("meetings.resolved") == (13, 13)
    seeds = {f"S2-{n:02d}" for n in range(5, 19)}
    found = [
        (w.check.code, w.found.subject)
        for w in warnings_on(world.cell5, date(YEAR, 12, 31))
        if seeds & set(w.check.seeds)
    ]
    assert found == []

    # Both books print for any period: here the second half of the year.
    secretary = seat(world.secretary)
    for page, heading in (("meetings:resolutions", "07-NQ/CB"), ("meetings:minutes_book", "Vận động 17 hộ")):
        book = reverse(page, args=[world.cell5.pk, f"{YEAR}-07..{YEAR}-12"])
        printed = document_text(secretary.file(f"{book}?format=docx"))
        assert heading in printed
        assert "Vận động 15 hộ" not in printed
        assert secretary.file(f"{book}?format=pdf").startswith(b"%PDF")
