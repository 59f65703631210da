"""The papers of a dossier as official documents: their text begun from the records, their letterhead by body and day.

Official texts: always Vietnamese, whatever the language of the pages (HD 36-HD/VPTW, HD 05-HD/VPTW; rulebook §6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import override

from chibo.access.charter import Post
from chibo.inspections.models import Inspection, Subject, TeamMember
from chibo.inspections.rules import Body, FindingKind, InspectionForm, Role, regulation_on
from chibo.inspections.rules.flows import PIECES, PieceKind
from chibo.inspections.selectors import by_kind, findings_of, rule_of
from chibo.inspections.selectors.answers import contradictions, period_of, self_report
from chibo.inspections.selectors.dossiers import index_lines
from chibo.inspections.selectors.surveys import crosstab_table, frequency_lines
from chibo.members.selectors import holder_of
from chibo.papers.rules import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    PaperKind,
    Paragraph,
    Signature,
    SignAuthority,
    Symbol,
    Table,
)
from chibo.units.models import Unit
from chibo.units.rules import Level
from chibo.units.selectors import name_on, parent_on, ward_of

_PART = re.compile(r"(?:[IVX]+\.|\d+\.) ")
_TITLES = {
    PieceKind.SIGN_RECORD: "PHIẾU NẮM DẤU HIỆU VI PHẠM",
    PieceKind.OUTLINE: "ĐỀ CƯƠNG",
    PieceKind.SCHEDULE: "LỊCH LÀM VIỆC",
    PieceKind.ASSIGNMENT: "BẢNG PHÂN CÔNG NHIỆM VỤ",
    PieceKind.EXPLANATION: "BẢN GIẢI TRÌNH",
    PieceKind.INDEX: "MỤC LỤC HỒ SƠ",
}
WORK = {
    InspectionForm.COMPLIANCE: "kiểm tra",
    InspectionForm.SIGNS: "kiểm tra khi có dấu hiệu vi phạm",
    InspectionForm.REGULAR: "giám sát thường xuyên",
    InspectionForm.TOPICAL: "giám sát chuyên đề",
    InspectionForm.SURVEY: "khảo sát",
}


def work_of(inspection: Inspection) -> str:
    return WORK[InspectionForm(inspection.form)]


def names_of_subjects(inspection: Inspection) -> str:
    """ "Chi bộ 5, Chi bộ 7 và đồng chí …": whom it is about, as papers say it."""
    rows = list(inspection.subjects.select_related("unit", "member"))
    units = [one.unit.name for one in rows if one.member_id is None]
    people = [f"đồng chí {one.member} ({one.unit.name})" for one in rows if one.member_id]
    return ", ".join([*units, *people])


# ------------------------------------------------------------------------------------------- letterhead


@dataclass(frozen=True)
class Letterhead:
    """Who issues, under whom, where, with which letters in the symbol."""

    superior: str
    issuer: str
    place: str
    suffix: str
    body: str


def letterhead_of(unit: Unit, body: str, on: date) -> Letterhead:
    """By the tree of the day: the cell under its committee; the commission under its committee."""
    name, above = name_on(unit, on), parent_on(unit, on)
    place = name_on(ward_of(unit), on).removeprefix("Đảng ủy ").removeprefix("Đảng bộ ")
    committee = _committee(unit, name)
    if body == Body.CELL:
        return Letterhead(_committee(above, name_on(above, on)).upper() if above else "", name.upper(), place, "CB", "CHI BỘ")  # fmt: skip
    if body == Body.COMMISSION:
        return Letterhead(committee.upper(), "ỦY BAN KIỂM TRA", place, "UBKT", "ỦY BAN KIỂM TRA")
    superior = f"Đảng bộ {name_on(above, on).removeprefix('Đảng bộ ')}" if above else ""
    suffix = {Level.DISTRICT: "QU", Level.PROVINCE: "TU"}.get(Level(unit.level), "ĐU")
    return Letterhead(superior.upper(), committee.upper(), place, suffix, "BAN THƯỜNG VỤ")


def _committee(unit: Unit | None, name: str) -> str:
    if unit is None or name.casefold().startswith(("đảng", "quận ủy", "thành ủy", "chi bộ")):
        return name
    if unit.level == Level.DISTRICT:
        return name.replace("Quận", "Quận ủy", 1).replace("Huyện", "Huyện ủy", 1)
    return f"Đảng ủy {name}"


def _signer(unit: Unit, body: str, on: date) -> tuple[str, str]:
    """(position, name) of who signs for the body on the day; dots where the register does not say."""
    posts = {
        Body.CELL: ((Post.CELL_SECRETARY, "BÍ THƯ"), (Post.CELL_DEPUTY, "PHÓ BÍ THƯ")),
        Body.COMMISSION: ((Post.INSPECTOR, "CHỦ NHIỆM"),),
        Body.COMMITTEE: ((Post.WARD_SECRETARY, "BÍ THƯ"), (Post.WARD_DEPUTY, "PHÓ BÍ THƯ")),
    }[Body(body)]
    for post, position in posts:
        holder = holder_of(post, unit.pk, on)
        if holder is not None:
            return position, holder.full_name
    return posts[0][1], "…"


def signature_of(unit: Unit, body: str, on: date) -> Signature:
    """Who signs for the body on the day."""
    position, name = _signer(unit, body, on)
    return Signature(SignAuthority.ON_BEHALF, letterhead_of(unit, body, on).body, position, name)


def _of_team(inspection: Inspection, role: str) -> str:
    found: TeamMember | None = inspection.team.filter(role=role).select_related("member").first()
    return found.member.full_name if found else "…"


# ---------------------------------------------------------------------------------------------- papers


@override("vi")
def paper_of(
    inspection: Inspection,
    kind: PieceKind,
    text: str,
    on: date,
    *,
    subject: Subject | None = None,
    symbol: Symbol | None = None,
    tables: bool = True,
) -> Document:
    """The paper with this text: each line a paragraph, a line that begins with a number a heading."""
    rule = PIECES[kind]
    head = letterhead_of(inspection.unit, inspection.body, on)
    issuer, superior = head.issuer, head.superior
    if kind in (PieceKind.SELF_REPORT, PieceKind.EXPLANATION) and subject is not None:
        own = letterhead_of(subject.unit, Body.CELL if subject.unit.level == Level.CELL else Body.COMMITTEE, on)
        issuer, superior = own.issuer, own.superior
    elif rule.paper is PaperKind.MINUTES or kind in (PieceKind.RESULT, PieceKind.SYNTHESIS, PieceKind.ASSIGNMENT):
        superior, issuer = head.issuer, _team_name(inspection)
    body: list[Block] = list(_blocks(text))
    if kind is PieceKind.SYNTHESIS and tables:
        body += [Heading("Tần suất theo tiêu chí và chi bộ", 1), *crosstab_table(inspection)]
    return Document(
        superior=superior,
        issuer=issuer,
        kind=rule.paper,
        title=_TITLES.get(kind, kind.label.upper()) if rule.paper is PaperKind.FORM else "",
        subject=subject_line(inspection, kind, subject),
        body=tuple(body) or (Paragraph(""),),
        signatures=_signatures(inspection, kind, subject, on),
        symbol=symbol,
        place=head.place,
        issued_on=on,
        recipients=("Như trên", "Nơi được kiểm tra", "Lưu hồ sơ")
        if rule.numbered
        else ("Đoàn kiểm tra", "Lưu hồ sơ"),
        addressees=(names_of_subjects(inspection),) if rule.paper is PaperKind.LETTER else (),
    )


def _team_name(inspection: Inspection) -> str:
    if inspection.body == Body.CELL:
        return "TỔ KIỂM TRA" if inspection.form in ("compliance", "signs") else "TỔ GIÁM SÁT"
    return {"survey": "ĐOÀN KHẢO SÁT", "regular": "TỔ GIÁM SÁT", "topical": "ĐOÀN GIÁM SÁT"}.get(
        inspection.form, "ĐOÀN KIỂM TRA"
    )


def subject_line(inspection: Inspection, kind: PieceKind, subject: Subject | None) -> str:
    """What the paper is about, as its head says."""
    about = f"{work_of(inspection)} {inspection.content[:1].lower()}{inspection.content[1:]}"
    whom = str(subject) if subject else names_of_subjects(inspection)
    return {
        PieceKind.DECISION: f"về việc {about} đối với {whom}",
        PieceKind.PLAN: f"{about} đối với {whom}",
        PieceKind.OUTLINE: f"gợi ý báo cáo tự kiểm tra: {inspection.content}",
        PieceKind.SELF_REPORT: f"tự kiểm tra: {inspection.content}",
        PieceKind.DEPLOYING: f"triển khai quyết định {about} tại {whom}",
        PieceKind.WORKING: f"làm việc, thẩm tra, xác minh tại {whom}",
        PieceKind.CONFERENCE: f"hội nghị {about} tại {whom}",
        PieceKind.RESULT: f"kết quả {about} đối với {whom}",
        PieceKind.SYNTHESIS: f"kết quả {about} tại {inspection.subjects.count()} chi bộ",
        PieceKind.NOTICE: f"kết luận {about} đối với {whom}",
        PieceKind.ANNOUNCING: f"công bố thông báo kết luận tại {whom}",
        PieceKind.FOLLOW_UP: f"yêu cầu báo cáo kết quả khắc phục sau {about}",
        PieceKind.INDEX: f"cuộc {about}",
    }.get(kind, about)


def _signatures(inspection: Inspection, kind: PieceKind, subject: Subject | None, on: date) -> tuple[Signature, ...]:
    team_head = _of_team(inspection, Role.HEAD)
    if kind in (PieceKind.SELF_REPORT, PieceKind.EXPLANATION) and subject is not None:
        if subject.member is not None:
            return (Signature(SignAuthority.DIRECT, "NGƯỜI BÁO CÁO", name=subject.member.full_name),)
        body = Body.CELL if subject.unit.level == Level.CELL else Body.COMMITTEE
        own_position, own_name = _signer(subject.unit, body, on)
        own = "CHI BỘ" if body is Body.CELL else "ĐẢNG ỦY"
        return (Signature(SignAuthority.ON_BEHALF, own, own_position, own_name),)
    if PIECES[kind].paper is PaperKind.MINUTES:
        secretary = _of_team(inspection, Role.SECRETARY)
        return (
            Signature(SignAuthority.DIRECT, "THƯ KÝ", name=secretary if secretary != "…" else team_head),
            Signature(SignAuthority.DIRECT, "TRƯỞNG ĐOÀN", name=team_head),
        )
    if kind in (
        PieceKind.RESULT,
        PieceKind.SYNTHESIS,
        PieceKind.ASSIGNMENT,
        PieceKind.SCHEDULE,
        PieceKind.OUTLINE,
    ):
        return (Signature(SignAuthority.ON_BEHALF, _team_name(inspection), "TRƯỞNG ĐOÀN", team_head),)
    return (signature_of(inspection.unit, inspection.body, on),)


def _blocks(text: str) -> Iterator[Block]:
    for line in filter(None, map(str.strip, text.splitlines())):
        yield Heading(line, 1 if line[0] in "IVX" else 2) if _PART.match(line) else Paragraph(line)


# ------------------------------------------------------------------------------------- texts begun


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
    yield f"2. Lập {_team_name(inspection).lower()} gồm:"
    yield from _team_lines(inspection)
    yield f"3. {_team_name(inspection).capitalize()} và các tổ chức đảng, đảng viên nêu tại mục 1 thi hành Quyết định này."


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
    yield f"Thành phần: {_team_name(inspection).lower()} (trưởng đoàn: đồng chí {_of_team(inspection, Role.HEAD)}); đại diện {subject or names_of_subjects(inspection)}."


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
    yield f"{_team_name(inspection).capitalize()} đã {work_of(inspection)} {names_of_subjects(inspection)}; thời gian được xem {_looked(inspection)}."
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


# ----------------------------------------------------------------------------------- the inspected's own


@override("vi")
def self_report_paper(subject: Subject, on: date, symbol: Symbol | None = None) -> Document:
    """The self-report: each section a heading, each item with what is declared, and why it differs where it does."""
    body: list[Block] = []
    section = ""
    for line in self_report(subject):
        if line.item.section and line.item.section != section:
            section = line.item.section
            body.append(Heading(section, 1))
        told = line.declared.strip().splitlines() or [""]
        body.append(Paragraph(f"{line.item.title}: {told[0]}"))
        body += [Paragraph(more) for more in told[1:]]
        if line.explanation.strip():
            body.append(Paragraph(f"Giải thích: {line.explanation.strip()}"))
    found = paper_of(subject.inspection, PieceKind.SELF_REPORT, "", on, subject=subject, symbol=symbol)
    found = replace(found, body=tuple(body) or found.body)
    if symbol is None:  # a person reports on a sheet without a number
        return replace(found, kind=PaperKind.FORM, title="BÁO CÁO TỰ KIỂM TRA")
    return found


@override("vi")
def index_paper(inspection: Inspection, on: date) -> Document:
    """Mục lục hồ sơ: every paper in the order of the form, with number, day, and why one is not there."""
    rows = tuple(
        (str(n), line.title, line.symbol, f"{line.day:%d/%m/%Y}" if line.day else "", line.note)
        for n, line in enumerate(index_lines(inspection), 1)
    )
    columns = (
        Column("TT", 0.5, Align.CENTER), Column("Tài liệu", 4), Column("Số, ký hiệu", 1.6),
        Column("Ngày", 1.3, Align.CENTER), Column("Ghi chú", 2),
    )  # fmt: skip
    found = paper_of(inspection, PieceKind.INDEX, "", on)
    table = Table(columns, rows) if rows else Paragraph("Hồ sơ trống.")
    return replace(found, body=(table,))
