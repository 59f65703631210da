"""Seed S2: the survey of April 2022. What the visits found in one cell and not in another, and that each finding
vanishes once the cell has mended it."""

from __future__ import annotations

from datetime import date, time, timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet

from chibo.access.charter import Post
from chibo.briefings.actions import call_briefing, send_return
from chibo.briefings.rules import Rhythm
from chibo.desk.management.scenarios import papers
from chibo.desk.management.scenarios.claims import Claim, shortcomings, text
from chibo.desk.management.scenarios.inspections import of_s2
from chibo.desk.management.scenarios.office import AS_SETUP, Office
from chibo.inspections.actions.programmes import adopt_programme, draft_programme
from chibo.inspections.models import Inspection
from chibo.inspections.rules import Body
from chibo.inspections.rules.flows import PieceKind
from chibo.inspections.selectors import parent_names
from chibo.inspections.selectors.surveys import crosstab, frequencies, visits_of
from chibo.meetings.actions import call_roll, convene_meeting
from chibo.meetings.actions.conducting import begin_item, finish_item, resolve_matter, take_vote
from chibo.meetings.actions.preparing import arrange_agenda, choose_topic
from chibo.meetings.models import Meeting
from chibo.meetings.rules import ItemKind, MeetingKind, MeetingState, Presence
from chibo.meetings.rules.preparing import Arranged
from chibo.meetings.selectors.conducting import tally_of
from chibo.members.actions import appoint
from chibo.members.models import Member
from chibo.plans.models import Campaign, Plan
from chibo.plans.rules import Remark, ResultLevel
from chibo.plans.rules.evaluating import Entry
from chibo.tasks.actions import assign_task, finish_task, note_progress
from chibo.tasks.models import Task
from chibo.tasks.rules import TaskOrigin, TaskState
from chibo.units.models import Unit
from chibo.units.rules import Level

MONTHS = tuple(date(2022, month, 1) for month in range(1, 7))
SINCE = date(2021, 6, 1)
ASKED, MENDED = "2022-06", "2022-07"
SKETCH: dict[str, Any] = {"results": "Đã thu đảng phí", "next_tasks": "Họp chi bộ"}
WHOLE: dict[str, Any] = {
    "results": "Đã thu đủ đảng phí của 12 đảng viên; vận động 12/12 hộ ngõ 5 ký cam kết giữ vệ sinh; hoà giải hai vụ mâu thuẫn.",
    "shortcomings": "Chưa kết nạp được đảng viên mới nào trong sáu tháng; một tổ còn đổ rác sai giờ.",
    "causes": "Nguồn thanh niên tại chỗ ít; chi bộ chưa phân công đồng chí nào theo dõi việc này.",
    "next_tasks": "Giao hai đồng chí giúp đỡ một quần chúng ưu tú; kiểm tra giờ đổ rác ở tổ 3 trong tháng.",
    "cultivation": "12/12 đảng viên có kế hoạch; hai đồng chí được biểu dương.",
}
POSTS = (Post.CELL_SECRETARY, Post.CELL_DEPUTY, Post.CELL_COMMITTEE)
FOUND = (
    ("S2-06", "chi ủy chưa họp trước sinh hoạt", "meetings.unprepared", 6),
    ("S2-09", "nội dung chưa sát loại hình chi bộ", "meetings.agenda", 1),
    ("S2-10", "báo cáo tháng sơ sài, chỉ nêu kết quả", "briefings.sketchy", 1),
    ("S2-11", "không chỉ ra hạn chế và nguyên nhân", "briefings.unexamined", 1),
    ("S2-12", "biểu dương, nhắc nhở chưa đầy đủ", "plans.quiet", 1),
    ("S2-13", "thông tin còn đọc cả văn bản", "meetings.reading", 1),
    ("S2-14", "chưa đánh giá thực hiện chương trình", "meetings.programme", 2),
    ("S2-15", "cam kết chưa được kiểm điểm thường xuyên", "tasks.silent", 5),
    ("S2-16", "nghị quyết giao việc chưa rõ", "meetings.vague", 5),
    ("S2-17", "chưa sinh hoạt chuyên đề theo quý", "meetings.topic", 2),
    ("S2-18", "sinh hoạt chưa có biên bản", "meetings.minutes", 1),
    ("S2-19", "chưa kịp thời xây dựng chương trình kiểm tra, giám sát", "inspections.programme", 1),
)
"""What the survey found: seed, its words, the check that finds it, and how often in the cell as it was found."""
SPARE = (ItemKind.INFORMATION, ItemKind.RESULTS, ItemKind.CLOSING)
"""All that the agenda of the faulty cell holds."""


def build() -> tuple[Claim, ...]:
    office = Office.found("Tỉnh Hoa Ban", "Quận Suối Mơ", "Phường Cẩm Tú", key="s2", seed=2)
    programme = office.programme("01-ctr", "Chương trình số 01 về công tác xây dựng Đảng", date(2021, 1, 4))
    campaign = office.campaign(programme, 2022)
    found, mended = office.cell("Chi bộ 1", "s2-1", since=SINCE), office.cell("Chi bộ 2", "s2-2", since=SINCE)
    for cell in (found, mended):
        members = office.members(cell, 12, since=SINCE)
        for member, post in zip(members, POSTS, strict=False):
            appoint(cell, member=member, post=post, valid_from=SINCE, term="2020–2022", **AS_SETUP)
        task = assign_task(
            cell, title="Khắc phục 3 khuyết điểm nêu tại kiểm điểm cuối năm 2021", measure="3 khuyết điểm được chi bộ xác nhận",
            doer=members[0], origin=TaskOrigin.COMMITMENT, assigned_on=date(2022, 1, 10), due_on=date(2022, 12, 15), **AS_SETUP,
        )  # fmt: skip
        plans = [office.plan(campaign, member) for member in members]
        for month in MONTHS:
            if cell is mended:
                _prepare(office, cell, month, members)
            meeting = office.meet(cell, month, day=15, members=members, chair=members[0], recorder=members[1])
            entries = office.good(plans)
            if cell is mended:
                entries[plans[3]] = Entry(
                    level=ResultLevel.EXCELLENT, remark=Remark.COMMEND, comment="Giúp ba hộ khó khăn"
                )
            if month > MONTHS[0]:
                office.evaluate(meeting, entries)
            if cell is found:
                _carelessly(office, meeting, members, close=month != MONTHS[-1])
            else:
                _carefully(office, meeting, members)
                for done in _left_open(cell, meeting):
                    finish_task(done, result="12/12 hộ đã ký", done_on=meeting.held_on, **AS_SETUP)
                note_progress(task, text="Đã báo cáo trước chi bộ", noted_on=meeting.held_on, **AS_SETUP)
    papers.bases_of_s2(office)
    ward = office.ward
    _programmes(date(2022, 1, 20), ward, mended)
    district = Unit.objects.get(key="s2-q")
    survey, inspection = of_s2(district, "s2x", lambda: office.names.next("male"))

    _brief(office, date(2022, 6, 30), cursory=found)
    as_found = {check: shortcomings(check, ward, ASKED)() for _seed, _says, check, _count in FOUND}
    _mend(office, found, campaign)
    _brief(office, date(2022, 7, 29))

    return (
        *_surveyed(survey, inspection),
        *(
            Claim(seed, f"{says}: tự báo", f"Chi bộ 1: {count}", partial(as_found.__getitem__, check))
            for seed, says, check, count in FOUND
        ),
        *(Claim(seed, f"{says}: đã khắc phục", "0", shortcomings(check, ward, MENDED)) for seed, says, check, _count in FOUND),
        Claim("S2-05", "nền nếp sinh hoạt được duy trì", "0", shortcomings("meetings.month", mended, "2022-06")),
        Claim(
            "S2-02", "năm văn bản làm căn cứ, đọc từ chính câu của bài",
            "01-CTr/QU (04/01/2021), 01-KL/TW (18/05/2021), 21-KL/TW (25/10/2021), 08-QĐ/TW (25/10/2018), 37-QĐ/TW (25/10/2021)",
            lambda: papers.cited(ward),
        ),
        Claim("S2-16", "giao rõ người, rõ hạn, rõ cách đo", "100 % (7/7)", text("tasks.clear", mended, "2022")),
        Claim("S4-11", "100% đảng viên biểu quyết nhất trí", "12/12", lambda: _vote(mended)),
    )  # fmt: skip


def _left_open(cell: Unit, meeting: Meeting) -> QuerySet[Task]:
    """What earlier resolutions of the cell left open."""
    return Task.objects.filter(
        unit=cell, origin=TaskOrigin.RESOLUTION, state=TaskState.OPEN, assigned_on__lt=meeting.held_on
    )


def _prepare(office: Office, cell: Unit, month: date, members: list[Member]) -> None:
    """The committee meets five days before, and keeps its short minutes."""
    committee = members[: len(POSTS)]
    meeting = convene_meeting(
        cell, kind=MeetingKind.COMMITTEE, month=month, held_on=month.replace(day=10), starts_at=time(19),
        place="Nhà văn hóa", chair=committee[0], recorder=committee[1], **AS_SETUP,
    )  # fmt: skip
    call_roll(meeting, presences={m.pk: (Presence.PRESENT, "") for m in committee}, **AS_SETUP)
    office.close(meeting)


def _carelessly(office: Office, meeting: Meeting, members: list[Member], *, close: bool) -> None:
    """A spare agenda, an hour of reading aloud, a resolution that says nothing; the last minutes are never finished."""
    kept = [
        Arranged(item.pk, item.kind, item.title, item.minutes_planned)
        for item in meeting.agenda.all()
        if item.kind in SPARE
    ]
    arrange_agenda(meeting, lines=kept, **AS_SETUP)
    _clock(meeting, {ItemKind.INFORMATION: 60})
    if close:
        resolve_matter(
            meeting, what="Tăng cường công tác tuyên truyền", doer=members[2], due_on=meeting.held_on + timedelta(days=30),
            measure="", override_reason="như mọi tháng", **AS_SETUP,
        )  # fmt: skip
        _adopt(meeting)
        office.close(meeting)


def _carefully(office: Office, meeting: Meeting, members: list[Member]) -> None:
    """The whole agenda with its topic, a quarter of an hour of reading, a matter that can be checked."""
    choose_topic(meeting, topic="Giữ gìn đoàn kết trong chi bộ", **AS_SETUP)
    _clock(meeting, {ItemKind.INFORMATION: 15, ItemKind.DOCUMENTS: 5})
    resolve_matter(
        meeting, what="Vận động 12 hộ ký cam kết giữ vệ sinh ngõ 5", doer=members[2], measure="12/12 hộ ký",
        due_on=meeting.held_on + timedelta(days=30), **AS_SETUP,
    )  # fmt: skip
    _adopt(meeting)
    office.close(meeting)


def _brief(office: Office, held_on: date, *, cursory: Unit | None = None) -> None:
    """The ward's monthly briefing: every cell returns the whole of what is asked, but for one that writes two lines."""
    briefing = call_briefing(office.ward, rhythm=Rhythm.MONTHLY, held_on=held_on, **AS_SETUP)
    sent_on = briefing.returns_due_on
    for ret in briefing.returns.all():
        told = SKETCH if cursory and ret.unit_id == cursory.pk else WHOLE
        send_return(ret, **AS_SETUP, **told, sent_on=sent_on)


def _mend(office: Office, cell: Unit, campaign: Campaign) -> None:
    """The cell enters what it had not written down, and holds the meeting of July as it should."""
    members = list(Member.objects.filter(unit=cell).order_by("pk"))
    _programmes(date(2022, 7, 5), cell)
    for meeting in Meeting.objects.filter(unit=cell, kind=MeetingKind.REGULAR, state=MeetingState.CONVENED):
        _adopt(meeting)
        office.close(meeting)
    for month in MONTHS:
        _prepare(office, cell, month, members)
    for month in (MONTHS[2], MONTHS[5]):
        topical = convene_meeting(
            cell, kind=MeetingKind.TOPICAL, held_on=month.replace(day=25), starts_at=time(19, 30), place="Nhà văn hóa",
            topic="Giữ gìn đoàn kết trong chi bộ", chair=members[0], recorder=members[1], **AS_SETUP,
        )  # fmt: skip
        call_roll(topical, presences={m.pk: (Presence.PRESENT, "") for m in members}, **AS_SETUP)
        office.close(topical)
    july = date(2022, 7, 1)
    _prepare(office, cell, july, members)
    meeting = office.meet(cell, july, day=15, members=members, chair=members[0], recorder=members[1])
    plans = list(Plan.objects.filter(campaign=campaign, member__in=members).order_by("pk"))
    remark = Entry(level=ResultLevel.EXCELLENT, remark=Remark.COMMEND, comment="Giúp ba hộ khó khăn")
    office.evaluate(meeting, office.good(plans) | {plans[3]: remark})
    _carefully(office, meeting, members)
    for task in _left_open(cell, meeting):
        finish_task(task, result="Đã phát 60 tờ rơi ở ngõ 5", done_on=meeting.held_on, **AS_SETUP)
    for task in Task.objects.filter(unit=cell, origin=TaskOrigin.COMMITMENT):
        note_progress(task, text="Đã báo cáo trước chi bộ", noted_on=meeting.held_on, **AS_SETUP)


def _clock(meeting: Meeting, spent: dict[ItemKind, int]) -> None:
    """Every item takes ten minutes, or as many as are said."""
    minute = 19 * 60 + 30
    for item in meeting.agenda.all():
        begin_item(item, at=time(minute // 60, minute % 60), **AS_SETUP)
        minute += spent.get(ItemKind(item.kind), 10)
        finish_item(item, at=time(minute // 60, minute % 60), **AS_SETUP)


def _adopt(meeting: Meeting) -> None:
    take_vote(meeting, question="Thông qua nghị quyết", in_favour=tally_of(meeting).voters, **AS_SETUP)


def _vote(cell: Unit) -> str:
    vote = Meeting.objects.filter(unit=cell, votes__isnull=False).earliest("held_on").votes.get()
    return f"{vote.in_favour}/{vote.entitled}"


def _programmes(on: date, *units: Unit) -> None:
    """Adopted in January, as it should be, by the ward and the cell that mended; in July by the one that was found."""
    for unit in units:
        body = Body.CELL if unit.level == Level.CELL else Body.COMMITTEE
        programme = draft_programme(unit, year=2022, body=body, day=date(2022, 1, 10), **AS_SETUP)
        adopt_programme(programme, on=on, **AS_SETUP)


def _surveyed(survey: Inspection, inspection: Inspection) -> tuple[Claim, ...]:
    """What the survey of April 2022 says, beside what its records say."""
    days = sorted(visit.planned_on for visit in visits_of(survey))
    parents = set(parent_names([s.unit for s in survey.subjects.all()], days[0]).values())
    units = inspection.subjects.filter(member__isnull=True).count()
    report = survey.pieces.get(kind=PieceKind.SYNTHESIS)
    short = [line for line in crosstab(survey)[1] if line.short]
    most = frequencies(survey)[0]
    return (
        Claim("S2-01", "05 tổ chức đảng và 04 đảng viên", "5 + 4", lambda: f"{units} + {inspection.subjects.count() - units}"),
        Claim("S2-02", "năm căn cứ của cuộc kiểm tra", "5", lambda: str(len(inspection.bases_text.splitlines()))),
        Claim("S2-03", "07 chi bộ của 5 đảng bộ, từ 04/4 đến 21/4/2022", "7 của 5, 04/04/2022–21/04/2022", lambda: f"{survey.subjects.count()} của {len(parents)}, {days[0]:%d/%m/%Y}–{days[-1]:%d/%m/%Y}"),
        Claim("S2-04", "ưu điểm và hạn chế theo tiêu chí", "7 ưu điểm, 12 hạn chế", lambda: f"{survey.subjects.filter(findings__kind='strength').count()} ưu điểm, {len(short)} hạn chế"),
        Claim("S2-20", "hạn chế phổ biến nhất", "4/7", lambda: f"{len(most.where)}/{survey.subjects.count()}"),
        Claim("S2-20", "báo cáo Ban Thường vụ", "01-BC/ĐKS ngày 22/04/2022", lambda: f"{report.symbol} ngày {report.issued_on:%d/%m/%Y}"),
    )  # fmt: skip
