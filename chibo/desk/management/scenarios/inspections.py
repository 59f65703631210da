"""Inspections told through the actions: that of seed S0, the survey of S2, and two for the demonstration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time, timedelta

from chibo.access.charter import Post
from chibo.desk.management.scenarios.office import AS_SETUP
from chibo.inspections.actions import (
    announce_inspection,
    conclude_inspection,
    decide_inspection,
    do_step,
    publish_conclusion,
    seat_team,
)
from chibo.inspections.actions.answers import hand_in_self_report, report_back
from chibo.inspections.actions.papers import close_dossier, issue_piece, issue_prepared, record_minutes
from chibo.inspections.actions.programmes import adopt_programme, draft_programme
from chibo.inspections.actions.verifying import (
    finish_verifying,
    mark_criterion,
    note_attended,
    plan_visit,
    record_finding,
    verify_remedy,
)
from chibo.inspections.models import Inspection, ProgrammeLine, Subject
from chibo.inspections.rules import Body, FindingKind, InspectionForm, Result, Role
from chibo.inspections.rules.flows import PieceKind
from chibo.inspections.selectors.begun import begun_text
from chibo.inspections.selectors.overview import begun_conclusion
from chibo.meetings.actions import convene_meeting
from chibo.members.actions import appoint, take_in_member
from chibo.members.models import Member
from chibo.tasks.actions import finish_task
from chibo.units.actions import found_unit
from chibo.units.models import Unit
from chibo.units.rules import CellKind, Level

Found = tuple[str, str, int, str]
"""Kind, words, the number of the criterion, and the figure that its percentages are checked against."""


def open_inspection(
    ward: Unit,
    cells: Sequence[Unit],
    team: Sequence[Member],
    *,
    decided_on: date,
    begins_on: date,
    content: str,
    looked: tuple[date, date],
    outline: str = "plans",
    form: str = InspectionForm.COMPLIANCE,
    announce: bool = True,
    members: Sequence[Member] = (),
    bases_text: str = "",
    line: ProgrammeLine | None = None,
) -> Inspection:
    """Decided, its team seated, its papers issued and, unless it is still being prepared, announced the next day."""
    inspection = decide_inspection(
        ward, form=form, body=Body.COMMITTEE, content=content, decided_on=decided_on, begins_on=begins_on, units=cells,
        members=members, looked_first=looked[0], looked_last=looked[1], outline=outline, bases_text=bases_text, line=line,
        **AS_SETUP,
    )  # fmt: skip
    roles = dict(zip(team, (Role.HEAD, Role.SECRETARY, *[Role.MEMBER] * len(team)), strict=False))
    seat_team(inspection, roles=roles, **AS_SETUP)
    if announce:
        issue_prepared(inspection, on=decided_on, **AS_SETUP)
        announce_inspection(inspection, on=decided_on + timedelta(days=1), **AS_SETUP)
    return inspection


def look(inspection: Inspection, on: date, found: Mapping[Subject, Sequence[Found]]) -> None:
    """The self-reports come in, the team deploys, looks, finds, and finishes on that day."""
    day = on - timedelta(days=3)
    for subject in inspection.subjects.all():
        minutes(subject, PieceKind.DEPLOYING, day - timedelta(days=3))
        hand_in_self_report(subject, answers=_own_words(inspection), on=day, **AS_SETUP)
    criteria = list(inspection.criteria.all())
    for subject, findings in found.items():
        short = {number for kind, _text, number, _figure in findings if kind == FindingKind.SHORTCOMING}
        for number, criterion in enumerate(criteria):
            result = Result.PARTLY if number in short else Result.MET
            mark_criterion(subject, criterion=criterion, result=result, **AS_SETUP)
        for kind, text, number, figure in findings:
            record_finding(
                subject, kind=kind, text=text, found_on=on, criterion=criteria[number], figure=figure,
                remedy=f"Khắc phục: {text[:200]}" if kind == FindingKind.SHORTCOMING else "",
                due_on=on + timedelta(days=60) if kind == FindingKind.SHORTCOMING else None, owner_unit=subject.unit,
                **AS_SETUP,
            )  # fmt: skip
        minutes(subject, PieceKind.WORKING, on)
        minutes(subject, PieceKind.CONFERENCE, on)
    finish_verifying(inspection.subjects.all()[0], on=on, **AS_SETUP)


def _own_words(inspection: Inspection) -> dict[int, tuple[str, str]]:
    said = {
        "Ưu điểm, cách làm hay": "Cấp ủy, phụ trách đoàn thể lập kế hoạch sâu sát, khả thi.",
        "Hạn chế, khuyết điểm, nguyên nhân và giải pháp": "Chưa thể hiện tính chuyên đề; hướng dẫn chưa cụ thể khi lập kế hoạch.",
    }  # fmt: skip
    return {item.pk: (said[item.title], "") for item in inspection.outline.all() if item.title in said}


SAID = {
    "tại …,": "tại phòng số 305,",
    "tại nhà văn hóa,": "tại phòng số 305,",
    "Ý kiến bổ sung: …": "Các đồng chí trong chi ủy bổ sung: tiếp tục cụ thể hóa chuyên đề năm trong kế hoạch của từng đảng viên.",
    "Ý kiến khác: …": "Chi bộ nhất trí với kết luận, không có ý kiến khác.",
    "\n…\n": "\nBáo cáo bám sát đề cương, hồ sơ đầy đủ, số liệu hợp lý; chi bộ tiếp thu và khắc phục các hạn chế đã nêu.\n",
}  # fmt: skip
"""What only those who were there can say (seed S0-02, S0-09)."""


def minutes(subject: Subject, kind: PieceKind, on: date) -> None:
    text = begun_text(subject.inspection, kind, subject, on)
    for open_words, said in SAID.items():
        text = text.replace(open_words, said)
    record_minutes(subject, kind=kind, text=text, on=on, **AS_SETUP)


def paper(inspection: Inspection, kind: PieceKind, on: date) -> None:
    issue_piece(inspection, kind=kind, text=begun_text(inspection, kind, None, on), on=on, **AS_SETUP)


def conclude(inspection: Inspection, on: date, conclusion: str) -> None:
    """The report, the conclusion, its notice, and its being made known."""
    paper(inspection, PieceKind.RESULT, on)
    said = f"{begun_conclusion(inspection)}\n{conclusion}"
    conclude_inspection(inspection, conclusion=said, on=on, report_back_on=on + timedelta(days=60), **AS_SETUP)
    inspection.refresh_from_db()
    paper(inspection, PieceKind.NOTICE, on)
    publish_conclusion(inspection, on=on, **AS_SETUP)
    for subject in inspection.subjects.all():
        minutes(subject, PieceKind.ANNOUNCING, on)
    paper(inspection, PieceKind.FOLLOW_UP, on)


def mend_and_close(inspection: Inspection, on: date) -> None:
    """What was to be mended is reported and verified; the dossier is closed."""
    for subject in inspection.subjects.all():
        for finding in subject.findings.filter(task__isnull=False):
            assert finding.task is not None
            finish_task(finding.task, result="Đã khắc phục, có biên bản", done_on=on, **AS_SETUP)
            finding.refresh_from_db()
            verify_remedy(finding, note="Đã xem biên bản sinh hoạt", on=on, **AS_SETUP)
        if subject.findings.filter(task__isnull=False).exists():
            report_back(subject, on=on, **AS_SETUP)
    do_step(inspection, code="follow", on=on, today=on, **AS_SETUP)
    close_dossier(inspection, on=on, **AS_SETUP)


# -------------------------------------------------------------------------------------------------- seed S0


def of_s0(ward: Unit, cells: Sequence[Unit], team: Sequence[Member]) -> Inspection:
    """The inspection of seed S0: decided on 30 July 2020, at both cells on 19 August, its dossier closed in October."""
    inspection = open_inspection(
        ward, cells, team, decided_on=date(2020, 7, 30), begins_on=date(2020, 8, 3), looked=(date(2020, 1, 1), date(2020, 7, 31)),
        content="Lãnh đạo, chỉ đạo thực hiện kế hoạch tu dưỡng năm 2020", bases_text="Hướng dẫn 23-HD/QU của Quận ủy",
    )  # fmt: skip
    short = (
        (FindingKind.STRENGTH, "Triển khai 27 biểu hiện và chuyên đề năm đến đảng viên", 0, ""),
        (FindingKind.SHORTCOMING, "Công tác tuyên truyền chủ đề năm 2020 chưa cụ thể", 0, ""),
        (FindingKind.SHORTCOMING, "Chưa đảm bảo 100% số đảng viên xây dựng kế hoạch", 1, "plans.having"),
        (FindingKind.SHORTCOMING, "Nội dung tu dưỡng còn chung chung", 2, ""),
        (FindingKind.SHORTCOMING, "Việc đánh giá kế hoạch tu dưỡng chưa thường xuyên", 3, ""),
        (FindingKind.PROPOSAL, "Phân nhóm đối tượng đảng viên để định hướng nội dung kế hoạch", 5, ""),
    )
    look(inspection, date(2020, 8, 19), dict.fromkeys(inspection.subjects.all(), short))
    conclude(inspection, date(2020, 8, 25), "Nhìn chung các chi bộ đã thực hiện tốt; khắc phục các hạn chế đã nêu.")
    mend_and_close(inspection, date(2020, 10, 20))
    inspection.refresh_from_db()
    return inspection


# -------------------------------------------------------------------------------------------------- seed S2

SURVEYED: tuple[tuple[str, tuple[tuple[str, CellKind], ...]], ...] = (
    ("Đảng bộ phường Hoa Mai", (("Chi bộ số 11", CellKind.RESIDENTIAL), ("Chi bộ Công an phường", CellKind.POLICE))),
    ("Đảng bộ Công an quận", (("Chi bộ Đội Cảnh sát giao thông", CellKind.POLICE), ("Chi bộ Đội Tổng hợp", CellKind.POLICE))),
    ("Đảng bộ Trung tâm Việc làm", (("Chi bộ phòng Thông tin thị trường", CellKind.AGENCY),)),
    ("Đảng bộ Khối Doanh nghiệp", (("Chi bộ Công ty tư vấn đầu tư", CellKind.COMPANY),)),
    ("Đảng bộ Trường Tre Xanh", (("Chi bộ THCS – THPT", CellKind.SCHOOL),)),
)  # fmt: skip
"""Five parents with their seven cells, as seed S2 counts them; the names are invented."""
BASES = """01-CTr/QU, ngày 04/01/2021 của Quận ủy
01-KL/TW, ngày 18/5/2021 của Bộ Chính trị (khóa XIII)
21-KL/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương Đảng (khóa XIII)
08-QĐ/TW, ngày 25/10/2018 của Ban Chấp hành Trung ương Đảng (khóa XII)
37-QĐ/TW, ngày 25/10/2021 của Ban Chấp hành Trung ương Đảng (khóa XIII)"""
SHORT = (
    (0, "Chi ủy chưa họp chuẩn bị hoặc không có biên bản", (0, 2, 5)),
    (1, "Nội dung chưa sát chức năng, nhiệm vụ của loại hình chi bộ", (1, 3, 4, 6)),
    (2, "Báo cáo tháng sơ sài, chủ yếu về chuyên môn", (1, 2, 5)),
    (3, "Chưa chỉ rõ hạn chế, khuyết điểm, nguyên nhân", (0, 3, 4)),
    (4, "Chưa thực hiện đầy đủ biểu dương, phê bình, nhắc nhở", (2, 6)),
    (5, "Đọc toàn bộ văn bản, chiếm nhiều thời gian", (0, 1, 5)),
    (6, "Chưa kết hợp đánh giá Chương trình 01-CTr/QU và các kết luận, quy định", (2, 4, 5, 6)),
    (7, "Chưa thường xuyên đánh giá cam kết, kế hoạch khắc phục", (0, 3)),
    (8, "Nghị quyết chưa có giải pháp cụ thể, giao việc chưa rõ", (1, 5, 6)),
    (9, "Sinh hoạt chuyên đề chưa đúng kỳ", (3, 4)),
    (10, "Biên bản chi ủy, chi bộ chưa đầy đủ", (0, 2, 6)),
    (11, "Chưa kịp thời xây dựng chương trình kiểm tra, giám sát", (1, 4)),
)
"""The twelve shortcomings of seed S2 by criterion, and the cells (of seven) where each was met."""


def of_s2(district: Unit, key: str, names: Callable[[], str]) -> tuple[Inspection, Inspection]:
    """(survey, inspection): seven cells of five parents visited 4–21 April 2022; then 5 organisations and 4 members."""
    since = date(2015, 1, 1)
    parents: list[Unit] = []
    cells: list[Unit] = []
    for n, (name, below) in enumerate(SURVEYED):
        parent = found_unit(district, name=name, level=Level.WARD, key=f"{key}-p{n}", on=since, **AS_SETUP)
        parents.append(parent)
        for cell_name, kind in below:
            place = f"{key}-c{len(cells)}"
            cells.append(found_unit(parent, name=cell_name, level=Level.CELL, key=place, on=since, cell_kind=kind, **AS_SETUP))  # fmt: skip
    people = [[_join(cell, names(), since) for _ in range(5)] for cell in cells]
    committee = found_unit(district, name="Chi bộ Cơ quan Quận ủy", level=Level.CELL, key=f"{key}-cq", on=since, cell_kind=CellKind.AGENCY, **AS_SETUP)  # fmt: skip
    team = [_join(committee, names(), since) for _ in range(7)]
    appoint(district, member=team[0], post=Post.WARD_DEPUTY, valid_from=since, term="2020–2025", **AS_SETUP)
    survey = open_inspection(
        district, cells, team, form=InspectionForm.SURVEY, decided_on=date(2022, 3, 23), begins_on=date(2022, 4, 4),
        looked=(date(2021, 1, 4), date(2022, 3, 31)), outline="meetings", bases_text=BASES,
        content="Xây dựng và triển khai thực hiện chương trình công tác về xây dựng Đảng và hệ thống chính trị",
        announce=False,
    )  # fmt: skip
    _visit(survey, people)
    inspection = decide_inspection(
        district, form=InspectionForm.COMPLIANCE, body=Body.COMMITTEE, decided_on=date(2022, 3, 23),
        begins_on=date(2022, 4, 25), content="Thực hiện Chương trình 01-CTr/QU và các kết luận, quy định của Trung ương",
        units=parents, members=[group[0] for group in people[:4]], looked_first=date(2021, 1, 4),
        looked_last=date(2022, 3, 31), outline="meetings", bases_text=BASES, **AS_SETUP,
    )  # fmt: skip
    return survey, inspection


def _join(cell: Unit, name: str, since: date) -> Member:
    return take_in_member(cell, full_name=name, since=since, **AS_SETUP)


def _visit(survey: Inspection, people: Sequence[Sequence[Member]]) -> None:
    """Each cell has its visitor and its day; the visitor attends the very meeting, marks it and says what was found."""
    visitors = list(survey.team.all())
    criteria = list(survey.criteria.all())
    days = [date(2022, 4, day) for day in (4, 6, 8, 12, 14, 18, 21)]
    visits = [
        plan_visit(survey, subject=subject, visitor=visitors[n], day=days[n], **AS_SETUP)
        for n, subject in enumerate(survey.subjects.order_by("pk"))
    ]
    issue_prepared(survey, on=survey.decided_on, **AS_SETUP)
    announce_inspection(survey, on=survey.decided_on + timedelta(days=1), **AS_SETUP)
    for n, subject in enumerate(survey.subjects.order_by("pk")):
        meeting = convene_meeting(
            subject.unit, month=date(2022, 4, 1), held_on=days[n], starts_at=time(19, 30), place="Phòng họp",
            chair=people[n][0], recorder=people[n][1], **AS_SETUP,
        )  # fmt: skip
        note_attended(subject, visit=visits[n], meeting=meeting, **AS_SETUP)
        short = {number: text for number, text, where in SHORT if n in where}
        for number, criterion in enumerate(criteria):
            result = Result.UNMET if number in short else Result.MET
            mark_criterion(subject, criterion=criterion, result=result, **AS_SETUP)
        for number, text in short.items():
            record_finding(
                subject, kind=FindingKind.SHORTCOMING, text=text, found_on=days[n], criterion=criteria[number], **AS_SETUP
            )  # fmt: skip
        record_finding(
            subject, kind=FindingKind.STRENGTH, text="Duy trì nền nếp sinh hoạt hằng tháng; đảng viên mang sổ ghi chép",
            found_on=days[n], **AS_SETUP,
        )  # fmt: skip
    finish_verifying(survey.subjects.all()[0], on=days[-1], **AS_SETUP)
    paper(survey, PieceKind.SYNTHESIS, date(2022, 4, 22))


# ------------------------------------------------------------------------------------- coverage of seed S1


def cover(ward: Unit, cells: Sequence[Unit], members: Sequence[Member], team: Sequence[Member], years: range) -> None:
    """Over five years every cell is inspected once, and so many members, some cells' in each year."""
    for n, year in enumerate(years):
        whom = [cell for m, cell in enumerate(cells) if m % len(years) == n]
        who = [member for m, member in enumerate(members) if m % len(years) == n]
        open_inspection(
            ward, whom, team, decided_on=date(year, 9, 1), begins_on=date(year, 9, 7), members=who,
            looked=(date(year, 1, 1), date(year, 8, 31)), content=f"Thực hiện Chỉ thị 05 năm {year}", outline="",
        )  # fmt: skip


# --------------------------------------------------------------------------------------- the demonstration


def carry_on(ward: Unit, cells: Sequence[Unit], staff: Sequence[Member], today: date) -> None:
    """The year's programme, one inspection closed in the summer, one under way, and a survey being prepared."""
    free = [member for member in staff if member.memberships.filter(valid_from__lte=date(today.year, 1, 1)).exists()]
    team = free[:3]
    programme = draft_programme(ward, year=today.year, body=Body.COMMITTEE, day=date(today.year, 1, 5), **AS_SETUP)
    adopt_programme(programme, on=date(today.year, 1, 15), **AS_SETUP)
    begin = today - timedelta(days=150)
    looked = (date(begin.year, 1, 1), begin)
    done = open_inspection(
        ward, cells[:1], team, decided_on=begin, begins_on=begin + timedelta(days=5), looked=looked,
        content="Lãnh đạo, chỉ đạo thực hiện kế hoạch tu dưỡng", line=programme.lines.filter(inspected=cells[0]).first(),
    )  # fmt: skip
    short = (
        (FindingKind.STRENGTH, "Duy trì nền nếp sinh hoạt, ghi chép đầy đủ", 0, ""),
        (FindingKind.SHORTCOMING, "Chưa đảm bảo 100% đảng viên có kế hoạch", 1, "plans.having"),
        (FindingKind.SHORTCOMING, "Việc đánh giá kế hoạch chưa thường xuyên", 3, "plans.evaluated"),
        (FindingKind.CAUSE, "Chi ủy chưa phân công theo dõi từng nhóm đảng viên", 3, ""),
        (FindingKind.PROPOSAL, "Văn phòng gửi mẫu đánh giá trước ngày sinh hoạt", 3, ""),
    )
    look(done, begin + timedelta(days=20), dict.fromkeys(done.subjects.all(), short))
    conclude(done, begin + timedelta(days=30), "Chi bộ thực hiện nghiêm túc; khắc phục hai hạn chế đã nêu.")
    mend_and_close(done, begin + timedelta(days=80))
    now = today - timedelta(days=9)
    open_inspection(
        ward, cells[:2], team, decided_on=now, begins_on=now + timedelta(days=3), looked=(date(now.year, 1, 1), now),
        content="Nền nếp, chất lượng sinh hoạt chi bộ", outline="meetings",
    )  # fmt: skip
    open_inspection(
        ward, cells[:3][:-1], team, form=InspectionForm.SURVEY, decided_on=today, begins_on=today + timedelta(days=7),
        looked=(date(today.year, 1, 1), today), content="Khảo sát sinh hoạt chi bộ trước đợt kiểm tra", outline="meetings",
        announce=False,
    )  # fmt: skip
