"""The text with which each paper of an inspection begins: what the records know already, for people to go on with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import override

from chibo.core.vietnamese import within
from chibo.inspections.models import Finding, Inspection, Subject
from chibo.inspections.rules import FindingKind, InspectionForm, regulation_on
from chibo.inspections.rules.flows import Phase, PieceKind
from chibo.inspections.selectors import by_kind, findings_of, parent_names, rule_of
from chibo.inspections.selectors.answers import contradictions, self_report
from chibo.inspections.selectors.letterheads import (
    about,
    family_of,
    looked_at,
    names_of_subjects,
    team_name,
)
from chibo.inspections.selectors.minutes import announcing, conference, deploying, working
from chibo.inspections.selectors.phrases import (
    dated,
    decided_by,
    decider,
    looked_over,
    numbered,
    span_words,
    step_words,
    subjects_of,
    team_lines,
)


@override("vi")
def begun_text(inspection: Inspection, kind: PieceKind, subject: Subject | None, on: date) -> str:
    """The text with which a paper opens: what the records already say; whoever writes goes on from there."""
    begin = _BEGUN.get(kind)
    return "\n".join(begin(inspection, subject, on)) if begin else ""


def _basis(inspection: Inspection) -> Iterator[str]:
    yield "- Căn cứ Điều lệ Đảng;"
    yield f"- Căn cứ {regulation_on(inspection.decided_on)} về công tác kiểm tra, giám sát, kỷ luật của Đảng;"
    line = inspection.line
    if line is not None and line.programme.paper is not None:
        yield f"- Căn cứ Chương trình kiểm tra, giám sát năm {line.programme.year} số {dated(line.programme.paper)};"
    for paper in inspection.bases.all():
        issuer = f" của {paper.issuer}" if paper.issuer else ""
        yield f"- Căn cứ {paper.kind} số {dated(paper)}{issuer} về {paper.subject.removeprefix('về ')};"
    for said in filter(None, map(str.strip, inspection.bases_text.splitlines())):
        yield f"- Căn cứ {said.lstrip('- ').removeprefix('Căn cứ ').rstrip(';.')};"


def _decision(inspection: Inspection, _subject: Subject | None, on: date) -> Iterator[str]:
    yield from _basis(inspection)
    yield f"{decider(inspection).upper()} QUYẾT ĐỊNH"
    yield f"Điều 1. Tiến hành {about(inspection)} đối với {names_of_subjects(inspection)}."
    yield f"Thời gian được xem: {looked_over(inspection)}. Thời gian làm việc: {span_words(inspection)}."
    yield f"Điều 2. Lập {within(team_name(inspection))} gồm các đồng chí:"
    yield from team_lines(inspection)
    by = "lịch" if inspection.form == InspectionForm.SURVEY else "kế hoạch"
    does = f"{team_name(inspection)} thực hiện theo {by} đã duyệt, báo cáo kết quả với {decider(inspection)}"
    yield (
        f"{does}; nơi được {family_of(inspection)} chuẩn bị nội dung, tài liệu theo đề cương, lịch làm việc của {within(team_name(inspection))}."
        if inspection.form != InspectionForm.SURVEY
        else f"{does}."
    )
    yield f"Điều 3. {team_name(inspection)} và các tổ chức đảng, đảng viên nêu tại Điều 1 chịu trách nhiệm thi hành Quyết định này."


@override("vi")
def extension_text(inspection: Inspection, days: int) -> str:
    """The decision that gives an inspection more days; its last day is already the new one."""
    return "\n".join(
        [
            *_basis(inspection),
            f"- Căn cứ {decided_by(inspection)};",
            f"{decider(inspection).upper()} QUYẾT ĐỊNH",
            f"Điều 1. Gia hạn {days} ngày thời gian {about(inspection)} đối với {names_of_subjects(inspection)}, đến hết ngày {inspection.ends_on:%d/%m/%Y}.",
            f"Lý do: {inspection.extension_reason.strip().rstrip('.')}.",
            f"Điều 2. {team_name(inspection)} và các tổ chức đảng, đảng viên nêu tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
        ]
    )


def _plan(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    family = family_of(inspection)
    yield from _basis(inspection)
    yield f"{decider(inspection)} xây dựng kế hoạch {about(inspection)} như sau:"
    yield "1. Mục đích, yêu cầu"
    yield f"Đánh giá đúng ưu điểm, hạn chế, khuyết điểm, nguyên nhân trong {looked_at(inspection)}; giúp nơi được {family} phát huy ưu điểm, khắc phục hạn chế, khuyết điểm."
    yield f"Việc {family} bảo đảm khách quan, dân chủ, đúng nguyên tắc, quy trình; nơi được {family} báo cáo đầy đủ, trung thực."
    yield "2. Đối tượng, nội dung, thời gian được xem"
    yield f"Đối tượng: {names_of_subjects(inspection)}."
    yield f"Nội dung: {inspection.content.strip().rstrip('.')}. Thời gian được xem: {looked_over(inspection)}."
    yield f"3. {team_name(inspection)}"
    yield from team_lines(inspection)
    yield "4. Các bước và thời hạn"
    yield f"Thời gian làm việc {span_words(inspection)}; các bước:"
    for step in inspection.steps.filter(waived=""):
        yield f"- {step_words(inspection, step.code)}: trước hết ngày {step.due_on:%d/%m/%Y};"


def _outline(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    yield f"Để phục vụ {about(inspection)}, đề nghị {names_of_subjects(inspection)} báo cáo theo các nội dung sau; mốc số liệu {looked_over(inspection)}."
    section = ""
    for item in inspection.outline.all():
        if item.section and item.section != section:
            section = item.section
            yield section
        yield f"- {item.title};"
    due = inspection.steps.filter(code="self_report").first()
    if due:
        yield f"Báo cáo gửi về {within(team_name(inspection))} trước hết ngày {due.due_on:%d/%m/%Y}."


def _schedule(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    visits = [v for s in inspection.subjects.prefetch_related("visits__visitor__member") for v in s.visits.all()]
    for visit in sorted(visits, key=lambda one: (one.planned_on, one.pk)):
        yield f"- Ngày {visit.planned_on:%d/%m/%Y}: {visit.subject}, đồng chí {visit.visitor.member};"
    if visits:
        return
    yield f"Thời gian làm việc {span_words(inspection)} tại {names_of_subjects(inspection)}:"
    for step in inspection.steps.filter(waived=""):
        if rule_of(inspection, step.code).phase is not Phase.PREPARE and step.code not in ("follow", "archive"):
            yield f"- Trước hết ngày {step.due_on:%d/%m/%Y}: {step_words(inspection, step.code)};"


def _assignment(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    yield f"Thực hiện {decided_by(inspection)}, phân công nhiệm vụ các thành viên như sau:"
    yield from team_lines(inspection, duties=True)
    if inspection.form == InspectionForm.REGULAR:
        yield f"Theo dõi {names_of_subjects(inspection)}: {inspection.content.strip().rstrip('.')}."


def _result(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    family = family_of(inspection)
    yield f"Thực hiện {decided_by(inspection)}, {span_words(inspection)}, {within(team_name(inspection))} đã {about(inspection)} đối với {names_of_subjects(inspection)}; thời gian được xem {looked_over(inspection)}. {team_name(inspection)} báo cáo kết quả như sau:"
    yield "I. Tình hình chung"
    yield from _steps_done(inspection)
    for one in subjects_of(inspection, None):
        figures = [line for line in self_report(one) if line.item.kind == "figure" and line.declared.strip("– ")]
        if figures:
            yield f"{one}: " + "; ".join(f"{within(line.item.title)} {line.declared}" for line in figures[:6]) + "."
    yield f"II. Kết quả {family}"
    yield from list(by_kind_lines(inspection, leaving=(FindingKind.PROPOSAL,))) or ["…"]
    clashes = contradictions(inspection, list(findings_of(inspection)))
    if clashes:
        yield "III. Số liệu cần làm rõ"
        for clash in clashes:
            yield f"- Nêu “{clash.said.words}” nhưng số liệu của {clash.finding.subject} là {clash.told.text};"
    yield f"{'IV' if clashes else 'III'}. Kiến nghị"
    yield f"Đề nghị {decider(inspection)} xem xét, kết luận."
    yield from _asked(inspection)


def _steps_done(inspection: Inspection) -> Iterator[str]:
    """What was done so far and when, and what was left out and why."""
    rows = [step for step in inspection.steps.all() if rule_of(inspection, step.code).phase is not Phase.FINISH]
    done = [
        f"{within(step_words(inspection, step.code))} ngày {step.done_on:%d/%m/%Y}" for step in rows if step.done_on
    ]
    if done:
        yield f"Đã thực hiện: {'; '.join(done)}."
    for step in rows:
        if step.waived:
            yield f"Không thực hiện bước {within(step_words(inspection, step.code))}: {step.waived.rstrip('.')}."
    if inspection.extended_days:
        yield f"Gia hạn {inspection.extended_days} ngày: {inspection.extension_reason.rstrip('.')}."


def _asked(inspection: Inspection) -> Iterator[str]:
    """What is to be mended, by whom until when; and what is proposed."""
    found = list(findings_of(inspection))
    remedies = [one for one in found if one.remedy]
    if remedies:
        yield "1. Yêu cầu khắc phục"
        yield from _remedy_lines(remedies)
    proposals = [one for one in found if one.kind == FindingKind.PROPOSAL]
    if proposals:
        yield f"{1 + bool(remedies)}. Đề xuất"
        yield from _said_once(proposals)


def _remedy_lines(remedies: list[Finding]) -> Iterator[str]:
    """Each remedy once, with all who mend it until the same day."""
    who: dict[tuple[str, str], list[str]] = {}
    for finding in remedies:
        due = f", trước ngày {finding.due_on:%d/%m/%Y}" if finding.due_on else ""
        owner = str(finding.owner_member or finding.owner_unit or finding.subject)
        told = owner if owner == str(finding.subject) else f"{finding.subject} ({owner})"
        who.setdefault((finding.remedy.rstrip("."), due), []).append(told)
    for (remedy, due), places in who.items():
        yield f"- {remedy} ({', '.join(places)}){due};"


def by_kind_lines(inspection: Inspection, leaving: tuple[FindingKind, ...] = ()) -> Iterator[str]:
    """The findings by kind, each kind a numbered part, each finding once with where it was found."""
    kinds = [(kind, rows) for kind, rows in by_kind(list(findings_of(inspection))) if kind not in leaving]
    for number, (kind, rows) in enumerate(kinds, 1):
        yield f"{number}. {kind.label}"
        yield from _said_once(rows, inspection.subjects.count() if inspection.form == InspectionForm.SURVEY else 0)


def _said_once(rows: list[Finding], of: int = 0) -> Iterator[str]:
    """Each thing said once, with where; of a survey the most widespread first, with in how many of how many places."""
    seen: dict[str, list[str]] = {}
    for finding in rows:
        again = f", đã nêu ngày {finding.repeats.found_on:%d/%m/%Y}" if finding.repeats else ""
        seen.setdefault(" ".join(finding.text.split()).rstrip("."), []).append(f"{finding.subject}{again}")
    said = sorted(seen.items(), key=lambda one: -len(one[1])) if of else list(seen.items())
    for text, where in said:
        everywhere = f" ({', '.join(where)})" if len(where) != of else ""
        yield f"- {text}{f': {len(where)}/{of} nơi' if of else ''}{everywhere};"


def _synthesis(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    yield from _basis(inspection)
    visits = [v for s in inspection.subjects.prefetch_related("visits__visitor") for v in s.visits.all()]
    days = [visit.planned_on for visit in visits]
    span = f" từ ngày {min(days):%d/%m/%Y} đến ngày {max(days):%d/%m/%Y}" if days else ""
    yield f"Thực hiện {decided_by(inspection)}, {within(team_name(inspection))} báo cáo kết quả {about(inspection)} như sau:"
    yield "I. Việc khảo sát"
    attended = sum(visit.meeting_id is not None for visit in visits)
    people = len({visit.visitor_id for visit in visits})
    yield f"{team_name(inspection)} đã khảo sát {inspection.subjects.count()} chi bộ{span}; {people} thành viên dự {attended} buổi sinh hoạt."
    yield from _by_parent(inspection)
    yield "II. Kết quả"
    yield from list(by_kind_lines(inspection, leaving=(FindingKind.PROPOSAL,))) or ["…"]
    yield "III. Kiến nghị"
    yield f"Đề nghị {decider(inspection)} xem xét kết quả khảo sát trước khi tiến hành kiểm tra."
    yield from _asked(inspection)


def _by_parent(inspection: Inspection) -> Iterator[str]:
    """The places under the organisation each belongs to."""
    subjects = list(inspection.subjects.select_related("unit", "member"))
    above, places = parent_names([one.unit for one in subjects], inspection.begins_on), dict[str, list[str]]()
    for one in subjects:
        places.setdefault(above.get(one.unit_id, ""), []).append(str(one))
    yield from (f"- {parent}: {', '.join(below)};" for parent, below in places.items())


def _notice(inspection: Inspection, _subject: Subject | None, on: date) -> Iterator[str]:
    day = inspection.concluded_on or on
    report = f"{numbered(inspection, PieceKind.RESULT)} của {within(team_name(inspection))}"
    yield f"Ngày {day:%d/%m/%Y}, {decider(inspection)} đã xem xét {within(report)} về kết quả {about(inspection)} đối với {names_of_subjects(inspection)} và kết luận như sau:"
    yield from inspection.conclusion.splitlines()
    remedies = [one for one in findings_of(inspection) if one.remedy and one.kind != FindingKind.SIGN]
    if remedies:
        yield f"{decider(inspection)} yêu cầu khắc phục:"
        yield from _remedy_lines(remedies)
    if inspection.report_back_on:
        yield f"Nơi được {family_of(inspection)} báo cáo kết quả khắc phục bằng văn bản trước hết ngày {inspection.report_back_on:%d/%m/%Y}."


def _follow_up(inspection: Inspection, _subject: Subject | None, _on: date) -> Iterator[str]:
    day = f" trước hết ngày {inspection.report_back_on:%d/%m/%Y}" if inspection.report_back_on else ""
    remedies = [one for one in findings_of(inspection) if one.remedy and one.kind != FindingKind.SIGN]
    yield f"Thực hiện {numbered(inspection, PieceKind.NOTICE)}, {decider(inspection)} yêu cầu {names_of_subjects(inspection)} báo cáo kết quả khắc phục bằng văn bản{day}{', gồm các nội dung:' if remedies else '.'}"
    yield from _remedy_lines(remedies)
    yield "Mỗi nội dung nêu rõ việc đã làm, kết quả, minh chứng; nội dung chưa xong nêu nguyên nhân và thời hạn hoàn thành."


def _sign_record(inspection: Inspection, _subject: Subject | None, on: date) -> Iterator[str]:
    yield f"1. Đối tượng: {names_of_subjects(inspection)}."
    yield f"2. Dấu hiệu vi phạm: {inspection.content.strip().rstrip('.')}."
    yield f"3. Nguồn: {within(inspection.get_source_display())}. Ngày ghi nhận: {on:%d/%m/%Y}."
    yield f"4. Đề xuất: trình {decider(inspection)} xem xét, quyết định kiểm tra khi có dấu hiệu vi phạm."


def _explanation(inspection: Inspection, subject: Subject | None, _on: date) -> Iterator[str]:
    for one in subjects_of(inspection, subject):
        who = f"Tôi là {one.member}, sinh hoạt tại {one.unit.name}," if one.member_id else one.unit.name
        yield f"{who} giải trình với {within(team_name(inspection))} theo {decided_by(inspection)} về: {inspection.content.strip().rstrip('.')}."
    yield "1. Nội dung giải trình"
    yield "…"
    yield "2. Tài liệu kèm theo: …"


_BEGUN = {
    PieceKind.SIGN_RECORD: _sign_record,
    PieceKind.EXPLANATION: _explanation,
    PieceKind.DECISION: _decision,
    PieceKind.PLAN: _plan,
    PieceKind.OUTLINE: _outline,
    PieceKind.SCHEDULE: _schedule,
    PieceKind.ASSIGNMENT: _assignment,
    PieceKind.DEPLOYING: deploying,
    PieceKind.WORKING: working,
    PieceKind.CONFERENCE: conference,
    PieceKind.RESULT: _result,
    PieceKind.SYNTHESIS: _synthesis,
    PieceKind.NOTICE: _notice,
    PieceKind.ANNOUNCING: announcing,
    PieceKind.FOLLOW_UP: _follow_up,
}
