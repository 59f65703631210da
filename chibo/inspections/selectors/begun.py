"""The text with which each paper of an inspection begins: what the records know already, for people to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from chibo.inspections.models import Inspection, Subject
from chibo.inspections.rules import FindingKind, InspectionForm, Role, regulation_on
from chibo.inspections.rules.flows import PieceKind
from chibo.inspections.selectors import by_kind, findings_of, rule_of
from chibo.inspections.selectors.answers import contradictions, period_of, self_report
from chibo.inspections.selectors.letterheads import (
    letterhead_of,
    names_of_subjects,
    of_team,
    team_name,
    work_of,
)
from chibo.inspections.selectors.surveys import frequency_lines


@override("vi")
def begun_text(inspection: Inspection, kind: PieceKind, subject: Subject | None, on: date) -> str:
    """The text with which a paper opens: what the records already say; whoever writes goes on from there."""
    begin = _BEGUN.get(kind)
    return "\n".join(begin(inspection, subject, on)) if begin else ""


def _basis(inspection: Inspection) -> Iterator[str]:
    yield f"Căn cứ Điều lệ Đảng; {regulation_on(inspection.decided_on)} về công tác kiểm tra, giám sát, kỷ luật của Đảng;"
    for paper in inspection.bases.all():
        day = f" ngày {paper.issued_on:%d/%m/%Y}" if paper.issued_on else ""
        yield f"Căn cứ {paper.kind} số {paper.symbol}{day} của {paper.issuer} về {paper.subject};"
    for line in filter(None, map(str.strip, inspection.bases_text.splitlines())):
        yield f"Căn cứ {line.removeprefix('Căn cứ ').rstrip(';.')};"


def _looked(inspection: Inspection) -> str:
    period = period_of(inspection)
    return f"từ ngày {period.first:%d/%m/%Y} đến ngày {period.last:%d/%m/%Y}"


def _team_lines(inspection: Inspection) -> Iterator[str]:
    for one in inspection.team.select_related("member"):
        duties = f": {one.duties}" if one.duties else ""
        yield f"- Đồng chí {one.member}, {one.get_role_display()}{duties}."


def _decision(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    yield from _basis(inspection)
    yield f"1. Tiến hành {work_of(inspection)} đối với {names_of_subjects(inspection)}."
    yield f"Nội dung: {inspection.content}. Thời gian được xem: {_looked(inspection)}."
    yield f"Thời gian làm việc: từ ngày {inspection.begins_on:%d/%m/%Y} đến ngày {inspection.ends_on:%d/%m/%Y}."
    yield f"2. Lập {team_name(inspection).lower()} gồm:"
    yield from _team_lines(inspection)
    yield f"3. {team_name(inspection).capitalize()} và các tổ chức đảng, đảng viên nêu tại mục 1 thi hành Quyết định này."


def _plan(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    yield from _basis(inspection)
    yield "1. Mục đích, yêu cầu"
    yield f"Đánh giá đúng ưu điểm, hạn chế, khuyết điểm, nguyên nhân trong việc {inspection.content[:1].lower()}{inspection.content[1:]}; giúp nơi được kiểm tra phát huy ưu điểm, khắc phục hạn chế."
    yield "2. Đối tượng, nội dung, thời gian được xem"
    yield f"Đối tượng: {names_of_subjects(inspection)}."
    yield f"Nội dung: {inspection.content}. Thời gian được xem: {_looked(inspection)}."
    yield "3. Các bước và thời hạn"
    for step in inspection.steps.all():
        yield f"- {rule_of(inspection, step.code).words}: trước hết ngày {step.due_on:%d/%m/%Y}."


def _outline(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    section = ""
    for item in inspection.outline.all():
        if item.section and item.section != section:
            section = item.section
            yield section
        yield f"- {item.title}."
    due = inspection.steps.filter(code="self_report").first()
    if due:
        yield f"Báo cáo gửi về đoàn trước hết ngày {due.due_on:%d/%m/%Y}."


def _schedule(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    visits = [v for s in inspection.subjects.prefetch_related("visits__visitor__member") for v in s.visits.all()]
    if visits:
        for visit in sorted(visits, key=lambda one: (one.planned_on, one.pk)):
            yield f"- Ngày {visit.planned_on:%d/%m/%Y}: {visit.subject}, đồng chí {visit.visitor.member}."
        return
    for step in inspection.steps.all():
        yield f"- Ngày {step.due_on:%d/%m/%Y}: {rule_of(inspection, step.code).words}."


def _assignment(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    yield "Phân công nhiệm vụ các thành viên:"
    yield from _team_lines(inspection)
    if inspection.form == InspectionForm.REGULAR:
        yield f"Theo dõi {names_of_subjects(inspection)}: {inspection.content}."


def _meeting_head(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield f"Thời gian: ngày {on:%d/%m/%Y}."
    yield "Địa điểm: …"
    yield f"Thành phần: {team_name(inspection).lower()} (trưởng đoàn: đồng chí {of_team(inspection, Role.HEAD)}); đại diện {subject or names_of_subjects(inspection)}."


def _deploying(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield from _meeting_head(inspection, subject, on)
    yield f"Nội dung: triển khai quyết định, kế hoạch, đề cương, lịch làm việc; thống nhất ngày gửi báo cáo tự kiểm tra. Nội dung kiểm tra: {inspection.content}."


def _subjects(inspection: Inspection, subject: Subject | None) -> list[Subject]:
    return [subject] if subject else list(inspection.subjects.select_related("unit", "member"))


def _working(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield from _meeting_head(inspection, subject, on)
    for one in _subjects(inspection, subject):
        yield f"1. Đã xem tại {one}" if subject is None else "1. Đã xem"
        for mark in one.marks.exclude(result="").select_related("criterion").order_by("criterion__order"):
            note = f" ({' '.join(mark.note.split())})" if mark.note else ""
            yield f"- {mark.criterion.text}: {mark.get_result_display().lower()}{note}."
        yield "2. Nhận thấy"
        yield from _found_lines(inspection, [one])


def _found_lines(inspection: Inspection, subjects: list[Subject]) -> Iterator[str]:
    for finding in findings_of(inspection, subjects).exclude(
        kind=FindingKind.SIGN
    ):  # the inspected read these minutes
        yield f"- {finding.get_kind_display()}: {' '.join(finding.text.split()).rstrip('.')}."


def _conference(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield from _meeting_head(inspection, subject, on)
    yield "1. Báo cáo tự kiểm tra"
    yield "Đại diện cấp ủy nơi được kiểm tra trình bày báo cáo; các đồng chí trong cấp ủy bổ sung: …"
    yield "2. Ý kiến của đoàn"
    yield from _found_lines(inspection, _subjects(inspection, subject))
    yield "3. Kết luận của trưởng đoàn"
    yield "…"


def _result(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    subjects = _subjects(inspection, None)
    yield "1. Tình hình chung"
    yield f"{team_name(inspection).capitalize()} đã {work_of(inspection)} {names_of_subjects(inspection)}; thời gian được xem {_looked(inspection)}."
    for one in subjects:
        figures = [line for line in self_report(one) if line.item.kind == "figure" and line.declared]
        if figures:
            yield f"{one}: " + "; ".join(f"{line.item.title} {line.declared}" for line in figures[:6]) + "."
    yield from by_kind_lines(inspection, 2)
    clashes = contradictions(inspection, list(findings_of(inspection)))
    if clashes:
        yield f"{2 + len(by_kind(list(findings_of(inspection))))}. Số liệu cần làm rõ"
        for clash in clashes:
            yield f"- Nêu “{clash.said.words}” nhưng số liệu của {clash.finding.subject} là {clash.told.text}."


def by_kind_lines(inspection: Inspection, first: int) -> Iterator[str]:
    """The findings by kind, each kind a numbered part, each finding with where it was found."""
    for number, (kind, rows) in enumerate(by_kind(list(findings_of(inspection))), first):
        yield f"{number}. {kind.label}"
        seen: dict[str, list[str]] = {}
        for finding in rows:
            seen.setdefault(" ".join(finding.text.split()).rstrip("."), []).append(str(finding.subject))
        for text, where in seen.items():
            yield f"- {text} ({', '.join(where)})."


def _synthesis(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    yield "1. Việc khảo sát"
    yield from _basis(inspection)
    days = [v.planned_on for s in inspection.subjects.prefetch_related("visits") for v in s.visits.all()]
    span = f" từ ngày {min(days):%d/%m/%Y} đến ngày {max(days):%d/%m/%Y}" if days else ""
    yield f"Đoàn đã dự sinh hoạt, khảo sát {inspection.subjects.count()} chi bộ{span}: {names_of_subjects(inspection)}."
    yield from by_kind_lines(inspection, 2)
    lines = frequency_lines(inspection)
    if lines:
        yield "Mức độ phổ biến của hạn chế:"
        yield from lines


def _notice(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    yield f"Sau khi xem xét báo cáo kết quả {work_of(inspection)}, {letterhead_of(inspection.unit, inspection.body, _on).body.capitalize()} kết luận:"
    yield from inspection.conclusion.splitlines()
    remedies = [one for one in findings_of(inspection) if one.remedy]
    if remedies:
        yield "Yêu cầu khắc phục:"
        for finding in remedies:
            due = f", trước ngày {finding.due_on:%d/%m/%Y}" if finding.due_on else ""
            yield f"- {finding.subject}: {finding.remedy} ({finding.owner_member or finding.owner_unit}{due})."
    if inspection.report_back_on:
        yield f"Báo cáo kết quả khắc phục trước hết ngày {inspection.report_back_on:%d/%m/%Y}."


def _announcing(inspection: Inspection, subject: Subject | None, on: date) -> Iterator[str]:
    yield from _meeting_head(inspection, subject, on)
    yield "Nội dung: công bố thông báo kết luận; nơi được kiểm tra tiếp thu và cam kết khắc phục: …"


def _follow_up(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    day = f" trước hết ngày {inspection.report_back_on:%d/%m/%Y}" if inspection.report_back_on else ""
    yield f"Đề nghị nơi được kiểm tra báo cáo kết quả khắc phục{day}, gồm các nội dung:"
    for finding in findings_of(inspection):
        if finding.remedy:
            yield f"- {finding.subject}: {finding.remedy}."


_BEGUN = {
    PieceKind.DECISION: _decision,
    PieceKind.PLAN: _plan,
    PieceKind.OUTLINE: _outline,
    PieceKind.SCHEDULE: _schedule,
    PieceKind.ASSIGNMENT: _assignment,
    PieceKind.DEPLOYING: _deploying,
    PieceKind.WORKING: _working,
    PieceKind.CONFERENCE: _conference,
    PieceKind.RESULT: _result,
    PieceKind.SYNTHESIS: _synthesis,
    PieceKind.NOTICE: _notice,
    PieceKind.ANNOUNCING: _announcing,
    PieceKind.FOLLOW_UP: _follow_up,
}
