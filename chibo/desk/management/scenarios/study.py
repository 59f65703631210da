"""Study as offices do it: classes with their rolls and essays, a document or theme made known cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time, timedelta
from typing import Any

from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.meetings.actions import call_roll
from chibo.meetings.rules import Presence
from chibo.meetings.selectors import roll_of
from chibo.members.models import Member
from chibo.papers.models import Paper
from chibo.programmes.actions import attach_paper
from chibo.programmes.models import Programme, Theme
from chibo.study.actions import ask_for_essays, disseminate, hand_in_essay, mark_essay, note_reached, open_class
from chibo.study.models import Dissemination, Essay, StudyClass
from chibo.study.rules import EssayState, Way
from chibo.study.selectors.spreading import to_be_reached
from chibo.units.models import Unit

THOUGHTS = (
    "Qua học tập, tôi nhận thấy mình còn ngại va chạm khi góp ý trong sinh hoạt.",
    "Điều tôi tâm đắc nhất là việc nhỏ cũng phải làm đến nơi đến chốn.",
    "Nội dung chuyên đề sát với việc của tổ dân phố chúng tôi.",
    "Tôi thấy cần nắm hoàn cảnh từng hộ trước khi vận động.",
)
DEEDS = (
    "Tôi nhận theo dõi 5 hộ khó khăn trong ngõ, mỗi tháng đến thăm một lần.",
    "Tôi sẽ đọc trước tài liệu và phát biểu ít nhất một ý trong mỗi kỳ sinh hoạt.",
    "Tôi nhận hướng dẫn 10 người cao tuổi nộp hồ sơ trên cổng dịch vụ công.",
    "Tôi cùng chi hội phụ nữ dọn vệ sinh ngõ vào sáng thứ bảy hằng tuần.",
)
WHY = (
    "Ở nơi tôi ở, nhiều việc chậm vì chờ nhau; làm gương trước thì bà con làm theo.",
    "Năm qua tôi làm được việc này một lần, năm nay quyết làm đều từng tháng.",
    "Tôi đã bàn với gia đình và tổ trưởng, có hai đồng chí cùng làm.",
)


def hold_class(
    unit: Unit, title: str, held_on: date, present: Iterable[Member], absent: Iterable[Member] = (), **more: Any
) -> StudyClass:
    """A class with its roll; who was absent was excused."""
    present, absent = list(present), list(absent)
    made = open_class(
        unit, title=title, held_on=held_on, starts_at=time(8), place="Hội trường phường", members=[*present, *absent],
        **more, **AS_SETUP,
    )  # fmt: skip
    presences = {m.pk: (Presence.PRESENT, "") for m in present}
    call_roll(
        made.meeting, presences=presences | {m.pk: (Presence.EXCUSED, "đi công tác") for m in absent}, **AS_SETUP
    )
    return made


def write_essays(made: StudyClass, missing: Sequence[Member], *, days: int = 14) -> None:
    """Everybody who attended hands in an essay, but those named; the cell finds them done."""
    held_on = made.meeting.held_on
    ask_for_essays(made, due_on=held_on + timedelta(days=days), **AS_SETUP)
    for essay in (
        made.essays.exclude(member__in=missing).select_related("study_class__meeting", "unit").order_by("pk")
    ):
        hand_in_essay(essay, text="Bài viết tay, lưu ở chi bộ.", handed_in_on=held_on + timedelta(days=7), **AS_SETUP)
        mark_essay(essay, mark=EssayState.PASSED, marked_on=held_on + timedelta(days=days), **AS_SETUP)


def make_known(
    office: Office, members: Mapping[Unit, Iterable[Member]], opened_on: date, *, paper: Paper | None = None,
    theme: Theme | None = None, **more: Any,
) -> Dissemination:  # fmt: skip
    """Make it known to every member, and let the cells say that it reached those named, ten days later."""
    made = disseminate(
        office.ward,
        paper=paper,
        theme=theme,
        opened_on=opened_on,
        due_on=opened_on + timedelta(days=30),
        **more,
        **AS_SETUP,
    )
    for cell, reached in members.items():
        note_reached(
            cell, dissemination=made, members={m.pk for m in reached}, way=Way.MEETING,
            reached_on=opened_on + timedelta(days=10), **AS_SETUP,
        )  # fmt: skip
    return made


def demonstrate(
    office: Office, programme: Programme, people: Mapping[Unit, Sequence[Member]], guidance: Paper | None, today: date
) -> None:
    """This year's class on the theme with essays in every state, a cell's own class, the theme and a document made known."""
    theme = programme.themes.get(year=today.year)
    first, *_others = people
    day = date(today.year, 3, 14)
    if day > today - timedelta(days=20):
        day = today - timedelta(days=20)
    ward_class = open_class(
        office.ward, title=f"Chuyên đề năm {today.year}: {theme.title}", held_on=day, starts_at=time(8), ends_at=time(11),
        place="Hội trường Đảng ủy phường", speaker="Báo cáo viên Thành ủy", theme=theme, **AS_SETUP,
    )  # fmt: skip
    lines = {m.pk: m for members in people.values() for m in members}
    on_roll = _called(ward_class)
    presences = {
        pk: (Presence.PRESENT, "") if office.chance.random() < 0.94 else (Presence.EXCUSED, "ốm")
        for pk in on_roll
        if pk in lines
    }
    call_roll(ward_class.meeting, presences=presences, **AS_SETUP)
    ask_for_essays(ward_class, due_on=day + timedelta(days=15), **AS_SETUP)
    _write(office, ward_class, day, today)
    hold_class(
        first, "Học tập nghị quyết của đảng ủy về chỉnh trang ngõ phố", today - timedelta(days=9), people[first][:9]
    )
    told = date(today.year, 1, 15)
    make_known(
        office, {cell: _most(office, cell, told, m) for cell, m in list(people.items())[:-2]}, told, theme=theme
    )
    if guidance is None:
        return
    attach_paper(programme, paper=guidance, **AS_SETUP)
    disseminate(
        office.ward, paper=guidance, opened_on=today - timedelta(days=12), due_on=today + timedelta(days=9),
        digest="Mỗi đảng viên đăng ký ít nhất một việc theo chuyên đề năm, có cách đo và thời hạn.\n"
        "Chi bộ góp ý và xác nhận kế hoạch trong quý I.\nHằng tháng nghe ít nhất hai đồng chí báo cáo kết quả.",
        asks="Đảng viên: đăng ký trên máy hoặc nộp bản viết tay cho chi ủy.\nChi ủy: xác nhận trong 7 ngày.", **AS_SETUP,
    )  # fmt: skip


def _called(made: StudyClass) -> list[int]:
    return [line.member.pk for line in roll_of(made.meeting) if not line.foreseen]


def _most(office: Office, cell: Unit, day: date, members: Sequence[Member]) -> list[Member]:
    """Most of a cell's members whom it is to reach."""
    due = set(to_be_reached(day, [cell.pk]).values_list("member_id", flat=True))
    return [m for m in members if m.pk in due and office.chance.random() < 0.96]


def _write(office: Office, made: StudyClass, day: date, today: date) -> None:
    """Most essays are in and done, some wait to be read, one is a neighbour's copy, some are missing."""
    chance, last = office.chance, ""
    for essay in made.essays.select_related("study_class__meeting", "unit").order_by("unit_id", "pk"):
        luck = chance.random()
        if luck < 0.05:
            continue
        copied = bool(last) and luck > 0.985
        text = last if copied else "\n".join((chance.choice(THOUGHTS), chance.choice(WHY), chance.choice(DEEDS)))
        last = text
        handed: Essay = hand_in_essay(
            essay, text=text, handed_in_on=min(today, day + timedelta(days=chance.randint(4, 15))), **AS_SETUP
        )
        if luck > 0.9:
            continue
        weak = luck > 0.88
        mark_essay(
            handed, mark=EssayState.NOT_PASSED if weak else EssayState.PASSED, marked_on=min(today, day + timedelta(days=20)),
            comment="Bài chưa nói việc cụ thể sẽ làm ở chi bộ." if weak else "", **AS_SETUP,
        )  # fmt: skip
