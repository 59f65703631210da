"""The papers of a dossier as official documents: their text begun from the records, their letterhead by body and day.

Official texts: always Vietnamese, whatever the language of the pages (HD 36-HD/VPTW, HD 05-HD/VPTW; rulebook §6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from django.utils.translation import override

from chibo.inspections.models import Inspection, Picture, Subject
from chibo.inspections.rules import Body, Role
from chibo.inspections.rules.flows import PIECES, PieceKind
from chibo.inspections.selectors.answers import self_report
from chibo.inspections.selectors.dossiers import index_lines
from chibo.inspections.selectors.letterheads import (
    letterhead_of,
    names_of_subjects,
    of_team,
    signature_of,
    signer_of,
    team_name,
    work_of,
)
from chibo.inspections.selectors.surveys import crosstab_table
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
from chibo.units.rules import Level

_PART = re.compile(r"(?:[IVX]+\.|\d+\.) ")
_TITLES = {
    PieceKind.SIGN_RECORD: "PHIẾU NẮM DẤU HIỆU VI PHẠM",
    PieceKind.OUTLINE: "ĐỀ CƯƠNG",
    PieceKind.SCHEDULE: "LỊCH LÀM VIỆC",
    PieceKind.ASSIGNMENT: "BẢNG PHÂN CÔNG NHIỆM VỤ",
    PieceKind.EXPLANATION: "BẢN GIẢI TRÌNH",
    PieceKind.INDEX: "MỤC LỤC HỒ SƠ",
}


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
        superior, issuer = head.issuer, team_name(inspection)
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
    team_head = of_team(inspection, Role.HEAD)
    if kind in (PieceKind.SELF_REPORT, PieceKind.EXPLANATION) and subject is not None:
        if subject.member is not None:
            return (Signature(SignAuthority.DIRECT, "NGƯỜI BÁO CÁO", name=subject.member.full_name),)
        body = Body.CELL if subject.unit.level == Level.CELL else Body.COMMITTEE
        own_position, own_name = signer_of(subject.unit, body, on)
        own = "CHI BỘ" if body is Body.CELL else "ĐẢNG ỦY"
        return (Signature(SignAuthority.ON_BEHALF, own, own_position, own_name),)
    if PIECES[kind].paper is PaperKind.MINUTES:
        secretary = of_team(inspection, Role.SECRETARY)
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
        return (Signature(SignAuthority.ON_BEHALF, team_name(inspection), "TRƯỞNG ĐOÀN", team_head),)
    return (signature_of(inspection.unit, inspection.body, on),)


def _blocks(text: str) -> Iterator[Block]:
    for line in filter(None, map(str.strip, text.splitlines())):
        yield Heading(line, 1 if line[0] in "IVX" else 2) if _PART.match(line) else Paragraph(line)


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
    body: list[Block] = [Table(columns, rows) if rows else Paragraph("Hồ sơ trống.")]
    taken = Picture.objects.filter(subject__inspection=inspection).count()
    if taken:
        body.append(Paragraph(f"Kèm theo hồ sơ: {taken} ảnh thẩm tra."))
    return replace(found, body=tuple(body))
