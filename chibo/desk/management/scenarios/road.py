"""The demonstration's last months as a cell lives them: floor, votes, resolutions that become tasks, briefings."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from chibo.briefings.actions import call_briefing, conclude_briefing, give_direction, send_return
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.meetings.actions.conducting import begin_item, give_floor, mention_member, resolve_matter, take_vote
from chibo.meetings.actions.preparing import set_schedule
from chibo.meetings.actions.quality import set_quality_form
from chibo.meetings.models import Meeting
from chibo.meetings.rules import ItemKind, Mentioned
from chibo.meetings.rules.quality import EXAMPLE_LEVELS, EXAMPLE_NAME, EXAMPLE_SOURCE, example_lines
from chibo.meetings.selectors.conducting import tally_of
from chibo.members.models import Member
from chibo.tasks.actions import finish_task, note_progress
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskState
from chibo.units.models import Unit

MATTERS = (
    ("Vận động 12 hộ trong ngõ ký cam kết bàn giao mặt bằng", "12/12 hộ ký biên bản", True),
    ("Lập danh sách 20 hộ khó khăn nhận quà Tết", "danh sách có xác nhận của tổ dân phố", True),
    ("Tổ chức 1 buổi tổng vệ sinh ngày thứ bảy tại sân chung", "biên bản, ảnh chụp sân sau khi dọn", True),
    ("Hướng dẫn 30 người cao tuổi nộp hồ sơ trên cổng dịch vụ công", "30 hồ sơ nộp thành công", False),
    ("Rà soát hồ sơ 5 quần chúng ưu tú để giới thiệu kết nạp", "5 hồ sơ có nhận xét của chi ủy", False),
    ("Kiểm tra 8 bình chữa cháy tại nhà văn hóa, thay bình hỏng", "biên bản kiểm tra", True),
)
SPEECHES = (
    "Nhất trí với báo cáo; đề nghị ghi rõ người phụ trách từng ngõ.",
    "Nêu khó khăn khi vận động hộ kinh doanh dời mái che; đề nghị gặp từng hộ.",
    "Đề nghị chi ủy cử thêm một đồng chí cùng làm để kịp hạn.",
)
MONTHS = 3
"""How many of the last months are told in full; the years before are told by roll, evaluation and minutes."""

SKETCHY: dict[str, Any] = {
    "results": "Hoàn thành các việc của nghị quyết tháng.",
    "next_tasks": "Triển khai nghị quyết tháng tới.",
}
WHOLE: dict[str, Any] = {
    "results": "Đã làm xong các việc của nghị quyết tháng; thu đủ đảng phí; vận động các hộ trong ngõ ký cam kết giữ vệ sinh, phân loại rác.",
    "shortcomings": "Chưa có quần chúng ưu tú mới để bồi dưỡng; còn ba đảng viên vắng sinh hoạt.",
    "causes": "Thanh niên của tổ đi làm xa; giờ họp trùng ca làm việc.",
    "next_tasks": "Phân công hai đồng chí gặp gỡ thanh niên mới về; thống nhất lại giờ sinh hoạt với chi bộ.",
    "cultivation": "Các đảng viên đã được đánh giá kế hoạch trong kỳ; hai đồng chí được biểu dương.",
}


def fix_day(cell: Unit) -> None:
    """Every cell meets on the third of the month."""
    set_schedule(
        cell, day_of_month=3, starts_at=time(19, 30), place="Nhà văn hóa", valid_from=date(2022, 6, 1), **AS_SETUP
    )


def plant_sheet(office: Office, since: date) -> None:
    """The example of a sheet for the quality of meetings, so that there is one to look at."""
    set_quality_form(
        office.ward, name=EXAMPLE_NAME, source=EXAMPLE_SOURCE, levels=EXAMPLE_LEVELS, criteria=example_lines(),
        valid_from=since, **AS_SETUP,
    )  # fmt: skip


def conduct(office: Office, meeting: Meeting, present: list[Member]) -> None:
    """What happened between roll and minutes: who spoke, what was voted and resolved, whom it named."""
    chance = office.chance
    items = list(meeting.agenda.all())
    at = meeting.starts_at or time(19, 30)
    minute = at.hour * 60 + at.minute
    for item in items:
        begin_item(item, at=time(minute // 60, minute % 60), **AS_SETUP)
        minute += item.minutes_planned or 5
    talk = next((item for item in items if item.kind == ItemKind.DISCUSSION), items[-1])
    for member in chance.sample(present, min(3, len(present))):
        give_floor(talk, member=member, text=chance.choice(SPEECHES), **AS_SETUP)
    for what, measure, is_local in chance.sample(MATTERS, 2):
        resolve_matter(
            meeting, what=what, measure=measure, is_local=is_local, doer=chance.choice(present),
            due_on=meeting.held_on + timedelta(days=chance.choice((20, 27, 45))), **AS_SETUP,
        )  # fmt: skip
    mention_member(
        meeting, member=chance.choice(present), kind=Mentioned.COMMEND, text="Có nhiều ngày công giúp tổ dân phố",
        **AS_SETUP,
    )  # fmt: skip
    take_vote(
        meeting,
        question="Thông qua nghị quyết của tháng",
        in_favour=tally_of(meeting).voters,
        item=items[-1],
        **AS_SETUP,
    )


def carry_on(office: Office, today: date) -> None:
    """Most duties are done in time; some are late, some only begun: the board and the desks show it."""
    chance = office.chance
    for task in Task.objects.filter(state=TaskState.OPEN, due_on__lt=today).order_by("pk"):
        assert task.due_on is not None
        done = task.due_on - timedelta(days=chance.randint(0, 5))
        if chance.random() < 0.8:
            finish_task(task, result=f"Đã xong: {task.measure}", done_on=max(done, task.assigned_on), **AS_SETUP)
        elif chance.random() < 0.6:
            note_progress(task, text="Đã làm được một phần, còn vướng vài hộ.", noted_on=done, percent=60, **AS_SETUP)


def brief(office: Office, cells: list[Unit], chair: Member, recorder: Member, today: date) -> None:
    """Last month's briefing, concluded with its directions, and this month's, still being collected."""
    for back, concluded in ((35, True), (0, False)):
        held_on = today - timedelta(days=back) + timedelta(days=0 if concluded else 5)
        briefing = call_briefing(
            office.ward, rhythm="monthly", held_on=held_on, starts_at=time(8), place="Phòng họp Đảng ủy", chair=chair,
            recorder=recorder, **AS_SETUP,
        )  # fmt: skip
        for n, cell in enumerate(cells):
            if n % 6 != 5 and (concluded or n % 2):
                told = SKETCHY if n % 6 == 1 else WHOLE
                sent_on = min(today, briefing.returns_due_on)
                send_return(briefing.returns.get(unit=cell), **AS_SETUP, **told, sent_on=sent_on)
        if concluded:
            give_direction(
                briefing, title="Báo cáo danh sách hộ khó khăn trước ngày 15 về văn phòng", measure="danh sách ký tên",
                due_on=held_on + timedelta(days=20), units=cells[:3], **AS_SETUP,
            )  # fmt: skip
            conclude_briefing(
                briefing, minutes="Hội nghị nghe các chi bộ báo cáo; Đảng ủy giao việc như trong danh sách.", closed_on=held_on,
                ends_at=time(10), **AS_SETUP,
            )  # fmt: skip
